/* Reads one parameter of a file: its values, source and status. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/staffing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far from 1 a sum of shares may be. */
#define SUM_TOLERANCE 1e-9

kea_status kea_load_reserve(kea_loader *loader, size_t n, kea_error *err)
{
    kea_problem *problem = loader->problem;
    size_t needed = problem->n_entries + n;
    if (needed <= loader->entries_capacity)
        return KEA_OK;
    void *entries = problem->entries;
    kea_status status = kea_memory_resize(&entries, 2 * needed, sizeof *problem->entries, err);
    if (status != KEA_OK)
        return status;
    problem->entries = entries;
    loader->entries_capacity = 2 * needed;
    return KEA_OK;
}

/* "dropout_hazard.level1", with the care model's id before it when there is one. */
static kea_status entry_name(const kea_span *span, size_t element, char **name, kea_error *err)
{
    char text[4 * (KEA_MAX_NAME + 1)], own[2 * (KEA_MAX_NAME + 1)];
    kea_param_element_name(span->decl, element, own, sizeof own);
    if (span->care == KEA_WORLD_ENTRY)
        return kea_memory_copy_text(name, own, err);
    (void)snprintf(text, sizeof text, "%s.%s", span->loader->problem->care[span->care].id, own);
    return kea_memory_copy_text(name, text, err);
}

kea_status kea_load_add_entry(const kea_span *span, size_t element, double value,
                              const char *source, kea_evidence evidence, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = span->loader->problem;
    size_t index = problem->n_entries;
    const char *file;
    int line;
    kea_config_place(span->config, span->group, &file, &line);
    problem->entries[index] = (kea_entry){
        .decl = span->decl,
        .element = element,
        .slot = span->slot + element,
        .care = span->care,
        .value = value,
        .dist = {.family = KEA_FIXED, .p = {value}},
        .group_first = index,
        .group_count = 1,
        .evidence = evidence,
        .line = line,
    };
    problem->n_entries++;
    KEA_TRY(entry_name(span, element, &problem->entries[index].name, err));
    KEA_TRY(kea_memory_copy_text(&problem->entries[index].source, source, err));
    KEA_TRY(kea_memory_copy_text(&problem->entries[index].file, file, err));
done:
    return status;
}

const char *kea_load_element_label(const kea_param_decl *decl, size_t element)
{
    return decl->labels ? decl->labels[element] : "the value";
}

kea_status kea_load_check_value(const kea_param_decl *decl, size_t element, double value,
                                kea_error *err)
{
    if (decl->kind == KEA_INTEGER && value != floor(value))
        return kea_error_set(err, KEA_ERR_INPUT, "expected a whole number, found %.10g", value);
    if (value >= decl->min && value <= decl->max)
        return KEA_OK;
    return kea_error_set(
        err, KEA_ERR_INPUT,
        "%s is %.10g%s%s%s, outside the range %.10g to %.10g; give a number within "
        "it",
        kea_load_element_label(decl, element), value, decl->unit[0] ? " (" : "", decl->unit,
        decl->unit[0] ? ")" : "", decl->min, decl->max);
}

kea_status kea_load_check_sum(const kea_param_decl *decl, double sum, kea_error *err)
{
    if (kea_param_sums_to_one(decl) && fabs(sum - 1) > SUM_TOLERANCE)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "expected shares that sum to 1, found a sum of %.10g", sum);
    if (decl->kind == KEA_PARTS && sum > 1 + SUM_TOLERANCE)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "expected shares that sum to at most 1, found a sum of %.10g", sum);
    return KEA_OK;
}

kea_status kea_load_choice(const kea_param_decl *decl, const char *label, size_t *element,
                           kea_error *err)
{
    char labels[512];
    for (size_t i = 0; i < decl->count; i++) {
        if (strcmp(decl->labels[i], label) == 0) {
            *element = i;
            return KEA_OK;
        }
    }
    const char *nearest = kea_param_nearest(label, decl->count, decl->labels);
    if (nearest)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no \"%s\"; did you mean \"%s\"?", label,
                             nearest);
    kea_param_list(decl->count, decl->labels, labels, sizeof labels);
    return kea_error_set(err, KEA_ERR_INPUT, "there is no \"%s\"; expected one of: %s", label,
                         labels);
}

static kea_status wrong_count(const kea_span *span, const kea_setting *setting, kea_error *err)
{
    char labels[512], found[128];
    kea_param_list(span->n, span->decl->labels, labels, sizeof labels);
    if (kea_config_is_list(setting))
        (void)snprintf(found, sizeof found, "%zu", kea_config_length(setting));
    else
        kea_config_describe(setting, found, sizeof found);
    return kea_config_fail(span->config, setting, err,
                           "expected %zu numbers (%s), found %s; give a list [ ] with one number "
                           "for each",
                           span->n, labels, found);
}

kea_status kea_load_numbers(const kea_span *span, const kea_setting *setting, bool spread,
                            double *out, bool *is_list, kea_error *err)
{
    kea_status status = KEA_OK;
    bool whole = span->decl->kind == KEA_INTEGER;
    bool list = kea_config_is_list(setting);
    if (is_list)
        *is_list = list;
    if (span->n == 1 || (spread && !list)) {
        KEA_TRY(kea_config_number(span->config, setting, whole, out, err));
        for (size_t i = 1; i < span->n; i++)
            out[i] = out[0];
        goto done;
    }
    if (!list || kea_config_length(setting) != span->n)
        return wrong_count(span, setting, err);
    for (size_t i = 0; i < span->n; i++)
        KEA_TRY(kea_config_number(span->config, kea_config_item(setting, i), whole, &out[i], err));
done:
    return status;
}

static kea_status check_values(const kea_span *span, const kea_setting *setting,
                               const double *value, kea_error *err)
{
    kea_error why;
    double sum = 0;
    for (size_t i = 0; i < span->n; i++) {
        if (kea_load_check_value(span->decl, span->element + i, value[i], &why) != KEA_OK)
            return kea_config_fail(span->config, setting, err, "%s", why.text);
        sum += value[i];
    }
    if (span->n == span->decl->count && kea_load_check_sum(span->decl, sum, &why) != KEA_OK)
        return kea_config_fail(span->config, setting, err, "%s", why.text);
    return KEA_OK;
}

kea_status kea_load_evidence(const kea_config *config, const kea_setting *group,
                             kea_evidence *evidence, kea_error *err)
{
    static const char *const names[] = {"report", "published", "assumption"};
    const char *text = NULL;
    kea_setting *setting = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_config_need(config, group, "status",
                            "how well the number is founded: \"report\", \"published\" or "
                            "\"assumption\"",
                            &setting, err));
    KEA_TRY(kea_config_text(config, setting, &text, err));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], text) == 0) {
            *evidence = (kea_evidence)i;
            goto done;
        }
    }
    return kea_config_fail(config, setting, err,
                           "expected \"report\", \"published\" or \"assumption\", found \"%s\"",
                           text);
done:
    return status;
}

/* The label of the chosen element as values: 1 for it, 0 for the others. */
static kea_status load_choice(const kea_span *span, const kea_setting *setting, double *value,
                              kea_error *err)
{
    const char *label = NULL;
    size_t chosen = 0;
    kea_error why;
    kea_status status = kea_config_text(span->config, setting, &label, err);
    if (status != KEA_OK)
        return status;
    if (kea_load_choice(span->decl, label, &chosen, &why) != KEA_OK)
        return kea_config_fail(span->config, setting, err, "%s", why.text);
    for (size_t i = 0; i < span->n; i++)
        value[i] = i == chosen;
    return KEA_OK;
}

static bool may_be_list(const kea_span *span)
{
    return span->decl->kind == KEA_HOMES && span->n == span->decl->count;
}

/* The span's values and the setting they stand in. */
static kea_status load_values(const kea_span *span, double *value, kea_setting **setting,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    if (span->decl->kind == KEA_STAFFING && span->n == 1)
        return kea_staffing_load(span->config, span->group, value, setting, err);
    bool is_choice = span->decl->kind == KEA_CHOICE;
    *setting = may_be_list(span) ? kea_config_find(span->group, "list") : NULL;
    if (*setting) {
        const kea_setting *value_too = kea_config_find(span->group, "value");
        if (value_too)
            return kea_config_fail(span->config, value_too, err,
                                   "cannot stand beside 'list', from which the shares follow; "
                                   "remove one of the two");
        return kea_load_homes(span, *setting, value, err);
    }
    KEA_TRY(kea_config_need(span->config, span->group, "value",
                            is_choice ? "the name of what is chosen" : "the number to use", setting,
                            err));
    if (is_choice)
        return load_choice(span, *setting, value, err);
    KEA_TRY(kea_load_numbers(span, *setting, false, value, NULL, err));
done:
    return status;
}

/* The group may have no other keys than these. */
static kea_status check_keys(const kea_span *span, kea_error *err)
{
    static const char *const own[] = {"value", "distribution", "source", "status"};
    enum { OWN = sizeof own / sizeof own[0] };
    const char *names[OWN + KEA_STAFFING_KEYS];
    size_t n = OWN;
    memcpy(names, own, sizeof own);
    if (span->decl->kind == KEA_STAFFING && span->n == 1) {
        memcpy(names + n, kea_staffing_keys, sizeof kea_staffing_keys);
        n += KEA_STAFFING_KEYS;
    }
    if (may_be_list(span))
        names[n++] = "list";
    return kea_config_known(span->config, span->group, n, names, err);
}

/* Reads one { value; distribution; source; status } into entries. */
static kea_status load_span(kea_span *span, kea_error *err)
{
    kea_status status = KEA_OK;
    double value[KEA_MAX_ELEMENTS];
    const char *source = NULL;
    kea_evidence evidence = KEA_ASSUMPTION;
    kea_setting *setting = NULL;
    KEA_TRY(check_keys(span, err));
    KEA_TRY(load_values(span, value, &setting, err));
    KEA_TRY(check_values(span, setting, value, err));
    KEA_TRY(kea_config_need_text(span->config, span->group, "source",
                                 "every number needs to say where it comes from", &source, err));
    KEA_TRY(kea_load_evidence(span->config, span->group, &evidence, err));
    span->first_entry = span->loader->problem->n_entries;
    KEA_TRY(kea_load_reserve(span->loader, span->n, err));
    for (size_t i = 0; i < span->n; i++)
        KEA_TRY(kea_load_add_entry(span, span->element + i, value[i], source, evidence, err));
    setting = kea_config_find(span->group, "distribution");
    if (setting)
        KEA_TRY(kea_load_distribution(span, setting, err));
done:
    return status;
}

/* True when the elements stand apart, each under its label. */
static bool is_by_label(const kea_setting *setting, const kea_param_decl *decl)
{
    if (!kea_config_is_group(setting) || !decl->labels || decl->kind == KEA_CHOICE ||
        kea_config_find(setting, "value") || kea_config_find(setting, "list"))
        return false;
    for (size_t i = 0; i < decl->count; i++) {
        if (kea_config_find(setting, decl->labels[i]))
            return true;
    }
    return false;
}

static kea_status load_by_label(kea_span *span, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_setting *all = span->group;
    kea_setting *one = NULL;
    double sum = 0;
    kea_error why;
    KEA_TRY(kea_config_known(span->config, all, span->decl->count, span->decl->labels, err));
    for (size_t i = 0; i < span->decl->count; i++) {
        KEA_TRY(kea_config_need(span->config, all, span->decl->labels[i],
                                "a parameter given by label needs every label", &one, err));
        span->group = one;
        span->element = i;
        span->n = 1;
        KEA_TRY(load_span(span, err));
        sum += span->loader->problem->entries[span->first_entry].value;
    }
    if (kea_load_check_sum(span->decl, sum, &why) != KEA_OK)
        status = kea_config_fail(span->config, all, err, "%s", why.text);
done:
    return status;
}

kea_status kea_load_parameter(kea_loader *loader, const kea_config *config,
                              const kea_setting *setting, const kea_param_decl *decl, size_t slot,
                              size_t care, kea_error *err)
{
    kea_span span = {.loader = loader,
                     .config = config,
                     .group = setting,
                     .decl = decl,
                     .n = decl->count,
                     .slot = slot,
                     .care = care};
    char found[128];
    if (decl->count > KEA_MAX_ELEMENTS)
        return kea_error_set(err, KEA_ERR_INTERNAL, "parameter %s has too many elements",
                             decl->name);
    if (!kea_config_is_group(setting)) {
        kea_config_describe(setting, found, sizeof found);
        return kea_config_fail(config, setting, err,
                               "expected a group { value = ...; source = \"...\"; status = "
                               "\"...\"; }, found %s",
                               found);
    }
    return is_by_label(setting, decl) ? load_by_label(&span, err) : load_span(&span, err);
}
