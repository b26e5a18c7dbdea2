/* Estimates by hand arithmetic. */
#include "sim/analysis/estimate.h"

#include "tests/support/support.h"

enum { VSV, STUDENTS, COST_A, COST_B, N_OUTCOMES };
enum { N_POINTS = 3 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"vsv", "students", -1, NULL, NULL, "vsv", "-", KEA_COST_DURING},
    {"students", "students", 0, NULL, NULL, "students", "-", KEA_COST_DURING},
    {"cost_a", "EUR", -1, "team", "school", "a", "-", KEA_COST_DURING},
    {"cost_b", "EUR", -1, "mentor", "school", "b", "-", KEA_COST_DURING},
};

/* value = 1000 outcome + 100 arm + 10 point + scope, plus 1 for the denominator's sake */
static void fill(kea_sample *sample)
{
    kea_error err;
    assert_ok(kea_sample_init(sample, N_POINTS, 2, N_OUTCOMES, outcomes, &err), err);
    for (size_t p = 0; p < N_POINTS; p++)
        for (size_t arm = 0; arm < 2; arm++)
            for (size_t o = 0; o < N_OUTCOMES; o++)
                for (int scope = 0; scope < KEA_N_SCOPES; scope++)
                    *kea_sample_at(sample, p, arm, o, (kea_scope)scope) =
                        (double)(1000 * o + 100 * arm + 10 * p + (size_t)scope + 1);
}

static void of_numbers(void **state)
{
    (void)state;
    double x[] = {4, 1, 3, 2, 5};
    kea_estimate estimate = kea_estimate_of(x, 5);
    assert_near(estimate.mean, 3, 1e-15);
    assert_near(estimate.error, sqrt(2.5 / 5), 1e-15); /* variance 10 / 4 */
    assert_near(estimate.low, 1.1, 1e-14);             /* place 0.1 between 1 and 2 */
    assert_near(estimate.high, 4.9, 1e-14);
    assert_int_equal(estimate.n, 5);
}

static void of_too_few(void **state)
{
    (void)state;
    double one[] = {7};
    kea_estimate estimate = kea_estimate_of(one, 1);
    assert_near(estimate.mean, 7, 0);
    assert_true(isnan(estimate.error));
    assert_near(estimate.low, 7, 0);
    assert_near(estimate.high, 7, 0);
    estimate = kea_estimate_of(one, 0);
    assert_true(isnan(estimate.mean) && isnan(estimate.low) && isnan(estimate.high));
    double holed[] = {1, (double)NAN, 2};
    estimate = kea_estimate_of(holed, 3);
    assert_true(isnan(estimate.mean) && isnan(estimate.error) && isnan(estimate.high));
}

static void of_an_arm(void **state)
{
    (void)state;
    kea_sample sample;
    double scratch[N_POINTS];
    fill(&sample);
    kea_estimate plain = kea_estimate_arm(
        &sample, 1, &(kea_measure){VSV, KEA_SCOPE_TOTAL, KEA_NO_OUTCOME, 2}, scratch);
    assert_near(plain.mean, 2 * 112, 1e-12); /* 102, 112, 122 */
    assert_near(plain.error, 20 / sqrt(3), 1e-12);
    kea_estimate rate =
        kea_estimate_arm(&sample, 0, &(kea_measure){VSV, KEA_SCOPE_WINDOW, STUDENTS, 100}, scratch);
    assert_near(rate.mean, 100.0 / 3 * (1.0 / 1001 + 11.0 / 1011 + 21.0 / 1021), 1e-12);
    kea_estimate costs = kea_estimate_arm(
        &sample, 0, &(kea_measure){KEA_ALL_COSTS, KEA_SCOPE_DISCOUNTED, KEA_NO_OUTCOME, 1},
        scratch);
    assert_near(costs.mean, 2013 + 3013, 1e-9); /* middle point: 10 + 2 + 1 */
    kea_sample_free(&sample);
}

static void of_an_increment(void **state)
{
    (void)state;
    kea_sample sample;
    double scratch[N_POINTS];
    fill(&sample);
    kea_estimate change = kea_estimate_increment(
        &sample, 1, 0, &(kea_measure){COST_A, KEA_SCOPE_WINDOW, KEA_NO_OUTCOME, 1}, scratch);
    assert_near(change.mean, 100, 1e-12); /* paired: the same at every point */
    assert_near(change.error, 0, 1e-12);
    assert_near(change.low, 100, 1e-12);
    *kea_sample_at(&sample, 2, 1, STUDENTS, KEA_SCOPE_WINDOW) = 0;
    change = kea_estimate_increment(&sample, 1, 0,
                                    &(kea_measure){VSV, KEA_SCOPE_WINDOW, STUDENTS, 1}, scratch);
    assert_true(isnan(change.mean));
    kea_sample_free(&sample);
}

static void identical_arms_differ_by_exactly_0(void **state)
{
    (void)state;
    kea_sample sample;
    double scratch[N_POINTS];
    fill(&sample);
    kea_estimate change = kea_estimate_increment(
        &sample, 1, 1, &(kea_measure){KEA_ALL_COSTS, KEA_SCOPE_DISCOUNTED, STUDENTS, 1}, scratch);
    assert_true(change.mean == 0 && change.error == 0 && change.low == 0 && change.high == 0);
    kea_sample_free(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_numbers),
        cmocka_unit_test(of_too_few),
        cmocka_unit_test(of_an_arm),
        cmocka_unit_test(of_an_increment),
        cmocka_unit_test(identical_arms_differ_by_exactly_0),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
