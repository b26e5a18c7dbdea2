/* Acceptability and expected losses over a range of willingness to pay. Two passes over the points
 * per amount: the first for the highest net benefit of every point and mean losses, the second for
 * votes and spread. */
#include "sim/analysis/decision.h"

#include "sim/analysis/benefits.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Increments against arm 0 of all points, and room for one amount. */
typedef struct workspace {
    size_t n_points, n_arms;
    double *cost, *effect;                                    /* [point][arm], less arm 0 */
    double *highest;                                          /* [point] */
    double *benefit;                                          /* [arm]: of the point at hand */
    double *mean_cost, *mean_effect, *votes, *squares, *loss; /* [arm] */
    void *block;
} workspace;

static kea_status workspace_init(workspace *w, const kea_pairs *pairs, kea_error *err)
{
    size_t n = pairs->n_points, arms = pairs->n_arms;
    kea_status status = kea_memory_new(&w->block, 2 * n * arms + n + 6 * arms, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    w->n_points = n;
    w->n_arms = arms;
    w->cost = w->block;
    w->effect = w->cost + n * arms;
    w->highest = w->effect + n * arms;
    w->benefit = w->highest + n;
    w->mean_cost = w->benefit + arms;
    w->mean_effect = w->mean_cost + arms;
    w->votes = w->mean_effect + arms;
    w->squares = w->votes + arms;
    w->loss = w->squares + arms;
    for (size_t i = 0; i < n; i++)
        for (size_t arm = 0; arm < arms; arm++) {
            size_t at = i * arms + arm;
            w->cost[at] = kea_pairs_cost_increment(pairs, i, arm, 0);
            w->effect[at] = kea_pairs_effect_increment(pairs, i, arm, 0);
            w->mean_cost[arm] += w->cost[at] / (double)n;
            w->mean_effect[arm] += w->effect[at] / (double)n;
        }
    return KEA_OK;
}

/* The net benefits of one point into w->benefit. */
static void benefits_at(workspace *w, size_t point, double wtp)
{
    const double *cost = w->cost + point * w->n_arms;
    const double *effect = w->effect + point * w->n_arms;
    double *benefit = w->benefit;
    for (size_t arm = 0; arm < w->n_arms; arm++)
        benefit[arm] = wtp * effect[arm] - cost[arm];
}

/* Losses must be summed point by point: as the difference of two means they would not be exactly 0
 * for an arm that is always the best. */
static void sum_losses(workspace *w, double wtp)
{
    memset(w->loss, 0, w->n_arms * sizeof *w->loss);
    for (size_t i = 0; i < w->n_points; i++) {
        benefits_at(w, i, wtp);
        double max = kea_benefits_highest(w->benefit, w->n_arms);
        w->highest[i] = max;
        for (size_t arm = 0; arm < w->n_arms; arm++)
            w->loss[arm] += max - w->benefit[arm];
    }
    for (size_t arm = 0; arm < w->n_arms; arm++)
        w->loss[arm] /= (double)w->n_points;
}

/* Votes of every point, shared among equals, and squared distances of losses to their mean. */
static void sum_votes(workspace *w, double wtp)
{
    memset(w->votes, 0, w->n_arms * sizeof *w->votes);
    memset(w->squares, 0, w->n_arms * sizeof *w->squares);
    for (size_t i = 0; i < w->n_points; i++) {
        double n_highest = 0.0;
        benefits_at(w, i, wtp);
        for (size_t arm = 0; arm < w->n_arms; arm++) {
            double loss = w->highest[i] - w->benefit[arm];
            double off = loss - w->loss[arm];
            w->squares[arm] += off * off;
            n_highest += loss == 0.0 ? 1.0 : 0.0;
        }
        for (size_t arm = 0; arm < w->n_arms; arm++)
            if (w->benefit[arm] == w->highest[i])
                w->votes[arm] += 1.0 / n_highest;
    }
}

static void put_amount(kea_decision *decision, size_t at, workspace *w)
{
    double wtp = decision->wtp[at], n = (double)w->n_points;
    double most = -(double)INFINITY;
    sum_losses(w, wtp);
    sum_votes(w, wtp);
    for (size_t arm = 0; arm < w->n_arms; arm++) {
        size_t cell = arm * decision->n_wtp + at;
        decision->benefit[cell] = wtp * w->mean_effect[arm] - w->mean_cost[arm];
        decision->probability[cell] = w->votes[arm] / n;
        decision->loss[cell] = w->loss[arm];
        decision->loss_error[cell] =
            w->n_points < 2 ? (double)NAN : sqrt(w->squares[arm] / (n - 1.0) / n);
        if (decision->benefit[cell] > most) {
            most = decision->benefit[cell];
            decision->best[at] = arm;
        }
    }
    decision->evpi[at] = decision->loss[decision->best[at] * decision->n_wtp + at];
    decision->evpi_error[at] = decision->loss_error[decision->best[at] * decision->n_wtp + at];
}

kea_status kea_decision_init(kea_decision *decision, const kea_pairs *pairs, size_t n_wtp,
                             const double *wtp, kea_error *err)
{
    kea_status status = KEA_OK;
    workspace w = {0};
    void *best = NULL;
    size_t arms = pairs->n_arms;
    memset(decision, 0, sizeof *decision);
    KEA_TRY(kea_benefits_check_pairs(pairs, err));
    KEA_TRY(kea_memory_new(&decision->block, n_wtp * (3 + 4 * arms), sizeof(double), err));
    KEA_TRY(kea_memory_new(&best, n_wtp, sizeof(size_t), err));
    decision->best = best;
    KEA_TRY(workspace_init(&w, pairs, err));
    decision->n_arms = arms;
    decision->n_wtp = n_wtp;
    decision->wtp = decision->block;
    decision->evpi = decision->wtp + n_wtp;
    decision->evpi_error = decision->evpi + n_wtp;
    decision->benefit = decision->evpi_error + n_wtp;
    decision->probability = decision->benefit + arms * n_wtp;
    decision->loss = decision->probability + arms * n_wtp;
    decision->loss_error = decision->loss + arms * n_wtp;
    for (size_t i = 0; i < n_wtp; i++) {
        decision->wtp[i] = wtp[i];
        put_amount(decision, i, &w);
    }
done:
    free(w.block);
    if (status != KEA_OK)
        kea_decision_free(decision);
    return status;
}

void kea_decision_free(kea_decision *decision)
{
    free(decision->block);
    free(decision->best);
    memset(decision, 0, sizeof *decision);
}
