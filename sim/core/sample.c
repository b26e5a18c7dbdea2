/* Allocation of a sample and what is read from it. */
#include "sim/core/sample.h"

#include "sim/core/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* a * b, or false when it does not fit */
static bool multiply(size_t a, size_t b, size_t *product)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *product = a * b;
    return true;
}

kea_status kea_sample_init(kea_sample *sample, size_t n_points, size_t n_arms, size_t n_outcomes,
                           const kea_outcome_decl *outcomes, kea_error *err)
{
    *sample = (kea_sample){0};
    size_t count;
    if (!multiply(n_points, n_arms, &count) || !multiply(count, n_outcomes, &count) ||
        !multiply(count, KEA_N_SCOPES, &count))
        return kea_error_set(err, KEA_ERR_MEMORY,
                             "a sample of %zu points x %zu arms x %zu outcomes is too large",
                             n_points, n_arms, n_outcomes);
    void *value = NULL;
    kea_status status = kea_memory_new(&value, count, sizeof *sample->value, err);
    if (status != KEA_OK)
        return status;
    *sample = (kea_sample){.n_points = n_points,
                           .n_arms = n_arms,
                           .n_outcomes = n_outcomes,
                           .outcomes = outcomes,
                           .value = value};
    return KEA_OK;
}

/* Cells of one point, each with KEA_N_SCOPES values. */
static size_t cells(const kea_sample *sample)
{
    return sample->n_arms * sample->n_outcomes;
}

kea_status kea_sample_keep_periods(kea_sample *sample, size_t n_periods, kea_error *err)
{
    size_t count;
    void *period = NULL;
    if (!multiply(sample->n_points * cells(sample), n_periods, &count))
        return kea_error_set(err, KEA_ERR_MEMORY, "a sample of %zu points x %zu years is too large",
                             sample->n_points, n_periods);
    kea_status status = kea_memory_new(&period, count, sizeof *sample->period, err);
    if (status != KEA_OK)
        return status;
    sample->period = period;
    sample->n_periods = n_periods;
    return KEA_OK;
}

kea_status kea_sample_each_period(const kea_sample *sample, kea_take_periods take, void *to,
                                  kea_error *err)
{
    if (sample->n_periods > 0 && !sample->period)
        return sample->source.read(sample->source.from, take, to, err);
    for (size_t point = 0; point < sample->n_points && sample->n_periods > 0; point++)
        for (size_t arm = 0; arm < sample->n_arms; arm++)
            take(to, point, arm, kea_sample_periods(sample, point, arm, 0));
    return KEA_OK;
}

void kea_sample_put(kea_sample *sample, size_t first, const kea_sample *part)
{
    size_t values = cells(sample) * KEA_N_SCOPES, periods = cells(sample) * sample->n_periods;
    if (part->n_points * values > 0)
        memcpy(sample->value + first * values, part->value,
               part->n_points * values * sizeof *sample->value);
    if (part->n_points * periods > 0)
        memcpy(sample->period + first * periods, part->period,
               part->n_points * periods * sizeof *sample->period);
}

void kea_sample_free(kea_sample *sample)
{
    free(sample->value);
    free(sample->period);
    *sample = (kea_sample){0};
}

bool kea_sample_find(const kea_sample *sample, const char *name, size_t *index)
{
    for (size_t i = 0; i < sample->n_outcomes; i++) {
        if (strcmp(sample->outcomes[i].name, name) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool kea_outcome_seen(const kea_outcome_decl *outcome, kea_perspective perspective)
{
    if (!outcome->category)
        return false;
    switch (perspective) {
    case KEA_PERSPECTIVE_SOCIETY:
        return outcome->kind != KEA_COST_TRANSFER;
    case KEA_PERSPECTIVE_PUBLIC:
        return outcome->payer && strcmp(outcome->payer, "society") != 0;
    default:
        return outcome->kind == KEA_COST_DURING;
    }
}

bool kea_perspective_later(size_t n_outcomes, const kea_outcome_decl *outcomes,
                           kea_perspective perspective)
{
    for (size_t i = 0; i < n_outcomes; i++)
        if (outcomes[i].kind != KEA_COST_DURING && kea_outcome_seen(&outcomes[i], perspective))
            return true;
    return false;
}

const char *kea_perspective_name(kea_perspective perspective)
{
    static const char *const names[KEA_N_PERSPECTIVES] = {"during", "society", "public"};
    return names[perspective];
}

double kea_sample_cost_seen(const kea_sample *sample, size_t point, size_t arm, kea_scope scope,
                            kea_perspective perspective)
{
    double cost = 0.0;
    for (size_t i = 0; i < sample->n_outcomes; i++)
        if (kea_outcome_seen(&sample->outcomes[i], perspective))
            cost += *kea_sample_at(sample, point, arm, i, scope);
    return cost;
}

double kea_sample_cost(const kea_sample *sample, size_t point, size_t arm, kea_scope scope)
{
    return kea_sample_cost_seen(sample, point, arm, scope, KEA_PERSPECTIVE_DURING);
}
