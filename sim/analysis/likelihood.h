/* The likelihood of the lengths of a Gaussian process, and its slope. See process.h, whose lengths
 * this chooses.
 *
 * With penalty g = noise variance / process variance (chosen for each response at every set of
 * lengths), Q = K_nm K_mm^-1 K_mn on the subset and everything projected on what the free columns
 * leave, minus twice the bound on the log likelihood is, up to a constant, the sum over responses
 * of (n - n_free) log(y' (Q + g I)^-1 y) + log det(Q + g I) + trace(I - Q) / g. */
#ifndef KEA_ANALYSIS_LIKELIHOOD_H
#define KEA_ANALYSIS_LIKELIHOOD_H

#include "sim/analysis/process.h"

typedef struct kea_likelihood {
    kea_process *process; /* its lengths are set at every evaluation */
    size_t n, p, r;       /* draws of the subset, free columns, responses */
    double *score;        /* [n][input] */
    double *basis;        /* [n][p]: orthonormal basis of the free columns */
    double *y;            /* [n][r]: responses, less the free columns, with variance 1 */
    double *kernel, *column, *weight;                 /* [n][m] */
    double *gram, *vector, *slope, *inner, *work;     /* [m][m] */
    double *across;                                   /* [p][m] and as much for work */
    double *value, *penalty, *right, *turned, *place; /* smaller ones */
    void *block;                                      /* owns all of these */
} kea_likelihood;

/* Takes the subset. Errors: KEA_ERR_MEMORY, KEA_ERR_NUMERIC when inputs depend on each other. Free
 * with kea_likelihood_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_likelihood_init(kea_likelihood *likelihood, kea_process *process,
                                           size_t n_responses, const double *y, size_t stride,
                                           kea_error *err);
void kea_likelihood_free(kea_likelihood *likelihood);

/* *value: the above at length[n_inputs]; slope[n_inputs]: its derivatives to the logarithms of the
 * lengths. O(n m^2). Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_likelihood_at(kea_likelihood *likelihood, const double *length,
                                         double *value, double *slope, kea_error *err);

#endif
