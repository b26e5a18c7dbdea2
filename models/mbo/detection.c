/* How a case is noticed, and where it goes then: mentor, team, outside, or nowhere. */
#include "models/mbo/detection.h"

#include "models/mbo/external.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"

#include <math.h>

enum { ROUTE_BLOCKS = 4 }; /* blocks of random numbers per detection, see route_pair() */

static double detection_rate(const mbo_params *p, const mbo_case *item)
{
    return p->detection[item->severity] * (item->refused ? p->refusal_detection : 1.0);
}

/* The first teaching week from detect_since on in which the cumulative hazard reaches `left`. */
static int32_t detection_week(const mbo_course *course, double rate, const mbo_case *item)
{
    double left = item->detect_left;
    int year = mbo_year_of(item->detect_since);
    int week = item->detect_since - year * MBO_WEEKS;
    for (; year < course->n_years; year++, week = 0) {
        int n = mbo_teaching_weeks(course, week, MBO_WEEKS);
        double weekly = rate * course->year[year].boost;
        if (left <= weekly * n)
            return year * MBO_WEEKS + week + mbo_earlier(mbo_whole_weeks(left / weekly), n) - 1;
        left -= weekly * n;
    }
    return MBO_NEVER;
}

/* Most cases heal or worsen before anyone notices. A bound shows that without going through the
 * years: the hazard grows by no more than the largest boost in each week. The slack is far above
 * all rounding. */
static bool comes_too_late(double rate, const mbo_run *run, const mbo_case *item)
{
    double weeks = (double)(item->natural_week - item->detect_since);
    return item->detect_left > rate * run->course->max_boost * weeks * (1.0 + 1e-9);
}

void mbo_find_detection(const mbo_run *run, mbo_case *item)
{
    double rate = detection_rate(run->p, item);
    item->detect_week = MBO_NEVER;
    if (!comes_too_late(rate, run, item))
        item->detect_week = detection_week(run->course, rate, item);
}

void mbo_settle_detection(const mbo_params *p, const mbo_course *course, mbo_case *item,
                          int32_t week)
{
    double rate = detection_rate(p, item);
    while (item->detect_since < week) {
        int year = mbo_year_of(item->detect_since);
        int32_t to = mbo_earlier(week, (year + 1) * MBO_WEEKS);
        int n = mbo_teaching_weeks(course, item->detect_since - year * MBO_WEEKS,
                                   to - year * MBO_WEEKS);
        item->detect_left -= rate * course->year[year].boost * n;
        item->detect_since = to;
    }
    /* Not reached yet, so something is left; rounding may say otherwise. */
    if (item->detect_left < 1e-12)
        item->detect_left = 1e-12;
}

void mbo_set_detection(const mbo_run *run, mbo_case *item, int32_t from, double time, double mentor)
{
    item->detect_left = kea_rng_exponential(time);
    item->mentor = mentor;
    item->detect_since = from;
    mbo_find_detection(run, item);
}

void mbo_schedule_detection(const mbo_run *run, const mbo_student *student, mbo_case *item,
                            int32_t from)
{
    double u[2];
    kea_rng_pair(run->keys->detection, mbo_case_address(run, student, item), item->n_detected, u);
    mbo_set_detection(run, item, from, u[0], u[1]);
}

/* Still or again unseen after a detection that led to nothing. */
static void look_again(const mbo_run *run, const mbo_student *student, mbo_case *item, bool refused)
{
    if (refused)
        item->refused = 1;
    item->n_detected++;
    mbo_schedule_detection(run, student, item, student->week + 1);
    mbo_case_set_due(item);
}

/* The numbers behind one detection. Block b of round n is at ROUTE_BLOCKS * n + b; blocks are
 * opened only where the route comes by: 0 mentor and team, 1 team, 2 outside, 3 waits and ties. */
static void route_pair(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                       uint32_t block, double u[2])
{
    kea_rng_pair(run->keys->routing, mbo_case_address(run, student, item),
                 ROUTE_BLOCKS * (uint32_t)item->n_detected + block, u);
}

static void route_outside(mbo_run *run, mbo_student *student, mbo_case *item)
{
    double u[2], last[2], rate = run->p->refer_external[item->severity];
    if (rate > 0.0)
        route_pair(run, student, item, 2, u);
    if (rate <= 0.0 || u[0] >= rate) {
        mbo_tell(run, student, MARK("is not referred: nothing happens"), NULL, (double)NAN);
        look_again(run, student, item, false);
        return;
    }
    mbo_count_referral(run, student, item);
    if (u[1] < run->course->year[student->week / MBO_WEEKS].accept_external) {
        route_pair(run, student, item, 3, last);
        mbo_wait_outside(run, student, item, last[0]);
    } else {
        mbo_tell(run, student, MARK("does not turn up outside"), NULL, (double)NAN);
        look_again(run, student, item, true);
    }
}

static void route_team(mbo_run *run, mbo_student *student, mbo_case *item)
{
    double u[2], last[2];
    route_pair(run, student, item, 1, u);
    if (u[0] >= run->course->year[student->week / MBO_WEEKS].accept_team) {
        mbo_tell(run, student, MARK("says no to the team"), NULL, (double)NAN);
        look_again(run, student, item, true);
        return;
    }
    route_pair(run, student, item, 3, last);
    double effort = run->p->effort[item->severity] * kea_gamma_table_quantile(run->durations, u[1]);
    mbo_team_join(run, student, item, effort, last[1]);
    mbo_case_set_due(item);
}

/* What a detection leads to first. */
typedef struct first_step {
    bool mentor, resolved, for_team;
} first_step;

static first_step take_first_step(const mbo_run *run, const mbo_student *student,
                                  const mbo_case *item)
{
    const mbo_params *p = run->p;
    bool has_team = mbo_has_team(run->course, student->week);
    double handles = has_team ? p->team_handles[item->severity] : 0.0;
    double u[2] = {0.0, 0.0};
    first_step step = {.mentor =
                           item->severity == MBO_LIGHT &&
                           item->mentor < (has_team ? p->mentor_share_team : p->mentor_share)};
    if (step.mentor || (handles > 0.0 && handles < 1.0))
        route_pair(run, student, item, 0, u);
    step.resolved = step.mentor && u[0] < p->mentor_success;
    step.for_team = !step.resolved && u[1] < handles;
    return step;
}

bool mbo_detect(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    first_step step = take_first_step(run, student, item);
    if (step.for_team && student->week != run->now)
        return false;

    double *row = mbo_row(run, student, student->week);
    row[OUT_detected] += 1.0;
    row[OUT_severe_detected] += item->severity == MBO_SEVERE;
    mbo_tell(run, student, MARK("a need is noticed"), mbo_severity_name(item->severity),
             (double)NAN);
    if (step.mentor) {
        mbo_tell(run, student,
                 step.resolved ? MARK("the mentor solves it") : MARK("the mentor tries"), NULL,
                 (double)NAN);
        row[OUT_mentor_hours] += run->p->mentor_hours;
    }
    if (step.resolved) {
        mbo_case_close(run, student, slot);
    } else if (step.for_team && !run->school->team.full[item->severity]) {
        route_team(run, student, item);
    } else {
        if (step.for_team) {
            row[OUT_overflow] += 1.0;
            mbo_tell(run, student, MARK("the team is full"), NULL, (double)NAN);
        }
        route_outside(run, student, item);
    }
    return true;
}
