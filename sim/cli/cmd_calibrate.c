/* keasim calibrate: chooses the numbers that a file of published figures opens, and tells what it
 * found. Changes no file. */
#include "sim/cli/calibration_text.h"
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/published.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "sim/report/text.h"
#include "sim/search/calibrate.h"
#include "sim/search/open.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char DETAILS[] =
    "Chooses the numbers that the part `calibration` of a file of published figures opens, by the\n"
    "fitted figures that it names: least squares of the misses, each over half the width of its\n"
    "range, on the same simulated schools in every run. Checks and predictions are never used.\n"
    "Tells what was open and why, every figure before and after, and what to put into which file;\n"
    "changes no file. Without TARGETS: scenarios/targets.cfg of the program. Writes a folder with\n"
    "summary.txt and tables/calibration.csv, figures.csv and values.csv.\n\n"
    "Options:\n"
    "  -o, --output DIR     the folder to write; must not exist (default: outputs/calibration-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "      --replicates N   simulated schools behind every mean (default: 20)\n"
    "      --most-runs N    runs after which the search of a step ends (default: 200)\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

enum { DEFAULT_REPLICATES = 20, DEFAULT_RUNS = 200, MOST = 1000000 };

typedef struct calibrate_options {
    char targets[KEA_PUBLISHED_PATH];
    size_t replicates, most_runs;
    kea_cli_shared shared;
} calibrate_options;

typedef struct calibrate {
    const calibrate_options *options;
    kea_published published;
    kea_calibration calibration;
    kea_folder folder;
} calibrate;

static void say_step(void *context, size_t step)
{
    const calibrate *c = context;
    if (c->options->shared.quiet)
        return;
    if (step < c->published.targets.n_fits)
        kea_cli_say("step %zu of %zu: %s", step + 1, c->published.targets.n_fits,
                    c->published.targets.fit[step].id);
    else
        kea_cli_say("all figures with what was found");
}

/* Nothing is written before the input is found good. Returns 0 or the exit status. */
static int load(calibrate *c)
{
    kea_error err = {0};
    int failed = kea_published_load(&c->published, c->options->targets, &c->options->shared.input);
    if (failed)
        return failed;
    if (c->published.targets.n_fits == 0) {
        (void)kea_error_at(&err, KEA_ERR_INPUT, c->published.targets.file, 0,
                           "'calibration' is missing: nothing is open; scenarios/README.md tells "
                           "how to open numbers");
        return kea_cli_fail(&err);
    }
    if (kea_open_check(&c->published.targets, c->published.problem, &err) != KEA_OK)
        return kea_cli_fail(&err);
    return 0;
}

static kea_status write_summary(const calibrate *c, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&c->folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_calibration_write(file, &c->published, &c->calibration, err));
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), c->folder.name);
    (void)fputc('\n', file);
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

static kea_status report(calibrate *c, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(&c->folder, "tables", path, err));
    KEA_TRY(kea_calibration_save(&c->published, &c->calibration, path, err));
    KEA_TRY(write_summary(c, err));
    KEA_TRY(kea_folder_finish(&c->folder, err));
done:
    return status;
}

static int execute(calibrate *c)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    const kea_calibrate_options options = {c->options->replicates,
                                           c->options->most_runs,
                                           c->options->shared.threads,
                                           kea_stop_asked(),
                                           say_step,
                                           c};
    KEA_TRY(kea_folder_make(&c->folder, c->options->shared.output, "calibration", &err));
    kea_stop_listen();
    status = kea_calibrate(&c->calibration, &c->published.targets, c->published.problem,
                           c->published.model, &options, &err);
    if (status == KEA_OK)
        status = report(c, &err);
    else
        kea_folder_drop(&c->folder);
done:
    if (status == KEA_OK)
        return kea_folder_print(&c->folder, "summary.txt");
    return kea_cli_fail(&err);
}

/* ---------------------------------------------------------------- command line */

enum { OPTION_REPLICATES = KEA_OPTION_OWN, OPTION_RUNS };

static const struct option long_options[] = {
    {"replicates", required_argument, NULL, OPTION_REPLICATES},
    {"most-runs", required_argument, NULL, OPTION_RUNS},
    KEA_SHARED_OPTIONS,
    {NULL, 0, NULL, 0}};

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, calibrate_options *o, int option)
{
    unsigned long count = 0;
    int ended = -1;
    switch (option) {
    case OPTION_REPLICATES:
        ended = kea_cli_take_count(self, "--replicates", MOST, &count);
        o->replicates = count;
        return ended;
    case OPTION_RUNS:
        ended = kea_cli_take_count(self, "--most-runs", MOST, &count);
        o->most_runs = count;
        return ended;
    default:
        return kea_cli_take_shared(self, &o->shared, option);
    }
}

static int parse(const kea_command *self, calibrate_options *o, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, KEA_SHARED_LETTERS, long_options, NULL)) != -1) {
        int ended = take(self, o, option);
        if (ended >= 0)
            return ended;
    }
    return kea_published_path(self, argc, argv, o->targets);
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    calibrate_options options = {.shared = {.threads = processors > 0 ? (unsigned)processors : 1},
                                 .replicates = DEFAULT_REPLICATES,
                                 .most_runs = DEFAULT_RUNS};
    calibrate c = {.options = &options};
    int ended = parse(self, &options, argc, argv);
    if (ended >= 0)
        return ended;
    ended = load(&c);
    if (ended == 0)
        ended = execute(&c);
    kea_calibration_free(&c.calibration);
    kea_published_free(&c.published);
    return ended;
}

const kea_command kea_command_calibrate = {"calibrate", "[TARGETS] [options]",
                                           "Choose open numbers by published figures.", DETAILS,
                                           run_command};
