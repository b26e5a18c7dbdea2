/* A file of published figures with the scenarios and models that it names, as validate and
 * calibrate need them. */
#ifndef KEA_CLI_PUBLISHED_H
#define KEA_CLI_PUBLISHED_H

#include "sim/cli/cli.h"
#include "sim/engine/model.h"
#include "sim/inputs/targets.h"

enum { KEA_PUBLISHED_PATH = 4096 };

typedef struct kea_published {
    kea_targets targets;
    kea_problem *problem;    /* [targets.n_scenarios] */
    const kea_model **model; /* [targets.n_scenarios] */
} kea_published;

/* The path of the file: the one word that may be left on the command line from optind on, or
 * scenarios/targets.cfg of the program. Returns -1 to go on, or the exit status to end with. */
int kea_published_path(const kea_command *self, int argc, char **argv,
                       char path[KEA_PUBLISHED_PATH]);

/* Reads the figures and every scenario that they are about, and checks them against each other.
 * Returns 0 or the exit status, after the message. Free with kea_published_free (also then). */
int kea_published_load(kea_published *published, const char *path, const kea_cli_input *input);
void kea_published_free(kea_published *published);

#endif
