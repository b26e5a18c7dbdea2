/* The KEA itself: what an effect costs, where that question has no meaning, and how likely it is
 * that the extra money is worth it. Source of the terms: Briggs, Claxton, Sculpher 2006, ch. 4-5.
 */
#ifndef KEA_ANALYSIS_KEA_H
#define KEA_ANALYSIS_KEA_H

#include "sim/analysis/estimate.h"
#include "sim/analysis/pairs.h"

/* Where an increment lies on the cost-effectiveness plane. On an axis the better side counts: equal
 * costs and more effect dominates, more costs and equal effect is dominated. */
typedef enum kea_quadrant {
    KEA_COSTS_AND_HELPS, /* more costs, more effect: a ratio has meaning */
    KEA_DOMINATES,       /* saves money and helps */
    KEA_SAVES_AND_HARMS, /* saves money, less effect: the ratio is money saved per effect lost */
    KEA_IS_DOMINATED,    /* more costs, less effect */
    KEA_NO_DIFFERENCE    /* both increments are exactly 0 */
} kea_quadrant;
enum { KEA_N_QUADRANTS = KEA_NO_DIFFERENCE };

/* "costs more and helps", "dominates", ... in English. */
const char *kea_quadrant_name(kea_quadrant quadrant);
kea_quadrant kea_quadrant_of(double cost, double effect);

typedef struct kea_ratio {
    kea_quadrant quadrant;         /* of the means */
    double share[KEA_N_QUADRANTS]; /* share of points in each of the first four quadrants */
    kea_estimate cost;             /* increment, discounted EUR */
    kea_estimate effect;           /* increment, better is more */
    double value;     /* mean cost / mean effect; NAN when the quadrant gives it no meaning */
    double error;     /* Monte Carlo standard error of value (delta method, paired); NAN likewise */
    double low, high; /* 95% interval by acceptability, see kea_ratio_of; NAN when value is NAN */
} kea_ratio;

/* The ratio of arm against ref. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT for a sample without points.
 *
 * The interval: every point has a willingness to pay from which on the arm is worth its money: its
 * own cost/effect where it costs more and helps, none (-INFINITY) where it dominates, never
 * (+INFINITY) where it is dominated. low and high are the 2.5% and 97.5% quantiles of it, so the
 * amounts at which the acceptability curve passes 2.5% and 97.5%; with all points in the first
 * quadrant the percentiles of the ratio. Points that save and harm are worth their money only below
 * their ratio; they count as -INFINITY for low and as +INFINITY for high, which can only widen the
 * interval. When the *mean* saves and harms, the roles of arm and ref are exchanged throughout. */
KEA_CHECKED kea_status kea_ratio_of(kea_ratio *ratio, const kea_pairs *pairs, size_t arm,
                                    size_t ref, kea_error *err);

/* Mean net monetary benefit with error and 95% interval at one willingness to pay, and the
 * probability that it is positive (points at which it is exactly 0 count half, so that with two
 * arms it is the acceptability). */
typedef struct kea_net_benefit {
    double wtp;
    kea_estimate benefit;
    double probability;
} kea_net_benefit;
KEA_CHECKED kea_status kea_net_benefit_of(kea_net_benefit *out, const kea_pairs *pairs, size_t arm,
                                          size_t ref, double wtp, kea_error *err);

#endif
