/* Increments and the efficient frontier of any number of strategies, from mean costs and effects.
 *
 * A strategy is strongly dominated when another one costs no more and helps no less, and is better
 * in one of the two. Of the others, one is extendedly dominated when a mix of two strategies costs
 * the same and helps more. What is left is the frontier: by rising cost also effect rises, and so
 * does the ratio of extra cost to extra effect. A strategy is on the frontier exactly when it has
 * the highest mean net benefit at some willingness to pay of 0 or more.
 *
 * Ties: twins (the same cost and the same effect, bit for bit) stand alike, both on the frontier or
 * both not; of equal costs the one with more effect dominates, of equal effects the cheaper one. A
 * strategy exactly on the line between its neighbours is on the frontier.
 *
 * Source: Johannesson and Weinstein 1993, "On the decision rules of cost-effectiveness analysis",
 * Journal of Health Economics 12(4). */
#ifndef KEA_ANALYSIS_FRONTIER_H
#define KEA_ANALYSIS_FRONTIER_H

#include "sim/analysis/pairs.h"

#include <stdint.h>

typedef enum kea_standing {
    KEA_ON_FRONTIER,
    KEA_DOMINATED_EXTENDED, /* by a mix of two strategies */
    KEA_DOMINATED_STRONGLY  /* by one strategy */
} kea_standing;

/* "on the frontier", "extendedly dominated", "dominated" in English. */
const char *kea_standing_name(kea_standing standing);

/* In the place of an arm: there is none. */
#define KEA_NO_ARM SIZE_MAX

typedef struct kea_frontier_row {
    size_t arm;
    double cost;   /* mean, EUR */
    double effect; /* mean, better is more */
    kea_standing standing;
    /* On the frontier: the strategy before it there (of twins the first; KEA_NO_ARM for the
     * cheapest), what this one costs and helps more, and the ratio of the two. NAN where there is
     * no strategy before it or this one is dominated. */
    size_t versus;
    double extra_cost, extra_effect, ratio;
    /* Who dominates it: one strategy (strongly: of those that do, the one on the frontier that
     * costs least; by[1] KEA_NO_ARM), or the two whose mix does. Both KEA_NO_ARM on the frontier.
     */
    size_t by[2];
} kea_frontier_row;

/* Fills rows[0 .. n), sorted: first the frontier by rising cost, then the extendedly, then the
 * strongly dominated, each by rising cost; ties by arm. *n_frontier gets the number on the frontier
 * (twins counted), at least 1. cost[arm] and effect[arm] are means. O(n log n) time.
 * Errors: KEA_ERR_INPUT for n = 0 and for a mean that is no finite number (it names the strategy,
 * counted from 1); KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_frontier_of_means(kea_frontier_row *rows, size_t *n_frontier, size_t n,
                                             const double *cost, const double *effect,
                                             kea_error *err);

/* The same from the means over all points; rows[0 .. pairs->n_arms). The Monte Carlo error and the
 * interval of a ratio on the frontier are those of kea_ratio_of(arm, versus). Errors: as above;
 * KEA_ERR_INPUT for pairs without points. */
KEA_CHECKED kea_status kea_frontier_of(kea_frontier_row *rows, size_t *n_frontier,
                                       const kea_pairs *pairs, kea_error *err);

#endif
