/* Schools of a few cases made by hand, for tests of the team. */
#ifndef KEA_TESTS_SUPPORT_TEAM_H
#define KEA_TESTS_SUPPORT_TEAM_H

#include "models/mbo/entry.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

/* A test that needs a larger school defines KEA_TEAM_PLACES before it includes this. */
#ifndef KEA_TEAM_PLACES
#define KEA_TEAM_PLACES 12
#endif
enum { PLACES = KEA_TEAM_PLACES, NOW = 10, FIRST_YEAR = 0 };
static const double LONG = 100.0; /* hours: a case that is not finished in these tests */

/* A school with one student per case; case i is that of student i. */
typedef struct {
    mbo_params p;
    mbo_course course;
    mbo_year years[2];
    kea_gamma_table durations;
    mbo_keys keys;
    mbo_school school;
    mbo_student student[PLACES];
    mbo_case item[PLACES];
    mbo_active active[PLACES];
    double effort[PLACES];
    int n;
    int32_t exits[2];
    double out[2][MBO_N_OUTCOMES], waste[MBO_N_OUTCOMES];
    mbo_run run;
} fixture;
static fixture f;

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

static inline void set_params(mbo_params *p)
{
    *p = (mbo_params){.students = PLACES,
                      .teaching_weeks = 40,
                      .duration_shape = 2,
                      .case_hours_per_week = 2,
                      .light_share = .25,
                      .overflow_weeks = 3,
                      .attendance_required = .8};
    SET(p->team_success, 1, 1, 1);
    SET(p->external_wait, 5, 5, 5);
    SET(p->recovery, .1, .1, .1);
    SET(p->escalation, .1, .1);
    SET(p->detection, .01, .01, .01);
    SET(p->age_mean, 18, 18, 18, 18);
    SET(p->age_sd, 2, 2, 2, 2);
    SET(p->inflow_share, .2, .2, .2, .2, .2);
    SET(p->inflow_hazard_ratio, 1, 1, 1, 1, 1);
    SET(p->nominal_years, 3, 3, 3, 3);
}

static inline int open_school(void **state)
{
    kea_error err = {0};
    (void)state;
    f = (fixture){0};
    set_params(&f.p);
    assert_ok(kea_gamma_table_init(&f.durations, f.p.duration_shape, &err), err);
    for (int y = 0; y < 2; y++)
        f.years[y] =
            (mbo_year){.hours_factor = 1, .absence = 1, .needs = 1, .boost = 1, .external_wait = 1};
    f.course = (mbo_course){.p = &f.p,
                            .has_team = true,
                            .teaching_weeks = 40,
                            .max_boost = 1,
                            .n_years = 2,
                            .year = f.years};
    f.school = (mbo_school){.student = f.student,
                            .student_capacity = PLACES,
                            .item = f.item,
                            .case_capacity = PLACES,
                            .first_free_case = MBO_NONE,
                            .active = f.active};
    f.run = (mbo_run){.p = &f.p,
                      .course = &f.course,
                      .durations = &f.durations,
                      .keys = &f.keys,
                      .school = &f.school,
                      .now = NOW,
                      .end = 2 * MBO_WEEKS,
                      .window_end = 2 * MBO_WEEKS,
                      .exits = f.exits,
                      .out = f.out[0],
                      .waste = f.waste};
    mbo_entry_prepare(&f.run);
    return 0;
}

static inline int close_school(void **state)
{
    (void)state;
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        free(f.school.team.queue[s].place);
        free(f.school.team.hand[s].place);
    }
    return 0;
}

/* A new student whose case joins the queue; returns the number of both. */
static inline int queued(int severity, double effort, int joined, double tie)
{
    int i = f.n++;
    f.school.n_cases = (size_t)f.n;
    f.effort[i] = effort;
    f.student[i] = (mbo_student){.id = (uint32_t)i,
                                 .week = joined,
                                 .left = MBO_NEVER,
                                 .first_case = i,
                                 .next = i,
                                 .last_help = MBO_NEVER,
                                 .due = MBO_NEVER,
                                 .onset_week = MBO_NEVER,
                                 .finish = MBO_NEVER,
                                 .arrival = 1e6,
                                 .threshold = 1e6,
                                 .group = 1,
                                 .hazard = 1,
                                 .counted = true,
                                 .helped_year = -1,
                                 .oct_year = -1};
    f.item[i] = (mbo_case){.next = MBO_NONE, .severity = (uint8_t)severity};
    f.item[i].natural_week = f.item[i].detect_week = f.item[i].care_week = MBO_NEVER;
    f.item[i].due = MBO_NEVER;
    mbo_team_join(&f.run, &f.student[i], &f.item[i], effort, tie);
    assert_int_equal(f.run.status, KEA_OK);
    f.student[i].week = f.run.now;
    return i;
}

/* The same, but the team works on it already. */
static inline int in_hand(int severity, double effort, int joined, double tie)
{
    int i = queued(severity, effort, joined, tie);
    mbo_list *queue = &f.school.team.queue[severity], *hand = &f.school.team.hand[severity];
    size_t at = 0;
    while (queue->place[at].item != i)
        at++;
    if (hand->capacity == 0) {
        hand->place = calloc(PLACES, sizeof *hand->place);
        hand->capacity = PLACES;
        assert_non_null(hand->place);
    }
    hand->place[hand->n++] = queue->place[at];
    memmove(&queue->place[at], &queue->place[at + 1], (queue->n - at - 1) * sizeof *queue->place);
    queue->n--;
    f.item[i].state = MBO_WITH_TEAM;
    return i;
}

static inline void work(double hours)
{
    f.course.casework_hours = hours;
    mbo_team_note(&f.run);
    mbo_team_work(&f.run);
    assert_int_equal(f.run.status, KEA_OK);
}

static inline void next_week(void)
{
    f.run.now++;
    for (int i = 0; i < f.n; i++)
        f.student[i].week = f.run.now;
}

static inline double given(int i)
{
    return f.effort[i] - f.item[i].hours_left;
}

static inline void assert_given(int n, const double *hours)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        if (!(fabs(given(i) - hours[i]) <= 1e-12))
            fail_msg("case %d got %g hours, expected %g", i, given(i), hours[i]);
        sum += hours[i];
    }
    assert_near(f.out[FIRST_YEAR][OUT_case_hours], sum, 1e-12);
}

#define ASSERT_GIVEN(...)                                                                          \
    assert_given((int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), (double[]){__VA_ARGS__})

#endif
