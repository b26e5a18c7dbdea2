/* The folder of a run. While a run goes on it is called NAME.unfinished; only a run that is
 * complete gets its name, so a half-made folder cannot be taken for a finished one. Nothing
 * finished is overwritten; an unfinished folder may be gone on with, by one process at a time. */
#ifndef KEA_CLI_FOLDER_H
#define KEA_CLI_FOLDER_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"

enum { KEA_FOLDER_PATH = 3072 };

typedef struct kea_folder {
    char name[KEA_FOLDER_PATH];    /* where the run will be */
    char working[KEA_FOLDER_PATH]; /* where it is being made */
    int lock;                      /* file that is locked while a run goes on; 0: none */
} kea_folder;

/* Names a folder: as wanted, or INTO/STEM-N, STEM being the scenario's file name. KEA_ERR_USAGE
 * when the name is too long. */
KEA_CHECKED kea_status kea_folder_name(kea_folder *folder, const char *wanted, kea_error *err);
KEA_CHECKED kea_status kea_folder_number(kea_folder *folder, const char *into, const char *scenario,
                                         int n, kea_error *err);

/* Makes the working folder of a name with tables/ and figures/, or takes the one that is there
 * (*is_new tells), for this process alone until kea_folder_leave. Whether the run in it is the
 * same one is for the caller to see. KEA_ERR_USAGE when there is a finished run of this name or
 * another process is at work there, KEA_ERR_IO when it cannot be made or written. */
KEA_CHECKED kea_status kea_folder_enter(kea_folder *folder, int *is_new, kea_error *err);
void kea_folder_leave(kea_folder *folder); /* legal on {0} and twice */

/* Makes a working folder that is not there yet, for what is not gone on with. `wanted` is the name
 * asked for, or NULL for outputs/STEM-N with the next free N. KEA_ERR_USAGE when the wanted name
 * exists, KEA_ERR_IO when it cannot be made. */
KEA_CHECKED kea_status kea_folder_make(kea_folder *folder, const char *wanted, const char *scenario,
                                       kea_error *err);

/* Writes WORKING/NAME into path; KEA_ERR_IO when it is too long. */
KEA_CHECKED kea_status kea_folder_file(const kea_folder *folder, const char *name, char *path,
                                       kea_error *err);

/* Writes the resolved scenario, and beside it the list of municipalities that it names. KEA_ERR_IO,
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_folder_scenario(const kea_folder *folder, const kea_problem *problem,
                                           kea_error *err);

/* Gives the complete run its name, and leaves it. KEA_ERR_IO. */
KEA_CHECKED kea_status kea_folder_finish(kea_folder *folder, kea_error *err);

/* Takes away a working folder in which nothing was written, any other stays as it is; leaves it. */
void kea_folder_drop(kea_folder *folder);

/* Copies NAME of the complete run to stdout, so that the screen and the file say the same. Returns
 * the exit status. */
int kea_folder_print(const kea_folder *folder, const char *name);

#endif
