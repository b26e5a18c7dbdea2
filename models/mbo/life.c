/* Attendance, progress and leaving: part (e) of a week, for many weeks at a time. Between two case
 * events a student's burden is constant, so hazard and progress grow by the same amount every
 * teaching week and whole stretches are taken at once. */
#include "models/mbo/life.h"

#include "models/mbo/entry.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"

#include <math.h>

enum {
    LATER_BLOCKS = 4
}; /* entry stream: 4 progression from levels 1, 2; 5 level 3, entree work */

static const double VSV_AGE = 23.0;

static void count_october(const mbo_run *run, mbo_student *student)
{
    double *row = mbo_row(run, student, student->week);
    row[OUT_students] += 1.0;
    row[OUT_stock_level1 + student->level] += 1.0;
}

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
    if (mbo_age(run, student, week) >= VSV_AGE)
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
    mbo_tell_in(run, student, week, MARK("goes on at level"), student->level + 1);
    student->attended_year = -1;
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

static double needed_progress(const mbo_run *run, const mbo_student *student)
{
    return run->p->nominal_years[student->level] * run->p->teaching_weeks;
}

/* The week of the year up to which the student surely neither graduates nor changes year: the next
 * graduation (after half and after all teaching weeks) that full progress could reach, else 52. */
static int safe_until(const mbo_run *run, const mbo_student *student, int week)
{
    int last = run->course->teaching_weeks;
    int half = last / 2;
    double missing = needed_progress(run, student) - student->progress;
    if (week < half && half - week >= missing)
        return half;
    if (week < last && last - week >= missing)
        return last;
    return MBO_WEEKS;
}

/* Lets the dropout hazard of n teaching weeks act; returns the number of the week (1..n) in which
 * the student drops out, or 0. */
static int drop_out(mbo_student *student, const mbo_year *year, int n)
{
    double group = student->level == student->entry_level ? student->group : 1.0;
    double rate = year->dropout[student->level] * student->hazard * group;
    const double *sum = year->connection;
    bool helped = student->last_help != MBO_NEVER && sum;
    if (helped)
        sum += student->week - student->last_help;
    double total = rate * (helped ? sum[n] - sum[0] : (double)n);
    if (total < student->threshold) {
        student->threshold -= total;
        return 0;
    }
    if (!helped) {
        double week = ceil(student->threshold / rate);
        return week < 1.0 ? 1 : week > n ? n : (int)week;
    }
    int week = 1;
    while (week < n && rate * (sum[week] - sum[0]) < student->threshold)
        week++;
    return week;
}

/* With a burden; kept for the weeks in which nothing changes. */
static double attended_share(const mbo_run *run, mbo_student *student, int y)
{
    const mbo_params *p = run->p;
    if (student->attended_year != y) {
        double intensity = p->absence_base[student->level] + p->absence_burden * student->burden;
        student->attended = exp(-intensity * run->course->year[y].absence);
        student->attended_year = (int16_t)y;
    }
    return student->attended;
}

void mbo_live(mbo_run *run, mbo_student *student, int32_t until)
{
    int32_t start = student->week;
    int y = start / MBO_WEEKS;
    int from = start - y * MBO_WEEKS;
    const mbo_year *year = &run->course->year[y];
    if (from == 0) {
        count_october(run, student);
        mbo_tell_in(run, student, student->week, MARK("begins a school year at level"),
                    student->level + 1);
    }
    if (student->changed)
        mbo_burden(run, student);

    int safe = safe_until(run, student, from);
    int to = until - y * MBO_WEEKS < safe ? until - y * MBO_WEEKS : safe;
    int n = mbo_teaching_weeks(run->course, from, to);
    int dropped = n > 0 ? drop_out(student, year, n) : 0;
    if (dropped) {
        n = dropped;
        to = from + n;
    }
    double attended = year->attended[student->level];
    double rate = year->progress[student->level];
    if (student->burden > 0.0) {
        attended = attended_share(run, student, y);
        rate = attended / run->p->attendance_required;
        rate = rate < 1.0 ? rate : 1.0;
    }
    double *row = mbo_row(run, student, start);
    row[OUT_enrolled_weeks] += to - from;
    row[OUT_teaching_enrolled_weeks] += n;
    row[OUT_absence_weeks] += n * (1.0 - attended);
    row[OUT_burden_weeks] += n * student->burden;
    if (student->unmet)
        row[OUT_unmet_weeks] += to - from;
    student->progress += n * rate;
    student->week = y * MBO_WEEKS + to;

    bool graduation = to == run->course->teaching_weeks / 2 || to == run->course->teaching_weeks;
    if (dropped) {
        row[OUT_dropout] += 1.0;
        mbo_tell_in(run, student, student->week - 1, MARK("drops out of level"),
                    student->level + 1);
        leave(run, student, student->week - 1);
    } else if (graduation && n > 0 && student->progress >= needed_progress(run, student)) {
        graduate(run, student, student->week - 1);
    }
}
