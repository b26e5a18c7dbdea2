/* Every family: quantiles against an independent distribution function (GSL's or a closed form),
 * moments by integrating the quantile function, support, texts, and each rule that is broken. */
#include "sim/core/cdf.h"
#include "sim/core/dist.h"
#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <string.h>

/* The distributions most tests run through. */
static const kea_dist examples[] = {
    {KEA_FIXED, {2.5}},
    {KEA_UNIFORM, {-1, 4}},
    {KEA_TRIANGULAR, {1, 2, 7}},
    {KEA_TRIANGULAR, {1, 1, 7}},
    {KEA_TRIANGULAR, {1, 7, 7}},
    {KEA_PERT, {1, 2, 7}},
    {KEA_PERT, {-3, -3, 5}},
    {KEA_NORMAL, {10, 3}},
    {KEA_TRUNCATED_NORMAL, {18, 3, 16, 27}},
    {KEA_TRUNCATED_NORMAL, {0, 1, 6, 9}},
    {KEA_TRUNCATED_NORMAL, {0, 1, -9, -6}},
    {KEA_LOGNORMAL, {0.4, 0.7}},
    {KEA_GAMMA, {0.3, 2}},
    {KEA_GAMMA, {30, 0.2}},
    {KEA_BETA, {0.5, 0.7}},
    {KEA_BETA, {39.4, 836.6}},
    {KEA_BETA, {3000, 17}},
    {KEA_LOGIT_NORMAL, {-2, 0.8}},
    {KEA_DIRICHLET, {3, 11}},
};
enum { N_EXAMPLES = sizeof examples / sizeof examples[0] };

/* P(X <= x), by other means than the library's. */
static double lower_tail(const kea_dist *d, double x)
{
    const double *p = d->p;
    double a, b, t;
    switch (d->family) {
    case KEA_UNIFORM:
        return gsl_cdf_flat_P(x, p[0], p[1]);
    case KEA_TRIANGULAR:
        if (x < p[1])
            return (x - p[0]) * (x - p[0]) / ((p[2] - p[0]) * (p[1] - p[0]));
        return 1.0 - (p[2] - x) * (p[2] - x) / ((p[2] - p[0]) * (p[2] - p[1]));
    case KEA_PERT:
        t = p[2] - p[0];
        a = 1.0 + 4.0 * (p[1] - p[0]) / t;
        b = 1.0 + 4.0 * (p[2] - p[1]) / t;
        return gsl_cdf_beta_P((x - p[0]) / t, a, b);
    case KEA_NORMAL:
        return gsl_cdf_gaussian_P(x - p[0], p[1]);
    case KEA_TRUNCATED_NORMAL:
        if (p[2] > p[0]) { /* by upper tails, which keep their digits */
            a = gsl_cdf_gaussian_Q(p[2] - p[0], p[1]);
            return (a - gsl_cdf_gaussian_Q(x - p[0], p[1])) /
                   (a - gsl_cdf_gaussian_Q(p[3] - p[0], p[1]));
        }
        a = gsl_cdf_gaussian_P(p[2] - p[0], p[1]);
        return (gsl_cdf_gaussian_P(x - p[0], p[1]) - a) /
               (gsl_cdf_gaussian_P(p[3] - p[0], p[1]) - a);
    case KEA_LOGNORMAL:
        return gsl_cdf_lognormal_P(x, p[0], p[1]);
    case KEA_GAMMA:
        return gsl_cdf_gamma_P(x, p[0], p[1]);
    case KEA_BETA:
        return gsl_cdf_beta_P(x, p[0], p[1]);
    case KEA_LOGIT_NORMAL:
        return gsl_cdf_gaussian_P(log(x / (1.0 - x)) - p[0], p[1]);
    case KEA_DIRICHLET:
        return gsl_cdf_beta_P(x, p[0], p[1] - p[0]);
    default:
        return (double)NAN;
    }
}

static void quantiles_give_back_their_probability(void **state)
{
    (void)state;
    for (int i = 1; i < N_EXAMPLES; i++)
        for (double u = 1e-6; u < 1.0; u += 0.00731) {
            double back = lower_tail(&examples[i], kea_dist_quantile(&examples[i], u));
            if (!(fabs(back - u) <= 1e-9 * fmin(1.0, 0.1 + u)))
                fail_msg("example %d at u %.9g: %.17g comes back", i, u, back);
        }
}

static void quantiles_increase_within_the_support(void **state)
{
    (void)state;
    for (int i = 1; i < N_EXAMPLES; i++) {
        double min, max, last = -HUGE_VAL;
        kea_dist_support(&examples[i], &min, &max);
        for (double logit = -36.7; logit < 36.7; logit += 0.01) {
            double x = kea_dist_quantile(&examples[i], kea_cdf_expit(logit));
            assert_true(x >= last - 1e-14 * fabs(last));
            assert_true(x >= min && x <= max);
            last = x;
        }
    }
    assert_near(kea_dist_quantile(&examples[0], 1e-9), 2.5, 0.0);
    assert_near(kea_dist_quantile(&examples[0], 0.9), 2.5, 0.0);
}

/* ---- moments ---- */

typedef struct moment {
    const kea_dist *dist;
    double centre;
    int power;
} moment;

/* x^k times the density of u = expit(t) with respect to t */
static double moment_at(double t, void *context)
{
    const moment *m = context;
    double u = kea_cdf_expit(t);
    if (!(u > 0.0 && u < 1.0))
        return 0.0;
    return pow(kea_dist_quantile(m->dist, u) - m->centre, m->power) * u * kea_cdf_expit(-t);
}

static double integral(moment *m)
{
    static gsl_integration_workspace *work;
    if (!work)
        work = gsl_integration_workspace_alloc(1000);
    gsl_function f = {moment_at, m};
    double value, error;
    (void)gsl_integration_qag(&f, -36.0, 36.0, 0.0, 1e-11, 1000, GSL_INTEG_GAUSS61, work, &value,
                              &error);
    return value;
}

static void moments_are_those_of_the_quantiles(void **state)
{
    (void)state;
    for (int i = 1; i < N_EXAMPLES; i++) {
        double mean = kea_dist_mean(&examples[i]), sd = kea_dist_sd(&examples[i]);
        /* around the mean, so that no digits are lost; 1 in 1e15 of the tails is left out */
        moment first = {&examples[i], mean, 1}, second = {&examples[i], mean, 2};
        assert_near(integral(&first) / sd, 0.0, 1e-9);
        assert_near(integral(&second) / (sd * sd), 1.0, 1e-9);
    }
}

static void moments_by_hand(void **state)
{
    (void)state;
    static const struct {
        kea_dist dist;
        double mean, variance;
    } row[] = {
        {{KEA_FIXED, {2.5}}, 2.5, 0},
        {{KEA_UNIFORM, {-1, 5}}, 2, 3},
        {{KEA_TRIANGULAR, {0, 3, 9}}, 4, 63.0 / 18.0}, /* (9 + 81 - 27) / 18 */
        {{KEA_PERT, {0, 3, 9}}, 3.5, 3.5 * 5.5 / 7.0}, /* (mean - min) (max - mean) / 7 */
        {{KEA_NORMAL, {7, 2}}, 7, 4},
        {{KEA_LOGNORMAL, {0, 1}}, 1.6487212707001282, 4.670774270471604}, /* sqrt(e), e (e - 1) */
        {{KEA_GAMMA, {4, 3}}, 12, 36},
        {{KEA_BETA, {2, 3}}, 0.4, 0.04},
        {{KEA_DIRICHLET, {2, 5}}, 0.4, 0.04},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        assert_near(kea_dist_mean(&row[i].dist), row[i].mean, 1e-13);
        assert_near(pow(kea_dist_sd(&row[i].dist), 2.0), row[i].variance, 1e-12);
    }
}

static void support_of_each_family(void **state)
{
    (void)state;
    static const struct {
        kea_dist dist;
        double min, max;
    } row[] = {
        {{KEA_FIXED, {2.5}}, 2.5, 2.5},
        {{KEA_UNIFORM, {-1, 5}}, -1, 5},
        {{KEA_TRIANGULAR, {0.5, 3, 9}}, 0.5, 9},
        {{KEA_PERT, {0.25, 3, 8}}, 0.25, 8},
        {{KEA_NORMAL, {7, 2}}, -HUGE_VAL, HUGE_VAL},
        {{KEA_TRUNCATED_NORMAL, {7, 2, 6, 11}}, 6, 11},
        {{KEA_LOGNORMAL, {0, 1}}, 0, HUGE_VAL},
        {{KEA_GAMMA, {4, 3}}, 0, HUGE_VAL},
        {{KEA_BETA, {2, 3}}, 0, 1},
        {{KEA_LOGIT_NORMAL, {2, 3}}, 0, 1},
        {{KEA_DIRICHLET, {2, 5}}, 0, 1},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        double min, max;
        kea_dist_support(&row[i].dist, &min, &max);
        assert_true(min == row[i].min);
        assert_true(max == row[i].max);
    }
}

/* ---- names and texts ---- */

static void families_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < KEA_N_FAMILIES; i++)
        assert_int_equal(kea_dist_family_find(kea_dist_family_name((kea_family)i)), i);
    assert_int_equal(kea_dist_family_find("gauss"), KEA_N_FAMILIES);
    assert_string_equal(kea_dist_family_name(KEA_TRUNCATED_NORMAL), "truncated_normal");
    assert_string_equal(kea_dist_family_name(KEA_N_FAMILIES), "unknown");
    assert_string_equal(kea_dist_param_name(KEA_TRUNCATED_NORMAL, 3), "max");
    assert_string_equal(kea_dist_param_name(KEA_GAMMA, 1), "scale");
    assert_null(kea_dist_param_name(KEA_GAMMA, 2));
    assert_null(kea_dist_param_name(KEA_TRUNCATED_NORMAL, 4));
    assert_null(kea_dist_param_name(KEA_N_FAMILIES, 0));
}

static void texts_for_people(void **state)
{
    (void)state;
    static const struct {
        kea_dist dist;
        const char *text;
    } row[] = {
        {{KEA_FIXED, {0.05}}, "fixed at 0.05"},
        {{KEA_BETA, {39.4, 836.6}}, "beta(a=39.4, b=836.6), 95% 0.032 to 0.060"},
        {{KEA_UNIFORM, {0, 200}}, "uniform(min=0, max=200), 95% 5 to 195"},
        {{KEA_NORMAL, {0, 1}}, "normal(mu=0, sd=1), 95% -2.0 to 2.0"},
        {{KEA_NORMAL, {0, 1e-9}}, "normal(mu=0, sd=1e-09), 95% -1.96e-09 to 1.96e-09"},
        {{KEA_DIRICHLET, {2, 4}}, "dirichlet(alpha=2 of 4), 95% 0.09 to 0.91"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char text[100];
        kea_dist_describe(&row[i].dist, text, sizeof text);
        assert_string_equal(text, row[i].text);
    }
    char small[8];
    kea_dist_describe(&row[1].dist, small, sizeof small);
    assert_string_equal(small, "beta(a=");
}

/* ---- rules ---- */

static void natural_parameters_are_kept(void **state)
{
    (void)state;
    kea_error err;
    const double p[4] = {18, 3, 16, 27};
    kea_dist dist;
    assert_ok(kea_dist_natural(&dist, KEA_TRUNCATED_NORMAL, 4, p, &err), err);
    assert_int_equal(dist.family, KEA_TRUNCATED_NORMAL);
    for (int i = 0; i < 4; i++)
        assert_near(dist.p[i], p[i], 0.0);
    for (int i = 0; i < N_EXAMPLES; i++) {
        size_t n = examples[i].family == KEA_DIRICHLET ? 2 : 0;
        while (examples[i].family != KEA_DIRICHLET && kea_dist_param_name(examples[i].family, n))
            n++;
        assert_ok(kea_dist_natural(&dist, examples[i].family, n, examples[i].p, &err), err);
    }
}

static void broken_rules_are_named(void **state)
{
    (void)state;
    const double inf = HUGE_VAL;
    const struct {
        kea_family family;
        size_t n;
        double p[4];
        const char *text;
    } row[] = {
        {KEA_FIXED, 1, {inf}, "fixed: value inf must be a finite number"},
        {KEA_UNIFORM, 1, {1}, "uniform: needs 2 parameters, found 1"},
        {KEA_UNIFORM, 2, {3, 2}, "uniform: min 3 must be less than max 2"},
        {KEA_UNIFORM, 2, {2, 2}, "uniform: min 2 must be less than max 2"},
        {KEA_TRIANGULAR, 3, {2, 2, 2}, "triangular: min 2 must be less than max 2"},
        {KEA_TRIANGULAR, 3, {1, 5, 4}, "triangular: mode 5 must lie between min 1 and max 4"},
        {KEA_PERT, 3, {1, 0.5, 4}, "pert: mode 0.5 must lie between min 1 and max 4"},
        {KEA_PERT, 3, {1, -inf, 4}, "pert: mode -inf must be a finite number"},
        {KEA_NORMAL, 2, {1, 0}, "normal: sd 0 must be greater than 0"},
        {KEA_LOGNORMAL, 2, {1, -2}, "lognormal: sigma -2 must be greater than 0"},
        {KEA_LOGIT_NORMAL, 2, {1, -3}, "logit_normal: sigma -3 must be greater than 0"},
        {KEA_GAMMA, 2, {-1, 2}, "gamma: shape -1 must be greater than 0"},
        {KEA_GAMMA, 2, {1, 0}, "gamma: scale 0 must be greater than 0"},
        {KEA_BETA, 2, {0, 2}, "beta: a 0 must be greater than 0"},
        {KEA_BETA, 2, {1, -0.5}, "beta: b -0.5 must be greater than 0"},
        {KEA_TRUNCATED_NORMAL, 4, {0, -1, 2, 3}, "truncated_normal: sd -1 must be greater than 0"},
        {KEA_TRUNCATED_NORMAL, 4, {0, 1, 3, 2}, "truncated_normal: min 3 must be less than max 2"},
        {KEA_TRUNCATED_NORMAL,
         4,
         {0, 1, 50, 60},
         "truncated_normal: the interval from min 50 to max 60 must hold some of the probability "
         "of mu 0 and sd 1"},
        {KEA_DIRICHLET, 2, {0, 4}, "dirichlet: alpha 0 must be greater than 0"},
        {KEA_DIRICHLET, 2, {4, 4}, "dirichlet: alpha 4 must be less than the sum of all alphas, 4"},
        {KEA_DIRICHLET, 2, {4, inf}, "dirichlet: sum of alphas inf must be a finite number"},
        {KEA_N_FAMILIES, 1, {1}, "there is no distribution number 11"},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_dist dist = {KEA_FIXED, {99}};
        kea_error err = {0};
        kea_status status = kea_dist_natural(&dist, row[i].family, row[i].n, row[i].p, &err);
        assert_int_equal(status, KEA_ERR_INPUT);
        assert_string_equal(err.text, row[i].text);
        assert_near(dist.p[0], 99, 0.0); /* left as it was */
    }
    const double nan_p[2] = {1, (double)NAN};
    kea_dist dist;
    kea_error err = {0};
    assert_int_equal(kea_dist_natural(&dist, KEA_NORMAL, 2, nan_p, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "must be a finite number"));
}

/* ---- Dirichlet ---- */

static void dirichlet_shares_have_their_moments(void **state)
{
    (void)state;
    enum { N = 3, DRAWS = 100000 };
    const double alpha[N] = {2, 5, 0.5}, total = 7.5;
    kea_dist dist[N];
    for (int i = 0; i < N; i++)
        dist[i] = (kea_dist){KEA_DIRICHLET, {alpha[i], total}};
    kea_rng_key key = kea_rng_key_of(11, "test.dirichlet");
    kea_moments moments[N] = {{0}};
    double product = 0.0;
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        double u[N], share[N];
        for (uint32_t i = 0; i < N; i++)
            u[i] = kea_rng_uniform(key, (kea_rng_address){.draw = draw, .item = i}, 0);
        kea_dist_dirichlet_draw(N, dist, u, share);
        assert_near(share[0] + share[1] + share[2], 1.0, 1e-15);
        for (int i = 0; i < N; i++) {
            assert_true(share[i] > 0.0);
            kea_moments_add(&moments[i], share[i]);
        }
        product += (share[0] - alpha[0] / total) * (share[1] - alpha[1] / total);
    }
    for (int i = 0; i < N; i++) {
        double sd = kea_dist_sd(&dist[i]);
        assert_near(moments[i].mean, alpha[i] / total, 4.9 * sd / sqrt(DRAWS));
        /* kurtosis of these three is below 12 */
        assert_near(kea_moments_variance(&moments[i]) / (sd * sd), 1.0, 4.9 * sqrt(11.0 / DRAWS));
    }
    /* covariance -a_i a_j / (A^2 (A + 1)) = -0.0209; the product has a deviation below 0.05 */
    assert_near(product / DRAWS, -10.0 / (total * total * (total + 1.0)), 4.9 * 0.05 / sqrt(DRAWS));
}

static void dirichlet_of_tiny_alphas(void **state)
{
    (void)state;
    const kea_dist dist[3] = {{KEA_DIRICHLET, {1e-4, 3e-4}},
                              {KEA_DIRICHLET, {1e-4, 3e-4}},
                              {KEA_DIRICHLET, {1e-4, 3e-4}}};
    const double u[3] = {0.2, 0.7, 0.4};
    double share[3];
    kea_dist_dirichlet_draw(3, dist, u, share);
    assert_near(share[1], 1.0, 1e-15);
    assert_true(share[0] > 0.0 && share[2] > 0.0);
}

static void dirichlet_is_a_ratio_of_gammas(void **state)
{
    (void)state;
    /* Gamma(1, 1) quantiles are -log(1 - u) */
    const kea_dist dist[2] = {{KEA_DIRICHLET, {1, 2}}, {KEA_DIRICHLET, {1, 2}}};
    const double u[2] = {0.3, 0.8};
    double share[2], a = -log1p(-0.3), b = -log1p(-0.8);
    kea_dist_dirichlet_draw(2, dist, u, share);
    assert_near(share[0], a / (a + b), 1e-14);
    assert_near(share[1], b / (a + b), 1e-14);
}

int main(void)
{
    (void)gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_give_back_their_probability),
        cmocka_unit_test(quantiles_increase_within_the_support),
        cmocka_unit_test(moments_are_those_of_the_quantiles),
        cmocka_unit_test(moments_by_hand),
        cmocka_unit_test(support_of_each_family),
        cmocka_unit_test(families_have_names),
        cmocka_unit_test(texts_for_people),
        cmocka_unit_test(natural_parameters_are_kept),
        cmocka_unit_test(broken_rules_are_named),
        cmocka_unit_test(dirichlet_shares_have_their_moments),
        cmocka_unit_test(dirichlet_of_tiny_alphas),
        cmocka_unit_test(dirichlet_is_a_ratio_of_gammas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
