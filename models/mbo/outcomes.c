/* The outcome table of the mbo model, made from outcomes.def. */
#include "models/mbo/outcomes.h"

#include <stddef.h>
#include <string.h>

const kea_outcome_decl mbo_outcomes[MBO_N_OUTCOMES] = {
#define COUNT(name, unit, better, label, meaning)                                                  \
    {#name, unit, better, NULL, NULL, label, meaning, KEA_COST_DURING},
#define COST(name, kind, category, payer, label, meaning)                                          \
    {#name, "EUR", -1, category, payer, label, meaning, KEA_COST_##kind},
#include "models/mbo/outcomes.def"
#undef COUNT
#undef COST
};

bool mbo_is_municipal(int outcome)
{
    const kea_outcome_decl *decl = &mbo_outcomes[outcome];
    return decl->category && decl->payer && strcmp(decl->payer, "municipality") == 0;
}
