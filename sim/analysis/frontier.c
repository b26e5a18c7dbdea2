/* The efficient frontier: sorted by cost, it is the lower convex hull of what no single strategy
 * dominates. */
#include "sim/analysis/frontier.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

const char *kea_standing_name(kea_standing standing)
{
    switch (standing) {
    case KEA_ON_FRONTIER:
        return "on the frontier";
    case KEA_DOMINATED_EXTENDED:
        return "extendedly dominated";
    case KEA_DOMINATED_STRONGLY:
        return "dominated";
    }
    return "unknown";
}

static int order(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_arm(const kea_frontier_row *a, const kea_frontier_row *b)
{
    return (a->arm > b->arm) - (a->arm < b->arm);
}

/* By rising cost; of equal costs the one with most effect first. */
static int by_cost(const void *left, const void *right)
{
    const kea_frontier_row *a = left;
    const kea_frontier_row *b = right;
    int cost = order(a->cost, b->cost);
    int effect = order(b->effect, a->effect);
    return cost ? cost : effect ? effect : by_arm(a, b);
}

static int by_standing(const void *left, const void *right)
{
    const kea_frontier_row *a = left;
    const kea_frontier_row *b = right;
    return a->standing != b->standing ? (a->standing > b->standing) - (a->standing < b->standing)
                                      : by_cost(a, b);
}

static bool twins(const kea_frontier_row *a, const kea_frontier_row *b)
{
    return a->cost == b->cost && a->effect == b->effect;
}

/* Whether `middle` lies above the line between its neighbours: it is reached at a higher price per
 * effect than the next one. */
static bool above_line(const kea_frontier_row *before, const kea_frontier_row *middle,
                       const kea_frontier_row *after)
{
    return (middle->cost - before->cost) * (after->effect - middle->effect) >
           (after->cost - middle->cost) * (middle->effect - before->effect);
}

/* Marks what one strategy dominates and the convex hull of the rest. Rows are sorted by cost;
 * hull[] gets the rows on the frontier without twins. Returns their number. */
static size_t stand(size_t n, kea_frontier_row *rows, size_t *hull)
{
    size_t n_hull = 0;
    size_t strongest = 0; /* the row with most effect so far */
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && twins(&rows[i - 1], &rows[i])) {
            rows[i].standing = rows[i - 1].standing;
            continue;
        }
        if (i > 0 && rows[i].effect <= rows[strongest].effect) {
            rows[i].standing = KEA_DOMINATED_STRONGLY;
            continue;
        }
        while (n_hull > 1 &&
               above_line(&rows[hull[n_hull - 2]], &rows[hull[n_hull - 1]], &rows[i])) {
            size_t out = hull[--n_hull];
            for (size_t j = out; j < n && twins(&rows[out], &rows[j]); j++)
                rows[j].standing = KEA_DOMINATED_EXTENDED;
        }
        strongest = i;
        hull[n_hull++] = i;
    }
    return n_hull;
}

/* Who dominates a row. The frontier holds one that costs no more and helps no less than whatever is
 * strongly dominated, unless only extendedly dominated ones do. */
static void blame(kea_frontier_row *row, const kea_frontier_row *rows, size_t n, const size_t *hull,
                  size_t n_hull)
{
    row->by[0] = row->by[1] = KEA_NO_ARM;
    if (row->standing == KEA_DOMINATED_EXTENDED) {
        for (size_t h = 0; h < n_hull && rows[hull[h]].effect < row->effect; h++) {
            row->by[0] = rows[hull[h]].arm;
            row->by[1] = rows[hull[h + 1]].arm;
        }
    } else if (row->standing == KEA_DOMINATED_STRONGLY) {
        for (size_t h = 0; h < n_hull && row->by[0] == KEA_NO_ARM; h++)
            if (rows[hull[h]].cost <= row->cost && rows[hull[h]].effect >= row->effect)
                row->by[0] = rows[hull[h]].arm;
        for (size_t i = 0; i < n && row->by[0] == KEA_NO_ARM; i++)
            if (rows[i].standing != KEA_DOMINATED_STRONGLY && rows[i].cost <= row->cost &&
                rows[i].effect >= row->effect)
                row->by[0] = rows[i].arm;
    }
}

static void increment(kea_frontier_row *row, const kea_frontier_row *rows, const size_t *hull,
                      size_t n_hull)
{
    row->versus = KEA_NO_ARM;
    row->extra_cost = row->extra_effect = row->ratio = (double)NAN;
    if (row->standing != KEA_ON_FRONTIER)
        return;
    for (size_t h = 1; h < n_hull; h++) {
        const kea_frontier_row *before = &rows[hull[h - 1]];
        if (!twins(row, &rows[hull[h]]))
            continue;
        row->versus = before->arm;
        row->extra_cost = row->cost - before->cost;
        row->extra_effect = row->effect - before->effect;
        row->ratio = row->extra_cost / row->extra_effect;
    }
}

kea_status kea_frontier_of_means(kea_frontier_row *rows, size_t *n_frontier, size_t n,
                                 const double *cost, const double *effect, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    if (n == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a frontier needs a strategy");
    for (size_t arm = 0; arm < n; arm++) {
        if (!isfinite(cost[arm]) || !isfinite(effect[arm]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "strategy %zu has mean cost %g and mean effect %g; a frontier "
                                 "needs finite numbers",
                                 arm + 1, cost[arm], effect[arm]);
        rows[arm] = (kea_frontier_row){.arm = arm, .cost = cost[arm], .effect = effect[arm]};
    }
    KEA_TRY(kea_memory_new(&block, n, sizeof(size_t), err));
    size_t *hull = block;
    qsort(rows, n, sizeof *rows, by_cost);
    size_t n_hull = stand(n, rows, hull);
    *n_frontier = 0;
    for (size_t i = 0; i < n; i++) {
        increment(&rows[i], rows, hull, n_hull);
        blame(&rows[i], rows, n, hull, n_hull);
        *n_frontier += rows[i].standing == KEA_ON_FRONTIER;
    }
    qsort(rows, n, sizeof *rows, by_standing);
done:
    free(block);
    return status;
}

kea_status kea_frontier_of(kea_frontier_row *rows, size_t *n_frontier, const kea_pairs *pairs,
                           kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = pairs->n_arms;
    if (pairs->n_points == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a frontier needs points");
    KEA_TRY(kea_memory_new(&block, 2 * n, sizeof(double), err));
    double *cost = block;
    double *effect = cost + n;
    for (size_t i = 0; i < pairs->n_points; i++)
        for (size_t arm = 0; arm < n; arm++) {
            cost[arm] += pairs->cost[i * n + arm];
            effect[arm] += pairs->effect[i * n + arm];
        }
    for (size_t arm = 0; arm < n; arm++) {
        cost[arm] /= (double)pairs->n_points;
        effect[arm] /= (double)pairs->n_points;
    }
    KEA_TRY(kea_frontier_of_means(rows, n_frontier, n, cost, effect, err));
done:
    free(block);
    return status;
}
