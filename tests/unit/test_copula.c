/* Uniforms with a common factor: by hand arithmetic, at the ends, and by distribution. */
#include "sim/core/copula.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

/* Phi(1) and others, from tables */
#define PHI_02 0.579259709439103
#define PHI_06 0.7257468822499265
#define PHI_08 0.7881446014166034
#define PHI_1 0.8413447460685429
#define PHI_14 0.9192433407662289

static void adds_normal_scores(void **state)
{
    (void)state;
    assert_near(kea_copula_one_factor(0.5, 0.5, 0.6), 0.5, 1e-15);
    assert_near(kea_copula_one_factor(0.5, PHI_1, 0.6), PHI_06, 1e-14);
    assert_near(kea_copula_one_factor(PHI_1, 0.5, 0.6), PHI_08, 1e-14);
    assert_near(kea_copula_one_factor(PHI_1, PHI_1, 0.6), PHI_14, 1e-14);
    assert_near(kea_copula_one_factor(PHI_1, PHI_1, -0.6), PHI_02, 1e-14);
    assert_near(kea_copula_one_factor(1 - PHI_1, 1 - PHI_1, 0.6), 1 - PHI_14, 1e-14);
}

static void without_loading_nothing_changes(void **state)
{
    (void)state;
    static const double own[] = {0x1p-53, 1e-9, 0.1, 0.7, 1 - 0x1p-53};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        assert_near(kea_copula_one_factor(own[i], 0.3, 0), own[i], 0);
}

static void never_reaches_0_or_1(void **state)
{
    (void)state;
    const double least = 0x1p-53, most = 1 - 0x1p-53;
    assert_near(kea_copula_one_factor(least, least, 0.7), least, 0);
    assert_near(kea_copula_one_factor(most, most, 0.7), most, 0);
    assert_near(kea_copula_one_factor(most, least, -0.7), most, 0);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Two numbers with one factor: each uniform, their normal scores correlated by a b. */
static void uniform_and_correlated(void **state)
{
    (void)state;
    enum { N = 40000 };
    const double a = 0.9, b = -0.4;
    static double first[N];
    double product = 0, distance = 0;
    const kea_rng_key factor = kea_rng_key_of(7, "factor");
    const kea_rng_key own[] = {kea_rng_key_of(7, "first"), kea_rng_key_of(7, "second")};
    for (uint32_t i = 0; i < N; i++) {
        const kea_rng_address at = {.draw = i};
        double f = kea_rng_uniform(factor, at, 0);
        first[i] = kea_copula_one_factor(kea_rng_uniform(own[0], at, 0), f, a);
        double second = kea_copula_one_factor(kea_rng_uniform(own[1], at, 0), f, b);
        product += gsl_cdf_ugaussian_Pinv(first[i]) * gsl_cdf_ugaussian_Pinv(second) / N;
    }
    /* the product of standard normals with correlation r has variance 1 + r^2 */
    assert_near(product, a * b, 4.9 * sqrt((1 + a * a * b * b) / N));
    qsort(first, N, sizeof first[0], compare);
    for (int i = 0; i < N; i++)
        distance = fmax(distance,
                        fmax(fabs(first[i] - (double)i / N), fabs(first[i] - (double)(i + 1) / N)));
    /* Kolmogorov: P(sqrt(n) D > 2.7) = 2 exp(-2 x 2.7^2) < 1e-6 */
    assert_true(sqrt((double)N) * distance < 2.7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_normal_scores),
        cmocka_unit_test(without_loading_nothing_changes),
        cmocka_unit_test(never_reaches_0_or_1),
        cmocka_unit_test(uniform_and_correlated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
