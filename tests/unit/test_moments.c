/* Running moments against hand arithmetic, and quantiles of type 7. */
#include "sim/core/moments.h"
#include "tests/support/support.h"

static kea_moments moments_of(size_t n, const double *x)
{
    kea_moments moments = {0};
    for (size_t i = 0; i < n; i++)
        kea_moments_add(&moments, x[i]);
    return moments;
}

static void four_numbers(void **state)
{
    (void)state;
    const double x[] = {2, 3, 7, 12}; /* mean 6; squares 16 + 9 + 1 + 36 = 62 */
    kea_moments m = moments_of(4, x);
    assert_int_equal(m.n, 4);
    assert_near(m.mean, 6.0, 1e-15);
    assert_near(kea_moments_variance(&m), 62.0 / 3.0, 1e-14);
    assert_near(kea_moments_sd(&m), sqrt(62.0 / 3.0), 1e-14);
    assert_near(kea_moments_error(&m), sqrt(62.0 / 12.0), 1e-14);
}

static void too_few_numbers_have_no_variance(void **state)
{
    (void)state;
    kea_moments m = {0};
    assert_true(isnan(kea_moments_variance(&m)));
    assert_true(isnan(kea_moments_error(&m)));
    kea_moments_add(&m, 5.0);
    assert_near(m.mean, 5.0, 0.0);
    assert_true(isnan(kea_moments_sd(&m)));
    kea_moments_add(&m, 5.0);
    assert_near(kea_moments_sd(&m), 0.0, 0.0);
}

static void far_from_zero_no_digits_are_lost(void **state)
{
    (void)state;
    const double x[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    kea_moments m = moments_of(4, x);
    assert_near(kea_moments_variance(&m), 30.0, 1e-9);
}

static void merging_is_adding(void **state)
{
    (void)state;
    const double x[] = {2, 3, 7, 12, -4, 0.5, 31};
    kea_moments all = moments_of(7, x);
    for (size_t split = 0; split <= 7; split++) {
        kea_moments left = moments_of(split, x);
        kea_moments right = moments_of(7 - split, x + split);
        kea_moments_merge(&left, &right);
        assert_int_equal(left.n, 7);
        assert_near(left.mean, all.mean, 1e-14);
        assert_near(left.m2, all.m2, 1e-11);
    }
    kea_moments nothing = {0};
    kea_moments_merge(&nothing, &(kea_moments){0});
    assert_int_equal(nothing.n, 0);
    assert_near(nothing.mean, 0.0, 0.0);
}

static void quantiles_interpolate(void **state)
{
    (void)state;
    double x[] = {40, 10, 30, 20};
    assert_near(kea_moments_quantile(x, 4, 0.0), 10.0, 0.0);
    assert_near(kea_moments_quantile(x, 4, 0.1), 13.0, 1e-13);
    assert_near(kea_moments_quantile(x, 4, 0.5), 25.0, 1e-13);
    assert_near(kea_moments_quantile(x, 4, 0.9), 37.0, 1e-13);
    assert_near(kea_moments_quantile(x, 4, 1.0), 40.0, 0.0);
    assert_near(x[0], 10.0, 0.0); /* sorted in place */
    assert_near(x[3], 40.0, 0.0);
}

static void quantiles_of_few(void **state)
{
    (void)state;
    double x[] = {8};
    assert_near(kea_moments_quantile(x, 1, 0.3), 8.0, 0.0);
    assert_true(isnan(kea_moments_quantile(x, 0, 0.3)));
}

/* Blocks (1, 3), (4, 6) and half a one: means 2 and 5, sd sqrt(4.5), so sqrt(4.5 x 2 / 5). */
static void an_error_from_blocks(void **state)
{
    (void)state;
    const double x[] = {1, 3, 4, 6, 9};
    kea_moments all = {0};
    for (size_t i = 0; i < 5; i++)
        kea_moments_add(&all, x[i]);
    assert_near(kea_moments_block_error(x, 5, 2), sqrt(1.8), 1e-15);
    assert_near(kea_moments_block_error(x, 5, 1), kea_moments_error(&all), 1e-15);
    assert_true(isnan(kea_moments_block_error(x, 5, 3)));
    assert_true(isnan(kea_moments_block_error(x, 5, 0)));
    assert_true(isnan(kea_moments_block_error(x, 0, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_numbers),
        cmocka_unit_test(too_few_numbers_have_no_variance),
        cmocka_unit_test(far_from_zero_no_digits_are_lost),
        cmocka_unit_test(merging_is_adding),
        cmocka_unit_test(quantiles_interpolate),
        cmocka_unit_test(quantiles_of_few),
        cmocka_unit_test(an_error_from_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
