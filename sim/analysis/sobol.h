/* Variance-based sensitivity: which part of the variance of an outcome is due to each factor (a
 * parameter, or a group of parameters that move together).
 *
 * For independent factors X_1 .. X_k and Y = f(X) + what all points of a row share:
 *     first_i = Var(E(Y | X_i)) / Var(Y)        what X_i explains by itself
 *     total_i = E(Var(Y | all but X_i)) / Var(Y)   what X_i has a part in
 * First indices sum to at most 1, total ones to at least 1; both to 1 when effects only add up.
 *
 * From a design of n rows, each of k + 2 points: A, B (two independent draws) and AB_i, which is A
 * with factor i from B. Estimators of Jansen (1999, Computer Physics Communications 117), as in
 * Saltelli et al. (2010, Computer Physics Communications 181, table 2 (c) and (f)):
 *     V       = mean (y_A - y_B)^2 / 2
 *     first_i = 1 - mean (y_B - y_ABi)^2 / 2 V
 *     total_i = mean (y_A - y_ABi)^2 / 2 V
 * All three use differences within a row only. So when the points of a row live with one cohort,
 * the chance differences between cohorts cancel and the indices are those of the parameters alone.
 */
#ifndef KEA_ANALYSIS_SOBOL_H
#define KEA_ANALYSIS_SOBOL_H

#include "sim/core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct kea_sobol_options {
    size_t resamples; /* of the bootstrap; 0: no intervals (NAN) */
    double level;     /* of the intervals, e.g. 0.95 */
    uint64_t seed;
} kea_sobol_options;

/* Estimates may lie outside 0 .. 1 by chance. Intervals are percentiles over bootstrap samples of
 * the rows; when rows are spread evenly (sim/inputs/sampling.h) they are too wide. */
typedef struct kea_sobol_index {
    double first, first_low, first_high;
    double total, total_low, total_high;
} kea_sobol_index;

/* Indices of n_factors factors. y[(2 + n_factors) * n_rows]: all of A, all of B, all of AB_0, ...
 * (the groups of kea_variation_sobol). index[n_factors]; *variance gets V (may be NULL).
 * Errors: KEA_ERR_INPUT for fewer than 2 rows, no factor, an outcome that is not finite, a level
 * outside 0 .. 1, and when no point of a row differs from another (V is 0); KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_sobol(size_t n_rows, size_t n_factors, const double *y,
                                 const kea_sobol_options *options, kea_sobol_index *index,
                                 double *variance, kea_error *err);

#endif
