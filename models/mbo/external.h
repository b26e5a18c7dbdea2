/* Care outside the school: referral, waiting, treatment, and who pays for which week. */
#ifndef MODELS_MBO_EXTERNAL_H
#define MODELS_MBO_EXTERNAL_H

#include "models/mbo/state.h"

/* Counts a referral of a case in the student's week. */
void mbo_count_referral(mbo_run *run, const mbo_student *student, const mbo_case *item);

/* The student turns up and waits outside; `u` is the uniform behind the wait. */
void mbo_wait_outside(mbo_run *run, mbo_student *student, mbo_case *item, double u);

/* Warm hand-over by the team in the student's week: a referral for which the student turns up. */
void mbo_hand_over(mbo_run *run, mbo_student *student, mbo_case *item, double u_wait);

/* The step of a case that waits outside or is in external care, in the week it is due. */
void mbo_external_step(mbo_run *run, mbo_student *student, int32_t slot);

/* Of `weeks` weeks of care that start at an age in years, those that begin before the 18th
 * birthday: the law and the payer change in the week after it. */
int32_t mbo_weeks_as_minor(double age, int32_t weeks);

#endif
