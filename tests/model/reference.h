/* Parameter values of the reference set-up: no inflow groups, no age factors, all school years. The
 * annual figures that tests hold the model against were found by an independent plain weekly
 * simulation of the same specification with these values. */
#ifndef TESTS_MODEL_REFERENCE_H
#define TESTS_MODEL_REFERENCE_H

#include "models/mbo/params.h"

/* The null alternative in a school of 7,700 places. */
mbo_params reference_null(void);

/* School als Werkplaats at 5.2 hours per 100 students per week. */
mbo_params reference_saw(void);

/* The Deltion youth team in its own school of 2,545 places at levels 1 and 2, and that school
 * without it. */
mbo_params reference_deltion(void);
mbo_params reference_deltion_null(void);

#endif
