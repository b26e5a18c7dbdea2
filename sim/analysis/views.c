/* Every effect against the costs of every perspective. */
#include "sim/analysis/views.h"

#include "sim/analysis/decision.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>

/* Whether a perspective differs from all before it in what it counts. */
static bool differs(const kea_sample *sample, kea_perspective perspective)
{
    for (kea_perspective before = 0; before < perspective; before++) {
        bool same = true;
        for (size_t o = 0; o < sample->n_outcomes && same; o++)
            same = kea_outcome_seen(&sample->outcomes[o], perspective) ==
                   kea_outcome_seen(&sample->outcomes[o], before);
        if (same)
            return false;
    }
    return true;
}

double kea_view_wtp(const kea_view_worth *worth, size_t effect, bool later, bool asked_later)
{
    if (effect == worth->effect && later == asked_later)
        return worth->asked;
    if (later)
        return 0.0;
    return effect == 0 ? worth->reference : (double)NAN;
}

static kea_status fill_benefits(kea_view *view, const kea_pairs *pairs, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_decision decision = {0};
    KEA_TRY(kea_decision_init(&decision, pairs, 1, &view->wtp, err));
    view->best = decision.best[0];
    for (size_t arm = 0; arm < pairs->n_arms; arm++) {
        view->arm[arm].probability = decision.probability[arm];
        if (arm > 0)
            KEA_TRY(kea_net_benefit_of(&view->arm[arm].benefit, pairs, arm, 0, view->wtp, err));
    }
done:
    kea_decision_free(&decision);
    return status;
}

static kea_status fill(kea_view *view, const kea_sample *sample, const kea_effect *effect,
                       kea_error *err)
{
    kea_status status = KEA_OK;
    const double none = (double)NAN;
    kea_pairs pairs = {0};
    KEA_TRY(kea_pairs_init_sum(&pairs, sample, effect->n_outcomes, effect->outcomes, err));
    kea_pairs_see(&pairs, sample, view->perspective);
    for (size_t arm = 0; arm < pairs.n_arms; arm++) {
        view->arm[arm] = (kea_view_arm){
            .benefit = {none, {none, none, none, none, pairs.n_points}, none}, .probability = none};
        if (arm > 0)
            KEA_TRY(kea_ratio_of(&view->arm[arm].ratio, &pairs, arm, 0, err));
    }
    view->best = KEA_VIEW_NONE;
    if (!isnan(view->wtp))
        KEA_TRY(fill_benefits(view, &pairs, err));
done:
    kea_pairs_free(&pairs);
    return status;
}

kea_status kea_views_init(kea_views *views, const kea_sample *sample, const kea_frame *frame,
                          const kea_view_worth *worth, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const size_t room = frame->n_effects * KEA_N_PERSPECTIVES;
    *views = (kea_views){.n_arms = sample->n_arms};
    KEA_TRY(kea_memory_new(&block, room, sizeof(kea_view), err));
    views->view = block;
    KEA_TRY(kea_memory_new(&block, room * sample->n_arms, sizeof(kea_view_arm), err));
    views->arms = block;
    const bool asked_later =
        kea_perspective_later(sample->n_outcomes, sample->outcomes, worth->perspective);
    for (size_t e = 0; e < frame->n_effects; e++)
        for (kea_perspective p = 0; p < KEA_N_PERSPECTIVES; p++) {
            if (!differs(sample, p))
                continue;
            kea_view *view = &views->view[views->n];
            *view =
                (kea_view){.effect = e,
                           .perspective = p,
                           .later = kea_perspective_later(sample->n_outcomes, sample->outcomes, p),
                           .arm = views->arms + views->n * sample->n_arms};
            view->wtp = kea_view_wtp(worth, e, view->later, asked_later);
            views->n++;
            KEA_TRY(fill(view, sample, &frame->effects[e], err));
        }
done:
    if (status != KEA_OK)
        kea_views_free(views);
    return status;
}

void kea_views_free(kea_views *views)
{
    free(views->view);
    free(views->arms);
    *views = (kea_views){0};
}
