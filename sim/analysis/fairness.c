/* Atkinson's measure and equity-weighted totals. */
#include "sim/analysis/fairness.h"

#include <math.h>

/* Checks groups and finds the mean over all people. */
static kea_status mean_of(double *out, size_t n, const double *mean, const double *size,
                          double aversion, kea_error *err)
{
    double sum = 0.0, people = 0.0;
    if (!(aversion >= 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "aversion to inequality is %g; it must be 0 or more", aversion);
    for (size_t i = 0; i < n; i++) {
        if (!(size[i] >= 0.0))
            return kea_error_set(err, KEA_ERR_INPUT, "group %zu has size %g; it must be 0 or more",
                                 i + 1, size[i]);
        if (size[i] > 0.0 && !(mean[i] > 0.0))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "group %zu has %g; inequality is measured of goods above 0", i + 1,
                                 mean[i]);
        sum += size[i] > 0.0 ? size[i] * mean[i] : 0.0;
        people += size[i];
    }
    if (!(people > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "there is nobody in the groups");
    *out = sum / people;
    return KEA_OK;
}

/* Relative to the mean, so that no power overflows. */
static double equal_part(size_t n, const double *mean, const double *size, double all,
                         double aversion)
{
    double sum = 0.0, people = 0.0;
    if (aversion == 0.0)
        return 1.0;
    for (size_t i = 0; i < n; i++) {
        if (!(size[i] > 0.0))
            continue;
        double x = mean[i] / all;
        sum += size[i] * (aversion == 1.0 ? log(x) : pow(x, 1.0 - aversion));
        people += size[i];
    }
    return aversion == 1.0 ? exp(sum / people) : pow(sum / people, 1.0 / (1.0 - aversion));
}

kea_status kea_fairness_of(kea_inequality *out, size_t n, const double *mean, const double *size,
                           double aversion, kea_error *err)
{
    double all = 0.0;
    kea_status status = mean_of(&all, n, mean, size, aversion, err);
    if (status != KEA_OK)
        return status;
    double part = equal_part(n, mean, size, all, aversion);
    *out = (kea_inequality){.mean = all, .equal = all * part, .atkinson = 1.0 - part};
    return KEA_OK;
}

kea_status kea_fairness_total(double *total, size_t n, const double *gain, const double *level,
                              const double *size, double aversion, kea_error *err)
{
    double all = 0.0;
    kea_status status = mean_of(&all, n, level, size, aversion, err);
    if (status != KEA_OK)
        return status;
    *total = 0.0;
    for (size_t i = 0; i < n; i++)
        if (size[i] > 0.0)
            *total += size[i] * gain[i] * pow(all / level[i], aversion);
    return KEA_OK;
}

void kea_fairness_gains(size_t n_groups, size_t n_draws, const double *gain, const double *size,
                        kea_group_gain *out, double *scratch)
{
    double sum = 0.0;
    for (size_t g = 0; g < n_groups; g++) {
        size_t gains = 0;
        for (size_t i = 0; i < n_draws; i++) {
            scratch[i] = gain[g * n_draws + i];
            gains += scratch[i] > 0.0;
        }
        out[g].gain = kea_estimate_of(scratch, n_draws);
        out[g].gains = n_draws > 0 ? (double)gains / (double)n_draws : (double)NAN;
        out[g].total = out[g].gain.mean * size[g];
        sum += out[g].total;
    }
    for (size_t g = 0; g < n_groups; g++)
        out[g].share = sum != 0.0 ? out[g].total / sum : (double)NAN;
}
