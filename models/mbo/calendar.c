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

/* Lets a student live alone until they leave, the run ends, or the team comes in. */
static void advance(mbo_run *run, mbo_student *student)
{
    while (student->left == MBO_NEVER && student->week < run->end && run->status == KEA_OK) {
        if (!mbo_case_events(run, student)) {
            park(run, student);
            return;
        }
        if (student->n_team > 0) {
            run->school->active[run->school->n_active++] = slot_of(run, student);
            return;
        }
        int32_t next = mbo_next_event(run, student);
        mbo_live(run, student, next < run->end ? next : run->end);
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
        mbo_student *student = mbo_enter(run, (uint32_t)year * places + i, run->now, year == 0);
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

/* Part (c) of those who already have a case at the team. */
static void active_events(mbo_run *run, size_t n)
{
    for (size_t i = 0; i < n && run->status == KEA_OK; i++)
        (void)mbo_case_events(run, &run->school->student[run->school->active[i]]);
}

/* Part (e) of all with a case at the team; whoever has none any more goes on alone. */
static void active_live(mbo_run *run)
{
    mbo_school *school = run->school;
    size_t kept = 0, n = school->n_active;
    for (size_t i = 0; i < n && run->status == KEA_OK; i++) {
        mbo_student *student = &school->student[school->active[i]];
        mbo_live(run, student, run->now + 1);
        if (student->left == MBO_NEVER && student->n_team > 0)
            school->active[kept++] = school->active[i];
        else
            advance(run, student);
    }
    school->n_active = kept;
}

static void week_with_team(mbo_run *run, size_t n_active)
{
    active_events(run, n_active);
    take_up_parked(run);
    if (run->now % MBO_WEEKS < run->course->teaching_weeks)
        mbo_team_work(run);
    active_live(run);
}

void mbo_calendar(mbo_run *run, int32_t from)
{
    bool has_team = run->course->has_team;
    for (run->now = from; run->now < run->end && run->status == KEA_OK;
         run->now += has_team ? 1 : MBO_WEEKS) {
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
    for (size_t i = 0; i < run->school->n_active && run->end > run->decision; i++)
        mbo_row(run, &run->school->student[run->school->active[i]],
                run->end - 1)[OUT_still_enrolled] += 1.0;
}
