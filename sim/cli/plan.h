/* What a run computes: the designs of the base case, the probabilistic analysis, the sweeps and the
 * tornado, in the order in which they run. */
#ifndef KEA_CLI_PLAN_H
#define KEA_CLI_PLAN_H

#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/report/answers.h"

#include <stddef.h>

enum { KEA_PLAN_MAX = 64 };

typedef struct kea_plan_part {
    const char *stage; /* what to call it while it runs */
    kea_design design;
} kea_plan_part;

typedef struct kea_plan {
    size_t n;
    kea_plan_part part[KEA_PLAN_MAX];
} kea_plan;

/* Makes the designs. Sweeps over hours are made for every strategy but the comparator whose care
 * model has team hours. Free with kea_plan_free (legal on {0}, after failure and twice). */
KEA_CHECKED kea_status kea_plan_make(kea_plan *plan, const kea_problem *problem, kea_error *err);
void kea_plan_free(kea_plan *plan);

/* How much work a part is, in arbitrary units. */
double kea_plan_work(const kea_plan_part *part);

#endif
