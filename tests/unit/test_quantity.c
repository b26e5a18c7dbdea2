/* What a sensitivity analysis is about, by hand arithmetic. */
#include "sim/analysis/quantity.h"

#include "tests/support/support.h"

enum { VSV, SKILLS, COST_A, COST_B, N_OUTCOMES, N_POINTS = 2, N_ARMS = 3 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"vsv", "students", -1, NULL, NULL, "vsv", "-", KEA_COST_DURING},
    {"skills", "points", 1, NULL, NULL, "skills", "-", KEA_COST_DURING},
    {"cost_a", "EUR", -1, "team", "school", "a", "-", KEA_COST_DURING},
    {"cost_b", "EUR", -1, "mentor", "school", "b", "-", KEA_COST_DURING},
};
static const kea_effect effect = {.key = "vsv", .n_outcomes = 1, .outcomes = {"vsv"}};

/* Discounted amounts; those of the other scopes must not be read. */
static const double amount[N_POINTS][N_ARMS][N_OUTCOMES] = {
    {{10, 3, 100, 7}, {6, 4, 180, 9}, {11, 2, 90, 5}},
    {{20, 5, 200, 8}, {13, 9, 260, 11}, {19, 6, 150, 3}},
};

static void fill(kea_sample *sample)
{
    kea_error err;
    assert_ok(kea_sample_init(sample, N_POINTS, N_ARMS, N_OUTCOMES, outcomes, &err), err);
    for (size_t p = 0; p < N_POINTS; p++)
        for (size_t arm = 0; arm < N_ARMS; arm++)
            for (size_t o = 0; o < N_OUTCOMES; o++) {
                *kea_sample_at(sample, p, arm, o, KEA_SCOPE_WINDOW) = 1e6 + (double)(arm * p);
                *kea_sample_at(sample, p, arm, o, KEA_SCOPE_TOTAL) = 1e7 + (double)(arm * o);
                *kea_sample_at(sample, p, arm, o, KEA_SCOPE_DISCOUNTED) = amount[p][arm][o];
            }
}

static void expect(const char *name, size_t arm, double first, double second)
{
    kea_quantity quantity;
    kea_sample sample = {0};
    kea_error err;
    double value[N_POINTS];
    fill(&sample);
    assert_ok(kea_quantity_find(&quantity, name, 50, N_OUTCOMES, outcomes, &err), err);
    assert_string_equal(quantity.name, name);
    assert_ok(kea_quantity_values(&quantity, &sample, &effect, arm, value, &err), err);
    assert_near(value[0], first, 1e-12);
    assert_near(value[1], second, 1e-12);
    kea_sample_free(&sample);
}

static void by_hand(void **state)
{
    (void)state;
    expect("cost", 1, 82, 63);   /* 189 - 107, 271 - 208 */
    expect("cost", 2, -12, -55); /* 95 - 107, 153 - 208 */
    expect("effect", 1, 4, 7);   /* fewer are better */
    expect("effect", 2, -1, 1);
    expect("net_benefit", 1, 118, 287); /* 50 x 4 - 82, 50 x 7 - 63 */
    expect("net_benefit", 2, -38, 105); /* -50 + 12, 50 + 55 */
    expect("vsv", 1, -4, -7);           /* an outcome as it is counted */
    expect("skills", 2, -1, 1);
    expect("cost_b", 1, 2, 3);
}

static void unknown_names(void **state)
{
    kea_quantity quantity;
    kea_error err;
    (void)state;
    assert_int_equal(kea_quantity_find(&quantity, "skils", 1, N_OUTCOMES, outcomes, &err),
                     KEA_ERR_USAGE);
    assert_string_equal(err.text, "expected cost, effect, net_benefit or an outcome of the model, "
                                  "found \"skils\"; did you mean 'skills'?");
    assert_int_equal(kea_quantity_find(&quantity, "zebra", 1, N_OUTCOMES, outcomes, &err),
                     KEA_ERR_USAGE);
    assert_string_equal(err.text, "expected cost, effect, net_benefit or an outcome of the model, "
                                  "found \"zebra\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(unknown_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
