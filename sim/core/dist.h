/* Probability distributions as values, drawn by inversion: one uniform gives one number, so a draw
 * is the same whatever else is drawn (matched draws between scenarios). A distribution can be given
 * by its natural parameters, by mean and standard error, by a central interval, or by points.
 *
 * Dirichlet shares are a family for a whole vector: element i is Gamma(alpha_i, 1) before the
 * vector is divided by its sum (see kea_dist_dirichlet_*). */
#ifndef KEA_CORE_DIST_H
#define KEA_CORE_DIST_H

#include "sim/core/status.h"

#include <stddef.h>

/* name in scenario files, C name, names of the natural parameters in order */
#define KEA_FAMILY_LIST(X)                                                                         \
    X("fixed", KEA_FIXED, "value", NULL, NULL, NULL)                                               \
    X("uniform", KEA_UNIFORM, "min", "max", NULL, NULL)                                            \
    X("triangular", KEA_TRIANGULAR, "min", "mode", "max", NULL)                                    \
    X("pert", KEA_PERT, "min", "mode", "max", NULL)                                                \
    X("normal", KEA_NORMAL, "mu", "sd", NULL, NULL)                                                \
    X("truncated_normal", KEA_TRUNCATED_NORMAL, "mu", "sd", "min", "max")                          \
    X("lognormal", KEA_LOGNORMAL, "zeta", "sigma", NULL, NULL)                                     \
    X("gamma", KEA_GAMMA, "shape", "scale", NULL, NULL)                                            \
    X("beta", KEA_BETA, "a", "b", NULL, NULL)                                                      \
    X("logit_normal", KEA_LOGIT_NORMAL, "mu", "sigma", NULL, NULL)                                 \
    X("dirichlet", KEA_DIRICHLET, "alpha", NULL, NULL, NULL)

typedef enum kea_family {
#define KEA_FAMILY_ENUM(name, code, p0, p1, p2, p3) code,
    KEA_FAMILY_LIST(KEA_FAMILY_ENUM)
#undef KEA_FAMILY_ENUM
        KEA_N_FAMILIES
} kea_family;

/* A univariate distribution. `p` holds the natural parameters in the order of KEA_FAMILY_LIST.
 * For KEA_DIRICHLET p[0] is the element's alpha and p[1] the sum of all alphas. */
typedef struct kea_dist {
    kea_family family;
    double p[4];
} kea_dist;

/* The family's name ("beta"), or "unknown". */
const char *kea_dist_family_name(kea_family family);

/* The family of a name; returns KEA_N_FAMILIES when there is none. */
kea_family kea_dist_family_find(const char *name);

/* The name of natural parameter `i` of a family (0..3), or NULL when it has fewer. */
const char *kea_dist_param_name(kea_family family, size_t i);

/* From natural parameters p[0..n). Checks every rule (finite; min < max; min <= mode <= max;
 * sd, shape, scale, a, b, sigma > 0; the truncation interval holds some probability). For
 * KEA_DIRICHLET p = {alpha, sum of alphas}. Errors: KEA_ERR_INPUT, text names the parameter, its
 * value and the rule. */
KEA_CHECKED kea_status kea_dist_natural(kea_dist *dist, kea_family family, size_t n,
                                        const double *p, kea_error *err);

/* From mean and standard error (the standard deviation of the uncertainty about the mean), by the
 * method of moments, exactly. Families: uniform, normal, lognormal, gamma, beta, logit_normal
 * (the last by solving numerically for mu and sigma). Errors: KEA_ERR_INPUT with the rule that is
 * broken (beta: 0 < mean < 1 and se^2 < mean (1 - mean); gamma, lognormal: mean > 0; se > 0; a
 * family that cannot be given this way). KEA_ERR_NUMERIC when a solver does not converge. */
KEA_CHECKED kea_status kea_dist_mean_se(kea_dist *dist, kea_family family, double mean, double se,
                                        kea_error *err);

/* From a central interval: P(X < low) = P(X > high) = (1 - level) / 2, 0 < level < 1. Families:
 * uniform, normal, lognormal, logit_normal exactly; gamma and beta by solving numerically, to 1e-8
 * relative. Errors as for kea_dist_mean_se. */
KEA_CHECKED kea_status kea_dist_interval(kea_dist *dist, kea_family family, double low, double high,
                                         double level, kea_error *err);

/* A fit may be off at any point by this part of the distance between the first and the last. */
#define KEA_DIST_MOST_MISS 0.1

/* From points: P(X < x[i]) = p[i], n >= 2 of them, both increasing. Families: uniform, normal,
 * lognormal, gamma, beta, logit_normal. Fitted by least squares of the distribution's quantiles to
 * x: as they are for uniform and normal, their logarithms for lognormal and gamma, their log-odds
 * for beta and logit_normal; exact for n = 2. *miss gets the largest distance of a fitted to a
 * given point, over x[n - 1] - x[0]; 0 below 1e-6. Errors: KEA_ERR_INPUT with the rule that is
 * broken, among them a miss above KEA_DIST_MOST_MISS (the text names a family that does better, if
 * there is one); KEA_ERR_NUMERIC; KEA_ERR_MEMORY. (dist_points.c) */
KEA_CHECKED kea_status kea_dist_points(kea_dist *dist, kea_family family, size_t n, const double *p,
                                       const double *x, double *miss, kea_error *err);

/* The quantile at 0 < u < 1. KEA_FIXED gives its value. KEA_DIRICHLET gives the *marginal* (beta)
 * quantile of the share. Increasing in u, up to rounding. Thread safe; never fails and never
 * raises a GSL error. */
double kea_dist_quantile(const kea_dist *dist, double u);

double kea_dist_mean(const kea_dist *dist);

/* Standard deviation; 0 for KEA_FIXED. KEA_LOGIT_NORMAL by quadrature (rel. 1e-8). */
double kea_dist_sd(const kea_dist *dist);

/* The largest interval outside which the density is 0; +-INFINITY where there is no bound. */
void kea_dist_support(const kea_dist *dist, double *min, double *max);

/* Writes e.g. "beta(a=39.4, b=836.6), 95% 0.032 to 0.060" into text (cut to size). */
void kea_dist_describe(const kea_dist *dist, char *text, size_t size);

/* Dirichlet shares by inversion: share[i] proportional to the Gamma(alpha[i], 1) quantile at u[i].
 * `dist` points to n KEA_DIRICHLET elements. Shares are > 0 and sum to 1. */
void kea_dist_dirichlet_draw(size_t n, const kea_dist *dist, const double *u, double *share);

#endif
