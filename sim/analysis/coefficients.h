/* Cheap global sensitivity, from the sample of a probabilistic analysis that is there anyway: how
 * an outcome goes with each uncertain number.
 *
 * Standardised regression coefficient: by how many standard deviations the outcome changes when the
 * number changes by one of its own and all others stay (least squares). When the outcome is nearly
 * a sum of effects, r2 is near 1 and the squares are the shares in its variance (of independent
 * numbers); where r2 is low, they miss what matters. The same of ranks serves outcomes that only go
 * up or down with each number (Iman and Conover 1979, Technometrics 21). Partial rank correlation:
 * of what the others' ranks leave unexplained in both. (Saltelli et al. 2000, "Sensitivity
 * Analysis", chapter 6.) */
#ifndef KEA_ANALYSIS_COEFFICIENTS_H
#define KEA_ANALYSIS_COEFFICIENTS_H

#include "sim/core/status.h"

#include <stddef.h>

typedef struct kea_coefficient {
    double regression;       /* standardised regression coefficient */
    double regression_error; /* its standard error */
    double rank_regression;  /* the same of ranks */
    double rank_partial;     /* partial rank correlation, -1 .. 1 */
} kea_coefficient;

/* Of k numbers x[k][n] (number by number) and an outcome y[n]: coefficient[k]. *r2 and *rank_r2 get
 * the part of the variance that is explained. Ties share their mean rank.
 * Errors: KEA_ERR_INPUT when n < k + 2, a value is not finite, an outcome or number is the same at
 * all draws, or a number follows from the others (collinear: shares that sum to 1); the text gives
 * its number, from 1. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_coefficients(size_t n, size_t k, const double *x, const double *y,
                                        kea_coefficient *coefficient, double *r2, double *rank_r2,
                                        kea_error *err);

#endif
