/* Distributions from a mean and standard error or from a central interval give these back, agree
 * with closed forms, and refuse what cannot be. */
#include "sim/core/dist.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

typedef struct two {
    kea_family family;
    double first, second; /* mean and se, or low and high */
} two;

static void mean_and_se_come_back(void **state)
{
    (void)state;
    static const two row[] = {
        {KEA_UNIFORM, -2, 0.7},
        {KEA_NORMAL, -3, 2},
        {KEA_LOGNORMAL, 31, 12},
        {KEA_LOGNORMAL, 1e-3, 2},
        {KEA_GAMMA, 250, 80},
        {KEA_GAMMA, 0.3, 1},
        {KEA_BETA, 0.045, 0.007},
        {KEA_BETA, 0.9, 0.2},
        {KEA_BETA, 0.5, 1e-6},
        {KEA_GAMMA, 1, 1e-6},
        {KEA_LOGIT_NORMAL, 0.045, 0.007},
        {KEA_LOGIT_NORMAL, 0.9, 0.2},
        {KEA_LOGIT_NORMAL, 0.5, 1e-6},
        {KEA_LOGIT_NORMAL, 0.5, 0.45},
        {KEA_LOGIT_NORMAL, 1e-5, 1e-4},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_error err;
        kea_dist dist;
        assert_ok(kea_dist_mean_se(&dist, row[i].family, row[i].first, row[i].second, &err), err);
        assert_int_equal(dist.family, row[i].family);
        assert_near(kea_dist_mean(&dist) / row[i].first, 1.0, 1e-11);
        assert_near(kea_dist_sd(&dist) / row[i].second, 1.0, 1e-9);
    }
}

static void moments_by_hand(void **state)
{
    (void)state;
    kea_error err;
    kea_dist d;
    assert_ok(kea_dist_mean_se(&d, KEA_UNIFORM, 5, 2 / sqrt(12.0), &err), err);
    assert_near(d.p[0], 4, 1e-14);
    assert_near(d.p[1], 6, 1e-14);
    assert_ok(kea_dist_mean_se(&d, KEA_BETA, 0.4, 0.2, &err), err); /* a + b = .24 / .04 - 1 */
    assert_near(d.p[0], 2, 1e-13);
    assert_near(d.p[1], 3, 1e-13);
    assert_ok(kea_dist_mean_se(&d, KEA_GAMMA, 12, 6, &err), err);
    assert_near(d.p[0], 4, 1e-13);
    assert_near(d.p[1], 3, 1e-13);
    assert_ok(kea_dist_mean_se(&d, KEA_LOGNORMAL, exp(0.5), sqrt(exp(2.0) - exp(1.0)), &err), err);
    assert_near(d.p[0], 0, 1e-14);
    assert_near(d.p[1], 1, 1e-14);
}

static void intervals_come_back(void **state)
{
    (void)state;
    static const two row[] = {
        {KEA_UNIFORM, -2, 0.7},       {KEA_NORMAL, -3, 2},      {KEA_LOGNORMAL, 0.5, 12},
        {KEA_LOGIT_NORMAL, 0.1, 0.9}, {KEA_GAMMA, 200, 380},    {KEA_GAMMA, 1e-5, 3},
        {KEA_GAMMA, 0.99, 1},         {KEA_BETA, 0.03, 0.06},   {KEA_BETA, 1e-5, 0.3},
        {KEA_BETA, 0.1, 0.99},        {KEA_BETA, 0.9, 0.9999},  {KEA_BETA, 0.5, 0.50001},
        {KEA_BETA, 1e-9, 1e-8},       {KEA_BETA, 0.001, 0.999},
    };
    static const double level[] = {0.5, 0.8, 0.95, 0.99};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        for (size_t j = 0; j < sizeof level / sizeof level[0]; j++) {
            kea_error err;
            kea_dist dist;
            double low = row[i].first, high = row[i].second, tail = 0.5 * (1.0 - level[j]);
            assert_ok(kea_dist_interval(&dist, row[i].family, low, high, level[j], &err), err);
            assert_int_equal(dist.family, row[i].family);
            assert_near(kea_dist_quantile(&dist, tail) / low, 1.0, 1e-9);
            assert_near(kea_dist_quantile(&dist, 1.0 - tail) / high, 1.0, 1e-9);
        }
}

static void intervals_of_known_distributions(void **state)
{
    (void)state;
    kea_error err;
    kea_dist d;
    double z = gsl_cdf_ugaussian_Pinv(0.975);
    assert_ok(kea_dist_interval(&d, KEA_NORMAL, 7 - 2 * z, 7 + 2 * z, 0.95, &err), err);
    assert_near(d.p[0], 7, 1e-13);
    assert_near(d.p[1], 2, 1e-13);
    assert_ok(kea_dist_interval(&d, KEA_LOGNORMAL, exp(1 - 2 * z), exp(1 + 2 * z), 0.95, &err),
              err);
    assert_near(d.p[0], 1, 1e-13);
    assert_near(d.p[1], 2, 1e-13);
    assert_ok(kea_dist_interval(&d, KEA_UNIFORM, 1, 9, 0.8, &err), err);
    assert_near(d.p[0], 0, 1e-13);
    assert_near(d.p[1], 10, 1e-13);
    /* exponential with mean 5, and Beta(1, 3): x = 1 - (1 - u)^(1/3) */
    assert_ok(kea_dist_interval(&d, KEA_GAMMA, -5 * log(0.9), -5 * log(0.1), 0.8, &err), err);
    assert_near(d.p[0], 1, 1e-11);
    assert_near(d.p[1], 5, 1e-10);
    assert_ok(kea_dist_interval(&d, KEA_BETA, 1 - cbrt(0.9), 1 - cbrt(0.1), 0.8, &err), err);
    assert_near(d.p[0], 1, 1e-11);
    assert_near(d.p[1], 3, 1e-10);
}

static void wrong_means_are_refused(void **state)
{
    (void)state;
    const double inf = HUGE_VAL;
    const struct {
        two given;
        kea_status status;
        const char *text;
    } row[] = {
        {{KEA_BETA, 1.2, 0.1}, KEA_ERR_INPUT, "beta: mean 1.2 must be between 0 and 1"},
        {{KEA_BETA, 0, 0.1}, KEA_ERR_INPUT, "beta: mean 0 must be between 0 and 1"},
        {{KEA_BETA, 0.2, 0.4},
         KEA_ERR_INPUT,
         "beta: se 0.4 must be less than sqrt(mean (1 - mean)) = 0.4 at mean 0.2"},
        {{KEA_LOGIT_NORMAL, 0.5, 0.6},
         KEA_ERR_INPUT,
         "logit_normal: se 0.6 must be less than sqrt(mean (1 - mean)) = 0.5 at mean 0.5"},
        {{KEA_LOGIT_NORMAL, -1, 0.6},
         KEA_ERR_INPUT,
         "logit_normal: mean -1 must be between 0 and 1"},
        {{KEA_LOGIT_NORMAL, 0.5, 0.5 - 1e-13},
         KEA_ERR_NUMERIC,
         "logit_normal: se 0.5 is too near to its limit at mean 0.5; no sigma was found"},
        {{KEA_GAMMA, 0, 1}, KEA_ERR_INPUT, "gamma: mean 0 must be greater than 0"},
        {{KEA_LOGNORMAL, -2, 1}, KEA_ERR_INPUT, "lognormal: mean -2 must be greater than 0"},
        {{KEA_NORMAL, 2, 0}, KEA_ERR_INPUT, "normal: se 0 must be greater than 0"},
        {{KEA_UNIFORM, 2, -1}, KEA_ERR_INPUT, "uniform: se -1 must be greater than 0"},
        {{KEA_NORMAL, inf, 1}, KEA_ERR_INPUT, "normal: mean inf must be a finite number"},
        {{KEA_NORMAL, 1, inf}, KEA_ERR_INPUT, "normal: se inf must be a finite number"},
        {{KEA_GAMMA, 1, 1e-200},
         KEA_ERR_NUMERIC,
         "gamma: the numbers given are too extreme: they lead to shape inf and scale 0"},
        {{KEA_PERT, 1, 2},
         KEA_ERR_INPUT,
         "pert: cannot be given by mean and standard error; give min, mode, max"},
        {{KEA_FIXED, 1, 2},
         KEA_ERR_INPUT,
         "fixed: cannot be given by mean and standard error; give value"},
        {{KEA_DIRICHLET, 1, 2},
         KEA_ERR_INPUT,
         "dirichlet: cannot be given by mean and standard error; give alpha"},
        {{KEA_N_FAMILIES, 1, 2}, KEA_ERR_INPUT, "there is no distribution number 11"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_dist dist = {KEA_FIXED, {99}};
        kea_error err = {0};
        two g = row[i].given;
        assert_int_equal(kea_dist_mean_se(&dist, g.family, g.first, g.second, &err), row[i].status);
        assert_string_equal(err.text, row[i].text);
        assert_near(dist.p[0], 99, 0.0);
    }
}

static void wrong_intervals_are_refused(void **state)
{
    (void)state;
    const double inf = HUGE_VAL;
    const struct {
        two given;
        double level;
        kea_status status;
        const char *text;
    } row[] = {
        {{KEA_NORMAL, 2, 1}, 0.95, KEA_ERR_INPUT, "normal: low 2 must be less than high 1"},
        {{KEA_NORMAL, 2, 2}, 0.95, KEA_ERR_INPUT, "normal: low 2 must be less than high 2"},
        {{KEA_NORMAL, 1, 2}, 0, KEA_ERR_INPUT, "normal: level 0 must be between 0 and 1"},
        {{KEA_NORMAL, 1, 2}, 95, KEA_ERR_INPUT, "normal: level 95 must be between 0 and 1"},
        {{KEA_UNIFORM, -inf, 2}, 0.95, KEA_ERR_INPUT, "uniform: low -inf must be a finite number"},
        {{KEA_UNIFORM, 1, inf}, 0.95, KEA_ERR_INPUT, "uniform: high inf must be a finite number"},
        {{KEA_GAMMA, 0, 2}, 0.95, KEA_ERR_INPUT, "gamma: low 0 must be greater than 0"},
        {{KEA_LOGNORMAL, -1, 2}, 0.95, KEA_ERR_INPUT, "lognormal: low -1 must be greater than 0"},
        {{KEA_BETA, 0.1, 1}, 0.95, KEA_ERR_INPUT, "beta: high 1 must be less than 1"},
        {{KEA_BETA, -0.1, 0.5}, 0.95, KEA_ERR_INPUT, "beta: low -0.1 must be greater than 0"},
        {{KEA_LOGIT_NORMAL, 0.1, 1.5},
         0.95,
         KEA_ERR_INPUT,
         "logit_normal: high 1.5 must be less than 1"},
        {{KEA_GAMMA, 1, 1.00000001},
         0.95,
         KEA_ERR_NUMERIC,
         "gamma: no distribution was found with low 1 and high 1.00000001; is the interval "
         "extremely narrow or wide?"},
        {{KEA_BETA, 0.5, 0.500000001},
         0.95,
         KEA_ERR_NUMERIC,
         "beta: no distribution was found with low 0.5 and high 0.500000001; is the interval "
         "extremely narrow or wide?"},
        {{KEA_TRIANGULAR, 1, 2},
         0.95,
         KEA_ERR_INPUT,
         "triangular: cannot be given by a central interval; give min, mode, max"},
        {{KEA_TRUNCATED_NORMAL, 1, 2},
         0.95,
         KEA_ERR_INPUT,
         "truncated_normal: cannot be given by a central interval; give mu, sd, min, max"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_dist dist = {KEA_FIXED, {99}};
        kea_error err = {0};
        two g = row[i].given;
        assert_int_equal(kea_dist_interval(&dist, g.family, g.first, g.second, row[i].level, &err),
                         row[i].status);
        assert_string_equal(err.text, row[i].text);
        assert_near(dist.p[0], 99, 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_se_come_back),
        cmocka_unit_test(moments_by_hand),
        cmocka_unit_test(intervals_come_back),
        cmocka_unit_test(intervals_of_known_distributions),
        cmocka_unit_test(wrong_means_are_refused),
        cmocka_unit_test(wrong_intervals_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
