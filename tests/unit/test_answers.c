/* The answer tables of a made-up run, as a program reads them (CSV). */
#include "sim/report/answers.h"

#include "tests/support/made_up_run.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The number in the row whose cell in column `key_column` is `key` (CSV text), in column `name`. */
static double lookup(const kea_table *table, const char *key_column, const char *key,
                     const char *name)
{
    size_t at_key = SIZE_MAX;
    size_t at = SIZE_MAX;
    for (size_t c = 0; c < table->n_columns; c++) {
        at_key = strcmp(table->column[c].name, key_column) == 0 ? c : at_key;
        at = strcmp(table->column[c].name, name) == 0 ? c : at;
    }
    assert_true(at_key != SIZE_MAX && at != SIZE_MAX);
    for (size_t r = 0; r < table->n_rows; r++) {
        const kea_cell *row = table->cells + r * table->n_columns;
        if (row[at_key].csv && strcmp(row[at_key].csv, key) == 0)
            return row[at].number;
    }
    fail_msg("no row %s = %s", key_column, key);
    return (double)NAN;
}

static void outcomes_per_100_and_whole(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_outcomes(&table, &run.input, KEA_PER_MANY, &err), err);
    assert_int_equal(table.n_rows, 9);
    assert_near(lookup(&table, "outcome", "cost", "comparator_mean"), 4000, 1e-9);
    assert_near(lookup(&table, "outcome", "cost", "strategy_mean"), 11000, 1e-9);
    assert_near(lookup(&table, "outcome", "cost", "difference_mean"), 7000, 1e-9);
    assert_near(lookup(&table, "outcome", "cost", "difference_low"), 5100, 1e-9);
    assert_near(lookup(&table, "outcome", "cost_team_school", "difference_high"), 11900, 1e-9);
    assert_near(lookup(&table, "outcome", "vsv", "difference_mean"), -0.8, 1e-12);
    assert_near(lookup(&table, "outcome", "vsv", "difference_low"), -0.99, 1e-12);
    assert_near(lookup(&table, "outcome", "vsv", "difference_high"), -0.61, 1e-12);
    assert_near(lookup(&table, "outcome", "vsv", "difference_error"),
                0.01 * sqrt(41.0 * 42.0 / 12.0 / 41.0), 1e-12);
    assert_near(lookup(&table, "outcome", "unmet_weeks", "strategy_mean"), 310, 1e-9);
    kea_table_free(&table);
    assert_ok(kea_answers_outcomes(&table, &run.input, KEA_WHOLE, &err), err);
    assert_near(lookup(&table, "outcome", "cost", "difference_mean"), 60000, 1e-6);
    assert_near(lookup(&table, "outcome", "diplomas", "difference_mean"), 7, 1e-9);
    /* what follows after leaving is for the CSV */
    assert_int_equal(table.n_rows, 11);
    assert_near(lookup(&table, "outcome", "cost_production", "difference_mean"), -88000, 1e-6);
    assert_true(table.hidden[3] && table.hidden[4] && !table.hidden[2] && !table.hidden[5]);
    kea_table_free(&table);
    run_free(&run);
}

static void payers_and_perspectives(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_payers(&table, &run.input, &err), err);
    /* school, municipality with one part of it, society; all, three perspectives */
    assert_int_equal(table.n_rows, 8);
    assert_near(lookup(&table, "payer", "school", "during_eur"), 90000, 1e-6);
    assert_near(lookup(&table, "payer", "school", "after_eur"), 0, 0);
    assert_near(lookup(&table, "payer", "school", "sum_low"), 71000, 1e-6);
    assert_near(lookup(&table, "payer", "school", "sum_high"), 109000, 1e-6);
    assert_near(lookup(&table, "payer", "school", "sum_each_eur"), 100, 1e-9);
    assert_near(lookup(&table, "payer", "school", "sum_error"),
                1000 * sqrt(41.0 * 42.0 / 12.0 / 41.0), 1e-6);
    assert_near(lookup(&table, "payer", "municipality", "during_eur"), -30000, 1e-6);
    assert_near(lookup(&table, "payer", "municipality", "after_eur"), -6000, 1e-6);
    assert_near(lookup(&table, "payer", "municipal_host", "sum_eur"), -18000, 1e-6);
    assert_near(lookup(&table, "payer", "municipal_host", "sum_each_eur"), -20, 1e-9);
    assert_true(isnan(lookup(&table, "payer", "municipal_host", "during_eur")));
    assert_near(lookup(&table, "payer", "during", "sum_eur"), 60000, 1e-6);
    assert_near(lookup(&table, "payer", "during", "after_eur"), 0, 0);
    assert_near(lookup(&table, "payer", "public", "sum_eur"), 54000, 1e-6);
    assert_near(lookup(&table, "payer", "public", "after_eur"), -6000, 1e-6);
    assert_near(lookup(&table, "payer", "all", "sum_eur"), -34000, 1e-6);
    /* "society" is a payer too, whose row comes first */
    assert_near(lookup(&table, "payer", "society", "after_eur"), -88000, 1e-6);
    const kea_cell *society = table.cells + 6 * table.n_columns;
    assert_string_equal(society[2].csv, "perspective");
    assert_near(society[12].number, -28000, 1e-6);
    kea_table_free(&table);
    run_free(&run);
}

/* In every column of means the payers make up the whole, and the periods the sum. */
static void payers_sum_to_the_total(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    for (size_t i = 0; i < RUN_POINTS; i++)
        run_set(&run.sample[0], i, 1, RUN_COST_TEAM, 1, 90123.4567 + 17.3 * (double)(i * i));
    assert_ok(kea_answers_payers(&table, &run.input, &err), err);
    for (size_t c = 4; c < table.n_columns; c += 4) {
        double sum = 0.0, all = (double)NAN;
        for (size_t r = 0; r < table.n_rows; r++) {
            const kea_cell *row = table.cells + r * table.n_columns;
            if (strcmp(row[2].csv, "payer") == 0)
                sum += row[c].number;
            if (strcmp(row[2].csv, "all") == 0)
                all = row[c].number;
        }
        assert_near(sum, all, 1e-9 * fabs(all));
    }
    for (size_t r = 0; r < table.n_rows; r++) {
        const kea_cell *row = table.cells + r * table.n_columns;
        double whole = row[12].number;
        if (strcmp(row[2].csv, "part") != 0)
            assert_near(row[4].number + row[8].number, whole, 1e-9 * fabs(whole));
    }
    kea_table_free(&table);
    run_free(&run);
}

static void society_values_what_follows(void **state)
{
    (void)state;
    made_up_run run;
    kea_society society;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_society(&society, &run.input, &run.parts[0], 1, &err), err);
    assert_true(society.counted);
    assert_near(society.worth_per_gain.mean, 11000, 1e-6);
    assert_near(society.worth_per_gain.low, 107000 / 9.9, 1e-6);
    assert_near(society.worth_per_gain.high, 69000 / 6.1, 1e-6);
    assert_near(society.worth_each.mean, 88000 / 900.0, 1e-9);
    assert_near(society.net_each.mean, -28000 / 900.0, 1e-9);
    assert_near(society.net_each.high, -28000 / 900.0, 1e-9);
    /* one draw that prevents nobody: the ratio of means stays, the interval has no meaning */
    run_set(&run.sample[0], 0, 1, RUN_VSV, 60, 50);
    assert_ok(kea_answers_society(&society, &run.input, &run.parts[0], 1, &err), err);
    assert_true(society.worth_per_gain.mean > 11000);
    assert_true(isnan(society.worth_per_gain.low));
    run_free(&run);
}

static void helped_against_the_same_students(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_true(kea_answers_has_helped(&run.input));
    assert_ok(kea_answers_helped(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 1);
    assert_near(table.cells[2].number, 100, 1e-9);
    assert_near(table.cells[3].number, .2, 1e-12);
    assert_near(table.cells[4].number, .25, 1e-12);
    assert_near(table.cells[5].number, .8, 1e-12);
    /* residuals -0.1 t, their squares sum to 57.4 */
    assert_near(table.cells[6].number, sqrt(57.4 * 41 / 40.0) / (25 * 41), 1e-12);
    assert_near(table.cells[7].number, 18.1 / 25, 1e-12);
    assert_near(table.cells[8].number, 21.9 / 25, 1e-12);
    kea_table_free(&table);
    run.sample[0].n_outcomes = RUN_HELPED_BEFORE;
    assert_int_equal(kea_answers_helped(&table, &run.input, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "helped_vsv_comparator"));
    kea_table_free(&table);
    run_free(&run);
}

static void a_model_that_pairs_nobody_has_no_such_table(void **state)
{
    (void)state;
    made_up_run run;
    run_init(&run);
    kea_frame frame = *run.input.frame;
    frame.paired = (kea_paired){0};
    run.input.frame = &frame;
    assert_false(kea_answers_has_helped(&run.input));
    run_free(&run);
}

static void kea_has_base_case_beside_the_interval(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_kea(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 3);
    assert_near(lookup(&table, "effect", "vsv", "cost_per_effect_eur"), 7500, 1e-9);
    assert_near(lookup(&table, "effect", "vsv", "cost_per_effect_low"), 41000 / 6.1, 1e-6);
    assert_near(lookup(&table, "effect", "vsv", "cost_per_effect_high"), 79000 / 9.9, 1e-6);
    assert_near(lookup(&table, "effect", "vsv", "base_cost_per_effect_eur"), 64000 / 8.0, 1e-9);
    assert_near(lookup(&table, "effect", "vsv", "share_costs_and_helps"), 1, 0);
    /* light 30 to 4, specialist 15 to 2: 39 and 13 avoided */
    assert_near(lookup(&table, "effect", "external_referral", "cost_per_effect_eur"), 60000 / 39.0,
                1e-9);
    assert_near(lookup(&table, "effect", "specialist_referral", "gained"), 13, 1e-9);
    kea_table_free(&table);
    run_free(&run);
}

static void net_benefit_over_the_range(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    size_t shown = 0;
    run_init(&run);
    assert_ok(kea_answers_net_benefit(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 42);
    for (size_t r = 0; r < table.n_rows; r++)
        shown += !table.hidden[r];
    assert_in_range(shown, 5, 12);
    const kea_cell *at_20000 = table.cells + 41 * table.n_columns;
    assert_near(at_20000[1].number, 20000, 0);
    assert_near(at_20000[2].number, 100000, 1e-6);
    assert_near(at_20000[6].number, 1, 0);
    const kea_cell *null_at_0 = table.cells;
    assert_near(null_at_0[2].number, 0, 0);
    assert_near(null_at_0[7].number, 1, 0); /* most often best */
    assert_near(null_at_0[8].number, 1, 0); /* best on average */
    kea_table_free(&table);
    run_free(&run);
}

static void sweep_has_one_row_per_factor(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_sweep(&table, &run.input, &run.parts[2], &err), err);
    assert_int_equal(table.n_rows, 3);
    const kea_cell *last = table.cells + 2 * table.n_columns;
    assert_near(last[1].number, 1.5, 0);
    assert_near(last[2].number, 1.5, 0);
    assert_true(isnan(last[3].number)); /* no rate is swept */
    assert_near(last[4].number, 170, 1e-9);
    assert_near(last[8].number, 1.0, 1e-12);
    assert_near(last[12].number, 10 * 10000 - 160000, 1e-6);
    assert_near(last[24].number, 2.5, 1e-12); /* 500 weeks / 200 cases */
    assert_near(last[28].number, 0, 0);
    /* 2.5 weeks are above 2.4; nobody comes near a reach of 99% */
    assert_non_null(strstr(table.note, ". Mind the wait."));
    assert_null(strstr(table.note, "Mind the reach."));
    kea_table_free(&table);
    run_free(&run);
}

static void tornado_is_sorted(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_tornado(&table, &run.input, KEA_TORNADO_NET_BENEFIT, &err), err);
    assert_int_equal(table.n_rows, 2);
    assert_string_equal(table.cells[2].csv, "dropout_hazard.level1");
    assert_string_equal(table.cells[2].shown, "dropout hazard: level 1");
    assert_near(lookup(&table, "parameter", "dropout_hazard.level1", "change_at_low"), -10000,
                1e-6);
    /* two cohorts at 9,000 and 11,000: sd 1,414, error 1,000 */
    assert_near(lookup(&table, "parameter", "dropout_hazard.level1", "change_at_high_error"), 1000,
                1e-6);
    assert_near(lookup(&table, "parameter", "effect.own_direction", "change_at_high"), 2000, 1e-6);
    assert_near(lookup(&table, "parameter", "effect.own_direction", "base_net_benefit_eur"), 20000,
                1e-6);
    kea_table_free(&table);
    run_free(&run);
}

static void annual_figures(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    assert_ok(kea_answers_annual(&table, &run.input, &err), err);
    assert_near(lookup(&table, "figure", "vsv", "base_mean"), 0.06, 1e-12);
    assert_true(isnan(lookup(&table, "figure", "mean_wait_weeks", "base_mean"))); /* no team */
    assert_near(lookup(&table, "figure", "early_share", "base_mean"), 10 * 60 / 320.0, 1e-12);
    const size_t half = table.n_rows / 2;
    for (size_t r = half; r < table.n_rows; r++)
        if (strcmp(table.cells[r * table.n_columns + 1].csv, "mean_wait_weeks") == 0)
            assert_near(table.cells[r * table.n_columns + 3].number, 2.5, 1e-12);
    kea_table_free(&table);
    run_free(&run);
}

static void saves_all_tables(void **state)
{
    (void)state;
    static const char *const names[] = {"outcomes_whole",
                                        "outcomes_per_100",
                                        "kea",
                                        "net_benefit",
                                        "annual",
                                        "tornado_effect",
                                        "sweep_hours",
                                        "tornado_net_benefit",
                                        "payers",
                                        "helped"};
    made_up_run run;
    kea_error err;
    char folder[] = "/tmp/kea_answers_XXXXXX";
    run_init(&run);
    assert_non_null(mkdtemp(folder));
    assert_ok(kea_answers_save(&run.input, folder, &err), err);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        struct stat info;
        (void)snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        assert_int_equal(stat(path, &info), 0);
        assert_true(info.st_size > 50);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(kea_answers_save(&run.input, folder, &err), KEA_ERR_IO);
    assert_non_null(strstr(err.text, "outcomes_whole.csv"));
    run_free(&run);
}

static void a_missing_outcome_is_named(void **state)
{
    (void)state;
    made_up_run run;
    kea_table table;
    kea_error err;
    run_init(&run);
    run.sample[0].n_outcomes = RUN_REACH; /* no reach, no costs */
    assert_ok(kea_answers_outcomes(&table, &run.input, KEA_WHOLE, &err), err);
    kea_table_free(&table);
    run.sample[0].n_outcomes = RUN_DIPLOMAS;
    assert_int_equal(kea_answers_outcomes(&table, &run.input, KEA_WHOLE, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "diplomas"));
    kea_table_free(&table);
    run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_per_100_and_whole),
        cmocka_unit_test(payers_and_perspectives),
        cmocka_unit_test(payers_sum_to_the_total),
        cmocka_unit_test(society_values_what_follows),
        cmocka_unit_test(helped_against_the_same_students),
        cmocka_unit_test(a_model_that_pairs_nobody_has_no_such_table),
        cmocka_unit_test(kea_has_base_case_beside_the_interval),
        cmocka_unit_test(net_benefit_over_the_range),
        cmocka_unit_test(sweep_has_one_row_per_factor),
        cmocka_unit_test(tornado_is_sorted),
        cmocka_unit_test(annual_figures),
        cmocka_unit_test(saves_all_tables),
        cmocka_unit_test(a_missing_outcome_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
