/* The course of need cases: part (c) of a week, student by student. Counts what happens in the
 * outcome rows of the run; a failure (memory) goes to run->status. */
#ifndef MODELS_MBO_PATHWAY_H
#define MODELS_MBO_PATHWAY_H

#include "models/mbo/state.h"

/* Adds the cases that a student has at entry. */
void mbo_initial_cases(mbo_run *run, mbo_student *student, double u);

/* Where the time of a student's potential case lies, and whether it happens. */
static inline kea_rng_place mbo_arrival_place(const mbo_run *run, uint32_t number)
{
    return (kea_rng_place){run->keys->onset, number, 0};
}

/* What of the natural course and of burden depends on parameters only. */
void mbo_pathway_prepare(mbo_run *run);

/* Sets the time of the next potential case, counted from `student->arrival`: a standard exponential
 * and the uniform that decides whether it happens. */
void mbo_set_arrival(const mbo_run *run, mbo_student *student, double gap, double happens);

/* Lives through part (c) of the student's current week: new cases, natural course, detection,
 * routing, external care. Returns false, leaving the rest of the week to do, when a case needs the
 * team and the calendar is not yet there. */
bool mbo_case_events(mbo_run *run, mbo_student *student);

/* The week of the student's next event of part (c), after stock has been taken. */
static inline int32_t mbo_next_event(const mbo_student *student)
{
    return mbo_earlier(student->onset_week, student->due);
}

/* Puts a case back to undetected from `week` on, with a new detection threshold. */
void mbo_case_unseen(const mbo_run *run, const mbo_student *student, mbo_case *item, int32_t week);

/* The same state under another course of years: what was scheduled under `old` and is still to come
 * from `week` on is scheduled by the run's own parameters. */
void mbo_case_reschedule(const mbo_run *run, const mbo_student *student, const mbo_course *old,
                         mbo_case *item, int32_t week);

/* From `week` on new needs come at the rate of the student's level instead of `old_rate` (cases per
 * year): the time to the next one is met at the new rate. */
void mbo_change_need_rate(const mbo_run *run, mbo_student *student, double old_rate, int32_t week);

/* Takes a case out of its student's list and frees its slot. */
void mbo_case_close(mbo_run *run, mbo_student *student, int32_t slot);

/* Computes what follows from a student's open cases anew: burden, its effect on dropout, whether a
 * need is unmet, and the week of the next event. Needed after every change of a case. */
void mbo_take_stock(const mbo_run *run, mbo_student *student);

/* The week of a case's next event, from its state. */
void mbo_case_set_due(mbo_case *item);

/* Draws when a case that is not in care will recover or worsen, from week `from` on. */
void mbo_schedule_natural(const mbo_run *run, const mbo_student *student, mbo_case *item,
                          int32_t from);

/* ceil(x), at least 1, kept within what a week can be. Without a call of the C library. */
static inline int32_t mbo_whole_weeks(double x)
{
    double kept = x < 1e8 ? x : 1e8;
    int32_t whole = (int32_t)kept;
    whole += whole < kept;
    return whole < 1 ? 1 : whole;
}

#endif
