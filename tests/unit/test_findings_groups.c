/* Deciding for each group by itself, as keasim analyse tells it, by hand. */
#include "sim/report/findings.h"

#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 4, GROUPS = 2, ARMS = 2 };

static const char *const names[] = {"old", "young"};
static const char *const titles[] = {"the old", "the young"};
static const kea_grouping grouping = {"age", "age", GROUPS, names, titles};

/* At 100 EUR for one effect the programme is worth 3, -1, 4, 2 to the old and -5, -3, -4, -4 to the
 * young: one effect each, less 97, 101, 96, 98 EUR and 105, 103, 104, 104. Without it everybody has
 * 2 effects and 50 EUR. */
static const double extra_cost[GROUPS][POINTS] = {{97, 101, 96, 98}, {105, 103, 104, 104}};
static const double amounts[] = {0, 100};

typedef struct made_up {
    kea_psa psa;
    kea_pairs all, groups[GROUPS];
    kea_findings found;
} made_up;

/* Arms are old without, young without, old with, young with; a sample that adds up both. */
static void fill(made_up *m)
{
    kea_error err = {0};
    static double cost[POINTS * 4], effect[POINTS * 4];
    assert_ok(kea_psa_init(&m->psa, POINTS, ARMS, 0, &err), err);
    for (size_t i = 0; i < POINTS; i++)
        for (size_t arm = 0; arm < 4; arm++) {
            const size_t g = arm % GROUPS, with = arm / GROUPS;
            cost[i * 4 + arm] = 50 + (with ? extra_cost[g][i] : 0.0);
            effect[i * 4 + arm] = 2.0 + (double)with;
            m->psa.pairs.cost[i * ARMS + with] += cost[i * 4 + arm];
            m->psa.pairs.effect[i * ARMS + with] += effect[i * 4 + arm];
        }
    m->all = (kea_pairs){POINTS, 4, cost, effect};
    for (size_t g = 0; g < GROUPS; g++) {
        const size_t arm[ARMS] = {g, GROUPS + g};
        assert_ok(kea_pairs_pick(&m->groups[g], &m->all, ARMS, arm, &err), err);
    }
    m->psa.arms[0].id = m->psa.arms[0].title = "nothing";
    m->psa.arms[1].id = m->psa.arms[1].title = "programme";
    m->psa.currency = "EUR";
    assert_ok(kea_psa_find_draws(&m->psa, &err), err);
}

static void open_findings(made_up *m, double wtp)
{
    kea_error err = {0};
    memset(m, 0, sizeof *m);
    fill(m);
    const kea_findings_options options = {.wtp = wtp,
                                          .n_amounts = 2,
                                          .amounts = amounts,
                                          .n_groupings = 1,
                                          .groupings = &grouping,
                                          .groups = m->groups,
                                          .target = (double)NAN,
                                          .seed = 1,
                                          .source = "test"};
    assert_ok(kea_findings_init(&m->found, &m->psa, &options, &err), err);
}

static void close_findings(made_up *m)
{
    kea_findings_free(&m->found);
    for (size_t g = 0; g < GROUPS; g++)
        kea_pairs_free(&m->groups[g]);
    kea_psa_free(&m->psa);
}

static const kea_cell *cell(const kea_table *table, size_t row, const char *column)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, column) == 0)
            return &table->cells[row * table->n_columns + c];
    fail_msg("no column %s", column);
    return NULL;
}

static void choices_by_hand(void **state)
{
    made_up m;
    kea_table table;
    kea_error err = {0};
    const double error = sqrt(14.0 / 3.0 / 4.0); /* of 3, -1, 4, 2 */
    (void)state;
    open_findings(&m, 100);
    assert_ok(kea_findings_subgroups(&table, &m.found, &err), err);
    assert_int_equal(table.n_rows, GROUPS + 2);
    assert_string_equal(cell(&table, 0, "grouping")->csv, "age");
    assert_string_equal(cell(&table, 0, "group")->csv, "old");
    assert_string_equal(cell(&table, 0, "best")->csv, "programme");
    assert_near(cell(&table, 0, "net_benefit")->number, 2, 1e-12);
    assert_near(cell(&table, 0, "gain_apart")->number, 2, 1e-12);
    assert_near(cell(&table, 0, "gain_apart_error")->number, error, 1e-12);
    assert_string_equal(cell(&table, 0, "verdict")->csv, 2 > 1.645 * error ? "better" : "noise");
    assert_near(cell(&table, 0, "evpi")->number, 9.0 / 4.0 - 2.0, 1e-12);
    assert_string_equal(cell(&table, 1, "best")->csv, "nothing");
    assert_near(cell(&table, 1, "net_benefit")->number, 0, 0);
    assert_string_equal(cell(&table, 1, "verdict")->csv, "same");
    assert_near(cell(&table, 1, "evpi")->number, 0, 0);
    /* together it never is worth its money: -2, -4, 0, -2 */
    assert_string_equal(cell(&table, 2, "group")->csv, "together");
    assert_string_equal(cell(&table, 2, "best")->csv, "nothing");
    assert_near(cell(&table, 2, "net_benefit")->number, 0, 0);
    assert_near(cell(&table, 2, "evpi")->number, 0, 0);
    assert_string_equal(cell(&table, 3, "group")->csv, "apart");
    assert_near(cell(&table, 3, "net_benefit")->number, 2, 1e-12);
    assert_near(cell(&table, 3, "gain_apart")->number, 2, 1e-12);
    assert_near(cell(&table, 3, "gain_apart_error")->number, error, 1e-12);
    assert_near(cell(&table, 3, "evpi")->number, 0.25, 1e-12);
    assert_near(m.found.apart[0].value, 2, 1e-12);
    kea_table_free(&table);
    close_findings(&m);
}

/* At EUR 1.50 less for an effect it still is better for the old, but within noise; where it is
 * worth its money to all, apart is nothing more. */
static void noise_and_no_change(void **state)
{
    made_up m;
    kea_table table;
    kea_error err = {0};
    (void)state;
    open_findings(&m, 98.5);
    assert_ok(kea_findings_subgroups(&table, &m.found, &err), err);
    assert_near(cell(&table, 0, "gain_apart")->number, 0.5, 1e-12);
    assert_string_equal(cell(&table, 0, "verdict")->csv, "noise");
    assert_string_equal(cell(&table, 3, "verdict")->csv, "noise");
    kea_table_free(&table);
    close_findings(&m);
    open_findings(&m, 200);
    assert_ok(kea_findings_subgroups(&table, &m.found, &err), err);
    for (size_t row = 0; row < table.n_rows; row++) {
        assert_near(cell(&table, row, "gain_apart")->number, 0, 0);
        assert_string_equal(cell(&table, row, "verdict")->csv, "same");
    }
    kea_table_free(&table);
    close_findings(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(choices_by_hand),
                                       cmocka_unit_test(noise_and_no_change)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
