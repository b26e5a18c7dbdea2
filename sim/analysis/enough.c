#include "sim/analysis/enough.h"

#include "sim/analysis/pairs.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>

size_t kea_enough_look(size_t n)
{
    if (n < KEA_ENOUGH_LEAST)
        return KEA_ENOUGH_LEAST;
    size_t more = n + (n + 9) / 10;
    return (more + KEA_ENOUGH_STEP - 1) / KEA_ENOUGH_STEP * KEA_ENOUGH_STEP;
}

kea_status kea_enough_init(kea_enough *enough, const kea_settings *settings, const kea_frame *frame,
                           size_t n_arms, kea_error *err)
{
    void *block = NULL;
    *enough = (kea_enough){.target = settings->target_error,
                           .wtp = settings->reference_wtp,
                           .effect = &frame->effects[0],
                           .population = frame->population.outcome,
                           .n_arms = n_arms,
                           .next = kea_enough_look(0)};
    kea_status status = kea_memory_new(&block, n_arms, sizeof *enough->benefit, err);
    enough->benefit = block;
    return status;
}

void kea_enough_free(kea_enough *enough)
{
    free(enough->benefit);
    *enough = (kea_enough){0};
}

double kea_enough_error(const kea_enough *enough)
{
    double largest = enough->n < 2 ? (double)NAN : 0.0;
    for (size_t arm = 1; arm < enough->n_arms; arm++)
        largest = fmax(largest, kea_moments_error(&enough->benefit[arm]));
    return largest / enough->persons.mean;
}

static void look(kea_enough *enough)
{
    enough->next = kea_enough_look(enough->n);
    if (enough->met || !(kea_enough_error(enough) <= enough->target) || !(enough->target > 0.0))
        return;
    enough->met = true;
    enough->met_at = enough->n;
}

kea_status kea_enough_add(kea_enough *enough, const kea_sample *draws, kea_error *err)
{
    kea_pairs pairs = {0};
    size_t people = 0;
    kea_status status = KEA_OK;
    if (!kea_sample_find(draws, enough->population, &people))
        return kea_error_set(err, KEA_ERR_INPUT, "the sample has no outcome \"%s\"",
                             enough->population);
    KEA_TRY(kea_pairs_init_sum(&pairs, draws, enough->effect->n_outcomes, enough->effect->outcomes,
                               err));
    for (size_t i = 0; i < draws->n_points; i++) {
        for (size_t arm = 1; arm < enough->n_arms; arm++)
            kea_moments_add(&enough->benefit[arm],
                            kea_pairs_net_benefit(&pairs, i, arm, 0, enough->wtp));
        kea_moments_add(&enough->persons, *kea_sample_at(draws, i, 0, people, KEA_SCOPE_WINDOW));
        if (++enough->n == enough->next)
            look(enough);
    }
done:
    kea_pairs_free(&pairs);
    return status;
}
