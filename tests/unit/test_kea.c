/* Ratios, intervals and net benefit by hand arithmetic. */
#include "sim/analysis/kea.h"

#include "sim/core/moments.h"
#include "tests/support/support.h"

#include <string.h>

enum { MAX_POINTS = 64 };

/* Pairs over arrays: [point][arm]. */
static kea_pairs pairs_of(size_t n_points, size_t n_arms, double *cost, double *effect)
{
    return (kea_pairs){n_points, n_arms, cost, effect};
}

/* Two arms: the reference at (1000, 5), the other at increments c[i], e[i] from it. */
static kea_pairs two_arms(size_t n, const double *c, const double *e, double *cost, double *effect)
{
    for (size_t i = 0; i < n; i++) {
        cost[2 * i] = 1000;
        effect[2 * i] = 5;
        cost[2 * i + 1] = 1000 + c[i];
        effect[2 * i + 1] = 5 + e[i];
    }
    return pairs_of(n, 2, cost, effect);
}

static kea_ratio ratio_of(size_t n, const double *c, const double *e)
{
    double cost[2 * MAX_POINTS];
    double effect[2 * MAX_POINTS];
    kea_error err;
    kea_ratio ratio;
    kea_pairs pairs = two_arms(n, c, e, cost, effect);
    assert_ok(kea_ratio_of(&ratio, &pairs, 1, 0, &err), err);
    return ratio;
}

static void every_quadrant(void **state)
{
    (void)state;
    static const struct {
        double cost, effect;
        kea_quadrant quadrant;
        const char *name;
    } cases[] = {
        {8, 2, KEA_COSTS_AND_HELPS, "costs more and helps"},
        {-8, 2, KEA_DOMINATES, "dominates"},
        {-8, -2, KEA_SAVES_AND_HARMS, "saves and harms"},
        {8, -2, KEA_IS_DOMINATED, "is dominated"},
        {0, 0, KEA_NO_DIFFERENCE, "no difference"},
        {0, 2, KEA_DOMINATES, "dominates"},
        {-8, 0, KEA_DOMINATES, "dominates"},
        {0, -2, KEA_IS_DOMINATED, "is dominated"},
        {8, 0, KEA_IS_DOMINATED, "is dominated"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double c[] = {cases[i].cost, cases[i].cost};
        const double e[] = {cases[i].effect, cases[i].effect};
        kea_ratio ratio = ratio_of(2, c, e);
        bool has_ratio = i == 0 || i == 2;
        assert_int_equal(ratio.quadrant, cases[i].quadrant);
        assert_string_equal(kea_quadrant_name(ratio.quadrant), cases[i].name);
        for (size_t q = 0; q < KEA_N_QUADRANTS; q++)
            assert_near(ratio.share[q], (size_t)cases[i].quadrant == q ? 1 : 0, 0);
        assert_int_equal(isnan(ratio.value), !has_ratio);
        assert_int_equal(isnan(ratio.error), !has_ratio);
        assert_int_equal(isnan(ratio.low), !has_ratio);
        assert_int_equal(isnan(ratio.high), !has_ratio);
        if (has_ratio)
            assert_near(ratio.value, 4, 1e-12);
    }
}

static void ratio_of_means_with_delta_error(void **state)
{
    (void)state;
    const double c[] = {10, 20, 60};
    const double e[] = {1, 3, 5};
    kea_ratio ratio = ratio_of(3, c, e);
    assert_near(ratio.value, 10, 1e-12); /* 30 / 3, not the mean of ratios */
    /* residuals 0, -10, 10: sd 10, over sqrt(3), over the mean effect 3 */
    assert_near(ratio.error, 10 / sqrt(3) / 3, 1e-12);
    assert_near(ratio.cost.mean, 30, 1e-12);
    assert_near(ratio.effect.mean, 3, 1e-12);
}

static void interval_is_percentile_when_all_cost_and_help(void **state)
{
    (void)state;
    double c[MAX_POINTS];
    double e[MAX_POINTS];
    double own[MAX_POINTS];
    for (size_t i = 0; i < MAX_POINTS; i++) {
        c[i] = 100 + (double)((i * 37) % 64);
        e[i] = 2 + 0.05 * (double)((i * 11) % 64);
        own[i] = (1000 + c[i] - 1000) / (5 + e[i] - 5);
    }
    kea_ratio ratio = ratio_of(MAX_POINTS, c, e);
    assert_near(ratio.low, kea_moments_quantile(own, MAX_POINTS, 0.025), 1e-9);
    assert_near(ratio.high, kea_moments_quantile(own, MAX_POINTS, 0.975), 1e-9);
    assert_true(ratio.low < ratio.value && ratio.value < ratio.high);
}

static void interval_has_no_end_where_acceptability_has_none(void **state)
{
    (void)state;
    double c[40];
    double e[40];
    for (size_t i = 0; i < 40; i++) {
        c[i] = 10 + (double)i;
        e[i] = 1;
    }
    e[7] = e[9] = -1; /* dominated in 5% of the points */
    kea_ratio ratio = ratio_of(40, c, e);
    assert_near(ratio.low, 10.975, 1e-12); /* place 0.975 between 10 and 11 */
    assert_true(isinf(ratio.high) && ratio.high > 0);
    assert_near(ratio.share[KEA_IS_DOMINATED], 0.05, 1e-15);
    e[7] = e[9] = 1;
    c[7] = c[9] = -3; /* dominates in 5% */
    ratio = ratio_of(40, c, e);
    assert_true(isinf(ratio.low) && ratio.low < 0);
    assert_near(ratio.high, 48.025, 1e-12); /* place 38.025 of 39: between 48 and 49 */
    e[7] = e[9] = -1;                       /* saves and harms in 5%: both ends are open */
    ratio = ratio_of(40, c, e);
    assert_true(isinf(ratio.low) && ratio.low < 0);
    assert_true(isinf(ratio.high) && ratio.high > 0);
}

static void saving_and_harming_is_the_other_arm_costing_and_helping(void **state)
{
    (void)state;
    const double c[] = {-10, -24, -60};
    const double e[] = {-1, -3, -5};
    const double c_turned[] = {10, 24, 60};
    const double e_turned[] = {1, 3, 5};
    kea_ratio ratio = ratio_of(3, c, e);
    kea_ratio turned = ratio_of(3, c_turned, e_turned);
    assert_int_equal(ratio.quadrant, KEA_SAVES_AND_HARMS);
    assert_near(ratio.value, turned.value, 1e-12);
    assert_near(ratio.error, turned.error, 1e-12);
    assert_near(ratio.low, turned.low, 1e-12);
    assert_near(ratio.high, turned.high, 1e-12);
}

static void net_benefit_is_linear_in_willingness_to_pay(void **state)
{
    (void)state;
    const double c[] = {10, 20, 60, 6};
    const double e[] = {1, 3, 5, -1};
    double cost[8];
    double effect[8];
    kea_error err;
    kea_pairs pairs = two_arms(4, c, e, cost, effect);
    for (int w = 0; w <= 20; w += 5) {
        kea_net_benefit benefit;
        assert_ok(kea_net_benefit_of(&benefit, &pairs, 1, 0, w, &err), err);
        assert_near(benefit.benefit.mean, 2.0 * w - 24, 1e-12);
        assert_near(benefit.wtp, w, 0);
    }
    kea_net_benefit at_10;
    assert_ok(kea_net_benefit_of(&at_10, &pairs, 1, 0, 10, &err), err);
    /* benefits 0, 10, -10, -16: one positive, one exactly 0 that counts half */
    assert_near(at_10.probability, 1.5 / 4, 0);
}

static void identical_strategies_have_no_difference(void **state)
{
    (void)state;
    double cost[] = {3, 3, 4, 4};
    double effect[] = {1, 1, 2, 2};
    kea_pairs pairs = pairs_of(2, 2, cost, effect);
    kea_error err;
    kea_ratio ratio;
    assert_ok(kea_ratio_of(&ratio, &pairs, 1, 0, &err), err);
    assert_int_equal(ratio.quadrant, KEA_NO_DIFFERENCE);
    pairs.n_points = 0;
    assert_int_equal(kea_ratio_of(&ratio, &pairs, 1, 0, &err), KEA_ERR_INPUT);
}

static void pairs_from_a_sample(void **state)
{
    (void)state;
    static const kea_outcome_decl outcomes[] = {
        {"vsv", "students", -1, NULL, NULL, "vsv", "-", KEA_COST_DURING},
        {"diplomas", "diplomas", 1, NULL, NULL, "diplomas", "-", KEA_COST_DURING},
        {"cost_a", "EUR", -1, "team", "school", "a", "-", KEA_COST_DURING},
        {"needs", "cases", 0, NULL, NULL, "needs", "-", KEA_COST_DURING},
    };
    static const char *const both[] = {"vsv", "diplomas"};
    kea_sample sample;
    kea_pairs pairs;
    kea_error err;
    assert_ok(kea_sample_init(&sample, 1, 2, 4, outcomes, &err), err);
    for (size_t arm = 0; arm < 2; arm++)
        for (size_t o = 0; o < 4; o++)
            for (int scope = 0; scope < KEA_N_SCOPES; scope++)
                *kea_sample_at(&sample, 0, arm, o, (kea_scope)scope) =
                    (double)(100 * o + 10 * arm) + scope;
    assert_ok(kea_pairs_init(&pairs, &sample, "vsv", &err), err);
    assert_near(pairs.effect[1], -12, 0); /* discounted, turned */
    assert_near(pairs.cost[0], 202, 0);
    assert_near(kea_pairs_effect_increment(&pairs, 0, 1, 0), -10, 0);
    assert_near(kea_pairs_cost_increment(&pairs, 0, 1, 0), 10, 0);
    assert_near(kea_pairs_net_benefit(&pairs, 0, 1, 0, 3), -40, 0);
    kea_pairs_free(&pairs);
    kea_pairs_free(&pairs);
    assert_ok(kea_pairs_init_sum(&pairs, &sample, 2, both, &err), err);
    assert_near(pairs.effect[0], -2 + 102, 0);
    kea_pairs_free(&pairs);
    assert_int_equal(kea_pairs_init(&pairs, &sample, "vvs", &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "vvs"));
    assert_int_equal(kea_pairs_init(&pairs, &sample, "needs", &err), KEA_ERR_INPUT);
    kea_pairs_free(&pairs);
    kea_sample_free(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_quadrant),
        cmocka_unit_test(ratio_of_means_with_delta_error),
        cmocka_unit_test(interval_is_percentile_when_all_cost_and_help),
        cmocka_unit_test(interval_has_no_end_where_acceptability_has_none),
        cmocka_unit_test(saving_and_harming_is_the_other_arm_costing_and_helping),
        cmocka_unit_test(net_benefit_is_linear_in_willingness_to_pay),
        cmocka_unit_test(identical_strategies_have_no_difference),
        cmocka_unit_test(pairs_from_a_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
