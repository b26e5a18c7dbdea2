/* The course of need cases: onset, natural course, detection, routing, external care. Implements
 * part (c) of a week. Hazards that act week by week with probability 1 - exp(-h) are followed as
 * cumulative hazards against an exponential threshold: the event falls in the first week in which
 * the sum reaches it, which is the same distribution and needs no work in the weeks between. */
#include "models/mbo/pathway.h"

#include "models/mbo/entry.h"
#include "models/mbo/external.h"
#include "models/mbo/team.h"

#include "sim/core/memory.h"

#include <math.h>

enum { ROUTE_BLOCKS = 4 };        /* blocks of random numbers per detection, see route() */
enum { INITIAL_CASES = 1 << 20 }; /* numbers from here on: cases present at entry */

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

void mbo_case_set_due(mbo_case *item)
{
    switch ((mbo_case_state)item->state) {
    case MBO_UNDETECTED:
        item->due = earlier(item->natural_week, item->detect_week);
        break;
    case MBO_WAITING_TEAM:
        item->due = item->natural_week;
        break;
    case MBO_WITH_TEAM:
        item->due = MBO_NEVER;
        break;
    case MBO_WAITING_EXTERNAL:
        item->due = earlier(item->natural_week, item->care_week);
        break;
    case MBO_IN_EXTERNAL:
        item->due = item->care_week;
        break;
    }
}

int32_t mbo_whole_weeks(double x)
{
    return x < 1.0 ? 1 : x > 1e8 ? 100000000 : (int32_t)ceil(x);
}

static double natural_rate(const mbo_params *p, int severity)
{
    return p->recovery[severity] + (severity < MBO_SEVERE ? p->escalation[severity] : 0.0);
}

void mbo_schedule_natural(const mbo_run *run, const mbo_student *student, mbo_case *item,
                          int32_t from)
{
    const mbo_params *p = run->p;
    int s = item->severity;
    double rate = natural_rate(p, s);
    item->natural_week = MBO_NEVER;
    if (rate <= 0.0)
        return;
    double u[2];
    kea_rng_pair(run->keys->natural, mbo_case_address(run, student, item), item->n_natural, u);
    item->natural_week = from + mbo_whole_weeks(kea_rng_exponential(u[0]) / rate) - 1;
    item->recovers = u[1] * rate < p->recovery[s];
}

static double detection_rate(const mbo_params *p, const mbo_case *item)
{
    return p->detection[item->severity] * (item->refused ? p->refusal_detection : 1.0);
}

/* The first teaching week from detect_since on in which the cumulative hazard reaches detect_left.
 */
static int32_t detection_week(const mbo_run *run, const mbo_case *item)
{
    const mbo_course *course = run->course;
    double rate = detection_rate(run->p, item);
    double left = item->detect_left;
    int year = item->detect_since / MBO_WEEKS;
    int week = item->detect_since - year * MBO_WEEKS;
    for (; year < course->n_years; year++, week = 0) {
        int n = mbo_teaching_weeks(course, week, MBO_WEEKS);
        double weekly = rate * course->year[year].boost;
        if (left <= weekly * n)
            return year * MBO_WEEKS + week + earlier(mbo_whole_weeks(left / weekly), n) - 1;
        left -= weekly * n;
    }
    return MBO_NEVER;
}

/* Uses up the detection hazard of the weeks from detect_since to `week` under `course`. */
static void settle_detection(const mbo_params *p, const mbo_course *course, mbo_case *item,
                             int32_t week)
{
    double rate = detection_rate(p, item);
    while (item->detect_since < week) {
        int year = item->detect_since / MBO_WEEKS;
        int32_t to = earlier(week, (year + 1) * MBO_WEEKS);
        int n = mbo_teaching_weeks(course, item->detect_since - year * MBO_WEEKS,
                                   to - year * MBO_WEEKS);
        item->detect_left -= rate * course->year[year].boost * n;
        item->detect_since = to;
    }
    /* Not reached yet, so something is left; rounding may say otherwise. */
    item->detect_left = fmax(item->detect_left, 1e-12);
}

static void schedule_detection(const mbo_run *run, const mbo_student *student, mbo_case *item,
                               int32_t from)
{
    double u = kea_rng_uniform(run->keys->detection, mbo_case_address(run, student, item),
                               item->n_detected);
    item->detect_left = kea_rng_exponential(u);
    item->detect_since = from;
    item->detect_week = detection_week(run, item);
}

void mbo_case_reschedule(const mbo_run *run, const mbo_student *student, const mbo_course *old,
                         mbo_case *item, int32_t week)
{
    int s = item->severity;
    bool in_care = item->state == MBO_WITH_TEAM || item->state == MBO_IN_EXTERNAL;
    bool other_course = natural_rate(old->p, s) != natural_rate(run->p, s) ||
                        old->p->recovery[s] != run->p->recovery[s];
    if (!in_care && other_course) {
        item->n_natural++; /* without memory: a new number serves as well as what is left */
        mbo_schedule_natural(run, student, item, week);
    }
    if (item->state == MBO_UNDETECTED) {
        settle_detection(old->p, old, item, week);
        item->detect_week = detection_week(run, item);
    }
    mbo_case_set_due(item);
}

void mbo_change_need_rate(const mbo_run *run, mbo_student *student, double old_rate, int32_t week)
{
    double rate = run->p->need_rate[student->level];
    if (student->arrival <= week || rate == old_rate)
        return;
    if (old_rate > 0.0) {
        student->arrival = week + (student->arrival - week) * (old_rate / rate);
        return;
    }
    student->arrival = week;
    student->n_arrivals++; /* a new number: the old one is known not to have come yet */
    mbo_next_arrival(run, student);
}

void mbo_case_unseen(const mbo_run *run, const mbo_student *student, mbo_case *item, int32_t week)
{
    item->state = MBO_UNDETECTED;
    item->ticket = 0;
    item->n_natural++;
    item->n_detected++;
    mbo_schedule_natural(run, student, item, week);
    schedule_detection(run, student, item, week);
    mbo_case_set_due(item);
}

/* A free case slot, or MBO_NONE when there is no memory. The pool grows rarely, by half. */
static int32_t take_slot(mbo_run *run)
{
    mbo_school *school = run->school;
    int32_t slot = school->first_free_case;
    if (slot != MBO_NONE) {
        school->first_free_case = school->item[slot].next;
        return slot;
    }
    if (school->n_cases == school->case_capacity) {
        size_t capacity = school->case_capacity + school->case_capacity / 2 + 64;
        run->status =
            kea_memory_resize((void **)&school->item, capacity, sizeof *school->item, NULL);
        if (run->status != KEA_OK)
            return MBO_NONE;
        school->case_capacity = capacity;
    }
    return (int32_t)school->n_cases++;
}

void mbo_case_close(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_school *school = run->school;
    int32_t *link = &student->first_case;
    while (*link != slot)
        link = &school->item[*link].next;
    *link = school->item[slot].next;
    school->item[slot].ticket = 0;
    school->item[slot].next = school->first_free_case;
    school->first_free_case = slot;
    student->changed = true;
}

static void count_domains(mbo_run *run, const mbo_student *student, double *row, double u)
{
    unsigned set = mbo_domains_draw(run->domains, u);
    int n = 0;
    if (!student->counted || row == run->waste)
        return;
    for (int d = 0; set >> d; d++)
        if (set >> d & 1u) {
            row[OUT_domain_mental_health + d] += 1.0;
            n++;
        }
    if (n >= 3)
        row[OUT_domain_three_or_more] += 1.0;
}

static void add_case(mbo_run *run, mbo_student *student, uint32_t number)
{
    int32_t slot = take_slot(run);
    if (slot == MBO_NONE)
        return;
    mbo_case *item = &run->school->item[slot];
    *item = (mbo_case){.next = student->first_case, .number = number};
    item->natural_week = item->detect_week = item->care_week = MBO_NEVER;
    student->first_case = slot;
    student->changed = true;

    double u[2];
    kea_rng_pair(run->keys->onset, mbo_case_address(run, student, item), 1, u);
    const double *share = run->p->onset_severity;
    item->severity = (uint8_t)(u[0] < share[0]              ? MBO_LIGHT
                               : u[0] < share[0] + share[1] ? MBO_MODERATE
                                                            : MBO_SEVERE);
    mbo_tell(run, student, MARK("a need arises"), mbo_severity_name(item->severity), (double)NAN);
    double *row = mbo_row(run, student, student->week);
    row[number > INITIAL_CASES ? OUT_needs_at_entry : OUT_needs] += 1.0;
    count_domains(run, student, row, u[1]);
    mbo_schedule_natural(run, student, item, student->week);
    schedule_detection(run, student, item, student->week);
    mbo_case_set_due(item);
}

void mbo_initial_cases(mbo_run *run, mbo_student *student, double u)
{
    const mbo_params *p = run->p;
    double mean = p->initial_needs * p->need_rate[student->level] * student->frailty;
    double probability = exp(-mean);
    uint32_t n = 0;
    /* inversion of the Poisson distribution; the bound only guards against rounding at u near 1 */
    for (double upto = probability; u > upto && n < 1000; upto += probability) {
        n++;
        probability *= mean / n;
        add_case(run, student, INITIAL_CASES + n);
        if (run->status != KEA_OK)
            return;
    }
}

void mbo_next_arrival(const mbo_run *run, mbo_student *student)
{
    double rate = run->p->need_rate[student->level] * student->frailty / MBO_WEEKS;
    kea_rng_address address = {run->cohort, student->id, student->n_arrivals};
    double u[2];
    kea_rng_pair(run->keys->onset, address, 0, u);
    student->happens = u[1];
    student->arrival = rate > 0.0 ? student->arrival + kea_rng_exponential(u[0]) / rate : HUGE_VAL;
}

/* Potential cases arrive at the full rate; own direction (mechanism 5) lets only a part happen, so
 * that the same cases happen under every strategy, or do not. */
static void arrivals(mbo_run *run, mbo_student *student)
{
    int32_t week = student->week;
    while (student->arrival < week + 1.0 && run->status == KEA_OK) {
        uint32_t number = student->n_arrivals++;
        if (student->happens < run->course->year[week / MBO_WEEKS].needs)
            add_case(run, student, number);
        mbo_next_arrival(run, student);
    }
}

/* Recovery or escalation; false when the case is closed. */
static bool natural_course(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    student->changed = true;
    if (item->recovers) {
        mbo_tell(run, student, MARK("recovers without help"), mbo_severity_name(item->severity),
                 (double)NAN);
        if (item->state == MBO_WAITING_TEAM) {
            mbo_team_leave_queue(run, student, item, student->week);
            student->n_team--;
        }
        mbo_case_close(run, student, slot);
        return false;
    }
    if (item->state == MBO_UNDETECTED)
        settle_detection(run->p, run->course, item, student->week);
    item->severity++;
    item->n_natural++;
    mbo_tell(run, student, MARK("a need gets worse"), mbo_severity_name(item->severity),
             (double)NAN);
    mbo_row(run, student, student->week)[OUT_escalations] += 1.0;
    mbo_schedule_natural(run, student, item, student->week + 1);
    if (item->state == MBO_UNDETECTED)
        item->detect_week = detection_week(run, item);
    if (item->state == MBO_WAITING_TEAM)
        mbo_team_move(run, student, item);
    mbo_case_set_due(item);
    return true;
}

/* Still or again unseen after a detection that led to nothing. */
static void look_again(const mbo_run *run, const mbo_student *student, mbo_case *item, bool refused)
{
    if (refused)
        item->refused = 1;
    item->n_detected++;
    schedule_detection(run, student, item, student->week + 1);
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
    double u[2], last[2];
    route_pair(run, student, item, 2, u);
    if (u[0] >= run->p->refer_external[item->severity]) {
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

/* A case is noticed. Returns false, with nothing done, when only the calendar can go on. */
static bool detect(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    const mbo_params *p = run->p;
    bool has_team = run->course->has_team;
    bool mentor = false, resolved = false;
    double u[2] = {0.0, 0.0};
    if (has_team || item->severity == MBO_LIGHT)
        route_pair(run, student, item, 0, u);
    if (item->severity == MBO_LIGHT) {
        double v[2];
        kea_rng_pair(run->keys->detection, mbo_case_address(run, student, item), item->n_detected,
                     v);
        mentor = v[1] < (has_team ? p->mentor_share_team : p->mentor_share);
        resolved = mentor && u[0] < p->mentor_success;
    }
    bool for_team = has_team && !resolved && u[1] < p->team_handles[item->severity];
    if (for_team && student->week != run->now)
        return false;

    double *row = mbo_row(run, student, student->week);
    row[OUT_detected] += 1.0;
    row[OUT_severe_detected] += item->severity == MBO_SEVERE;
    mbo_tell(run, student, MARK("a need is noticed"), mbo_severity_name(item->severity),
             (double)NAN);
    if (mentor)
        mbo_tell(run, student, resolved ? MARK("the mentor solves it") : MARK("the mentor tries"),
                 NULL, (double)NAN);
    if (mentor)
        row[OUT_mentor_hours] += p->mentor_hours;
    if (resolved) {
        mbo_case_close(run, student, slot);
    } else if (for_team && !run->school->team.full[item->severity]) {
        route_team(run, student, item);
    } else {
        if (for_team) {
            row[OUT_overflow] += 1.0;
            mbo_tell(run, student, MARK("the team is full"), NULL, (double)NAN);
        }
        route_outside(run, student, item);
    }
    return true;
}

/* What happens to one case in the student's week. False when only the calendar can go on. */
static bool case_events(mbo_run *run, mbo_student *student, int32_t slot)
{
    int32_t week = student->week;
    const mbo_case *item = &run->school->item[slot];
    if (item->natural_week == week && !natural_course(run, student, slot))
        return true;
    if (item->state == MBO_UNDETECTED && item->detect_week == week)
        return detect(run, student, slot);
    if (item->care_week == week &&
        (item->state == MBO_WAITING_EXTERNAL || item->state == MBO_IN_EXTERNAL))
        mbo_external_step(run, student, slot);
    return true;
}

bool mbo_case_events(mbo_run *run, mbo_student *student)
{
    if (student->arrival < student->week + 1.0)
        arrivals(run, student);
    int32_t slot = student->first_case;
    while (slot != MBO_NONE) {
        int32_t next = run->school->item[slot].next;
        if (run->school->item[slot].due == student->week && !case_events(run, student, slot))
            return false;
        slot = next;
    }
    return true;
}

int32_t mbo_next_event(const mbo_run *run, const mbo_student *student)
{
    int32_t week = student->arrival < 1e9 ? (int32_t)student->arrival : MBO_NEVER;
    for (int32_t slot = student->first_case; slot != MBO_NONE; slot = run->school->item[slot].next)
        week = earlier(week, run->school->item[slot].due);
    return week;
}

void mbo_burden(const mbo_run *run, mbo_student *student)
{
    const mbo_params *p = run->p;
    double burden = 0.0;
    unsigned unmet = 0;
    for (int32_t slot = student->first_case; slot != MBO_NONE;
         slot = run->school->item[slot].next) {
        const mbo_case *item = &run->school->item[slot];
        bool in_care = item->state == MBO_WITH_TEAM || item->state == MBO_IN_EXTERNAL;
        burden += p->burden[item->severity] * (in_care ? 1.0 - p->treatment_relief : 1.0);
        unmet += !in_care;
    }
    student->burden = burden;
    student->hazard = exp(p->dropout_burden * burden);
    student->unmet = unmet > 0;
    student->attended_year = -1;
    student->changed = false;
}
