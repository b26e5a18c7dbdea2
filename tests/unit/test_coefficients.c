/* Standardised regression and rank coefficients: by hand, on functions whose coefficients are
 * known, and what cannot be. */
#include "sim/analysis/coefficients.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <gsl/gsl_errno.h>
#include <string.h>

enum { N = 4000, K = 3 };

static void uniforms(size_t n, size_t k, double *x)
{
    kea_rng_key key = kea_rng_key_of(5, "test.coefficients");
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < n; j++)
            x[i * n + j] = kea_rng_uniform(
                key, (kea_rng_address){.draw = (uint32_t)j, .item = (uint32_t)i}, 0);
}

/* One number: the coefficient is the correlation. x = 1 2 3 4, y = 1 3 2 10: covariance sums 13, 5
 * and 50, so r = 13 / sqrt(250); ranks of y 0 2 1 3, so 0.8 of ranks. */
static void one_number_by_hand(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 3, 4}, y[] = {1, 3, 2, 10};
    const double r = 13 / sqrt(250);
    kea_coefficient c;
    kea_error err = {0};
    double r2, rank_r2;
    assert_ok(kea_coefficients(4, 1, x, y, &c, &r2, &rank_r2, &err), err);
    assert_near(c.regression, r, 1e-14);
    assert_near(r2, r * r, 1e-14);
    assert_near(c.regression_error, sqrt((1 - r * r) / 2), 1e-14);
    assert_near(c.rank_regression, 0.8, 1e-14);
    assert_near(c.rank_partial, 0.8, 1e-14);
    assert_near(rank_r2, 0.64, 1e-14);
}

/* Ties: x = 1 2 2 3 has ranks 0 1.5 1.5 3; with y = 1 2 3 4 the sums are 4.5, 4.5 and 5. */
static void ties_share_their_rank(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 2, 3}, y[] = {1, 2, 3, 4};
    kea_coefficient c;
    kea_error err = {0};
    double r2, rank_r2;
    assert_ok(kea_coefficients(4, 1, x, y, &c, &r2, &rank_r2, &err), err);
    assert_near(c.rank_regression, 4.5 / sqrt(22.5), 1e-14);
}

/* An exact sum: b_i is c_i sd(x_i) / sd(y) of the sample, nothing is left over, and partial rank
 * correlations see through the other numbers. */
static void a_sum_is_explained_wholly(void **state)
{
    (void)state;
    static double x[K * N], y[N];
    static const double by[K] = {5, -3, 0};
    kea_coefficient c[K];
    kea_error err = {0};
    double r2, rank_r2, mean[K + 1] = {0}, square[K + 1] = {0};
    uniforms(N, K, x);
    for (size_t j = 0; j < N; j++) {
        x[N + j] += x[j]; /* the second follows the first in part */
        y[j] = 7 + by[0] * x[j] + by[1] * x[N + j];
    }
    for (size_t i = 0; i <= K; i++) {
        const double *at = i < K ? x + i * N : y;
        for (size_t j = 0; j < N; j++)
            mean[i] += at[j] / N;
        for (size_t j = 0; j < N; j++)
            square[i] += (at[j] - mean[i]) * (at[j] - mean[i]);
    }
    assert_ok(kea_coefficients(N, K, x, y, c, &r2, &rank_r2, &err), err);
    for (size_t i = 0; i < K; i++)
        assert_near(c[i].regression, by[i] * sqrt(square[i] / square[K]), 1e-10);
    assert_near(r2, 1, 1e-12);
    assert_near(c[0].regression_error, 0, 1e-7);
    assert_true(c[0].rank_partial > 0.9 && c[1].rank_partial < -0.9);
    assert_near(c[2].rank_partial, 0, 4.9 / sqrt(N));
}

/* exp(20 x1) + noise: far from a line, but ranks see that it goes up. */
static void ranks_serve_what_only_goes_up(void **state)
{
    (void)state;
    static double x[2 * N], y[N];
    kea_coefficient c[2];
    kea_error err = {0};
    double r2, rank_r2;
    uniforms(N, 2, x);
    for (size_t j = 0; j < N; j++)
        y[j] = exp(20 * x[j]);
    assert_ok(kea_coefficients(N, 2, x, y, c, &r2, &rank_r2, &err), err);
    assert_near(rank_r2, 1, 1e-12);
    assert_near(c[0].rank_regression, 1, 1e-12);
    assert_true(r2 < 0.5);
}

static void wrong_samples_are_refused(void **state)
{
    (void)state;
    double x[3 * 8], y[8], r2, rank_r2;
    kea_coefficient c[3];
    kea_error err = {0};
    uniforms(8, 3, x);
    for (size_t j = 0; j < 8; j++)
        y[j] = x[j];
    assert_int_equal(kea_coefficients(4, 3, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "4 draws are too few for 3 numbers: at least 5 are needed");
    assert_int_equal(kea_coefficients(8, 0, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "there is no uncertain number to explain with");
    for (size_t j = 0; j < 8; j++)
        x[16 + j] = 1 - x[j] - x[8 + j];
    assert_int_equal(kea_coefficients(8, 3, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "(like the last of shares that sum to 1): leave"));
    for (size_t j = 0; j < 8; j++)
        x[16 + j] = 0.1;
    assert_int_equal(kea_coefficients(8, 3, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "number 3 is the same at all draws: leave it out");
    uniforms(8, 3, x);
    x[17] = (double)NAN;
    assert_int_equal(kea_coefficients(8, 3, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "number 3 of draw 2 is not a finite number");
    y[3] = (double)INFINITY;
    assert_int_equal(kea_coefficients(8, 2, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the outcome of draw 4 is not a finite number");
    for (size_t j = 0; j < 8; j++)
        y[j] = -3.3;
    assert_int_equal(kea_coefficients(8, 2, x, y, c, &r2, &rank_r2, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the outcome is the same at all draws: nothing explains it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_number_by_hand),
        cmocka_unit_test(ties_share_their_rank),
        cmocka_unit_test(a_sum_is_explained_wholly),
        cmocka_unit_test(ranks_serve_what_only_goes_up),
        cmocka_unit_test(wrong_samples_are_refused),
    };
    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
