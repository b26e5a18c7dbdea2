/* Where a run puts its results: its folder with the database, new or of a run that broke off. */
#ifndef KEA_CLI_RUN_STORE_H
#define KEA_CLI_RUN_STORE_H

#include "sim/cli/folder.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"
#include "sim/store/store.h"

#include <stddef.h>

typedef struct kea_run_store {
    kea_folder folder;
    kea_store *store;
    const kea_problem *problem; /* borrowed */
    const kea_design *design;   /* the present one, borrowed */
    int resumed;                /* an earlier run is gone on with */
    double next_commit;         /* when the disk shall have everything, on the monotonic clock */
} kea_run_store;

/* Where to look. */
typedef struct kea_run_place {
    const char *output; /* the folder asked for; NULL: INTO/SCENARIO-N, the first N where this same
                           run broke off or where nothing is */
    const char *into;   /* "outputs" */
    const char *scenario; /* path of the scenario file */
} kea_run_place;

/* Opens folder and database. Close with kea_run_store_close (legal on {0}, after failure and
 * twice). KEA_ERR_USAGE or KEA_ERR_INPUT when the folder asked for holds a finished run, is used by
 * another process, or holds an unfinished run of another problem; KEA_ERR_IO. A folder in which
 * nothing was written is taken away again. */
KEA_CHECKED kea_status kea_run_store_open(kea_run_store *run, const kea_run_place *place,
                                          const kea_store_info *info, const kea_problem *problem,
                                          kea_error *err);
void kea_run_store_close(kea_run_store *run);

/* Begins a design, or goes on with it from point *first. */
KEA_CHECKED kea_status kea_run_store_begin(kea_run_store *run, const kea_design *design,
                                           size_t *first, kea_error *err);

/* A kea_run_sink with the kea_run_store as context: adds a block, and now and then waits until the
 * disk has everything: more than ten times a second or a twentieth of the time is not spent on
 * that, and what came since is all that a kill can take away. */
KEA_CHECKED kea_status kea_run_store_add(void *context, size_t first, const kea_sample *block,
                                         kea_error *err);

#endif
