/* See varied.h. */
#include "sim/inputs/varied.h"

#include "sim/core/memory.h"
#include "sim/inputs/design.h"
#include "sim/inputs/load.h"

#include <math.h>
#include <stdlib.h>

void kea_varied_free(kea_varied *varied)
{
    free(varied->name);
    free(varied->entries);
    free(varied->each);
    *varied = (kea_varied){0};
}

/* The named entries, and for a factor of a shared parameter those that care models give. */
static kea_status find_entries(kea_varied *varied, const kea_problem *problem,
                               const kea_load_named *named, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, problem->n_entries, sizeof(size_t), err);
    if (status != KEA_OK)
        return status;
    varied->entries = block;
    for (size_t i = named->first; i < named->first + named->n; i++)
        varied->entries[varied->n_entries++] = i;
    if (varied->how != KEA_VARIED_FACTOR || named->care != KEA_WORLD_ENTRY)
        return KEA_OK;
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *own = &problem->entries[i];
        for (size_t k = named->first; k < named->first + named->n; k++)
            if (own->care != KEA_WORLD_ENTRY && own->slot == problem->entries[k].slot)
                varied->entries[varied->n_entries++] = i;
    }
    return KEA_OK;
}

static kea_status check_kind(const kea_varied *varied, const kea_problem *problem, kea_error *err)
{
    const kea_param_decl *decl = problem->entries[varied->entries[0]].decl;
    if (decl->kind == KEA_SHARES && varied->how == KEA_VARIED_FACTOR)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "'%s' are shares that sum to 1 and cannot be multiplied; give one "
                             "element a value",
                             varied->name);
    if (decl->kind == KEA_SHARES && varied->n_entries > 1)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "'%s' are shares that sum to 1 and cannot have one value; name one of "
                             "its elements, the others keep their proportions",
                             varied->name);
    for (size_t i = 0; varied->how == KEA_VARIED_QUANTILE && i < varied->n_entries; i++) {
        const kea_entry *entry = &problem->entries[varied->entries[i]];
        if (entry->dist.family == KEA_FIXED)
            return kea_error_set(err, KEA_ERR_USAGE,
                                 "'%s' is certain and has no quantiles; give values instead",
                                 entry->name);
    }
    return KEA_OK;
}

static kea_status check_level(const kea_varied *varied, const kea_problem *problem, double level,
                              kea_error *err)
{
    kea_error why;
    if (!isfinite(level))
        return kea_error_set(err, KEA_ERR_USAGE, "'%s': %g is no number to give it", varied->name,
                             level);
    if (varied->how == KEA_VARIED_QUANTILE && !(level > 0 && level < 1))
        return kea_error_set(err, KEA_ERR_USAGE,
                             "'%s': a quantile lies between 0 and 1, found %.10g", varied->name,
                             level);
    if (varied->how == KEA_VARIED_FACTOR && !(level >= 0))
        return kea_error_set(err, KEA_ERR_USAGE, "'%s': a factor is 0 or more, found %.10g",
                             varied->name, level);
    for (size_t i = 0; varied->how == KEA_VARIED_VALUE && i < varied->n_entries; i++) {
        const kea_entry *entry = &problem->entries[varied->entries[i]];
        if (kea_load_check_value(entry->decl, entry->element, level, &why) != KEA_OK)
            return kea_error_set(err, KEA_ERR_USAGE, "'%s': %s", varied->name, why.text);
    }
    return KEA_OK;
}

kea_status kea_varied_init(kea_varied *varied, const kea_problem *problem, const char *name,
                           kea_varied_how how, const kea_range *levels, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_load_named named;
    *varied = (kea_varied){.how = how, .levels = *levels};
    KEA_TRY(kea_memory_copy_text(&varied->name, name, err));
    KEA_TRY(kea_load_find(problem, name, &named, err));
    if (named.n == 0)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "%s has no '%s' of its own; name '%s', which all care models share",
                             problem->care[named.care].id, named.decl->name, named.decl->name);
    KEA_TRY(find_entries(varied, problem, &named, err));
    KEA_TRY(check_kind(varied, problem, err));
    if (levels->n == 0)
        return kea_error_set(err, KEA_ERR_USAGE, "'%s': expected at least one value, found none",
                             name);
    for (size_t i = 0; i < levels->n; i++)
        KEA_TRY(check_level(varied, problem, kea_range_at(levels, i), err));
done:
    return status;
}

/* Each value by itself, and the sum of shares. */
static kea_status check_each(const kea_varied *varied, const kea_problem *problem, kea_error *err)
{
    const kea_param_decl *decl = problem->entries[varied->entries[0]].decl;
    double sum = 0.0;
    kea_error why;
    for (size_t i = 0; i < varied->n_entries; i++) {
        const kea_entry *entry = &problem->entries[varied->entries[i]];
        if (kea_load_check_value(decl, entry->element, varied->each[i], &why) != KEA_OK)
            return kea_error_set(err, KEA_ERR_USAGE, "'%s': %s", entry->name, why.text);
        sum += varied->each[i];
    }
    if (varied->n_entries == decl->count && kea_load_check_sum(decl, sum, &why) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "'%s': %s", varied->name, why.text);
    return KEA_OK;
}

kea_status kea_varied_init_each(kea_varied *varied, const kea_problem *problem, const char *name,
                                size_t n, const double *values, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_load_named named;
    void *block = NULL;
    *varied = (kea_varied){.how = KEA_VARIED_VALUE, .levels = {.n = 1}};
    KEA_TRY(kea_memory_copy_text(&varied->name, name, err));
    KEA_TRY(kea_load_find(problem, name, &named, err));
    if (named.n != n)
        return kea_error_set(err, KEA_ERR_USAGE, "'%s': expected %zu values, found %zu", name,
                             named.n, n);
    KEA_TRY(find_entries(varied, problem, &named, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof(double), err));
    varied->each = block;
    for (size_t i = 0; i < n; i++)
        varied->each[i] = values[i];
    KEA_TRY(check_each(varied, problem, err));
done:
    return status;
}

/* What an entry gets at a level, from the value that stood there. */
static double value_at(const kea_varied *varied, const kea_entry *entry, double level, double value)
{
    if (varied->how == KEA_VARIED_FACTOR)
        return kea_design_scaled(entry, value, level);
    if (varied->how == KEA_VARIED_VALUE)
        return level;
    return kea_design_scaled(entry, kea_dist_quantile(&entry->dist, level), 1);
}

double kea_varied_value(const kea_varied *varied, const kea_problem *problem, double level)
{
    const kea_entry *first = &problem->entries[varied->entries[0]];
    return value_at(varied, first, level, first->value);
}

void kea_varied_apply(const kea_varied *varied, const kea_problem *problem, double level,
                      double *values)
{
    for (size_t i = 0; i < varied->n_entries; i++) {
        size_t index = varied->entries[i];
        if (varied->each) {
            values[index] = varied->each[i];
            continue;
        }
        double value = value_at(varied, &problem->entries[index], level, values[index]);
        if (varied->how == KEA_VARIED_FACTOR)
            values[index] = value;
        else
            kea_design_set(problem, index, value, values);
    }
}
