/* Acceptability, its frontier and expected losses by hand arithmetic and by their identities. */
#include "sim/analysis/decision.h"

#include "sim/analysis/benefits.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <string.h>

static kea_pairs pairs_of(size_t n_points, size_t n_arms, double *cost, double *effect)
{
    return (kea_pairs){n_points, n_arms, cost, effect};
}

static void acceptability_sums_to_1_and_shares_ties(void **state)
{
    (void)state;
    /* arms: null; a; b, identical to a; c, dear and strong. Points differ in the strength of a. */
    double cost[] = {0, 10, 10, 30, 0, 10, 10, 30, 0, 10, 10, 30};
    double effect[] = {0, 2, 2, 3, 0, 0.5, 0.5, 6, 0, 4, 4, 5};
    kea_pairs pairs = pairs_of(3, 4, cost, effect);
    enum { N = 41 };
    double wtp[N];
    kea_decision curves;
    kea_error err;
    for (int w = 0; w < N; w++)
        wtp[w] = w;
    assert_ok(kea_decision_init(&curves, &pairs, N, wtp, &err), err);
    for (size_t w = 0; w < N; w++) {
        double sum = 0;
        for (size_t arm = 0; arm < 4; arm++)
            sum += curves.probability[arm * N + w];
        assert_near(sum, 1, 1e-15);
        assert_near(curves.probability[N + w], curves.probability[2 * N + w], 0);
        assert_near(curves.loss[N + w], curves.loss[2 * N + w], 0);
    }
    assert_near(curves.probability[0], 1, 0);
    assert_int_equal(curves.best[0], 0);
    /* at 10: points favour a = b (10 against 0 and 0), c (30), a = b (30 against 20) */
    assert_near(curves.probability[N + 10], 1.0 / 3, 1e-15);
    assert_near(curves.probability[3 * N + 10], 1.0 / 3, 1e-15);
    /* losses at 10: null 10 30 30; a 0 35 0; c 10 0 10 */
    assert_near(curves.loss[10], 70.0 / 3, 1e-13);
    assert_near(curves.loss[N + 10], 35.0 / 3, 1e-13);
    assert_near(curves.loss[3 * N + 10], 20.0 / 3, 1e-13);
    /* of c: distances 10/3, -20/3, 10/3 to the mean */
    assert_near(curves.loss_error[3 * N + 10], sqrt((100 + 400 + 100) / 9.0 / 2 / 3), 1e-13);
    assert_int_equal(curves.best[10], 3);
    assert_near(curves.evpi[10], curves.loss[3 * N + 10], 0);
    assert_near(curves.evpi_error[10], curves.loss_error[3 * N + 10], 0);
    kea_decision_free(&curves);
    kea_decision_free(&curves);
}

static void frontier_is_best_on_average_not_most_often(void **state)
{
    (void)state;
    double cost[] = {0, 1, 0, 1, 0, 1};
    double effect[] = {0, 0, 0, 0, 0, 10};
    kea_pairs pairs = pairs_of(3, 2, cost, effect);
    kea_decision curves;
    kea_error err;
    const double wtp = 1;
    assert_ok(kea_decision_init(&curves, &pairs, 1, &wtp, &err), err); /* benefits -1, -1, 9 */
    assert_near(curves.probability[0], 2.0 / 3, 1e-15);
    assert_int_equal(curves.best[0], 1);
    assert_near(curves.benefit[1], 7.0 / 3, 1e-15);
    kea_decision_free(&curves);
}

/* Over a made-up sample: the lowest expected loss is that of the best arm, benefits are straight
 * lines in the amount, and the same comes from benefits taken one amount at a time. */
static void identities(void **state)
{
    (void)state;
    enum { POINTS = 300, ARMS = 7, AMOUNTS = 9 };
    static double cost[POINTS * ARMS], effect[POINTS * ARMS];
    double wtp[AMOUNTS], mean[ARMS];
    kea_pairs pairs = pairs_of(POINTS, ARMS, cost, effect);
    kea_rng_key key = kea_rng_key_of(3, "test.decision");
    kea_decision curves;
    kea_error err;
    for (uint32_t i = 0; i < POINTS * ARMS; i++) {
        double u[2];
        kea_rng_pair(key, (kea_rng_address){0, i, 0}, 0, u);
        cost[i] = 1e6 + 1000 * (i % ARMS) * u[0];
        effect[i] = 5 + 0.1 * sqrt(i % ARMS) * u[1];
    }
    for (int w = 0; w < AMOUNTS; w++)
        wtp[w] = 4000.0 * w;
    assert_ok(kea_decision_init(&curves, &pairs, AMOUNTS, wtp, &err), err);
    for (size_t w = 0; w < AMOUNTS; w++) {
        kea_benefits benefits;
        double least = (double)INFINITY;
        assert_ok(kea_benefits_init(&benefits, &pairs, wtp[w], &err), err);
        assert_int_equal(kea_benefits_best(&benefits, mean), curves.best[w]);
        for (size_t arm = 0; arm < ARMS; arm++) {
            const double *line = curves.benefit + arm * AMOUNTS;
            least = fmin(least, curves.loss[arm * AMOUNTS + w]);
            assert_near(line[w], mean[arm], 1e-8);
            assert_near(line[w], line[0] + (line[1] - line[0]) * (double)w, 1e-8);
            assert_near(curves.loss[arm * AMOUNTS + w] - curves.evpi[w],
                        -line[w] + curves.benefit[curves.best[w] * AMOUNTS + w], 1e-8);
        }
        assert_near(curves.evpi[w], least, 1e-9);
        kea_benefits_free(&benefits);
        kea_benefits_free(&benefits);
    }
    kea_decision_free(&curves);
}

static void identical_strategies_share(void **state)
{
    (void)state;
    double cost[] = {3, 3, 4, 4};
    double effect[] = {1, 1, 2, 2};
    const double wtp = 50000;
    kea_pairs pairs = pairs_of(2, 2, cost, effect);
    kea_decision curves;
    kea_error err;
    assert_ok(kea_decision_init(&curves, &pairs, 1, &wtp, &err), err);
    assert_near(curves.probability[0], 0.5, 0);
    assert_near(curves.probability[1], 0.5, 0);
    assert_int_equal(curves.best[0], 0);
    assert_near(curves.evpi[0], 0, 0);
    assert_near(curves.evpi_error[0], 0, 0);
    kea_decision_free(&curves);
    double value[] = {0, 2, 2, 0, 4, 4}, mean[3];
    const kea_benefits twins = {2, 3, value};
    assert_int_equal(kea_benefits_best(&twins, mean), 1); /* the first of equals */
}

static void wrong_samples_are_named(void **state)
{
    (void)state;
    double cost[] = {0, 1, 0, (double)NAN};
    double effect[] = {0, 1, 2, 3};
    double value[] = {0, 1, 0, (double)INFINITY};
    const double wtp = 1;
    kea_error err;
    kea_decision curves;
    kea_benefits benefits;
    kea_pairs pairs = pairs_of(2, 2, cost, effect);
    assert_int_equal(kea_decision_init(&curves, &pairs, 1, &wtp, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "strategy 2 in draw 2 has cost nan and effect 3; both must be "
                                  "finite numbers");
    kea_decision_free(&curves);
    assert_int_equal(kea_benefits_init(&benefits, &pairs, 1, &err), KEA_ERR_INPUT);
    kea_benefits_free(&benefits);
    pairs.n_points = 0;
    assert_int_equal(kea_decision_init(&curves, &pairs, 1, &wtp, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "a decision needs strategies and draws");
    benefits = (kea_benefits){2, 2, value};
    assert_int_equal(kea_benefits_check(&benefits, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the net benefit of strategy 2 in draw 2 is inf; it must be a "
                                  "finite number");
    benefits.n_points = 1;
    assert_int_equal(kea_benefits_check(&benefits, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "the value of information needs at least 2 draws; the sample has 1");
    benefits = (kea_benefits){4, 1, value};
    assert_int_equal(kea_benefits_check(&benefits, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "a decision needs at least 2 strategies; the sample has 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acceptability_sums_to_1_and_shares_ties),
        cmocka_unit_test(frontier_is_best_on_average_not_most_often),
        cmocka_unit_test(identities),
        cmocka_unit_test(identical_strategies_share),
        cmocka_unit_test(wrong_samples_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
