/* The options that commands share: where to write, on how many threads, in which language. */
#ifndef KEA_CLI_SHARED_H
#define KEA_CLI_SHARED_H

#include "sim/cli/cli.h"

#include <getopt.h>
#include <stdbool.h>

typedef struct kea_cli_shared {
    const char *output;  /* -o; NULL: the first free folder of the command's name */
    unsigned threads;    /* -j; 0: as many as fit, unless the command begins with another */
    bool no_figures;     /* --no-figures */
    bool quiet;          /* -q */
    kea_cli_input input; /* -s, which the command makes room for, and --models */
} kea_cli_shared;

/* A command's own long options have numbers from KEA_OPTION_OWN on. */
enum { KEA_OPTION_MODELS = 256, KEA_OPTION_LANGUAGE, KEA_OPTION_NO_FIGURES, KEA_OPTION_OWN };

/* Rows of a command's table of long options, and their letters. --set and --no-figures are for
 * commands that take settings and draw. */
#define KEA_SHARED_LETTERS "o:j:qh"
#define KEA_SHARED_OPTIONS                                                                         \
    {"output", required_argument, NULL, 'o'}, {"threads", required_argument, NULL, 'j'},           \
        {"models", required_argument, NULL, KEA_OPTION_MODELS},                                    \
        {"language", required_argument, NULL, KEA_OPTION_LANGUAGE},                                \
        {"quiet", no_argument, NULL, 'q'},                                                         \
    {                                                                                              \
        "help", no_argument, NULL, 'h'                                                             \
    }
#define KEA_SHARED_SET                                                                             \
    {                                                                                              \
        "set", required_argument, NULL, 's'                                                        \
    }
#define KEA_SHARED_NO_FIGURES                                                                      \
    {                                                                                              \
        "no-figures", no_argument, NULL, KEA_OPTION_NO_FIGURES                                     \
    }

/* Takes one of them as getopt_long gave it, with its value in optarg. Returns -1 to go on, or the
 * exit status to end with, after the help or a message; an option that is none of them is not
 * known. */
int kea_cli_take_shared(const kea_command *self, kea_cli_shared *shared, int option);

#endif
