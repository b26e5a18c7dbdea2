/* The tables of funding of a made-up run, as a program reads them (CSV): sums by payer and year,
 * arrangements side by side, and what leads from the budget to the KEA. */
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

static char *word(int i, const char *text)
{
    (void)snprintf(run.words[i], sizeof run.words[i], "%s", text);
    return run.words[i];
}

/* Second: a fund pays 60 in the first two years, the town contributes EUR 0.8 for each of 50. */
static void set_scenarios(void)
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

static int open_run(void **state)
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

static int close_run(void **state)
{
    (void)state;
    kea_sample_free(&run.sample);
    return 0;
}

static size_t column(const kea_table *table, const char *name)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, name) == 0)
            return c;
    fail_msg("no column %s", name);
    return 0;
}

/* Whether a cell of text is this one; anything will do for NULL. */
static bool is(const kea_table *table, size_t row, const char *name, const char *text)
{
    if (!text)
        return true;
    const char *csv = table->cells[row * table->n_columns + column(table, name)].csv;
    return csv && strcmp(csv, text) == 0;
}

/* A number of the row of these keys, of which there is one. */
static double number(const kea_table *table, const char *const keys[3], const char *const values[3],
                     const char *name)
{
    double found = (double)NAN;
    int n = 0;
    for (size_t r = 0; r < table->n_rows; r++) {
        bool same = true;
        for (int k = 0; k < 3 && keys[k]; k++)
            same = same && is(table, r, keys[k], values[k]);
        if (!same)
            continue;
        found = table->cells[r * table->n_columns + column(table, name)].number;
        n++;
    }
    assert_int_equal(n, 1);
    return found;
}

static double position(const kea_table *table, const char *funding, const char *payer,
                       const char *name)
{
    static const char *const keys[3] = {"funding", "payer", NULL};
    return number(table, keys, (const char *const[3]){funding, payer, NULL}, name);
}

static double budget(const kea_table *table, const char *funding, const char *year,
                     const char *payer, const char *name)
{
    static const char *const keys[3] = {"funding", "school_year", "payer"};
    return number(table, keys, (const char *const[3]){funding, year, payer}, name);
}

static const char *const everybody[] = {"school", "town", "insurer", "fund"};

static double discounted(double a, double b, double c)
{
    return a + b / 1.05 + c / (1.05 * 1.05);
}

static void positions(void **state)
{
    kea_table table;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_answers_positions(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 3 * (4 + 2));
    double team = discounted(100, 110, 120);
    assert_near(position(&table, "as it is", "school", "paid_eur"), .75 * team, 1e-9);
    assert_near(position(&table, "as agreed", "school", "paid_eur"), .75 * team, 1e-9);
    assert_near(position(&table, "fund", "fund", "paid_eur"), discounted(60, 60, 0), 1e-9);
    assert_near(position(&table, "fund", "town", "paid_eur"), discounted(40, 40, 40), 1e-9);
    assert_near(position(&table, "fund", "town", "of_which_contributions_eur"),
                discounted(40, 40, 40), 1e-9);
    assert_near(position(&table, "fund", "school", "paid_eur"), discounted(0, 10, 80), 1e-9);
    assert_near(position(&table, "fund", "insurer", "probability_gains"), 1, 0);
    for (size_t i = 0; i < 3; i++) {
        static const char *const name[] = {"as it is", "as agreed", "fund"};
        double net = 0, moved = 0;
        for (int p = 0; p < 4; p++) {
            net += position(&table, name[i], everybody[p], "net_eur");
            moved += position(&table, name[i], everybody[p], "transfer_to_make_whole_eur");
        }
        assert_near(position(&table, name[i], "all", "net_eur"), net, 1e-9);
        assert_near(moved, 0, 1e-9);
        assert_near(position(&table, name[i], "public", "shortfall_eur"), -net, 1e-9);
    }
    kea_table_free(&table);
}

/* The money of the fund ends after the second year, and the school jumps from 10 to 80. */
static void budget_with_a_cliff(void **state)
{
    kea_table table;
    kea_error err = {0};
    static const char *const year[] = {"1", "2", "3"};
    static const char *const name[] = {"as it is", "as agreed", "fund"};
    static const char *const amount[] = {"paid_eur", "saved_eur", "net_eur"};
    (void)state;
    assert_ok(kea_answers_budget(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 3 * 4 * 5);
    assert_near(budget(&table, "fund", "2", "school", "paid_eur"), 10, 1e-9);
    assert_near(budget(&table, "fund", "3", "school", "paid_eur"), 80, 1e-9);
    assert_near(budget(&table, "fund", "2", "fund", "paid_eur"), 60, 1e-9);
    assert_near(budget(&table, "fund", "3", "fund", "paid_eur"), 0, 0);
    assert_near(budget(&table, "as it is", "1", "town", "saved_eur"), 11, 1e-9);
    assert_near(budget(&table, "as it is", "3", "town", "of_which_saved_later_eur"), 7, 1e-9);
    for (int f = 0; f < 3; f++)
        for (int a = 0; a < 3; a++) {
            double whole = 0;
            for (int p = 0; p < 4; p++) {
                double years = 0;
                for (int y = 0; y < 3; y++)
                    years += budget(&table, name[f], year[y], everybody[p], amount[a]);
                assert_near(budget(&table, name[f], "all", everybody[p], amount[a]), years, 1e-9);
                whole += years;
            }
            assert_near(budget(&table, name[f], "all", "all", amount[a]), whole, 1e-9);
        }
    kea_table_free(&table);
}

static void budget_to_kea(void **state)
{
    kea_table table;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_answers_reconciliation(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 6);
    double line[6];
    for (size_t i = 0; i < 6; i++)
        line[i] = table.cells[i * table.n_columns + column(&table, "amount_eur")].number;
    assert_near(line[0], 330 - 3 * 42 - 14, 1e-9);
    assert_near(line[0] + line[1] + line[2] + line[3], line[4], 1e-9);
    assert_near(line[4], line[5], 1e-9);
    assert_near(line[5], discounted(58, 68, 78) - 42 / (1.05 * 1.05 * 1.05), 1e-9);
    kea_table_free(&table);
}

/* The town divides as east and west; the fund gains nothing and is not there. */
static void division(void **state)
{
    kea_table table;
    kea_error err = {0};
    static const char *const keys[3] = {"payer", "zone", NULL};
    static const char *const way[] = {"pays_by_people_eur", "pays_by_benefit_eur",
                                      "pays_by_shapley_eur", "shapley_value_eur", "saves_eur"};
    const char *const who[][3] = {{"school", "", NULL},
                                  {"town", "east", NULL},
                                  {"town", "west", NULL},
                                  {"insurer", "", NULL}};
    (void)state;
    assert_ok(kea_answers_division(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 5);
    for (int w = 0; w < 5; w++) {
        double sum = 0;
        for (int i = 0; i < 4; i++)
            sum += number(&table, keys, who[i], way[w]);
        assert_near(number(&table, keys, (const char *const[3]){"sum", NULL, NULL}, way[w]), sum,
                    1e-9);
    }
    double town = number(&table, keys, who[1], "saves_eur");
    assert_near(number(&table, keys, who[2], "saves_eur"), town * 2 / 3, 1e-9);
    assert_near(number(&table, keys, who[0], "saves_eur"), 0, 0);
    assert_near(number(&table, keys, who[0], "pays_by_shapley_eur"), 0, 0);
    /* people: school and insurer 50 each, 30 and 20 */
    assert_near(number(&table, keys, who[1], "pays_by_people_eur"),
                discounted(100, 110, 120) * 30 / 150, 1e-9);
    kea_table_free(&table);
}

/* A list of three, of which two are too small to be told apart. */
static void municipalities(void **state)
{
    kea_table table;
    kea_error err = {0};
    char first[] = "First", second[] = "Second", third[] = "Third";
    static const char *const keys[3] = {"funding", "municipality", NULL};
    (void)state;
    assert_ok(kea_answers_home_funding(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 3 * 2);
    double care = 11 * (discounted(1, 1, 1) + 1 / (1.05 * 1.05 * 1.05));
    const char *const east[3] = {"as it is", "east", NULL}, *const paid[3] = {"fund", "east", NULL};
    assert_near(number(&table, keys, east, "care_avoided_eur"), .6 * care, 1e-9);
    assert_near(number(&table, keys, east, "paid_eur"), .15 * discounted(100, 110, 120), 1e-9);
    assert_near(number(&table, keys, paid, "paid_eur"), .6 * discounted(40, 40, 40), 1e-9);
    kea_table_free(&table);

    run.list[0] = (kea_municipality){first, 0, 90};
    run.list[1] = (kea_municipality){second, 1, 4};
    run.list[2] = (kea_municipality){third, 1, 6};
    run.problem.municipalities = (kea_municipalities){run.list, 3};
    run.problem.settings.smallest_home = 13;
    assert_ok(kea_answers_home_funding(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 3 * 2);
    const char *const small[3] = {"as it is", "smaller ones", NULL};
    assert_near(number(&table, keys, small, "people"), 20, 1e-9);
    assert_near(number(&table, keys, small, "municipalities"), 2, 0);
    assert_near(number(&table, keys, small, "care_avoided_eur"), .4 * care, 1e-9);
    assert_true(number(&table, keys, small, "own_net_high_eur") >
                number(&table, keys, small, "net_high"));
    kea_table_free(&table);
}

static void runs_without_school_years_have_none(void **state)
{
    (void)state;
    assert_true(kea_answers_has_funding(&run.input));
    size_t kept = run.sample.n_periods;
    run.sample.n_periods = 0;
    assert_false(kea_answers_has_funding(&run.input));
    run.sample.n_periods = kept;
}

#define RUN_TEST(test) cmocka_unit_test_setup_teardown(test, open_run, close_run)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_TEST(positions),      RUN_TEST(budget_with_a_cliff),
        RUN_TEST(budget_to_kea),  RUN_TEST(division),
        RUN_TEST(municipalities), RUN_TEST(runs_without_school_years_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
