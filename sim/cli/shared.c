/* Takes the options that commands share. */
#include "sim/cli/shared.h"

enum { MOST_THREADS = 4096 };

int kea_cli_take_shared(const kea_command *self, kea_cli_shared *shared, int option)
{
    unsigned long count = 0;
    int ended = -1;
    switch (option) {
    case 'o':
        shared->output = optarg;
        return *optarg ? -1 : kea_cli_usage(self, "--output needs the name of a folder");
    case 'j':
        ended = kea_cli_take_count(self, "--threads", MOST_THREADS, &count);
        shared->threads = (unsigned)count;
        return ended;
    case 's':
        shared->input.set[shared->input.n_set++] = optarg;
        return -1;
    case KEA_OPTION_MODELS:
        shared->input.models_dir = optarg;
        return -1;
    case KEA_OPTION_LANGUAGE:
        ended = kea_cli_language(optarg);
        return ended ? ended : -1;
    case KEA_OPTION_NO_FIGURES:
        shared->no_figures = true;
        return -1;
    case 'q':
        shared->quiet = true;
        return -1;
    case 'h':
        return kea_cli_help(self);
    default:
        return kea_cli_usage(self, "an option is not known or lacks its value");
    }
}
