/* Attendance, progress and leaving: part (e) of a week, for many weeks at a time. Between two case
 * events a student's burden is constant, so hazard and progress grow by the same amount every
 * teaching week and whole stretches are taken at once. */
#include "models/mbo/life.h"

#include "models/mbo/entry.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"

#include <assert.h>
#include <math.h>

enum {
    LATER_BLOCKS = 4
}; /* entry stream: 4 progression from levels 1, 2; 5 level 3, entree work */

static const double VSV_AGE = 23.0;

/* A uniform that decides on something at leaving level `index` (3: entree work). */
static double later_uniform(const mbo_run *run, const mbo_student *student, unsigned index)
{
    double u[2];
    kea_rng_pair(run->keys->entry, mbo_student_address(run, student), LATER_BLOCKS + index / 2, u);
    return u[index % 2];
}

static bool on_entree_diploma(const mbo_student *student)
{
    return student->diploma == 1 && student->level == 0;
}

static bool works(const mbo_run *run, const mbo_student *student)
{
    return later_uniform(run, student, 3) < run->p->entree_diploma_work;
}

/* A new early school leaver (vsv): younger than 23 and without a basic qualification (a diploma of
 * level 2 or more). Who leaves on an entree diploma (level 1) does not count when in work; who
 * drops out of a higher level counts, with or without one. */
static bool leaves_early(const mbo_run *run, const mbo_student *student, int32_t week)
{
    if (student->qualified || student->diploma >= 2)
        return false;
    if (!mbo_is_younger(run, student, week, VSV_AGE))
        return false;
    return !on_entree_diploma(student) || !works(run, student);
}

static void count_leaver(mbo_run *run, const mbo_student *student, int32_t week)
{
    double *row = mbo_row(run, student, week);
    bool qualified = student->qualified || student->diploma >= 2 ||
                     (on_entree_diploma(student) && works(run, student));
    row[qualified ? OUT_left_qualified : OUT_left_unqualified] += 1.0;
    row[OUT_exit_burden] += student->burden;
}

/* The same student under the comparator: only those who were at school under both are compared. */
static void count_pair(mbo_run *run, const mbo_student *student, int32_t week, bool early)
{
    uint8_t *fate = &run->fate[student->id];
    if (run->comparator)
        *fate = early ? MBO_LEFT_EARLY : MBO_LEFT;
    if (*fate == MBO_NOT_SEEN || student->last_help == MBO_NEVER ||
        student->last_help < run->decision)
        return;
    double *row = mbo_row(run, student, week);
    row[OUT_helped] += 1.0;
    row[OUT_helped_vsv] += early;
    row[OUT_helped_vsv_comparator] += *fate == MBO_LEFT_EARLY;
}

static void leave(mbo_run *run, mbo_student *student, int32_t week)
{
    int year = week / MBO_WEEKS;
    bool early = leaves_early(run, student, week);
    if (run->listener)
        mbo_tell_in(run, student, week,
                    early ? MARK("leaves as an early school leaver (vsv), aged")
                          : MARK("leaves school, aged"),
                    mbo_age(run, student, week));
    if (early) {
        double *row = mbo_row(run, student, week);
        int october = student->oct_year == year ? student->oct_level : student->level;
        row[OUT_vsv] += 1.0;
        row[OUT_vsv_level1 + october] += 1.0;
    }
    count_leaver(run, student, week);
    if (run->fate && student->counted)
        count_pair(run, student, week, early);
    while (student->first_case != MBO_NONE) {
        const mbo_case *item = &run->school->item[student->first_case];
        if (item->state == MBO_WAITING_TEAM)
            mbo_team_leave_queue(run, student, item, week);
        mbo_case_close(run, student, student->first_case);
    }
    student->n_team = 0;
    student->left = week;
    run->exits[year]++;
    run->n_counted -= student->counted;
}

int32_t mbo_earliest_finish(const mbo_run *run, const mbo_student *student)
{
    int last = run->course->teaching_weeks, half = last / 2;
    int y = mbo_year_of(student->week);
    /* counted in teaching weeks */
    int now = y * last + mbo_teaching_weeks(run->course, 0, student->week - y * MBO_WEEKS);
    int then = now + mbo_whole_weeks(run->needed[student->level] - student->progress);
    int year = (then - 1) / last;
    return year * MBO_WEEKS + (then - year * last <= half ? half : last);
}

static void go_on(const mbo_run *run, mbo_student *student, int32_t week)
{
    double old_rate = run->p->need_rate[student->level];
    int year = week / MBO_WEEKS;
    if (student->oct_year != year) {
        student->oct_year = (int16_t)year;
        student->oct_level = student->level;
    }
    student->level++;
    student->progress = 0.0;
    student->group = 1.0;
    mbo_tell_in(run, student, week, MARK("goes on at level"), student->level + 1);
    mbo_change_need_rate(run, student, old_rate, week + 1);
}

static void graduate(mbo_run *run, mbo_student *student, int32_t week)
{
    mbo_row(run, student, week)[OUT_diplomas] += 1.0;
    mbo_tell_in(run, student, week, MARK("earns a diploma at level"), student->level + 1);
    if (student->diploma < student->level + 1)
        student->diploma = (uint8_t)(student->level + 1);
    bool goes_on = student->level + 1 < MBO_LEVELS && later_uniform(run, student, student->level) <
                                                          run->p->progression[student->level];
    if (goes_on)
        go_on(run, student, week);
    else
        leave(run, student, week);
}

/* The end of a graduation week in which the diploma may be due. */
static void reach_finish(mbo_run *run, mbo_student *student)
{
    if (student->progress >= run->needed[student->level])
        graduate(run, student, student->week - 1);
    student->finish = mbo_earliest_finish(run, student);
}

static double dropout_rate(const mbo_student *student, const mbo_year *year)
{
    return year->dropout[student->level] * student->hazard * student->group;
}

/* The cumulative hazard of n teaching weeks, at rate 1 without help. The first of the weeks that
 * had hours of the team are like the week of the hours itself; then the connection fades. Without
 * branches but for years that have no team: who was helped when cannot be predicted. */
static double weeks_at_risk(const mbo_student *student, const mbo_year *year, int n)
{
    const double *sum = year->connection;
    if (!sum)
        return n;
    bool never = student->last_help == MBO_NEVER;
    int since = never ? 1 : student->week - student->last_help;
    int helped = mbo_earlier(since > 0 ? 0 : 1 - since, n);
    int first = since > 1 ? since : 1;
    double weeks = helped * (sum[1] - sum[0]) + (sum[first + n - helped] - sum[first]);
    return never ? n : weeks;
}

/* Lets the dropout hazard of n teaching weeks act; returns the number of the week (1..n) in which
 * the student drops out, or 0. */
static int drop_out(mbo_student *student, const mbo_year *year, int n)
{
    double rate = dropout_rate(student, year);
    double total = rate * weeks_at_risk(student, year, n);
    if (total < student->threshold) {
        student->threshold -= total;
        return 0;
    }
    int week = mbo_earlier(mbo_whole_weeks(student->threshold / rate), n); /* no help: this one */
    while (week < n && rate * weeks_at_risk(student, year, week) < student->threshold)
        week++;
    return week;
}

/* Attendance and progress in n teaching weeks of a school year. */
static void attend(const mbo_run *run, mbo_student *student, const mbo_year *year, int n,
                   double *row)
{
    const mbo_params *p = run->p;
    double intensity = p->absence_base[student->level] + p->absence_burden * student->burden;
    double attended = kea_fast_exp(-intensity * year->absence);
    double rate = attended * run->attendance_weight;
    rate = rate < 1.0 ? rate : 1.0;
    row[OUT_teaching_enrolled_weeks] += n;
    row[OUT_absence_weeks] += n * (1.0 - attended);
    row[OUT_burden_weeks] += n * student->burden;
    student->progress += n * rate;
}

/* The 1-October count in week 0 of a year, without a branch: half of the stretches begin there. */
static void count_october(const mbo_run *run, const mbo_student *student, int week, double *row)
{
    int first = week == 0;
    row[OUT_students] += first;
    row[OUT_stock_level1 + student->level] += first;
    if (run->listener && first)
        mbo_tell_in(run, student, student->week, MARK("begins a school year at level"),
                    student->level + 1);
}

void mbo_live(mbo_run *run, mbo_student *student, int32_t until)
{
    int32_t start = student->week;
    int y = mbo_year_of(start);
    int32_t year_start = y * MBO_WEEKS;
    const mbo_year *year = &run->course->year[y];
    double *row = mbo_row(run, student, start);
    count_october(run, student, start - year_start, row);

    int32_t end = mbo_earlier(mbo_earlier(until, year_start + MBO_WEEKS), student->finish);
    int n = mbo_teaching_weeks(run->course, start - year_start, end - year_start);
    assert(end > start && !student->changed);
    int dropped = drop_out(student, year, n);
    if (dropped) {
        n = dropped;
        end = start + n;
    }
    row[OUT_enrolled_weeks] += end - start;
    row[OUT_unmet_weeks] += (end - start) * student->unmet;
    attend(run, student, year, n, row);
    student->week = end;
    if (dropped) {
        row[OUT_dropout] += 1.0;
        mbo_tell_in(run, student, end - 1, MARK("drops out of level"), student->level + 1);
        leave(run, student, end - 1);
    } else if (end == student->finish) {
        reach_finish(run, student);
    }
}

void mbo_catch_up(mbo_run *run, mbo_student *student)
{
    while (student->week < run->now)
        mbo_live(run, student, run->now);
}

/* Weeks that the student surely does not drop out in: help of the team only lowers the hazard. */
static int safe_weeks(const mbo_run *run, const mbo_student *student)
{
    double rate = dropout_rate(student, &run->course->year[mbo_year_of(student->week)]);
    double weeks = student->threshold * (1.0 - 1e-9) / rate;
    return (int)(weeks < MBO_WEEKS ? weeks : MBO_WEEKS);
}

int32_t mbo_next_visit(const mbo_run *run, mbo_student *student)
{
    if (student->changed)
        mbo_take_stock(run, student);
    int32_t year_end = (mbo_year_of(student->week) + 1) * MBO_WEEKS;
    if (year_end > run->end)
        return year_end;
    int32_t leaves = mbo_earlier(student->finish - 1, student->week + safe_weeks(run, student));
    return mbo_earlier(mbo_earlier(mbo_next_event(student), year_end), leaves);
}
