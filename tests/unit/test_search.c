/* Searching on systems whose answers are known: roots and least squares, without noise and with. */
#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "sim/search/fit.h"
#include "sim/search/root.h"
#include "tests/support/support.h"

#include <string.h>

enum { POINTS = 5, PERSONS = 400, COHORTS = 25, SEEDS = 300 };

static const double NOISE[2][POINTS] = {{-1.5, 0.5, 2.0, -0.25, 1.75},
                                        {0.75, -2.25, 1.0, 0.5, 3.0}};
static const double TIGHT = 1e-9;

typedef struct toy {
    int n_calls, fails_at;
    double slope;
    uint64_t seed;
} toy;

static kea_status count(toy *t, kea_error *err)
{
    t->n_calls++;
    return t->n_calls == t->fails_at ? kea_error_set(err, KEA_ERR_IO, "a planted failure") : KEA_OK;
}

/* Mean and sd of the first noise by hand: 0.5; sqrt(8.375 / 4). */
static const double NOISE_MEAN = 0.5, NOISE_SD = 1.4469796128487782;

static void noise_is_as_noted(void **state)
{
    kea_moments m = {0};
    (void)state;
    for (int j = 0; j < POINTS; j++)
        kea_moments_add(&m, NOISE[0][j]);
    assert_near(m.mean, NOISE_MEAN, 1e-15);
    assert_near(kea_moments_sd(&m), NOISE_SD, 1e-15);
}

/* ---------------------------------------------------------------- roots */

static kea_status exponential(void *context, const double *input, double *output, kea_error *err)
{
    output[0] = exp(input[0]);
    return count(context, err);
}

static void root_without_noise(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_crossing c;
    const kea_system system = {1, 1, 1, exponential, &t};
    (void)state;
    assert_ok(kea_search_root(&system, 5, 0, 3, TIGHT, &c, &err), err);
    assert_true(c.found);
    assert_near(c.x, log(5), 1e-8);
    assert_near(c.value, 5, 1e-7);
    assert_near(c.at_low, 1, 0);
    assert_near(c.at_high, exp(3), 0);
    assert_near(c.slope, 5, 0.01); /* of a difference over 3 / 20 */
    assert_true(isnan(c.error));   /* one point tells nothing of chance */
    assert_int_equal(c.n_runs, (size_t)t.n_calls);
    assert_in_range(c.n_runs, 5, 25);
}

static void root_beyond_the_ends(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_crossing c;
    const kea_system system = {1, 1, 1, exponential, &t};
    (void)state;
    assert_ok(kea_search_root(&system, 30, 0, 3, TIGHT, &c, &err), err);
    assert_false(c.found);
    assert_near(c.x, 3, 0);
    assert_near(c.value, exp(3), 0);
    assert_true(isnan(c.error));
    assert_int_equal(t.n_calls, 2);
    assert_ok(kea_search_root(&system, 0.5, 0, 3, TIGHT, &c, &err), err);
    assert_near(c.x, 0, 0);
}

static kea_status line(void *context, const double *input, double *output, kea_error *err)
{
    toy *t = context;
    for (int j = 0; j < POINTS; j++)
        output[j] = t->slope * input[0] + NOISE[0][j];
    return count(t, err);
}

/* 4 x + mean noise = 8.5 at x = 2; what chance leaves unknown is sd / sqrt(n) / 4. */
static void root_with_noise(void **state)
{
    toy t = {.slope = -4};
    kea_error err = {0};
    kea_crossing c;
    const kea_system system = {1, 1, POINTS, line, &t};
    (void)state;
    assert_ok(kea_search_root(&system, -7.5, -10, 10, TIGHT, &c, &err), err);
    assert_near(c.x, 2, 1e-8);
    assert_near(c.slope, -4, 1e-9);
    assert_near(c.error, NOISE_SD / sqrt(POINTS) / 4, 1e-9);
}

static kea_status hole(void *context, const double *input, double *output, kea_error *err)
{
    (void)context;
    (void)err;
    output[0] = input[0] > 1 && input[0] < 2 ? (double)NAN : input[0];
    return KEA_OK;
}

static void root_tells_failures(void **state)
{
    toy t = {.fails_at = 4};
    kea_error err = {0};
    kea_crossing c;
    const kea_system system = {1, 1, 1, exponential, &t}, holed = {1, 1, 1, hole, NULL};
    (void)state;
    assert_int_equal(kea_search_root(&system, 5, 0, 3, TIGHT, &c, &err), KEA_ERR_IO);
    assert_string_equal(err.text, "a planted failure");
    assert_int_equal(t.n_calls, 4);
    assert_int_equal(kea_search_root(&holed, 1.5, 0, 3, TIGHT, &c, &err), KEA_ERR_RUN);
    assert_string_equal(err.text, "there is no finite output at 1.5");
}

/* Share of people whose uniform lies below x^2: a step function of x that differs by cohort. */
static kea_status people(void *context, const double *input, double *output, kea_error *err)
{
    toy *t = context;
    kea_rng_key key = kea_rng_key_of(t->seed, "people");
    for (uint32_t j = 0; j < COHORTS; j++) {
        double n = 0;
        for (uint32_t i = 0; i < PERSONS; i++)
            n += kea_rng_uniform(key, (kea_rng_address){.draw = j, .student = i}, 0) <
                 input[0] * input[0];
        output[j] = n / PERSONS;
    }
    return count(t, err);
}

/* The truth is 0.5. Over seeds the answers are off by nothing on average, and spread as much as the
 * error says: the sd of 300 answers is known to 4.1 percent (one standard error). */
static void root_error_is_right(void **state)
{
    kea_moments x = {0}, error = {0};
    kea_error err = {0};
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        toy t = {.seed = seed};
        kea_crossing c;
        const kea_system system = {1, 1, COHORTS, people, &t};
        assert_ok(kea_search_root(&system, 0.25, 0.1, 0.9, 1e-5, &c, &err), err);
        kea_moments_add(&x, c.x);
        kea_moments_add(&error, c.error);
    }
    assert_near(x.mean, 0.5, 4.9 * kea_moments_error(&x));
    assert_near(kea_moments_sd(&x) / error.mean, 1, 4.9 * 0.041 + 0.02);
}

/* ---------------------------------------------------------------- least squares */

static const kea_fit_options options = {500, 1e-6};

static kea_status product_and_quotient(void *context, const double *input, double *output,
                                       kea_error *err)
{
    output[0] = input[0] * input[1];
    output[1] = input[0] / input[1];
    return count(context, err);
}

static void fit_known_optimum(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit, again;
    const kea_system system = {2, 2, 1, product_and_quotient, &t};
    const kea_fit_input inputs[] = {{1, 0.1, 20}, {1, 0.5, 5}};
    const kea_fit_goal goals[] = {{6, 0.5}, {1.5, 0.25}};
    (void)state;
    assert_ok(kea_search_fit(&system, inputs, goals, &options, &fit, &err), err);
    assert_true(fit.settled);
    assert_near(fit.input[0].value, 3, 1e-4);
    assert_near(fit.input[1].value, 2, 1e-4);
    assert_true(fit.input[0].moves && fit.input[1].moves);
    assert_false(fit.input[0].at_bound || fit.input[1].at_bound);
    assert_near(fit.miss_before, 10 * 10 + 2 * 2, 1e-9); /* (1 - 6) / 0.5, (1 - 1.5) / 0.25 */
    assert_near(fit.miss_after, 0, 1e-6);
    assert_near(fit.output[0].before, 1, 0);
    assert_near(fit.output[0].after, 6, 1e-3);
    assert_int_equal(fit.n_runs, (size_t)t.n_calls);
    assert_in_range(fit.n_runs, 20, 200);
    assert_ok(kea_search_fit(&system, inputs, goals, &options, &again, &err), err);
    assert_memory_equal(fit.input, again.input, 2 * sizeof *fit.input);
    kea_fit_free(&fit);
    kea_fit_free(&fit);
    kea_fit_free(&again);
}

static kea_status twice(void *context, const double *input, double *output, kea_error *err)
{
    output[0] = output[1] = log(input[0]);
    return count(context, err);
}

/* Goals 1 and 2 for the same output, scales 1 and 1/2: the mean with weights 1 and 4 is 1.8, where
 * the misses are 0.8 and -0.4. */
static void fit_weighs_misses(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    const kea_system system = {1, 2, 1, twice, &t};
    const kea_fit_input input = {2, 0.5, 50};
    const kea_fit_goal goals[] = {{1, 1}, {2, 0.5}};
    (void)state;
    assert_ok(kea_search_fit(&system, &input, goals, &options, &fit, &err), err);
    assert_near(log(fit.input[0].value), 1.8, 1e-4);
    assert_near(fit.miss_after, 0.8 * 0.8 + 0.4 * 0.4, 1e-6);
    kea_fit_free(&fit);
}

static kea_status noisy_sums(void *context, const double *input, double *output, kea_error *err)
{
    double a = log(input[0]), b = log(input[1]);
    for (int j = 0; j < POINTS; j++) {
        output[j] = a + b + NOISE[0][j];
        output[POINTS + j] = a - b + NOISE[1][j];
    }
    return count(context, err);
}

/* Sum and difference of logarithms: a = (y1 + y2) / 2, so cohort j pulls a by half the sum of its
 * noises, and b by half their difference. */
static void fit_errors_by_hand(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    kea_moments a = {0}, b = {0};
    const kea_system system = {2, 2, POINTS, noisy_sums, &t};
    const kea_fit_input inputs[] = {{1, 0.01, 1000}, {1, 0.01, 1000}};
    const kea_fit_goal goals[] = {{2, 0.5}, {1, 3}};
    (void)state;
    for (int j = 0; j < POINTS; j++) {
        kea_moments_add(&a, (NOISE[0][j] + NOISE[1][j]) / 2);
        kea_moments_add(&b, (NOISE[0][j] - NOISE[1][j]) / 2);
    }
    assert_ok(kea_search_fit(&system, inputs, goals, &options, &fit, &err), err);
    double x[2] = {exp(1.5 - a.mean), exp(0.5 - b.mean)};
    assert_near(fit.input[0].value / x[0], 1, 1e-4);
    assert_near(fit.input[1].value / x[1], 1, 1e-4);
    assert_near(fit.input[0].error / x[0], kea_moments_error(&a), 1e-3);
    assert_near(fit.input[1].error / x[1], kea_moments_error(&b), 1e-3);
    assert_near(fit.output[0].after_error, NOISE_SD / sqrt(POINTS), 1e-12);
    kea_fit_free(&fit);
}

static kea_status logarithm_with_noise(void *context, const double *input, double *output,
                                       kea_error *err)
{
    for (int j = 0; j < POINTS; j++)
        output[j] = 2 * log(input[0]) + NOISE[0][j];
    return count(context, err);
}

/* One number by one figure: 2 log x + 0.5 = 2.5 at x = e. */
static void fit_of_one_is_a_root(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    const kea_system system = {1, 1, POINTS, logarithm_with_noise, &t};
    const kea_fit_input input = {1, 0.5, 10};
    const kea_fit_goal goal = {2.5, 0.1};
    (void)state;
    assert_ok(kea_search_fit(&system, &input, &goal, &options, &fit, &err), err);
    assert_true(fit.settled);
    assert_near(fit.input[0].value, exp(1), 1e-5);
    assert_near(fit.input[0].error, exp(1) * NOISE_SD / sqrt(POINTS) / 2, 1e-5);
    assert_near(fit.output[0].before, 0.5, 1e-12);
    assert_int_equal(fit.n_runs, (size_t)t.n_calls);
    kea_fit_free(&fit);
}

static void fit_stops_at_bounds(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    const kea_system one = {1, 1, POINTS, logarithm_with_noise, &t},
                     two = {2, 2, 1, product_and_quotient, &t};
    const kea_fit_input input = {1, 0.5, 2}, inputs[] = {{1, 0.1, 2}, {1, 0.1, 5}};
    const kea_fit_goal goal = {2.5, 0.1}, goals[] = {{6, 0.5}, {1.5, 0.25}};
    (void)state;
    assert_ok(kea_search_fit(&one, &input, &goal, &options, &fit, &err), err);
    assert_near(fit.input[0].value, 2, 0);
    assert_true(fit.input[0].at_bound);
    assert_true(fit.input[0].moves);
    assert_true(isnan(fit.input[0].error));
    kea_fit_free(&fit);
    /* at x1 = 2: minimise (2 b - 6)^2 / 0.25 + (2 / b - 1.5)^2 / 0.0625 over b */
    assert_ok(kea_search_fit(&two, inputs, goals, &options, &fit, &err), err);
    assert_near(fit.input[0].value, 2, 1e-4);
    assert_true(fit.input[0].at_bound);
    assert_false(fit.input[1].at_bound);
    double b = fit.input[1].value;
    double slope = (2 * b - 6) * 4 / 0.25 - (2 / b - 1.5) * 4 / (b * b) / 0.0625;
    assert_near(slope, 0, 0.05);
    kea_fit_free(&fit);
}

static void fit_keeps_to_its_runs(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    const kea_system system = {2, 2, 1, product_and_quotient, &t};
    const kea_fit_input inputs[] = {{1, 0.1, 20}, {1, 0.5, 5}};
    const kea_fit_goal goals[] = {{6, 0.5}, {1.5, 0.25}};
    const kea_fit_options few = {10, 1e-6};
    (void)state;
    assert_ok(kea_search_fit(&system, inputs, goals, &few, &fit, &err), err);
    assert_false(fit.settled);
    assert_true(fit.miss_after < fit.miss_before);
    assert_in_range(fit.n_runs, 10, 18); /* a simplex step takes a few, the errors five */
    kea_fit_free(&fit);
}

static kea_status first_only(void *context, const double *input, double *output, kea_error *err)
{
    output[0] = input[0];
    output[1] = input[0] * input[0];
    return count(context, err);
}

static void fit_sees_idle_inputs(void **state)
{
    toy t = {0};
    kea_error err = {0};
    kea_fit fit;
    const kea_system system = {2, 2, 1, first_only, &t};
    const kea_fit_input inputs[] = {{1, 0.1, 20}, {1, 0.5, 5}};
    const kea_fit_goal goals[] = {{3, 1}, {9, 1}};
    (void)state;
    assert_ok(kea_search_fit(&system, inputs, goals, &options, &fit, &err), err);
    assert_near(fit.input[0].value, 3, 1e-3);
    assert_true(fit.input[0].moves);
    assert_false(fit.input[1].moves);
    assert_true(isnan(fit.input[1].error));
    kea_fit_free(&fit);
}

static kea_status nothing(void *context, const double *input, double *output, kea_error *err)
{
    (void)input;
    output[0] = output[1] = (double)NAN;
    return count(context, err);
}

static void fit_tells_failures(void **state)
{
    kea_error err = {0};
    kea_fit fit;
    const kea_fit_input inputs[] = {{1, 0.1, 20}, {1, 0.5, 5}};
    const kea_fit_goal goals[] = {{6, 0.5}, {1.5, 0.25}};
    (void)state;
    for (int at = 1; at < 12; at++) {
        toy t = {.fails_at = at};
        const kea_system system = {2, 2, 1, product_and_quotient, &t};
        assert_int_equal(kea_search_fit(&system, inputs, goals, &options, &fit, &err), KEA_ERR_IO);
        assert_string_equal(err.text, "a planted failure");
        assert_int_equal(t.n_calls, at);
        assert_null(fit.input);
    }
    toy t = {0};
    const kea_system empty = {2, 2, 1, nothing, &t};
    assert_int_equal(kea_search_fit(&empty, inputs, goals, &options, &fit, &err), KEA_ERR_RUN);
    assert_string_equal(err.text, "there is no finite output to fit");
    assert_int_equal(t.n_calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_is_as_noted),    cmocka_unit_test(root_without_noise),
        cmocka_unit_test(root_beyond_the_ends), cmocka_unit_test(root_with_noise),
        cmocka_unit_test(root_tells_failures),  cmocka_unit_test(root_error_is_right),
        cmocka_unit_test(fit_known_optimum),    cmocka_unit_test(fit_weighs_misses),
        cmocka_unit_test(fit_errors_by_hand),   cmocka_unit_test(fit_of_one_is_a_root),
        cmocka_unit_test(fit_stops_at_bounds),  cmocka_unit_test(fit_keeps_to_its_runs),
        cmocka_unit_test(fit_sees_idle_inputs), cmocka_unit_test(fit_tells_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
