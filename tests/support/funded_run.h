/* A made-up run with funding: one strategy against one comparator, the amounts of money.h, and two
 * arrangements beside the one of the run. For tests of tables and figures. */
#ifndef KEA_TESTS_SUPPORT_FUNDED_RUN_H
#define KEA_TESTS_SUPPORT_FUNDED_RUN_H

#include "sim/inputs/funding.h"
#include "sim/report/answers.h"
#include "tests/support/money.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <string.h>

static const char *const payers[] = {"school", "town", "insurer"};
static const char *const parts[] = {"east", "west"};
static const char *const titles[] = {"East", "West"};
static const kea_param_decl decl = {"lives", "where people live", 2,         parts,   titles, "", 0,
                                    1,       KEA_HOMES,           KEA_WORLD, "Where."};
static const kea_effect effect = {.key = "people",
                                  .gain = "person",
                                  .gained = "people",
                                  .lost = "person less",
                                  .n_outcomes = 1,
                                  .outcomes = {"people"}};
static const kea_frame frame = {
    .currency = "EUR",
    .population = {"people", "person a year", "100 people a year", 100, "whole town", "towns"},
    .effects = &effect,
    .n_effects = 1,
    .during = "during",
    .after = "after",
    .by_home = {.paid = "",
                .people = "people_",
                .law = {"care_", "later_"},
                .law_title = {"Care", "Later"},
                .law_scatter = {"scatter_care", "scatter_later"}},
    .funded = {.category = "team"}};

/* What is asked: a run of one strategy against one comparator. */
static struct {
    kea_problem problem;
    kea_care_model care[2];
    size_t strategies[2];
    kea_arm arms[2];
    kea_design design;
    kea_sample sample;
    kea_answer_part part;
    kea_answer_input input;
    kea_fundings fundings;
    kea_funding_scenario scenarios[2];
    kea_municipality list[3];
    char words[8][16];
} run;

static inline char *word(int i, const char *text)
{
    (void)snprintf(run.words[i], sizeof run.words[i], "%s", text);
    return run.words[i];
}

/* Second: a fund pays 60 in the first two years, the town contributes EUR 0.8 for each of 50. */
static inline void set_scenarios(void)
{
    for (int i = 0; i < 3; i++)
        run.fundings.payer[i] = word(i, payers[i]);
    run.fundings.payer[3] = word(3, "fund");
    run.fundings.n_payers = 4;
    run.fundings.item = run.scenarios;
    run.fundings.n = 2;
    for (int k = 0; k < 2; k++) {
        kea_funding *terms = &run.scenarios[k].terms;
        *terms = (kea_funding){.n_payers = 4, .levied = 1};
        for (int p = 0; p < KEA_MAX_PAYERS; p++)
            terms->ceiling[p] = HUGE_VAL;
    }
    run.scenarios[0].name = word(4, "as agreed");
    run.scenarios[0].terms.share[1] = .25;
    run.scenarios[1].name = word(5, "fund");
    run.scenarios[1].terms.levy = .8;
    run.scenarios[1].terms.n_grants = 1;
    run.scenarios[1].terms.grant[0] = (kea_grant){3, 60, 1, 2};
    run.scenarios[1].host_share = .5;
}

static inline int open_run(void **state)
{
    (void)state;
    memset(&run, 0, sizeof run);
    run.sample = money_sample();
    set_scenarios();
    run.care[0].name = word(6, "nothing");
    run.care[1].name = word(7, "team");
    run.strategies[1] = 1;
    run.arms[1] = (kea_arm){.care = 1, .strategy = 1};
    run.design =
        (kea_design){.name = "psa", .n_points = MONEY_POINTS, .n_arms = 2, .arms = run.arms};
    run.part = (kea_answer_part){&run.design, &run.sample};
    run.problem = (kea_problem){
        .params = {.decl = &decl, .n = 1, .payers = payers, .n_payers = 3, .home_payer = "town"},
        .care = run.care,
        .n_care = 2,
        .strategies = run.strategies,
        .n_strategies = 2,
        .funding = &run.fundings};
    run.problem.settings.discount_costs = MONEY_RATE;
    run.problem.settings.budget_years = 3;
    run.input = (kea_answer_input){&run.problem, &frame, 1, &run.part, NULL};
    return 0;
}

static inline int close_run(void **state)
{
    (void)state;
    kea_sample_free(&run.sample);
    return 0;
}

#endif
