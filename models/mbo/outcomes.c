/* The outcome table of the mbo model, made from outcomes.def. */
#include "models/mbo/outcomes.h"

#include <stddef.h>

const kea_outcome_decl mbo_outcomes[MBO_N_OUTCOMES] = {
#define COUNT(name, unit, better, label, meaning) {#name, unit, better, NULL, NULL, label, meaning},
#define COST(name, category, payer, label, meaning)                                                \
    {#name, "EUR", -1, category, payer, label, meaning},
#include "models/mbo/outcomes.def"
#undef COUNT
#undef COST
};
