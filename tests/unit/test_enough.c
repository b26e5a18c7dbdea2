/* When draws are enough: where it is looked at, the error by hand, and how good intervals are that
 * were stopped at. */
#include "sim/analysis/enough.h"

#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { STUDENTS, VSV, COST, LATER, N_OUTCOMES };
enum { ARMS = 3, PERSONS = 200 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"students", "students", 0, NULL, NULL, "Students", "-", KEA_COST_DURING},
    {"vsv", "students", -1, NULL, NULL, "Leavers", "-", KEA_COST_DURING},
    {"cost_team", "EUR", -1, "team", "school", "Team", "-", KEA_COST_DURING},
    {"cost_later", "EUR", -1, "benefit", "state", "Later", "-", KEA_COST_AFTER},
};
static const kea_effect effect = {.key = "vsv", .n_outcomes = 1, .outcomes = {"vsv"}};
static const kea_frame frame = {
    .currency = "EUR", .population = {.outcome = "students"}, .effects = &effect, .n_effects = 1};

/* Draws whose net benefit at 50 per leaver prevented is value[i] for arm 2 and half of that for
 * arm 1: a fifth of it by the effect. */
static void make_draws(kea_sample *sample, size_t n, const double *value)
{
    kea_error err = {0};
    assert_ok(kea_sample_init(sample, n, ARMS, N_OUTCOMES, outcomes, &err), err);
    for (size_t i = 0; i < n; i++) {
        for (size_t arm = 0; arm < ARMS; arm++) {
            double part = value[i] * (double)arm / 2.0;
            *kea_sample_at(sample, i, arm, STUDENTS, KEA_SCOPE_WINDOW) =
                PERSONS + (arm     ? 77.0
                           : i % 2 ? 10.0
                                   : -10.0);
            *kea_sample_at(sample, i, arm, VSV, KEA_SCOPE_DISCOUNTED) = 31 - part / 5.0 / 50.0;
            *kea_sample_at(sample, i, arm, COST, KEA_SCOPE_DISCOUNTED) = 900 - part * 4.0 / 5.0;
            *kea_sample_at(sample, i, arm, LATER, KEA_SCOPE_DISCOUNTED) = 1e6 * (double)(i * arm);
        }
    }
}

/* +a, -a, +a, ...: the standard error of the mean of an even number n of them is a / sqrt(n - 1).
 */
static void make_swings(kea_sample *sample, size_t n, double a)
{
    double *value = calloc(n, sizeof *value);
    assert_non_null(value);
    for (size_t i = 0; i < n; i++)
        value[i] = i % 2 ? -a : a;
    make_draws(sample, n, value);
    free(value);
}

static kea_settings settings_of(double target)
{
    return (kea_settings){.target_error = target, .reference_wtp = 50.0, .draws = 1000};
}

static void test_looks(void **state)
{
    static const size_t looks[] = {100, 120, 140, 160, 180, 200, 220, 260, 300, 340, 380, 420, 480};
    (void)state;
    size_t n = 0;
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        n = kea_enough_look(n);
        assert_int_equal(n, looks[i]);
    }
    assert_int_equal(kea_enough_look(7), 100);
    for (size_t last = 0; n < 1000000; last = n, n = kea_enough_look(n))
        assert_true(n % KEA_ENOUGH_STEP == 0 && n > last && (double)n < 1.1 * (double)n + 20);
}

/* Feeds a sample in blocks of 4, as a run does; returns after how many draws they were enough. */
static size_t feed(kea_enough *enough, const kea_sample *all)
{
    kea_error err = {0};
    kea_sample block = *all;
    for (size_t at = 0; at < all->n_points && !enough->met; at += block.n_points) {
        block.n_points = all->n_points - at < 4 ? all->n_points - at : 4;
        block.value = kea_sample_at(all, at, 0, 0, KEA_SCOPE_WINDOW);
        assert_ok(kea_enough_add(enough, &block, &err), err);
    }
    return enough->met_at;
}

static void test_by_hand(void **state)
{
    /* 3,000 a person of 200: error 15 / sqrt(n - 1); 1 is met from 226 draws on, at the look at
     * 260; 1.013 from 221 on (15 / sqrt(219) = 1.01361); 1.014 at 220; 1.6 from 89 on */
    static const struct {
        double target;
        size_t n;
    } rows[] = {{1.0, 260}, {1.013, 260}, {1.014, 220}, {1.6, 100}, {0.5, 0}, {0.0, 0}};
    kea_error err = {0};
    kea_sample all;
    (void)state;
    make_swings(&all, 500, 3000.0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const kea_settings settings = settings_of(rows[i].target);
        kea_enough enough, whole;
        assert_ok(kea_enough_init(&enough, &settings, &frame, ARMS, &err), err);
        assert_true(isnan(kea_enough_error(&enough)));
        assert_int_equal(feed(&enough, &all), rows[i].n);
        assert_int_equal(enough.n, rows[i].n ? rows[i].n : 500);
        assert_near(kea_enough_error(&enough), 15.0 / sqrt((double)enough.n - 1.0), 1e-12);
        /* all at once it finds the same place, and the error of all */
        assert_ok(kea_enough_init(&whole, &settings, &frame, ARMS, &err), err);
        assert_ok(kea_enough_add(&whole, &all, &err), err);
        assert_int_equal(whole.met_at, rows[i].n);
        assert_int_equal(whole.n, 500);
        assert_near(kea_enough_error(&whole), 15.0 / sqrt(499.0), 1e-12);
        kea_enough_free(&enough);
        kea_enough_free(&whole);
        kea_enough_free(&whole);
    }
    kea_sample_free(&all);
}

static void test_refusals(void **state)
{
    const kea_settings settings = settings_of(1.0);
    kea_frame other = frame;
    kea_enough enough;
    kea_error err = {0};
    kea_sample all;
    (void)state;
    make_swings(&all, 2, 3.0);
    other.population.outcome = "pupils";
    assert_ok(kea_enough_init(&enough, &settings, &other, ARMS, &err), err);
    assert_int_equal(kea_enough_add(&enough, &all, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the sample has no outcome \"pupils\"");
    kea_enough_free(&enough);
    kea_sample_free(&all);
}

/* How often the mean at the stop is within 1.96 of its errors of the true mean, and the mean of
 * all means; net benefits of mean 1 and standard deviation 1 a person. */
typedef struct coverage {
    double share, mean, draws;
} coverage;

enum { TRIALS = 4000, MOST = 600 };

static double normal(double uniform)
{
    return 1.0 + gsl_cdf_ugaussian_Pinv(uniform);
}

static double exponential(double uniform)
{
    return kea_rng_exponential(uniform);
}

static coverage cover(double (*of)(double), const char *purpose, double target)
{
    const kea_settings settings = settings_of(target);
    kea_moments means = {0}, inside = {0}, draws = {0};
    kea_error err = {0};
    static double value[MOST];
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        kea_enough enough;
        kea_sample all;
        for (uint32_t i = 0; i < MOST; i++)
            value[i] =
                PERSONS * of(kea_rng_uniform(kea_rng_key_of(20, purpose),
                                             (kea_rng_address){.draw = trial, .item = i}, 0));
        make_draws(&all, MOST, value);
        assert_ok(kea_enough_init(&enough, &settings, &frame, ARMS, &err), err);
        (void)feed(&enough, &all);
        assert_true(enough.met);
        double mean = enough.benefit[2].mean / enough.persons.mean;
        kea_moments_add(&means, mean);
        kea_moments_add(&draws, (double)enough.n);
        kea_moments_add(&inside, fabs(mean - 1.0) < 1.96 * kea_enough_error(&enough));
        kea_enough_free(&enough);
        kea_sample_free(&all);
    }
    return (coverage){inside.mean, means.mean, draws.mean};
}

/* Stopping costs little, as the header says. Shares of 4,000 trials have a standard error of
 * 0.0035, means one of target / sqrt(4,000); 4.9 of these are allowed. Without a least number of
 * draws and with a look after every draw the skewed ones fail. */
static void test_coverage(void **state)
{
    static const double targets[] = {0.095, 0.06};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const double target = targets[i], noise = 4.9 * target / sqrt((double)TRIALS);
        const coverage normals = cover(normal, "test normal", target);
        const coverage skewed = cover(exponential, "test skewed", target);
        assert_near(normals.share, 0.9475, 4.9 * 0.0035);
        assert_near(skewed.share, 0.94, 4.9 * 0.0038);
        assert_near(normals.mean, 1.0, noise);
        assert_near(skewed.mean, 1.0 - 0.1 * target, noise);
        assert_in_range(normals.draws, 1.0 / (target * target), 1.2 / (target * target));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_looks), cmocka_unit_test(test_by_hand),
                                       cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_coverage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
