/* Outcomes and frame of a made-up model, for tests of the result database. */
#ifndef KEA_TESTS_TOY_FRAME_H
#define KEA_TESTS_TOY_FRAME_H

#include "sim/core/frame.h"

enum { N_OUTCOMES = 3 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"vsv", "students", -1, NULL, NULL, "Early leavers", "Students who left early.",
     KEA_COST_DURING},
    {"team", "EUR", -1, "team", "municipality", "Team", "What the team costs.", KEA_COST_DURING},
    {"diplomas", "students", 1, NULL, NULL, "Diplomas", "It's \"more\" than before: '%s'.",
     KEA_COST_DURING},
};

/* All fields different, so that none can be taken for another. */
static const kea_effect toy_effects[] = {
    {"vsv", "leaver less", "leavers less", "leaver more", "spares %s", "adds %s", 1, {"vsv", NULL}},
    {"both", "good", "goods", "bad", NULL, NULL, 2, {"vsv", "diplomas"}},
};
static const kea_measure_decl toy_measures[] = {
    {.use = KEA_IN_OUTCOMES, .outcome = "vsv"},
    {KEA_IN_YEARLY, "rate", "the rate", "share", "vsv", "diplomas", "team", 0.25, 3, NULL, NULL, 0},
    {KEA_IN_SWEEPS, "per_case", NULL, "weeks", "diplomas", "vsv", NULL, 12.5, 1, "an axis",
     "beware", 0.75},
};
static const kea_frame toy_frame = {
    "EUR",
    {"diplomas", "holder", "ten holders", 10, "whole town", "towns"},
    toy_effects,
    2,
    toy_measures,
    3,
    "meanwhile",
    "later",
    "Hours of %s",
    {"Pairs", "diplomas", "vsv", "team", "pairs", "events", "before"},
    {"paid_", "lives_", {"law_", "act_"}, {"The law", "The act"}, {"diplomas", "vsv"}},
    {"team", "vsv", "diplomas"},
};

#endif
