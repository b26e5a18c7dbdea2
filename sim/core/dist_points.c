/* Distributions from points that a person has named: "5% chance of less than 2, as likely above as
 * below 3, 5% chance of more than 7". Two numbers cannot go through three points in general, so
 * they are fitted (O'Hagan et al. 2006, "Uncertain Judgements", chapter 6); the miss says how well.
 */
#include "sim/core/cdf.h"
#include "sim/core/dist.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* A miss below this is the rounding of an exact fit. */
#define MET 1e-6

typedef struct points {
    kea_family family;
    size_t n;
    const double *p, *x;
} points;

/* The scale on which a family has no ends, and on which it is fitted: log, log-odds, or none. */
static bool is_log(kea_family family)
{
    return family == KEA_LOGNORMAL || family == KEA_GAMMA;
}

static bool is_logit(kea_family family)
{
    return family == KEA_BETA || family == KEA_LOGIT_NORMAL;
}

static double scaled(kea_family family, double x)
{
    return is_log(family) ? log(x) : is_logit(family) ? kea_cdf_logit(x) : x;
}

static double normal_score(double p)
{
    return p < 0.5 ? gsl_cdf_ugaussian_Pinv(p) : gsl_cdf_ugaussian_Qinv(1.0 - p);
}

/* ---- checks ---- */

static kea_status check_points(const points *given, kea_error *err)
{
    const char *name = kea_dist_family_name(given->family);
    const double *p = given->p, *x = given->x;
    if (given->n < 2)
        return kea_error_set(err, KEA_ERR_INPUT, "%s: expected at least 2 points, found %zu", name,
                             given->n);
    for (size_t i = 0; i < given->n; i++) {
        if (!(p[i] > 0.0 && p[i] < 1.0) || (i > 0 && !(p[i - 1] < p[i])))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "%s: the probabilities of points must lie between 0 and 1 and "
                                 "increase, found %.10g",
                                 name, p[i]);
        if (!isfinite(x[i]))
            return kea_error_set(err, KEA_ERR_INPUT, "%s: the %.10g%% point must be a number", name,
                                 100.0 * p[i]);
        if (i > 0 && !(x[i - 1] < x[i]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "%s: the %.10g%% point %.10g must be less than the %.10g%% point "
                                 "%.10g",
                                 name, 100.0 * p[i - 1], x[i - 1], 100.0 * p[i], x[i]);
    }
    if ((is_log(given->family) || is_logit(given->family)) && !(x[0] > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "%s: the %.10g%% point %.10g must be greater than 0", name,
                             100.0 * p[0], x[0]);
    if (is_logit(given->family) && !(x[given->n - 1] < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: the %.10g%% point %.10g must be less than 1",
                             name, 100.0 * p[given->n - 1], x[given->n - 1]);
    return KEA_OK;
}

/* ---- families that are a location and a scale on their scale ---- */

/* Least squares of the points on the uniform (0, 1) or the standard normal: location and scale. */
static void fit_line(const points *given, double *location, double *scale)
{
    double n = (double)given->n, mean_s = 0, mean_y = 0, ss = 0, sy = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < given->n; i++) {
            double s = given->family == KEA_UNIFORM ? given->p[i] : normal_score(given->p[i]);
            double y = scaled(given->family, given->x[i]);
            if (pass == 0) {
                mean_s += s / n;
                mean_y += y / n;
            } else {
                ss += (s - mean_s) * (s - mean_s);
                sy += (s - mean_s) * (y - mean_y);
            }
        }
    *scale = sy / ss;
    *location = mean_y - *scale * mean_s;
}

/* ---- gamma and beta ---- */

/* The search is over the log of both natural parameters. */
static int residuals(const gsl_vector *at, void *context, gsl_vector *out)
{
    const points *given = context;
    double first = exp(gsl_vector_get(at, 0)), second = exp(gsl_vector_get(at, 1));
    for (size_t i = 0; i < given->n; i++) {
        double p = given->p[i], fitted;
        if (given->family == KEA_GAMMA)
            fitted = log(second) + kea_cdf_gamma_log_quantile(first, p, 1.0 - p);
        else
            fitted = kea_cdf_beta_logit_quantile(first, second, p, 1.0 - p);
        double residual = fitted - scaled(given->family, given->x[i]);
        if (!isfinite(residual))
            return GSL_EDOM;
        gsl_vector_set(out, i, residual);
    }
    return GSL_SUCCESS;
}

/* Where the search starts: the variance of the log of a gamma is about 1 / shape, of the log-odds
 * of a beta about 1 / a + 1 / b. */
static void start_of(const points *given, gsl_vector *at)
{
    double location, scale;
    points normal = *given;
    normal.family = given->family == KEA_GAMMA ? KEA_LOGNORMAL : KEA_LOGIT_NORMAL;
    fit_line(&normal, &location, &scale);
    double precision = 1.0 / (scale * scale);
    double first = precision, second = exp(location) / precision;
    if (given->family == KEA_BETA) {
        first =
            precision * (1.0 + exp(location)); /* 1/a + 1/b = scale^2 with a/b = exp(location) */
        second = precision * (1.0 + exp(-location));
    }
    gsl_vector_set(at, 0, log(first));
    gsl_vector_set(at, 1, log(second));
}

/* Levenberg-Marquardt. *first and *second are NAN when it does not settle. */
static kea_status fit_curve(const points *given, double *first, double *second, kea_error *err)
{
    enum { ITERATIONS = 200 };
    points context = *given;
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf problem = {.f = residuals, .n = given->n, .p = 2, .params = &context};
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, given->n, 2);
    gsl_vector *at = gsl_vector_alloc(2);
    kea_status status = KEA_OK;
    int why = 0;
    *first = *second = (double)NAN;
    if (!work || !at) {
        status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for fitting a distribution");
        goto done;
    }
    start_of(given, at);
    if (gsl_multifit_nlinear_init(at, &problem, work) == GSL_SUCCESS) {
        /* its status is no guide: at an exact fit it finds no better point, and calls that failure
         */
        (void)gsl_multifit_nlinear_driver(ITERATIONS, 1e-12, 1e-12, 0.0, NULL, NULL, &why, work);
        *first = exp(gsl_vector_get(gsl_multifit_nlinear_position(work), 0));
        *second = exp(gsl_vector_get(gsl_multifit_nlinear_position(work), 1));
    }
done:
    gsl_vector_free(at);
    gsl_multifit_nlinear_free(work);
    return status;
}

/* ---- how well ---- */

/* The largest distance of a fitted to a given point, relative to the distance between the first and
 * the last; *worst is that point. */
static double miss_of(const kea_dist *dist, const points *given, size_t *worst)
{
    double most = -1.0;
    for (size_t i = 0; i < given->n; i++) {
        double off = fabs(kea_dist_quantile(dist, given->p[i]) - given->x[i]);
        if (off > most) {
            most = off;
            *worst = i;
        }
    }
    return most / (given->x[given->n - 1] - given->x[0]);
}

/* The best fit of the family, however good that is. KEA_ERR_NUMERIC when there is none. */
static kea_status fit(kea_dist *dist, const points *given, kea_error *err)
{
    kea_status status = KEA_OK;
    double p[2];
    kea_error why = {0};
    if (given->family == KEA_GAMMA || given->family == KEA_BETA) {
        KEA_TRY(fit_curve(given, &p[0], &p[1], err));
    } else {
        fit_line(given, &p[0], &p[1]);
        if (given->family == KEA_UNIFORM)
            p[1] += p[0]; /* from the width to the end */
    }
    if (kea_dist_natural(dist, given->family, 2, p, &why) != KEA_OK)
        status = kea_error_set(err, KEA_ERR_NUMERIC,
                               "%s: no distribution was found near the points; are they extremely "
                               "close or far apart?",
                               kea_dist_family_name(given->family));
done:
    return status;
}

static const kea_family fitted_families[] = {KEA_NORMAL, KEA_LOGNORMAL,    KEA_GAMMA,
                                             KEA_BETA,   KEA_LOGIT_NORMAL, KEA_UNIFORM};
enum { N_FITTED = sizeof fitted_families / sizeof fitted_families[0] };

/* The family that misses the points least, and by how much; KEA_N_FAMILIES when none can be fitted.
 */
static kea_family best_family(const points *given, double *miss)
{
    kea_family best = KEA_N_FAMILIES;
    *miss = HUGE_VAL;
    for (size_t i = 0; i < N_FITTED; i++) {
        points other = *given;
        kea_dist dist;
        kea_error why;
        size_t worst = 0;
        other.family = fitted_families[i];
        if (check_points(&other, &why) != KEA_OK || fit(&dist, &other, &why) != KEA_OK)
            continue;
        double off = miss_of(&dist, &other, &worst);
        if (off < *miss) {
            *miss = off;
            best = other.family;
        }
    }
    return best;
}

static kea_status too_poor(const kea_dist *dist, const points *given, size_t worst, kea_error *err)
{
    double miss;
    char advice[128] = "no family comes near; are the points right?";
    kea_family best = best_family(given, &miss);
    if (best != given->family && miss <= KEA_DIST_MOST_MISS)
        (void)snprintf(advice, sizeof advice, "use \"%s\", which misses by %.2g%% at most",
                       kea_dist_family_name(best), 100.0 * miss);
    return kea_error_set(err, KEA_ERR_INPUT,
                         "%s: does not fit the points: its %.10g%% point would be %.4g, not %.10g "
                         "(more than %.0f%% of the distance from the first to the last point); %s",
                         kea_dist_family_name(given->family), 100.0 * given->p[worst],
                         kea_dist_quantile(dist, given->p[worst]), given->x[worst],
                         100.0 * KEA_DIST_MOST_MISS, advice);
}

kea_status kea_dist_points(kea_dist *dist, kea_family family, size_t n, const double *p,
                           const double *x, double *miss, kea_error *err)
{
    kea_status status = KEA_OK;
    const points given = {family, n, p, x};
    kea_dist best;
    size_t worst = 0, known = 0;
    while (known < N_FITTED && fitted_families[known] != family)
        known++;
    if (known == N_FITTED)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "%s: cannot be given by points; use normal, lognormal, gamma, beta, "
                             "logit_normal or uniform",
                             kea_dist_family_name(family));
    KEA_TRY(check_points(&given, err));
    KEA_TRY(fit(&best, &given, err));
    double off = miss_of(&best, &given, &worst);
    if (!(off <= KEA_DIST_MOST_MISS))
        return too_poor(&best, &given, worst, err);
    *dist = best;
    *miss = off < MET ? 0.0 : off;
done:
    return status;
}
