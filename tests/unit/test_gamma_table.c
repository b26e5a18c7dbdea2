/* The table against the exact quantiles and against GSL's, over its whole range and beyond. */
#include "sim/core/cdf.h"
#include "sim/core/gamma_table.h"
#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <string.h>

static const double shapes[] = {0.05, 0.3, 1, 2, 5, 40, 1000};
enum { N_SHAPES = (int)(sizeof shapes / sizeof shapes[0]), N_PLACES = 20011 };

/* Places between logit u = -27.6 and 27.6 that do not fall on the nodes of the table. */
static double place(int i)
{
    return -27.6 + 55.2 * (i + 0.37) / N_PLACES;
}

static void close_to_the_exact_quantile(void **state)
{
    (void)state;
    for (int s = 0; s < N_SHAPES; s++) {
        kea_gamma_table table = {0};
        kea_error err;
        assert_ok(kea_gamma_table_init(&table, shapes[s], &err), err);
        double worst = 0.0;
        for (int i = 0; i < N_PLACES; i++) {
            double u = kea_cdf_expit(place(i));
            double log_x = kea_cdf_gamma_log_quantile(shapes[s], u, 1.0 - u);
            double exact = exp(log_x - log(shapes[s]));
            worst = fmax(worst, fabs(kea_gamma_table_quantile(&table, u) / exact - 1.0));
        }
        assert_near(worst, 0.0, 1e-7);
    }
}

static void close_to_gsl(void **state)
{
    (void)state;
    for (int s = 1; s < N_SHAPES - 1; s++) {
        kea_gamma_table table = {0};
        kea_error err;
        assert_ok(kea_gamma_table_init(&table, shapes[s], &err), err);
        int compared = 0;
        for (int i = 0; i < N_PLACES; i += 20) {
            double u = kea_cdf_expit(place(i));
            double gsl = u < 0.5 ? gsl_cdf_gamma_Pinv(u, shapes[s], 1.0 / shapes[s])
                                 : gsl_cdf_gamma_Qinv(1.0 - u, shapes[s], 1.0 / shapes[s]);
            if (!(gsl > 0.0))
                continue; /* GSL gives up at a few places */
            assert_near(kea_gamma_table_quantile(&table, u) / gsl, 1.0, 1e-6);
            compared++;
        }
        assert_true(compared > 950);
    }
}

static void shape_one_is_exponential(void **state)
{
    (void)state;
    kea_gamma_table table = {0};
    kea_error err;
    assert_ok(kea_gamma_table_init(&table, 1.0, &err), err);
    for (double u = 1e-10; u < 1.0; u += 0.01)
        assert_near(kea_gamma_table_quantile(&table, u) / -log1p(-u), 1.0, 1e-7);
}

static void it_goes_on_beyond_its_ends(void **state)
{
    (void)state;
    for (int s = 0; s < N_SHAPES; s++) {
        kea_gamma_table table = {0};
        kea_error err;
        assert_ok(kea_gamma_table_init(&table, shapes[s], &err), err);
        double last = 0.0;
        for (double logit = -36.7; logit < 36.7; logit += 0.01) {
            double x = kea_gamma_table_quantile(&table, kea_cdf_expit(logit));
            assert_true(x >= last);
            last = x;
        }
        /* the smallest and the largest uniform that a stream can give */
        assert_true(kea_gamma_table_quantile(&table, 0x1p-53) >= 0.0);
        assert_true(kea_gamma_table_quantile(&table, 1.0 - 0x1p-53) >= last);
        assert_true(isfinite(kea_gamma_table_quantile(&table, 1.0 - 0x1p-53)));
    }
    /* at the low end the continuation is exact: log x is a straight line there */
    kea_gamma_table table = {0};
    kea_error err;
    assert_ok(kea_gamma_table_init(&table, 2.0, &err), err);
    double exact = exp(kea_cdf_gamma_log_quantile(2.0, 1e-15, 1.0)) / 2.0;
    assert_near(kea_gamma_table_quantile(&table, 1e-15) / exact, 1.0, 1e-5);
}

static void drawn_numbers_have_mean_one(void **state)
{
    (void)state;
    kea_gamma_table table = {0};
    kea_error err;
    assert_ok(kea_gamma_table_init(&table, 2.0, &err), err);
    kea_rng_key key = kea_rng_key_of(5, "test.gamma_table");
    kea_moments m = {0};
    for (uint32_t i = 0; i < 200000; i++)
        kea_moments_add(&m, kea_gamma_table_quantile(
                                &table, kea_rng_uniform(key, (kea_rng_address){0, i, 0}, 0)));
    assert_near(m.mean, 1.0, 4.9 * sqrt(0.5 / 200000.0));
    /* variance 1/2; the fourth central moment of Gamma(2, 1/2) is 3/2 */
    assert_near(kea_moments_variance(&m), 0.5, 4.9 * sqrt((1.5 - 0.25) / 200000.0));
}

static void the_same_shape_is_not_made_twice(void **state)
{
    (void)state;
    kea_gamma_table table = {0};
    kea_error err;
    assert_ok(kea_gamma_table_init(&table, 3.0, &err), err);
    table.log_x[7] = 123.0; /* a mark that filling again would wipe out */
    assert_ok(kea_gamma_table_init(&table, 3.0, &err), err);
    assert_near(table.log_x[7], 123.0, 0.0);
    assert_ok(kea_gamma_table_init(&table, 4.0, &err), err);
    assert_true(table.log_x[7] < 0.0);
}

static void shapes_outside_are_refused(void **state)
{
    (void)state;
    const double wrong[] = {0.049, 1001.0, -1.0, 0.0, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        kea_gamma_table table = {0};
        kea_error err = {0};
        assert_int_equal(kea_gamma_table_init(&table, wrong[i], &err), KEA_ERR_INPUT);
        assert_non_null(strstr(err.text, "must be from 0.05 to 1000"));
    }
}

int main(void)
{
    (void)gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(close_to_the_exact_quantile),
        cmocka_unit_test(close_to_gsl),
        cmocka_unit_test(shape_one_is_exponential),
        cmocka_unit_test(it_goes_on_beyond_its_ends),
        cmocka_unit_test(drawn_numbers_have_mean_one),
        cmocka_unit_test(the_same_shape_is_not_made_twice),
        cmocka_unit_test(shapes_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
