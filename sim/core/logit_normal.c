/* Moments of the logit-normal distribution, and the way back from them. */
#include "sim/core/logit_normal.h"

#include "sim/core/cdf.h"
#include "sim/core/root.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double INV_SQRT_2PI = 0.39894228040143267794;
static const double LARGEST_SIGMA = 1e8;

/* For mu <= 0. Sums over the normal variable: the steps resolve the poles of the logistic function
 * at a distance pi / sigma from the real line. */
static void moments_small_sigma(double mu, double sigma, double *mean, double *sd)
{
    double step = fmin(0.4, 0.4 / sigma);
    /* the second moment has its peak at most 2 sigma up, and not beyond where X is about 1 */
    double top = 9.0 + fmin(2.0 * sigma, -mu / sigma);
    long n_down = lround(ceil(9.0 / step)), n_up = lround(ceil(top / step));
    double sum = 0.0;
    for (long i = -n_down; i <= n_up; i++) {
        double z = step * (double)i;
        sum += exp(-0.5 * z * z) * kea_cdf_expit(mu + sigma * z);
    }
    *mean = sum * step * INV_SQRT_2PI;
    sum = 0.0;
    for (long i = -n_down; i <= n_up; i++) {
        double z = step * (double)i;
        double away = kea_cdf_expit(mu + sigma * z) - *mean;
        sum += exp(-0.5 * z * z) * away * away;
    }
    *sd = sqrt(sum * step * INV_SQRT_2PI);
}

/* For mu <= 0 and a large sigma, where X is nearly 0 or 1. The logistic function is the
 * distribution function of a logistic variable L, so that E X = P(L < Y), and E X^2 is the same for
 * the largest of two such variables. The sums are over their values. */
static void moments_large_sigma(double mu, double sigma, double *mean, double *sd)
{
    const double step = 0.5, reach = 40.0;
    double peak = fmin(0.0, mu + sigma * sigma);
    double from = fmax(peak, -720.0) - reach;
    double first = 0.0, second = 0.0;
    for (double t = from; t <= reach; t += step) {
        double share = kea_cdf_expit(t);
        double density = share * kea_cdf_expit(-t) * gsl_cdf_ugaussian_P((mu - t) / sigma);
        first += density;
        second += 2.0 * share * density;
    }
    *mean = first * step;
    *sd = sqrt(second * step - *mean * *mean);
}

void kea_logit_normal_moments(double mu, double sigma, double *mean, double *sd)
{
    bool turn = mu > 0.0;
    if (sigma < 5.0)
        moments_small_sigma(-fabs(mu), sigma, mean, sd);
    else
        moments_large_sigma(-fabs(mu), sigma, mean, sd);
    if (turn)
        *mean = 1.0 - *mean;
}

typedef struct target {
    double mean, sd; /* mean <= 1/2 */
    double sigma;
} target;

static double mean_error(const void *context, double mu)
{
    const target *t = context;
    double mean, sd;
    kea_logit_normal_moments(mu, t->sigma, &mean, &sd);
    return log(mean / t->mean);
}

/* The mu that gives the mean at a sigma. Two bounds hold below: E X <= E exp(Y), and
 * E X <= P(Y > -t) + exp(-t) with exp(-t) half of the mean. */
static double mu_of(const target *t)
{
    double log_half = log(0.5 * t->mean);
    double low = fmax(log(t->mean) - 0.5 * t->sigma * t->sigma,
                      log_half + t->sigma * gsl_cdf_ugaussian_Pinv(0.5 * t->mean));
    double mu = 0.0;
    /* and a little room above 0, where the mean is 1/2, for rounding */
    double high = 1e-6 * (1.0 + t->sigma);
    if (!kea_root_find(mean_error, t, low - high, high, 0.0, &mu))
        return (double)NAN;
    return mu;
}

static double sd_error(const void *context, double log_sigma)
{
    target t = *(const target *)context;
    double mean, sd;
    t.sigma = exp(log_sigma);
    kea_logit_normal_moments(mu_of(&t), t.sigma, &mean, &sd);
    return log(sd / t.sd);
}

bool kea_logit_normal_solve(double mean, double sd, double *mu, double *sigma)
{
    bool turn = mean > 0.5;
    target t = {.mean = turn ? 1.0 - mean : mean, .sd = sd};
    /* the logistic function is nowhere steeper than 1/4, so sd <= sigma / 4 */
    double low = log(3.9 * sd), log_sigma = 0.0;
    if (!kea_root_find(sd_error, &t, low, log(LARGEST_SIGMA), 0.0, &log_sigma))
        return false;
    t.sigma = exp(log_sigma);
    *sigma = t.sigma;
    *mu = turn ? -mu_of(&t) : mu_of(&t);
    return isfinite(*mu);
}
