/* Net benefits: willingness to pay x effect - cost, in EUR, per point and arm at one willingness to
 * pay. Every analysis of the value of information reads these, wherever they come from. */
#ifndef KEA_ANALYSIS_BENEFITS_H
#define KEA_ANALYSIS_BENEFITS_H

#include "sim/analysis/pairs.h"

/* Net benefits at one willingness to pay, less those of arm 0 at the same point: only differences
 * matter to a decision, and paired differences lose the noise that arms share. */
typedef struct kea_benefits {
    size_t n_points;
    size_t n_arms;
    double *value; /* [point][arm], EUR; arm 0 is 0 */
} kea_benefits;

/* From pairs at `wtp` (EUR per unit of effect). Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT for no
 * points, no arms, and a net benefit that is no finite number (names point and strategy, counted
 * from 1). Free with kea_benefits_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_benefits_init(kea_benefits *benefits, const kea_pairs *pairs, double wtp,
                                         kea_error *err);
void kea_benefits_free(kea_benefits *benefits);

/* KEA_ERR_INPUT when benefits made elsewhere have fewer than 2 points, fewer than 2 arms, or a
 * value that is no finite number. */
KEA_CHECKED kea_status kea_benefits_check(const kea_benefits *benefits, kea_error *err);

/* Mean net benefit of every arm into mean[n_arms]; returns the arm with the highest (the first of
 * equals): the choice under present information. */
size_t kea_benefits_best(const kea_benefits *benefits, double *mean);

/* The highest of one point's net benefits, 1 <= n_arms. */
static inline double kea_benefits_highest(const double *benefit, size_t n_arms)
{
    double max = benefit[0];
    for (size_t arm = 1; arm < n_arms; arm++)
        max = benefit[arm] > max ? benefit[arm] : max;
    return max;
}

/* KEA_ERR_INPUT for no points, no arms, and a cost or effect that is no finite number. */
KEA_CHECKED kea_status kea_benefits_check_pairs(const kea_pairs *pairs, kea_error *err);

#endif
