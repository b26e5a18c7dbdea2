/* Columns of a penalised cubic spline of one input, or of the tensor product of two, for
 * penalised.h.
 *
 * One input x: free columns 1 and x (standardised), and the B-splines of x turned so that the
 * penalty is the integral of the squared second derivative: with O = int B''B''' = U D U', the
 * columns are B U_k / sqrt(D_k) over the positive eigenvalues (O'Sullivan splines; Wand and Ormerod
 * 2008, Australian and New Zealand Journal of Statistics 50(2)). 17 pieces between quantiles of x,
 * so 20 B-splines and at most 20 coefficients; fewer pieces for an input with few values.
 *
 * Two inputs: free columns 1, x1, x2 and x1 x2 (left out when it depends linearly on the others, as
 * for an amount that is 0 unless a switch is 1); penalised: Z1 and x2 Z1, Z2 and x1 Z2, and all
 * products of Z1 and Z2, three groups whose relative scales are chosen by REML too (Wood, Scheipl
 * and Faraway 2013, Statistics and Computing 23(3)). 6 pieces an input, so 9 B-splines and at most
 * 81 coefficients. */
#ifndef KEA_ANALYSIS_SPLINE_H
#define KEA_ANALYSIS_SPLINE_H

#include "sim/analysis/penalised.h"

#include <gsl/gsl_bspline.h>
#include <stdbool.h>

enum { KEA_SPLINE_PIECES_1 = 17, KEA_SPLINE_PIECES_2 = 6 };

typedef struct kea_spline_axis {
    double mean, sd;
    gsl_bspline_workspace *basis;
    size_t n_penalised;
    double *turn;   /* [B-spline][penalised], owned */
    double *values; /* [n_penalised]: of the row at hand, in the same block */
} kea_spline_axis;

typedef struct kea_spline {
    size_t n_points, n_inputs; /* 1 or 2 */
    const double *x;           /* [point][input], borrowed */
    kea_spline_axis axis[2];
    bool has_product;
    kea_columns columns; /* to fit; its context is this spline */
} kea_spline;

/* Makes the columns for x[point][n_inputs], which is borrowed until kea_spline_free; the spline
 * must not be moved meanwhile. Every input is finite and not constant. Errors: KEA_ERR_MEMORY. Free
 * with kea_spline_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_spline_init(kea_spline *spline, size_t n_points, size_t n_inputs,
                                       const double *x, kea_error *err);
void kea_spline_free(kea_spline *spline);

/* Chooses the penalties of a fit of these columns, for two inputs with the scales of the groups
 * (by the downhill simplex). Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_spline_choose(const kea_spline *spline, kea_penalised *fit,
                                         kea_error *err);

#endif
