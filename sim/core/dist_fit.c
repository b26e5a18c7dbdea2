/* Distributions from a mean and a standard error, or from a central interval. */
#include "sim/core/cdf.h"
#include "sim/core/dist.h"
#include "sim/core/logit_normal.h"
#include "sim/core/root.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* Where the solvers look; nothing that describes a real quantity lies outside. */
static const double LOG_SIZE_LOW = -9.0; /* of the shape, or of a + b */
static const double LOG_SIZE_HIGH = 30.0;
static const double LOGIT_MEAN_REACH = 200.0;

static kea_status set_two(kea_dist *dist, kea_family family, double first, double second,
                          kea_error *err)
{
    double p[2] = {first, second};
    if (isfinite(first) && isfinite(second))
        return kea_dist_natural(dist, family, 2, p, err);
    return kea_error_set(err, KEA_ERR_NUMERIC,
                         "%s: the numbers given are too extreme: they lead to %s %g and %s %g",
                         kea_dist_family_name(family), kea_dist_param_name(family, 0), first,
                         kea_dist_param_name(family, 1), second);
}

static kea_status check_finite(kea_family family, const char *what, double value, kea_error *err)
{
    if (isfinite(value))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "%s: %s %.10g must be a finite number",
                         kea_dist_family_name(family), what, value);
}

static kea_status refuse(kea_family family, const char *way, kea_error *err)
{
    if ((unsigned)family >= KEA_N_FAMILIES)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no distribution number %d", (int)family);
    char names[64] = "";
    for (size_t i = 0, used = 0; kea_dist_param_name(family, i) && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "",
                                 kea_dist_param_name(family, i));
    return kea_error_set(err, KEA_ERR_INPUT, "%s: cannot be given by %s; give %s",
                         kea_dist_family_name(family), way, names);
}

/* ---- mean and standard error ---- */

static kea_status check_share(kea_family family, double mean, double se, kea_error *err)
{
    const char *name = kea_dist_family_name(family);
    if (!(mean > 0.0 && mean < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: mean %.10g must be between 0 and 1", name,
                             mean);
    double limit = sqrt(mean * (1.0 - mean));
    if (se < limit)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT,
                         "%s: se %.10g must be less than sqrt(mean (1 - mean)) = %.10g at mean "
                         "%.10g",
                         name, se, limit, mean);
}

static kea_status check_mean_se(kea_family family, double mean, double se, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(check_finite(family, "mean", mean, err));
    KEA_TRY(check_finite(family, "se", se, err));
    const char *name = kea_dist_family_name(family);
    if (!(se > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: se %.10g must be greater than 0", name, se);
    if (family == KEA_BETA || family == KEA_LOGIT_NORMAL)
        return check_share(family, mean, se, err);
    if ((family == KEA_GAMMA || family == KEA_LOGNORMAL) && !(mean > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: mean %.10g must be greater than 0", name,
                             mean);
done:
    return status;
}

static kea_status beta_from_moments(kea_dist *dist, double mean, double se, kea_error *err)
{
    double size = mean * (1.0 - mean) / (se * se) - 1.0;
    return set_two(dist, KEA_BETA, mean * size, (1.0 - mean) * size, err);
}

static kea_status logit_normal_from_moments(kea_dist *dist, double mean, double se, kea_error *err)
{
    double mu, sigma;
    if (!kea_logit_normal_solve(mean, se, &mu, &sigma))
        return kea_error_set(err, KEA_ERR_NUMERIC,
                             "logit_normal: se %.10g is too near to its limit at mean %.10g; no "
                             "sigma was found",
                             se, mean);
    return set_two(dist, KEA_LOGIT_NORMAL, mu, sigma, err);
}

kea_status kea_dist_mean_se(kea_dist *dist, kea_family family, double mean, double se,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    double ratio = se / mean, log_variance;
    switch (family) {
    case KEA_UNIFORM:
        KEA_TRY(check_mean_se(family, mean, se, err));
        return set_two(dist, family, mean - sqrt(3.0) * se, mean + sqrt(3.0) * se, err);
    case KEA_NORMAL:
        KEA_TRY(check_mean_se(family, mean, se, err));
        return set_two(dist, family, mean, se, err);
    case KEA_LOGNORMAL:
        KEA_TRY(check_mean_se(family, mean, se, err));
        log_variance = log1p(ratio * ratio);
        return set_two(dist, family, log(mean) - 0.5 * log_variance, sqrt(log_variance), err);
    case KEA_GAMMA:
        KEA_TRY(check_mean_se(family, mean, se, err));
        return set_two(dist, family, 1.0 / (ratio * ratio), se * ratio, err);
    case KEA_BETA:
        KEA_TRY(check_mean_se(family, mean, se, err));
        return beta_from_moments(dist, mean, se, err);
    case KEA_LOGIT_NORMAL:
        KEA_TRY(check_mean_se(family, mean, se, err));
        return logit_normal_from_moments(dist, mean, se, err);
    default:
        return refuse(family, "mean and standard error", err);
    }
done:
    return status;
}

/* ---- central interval ---- */

/* An interval with the probability on either side of it. */
typedef struct interval {
    double low, high, tail;
} interval;

static kea_status check_interval(kea_family family, double low, double high, double level,
                                 kea_error *err)
{
    kea_status status = KEA_OK;
    const char *name = kea_dist_family_name(family);
    KEA_TRY(check_finite(family, "low", low, err));
    KEA_TRY(check_finite(family, "high", high, err));
    if (!(low < high))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: low %.10g must be less than high %.10g", name,
                             low, high);
    if (!(level > 0.0 && level < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: level %.10g must be between 0 and 1", name,
                             level);
    bool positive = family != KEA_UNIFORM && family != KEA_NORMAL;
    if (positive && !(low > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: low %.10g must be greater than 0", name, low);
    if ((family == KEA_BETA || family == KEA_LOGIT_NORMAL) && !(high < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: high %.10g must be less than 1", name, high);
done:
    return status;
}

static kea_status unsolved(kea_family family, const interval *given, kea_error *err)
{
    return kea_error_set(err, KEA_ERR_NUMERIC,
                         "%s: no distribution was found with low %.10g and high %.10g; is the "
                         "interval extremely narrow or wide?",
                         kea_dist_family_name(family), given->low, given->high);
}

/* How much log(high / low) of a shape is more than it should be: decreasing in the shape. */
static double gamma_ratio_error(const void *context, double log_shape)
{
    const interval *given = context;
    double shape = exp(log_shape), tail = given->tail;
    double low = kea_cdf_gamma_log_quantile(shape, tail, 1.0 - tail);
    double high = kea_cdf_gamma_log_quantile(shape, 1.0 - tail, tail);
    return log((high - low) / log(given->high / given->low));
}

static kea_status gamma_from_interval(kea_dist *dist, const interval *given, kea_error *err)
{
    double log_shape;
    if (!kea_root_find(gamma_ratio_error, given, LOG_SIZE_LOW, LOG_SIZE_HIGH, 0.0, &log_shape))
        return unsolved(KEA_GAMMA, given, err);
    double shape = exp(log_shape);
    double unit_high = exp(kea_cdf_gamma_log_quantile(shape, 1.0 - given->tail, given->tail));
    return set_two(dist, KEA_GAMMA, shape, given->high / unit_high, err);
}

/* A beta distribution by a + b and its mean. */
typedef struct beta_search {
    const interval *given;
    double log_size, logit_mean;
} beta_search;

static double beta_a(const beta_search *search)
{
    return exp(search->log_size) * kea_cdf_expit(search->logit_mean);
}

static double beta_b(const beta_search *search)
{
    return exp(search->log_size) * kea_cdf_expit(-search->logit_mean);
}

/* At a given size: a higher mean leaves less below `low`. */
static double beta_low_error(const void *context, double logit_mean)
{
    beta_search search = *(const beta_search *)context;
    search.logit_mean = logit_mean;
    double logit_low = kea_cdf_logit(search.given->low);
    return kea_cdf_beta_log_lower(beta_a(&search), beta_b(&search), logit_low) -
           log(search.given->tail);
}

/* Fills the mean that puts the right probability below `low`. */
static bool beta_mean_of(beta_search *search)
{
    return kea_root_find(beta_low_error, search, -LOGIT_MEAN_REACH, LOGIT_MEAN_REACH, 0.0,
                         &search->logit_mean);
}

/* With that mean: a larger size leaves less above `high`. */
static double beta_high_error(const void *context, double log_size)
{
    beta_search search = *(const beta_search *)context;
    search.log_size = log_size;
    if (!beta_mean_of(&search))
        return (double)NAN;
    double logit_high = kea_cdf_logit(search.given->high);
    return kea_cdf_beta_log_lower(beta_b(&search), beta_a(&search), -logit_high) -
           log(search.given->tail);
}

static kea_status beta_from_interval(kea_dist *dist, const interval *given, kea_error *err)
{
    beta_search search = {.given = given};
    if (!kea_root_find(beta_high_error, &search, LOG_SIZE_LOW, LOG_SIZE_HIGH, 0.0,
                       &search.log_size) ||
        !beta_mean_of(&search))
        return unsolved(KEA_BETA, given, err);
    return set_two(dist, KEA_BETA, beta_a(&search), beta_b(&search), err);
}

/* The families that are a normal distribution on some scale. */
static kea_status normal_from_interval(kea_dist *dist, kea_family family, const interval *given,
                                       kea_error *err)
{
    double low = given->low, high = given->high;
    if (family == KEA_LOGNORMAL) {
        low = log(low);
        high = log(high);
    } else if (family == KEA_LOGIT_NORMAL) {
        low = kea_cdf_logit(low);
        high = kea_cdf_logit(high);
    }
    double z = gsl_cdf_ugaussian_Qinv(given->tail);
    return set_two(dist, family, 0.5 * low + 0.5 * high, 0.5 * (high - low) / z, err);
}

kea_status kea_dist_interval(kea_dist *dist, kea_family family, double low, double high,
                             double level, kea_error *err)
{
    kea_status status = KEA_OK;
    interval given = {low, high, 0.5 * (1.0 - level)};
    double beyond = (high - low) * given.tail / level;
    switch (family) {
    case KEA_UNIFORM:
        KEA_TRY(check_interval(family, low, high, level, err));
        return set_two(dist, family, low - beyond, high + beyond, err);
    case KEA_NORMAL:
    case KEA_LOGNORMAL:
    case KEA_LOGIT_NORMAL:
        KEA_TRY(check_interval(family, low, high, level, err));
        return normal_from_interval(dist, family, &given, err);
    case KEA_GAMMA:
        KEA_TRY(check_interval(family, low, high, level, err));
        return gamma_from_interval(dist, &given, err);
    case KEA_BETA:
        KEA_TRY(check_interval(family, low, high, level, err));
        return beta_from_interval(dist, &given, err);
    default:
        return refuse(family, "a central interval", err);
    }
done:
    return status;
}
