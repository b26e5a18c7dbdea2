/* Mathematics of cohort models: closed forms and hand arithmetic. */
#include "sim/core/markov.h"
#include "tests/support/support.h"

static void test_probabilities(void **state)
{
    (void)state;
    assert_near(kea_markov_probability(0.002, 1), 0.00199800133266693, 1e-17);
    assert_near(kea_markov_probability(log(2) / 3, 6), 0.75, 1e-15);
    assert_near(kea_markov_probability(0, 5), 0, 0);
    assert_near(kea_markov_probability(1e-18, 1), 1e-18, 1e-33); /* no cancellation */
    assert_near(kea_markov_rate(0.75, 6), log(2) / 3, 1e-16);
    assert_near(kea_markov_rate(0, 2), 0, 0);
    assert_true(isinf(kea_markov_rate(1, 2)));
    /* half of the rate, twice: the square root of staying */
    assert_near(kea_markov_scaled(0.36, 0.5), 0.2, 1e-16);
    assert_near(kea_markov_scaled(0.105, 0.6), 0.064392227145363, 1e-15);
    assert_near(kea_markov_scaled(1, 0.5), 1, 0);
    assert_near(kea_markov_scaled(1, 0), 0, 0);
    assert_near(kea_markov_scaled(0.3, 0), 0, 0);
}

static void test_one_cycle(void **state)
{
    /* rows of different kinds, so that a transposed matrix shows */
    double matrix[9] = {9, 0.25, 0.5, 0, 9, 0.125, 0, 0, 9}, to[3];
    const double from[3] = {64, 32, 8};
    (void)state;
    kea_markov_stay(3, matrix);
    assert_near(matrix[0], 0.25, 0);
    assert_near(matrix[4], 0.875, 0);
    assert_near(matrix[8], 1, 0);
    kea_markov_step(3, matrix, from, to);
    assert_near(to[0], 16, 0);
    assert_near(to[1], 16 + 28, 0);
    assert_near(to[2], 32 + 4 + 8, 0);
}

static void test_check(void **state)
{
    static const char *const names[] = {"well", "ill"};
    kea_error err = {0};
    double matrix[4] = {0.9, 0.1, 0, 1};
    (void)state;
    assert_ok(kea_markov_check(2, matrix, names, &err), err);
    matrix[0] = 0.8;
    assert_int_equal(kea_markov_check(2, matrix, names, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the probabilities from well sum to 0.9; they must sum to 1");
    matrix[2] = -0.5;
    matrix[0] = 0.9;
    assert_int_equal(kea_markov_check(2, matrix, names, &err), KEA_ERR_INPUT);
    assert_string_equal(
        err.text, "the probability to go from ill to well is -0.5; it must be between 0 and 1");
    matrix[0] = -0.25;
    assert_int_equal(kea_markov_check(2, matrix, names, &err), KEA_ERR_INPUT);
    assert_string_equal(
        err.text, "the probabilities to leave well sum to 1.25; they may not sum to more than 1");
    matrix[0] = 0.9;
    matrix[2] = (double)NAN;
    assert_int_equal(kea_markov_check(2, matrix, names, &err), KEA_ERR_INPUT);
}

/* The integral of t^k over 0 ... n by a rule. */
static double integral(kea_markov_rule rule, size_t n, int k)
{
    double sum = 0;
    for (size_t t = 0; t <= n; t++)
        sum += kea_markov_weight(rule, n, t) * pow((double)t, k);
    return sum;
}

static void test_weights(void **state)
{
    static const double even[] = {1, 4, 2, 4, 1}, odd[] = {3, 9, 9, 3};
    (void)state;
    for (size_t t = 0; t <= 4; t++)
        assert_near(kea_markov_weight(KEA_MARKOV_SIMPSON, 4, t), even[t] / 3, 1e-15);
    for (size_t t = 0; t <= 3; t++)
        assert_near(kea_markov_weight(KEA_MARKOV_SIMPSON, 3, t), odd[t] / 8, 1e-15);
    /* two cycles by pairs, then three: both rules end in point 2 */
    assert_near(kea_markov_weight(KEA_MARKOV_SIMPSON, 5, 2), 1.0 / 3 + 3.0 / 8, 1e-15);
    assert_near(kea_markov_weight(KEA_MARKOV_SIMPSON, 1, 0), 0.5, 0);
    assert_near(kea_markov_weight(KEA_MARKOV_SIMPSON, 1, 1), 0.5, 0);
    for (size_t n = 1; n <= 76; n++) {
        assert_near(integral(KEA_MARKOV_ENDS, n, 0), (double)n, 1e-12);
        assert_near(integral(KEA_MARKOV_STARTS, n, 0), (double)n, 1e-12);
        assert_near(integral(KEA_MARKOV_POINTS, n, 0), (double)n + 1, 1e-12);
        for (int k = 0; k <= 1; k++) {
            double exact = pow((double)n, k + 1) / (k + 1);
            assert_near(integral(KEA_MARKOV_HALF_CYCLE, n, k) / exact, 1, 1e-13);
        }
        for (int k = 0; k <= (n == 1 ? 1 : 3); k++) {
            double exact = pow((double)n, k + 1) / (k + 1);
            assert_near(integral(KEA_MARKOV_SIMPSON, n, k) / exact, 1, 1e-13);
        }
    }
    /* ends and starts are told apart */
    assert_near(integral(KEA_MARKOV_ENDS, 3, 1), 6, 0);
    assert_near(integral(KEA_MARKOV_STARTS, 3, 1), 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probabilities),
        cmocka_unit_test(test_one_cycle),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
