/* Builds the designs and works out the values of their points. */
#include "sim/inputs/design.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kea_design_free(kea_design *design)
{
    free(design->groups);
    free(design->arms);
    free(design->values);
    memset(design, 0, sizeof *design);
}

double kea_design_scaled(const kea_entry *entry, double value, double factor)
{
    double scaled = value * factor;
    if (entry->decl->kind == KEA_INTEGER)
        scaled = rint(scaled);
    return fmin(fmax(scaled, entry->decl->min), entry->decl->max);
}

const char *kea_design_kind_name(kea_design_kind kind)
{
    static const char *const names[] = {"base",    "psa",       "hours",     "sweep", "map",
                                        "tornado", "subgroups", "precision", "varied"};
    return kind < KEA_N_DESIGN_KINDS ? names[kind] : "unknown";
}

/* What a design is and its sizes, before it is made. `n_repeats` points per group. */
typedef struct shape {
    kea_design_kind kind;
    size_t sweep;
    const char *name; /* NULL: that of the kind, and the swept parameter */
    size_t n_groups, n_repeats, n_arms;
} shape;

static void write_name(const kea_problem *problem, const shape *s, char *name, size_t size)
{
    bool sweeps = s->sweep != KEA_NO_SWEEP;
    (void)snprintf(name, size, "%s%s%s", s->name ? s->name : kea_design_kind_name(s->kind),
                   sweeps ? "_" : "", sweeps ? problem->sweeps[s->sweep].decl->name : "");
}

static kea_status check_shape(const shape *s, const char *name, kea_error *err)
{
    if (s->n_groups == 0 || s->n_groups > UINT32_MAX)
        return kea_error_set(err, KEA_ERR_INPUT, "design %s: %zu values, must be 1 to %lu", name,
                             s->n_groups, (unsigned long)UINT32_MAX);
    if (s->n_repeats == 0 || s->n_repeats > UINT32_MAX)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "design %s: %zu draws or replicates, must be 1 to %lu", name,
                             s->n_repeats, (unsigned long)UINT32_MAX);
    return KEA_OK;
}

/* Zeroes and allocates; arms and the groups' levels are left to the caller. */
static kea_status design_new(kea_design *design, const kea_problem *problem, const shape *s,
                             kea_error *err)
{
    memset(design, 0, sizeof *design);
    design->kind = s->kind;
    design->sweep = s->sweep;
    write_name(problem, s, design->name, sizeof design->name);
    kea_status status = check_shape(s, design->name, err);
    if (status != KEA_OK)
        return status;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, s->n_groups, sizeof *design->groups, err));
    design->groups = block;
    KEA_TRY(kea_memory_new(&block, s->n_arms, sizeof *design->arms, err));
    design->arms = block;
    design->n_points = s->n_groups * s->n_repeats; /* both below 2^32 */
    design->n_repeats = s->n_repeats;
    design->n_groups = s->n_groups;
    design->n_arms = s->n_arms;
    for (size_t g = 0; g < s->n_groups; g++)
        design->groups[g].entry = KEA_NO_ENTRY;
done:
    return status;
}

/* One arm per strategy. */
static void set_strategy_arms(kea_design *design, const kea_problem *problem)
{
    for (size_t i = 0; i < problem->n_strategies; i++)
        design->arms[i] = (kea_arm){problem->strategies[i], i, KEA_NO_ENTRY, 1, KEA_EVERYBODY};
}

/* The comparator, then `strategy` with `entry` at every factor. */
static void set_scaled_arms(kea_design *design, const kea_problem *problem, size_t strategy,
                            size_t entry)
{
    const kea_range *factors = &problem->settings.hours_factor;
    design->arms[0] = (kea_arm){problem->strategies[0], 0, KEA_NO_ENTRY, 1, KEA_EVERYBODY};
    for (size_t i = 0; i < factors->n; i++)
        design->arms[1 + i] = (kea_arm){problem->strategies[strategy], strategy, entry,
                                        kea_range_at(factors, i), KEA_EVERYBODY};
}

kea_status kea_design_varied(kea_design *design, const kea_problem *problem,
                             const kea_variation *variation, const char *name, size_t repeats,
                             kea_error *err)
{
    const shape sizes = {KEA_DESIGN_VARIED,   KEA_NO_SWEEP, name,
                         variation->n_groups, repeats,      problem->n_strategies};
    kea_status status = design_new(design, problem, &sizes, err);
    if (status != KEA_OK)
        return status;
    design->variation = variation;
    set_strategy_arms(design, problem);
    for (size_t g = 0; g < design->n_groups; g++) {
        design->groups[g].level = kea_variation_level(variation, g, 0);
        design->groups[g].level2 = kea_variation_level(variation, g, 1);
    }
    return KEA_OK;
}

kea_status kea_design_sites(kea_design *design, const kea_problem *problem,
                            const kea_variation *sites, size_t strategy, size_t n,
                            const double *factor, size_t repeats, kea_error *err)
{
    const shape sizes = {KEA_DESIGN_VARIED, KEA_NO_SWEEP, "sites", sites->n_groups, repeats, 1 + n};
    size_t entry = 0;
    memset(design, 0, sizeof *design);
    kea_status status = KEA_OK;
    KEA_TRY(kea_design_staffing(problem, strategy, &entry, err));
    KEA_TRY(design_new(design, problem, &sizes, err));
    design->variation = sites;
    design->arms[0] = (kea_arm){problem->strategies[0], 0, KEA_NO_ENTRY, 1, KEA_EVERYBODY};
    for (size_t i = 0; i < n; i++)
        design->arms[1 + i] =
            (kea_arm){problem->strategies[strategy], strategy, entry, factor[i], KEA_EVERYBODY};
done:
    return status;
}

static kea_status check_scalable(const kea_entry *entry, kea_error *err)
{
    if (!kea_param_is_shares(entry->decl))
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_INPUT, entry->file, entry->line,
                        "%s: shares of a whole cannot be multiplied by a factor", entry->name);
}

kea_status kea_design_staffing(const kea_problem *problem, size_t strategy, size_t *entry,
                               kea_error *err)
{
    size_t param = 0;
    if (strategy >= problem->n_strategies)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no strategy number %zu", strategy);
    if (!kea_param_table_staffing(&problem->params, &param))
        return kea_error_set(err, KEA_ERR_INPUT, "the model %s has no staffing to vary",
                             problem->model_name);
    const char *name = problem->params.decl[param].name;
    size_t care = problem->strategies[strategy];
    size_t n = kea_problem_find_param(problem, name, care, 1, entry);
    if (n == 1)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_INPUT, problem->care[care].file, 0,
                        "care model %s gives parameter \"%s\" in %zu elements; "
                        "only a single number can be varied here",
                        problem->care[care].id, name, n);
}

/* The sweep, when its parameter is one that all share and may be multiplied. */
static kea_status find_sweep(const kea_problem *problem, size_t sweep, const kea_sweep **found,
                             kea_error *err)
{
    size_t first = 0;
    if (sweep >= problem->n_sweeps)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no sweep number %zu", sweep);
    *found = &problem->sweeps[sweep];
    const char *param = (*found)->decl->name;
    if (kea_problem_find_param(problem, param, KEA_WORLD_ENTRY, 1, &first) == 0)
        return kea_error_at(err, KEA_ERR_INPUT, problem->file, 0,
                            "the scenario gives no parameter \"%s\" to vary", param);
    return check_scalable(&problem->entries[first], err);
}

/* The groups of a design that multiplies a parameter by factors: one for each. */
static void set_swept(kea_design *design, const kea_sweep *sweep)
{
    for (size_t g = 0; g < design->n_groups; g++)
        design->groups[g].level = kea_range_at(&sweep->factor, g);
}

kea_status kea_design_base(kea_design *design, const kea_problem *problem, size_t replicates,
                           kea_error *err)
{
    const shape sizes = {KEA_DESIGN_BASE, KEA_NO_SWEEP, NULL, 1, replicates, problem->n_strategies};
    kea_status status = design_new(design, problem, &sizes, err);
    if (status == KEA_OK)
        set_strategy_arms(design, problem);
    return status;
}

kea_status kea_design_psa(kea_design *design, const kea_problem *problem, size_t draws,
                          kea_error *err)
{
    const shape sizes = {KEA_DESIGN_PSA, KEA_NO_SWEEP, NULL, 1, draws, problem->n_strategies};
    kea_status status = design_new(design, problem, &sizes, err);
    if (status != KEA_OK)
        return status;
    design->drawn = true;
    set_strategy_arms(design, problem);
    return KEA_OK;
}

kea_status kea_design_subgroups(kea_design *design, const kea_problem *problem, size_t draws,
                                kea_error *err)
{
    const kea_param_table *params = &problem->params;
    const size_t n = kea_grouping_total(params->n_groupings, params->groupings);
    const shape sizes = {KEA_DESIGN_SUBGROUPS,     KEA_NO_SWEEP, NULL, 1, draws,
                         n * problem->n_strategies};
    memset(design, 0, sizeof *design);
    if (n == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "the model %s tells no groups of people apart",
                             problem->model_name);
    kea_status status = design_new(design, problem, &sizes, err);
    if (status != KEA_OK)
        return status;
    design->drawn = true;
    for (size_t i = 0; i < sizes.n_arms; i++)
        design->arms[i] = (kea_arm){problem->strategies[i / n], i / n, KEA_NO_ENTRY, 1, i % n + 1};
    return KEA_OK;
}

kea_status kea_design_precision(kea_design *design, const kea_problem *problem, size_t draws,
                                size_t cohorts, kea_error *err)
{
    const shape sizes = {KEA_DESIGN_PRECISION, KEA_NO_SWEEP, NULL, draws, cohorts,
                         problem->n_strategies};
    kea_status status = design_new(design, problem, &sizes, err);
    if (status == KEA_OK && design->n_points > UINT32_MAX)
        status = kea_error_set(err, KEA_ERR_INPUT, "design %s: %zu points, must be 1 to %lu",
                               design->name, design->n_points, (unsigned long)UINT32_MAX);
    if (status != KEA_OK)
        return status;
    design->drawn = true;
    set_strategy_arms(design, problem);
    return KEA_OK;
}

kea_status kea_design_arms(kea_design *design, const kea_problem *problem, const char *name,
                           size_t draws, size_t n_arms, const kea_arm *arms, kea_error *err)
{
    const shape sizes = {KEA_DESIGN_PSA, KEA_NO_SWEEP, name, 1, draws, n_arms};
    kea_status status = design_new(design, problem, &sizes, err);
    if (status != KEA_OK)
        return status;
    design->drawn = true;
    memcpy(design->arms, arms, n_arms * sizeof *arms);
    return KEA_OK;
}

kea_status kea_design_hours(kea_design *design, const kea_problem *problem, size_t strategy,
                            size_t draws, kea_error *err)
{
    const shape sizes = {
        KEA_DESIGN_HOURS, KEA_NO_SWEEP, NULL, 1, draws, 1 + problem->settings.hours_factor.n};
    size_t entry = 0;
    memset(design, 0, sizeof *design);
    kea_status status = KEA_OK;
    KEA_TRY(kea_design_staffing(problem, strategy, &entry, err));
    KEA_TRY(design_new(design, problem, &sizes, err));
    design->drawn = true;
    set_scaled_arms(design, problem, strategy, entry);
done:
    return status;
}

kea_status kea_design_sweep(kea_design *design, const kea_problem *problem, size_t sweep,
                            size_t draws, kea_error *err)
{
    const kea_sweep *of = NULL;
    memset(design, 0, sizeof *design);
    kea_status status = find_sweep(problem, sweep, &of, err);
    if (status != KEA_OK)
        return status;
    const shape sizes = {KEA_DESIGN_SWEEP, sweep, NULL, of->factor.n, draws, problem->n_strategies};
    KEA_TRY(design_new(design, problem, &sizes, err));
    set_swept(design, of);
    design->drawn = true;
    set_strategy_arms(design, problem);
done:
    return status;
}

kea_status kea_design_map(kea_design *design, const kea_problem *problem, size_t strategy,
                          size_t sweep, size_t replicates, kea_error *err)
{
    const kea_sweep *of = NULL;
    size_t entry = 0;
    memset(design, 0, sizeof *design);
    kea_status status = kea_design_staffing(problem, strategy, &entry, err);
    if (status == KEA_OK)
        status = find_sweep(problem, sweep, &of, err);
    if (status != KEA_OK)
        return status;
    const shape sizes = {KEA_DESIGN_MAP, sweep,      NULL,
                         of->factor.n,   replicates, 1 + problem->settings.hours_factor.n};
    KEA_TRY(design_new(design, problem, &sizes, err));
    set_swept(design, of);
    set_scaled_arms(design, problem, strategy, entry);
done:
    return status;
}

/* Whether runs of a care model read this entry: its own, or a shared one it does not replace. */
static bool care_uses(const kea_problem *problem, size_t entry, size_t care)
{
    const kea_entry *entries = problem->entries;
    if (entries[entry].care != KEA_WORLD_ENTRY)
        return entries[entry].care == care;
    for (size_t i = 0; i < problem->n_entries; i++)
        if (entries[i].care == care && entries[i].slot == entries[entry].slot)
            return false;
    return true;
}

bool kea_design_is_varied(const kea_problem *problem, size_t entry)
{
    if (problem->entries[entry].dist.family == KEA_FIXED)
        return false;
    if (care_uses(problem, entry, problem->status_quo))
        return true;
    for (size_t i = 0; i < problem->n_strategies; i++)
        if (care_uses(problem, entry, problem->strategies[i]))
            return true;
    return false;
}

void kea_design_set(const kea_problem *problem, size_t index, double value, double *values)
{
    const kea_entry *entry = &problem->entries[index];
    size_t n = entry->decl->count;
    if (entry->decl->kind == KEA_SHARES && n > 1) {
        double others = 0, *share = &values[index - entry->element];
        for (size_t i = 0; i < n; i++)
            if (i != entry->element)
                others += share[i];
        for (size_t i = 0; i < n; i++)
            share[i] =
                others > 0 ? share[i] * ((1 - value) / others) : (1 - value) / (double)(n - 1);
    }
    values[index] = value;
}

/* The ends of an entry's central interval, within its declared range. */
static double bar_end(const kea_entry *entry, double level, bool high)
{
    double tail = (1 - level) / 2;
    double value = kea_dist_quantile(&entry->dist, high ? 1 - tail : tail);
    return kea_design_scaled(entry, value, 1);
}

kea_status kea_design_tornado(kea_design *design, const kea_problem *problem, double level,
                              size_t replicates, size_t *entry, size_t *n_bars, kea_error *err)
{
    *n_bars = 0;
    for (size_t i = 0; i < problem->n_entries; i++)
        if (kea_design_is_varied(problem, i))
            entry[(*n_bars)++] = i;
    size_t n_groups = 2 * *n_bars + 1;
    const shape sizes = {KEA_DESIGN_TORNADO, KEA_NO_SWEEP, NULL,
                         n_groups,           replicates,   problem->n_strategies};
    memset(design, 0, sizeof *design);
    if (!(level > 0 && level < 1))
        return kea_error_at(err, KEA_ERR_INPUT, problem->file, 0,
                            "tornado level %g must lie between 0 and 1", level);
    kea_status status = design_new(design, problem, &sizes, err);
    if (status != KEA_OK)
        return status;
    set_strategy_arms(design, problem);
    for (size_t g = 0; g < n_groups - 1; g++) {
        size_t at = entry[g / 2];
        design->groups[g].entry = at;
        design->groups[g].level = bar_end(&problem->entries[at], level, g % 2 == 1);
    }
    return KEA_OK;
}

size_t kea_design_bars(const kea_design *design, size_t max, size_t *entry)
{
    size_t n = 0;
    for (size_t g = 0; g < design->n_groups; g += 2) {
        if (design->groups[g].entry == KEA_NO_ENTRY)
            continue;
        if (n < max)
            entry[n] = design->groups[g].entry;
        n++;
    }
    return n;
}

/* Multiplies all entries of a parameter, the care models' own ones too. */
static void scale_param(const kea_problem *problem, const char *param, double factor,
                        double *values)
{
    for (size_t i = 0; i < problem->n_entries; i++)
        if (strcmp(problem->entries[i].decl->name, param) == 0)
            values[i] = kea_design_scaled(&problem->entries[i], values[i], factor);
}

kea_status kea_design_own_values(kea_design *design, const kea_problem *problem, kea_error *err)
{
    void *values = NULL;
    kea_status status = kea_memory_new(&values, problem->n_entries, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    kea_problem_base(problem, values);
    design->values = values;
    return KEA_OK;
}

void kea_design_values(const kea_design *design, const kea_problem *problem, size_t point,
                       double *values)
{
    const kea_point at = kea_design_point(design, point);
    if (design->variation) {
        kea_variation_values(design->variation, problem, at.group, at.cohort, values);
        return;
    }
    if (design->drawn)
        kea_problem_draw(problem, at.draw, values);
    else if (design->values)
        memcpy(values, design->values, problem->n_entries * sizeof *values);
    else
        kea_problem_base(problem, values);
    if (design->sweep != KEA_NO_SWEEP)
        scale_param(problem, problem->sweeps[design->sweep].decl->name, at.level, values);
    if (at.entry != KEA_NO_ENTRY)
        kea_design_set(problem, at.entry, at.level, values);
}
