/* The conditional expectation of net benefits given some inputs, E[net benefit | inputs], by
 * regression on a sample: what EVPPI (inputs are parameters) and EVSI (inputs are summaries of what
 * a study will find) are made of. One or two inputs: penalised splines (spline.h); more: a Gaussian
 * process (process.h). The strength of penalties is chosen by REML.
 *
 * Checked before: numbers that are not finite, inputs that are constant or depend linearly on each
 * other, and fewer draws than coefficients are wrong input. Checked after: whether residuals still
 * hang together with the inputs, see kea_smoother.lack_of_fit. */
#ifndef KEA_ANALYSIS_SMOOTHER_H
#define KEA_ANALYSIS_SMOOTHER_H

#include "sim/analysis/benefits.h"
#include "sim/analysis/process.h"
#include "sim/analysis/spline.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum kea_smoother_method {
    KEA_SMOOTHER_CHOICE, /* a spline for one or two inputs, else a process */
    KEA_SMOOTHER_SPLINE, /* one or two inputs only */
    KEA_SMOOTHER_PROCESS
} kea_smoother_method;

/* "penalised spline", "Gaussian process" in English. */
const char *kea_smoother_name(kea_smoother_method method);

/* What to smooth on. Borrowed; names are for messages. */
typedef struct kea_inputs {
    const char *kind; /* what an input is, in the singular: "parameter" */
    size_t n_points, n_inputs;
    const char *const *names; /* [n_inputs] */
    const double *x;          /* [point][n_inputs] */
} kea_inputs;

typedef struct kea_smoother {
    kea_smoother_method method; /* the one used */
    size_t n_points, n_arms;
    double *fitted; /* [point][arm]: expected net benefit against arm 0, EUR; arm 0 is 0. Its mean
                       over points is that of the net benefits. */
    double freedom; /* effective number of coefficients, the largest over arms */
    size_t coefficients; /* number of coefficients per arm */
    double share; /* of the variance of net benefits explained (R squared), lowest over arms */
    /* p value of the hypothesis that residuals have mean 0 wherever one looks: rows are put in up
     * to 20 groups by each input, and by the fitted values; squared mean residuals over their own
     * errors are chi-squared. The smallest over inputs, fits and arms, times their number. Near 0
     * (say below 0.001): the regression misses something. */
    double lack_of_fit;
    /* of the fit itself, for kea_smoother_spread */
    kea_penalised fit;
    kea_spline spline;
    kea_process process;
    const kea_columns *columns;
    double *x; /* copy of the inputs */
} kea_smoother;

/* Fits. The smoother must not be moved while in use. Benefits have passed kea_benefits_check.
 * Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT names the input and the rule. Free with kea_smoother_free
 * (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_smoother_init(kea_smoother *smoother, const kea_benefits *benefits,
                                         const kea_inputs *inputs, kea_smoother_method method,
                                         kea_error *err);
void kea_smoother_free(kea_smoother *smoother);

/* The value of knowing the inputs, mean over points of the highest fitted net benefit less the
 * highest mean. Never negative. */
double kea_smoother_value(const kea_smoother *smoother);

/* How far that value is off. */
typedef struct kea_smoother_error {
    double sampling;   /* standard error because the points are a sample */
    double regression; /* standard deviation of the value when the coefficients are drawn from their
                          distribution: 200 draws, on at most 1,000 points at equal steps */
    double shift;      /* mean of those values less the value on the same points: what a maximum
                          gains by the noise in coefficients. Not small against the value: the sample
                          is too small for this set. */
} kea_smoother_error;

/* Source: Strong, Oakley, Brennan 2014, Medical Decision Making 34(3). Draws: stream
 * "analysis.smoother" of the seed. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_smoother_spread(const kea_smoother *smoother, uint64_t seed,
                                           kea_smoother_error *out, kea_error *err);

/* The values of other net benefits on the inputs of a fitted smoother: y[point][response] holds
 * n_values problems one after the other, each of n_arms - 1 responses (net benefits of arms 1, 2,
 * ... against arm 0). Penalties are chosen anew, lengths and scales are kept. Errors:
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_smoother_values(const kea_smoother *smoother, size_t n_values,
                                           const double *y, double *value, kea_error *err);

/* Fitted values of n_draws draws of the coefficients: y as kea_smoother_values reads it. Draws as
 * in kea_smoother_spread. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_smoother_draw(const kea_smoother *smoother, uint64_t seed,
                                         size_t n_draws, double *y, kea_error *err);

#endif
