/* Labels, titles and units of parameters, put together. */
#include "sim/report/names.h"

#include "sim/report/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool has_team(const kea_problem *problem, size_t care)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care == care && entry->decl->scope == KEA_CARE &&
            !kea_param_is_shares(entry->decl) && entry->value != 0.0)
            return true;
    }
    return false;
}

static bool needs_care_name(const kea_problem *problem, const kea_entry *entry)
{
    size_t teams = 0;
    if (entry->care == KEA_WORLD_ENTRY)
        return false;
    for (size_t care = 0; care < problem->n_care; care++)
        teams += has_team(problem, care);
    return teams > 1 || entry->decl->scope == KEA_WORLD;
}

void kea_names_entry(const kea_problem *problem, size_t entry, char *text, size_t size)
{
    const kea_entry *of = &problem->entries[entry];
    const kea_param_decl *decl = of->decl;
    const char *label = kea_text(decl->label);
    const char *title = decl->titles ? kea_text(decl->titles[of->element]) : NULL;
    const char *care = needs_care_name(problem, of) ? kea_text(problem->care[of->care].name) : NULL;
    if (title && care)
        /* TRANSLATORS: a parameter, one element of it, and whose value it is */
        (void)snprintf(text, size, kea_text("%s: %s (%s)"), label, title, care);
    else if (title)
        /* TRANSLATORS: a parameter and one element of it */
        (void)snprintf(text, size, kea_text("%s: %s"), label, title);
    else if (care)
        /* TRANSLATORS: a parameter and the care model whose value it is */
        (void)snprintf(text, size, kea_text("%s (%s)"), label, care);
    else
        (void)snprintf(text, size, "%s", label);
}

/* "EUR" and "EUR per hour" are in EUR, "EURO" is not. */
static bool is_in(const kea_param_decl *decl, const char *unit)
{
    size_t length = strlen(unit);
    const char *rest = decl->unit + length;
    return strncmp(decl->unit, unit, length) == 0 &&
           (*rest == '\0' || strncmp(rest, " per ", 5) == 0);
}

const char *kea_names_unit(const kea_param_decl *decl, const char *currency)
{
    static const struct {
        const char *unit, *shown;
    } units[] = {
        {"share", "%"},
        {"hours", KEA_MARK("hours")},
        {"weeks", KEA_MARK("weeks")},
        {"years", KEA_MARK("years")},
    };
    if (is_in(decl, currency))
        return currency;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (is_in(decl, units[i].unit))
            return kea_text(units[i].shown);
    return "";
}

const char *kea_names_perspective(const kea_frame *frame, kea_perspective perspective)
{
    switch (perspective) {
    case KEA_PERSPECTIVE_SOCIETY:
        return kea_text("society");
    case KEA_PERSPECTIVE_PUBLIC:
        return kea_text("public purse");
    default:
        return frame->during ? kea_text(frame->during) : kea_text("all costs");
    }
}
