/* Costs and effects per point and arm. */
#include "sim/analysis/pairs.h"

#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

void kea_pairs_free(kea_pairs *pairs)
{
    free(pairs->cost);
    free(pairs->effect);
    memset(pairs, 0, sizeof *pairs);
}

kea_status kea_pairs_init(kea_pairs *pairs, const kea_sample *sample, const char *effect,
                          kea_error *err)
{
    return kea_pairs_init_sum(pairs, sample, 1, &effect, err);
}

/* Adds an outcome to the effect of every point and arm, turned so that more is better. */
static kea_status add_effect(kea_pairs *pairs, const kea_sample *sample, const char *name,
                             kea_error *err)
{
    size_t outcome = 0;
    if (!kea_sample_find(sample, name, &outcome))
        return kea_error_set(err, KEA_ERR_INPUT, "the sample has no outcome \"%s\"", name);
    int better = sample->outcomes[outcome].better;
    if (better == 0)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "outcome \"%s\" cannot be an effect: neither more nor less is better",
                             name);
    for (size_t i = 0; i < pairs->n_points; i++)
        for (size_t arm = 0; arm < pairs->n_arms; arm++)
            pairs->effect[i * pairs->n_arms + arm] +=
                better * *kea_sample_at(sample, i, arm, outcome, KEA_SCOPE_DISCOUNTED);
    return KEA_OK;
}

void kea_pairs_see(kea_pairs *pairs, const kea_sample *sample, kea_perspective perspective)
{
    const size_t n_arms = pairs->n_arms;
    for (size_t i = 0; i < pairs->n_points; i++)
        for (size_t arm = 0; arm < n_arms; arm++)
            pairs->cost[i * n_arms + arm] =
                kea_sample_cost_seen(sample, i, arm, KEA_SCOPE_DISCOUNTED, perspective);
}

/* All 0. */
static kea_status make_room(kea_pairs *pairs, size_t n_points, size_t n_arms, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    memset(pairs, 0, sizeof *pairs);
    KEA_TRY(kea_memory_new(&block, n_points * n_arms, sizeof *pairs->cost, err));
    pairs->cost = block;
    KEA_TRY(kea_memory_new(&block, n_points * n_arms, sizeof *pairs->effect, err));
    pairs->effect = block;
    pairs->n_points = n_points;
    pairs->n_arms = n_arms;
done:
    if (status != KEA_OK)
        kea_pairs_free(pairs);
    return status;
}

kea_status kea_pairs_pick(kea_pairs *pairs, const kea_pairs *from, size_t n, const size_t *arm,
                          kea_error *err)
{
    kea_status status = make_room(pairs, from->n_points, n, err);
    for (size_t i = 0; status == KEA_OK && i < from->n_points; i++)
        for (size_t k = 0; k < n; k++) {
            pairs->cost[i * n + k] = from->cost[i * from->n_arms + arm[k]];
            pairs->effect[i * n + k] = from->effect[i * from->n_arms + arm[k]];
        }
    return status;
}

kea_status kea_pairs_init_sum(kea_pairs *pairs, const kea_sample *sample, size_t n_effects,
                              const char *const *effects, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(make_room(pairs, sample->n_points, sample->n_arms, err));
    kea_pairs_see(pairs, sample, KEA_PERSPECTIVE_DURING);
    for (size_t e = 0; e < n_effects; e++)
        KEA_TRY(add_effect(pairs, sample, effects[e], err));
done:
    if (status != KEA_OK)
        kea_pairs_free(pairs);
    return status;
}

double kea_pairs_cost_increment(const kea_pairs *pairs, size_t point, size_t arm, size_t ref)
{
    const double *cost = pairs->cost + point * pairs->n_arms;
    return cost[arm] - cost[ref];
}

double kea_pairs_effect_increment(const kea_pairs *pairs, size_t point, size_t arm, size_t ref)
{
    const double *effect = pairs->effect + point * pairs->n_arms;
    return effect[arm] - effect[ref];
}

double kea_pairs_net_benefit(const kea_pairs *pairs, size_t point, size_t arm, size_t ref,
                             double wtp)
{
    return wtp * kea_pairs_effect_increment(pairs, point, arm, ref) -
           kea_pairs_cost_increment(pairs, point, arm, ref);
}
