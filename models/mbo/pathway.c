/* The course of need cases: onset, natural course, detection, routing, external care. Implements
 * part (c) of a week. Hazards that act week by week with probability 1 - exp(-h) are followed as
 * cumulative hazards against an exponential threshold: the event falls in the first week in which
 * the sum reaches it, which is the same distribution and needs no work in the weeks between. */
#include "models/mbo/pathway.h"

#include "models/mbo/entry.h"
#include "models/mbo/team.h"

#include "sim/core/memory.h"

#include <math.h>

enum { ROUTE_BLOCKS = 4 };        /* blocks of random numbers per detection, see route() */
enum { INITIAL_CASES = 1 << 20 }; /* numbers from here on: cases present at entry */

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void set_due(mbo_case *item)
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

/* ceil(x), at least 1, kept within what a week can be. */
static int32_t whole_weeks(double x)
{
    return x < 1.0 ? 1 : x > 1e8 ? 100000000 : (int32_t)ceil(x);
}

static void schedule_natural(const mbo_run *run, const mbo_student *student, mbo_case *item,
                             int32_t from)
{
    const mbo_params *p = run->p;
    int s = item->severity;
    double rate = p->recovery[s] + (s < MBO_SEVERE ? p->escalation[s] : 0.0);
    item->natural_week = MBO_NEVER;
    if (rate <= 0.0)
        return;
    double u[2];
    kea_rng_pair(run->keys->natural, mbo_case_address(run, student, item), item->n_natural, u);
    item->natural_week = from + whole_weeks(kea_rng_exponential(u[0]) / rate) - 1;
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
            return year * MBO_WEEKS + week + earlier(whole_weeks(left / weekly), n) - 1;
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

void mbo_case_reschedule(const mbo_run *run, const mbo_course *old, mbo_case *item, int32_t week)
{
    if (item->state != MBO_UNDETECTED)
        return;
    settle_detection(old->p, old, item, week);
    item->detect_week = detection_week(run, item);
    set_due(item);
}

void mbo_case_unseen(const mbo_run *run, const mbo_student *student, mbo_case *item, int32_t week)
{
    item->state = MBO_UNDETECTED;
    item->ticket = 0;
    item->n_natural++;
    item->n_detected++;
    schedule_natural(run, student, item, week);
    schedule_detection(run, student, item, week);
    set_due(item);
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
    double *row = mbo_row(run, student, student->week);
    row[number > INITIAL_CASES ? OUT_needs_at_entry : OUT_needs] += 1.0;
    count_domains(run, student, row, u[1]);
    schedule_natural(run, student, item, student->week);
    schedule_detection(run, student, item, student->week);
    set_due(item);
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
        if (item->state == MBO_WAITING_TEAM)
            student->n_team--;
        mbo_case_close(run, student, slot);
        return false;
    }
    if (item->state == MBO_UNDETECTED)
        settle_detection(run->p, run->course, item, student->week);
    item->severity++;
    item->n_natural++;
    mbo_row(run, student, student->week)[OUT_escalations] += 1.0;
    schedule_natural(run, student, item, student->week + 1);
    if (item->state == MBO_UNDETECTED)
        item->detect_week = detection_week(run, item);
    if (item->state == MBO_WAITING_TEAM)
        mbo_team_move(run, student, item);
    set_due(item);
    return true;
}

static void count_referral(mbo_run *run, const mbo_student *student, const mbo_case *item)
{
    double *row = mbo_row(run, student, student->week);
    bool minor = mbo_age(run, student, student->week) < 18.0;
    if (item->severity == MBO_SEVERE) {
        row[OUT_external_specialist] += 1.0;
        row[minor ? OUT_external_specialist_minor : OUT_external_specialist_adult] += 1.0;
    } else {
        row[OUT_external_light] += 1.0;
        row[minor ? OUT_external_light_minor : OUT_external_light_adult] += 1.0;
    }
}

static void wait_outside(mbo_run *run, mbo_student *student, mbo_case *item, double u)
{
    int32_t week = student->week;
    double mean =
        run->p->external_wait[item->severity] * run->course->year[week / MBO_WEEKS].external_wait;
    item->state = MBO_WAITING_EXTERNAL;
    item->care_week = week + whole_weeks(mean * kea_gamma_table_quantile(run->durations, u));
    student->changed = true;
    set_due(item);
}

void mbo_hand_over(mbo_run *run, mbo_student *student, mbo_case *item, double u)
{
    count_referral(run, student, item);
    item->ticket = 0;
    item->n_natural++;
    schedule_natural(run, student, item, student->week + 1);
    wait_outside(run, student, item, u);
}

/* Still or again unseen after a detection that led to nothing. */
static void look_again(const mbo_run *run, const mbo_student *student, mbo_case *item, bool refused)
{
    if (refused)
        item->refused = 1;
    item->n_detected++;
    schedule_detection(run, student, item, student->week + 1);
    set_due(item);
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
        look_again(run, student, item, false);
        return;
    }
    count_referral(run, student, item);
    if (u[1] < run->course->year[student->week / MBO_WEEKS].accept_external) {
        route_pair(run, student, item, 3, last);
        wait_outside(run, student, item, last[0]);
    } else {
        look_again(run, student, item, true);
    }
}

static void route_team(mbo_run *run, mbo_student *student, mbo_case *item)
{
    double u[2], last[2];
    route_pair(run, student, item, 1, u);
    if (u[0] >= run->course->year[student->week / MBO_WEEKS].accept_team) {
        look_again(run, student, item, true);
        return;
    }
    route_pair(run, student, item, 3, last);
    double effort = run->p->effort[item->severity] * kea_gamma_table_quantile(run->durations, u[1]);
    mbo_team_join(run, student, item, effort, last[1]);
    set_due(item);
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
    if (mentor)
        row[OUT_mentor_hours] += p->mentor_hours;
    if (resolved) {
        mbo_case_close(run, student, slot);
    } else if (for_team && !run->school->team.full[item->severity]) {
        route_team(run, student, item);
    } else {
        if (for_team)
            row[OUT_overflow] += 1.0;
        route_outside(run, student, item);
    }
    return true;
}

static void external_step(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    int32_t week = student->week;
    double u[2];
    kea_rng_pair(run->keys->care, mbo_case_address(run, student, item), item->n_care, u);
    student->changed = true;
    if (item->state == MBO_WAITING_EXTERNAL) {
        double mean = run->p->external_duration[item->severity];
        bool minor = mbo_age(run, student, week) < 18.0;
        bool severe = item->severity == MBO_SEVERE;
        mbo_row(
            run, student,
            week)[severe ? (minor ? OUT_specialist_episodes_minor : OUT_specialist_episodes_adult)
                         : (minor ? OUT_light_episodes_minor : OUT_light_episodes_adult)] += 1.0;
        item->state = MBO_IN_EXTERNAL;
        item->natural_week = MBO_NEVER;
        item->care_week = week + whole_weeks(mean * kea_gamma_table_quantile(run->durations, u[0]));
        set_due(item);
    } else if (u[1] < run->p->external_success[item->severity]) {
        mbo_case_close(run, student, slot);
    } else {
        item->n_care++;
        item->care_week = MBO_NEVER;
        mbo_case_unseen(run, student, item, week + 1);
    }
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
        external_step(run, student, slot);
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
