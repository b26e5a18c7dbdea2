/* The families: names, rules, quantiles, moments and texts. Ways to make one from a mean and
 * standard error or from an interval stand in dist_fit.c. */
#include "sim/core/dist.h"

#include "sim/core/cdf.h"
#include "sim/core/logit_normal.h"
#include "sim/core/truncated_normal.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_PARAMS = 4 };

static const struct {
    const char *name;
    const char *param[MAX_PARAMS];
} family_table[] = {
#define KEA_FAMILY_ROW(name, code, p0, p1, p2, p3) {name, {p0, p1, p2, p3}},
    KEA_FAMILY_LIST(KEA_FAMILY_ROW)
#undef KEA_FAMILY_ROW
};

/* ---- families ---- */

const char *kea_dist_family_name(kea_family family)
{
    return (unsigned)family < KEA_N_FAMILIES ? family_table[family].name : "unknown";
}

kea_family kea_dist_family_find(const char *name)
{
    for (int i = 0; i < KEA_N_FAMILIES; i++)
        if (strcmp(family_table[i].name, name) == 0)
            return (kea_family)i;
    return KEA_N_FAMILIES;
}

const char *kea_dist_param_name(kea_family family, size_t i)
{
    return (unsigned)family < KEA_N_FAMILIES && i < MAX_PARAMS ? family_table[family].param[i]
                                                               : NULL;
}

/* ---- making one from its natural parameters ---- */

static size_t n_params(kea_family family)
{
    if (family == KEA_DIRICHLET)
        return 2; /* the second one, the sum, has no name in files */
    size_t n = 0;
    while (n < MAX_PARAMS && family_table[family].param[n])
        n++;
    return n;
}

static kea_status check_positive(kea_family family, size_t i, double value, kea_error *err)
{
    if (value > 0.0)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "%s: %s %.10g must be greater than 0",
                         kea_dist_family_name(family), kea_dist_param_name(family, i), value);
}

static kea_status check_order(kea_family family, double min, double max, kea_error *err)
{
    if (min < max)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "%s: min %.10g must be less than max %.10g",
                         kea_dist_family_name(family), min, max);
}

static kea_status check_mode(kea_family family, const double *p, kea_error *err)
{
    kea_status status = check_order(family, p[0], p[2], err);
    if (status != KEA_OK || (p[0] <= p[1] && p[1] <= p[2]))
        return status;
    return kea_error_set(err, KEA_ERR_INPUT,
                         "%s: mode %.10g must lie between min %.10g and max %.10g",
                         kea_dist_family_name(family), p[1], p[0], p[2]);
}

static kea_status check_truncation(const double *p, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(check_positive(KEA_TRUNCATED_NORMAL, 1, p[1], err));
    KEA_TRY(check_order(KEA_TRUNCATED_NORMAL, p[2], p[3], err));
    kea_truncated_normal t = {p[0], p[1], p[2], p[3]};
    if (kea_truncated_normal_mass(&t) < DBL_MIN)
        status = kea_error_set(err, KEA_ERR_INPUT,
                               "truncated_normal: the interval from min %.10g to max %.10g must "
                               "hold some of the probability of mu %.10g and sd %.10g",
                               p[2], p[3], p[0], p[1]);
done:
    return status;
}

static kea_status check_dirichlet(const double *p, kea_error *err)
{
    kea_status status = check_positive(KEA_DIRICHLET, 0, p[0], err);
    if (status != KEA_OK || p[0] < p[1])
        return status;
    return kea_error_set(err, KEA_ERR_INPUT,
                         "dirichlet: alpha %.10g must be less than the sum of all alphas, %.10g",
                         p[0], p[1]);
}

/* The rules that are a family's own, for finite parameters. */
static kea_status check_family(kea_family family, const double *p, kea_error *err)
{
    kea_status status = KEA_OK;
    switch (family) {
    case KEA_UNIFORM:
        return check_order(family, p[0], p[1], err);
    case KEA_TRIANGULAR:
    case KEA_PERT:
        return check_mode(family, p, err);
    case KEA_NORMAL:
    case KEA_LOGNORMAL:
    case KEA_LOGIT_NORMAL:
        return check_positive(family, 1, p[1], err);
    case KEA_GAMMA:
    case KEA_BETA:
        status = check_positive(family, 0, p[0], err);
        return status == KEA_OK ? check_positive(family, 1, p[1], err) : status;
    case KEA_TRUNCATED_NORMAL:
        return check_truncation(p, err);
    case KEA_DIRICHLET:
        return check_dirichlet(p, err);
    case KEA_FIXED:
    case KEA_N_FAMILIES:
        break;
    }
    return status;
}

kea_status kea_dist_natural(kea_dist *dist, kea_family family, size_t n, const double *p,
                            kea_error *err)
{
    if ((unsigned)family >= KEA_N_FAMILIES)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no distribution number %d", (int)family);
    const char *name = kea_dist_family_name(family);
    if (n != n_params(family))
        return kea_error_set(err, KEA_ERR_INPUT, "%s: needs %zu parameters, found %zu", name,
                             n_params(family), n);
    for (size_t i = 0; i < n; i++) {
        const char *param = kea_dist_param_name(family, i);
        if (!isfinite(p[i]))
            return kea_error_set(err, KEA_ERR_INPUT, "%s: %s %.10g must be a finite number", name,
                                 param ? param : "sum of alphas", p[i]);
    }
    kea_status status = check_family(family, p, err);
    if (status != KEA_OK)
        return status;
    *dist = (kea_dist){.family = family};
    memcpy(dist->p, p, n * sizeof *p);
    return KEA_OK;
}

/* ---- values ---- */

/* The beta distributions behind a PERT distribution (Vose 2008, with its usual weight 4 for the
 * mode) and behind one share of a Dirichlet distribution. */
static void beta_of(const kea_dist *dist, double *a, double *b)
{
    const double *p = dist->p;
    *a = p[0];
    *b = p[1];
    if (dist->family == KEA_PERT) {
        *a = 1.0 + 4.0 * (p[1] - p[0]) / (p[2] - p[0]);
        *b = 1.0 + 4.0 * (p[2] - p[1]) / (p[2] - p[0]);
    } else if (dist->family == KEA_DIRICHLET) {
        *b = p[1] - p[0];
    }
}

static double beta_quantile(const kea_dist *dist, double u)
{
    double a, b;
    beta_of(dist, &a, &b);
    return kea_cdf_expit(kea_cdf_beta_logit_quantile(a, b, u, 1.0 - u));
}

static double triangular_quantile(const double *p, double u)
{
    double width = p[2] - p[0], left = p[1] - p[0], right = p[2] - p[1];
    if (u * width < left)
        return p[0] + sqrt(u * width * left);
    return p[2] - sqrt((1.0 - u) * width * right);
}

static double standard_normal(double u)
{
    return u < 0.5 ? gsl_cdf_ugaussian_Pinv(u) : gsl_cdf_ugaussian_Qinv(1.0 - u);
}

double kea_dist_quantile(const kea_dist *dist, double u)
{
    const double *p = dist->p;
    switch (dist->family) {
    case KEA_UNIFORM:
        return (1.0 - u) * p[0] + u * p[1];
    case KEA_TRIANGULAR:
        return triangular_quantile(p, u);
    case KEA_PERT:
        return p[0] + (p[2] - p[0]) * beta_quantile(dist, u);
    case KEA_NORMAL:
        return p[0] + p[1] * standard_normal(u);
    case KEA_TRUNCATED_NORMAL: {
        kea_truncated_normal t = {p[0], p[1], p[2], p[3]};
        return kea_truncated_normal_quantile(&t, u);
    }
    case KEA_LOGNORMAL:
        return exp(p[0] + p[1] * standard_normal(u));
    case KEA_GAMMA:
        return p[1] * exp(kea_cdf_gamma_log_quantile(p[0], u, 1.0 - u));
    case KEA_BETA:
    case KEA_DIRICHLET:
        return beta_quantile(dist, u);
    case KEA_LOGIT_NORMAL:
        return kea_cdf_expit(p[0] + p[1] * standard_normal(u));
    case KEA_FIXED:
    case KEA_N_FAMILIES:
        break;
    }
    return p[0];
}

/* Mean and standard deviation together: for some families they come from one calculation. */
static void moments(const kea_dist *dist, double *mean, double *sd)
{
    const double *p = dist->p;
    double a, b;
    *mean = p[0];
    *sd = p[1];
    switch (dist->family) {
    case KEA_UNIFORM:
        *mean = 0.5 * p[0] + 0.5 * p[1];
        *sd = (p[1] - p[0]) / sqrt(12.0);
        break;
    case KEA_TRIANGULAR:
        a = p[1] - p[0];
        b = p[2] - p[1];
        *mean = p[1] + (b - a) / 3.0;
        *sd = sqrt((a * a + a * b + b * b) / 18.0);
        break;
    case KEA_TRUNCATED_NORMAL: {
        kea_truncated_normal t = {p[0], p[1], p[2], p[3]};
        kea_truncated_normal_moments(&t, mean, sd);
        break;
    }
    case KEA_LOGNORMAL:
        *mean = exp(p[0] + 0.5 * p[1] * p[1]);
        *sd = *mean * sqrt(expm1(p[1] * p[1]));
        break;
    case KEA_GAMMA:
        *mean = p[0] * p[1];
        *sd = sqrt(p[0]) * p[1];
        break;
    case KEA_PERT:
    case KEA_BETA:
    case KEA_DIRICHLET:
        beta_of(dist, &a, &b);
        *mean = a / (a + b);
        *sd = sqrt(*mean * (b / (a + b)) / (a + b + 1.0));
        break;
    case KEA_LOGIT_NORMAL:
        kea_logit_normal_moments(p[0], p[1], mean, sd);
        break;
    case KEA_FIXED:
        *sd = 0.0;
        break;
    case KEA_NORMAL:
    case KEA_N_FAMILIES:
        break;
    }
    if (dist->family == KEA_PERT) {
        *mean = p[0] + (p[2] - p[0]) * *mean;
        *sd *= p[2] - p[0];
    }
}

double kea_dist_mean(const kea_dist *dist)
{
    double mean, sd;
    moments(dist, &mean, &sd);
    return mean;
}

double kea_dist_sd(const kea_dist *dist)
{
    double mean, sd;
    moments(dist, &mean, &sd);
    return sd;
}

void kea_dist_support(const kea_dist *dist, double *min, double *max)
{
    const double *p = dist->p;
    *min = -HUGE_VAL;
    *max = HUGE_VAL;
    switch (dist->family) {
    case KEA_FIXED:
        *min = *max = p[0];
        break;
    case KEA_UNIFORM:
        *min = p[0];
        *max = p[1];
        break;
    case KEA_TRIANGULAR:
    case KEA_PERT:
        *min = p[0];
        *max = p[2];
        break;
    case KEA_TRUNCATED_NORMAL:
        *min = p[2];
        *max = p[3];
        break;
    case KEA_LOGNORMAL:
    case KEA_GAMMA:
        *min = 0.0;
        break;
    case KEA_BETA:
    case KEA_LOGIT_NORMAL:
    case KEA_DIRICHLET:
        *min = 0.0;
        *max = 1.0;
        break;
    case KEA_NORMAL:
    case KEA_N_FAMILIES:
        break;
    }
}

/* ---- text ---- */

/* Decimals that show an interval of this width to two digits; -1 asks for another notation. */
static int decimals_for(double width)
{
    if (!(width > 1e-7 && width < 1e9))
        return -1;
    return (int)fmax(0.0, 1.0 - floor(log10(width)));
}

void kea_dist_describe(const kea_dist *dist, char *text, size_t size)
{
    if (dist->family == KEA_FIXED) {
        (void)snprintf(text, size, "fixed at %.6g", dist->p[0]);
        return;
    }
    char params[128] = "";
    size_t used = 0;
    for (size_t i = 0; i < MAX_PARAMS && used < sizeof params; i++) {
        const char *name = kea_dist_param_name(dist->family, i);
        if (name)
            used += (size_t)snprintf(params + used, sizeof params - used, "%s%s=%.4g",
                                     i ? ", " : "", name, dist->p[i]);
    }
    if (dist->family == KEA_DIRICHLET && used < sizeof params)
        (void)snprintf(params + used, sizeof params - used, " of %.4g", dist->p[1]);
    double low = kea_dist_quantile(dist, 0.025), high = kea_dist_quantile(dist, 0.975);
    int decimals = decimals_for(high - low);
    if (decimals < 0)
        (void)snprintf(text, size, "%s(%s), 95%% %.3g to %.3g", kea_dist_family_name(dist->family),
                       params, low, high);
    else
        (void)snprintf(text, size, "%s(%s), 95%% %.*f to %.*f", kea_dist_family_name(dist->family),
                       params, decimals, low, decimals, high);
}

/* ---- Dirichlet ---- */

void kea_dist_dirichlet_draw(size_t n, const kea_dist *dist, const double *u, double *share)
{
    /* in logs, because the gamma numbers of a small alpha can all be too small for a double */
    double largest = -HUGE_VAL, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        share[i] = kea_cdf_gamma_log_quantile(dist[i].p[0], u[i], 1.0 - u[i]);
        largest = fmax(largest, share[i]);
    }
    for (size_t i = 0; i < n; i++) {
        share[i] = fmax(exp(share[i] - largest), DBL_MIN);
        sum += share[i];
    }
    for (size_t i = 0; i < n; i++)
        share[i] /= sum;
}
