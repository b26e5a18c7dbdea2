/* The Sick-Sicker microsimulation: parameters, outcomes, and the model as the engine sees it.
 *
 * Healthy people who may get sick, recover, get sicker (for good) and die, each with luck of their
 * own; a treatment makes the sick feel better. After Krijkamp, Alarid-Escudero, Enns, Jalal,
 * Hunink, Pechlivanoglou 2018, "Microsimulation modeling for health decision sciences using R: a
 * tutorial", Medical Decision Making 38(3). The numbers are made up.
 *
 * The same person has the same luck under every strategy, so differences between strategies are
 * those of the treatment alone (common random numbers). */
#ifndef MODELS_SICK_SICKER_PEOPLE_SICK_SICKER_PEOPLE_H
#define MODELS_SICK_SICKER_PEOPLE_SICK_SICKER_PEOPLE_H

#include "models/sick_sicker_people/walk.h"
#include "sim/engine/model.h"

/* Sizes by the label names of params.def. */
enum { SICK_SICKER_PEOPLE_N_LIVING = SICK_SICKER_PEOPLE_LIVING };

/* The parameters, laid over the values vector that the engine passes. */
typedef struct sick_sicker_people_params {
#define ONE(name, label, unit, min, max, kind, scope, meaning) double name;
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    double name[SICK_SICKER_PEOPLE_N_##labels];
#include "models/sick_sicker_people/params.def"
#undef ONE
#undef MANY
} sick_sicker_people_params;

/* The outcomes: columns of the outcome table. */
enum {
#define COUNT(name, unit, better, label, meaning) SICK_SICKER_PEOPLE_OUT_##name,
#define COST(name, kind, category, payer, label, meaning) SICK_SICKER_PEOPLE_OUT_##name,
#include "models/sick_sicker_people/outcomes.def"
#undef COUNT
#undef COST
    SICK_SICKER_PEOPLE_N_OUTCOMES
};

/* Probabilities of a year, as in sim/core/markov.h: matrix[states * states]. */
void sick_sicker_people_matrix(const sick_sicker_people_params *p, double *matrix);

extern const kea_model sick_sicker_people_model;

#endif
