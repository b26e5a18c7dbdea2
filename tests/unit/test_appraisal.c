/* Net present value, benefit-cost ratio and internal rate of return: a published example, closed
 * forms, and streams with no rate or several. */
#include "sim/analysis/appraisal.h"
#include "tests/support/support.h"

#include <string.h>

enum { YEARS = 20 };

/* Invest 3,000 in year 1, gain 500 a year for 20 years, 3 percent, all discounted from year 1: the
 * example of S. Aos (WSIPP), which prints 7,438.74, 2,912.62, 4,526.12, 2.55 and 19.30 percent. */
static void test_published_example(void **state)
{
    double benefits[YEARS], costs[YEARS] = {3000}, net[YEARS], rate;
    kea_error err = {0};
    (void)state;
    for (size_t i = 0; i < YEARS; i++) {
        benefits[i] = 500;
        net[i] = benefits[i] - costs[i];
    }
    kea_appraisal a = kea_appraisal_make(YEARS, benefits, costs, 1, 0.03);
    assert_near(a.benefits, 7438.73743023, 5.1e-9);
    assert_near(a.costs, 2912.62135922, 5.1e-9);
    assert_near(a.net, 4526.11607100, 1.1e-8);
    assert_near(a.ratio, 2.55396651771, 5.1e-12);
    assert_ok(kea_appraisal_return(YEARS, net, &rate, &err), err);
    assert_near(rate, 0.193004288269, 5.1e-13);
    assert_near(kea_appraisal_value(YEARS, net, 1, rate), 0, 1e-9);
}

static void test_first_year(void **state)
{
    const double amount[] = {100, 0, 121};
    (void)state;
    assert_near(kea_appraisal_value(3, amount, 0, 0.1), 200, 1e-12);
    assert_near(kea_appraisal_value(3, amount, 1, 0.1), 200 / 1.1, 1e-12);
    assert_near(kea_appraisal_value(3, amount, 0, 0), 221, 0);
    assert_near(kea_appraisal_value(0, amount, 0, 0.1), 0, 0);
}

static void test_ratio_at_the_edges(void **state)
{
    const double some[] = {5, 5}, none[] = {0, 0};
    (void)state;
    assert_true(isinf(kea_appraisal_make(2, some, none, 0, 0.03).ratio));
    assert_true(isnan(kea_appraisal_make(2, none, none, 0, 0.03).ratio));
    assert_near(kea_appraisal_make(2, none, some, 0, 0.03).ratio, 0, 0);
}

/* Expects the rates of n amounts, ascending. */
static void expect_rates(size_t n, const double *net, size_t n_expected, const double *expected,
                         double tolerance)
{
    double rates[64];
    size_t n_rates = 0;
    kea_error err = {0};
    assert_ok(kea_appraisal_rates(n, net, rates, &n_rates, &err), err);
    assert_int_equal(n_rates, n_expected);
    for (size_t i = 0; i < n_rates; i++)
        assert_near(rates[i], expected[i], tolerance);
}

/* Products of (1 + rate - factor), multiplied out by hand. */
static void test_known_rates(void **state)
{
    (void)state;
    expect_rates(2, (double[]){-100, 110}, 1, (double[]){0.1}, 1e-12);
    expect_rates(2, (double[]){-100, 50}, 1, (double[]){-0.5}, 1e-12); /* a loss */
    expect_rates(3, (double[]){-100, 0, 121}, 1, (double[]){0.1}, 1e-12);
    expect_rates(5, (double[]){0, -100, 110, 0, 0}, 1, (double[]){0.1}, 1e-12);
    /* -(y - 1.1)(y - 1.2) with y = 1 + rate: -1, 2.3, -1.32 */
    expect_rates(3, (double[]){-1, 2.3, -1.32}, 2, (double[]){0.1, 0.2}, 1e-11);
    /* (y - 1)(y - 1.5)(y - 3): 1, -5.5, 9, -4.5 */
    expect_rates(4, (double[]){1, -5.5, 9, -4.5}, 3, (double[]){0, 0.5, 2}, 1e-11);
    /* (y - 1.25)^2 touches 0: 1, -2.5, 1.5625 */
    expect_rates(3, (double[]){1, -2.5, 1.5625}, 1, (double[]){0.25}, 1e-6);
    /* (y - 1.25)^2 (y - 1.5): 1, -4, 5.3125, -2.34375 */
    expect_rates(4, (double[]){1, -4, 5.3125, -2.34375}, 2, (double[]){0.25, 0.5}, 1e-6);
    /* (y - 1)(y^2 + 1): two of the three are not real */
    expect_rates(4, (double[]){1, -1, 1, -1}, 1, (double[]){0}, 1e-12);
}

static void test_no_rate(void **state)
{
    (void)state;
    expect_rates(3, (double[]){10, 20, 30}, 0, NULL, 0);
    expect_rates(3, (double[]){-10, -20, -30}, 0, NULL, 0);
    expect_rates(3, (double[]){0, 0, 0}, 0, NULL, 0);
    expect_rates(3, (double[]){0, 5, 0}, 0, NULL, 0);
    expect_rates(0, NULL, 0, NULL, 0);
    /* two changes of sign, and no rate: y^2 - y + 1 */
    expect_rates(3, (double[]){1, -1, 1}, 0, NULL, 0);
}

/* A loan paid back in equal parts over a long time: an annuity, whose rate is known. */
static void test_long_streams(void **state)
{
    (void)state;
    for (size_t n = 10; n <= 400; n += 130) {
        double net[401], rate;
        kea_error err = {0};
        const double r = 0.047;
        net[0] = -(1 - pow(1 + r, -(double)(n - 1))) / r;
        for (size_t i = 1; i < n; i++)
            net[i] = 1;
        assert_ok(kea_appraisal_return(n, net, &rate, &err), err);
        assert_near(rate, r, 1e-11);
    }
}

static void test_what_is_said(void **state)
{
    double rate = 7;
    double many[KEA_APPRAISAL_YEARS + 1] = {-1, 2};
    kea_error err = {0};
    (void)state;
    assert_int_equal(kea_appraisal_return(2, (double[]){1, 2}, &rate, &err), KEA_ERR_NUMERIC);
    assert_true(isnan(rate));
    assert_non_null(strstr(err.text, "there is no internal rate of return"));
    assert_int_equal(kea_appraisal_return(3, (double[]){-1, 2.3, -1.32}, &rate, &err),
                     KEA_ERR_NUMERIC);
    assert_true(isnan(rate));
    assert_string_equal(err.text,
                        "there is no single internal rate of return: the amounts are worth nothing "
                        "together at 10% and 20%; look at the net present value");
    assert_int_equal(kea_appraisal_return(2, (double[]){-1, (double)INFINITY}, &rate, &err),
                     KEA_ERR_USAGE);
    assert_string_equal(err.text, "the amount of year 2 is not a number");
    assert_int_equal(kea_appraisal_return(KEA_APPRAISAL_YEARS + 1, many, &rate, &err),
                     KEA_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_example),
        cmocka_unit_test(test_first_year),
        cmocka_unit_test(test_ratio_at_the_edges),
        cmocka_unit_test(test_known_rates),
        cmocka_unit_test(test_no_rate),
        cmocka_unit_test(test_long_streams),
        cmocka_unit_test(test_what_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
