/* Applies the overrides of the command line ("name=value") to a loaded problem. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char set_source[] = "command line";
static const char sweeps[] = "analysis.sweeps.";

/* One override, taken apart: the neighbouring entries it fixes and the value. */
typedef struct override {
    char name[4 * (KEA_MAX_NAME + 1)];
    const char *value;
    size_t first, n; /* entries */
} override;

bool kea_load_is_set(const kea_load_options *options, const char *care_id, const char *param)
{
    char start[3 * (KEA_MAX_NAME + 1)];
    (void)snprintf(start, sizeof start, "%s.%s=", care_id, param);
    for (size_t i = 0; i < options->n_set; i++) {
        if (strncmp(options->set[i], start, strlen(start)) == 0)
            return true;
    }
    return false;
}

/* Splits "name=value". */
static kea_status split(const char *text, override *set, kea_error *err)
{
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : 0;
    if (length == 0)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "expected name=value, like dropout_hazard.level1=0.2");
    if (length >= sizeof set->name)
        return kea_error_set(err, KEA_ERR_USAGE, "the name is too long");
    memcpy(set->name, text, length);
    set->name[length] = 0;
    set->value = equals + 1;
    return KEA_OK;
}

/* The entries that an override names. */
static kea_status resolve(const kea_problem *problem, override *set, kea_error *err)
{
    kea_load_named named;
    kea_status status = kea_load_find(problem, set->name, &named, err);
    if (status != KEA_OK)
        return status;
    if (named.n == 0) {
        const char *id = problem->care[named.care].id, *param = named.decl->name;
        return kea_error_set(err, KEA_ERR_USAGE,
                             "%s has no '%s' of its own; set all of it (%s.%s=...), or give it in "
                             "its file",
                             id, param, id, param);
    }
    set->first = named.first;
    set->n = named.n;
    return KEA_OK;
}

static kea_status replace_text(char **text, const char *with, kea_error *err)
{
    char *copy = NULL;
    kea_status status = kea_memory_copy_text(&copy, with, err);
    if (status == KEA_OK) {
        free(*text);
        *text = copy;
    }
    return status;
}

static void make_certain(kea_entry *entry, size_t index)
{
    entry->dist = (kea_dist){.family = KEA_FIXED, .p = {entry->value}};
    entry->group_first = index;
    entry->group_count = 1;
}

static kea_status fix_entry(kea_problem *problem, size_t index, double value, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_entry *entry = &problem->entries[index];
    if (entry->dist.family == KEA_DIRICHLET) {
        /* with one share fixed, draws of the others would no longer sum to 1 with it */
        size_t first = entry->group_first, n = entry->group_count;
        for (size_t i = first; i < first + n; i++)
            make_certain(&problem->entries[i], i);
    }
    if (entry->decl->kind == KEA_HOMES) /* the list no longer says where they live */
        kea_municipalities_free(&problem->municipalities);
    entry->value = value;
    make_certain(entry, index);
    entry->evidence = KEA_ASSUMPTION;
    entry->line = 0;
    KEA_TRY(replace_text(&entry->source, set_source, err));
    KEA_TRY(replace_text(&entry->file, set_source, err));
done:
    return status;
}

/* An override of a choice gives the label of what is chosen. */
static kea_status apply_choice(kea_problem *problem, const override *set, kea_error *err)
{
    const kea_param_decl *decl = problem->entries[set->first].decl;
    size_t chosen = 0;
    kea_error why;
    if (set->n != decl->count)
        return kea_error_set(err, KEA_ERR_USAGE, "choose with %s=..., without a label after it",
                             decl->name);
    if (kea_load_choice(decl, set->value, &chosen, &why) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "%s", why.text);
    for (size_t i = 0; i < set->n; i++) {
        kea_status status = fix_entry(problem, set->first + i, i == chosen, err);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}

static kea_status apply(kea_problem *problem, const char *text, kea_error *err)
{
    kea_status status = KEA_OK;
    override set = {0};
    kea_error why;
    KEA_TRY(split(text, &set, err));
    if (strncmp(set.name, sweeps, strlen(sweeps)) == 0)
        return kea_load_set_sweep(problem, set.name + strlen(sweeps), set.value, err);
    if (strncmp(set.name, "run.", 4) == 0 || strncmp(set.name, "analysis.", 9) == 0)
        return kea_settings_set(&problem->settings, &problem->params, set.name, set.value, err);
    KEA_TRY(resolve(problem, &set, err));
    if (problem->entries[set.first].decl->kind == KEA_CHOICE)
        return apply_choice(problem, &set, err);
    char *end;
    double value = strtod(set.value, &end);
    if (end == set.value || *end || !isfinite(value))
        return kea_error_set(err, KEA_ERR_USAGE, "expected a finite number, found \"%s\"",
                             set.value);
    for (size_t i = set.first; i < set.first + set.n; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (kea_load_check_value(entry->decl, entry->element, value, &why) != KEA_OK)
            return kea_error_set(err, KEA_ERR_USAGE, "%s", why.text);
        KEA_TRY(fix_entry(problem, i, value, err));
    }
done:
    return status;
}

/* After all overrides, the shares that this one touched must still sum to 1. */
static kea_status check_shares(const kea_problem *problem, const char *text, kea_error *err)
{
    kea_status status = KEA_OK;
    override set = {0};
    KEA_TRY(split(text, &set, err));
    if (strncmp(set.name, "run.", 4) == 0 || strncmp(set.name, "analysis.", 9) == 0)
        return KEA_OK;
    KEA_TRY(resolve(problem, &set, err));
    const kea_entry *entry = &problem->entries[set.first];
    if (!kea_param_is_shares(entry->decl))
        return KEA_OK;
    double sum = 0;
    for (size_t i = 0; i < entry->decl->count; i++)
        sum += problem->entries[set.first - entry->element + i].value;
    if (kea_load_check_sum(entry->decl, sum, NULL) != KEA_OK)
        status =
            kea_error_set(err, KEA_ERR_USAGE,
                          "the shares of '%s' then sum to %.10g, expected %s1; set the others "
                          "too",
                          entry->decl->name, sum, entry->decl->kind == KEA_PARTS ? "at most " : "");
done:
    return status;
}

kea_status kea_load_set(kea_loader *loader, kea_error *err)
{
    const kea_load_options *options = loader->options;
    kea_error why = {0};
    kea_status status = KEA_OK;
    for (size_t i = 0; i < options->n_set && status == KEA_OK; i++) {
        status = apply(loader->problem, options->set[i], &why);
        if (status != KEA_OK)
            kea_error_set(err, status, "--set %.200s: %s", options->set[i], why.text);
    }
    for (size_t i = 0; i < options->n_set && status == KEA_OK; i++) {
        status = check_shares(loader->problem, options->set[i], &why);
        if (status != KEA_OK)
            kea_error_set(err, status, "--set %.200s: %s", options->set[i], why.text);
    }
    if (status == KEA_OK && options->n_set > 0) {
        status = kea_settings_check(&loader->problem->settings, &loader->problem->params, &why);
        if (status == KEA_OK)
            status = kea_load_check_sweeps(loader->problem, &why);
        if (status != KEA_OK)
            kea_error_set(err, status, "--set: %s", why.text);
    }
    return status;
}
