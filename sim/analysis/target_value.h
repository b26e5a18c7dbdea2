/* What a sample says of a published figure: the simulated quantity that is held against it. */
#ifndef KEA_ANALYSIS_TARGET_VALUE_H
#define KEA_ANALYSIS_TARGET_VALUE_H

#include "sim/core/sample.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/targets.h"

#include <stdbool.h>
#include <stddef.h>

/* The arm of the strategy that a figure is about, in designs with one arm per strategy; false when
 * the problem does not compare it. */
bool kea_target_value_arm(const kea_problem *problem, const kea_target *target, size_t *arm);

/* The measure of one arm at every point into out[n_points]; what is compared is compared with arm
 * 0, point by point. NAN where it is divided by 0. The sample has the outcomes (see
 * kea_validation_check in sim/report/validation.h). */
void kea_target_values(const kea_sample *sample, size_t arm, const kea_target_measure *measure,
                       double *out);

#endif
