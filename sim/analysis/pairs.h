/* Costs and effects per point and arm, the form in which decision analysis reads a sample. Costs:
 * the sum of those of the decision, or of those that another perspective counts. Effect: the
 * outcome of interest, turned so that more is better
 * ("vsv prevented" is minus vsv). Both discounted. */
#ifndef KEA_ANALYSIS_PAIRS_H
#define KEA_ANALYSIS_PAIRS_H

#include "sim/core/sample.h"
#include "sim/core/status.h"

#include <stddef.h>

typedef struct kea_pairs {
    size_t n_points;
    size_t n_arms;
    double *cost;   /* [point][arm], EUR */
    double *effect; /* [point][arm], better is more */
} kea_pairs;

/* Takes the outcome `effect` (e.g. "vsv") of every point and arm. KEA_ERR_INPUT when the sample has
 * no such outcome or when neither more nor less of it is better. Free with kea_pairs_free (legal on
 * {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_pairs_init(kea_pairs *pairs, const kea_sample *sample,
                                      const char *effect, kea_error *err);

/* The same with the sum of n_effects outcomes, each turned by itself ("external_light" plus
 * "external_specialist"). */
KEA_CHECKED kea_status kea_pairs_init_sum(kea_pairs *pairs, const kea_sample *sample,
                                          size_t n_effects, const char *const *effects,
                                          kea_error *err);
void kea_pairs_free(kea_pairs *pairs);

/* Puts the costs that a perspective counts in the place of those of the decision; `sample` is the
 * one that the pairs were made from. */
void kea_pairs_see(kea_pairs *pairs, const kea_sample *sample, kea_perspective perspective);

/* The pairs of some arms, `from` with arms arm[n]. Errors: KEA_ERR_MEMORY. Free with
 * kea_pairs_free. */
KEA_CHECKED kea_status kea_pairs_pick(kea_pairs *pairs, const kea_pairs *from, size_t n,
                                      const size_t *arm, kea_error *err);

/* Paired differences arm - reference at one point. */
double kea_pairs_cost_increment(const kea_pairs *pairs, size_t point, size_t arm, size_t ref);
double kea_pairs_effect_increment(const kea_pairs *pairs, size_t point, size_t arm, size_t ref);

/* Net monetary benefit of arm against ref at one point: wtp x effect gained - extra cost, EUR. */
double kea_pairs_net_benefit(const kea_pairs *pairs, size_t point, size_t arm, size_t ref,
                             double wtp);

#endif
