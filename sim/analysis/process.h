/* Columns of a Gaussian process regression on any number of inputs, for penalised.h.
 *
 * The mean is 1 and the inputs themselves (free columns); around it a process with covariance
 *     k(x, x') = exp(-1/2 sum over inputs of ((s - s') / length)^2),
 * where s is the normal score of the input's rank: what a far tail does cannot spoil the rest.
 *
 * Sparse: the process lives at m inducing points, rows of the sample at equal steps (m = 150, or a
 * quarter of the draws when that is less): with K the covariances, L L' = K_mm + 1e-6 I, the
 * penalised columns are Z = K_nm L^-T, so that Z Z' = K_nm K_mm^-1 K_mn (the projected process of
 * Seeger, Williams and Lawrence 2003; Quinonero-Candela and Rasmussen 2005, JMLR 6). Memory: the
 * rows are made in blocks; about 256 x m + 10 m^2 numbers beside the inputs and their scores.
 *
 * The lengths, shared by all responses, are found by maximum (restricted) likelihood on at most
 * 5,000 draws at equal steps, in its variational bound (Titsias 2009, AISTATS 5), which cannot
 * be fooled by inducing points that are too few. */
#ifndef KEA_ANALYSIS_PROCESS_H
#define KEA_ANALYSIS_PROCESS_H

#include "sim/analysis/penalised.h"

enum { KEA_PROCESS_INDUCING = 150, KEA_PROCESS_SUBSET = 5000 };

typedef struct kea_process {
    size_t n_points, n_inputs, n_inducing;
    const double *x; /* [point][input], borrowed */
    double *mean;    /* [input] */
    double *sd;      /* [input] */
    double *score;   /* [point][input]: normal scores of ranks (of equal values the mean rank) */
    double *length;  /* [input] > 0, on the scale of scores */
    double *place;   /* [inducing][input]: scores over lengths */
    double *turn;    /* [inducing][inducing]: L^-T */
    double *room;    /* [256][inducing] */
    void *block;     /* owns all of these */
    kea_columns columns; /* to fit, once lengths are chosen; its context is this process */
} kea_process;

/* Prepares x[point][n_inputs], which is borrowed until kea_process_free; the process must not be
 * moved meanwhile. Every input is finite and not constant. Errors: KEA_ERR_MEMORY. Free with
 * kea_process_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_process_init(kea_process *process, size_t n_points, size_t n_inputs,
                                        const double *x, kea_error *err);
void kea_process_free(kea_process *process);

/* Sets the lengths to `length` and makes the columns for them. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_process_set(kea_process *process, const double *length, kea_error *err);

/* Chooses the lengths for y[point x stride + response] and sets them. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_process_choose(kea_process *process, size_t n_responses, const double *y,
                                          size_t stride, kea_error *err);

/* Covariances of some rows of points with the inducing points: out[count][n_inducing]. Points are
 * scores over lengths. */
void kea_process_kernel(const kea_process *process, size_t count, const double *place, double *out);

#endif
