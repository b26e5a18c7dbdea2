/* A probabilistic analysis that goes on until its error is at a target (run.target_error): what it
 * does beside storing draws. For the process that has the store. */
#ifndef KEA_CLI_RUN_TARGET_H
#define KEA_CLI_RUN_TARGET_H

#include "sim/analysis/enough.h"
#include "sim/cli/run_store.h"
#include "sim/engine/model.h"

#include <stdbool.h>

typedef struct kea_run_target {
    kea_run_store *store; /* borrowed */
    kea_enough enough;    /* enough.met: the design needs no more draws */
} kea_run_target;

/* Whether a design of the problem is run to a target. */
bool kea_run_target_has(const kea_problem *problem, const kea_design *design);

/* To be called after kea_run_store_begin: goes along the `*first` draws that are there already.
 * When they are enough, *first becomes the design's number of points: nothing is left to run. Free
 * with kea_run_target_free (legal on {0}, after failure and twice). */
KEA_CHECKED kea_status kea_run_target_begin(kea_run_target *target, kea_run_store *store,
                                            const kea_model *model, const kea_design *design,
                                            size_t *first, kea_error *err);
void kea_run_target_free(kea_run_target *target);

/* A kea_run_sink with the kea_run_target as context: stores a block and goes along it. */
KEA_CHECKED kea_status kea_run_target_add(void *context, size_t first, const kea_sample *block,
                                          kea_error *err);

/* After the run: when the target was met before the last draw, design and database have no more
 * draws than it took. */
KEA_CHECKED kea_status kea_run_target_end(const kea_run_target *target, kea_design *design,
                                          kea_error *err);

#endif
