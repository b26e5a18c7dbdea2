/* Sample information against closed forms, its bounds, and the best size. */
#include "sim/analysis/evsi.h"

#include "sim/core/moments.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <string.h>

enum { N = 10000 };
static double params[2 * N], value[2 * N];
static const char *const names[] = {"p1", "p2"};
static const size_t first[] = {0}, both[] = {0, 1};
static const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, 23};
static const kea_benefits benefits = {N, 2, value};
static const kea_parameters parameters = {N, 2, names, params};

/* The pre-posterior mean of p1 has SD sqrt(n / (n + sigma^2)). */
static void closed_form_of_a_normal_mean(void **state)
{
    (void)state;
    enum { SIZES = 5 };
    static const size_t sizes[SIZES] = {1, 10, 100, 1000, 10000};
    static const double exact[2][SIZES] = {
        {.0251272708300, .0723251202609, .0821176055971, .0831946061, .0833033732612},
        {.00197132322319, .0490707720262, .0786627838374, .0828334578324, .0832670957933}};
    gaussian_toy_draw(&gaussian_toys[0], 101, N, params, value);
    for (size_t s = 0; s < 2; s++) {
        const double sigma = 1.0 + (double)s;
        kea_study study = kea_study_mean((kea_set){1, first}, &sigma);
        kea_evsi evsi;
        kea_evsi_point out[SIZES];
        kea_error err;
        assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
        assert_ok(kea_evsi_curve(out, &evsi, SIZES, sizes, NULL, &err), err);
        for (size_t k = 0; k < SIZES; k++) {
            double sd = sqrt((double)sizes[k] / ((double)sizes[k] + sigma * sigma));
            assert_near(gaussian_value(1, sd), exact[s][k], 1e-10);
            assert_near(out[k].value, exact[s][k], 4.9 * out[k].error);
            /* the noise of p2, SD 2, is not in it: the error is far below 2 / sqrt(N) */
            assert_true(out[k].error < 0.25 * exact[s][k] + 1e-3 && out[k].error > 0);
            assert_true(out[k].value >= 0 && out[k].value <= evsi.evppi);
            assert_true(k == 0 || out[k].value >= out[k - 1].value);
            assert_true(isnan(out[k].enbs));
        }
        assert_near(evsi.evppi, gaussian_toys[0].evppi1, 4.9 * evsi.evppi_error);
        kea_evsi_free(&evsi);
        kea_evsi_free(&evsi);
    }
}

/* Both parameters measured with other precisions: variances of pre-posterior means add up. */
static void two_parameters(void **state)
{
    (void)state;
    const double sigma[2] = {3, 5};
    const size_t size = 4;
    kea_study study = kea_study_mean((kea_set){2, both}, sigma);
    kea_evsi evsi;
    kea_evsi_point out;
    kea_error err;
    gaussian_toy_draw(&gaussian_toys[0], 103, N, params, value);
    assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
    assert_ok(kea_evsi_at(&out, &evsi, size, NULL, &err), err);
    double exact = gaussian_value(1, sqrt(1 / (1 + 9.0 / 4) + 4 * 4 / (4 + 25.0 / 4)));
    assert_near(out.value, exact, 4.9 * out.error);
    assert_true(out.error < 0.06 * exact);
    kea_evsi_free(&evsi);
}

/* The error is honest: over many samples, values spread as it says. */
static void error_is_the_spread_of_estimates(void **state)
{
    (void)state;
    enum { FEW = 300, SAMPLES = 150 };
    const kea_benefits few = {FEW, 2, value};
    const kea_parameters of_few = {FEW, 2, names, params};
    const double sigma = 1.5, exact = gaussian_value(2, 2 * sqrt(5 / (5 + 2.25)));
    kea_study study = kea_study_mean((kea_set){1, first}, &sigma);
    double squares = 0, claimed = 0;
    for (size_t s = 0; s < SAMPLES; s++) {
        kea_evsi evsi;
        kea_evsi_point out;
        kea_error err;
        gaussian_toy_draw(&gaussian_toys[1], 3000 + s, FEW, params, value);
        assert_ok(kea_evsi_init(&evsi, &few, &of_few, &study, &options, &err), err);
        assert_ok(kea_evsi_at(&out, &evsi, 5, NULL, &err), err);
        squares += pow(out.value - exact, 2) / SAMPLES;
        claimed += out.error * out.error / SAMPLES;
        kea_evsi_free(&evsi);
    }
    assert_near(sqrt(squares / claimed), 1, 0.4);
}

/* A probability p, uniform a priori, net benefit p - 0.55: after k of n the mean is (k + 1) / (n +
 * 2) and every k is equally likely. */
static void closed_form_of_a_proportion(void **state)
{
    (void)state;
    const size_t size = 6;
    kea_study study = kea_study_proportion((kea_set){1, first});
    kea_evsi evsi;
    kea_evsi_point out;
    kea_error err;
    double exact = 0;
    for (size_t i = 0; i < N; i++) {
        params[2 * i] = gsl_cdf_ugaussian_P(gaussian_number(105, i, 0));
        params[2 * i + 1] = gaussian_number(105, i, 1);
        value[2 * i] = 0;
        value[2 * i + 1] = params[2 * i] - 0.55 + 0.2 * params[2 * i + 1];
    }
    for (size_t k = 0; k <= size; k++)
        exact += fmax(0, ((double)k + 1) / ((double)size + 2) - 0.55) / ((double)size + 1);
    assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
    assert_ok(kea_evsi_at(&out, &evsi, size, NULL, &err), err);
    assert_near(out.value, exact, 4.9 * out.error);
    assert_true(out.error < 0.05 * exact);
    params[2 * 4] = 1.5;
    assert_int_equal(kea_evsi_at(&out, &evsi, size, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "study of draw 5: a proportion can only measure a probability; "
                                  "the parameter is 1.5");
    kea_evsi_free(&evsi);
}

/* A rate, exponential with mean 1 a priori, net benefit 1.3 - rate: after k events in n years the
 * mean is (k + 1) / (n + 1), and k is geometric: 1/(n+1) (n/(n+1))^k. */
static void closed_form_of_a_rate(void **state)
{
    (void)state;
    const size_t size = 2;
    kea_study study = kea_study_rate((kea_set){1, first});
    kea_evsi evsi;
    kea_evsi_point out;
    kea_error err;
    double exact = -0.3, n = (double)size;
    for (size_t i = 0; i < N; i++) {
        params[2 * i] = -log(gsl_cdf_ugaussian_P(gaussian_number(107, i, 0)));
        params[2 * i + 1] = 0;
        value[2 * i] = 0;
        value[2 * i + 1] = 1.3 - params[2 * i];
    }
    for (int k = 0; k < 200; k++)
        exact += fmax(0, 1.3 - (k + 1) / (n + 1)) * pow(n / (n + 1), k) / (n + 1);
    assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
    assert_ok(kea_evsi_at(&out, &evsi, size, NULL, &err), err);
    assert_near(out.value, exact, 4.9 * out.error);
    assert_true(out.error < 0.08 * exact);
    kea_evsi_free(&evsi);
}

/* Mean and spread of what the ready-made designs find. */
static void studies_find_what_they_say(void **state)
{
    (void)state;
    const double sd = 3, p = 0.3;
    const size_t size = 12;
    const struct {
        kea_study study;
        double variance;
    } designs[] = {{kea_study_mean((kea_set){1, first}, &sd), 9.0 / 12},
                   {kea_study_proportion((kea_set){1, first}), p * (1 - p) / 12},
                   {kea_study_rate((kea_set){1, first}), p / 12}};
    static double found[N];
    for (size_t i = 0; i < N; i++)
        params[2 * i] = p;
    for (size_t d = 0; d < 3; d++) {
        kea_moments moments = {0};
        kea_error err;
        assert_ok(kea_study_run(&designs[d].study, &parameters, size, 7, found, &err), err);
        for (size_t i = 0; i < N; i++)
            kea_moments_add(&moments, found[i]);
        assert_near(moments.mean, p, 4.9 * kea_moments_error(&moments));
        assert_near(kea_moments_variance(&moments) / designs[d].variance, 1, 4.9 * 0.016);
    }
    params[2 * 9] = -1;
    kea_error err;
    assert_int_equal(kea_study_run(&designs[2].study, &parameters, size, 7, found, &err),
                     KEA_ERR_INPUT);
    assert_non_null(
        strstr(err.text, "study of draw 10: events can only be counted at a rate of 0"));
}

/* Where exact ENBS is highest, by trying every size. */
static double exact_enbs(size_t size, const kea_study_plan *plan)
{
    double n = (double)size, decisions = 0;
    kea_population population = plan->population;
    kea_error err;
    if (plan->subjects_per_year > 0)
        population.delay_years += n / plan->subjects_per_year;
    assert_ok(kea_population_size(&decisions, &population, &err), err);
    return decisions * gaussian_value(1, sqrt(n / (n + 4))) - plan->cost_fixed -
           plan->cost_per_subject * n;
}

static void best_size(void **state)
{
    (void)state;
    static const kea_study_plan plans[] = {
        {100, 2, 0, {1000, 5000, 10, 0.03, 0, 1}},
        {100,
         2,
         50,
         {1000, 5000, 10, 0.03, 1, 1}}, /* information comes later from larger studies */
        {100000, 2, 0, {1000, 5000, 10, 0.03, 0, 1}},
    };
    const double sigma = 2;
    kea_study study = kea_study_mean((kea_set){1, first}, &sigma);
    kea_evsi evsi;
    kea_error err;
    gaussian_toy_draw(&gaussian_toys[0], 101, N, params, value);
    assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
    for (size_t p = 0; p < sizeof plans / sizeof plans[0]; p++) {
        kea_evsi_point best;
        double highest = -(double)INFINITY;
        assert_ok(kea_evsi_best(&best, &evsi, 1, 5000, &plans[p], &err), err);
        for (size_t size = 1; size <= 5000; size++)
            highest = fmax(highest, exact_enbs(size, &plans[p]));
        assert_true(exact_enbs(best.size, &plans[p]) > highest - 0.01 * fabs(highest));
        assert_near(best.enbs, exact_enbs(best.size, &plans[p]), 4.9 * best.enbs_error);
        assert_int_equal(best.enbs > 0, p < 2);
    }
    kea_evsi_point point;
    assert_int_equal(kea_evsi_best(&point, &evsi, 0, 10, &plans[0], &err), KEA_ERR_INPUT);
    kea_study_plan wrong = plans[0];
    wrong.cost_per_subject = -2;
    assert_int_equal(kea_evsi_at(&point, &evsi, 10, &wrong, &err), KEA_ERR_INPUT);
    assert_int_equal(kea_evsi_at(&point, &evsi, 0, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "a study needs at least 1 subject");
    static const size_t falling[] = {10, 5};
    kea_evsi_point two[2];
    assert_int_equal(kea_evsi_curve(two, &evsi, 2, falling, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "sizes of a study must increase; 5 follows 10");
    kea_evsi_free(&evsi);
}

/* A study that finds the same whatever the truth is worth nothing; one of two summaries that does
 * is left out. */
static kea_status finds_little(const kea_study *study, const double *param, size_t size,
                               gsl_rng *random, double *summary, kea_error *err)
{
    const bool *nothing = study->context;
    (void)size;
    (void)random;
    (void)err;
    summary[0] = 4;
    summary[1] = *nothing ? 5 : param[0];
    return KEA_OK;
}

static void summaries_that_say_nothing(void **state)
{
    (void)state;
    gaussian_toy_draw(&gaussian_toys[0], 101, N, params, value);
    for (int k = 0; k < 2; k++) {
        const bool nothing = k;
        const kea_study study = {{1, first}, 2, finds_little, &nothing};
        kea_evsi evsi;
        kea_evsi_point out;
        kea_error err;
        assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
        assert_ok(kea_evsi_at(&out, &evsi, 3, NULL, &err), err);
        assert_near(out.value, nothing ? 0 : evsi.evppi, 1e-4);
        kea_evsi_free(&evsi);
    }
}

/* There is nothing to gain, but a regression on two summaries is coarser and says there is. */
static kea_status finds_all_and_noise(const kea_study *study, const double *param, size_t size,
                                      gsl_rng *random, double *summary, kea_error *err)
{
    (void)study;
    (void)size;
    (void)err;
    summary[0] = param[0];
    summary[1] = gsl_rng_uniform(random);
    return KEA_OK;
}

static void never_above_evppi(void **state)
{
    (void)state;
    const kea_study study = {{1, first}, 2, finds_all_and_noise, NULL};
    kea_evsi evsi;
    kea_evsi_point out;
    kea_error err;
    gaussian_toy_draw(&gaussian_toys[0], 101, N, params, value);
    for (size_t i = 0; i < N; i++)
        value[2 * i + 1] = fmax(0, params[2 * i] - 1.5);
    assert_ok(kea_evsi_init(&evsi, &benefits, &parameters, &study, &options, &err), err);
    assert_ok(kea_evsi_at(&out, &evsi, 3, NULL, &err), err);
    assert_true(out.capped && out.raw > evsi.evppi);
    assert_near(out.value, evsi.evppi, 0);
    kea_evsi_free(&evsi);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form_of_a_normal_mean),
        cmocka_unit_test(two_parameters),
        cmocka_unit_test(error_is_the_spread_of_estimates),
        cmocka_unit_test(closed_form_of_a_proportion),
        cmocka_unit_test(closed_form_of_a_rate),
        cmocka_unit_test(studies_find_what_they_say),
        cmocka_unit_test(best_size),
        cmocka_unit_test(never_above_evppi),
        cmocka_unit_test(summaries_that_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
