/* Estimates over the points of a sample. */
#include "sim/analysis/estimate.h"

#include "sim/core/moments.h"

#include <math.h>

kea_estimate kea_estimate_of(double *x, size_t n)
{
    const double none = (double)NAN;
    kea_estimate estimate = {none, none, none, none, n};
    kea_moments moments = {0};
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            return estimate;
        kea_moments_add(&moments, x[i]);
    }
    if (n == 0)
        return estimate;
    estimate.mean = moments.mean;
    estimate.error = kea_moments_error(&moments);
    estimate.low = kea_moments_quantile(x, n, 0.025);
    estimate.high = kea_moments_quantile(x, n, 0.975);
    return estimate;
}

double kea_estimate_value(const kea_sample *sample, size_t point, size_t arm, const kea_measure *m)
{
    double value = m->outcome == KEA_ALL_COSTS
                       ? kea_sample_cost(sample, point, arm, m->scope)
                       : *kea_sample_at(sample, point, arm, m->outcome, m->scope);
    if (m->denominator == KEA_NO_OUTCOME)
        return value * m->scale;
    double by = *kea_sample_at(sample, point, arm, m->denominator, m->scope);
    return by == 0.0 ? (double)NAN : value / by * m->scale;
}

kea_estimate kea_estimate_arm(const kea_sample *sample, size_t arm, const kea_measure *measure,
                              double *scratch)
{
    for (size_t i = 0; i < sample->n_points; i++)
        scratch[i] = kea_estimate_value(sample, i, arm, measure);
    return kea_estimate_of(scratch, sample->n_points);
}

kea_estimate kea_estimate_increment(const kea_sample *sample, size_t arm, size_t reference,
                                    const kea_measure *measure, double *scratch)
{
    for (size_t i = 0; i < sample->n_points; i++)
        scratch[i] = kea_estimate_value(sample, i, arm, measure) -
                     kea_estimate_value(sample, i, reference, measure);
    return kea_estimate_of(scratch, sample->n_points);
}
