/* Groups of points and tornado bars by hand arithmetic. */
#include "sim/analysis/curves.h"

#include "tests/support/support.h"

#include <string.h>

static void group_by_group(void **state)
{
    (void)state;
    const double value[] = {1, 10, 3, 30, 5, 50};
    const size_t group[] = {0, 1, 0, 1, 0, 1};
    double scratch[6];
    kea_estimate odd = kea_curve_group(6, value, group, 0, scratch);
    assert_near(odd.mean, 3, 1e-15);
    assert_near(odd.error, 2 / sqrt(3), 1e-15);
    assert_int_equal(odd.n, 3);
    assert_near(kea_curve_group(6, value, group, 1, scratch).high, 49, 1e-12);
    kea_estimate none = kea_curve_group(6, value, group, 2, scratch);
    assert_int_equal(none.n, 0);
    assert_true(isnan(none.mean));
}

enum { N_BARS = 3, N_POINTS = 2 * (2 * N_BARS + 1) };

/* Two cohorts per group, base 100 and 200. Bar 0 changes by -1 and +2 (errors 0); bar 1 by +5 and
 * -7 with cohorts 1 either side; bar 2 by -7 and +3: as large as bar 1. Points are interleaved:
 * first the first cohort of every group, then the second. */
static void tornado_points(double *value, size_t *group, double *level)
{
    static const double change[2 * N_BARS + 1] = {-1, 2, 5, -7, -7, 3, 0};
    for (size_t i = 0; i < N_POINTS; i++) {
        size_t g = i % (2 * N_BARS + 1);
        size_t cohort = i / (2 * N_BARS + 1);
        double chance = g == 2 || g == 3 ? (cohort ? 1 : -1) : 0;
        group[i] = g;
        value[i] = 100 * (1 + (double)cohort) + change[g] + chance;
        level[i] = 0.5 + (double)g;
    }
}

static void bars_are_paired_and_sorted(void **state)
{
    (void)state;
    double value[N_POINTS];
    double level[N_POINTS];
    size_t group[N_POINTS];
    static const size_t entry[N_BARS] = {4, 17, 9};
    kea_bar bars[N_BARS];
    kea_error err;
    tornado_points(value, group, level);
    assert_ok(kea_tornado(N_BARS, entry, N_POINTS, value, group, level, bars, &err), err);
    /* bars 1 and 2 tie at 7: entry 9 stands before entry 17 */
    assert_int_equal(bars[0].entry, 9);
    assert_int_equal(bars[1].entry, 17);
    assert_int_equal(bars[2].entry, 4);
    assert_near(bars[0].low, -7, 1e-12);
    assert_near(bars[0].high, 3, 1e-12);
    assert_near(bars[0].low_value, 4.5, 0);
    assert_near(bars[0].high_value, 5.5, 0);
    assert_near(bars[0].low_error, 0, 1e-12); /* paired: the cohorts' own level drops out */
    assert_near(bars[1].low, 5, 1e-12);
    assert_near(bars[1].high_error, 1, 1e-12); /* -8 and -6: sd sqrt(2), over sqrt(2) */
    assert_near(bars[2].high, 2, 1e-12);
}

static void groups_of_unequal_size_are_refused(void **state)
{
    (void)state;
    double value[N_POINTS];
    double level[N_POINTS];
    size_t group[N_POINTS];
    static const size_t entry[N_BARS] = {4, 17, 9};
    kea_bar bars[N_BARS];
    kea_error err;
    tornado_points(value, group, level);
    group[3] = 0;
    assert_int_equal(kea_tornado(N_BARS, entry, N_POINTS, value, group, level, bars, &err),
                     KEA_ERR_INPUT);
    group[3] = 7;
    assert_int_equal(kea_tornado(N_BARS, entry, N_POINTS, value, group, level, bars, &err),
                     KEA_ERR_INPUT);
    assert_int_equal(kea_tornado(N_BARS, entry, N_POINTS - 1, value, group, level, bars, &err),
                     KEA_ERR_INPUT);
    assert_int_equal(kea_tornado(N_BARS, entry, 0, value, group, level, bars, &err), KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(group_by_group),
        cmocka_unit_test(bars_are_paired_and_sorted),
        cmocka_unit_test(groups_of_unequal_size_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
