/* Variance-based sensitivity against functions whose indices are known: Ishigami and Homma (1990),
 * Sobol's g (Saltelli et al. 2010, and the values published with SALib), and a linear one. */
#include "sim/analysis/sobol.h"
#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "sim/inputs/variation.h"
#include "tests/support/cube.h"

#include <stdbool.h>

static const double PI = 3.14159265358979323846;
enum { MOST = 8 };

typedef double function_of(const double *x, size_t n);

static double ishigami(const double *x, size_t n)
{
    (void)n;
    double x1 = PI * (2 * x[0] - 1), x2 = PI * (2 * x[1] - 1), x3 = PI * (2 * x[2] - 1);
    return sin(x1) + 7 * sin(x2) * sin(x2) + 0.1 * x3 * x3 * x3 * x3 * sin(x1);
}

static double g_of(const double *x, size_t n, const double *a)
{
    double product = 1;
    for (size_t i = 0; i < n; i++)
        product *= (fabs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return product;
}

static double g_8(const double *x, size_t n)
{
    static const double a[] = {0, 1, 4.5, 9, 99, 99, 99, 99};
    return g_of(x, n, a);
}

static double g_6(const double *x, size_t n)
{
    static const double a[] = {78, 12, 0.5, 2, 97, 33};
    return g_of(x, n, a);
}

static double linear(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (5 - (double)i) * x[i];
    return sum;
}

typedef struct known {
    function_of *f;
    size_t n;
    double variance, first[MOST], total[MOST];
} known;

static const known functions[] = {
    {ishigami,
     3,
     13.8445879407,
     {0.313905191148, 0.44241114479, 0},
     {0.55758885521, 0.44241114479, 0.243683664062}},
    {g_8,
     8,
     0.465424431902,
     {0.716192168879, 0.17904804222, 0.0236757741778, 0.00716192168879, 7.16192168879e-05,
      7.16192168879e-05, 7.16192168879e-05, 7.16192168879e-05},
     {0.787144126659, 0.242198192818, 0.0343169101541, 0.0104603870652, 1.0494905192e-04,
      1.0494905192e-04, 1.0494905192e-04, 1.0494905192e-04}},
    {g_6,
     6,
     0.19347,
     {0.000276, 0.010195, 0.765743, 0.191436, 0.000179, 0.001490},
     {3.294577e-4, 1.214324e-2, 0.7959698, 0.2203131, 2.140966e-4, 1.778255e-3}},
    {linear,
     5,
     55.0 / 12,
     {25.0 / 55, 16.0 / 55, 9.0 / 55, 4.0 / 55, 1.0 / 55},
     {25.0 / 55, 16.0 / 55, 9.0 / 55, 4.0 / 55, 1.0 / 55}},
};
enum { N_FUNCTIONS = sizeof functions / sizeof functions[0] };

/* Outcomes at all points of the design, to be freed. */
static double *outcomes(const kea_problem *problem, const kea_factors *factors, function_of *f,
                        size_t rows)
{
    kea_variation variation;
    kea_error err = {0};
    double x[CUBE_MOST], *y = cube_new((factors->n + 2) * rows, sizeof *y);
    assert_ok(kea_variation_sobol(&variation, problem, factors, rows, &err), err);
    assert_int_equal(variation.n_groups, factors->n + 2);
    for (size_t g = 0; g < variation.n_groups; g++)
        for (uint32_t j = 0; j < rows; j++) {
            kea_variation_values(&variation, problem, g, j, x);
            y[g * rows + j] = f(x, problem->n_entries);
        }
    kea_variation_free(&variation);
    return y;
}

/* As published within +-0.05, and within 4.9 standard errors, which the bootstrap tells. */
static void published_indices_come_back(void **state)
{
    (void)state;
    enum { ROWS = 1 << 14 };
    static const kea_sobol_options options = {100, 0.95, 7};
    for (size_t s = 0; s < KEA_N_SAMPLINGS; s++)
        for (size_t i = 0; i < N_FUNCTIONS; i++) {
            const known *of = &functions[i];
            kea_problem problem;
            kea_factors factors;
            kea_sobol_index index[MOST];
            kea_error err = {0};
            double variance = 0;
            cube_problem(&problem, of->n, (kea_sampling_scheme)s, 0, 0);
            assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
            double *y = outcomes(&problem, &factors, of->f, ROWS);
            assert_ok(kea_sobol(ROWS, of->n, y, &options, index, &variance, &err), err);
            assert_near(variance / of->variance, 1, 0.05);
            for (size_t k = 0; k < of->n; k++) {
                double first_error = (index[k].first_high - index[k].first_low) / (2 * 1.96);
                double total_error = (index[k].total_high - index[k].total_low) / (2 * 1.96);
                assert_near(index[k].first, of->first[k], fmin(0.05, 4.9 * first_error + 1e-6));
                assert_near(index[k].total, of->total[k], fmin(0.05, 4.9 * total_error + 1e-6));
            }
            free(y);
            kea_factors_free(&factors);
            kea_problem_free(&problem);
        }
}

/* Correlated numbers are one factor. Of two uniforms with normal scores of correlation rho the
 * correlation is r = (6 / pi) asin(rho / 2), so 5 x1 + 4 x2 has variance (41 + 40 r) / 12. */
static void a_correlated_group_is_one_factor(void **state)
{
    (void)state;
    enum { ROWS = 1 << 14 };
    static const kea_sobol_options options = {100, 0.95, 3};
    const double r = 6 / PI * asin(0.7 / 2), all = 55 + 40 * r;
    const double known_first[] = {(41 + 40 * r) / all, 9 / all, 4 / all, 1 / all};
    kea_problem problem;
    kea_factors factors;
    kea_sobol_index index[MOST];
    kea_error err = {0};
    cube_problem(&problem, 5, KEA_SAMPLING_RANDOM, 2, 0.7);
    assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
    assert_int_equal(factors.n, 4);
    assert_string_equal(factors.factor[0].name, "tied");
    assert_string_equal(factors.factor[1].name, "x.e3");
    double *y = outcomes(&problem, &factors, linear, ROWS);
    assert_ok(kea_sobol(ROWS, 4, y, &options, index, NULL, &err), err);
    for (size_t k = 0; k < 4; k++) {
        double error = (index[k].first_high - index[k].first_low) / (2 * 1.96);
        assert_near(index[k].first, known_first[k], 4.9 * error);
        error = (index[k].total_high - index[k].total_low) / (2 * 1.96);
        assert_near(index[k].total, known_first[k], 4.9 * error);
    }
    free(y);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

/* Two rows of one factor: A = 1, 4; B = 3, 2; AB = 2, 7. V = (4 + 4) / 4 = 2. First: the squares of
 * B - AB are 1, 25, so 1 - 26 / 4 / 2; total: those of A - AB are 1, 9, so 10 / 4 / 2. */
static void two_rows_by_hand(void **state)
{
    (void)state;
    static const double y[] = {1, 4, 3, 2, 2, 7};
    static const kea_sobol_options none = {0, 0, 0};
    kea_sobol_index index;
    kea_error err = {0};
    double variance;
    assert_ok(kea_sobol(2, 1, y, &none, &index, &variance, &err), err);
    assert_near(variance, 2, 1e-15);
    assert_near(index.first, 1 - 26.0 / 8, 1e-15);
    assert_near(index.total, 10.0 / 8, 1e-15);
    assert_true(isnan(index.first_low) && isnan(index.total_high));
}

/* What a row's points share (a cohort's luck) changes nothing; a factor without effect has indices
 * of exactly 0. */
static void shared_noise_cancels(void **state)
{
    (void)state;
    enum { ROWS = 512, K = 4 };
    static const kea_sobol_options options = {50, 0.9, 1};
    kea_problem problem;
    kea_factors factors;
    kea_sobol_index plain[K], noisy[K];
    kea_error err = {0};
    cube_problem(&problem, K, KEA_SAMPLING_RANDOM, 0, 0);
    assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
    double *y = outcomes(&problem, &factors, ishigami, ROWS);
    assert_ok(kea_sobol(ROWS, K, y, &options, plain, NULL, &err), err);
    for (size_t i = 0; i < (K + 2) * ROWS; i++)
        y[i] += 1000 * sin((double)(i % ROWS));
    assert_ok(kea_sobol(ROWS, K, y, &options, noisy, NULL, &err), err);
    for (size_t k = 0; k < K; k++) {
        assert_near(noisy[k].first, plain[k].first, 1e-10);
        assert_near(noisy[k].total_high, plain[k].total_high, 1e-10);
    }
    assert_near(plain[3].first, 0, 0);
    assert_near(plain[3].total, 0, 0);
    assert_near(plain[3].total_high, 0, 0);
    free(y);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

/* The bootstrap's width is that of estimates from new rows: 60 of them know their spread to 9%. */
static void intervals_are_as_wide_as_they_should(void **state)
{
    (void)state;
    enum { ROWS = 400, TIMES = 60 };
    static const kea_sobol_options options = {400, 0.95, 11};
    kea_problem problem;
    kea_factors factors;
    kea_error err = {0};
    kea_moments first = {0}, total = {0};
    double first_width = 0, total_width = 0;
    cube_problem(&problem, 3, KEA_SAMPLING_RANDOM, 0, 0);
    assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
    for (uint64_t time = 0; time < TIMES; time++) {
        kea_sobol_index index[3];
        problem.sampling.seed = time;
        double *y = outcomes(&problem, &factors, ishigami, ROWS);
        assert_ok(kea_sobol(ROWS, 3, y, &options, index, NULL, &err), err);
        kea_moments_add(&first, index[0].first);
        kea_moments_add(&total, index[0].total);
        first_width += (index[0].first_high - index[0].first_low) / TIMES;
        total_width += (index[0].total_high - index[0].total_low) / TIMES;
        free(y);
    }
    assert_near(first_width / (2 * 1.96 * kea_moments_sd(&first)), 1, 0.45);
    assert_near(total_width / (2 * 1.96 * kea_moments_sd(&total)), 1, 0.45);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

static void wrong_input_is_refused(void **state)
{
    (void)state;
    double y[] = {1, 4, 3, 2, 2, 7};
    static const double same[] = {5, 5, 5, 5, 5, 5};
    static const kea_sobol_options none = {0, 0, 0}, wide = {10, 1, 0};
    kea_sobol_index index;
    kea_error err = {0};
    assert_int_equal(kea_sobol(1, 1, y, &none, &index, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "sensitivity indices need at least 2 rows of points, found 1");
    assert_int_equal(kea_sobol(2, 0, y, &none, &index, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "sensitivity indices need at least one uncertain factor, found none");
    assert_int_equal(kea_sobol(2, 1, y, &wide, &index, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the level of intervals must lie between 0 and 1, found 1");
    assert_int_equal(kea_sobol(2, 1, same, &none, &index, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the outcome is the same at all points: there is no variance to "
                                  "divide over factors");
    y[3] = (double)NAN;
    assert_int_equal(kea_sobol(2, 1, y, &none, &index, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the outcome of row 2, point 2, is not a finite number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_indices_come_back),
        cmocka_unit_test(a_correlated_group_is_one_factor),
        cmocka_unit_test(two_rows_by_hand),
        cmocka_unit_test(shared_noise_cancels),
        cmocka_unit_test(intervals_are_as_wide_as_they_should),
        cmocka_unit_test(wrong_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
