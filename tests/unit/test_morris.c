/* Screening by elementary effects: by hand, on functions whose effects are known, and its
 * trajectories. */
#include "sim/analysis/morris.h"
#include "sim/inputs/variation.h"
#include "tests/support/cube.h"

enum { K = 5, TIMES = 200 };

/* Trajectory 0 moves factor 1 up by 0.5, then 0 down; trajectory 1 the other way round. */
static void two_trajectories_by_hand(void **state)
{
    (void)state;
    static const double y[] = {1, 10, 3, 9, 2, 6}; /* 1 3 2 and 10 9 6 */
    static const size_t factor[] = {1, 0, 0, 1};
    static const double size[] = {0.5, -0.5, 0.25, -0.5};
    static const bool is_group[] = {false, true};
    kea_morris_effect effect[2];
    kea_error err = {0};
    kea_morris_steps steps = {factor, size, NULL};
    assert_ok(kea_morris(2, 2, y, &steps, effect, &err), err);
    /* factor 0: -1 / -0.5 = 2 and -1 / 0.25 = -4; factor 1: 2 / 0.5 = 4 and -3 / -0.5 = 6 */
    assert_near(effect[0].mu, -1, 1e-15);
    assert_near(effect[0].mu_star, 3, 1e-15);
    assert_near(effect[0].sigma, sqrt(18), 1e-14);
    assert_near(effect[0].error, 1, 1e-15);
    assert_near(effect[1].mu, 5, 1e-15);
    assert_near(effect[1].mu_star, 5, 1e-15);
    assert_near(effect[1].sigma, sqrt(2), 1e-14);
    assert_near(effect[1].error, 1, 1e-15);
    steps.is_group = is_group;
    assert_ok(kea_morris(2, 2, y, &steps, effect, &err), err);
    assert_near(effect[1].mu_star, 5, 1e-15);
    assert_true(isnan(effect[1].mu) && isnan(effect[1].sigma));
    assert_near(effect[0].mu, -1, 1e-15);
}

static void wrong_input_is_refused(void **state)
{
    (void)state;
    double y[] = {1, 10, 3, 9, 2, 6};
    static const size_t good[] = {1, 0, 0, 1}, twice[] = {1, 0, 0, 0}, far[] = {1, 0, 2, 1};
    static const double size[] = {0.5, -0.5, 0.25, -0.5}, still[] = {0.5, 0, 0.25, -0.5};
    kea_morris_effect effect[2];
    kea_error err = {0};
    const kea_morris_steps wrong[] = {{twice, size, NULL}, {far, size, NULL}, {good, still, NULL}};
    static const char *const text[] = {"trajectory 2, step 2: every factor must move once",
                                       "trajectory 2, step 1: every factor must move once",
                                       "trajectory 1, step 2: every factor must move once"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(kea_morris(2, 2, y, &wrong[i], effect, &err), KEA_ERR_INPUT);
        assert_string_equal(err.text, text[i]);
    }
    const kea_morris_steps right = {good, size, NULL};
    assert_int_equal(kea_morris(1, 2, y, &right, effect, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "elementary effects need at least 2 trajectories, found 1");
    assert_int_equal(kea_morris(2, 0, y, &right, effect, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "elementary effects need at least one uncertain factor, found none");
    y[4] = (double)INFINITY;
    assert_int_equal(kea_morris(2, 2, y, &right, effect, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the outcome of trajectory 1, point 3, is not a finite number");
}

typedef double function_of(const double *x);

/* 5 x1 - 4 x2 + 2 x3 x4; x5 does nothing. */
static double curved(const double *x)
{
    return 5 * x[0] - 4 * x[1] + 2 * x[2] * x[3];
}

static void screen(kea_problem *problem, kea_factors *factors, function_of *f,
                   kea_morris_effect *effect)
{
    kea_variation variation;
    kea_error err = {0};
    double x[K], *y = cube_new((factors->n + 1) * TIMES, sizeof *y);
    bool is_group[K];
    assert_ok(kea_variation_morris(&variation, problem, factors, TIMES, &err), err);
    for (size_t g = 0; g < variation.n_groups; g++)
        for (uint32_t t = 0; t < TIMES; t++) {
            kea_variation_values(&variation, problem, g, t, x);
            y[g * TIMES + t] = f(x);
        }
    for (size_t i = 0; i < factors->n; i++)
        is_group[i] = factors->factor[i].n_entries > 1;
    const kea_morris_steps steps = {variation.order, variation.step, is_group};
    assert_ok(kea_morris(TIMES, factors->n, y, &steps, effect, &err), err);
    free(y);
    kea_variation_free(&variation);
}

/* A linear effect is its coefficient, without spread. That of x3 is 2 x4 with x4 on four cells of
 * mean 1/2 and variance 5/64: mu 1, sigma sqrt(5/16). */
static void effects_of_a_known_function(void **state)
{
    (void)state;
    kea_problem problem;
    kea_factors factors;
    kea_morris_effect effect[K];
    kea_error err = {0};
    cube_problem(&problem, K, KEA_SAMPLING_LATIN_HYPERCUBE, 0, 0);
    assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
    screen(&problem, &factors, curved, effect);
    assert_near(effect[0].mu, 5, 1e-12);
    assert_near(effect[0].mu_star, 5, 1e-12);
    assert_near(effect[0].sigma, 0, 1e-12);
    assert_near(effect[1].mu, -4, 1e-12);
    assert_near(effect[1].mu_star, 4, 1e-12);
    for (size_t i = 2; i < 4; i++) {
        assert_near(effect[i].mu, 1, 4.9 * sqrt(5.0 / 16 / TIMES));
        assert_near(effect[i].mu_star, effect[i].mu, 1e-12);
        assert_near(effect[i].sigma, sqrt(5.0 / 16), 0.2);
        assert_near(effect[i].error, effect[i].sigma / sqrt(TIMES), 1e-12);
    }
    assert_near(effect[4].mu_star, 0, 0);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

static double sum_of_two(const double *x)
{
    return 8 * x[0] + 3 * x[1];
}

/* Joined, each of two numbers goes its own way: up or down by 1/2, so the group's effect is 11 or
 * 5, evenly: 8 with a standard deviation of 3. */
static void a_group_moves_at_once(void **state)
{
    (void)state;
    size_t label[K] = {7, 7, KEA_NO_LABEL, KEA_NO_LABEL, KEA_NO_LABEL};
    kea_problem problem;
    kea_factors factors;
    kea_morris_effect effect[K];
    kea_error err = {0};
    cube_problem(&problem, K, KEA_SAMPLING_RANDOM, 0, 0);
    assert_ok(kea_factors_init(&factors, &problem, label, &err), err);
    assert_int_equal(factors.n, 4);
    screen(&problem, &factors, sum_of_two, effect);
    assert_near(effect[0].mu_star, 8, 4.9 * 3 / sqrt(TIMES));
    assert_near(effect[0].error, 3 / sqrt(TIMES), 0.05);
    assert_true(isnan(effect[0].mu));
    assert_near(effect[1].mu_star, 0, 0);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

/* Starts are on the four cells, each step changes one number by one half, and no factor is always
 * first: 200 trajectories, expected 40 each. */
static void trajectories_change_one_at_a_time(void **state)
{
    (void)state;
    kea_problem problem;
    kea_factors factors;
    kea_variation v;
    kea_error err = {0};
    size_t first[K] = {0};
    cube_problem(&problem, K, KEA_SAMPLING_RANDOM, 0, 0);
    assert_ok(kea_factors_init(&factors, &problem, NULL, &err), err);
    assert_ok(kea_variation_morris(&v, &problem, &factors, TIMES, &err), err);
    assert_int_equal(v.n_groups, K + 1);
    for (uint32_t t = 0; t < TIMES; t++) {
        double before[K], after[K];
        kea_variation_values(&v, &problem, 0, t, before);
        for (size_t i = 0; i < K; i++)
            assert_near(fmod(4 * before[i], 1), 0.5, 1e-12);
        first[v.order[t * K]]++;
        for (size_t s = 0; s < K; s++) {
            kea_variation_values(&v, &problem, s + 1, t, after);
            for (size_t i = 0; i < K; i++) {
                bool moves = i == v.order[t * K + s];
                assert_near(after[i] - before[i], moves ? v.step[t * K + s] : 0, 1e-12);
                before[i] = after[i];
            }
            assert_near(fabs(v.step[t * K + s]), 0.5, 1e-12);
        }
    }
    for (size_t i = 0; i < K; i++)
        assert_near((double)first[i], 40, 4.9 * sqrt(200 * 0.2 * 0.8));
    kea_variation_free(&v);
    kea_variation_free(&v);
    assert_int_equal(kea_variation_morris(&v, &problem, &factors, 1, &err), KEA_ERR_USAGE);
    kea_variation_free(&v);
    kea_factors_free(&factors);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_trajectories_by_hand),
        cmocka_unit_test(wrong_input_is_refused),
        cmocka_unit_test(effects_of_a_known_function),
        cmocka_unit_test(a_group_moves_at_once),
        cmocka_unit_test(trajectories_change_one_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
