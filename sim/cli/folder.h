/* The folder of a run. While a run goes on it is called NAME.unfinished; only a run that is
 * complete gets its name, so a half-made folder cannot be taken for a finished one. Nothing is
 * overwritten. */
#ifndef KEA_CLI_FOLDER_H
#define KEA_CLI_FOLDER_H

#include "sim/core/status.h"

enum { KEA_FOLDER_PATH = 3072 };

typedef struct kea_folder {
    char name[KEA_FOLDER_PATH];    /* where the run will be */
    char working[KEA_FOLDER_PATH]; /* where it is being made */
} kea_folder;

/* Makes the working folder with tables/ and figures/. `wanted` is the name asked for, or NULL for
 * outputs/STEM-N with the next free N, STEM being the scenario's file name. KEA_ERR_USAGE when the
 * wanted name exists, KEA_ERR_IO when it cannot be made. */
KEA_CHECKED kea_status kea_folder_make(kea_folder *folder, const char *wanted, const char *scenario,
                                       kea_error *err);

/* Writes WORKING/NAME into path; KEA_ERR_IO when it is too long. */
KEA_CHECKED kea_status kea_folder_file(const kea_folder *folder, const char *name, char *path,
                                       kea_error *err);

/* Gives the complete run its name. KEA_ERR_IO. */
KEA_CHECKED kea_status kea_folder_finish(const kea_folder *folder, kea_error *err);

/* Takes away a working folder in which nothing was written; any other stays as it is. */
void kea_folder_drop(const kea_folder *folder);

/* Copies NAME of the complete run to stdout, so that the screen and the file say the same. Returns
 * the exit status. */
int kea_folder_print(const kea_folder *folder, const char *name);

#endif
