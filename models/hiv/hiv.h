/* The HIV model: parameters, outcomes, and the model as the engine sees it.
 *
 * Zidovudine alone against zidovudine with lamivudine, in a cohort of patients followed year by
 * year through four states. After Chancellor, Hill, Sabin, Simpson, Youle 1997, PharmacoEconomics
 * 12(1), as worked out in Briggs, Claxton, Sculpher 2006, "Decision Modelling for Health Economic
 * Evaluation", example 2.5. */
#ifndef MODELS_HIV_HIV_H
#define MODELS_HIV_HIV_H

#include "sim/engine/model.h"

/* States: CD4 count 200 to 500, below 200, AIDS, dead. */
enum { HIV_A, HIV_B, HIV_C, HIV_DEAD, HIV_STATES };

/* Sizes by the label names of params.def. */
enum { HIV_N_FROM_A = 4, HIV_N_FROM_B = 3, HIV_N_FROM_C = 2, HIV_N_LIVING = HIV_DEAD };
enum { HIV_COSTS, HIV_EFFECTS, HIV_N_COUNTED };

/* The parameters, laid over the values vector that the engine passes. */
typedef struct hiv_params {
#define ONE(name, label, unit, min, max, kind, scope, meaning) double name;
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning) double name[HIV_N_##labels];
#include "models/hiv/params.def"
#undef ONE
#undef MANY
} hiv_params;

/* The outcomes: columns of the outcome table. */
enum {
#define COUNT(name, unit, better, label, meaning) HIV_OUT_##name,
#define COST(name, kind, category, payer, label, meaning) HIV_OUT_##name,
#include "models/hiv/outcomes.def"
#undef COUNT
#undef COST
    HIV_N_OUTCOMES
};

/* How a year goes with lamivudine (`combined` not 0) or without: matrix[HIV_STATES * HIV_STATES] as
 * in sim/core/markov.h. */
void hiv_matrix(const hiv_params *p, int combined, double *matrix);

extern const kea_model hiv_model;

#endif
