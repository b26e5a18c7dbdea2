/* What a run computes: the designs of the base case, the probabilistic analysis, some of its draws
 * by groups of people, the split of its spread, the staffing and the maps of every strategy with a
 * team, the sweeps and the tornado, in the order in which they run. */
#ifndef KEA_CLI_PLAN_H
#define KEA_CLI_PLAN_H

#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/report/answers.h"

#include <stddef.h>

typedef struct kea_plan_part {
    char stage[KEA_MAX_NAME + 33]; /* what to call it while it runs */
    kea_design design;
} kea_plan_part;

typedef struct kea_plan {
    size_t n;
    kea_plan_part *part; /* [n] */
} kea_plan;

/* Makes the designs. Staffing and maps (staffing by every sweep of the scenario) are made for every
 * strategy but the comparator whose care model has team hours, when the model declares a staffing
 * parameter. Free with kea_plan_free (legal on {0}, after failure and twice). */
KEA_CHECKED kea_status kea_plan_make(kea_plan *plan, const kea_problem *problem, kea_error *err);
void kea_plan_free(kea_plan *plan);

/* How much work a part is, in arbitrary units. */
double kea_plan_work(const kea_plan_part *part);

#endif
