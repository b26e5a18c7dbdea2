/* Prices times quantities of models/mbo/costs by hand arithmetic. */
#include "tests/support/support.h"

#include "models/mbo/costs.h"

#include <string.h>

enum { PERIODS = 2, ROWS = PERIODS + 1 }; /* rows: with nothing followed after leaving */

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

/* The mix costs .5 * 60 + .3 * 80 + .2 * 105 = 75 an hour, with a fifth overhead 90. */
static mbo_params prices(void)
{
    mbo_params p = {.students = 999, /* costs follow the counted students, not the places */
                    .teaching_weeks = 38,
                    .hours_per_100 = 5,
                    .casework_share = .6,
                    .presence_share = .2,
                    .team_overhead = .2,
                    .price_external_light = 850,
                    .price_specialist_minor = 5300,
                    .price_specialist_adult = 4700};
    SET(p.price_hour, 60, 80, 105, 70);
    SET(p.staff_share, .5, .3, .2);
    SET(p.team_funding, .25, .35, .4);
    SET(p.team_residual, 0, 0, 0, 1);
    return p;
}

static void fill(double out[ROWS][MBO_N_OUTCOMES])
{
    memset(out, 0, ROWS * sizeof out[0]);
    out[0][OUT_students] = 200;
    out[0][OUT_mentor_hours] = 13.5;
    out[0][OUT_light_episodes_minor] = 3;
    out[0][OUT_light_episodes_adult] = 7;
    out[0][OUT_specialist_episodes_minor] = 2;
    out[0][OUT_specialist_episodes_adult] = 5;
    /* referrals cost nothing, care that starts does */
    out[0][OUT_external_light] = out[0][OUT_external_light_minor] = 100;
    out[0][OUT_external_specialist] = out[0][OUT_external_specialist_adult] = 100;
    out[0][OUT_case_hours] = 50; /* the team is paid for its hours, used or not */
    out[1][OUT_students] = 40;
    out[1][OUT_specialist_episodes_minor] = 1;
    out[1][OUT_cost_mentor] = 77; /* set, not added to */
}

static void test_hour_price(void **state)
{
    mbo_params p = prices();
    (void)state;
    assert_near(mbo_team_hour_price(&p), 90.0, 1e-12);
    SET(p.staff_share, 0, 0, 1);
    assert_near(mbo_team_hour_price(&p), 126.0, 1e-12);
    /* a teacher or coach in the team costs what a mentor's hour costs */
    SET(p.staff_share, 0, 0, 0, 1);
    assert_near(mbo_team_hour_price(&p), 84.0, 1e-12);
    SET(p.staff_share, 0, 0, 1, 0);
    p.team_overhead = 0;
    assert_near(mbo_team_hour_price(&p), 105.0, 1e-12);
}

/* 5 hours per 100 students, 38 weeks: 1.9 hours a student a year, EUR 171; 200 students 34,200. */
static void test_rows(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(out);
    mbo_costs(&p, PERIODS, out[0]);
    assert_near(out[0][OUT_cost_team_school], 8550.0, 1e-9);
    assert_near(out[0][OUT_cost_team_municipality], 11970.0, 1e-9);
    assert_near(out[0][OUT_cost_team_insurer], 13680.0, 1e-9);
    assert_near(out[0][OUT_cost_mentor], 945.0, 1e-9);
    assert_near(out[0][OUT_cost_light_municipality], 2550.0, 1e-9);
    assert_near(out[0][OUT_cost_light_insurer], 5950.0, 1e-9);
    assert_near(out[0][OUT_cost_specialist_municipality], 10600.0, 1e-9);
    assert_near(out[0][OUT_cost_specialist_insurer], 23500.0, 1e-9);
    assert_near(out[1][OUT_cost_team_school], 1710.0, 1e-9);
    assert_near(out[1][OUT_cost_team_municipality], 2394.0, 1e-9);
    assert_near(out[1][OUT_cost_team_insurer], 2736.0, 1e-9);
    assert_near(out[1][OUT_cost_specialist_municipality], 5300.0, 1e-9);
    assert_true(out[1][OUT_cost_specialist_insurer] == 0.0);
    assert_true(out[1][OUT_cost_mentor] == 0.0);
}

static void test_counts_stay(void **state)
{
    double before[ROWS][MBO_N_OUTCOMES], out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(before);
    fill(out);
    mbo_costs(&p, PERIODS, out[0]);
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        if (strcmp(mbo_outcomes[k].unit, "EUR") != 0)
            assert_true(out[0][k] == before[0][k] && out[1][k] == before[1][k]);
}

static double sum_of(const double *row, const char *payer)
{
    double sum = 0.0;
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        if (mbo_outcomes[k].category && (!payer || strcmp(mbo_outcomes[k].payer, payer) == 0))
            sum += row[k];
    return sum;
}

/* 34,200 + 945 + 8,500 + 34,100 */
static void test_payers_sum(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(out);
    mbo_costs(&p, PERIODS, out[0]);
    assert_near(sum_of(out[0], NULL), 77745.0, 1e-9);
    assert_near(sum_of(out[0], "school"), 9495.0, 1e-9);
    assert_near(sum_of(out[0], "municipality"), 25120.0, 1e-9);
    assert_near(sum_of(out[0], "insurer"), 43130.0, 1e-9);
}

/* Doubling is exact in binary arithmetic. */
static void test_doubled_prices(void **state)
{
    double once[ROWS][MBO_N_OUTCOMES], twice[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(once);
    fill(twice);
    mbo_costs(&p, PERIODS, once[0]);
    for (int role = 0; role < MBO_ROLES; role++)
        p.price_hour[role] *= 2.0;
    p.price_external_light *= 2.0;
    p.price_specialist_minor *= 2.0;
    p.price_specialist_adult *= 2.0;
    mbo_costs(&p, PERIODS, twice[0]);
    for (int period = 0; period < PERIODS; period++)
        for (int k = 0; k < MBO_N_OUTCOMES; k++)
            if (mbo_outcomes[k].category)
                assert_true(twice[period][k] == 2.0 * once[period][k]);
}

static void test_no_team(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(out);
    p.hours_per_100 = 0.0;
    mbo_costs(&p, PERIODS, out[0]);
    assert_true(out[0][OUT_cost_team_school] == 0.0);
    assert_true(out[0][OUT_cost_team_municipality] == 0.0);
    assert_true(out[0][OUT_cost_team_insurer] == 0.0);
    assert_near(sum_of(out[0], NULL), 43545.0, 1e-9);
}

/* Part of the care from 18 stays with municipalities; stays, reports, absence and study time. */
static void test_other_costs(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    p.wmo_share = .25;
    p.youth_care_18_share = .2;
    p.residential_share = .1;
    p.price_residential = 50000;
    p.veilig_thuis_share = .5;
    p.price_veilig_thuis = 1700;
    p.price_absence_week = 16;
    p.price_student_year = 10400;
    fill(out);
    out[0][OUT_severe_detected] = 6;
    out[0][OUT_absence_weeks] = 30;
    out[0][OUT_enrolled_weeks] = 130;
    mbo_costs(&p, PERIODS, out[0]);
    assert_near(out[0][OUT_cost_light_municipality], 2550 + 7 * 850 * .25, 1e-9);
    assert_near(out[0][OUT_cost_light_insurer], 7 * 850 * .75, 1e-9);
    assert_near(out[0][OUT_cost_specialist_municipality], 10600 + 4700, 1e-9);
    assert_near(out[0][OUT_cost_specialist_insurer], 4 * 4700, 1e-9);
    assert_near(out[0][OUT_cost_residential_municipality], 3 * 5000, 1e-9);
    assert_near(out[0][OUT_cost_residential_insurer], 4 * 5000, 1e-9);
    assert_near(out[0][OUT_cost_veilig_thuis], 3 * 1700, 1e-9);
    assert_near(out[0][OUT_cost_absence], 480, 1e-9);
    assert_near(out[0][OUT_cost_study_time], 26000, 1e-9);
}

/* Leavers of the second school year: two years after it, the first at the young people's benefit;
 * half of the unqualified work and half are on a benefit. */
static void test_after_leaving(void **state)
{
    double out[PERIODS + 3][MBO_N_OUTCOMES] = {{0}};
    mbo_params p = {.horizon_years = 2,
                    .causal_share = 1,
                    .status_persistence = 1,
                    .bijstand_share = .6,
                    .price_benefit_year = 10000,
                    .price_benefit_execution = 2000,
                    .youth_benefit_factor = .3,
                    .youth_benefit_years = 1,
                    .price_burden_year = 100,
                    .burden_fade = .5};
    (void)state;
    SET(p.work_direct, .5, 1);
    SET(p.work_stock, .5, 1);
    SET(p.benefit_stock, .5, 0);
    SET(p.home_share, .5, .3, .2);
    out[1][OUT_left_unqualified] = 4;
    out[1][OUT_left_qualified] = 10;
    out[1][OUT_exit_burden] = 8;
    mbo_costs(&p, PERIODS, out[0]);
    assert_true(out[0][OUT_work_years] == 0.0 && out[1][OUT_work_years] == 0.0);
    for (int y = 2; y < 4; y++) {
        double full = y == 2 ? .3 : 1.0;
        assert_near(out[y][OUT_work_years], 12, 1e-12);
        assert_near(out[y][OUT_benefit_years], 2, 1e-12);
        assert_near(out[y][OUT_cost_benefit_municipality], 12000 * full, 1e-9);
        assert_near(out[y][OUT_cost_benefit_state], 8000 * full, 1e-9);
        assert_near(out[y][OUT_cost_benefit_execution], 4000, 1e-9);
        assert_near(out[y][OUT_cost_care_after], y == 2 ? 800 : 400, 1e-9);
        assert_near(out[y][OUT_municipal_host], .5 * (12000 * full + 4000), 1e-9);
        assert_near(out[y][OUT_municipal_region], .3 * (12000 * full + 4000), 1e-9);
        assert_near(out[y][OUT_municipal_outside], .2 * (12000 * full + 4000), 1e-9);
    }
    assert_true(out[4][OUT_work_years] == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hour_price),     cmocka_unit_test(test_rows),
        cmocka_unit_test(test_counts_stay),    cmocka_unit_test(test_payers_sum),
        cmocka_unit_test(test_doubled_prices), cmocka_unit_test(test_no_team),
        cmocka_unit_test(test_other_costs),    cmocka_unit_test(test_after_leaving)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
