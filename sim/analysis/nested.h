/* EVPPI by two-level Monte Carlo: the check on regressions, with no assumption but a model that can
 * be run again. For every outer draw of the parameters of interest the others are drawn many times.
 *
 * Who runs the model is the caller's business: a function gives net benefits for an outer and an
 * inner number. Inner numbers must be independent given the outer one; using the same inner numbers
 * for all arms is right (differences count), for all outer numbers it is not.
 *
 * Bias. The mean over the inner draws is noisy, and the highest of noisy means is too high on
 * average: `plain` is biased upward, by about its inner variance over n_inner where few outer draws
 * leave arms nearly equal, and by its inner standard deviation over sqrt(n_inner) where all do. Two
 * remedies are given with it: `value` extrapolates to infinitely many inner draws from all and from
 * half of them (2 x all - mean of the two halves), which takes away the term of order 1 / n_inner
 * wholly and that of order 1 / sqrt(n_inner) by 0.41 (Bujok, Hambly, Reisinger 2015; Giles and Goda
 * 2019, Statistics and Computing 29); `lowest` lets one half choose the arm that the other half
 * values, which is biased downward. On average the truth lies between lowest and plain, whatever
 * the problem. */
#ifndef KEA_ANALYSIS_NESTED_H
#define KEA_ANALYSIS_NESTED_H

#include "sim/core/status.h"

#include <stddef.h>

/* Net benefits of all arms, EUR, into benefit[n_arms] for inner draw `inner` of outer draw `outer`.
 */
typedef kea_status (*kea_nested_fn)(void *context, size_t outer, size_t inner, double *benefit,
                                    kea_error *err);

typedef struct kea_nested {
    double value; /* EUR per decision: extrapolated; may be slightly below 0 when the truth is 0 */
    double error; /* its Monte Carlo standard error, over outer draws */
    double plain, plain_error;   /* biased upward */
    double lowest, lowest_error; /* biased downward */
} kea_nested;

/* Runs n_outer x n_inner draws of n_arms net benefits, outer draws in order. Errors:
 * KEA_ERR_MEMORY; KEA_ERR_INPUT for fewer than 2 outer draws, an odd number of inner draws or fewer
 * than 2 of them, fewer than 2 arms, and a net benefit that is no finite number; what the function
 * returns. */
KEA_CHECKED kea_status kea_nested_evppi(kea_nested *out, kea_nested_fn benefit, void *context,
                                        size_t n_arms, size_t n_outer, size_t n_inner,
                                        kea_error *err);

#endif
