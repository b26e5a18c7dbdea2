/* Tails and quantiles of the gamma and the beta distribution. */
#include "sim/core/cdf.h"

#include "sim/core/quadrature.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

enum {
    MAX_TERMS = 200000,
    MAX_NEWTON = 200,
    LARGE = 2000, /* from here on a quadrature is quicker than a fraction */
    N_PANELS = 16
};

static const double LOG_2PI = 1.8378770664093454836;

/* A distribution on the scale where it is log-concave, measured from its mode. The mode is
 * log(a) for the gamma distribution and log(a / b) for the beta distribution. */
typedef struct curve curve;
struct curve {
    double a, b;     /* b is not used by the gamma distribution */
    double log_top;  /* log of the density at the mode */
    double spread;   /* standard deviation near the mode, when a and b are large */
    double sign;     /* of the slope of log_tail: +1 when the lower tail is solved for */
    double max_rise; /* of v in one step, so that exp(v) does not overflow */
    double (*log_density)(const curve *c, double v);
    double (*log_tail)(const curve *c, double v);
};

/* ---- shared ---- */

double kea_cdf_logit(double x)
{
    return log(x) - log1p(-x);
}

double kea_cdf_expit(double logit_x)
{
    double e = exp(-fabs(logit_x));
    return logit_x >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

/* log(1 - exp(x)), where x <= 0 but for rounding. */
static double log_rest(double x)
{
    x = fmin(x, -DBL_MIN);
    return x > -0.5 ? log(-expm1(x)) : log1p(-exp(x));
}

typedef struct tail_context {
    const curve *c;
    double at_edge;
} tail_context;

static double scaled_density(const void *context, double v)
{
    const tail_context *tail = context;
    return exp(tail->c->log_density(tail->c, v) - tail->at_edge);
}

/* The log of the tail beyond v on its own side of the mode: downwards for side = -1. Ten standard
 * deviations hold all that a double can see, and so do 50 times the distance in which the density
 * falls by a factor e. */
static double integrated_tail(const curve *c, double v, double side)
{
    tail_context tail = {c, c->log_density(c, v)};
    double reach = c->spread * fmin(10.0, 50.0 * c->spread / fabs(v));
    double part = kea_quadrature(scaled_density, &tail, v, v + side * reach, N_PANELS);
    return tail.at_edge + log(fabs(part));
}

/* Newton's method for log tail = log_target. The log of a tail is concave here, so the steps come
 * to the answer from one side and cannot run away; they end in rounding noise. */
static double solve_tail(const curve *c, double v, double log_target)
{
    double last = HUGE_VAL;
    for (int i = 0; i < MAX_NEWTON; i++) {
        double log_tail = c->log_tail(c, v);
        double slope = c->sign * exp(c->log_density(c, v) - log_tail);
        double step = (log_tail - log_target) / slope;
        if (!isfinite(step))
            break;
        step = fmax(step, -c->max_rise);
        v -= step;
        double size = fabs(step) / (1.0 + fabs(v));
        if (size <= DBL_EPSILON || (size < 1e-9 && size >= last))
            break;
        last = size;
    }
    return v;
}

/* ---- gamma: v = log(x / a) ---- */

static double gamma_log_density(const curve *c, double v)
{
    return c->log_top + c->a * (v - expm1(v));
}

/* Sum of x^n / (a (a + 1) ... (a + n)); DLMF 8.7.1. For x < a + 1. */
static double gamma_series(double a, double x)
{
    double term = 1.0 / a, sum = term;
    for (int n = 1; n < MAX_TERMS && term > DBL_EPSILON * 0.1 * sum; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum;
}

/* The continued fraction of DLMF 8.9.2, by Lentz's method. For x > a + 1, where no denominator
 * comes near 0. */
static double gamma_fraction(double a, double x)
{
    double b = x + 1.0 - a;
    double c = 1.0 / DBL_MIN, d = 1.0 / b, value = d;
    for (int n = 1; n < MAX_TERMS; n++) {
        double numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        double change = c * d;
        value *= change;
        if (fabs(change - 1.0) <= DBL_EPSILON)
            break;
    }
    return value;
}

/* Whether the lower tail at v is the one to calculate; the upper is then what is left. */
static bool gamma_lower_is_direct(const curve *c, double v)
{
    return c->a > LARGE ? v <= 0.0 : c->a * exp(v) < c->a + 1.0;
}

/* The log of the tail that is calculated directly at v. */
static double gamma_log_direct(const curve *c, double v)
{
    bool lower = gamma_lower_is_direct(c, v);
    if (c->a > LARGE)
        return integrated_tail(c, v, lower ? -1.0 : 1.0);
    double x = c->a * exp(v);
    double factor = lower ? gamma_series(c->a, x) : gamma_fraction(c->a, x);
    return gamma_log_density(c, v) + log(factor);
}

static double gamma_log_lower(const curve *c, double v)
{
    double direct = gamma_log_direct(c, v);
    return gamma_lower_is_direct(c, v) ? direct : log_rest(direct);
}

static double gamma_log_upper(const curve *c, double v)
{
    double direct = gamma_log_direct(c, v);
    return gamma_lower_is_direct(c, v) ? log_rest(direct) : direct;
}

static curve gamma_curve(double shape)
{
    curve c = {.a = shape, .spread = 1.0 / sqrt(shape), .sign = 1.0, .max_rise = HUGE_VAL};
    c.log_top = 0.5 * (log(shape) - LOG_2PI) - log(gsl_sf_gammastar(shape));
    c.log_density = gamma_log_density;
    c.log_tail = gamma_log_lower;
    return c;
}

double kea_cdf_gamma_log_density(double shape, double log_x)
{
    curve c = gamma_curve(shape);
    return gamma_log_density(&c, log_x - log(shape));
}

double kea_cdf_gamma_log_lower(double shape, double log_x)
{
    curve c = gamma_curve(shape);
    return gamma_log_lower(&c, log_x - log(shape));
}

double kea_cdf_gamma_log_upper(double shape, double log_x)
{
    curve c = gamma_curve(shape);
    return gamma_log_upper(&c, log_x - log(shape));
}

double kea_cdf_gamma_log_quantile(double shape, double lower, double upper)
{
    curve c = gamma_curve(shape);
    double z = lower < 0.5 ? gsl_cdf_ugaussian_Pinv(lower) : gsl_cdf_ugaussian_Qinv(upper);
    /* start from the approximation of Wilson and Hilferty (1931), where it has a meaning */
    double root = 1.0 - c.spread * c.spread / 9.0 + z * c.spread / 3.0;
    double start = root > 0.1 ? 3.0 * log(root) : 0.0;
    if (lower <= 0.5)
        return log(shape) + solve_tail(&c, start, log(lower));
    c.log_tail = gamma_log_upper;
    c.sign = -1.0;
    c.max_rise = 3.0;
    return log(shape) + solve_tail(&c, start, log(upper));
}

/* ---- beta: v = logit(x) - log(a / b) ---- */

/* a v - (a + b) log(1 - m + m exp(v)) with m = a / (a + b) <= 1/2. */
static double beta_fall(double a, double b, double v)
{
    double m = a / (a + b);
    double log_scale = v < 600.0 ? log1p(m * expm1(v)) : log(m) + v;
    return a * v - (a + b) * log_scale;
}

static double beta_log_density(const curve *c, double v)
{
    /* told from the side of the smaller parameter no large terms cancel */
    double fall = c->a <= c->b ? beta_fall(c->a, c->b, v) : beta_fall(c->b, c->a, -v);
    return c->log_top + fall;
}

static double away_from_zero(double x)
{
    return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* The continued fraction of DLMF 8.17.22, by Lentz's method. For x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    double c = 1.0, d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)), value = d;
    for (int n = 1; n < MAX_TERMS; n++) {
        double at = a + 2.0 * n;
        double even = n * (b - n) * x / ((at - 1.0) * at);
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= c * d;
        double odd = -(a + n) * (a + b + n) * x / (at * (at + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        value *= c * d;
        if (fabs(c * d - 1.0) <= DBL_EPSILON)
            break;
    }
    return value;
}

/* The lower tail at v, on this side of the mode or a little beyond it. */
static double beta_log_direct(const curve *c, double v, double x)
{
    if (c->a > LARGE && c->b > LARGE)
        return integrated_tail(c, v, -1.0);
    return beta_log_density(c, v) + log(beta_fraction(c->a, c->b, x) / c->a);
}

static double beta_log_lower(const curve *c, double v)
{
    double x = kea_cdf_expit(log(c->a) - log(c->b) + v);
    bool large = c->a > LARGE && c->b > LARGE;
    if (large ? v <= 0.0 : x < (c->a + 1.0) / (c->a + c->b + 2.0))
        return beta_log_direct(c, v, x);
    curve turned = *c;
    turned.a = c->b;
    turned.b = c->a;
    double x_turned = kea_cdf_expit(log(c->b) - log(c->a) - v);
    return log_rest(beta_log_direct(&turned, -v, x_turned));
}

static curve beta_curve(double a, double b)
{
    curve c = {
        .a = a, .b = b, .spread = sqrt(1.0 / a + 1.0 / b), .sign = 1.0, .max_rise = HUGE_VAL};
    c.log_top = -log(c.spread) - 0.5 * LOG_2PI + log(gsl_sf_gammastar(a + b)) -
                log(gsl_sf_gammastar(a)) - log(gsl_sf_gammastar(b));
    c.log_density = beta_log_density;
    c.log_tail = beta_log_lower;
    return c;
}

double kea_cdf_beta_log_lower(double a, double b, double logit_x)
{
    curve c = beta_curve(a, b);
    return beta_log_lower(&c, logit_x - log(a) + log(b));
}

double kea_cdf_beta_logit_quantile(double a, double b, double lower, double upper)
{
    if (lower > 0.5)
        return -kea_cdf_beta_logit_quantile(b, a, upper, lower);
    curve c = beta_curve(a, b);
    double start = c.spread * gsl_cdf_ugaussian_Pinv(lower);
    return log(a) - log(b) + solve_tail(&c, start, log(lower));
}
