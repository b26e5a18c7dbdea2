/* One simulated school through time: the warm-up under the status quo, then each strategy from the
 * same school at the decision date. */
#ifndef MODELS_MBO_COHORT_H
#define MODELS_MBO_COHORT_H

#include "sim/core/status.h"
#include "sim/engine/model.h"

/* The functions of the model interface, see sim/engine/model.h. */
kea_status mbo_open(void **workspace, kea_error *err);
void mbo_close(void *workspace);
kea_status mbo_begin(void *workspace, kea_cohort cohort, const double *status_quo, kea_error *err);
kea_status mbo_run_strategy(void *workspace, const double *strategy, int continues, double *out,
                            kea_error *err);

void mbo_apart(void *workspace, double *groups);
void mbo_listen(void *workspace, uint32_t person, kea_listener *listener, void *context);

/* Student-years lived by all students whom a workspace has simulated but not counted: warm-ups, and
 * students who entered after the window. With the counted ones (outcome enrolled_weeks) this is all
 * that was simulated: what benchmarks divide by. */
double mbo_uncounted_years(const void *workspace);

#endif
