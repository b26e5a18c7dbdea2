/* What is said of one number: its mean, how exact the simulation knows that mean, and how uncertain
 * it is. */
#ifndef KEA_ANALYSIS_ESTIMATE_H
#define KEA_ANALYSIS_ESTIMATE_H

#include "sim/core/sample.h"
#include "sim/core/status.h"

#include <stddef.h>
#include <stdint.h>

/* In the place of an outcome index: no denominator; the sum of all cost outcomes. */
#define KEA_NO_OUTCOME SIZE_MAX
#define KEA_ALL_COSTS (SIZE_MAX - 1)

typedef struct kea_estimate {
    double mean;
    double error; /* Monte Carlo standard error of the mean; NAN when n < 2 */
    double low;   /* 2.5% quantile over the points */
    double high;  /* 97.5% quantile */
    size_t n;
} kea_estimate;

/* The estimate of x[0..n) (x is sorted in place). All NAN when any x is NAN (a ratio to nothing,
 * such as the mean wait for a team that does not exist) and when n is 0. */
kea_estimate kea_estimate_of(double *x, size_t n);

/* A quantity made of outcomes: an outcome (or KEA_ALL_COSTS) over a scope, divided by the same
 * arm's `denominator` at the same point (an outcome, or KEA_NO_OUTCOME) and times `scale`: "vsv per
 * 100 students a year" is {vsv, KEA_SCOPE_WINDOW, students, 100}. NAN where the denominator is 0.
 */
typedef struct kea_measure {
    size_t outcome;
    kea_scope scope;
    size_t denominator;
    double scale;
} kea_measure;

/* The measure of one arm at one point. */
double kea_estimate_value(const kea_sample *sample, size_t point, size_t arm,
                          const kea_measure *measure);

/* The estimate of that value over all points. `scratch` holds n_points doubles. */
kea_estimate kea_estimate_arm(const kea_sample *sample, size_t arm, const kea_measure *measure,
                              double *scratch);

/* The same for the paired difference arm - reference, point by point. */
kea_estimate kea_estimate_increment(const kea_sample *sample, size_t arm, size_t reference,
                                    const kea_measure *measure, double *scratch);

#endif
