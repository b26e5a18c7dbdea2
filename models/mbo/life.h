/* Attendance, progress and leaving: part (e) of a week. */
#ifndef MODELS_MBO_LIFE_H
#define MODELS_MBO_LIFE_H

#include "models/mbo/state.h"

/* Part (e) for the weeks from student->week to `until`, or less when the student leaves, graduates
 * or the school year ends; student->week moves on. No case event may lie before `until`. */
void mbo_live(mbo_run *run, mbo_student *student, int32_t until);

/* The weeks before the calendar's that a student with a case at the team has not yet lived through.
 * Before anything about the student changes. */
void mbo_catch_up(mbo_run *run, mbo_student *student);

/* The week in which something may happen to a student with a case at the team, other than by the
 * team: an event, the end of the school year, a possible diploma or dropout. */
int32_t mbo_next_visit(const mbo_run *run, mbo_student *student);

/* The end of the first graduation week (after half and after all teaching weeks of a year) that the
 * student could reach with a diploma, attending fully from now on. Nothing need be looked at before
 * it; mbo_live finds it anew there when progress has been slower. Needs the level and progress. */
int32_t mbo_earliest_finish(const mbo_run *run, const mbo_student *student);

#endif
