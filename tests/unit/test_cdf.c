/* Gamma and beta tails against values calculated with 60 digits (mpmath), closed forms, and round
 * trips from a quantile back to its probability. */
#include "sim/core/cdf.h"
#include "tests/support/support.h"

#include <float.h>

/* Relative error of a log probability, and absolute near 0. */
static void assert_log(double actual, double expected)
{
    assert_near(actual, expected, 1e-12 * fmax(fabs(expected), 1.0));
}

static void gamma_tails(void **state)
{
    (void)state;
    static const struct {
        double shape, x, log_lower, log_upper;
    } row[] = {
        {0.3, 0.01, -1.275680083776379, -0.3274504504972728},
        {0.3, 4.0, -0.002024558682183123, -6.203415645455428},
        {2.0, 0.1, -5.364705028732111, -0.00468982019567514},
        {2.0, 20.0, -4.328422700797185e-8, -16.95547756227658},
        {40.0, 20.0, -9.841414096317443, -5.320344039039753e-5},
        {40.0, 70.0, -3.864013259282275e-5, -10.16123843713866},
        {5000.0, 4800.0, -6.164487638188842, -0.002105009459388055},
        {5000.0, 5400.0, -1.720663211127396e-8, -17.87797094818545},
        {0.01, 0.001, -0.06339714339583266, -2.789867586134067},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        assert_log(kea_cdf_gamma_log_lower(row[i].shape, log(row[i].x)), row[i].log_lower);
        assert_log(kea_cdf_gamma_log_upper(row[i].shape, log(row[i].x)), row[i].log_upper);
    }
}

static void beta_tails(void **state)
{
    (void)state;
    static const struct {
        double a, b, x, log_lower, log_upper;
    } row[] = {
        {0.3, 0.7, 0.01, -1.533548869278903, -0.2430511140574834},
        {0.5, 0.5, 0.9, -0.2292028275811151, -1.585561414730353},
        {2.0, 5.0, 0.05, -3.418125005120345, -0.03332292062354291},
        {39.4, 836.6, 0.1, -6.349464553881761e-10, -21.17748044313199},
        {3000.0, 4000.0, 0.41, -7.114316149756135, -0.0008137077194269774},
        {3000.0, 4000.0, 0.45, -0.000152785023686266, -8.78655509009904},
        {200.0, 3.0, 0.9999, -1.333360502143368e-6, -13.52780877579274},
        {1.5, 20000.0, 0.0001, -0.3030490541920289, -1.341561429263225},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        double logit = kea_cdf_logit(row[i].x);
        assert_log(kea_cdf_beta_log_lower(row[i].a, row[i].b, logit), row[i].log_lower);
        assert_log(kea_cdf_beta_log_lower(row[i].b, row[i].a, -logit), row[i].log_upper);
    }
}

static void closed_forms(void **state)
{
    (void)state;
    for (double u = 0.003; u < 1.0; u += 0.031) {
        /* Gamma(1, 1) is exponential */
        assert_near(kea_cdf_gamma_log_quantile(1.0, u, 1.0 - u), log(-log1p(-u)), 1e-13);
        /* Beta(1, 1) is uniform, Beta(a, 1) has x = u^(1/a), Beta(1/2, 1/2) is the arcsine law */
        assert_near(kea_cdf_beta_logit_quantile(1.0, 1.0, u, 1.0 - u), kea_cdf_logit(u), 1e-13);
        double x = kea_cdf_expit(kea_cdf_beta_logit_quantile(7.0, 1.0, u, 1.0 - u));
        assert_near(x, pow(u, 1.0 / 7.0), 1e-13);
        x = kea_cdf_expit(kea_cdf_beta_logit_quantile(0.5, 0.5, u, 1.0 - u));
        assert_near(x, pow(sin(acos(-1.0) * u / 2.0), 2.0), 1e-13);
    }
    /* the density of log X of an exponential: x exp(-x) */
    assert_near(kea_cdf_gamma_log_density(1.0, log(3.0)), log(3.0) - 3.0, 1e-13);
}

static const double sizes[] = {1e-3, 0.05, 0.3, 1, 2, 5, 40, 700, 1999, 2001, 1e4, 1e6};
static const double tails[] = {1.2e-16, 1e-12, 1e-6, 0.01, 0.3, 0.5};
enum { N_SIZES = sizeof sizes / sizeof sizes[0], N_TAILS = sizeof tails / sizeof tails[0] };

static void gamma_round_trips(void **state)
{
    (void)state;
    for (int i = 0; i < N_SIZES; i++)
        for (int j = 0; j < N_TAILS; j++) {
            double u = tails[j], tolerance = 1e-10;
            double low = kea_cdf_gamma_log_quantile(sizes[i], u, 1.0 - u);
            double high = kea_cdf_gamma_log_quantile(sizes[i], 1.0 - u, u);
            assert_near(kea_cdf_gamma_log_lower(sizes[i], low), log(u), tolerance);
            assert_near(kea_cdf_gamma_log_upper(sizes[i], high), log(u), tolerance);
            assert_true(low <= high);
        }
}

static void beta_round_trips(void **state)
{
    (void)state;
    for (int i = 0; i < N_SIZES; i++)
        for (int j = 0; j < N_SIZES; j++)
            for (int k = 0; k < N_TAILS; k++) {
                double a = sizes[i], b = sizes[j], u = tails[k], tolerance = 1e-9;
                double low = kea_cdf_beta_logit_quantile(a, b, u, 1.0 - u);
                double high = kea_cdf_beta_logit_quantile(a, b, 1.0 - u, u);
                assert_near(kea_cdf_beta_log_lower(a, b, low), log(u), tolerance);
                assert_near(kea_cdf_beta_log_lower(b, a, -high), log(u), tolerance);
                assert_true(low <= high + 1e-12 * fabs(high));
            }
}

static void extreme_parameters_do_not_fail(void **state)
{
    (void)state;
    const double extreme[] = {1e-6, 1.0, 1e9, 1e12};
    for (int i = 0; i < 4; i++)
        for (double u = 0x1p-53; u < 1.0; u = u < 0.4 ? 3.0 * u : 0.5 + 0.5 * u + 1e-9) {
            double x = kea_cdf_gamma_log_quantile(extreme[i], u, 1.0 - u);
            assert_true(isfinite(x));
            for (int j = 0; j < 4; j++)
                assert_true(
                    isfinite(kea_cdf_beta_logit_quantile(extreme[i], extreme[j], u, 1.0 - u)));
        }
}

static void logit_and_back(void **state)
{
    (void)state;
    assert_near(kea_cdf_logit(0.5), 0.0, 0.0);
    assert_near(kea_cdf_logit(0.8), log(4.0), 1e-15);
    assert_near(kea_cdf_expit(log(4.0)), 0.8, 1e-15);
    assert_near(kea_cdf_expit(-800.0), 0.0, 0.0);
    assert_near(kea_cdf_expit(800.0), 1.0, 0.0);
    assert_near(kea_cdf_expit(-30.0), exp(-30.0) / (1.0 + exp(-30.0)), 1e-28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gamma_tails),      cmocka_unit_test(beta_tails),
        cmocka_unit_test(closed_forms),     cmocka_unit_test(gamma_round_trips),
        cmocka_unit_test(beta_round_trips), cmocka_unit_test(extreme_parameters_do_not_fail),
        cmocka_unit_test(logit_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
