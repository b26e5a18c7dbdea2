/* Runs a design: every point (parameter values and a cohort) through every arm, over threads. */
#ifndef KEA_ENGINE_RUN_H
#define KEA_ENGINE_RUN_H

#include "sim/core/sample.h"
#include "sim/engine/model.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"

#include <stdatomic.h>
#include <stddef.h>

typedef struct kea_run_options {
    unsigned threads; /* 1 or more */
    /* Called from the calling thread, about 10 times a second and once at the end, with points done
     * so far; may be NULL. `context` is passed on. */
    void (*progress)(void *context, size_t done, size_t total);
    void *context;
    const atomic_int *stop; /* when not NULL and nonzero, the run ends with KEA_ERR_INTERRUPTED */
} kea_run_options;

/* Fills `sample` (which the caller frees): points and arms of the design, outcomes of the model.
 * Discounting: an amount of school year y (0 = the first after the decision) counts
 * 1 / (1 + rate)^y; cost outcomes (with a category) at discount_costs, others at
 * discount_effects. Results do not depend on the number of threads; two arms with the same care
 * model and the same values give the same bits.
 * Before the work starts, model->check sees the base-case values of the status quo and of every
 * strategy, and all of them must have the same periods.
 * Threads: never more than points; the calling thread only waits. `model` is called from several
 * threads, each with its own workspace. The work itself allocates nothing.
 * Errors: KEA_ERR_INPUT (the checks above, the text names the care model's file); the first failing
 * point's in design order, the text names design, point and arm; KEA_ERR_RUN (an outcome that is
 * not finite, a thread that cannot start); KEA_ERR_MEMORY; KEA_ERR_INTERRUPTED. */
KEA_CHECKED kea_status kea_run(const kea_model *model, const kea_problem *problem,
                               const kea_design *design, const kea_run_options *options,
                               kea_sample *sample, kea_error *err);

#endif
