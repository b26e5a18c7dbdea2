/* Writes the result database of a run, `results.sqlite` in its folder: the problem with all its
 * parameters and sources, every design and every outcome, so that all answers and figures can be
 * made again from it alone (see record.h) and a person can query it (see README.md).
 *
 * A run is marked unfinished until kea_store_finish. Results are added in blocks, in the order of
 * the design, and are safe from kea_store_commit on: a run that is killed leaves a readable
 * database, marked unfinished, with what was committed, and is gone on with by kea_store_open. A
 * commit waits for the disk; who writes decides how often that is worth it.
 *
 * Errors of all functions: KEA_ERR_IO with the path and the reason (unwritable, disk full, ...),
 * KEA_ERR_MEMORY. */
#ifndef KEA_STORE_STORE_H
#define KEA_STORE_STORE_H

#include "sim/core/frame.h"
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
    const kea_frame *frame; /* of the model */
} kea_store_info;

typedef struct kea_store kea_store;

/* Makes the database at `path` and writes the problem. A file that exists is KEA_ERR_IO and stays
 * as it is; after another failure no file is left. On failure *store is NULL. */
KEA_CHECKED kea_status kea_store_create(kea_store **store, const char *path,
                                        const kea_store_info *info, const kea_problem *problem,
                                        kea_error *err);

/* Opens the database of a run that broke off, to go on with it; it is unfinished from then on. (One
 * that is marked finished may still lack what is done after that with its folder.) KEA_ERR_INPUT
 * when it is not ours or was begun with another problem, outcomes, version of keasim or stream
 * scheme: the text says what differs. On failure *store is NULL and the file as it was. */
KEA_CHECKED kea_status kea_store_open(kea_store **store, const char *path,
                                      const kea_store_info *info, const kea_problem *problem,
                                      kea_error *err);

/* How many points the database has of the design of a name; 0 when it has none. */
KEA_CHECKED kea_status kea_store_points(kea_store *store, const char *name, size_t *n,
                                        kea_error *err);

/* Begins a design, or goes on with one: *n_points is how many points it has already, from the
 * first; the next kea_store_add is about it. KEA_ERR_INPUT when it has other sizes than before; one
 * that was ended early (kea_store_end) is taken as it is. */
KEA_CHECKED kea_status kea_store_begin(kea_store *store, const kea_design *design, size_t *n_points,
                                       kea_error *err);

/* Adds the results of points first .. first + block->n_points - 1 of the design that was begun; by
 * school year too, when the block has them. Parameter draws are kept of design "psa".
 * KEA_ERR_INTERNAL when `first` is not the next point, so that none can be left out or counted
 * twice, or when the block's sizes are not the design's. After a failure everything since the last
 * commit is gone. */
KEA_CHECKED kea_status kea_store_add(kea_store *store, const kea_problem *problem,
                                     const kea_design *design, size_t first,
                                     const kea_sample *block, kea_error *err);

/* Reads back points first .. first + into->n_points - 1 of the design that was begun, which it has.
 * `into` has its arms and outcomes; amounts by school year are not read. KEA_ERR_INPUT when the
 * database holds what keasim did not write. */
KEA_CHECKED kea_status kea_store_results(kea_store *store, size_t first, const kea_sample *into,
                                         kea_error *err);

/* Ends the design that was begun, of one group, with the points that it has now, and commits: it
 * has no more and is complete. */
KEA_CHECKED kea_status kea_store_end(kea_store *store, kea_error *err);

/* Makes all that was added safe. */
KEA_CHECKED kea_status kea_store_commit(kea_store *store, kea_error *err);

/* Commits, and says how the run ended, and when. */
KEA_CHECKED kea_status kea_store_finish(kea_store *store, kea_store_state state,
                                        const char *finished, kea_error *err);

/* Legal on NULL. Does not finish the run; what was not committed is lost. */
void kea_store_close(kea_store *store);

#endif
