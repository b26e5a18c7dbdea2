/* Is it worth deciding for each subgroup (level, inflow group, home zone) by itself, instead of one
 * strategy for all? With w the weight of subgroup s and B the mean net benefit,
 *     value of deciding apart = sum over s of w max over arms of B(s, arm)
 *                             - max over arms of sum over s of w B(s, arm),
 * never negative. Beside it: what perfect information would be worth when deciding together and
 * apart. Source: Espinoza, Manca, Claxton, Sculpher 2014, "The value of heterogeneity for
 * cost-effectiveness subgroup analysis", Medical Decision Making 34(8). */
#ifndef KEA_ANALYSIS_SUBGROUPS_H
#define KEA_ANALYSIS_SUBGROUPS_H

#include "sim/analysis/evpi.h"

/* The choice for one subgroup; EUR per unit of weight. */
typedef struct kea_subgroup {
    size_t best;       /* arm best on average in this subgroup (first of equals) */
    double benefit;    /* its mean net benefit against arm 0 */
    double gain;       /* that less the mean of the arm that is best for all, >= 0 */
    double gain_error; /* Monte Carlo standard error of gain */
    kea_evpi evpi;     /* of the subgroup by itself */
} kea_subgroup;

/* All together; EUR for the sum over subgroups of weight times net benefit. */
typedef struct kea_subgroups {
    size_t best;    /* arm best for all together */
    double benefit; /* its mean net benefit against arm 0 */
    double value;   /* of deciding apart: sum of weight x gain, >= 0 */
    double error;   /* Monte Carlo standard error of value, from paired points; as choices are made
                       on the same points, value is too high by an amount of order 1/n_points where
                       arms are nearly equal */
    kea_evpi together; /* perfect information when one strategy is chosen for all */
    double apart; /* perfect information when each subgroup has its own: sum of weight x evpi */
} kea_subgroups;

/* groups[n_groups] are pairs of each subgroup at the same points and arms (point i of all is the
 * same draw); weight[n_groups] > 0: how many of what its pairs are about (1 when they are totals,
 * numbers of students when they are per student). wtp in EUR per unit of effect. `each` [n_groups]
 * may be NULL. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT names the subgroup (counted from 1) whose
 * weight, number of points or number of arms is wrong; no subgroups; what kea_benefits_check
 * refuses. */
KEA_CHECKED kea_status kea_subgroups_of(kea_subgroups *out, kea_subgroup *each, size_t n_groups,
                                        const kea_pairs *groups, const double *weight, double wtp,
                                        kea_error *err);

#endif
