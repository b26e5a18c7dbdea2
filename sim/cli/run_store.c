/* Folder and database of a run. */
#include "sim/cli/run_store.h"

#include "sim/cli/progress.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Waiting for the disk takes a twentieth of the time at most; a fast one is asked ten times a
 * second. */
static const double COMMIT_SHARE = 0.05, COMMIT_EVERY = 0.1;
enum { MOST_RUNS = 1000000 };

/* A new database, or that of the run that broke off here. One that was killed before it had a
 * database is begun again. */
static kea_status open_store(kea_run_store *run, const kea_store_info *info, kea_error *err)
{
    char path[KEA_FOLDER_PATH];
    kea_status status = kea_folder_file(&run->folder, "results.sqlite", path, err);
    if (status != KEA_OK)
        return status;
    run->resumed = access(path, F_OK) == 0;
    return run->resumed ? kea_store_open(&run->store, path, info, run->problem, err)
                        : kea_store_create(&run->store, path, info, run->problem, err);
}

/* One folder. Status as of kea_run_store_open. */
static kea_status open_here(kea_run_store *run, const kea_store_info *info, kea_error *err)
{
    int is_new = 0;
    kea_status status = kea_folder_enter(&run->folder, &is_new, err);
    if (status == KEA_OK)
        status = open_store(run, info, err);
    if (status == KEA_OK)
        return KEA_OK;
    if (is_new)
        kea_folder_drop(&run->folder);
    else
        kea_folder_leave(&run->folder);
    return status;
}

static kea_status search(kea_run_store *run, const kea_run_place *place, const kea_store_info *info,
                         kea_error *err)
{
    if (mkdir(place->into, 0777) != 0 && access(place->into, F_OK) != 0)
        return kea_error_at(err, KEA_ERR_IO, place->into, 0,
                            "the folder cannot be made; choose a place where you may write with "
                            "--output");
    for (int n = 1; n < MOST_RUNS; n++) {
        kea_status status = kea_folder_number(&run->folder, place->into, place->scenario, n, err);
        if (status == KEA_OK)
            status = open_here(run, info, err);
        /* finished, in use, or another run: the next number */
        if (status != KEA_ERR_USAGE && status != KEA_ERR_INPUT)
            return status;
    }
    return kea_error_at(err, KEA_ERR_IO, place->into, 0, "there is no free name for a run");
}

kea_status kea_run_store_open(kea_run_store *run, const kea_run_place *place,
                              const kea_store_info *info, const kea_problem *problem,
                              kea_error *err)
{
    memset(run, 0, sizeof *run);
    run->problem = problem;
    if (!place->output)
        return search(run, place, info, err);
    kea_status status = kea_folder_name(&run->folder, place->output, err);
    return status == KEA_OK ? open_here(run, info, err) : status;
}

void kea_run_store_close(kea_run_store *run)
{
    kea_store_close(run->store);
    run->store = NULL;
    kea_folder_leave(&run->folder);
}

kea_status kea_run_store_begin(kea_run_store *run, const kea_design *design, size_t *first,
                               kea_error *err)
{
    run->design = design;
    return kea_store_begin(run->store, design, first, err);
}

kea_status kea_run_store_add(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    kea_run_store *run = context;
    double now = kea_progress_clock();
    kea_status status = kea_store_add(run->store, run->problem, run->design, first, block, err);
    if (status != KEA_OK || now < run->next_commit)
        return status;
    status = kea_store_commit(run->store, err);
    double after = kea_progress_clock();
    double pause = (after - now) / COMMIT_SHARE;
    run->next_commit = after + (pause > COMMIT_EVERY ? pause : COMMIT_EVERY);
    return status;
}
