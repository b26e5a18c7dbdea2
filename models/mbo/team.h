/* The team's queue and work: parts (b) and (d) of a week. Counts what happens in the outcome rows
 * of the run; a failure (memory) goes to run->status. */
#ifndef MODELS_MBO_TEAM_H
#define MODELS_MBO_TEAM_H

#include "models/mbo/state.h"

/* (b) notes for each severity whether the team is full. */
void mbo_team_note(mbo_run *run);

/* A case joins the queue. */
void mbo_team_join(mbo_run *run, mbo_student *student, mbo_case *item, double effort, double tie);

/* A queued case has a new severity. */
void mbo_team_move(mbo_run *run, mbo_student *student, mbo_case *item);

/* Counts that a case leaves the queue without help: it heals, or its student leaves school. */
void mbo_team_leave_queue(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                          int32_t week);

/* Counts what a student's cases have waited when the run ends. */
void mbo_team_end(const mbo_run *run, const mbo_student *student);

/* The team ends: at the start of week `week`, up to which its students have lived, all its cases
 * are unseen again. What waited left the queue without help, which the window counts. Students have
 * no case at the team any more; who goes on with them is up to the caller. */
void mbo_team_release(mbo_run *run, int32_t week);

/* (d) shares out the casework hours of a teaching week. */
void mbo_team_work(mbo_run *run);

/* How many students the team has seen or spoken to in a school year, from the counts of n rows,
 * `stride` apart, that tell the students of one zone apart: those with casework, and of the others
 * those expected to have one brief contact or more when the contacts of the hours among students
 * fall on them at random (Poisson). */
void mbo_team_count_spoken(const mbo_params *p, double hours_factor, size_t n, size_t stride,
                           double *rows);

#endif
