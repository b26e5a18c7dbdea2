/* Designs: which parameter values and cohorts are run, and through which arms.
 *
 * A point is one vector of entry values and the number of the cohort that lives through it. All
 * arms of a point share cohort, values and warm-up, so differences between arms are paired.
 * An arm is a strategy, possibly with one parameter of its care model scaled ("at twice the
 * hours"), possibly with results of one group of people only. */
#ifndef KEA_INPUTS_DESIGN_H
#define KEA_INPUTS_DESIGN_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/variation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEA_NO_ENTRY SIZE_MAX

typedef struct kea_arm {
    size_t care;     /* index in problem->care */
    size_t strategy; /* index in problem->strategies */
    size_t entry;    /* the scaled entry, or KEA_NO_ENTRY */
    double factor;   /* its value is multiplied by this */
    size_t subgroup; /* whose results: a number (grouping.h), or KEA_EVERYBODY */
} kea_arm;

/* Points that belong together: the cohorts and draws at one sweep value, one tornado bar end, ...
 */
typedef struct kea_group {
    double level;  /* the value that the group stands for (a factor, a parameter value), else 0 */
    double level2; /* second axis of a two-way design, else 0 */
    size_t entry;  /* the one entry that has the value `level` (tornado), else KEA_NO_ENTRY */
} kea_group;

typedef struct kea_point {
    uint32_t cohort, draw; /* `draw`: of a design that is drawn, its parameter draw */
    size_t group;          /* which group it is in */
    double level, level2;  /* of its group */
    size_t entry;          /* of its group */
} kea_point;

/* What a design is for. */
typedef enum kea_design_kind {
    KEA_DESIGN_BASE,
    KEA_DESIGN_PSA,
    KEA_DESIGN_HOURS,
    KEA_DESIGN_SWEEP,
    KEA_DESIGN_MAP,
    KEA_DESIGN_TORNADO,
    KEA_DESIGN_SUBGROUPS,
    KEA_DESIGN_PRECISION,
    KEA_DESIGN_VARIED, /* what a variation says: kea_design_varied */
    KEA_N_DESIGN_KINDS
} kea_design_kind;

/* "base", "psa", "hours", "sweep", "map", "tornado", "subgroups", "precision", "varied". */
const char *kea_design_kind_name(kea_design_kind kind);

#define KEA_NO_SWEEP SIZE_MAX

/* Points and their values are worked out when they are asked for, so a design takes no more memory
 * for more draws. Points of one group stand together, in the order of their cohorts, so that point
 * j of every group is the same school under other numbers; but for KEA_DESIGN_PRECISION, where
 * every point has a cohort of its own. */
typedef struct kea_design {
    kea_design_kind kind;
    size_t sweep; /* KEA_DESIGN_SWEEP and _MAP: index in problem->sweeps, else KEA_NO_SWEEP */
    /* the name of the kind, or (varied) its own; of a sweep or map "_" and its parameter follow:
     * "map_refer_external" */
    char name[KEA_MAX_NAME + 33];
    bool drawn; /* values start from a parameter draw: number `cohort`, of KEA_DESIGN_PRECISION
                   that of the group; false: from the base case */
    const kea_variation *variation; /* what it changes, borrowed; NULL: the members above tell */
    size_t n_points;                /* n_groups x n_repeats */
    size_t n_repeats;               /* points of each group, with cohorts 0 .. n_repeats - 1 */
    size_t n_groups;
    kea_group *groups; /* [n_groups], owned */
    size_t n_arms;
    kea_arm *arms;  /* [n_arms], owned */
    double *values; /* [n_entries] in the place of the base case, owned; NULL: the base case */
} kea_design;

/* Every kea_design_* that fills a design zeroes it first. Errors of all of them: KEA_ERR_MEMORY;
 * KEA_ERR_INPUT when a number of draws, replicates or factors is 0 or above 2^32 - 1, or when a
 * parameter cannot be scaled (shares, which must sum to 1). */
void kea_design_free(kea_design *design); /* legal on {0}, after a failed init, and twice */

/* Point number `point`, 0 .. n_points - 1. */
static inline kea_point kea_design_point(const kea_design *design, size_t point)
{
    size_t group = point / design->n_repeats;
    const kea_group *of = &design->groups[group];
    uint32_t cohort = (uint32_t)(point % design->n_repeats), draw = cohort;
    if (design->kind == KEA_DESIGN_PRECISION) {
        cohort = (uint32_t)point;
        draw = (uint32_t)group;
    }
    return (kea_point){cohort, draw, group, of->level, of->level2, of->entry};
}

/* Gives a design values of its own in the place of the base case, to begin with the same, for who
 * wants to change them. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_design_own_values(kea_design *design, const kea_problem *problem,
                                             kea_error *err);

/* The values of all entries at a point, into values[n_entries]. No allocation, no errors. */
void kea_design_values(const kea_design *design, const kea_problem *problem, size_t point,
                       double *values);

/* An entry's value times a factor, kept within the declared range; whole numbers are rounded. A
 * factor of 1 changes no bit. */
double kea_design_scaled(const kea_entry *entry, double value, double factor);

/* Whether an entry is uncertain and read by some strategy or the status quo. */
bool kea_design_is_varied(const kea_problem *problem, size_t entry);

/* Sets one entry of a vector of values; of shares, the others keep their proportions and the sum.
 */
void kea_design_set(const kea_problem *problem, size_t entry, double value, double *values);

/* What a variation says, its groups `repeats` times, one arm per strategy: point j of every group
 * lives with cohort j, and level and level2 are the levels of the first two axes. `name` is the
 * design's. Error KEA_ERR_INPUT also for too many points. */
KEA_CHECKED kea_status kea_design_varied(kea_design *design, const kea_problem *problem,
                                         const kea_variation *variation, const char *name,
                                         size_t repeats, kea_error *err);

/* Base case: base values, cohorts 0 .. replicates-1, one arm per strategy. One group. */
KEA_CHECKED kea_status kea_design_base(kea_design *design, const kea_problem *problem,
                                       size_t replicates, kea_error *err);

/* Probabilistic analysis: parameter draw i lived through by cohort i, one arm per strategy. */
KEA_CHECKED kea_status kea_design_psa(kea_design *design, const kea_problem *problem, size_t draws,
                                      kea_error *err);

/* The same with the results of every strategy by groups of people: the arms of a strategy stand
 * together, one for each group of every grouping of the problem's model, in their order. */
KEA_CHECKED kea_status kea_design_subgroups(kea_design *design, const kea_problem *problem,
                                            size_t draws, kea_error *err);

/* To tell uncertainty about numbers from the luck of a cohort: the first `draws` parameter draws,
 * each lived through by `cohorts` cohorts that no other draw has, one arm per strategy. Group g is
 * draw g. Error KEA_ERR_INPUT also for 2^32 points or more. */
KEA_CHECKED kea_status kea_design_precision(kea_design *design, const kea_problem *problem,
                                            size_t draws, size_t cohorts, kea_error *err);

/* Draws as in kea_design_psa, through arms of one's own, which are copied; `name` is the design's.
 */
KEA_CHECKED kea_status kea_design_arms(kea_design *design, const kea_problem *problem,
                                       const char *name, size_t draws, size_t n_arms,
                                       const kea_arm *arms, kea_error *err);

/* Staffing: `draws` parameter draws; arms: the comparator (strategy 0), then strategy `strategy` at
 * every factor of settings.hours_factor applied to the staffing parameter of its care model.
 * Scaling is an arm, so one warm-up serves all. One group. Error KEA_ERR_INPUT when the care model
 * gives no staffing, or gives it in several elements. */
KEA_CHECKED kea_status kea_design_hours(kea_design *design, const kea_problem *problem,
                                        size_t strategy, size_t draws, kea_error *err);

/* The single entry that gives the hours of a strategy's care model, into *entry. KEA_ERR_INPUT when
 * the model has no staffing, the care model gives none or gives it in several elements. */
KEA_CHECKED kea_status kea_design_staffing(const kea_problem *problem, size_t strategy,
                                           size_t *entry, kea_error *err);

/* Sites (a variation of that kind) at `n` levels of hours: arms are the comparator, then strategy
 * `strategy` with its base hours times factor[0 .. n). Point j of every group lives with cohort j.
 * Errors as kea_design_hours. */
KEA_CHECKED kea_status kea_design_sites(kea_design *design, const kea_problem *problem,
                                        const kea_variation *sites, size_t strategy, size_t n,
                                        const double *factor, size_t repeats, kea_error *err);

/* One-way sweep number `sweep` of the problem. Uncertainty band: the `draws` parameter draws at
 * each factor. Group g is factor g (level = factor), point j of every group lives with cohort and
 * draw j; arms: one per strategy. */
KEA_CHECKED kea_status kea_design_sweep(kea_design *design, const kea_problem *problem,
                                        size_t sweep, size_t draws, kea_error *err);

/* Two-way map: hours factor (arms, as in kea_design_hours) by a sweep's factor (groups, level =
 * factor); base values, `replicates` cohorts per cell. */
KEA_CHECKED kea_status kea_design_map(kea_design *design, const kea_problem *problem,
                                      size_t strategy, size_t sweep, size_t replicates,
                                      kea_error *err);

/* One-way tornado over every uncertain entry k: groups 2k and 2k+1 hold the entry at the low and
 * the high end of its central interval `level`, all others at base (the other shares of a
 * Dirichlet scaled to keep the sum 1); the last group is the base case. k counts the uncertain
 * entries that some strategy or the status quo uses; entry[k] (caller's array of n_entries) gets
 * its index and *n_bars the number of bars. level of a point is the entry's value, entry of a point
 * the entry (KEA_NO_ENTRY in the last group). Point j of every group lives with cohort j. */
KEA_CHECKED kea_status kea_design_tornado(kea_design *design, const kea_problem *problem,
                                          double level, size_t replicates, size_t *entry,
                                          size_t *n_bars, kea_error *err);

/* The bars of a tornado read back from its groups: the entry of every pair of them into
 * entry[0 .. max), returns how many bars there are. 0 for any other design. */
size_t kea_design_bars(const kea_design *design, size_t max, size_t *entry);

#endif
