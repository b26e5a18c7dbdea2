/* How the team of models/mbo shares out its hours, on schools of a few cases made by hand. */
#include "models/mbo/life.h"
#include "tests/support/team.h"

/* As the calendar does before students live on. */
static void take_stock(void)
{
    for (int i = 0; i < f.n; i++)
        mbo_take_stock(&f.run, &f.student[i]);
}

/* --- the order of service --------------------------------------------------------------------- */

static void test_weekly_limit(void **state)
{
    (void)state;
    f.p.light_share = 0;
    queued(MBO_SEVERE, LONG, NOW, .5);
    work(8);
    ASSERT_GIVEN(2);
    next_week();
    work(8);
    ASSERT_GIVEN(4); /* what nobody needed is not kept for a later week */
    next_week();
    work(1.25);
    ASSERT_GIVEN(5.25);
    next_week();
    work(0);
    ASSERT_GIVEN(5.25);
}

static void test_light_reserve(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        in_hand(MBO_SEVERE, LONG, i, .5);
    in_hand(MBO_LIGHT, LONG, 5, .5);
    in_hand(MBO_LIGHT, LONG, 6, .5);
    work(8); /* 2 for light cases, 6 for the rest */
    ASSERT_GIVEN(2, 2, 2, 0, 2, 0);
}

static void test_no_reserve(void **state)
{
    (void)state;
    f.p.light_share = 0;
    for (int i = 0; i < 4; i++)
        in_hand(MBO_SEVERE, LONG, i, .5);
    in_hand(MBO_LIGHT, LONG, 0, .5);
    work(8);
    ASSERT_GIVEN(2, 2, 2, 2, 0);
}

/* A light case in hand is not served twice, even when the reserve gave it less than its limit. */
static void test_light_once(void **state)
{
    (void)state;
    in_hand(MBO_LIGHT, LONG, 1, .5);
    in_hand(MBO_LIGHT, LONG, 2, .5);
    in_hand(MBO_LIGHT, LONG, 3, .5);
    work(10); /* 2.5 reserved: the second gets the half, the third is served on the rest */
    ASSERT_GIVEN(2, .5, 2);
}

static void test_severe_first_in_hand(void **state)
{
    (void)state;
    f.p.light_share = 0;
    in_hand(MBO_LIGHT, LONG, 1, .5);
    in_hand(MBO_MODERATE, LONG, 2, .5);
    in_hand(MBO_SEVERE, LONG, 3, .5);
    work(2);
    ASSERT_GIVEN(0, 0, 2);
    next_week();
    work(4);
    ASSERT_GIVEN(0, 2, 4);
    next_week();
    work(5);
    ASSERT_GIVEN(1, 4, 6);
}

static void test_hand_before_queue(void **state)
{
    (void)state;
    f.p.light_share = 0;
    queued(MBO_SEVERE, LONG, 1, .1);
    queued(MBO_SEVERE, LONG, 2, .1);
    in_hand(MBO_LIGHT, LONG, 3, .5);
    in_hand(MBO_MODERATE, LONG, 4, .5);
    work(6);
    ASSERT_GIVEN(2, 0, 2, 2);
}

/* The reserve serves light cases of the queue before severe ones. */
static void test_reserve_in_the_queue(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        queued(MBO_SEVERE, LONG, 1, .1 * i);
    queued(MBO_LIGHT, LONG, 9, .5);
    queued(MBO_LIGHT, LONG, 9, .6);
    work(8);
    ASSERT_GIVEN(2, 2, 2, 0, 2, 0);
}

/* What light cases leave of the reserve goes to the queue, not to cases in hand. */
static void test_rest_of_the_reserve(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        in_hand(MBO_SEVERE, LONG, i, .5);
    queued(MBO_MODERATE, LONG, 5, .5);
    queued(MBO_MODERATE, LONG, 6, .5);
    work(8);
    ASSERT_GIVEN(2, 2, 2, 0, 2, 0);
}

static void test_severe_first_in_the_queue(void **state)
{
    (void)state;
    f.p.light_share = 0;
    queued(MBO_LIGHT, LONG, 1, .5);
    queued(MBO_MODERATE, LONG, 2, .5);
    queued(MBO_SEVERE, LONG, 3, .5);
    queued(MBO_MODERATE, LONG, 4, .5);
    work(7);
    ASSERT_GIVEN(1, 2, 2, 2);
}

static void test_dates_and_ties(void **state)
{
    (void)state;
    f.p.light_share = 0;
    queued(MBO_SEVERE, LONG, 5, .1);
    queued(MBO_SEVERE, LONG, 3, .9);
    queued(MBO_SEVERE, LONG, 3, .2);
    queued(MBO_SEVERE, LONG, 4, .0);
    work(5);
    ASSERT_GIVEN(0, 2, 2, 1);
    assert_int_equal(f.item[0].state, MBO_WAITING_TEAM);
    assert_int_equal(f.item[3].state, MBO_WITH_TEAM);
    /* the order in hand is the same one, not that of starting */
    next_week();
    work(3);
    ASSERT_GIVEN(0, 3, 4, 1);
}

/* Who needs less leaves the difference to the next. */
static void test_leftovers(void **state)
{
    (void)state;
    f.p.light_share = 0;
    int small = in_hand(MBO_MODERATE, .5, 1, .5);
    int next = in_hand(MBO_MODERATE, LONG, 2, .5);
    int last = queued(MBO_LIGHT, LONG, 3, .5);
    work(3);
    assert_int_equal(f.student[small].first_case, MBO_NONE);
    assert_near(given(next), 2, 1e-12);
    assert_near(given(last), .5, 1e-12);
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], 3, 1e-12);
}

/* --- when the hours are delivered ------------------------------------------------------------- */

static void test_success(void **state)
{
    (void)state;
    int i = queued(MBO_MODERATE, 3, NOW, .5);
    work(8);
    assert_int_equal(f.item[i].state, MBO_WITH_TEAM);
    assert_int_equal(f.student[i].n_team, 1);
    next_week();
    work(8);
    assert_int_equal(f.student[i].first_case, MBO_NONE);
    assert_int_equal(f.student[i].n_team, 0);
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], 3, 1e-12);
    next_week();
    work(8);
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], 3, 1e-12);
}

static void test_failure(void **state)
{
    (void)state;
    SET(f.p.team_success, 1, 0, 1);
    int i = queued(MBO_MODERATE, 1.5, NOW, .5);
    work(8);
    assert_int_equal(f.student[i].first_case, i);
    assert_int_equal(f.student[i].n_team, 0);
    assert_int_equal(f.item[i].state, MBO_UNDETECTED);
    assert_false(f.item[i].refused);
    assert_true(f.item[i].natural_week > NOW); /* part (c) of this week is over */
    assert_true(f.item[i].detect_week > NOW);
    assert_near(f.out[FIRST_YEAR][OUT_external_light], 0, 0);
}

/* A warm hand-over: one referral, and the student turns up whatever accept_external is. */
static void test_hand_over(void **state)
{
    (void)state;
    SET(f.p.team_referral, 0, 1, 1);
    int moderate = queued(MBO_MODERATE, 1, NOW, .5);
    int severe = queued(MBO_SEVERE, 2, NOW, .5);
    int light = queued(MBO_LIGHT, 1, NOW, .5);
    work(8);
    assert_int_equal(f.item[moderate].state, MBO_WAITING_EXTERNAL);
    assert_int_equal(f.item[severe].state, MBO_WAITING_EXTERNAL);
    assert_true(f.item[severe].care_week > NOW);
    assert_true(f.item[severe].natural_week > NOW && f.item[severe].natural_week != MBO_NEVER);
    assert_int_equal(f.student[severe].n_team, 0);
    assert_int_equal(f.student[light].first_case, MBO_NONE);
    assert_near(f.out[FIRST_YEAR][OUT_external_light], 1, 0);
    assert_near(f.out[FIRST_YEAR][OUT_external_specialist], 1, 0);
}

static void test_counts(void **state)
{
    (void)state;
    int i = queued(MBO_SEVERE, LONG, NOW - 4, .5);
    int other = queued(MBO_LIGHT, LONG, NOW, .5);
    const double *row = f.out[FIRST_YEAR];
    f.item[i].natural_week = f.item[i].due = NOW + 2;
    work(2); /* half an hour is for the light case */
    assert_near(given(i), 1.5, 1e-12);
    assert_near(given(other), .5, 1e-12);
    assert_near(row[OUT_started], 2, 0);
    assert_near(row[OUT_wait_weeks], 4, 0);
    assert_near(row[OUT_reach], 2, 0);
    assert_int_equal(f.student[i].last_help, NOW);
    assert_int_equal(f.item[i].natural_week, MBO_NEVER); /* in care nothing changes by itself */
    next_week();
    work(2);
    assert_near(row[OUT_started], 2, 0);
    assert_near(row[OUT_wait_weeks], 4, 0);
    assert_near(row[OUT_reach], 2, 0); /* once per school year */
    assert_int_equal(f.student[i].last_help, NOW + 1);
    take_stock();
    f.run.now = MBO_WEEKS;
    work(2);
    assert_near(f.out[1][OUT_reach], 2, 0);
    assert_near(f.out[1][OUT_case_hours], 2, 1e-12);
}

static void test_not_counted(void **state)
{
    (void)state;
    int i = queued(MBO_SEVERE, LONG, NOW, .5);
    f.student[i].counted = false;
    work(2);
    assert_near(given(i), 2, 1e-12);
    assert_near(f.out[FIRST_YEAR][OUT_reach], 0, 0);
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], 0, 0);
}

/* --- full, and cases that change while they wait ---------------------------------------------- */

static void test_full(void **state)
{
    const bool *full = f.school.team.full;
    (void)state;
    queued(MBO_MODERATE, LONG, NOW - 1, .5);
    queued(MBO_MODERATE, LONG, NOW - 3, .5);
    in_hand(MBO_SEVERE, LONG, 0, .5); /* does not wait */
    mbo_team_note(&f.run);
    assert_false(full[MBO_MODERATE]); /* three weeks do not exceed three */
    next_week();
    mbo_team_note(&f.run);
    assert_true(full[MBO_MODERATE]);
    assert_false(full[MBO_LIGHT]);
    assert_false(full[MBO_SEVERE]);
    work(2.5); /* on the rest 1.875, on the queue what the reserve left */
    mbo_team_note(&f.run);
    assert_false(full[MBO_MODERATE]);
}

/* One case of the week: recovery or escalation, as if its threshold were reached. */
static void happens(int i, bool recovery)
{
    f.item[i].natural_week = f.item[i].due = f.run.now;
    f.item[i].recovers = recovery;
    assert_true(mbo_case_events(&f.run, &f.student[i]));
}

/* A case that worsens keeps its date and its hours: it goes before those who joined later. */
static void test_escalation(void **state)
{
    (void)state;
    int later = queued(MBO_MODERATE, LONG, 8, .1);
    int worse = queued(MBO_LIGHT, 7, 5, .9);
    int earlier = queued(MBO_MODERATE, LONG, 4, .2);
    happens(worse, false);
    assert_int_equal(f.item[worse].severity, MBO_MODERATE);
    assert_int_equal(f.item[worse].state, MBO_WAITING_TEAM);
    assert_int_equal(f.item[worse].joined, 5);
    assert_near(f.item[worse].hours_left, 7, 0);
    assert_int_equal(f.student[worse].n_team, 1);
    assert_near(f.out[FIRST_YEAR][OUT_escalations], 1, 0);
    f.course.casework_hours = 3;
    mbo_team_work(&f.run); /* in the same week */
    assert_near(given(earlier), 2, 1e-12);
    assert_near(given(worse), 1, 1e-12);
    assert_near(given(later), 0, 0);
    assert_near(f.out[FIRST_YEAR][OUT_started], 2, 0); /* its old place is void */
    assert_near(f.out[FIRST_YEAR][OUT_wait_weeks], 6 + 5, 0);
}

static void test_full_after_escalation(void **state)
{
    (void)state;
    int i = queued(MBO_LIGHT, LONG, NOW - 4, .5);
    mbo_team_note(&f.run);
    assert_true(f.school.team.full[MBO_LIGHT]);
    happens(i, false);
    assert_true(f.school.team.full[MBO_LIGHT]); /* as noted at the start of the week */
    next_week();
    mbo_team_note(&f.run);
    assert_false(f.school.team.full[MBO_LIGHT]);
    assert_true(f.school.team.full[MBO_MODERATE]);
}

static void test_recovery_leaves_the_queue(void **state)
{
    (void)state;
    int gone = queued(MBO_SEVERE, LONG, 1, .5);
    int next = queued(MBO_SEVERE, LONG, 9, .5);
    happens(gone, true);
    assert_int_equal(f.student[gone].first_case, MBO_NONE);
    assert_int_equal(f.student[gone].n_team, 0);
    f.course.casework_hours = 2;
    mbo_team_work(&f.run);
    assert_near(given(next), 2, 1e-12);
    assert_near(f.out[FIRST_YEAR][OUT_started], 1, 0);
    mbo_team_note(&f.run);
    assert_false(f.school.team.full[MBO_SEVERE]);
}

/* Leaving school ends queued and running work, and the place of a case is not handed on to the case
 * that gets its memory. */
static void test_leaving(void **state)
{
    (void)state;
    f.years[0].dropout[0] = 1.0;
    int waits = queued(MBO_SEVERE, LONG, 1, .5), runs = in_hand(MBO_SEVERE, LONG, 2, .5);
    int stays = queued(MBO_SEVERE, LONG, 3, .5);
    f.student[waits].threshold = f.student[runs].threshold = .5;
    take_stock();
    mbo_live(&f.run, &f.student[waits], NOW + 1);
    mbo_live(&f.run, &f.student[runs], NOW + 1);
    assert_int_equal(f.student[waits].left, NOW);
    assert_int_equal(f.student[runs].n_team, 0);
    f.item[runs] = (mbo_case){.next = MBO_NONE, .severity = MBO_SEVERE, .hours_left = LONG};
    next_week();
    work(8);
    assert_near(given(stays), 2, 1e-12);
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], 2, 1e-12);
    assert_near(f.out[FIRST_YEAR][OUT_started], 1, 0);
}

/* 5 hours per 100 students, a fifth of it among students, 38 weeks: 0.38 hours for each, 0.19 brief
 * contacts. Of 170 students without casework 1 - exp(-0.19) have at least one. */
static void test_spoken(void **state)
{
    (void)state;
    mbo_params p = {
        .hours_per_100 = 5, .presence_share = .2, .teaching_weeks = 38, .brief_contacts = .5};
    double row[MBO_N_OUTCOMES] = {0};
    row[OUT_students] = 200;
    row[OUT_reach] = 30;
    mbo_team_count_spoken(&p, 1, 1, 0, row);
    assert_near(row[OUT_spoken], 30 + 170 * (1 - exp(-.19)), 1e-12);
    assert_near(row[OUT_spoken], 59.416947, 1e-6);
    mbo_team_count_spoken(&p, .5, 1, 0, row); /* a year with half the hours */
    assert_near(row[OUT_spoken], 30 + 170 * (1 - exp(-.095)), 1e-12);
    p.presence_share = 0; /* nobody is met by chance */
    mbo_team_count_spoken(&p, 1, 1, 0, row);
    assert_near(row[OUT_spoken], 30, 0);
    p.presence_share = .2;
    row[OUT_reach] = 0;
    p.hours_per_100 = 0;
    mbo_team_count_spoken(&p, 1, 1, 0, row);
    assert_near(row[OUT_spoken], 0, 0);
}

#define TEAM_TEST(test) cmocka_unit_test_setup_teardown(test, open_school, close_school)

int main(void)
{
    const struct CMUnitTest tests[] = {TEAM_TEST(test_weekly_limit),
                                       TEAM_TEST(test_light_reserve),
                                       TEAM_TEST(test_no_reserve),
                                       TEAM_TEST(test_light_once),
                                       TEAM_TEST(test_severe_first_in_hand),
                                       TEAM_TEST(test_hand_before_queue),
                                       TEAM_TEST(test_reserve_in_the_queue),
                                       TEAM_TEST(test_rest_of_the_reserve),
                                       TEAM_TEST(test_severe_first_in_the_queue),
                                       TEAM_TEST(test_dates_and_ties),
                                       TEAM_TEST(test_leftovers),
                                       TEAM_TEST(test_success),
                                       TEAM_TEST(test_failure),
                                       TEAM_TEST(test_hand_over),
                                       TEAM_TEST(test_counts),
                                       TEAM_TEST(test_not_counted),
                                       TEAM_TEST(test_full),
                                       TEAM_TEST(test_escalation),
                                       TEAM_TEST(test_full_after_escalation),
                                       TEAM_TEST(test_recovery_leaves_the_queue),
                                       TEAM_TEST(test_leaving),
                                       cmocka_unit_test(test_spoken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
