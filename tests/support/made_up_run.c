#include "tests/support/made_up_run.h"

#include "tests/support/support.h"

#include <string.h>

static const kea_outcome_decl run_outcomes[RUN_N_OUTCOMES] = {
    {"students", "students", 0, NULL, NULL, "Students on 1 October", "-", KEA_COST_DURING},
    {"vsv", "students", -1, NULL, NULL, "Early school leavers (vsv)", "-", KEA_COST_DURING},
    {"external_light", "referrals", -1, NULL, NULL, "Light external referrals", "-",
     KEA_COST_DURING},
    {"external_specialist", "referrals", -1, NULL, NULL, "Specialist referrals", "-",
     KEA_COST_DURING},
    {"diplomas", "diplomas", 1, NULL, NULL, "Diplomas", "-", KEA_COST_DURING},
    {"absence_weeks", "student-weeks", -1, NULL, NULL, "Weeks of absence", "-", KEA_COST_DURING},
    {"unmet_weeks", "student-weeks", -1, NULL, NULL, "Weeks of unmet need", "-", KEA_COST_DURING},
    {"reach", "students", 1, NULL, NULL, "Students helped by the team", "-", KEA_COST_DURING},
    {"started", "cases", 0, NULL, NULL, "Cases started by the team", "-", KEA_COST_DURING},
    {"wait_weeks", "weeks", -1, NULL, NULL, "Weeks waited for the team", "-", KEA_COST_DURING},
    {"cost_team_school", "EUR", -1, "team", "school", "Team, paid by the school", "-",
     KEA_COST_DURING},
    {"cost_specialist_municipality", "EUR", -1, "external specialist", "municipality",
     "Specialist care under 18", "-", KEA_COST_DURING},
    {"cost_production", "EUR", -1, "lost production", "society", "Lost production", "-",
     KEA_COST_AFTER},
    {"cost_benefit", "EUR", -1, "benefit", "municipality", "Social assistance", "-",
     KEA_COST_TRANSFER},
    {"municipal_host", "EUR", -1, NULL, "municipality", "of which school's own", "-",
     KEA_COST_DURING},
    {"helped", "students", 0, NULL, NULL, "Students ever helped", "-", KEA_COST_DURING},
    {"helped_vsv", "students", -1, NULL, NULL, "Of these, early leavers", "-", KEA_COST_DURING},
    {"helped_vsv_comparator", "students", -1, NULL, NULL, "The same, comparator", "-",
     KEA_COST_DURING},
};

#define SHOWN(name)                                                                                \
    {                                                                                              \
        .use = KEA_IN_OUTCOMES, .outcome = name                                                    \
    }

static const kea_effect run_effects[] = {
    {.key = "vsv",
     .gain = "early leaver prevented",
     .gained = "early leavers prevented",
     .lost = "early leaver more",
     .gains = "prevents %s early school leavers (vsv)",
     .loses = "has %s more early school leavers (vsv)",
     .n_outcomes = 1,
     .outcomes = {"vsv"}},
    {.key = "external_referral",
     .gain = "external referral avoided",
     .gained = "external referrals avoided",
     .lost = "external referral more",
     .n_outcomes = 2,
     .outcomes = {"external_light", "external_specialist"}},
    {.key = "specialist_referral",
     .gain = "specialist referral avoided",
     .gained = "specialist referrals avoided",
     .lost = "specialist referral more",
     .gains = "Referrals to specialist care: %s fewer",
     .loses = "Referrals to specialist care: %s more",
     .n_outcomes = 1,
     .outcomes = {"external_specialist"}},
};

static const kea_measure_decl run_measures[] = {
    SHOWN("vsv"),
    SHOWN("external_light"),
    SHOWN("external_specialist"),
    SHOWN("diplomas"),
    SHOWN("absence_weeks"),
    SHOWN("unmet_weeks"),
    {.use = KEA_IN_YEARLY,
     .key = "vsv",
     .unit = "share",
     .outcome = "vsv",
     .per = "students",
     .scale = 1,
     .decimals = 4},
    {.use = KEA_IN_YEARLY,
     .key = "mean_wait_weeks",
     .label = "Mean wait for the team",
     .unit = "weeks",
     .outcome = "wait_weeks",
     .per = "started",
     .scale = 1,
     .decimals = 4},
    {.use = KEA_IN_YEARLY,
     .key = "early_share",
     .label = "Early leavers among those who leave",
     .unit = "share",
     .outcome = "vsv",
     .per = "vsv",
     .and_per = "diplomas",
     .scale = 10,
     .decimals = 4},
    {.use = KEA_IN_SWEEPS,
     .key = "specialist_per_100_year",
     .label = "specialist referrals per 100 a year",
     .unit = "",
     .outcome = "external_specialist",
     .per = "students",
     .scale = 100,
     .decimals = 2},
    {.use = KEA_IN_SWEEPS,
     .key = "reach_share",
     .label = "reached",
     .unit = "share",
     .outcome = "reach",
     .per = "students",
     .scale = 1,
     .decimals = 1,
     .axis = "Students reached per year",
     .note = "Mind the reach.",
     .note_above = 0.99},
    {.use = KEA_IN_SWEEPS,
     .key = "mean_wait_weeks",
     .label = "mean wait",
     .unit = "weeks",
     .outcome = "wait_weeks",
     .per = "started",
     .scale = 1,
     .decimals = 1,
     .axis = "Mean wait until the team starts",
     .note = "Mind the wait.",
     .note_above = 2.4},
};

static const kea_frame run_frame = {
    .currency = "EUR",
    .population = {.outcome = "students",
                   .one = "student a year",
                   .many = "100 students a year",
                   .n = 100,
                   .whole = "whole school",
                   .wholes = "schools"},
    .effects = run_effects,
    .n_effects = sizeof run_effects / sizeof run_effects[0],
    .measures = run_measures,
    .n_measures = sizeof run_measures / sizeof run_measures[0],
    .during = "during school",
    .after = "after leaving",
    .access = "More hours: how many students %s reaches, and how long they wait for it",
    .paired = {.title = "Early leaving of students whom the team helped",
               .persons = "helped",
               .events = "helped_vsv",
               .before = "helped_vsv_comparator",
               .persons_label = "students helped",
               .events_label = "of whom early leavers",
               .before_label = "the same students, comparator"},
};

void run_set(kea_sample *sample, size_t point, size_t arm, size_t outcome, double window,
             double discounted)
{
    *kea_sample_at(sample, point, arm, outcome, KEA_SCOPE_WINDOW) = window;
    *kea_sample_at(sample, point, arm, outcome, KEA_SCOPE_TOTAL) = discounted;
    *kea_sample_at(sample, point, arm, outcome, KEA_SCOPE_DISCOUNTED) = discounted;
}

/* The outcomes of the null alternative at a point. */
static void run_null(kea_sample *sample, size_t point)
{
    run_set(sample, point, 0, RUN_STUDENTS, 1000, 900);
    run_set(sample, point, 0, RUN_VSV, 60, 50);
    run_set(sample, point, 0, RUN_LIGHT, 36, 30);
    run_set(sample, point, 0, RUN_SPECIALIST, 18, 15);
    run_set(sample, point, 0, RUN_DIPLOMAS, 260, 250);
    run_set(sample, point, 0, RUN_ABSENCE, 4200, 4100);
    run_set(sample, point, 0, RUN_UNMET, 5300, 5200);
    run_set(sample, point, 0, RUN_COST_SPECIALIST, 40000, 40000);
    run_set(sample, point, 0, RUN_COST_PRODUCTION, 0, 500000);
    run_set(sample, point, 0, RUN_COST_BENEFIT, 0, 30000);
    run_set(sample, point, 0, RUN_HOST, 20000, 35000);
}

/* Those of the team, with `cost` and `leavers` added to what it costs and prevents. */
static void run_team(kea_sample *sample, size_t point, size_t arm, double cost, double leavers)
{
    run_set(sample, point, arm, RUN_STUDENTS, 1000, 900);
    run_set(sample, point, arm, RUN_VSV, 60 - 8 - leavers, 50 - 8 - leavers);
    run_set(sample, point, arm, RUN_LIGHT, 5, 4);
    run_set(sample, point, arm, RUN_SPECIALIST, 3, 2);
    run_set(sample, point, arm, RUN_DIPLOMAS, 268, 257);
    run_set(sample, point, arm, RUN_ABSENCE, 3900, 3800);
    run_set(sample, point, arm, RUN_UNMET, 3100, 3000);
    run_set(sample, point, arm, RUN_REACH, 160, 150);
    run_set(sample, point, arm, RUN_STARTED, 200, 190);
    run_set(sample, point, arm, RUN_WAIT, 500, 480);
    run_set(sample, point, arm, RUN_COST_TEAM, 100000 + cost, 90000 + cost);
    run_set(sample, point, arm, RUN_COST_SPECIALIST, 10000, 10000);
    run_set(sample, point, arm, RUN_COST_PRODUCTION, 0, 412000 - cost);
    run_set(sample, point, arm, RUN_COST_BENEFIT, 0, 24000);
    run_set(sample, point, arm, RUN_HOST, 5000, 17000);
    run_set(sample, point, arm, RUN_HELPED, 100, 100);
    run_set(sample, point, arm, RUN_HELPED_VSV, 20 - leavers, 20 - leavers);
    run_set(sample, point, arm, RUN_HELPED_BEFORE, 25, 25);
}

static void run_design(made_up_run *run, size_t d, kea_design_kind kind, size_t n_points,
                       size_t n_arms, size_t n_groups)
{
    kea_error err;
    kea_design *design = &run->design[d];
    (void)strcpy(design->name, kea_design_kind_name(kind));
    design->kind = kind;
    design->sweep = KEA_NO_SWEEP;
    design->n_points = n_points;
    design->n_repeats = n_points / n_groups;
    design->groups = run->groups[d];
    design->n_arms = n_arms;
    design->arms = run->arms[d];
    design->n_groups = n_groups;
    for (size_t g = 0; g < n_groups; g++)
        run->groups[d][g].entry = KEA_NO_ENTRY;
    for (size_t a = 0; a < n_arms; a++)
        run->arms[d][a] = (kea_arm){a > 0, a > 0, KEA_NO_ENTRY, 1.0, KEA_EVERYBODY};
    assert_ok(
        kea_sample_init(&run->sample[d], n_points, n_arms, RUN_N_OUTCOMES, run_outcomes, &err),
        err);
    for (size_t i = 0; i < n_points; i++)
        run_null(&run->sample[d], i);
    run->parts[d] = (kea_answer_part){design, &run->sample[d]};
}

static void run_problem(made_up_run *run)
{
    kea_problem *problem = &run->problem;
    (void)strcpy(run->words[0], "A made-up school");
    (void)strcpy(run->words[1], "Null alternative");
    (void)strcpy(run->words[2], "School als Werkplaats");
    (void)strcpy(run->words[3], "effect.own_direction");
    (void)strcpy(run->words[4], "dropout_hazard.level1");
    run->care[0].name = run->words[1];
    run->care[1].name = run->words[2];
    run->strategies[0] = 0;
    run->strategies[1] = 1;
    static const char *const labels[] = {"own_direction", "level1"}; /* one element each */
    static const char *const titles[] = {"own direction", "level 1"};
    run->decl[0] = (kea_param_decl){.name = "effect",
                                    .label = "effect of a mechanism",
                                    .count = 1,
                                    .labels = &labels[0],
                                    .titles = &titles[0],
                                    .unit = "log ratio",
                                    .max = 10,
                                    .meaning = "Largest effect of each working mechanism."};
    run->decl[1] = (kea_param_decl){.name = "dropout_hazard",
                                    .label = "dropout hazard",
                                    .count = 1,
                                    .labels = &labels[1],
                                    .titles = &titles[1],
                                    .unit = "per year",
                                    .max = 10,
                                    .meaning = "Hazard of dropping out."};
    for (size_t e = 0; e < 2; e++) {
        run->entries[e].name = run->words[3 + e];
        run->entries[e].decl = &run->decl[e];
        run->entries[e].value = 1.0;
        run->entries[e].care = KEA_WORLD_ENTRY;
    }
    run->entries[0].evidence = KEA_ASSUMPTION;
    run->entries[0].dist.family = KEA_UNIFORM;
    run->entries[1].evidence = KEA_PUBLISHED;
    problem->title = run->words[0];
    problem->care = run->care;
    problem->n_care = 2;
    problem->strategies = run->strategies;
    problem->n_strategies = 2;
    problem->entries = run->entries;
    problem->n_entries = 2;
    problem->settings.willingness_to_pay = (kea_range){0, 20000, 21};
    problem->settings.reference_wtp = 10000;
}

/* Bar 0 costs 1,000 EUR at its low end and saves 2,000 at its high end; bar 1 prevents one leaver
 * fewer at its low end and one more at its high end, give or take 0.1 by cohort. */
static void run_tornado(made_up_run *run)
{
    static const double cost[2 * RUN_BARS + 1] = {1000, -2000, 0, 0, 0};
    static const double leavers[2 * RUN_BARS + 1] = {0, 0, -1, 1, 0};
    run_design(run, 3, KEA_DESIGN_TORNADO, RUN_BAR_POINTS, 2, 2 * RUN_BARS + 1);
    for (size_t i = 0; i < RUN_BAR_POINTS; i++) {
        size_t group = i / 2;
        double chance = i % 2 ? 0.1 : -0.1;
        run->groups[3][group].level = group < 4 ? (double)group + 0.5 : 0;
        run->groups[3][group].entry = group < 4 ? group / 2 : KEA_NO_ENTRY;
        run_team(&run->sample[3], i, 1, cost[group], leavers[group] * (1 + chance));
    }
}

void run_init(made_up_run *run)
{
    memset(run, 0, sizeof *run);
    run_problem(run);
    run_design(run, 0, KEA_DESIGN_PSA, RUN_POINTS, 2, 1);
    for (size_t i = 0; i < RUN_POINTS; i++) {
        double t = (double)i - 20.0;
        run_team(&run->sample[0], i, 1, 1000.0 * t, 0.1 * t);
    }
    run_design(run, 1, KEA_DESIGN_BASE, RUN_BASE, 2, 1);
    for (size_t i = 0; i < RUN_BASE; i++)
        run_team(&run->sample[1], i, 1, 4000, 0);
    run_design(run, 2, KEA_DESIGN_HOURS, RUN_BASE, RUN_HOURS_ARMS, 1);
    for (size_t i = 0; i < RUN_BASE; i++)
        for (size_t a = 1; a < RUN_HOURS_ARMS; a++) {
            run_team(&run->sample[2], i, a, 50000.0 * ((double)a - 1.0), (double)a - 1.0);
            run->arms[2][a].entry = 0;
            run->arms[2][a].factor = 0.5 * (double)a;
        }
    run_tornado(run);
    run->input = (kea_answer_input){&run->problem, &run_frame, 4, run->parts, NULL};
}

void run_free(made_up_run *run)
{
    for (size_t d = 0; d < 4; d++)
        kea_sample_free(&run->sample[d]);
}
