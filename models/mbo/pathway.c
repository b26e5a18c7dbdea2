/* The course of need cases: onset, natural course, detection, routing, external care. Implements
 * part (c) of a week. Hazards that act week by week with probability 1 - exp(-h) are followed as
 * cumulative hazards against an exponential threshold: the event falls in the first week in which
 * the sum reaches it, which is the same distribution and needs no work in the weeks between. */
#include "models/mbo/pathway.h"

#include "models/mbo/detection.h"
#include "models/mbo/entry.h"
#include "models/mbo/external.h"
#include "models/mbo/team.h"

#include "sim/core/memory.h"

#include <math.h>

enum { INITIAL_CASES = 1 << 20 }; /* numbers from here on: cases present at entry */

/* What cannot happen in the state that a case is in has been set to never. */
void mbo_case_set_due(mbo_case *item)
{
    item->due = mbo_earlier(item->natural_week, mbo_earlier(item->detect_week, item->care_week));
}

static double natural_rate(const mbo_params *p, int severity)
{
    return p->recovery[severity] + (severity < MBO_SEVERE ? p->escalation[severity] : 0.0);
}

/* Sets when a case that is not in care will recover or worsen: a standard exponential, and the
 * uniform that decides which of the two. */
static void set_natural(const mbo_run *run, mbo_case *item, int32_t from, double time,
                        double recovers)
{
    double mean = run->natural_mean[item->severity];
    item->natural_week = MBO_NEVER;
    if (mean <= 0.0)
        return;
    item->natural_week = from + mbo_whole_weeks(time * mean) - 1;
    item->recovers = recovers < run->recovery_share[item->severity];
}

void mbo_pathway_prepare(mbo_run *run)
{
    for (int level = 0; level < MBO_LEVELS; level++) {
        double rate = run->p->need_rate[level];
        run->need_gap[level] = rate > 0.0 ? MBO_WEEKS / rate : HUGE_VAL;
    }
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        double rate = natural_rate(run->p, s);
        run->burden[0][s] = run->p->burden[s];
        run->burden[1][s] = run->p->burden[s] * (1.0 - run->p->treatment_relief);
        for (int care = 0; care < 2; care++)
            run->hazard[care][s] = kea_fast_exp(run->p->dropout_burden * run->burden[care][s]);
        run->natural_mean[s] = rate > 0.0 ? 1.0 / rate : 0.0;
        run->recovery_share[s] = rate > 0.0 ? run->p->recovery[s] / rate : 0.0;
    }
}

void mbo_schedule_natural(const mbo_run *run, const mbo_student *student, mbo_case *item,
                          int32_t from)
{
    double u[2];
    kea_rng_pair(run->keys->natural, mbo_case_address(run, student, item), item->n_natural, u);
    set_natural(run, item, from, kea_rng_exponential(u[0]), u[1]);
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
        mbo_settle_detection(old->p, old, item, week);
        mbo_find_detection(run, item);
    }
    mbo_case_set_due(item);
}

static void set_onset_week(mbo_student *student)
{
    student->onset_week = student->arrival < 1e9 ? (int32_t)student->arrival : MBO_NEVER;
}

void mbo_set_arrival(const mbo_run *run, mbo_student *student, double gap, double happens)
{
    student->happens = happens;
    student->arrival += gap * run->need_gap[student->level] * student->calm;
    set_onset_week(student);
}

/* What potential case n of a student starts with, and when the next one comes: numbers of four
 * streams that are always needed together. */
typedef struct onset {
    double severity, domains; /* uniforms */
    double natural, recovers; /* standard exponential behind the natural course; uniform */
    double detection, mentor; /* uniforms of the first round of detection */
    double gap_after;         /* standard exponential behind the time to the case after it */
    double happens_after;     /* uniform that decides whether that one happens */
} onset;

static onset draw_onset(const mbo_run *run, const mbo_student *student, uint32_t number)
{
    const mbo_keys *keys = run->keys;
    const kea_rng_place place[4] = {{keys->onset, number, 1},
                                    {keys->natural, number, 0},
                                    {keys->detection, number, 0},
                                    mbo_arrival_place(run, number + 1)};
    double u[4][2];
    kea_rng_four(place, run->cohort, student->id, u);
    return (onset){.severity = u[0][0],
                   .domains = u[0][1],
                   .natural = kea_rng_exponential(u[1][0]),
                   .recovers = u[1][1],
                   .detection = u[2][0],
                   .mentor = u[2][1],
                   .gap_after = kea_rng_exponential(u[3][0]),
                   .happens_after = u[3][1]};
}

void mbo_change_need_rate(const mbo_run *run, mbo_student *student, double old_rate, int32_t week)
{
    double rate = run->p->need_rate[student->level];
    if (student->arrival <= week || rate == old_rate)
        return;
    if (old_rate > 0.0) {
        student->arrival = week + (student->arrival - week) * (old_rate / rate);
        set_onset_week(student);
        return;
    }
    student->arrival = week;
    /* a new number: the old one is known not to have come yet */
    onset u = draw_onset(run, student, student->n_arrivals++);
    mbo_set_arrival(run, student, u.gap_after, u.happens_after);
}

void mbo_case_unseen(const mbo_run *run, const mbo_student *student, mbo_case *item, int32_t week)
{
    item->state = MBO_UNDETECTED;
    item->ticket = 0;
    item->n_natural++;
    item->n_detected++;
    mbo_schedule_natural(run, student, item, week);
    mbo_schedule_detection(run, student, item, week);
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
    school->item[slot].state = MBO_CLOSED;
    school->item[slot].next = school->first_free_case;
    school->first_free_case = slot;
    student->changed = true;
}

/* Three domains or more: the bit after those of the domains, as their outcome comes after theirs.
 */
enum { THREE_OR_MORE = MBO_DOMAINS, DOMAIN_COUNTS };
_Static_assert((int)OUT_domain_three_or_more == (int)OUT_domain_mental_health + THREE_OR_MORE,
               "the outcomes of the domains stand together");

/* Which domains a case touches cannot be predicted: no branches, and a loop that compilers turn
 * into a few vector instructions. */
static void count_domains(const mbo_run *run, double *row, double u)
{
    static const unsigned bit[DOMAIN_COUNTS] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
    unsigned set = mbo_domains_draw(run->domains, u);
    unsigned but_two = set & (set - 1); /* without its two lowest members */
    but_two &= but_two - 1;
    set |= (unsigned)(but_two != 0) << THREE_OR_MORE;
    double *domain = row + OUT_domain_mental_health;
    for (int d = 0; d < DOMAIN_COUNTS; d++)
        domain[d] += (set & bit[d]) != 0;
}

static void add_case(mbo_run *run, mbo_student *student, uint32_t number, const onset *u)
{
    int32_t slot = take_slot(run);
    if (slot == MBO_NONE)
        return;
    mbo_case *item = &run->school->item[slot];
    *item = (mbo_case){.next = student->first_case, .number = number, .care_week = MBO_NEVER};
    student->first_case = slot;
    student->changed = true;

    const double *share = run->p->onset_severity;
    item->severity = (uint8_t)((u->severity >= share[0]) + (u->severity >= share[0] + share[1]));
    mbo_tell(run, student, MARK("a need arises"), mbo_severity_name(item->severity), (double)NAN);
    double *row = mbo_row(run, student, student->week);
    row[number > INITIAL_CASES ? OUT_needs_at_entry : OUT_needs] += 1.0;
    if (row != run->waste)
        count_domains(run, row, u->domains);
    set_natural(run, item, student->week, u->natural, u->recovers);
    mbo_set_detection(run, item, student->week, u->detection, u->mentor);
    mbo_case_set_due(item);
}

void mbo_initial_cases(mbo_run *run, mbo_student *student, double u)
{
    const mbo_params *p = run->p;
    double mean = p->initial_needs * p->need_rate[student->level] * student->frailty;
    uint32_t n = 0;
    if (u <= 1.0 - mean) /* at most exp(-mean): most students bring nothing along */
        return;
    double probability = kea_fast_exp(-mean);
    /* inversion of the Poisson distribution; the bound only guards against rounding at u near 1 */
    for (double upto = probability; u > upto && n < 1000; upto += probability) {
        n++;
        probability *= mean / n;
        uint32_t number = INITIAL_CASES + n;
        onset first = draw_onset(run, student, number);
        add_case(run, student, number, &first);
        if (run->status != KEA_OK)
            return;
    }
}

/* Potential cases arrive at the full rate; own direction (mechanism 5) lets only a part happen, so
 * that the same cases happen under every strategy, or do not. */
static void arrivals(mbo_run *run, mbo_student *student)
{
    int32_t week = student->week;
    while (student->onset_week <= week && run->status == KEA_OK) {
        uint32_t number = student->n_arrivals++;
        bool happens = student->happens < run->course->year[mbo_year_of(week)].needs;
        onset u = draw_onset(run, student, number);
        mbo_set_arrival(run, student, u.gap_after, u.happens_after);
        if (happens)
            add_case(run, student, number, &u);
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
        mbo_settle_detection(run->p, run->course, item, student->week);
    item->severity++;
    item->n_natural++;
    mbo_tell(run, student, MARK("a need gets worse"), mbo_severity_name(item->severity),
             (double)NAN);
    mbo_row(run, student, student->week)[OUT_escalations] += 1.0;
    mbo_schedule_natural(run, student, item, student->week + 1);
    if (item->state == MBO_UNDETECTED)
        mbo_find_detection(run, item);
    if (item->state == MBO_WAITING_TEAM)
        mbo_team_move(run, student, item);
    mbo_case_set_due(item);
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
        return mbo_detect(run, student, slot);
    if (item->care_week == week &&
        (item->state == MBO_WAITING_EXTERNAL || item->state == MBO_IN_EXTERNAL))
        mbo_external_step(run, student, slot);
    return true;
}

void mbo_take_stock(const mbo_run *run, mbo_student *student)
{
    const mbo_case *items = run->school->item;
    double burden = 0.0, hazard = 1.0;
    int32_t due = MBO_NEVER, due_case = MBO_NONE;
    bool unmet = false;
    for (int32_t slot = student->first_case; slot != MBO_NONE; slot = items[slot].next) {
        const mbo_case *item = &items[slot];
        bool in_care = item->state == MBO_WITH_TEAM || item->state == MBO_IN_EXTERNAL;
        burden += run->burden[in_care][item->severity];
        hazard *= run->hazard[in_care][item->severity];
        unmet |= !in_care;
        due_case = item->due < due ? slot : due_case;
        due = mbo_earlier(due, item->due);
    }
    student->due = due;
    student->due_case = due_case;
    student->unmet = unmet;
    student->burden = burden;
    student->hazard = hazard;
    student->changed = false;
}

bool mbo_case_events(mbo_run *run, mbo_student *student)
{
    if (student->onset_week <= student->week)
        arrivals(run, student);
    if (student->changed)
        mbo_take_stock(run, student);
    while (student->due <= student->week && run->status == KEA_OK) {
        if (!case_events(run, student, student->due_case))
            return false;
        mbo_take_stock(run, student);
    }
    return true;
}
