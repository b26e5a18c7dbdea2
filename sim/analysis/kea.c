/* Cost-effectiveness ratio and net benefit from paired costs and effects. */
#include "sim/analysis/kea.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

const char *kea_quadrant_name(kea_quadrant quadrant)
{
    switch (quadrant) {
    case KEA_COSTS_AND_HELPS:
        return "costs more and helps";
    case KEA_DOMINATES:
        return "dominates";
    case KEA_SAVES_AND_HARMS:
        return "saves and harms";
    case KEA_IS_DOMINATED:
        return "is dominated";
    case KEA_NO_DIFFERENCE:
        return "no difference";
    }
    return "unknown";
}

kea_quadrant kea_quadrant_of(double cost, double effect)
{
    if (cost == 0.0 && effect == 0.0)
        return KEA_NO_DIFFERENCE;
    if (cost <= 0.0 && effect >= 0.0)
        return KEA_DOMINATES;
    if (cost >= 0.0 && effect <= 0.0)
        return KEA_IS_DOMINATED;
    return cost > 0.0 ? KEA_COSTS_AND_HELPS : KEA_SAVES_AND_HARMS;
}

/* The willingness to pay from which on `arm` is worth its money at one point; `otherwise` where
 * there is no such amount because the point saves and harms. No difference at all is taken as on
 * the line of every amount, hence at 0. */
static double threshold(double cost, double effect, double otherwise)
{
    switch (kea_quadrant_of(cost, effect)) {
    case KEA_COSTS_AND_HELPS:
        return cost / effect;
    case KEA_DOMINATES:
        return -(double)INFINITY;
    case KEA_IS_DOMINATED:
        return (double)INFINITY;
    case KEA_SAVES_AND_HARMS:
        return otherwise;
    case KEA_NO_DIFFERENCE:
        break;
    }
    return 0.0;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The type 7 quantile of values that may be infinite. Between a finite and an infinite value it is
 * the infinite one: the wider interval. `wide` is taken between -INFINITY and INFINITY. */
static double wide_quantile(double *x, size_t n, double p, double wide)
{
    qsort(x, n, sizeof *x, ascending);
    double at = p * (double)(n - 1);
    size_t below = (size_t)at;
    double part = at - (double)below;
    if (part == 0.0 || below + 1 >= n)
        return x[below];
    double a = x[below];
    double b = x[below + 1];
    if (isinf(a) && isinf(b))
        return a == b ? a : wide;
    if (isinf(a) || isinf(b))
        return isinf(a) ? a : b;
    return a + part * (b - a);
}

/* The interval of the ratio by acceptability of `arm` against `ref`. */
static void interval(kea_ratio *ratio, const kea_pairs *pairs, size_t arm, size_t ref,
                     double *scratch)
{
    const double ends[2] = {-(double)INFINITY, (double)INFINITY};
    double out[2];
    for (int e = 0; e < 2; e++) {
        for (size_t i = 0; i < pairs->n_points; i++)
            scratch[i] = threshold(kea_pairs_cost_increment(pairs, i, arm, ref),
                                   kea_pairs_effect_increment(pairs, i, arm, ref), ends[e]);
        out[e] = wide_quantile(scratch, pairs->n_points, e == 0 ? 0.025 : 0.975, ends[e]);
    }
    ratio->low = out[0];
    ratio->high = out[1];
}

/* Standard error of mean cost / mean effect: the residuals cost - value x effect have mean 0, and
 * their spread over mean effect is that of the ratio (delta method). */
static double delta_error(const kea_ratio *ratio, const kea_pairs *pairs, size_t arm, size_t ref)
{
    kea_moments residuals = {0};
    for (size_t i = 0; i < pairs->n_points; i++)
        kea_moments_add(&residuals,
                        kea_pairs_cost_increment(pairs, i, arm, ref) -
                            ratio->value * kea_pairs_effect_increment(pairs, i, arm, ref));
    return kea_moments_error(&residuals) / fabs(ratio->effect.mean);
}

static void count_quadrants(kea_ratio *ratio, const kea_pairs *pairs, size_t arm, size_t ref)
{
    size_t count[KEA_N_QUADRANTS + 1] = {0};
    for (size_t i = 0; i < pairs->n_points; i++)
        count[kea_quadrant_of(kea_pairs_cost_increment(pairs, i, arm, ref),
                              kea_pairs_effect_increment(pairs, i, arm, ref))]++;
    for (size_t q = 0; q < KEA_N_QUADRANTS; q++)
        ratio->share[q] = (double)count[q] / (double)pairs->n_points;
}

kea_status kea_ratio_of(kea_ratio *ratio, const kea_pairs *pairs, size_t arm, size_t ref,
                        kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = pairs->n_points;
    if (n == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a ratio of costs to effects needs points");
    KEA_TRY(kea_memory_new(&block, n, sizeof(double), err));
    double *scratch = block;
    for (size_t i = 0; i < n; i++)
        scratch[i] = kea_pairs_cost_increment(pairs, i, arm, ref);
    ratio->cost = kea_estimate_of(scratch, n);
    for (size_t i = 0; i < n; i++)
        scratch[i] = kea_pairs_effect_increment(pairs, i, arm, ref);
    ratio->effect = kea_estimate_of(scratch, n);
    count_quadrants(ratio, pairs, arm, ref);
    ratio->quadrant = kea_quadrant_of(ratio->cost.mean, ratio->effect.mean);
    ratio->value = ratio->error = ratio->low = ratio->high = (double)NAN;
    if (ratio->quadrant != KEA_COSTS_AND_HELPS && ratio->quadrant != KEA_SAVES_AND_HARMS)
        goto done;
    ratio->value = ratio->cost.mean / ratio->effect.mean;
    ratio->error = delta_error(ratio, pairs, arm, ref);
    if (ratio->quadrant == KEA_COSTS_AND_HELPS)
        interval(ratio, pairs, arm, ref, scratch);
    else
        interval(ratio, pairs, ref, arm, scratch);
done:
    free(block);
    return status;
}

kea_status kea_net_benefit_of(kea_net_benefit *out, const kea_pairs *pairs, size_t arm, size_t ref,
                              double wtp, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    double positive = 0.0;
    KEA_TRY(kea_memory_new(&block, pairs->n_points, sizeof(double), err));
    double *benefit = block;
    for (size_t i = 0; i < pairs->n_points; i++) {
        benefit[i] = kea_pairs_net_benefit(pairs, i, arm, ref, wtp);
        positive += benefit[i] > 0.0 ? 1.0 : benefit[i] == 0.0 ? 0.5 : 0.0;
    }
    out->wtp = wtp;
    out->probability = pairs->n_points ? positive / (double)pairs->n_points : (double)NAN;
    out->benefit = kea_estimate_of(benefit, pairs->n_points);
done:
    free(block);
    return status;
}
