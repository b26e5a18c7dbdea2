/* Numbers of decisions by hand and at the edges. */
#include "sim/analysis/population.h"

#include "tests/support/support.h"

static double size_of(kea_population population)
{
    double size = (double)NAN;
    kea_error err;
    assert_ok(kea_population_size(&size, &population, &err), err);
    return size;
}

static void by_hand(void **state)
{
    (void)state;
    /* without discounting: 7 now and 3 a year for 5 years, 2 to a benefit */
    assert_near(size_of((kea_population){7, 3, 5, 0, 0, 2}), 11, 1e-14);
    /* with a delay of 2 years those at the start and 6 others have no benefit */
    assert_near(size_of((kea_population){7, 3, 5, 0, 2, 1}), 9, 1e-14);
    /* at 100% a year 1/2^t: (1 - 1/4) / ln 2 over two years */
    assert_near(size_of((kea_population){0, 1, 2, 1, 0, 1}), 0.75 / log(2), 1e-14);
    assert_near(size_of((kea_population){0, 1, 2, 1, 1, 1}), 0.25 / log(2), 1e-14);
    assert_near(size_of((kea_population){4, 1, 2, 0.03, 6, 1}), 0, 0);
    assert_near(size_of((kea_population){4, 0, 0, 0.03, 0, 1}), 4, 0);
}

/* One known defect of others: at rate 0 the time factor is lost. */
static void no_jump_at_rate_0(void **state)
{
    (void)state;
    for (double rate = 1e-3; rate > 1e-18; rate /= 10) {
        double size = size_of((kea_population){0, 10, 20, rate, 0, 1});
        /* second order: T^2 r / 2 less */
        assert_near(size, 200 - 10 * 400 * log1p(rate) / 2, 1e4 * rate * rate * 2 + 1e-12);
    }
    assert_near(size_of((kea_population){0, 10, 20, 0, 0, 1}), 200, 1e-13);
}

static void wrong_numbers_are_named(void **state)
{
    (void)state;
    const kea_population wrong[] = {{-1, 1, 1, 0, 0, 1}, {1, -1, 1, 0, 0, 1}, {1, 1, -1, 0, 0, 1},
                                    {1, 1, 1, -1, 0, 1}, {1, 1, 1, 0, -1, 1}, {1, 1, 1, 0, 0, 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        double size;
        kea_error err;
        assert_int_equal(kea_population_size(&size, &wrong[i], &err), KEA_ERR_INPUT);
        if (i == 3)
            assert_string_equal(err.text, "population of the decision: the discount rate is -1; it "
                                          "must be above -1");
        if (i == 5)
            assert_string_equal(err.text, "population of the decision: the number that one net "
                                          "benefit covers is 0; it must be above 0");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(no_jump_at_rate_0),
        cmocka_unit_test(wrong_numbers_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
