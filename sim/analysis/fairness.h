/* Who gains among groups of people, and what an unequal outcome is worth to who dislikes
 * inequality.
 *
 * A. B. Atkinson, "On the measurement of inequality", Journal of Economic Theory 2 (1970) 244-263.
 * Outcomes are goods (more is better) and above 0; of something bad use its complement, such as the
 * share that does not leave early. */
#ifndef KEA_ANALYSIS_FAIRNESS_H
#define KEA_ANALYSIS_FAIRNESS_H

#include "sim/analysis/estimate.h"
#include "sim/core/status.h"

#include <stddef.h>

/* Inequality over groups of size[n] people with mean[n] each. */
typedef struct kea_inequality {
    double mean;     /* over all people */
    double equal;    /* equally distributed equivalent: the mean that, if all had the same, would be
                        as good as these means are */
    double atkinson; /* 1 - equal / mean: the part that could be given up for equality, 0 to 1 */
} kea_inequality;

/* With aversion e to inequality, e >= 0: equal = (mean of x^(1 - e))^(1 / (1 - e)), and the
 * geometric mean for e = 1. e = 0: no aversion, equal = mean. KEA_ERR_INPUT for a negative e, a
 * mean that is not above 0, a negative size, or no people at all; groups of size 0 count for
 * nothing. */
KEA_CHECKED kea_status kea_fairness_of(kea_inequality *out, size_t n, const double *mean,
                                       const double *size, double aversion, kea_error *err);

/* A total in which gains of those who are worse off weigh more: sum of size x gain x weight, weight
 * = (reference / level)^aversion with `level` what each group has without the programme and
 * reference the mean of it over all people. The marginal weights of Atkinson's measure, 1 for a
 * group at the mean; with aversion 0 the plain total. Errors as of kea_fairness_of, for `level`. */
KEA_CHECKED kea_status kea_fairness_total(double *total, size_t n, const double *gain,
                                          const double *level, const double *size, double aversion,
                                          kea_error *err);

/* What one group gains per person, over draws. */
typedef struct kea_group_gain {
    kea_estimate gain; /* per person */
    double total;      /* mean gain x size */
    double share;      /* of the sum over groups of total; NAN when that is 0 */
    double gains;      /* probability that gain is above 0 */
} kea_group_gain;

/* The who-gains table: gain[group][draw] per person, size[group]. `scratch` holds n_draws doubles.
 */
void kea_fairness_gains(size_t n_groups, size_t n_draws, const double *gain, const double *size,
                        kea_group_gain *out, double *scratch);

#endif
