/* Designs: which values, cohorts, groups and arms they hold. */
#include "sim/inputs/design.h"
#include "tests/support/support.h"
#include "tests/support/toy.h"

static void assert_same_bits(const double *actual, const double *expected, size_t n)
{
    assert_memory_equal(actual, expected, n * sizeof *actual);
}

static void assert_strategy_arms(const kea_design *design)
{
    assert_int_equal(design->n_arms, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(design->arms[i].care, i);
        assert_int_equal(design->arms[i].strategy, i);
        assert_int_equal(design->arms[i].entry, KEA_NO_ENTRY);
        assert_near(design->arms[i].factor, 1, 0);
        assert_int_equal(design->arms[i].subgroup, KEA_EVERYBODY);
    }
}

/* The values of a point, good until the second next call. */
static const double *values_at(const kea_design *design, const kea_problem *problem, size_t point)
{
    static double values[2][TOY_N_ENTRIES];
    static size_t turn;
    double *out = values[turn++ % 2];
    kea_design_values(design, problem, point, out);
    return out;
}

static void test_base(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    double base[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    kea_problem_base(&problem, base);
    assert_ok(kea_design_base(&design, &problem, 4, &err), err);
    assert_string_equal(design.name, "base");
    assert_int_equal(design.n_points, 4);
    assert_int_equal(design.n_groups, 1);
    assert_strategy_arms(&design);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(kea_design_point(&design, i).cohort, i);
        assert_int_equal(kea_design_point(&design, i).group, 0);
        assert_int_equal(kea_design_point(&design, i).entry, KEA_NO_ENTRY);
        assert_same_bits(values_at(&design, &problem, i), base, TOY_N_ENTRIES);
    }
    assert_int_equal(kea_design_bars(&design, 0, NULL), 0);
    /* values of its own: the same at first, then what they are made */
    assert_ok(kea_design_own_values(&design, &problem, &err), err);
    assert_same_bits(values_at(&design, &problem, 3), base, TOY_N_ENTRIES);
    design.values[TOY_E_PRICE] = base[TOY_E_PRICE] = 12.5;
    assert_same_bits(values_at(&design, &problem, 3), base, TOY_N_ENTRIES);
    kea_design_free(&design);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* The psa once more, every strategy by two groupings of two and three groups. */
static void test_subgroups(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    static const kea_grouping groupings[] = {{"age", "age", 2, names, names},
                                             {"place", "place", 3, names, names}};
    kea_problem problem;
    kea_design design, psa;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_int_equal(kea_design_subgroups(&design, &problem, 4, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the model toy tells no groups of people apart");
    kea_design_free(&design);
    problem.params.groupings = groupings;
    problem.params.n_groupings = 2;
    assert_int_equal(kea_grouping_total(2, groupings), 5);
    assert_int_equal(kea_grouping_number(groupings, 0, 0), 1);
    assert_int_equal(kea_grouping_number(groupings, 1, 2), 5);
    assert_ok(kea_design_subgroups(&design, &problem, 4, &err), err);
    assert_ok(kea_design_psa(&psa, &problem, 7, &err), err);
    assert_string_equal(design.name, "subgroups");
    assert_int_equal(design.n_points, 4);
    assert_int_equal(design.n_arms, 15);
    for (size_t i = 0; i < 15; i++) {
        assert_int_equal(design.arms[i].strategy, i / 5);
        assert_int_equal(design.arms[i].care, psa.arms[i / 5].care);
        assert_int_equal(design.arms[i].subgroup, 1 + i % 5);
        assert_int_equal(design.arms[i].entry, KEA_NO_ENTRY);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(kea_design_point(&design, i).cohort, i);
        assert_same_bits(values_at(&design, &problem, i), values_at(&psa, &problem, i),
                         TOY_N_ENTRIES);
    }
    kea_design_free(&design);
    kea_design_free(&psa);
    kea_problem_free(&problem);
}

static void test_psa(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    double draw[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 5, &err), err);
    assert_string_equal(design.name, "psa");
    assert_int_equal(design.n_points, 5);
    assert_strategy_arms(&design);
    for (uint32_t i = 0; i < 5; i++) {
        kea_problem_draw(&problem, i, draw);
        assert_int_equal(kea_design_point(&design, i).cohort, i);
        assert_same_bits(values_at(&design, &problem, i), draw, TOY_N_ENTRIES);
    }
    assert_true(values_at(&design, &problem, 0)[TOY_E_PRICE] !=
                values_at(&design, &problem, 1)[TOY_E_PRICE]);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_hours(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    double draw[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_hours(&design, &problem, 1, 3, &err), err);
    assert_string_equal(design.name, "hours");
    assert_int_equal(design.n_points, 3);
    assert_int_equal(design.n_groups, 1);
    assert_int_equal(design.n_arms, 6);
    assert_int_equal(design.arms[0].care, 0);
    assert_int_equal(design.arms[0].entry, KEA_NO_ENTRY);
    for (size_t i = 1; i < 6; i++) {
        assert_int_equal(design.arms[i].care, 1);
        assert_int_equal(design.arms[i].strategy, 1);
        assert_int_equal(design.arms[i].entry, TOY_E_ALPHA_HOURS);
        assert_near(design.arms[i].factor, (double)i - 1, 0);
    }
    kea_problem_draw(&problem, 2, draw);
    assert_same_bits(values_at(&design, &problem, 2), draw, TOY_N_ENTRIES);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_hours_errors(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    kea_param_decl decls[sizeof toy_decls / sizeof toy_decls[0]];
    memcpy(decls, toy_decls, sizeof decls);
    problem.params.decl = decls;
    decls[5].kind = KEA_NUMBER;
    assert_int_equal(kea_design_hours(&design, &problem, 1, 3, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "the model toy has no staffing to vary"));
    decls[2].kind = KEA_STAFFING; /* the two rates, which alpha takes from the scenario */
    assert_int_equal(kea_design_hours(&design, &problem, 1, 3, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "care model alpha gives parameter \"rate\" in 0 elements"));
    kea_design_free(&design);
    assert_int_equal(kea_design_hours(&design, &problem, 2, 3, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "care model beta gives parameter \"rate\" in 2 elements"));
    problem.params = toy_table;
    assert_int_equal(kea_design_hours(&design, &problem, 3, 3, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_design_hours(&design, &problem, 1, 0, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "0 draws or replicates"));
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Draw g in group g, each point with a cohort of its own. */
static void test_precision(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    double expected[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_precision(&design, &problem, 5, 3, &err), err);
    assert_string_equal(design.name, "precision");
    assert_int_equal(design.n_points, 15);
    assert_int_equal(design.n_groups, 5);
    assert_strategy_arms(&design);
    for (size_t i = 0; i < 15; i++) {
        const kea_point point = kea_design_point(&design, i);
        assert_int_equal(point.group, i / 3);
        assert_int_equal(point.draw, i / 3);
        assert_int_equal(point.cohort, i);
        kea_problem_draw(&problem, (uint32_t)(i / 3), expected);
        assert_same_bits(values_at(&design, &problem, i), expected, TOY_N_ENTRIES);
    }
    kea_design_free(&design);
    assert_int_equal(kea_design_precision(&design, &problem, 1 << 20, 1 << 12, &err),
                     KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "design precision: 4294967296 points"));
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Factors 0, 1 and 2 on both rates, of beta's own too; nothing else moves. */
static void test_sweep(void **state)
{
    static const size_t rates[] = {TOY_E_RATE_LOW, TOY_E_RATE_HIGH, TOY_E_BETA_RATE_LOW,
                                   TOY_E_BETA_RATE_HIGH};
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    double expected[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_sweep(&design, &problem, TOY_SWEEP_RATE, 4, &err), err);
    assert_string_equal(design.name, "sweep_rate");
    assert_int_equal(design.sweep, TOY_SWEEP_RATE);
    assert_int_equal(design.n_points, 12);
    assert_int_equal(design.n_groups, 3);
    assert_strategy_arms(&design);
    for (size_t i = 0; i < 12; i++) {
        const kea_point point = kea_design_point(&design, i);
        assert_int_equal(point.group, i / 4);
        assert_int_equal(point.cohort, i % 4);
        assert_near(point.level, (double)(i / 4), 0);
        kea_problem_draw(&problem, (uint32_t)(i % 4), expected);
        for (size_t k = 0; k < 4; k++)
            expected[rates[k]] = fmin(0.75, expected[rates[k]] * point.level);
        assert_same_bits(values_at(&design, &problem, i), expected, TOY_N_ENTRIES);
    }
    /* 0.36, fixed, doubles to 0.72; anything from 0.375 is cut at 0.75 */
    assert_near(values_at(&design, &problem, 8)[TOY_E_BETA_RATE_HIGH], 0.72, 1e-15);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_sweep_errors(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    problem.sweeps[0].decl = &toy_decls[3];
    assert_int_equal(kea_design_sweep(&design, &problem, 0, 4, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "mix.x: shares of a whole cannot be multiplied"));
    assert_int_equal(err.line, 10 + TOY_E_MIX);
    problem.sweeps[0].decl = &toy_decls[5];
    assert_int_equal(kea_design_sweep(&design, &problem, 0, 4, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "gives no parameter \"hours\""));
    assert_int_equal(kea_design_sweep(&design, &problem, 2, 4, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_design_sweep(&design, &problem, 1, (size_t)1 << 32, &err), KEA_ERR_INPUT);
    problem.sweeps[1].factor.n = 0;
    assert_int_equal(kea_design_sweep(&design, &problem, 1, 4, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "design sweep_price: 0 values"));
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_map(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_map(&design, &problem, 2, TOY_SWEEP_PRICE, 3, &err), err);
    assert_string_equal(design.name, "map_price");
    assert_int_equal(design.n_points, 6);
    assert_int_equal(design.n_groups, 2);
    assert_int_equal(design.n_arms, 6);
    assert_int_equal(design.arms[5].entry, TOY_E_BETA_HOURS);
    assert_near(design.arms[5].factor, 4, 0);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(kea_design_point(&design, i).cohort, i % 3);
        assert_near(kea_design_point(&design, i).level, i < 3 ? 0.5 : 1.5, 0);
        assert_near(values_at(&design, &problem, i)[TOY_E_PRICE], i < 3 ? 5 : 15, 0);
        assert_near(values_at(&design, &problem, i)[TOY_E_RATE_LOW], 0.21, 0);
    }
    kea_design_free(&design);
    assert_int_equal(kea_design_map(&design, &problem, 2, 7, 3, &err), KEA_ERR_INPUT);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_tornado(void **state)
{
    static const size_t expected[] = {TOY_E_RATE_LOW,    TOY_E_RATE_HIGH,    TOY_E_MIX,
                                      TOY_E_MIX + 1,     TOY_E_MIX + 2,      TOY_E_PRICE,
                                      TOY_E_ALPHA_HOURS, TOY_E_BETA_RATE_LOW};
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    size_t entry[TOY_N_ENTRIES], again[TOY_N_ENTRIES], n_bars = 0;
    double base[TOY_N_ENTRIES];
    (void)state;
    toy_problem(&problem);
    kea_problem_base(&problem, base);
    assert_ok(kea_design_tornado(&design, &problem, 0.9, 2, entry, &n_bars, &err), err);
    assert_int_equal(n_bars, 8);
    assert_memory_equal(entry, expected, sizeof expected);
    assert_int_equal(design.n_groups, 17);
    assert_int_equal(design.n_points, 34);
    assert_strategy_arms(&design);
    assert_int_equal(kea_design_bars(&design, TOY_N_ENTRIES, again), 8);
    assert_memory_equal(again, expected, sizeof expected);
    /* rate.low is uniform on 0.1 .. 0.3: 5% and 95% are 0.11 and 0.29; the rest stays */
    for (size_t i = 0; i < 4; i++) {
        base[TOY_E_RATE_LOW] = kea_design_point(&design, i).level;
        assert_near(kea_design_point(&design, i).level, i < 2 ? 0.11 : 0.29, 1e-15);
        assert_int_equal(kea_design_point(&design, i).entry, TOY_E_RATE_LOW);
        assert_int_equal(kea_design_point(&design, i).cohort, i % 2);
        assert_same_bits(values_at(&design, &problem, i), base, TOY_N_ENTRIES);
    }
    kea_problem_base(&problem, base);
    assert_same_bits(values_at(&design, &problem, 32), base, TOY_N_ENTRIES);
    assert_int_equal(kea_design_point(&design, 33).group, 16);
    assert_int_equal(kea_design_point(&design, 33).entry, KEA_NO_ENTRY);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Bars 2 to 4 are the shares .2 .3 .5: the other two keep their proportion, the sum stays 1. */
static void test_tornado_shares(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    size_t entry[TOY_N_ENTRIES], n_bars = 0;
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_tornado(&design, &problem, 0.9, 1, entry, &n_bars, &err), err);
    double low[TOY_N_ENTRIES], high[TOY_N_ENTRIES];
    kea_design_values(&design, &problem, 4, low);
    kea_design_values(&design, &problem, 5, high);
    /* a share with alpha 2 of 10 is beta(2, 8): I_x(2, 8) = 0.05 at 0.04102 and 0.95 at 0.42914 */
    assert_near(low[TOY_E_MIX], 0.04102, 5e-6);
    assert_near(high[TOY_E_MIX], 0.42914, 5e-6);
    for (size_t g = 4; g < 10; g++) {
        const double *share = values_at(&design, &problem, g) + TOY_E_MIX;
        assert_near(share[0] + share[1] + share[2], 1, 1e-15);
    }
    assert_near(low[TOY_E_MIX + 1] / low[TOY_E_MIX + 2], 0.6, 1e-15);
    assert_near(values_at(&design, &problem, 9)[TOY_E_MIX] /
                    values_at(&design, &problem, 9)[TOY_E_MIX + 1],
                2.0 / 3, 1e-15);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Entries that no strategy and no status quo reads get no bar. */
static void test_tornado_used_only(void **state)
{
    static const size_t expected[] = {TOY_E_MIX, TOY_E_MIX + 1, TOY_E_MIX + 2, TOY_E_PRICE,
                                      TOY_E_BETA_RATE_LOW};
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    size_t entry[TOY_N_ENTRIES], n_bars = 0;
    (void)state;
    toy_problem(&problem);
    problem.strategies[0] = 2;
    problem.n_strategies = 1;
    problem.status_quo = 2;
    assert_ok(kea_design_tornado(&design, &problem, 0.9, 1, entry, &n_bars, &err), err);
    assert_int_equal(n_bars, 5);
    assert_memory_equal(entry, expected, sizeof expected);
    kea_design_free(&design);
    problem.status_quo = 0; /* the warm-up reads the shared rates */
    assert_ok(kea_design_tornado(&design, &problem, 0.9, 1, entry, &n_bars, &err), err);
    assert_int_equal(n_bars, 7);
    kea_design_free(&design);
    assert_int_equal(kea_design_tornado(&design, &problem, 1, 1, entry, &n_bars, &err),
                     KEA_ERR_INPUT);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_scaled(void **state)
{
    kea_entry real = {.decl = &toy_decls[2]}, whole = {.decl = &toy_decls[0]};
    (void)state;
    assert_near(kea_design_scaled(&real, 0.3, 1), 0.3, 0);
    assert_near(kea_design_scaled(&real, 0.3, 2), 0.6, 0);
    assert_near(kea_design_scaled(&real, 0.3, 3), 0.75, 0);
    assert_near(kea_design_scaled(&real, 0.3, -1), 0, 0);
    assert_near(kea_design_scaled(&whole, 5, 0.3), 2, 0);
    assert_near(kea_design_scaled(&whole, 5, 0), 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base),
        cmocka_unit_test(test_psa),
        cmocka_unit_test(test_subgroups),
        cmocka_unit_test(test_hours),
        cmocka_unit_test(test_hours_errors),
        cmocka_unit_test(test_precision),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_sweep_errors),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_tornado),
        cmocka_unit_test(test_tornado_shares),
        cmocka_unit_test(test_tornado_used_only),
        cmocka_unit_test(test_scaled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
