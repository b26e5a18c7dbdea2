/* Regression of several responses on the same columns, some free, the others held back by a penalty
 * whose strength the data choose:
 *     y = F b + Z w + e,   e ~ N(0, s^2 I),   w ~ N(0, (s^2 / penalty) I),
 * fitted by restricted maximum likelihood (REML) for each response by itself. Splines and Gaussian
 * processes are this with other columns: see spline.h and process.h.
 *
 * With S = Z'Z after the free columns are taken out (Z <- Z - F (F'F)^-1 F'Z), its eigenvalues e_k,
 * u the rotated Z'y and R = y'y - sum u_k^2 / (e_k + penalty), minus twice the restricted log
 * likelihood is, up to a constant,
 *     (n - n_free) log R + sum log(1 + e_k / penalty).
 * Sources: Patterson and Thompson 1971, Biometrika 58(3); Wood 2011, JRSS B 73(1). */
#ifndef KEA_ANALYSIS_PENALISED_H
#define KEA_ANALYSIS_PENALISED_H

#include "sim/core/rng.h"
#include "sim/core/status.h"

#include <stddef.h>

/* The columns, made some rows at a time so that they never lie in memory all at once. */
typedef struct kea_columns {
    size_t n_free;      /* the first columns; column 0 is 1 */
    size_t n_penalised; /* the others; may be 0 */
    /* Rows first .. first + count into out[count][n_free + n_penalised]. */
    void (*rows)(void *context, size_t first, size_t count, double *out);
    void *context;
} kea_columns;

typedef struct kea_penalised {
    size_t n_points, n_responses, n_free, n_penalised;
    double *penalty;     /* [response]: > 0; large is nearly no use of the penalised columns */
    double *freedom;     /* [response]: effective number of coefficients, n_free at least */
    double *coefficient; /* [column][response], in terms of y as given */
    double *residual;    /* [response][response]: covariance of residuals */
    double *share;       /* [response]: of the variance of y that is explained (R squared) */
    /* what the above are made of */
    double *total, *mean, *inverse, *across, *gram, *right, *free_right;
    double *scale, *eigenvalue, *eigenvector, *rotated, *root;
    void *block; /* owns all of these */
} kea_penalised;

/* Reads the columns once and sums their products. y[point x stride + response] is borrowed for the
 * call. The free columns must not depend on each other. Memory: about 4 (columns)^2 numbers and 256
 * rows. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT when there are not more points than free columns;
 * KEA_ERR_NUMERIC when the free columns depend on each other. Free with kea_penalised_free (legal
 * on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_penalised_init(kea_penalised *fit, const kea_columns *columns,
                                          size_t n_points, size_t n_responses, const double *y,
                                          size_t stride, kea_error *err);
void kea_penalised_free(kea_penalised *fit);

/* Chooses the penalties with penalised column k counted scale[k] times (NULL: once). *criterion
 * (may be NULL) gets minus twice the restricted log likelihood, summed over responses: the lower
 * the better the scales. O(n_penalised^3). Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_penalised_choose(kea_penalised *fit, const double *scale,
                                            double *criterion, kea_error *err);

/* Coefficients, residual covariance and fitted values [point][response] under the penalties chosen
 * last; reads columns and y once more. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_penalised_solve(kea_penalised *fit, const kea_columns *columns,
                                           const double *y, size_t stride, double *fitted,
                                           kea_error *err);

/* A draw of all coefficients [column][response] from their posterior distribution, joint over
 * columns and responses (correlated as the residuals are). `normal` holds (n_free + n_penalised) x
 * n_responses standard normal numbers and is used up. */
void kea_penalised_draw(const kea_penalised *fit, double *normal, double *coefficient);

#endif
