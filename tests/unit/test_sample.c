/* The layout of a sample, finding outcomes, summing costs, and its life and death. */
#include "sim/core/sample.h"
#include "tests/support/support.h"

#include <string.h>

static const kea_outcome_decl outcomes[] = {
    {"vsv", "students", -1, NULL, NULL, "early leavers", "Students who leave without diploma.",
     KEA_COST_DURING},
    {"cost_team", "EUR", -1, "team", "school", "team", "What the team costs.", KEA_COST_DURING},
    {"weeks", "weeks", -1, NULL, NULL, "absence", "Weeks of absence.", KEA_COST_DURING},
    {"cost_mentor", "EUR", -1, "mentor", "school", "mentor", "What the mentors cost.",
     KEA_COST_DURING},
};
enum { N_POINTS = 3, N_ARMS = 2, N_OUTCOMES = 4 };

static void every_value_has_its_own_place(void **state)
{
    (void)state;
    kea_error err;
    kea_sample s;
    assert_ok(kea_sample_init(&s, N_POINTS, N_ARMS, N_OUTCOMES, outcomes, &err), err);
    double next = 1.0;
    for (size_t point = 0; point < N_POINTS; point++)
        for (size_t arm = 0; arm < N_ARMS; arm++)
            for (size_t i = 0; i < N_OUTCOMES; i++)
                for (int scope = 0; scope < KEA_N_SCOPES; scope++) {
                    double *value = kea_sample_at(&s, point, arm, i, (kea_scope)scope);
                    assert_near(*value, 0.0, 0.0);
                    *value = next++;
                }
    /* [point][arm][outcome][scope], one after the other */
    for (size_t i = 0; i < N_POINTS * N_ARMS * N_OUTCOMES * KEA_N_SCOPES; i++)
        assert_near(s.value[i], (double)(i + 1), 0.0);
    kea_sample_free(&s);
}

static void costs_are_summed(void **state)
{
    (void)state;
    kea_error err;
    kea_sample s;
    assert_ok(kea_sample_init(&s, N_POINTS, N_ARMS, N_OUTCOMES, outcomes, &err), err);
    for (size_t i = 0; i < N_OUTCOMES; i++)
        *kea_sample_at(&s, 2, 1, i, KEA_SCOPE_TOTAL) = (double)(i * i + 10);
    /* cost_team is outcome 1, cost_mentor outcome 3 */
    assert_near(kea_sample_cost(&s, 2, 1, KEA_SCOPE_TOTAL), 11.0 + 19.0, 0.0);
    assert_near(kea_sample_cost(&s, 2, 1, KEA_SCOPE_WINDOW), 0.0, 0.0);
    assert_near(kea_sample_cost(&s, 2, 0, KEA_SCOPE_TOTAL), 0.0, 0.0);
    kea_sample_free(&s);
}

/* Powers of two: a sum tells which costs are in it. */
static void perspectives_select_costs(void **state)
{
    static const kea_outcome_decl costs[] = {
        {"team", "EUR", -1, "team", "school", "-", "-", KEA_COST_DURING},
        {"benefit", "EUR", -1, "benefit", "municipality", "-", "-", KEA_COST_TRANSFER},
        {"production", "EUR", -1, "lost production", "society", "-", "-", KEA_COST_AFTER},
        {"care", "EUR", -1, "care", "insurer", "-", "-", KEA_COST_AFTER},
        {"informal", "EUR", -1, "informal care", "society", "-", "-", KEA_COST_DURING},
        {"vsv", "students", -1, NULL, NULL, "-", "-", KEA_COST_DURING},
        {"zone", "EUR", -1, NULL, NULL, "-", "-", KEA_COST_AFTER},
    };
    enum { N = sizeof costs / sizeof costs[0] };
    static const double seen[KEA_N_PERSPECTIVES] = {1 + 16, 1 + 4 + 8 + 16, 1 + 2 + 8};
    const kea_scope scope = KEA_SCOPE_DISCOUNTED;
    (void)state;
    kea_error err;
    kea_sample s;
    assert_ok(kea_sample_init(&s, 1, 1, N, costs, &err), err);
    for (size_t i = 0; i < N; i++)
        *kea_sample_at(&s, 0, 0, i, scope) = (double)(1u << i);
    for (int v = 0; v < KEA_N_PERSPECTIVES; v++)
        assert_near(kea_sample_cost_seen(&s, 0, 0, scope, (kea_perspective)v), seen[v], 0.0);
    assert_near(kea_sample_cost(&s, 0, 0, scope), 17.0, 0.0);
    kea_sample_free(&s);
}

static void outcomes_are_found_by_name(void **state)
{
    (void)state;
    kea_error err;
    kea_sample s;
    assert_ok(kea_sample_init(&s, 1, 1, N_OUTCOMES, outcomes, &err), err);
    size_t index = 99;
    assert_false(kea_sample_find(&s, "cost", &index));
    assert_int_equal(index, 99);
    assert_true(kea_sample_find(&s, "cost_mentor", &index));
    assert_int_equal(index, 3);
    kea_sample_free(&s);
}

static void it_can_be_freed_at_any_time(void **state)
{
    (void)state;
    kea_error err;
    kea_sample s = {0};
    kea_sample_free(&s);
    assert_ok(kea_sample_init(&s, 0, N_ARMS, N_OUTCOMES, outcomes, &err), err);
    assert_null(s.value);
    kea_sample_free(&s);
    assert_ok(kea_sample_init(&s, 1, N_ARMS, N_OUTCOMES, outcomes, &err), err);
    kea_sample_free(&s);
    kea_sample_free(&s);
    assert_null(s.value);
}

static void too_large_a_sample_is_an_error(void **state)
{
    (void)state;
    kea_error err = {0};
    kea_sample s;
    kea_status status = kea_sample_init(&s, SIZE_MAX / 4, 7, N_OUTCOMES, outcomes, &err);
    assert_int_equal(status, KEA_ERR_MEMORY);
    assert_non_null(strstr(err.text, "x 7 arms x 4 outcomes is too large"));
    kea_sample_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_has_its_own_place),
        cmocka_unit_test(costs_are_summed),
        cmocka_unit_test(perspectives_select_costs),
        cmocka_unit_test(outcomes_are_found_by_name),
        cmocka_unit_test(it_can_be_freed_at_any_time),
        cmocka_unit_test(too_large_a_sample_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
