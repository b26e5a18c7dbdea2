/* Students who enter the school. */
#ifndef MODELS_MBO_ENTRY_H
#define MODELS_MBO_ENTRY_H

#include "models/mbo/state.h"

/* A new student in a free slot, in the calendar's week. `start` spreads the progress over the
 * programme (the school that the warm-up starts with). */
mbo_student *mbo_enter(mbo_run *run, uint32_t id, bool start);

/* What of the entry draws depends on parameters only. */
void mbo_entry_prepare(mbo_run *run);

/* Age in years in a week; 16 to 27 at entry. Drawn when it is asked for. */
double mbo_age(const mbo_run *run, const mbo_student *student, int32_t week);

/* Whether that age is below a limit. */
bool mbo_is_younger(const mbo_run *run, const mbo_student *student, int32_t week, double limit);

#endif
