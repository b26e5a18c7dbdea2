/* Doses, ramp-up and working mechanisms of models/mbo/course by hand arithmetic. */
#include "tests/support/support.h"

#include "models/mbo/course.h"

#include <string.h>

static const double TOLERANCE = 1e-14;

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

/* Numbers of which doses and ramp-up can be done in the head. 5 hours per 100 students: 0.01 hour
 * presence per student, which is presence_half, so D = 1/2; 0.01 hour coordination, twice
 * coordination_half, so C = 3/4. Learning ln 2: R = 0.6 + 0.4 (1 - 2^-y) = 0.8, 0.9, 0.95, ... */
static mbo_params simple(void)
{
    mbo_params p = {.students = 700,
                    .teaching_weeks = 40,
                    .hours_by_year = {1, 1, 1, 1, 1, 1, 1, 1},
                    .hours_per_100 = 5,
                    .casework_share = .6,
                    .presence_share = .2,
                    .presence_half = .01,
                    .coordination_half = .005,
                    .detection_boost = 1.5,
                    .accept_team = .8,
                    .accept_external = .25,
                    .support_persistence = .5,
                    .practice_share = .3,
                    .ramp_start = .6,
                    .attendance_required = .8};
    SET(p.dropout_hazard, .2, .08, .06, .04);
    SET(p.absence_base, .5, .3, .2, .1);
    SET(p.effect, .4, .7, .9, 1.1, .6, 1.2, 1.3, 2 * log(2.0));
    SET(p.fidelity, .5, .25, .75, .35, .65, .45, .85, .5);
    return p;
}

static void set(mbo_course *course, const mbo_params *p, int first, int last, int start)
{
    kea_error err = {0};
    assert_ok(mbo_course_set(course, p, first, last, start, &err), err);
}

/* Log odds .8: ln 4; .25: -ln 3. */
static double probability(double log_odds)
{
    return 1.0 / (1.0 + exp(-log_odds));
}

static void check_year(const mbo_year *year, double R)
{
    static const double hazard[] = {.2, .08, .06, .04};
    /* 1: .4 * .5 * D = .1; 6: 1.2 * .45 * .3 = .162 */
    double school = exp(-(.1 + .162) * R);
    /* 3: .9 * .75 * D = .3375 */
    assert_near(year->absence, exp(-.3375 * R), TOLERANCE);
    /* 5: .6 * .65 * D = .195 */
    assert_near(year->needs, exp(-.195 * R), TOLERANCE);
    /* 4: 1.5 * .35 * D = .2625 and 1.1 * .35 * D = .1925 */
    assert_near(year->boost, exp(.2625 * R), TOLERANCE);
    assert_near(year->accept_team, probability(log(4.0) + .1925 * R), TOLERANCE);
    /* 7: 1.3 * .85 * C = .82875 */
    assert_near(year->external_wait, exp(-.82875 * R), TOLERANCE);
    assert_near(year->accept_external, probability(.82875 * R - log(3.0)), TOLERANCE);
    for (int level = 0; level < MBO_LEVELS; level++)
        assert_near(year->dropout[level], hazard[level] / 40.0 * school, TOLERANCE);
}

static void test_mechanisms(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    set(&course, &p, 0, 4, 0);
    check_year(&course.year[0], .8);
    check_year(&course.year[1], .9);
    check_year(&course.year[2], .95);
    check_year(&course.year[3], .975);
    /* the ramp rises: the largest boost is that of the last year */
    assert_true(course.max_boost == course.year[3].boost);
    mbo_course_free(&course);
}

static void test_team(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    set(&course, &p, 0, 1, 0);
    assert_true(course.has_team);
    assert_int_equal(course.teaching_weeks, 40);
    assert_int_equal(course.n_years, 1);
    assert_ptr_equal(course.p, &p);
    assert_near(course.hours_per_week, 35.0, TOLERANCE * 35);
    assert_near(course.casework_hours, 21.0, TOLERANCE * 21);
    mbo_course_free(&course);
}

/* Each mechanism alone moves what it acts on, and nothing else. */
static void test_one_mechanism_at_a_time(void **state)
{
    (void)state;
    for (int k = 0; k < MBO_MECHANISMS; k++) {
        mbo_params p = simple();
        mbo_course course = {0};
        memset(p.fidelity, 0, sizeof p.fidelity);
        p.fidelity[k] = 1.0;
        set(&course, &p, 0, 1, 0);
        const mbo_year *year = &course.year[0];
        assert_int_equal(year->dropout[1] != .08 / 40.0, k == 0 || k == 5);
        assert_int_equal(year->connection[1] != 1.0, k == 1);
        assert_int_equal(year->absence != 1.0, k == 2);
        assert_int_equal(year->boost != 1.0, k == 3);
        assert_int_equal(year->accept_team != .8, k == 3);
        assert_int_equal(year->needs != 1.0, k == 4);
        assert_int_equal(year->external_wait != 1.0, k == 6);
        assert_int_equal(year->accept_external != .25, k == 6);
        mbo_course_free(&course);
    }
}

/* Mechanism 2: exp(-b f R p), p = 1/2 a year after the last hours, 1/4 after two; b f = .175. */
static void test_connection(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    set(&course, &p, 0, 3, 0);
    const double R[] = {.8, .9, .95};
    for (int y = 0; y < 3; y++) {
        const double *sum = course.year[y].connection;
        assert_near(sum[0], 0.0, 0);
        assert_near(sum[1] - sum[0], exp(-.175 * R[y]), TOLERANCE);
        assert_near(sum[27] - sum[26], exp(-.175 * R[y] * sqrt(.5)), 1e-12);
        assert_near(sum[53] - sum[52], exp(-.175 * R[y] * .5), 1e-12);
        assert_near(sum[105] - sum[104], exp(-.175 * R[y] * .25), 1e-12);
        double total = 0.0; /* all three years' weeks, the last one included */
        for (int week = 0; week < 156; week++)
            total += exp(-.175 * R[y] * pow(.5, week / 52.0));
        assert_near(sum[156], total, 1e-11);
    }
    mbo_course_free(&course);
}

/* Without persistence only the week of the hours itself counts. */
static void test_connection_lost(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    p.support_persistence = 0.0;
    set(&course, &p, 0, 1, 0);
    assert_near(course.year[0].connection[1], exp(-.175 * .8), TOLERANCE);
    assert_near(course.year[0].connection[52] - course.year[0].connection[1], 51.0, 1e-12);
    mbo_course_free(&course);
}

/* A care model that starts in year 2 has y = 1 there; one that goes on from year 0 has y = 3. */
static void test_ramp_up(void **state)
{
    mbo_params p = simple();
    mbo_course anew = {0}, goes_on = {0};
    (void)state;
    set(&anew, &p, 2, 4, 2);
    set(&goes_on, &p, 2, 4, 0);
    check_year(&anew.year[2], .8);
    check_year(&anew.year[3], .9);
    check_year(&goes_on.year[2], .95);
    check_year(&goes_on.year[3], .975);
    assert_int_equal(anew.n_years, 4);
    /* an organisation that does not learn stays at its start */
    p.fidelity[7] = 0.0;
    set(&anew, &p, 2, 4, 2);
    check_year(&anew.year[2], .6);
    check_year(&anew.year[3], .6);
    mbo_course_free(&anew);
    mbo_course_free(&goes_on);
}

static void check_nothing(const mbo_params *p)
{
    mbo_course course = {0};
    set(&course, p, 0, 2, 0);
    assert_false(course.has_team);
    assert_true(course.hours_per_week == 0.0);
    assert_true(course.casework_hours == 0.0);
    for (int y = 0; y < 2; y++) {
        const mbo_year *year = &course.year[y];
        assert_true(year->absence == 1.0);
        assert_true(year->needs == 1.0);
        assert_true(year->boost == 1.0);
        assert_true(year->external_wait == 1.0);
        assert_true(year->accept_team == p->accept_team);
        assert_true(year->accept_external == p->accept_external);
        assert_null(year->connection);
        for (int level = 0; level < MBO_LEVELS; level++)
            assert_true(year->dropout[level] == p->dropout_hazard[level] / p->teaching_weeks);
    }
    mbo_course_free(&course);
}

/* No hours: every factor is exactly 1 and every shift exactly 0, whatever the fidelities. */
static void test_no_hours(void **state)
{
    mbo_params p = simple();
    (void)state;
    p.hours_per_100 = 0.0;
    p.practice_share = 0.0;
    for (int k = 0; k < MBO_MECHANISMS; k++)
        p.fidelity[k] = 1.0;
    /* among these are many that arithmetic on odds would not give back */
    for (int i = 1; i < 97; i++) {
        p.accept_team = i / 97.0;
        p.accept_external = 1.0 - i / 97.0;
        check_nothing(&p);
    }
}

/* Practice needs no team hours: mechanism 6 has its own dose. */
static void test_practice_without_hours(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    p.hours_per_100 = 0.0;
    p.practice_share = .5;
    set(&course, &p, 0, 1, 0);
    assert_near(course.year[0].dropout[0], .2 / 40.0 * exp(-1.2 * .45 * .5 * .8), TOLERANCE);
    assert_true(course.year[0].absence == 1.0);
    mbo_course_free(&course);
}

/* All hours on cases and presence: nothing is left to coordinate with, and rounding in the shares
 * does not turn it into less than nothing. */
static void test_no_coordination(void **state)
{
    mbo_params p = simple();
    mbo_course course = {0};
    (void)state;
    p.casework_share = .8 + 1e-12;
    set(&course, &p, 0, 1, 0);
    assert_true(course.year[0].external_wait == 1.0);
    assert_true(course.year[0].accept_external == .25);
    mbo_course_free(&course);
}

/* A second call writes its years only and may need more room. */
static void test_set_again(void **state)
{
    mbo_params p = simple(), other = simple();
    mbo_course course = {0};
    (void)state;
    set(&course, &p, 0, 2, 0);
    double before = course.year[0].absence;
    other.hours_per_100 = 10;
    set(&course, &other, 1, 9, 1);
    assert_true(course.year[0].absence == before);
    /* twice the presence: D = 3/4, first year */
    assert_near(course.year[1].absence, exp(-.9 * .75 * .75 * .8), TOLERANCE);
    assert_near(course.year[8].connection[1], exp(-.175 * (.6 + .4 * (1 - exp2(-8)))), TOLERANCE);
    assert_true(course.year[8].connection[9 * MBO_WEEKS] > 0.0);
    mbo_course_free(&course);
    mbo_course_free(&course);
    assert_null(course.year);
}

static void test_teaching_weeks(void **state)
{
    mbo_course course = {.teaching_weeks = 40};
    (void)state;
    assert_int_equal(mbo_teaching_weeks(&course, 0, 52), 40);
    assert_int_equal(mbo_teaching_weeks(&course, 7, 9), 2);
    assert_int_equal(mbo_teaching_weeks(&course, 38, 45), 2);
    assert_int_equal(mbo_teaching_weeks(&course, 40, 52), 0);
    assert_int_equal(mbo_teaching_weeks(&course, 12, 12), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mechanisms),
                                       cmocka_unit_test(test_team),
                                       cmocka_unit_test(test_one_mechanism_at_a_time),
                                       cmocka_unit_test(test_connection),
                                       cmocka_unit_test(test_connection_lost),
                                       cmocka_unit_test(test_ramp_up),
                                       cmocka_unit_test(test_no_hours),
                                       cmocka_unit_test(test_practice_without_hours),
                                       cmocka_unit_test(test_no_coordination),
                                       cmocka_unit_test(test_set_again),
                                       cmocka_unit_test(test_teaching_weeks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
