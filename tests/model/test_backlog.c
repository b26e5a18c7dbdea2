/* A deterministic backlog: ten cases a week for twenty weeks, hours for eight. The queue grows by
 * two a week to forty, is cleared at the end of week 25, its area is 500 case-weeks, and the mean
 * wait is 2.5 weeks: Little's law, to the last digit. */
#define KEA_TEAM_PLACES 200
#include "tests/support/team.h"

enum { ARRIVALS = 10, CAPACITY = 8, WEEKS_OF_ARRIVALS = 20, CLEARED = 25 };

static size_t waiting(void)
{
    mbo_team_note(&f.run);
    return f.school.team.queue[MBO_LIGHT].n;
}

static void test_backlog(void **state)
{
    (void)state;
    size_t area = 0;
    f.p.light_share = 0;
    f.p.overflow_weeks = 100;
    for (int week = 1; week <= CLEARED; week++) {
        if (week <= WEEKS_OF_ARRIVALS)
            for (int i = 0; i < ARRIVALS; i++)
                (void)queued(MBO_LIGHT, 1.0, f.run.now, (i + 0.5) / ARRIVALS);
        work(CAPACITY);
        size_t expected = week <= WEEKS_OF_ARRIVALS
                              ? (size_t)(2 * week)
                              : (size_t)(40 - CAPACITY * (week - WEEKS_OF_ARRIVALS));
        assert_int_equal(waiting(), expected);
        area += waiting();
        next_week();
    }
    double started = f.out[0][OUT_started], waited = f.out[0][OUT_wait_weeks];
    assert_near(started, ARRIVALS * WEEKS_OF_ARRIVALS, 0.0);
    assert_near(waited, (double)area, 0.0);
    assert_near(waited / started, 2.5, 0.0);
    assert_near(f.out[0][OUT_case_hours], 200.0, 1e-9);
    assert_near(f.out[0][OUT_reach], 200.0, 0.0);
}

/* The same in two batches of which the second finds the team full. */
static void test_full(void **state)
{
    (void)state;
    f.p.light_share = 0;
    f.p.overflow_weeks = 3;
    for (int i = 0; i < 50; i++)
        (void)queued(MBO_LIGHT, 1.0, f.run.now, (i + 0.5) / 50);
    for (int week = 0; week < 6; week++) {
        /* the first of those left has waited `week` weeks */
        work(CAPACITY);
        assert_int_equal(f.school.team.full[MBO_LIGHT], week > 3);
        next_week();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_backlog, open_school, close_school),
        cmocka_unit_test_setup_teardown(test_full, open_school, close_school),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
