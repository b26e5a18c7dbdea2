/* Perfect information: by hand, and against closed forms. */
#include "sim/analysis/evpi.h"

#include "tests/support/gaussian.h"
#include "tests/support/support.h"

static void by_hand(void **state)
{
    (void)state;
    /* means 0, 26/3 and 9 */
    double value[] = {0, 20, 9, 0, 10, 15, 0, -4, 3};
    kea_benefits benefits = {3, 3, value};
    double mean[3];
    kea_evpi evpi;
    kea_error err;
    assert_int_equal(kea_benefits_best(&benefits, mean), 2);
    assert_near(mean[1], 26.0 / 3, 1e-15);
    assert_ok(kea_evpi_of(&evpi, &benefits, &err), err); /* losses of arm 2: 11, 0, 0 */
    assert_int_equal(evpi.best, 2);
    assert_near(evpi.value, 11.0 / 3, 1e-15);
    assert_near(evpi.error, 11.0 / 3, 1e-14); /* sd 11 / sqrt 3, over sqrt 3 */
    benefits.n_points = 1;
    assert_int_equal(kea_evpi_of(&evpi, &benefits, &err), KEA_ERR_INPUT);
}

static void closed_forms(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double params[2 * N], value[2 * N];
    kea_benefits benefits = {N, 2, value};
    for (size_t t = 0; t < GAUSSIAN_TOYS; t++) {
        kea_evpi evpi;
        kea_error err;
        gaussian_toy_draw(&gaussian_toys[t], 11 + t, N, params, value);
        assert_ok(kea_evpi_of(&evpi, &benefits, &err), err);
        assert_near(evpi.value, gaussian_toys[t].evpi, 4.9 * evpi.error);
        assert_true(evpi.error > 0 && evpi.error < 0.02 * gaussian_toys[t].evpi);
    }
}

/* The error is honest: over many samples, the estimates spread as it says. */
static void error_is_the_spread_of_estimates(void **state)
{
    (void)state;
    enum { N = 400, SAMPLES = 400 };
    static double params[2 * N], value[2 * N];
    kea_benefits benefits = {N, 2, value};
    double squares = 0, claimed = 0;
    for (size_t s = 0; s < SAMPLES; s++) {
        kea_evpi evpi;
        kea_error err;
        gaussian_toy_draw(&gaussian_toys[1], 100 + s, N, params, value);
        assert_ok(kea_evpi_of(&evpi, &benefits, &err), err);
        squares += pow(evpi.value - gaussian_toys[1].evpi, 2) / SAMPLES;
        claimed += evpi.error * evpi.error / SAMPLES;
    }
    /* the relative error of a variance over 400 samples is sqrt(2/400), 0.07, somewhat more here */
    assert_near(sqrt(squares / claimed), 1, 0.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(error_is_the_spread_of_estimates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
