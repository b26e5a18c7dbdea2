/* Answers by groups of people, of a made-up run with hand arithmetic: old and young, 2 strategies,
 * 3 draws. */
#include "sim/report/answers_groups.h"

#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE, BAD, COST, N_OUTCOMES, POINTS = 3, OLD = 0, YOUNG = 1, GROUPS = 2 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"people", "persons", 0, NULL, NULL, "People", "All.", KEA_COST_DURING},
    {"bad", "persons", -1, NULL, NULL, "Bad", "Whom it strikes.", KEA_COST_DURING},
    {"cost", "EUR", -1, "team", "school", "Cost", "Of the team.", KEA_COST_DURING},
};
static const kea_effect effect = {.key = "bad",
                                  .gain = "bad prevented",
                                  .gained = "bads prevented",
                                  .lost = "bad more",
                                  .gains = "prevents %s",
                                  .loses = "has %s more",
                                  .n_outcomes = 1,
                                  .outcomes = {"bad"}};
static const kea_frame frame = {
    .currency = "EUR",
    .population = {"people", "person", "100 persons", 100.0, "whole town", "towns"},
    .effects = &effect,
    .n_effects = 1};
static const char *const names[] = {"old", "young"};
static const char *const titles[] = {"the old", "the young"};
static const kea_grouping grouping = {"age", "age", GROUPS, names, titles};

typedef struct made_up {
    kea_care_model care[2];
    size_t strategies[2];
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_answer_part part;
    kea_answer_input input;
} made_up;

/* 200 old and 300 young. Without the programme 40 old and 30 young are struck; with it 4, 6, 8 old
 * fewer at draws 0, 1, 2, and 3, 0, 3 young. It costs EUR 6,000 more for the old and 1,500 for the
 * young; discounted, all is half. */
static void fill(kea_sample *sample)
{
    static const double people[GROUPS] = {200, 300}, bad[GROUPS] = {40, 30},
                        extra[GROUPS] = {6000, 1500};
    static const double fewer[GROUPS][POINTS] = {{4, 6, 8}, {3, 0, 3}};
    for (size_t i = 0; i < POINTS; i++)
        for (size_t arm = 0; arm < 2 * GROUPS; arm++) {
            size_t g = arm % GROUPS;
            bool with = arm >= GROUPS;
            const double value[N_OUTCOMES] = {people[g], bad[g] - (with ? fewer[g][i] : 0.0),
                                              1000.0 + (with ? extra[g] : 0.0)};
            for (size_t k = 0; k < N_OUTCOMES; k++) {
                *kea_sample_at(sample, i, arm, k, KEA_SCOPE_WINDOW) = value[k];
                *kea_sample_at(sample, i, arm, k, KEA_SCOPE_TOTAL) = value[k];
                *kea_sample_at(sample, i, arm, k, KEA_SCOPE_DISCOUNTED) = value[k] / 2.0;
            }
        }
}

static void open_run(made_up *run)
{
    kea_error err = {0};
    *run = (made_up){.strategies = {0, 1}};
    run->care[0].name = (char *)(uintptr_t) "nothing";
    run->care[1].name = (char *)(uintptr_t) "programme";
    run->problem = (kea_problem){.care = run->care,
                                 .n_care = 2,
                                 .strategies = run->strategies,
                                 .n_strategies = 2,
                                 .settings = {.reference_wtp = 2000.0},
                                 .params = {.groupings = &grouping, .n_groupings = 1}};
    assert_ok(kea_design_subgroups(&run->design, &run->problem, POINTS, &err), err);
    assert_ok(kea_sample_init(&run->sample, POINTS, 2 * GROUPS, N_OUTCOMES, outcomes, &err), err);
    fill(&run->sample);
    run->part = (kea_answer_part){&run->design, &run->sample};
    run->input = (kea_answer_input){&run->problem, &frame, 1, &run->part, NULL};
}

static void close_run(made_up *run)
{
    kea_design_free(&run->design);
    kea_sample_free(&run->sample);
}

/* A number of a row by the name of its column. */
static double cell(const kea_table *table, size_t row, const char *column)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, column) == 0)
            return table->cells[row * table->n_columns + c].number;
    fail_msg("no column %s", column);
    return 0.0;
}

static void costs_and_effects(void **state)
{
    made_up run;
    kea_table table;
    kea_error err = {0};
    (void)state;
    open_run(&run);
    assert_true(kea_answers_has_groups(&run.input));
    assert_ok(kea_answers_subgroups(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, GROUPS);
    assert_string_equal(table.cells[2].csv, "age");
    assert_string_equal(table.cells[3].csv, "old");
    assert_near(cell(&table, OLD, "people"), 200, 0);
    assert_near(cell(&table, YOUNG, "people"), 300, 0);
    assert_near(cell(&table, OLD, "cost_comparator_eur"), 5, 1e-12);
    assert_near(cell(&table, OLD, "cost_strategy_eur"), 35, 1e-12);
    assert_near(cell(&table, OLD, "extra_cost_eur"), 30, 1e-12);
    assert_near(cell(&table, YOUNG, "extra_cost_eur"), 5, 1e-12);
    assert_near(cell(&table, OLD, "effect_comparator"), -20, 1e-12);
    assert_near(cell(&table, OLD, "effect_strategy"), -17, 1e-12);
    assert_near(cell(&table, OLD, "gain"), 3, 1e-12);
    assert_near(cell(&table, OLD, "gain_error"), 1 / sqrt(3), 1e-12);
    assert_near(cell(&table, OLD, "gain_share"), 18.0 / 24.0, 1e-12);
    assert_near(cell(&table, YOUNG, "gain"), 2.0 / 3.0, 1e-12);
    assert_near(cell(&table, YOUNG, "gain_share"), 6.0 / 24.0, 1e-12);
    /* 2000 x 3 - 3000 over 100 persons; 2000 x 1.5, 0, 1.5 - 750 over 150 */
    assert_near(cell(&table, OLD, "net_benefit_eur"), 30, 1e-12);
    assert_near(cell(&table, YOUNG, "net_benefit_eur"), (2000.0 - 750.0) / 150.0, 1e-12);
    assert_near(cell(&table, OLD, "probability"), 1, 0);
    assert_near(cell(&table, YOUNG, "probability"), 2.0 / 3.0, 1e-12);
    kea_table_free(&table);
    close_run(&run);
}

static void who_gains(void **state)
{
    made_up run;
    kea_table table;
    kea_error err = {0};
    (void)state;
    open_run(&run);
    assert_ok(kea_answers_fairness(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, GROUPS);
    assert_near(cell(&table, OLD, "people_share"), 0.4, 1e-12);
    assert_near(cell(&table, YOUNG, "people_share"), 0.6, 1e-12);
    assert_near(cell(&table, OLD, "extra_cost_share"), 0.8, 1e-12);
    assert_near(cell(&table, OLD, "gain_share"), 0.75, 1e-12);
    assert_near(cell(&table, OLD, "gain"), 3, 1e-12);
    assert_near(cell(&table, YOUNG, "probability_gains"), 2.0 / 3.0, 1e-12);
    kea_table_free(&table);
    close_run(&run);
}

/* Of goods x with weights w the equal equivalent at aversion e, and the gain weighted by
 * (mean / x)^e, written out once more. */
static double equal_of(double old, double young, double e)
{
    if (e == 1.0)
        return pow(old, 0.4) * pow(young, 0.6);
    return pow(0.4 * pow(old, 1 - e) + 0.6 * pow(young, 1 - e), 1 / (1 - e));
}

static void inequality(void **state)
{
    static const double aversion[] = {0, 0.5, 1, 2};
    static const double old[POINTS] = {0.82, 0.83, 0.84}, young[POINTS] = {0.91, 0.9, 0.91};
    made_up run;
    kea_table table;
    kea_error err = {0};
    (void)state;
    open_run(&run);
    assert_ok(kea_answers_inequality(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 4);
    for (size_t a = 0; a < 4; a++) {
        double e = aversion[a], before = equal_of(0.8, 0.9, e), with = 0.0, weighted = 0.0;
        for (size_t i = 0; i < POINTS; i++) {
            with += equal_of(old[i], young[i], e) / POINTS;
            weighted += (200 * (old[i] - 0.8) * pow(0.86 / 0.8, e) +
                         300 * (young[i] - 0.9) * pow(0.86 / 0.9, e)) /
                        POINTS;
        }
        assert_near(cell(&table, a, "aversion"), e, 0);
        assert_near(cell(&table, a, "equal_comparator"), before, 1e-12);
        assert_near(cell(&table, a, "atkinson_comparator"), 1 - before / 0.86, 1e-12);
        assert_near(cell(&table, a, "equal_strategy"), with, 1e-12);
        assert_near(cell(&table, a, "equal_gain"), with - before, 1e-12);
        assert_near(cell(&table, a, "weighted_gain"), weighted, 1e-9);
    }
    assert_near(cell(&table, 0, "weighted_gain"), 8, 1e-9);
    assert_true(cell(&table, 3, "weighted_gain") > 8);
    kea_table_free(&table);
    /* everybody old is struck: there is no good to measure */
    *kea_sample_at(&run.sample, 1, OLD, BAD, KEA_SCOPE_WINDOW) = 200;
    assert_ok(kea_answers_inequality(&table, &run.input, &err), err);
    assert_true(isnan(cell(&table, 2, "equal_gain")));
    kea_table_free(&table);
    close_run(&run);
}

static void without_the_design(void **state)
{
    made_up run;
    kea_table table;
    kea_error err = {0};
    (void)state;
    open_run(&run);
    run.input.n_parts = 0;
    assert_false(kea_answers_has_groups(&run.input));
    assert_int_equal(kea_answers_subgroups(&table, &run.input, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the run holds no \"subgroups\" analysis");
    kea_table_free(&table);
    close_run(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(costs_and_effects),
                                       cmocka_unit_test(who_gains), cmocka_unit_test(inequality),
                                       cmocka_unit_test(without_the_design)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
