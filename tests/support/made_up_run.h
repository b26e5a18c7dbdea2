/* A small made-up finished run: two strategies, designs "psa", "base", "hours" and "tornado", with
 * outcomes simple enough for hand arithmetic. For tests of tables and of the summary.
 *
 * psa: 41 points, t = -20 .. 20, 1000 students in the window. Against the null alternative the team
 * costs 70 + t EUR per student and prevents 0.8 + 0.01 t leavers per 100 students in the window;
 * discounted, 60,000 + 1,000 t EUR and 8 + 0.1 t leavers: a ratio of 7,500 EUR of the means and a
 * net benefit of 20,000 EUR at 10,000 EUR per leaver at every point. After leaving society saves
 * 88,000 + 1,000 t EUR of lost production and municipalities 6,000 EUR of benefits, a transfer. Of
 * 100 students helped 20 - 0.1 t leave early, under the null alternative 25. */
#ifndef KEA_TESTS_MADE_UP_RUN_H
#define KEA_TESTS_MADE_UP_RUN_H

#include "sim/core/sample.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"
#include "sim/report/answers.h"

enum {
    RUN_STUDENTS,
    RUN_VSV,
    RUN_LIGHT,
    RUN_SPECIALIST,
    RUN_DIPLOMAS,
    RUN_ABSENCE,
    RUN_UNMET,
    RUN_REACH,
    RUN_STARTED,
    RUN_WAIT,
    RUN_COST_TEAM,
    RUN_COST_SPECIALIST,
    RUN_COST_PRODUCTION,
    RUN_COST_BENEFIT,
    RUN_HOST,
    RUN_HELPED,
    RUN_HELPED_VSV,
    RUN_HELPED_BEFORE,
    RUN_N_OUTCOMES
};
enum { RUN_POINTS = 41, RUN_BASE = 2, RUN_HOURS_ARMS = 4, RUN_BARS = 2, RUN_BAR_POINTS = 10 };

typedef struct made_up_run {
    kea_problem problem;
    kea_care_model care[2];
    size_t strategies[2];
    kea_param_decl decl[2];
    kea_entry entries[2];
    char words[8][64];
    kea_group groups[4][2 * RUN_BARS + 1];
    kea_arm arms[4][RUN_HOURS_ARMS];
    kea_design design[4];
    kea_sample sample[4];
    kea_answer_part parts[4];
    kea_answer_input input;
} made_up_run;

/* Sets one value at every scope. */
void run_set(kea_sample *sample, size_t point, size_t arm, size_t outcome, double window,
             double discounted);

/* Fills a run; freed with run_free. */
void run_init(made_up_run *run);
void run_free(made_up_run *run);

#endif
