/* How to divide a budget over sites so that it has the most effect.
 *
 * Site s brings value v_s(x) when it gets x of the budget (hours a week, or money a year). Of v_s
 * is known what a simulation found at a few amounts; between these it is taken as a straight line.
 * Wanted are x_1 .. x_S that maximise
 *
 *     v_1(x_1) + ... + v_S(x_S)   with   x_1 + ... + x_S <= B.
 *
 * Curves need not be concave: an effect may begin at a threshold only. So the answer is had by
 * dynamic programming over equal steps of the budget (Bellman 1957, "Dynamic Programming", chapter
 * I, allocation of one resource), which is exact for amounts in whole steps whatever the curves
 * look like; going up the steepest curve first, the rule for concave curves (Gross 1956), is not.
 * Part of the budget may be left.
 *
 * Curves come from draws: every draw has a value at every site and amount, by the same numbers at
 * all of them (common random numbers). Sites are chosen for by the mean over draws. The best on the
 * mean of the same draws looks better than it is (the winner's curse), so its value is judged on
 * other draws: the allocation chosen by the draws of even number is judged on those of odd number,
 * and the other way round, and both halves count (two-fold cross-validation; Stone 1974, J. R.
 * Stat. Soc. B 36). How sure the allocation is, is told by choosing again on draws drawn with
 * replacement (bootstrap; Efron 1979, Ann. Stat. 7). */
#ifndef KEA_ANALYSIS_ALLOCATION_H
#define KEA_ANALYSIS_ALLOCATION_H

#include "sim/analysis/estimate.h"
#include "sim/core/status.h"

#include <stddef.h>
#include <stdint.h>

/* What was found. All arrays are borrowed. */
typedef struct kea_allocation_curves {
    size_t n_sites, n_levels, n_draws;
    const double *amount; /* [site][level] of the budget, 0 or more, growing with level. Level k is
                             the same intensity at all sites (hours per 100 students) */
    const double *value;  /* [draw][site][level] */
} kea_allocation_curves;

typedef struct kea_allocation_options {
    double budget;
    size_t steps;     /* the budget is divided in so many */
    size_t resamples; /* of the bootstrap; 0: no interval */
    uint64_t seed;
    double *best_of_draw; /* [n_draws] gets what the best brings in every draw, judged as below;
                             NULL: not wanted */
} kea_allocation_options;

/* One site's part. */
typedef struct kea_allocation_share {
    double even;      /* its amount when all sites have the same intensity */
    double best;      /* its amount in the best allocation, by the mean over all draws */
    double low, high; /* 2.5% and 97.5% quantile of that over bootstrap samples; NAN without */
    double more;      /* share of bootstrap samples that give it more than `even`; NAN without */
    kea_estimate value_even, value_best; /* what it brings, best as chosen by all draws */
    kea_estimate gain;                   /* best less even, draw by draw */
    int at_most;                         /* best is the largest amount that was tried */
} kea_allocation_share;

/* The whole. */
typedef struct kea_allocation_sum {
    double budget;
    double spent;            /* of it, by the best allocation */
    kea_estimate value_even; /* over draws */
    kea_estimate value_best; /* judged on other draws than those that chose */
    kea_estimate gain;       /* best less even, draw by draw, judged in the same way */
    double apparent;         /* mean gain on the very draws that chose: too good */
    double better;           /* share of draws in which the best brings more than even */
} kea_allocation_sum;

/* Solves for one budget: fills *sum and share[n_sites]. Sites are taken from the first on; of
 * allocations with the same value the one that spends least on later sites is told. Errors:
 * KEA_ERR_USAGE when the budget is not above 0 and finite, when it is less than the smallest
 * amounts together cost or more than the largest do, naming these; KEA_ERR_INPUT when there is no
 * site, are fewer than 2 levels or 4 draws, amounts do not grow, or a value is not finite;
 * KEA_ERR_MEMORY. Draws for the bootstrap are the stream "bootstrap.allocation". */
KEA_CHECKED kea_status kea_allocation_find(kea_allocation_sum *sum, kea_allocation_share *share,
                                           const kea_allocation_curves *curves,
                                           const kea_allocation_options *options, kea_error *err);

/* The most that can be spent: the largest amounts together. */
double kea_allocation_most(const kea_allocation_curves *curves);

/* The straight line through n points (x growing) at `at`, which is kept within the first and last
 * x. */
double kea_allocation_line(size_t n, const double *x, const double *y, double at);

#endif
