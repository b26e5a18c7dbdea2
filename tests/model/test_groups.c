/* Results by groups of students: the groups of a grouping are the whole, told apart in any way that
 * a reader could check. */
#include "models/mbo/costs.h"
#include "models/mbo/groups.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "tests/model/reference.h"
#include "tests/support/scenario.h"

#include <math.h>

enum { DRAWS = 6, GROUPS = MBO_LEVELS + MBO_INFLOW + 1 + MBO_ZONES + MBO_FIFTHS };

/* Standard errors within which a chance result must lie: a false alarm in a million. */
static const double Z = 4.9;

/* What is told apart is as large as this beside what it rounds. */
static const double ROUNDING = 1e-11;

static const char *const small[] = {"students=900", "run.seed=77", "analysis.subgroup_draws=6",
                                    "run.draws=6"};

static size_t number(size_t grouping, size_t group)
{
    return kea_grouping_number(mbo_groupings, grouping, group);
}

static double at(const kea_sample *sample, size_t point, size_t arm, size_t outcome, size_t scope)
{
    return *kea_sample_at(sample, point, arm, outcome, (kea_scope)scope);
}

static void both(const scenario *s, unsigned threads, kea_sample *whole, kea_sample *groups)
{
    kea_design design = {0};
    kea_error err = {0};
    assert_ok(kea_design_psa(&design, &s->problem, DRAWS, &err), err);
    if (whole)
        scenario_run(s, &design, threads, whole);
    kea_design_free(&design);
    assert_ok(kea_design_subgroups(&design, &s->problem, DRAWS, &err), err);
    assert_int_equal(design.n_arms, GROUPS * s->problem.n_strategies);
    scenario_run(s, &design, threads, groups);
    kea_design_free(&design);
}

static void groups_sum_to_the_whole(void **state)
{
    scenario s = {0};
    kea_sample whole = {0}, groups = {0};
    (void)state;
    scenario_open(&s, "friesland.cfg", 4, small);
    assert_int_equal(kea_grouping_total(s.problem.params.n_groupings, s.problem.params.groupings),
                     GROUPS);
    both(&s, 2, &whole, &groups);
    for (size_t i = 0; i < DRAWS * whole.n_arms * whole.n_outcomes * KEA_N_SCOPES; i++) {
        size_t scope = i % KEA_N_SCOPES, k = i / KEA_N_SCOPES % whole.n_outcomes;
        size_t arm = i / KEA_N_SCOPES / whole.n_outcomes % whole.n_arms;
        size_t point = i / KEA_N_SCOPES / whole.n_outcomes / whole.n_arms;
        double one = at(&whole, point, arm, k, scope);
        for (size_t g = 0; g < MBO_GROUPINGS; g++) {
            double sum = 0.0, size = fabs(one);
            for (size_t group = 0; group < mbo_groupings[g].n; group++) {
                size_t part = arm * GROUPS + number(g, group) - 1;
                sum += at(&groups, point, part, k, scope);
                size += fabs(at(&groups, point, part, k, scope));
            }
            if (!(fabs(sum - one) <= ROUNDING * size))
                fail_msg("%s by %s: %.17g, the whole %.17g", whole.outcomes[k].name,
                         mbo_groupings[g].name, sum, one);
        }
    }
    kea_sample_free(&whole);
    kea_sample_free(&groups);
    scenario_close(&s);
}

/* The model has its own word for some groups: early leavers and homes of the same students. */
static void groups_are_those_that_the_model_names(void **state)
{
    scenario s = {0};
    kea_sample groups = {0};
    (void)state;
    scenario_open(&s, "friesland.cfg", 4, small);
    both(&s, 1, NULL, &groups);
    for (size_t i = 0; i < DRAWS; i++)
        for (size_t arm = 0; arm < s.problem.n_strategies; arm++) {
            const size_t from = arm * GROUPS - 1;
            for (size_t z = 0; z < MBO_ZONES; z++)
                for (size_t group = 0; group < MBO_ZONES; group++) {
                    double at_home = at(&groups, i, from + number(MBO_BY_HOME, group),
                                        OUT_home_host + z, KEA_SCOPE_TOTAL);
                    double all = at(&groups, i, from + number(MBO_BY_HOME, group), OUT_students,
                                    KEA_SCOPE_TOTAL);
                    assert_true(at_home == (z == group ? all : 0.0));
                }
            /* levels are only climbed: nobody who starts at 4 is ever lower */
            size_t top = from + number(MBO_BY_LEVEL, MBO_LEVELS - 1);
            assert_true(at(&groups, i, top, OUT_stock_level4, KEA_SCOPE_TOTAL) ==
                        at(&groups, i, top, OUT_students, KEA_SCOPE_TOTAL));
            /* level 1 is all inflow groups together, other levels the last */
            size_t rest = from + number(MBO_BY_INFLOW, MBO_INFLOW);
            double entree =
                at(&groups, i, from + number(MBO_BY_LEVEL, 0), OUT_students, KEA_SCOPE_TOTAL);
            double others = at(&groups, i, rest, OUT_students, KEA_SCOPE_TOTAL), all = 0.0;
            for (size_t group = 0; group < MBO_LEVELS; group++)
                all += at(&groups, i, from + number(MBO_BY_LEVEL, group), OUT_students,
                          KEA_SCOPE_TOTAL);
            assert_true(entree + others == all);
        }
    kea_sample_free(&groups);
    scenario_close(&s);
}

static void a_strategy_against_itself_gains_nothing_anywhere(void **state)
{
    scenario s = {0};
    kea_sample groups = {0};
    (void)state;
    scenario_open(&s, "friesland.cfg", 4, small);
    kea_design design = {0};
    kea_error err = {0};
    assert_ok(kea_design_subgroups(&design, &s.problem, DRAWS, &err), err);
    for (size_t i = GROUPS; i < design.n_arms; i++) /* the null alternative again */
        design.arms[i] = design.arms[i - GROUPS];
    for (size_t i = 0; i < design.n_arms; i++) /* as another arm, so that it is run again */
        design.arms[i].strategy = i / GROUPS;
    scenario_run(&s, &design, 1, &groups);
    for (size_t i = 0; i < DRAWS; i++)
        for (size_t g = 0; g < GROUPS; g++)
            for (size_t k = 0; k < groups.n_outcomes; k++)
                for (size_t scope = 0; scope < KEA_N_SCOPES; scope++)
                    assert_true(at(&groups, i, g, k, scope) ==
                                at(&groups, i, GROUPS + g, k, scope));
    kea_design_free(&design);
    kea_sample_free(&groups);
    scenario_close(&s);
}

static void threads_cannot_be_seen(void **state)
{
    scenario s = {0};
    kea_sample one = {0}, three = {0};
    (void)state;
    scenario_open(&s, "friesland.cfg", 4, small);
    both(&s, 1, NULL, &one);
    both(&s, 3, NULL, &three);
    assert_memory_equal(one.value, three.value,
                        DRAWS * one.n_arms * one.n_outcomes * KEA_N_SCOPES * sizeof *one.value);
    kea_sample_free(&one);
    kea_sample_free(&three);
    scenario_close(&s);
}

/* Students of level 1 only, from one inflow group: one group of each has everything. */
static void one_kind_of_student_is_one_group(void **state)
{
    static double out[24 * MBO_N_OUTCOMES], groups[GROUPS][24 * MBO_N_OUTCOMES];
    mbo_params null = reference_null(), saw = reference_saw();
    mbo_params *each[] = {&null, &saw};
    kea_error err = {0};
    void *workspace = NULL;
    (void)state;
    for (int i = 0; i < 2; i++) {
        each[i]->students = 300;
        memcpy(each[i]->intake_share, (double[]){1, 0, 0, 0}, sizeof null.intake_share);
        memcpy(each[i]->inflow_share, (double[]){0, 0, 1, 0, 0}, sizeof null.inflow_share);
        memcpy(each[i]->home_share, (double[]){0, 1, 0}, sizeof null.home_share);
    }
    size_t n_window, n_periods;
    mbo_model.periods((const double *)&null, &n_window, &n_periods);
    size_t size = n_periods * MBO_N_OUTCOMES;
    assert_true(n_periods <= 24);
    assert_ok(mbo_model.open(&workspace, &err), err);
    mbo_model.apart(workspace, groups[0]);
    assert_ok(mbo_model.begin(workspace, (kea_cohort){31, 2}, (const double *)&null, &err), err);
    assert_ok(mbo_model.run(workspace, (const double *)&saw, 0, out, &err), err);
    mbo_model.close(workspace);
    const double *table = groups[0];
    const size_t full[] = {number(MBO_BY_LEVEL, 0), number(MBO_BY_INFLOW, 2),
                           number(MBO_BY_HOME, 1)};
    for (size_t g = 1; g <= number(MBO_BY_HOME, MBO_ZONES - 1); g++) {
        bool is_full = g == full[0] || g == full[1] || g == full[2];
        for (size_t i = 0; i < size; i++) {
            double expected = is_full ? out[i] : 0.0;
            assert_near(table[(g - 1) * size + i], expected, ROUNDING * fabs(expected));
        }
    }
    assert_true(out[OUT_case_hours] > 0.0 && out[OUT_cost_team_start] >= 0.0);
}

/* The team's cost of a year by hand: 200 students, 60 of them in the first fifth; the team gave 90
 * of its 120 hours of casework to those. EUR 171 a student, 21 of it no hours; 4 of 5 hours on
 * students are casework. */
static void the_team_is_divided_by_hours_and_students(void **state)
{
    static double cells[MBO_CELLS][2 * MBO_N_OUTCOMES], out[2 * MBO_N_OUTCOMES];
    static double groups[GROUPS][2 * MBO_N_OUTCOMES];
    mbo_params p = {.students = 200,
                    .hours_per_100 = 5,
                    .teaching_weeks = 40,
                    .casework_share = 0.6,
                    .presence_share = 0.15,
                    .team_extra_cost = 21,
                    .team_start_cost = 3};
    (void)state;
    p.staff_share[0] = p.team_funding[0] = p.team_residual[0] = 1;
    p.price_hour[0] = 75;
    for (int y = 0; y < MBO_YEARS; y++)
        p.hours_by_year[y] = 1;
    assert_near(mbo_team_student_price(&p), 171, 1e-12);
    int low = mbo_cell(2, 0, 1, 0.1), high = mbo_cell(0, 4, 0, 0.99);
    cells[low][OUT_students] = 60;
    cells[low][OUT_case_hours] = 90;
    cells[high][OUT_students] = 140;
    cells[high][OUT_case_hours] = 30;
    mbo_costs(&p, 1, true, MBO_CELLS, cells[0], out);
    assert_near(out[OUT_cost_team_school], 200 * 171 + 600, 1e-9);
    assert_near(mbo_team_casework_part(&p, 0, true, out), 0.8 * (200 * 150 + 600) / 34800, 1e-12);
    mbo_groups_add(&p, 1, true, out, cells[0], groups[0]);
    double by_hours = 0.8 * (200 * 150 + 600), by_students = 34800 - by_hours;
    const size_t firsts[] = {number(MBO_BY_FRAILTY, 0), number(MBO_BY_LEVEL, 2),
                             number(MBO_BY_HOME, 1), number(MBO_BY_INFLOW, MBO_INFLOW)};
    const size_t lasts[] = {number(MBO_BY_FRAILTY, 4), number(MBO_BY_LEVEL, 0),
                            number(MBO_BY_HOME, 0), number(MBO_BY_INFLOW, 4)};
    for (int i = 0; i < 4; i++) {
        const double *first = groups[firsts[i] - 1], *last = groups[lasts[i] - 1];
        assert_near(first[OUT_students], 60, 0);
        assert_near(first[OUT_cost_team_school], by_hours * 0.75 + by_students * 0.3, 1e-9);
        assert_near(last[OUT_cost_team_school], by_hours * 0.25 + by_students * 0.7, 1e-9);
        assert_near(last[OUT_cost_team_start], 600 * last[OUT_cost_team_school] / 34800, 1e-9);
    }
    /* nobody got hours: students alone */
    memset(groups, 0, sizeof groups);
    out[OUT_case_hours] = 0;
    mbo_groups_add(&p, 1, true, out, cells[0], groups[0]);
    assert_near(groups[firsts[0] - 1][OUT_cost_team_school], 34800 * 0.3, 1e-9);
}

/* Every cell is used once. */
static void cells_are_what_they_say(void **state)
{
    bool used[MBO_CELLS] = {false};
    (void)state;
    for (int level = 0; level < MBO_LEVELS; level++)
        for (int inflow = 0; inflow < (level == 0 ? MBO_INFLOW : 1); inflow++)
            for (int fifth = 0; fifth < MBO_FIFTHS; fifth++)
                for (int zone = 0; zone < MBO_ZONES; zone++) {
                    int cell = mbo_cell(level, inflow, zone, (fifth + 0.999) / MBO_FIFTHS);
                    assert_in_range(cell, 0, MBO_CELLS - 1);
                    assert_int_equal(cell % MBO_ZONES, zone);
                    assert_false(used[cell]);
                    used[cell] = true;
                }
    for (int cell = 0; cell < MBO_CELLS; cell++)
        assert_true(used[cell]);
}

/* New needs per week enrolled rise from fifth to fifth. */
static void frailty_orders_needs(void **state)
{
    scenario s = {0};
    kea_sample groups = {0};
    double needs[MBO_FIFTHS] = {0}, weeks[MBO_FIFTHS] = {0};
    (void)state;
    scenario_open(&s, "friesland.cfg", 4, small);
    both(&s, 1, NULL, &groups);
    for (size_t i = 0; i < DRAWS; i++)
        for (size_t f = 0; f < MBO_FIFTHS; f++) {
            size_t arm = number(MBO_BY_FRAILTY, f) - 1;
            needs[f] += at(&groups, i, arm, OUT_needs, KEA_SCOPE_TOTAL);
            weeks[f] += at(&groups, i, arm, OUT_enrolled_weeks, KEA_SCOPE_TOTAL);
        }
    for (size_t f = 1; f < MBO_FIFTHS; f++) {
        double low = needs[f - 1] / weeks[f - 1], high = needs[f] / weeks[f];
        double error = sqrt(needs[f - 1]) / weeks[f - 1] + sqrt(needs[f]) / weeks[f];
        assert_true(high - low > Z * error);
    }
    kea_sample_free(&groups);
    scenario_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_sum_to_the_whole),
        cmocka_unit_test(groups_are_those_that_the_model_names),
        cmocka_unit_test(a_strategy_against_itself_gains_nothing_anywhere),
        cmocka_unit_test(threads_cannot_be_seen),
        cmocka_unit_test(one_kind_of_student_is_one_group),
        cmocka_unit_test(the_team_is_divided_by_hours_and_students),
        cmocka_unit_test(cells_are_what_they_say),
        cmocka_unit_test(frailty_orders_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
