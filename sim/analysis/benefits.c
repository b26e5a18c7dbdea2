/* Net benefits per point and arm. */
#include "sim/analysis/benefits.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void kea_benefits_free(kea_benefits *benefits)
{
    free(benefits->value);
    memset(benefits, 0, sizeof *benefits);
}

kea_status kea_benefits_check(const kea_benefits *benefits, kea_error *err)
{
    size_t arms = benefits->n_arms;
    if (benefits->n_points < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the value of information needs at least 2 draws; the sample has %zu",
                             benefits->n_points);
    if (arms < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a decision needs at least 2 strategies; the sample has %zu", arms);
    for (size_t i = 0; i < benefits->n_points; i++)
        for (size_t arm = 0; arm < arms; arm++)
            if (!isfinite(benefits->value[i * arms + arm]))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "the net benefit of strategy %zu in draw %zu is %g; it must "
                                     "be a finite number",
                                     arm + 1, i + 1, benefits->value[i * arms + arm]);
    return KEA_OK;
}

kea_status kea_benefits_check_pairs(const kea_pairs *pairs, kea_error *err)
{
    if (pairs->n_points == 0 || pairs->n_arms == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a decision needs strategies and draws");
    for (size_t i = 0; i < pairs->n_points; i++)
        for (size_t arm = 0; arm < pairs->n_arms; arm++) {
            size_t at = i * pairs->n_arms + arm;
            if (!isfinite(pairs->cost[at]) || !isfinite(pairs->effect[at]))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "strategy %zu in draw %zu has cost %g and effect %g; both "
                                     "must be finite numbers",
                                     arm + 1, i + 1, pairs->cost[at], pairs->effect[at]);
        }
    return KEA_OK;
}

kea_status kea_benefits_init(kea_benefits *benefits, const kea_pairs *pairs, double wtp,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    memset(benefits, 0, sizeof *benefits);
    KEA_TRY(kea_benefits_check_pairs(pairs, err));
    KEA_TRY(kea_memory_new(&block, pairs->n_points * pairs->n_arms, sizeof(double), err));
    *benefits = (kea_benefits){pairs->n_points, pairs->n_arms, block};
    for (size_t i = 0; i < pairs->n_points; i++)
        for (size_t arm = 0; arm < pairs->n_arms; arm++)
            benefits->value[i * pairs->n_arms + arm] = kea_pairs_net_benefit(pairs, i, arm, 0, wtp);
done:
    return status;
}

size_t kea_benefits_best(const kea_benefits *benefits, double *mean)
{
    size_t n = benefits->n_points, arms = benefits->n_arms, best = 0;
    memset(mean, 0, arms * sizeof *mean);
    for (size_t i = 0; i < n; i++)
        for (size_t arm = 0; arm < arms; arm++)
            mean[arm] += benefits->value[i * arms + arm];
    for (size_t arm = 0; arm < arms; arm++) {
        mean[arm] /= (double)n;
        best = mean[arm] > mean[best] ? arm : best;
    }
    return best;
}
