/* The expected value of perfect information: what it would be worth to know everything before
 * choosing; an upper bound to what any study is worth. */
#ifndef KEA_ANALYSIS_EVPI_H
#define KEA_ANALYSIS_EVPI_H

#include "sim/analysis/benefits.h"

/* The expected value of perfect information per decision:
 *     EVPI = E[max over arms] - max over arms of E = mean over points of the loss of `best`,
 * the net benefit of the arm that is best at that point less that of the arm best on average.
 * error: Monte Carlo standard error of that mean. The estimate is never negative; as the best arm
 * is chosen on the same points, it is too low by an amount of order 1/n_points when two arms are
 * nearly equal. Source: Raiffa and Schlaifer 1961; Briggs, Claxton, Sculpher 2006, ch. 6. */
typedef struct kea_evpi {
    double value; /* EUR per decision */
    double error;
    size_t best;
} kea_evpi;
KEA_CHECKED kea_status kea_evpi_of(kea_evpi *out, const kea_benefits *benefits, kea_error *err);

#endif
