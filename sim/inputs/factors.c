/* See factors.h. */
#include "sim/inputs/factors.h"

#include "sim/core/memory.h"
#include "sim/inputs/design.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 4 * (KEA_MAX_NAME + 1) };

void kea_factors_free(kea_factors *factors)
{
    for (size_t i = 0; i < factors->n; i++)
        free(factors->factor[i].name);
    free(factors->factor);
    free(factors->of);
    *factors = (kea_factors){0};
}

void kea_factors_by_parameter(const kea_problem *problem, size_t *label)
{
    for (size_t i = 0; i < problem->n_entries; i++)
        label[i] = problem->entries[i].slot - problem->entries[i].element;
}

/* ---- joining: every entry points to an earlier one of its set, or to itself ---- */

static size_t root_of(const size_t *set, size_t entry)
{
    while (set[entry] != entry)
        entry = set[entry];
    return entry;
}

static void join(size_t *set, size_t a, size_t b)
{
    a = root_of(set, a);
    b = root_of(set, b);
    if (a < b)
        set[b] = a;
    else
        set[a] = b;
}

static void join_all(const kea_problem *problem, const size_t *label, size_t *set)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        set[i] = i;
        if (problem->entries[i].dist.family == KEA_DIRICHLET)
            join(set, i, problem->entries[i].group_first);
        for (size_t k = 0; label && label[i] != KEA_NO_LABEL && k < i; k++)
            if (label[k] == label[i] && problem->entries[k].dist.family != KEA_FIXED &&
                problem->entries[i].dist.family != KEA_FIXED)
                join(set, i, k);
    }
    for (size_t g = 0; g < problem->n_correlations; g++) {
        const kea_correlation *group = &problem->correlations[g];
        for (size_t m = 1; m < group->n_members; m++)
            join(set, group->members[0].entry, group->members[m].entry);
    }
}

/* Numbers the sets that hold an uncertain entry in use; the others get no factor. */
static size_t number_sets(const kea_problem *problem, const size_t *set, size_t *of)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n_entries; i++)
        of[i] = KEA_NO_FACTOR;
    for (size_t i = 0; i < problem->n_entries; i++)
        if (kea_design_is_varied(problem, i) && of[root_of(set, i)] == KEA_NO_FACTOR)
            of[root_of(set, i)] = 0;
    for (size_t i = 0; i < problem->n_entries; i++) {
        bool certain = problem->entries[i].dist.family == KEA_FIXED;
        if (set[i] == i && of[i] != KEA_NO_FACTOR)
            of[i] = n++;
        else if (!certain)
            of[i] = of[root_of(set, i)];
    }
    return n;
}

/* ---- names ---- */

/* The correlated group that is just this factor, or NULL. */
static const kea_correlation *group_of(const kea_problem *problem, const kea_factors *factors,
                                       size_t factor)
{
    for (size_t g = 0; g < problem->n_correlations; g++) {
        const kea_correlation *group = &problem->correlations[g];
        if (group->n_members == factors->factor[factor].n_entries &&
            factors->of[group->members[0].entry] == factor)
            return group;
    }
    return NULL;
}

/* Whether all its entries are elements of one parameter, of one care model or of all. */
static bool is_parameter(const kea_problem *problem, const kea_factors *factors, size_t factor)
{
    const kea_entry *first = &problem->entries[factors->factor[factor].first];
    for (size_t i = 0; i < problem->n_entries; i++)
        if (factors->of[i] == factor &&
            (problem->entries[i].decl != first->decl ||
             (first->care != KEA_WORLD_ENTRY && problem->entries[i].care != first->care)))
            return false;
    return true;
}

static kea_status set_name(const kea_problem *problem, kea_factors *factors, size_t at,
                           kea_error *err)
{
    kea_factor *factor = &factors->factor[at];
    const kea_entry *first = &problem->entries[factor->first];
    const kea_correlation *group = group_of(problem, factors, at);
    char name[NAME_SIZE];
    if (factor->n_entries == 1)
        (void)snprintf(name, sizeof name, "%s", first->name);
    else if (group)
        (void)snprintf(name, sizeof name, "%s", group->name);
    else if (is_parameter(problem, factors, at))
        (void)snprintf(name, sizeof name, "%s%s%s",
                       first->care == KEA_WORLD_ENTRY ? "" : problem->care[first->care].id,
                       first->care == KEA_WORLD_ENTRY ? "" : ".", first->decl->name);
    else
        (void)snprintf(name, sizeof name, "%.220s and %zu more", first->name,
                       factor->n_entries - 1);
    return kea_memory_copy_text(&factor->name, name, err);
}

kea_status kea_factors_init(kea_factors *factors, const kea_problem *problem, const size_t *label,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *set = NULL;
    *factors = (kea_factors){.n_entries = problem->n_entries};
    KEA_TRY(kea_memory_new(&set, problem->n_entries, sizeof(size_t), err));
    KEA_TRY(kea_memory_new(&block, problem->n_entries, sizeof(size_t), err));
    factors->of = block;
    join_all(problem, label, set);
    size_t n = number_sets(problem, set, factors->of);
    if (n == 0) {
        status = kea_error_at(err, KEA_ERR_INPUT, problem->file, 0,
                              "no number is uncertain: there is nothing to vary");
        goto done;
    }
    KEA_TRY(kea_memory_new(&block, n, sizeof *factors->factor, err));
    factors->factor = block;
    factors->n = n;
    for (size_t i = problem->n_entries; i-- > 0;) {
        if (factors->of[i] == KEA_NO_FACTOR)
            continue;
        factors->factor[factors->of[i]].first = i;
        factors->factor[factors->of[i]].n_entries++;
    }
    for (size_t i = 0; i < n; i++)
        KEA_TRY(set_name(problem, factors, i, err));
done:
    free(set);
    return status;
}
