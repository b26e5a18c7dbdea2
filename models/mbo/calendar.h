/* The calendar of a run: it brings in new students every year, lets students live, and keeps those
 * with a case at the team in step. */
#ifndef MODELS_MBO_CALENDAR_H
#define MODELS_MBO_CALENDAR_H

#include "models/mbo/state.h"

/* Runs the school from week `from` (the start of a school year) to run->end. Students already
 * enrolled stand at week `from`. Failures go to run->status. */
void mbo_calendar(mbo_run *run, int32_t from);

#endif
