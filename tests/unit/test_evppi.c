/* Partial perfect information against closed forms, its bounds, and what is refused. */
#include "sim/analysis/evppi.h"

#include "sim/analysis/dense.h"
#include "sim/analysis/evpi.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

static const char *const pair_names[] = {"p1", "p2"};
static const size_t first[] = {0}, second[] = {1}, both[] = {0, 1};
static const kea_set pair_sets[] = {{1, first}, {2, both}, {1, second}};
static const kea_evppi_options by_number = {KEA_SMOOTHER_CHOICE, 17};

enum { N = 20000 };
static double params[N * 2], value[N * 2];

/* All rows of the closed forms: every parameter and both, within 4.9 of the errors stated. */
static void closed_forms(void **state)
{
    (void)state;
    const kea_benefits benefits = {N, 2, value};
    const kea_parameters parameters = {N, 2, pair_names, params};
    for (size_t t = 0; t < GAUSSIAN_TOYS; t++) {
        const gaussian_toy *toy = &gaussian_toys[t];
        const double exact[3] = {toy->evppi1, toy->evpi, toy->evppi2};
        kea_evppi out[3];
        kea_error err;
        gaussian_toy_draw(toy, 31 + t, N, params, value);
        assert_ok(kea_evppi_of(out, &benefits, &parameters, 3, pair_sets, &by_number, &err), err);
        for (size_t k = 0; k < 3; k++) {
            assert_near(out[k].value, exact[k], 4.9 * out[k].error);
            assert_true(out[k].error > 0 && out[k].error < 0.015);
            assert_int_equal(out[k].method, KEA_SMOOTHER_SPLINE);
            assert_true(out[k].lack_of_fit > 1e-6);
        }
        assert_true(out[0].value <= out[1].value && out[2].value <= out[1].value);
        assert_near(out[1].share, 1, 1e-9); /* everything is known */
    }
}

/* A process in place of the spline says the same. */
static void process_agrees(void **state)
{
    (void)state;
    enum { FEW = 2000 };
    const kea_benefits benefits = {FEW, 2, value};
    const kea_parameters parameters = {FEW, 2, pair_names, params};
    const kea_evppi_options process = {KEA_SMOOTHER_PROCESS, 17};
    kea_evppi out[3], spline[3];
    kea_error err;
    gaussian_toy_draw(&gaussian_toys[1], 41, FEW, params, value);
    assert_ok(kea_evppi_of(out, &benefits, &parameters, 3, pair_sets, &process, &err), err);
    assert_ok(kea_evppi_of(spline, &benefits, &parameters, 3, pair_sets, &by_number, &err), err);
    for (size_t k = 0; k < 3; k++) {
        assert_near(out[k].value, spline[k].value, 0.2 * spline[k].error + 1e-6);
        assert_int_equal(out[k].method, KEA_SMOOTHER_PROCESS);
    }
    assert_near(out[0].value, gaussian_toys[1].evppi1, 4.9 * out[0].error);
}

/* The error is honest: over many samples, values spread as it says. */
static void error_is_the_spread_of_estimates(void **state)
{
    (void)state;
    enum { FEW = 400, SAMPLES = 200 };
    const kea_benefits benefits = {FEW, 2, value};
    const kea_parameters parameters = {FEW, 2, pair_names, params};
    double squares = 0, claimed = 0;
    for (size_t s = 0; s < SAMPLES; s++) {
        kea_evppi out;
        kea_error err;
        gaussian_toy_draw(&gaussian_toys[1], 1000 + s, FEW, params, value);
        assert_ok(kea_evppi_of(&out, &benefits, &parameters, 1, pair_sets, &by_number, &err), err);
        squares += pow(out.value - gaussian_toys[1].evppi1, 2) / SAMPLES;
        claimed += out.error * out.error / SAMPLES;
    }
    assert_near(sqrt(squares / claimed), 1, 0.3);
}

/* Where regressions break the bounds, what is reported does not. */
static void bounds_hold_and_are_flagged(void **state)
{
    (void)state;
    enum { FEW = 300, SETS = 4 };
    static const char *const names[] = {"a", "b", "c"};
    static double x[FEW * 3];
    static const size_t all[] = {2, 1, 0};
    const kea_set sets[SETS] = {{1, first}, {3, all}, {1, second}, {2, both}};
    const kea_benefits benefits = {FEW, 2, value};
    const kea_parameters parameters = {FEW, 3, names, x};
    for (int wave = 0; wave < 2; wave++) {
        kea_evppi out[SETS];
        kea_evpi evpi;
        kea_error err;
        /* waves that a process of three parameters cannot follow; and a benefit that is never
         * negative, so that there is nothing to gain, but whose regression is at places */
        for (size_t i = 0; i < FEW; i++) {
            for (size_t k = 0; k < 3; k++)
                x[3 * i + k] = gaussian_number(61, i, k);
            value[2 * i] = 0;
            value[2 * i + 1] = wave ? sin(9 * x[3 * i]) : fmax(0, x[3 * i] - 1.5);
        }
        assert_ok(kea_evpi_of(&evpi, &benefits, &err), err);
        assert_ok(kea_evppi_of(out, &benefits, &parameters, SETS, sets, &by_number, &err), err);
        for (size_t s = 0; s < SETS; s++) {
            assert_true(out[s].value >= 0 && out[s].value <= evpi.value);
            assert_true(out[s].value <= out[1].value);
            assert_int_equal(out[s].capped, out[s].raw > evpi.value * (1 + 1e-9));
        }
        assert_int_equal(out[0].raised_by, KEA_NO_SET);
        assert_int_equal(out[0].capped && out[1].capped, !wave);
        assert_int_equal(out[1].raised_by, wave ? 0 : KEA_NO_SET);
        if (wave) {
            assert_true(out[1].raw < out[0].raw);
            assert_near(out[1].value, out[0].raw, 0);
            assert_true(out[1].error >= out[0].error);
        }
    }
}

/* --- nineteen correlated parameters ------------------------------------------------------------
 */

enum { P = 19, DRAWS = 20000 };

/* Covariance of the parameters, exact: x_k = mean_k + sd_k (0.75 f + 0.66 e_k), with every third
 * one also tied to its neighbour. Net benefit: sum of weight_k x_k, centred on `mean`. */
static double mix[P][P + 1], weight[P];

static void make_nineteen(void)
{
    for (size_t k = 0; k < P; k++) {
        double sd = 0.5 + 0.25 * (double)k;
        memset(mix[k], 0, sizeof mix[k]);
        mix[k][P] = 0.75 * sd;
        mix[k][k] = 0.66 * sd;
        if (k % 3 == 0 && k > 0)
            mix[k][k - 1] = 0.4 * sd;
        weight[k] = (1 + 0.1 * (double)(k % 5)) / sd;
    }
}

/* The exact value of a set: the standard deviation of E[net benefit | set] is that of the part of
 * it that is explained linearly. */
static double exact_value(const kea_set *set, double mean)
{
    double gram[P * P] = {0}, across[P] = {0}, inverse[P * P], sum[P + 1] = {0}, variance = 0;
    for (size_t j = 0; j <= P; j++)
        for (size_t k = 0; k < P; k++)
            sum[j] += weight[k] * mix[k][j];
    for (size_t a = 0; a < set->n; a++)
        for (size_t j = 0; j <= P; j++) {
            across[a] += mix[set->params[a]][j] * sum[j];
            for (size_t b = 0; b < set->n; b++)
                gram[a * set->n + b] += mix[set->params[a]][j] * mix[set->params[b]][j];
        }
    assert_int_equal(kea_dense_cholesky(set->n, gram, 1e-12), set->n);
    kea_dense_inverse(set->n, gram, inverse);
    for (size_t a = 0; a < set->n; a++) {
        double at = 0;
        for (size_t b = 0; b <= a; b++)
            at += inverse[a * set->n + b] * across[b];
        variance += at * at;
    }
    return gaussian_value(mean, sqrt(variance));
}

static void nineteen_correlated_parameters(void **state)
{
    (void)state;
    static double x[DRAWS * P], benefit[DRAWS * 2];
    static const char *const names[P] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                         "k", "l", "m", "n", "o", "p", "q", "r", "s"};
    const double mean = 4;
    size_t index[P];
    kea_set sets[P + 3];
    kea_evppi out[P + 3];
    kea_error err;
    make_nineteen();
    for (size_t i = 0; i < DRAWS; i++) {
        benefit[2 * i + 1] = mean;
        for (size_t k = 0; k < P; k++) {
            double off = mix[k][P] * gaussian_number(51, i, P) +
                         mix[k][k] * gaussian_number(51, i, k) +
                         (k ? mix[k][k - 1] * gaussian_number(51, i, k - 1) : 0);
            x[i * P + k] = 100 + off;
            benefit[2 * i + 1] += weight[k] * off;
        }
    }
    for (size_t k = 0; k < P; k++) {
        index[k] = k;
        sets[k] = (kea_set){1, &index[k]};
    }
    sets[P] = (kea_set){2, &index[3]};
    sets[P + 1] = (kea_set){5, &index[8]};
    sets[P + 2] = (kea_set){P, index};
    const kea_benefits benefits = {DRAWS, 2, benefit};
    const kea_parameters parameters = {DRAWS, P, names, x};
    assert_ok(kea_evppi_of(out, &benefits, &parameters, P + 3, sets, &by_number, &err), err);
    for (size_t s = 0; s < P + 3; s++) {
        double exact = exact_value(&sets[s], mean);
        assert_true(exact > 0.5);
        assert_near(out[s].value / exact, 1, 0.05);
        assert_near(out[s].value, exact, 4.9 * out[s].error);
    }
}

static void refuses(const kea_parameters *parameters, kea_set set, const char *text)
{
    const kea_benefits benefits = {60, 2, value};
    kea_evppi out;
    kea_error err;
    assert_int_equal(kea_evppi_of(&out, &benefits, parameters, 1, &set, &by_number, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, text);
}

static void bad_sets_are_named(void **state)
{
    (void)state;
    const kea_parameters parameters = {60, 2, pair_names, params};
    static const size_t twice[] = {0, 0}, unknown[] = {2};
    gaussian_toy_draw(&gaussian_toys[0], 3, 60, params, value);
    refuses(&parameters, (kea_set){2, twice}, "a set holds parameter \"p1\" twice");
    refuses(&parameters, (kea_set){1, unknown}, "a set holds parameter number 3; the sample has 2");
    refuses(&parameters, (kea_set){0, NULL}, "a set without a parameter has no value");
    refuses(
        &parameters, (kea_set){2, both},
        "a penalised spline of 2 parameters has 81 coefficients and needs more draws than that; "
        "the sample has 60");
    for (size_t i = 0; i < 60; i++)
        params[2 * i + 1] = 3 - 2 * params[2 * i];
    refuses(&parameters, (kea_set){2, both},
            "parameter \"p2\" is a linear function of those before it in the set (\"p1\"); leave "
            "one of them out");
    params[2 * 58] = (double)INFINITY;
    refuses(&parameters, (kea_set){1, first},
            "parameter \"p1\" in draw 59 is inf; it must be a finite number");
    for (size_t i = 0; i < 60; i++)
        params[2 * i] = 0.25;
    refuses(&parameters, (kea_set){1, first},
            "parameter \"p1\" is 0.25 in every draw, so there is nothing to learn of it; leave it "
            "out");
    value[3] = (double)NAN;
    refuses(&parameters, (kea_set){1, second},
            "the net benefit of strategy 2 in draw 2 is nan; it must be a finite number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(process_agrees),
        cmocka_unit_test(error_is_the_spread_of_estimates),
        cmocka_unit_test(bounds_hold_and_are_flagged),
        cmocka_unit_test(nineteen_correlated_parameters),
        cmocka_unit_test(bad_sets_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
