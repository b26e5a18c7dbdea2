/* Weeks in order, students in any order. */
#include "models/mbo/calendar.h"

#include "models/mbo/entry.h"
#include "models/mbo/life.h"
#include "models/mbo/pathway.h"
#include "models/mbo/team.h"

static int32_t slot_of(const mbo_run *run, const mbo_student *student)
{
    return (int32_t)(student - run->school->student);
}

static void free_slot(mbo_run *run, const mbo_student *student)
{
    mbo_school *school = run->school;
    school->free_student[school->n_free_students++] = slot_of(run, student);
}

static void park(mbo_run *run, mbo_student *student)
{
    student->next = run->parked[student->week];
    run->parked[student->week] = slot_of(run, student);
}

static void activate(mbo_run *run, mbo_student *student)
{
    mbo_school *school = run->school;
    student->next = (int32_t)school->n_active;
    school->active[school->n_active++] = (mbo_active){slot_of(run, student), run->now};
}

/* The last one takes the place of the one that goes. */
static void deactivate(mbo_school *school, size_t place)
{
    mbo_active last = school->active[--school->n_active];
    school->active[place] = last;
    school->student[last.slot].next = (int32_t)place;
}

/* Lets a student live alone until they leave, the run ends, or the team comes in. */
static void advance(mbo_run *run, mbo_student *student)
{
    while (student->left == MBO_NEVER && student->week < run->end && run->status == KEA_OK) {
        if ((student->changed || mbo_next_event(student) <= student->week) &&
            !mbo_case_events(run, student)) {
            park(run, student);
            return;
        }
        if (student->n_team > 0) {
            activate(run, student);
            return;
        }
        mbo_live(run, student, mbo_earlier(mbo_next_event(student), run->end));
    }
    if (student->left != MBO_NEVER)
        free_slot(run, student);
    else if (run->end > run->decision)
        mbo_row(run, student, run->end - 1)[OUT_still_enrolled] += 1.0;
}

/* Fills the school up to its places. Students who enter after the window matter only to a team. */
static void intake(mbo_run *run, int year)
{
    uint32_t places = (uint32_t)run->p->students;
    uint32_t n = year == 0 ? places : (uint32_t)run->exits[year - 1];
    if (run->now >= run->window_end && !run->course->has_team)
        return;
    for (uint32_t i = 0; i < n && run->status == KEA_OK; i++) {
        uint32_t id = (uint32_t)year * places + i;
        mbo_student *student = mbo_enter(run, id, year == 0);
        run->n_counted += student->counted;
        advance(run, student);
    }
}

static void take_up_parked(mbo_run *run)
{
    int32_t slot = run->parked[run->now];
    run->parked[run->now] = MBO_NONE;
    while (slot != MBO_NONE && run->status == KEA_OK) {
        mbo_student *student = &run->school->student[slot];
        slot = student->next;
        advance(run, student);
    }
}

static void take_up_enrolled(mbo_run *run)
{
    mbo_school *school = run->school;
    for (size_t slot = 0; slot < school->student_capacity && run->status == KEA_OK; slot++) {
        mbo_student *student = &school->student[slot];
        if (student->left == MBO_NEVER && student->n_team == 0 && student->entered < run->now)
            advance(run, student);
    }
}

/* Lists which of the first n with a case at the team are looked at this week; returns how many.
 * Without branches: who it will be cannot be predicted. */
static size_t list_visits(const mbo_run *run, size_t n)
{
    const mbo_school *school = run->school;
    size_t n_visits = 0;
    for (size_t i = 0; i < n; i++) {
        school->visit[n_visits] = (int32_t)i;
        n_visits += school->active[i].visit <= run->now;
    }
    return n_visits;
}

/* Part (c) of those who already have a case at the team. */
static void active_events(mbo_run *run, size_t n)
{
    const mbo_school *school = run->school;
    size_t n_visits = list_visits(run, n);
    for (size_t i = 0; i < n_visits && run->status == KEA_OK; i++) {
        mbo_student *student = &school->student[school->active[school->visit[i]].slot];
        mbo_catch_up(run, student);
        if (student->changed || mbo_next_event(student) <= run->now)
            (void)mbo_case_events(run, student);
    }
}

/* Part (e) of those with a case at the team to whom something has happened or may happen; whoever
 * has none any more goes on alone. Last ones first, so that who takes the place of one that goes
 * has been looked at. */
static void active_live(mbo_run *run)
{
    mbo_school *school = run->school;
    for (size_t n = list_visits(run, school->n_active); n > 0 && run->status == KEA_OK; n--) {
        size_t place = (size_t)school->visit[n - 1];
        mbo_active *active = &school->active[place];
        mbo_student *student = &school->student[active->slot];
        active->visit = mbo_next_visit(run, student);
        if (active->visit <= run->now) {
            mbo_live(run, student, run->now + 1);
            active->visit = mbo_next_visit(run, student);
        }
        if (student->left != MBO_NEVER || student->n_team == 0) {
            deactivate(school, place);
            advance(run, student);
        }
    }
}

static void week_with_team(mbo_run *run, size_t n_active)
{
    active_events(run, n_active);
    take_up_parked(run);
    if (run->now % MBO_WEEKS < run->course->teaching_weeks)
        mbo_team_work(run);
    active_live(run);
}

/* Those who still have a case at the team when the run ends. */
static void end_active(mbo_run *run)
{
    mbo_school *school = run->school;
    for (size_t i = 0; i < school->n_active; i++) {
        mbo_student *student = &school->student[school->active[i].slot];
        mbo_catch_up(run, student);
        if (run->end == run->decision)
            continue;
        mbo_row(run, student, run->end - 1)[OUT_still_enrolled] += 1.0;
        mbo_team_end(run, student);
    }
}

/* When a school year without a team follows on one with it, those it had go on alone. */
static void end_team(mbo_run *run)
{
    mbo_school *school = run->school;
    size_t n = school->n_active;
    for (size_t i = 0; i < n; i++)
        mbo_catch_up(run, &school->student[school->active[i].slot]);
    mbo_team_release(run, run->now);
    for (size_t i = 0; i < n && run->status == KEA_OK; i++)
        advance(run, &school->student[school->active[i].slot]);
}

void mbo_calendar(mbo_run *run, int32_t from)
{
    bool has_team = run->course->has_team;
    for (run->now = from; run->now < run->end && run->status == KEA_OK;
         run->now += has_team ? 1 : MBO_WEEKS) {
        if (run->now % MBO_WEEKS == 0 && !mbo_has_team(run->course, run->now))
            end_team(run);
        size_t n_active = run->school->n_active;
        if (has_team)
            mbo_team_note(run);
        if (run->now == from)
            take_up_enrolled(run);
        if (run->now % MBO_WEEKS == 0)
            intake(run, run->now / MBO_WEEKS);
        if (has_team)
            week_with_team(run, n_active);
        if (run->n_counted == 0 && run->now + MBO_WEEKS >= run->window_end)
            break;
    }
    if (run->now == run->end)
        end_active(run);
}
