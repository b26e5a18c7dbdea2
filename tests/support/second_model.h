/* A second model, as unlike the first as can be: one person in pounds and life years, no
 * randomness, no costs that come later, nobody paired; with nurses whose hours can be varied, or
 * without. Its answers can be worked out by hand.
 *
 * A year's risk of death is death x exp(-strength x h / (h + 1)) with h the nurse hours per 100
 * persons a week (without nurses: 1). A living person costs `stay` a year and h x 52 / 100 hours of
 * a nurse (without nurses: half an hour), each at `price`. */
#ifndef KEA_TESTS_SECOND_MODEL_H
#define KEA_TESTS_SECOND_MODEL_H

#include "sim/engine/model.h"

extern const kea_model second_model;           /* "ward" */
extern const kea_model second_model_unstaffed; /* "home": the same without nurses */

/* What the loader asks for, by either name. */
const kea_param_table *second_model_lookup(const char *name);

#endif
