/* The oracle: the same specification as models/mbo, simulated in the plainest way. Week by week,
 * student by student, case by case, with one sequential random number generator (GSL's mt19937) and
 * nothing shared with the model but the parameters and the names of the outcomes. Slow, and easy to
 * hold against the specification line by line; the tests compare its distributions with those of
 * the event-driven engine. */
#ifndef TESTS_MODEL_ORACLE_H
#define TESTS_MODEL_ORACLE_H

#include "models/mbo/params.h"

/* Simulates one school: the warm-up under `status_quo`, the window and the run-out under
 * `strategy`. Adds to out[school year from the decision][MBO_N_OUTCOMES], window_years +
 * runout_years rows; cost outcomes are left alone. `continues` says that the strategy is the status
 * quo itself, so that its ramp-up goes on. Both must agree on the sizes of the school and on the
 * calendar. A school out of its bounds (see oracle.c) or out of memory aborts. */
void oracle_run(const mbo_params *status_quo, const mbo_params *strategy, int continues,
                unsigned long seed, double *out);

#endif
