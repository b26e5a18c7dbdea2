/* The Sick-Sicker cohort model: parameters, outcomes, and the model as the engine sees it.
 *
 * A cohort of healthy people who may get sick, recover, get sicker (for good) and die; treatment A
 * makes the sick feel better, treatment B slows down getting sicker. The time-independent model of
 * Alarid-Escudero, Krijkamp, Enns, Yang, Hunink, Pechlivanoglou, Jalal 2023, "An introductory
 * tutorial on cohort state-transition models in R", Medical Decision Making 43(1); first used by
 * Enns, Cipriano, Simons, Kong 2015, Medical Decision Making 35(2). The numbers are made up. */
#ifndef MODELS_SICK_SICKER_SICK_SICKER_H
#define MODELS_SICK_SICKER_SICK_SICKER_H

#include "sim/engine/model.h"

enum {
    SICK_SICKER_HEALTHY,
    SICK_SICKER_SICK,
    SICK_SICKER_SICKER,
    SICK_SICKER_DEAD,
    SICK_SICKER_STATES
};

/* Sizes by the label names of params.def. */
enum { SICK_SICKER_N_LIVING = SICK_SICKER_DEAD };
enum { SICK_SICKER_COSTS, SICK_SICKER_EFFECTS, SICK_SICKER_N_COUNTED };

/* The parameters, laid over the values vector that the engine passes. */
typedef struct sick_sicker_params {
#define ONE(name, label, unit, min, max, kind, scope, meaning) double name;
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    double name[SICK_SICKER_N_##labels];
#include "models/sick_sicker/params.def"
#undef ONE
#undef MANY
} sick_sicker_params;

/* The outcomes: columns of the outcome table. */
enum {
#define COUNT(name, unit, better, label, meaning) SICK_SICKER_OUT_##name,
#define COST(name, kind, category, payer, label, meaning) SICK_SICKER_OUT_##name,
#include "models/sick_sicker/outcomes.def"
#undef COUNT
#undef COST
    SICK_SICKER_N_OUTCOMES
};

extern const kea_model sick_sicker_model;

#endif
