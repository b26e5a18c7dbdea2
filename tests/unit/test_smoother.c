/* Regressions of net benefits on inputs: what they find, what they refuse, and that they say when
 * they miss something. */
#include "sim/analysis/smoother.h"

#include "sim/analysis/likelihood.h"
#include "sim/analysis/residuals.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

enum { N = 2000, MOST = 4 };

static double x[N * MOST], value[N * 3], truth[N * 3];
static const char *const names[] = {"a", "b", "c", "d"};

static kea_benefits benefits(void)
{
    return (kea_benefits){N, 3, value};
}

static kea_inputs inputs(size_t d)
{
    return (kea_inputs){"parameter", N, d, names, x};
}

/* Inputs, a true surface for two arms, and net benefits with noise around it. */
static void make(size_t d, double (*surface)(const double *at, size_t arm), double noise)
{
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < d; k++)
            x[i * d + k] = 10 + 3 * gaussian_number(21, i, k);
        double z[MOST];
        for (size_t k = 0; k < d; k++)
            z[k] = gaussian_number(21, i, k);
        for (size_t arm = 0; arm < 3; arm++) {
            truth[i * 3 + arm] = arm ? surface(z, arm) : 0;
            value[i * 3 + arm] = arm ? truth[i * 3 + arm] + noise * gaussian_number(22, i, arm) : 0;
        }
    }
}

static double line(const double *z, size_t arm)
{
    return 2 + (double)arm * z[0];
}

static double wave(const double *z, size_t arm)
{
    return (double)arm + sin(2 * z[0]) * (arm == 1 ? 1 : 3);
}

static double saddle(const double *z, size_t arm)
{
    return (double)arm * z[0] * z[1] + exp(0.5 * z[1]);
}

static double four(const double *z, size_t arm)
{
    return z[0] * z[1] + sin(z[2] + (double)arm) + 0.5 * z[3];
}

/* The root mean squared distance of fit and truth over that of the noise, both arms. */
static double distance(const kea_smoother *s, double noise)
{
    double sum = 0;
    for (size_t i = 0; i < N * 3; i++)
        sum += pow(s->fitted[i] - truth[i], 2);
    return sqrt(sum / (2.0 * N)) / noise;
}

/* What a fit of that many coefficients is off by, in units of the noise: sqrt(coefficients / N). */
static void finds_surfaces(void **state)
{
    (void)state;
    static const struct {
        size_t d;
        double (*surface)(const double *, size_t);
        kea_smoother_method method;
        double freedom;
    } cases[] = {
        {1, line, KEA_SMOOTHER_CHOICE, 4},  {1, wave, KEA_SMOOTHER_CHOICE, 20},
        {2, wave, KEA_SMOOTHER_SPLINE, 30}, {2, saddle, KEA_SMOOTHER_CHOICE, 12},
        {4, four, KEA_SMOOTHER_CHOICE, 70}, {1, wave, KEA_SMOOTHER_PROCESS, 25},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        kea_smoother s;
        kea_error err;
        const double noise = 2;
        make(cases[c].d, cases[c].surface, noise);
        kea_benefits b = benefits();
        kea_inputs in = inputs(cases[c].d);
        assert_ok(kea_smoother_init(&s, &b, &in, cases[c].method, &err), err);
        assert_int_equal(s.method, cases[c].method   ? cases[c].method
                                   : cases[c].d <= 2 ? KEA_SMOOTHER_SPLINE
                                                     : KEA_SMOOTHER_PROCESS);
        assert_true(s.freedom < cases[c].freedom);
        assert_true(distance(&s, noise) < 1.5 * sqrt(cases[c].freedom / N));
        assert_true(s.lack_of_fit > 1e-4);
        double mean = 0;
        for (size_t i = 0; i < N; i++)
            mean += (s.fitted[i * 3 + 2] - value[i * 3 + 2]) / N;
        assert_near(mean, 0, 1e-9);
        kea_smoother_free(&s);
        kea_smoother_free(&s);
    }
}

/* A straight line is found to the precision of a straight line: nothing is lost to bending. */
static void a_line_is_a_line(void **state)
{
    (void)state;
    kea_smoother s;
    kea_error err;
    make(1, line, 0);
    kea_benefits b = benefits();
    kea_inputs in = inputs(1);
    assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
    for (size_t i = 0; i < N * 3; i++)
        assert_near(s.fitted[i], truth[i], 1e-6);
    assert_near(s.share, 1, 1e-9);
    kea_smoother_free(&s);
}

/* Waves too quick for 20 B-splines: the check of residuals says so. */
static double quick(const double *z, size_t arm)
{
    return 3 * sin(40 * z[0]) * (double)arm;
}

static void says_when_it_misses_something(void **state)
{
    (void)state;
    kea_smoother s;
    kea_error err;
    make(1, line, 1);
    kea_benefits b = benefits();
    kea_inputs in = inputs(1);
    /* a jump that a spline with 17 pieces rounds off */
    for (size_t i = 0; i < N; i++)
        value[i * 3 + 1] = fabs(x[i] - 10) < 0.15 ? 30 : 0;
    assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
    assert_true(s.lack_of_fit < 1e-3);
    kea_smoother_free(&s);
    make(1, quick, 1);
    assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
    assert_true(s.share < 0.2); /* true share of arm 2: 18 / 19 */
    kea_smoother_free(&s);
}

/* Other net benefits on the same inputs: the same ones give the same value, whatever stands beside
 * them; fitted values of drawn coefficients scatter around the fit. */
static void values_of_others(void **state)
{
    (void)state;
    enum { VALUES = 40 };
    static double y[N * VALUES * 2];
    double values[VALUES];
    kea_smoother s;
    kea_error err;
    make(1, wave, 2);
    kea_benefits b = benefits();
    kea_inputs in = inputs(1);
    assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
    for (size_t i = 0; i < N; i++)
        for (size_t v = 0; v < VALUES; v++)
            for (size_t arm = 1; arm < 3; arm++)
                y[(i * VALUES + v) * 2 + arm - 1] = (double)(v % 7) * value[i * 3 + arm];
    assert_ok(kea_smoother_values(&s, VALUES, y, values, &err), err);
    for (size_t v = 0; v < VALUES; v++)
        assert_near(values[v], (double)(v % 7) * kea_smoother_value(&s), 1e-9);
    assert_ok(kea_smoother_draw(&s, 1, VALUES, y, &err), err);
    double off = 0;
    for (size_t i = 0; i < N; i++)
        for (size_t v = 0; v < VALUES; v++)
            off += pow(y[(i * VALUES + v) * 2 + 1] - s.fitted[i * 3 + 2], 2) / (N * VALUES);
    /* on average over points noise^2 x coefficients / points */
    assert_near(sqrt(off / (s.fit.residual[3] * s.fit.freedom[1] / N)), 1, 0.25);
    kea_smoother_free(&s);
}

/* Two, three and many equal values. */
static void few_values(void **state)
{
    (void)state;
    for (size_t values = 2; values <= 5; values++) {
        kea_smoother s;
        kea_error err;
        double sum[5] = {0}, count[5] = {0};
        for (size_t i = 0; i < N; i++) {
            size_t at = i % values;
            x[i] = (double)(at * at);
            value[i * 3] = 0;
            value[i * 3 + 1] = (at == 1 ? 5 : 0) + gaussian_number(30, i, 0);
            value[i * 3 + 2] = 0; /* the same as the first strategy in every draw */
            sum[at] += value[i * 3 + 1];
            count[at]++;
        }
        kea_benefits b = benefits();
        kea_inputs in = inputs(1);
        assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
        for (size_t i = 0; i < values; i++) {
            assert_near(s.fitted[i * 3 + 1], sum[i] / count[i], 0.1);
            assert_near(s.fitted[i * 3 + 2], 0, 0);
        }
        kea_smoother_free(&s);
    }
}

/* An amount that is 0 unless a switch is 1: their product is the amount. */
static void a_switch_and_its_amount(void **state)
{
    (void)state;
    kea_smoother s;
    kea_error err;
    make(2, line, 1);
    for (size_t i = 0; i < N; i++) {
        double on = i % 3 == 0;
        x[2 * i + 1] = on * x[2 * i];
        x[2 * i] = on;
        truth[i * 3 + 1] = x[2 * i + 1];
        truth[i * 3 + 2] = i % 3 ? 1 : 4;
        for (size_t arm = 1; arm < 3; arm++)
            value[i * 3 + arm] = truth[i * 3 + arm] + gaussian_number(22, i, arm);
    }
    kea_benefits b = benefits();
    kea_inputs in = inputs(2);
    assert_ok(kea_smoother_init(&s, &b, &in, KEA_SMOOTHER_CHOICE, &err), err);
    assert_true(distance(&s, 1) < 1.5 * sqrt(10.0 / N));
    kea_smoother_free(&s);
}

/* Residuals that are nothing but noise: the probability is that of chance. It is the smaller of two
 * nearly equal ones, doubled, so that between 5 and 10 of 100 are below 0.1. */
static void residuals_of_a_true_surface(void **state)
{
    (void)state;
    enum { FEW = 1000, TRIALS = 400 };
    int n_low = 0;
    for (size_t t = 0; t < TRIALS; t++) {
        const kea_benefits b = {FEW, 2, value};
        kea_error err;
        double p;
        for (size_t i = 0; i < FEW; i++) {
            x[i] = gaussian_number(700 + t, i, 0);
            truth[2 * i] = value[2 * i] = 0;
            truth[2 * i + 1] = x[i] * x[i] * x[i];
            value[2 * i + 1] = truth[2 * i + 1] + gaussian_number(700 + t, i, 1);
        }
        assert_ok(kea_residuals_check(&b, truth, 1, x, &p, &err), err);
        n_low += p < 0.1;
    }
    assert_true(n_low > 0.02 * TRIALS && n_low < 0.16 * TRIALS);
}

/* Products of the columns of two inducing points are their covariance. */
static void columns_of_a_process(void **state)
{
    (void)state;
    enum { D = 3, POINTS = 400, INDUCING = POINTS / 4, COLUMNS = 1 + D + INDUCING };
    static double row[2][COLUMNS];
    const double length[D] = {0.7, 1.1, 1.9};
    kea_process process;
    kea_error err;
    make(D, line, 1);
    assert_ok(kea_process_init(&process, POINTS, D, x, &err), err);
    assert_ok(kea_process_set(&process, length, &err), err);
    assert_int_equal(process.n_inducing, INDUCING);
    for (size_t pair = 0; pair + 1 < INDUCING; pair++) {
        double product = 0, square = 0;
        for (size_t e = 0; e < 2; e++)
            process.columns.rows(&process, 4 * (pair + e), 1, row[e]);
        for (size_t k = 1 + D; k < COLUMNS; k++)
            product += row[0][k] * row[1][k];
        for (size_t k = 0; k < D; k++)
            square +=
                pow((process.score[4 * pair * D + k] - process.score[4 * (pair + 1) * D + k]) /
                        length[k],
                    2);
        assert_near(product, exp(-0.5 * square), 1e-5);
        assert_near(row[0][0], 1, 0);
        assert_near(row[0][1] * process.sd[0] + process.mean[0], x[4 * pair * D], 1e-12);
    }
    kea_process_free(&process);
}

/* The slope of the likelihood against differences, and that the lengths chosen are near the best.
 */
static void slope_of_the_likelihood(void **state)
{
    (void)state;
    enum { D = 4 };
    kea_process process;
    kea_likelihood likelihood;
    kea_error err;
    double length[D] = {1, 2, 3, 1.5}, slope[D], other[D], at, up, down;
    make(D, four, 1);
    assert_ok(kea_process_init(&process, 600, D, x, &err), err);
    assert_ok(kea_likelihood_init(&likelihood, &process, 2, value + 1, 3, &err), err);
    assert_ok(kea_likelihood_at(&likelihood, length, &at, slope, &err), err);
    for (size_t k = 0; k < D; k++) {
        const double step = 1e-4;
        double keep = length[k];
        length[k] = keep * exp(step);
        assert_ok(kea_likelihood_at(&likelihood, length, &up, other, &err), err);
        length[k] = keep * exp(-step);
        assert_ok(kea_likelihood_at(&likelihood, length, &down, other, &err), err);
        length[k] = keep;
        assert_near(slope[k], (up - down) / (2 * step), 1e-5 * (1 + fabs(slope[k])));
    }
    assert_ok(kea_process_choose(&process, 2, value + 1, 3, &err), err);
    memcpy(length, process.length, sizeof length);
    assert_ok(kea_likelihood_at(&likelihood, length, &at, slope, &err), err);
    for (size_t k = 0; k < D; k++) {
        double keep = length[k];
        length[k] = 0.7 * keep;
        assert_ok(kea_likelihood_at(&likelihood, length, &down, other, &err), err);
        length[k] = keep / 0.7;
        assert_ok(kea_likelihood_at(&likelihood, length, &up, other, &err), err);
        length[k] = keep;
        assert_true(down > at - 0.2 && up > at - 0.2);
    }
    kea_likelihood_free(&likelihood);
    kea_process_free(&process);
    kea_process_free(&process);
}

static void refuses(kea_benefits b, kea_inputs in, kea_smoother_method method, const char *text)
{
    kea_smoother s;
    kea_error err;
    assert_int_equal(kea_smoother_init(&s, &b, &in, method, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, text);
    kea_smoother_free(&s);
}

static void bad_inputs_are_named(void **state)
{
    (void)state;
    make(4, four, 1);
    kea_benefits b = benefits();
    kea_inputs in = inputs(4);
    double keep = x[4 * 6 + 2];
    x[4 * 6 + 2] = (double)NAN;
    refuses(b, in, KEA_SMOOTHER_CHOICE,
            "parameter \"c\" in draw 7 is nan; it must be a finite number");
    x[4 * 6 + 2] = keep;
    in.n_points = 1999;
    refuses(b, in, KEA_SMOOTHER_CHOICE,
            "there are 2000 draws of costs and effects but 1999 of parameters; row i of one must "
            "belong to row i of the other");
    in.n_points = b.n_points = 70;
    refuses(
        b, (kea_inputs){"parameter", 70, 2, names, x}, KEA_SMOOTHER_CHOICE,
        "a penalised spline of 2 parameters has 81 coefficients and needs more draws than that; "
        "the sample has 70");
    in.n_points = b.n_points = 20;
    refuses(b, (kea_inputs){"parameter", 20, 1, names, x}, KEA_SMOOTHER_CHOICE,
            "a penalised spline of 1 parameter has 20 coefficients and needs more draws than that; "
            "the sample has 20");
    in.n_points = b.n_points = 6;
    refuses(b, in, KEA_SMOOTHER_CHOICE,
            "a Gaussian process of 4 parameters has 6 coefficients and needs more draws than that; "
            "the sample has 6");
    in.n_points = b.n_points = N;
    refuses(b, in, KEA_SMOOTHER_SPLINE, "a spline takes one or two parameters, not 4");
    in.n_inputs = 0;
    refuses(b, in, KEA_SMOOTHER_CHOICE, "a set without a parameter has no value");
    in.n_inputs = 4;
    for (size_t i = 0; i < N; i++)
        x[4 * i + 3] = 2 * x[4 * i] - x[4 * i + 1] + 7;
    refuses(b, in, KEA_SMOOTHER_CHOICE,
            "parameter \"d\" is a linear function of those before it in the set (\"a\" and "
            "others); leave one of them out");
    for (size_t i = 0; i < N; i++)
        x[4 * i + 1] = 3;
    refuses(b, in, KEA_SMOOTHER_CHOICE,
            "parameter \"b\" is 3 in every draw, so there is nothing to learn of it; leave it out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_surfaces),
        cmocka_unit_test(a_line_is_a_line),
        cmocka_unit_test(says_when_it_misses_something),
        cmocka_unit_test(values_of_others),
        cmocka_unit_test(few_values),
        cmocka_unit_test(a_switch_and_its_amount),
        cmocka_unit_test(residuals_of_a_true_surface),
        cmocka_unit_test(columns_of_a_process),
        cmocka_unit_test(slope_of_the_likelihood),
        cmocka_unit_test(bad_inputs_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
