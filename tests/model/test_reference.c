/* The annual figures of the model against those of an independent plain weekly simulation of the
 * same specification, for the null alternative, School als Werkplaats and the Deltion youth team.
 * Every row must lie within 4.9 combined standard errors (a false alarm in one of the 63 rows less
 * than once in 10,000 seeds; the seed is fixed). */
#include "tests/support/support.h"

#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "sim/core/moments.h"
#include "tests/model/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 60, MAX_PERIODS = 24 };
static const uint64_t SEED = 20261122;
static const double LIMIT = 4.9;
/* Printed numbers have four decimals, their errors too: half a unit may be missing from each. */
static const double ROUNDING = 0.00005;

/* A row: an outcome over another outcome (or the students), and the reference with its error. */
typedef struct row {
    const char *name;
    int outcome, over;
    double mean[3], error[3];
} row;

static const row rows[] = {
    {"stock_level1", OUT_stock_level1, OUT_students, {.0298, .0300, .1885}, {.0002, .0002, .0004}},
    {"stock_level2", OUT_stock_level2, OUT_students, {.1598, .1576, .8115}, {.0004, .0004, .0004}},
    {"stock_level3", OUT_stock_level3, OUT_students, {.2396, .2403, 0}, {.0005, .0006, 0}},
    {"stock_level4", OUT_stock_level4, OUT_students, {.5709, .5720, 0}, {.0007, .0007, 0}},
    {"vsv_level1", OUT_vsv_level1, OUT_stock_level1, {.2804, .2421, .2612}, {.0019, .0024, .0009}},
    {"vsv_level2", OUT_vsv_level2, OUT_stock_level2, {.0934, .0780, .0845}, {.0007, .0005, .0003}},
    {"vsv_level3", OUT_vsv_level3, OUT_stock_level3, {.0494, .0438, 0}, {.0003, .0003, 0}},
    {"vsv_level4", OUT_vsv_level4, OUT_stock_level4, {.0394, .0358, 0}, {.0002, .0002, 0}},
    {"vsv", OUT_vsv, OUT_students, {.0576, .0505, .1178}, {.0002, .0002, .0003}},
    {"dropout", OUT_dropout, OUT_students, {.0735, .0639, .1127}, {.0002, .0002, .0003}},
    {"reach", OUT_reach, OUT_students, {0, .1591, .1829}, {0, .0003, .0004}},
    {"started", OUT_started, OUT_students, {0, .2010, .2187}, {0, .0005, .0004}},
    {"mean_wait_weeks", OUT_wait_weeks, OUT_started, {0, .7975, 2.5335}, {0, .0258, .0262}},
    {"case_hours", OUT_case_hours, OUT_students, {0, 1.1996, 1.1856}, {0, .0023, .0001}},
    {"external_moderate",
     OUT_external_light,
     OUT_students,
     {.0356, .0047, .0964},
     {.0002, .0004, .0008}},
    {"external_severe",
     OUT_external_specialist,
     OUT_students,
     {.0182, .0033, .0102},
     {.0001, .0001, .0001}},
    {"overflow", OUT_overflow, OUT_students, {0, .0046, .1655}, {0, .0007, .0014}},
    {"needs", OUT_needs, OUT_students, {.3810, .3828, .8000}, {.0008, .0008, .0015}},
    {"escalations", OUT_escalations, OUT_students, {.0714, .0526, .1282}, {.0003, .0002, .0004}},
    {"detected", OUT_detected, OUT_students, {.1640, .2451, .4862}, {.0005, .0006, .0012}},
    {"mentor_hours", OUT_mentor_hours, OUT_students, {.0295, .0260, .0509}, {.0002, .0001, .0002}},
    {"diplomas", OUT_diplomas, OUT_students, {.2616, .2688, .3849}, {.0002, .0002, .0003}},
    {"absence",
     OUT_absence_weeks,
     OUT_teaching_enrolled_weeks,
     {.1211, .1095, .1691},
     {.0001, .0001, .0001}},
    {"burden",
     OUT_burden_weeks,
     OUT_teaching_enrolled_weeks,
     {.1596, .1024, .2450},
     {.0004, .0004, .0008}},
    {"enrolled", OUT_enrolled_weeks, OUT_students, {.8543, .8579, .8015}, {.0001, .0002, .0002}},
};
enum { N_ROWS = (int)(sizeof rows / sizeof rows[0]) };

/* Sums over the window of every outcome, for one seed. */
static void simulate(void *workspace, const mbo_params *status_quo, const mbo_params *strategy,
                     uint32_t number, double *sum)
{
    static double out[MAX_PERIODS * MBO_N_OUTCOMES];
    kea_error err = {0};
    size_t n_window = 0, n_periods = 0;
    mbo_model.periods((const double *)strategy, &n_window, &n_periods);
    assert_true(n_periods <= MAX_PERIODS);
    memset(out, 0, sizeof out);
    assert_ok(
        mbo_model.begin(workspace, (kea_cohort){SEED, number}, (const double *)status_quo, &err),
        err);
    assert_ok(mbo_model.run(workspace, (const double *)strategy, 0, out, &err), err);
    for (size_t k = 0; k < MBO_N_OUTCOMES; k++) {
        sum[k] = 0.0;
        for (size_t year = 0; year < n_window; year++)
            sum[k] += out[year * MBO_N_OUTCOMES + k];
    }
}

static double value(const row *r, const double *sum)
{
    double over = sum[r->over];
    double scale = r->outcome == OUT_enrolled_weeks ? 52.0 : 1.0;
    return over > 0.0 ? sum[r->outcome] / over / scale : 0.0;
}

static void compare(int column, const mbo_params *status_quo, const mbo_params *strategy)
{
    kea_moments moments[N_ROWS] = {{0}};
    kea_error err = {0};
    void *workspace = NULL;
    int missed = 0;
    assert_ok(mbo_model.open(&workspace, &err), err);
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        double sum[MBO_N_OUTCOMES];
        simulate(workspace, status_quo, strategy, seed, sum);
        for (int i = 0; i < N_ROWS; i++)
            kea_moments_add(&moments[i], value(&rows[i], sum));
    }
    for (int i = 0; i < N_ROWS; i++) {
        double own = kea_moments_error(&moments[i]);
        double error = hypot(own, rows[i].error[column]);
        double off = fabs(moments[i].mean - rows[i].mean[column]);
        if (off > LIMIT * error + ROUNDING) {
            print_error("%s: %.5f (%.5f), reference %.4f (%.4f): %.1f standard errors\n",
                        rows[i].name, moments[i].mean, own, rows[i].mean[column],
                        rows[i].error[column], off / error);
            missed++;
        }
    }
    mbo_model.close(workspace);
    assert_int_equal(missed, 0);
}

static void test_null(void **state)
{
    mbo_params null = reference_null();
    (void)state;
    compare(0, &null, &null);
}

static void test_saw(void **state)
{
    mbo_params null = reference_null(), saw = reference_saw();
    (void)state;
    compare(1, &null, &saw);
}

static void test_deltion(void **state)
{
    mbo_params null = reference_deltion_null(), deltion = reference_deltion();
    (void)state;
    compare(2, &null, &deltion);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_null), cmocka_unit_test(test_saw),
                                       cmocka_unit_test(test_deltion)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
