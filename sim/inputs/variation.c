/* Variations that change a few named parameters, and what all kinds share. The global ones stand in
 * variation_global.c. */
#include "sim/inputs/variation.h"

#include "sim/inputs/variation_global.h"
#include "sim/inputs/what_if.h"

#include <stdlib.h>

void kea_variation_free(kea_variation *variation)
{
    free(variation->order);
    free(variation->position);
    free(variation->step);
    *variation = (kea_variation){0};
}

/* An entry that two axes have is changed twice, and the first change would be lost. */
static kea_status check_apart(const kea_problem *problem, const kea_varied *a, const kea_varied *b,
                              kea_error *err)
{
    for (size_t i = 0; i < a->n_entries; i++)
        for (size_t k = 0; k < b->n_entries; k++)
            if (a->entries[i] == b->entries[k])
                return kea_error_set(err, KEA_ERR_USAGE,
                                     "'%s' and '%s' both vary '%s'; vary it once", a->name, b->name,
                                     problem->entries[a->entries[i]].name);
    return KEA_OK;
}

kea_status kea_variation_grid(kea_variation *variation, const kea_problem *problem, size_t n_axes,
                              const kea_varied *axes, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t cells = 1;
    *variation = (kea_variation){.kind = KEA_VARIATION_GRID, .axes = axes, .n_axes = n_axes};
    if (n_axes < 1 || n_axes > KEA_VARIATION_AXES)
        return kea_error_set(err, KEA_ERR_USAGE, "expected 1 to %d parameters to vary, found %zu",
                             KEA_VARIATION_AXES, n_axes);
    for (size_t i = 0; i < n_axes; i++) {
        for (size_t k = 0; k < i; k++)
            KEA_TRY(check_apart(problem, &axes[k], &axes[i], err));
        if (axes[i].levels.n > KEA_VARIATION_CELLS / cells)
            return kea_error_set(err, KEA_ERR_USAGE,
                                 "too many combinations: %d is the most; take fewer values, or "
                                 "fewer parameters",
                                 KEA_VARIATION_CELLS);
        cells *= axes[i].levels.n;
    }
    variation->n_groups = cells;
done:
    return status;
}

kea_status kea_variation_what_if(kea_variation *variation, const kea_problem *problem,
                                 kea_error *err)
{
    *variation =
        (kea_variation){.kind = KEA_VARIATION_WHAT_IF, .n_groups = 1 + problem->n_what_ifs};
    if (problem->n_what_ifs == 0)
        return kea_error_at(err, KEA_ERR_USAGE, problem->file, 0,
                            "the scenario has no 'what_if'; nothing else can be tried");
    return KEA_OK;
}

void kea_variation_sites(kea_variation *variation, size_t n, const kea_what_if *sites,
                         size_t staffing)
{
    *variation = (kea_variation){
        .kind = KEA_VARIATION_SITES, .n_groups = n, .sites = sites, .base_entry = staffing};
}

double kea_variation_level(const kea_variation *variation, size_t group, size_t axis)
{
    if (variation->kind != KEA_VARIATION_GRID || axis >= variation->n_axes)
        return 0;
    for (size_t i = variation->n_axes - 1; i > axis; i--)
        group /= variation->axes[i].levels.n;
    const kea_range *levels = &variation->axes[axis].levels;
    return kea_range_at(levels, group % levels->n);
}

void kea_variation_values(const kea_variation *variation, const kea_problem *problem, size_t group,
                          uint32_t repeat, double *values)
{
    if (variation->kind == KEA_VARIATION_SOBOL || variation->kind == KEA_VARIATION_MORRIS) {
        kea_variation_global_values(variation, problem, group, repeat, values);
        return;
    }
    if (variation->drawn)
        kea_problem_draw(problem, repeat, values);
    else
        kea_problem_base(problem, values);
    if (variation->kind == KEA_VARIATION_WHAT_IF && group > 0)
        kea_what_if_apply(&problem->what_ifs[group - 1], problem, values);
    if (variation->kind == KEA_VARIATION_SITES) {
        kea_what_if_apply(&variation->sites[group], problem, values);
        values[variation->base_entry] = problem->entries[variation->base_entry].value;
    }
    for (size_t i = 0; i < variation->n_axes; i++)
        kea_varied_apply(&variation->axes[i], problem, kea_variation_level(variation, group, i),
                         values);
}
