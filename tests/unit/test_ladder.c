/* Where curves over levels turn, peak and are likely above 0: hand-made curves, hand arithmetic. */
#include "tests/support/support.h"

#include "sim/analysis/ladder.h"

enum { LEVELS = 4, MOST_POINTS = 10 };
static const double level[LEVELS] = {0, 1, 2, 4};

/* Two points, a tenth above and below a mean; nothing at the first level. */
static kea_ladder around(const double mean[LEVELS], double *value)
{
    for (size_t k = 0; k < LEVELS; k++)
        for (size_t i = 0; i < 2; i++)
            value[2 * k + i] = k == 0 ? 0 : mean[k] + (i == 0 ? .1 : -.1);
    return (kea_ladder){LEVELS, level, 2, value};
}

/* 0, 2, 1, -3: from level 2 to 4 it falls by 4 and is 0 after a quarter of the way. The mean of two
 * values a fifth apart has an error of a tenth, which is a twentieth at a slope of 2. By themselves
 * the points pass 0 after 1.1 / 4 and 0.9 / 4 of the way. */
static void test_falls(void **state)
{
    double value[2 * LEVELS];
    const kea_ladder ladder = around((double[]){0, 2, 1, -3}, value);
    kea_ladder_sides sides;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 1);
    assert_int_equal(sides.first, 1);
    assert_int_equal(sides.last, -1);
    assert_false(sides.turn[0].rises);
    assert_near(sides.turn[0].level, 2.5, 1e-12);
    assert_near(sides.turn[0].error, .05, 1e-12);
    assert_near(sides.turn[0].low, 2.45, 1e-12);
    assert_near(sides.turn[0].high, 2.55, 1e-12);
}

/* 0, -2, 6, -2: rises at 1.25, falls at 3.5. */
static void test_rises_and_falls(void **state)
{
    double value[2 * LEVELS];
    const kea_ladder ladder = around((double[]){0, -2, 6, -2}, value);
    kea_ladder_sides sides;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 2);
    assert_int_equal(sides.first, -1);
    assert_true(sides.turn[0].rises && !sides.turn[1].rises);
    assert_near(sides.turn[0].level, 1.25, 1e-12);
    assert_near(sides.turn[0].error, .1 / 8, 1e-12);
    assert_near(sides.turn[1].level, 3.5, 1e-12);
}

/* Eight points of ten go 0, -2, 6, 6. One gains as soon as there is something, and turns at the
 * first level; one never does, and turns nowhere within the levels. */
static void test_own_turns(void **state)
{
    double value[MOST_POINTS * LEVELS];
    const double most[LEVELS] = {0, -2, 6, 6}, soon[] = {0, 1, 6, 6}, never[] = {0, -2, -1, -1};
    kea_ladder_sides sides;
    kea_error err = {0};
    (void)state;
    for (size_t k = 0; k < LEVELS; k++)
        for (size_t i = 0; i < MOST_POINTS; i++)
            value[MOST_POINTS * k + i] = i == 0 ? soon[k] : i == 1 ? never[k] : most[k];
    const kea_ladder ladder = {LEVELS, level, MOST_POINTS, value};
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 1);
    assert_near(sides.turn[0].level, 1 + 1.7 / 7, 1e-12);
    assert_near(sides.turn[0].low, 0, 0);
    assert_true(isinf(sides.turn[0].high) && sides.turn[0].high > 0);
}

/* Everywhere on one side, and nowhere clearly on any: +5 and -4.9 have a mean of 0.05 and an error
 * of about 5. */
static void test_no_turn(void **state)
{
    double value[2 * LEVELS];
    kea_ladder ladder = around((double[]){0, 2, 1, 3}, value);
    kea_ladder_sides sides;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 0);
    assert_int_equal(sides.first, 1);
    ladder = around((double[]){0, -2, -1, -3}, value);
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.first, -1);
    for (size_t k = 1; k < LEVELS; k++) {
        value[2 * k] = k == 2 ? -5 : 5;
        value[2 * k + 1] = k == 2 ? 4.9 : -4.9;
    }
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 0);
    assert_int_equal(sides.first, 0);
    assert_int_equal(sides.unclear, LEVELS - 1);
    /* a level within noise between clear ones on one side makes no turn; between sides it does not
     * hide one */
    ladder = around((double[]){0, 2, 1, 3}, value);
    value[4] = -5, value[5] = 4.9;
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 0);
    assert_int_equal(sides.unclear, 1);
    value[6] = -3, value[7] = -3.1;
    assert_ok(kea_ladder_turns(&sides, &ladder, &err), err);
    assert_int_equal(sides.n, 1);
    assert_near(sides.turn[0].level, 1 + 2 / 2.05, 1e-12); /* from 2 to -0.05 */
}

/* The best, and what is as good: points that differ alike leave no doubt, others do. */
static void test_best(void **state)
{
    double value[2 * LEVELS];
    kea_ladder ladder = around((double[]){0, 2, 1, -3}, value);
    kea_ladder_peak best;
    kea_error err = {0};
    (void)state;
    assert_ok(kea_ladder_best(&best, &ladder, &err), err);
    assert_int_equal(best.at, 1);
    assert_int_equal(best.from, 1);
    assert_int_equal(best.to, 1);
    assert_near(best.value.mean, 2, 1e-12);
    assert_near(best.low, 1, 0);
    assert_near(best.high, 1, 0);
    /* much that differs between points but not between levels is no doubt */
    for (size_t k = 0; k < LEVELS; k++) {
        value[2 * k] += 10;
        value[2 * k + 1] -= 10;
    }
    assert_ok(kea_ladder_best(&best, &ladder, &err), err);
    assert_int_equal(best.from, 1);
    assert_int_equal(best.to, 1);
    ladder = around((double[]){0, 2, 1, -3}, value);
    /* the first point now has its best at level 2: 3.1 against 2.1; the means stay apart by 0.3,
     * of which the error is (1 + 1.6) / 2 = 1.3 */
    value[4] = 3.1;
    value[5] = .3;
    assert_ok(kea_ladder_best(&best, &ladder, &err), err);
    assert_int_equal(best.at, 1);
    assert_int_equal(best.to, 2);
    assert_near(best.low, 1, 0);
    assert_near(best.high, 2, 0);
    ladder.n_points = 0;
    assert_int_equal(kea_ladder_best(&best, &ladder, &err), KEA_ERR_INPUT);
}

/* Of ten points 6, 9 and 7 are above 0: 80% is passed after 0.2 / 0.3 of the first step and lost
 * after 0.1 / 0.2 of the next, which is two wide. */
static void test_likely(void **state)
{
    static const size_t above[LEVELS] = {0, 6, 9, 7};
    double value[MOST_POINTS * LEVELS];
    kea_ladder_stretch out;
    (void)state;
    for (size_t k = 0; k < LEVELS; k++)
        for (size_t i = 0; i < MOST_POINTS; i++)
            value[MOST_POINTS * k + i] = k == 0 ? 0 : i < above[k] ? 1 : -1;
    const kea_ladder ladder = {LEVELS, level, MOST_POINTS, value};
    assert_near(kea_ladder_share(&ladder, 2), .9, 1e-15);
    kea_ladder_likely(&out, &ladder, .8);
    assert_true(out.found && !out.at_start && !out.to_end);
    assert_near(out.from, 1 + 2. / 3, 1e-12);
    assert_near(out.error, sqrt(.16 / 10) / .3, 1e-12);
    assert_near(out.to, 2 + 2 * .5, 1e-12);
    kea_ladder_likely(&out, &ladder, .6);
    assert_true(out.found && out.at_start && out.to_end);
    assert_near(out.from, 1, 0);
    assert_near(out.to, 4, 0);
    kea_ladder_likely(&out, &ladder, .95);
    assert_false(out.found);
    assert_near(out.highest, .9, 1e-15);
    assert_int_equal(out.peak, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_falls),     cmocka_unit_test(test_rises_and_falls),
        cmocka_unit_test(test_own_turns), cmocka_unit_test(test_no_turn),
        cmocka_unit_test(test_best),      cmocka_unit_test(test_likely)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
