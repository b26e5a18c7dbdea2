/* Whether a regression of net benefits misses something: what is left should have mean 0 wherever
 * one looks. */
#ifndef KEA_ANALYSIS_RESIDUALS_H
#define KEA_ANALYSIS_RESIDUALS_H

#include "sim/analysis/benefits.h"

/* *p: rows are put in groups of equal size, at most 20 and of at least 10 rows, by every input and
 * by the fitted values. For each of these and each arm but 0 the sum over groups of (mean residual
 * / its standard error)^2 is compared with chi-squared on the number of groups - 1. The smallest
 * probability of more, times the number of comparisons (Bonferroni), at most 1. NAN with fewer than
 * 30 rows. fitted[point][arm]; x[point][n_inputs]. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_residuals_check(const kea_benefits *benefits, const double *fitted,
                                           size_t n_inputs, const double *x, double *p,
                                           kea_error *err);

#endif
