/* Atkinson's measure by hand and in its limits, equity weights, and the who-gains table. */
#include "sim/analysis/fairness.h"
#include "tests/support/support.h"

static kea_inequality of(size_t n, const double *mean, const double *size, double aversion)
{
    kea_inequality out;
    kea_error err = {0};
    assert_ok(kea_fairness_of(&out, n, mean, size, aversion, &err), err);
    return out;
}

/* 1 for three people and 4 for one: mean 7/4; e = 1/2: ((3 x 1 + 2) / 4)^2 = 25/16; e = 1: 4^(1/4);
 * e = 2: 1 / ((3 + 1/4) / 4) = 16/13. */
static void atkinson_by_hand(void **state)
{
    const double mean[] = {1, 4}, size[] = {3, 1};
    (void)state;
    assert_near(of(2, mean, size, 0).atkinson, 0, 1e-12);
    assert_near(of(2, mean, size, .5).equal, 25 / 16., 1e-12);
    assert_near(of(2, mean, size, 1).equal, sqrt(2), 1e-12);
    assert_near(of(2, mean, size, 2).equal, 16 / 13., 1e-12);
    assert_near(of(2, mean, size, 2).atkinson, 1 - 64 / 91., 1e-12);
    assert_near(of(2, mean, size, 2).mean, 1.75, 1e-12);
    /* continuous at 1 */
    assert_near(of(2, mean, size, 1 + 1e-7).equal, of(2, mean, size, 1).equal, 1e-6);
}

/* Nothing is lost when all have the same; scale changes nothing; more aversion, less worth, down to
 * the least of all. An empty group, whatever it has, counts for nothing. */
static void atkinson_in_its_limits(void **state)
{
    const double same[] = {.7, .7, .7}, mean[] = {.5, .9, .3}, tenfold[] = {5, 9, 3};
    const double size[] = {2, 5, 1}, with_empty[] = {.5, .9, .3, -8}, sizes[] = {2, 5, 1, 0};
    double last = 1;
    (void)state;
    assert_near(of(3, same, size, 3).atkinson, 0, 1e-12);
    for (double e = 0; e < 4; e += .25) {
        kea_inequality one = of(3, mean, size, e);
        assert_near(of(3, tenfold, size, e).atkinson, one.atkinson, 1e-12);
        assert_near(of(4, with_empty, sizes, e).atkinson, one.atkinson, 1e-12);
        assert_true(one.equal < last);
        last = one.equal;
    }
    assert_near(of(3, mean, size, 400).equal, .3, .01);
}

/* Levels 2 and 8, means 5: with aversion 1 a gain counts 5/2 and 5/8 times, with 2 the squares. */
static void equity_weights(void **state)
{
    const double gain[] = {10, 4}, level[] = {2, 8}, size[] = {3, 3};
    double total = 0;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_fairness_total(&total, 2, gain, level, size, 0, &err), err);
    assert_near(total, 42, 1e-12);
    assert_ok(kea_fairness_total(&total, 2, gain, level, size, 1, &err), err);
    assert_near(total, 30 * 2.5 + 12 * .625, 1e-12);
    assert_ok(kea_fairness_total(&total, 2, gain, level, size, 2, &err), err);
    assert_near(total, 30 * 6.25 + 12 * .390625, 1e-12);
}

static void who_gains(void **state)
{
    const double gain[] = {1, 2, 3, 4, -3, 1, -1, -1}, size[] = {10, 20};
    double scratch[4];
    kea_group_gain out[2];
    (void)state;
    kea_fairness_gains(2, 4, gain, size, out, scratch);
    assert_near(out[0].gain.mean, 2.5, 1e-12);
    assert_near(out[0].gains, 1, 0);
    assert_near(out[1].gains, .25, 0);
    assert_near(out[1].total, -20, 1e-12);
    assert_near(out[0].share, 5, 1e-12);
    assert_near(out[0].share + out[1].share, 1, 1e-12);
}

static void wrong_groups_are_refused(void **state)
{
    const double mean[] = {1, 0}, good[] = {1, 2}, size[] = {1, 1}, few[] = {1, -1},
                 none[] = {0, 0};
    kea_inequality out;
    kea_error err = {0};
    double total;
    (void)state;
    assert_int_equal(kea_fairness_of(&out, 2, mean, size, 1, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "group 2 has 0; inequality is measured of goods above 0");
    assert_int_equal(kea_fairness_of(&out, 2, good, few, 1, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_fairness_of(&out, 2, good, none, 1, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_fairness_of(&out, 2, good, size, -.5, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_fairness_total(&total, 2, good, mean, size, 1, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atkinson_by_hand),         cmocka_unit_test(atkinson_in_its_limits),
        cmocka_unit_test(equity_weights),           cmocka_unit_test(who_gains),
        cmocka_unit_test(wrong_groups_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
