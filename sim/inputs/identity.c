/* Facts, one per line. Numbers are written so that reading them gives the same bits. */
#include "sim/inputs/identity.h"

#include "sim/inputs/settings.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* Most bytes of a line that a message shows. */
enum { SHOWN = 200 };

static void add_text(kea_buffer *out, const char *text)
{
    kea_buffer_add_quoted(out, text ? text : "");
    kea_buffer_add(out, "\n");
}

static void add_settings(kea_buffer *out, const kea_settings *settings)
{
    for (size_t i = 0; i < kea_n_setting_rows; i++) {
        const kea_setting_row *row = &kea_setting_rows[i];
        kea_buffer_add(out, "%s.%s%s%s = ", row->group, row->key, row->part ? "." : "",
                       row->part ? row->part : "");
        if (row->kind == KEA_SETTING_SEED)
            kea_buffer_add(out, "%" PRIu64, settings->seed);
        else if (row->kind == KEA_SETTING_SAMPLING)
            kea_buffer_add(out, "%s", kea_sampling_name((kea_sampling_scheme)settings->sampling));
        else
            kea_buffer_add_number(out, kea_setting_value(settings, row));
        kea_buffer_add(out, "\n");
    }
}

static void add_sweeps(kea_buffer *out, const kea_problem *problem)
{
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        const kea_sweep *sweep = &problem->sweeps[i];
        kea_buffer_add(out, "sweep of %s", sweep->decl->name);
        if (sweep->element != KEA_NO_ELEMENT && sweep->decl->labels)
            kea_buffer_add(out, ".%s", sweep->decl->labels[sweep->element]);
        kea_buffer_add(out, " = %zu factors from ", sweep->factor.n);
        kea_buffer_add_number(out, sweep->factor.from);
        kea_buffer_add(out, " to ");
        kea_buffer_add_number(out, sweep->factor.to);
        kea_buffer_add(out, "\n");
    }
}

static void add_care(kea_buffer *out, const kea_problem *problem)
{
    kea_buffer_add(out, "status quo = %s\n", problem->care[problem->status_quo].id);
    for (size_t i = 0; i < problem->n_strategies; i++)
        kea_buffer_add(out, "strategy %zu = %s\n", i, problem->care[problem->strategies[i]].id);
    for (size_t i = 0; i < problem->n_care; i++) {
        const kea_care_model *care = &problem->care[i];
        kea_buffer_add(out, "care model %zu = %s\nits name = ", i, care->id);
        add_text(out, care->name);
        kea_buffer_add(out, "its summary = ");
        add_text(out, care->summary);
        kea_buffer_add(out, "its source = ");
        add_text(out, care->source);
    }
}

static void add_source(kea_buffer *out, const char *name, kea_evidence evidence, const char *source)
{
    kea_buffer_add(out, "source of %s = %s, ", name, kea_evidence_name(evidence));
    add_text(out, source);
}

static void add_entry(kea_buffer *out, const kea_entry *entry)
{
    kea_family family = entry->dist.family;
    kea_buffer_add(out, "parameter %s = ", entry->name);
    kea_buffer_add_number(out, entry->value);
    kea_buffer_add(out, ", %s", kea_dist_family_name(family));
    for (size_t p = 0; p < 4 && family != KEA_FIXED && kea_dist_param_name(family, p); p++) {
        kea_buffer_add(out, " %s ", kea_dist_param_name(family, p));
        kea_buffer_add_number(out, entry->dist.p[p]);
    }
    kea_buffer_add(out, "\n");
    add_source(out, entry->name, entry->evidence, entry->source);
}

static void add_correlation(kea_buffer *out, const kea_problem *problem,
                            const kea_correlation *group)
{
    kea_buffer_add(out, "correlation ");
    kea_buffer_add_quoted(out, group->name);
    kea_buffer_add(out, " = ");
    kea_buffer_add_number(out, group->rho);
    for (size_t i = 0; i < group->n_members; i++)
        kea_buffer_add(out, ", %s%s", group->members[i].sign < 0 ? "-" : "",
                       problem->entries[group->members[i].entry].name);
    kea_buffer_add(out, "\n");
    add_source(out, "the correlation", group->evidence, group->source);
}

static void add_municipalities(kea_buffer *out, const kea_problem *problem)
{
    for (size_t i = 0; i < problem->municipalities.n; i++) {
        const kea_municipality *one = &problem->municipalities.item[i];
        kea_buffer_add(out, "municipality ");
        kea_buffer_add_quoted(out, one->name);
        kea_buffer_add(out, " = %s, students ",
                       problem->entries[problem->municipality_entry + one->zone].name);
        kea_buffer_add_number(out, one->students);
        kea_buffer_add(out, "\n");
    }
}

/* The resolved scenario holds all that was read, so that what the facts above leave out counts too;
 * but not from where it was read. */
static void add_scenario(kea_buffer *out, const char *text)
{
    static const char *const places[] = {"# Read from ", "# Overridden on ", "# The care model "};
    kea_buffer_add(out, "the resolved scenario:\n");
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool is_place = false;
        for (int i = 0; i < 3; i++)
            is_place = is_place || strncmp(text, places[i], strlen(places[i])) == 0;
        length += text[length] == '\n';
        if (!is_place)
            kea_buffer_add_bytes(out, text, length);
        text += length;
    }
}

void kea_identity_add(kea_buffer *out, const kea_problem *problem)
{
    kea_buffer_add(out, "model = %s\ntitle = ", problem->model_name);
    add_text(out, problem->title);
    add_settings(out, &problem->settings);
    add_sweeps(out, problem);
    add_care(out, problem);
    for (size_t i = 0; i < problem->n_entries; i++)
        add_entry(out, &problem->entries[i]);
    for (size_t i = 0; i < problem->n_correlations; i++)
        add_correlation(out, problem, &problem->correlations[i]);
    add_municipalities(out, problem);
    add_scenario(out, problem->text ? problem->text : "");
}

uint64_t kea_identity_hash(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++) {
        hash ^= (unsigned char)*text;
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}

/* The bytes of the first line to show. */
static int shown(const char *line)
{
    size_t length = strcspn(line, "\n");
    return (int)(length < SHOWN ? length : SHOWN);
}

kea_status kea_identity_compare(const char *then, const char *now, kea_error *err)
{
    while (*then && *now) {
        size_t a = strcspn(then, "\n"), b = strcspn(now, "\n");
        if (a != b || strncmp(then, now, a) != 0)
            break;
        then += a + (then[a] != '\0');
        now += b + (now[b] != '\0');
    }
    if (!*then && !*now)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "it was begun with: %.*s; now it is: %.*s",
                         *then ? shown(then) : 7, *then ? then : "nothing", *now ? shown(now) : 7,
                         *now ? now : "nothing");
}
