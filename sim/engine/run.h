/* Runs a design: every point (parameter values and a cohort) through every arm, over threads and
 * over the ranks of MPI. Results are handed over in blocks, in the order of the design, so that
 * nothing here grows with the number of points. */
#ifndef KEA_ENGINE_RUN_H
#define KEA_ENGINE_RUN_H

#include "sim/core/sample.h"
#include "sim/engine/model.h"
#include "sim/engine/ranks.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Points of a block. Small, so that many ranks and threads find work in small designs too. */
enum { KEA_RUN_BLOCK = 4 };

typedef struct kea_run_options {
    unsigned threads; /* of this process, 1 or more */
    /* Called from the calling thread, about 10 times a second and once at the end, with points done
     * so far; may be NULL. `context` is passed on. */
    void (*progress)(void *context, size_t done, size_t total);
    void *context;
    const atomic_int *stop; /* when not NULL and nonzero, the run ends with KEA_ERR_INTERRUPTED */
    bool by_period;         /* keep the amounts of every school year too */
    kea_ranks *ranks;       /* who shares the work; NULL: this process alone */
    const bool *enough;     /* when not NULL and true after the sink has had a block, the run ends
                               there, well, as if the design had no points after that block */
} kea_run_options;

/* Gets the results of points first .. first + block->n_points - 1. Called from the calling thread,
 * in the order of the design, every point once. `block` is valid during the call. A failure ends
 * the run. */
typedef kea_status kea_run_sink(void *context, size_t first, const kea_sample *block,
                                kea_error *err);

/* Runs points `first` and later and hands their results to `sink` (with `context`) in blocks of
 * KEA_RUN_BLOCK points; the last may have fewer. Points before `first` were done by an earlier run.
 * Discounting: an amount of school year y (0 = the first after the decision) counts
 * 1 / (1 + rate)^y; outcomes in the model's currency at discount_costs, others at
 * discount_effects. Results do not depend on threads, ranks or `first`; two arms with the same care
 * model and the same values give the same bits.
 * Before the work starts, model->check sees the base-case values of the status quo and of every
 * strategy, and all of them must have the same periods.
 * Threads: never more than points; the calling thread only deals and waits. `model` is called from
 * several threads, each with its own workspace. The work itself allocates nothing.
 * Ranks: all call this with the same model, problem and design. Rank 0's `first`, `stop` and
 * `enough` count; only there are sink and progress called. All return the same status.
 * Errors: KEA_ERR_INPUT (the checks above, the text names the care model's file); the first failing
 * point's in design order, the text names design, point and arm, and all points of the blocks
 * before it have been handed over; KEA_ERR_RUN (an outcome that is not finite, a thread that cannot
 * start); KEA_ERR_MEMORY; KEA_ERR_INTERRUPTED; whatever the sink returns. */
KEA_CHECKED kea_status kea_run_blocks(const kea_model *model, const kea_problem *problem,
                                      const kea_design *design, const kea_run_options *options,
                                      size_t first, kea_run_sink *sink, void *context,
                                      kea_error *err);

/* The same with all results in memory: fills `sample` (which the caller frees) with points and arms
 * of the design and outcomes of the model. With ranks, that of rank 0. */
KEA_CHECKED kea_status kea_run(const kea_model *model, const kea_problem *problem,
                               const kea_design *design, const kea_run_options *options,
                               kea_sample *sample, kea_error *err);

#endif
