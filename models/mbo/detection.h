/* How a case is noticed by the school, and where it goes then. */
#ifndef MODELS_MBO_DETECTION_H
#define MODELS_MBO_DETECTION_H

#include "models/mbo/state.h"

/* Sets when a case will be noticed, looking from week `from` on; `time` and `mentor` are the two
 * uniforms of its round in the stream of detection. Its natural course must have been scheduled:
 * what would come after its next natural event is not looked for. */
void mbo_set_detection(const mbo_run *run, mbo_case *item, int32_t from, double time,
                       double mentor);

/* The same, drawing the numbers. */
void mbo_schedule_detection(const mbo_run *run, const mbo_student *student, mbo_case *item,
                            int32_t from);

/* Uses up the detection hazard of the weeks up to `week` under `course`. Before the severity, the
 * course or the parameters change. */
void mbo_settle_detection(const mbo_params *p, const mbo_course *course, mbo_case *item,
                          int32_t week);

/* Finds the week of detection anew, after such a change. */
void mbo_find_detection(const mbo_run *run, mbo_case *item);

/* A case is noticed in the student's week. Returns false, with nothing done, when the case is for
 * the team and the calendar is not yet there. */
bool mbo_detect(mbo_run *run, mbo_student *student, int32_t slot);

#endif
