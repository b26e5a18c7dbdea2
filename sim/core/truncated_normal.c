/* Probability, quantiles and moments of a normal distribution within an interval. */
#include "sim/core/truncated_normal.h"

#include "sim/core/quadrature.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stddef.h>

enum { N_PANELS = 64 };

double kea_truncated_normal_mass(const kea_truncated_normal *t)
{
    double low = (t->min - t->mu) / t->sd, high = (t->max - t->mu) / t->sd;
    if (low > 0.0)
        return gsl_cdf_ugaussian_Q(low) - gsl_cdf_ugaussian_Q(high);
    return gsl_cdf_ugaussian_P(high) - gsl_cdf_ugaussian_P(low);
}

double kea_truncated_normal_quantile(const kea_truncated_normal *t, double u)
{
    double low = (t->min - t->mu) / t->sd, high = (t->max - t->mu) / t->sd;
    /* invert the smaller of the two tails: the other one has lost its digits */
    double lower = (1.0 - u) * gsl_cdf_ugaussian_P(low) + u * gsl_cdf_ugaussian_P(high);
    double upper = (1.0 - u) * gsl_cdf_ugaussian_Q(low) + u * gsl_cdf_ugaussian_Q(high);
    double z = lower < upper ? gsl_cdf_ugaussian_Pinv(lower) : gsl_cdf_ugaussian_Qinv(upper);
    return fmin(fmax(t->mu + t->sd * z, t->min), t->max);
}

/* What the quadratures below need: the point of the interval nearest to mu has density 1. */
typedef struct bump {
    double nearest; /* in standard deviations */
    double centre;
    int power;
} bump;

static double bump_moment(const void *context, double z)
{
    const bump *b = context;
    double density = exp(-0.5 * (z - b->nearest) * (z + b->nearest));
    return density * pow(z - b->centre, b->power);
}

void kea_truncated_normal_moments(const kea_truncated_normal *t, double *mean, double *sd)
{
    double low = (t->min - t->mu) / t->sd, high = (t->max - t->mu) / t->sd;
    bump b = {.nearest = fmin(fmax(0.0, low), high)};
    /* beyond `reach` the density is below exp(-50) of its highest value */
    double reach = sqrt(b.nearest * b.nearest + 100.0);
    low = fmax(low, -reach);
    high = fmin(high, reach);
    double mass = kea_quadrature(bump_moment, &b, low, high, N_PANELS);
    b.power = 1;
    b.centre = b.nearest;
    b.centre += kea_quadrature(bump_moment, &b, low, high, N_PANELS) / mass;
    b.power = 2;
    double variance = kea_quadrature(bump_moment, &b, low, high, N_PANELS) / mass;
    *mean = fmin(fmax(t->mu + t->sd * b.centre, t->min), t->max);
    *sd = t->sd * sqrt(variance);
}
