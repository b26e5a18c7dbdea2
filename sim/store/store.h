/* Writes the result database of a run, `results.sqlite` in its folder: the problem with all its
 * parameters and sources, every design and every outcome, so that all answers and figures can be
 * made again from it alone (see record.h) and a person can query it (see README.md).
 *
 * A run is marked unfinished until kea_store_finish. Every design is one transaction: a run that is
 * killed leaves a readable database, marked unfinished, with the designs that were complete.
 *
 * Errors of all functions: KEA_ERR_IO with the path and the reason (unwritable, disk full, ...),
 * KEA_ERR_MEMORY. */
#ifndef KEA_STORE_STORE_H
#define KEA_STORE_STORE_H

#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

typedef enum kea_store_state {
    KEA_STORE_UNFINISHED,
    KEA_STORE_FINISHED,
    KEA_STORE_INTERRUPTED
} kea_store_state;

/* "unfinished", "finished", "interrupted". */
const char *kea_store_state_name(kea_store_state state);

/* What the store cannot know by itself. */
typedef struct kea_store_info {
    const char *version;              /* of keasim */
    const char *started;              /* date and time, e.g. "2026-01-31T12:00:00Z" */
    const kea_outcome_decl *outcomes; /* [n_outcomes] of the model */
    size_t n_outcomes;
} kea_store_info;

typedef struct kea_store kea_store;

/* Makes the database at `path` and writes the problem. A file that exists is KEA_ERR_IO and stays
 * as it is; after another failure no file is left. On failure *store is NULL. */
KEA_CHECKED kea_status kea_store_create(kea_store **store, const char *path,
                                        const kea_store_info *info, const kea_problem *problem,
                                        kea_error *err);

/* Writes a design and its results, all or nothing. Parameter draws are kept of design "psa".
 * KEA_ERR_INTERNAL when the sample's sizes are not the design's. */
KEA_CHECKED kea_status kea_store_write(kea_store *store, const kea_problem *problem,
                                       const kea_design *design, const kea_sample *sample,
                                       kea_error *err);

/* Says how the run ended, and when. */
KEA_CHECKED kea_status kea_store_finish(kea_store *store, kea_store_state state,
                                        const char *finished, kea_error *err);

/* Legal on NULL. Does not finish the run. */
void kea_store_close(kea_store *store);

#endif
