/* Deciding per subgroup, by hand arithmetic. */
#include "sim/analysis/subgroups.h"

#include "tests/support/support.h"

#include <string.h>

/* Two subgroups, three arms, two points, at 10 per unit of effect. Net benefits against arm 0:
 * subgroup 1: arm 1 at 6 and 10, arm 2 at 2 and 0; subgroup 2: arm 1 at -4 and -2, arm 2 at 3
 * and 5. */
static double cost_1[] = {0, 4, 8, 0, 10, 10}, effect_1[] = {0, 1, 1, 0, 2, 1};
static double cost_2[] = {5, 9, 22, 5, 7, 20}, effect_2[] = {1, 1, 3, 1, 1, 3};
static const double weight[] = {1, 3};

static void by_hand(void **state)
{
    (void)state;
    const kea_pairs groups[] = {{2, 3, cost_1, effect_1}, {2, 3, cost_2, effect_2}};
    kea_subgroups all;
    kea_subgroup each[2];
    kea_error err;
    assert_ok(kea_subgroups_of(&all, each, 2, groups, weight, 10, &err), err);
    /* together: arm 1 at -6 and 4, mean -1; arm 2 at 11 and 15, mean 13 */
    assert_int_equal(all.best, 2);
    assert_near(all.benefit, 13, 1e-14);
    assert_int_equal(each[0].best, 1);
    assert_near(each[0].benefit, 8, 1e-14);
    assert_near(each[0].gain, 7, 1e-14); /* 4 and 10 */
    assert_near(each[0].gain_error, 3, 1e-14);
    assert_int_equal(each[1].best, 2);
    assert_near(each[1].gain, 0, 0);
    assert_near(all.value, 7, 1e-14);
    assert_near(all.error, 3, 1e-14);
    assert_near(all.together.value, 0, 0);
    assert_near(all.apart, 0, 0);
}

static void information_and_value_are_worth_more_apart(void **state)
{
    (void)state;
    double cost[] = {0, 5, 0, 1}, effect[] = {0, 0, 0, 0}; /* arm 1 at -5 and -1 */
    double other[] = {0, -6, 0, 1};                        /* arm 1 at 6 and -1 */
    const kea_pairs groups[] = {{2, 2, cost, effect}, {2, 2, other, effect}};
    const double equal[] = {1, 1};
    kea_subgroups all;
    kea_error err;
    assert_ok(kea_subgroups_of(&all, NULL, 2, groups, equal, 0, &err), err);
    /* together 1 and -2, mean -1/2: nothing; apart: arm 1 in the second, mean 5/2 */
    assert_int_equal(all.best, 0);
    assert_near(all.value, 2.5, 1e-14);
    assert_near(all.error, 3.5, 1e-14);
    assert_near(all.together.value, 0.5, 1e-14);
    assert_near(all.apart, 0.5, 1e-14); /* 0 and 3 - 2.5 */
}

/* The same subgroup twice: nothing is gained. */
static void alike_gain_nothing(void **state)
{
    (void)state;
    const kea_pairs groups[] = {{2, 3, cost_1, effect_1}, {2, 3, cost_1, effect_1}};
    kea_subgroups all;
    kea_error err;
    assert_ok(kea_subgroups_of(&all, NULL, 2, groups, weight, 10, &err), err);
    assert_near(all.value, 0, 0);
    assert_near(all.error, 0, 0);
    assert_near(all.apart, all.together.value, 1e-14);
}

static void wrong_groups_are_named(void **state)
{
    (void)state;
    kea_pairs groups[] = {{2, 3, cost_1, effect_1}, {1, 3, cost_2, effect_2}};
    const double wrong[] = {1, 0};
    kea_subgroups all;
    kea_error err;
    assert_int_equal(kea_subgroups_of(&all, NULL, 2, groups, weight, 10, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "subgroup 2 has 1 draws of 3 strategies, but the first has 2 of "
                                  "3; all need the same");
    assert_int_equal(kea_subgroups_of(&all, NULL, 2, groups, wrong, 10, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "subgroup 2 has weight 0; it must be above 0");
    assert_int_equal(kea_subgroups_of(&all, NULL, 0, groups, weight, 10, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(information_and_value_are_worth_more_apart),
        cmocka_unit_test(alike_gain_nothing),
        cmocka_unit_test(wrong_groups_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
