/* The tables of funding of a made-up run, as a program reads them (CSV): sums by payer and year,
 * arrangements side by side, and what leads from the budget to the KEA. */
#include "sim/report/answers.h"
#include "tests/support/funded_run.h"

#include <stdio.h>
#include <string.h>

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

/* The terminal has the payers of every arrangement, without who neither pays nor saves. */
static void positions_on_the_terminal(void **state)
{
    kea_table table;
    kea_error err = {0};
    size_t seen = 0, fund = 0;
    (void)state;
    assert_ok(kea_answers_positions(&table, &run.input, &err), err);
    for (size_t r = 0; r < table.n_rows; r++) {
        seen += !table.hidden[r];
        fund += !table.hidden[r] && is(&table, r, "payer", "fund");
        assert_true(table.hidden[r] || is(&table, r, "kind", "payer"));
    }
    assert_int_equal(seen, 3 + 3 + 4);
    assert_int_equal(fund, 1);
    kea_table_free(&table);
}

/* Years beside each other: the school pays three quarters of 100, 110, 120; town and insurer save
 * 11 and 31 a year, the town 7 more from the second. */
static void budget_at_a_glance(void **state)
{
    static const char *const keys[3] = {"line", NULL, NULL};
    static const char *const year[] = {"1", "2", "3", "all"};
    const struct {
        const char *line[3];
        double amount[4];
    } expected[] = {
        {{"paid by: school"}, {75, 82.5, 90, 247.5}},
        {{"paid by: town"}, {25, 27.5, 30, 82.5}},
        {{"paid in all"}, {100, 110, 120, 330}},
        {{"less what public payers save"}, {42, 49, 49, 140}},
        {{"budget of public payers"}, {58, 61, 71, 190}},
    };
    kea_table table;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_answers_budget_view(&table, &run.input, &err), err);
    assert_int_equal(table.n_rows, 5);
    for (int i = 0; i < 5; i++)
        for (int y = 0; y < 4; y++)
            assert_near(number(&table, keys, expected[i].line, year[y]), expected[i].amount[y],
                        1e-9);
    kea_table_free(&table);
    /* in a fourth year nobody pays any more, and the town saves 18, the insurer 31 */
    run.problem.settings.budget_years = 4;
    assert_ok(kea_answers_budget_view(&table, &run.input, &err), err);
    assert_near(number(&table, keys, expected[4].line, "all"), 190 - 18 - 31, 1e-9);
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
    static const char *const home[] = {"", "East", "West", "", ""}; /* for people */
    for (size_t r = 0; r < 5; r++) {
        const kea_cell *row = table.cells + r * table.n_columns;
        for (size_t c = 0; c < table.n_columns; c++)
            if (strcmp(table.column[c].name, "zone") == 0)
                assert_string_equal(row[c].shown, home[r]);
            else if (strncmp(table.column[c].name, "pays_by_", 8) == 0)
                assert_int_equal(table.column[c].use, KEA_COLUMN_BOTH);
    }
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
    /* the east has 30 people in three years and 12 in the last */
    double later = 7 * (discounted(0, 1, 1) + 1 / (1.05 * 1.05 * 1.05));
    double net = .6 * (care + later - discounted(40, 40, 40));
    assert_near(number(&table, keys, paid, "net_eur"), net, 1e-9);
    assert_near(number(&table, keys, paid, "net_each_eur"), net / 102, 1e-9);
    assert_near(number(&table, keys, paid, "net_each_low"), net / 102, 1e-9);
    /* without the team care is 90 + 3 a year, later costs 40 */
    double fourth = 1.05 * 1.05 * 1.05;
    assert_near(number(&table, keys, east, "without_it_eur"),
                .6 * (discounted(130, 133, 136) + 139 / fourth), 1e-9);
    assert_true(isnan(number(&table, keys, east, "people_in_list")));
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
    assert_near(number(&table, keys, small, "people_in_list"), 10, 1e-12);
    assert_near(number(&table, keys, small, "without_it_eur"),
                .4 * (discounted(130, 133, 136) + 139 / fourth), 1e-9);
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
        RUN_TEST(positions),          RUN_TEST(positions_on_the_terminal),
        RUN_TEST(budget_at_a_glance), RUN_TEST(budget_with_a_cliff),
        RUN_TEST(budget_to_kea),      RUN_TEST(division),
        RUN_TEST(municipalities),     RUN_TEST(runs_without_school_years_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
