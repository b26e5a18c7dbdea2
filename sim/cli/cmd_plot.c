/* keasim plot: draws the figures of a finished run again, from its database alone. */
#include "sim/cli/cli.h"

#include "sim/core/memory.h"
#include "sim/report/drawings.h"
#include "sim/store/record.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char DETAILS[] = "Draws the figures of a run again from its database "
                              "RUN/results.sqlite, for example in another\n"
                              "language. Without --output they replace those in RUN/figures.\n\n"
                              "Options:\n"
                              "  -o, --output DIR     where to draw (made when it is not there)\n"
                              "      --language LANG  en or nl\n"
                              "  -h, --help           this help\n";

enum { OPTION_LANGUAGE = 256, PATH_SIZE = 4096 };

static kea_status draw(const kea_record *record, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    void *parts = NULL;
    KEA_TRY(kea_memory_new(&parts, record->n_designs, sizeof(kea_answer_part), err));
    for (size_t i = 0; i < record->n_designs; i++)
        ((kea_answer_part *)parts)[i] =
            (kea_answer_part){&record->designs[i].design, &record->designs[i].sample};
    const kea_answer_input input = {&record->problem, &record->frame, record->n_designs, parts,
                                    NULL};
    KEA_TRY(kea_drawings_save(&input, folder, err));
done:
    free(parts);
    return status;
}

static int plot(const char *run, const char *output)
{
    char database[PATH_SIZE], folder[PATH_SIZE];
    kea_record record = {0};
    kea_error err = {0};
    int a = snprintf(database, sizeof database, "%s/results.sqlite", run);
    int b = output ? snprintf(folder, sizeof folder, "%s", output)
                   : snprintf(folder, sizeof folder, "%s/figures", run);
    if (a >= PATH_SIZE || b >= PATH_SIZE) {
        kea_cli_say("the path of the run is too long");
        return kea_status_exit(KEA_ERR_USAGE);
    }
    kea_status status = kea_record_read(&record, database, &err);
    if (status == KEA_OK && mkdir(folder, 0777) != 0 && errno != EEXIST)
        status = kea_error_at(&err, KEA_ERR_IO, folder, 0, "the folder cannot be made: %s",
                              strerror(errno));
    if (status == KEA_OK && record.state != KEA_STORE_FINISHED)
        kea_cli_say("this run is %s; only its complete parts are drawn",
                    kea_store_state_name(record.state));
    if (status == KEA_OK)
        status = draw(&record, folder, &err);
    kea_record_free(&record);
    if (status != KEA_OK)
        return kea_cli_fail(&err);
    (void)printf("%s\n", folder);
    return 0;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"output", required_argument, NULL, 'o'},
        {"language", required_argument, NULL, OPTION_LANGUAGE},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    const char *output = NULL;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1) {
        if (option == 'o') {
            output = optarg;
        } else if (option == OPTION_LANGUAGE) {
            int failed = kea_cli_language(optarg);
            if (failed)
                return failed;
        } else if (option == 'h') {
            return kea_cli_help(self);
        } else {
            return kea_cli_usage(self, "an option is not known or lacks its value");
        }
    }
    if (argc - optind != 1)
        return kea_cli_usage(self, "expected the folder of one run, found %d words", argc - optind);
    return plot(argv[optind], output);
}

const kea_command kea_command_plot = {"plot", "RUN [options]", "Draw the figures of a run again.",
                                      DETAILS, run_command};
