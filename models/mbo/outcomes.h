/* The outcomes of the mbo model, declared once in outcomes.def; the enum indexes a school year's
 * row of the outcome table. */
#ifndef MODELS_MBO_OUTCOMES_H
#define MODELS_MBO_OUTCOMES_H

#include "sim/core/sample.h"

#include <stdbool.h>

typedef enum mbo_outcome {
#define COUNT(name, unit, better, label, meaning) OUT_##name,
#define COST(name, kind, category, payer, label, meaning) OUT_##name,
#include "models/mbo/outcomes.def"
#undef COUNT
#undef COST
    MBO_N_OUTCOMES
} mbo_outcome;

extern const kea_outcome_decl mbo_outcomes[MBO_N_OUTCOMES];

/* Whether home municipalities pay a cost outcome. */
bool mbo_is_municipal(int outcome);

#endif
