/* Prices times quantities of models/mbo/costs by hand arithmetic. */
#include "tests/support/support.h"

#include "models/mbo/costs.h"
#include "models/mbo/funding.h"
#include "models/mbo/mbo.h"

#include <string.h>

enum {
    PERIODS = 2,
    ROWS = PERIODS + 1,
    MAX_ROWS = 8
}; /* rows: with nothing followed after leaving */

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

/* The mix costs .5 * 60 + .3 * 80 + .2 * 105 = 75 an hour, with a fifth overhead 90. */
static mbo_params prices(void)
{
    mbo_params p = {.students = 999, /* costs follow the counted students, not the places */
                    .teaching_weeks = 38,
                    .hours_by_year = {1, 1, 1, 1, 1, 1, 1, 1},
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

/* Costs of a table of counts, all of students of the school's own municipality. */
static void add_costs(const mbo_params *p, size_t n_rows, double out[][MBO_N_OUTCOMES])
{
    static double zones[MBO_ZONES][MAX_ROWS][MBO_N_OUTCOMES];
    double *table = zones[0][0];
    size_t size = n_rows * MBO_N_OUTCOMES;
    assert_int_equal(mbo_n_periods(p, PERIODS), n_rows);
    memset(zones, 0, sizeof zones);
    memcpy(table, out, size * sizeof *table);
    memset(out, 0, size * sizeof *table);
    mbo_costs(p, PERIODS, true, MBO_ZONES, table, out[0]);
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
    add_costs(&p, ROWS, out);
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
    add_costs(&p, ROWS, out);
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        if (strcmp(mbo_outcomes[k].unit, "EUR") != 0 && strcmp(mbo_outcomes[k].unit, "EUR2") != 0 &&
            !(k >= OUT_home_host && k <= OUT_home_outside))
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
    add_costs(&p, ROWS, out);
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
    add_costs(&p, ROWS, once);
    for (int role = 0; role < MBO_ROLES; role++)
        p.price_hour[role] *= 2.0;
    p.price_external_light *= 2.0;
    p.price_specialist_minor *= 2.0;
    p.price_specialist_adult *= 2.0;
    add_costs(&p, ROWS, twice);
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
    add_costs(&p, ROWS, out);
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
    add_costs(&p, ROWS, out);
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
    out[1][OUT_left_unqualified] = 4;
    out[1][OUT_left_qualified] = 10;
    out[1][OUT_exit_burden] = 8;
    add_costs(&p, PERIODS + 3, out);
    assert_true(out[0][OUT_work_years] == 0.0 && out[1][OUT_work_years] == 0.0);
    for (int y = 2; y < 4; y++) {
        double full = y == 2 ? .3 : 1.0;
        assert_near(out[y][OUT_work_years], 12, 1e-12);
        assert_near(out[y][OUT_benefit_years], 2, 1e-12);
        assert_near(out[y][OUT_cost_benefit_municipality], 12000 * full, 1e-9);
        assert_near(out[y][OUT_cost_benefit_state], 8000 * full, 1e-9);
        assert_near(out[y][OUT_cost_benefit_execution], 4000, 1e-9);
        assert_near(out[y][OUT_cost_care_after], y == 2 ? 800 : 400, 1e-9);
        assert_near(out[y][OUT_municipal_host], 12000 * full + 4000, 1e-9);
        assert_near(out[y][OUT_participatiewet_host], 12000 * full + 4000, 1e-9);
        assert_true(out[y][OUT_municipal_region] == 0.0 && out[y][OUT_municipal_outside] == 0.0);
    }
    assert_true(out[4][OUT_work_years] == 0.0);
    /* half are always on a benefit, of which for six in ten social assistance: 3,000 + 2,000 and
     * then 10,000 + 2,000; of the others twice the execution */
    assert_near(out[1][OUT_scatter_participatiewet], 4 * .5 * (.6 * 289e6 + .4 * 16e6), 1e-3);
    assert_true(out[2][OUT_scatter_participatiewet] == 0.0);
}

/* By law: 3 light and 2 specialist episodes under 18, a tenth of 5 specialist ones after it, half
 * of 7 light ones and 4 reports. One trajectory in four comes with a stay. */
static void test_laws(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    fill(out);
    p.wmo_share = .5;
    p.youth_care_18_share = .1;
    p.residential_share = .25;
    p.price_residential = 20000;
    p.veilig_thuis_share = .8;
    p.price_veilig_thuis = 1700;
    out[0][OUT_severe_detected] = 5;
    add_costs(&p, ROWS, out);
    double stays = (2 + .5) * .25 * 20000;
    assert_near(out[0][OUT_jeugdwet_host], 3 * 850 + 2 * 5300 + .5 * 4700 + stays, 1e-9);
    assert_near(out[0][OUT_wmo_host], 3.5 * 850 + 4 * 1700, 1e-9);
    assert_near(out[0][OUT_jeugdwet_region] + out[0][OUT_wmo_outside], 0, 0);
    double minor = .75 * 5300. * 5300. + .25 * 25300. * 25300.;
    double adult = .75 * 4700. * 4700. + .25 * 24700. * 24700.;
    assert_near(out[0][OUT_scatter_jeugdwet], 3 * 850. * 850. + 2 * minor + .5 * adult, 1e-3);
    assert_near(out[0][OUT_scatter_wmo], 3.5 * 850. * 850. + 4 * 1700. * 1700., 1e-3);
}

/* Starting costs EUR 12 for each of 999 places, once, of a team that is new and is there; the year
 * of half the hours costs half. */
static void test_start_and_hours_by_year(void **state)
{
    static double zones[ROWS * MBO_N_OUTCOMES * MBO_ZONES];
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    p.team_start_cost = 12;
    p.hours_by_year[1] = .5;
    SET(p.team_funding, 1, 0, 0);
    fill(out);
    add_costs(&p, ROWS, out);
    assert_near(out[0][OUT_cost_team_school], 200 * 171 + 999 * 12, 1e-9);
    assert_near(out[0][OUT_cost_team_start], 999 * 12, 1e-9);
    assert_near(out[1][OUT_cost_team_school], 40 * 171 * .5, 1e-9);
    assert_true(out[1][OUT_cost_team_start] == 0.0);
    memset(out, 0, sizeof out);
    zones[OUT_students] = 200;
    mbo_costs(&p, PERIODS, false, MBO_ZONES, zones, out[0]);
    assert_near(out[0][OUT_cost_team_school], 200 * 171, 1e-9);
    p.hours_per_100 = 0;
    fill(out);
    add_costs(&p, ROWS, out);
    assert_true(out[0][OUT_cost_team_school] == 0.0 && out[0][OUT_cost_team_start] == 0.0);
}

/* EUR 234 a student less EUR 6 for other costs buys 228 / (38 weeks x EUR 90) of an hour a week, 6
 * and two thirds for 100 students. A fifth dearer hours are a sixth fewer, for the same money; half
 * the money in a year costs half. */
static void test_budget(void **state)
{
    double out[ROWS][MBO_N_OUTCOMES];
    mbo_params p = prices();
    (void)state;
    p.hours_budget = 234;
    p.team_extra_cost = 6;
    p.hours_by_year[1] = .5;
    assert_near(mbo_team_hours(&p), 20. / 3, 1e-12);
    assert_true(mbo_team_student_price(&p) == 234.0);
    p.team_overhead = .44;
    assert_near(mbo_team_hours(&p), 20. / 3 / 1.2, 1e-12);
    SET(p.team_funding, 1, 0, 0);
    fill(out);
    add_costs(&p, ROWS, out);
    assert_near(out[0][OUT_cost_team_school], 200 * 234, 1e-9);
    assert_near(out[1][OUT_cost_team_school], 40 * 117, 1e-9);
    p.hours_budget = 5.9; /* not even the other costs */
    assert_true(mbo_team_hours(&p) == 0.0 && mbo_team_student_price(&p) == 0.0);
    p.hours_budget = 234;
    p.hours_per_100 = 0; /* a care model without a team buys none */
    assert_true(mbo_team_hours(&p) == 0.0);
    p.hours_per_100 = 5;
    SET(p.price_hour, 0, 0, 0, 0); /* hours that cost nothing are as many as given */
    assert_true(mbo_team_hours(&p) == 5.0);
    assert_near(mbo_team_student_price(&p), 6, 0);
}

/* In a school of 999 places, EUR 30 for each of a third more students. */
static void test_supply(void **state)
{
    mbo_params p = prices();
    kea_supply supply;
    (void)state;
    SET(p.team_funding, .25, .35, .4);
    p.team_levy = 30;
    p.levy_students = 4. / 3;
    mbo_supply((const double *)&p, &supply);
    assert_near(supply.people, 999, 0);
    assert_near(supply.contributors, 1332, 1e-9);
    assert_near(supply.hours, 49.95, 1e-12);
    assert_near(supply.hour_price, 90, 1e-12);
    assert_near(supply.paid.payer[MBO_SCHOOL], 999 * 171 * .25, 1e-9);
    assert_near(supply.paid.payer[MBO_MUNICIPALITY], 999 * 171 * .35, 1e-9);
    assert_near(supply.paid.levy, 999 * 30, 1e-9);
    assert_true(mbo_model.supply == mbo_supply);
}

/* Each zone pays for its own students: 3, 1 and 0 light episodes under 18 at EUR 850, a severe case
 * in the region. The team of EUR 171 a student is paid half by municipalities: EUR 30 a student as
 * a contribution, of the other 55.50 a student two fifths by the school's own municipality. */
static void test_home_zones(void **state)
{
    static double zones[MBO_ZONES][ROWS][MBO_N_OUTCOMES];
    double out[ROWS][MBO_N_OUTCOMES] = {{0}};
    const double students[] = {20, 50, 30}, light[] = {3, 1, 0};
    mbo_params p = prices();
    (void)state;
    memset(zones, 0, sizeof zones);
    SET(p.team_funding, .5, .5, 0);
    p.team_levy = 30;
    p.team_host_share = .4;
    p.veilig_thuis_share = .5;
    p.price_veilig_thuis = 1700;
    for (int zone = 0; zone < MBO_ZONES; zone++) {
        zones[zone][0][OUT_students] = students[zone];
        zones[zone][0][OUT_light_episodes_minor] = light[zone];
    }
    zones[1][0][OUT_severe_detected] = 1;
    mbo_costs(&p, PERIODS, true, MBO_ZONES, zones[0][0], out[0]);
    assert_near(out[0][OUT_students], 100, 0);
    assert_near(out[0][OUT_cost_team_municipality], 8550, 1e-9);
    assert_near(out[0][OUT_cost_team_levy], 3000, 1e-9);
    double by_home = 30 + 55.5 * .6;
    for (int zone = 0; zone < MBO_ZONES; zone++)
        assert_near(out[0][OUT_home_host + zone], students[zone], 0);
    assert_near(out[0][OUT_municipal_host], 3 * 850 + 20 * by_home + 100 * 55.5 * .4, 1e-9);
    assert_near(out[0][OUT_municipal_region], 850 + 850 + 50 * by_home, 1e-9);
    assert_near(out[0][OUT_municipal_outside], 30 * by_home, 1e-9);
    assert_near(out[0][OUT_cost_light_municipality], 4 * 850, 1e-9);
    for (int zone = 0; zone < MBO_ZONES; zone++)
        assert_true(out[1][OUT_municipal_host + zone] == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hour_price),
                                       cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_counts_stay),
                                       cmocka_unit_test(test_payers_sum),
                                       cmocka_unit_test(test_doubled_prices),
                                       cmocka_unit_test(test_no_team),
                                       cmocka_unit_test(test_other_costs),
                                       cmocka_unit_test(test_after_leaving),
                                       cmocka_unit_test(test_home_zones),
                                       cmocka_unit_test(test_laws),
                                       cmocka_unit_test(test_start_and_hours_by_year),
                                       cmocka_unit_test(test_budget),
                                       cmocka_unit_test(test_supply)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
