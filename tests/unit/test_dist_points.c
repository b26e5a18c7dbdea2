/* Distributions from points that a person has named: exact points come back, others are fitted, and
 * what cannot be is refused. */
#include "sim/core/dist.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

enum { N = 3 };
static const double at[N] = {0.05, 0.5, 0.95};

typedef struct known {
    kea_family family;
    double first, second;
} known;

/* The points of a distribution of the family give it back, with nothing missed. */
static void exact_points_come_back(void **state)
{
    (void)state;
    static const known row[] = {
        {KEA_UNIFORM, -2, 0.7},    {KEA_NORMAL, -3, 2},    {KEA_NORMAL, 1e6, 3},
        {KEA_LOGNORMAL, 0.5, 0.4}, {KEA_LOGNORMAL, -7, 2}, {KEA_LOGIT_NORMAL, -2, 0.7},
        {KEA_GAMMA, 12, 300},      {KEA_GAMMA, 0.4, 2},    {KEA_GAMMA, 900, 0.01},
        {KEA_BETA, 4, 60},         {KEA_BETA, 0.5, 0.7},   {KEA_BETA, 300, 20},
    };
    static const double more[] = {0.01, 0.25, 0.5, 0.6, 0.975};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const double natural[] = {row[i].first, row[i].second};
        kea_error err = {0};
        kea_dist given, fitted;
        double x[5], miss = 1;
        assert_ok(kea_dist_natural(&given, row[i].family, 2, natural, &err), err);
        for (size_t k = 0; k < N; k++)
            x[k] = kea_dist_quantile(&given, at[k]);
        assert_ok(kea_dist_points(&fitted, row[i].family, N, at, x, &miss, &err), err);
        assert_int_equal(fitted.family, row[i].family);
        assert_near(fitted.p[0] / natural[0], 1, 1e-6);
        assert_near(fitted.p[1] / natural[1], 1, 1e-6);
        assert_near(miss, 0, 1e-8);
        for (size_t k = 0; k < 5; k++)
            x[k] = kea_dist_quantile(&given, more[k]);
        assert_ok(kea_dist_points(&fitted, row[i].family, 5, more, x, &miss, &err), err);
        assert_near(fitted.p[0] / natural[0], 1, 1e-6);
        /* two points are always met */
        const double two[] = {0.1, 0.6}, y[] = {0.2, 0.3};
        assert_ok(kea_dist_points(&fitted, row[i].family, 2, two, y, &miss, &err), err);
        assert_near(miss, 0, 1e-8);
        assert_near(kea_dist_quantile(&fitted, 0.6), 0.3, 1e-8);
    }
}

/* With -z, 0, z as scores the slope is (x3 - x1) / 2z and the middle the mean of the three: points
 * 2, 3.2, 4 give middle 46/15 and the fitted points 2.0667, 3.0667, 4.0667, so the second is off by
 * 2/15 of a range of 2. */
static void a_line_by_hand(void **state)
{
    (void)state;
    static const double x[N] = {2, 3.2, 4};
    kea_error err = {0};
    kea_dist dist;
    double miss;
    assert_ok(kea_dist_points(&dist, KEA_NORMAL, N, at, x, &miss, &err), err);
    assert_near(dist.p[0], 46.0 / 15, 1e-12);
    assert_near(dist.p[1], 1 / gsl_cdf_ugaussian_Pinv(0.95), 1e-12);
    assert_near(miss, 1.0 / 15, 1e-12);
    /* the uniform has scores -0.45, 0, 0.45: width 2 / 0.9 */
    assert_ok(kea_dist_points(&dist, KEA_UNIFORM, N, at, x, &miss, &err), err);
    assert_near(dist.p[0], 46.0 / 15 - 1 / 0.9, 1e-12);
    assert_near(dist.p[1], 46.0 / 15 + 1 / 0.9, 1e-12);
    /* a lognormal and a logit-normal are a line on their scales */
    static const double logs[N] = {0.1353352832366127, 1.2214027581601699, 2.718281828459045};
    assert_int_equal(kea_dist_points(&dist, KEA_LOGNORMAL, N, at, logs, &miss, &err),
                     KEA_ERR_INPUT); /* exp(-2, .2, 1): middle -0.267, 0.77 instead of 1.22 */
    static const double odds[N] = {0.2, 0.45, 0.8}; /* log-odds -log 4, -log (11/9), log 4 */
    assert_ok(kea_dist_points(&dist, KEA_LOGIT_NORMAL, N, at, odds, &miss, &err), err);
    assert_near(dist.p[0], -log(11.0 / 9) / 3, 1e-12);
    assert_near(dist.p[1], log(4) / gsl_cdf_ugaussian_Pinv(0.95), 1e-12);
}

static double squares(const kea_dist *dist, const double *x)
{
    double sum = 0;
    for (size_t k = 0; k < N; k++) {
        double q = kea_dist_quantile(dist, at[k]);
        double off =
            dist->family == KEA_GAMMA ? log(q / x[k]) : log(q / (1 - q)) - log(x[k] / (1 - x[k]));
        sum += off * off;
    }
    return sum;
}

/* Where points are not met, no neighbour of the fit has a smaller sum of squares. */
static void a_fit_is_the_best(void **state)
{
    (void)state;
    static const double x[N] = {0.1, 0.22, 0.35};
    static const kea_family family[] = {KEA_GAMMA, KEA_BETA};
    for (size_t i = 0; i < 2; i++) {
        kea_error err = {0};
        kea_dist dist;
        double miss;
        assert_ok(kea_dist_points(&dist, family[i], N, at, x, &miss, &err), err);
        assert_true(miss > 0.001 && miss < KEA_DIST_MOST_MISS);
        double best = squares(&dist, x);
        for (int k = 0; k < 8; k++) {
            kea_dist near = dist;
            near.p[k % 2] *= k < 4 ? 1.001 : 0.999;
            near.p[1 - k % 2] *= k % 4 < 2 ? 1.0005 : 0.9997;
            assert_true(squares(&near, x) > best);
        }
    }
}

typedef struct wrong {
    kea_family family;
    double p[N], x[N];
    const char *text;
} wrong;

static const wrong wrongs[] = {
    {KEA_NORMAL,
     {0.05, 0.5, 0.95},
     {1, 3, 2},
     "normal: the 50% point 3 must be less than the 95% point 2"},
    {KEA_GAMMA,
     {0.05, 0.5, 0.95},
     {2, 2, 3},
     "gamma: the 5% point 2 must be less than the 50% point 2"},
    {KEA_GAMMA, {0.05, 0.5, 0.95}, {0, 2, 3}, "gamma: the 5% point 0 must be greater than 0"},
    {KEA_BETA, {0.05, 0.5, 0.95}, {0.1, 0.5, 1}, "beta: the 95% point 1 must be less than 1"},
    {KEA_BETA,
     {0.05, 0.5, 0.95},
     {-0.1, 0.5, 0.7},
     "beta: the 5% point -0.1 must be greater than 0"},
    {KEA_NORMAL,
     {0.05, 0.5, 0.95},
     {1, (double)INFINITY, 2},
     "normal: the 50% point must be a number"},
    {KEA_NORMAL,
     {0.5, 0.5, 0.95},
     {1, 2, 3},
     "normal: the probabilities of points must lie between 0 and 1 and increase, found 0.5"},
    {KEA_NORMAL,
     {0.05, 0.5, 1},
     {1, 2, 3},
     "normal: the probabilities of points must lie between 0 and 1 and increase, found 1"},
    {KEA_PERT,
     {0.05, 0.5, 0.95},
     {1, 2, 3},
     "pert: cannot be given by points; use normal, lognormal, gamma, beta, logit_normal or "
     "uniform"},
    /* middle 3: the mean of 1, 2, 6; that of logs .828, so the last 5.608 */
    {KEA_NORMAL,
     {0.05, 0.5, 0.95},
     {1, 2, 6},
     "normal: does not fit the points: its 50% point would be 3, not 2 (more than 10% of the "
     "distance from the first to the last point); use \"lognormal\", which misses by 7.8% at "
     "most"},
    {KEA_LOGNORMAL,
     {0.05, 0.5, 0.95},
     {1, 1.1, 9},
     "lognormal: does not fit the points: its 95% point would be 6.442, not 9 (more than 10% "
     "of "
     "the distance from the first to the last point); no family comes near; are the points "
     "right?"},
};

static void wrong_points_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        kea_dist dist = {KEA_FIXED, {99}};
        kea_error err = {0};
        double miss = -1;
        assert_int_equal(
            kea_dist_points(&dist, wrongs[i].family, N, wrongs[i].p, wrongs[i].x, &miss, &err),
            KEA_ERR_INPUT);
        assert_string_equal(err.text, wrongs[i].text);
        assert_near(dist.p[0], 99, 0);
    }
    kea_dist dist;
    kea_error err = {0};
    double miss;
    assert_int_equal(kea_dist_points(&dist, KEA_NORMAL, 1, at, at, &miss, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "normal: expected at least 2 points, found 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_points_come_back),
        cmocka_unit_test(a_line_by_hand),
        cmocka_unit_test(a_fit_is_the_best),
        cmocka_unit_test(wrong_points_are_refused),
    };
    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
