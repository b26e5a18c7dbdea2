/* Attendance, progress and leaving: part (e) of a week. */
#ifndef MODELS_MBO_LIFE_H
#define MODELS_MBO_LIFE_H

#include "models/mbo/state.h"

/* Part (e) for the weeks from student->week to `until`, or less when the student leaves, graduates
 * or the school year ends; student->week moves on. No case event may lie before `until`. */
void mbo_live(mbo_run *run, mbo_student *student, int32_t until);

#endif
