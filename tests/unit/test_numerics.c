/* The small numerical helpers: quadrature, root finding, the truncated and the logit-normal
 * distribution. Reference values were calculated with 30 digits (mpmath). */
#include "sim/core/logit_normal.h"
#include "sim/core/quadrature.h"
#include "sim/core/root.h"
#include "sim/core/truncated_normal.h"
#include "tests/support/support.h"

static double power(const void *context, double x)
{
    return pow(x, *(const double *)context);
}

static void quadrature_is_exact_for_polynomials(void **state)
{
    (void)state;
    for (double degree = 0.0; degree <= 15.0; degree += 1.0) {
        double exact = (pow(3.0, degree + 1.0) - pow(-1.0, degree + 1.0)) / (degree + 1.0);
        assert_near(kea_quadrature(power, &degree, -1.0, 3.0, 1) / exact, 1.0, 1e-14);
        assert_near(kea_quadrature(power, &degree, 3.0, -1.0, 7) / exact, -1.0, 1e-14);
    }
    double degree = 16.0;
    double exact = (pow(3.0, 17.0) + 1.0) / 17.0;
    assert_true(fabs(kea_quadrature(power, &degree, -1.0, 3.0, 1) / exact - 1.0) > 1e-9);
}

static double steep(const void *context, double x)
{
    const double *zero = context;
    double away = x - *zero;
    return away < -1.0 ? -HUGE_VAL : expm1(40.0 * away);
}

static double undefined(const void *context, double x)
{
    (void)context;
    (void)x;
    return (double)NAN;
}

static void roots_are_found(void **state)
{
    (void)state;
    for (double zero = -9.5; zero < 10.0; zero += 0.7) {
        double x = 99.0;
        assert_true(kea_root_find(steep, &zero, -10.0, 10.0, 0.0, &x));
        assert_near(x, zero, 1e-14);
        assert_true(kea_root_find(steep, &zero, 10.0, -10.0, 0.0, &x));
        assert_near(x, zero, 1e-14);
    }
    double cube = 3.0, x = 99.0;
    assert_true(kea_root_find(power, &cube, -1.0, 2.0, 1e-8, &x));
    assert_near(x, 0.0, 1e-8);
    assert_true(kea_root_find(power, &cube, 0.0, 2.0, 0.0, &x)); /* zero at an end */
    assert_near(x, 0.0, 0.0);
}

static void no_root_is_said(void **state)
{
    (void)state;
    double square = 2.0, x = 99.0;
    assert_false(kea_root_find(power, &square, 1.0, 2.0, 0.0, &x));
    assert_false(kea_root_find(undefined, NULL, 1.0, 2.0, 0.0, &x));
    assert_near(x, 99.0, 0.0);
}

static void truncated_normal_moments(void **state)
{
    (void)state;
    static const struct {
        kea_truncated_normal t;
        double mean, sd, mass;
    } row[] = {
        {{0, 1, -1, 2}, 0.229637179091329, 0.7209455868590458, 0.8185946141203637},
        {{0, 1, 5, 6}, 5.183147090477174, 0.1716171051162531, 2.856649842341562e-7},
        {{0, 1, -6, -5}, -5.183147090477174, 0.1716171051162531, 2.856649842341562e-7},
        {{0, 1, 30, 31}, 30.03325966743362, 0.03322305693092197, 4.906713927147918e-198},
        {{10, 2, 9, 9.001}, 9.000500020822916, 0.0002886751329412359, 0.0001760546619626937},
        {{18, 3, 16, 27}, 19.2665534953921, 2.160261497515665, 0.746157564421447},
        {{5, 2, -1e6, 1e6}, 5, 2, 1},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        double mean, sd;
        kea_truncated_normal_moments(&row[i].t, &mean, &sd);
        assert_near(mean / row[i].mean, 1.0, 1e-12);
        assert_near(sd / row[i].sd, 1.0, 1e-11);
        assert_near(kea_truncated_normal_mass(&row[i].t) / row[i].mass, 1.0, 1e-11);
    }
    kea_truncated_normal far = {0, 1, 50, 51};
    assert_near(kea_truncated_normal_mass(&far), 0.0, 0.0);
}

static void truncated_normal_in_the_tail(void **state)
{
    (void)state;
    /* P(X > x | X > 30) falls by half about log(2) / 30 further on; exactly, to second order */
    kea_truncated_normal t = {0, 1, 30, 40};
    double median = kea_truncated_normal_quantile(&t, 0.5);
    double tail = 0.5 * erfc(median / sqrt(2.0)) / (0.5 * erfc(30.0 / sqrt(2.0)));
    assert_near(tail, 0.5, 1e-11);
    /* the mirror image */
    kea_truncated_normal mirror = {0, 1, -40, -30};
    assert_near(kea_truncated_normal_quantile(&mirror, 0.5), -median, 1e-12);
    /* far out on both sides of a wide interval */
    kea_truncated_normal wide = {0, 1, -30, 31};
    assert_near(kea_truncated_normal_quantile(&wide, 1e-15), -7.941345326170997, 1e-12);
    assert_near(kea_truncated_normal_quantile(&wide, 1.0 - 0x1p-50), 7.956038125481531, 1e-12);
    for (double u = 0x1p-53; u < 1.0; u += 0.001) {
        double x = kea_truncated_normal_quantile(&t, u);
        assert_true(x >= 30.0 && x <= 40.0);
    }
}

static const struct {
    double mu, sigma, mean, sd;
} logit_rows[] = {
    {0, 1, 0.5, 0.2082763449316628},
    {-3, 0.5, 0.05266995398111069, 0.02580815906671564},
    {2.5, 0.3, 0.9214574924166237, 0.02190558010493486},
    {-6, 2, 0.01419828776114341, 0.04309389966627701},
    {0.7, 4.9, 0.553392724395386, 0.4139234379159926},
    {0.7, 5.1, 0.5515359317658084, 0.4172930697956975},
    {-4, 20, 0.421059204411813, 0.473595580076708},
    {-30, 6, 1.038741744174712e-6, 0.000497189823724609},
    {1, 0.001, 0.7310585332011465, 0.0001966119260754032},
};

static void logit_normal_moments(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof logit_rows / sizeof logit_rows[0]; i++) {
        double mean, sd;
        kea_logit_normal_moments(logit_rows[i].mu, logit_rows[i].sigma, &mean, &sd);
        assert_near(mean / logit_rows[i].mean, 1.0, 1e-11);
        assert_near(sd / logit_rows[i].sd, 1.0, 1e-11);
    }
}

static void logit_normal_is_solved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof logit_rows / sizeof logit_rows[0]; i++) {
        double mu, sigma, mean = logit_rows[i].mean, sd = logit_rows[i].sd;
        assert_true(kea_logit_normal_solve(mean, sd, &mu, &sigma));
        assert_near(mu, logit_rows[i].mu, 1e-10 * (1.0 + sigma));
        assert_near(sigma / logit_rows[i].sigma, 1.0, 1e-10);
    }
    double mu, sigma;
    assert_false(kea_logit_normal_solve(0.5, 0.5 * (1.0 - 1e-12), &mu, &sigma));
    assert_true(kea_logit_normal_solve(0.5, 0.5 * (1.0 - 1e-5), &mu, &sigma));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quadrature_is_exact_for_polynomials),
        cmocka_unit_test(roots_are_found),
        cmocka_unit_test(no_root_is_said),
        cmocka_unit_test(truncated_normal_moments),
        cmocka_unit_test(truncated_normal_in_the_tail),
        cmocka_unit_test(logit_normal_moments),
        cmocka_unit_test(logit_normal_is_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
