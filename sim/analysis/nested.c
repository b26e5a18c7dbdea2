/* Two-level Monte Carlo. */
#include "sim/analysis/nested.h"

#include "sim/analysis/benefits.h"
#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static kea_status check(size_t n_arms, size_t n_outer, size_t n_inner, kea_error *err)
{
    if (n_arms < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a decision needs at least 2 strategies; there are %zu", n_arms);
    if (n_outer < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "nested simulation needs at least 2 outer draws, not %zu", n_outer);
    if (n_inner < 2 || n_inner % 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "nested simulation needs an even number of inner draws, 2 at least, "
                             "not %zu",
                             n_inner);
    return KEA_OK;
}

/* Means of the two halves of the inner draws: half[2][n_arms]. */
static kea_status run_inner(kea_nested_fn benefit, void *context, size_t outer, size_t n_inner,
                            size_t n_arms, double *half, kea_error *err)
{
    kea_status status = KEA_OK;
    double *at = half + 2 * n_arms;
    memset(half, 0, 2 * n_arms * sizeof *half);
    for (size_t inner = 0; inner < n_inner; inner++) {
        double *sum = half + (inner % 2) * n_arms;
        KEA_TRY(benefit(context, outer, inner, at, err));
        for (size_t arm = 0; arm < n_arms; arm++) {
            if (!isfinite(at[arm]))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "the net benefit of strategy %zu in outer draw %zu, inner "
                                     "draw %zu is %g; it must be a finite number",
                                     arm + 1, outer + 1, inner + 1, at[arm]);
            /* less that of the first arm, whose noise would only cancel later */
            sum[arm] += (at[arm] - at[0]) / (0.5 * (double)n_inner);
        }
    }
done:
    return status;
}

/* What the arm that `chosen` finds best has under `valued`. */
static double crossed(const double *chosen, const double *valued, size_t n_arms)
{
    size_t best = 0;
    for (size_t arm = 1; arm < n_arms; arm++)
        best = chosen[arm] > chosen[best] ? arm : best;
    return valued[best];
}

/* For every outer draw: its mean net benefits, and the highest in the three ways. */
enum { EXTRAPOLATED, PLAIN, CROSSED, WAYS };

static void highest(const double *half, size_t n_arms, double *mean, double *way)
{
    const double *one = half, *two = half + n_arms;
    for (size_t arm = 0; arm < n_arms; arm++)
        mean[arm] = 0.5 * (one[arm] + two[arm]);
    double apart = 0.5 * (kea_benefits_highest(one, n_arms) + kea_benefits_highest(two, n_arms));
    way[PLAIN] = kea_benefits_highest(mean, n_arms);
    way[EXTRAPOLATED] = 2.0 * way[PLAIN] - apart;
    way[CROSSED] = 0.5 * (crossed(one, two, n_arms) + crossed(two, one, n_arms));
}

/* The mean over outer draws of the highest less what the arm has that is best on average. */
static void finish(const kea_benefits *means, const double *ways, double *scratch, double *value,
                   double *error)
{
    size_t best = kea_benefits_best(means, scratch);
    kea_moments gain[WAYS] = {{0}};
    for (size_t i = 0; i < means->n_points; i++)
        for (size_t w = 0; w < WAYS; w++)
            kea_moments_add(&gain[w], ways[i * WAYS + w] - means->value[i * means->n_arms + best]);
    for (size_t w = 0; w < WAYS; w++) {
        value[w] = gain[w].mean;
        error[w] = kea_moments_error(&gain[w]);
    }
}

kea_status kea_nested_evppi(kea_nested *out, kea_nested_fn benefit, void *context, size_t n_arms,
                            size_t n_outer, size_t n_inner, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    double value[WAYS], error[WAYS];
    KEA_TRY(check(n_arms, n_outer, n_inner, err));
    KEA_TRY(kea_memory_new(&block, n_outer * (n_arms + WAYS) + 3 * n_arms, sizeof(double), err));
    kea_benefits means = {n_outer, n_arms, block};
    double *ways = means.value + n_outer * n_arms;
    double *half = ways + n_outer * WAYS; /* two halves and the draw at hand */
    for (size_t outer = 0; outer < n_outer; outer++) {
        KEA_TRY(run_inner(benefit, context, outer, n_inner, n_arms, half, err));
        highest(half, n_arms, means.value + outer * n_arms, ways + outer * WAYS);
    }
    finish(&means, ways, half, value, error);
    *out = (kea_nested){value[EXTRAPOLATED], error[EXTRAPOLATED], value[PLAIN],
                        error[PLAIN],        value[CROSSED],      error[CROSSED]};
done:
    free(block);
    return status;
}
