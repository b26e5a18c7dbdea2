/* keasim run: simulates a scenario and writes tables, figures, summary and database. */
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/plan.h"
#include "sim/cli/progress.h"
#include "sim/cli/stop.h"

#include "models/registry.h"
#include "sim/engine/run.h"
#include "sim/report/drawings.h"
#include "sim/report/summary.h"
#include "sim/store/store.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char DETAILS[] =
    "Simulates every strategy of the scenario on the same students: base case, probabilistic\n"
    "analysis, sweeps over staffing hours and referral rates, tornado. Prints a summary; writes\n"
    "tables (CSV), figures (SVG, PNG, PDF), the resolved scenario and a database (SQLite).\n\n"
    "Options:\n"
    "  -o, --output DIR     the run's folder; must not exist (default: outputs/SCENARIO-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated, e.g.\n"
    "                       --set school_als_werkplaats.hours_per_100=2.6 --set run.draws=200\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

typedef struct run_options {
    const char *scenario;
    const char *output;
    unsigned threads;
    int figures;
    int quiet;
    kea_cli_input input;
} run_options;

typedef struct run {
    const run_options *options;
    const kea_model *model;
    kea_problem problem;
    kea_plan plan;
    kea_folder folder;
    kea_store *store;
    kea_progress progress;
} run;

static void time_text(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        text[0] = '\0';
}

static kea_status simulate(run *r, kea_error *err)
{
    double total = 0.0;
    for (size_t i = 0; i < r->plan.n; i++)
        total += kea_plan_work(&r->plan.part[i]);
    kea_progress_start(&r->progress, total, r->options->quiet);
    const kea_run_options options = {r->options->threads, kea_progress_show, &r->progress,
                                     kea_stop_asked()};
    for (size_t i = 0; i < r->plan.n; i++) {
        kea_plan_part *part = &r->plan.part[i];
        kea_progress_stage(&r->progress, part->stage, kea_plan_work(part));
        kea_status status =
            kea_run(r->model, &r->problem, &part->design, &options, &part->sample, err);
        if (status == KEA_OK)
            status = kea_store_write(r->store, &r->problem, &part->design, &part->sample, err);
        if (status != KEA_OK)
            return status;
    }
    kea_progress_end(&r->progress);
    return KEA_OK;
}

static kea_status write_text(const char *path, const char *text, kea_error *err)
{
    FILE *file = fopen(path, "w");
    int failed = !file || fputs(text, file) == EOF;
    if (file && fclose(file) != 0)
        failed = 1;
    if (!failed)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
}

/* The resolved scenario, and beside it the list of municipalities that it names. */
static kea_status write_scenario(const run *r, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], name[KEA_MAX_NAME + 5];
    char *list = NULL;
    KEA_TRY(kea_folder_file(&r->folder, "scenario.cfg", path, err));
    KEA_TRY(write_text(path, r->problem.text, err));
    KEA_TRY(kea_problem_list_file(&r->problem, name, &list, err));
    if (!list)
        goto done;
    KEA_TRY(kea_folder_file(&r->folder, name, path, err));
    KEA_TRY(write_text(path, list, err));
done:
    free(list);
    return status;
}

/* The summary goes to summary.txt first and is then copied to the terminal, so both are the same.
 */
static kea_status write_summary(const run *r, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], figures[KEA_FOLDER_PATH + 16], tables[KEA_FOLDER_PATH + 16],
        database[KEA_FOLDER_PATH + 32];
    (void)snprintf(figures, sizeof figures, "%s/figures", r->folder.name);
    (void)snprintf(tables, sizeof tables, "%s/tables", r->folder.name);
    (void)snprintf(database, sizeof database, "%s/results.sqlite", r->folder.name);
    const kea_summary_places places = {r->options->figures ? figures : NULL, tables, database};
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&r->folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_summary_write(file, input, &places, err));
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

/* Tables and texts first, then the end of the database, the figures last: drawing is done by a
 * library that could end the program. */
static kea_status report(run *r, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_answer_part parts[KEA_PLAN_MAX];
    char path[KEA_FOLDER_PATH], finished[32];
    for (size_t i = 0; i < r->plan.n; i++)
        parts[i] = (kea_answer_part){&r->plan.part[i].design, &r->plan.part[i].sample};
    const kea_answer_input input = {&r->problem, r->plan.n, parts, r->model->caveat};
    KEA_TRY(kea_folder_file(&r->folder, "tables", path, err));
    KEA_TRY(kea_answers_save(&input, path, err));
    KEA_TRY(write_scenario(r, err));
    KEA_TRY(write_summary(r, &input, err));
    if (r->options->figures) {
        KEA_TRY(kea_folder_file(&r->folder, "figures", path, err));
        KEA_TRY(kea_drawings_save(&input, path, err));
    }
    time_text(finished, sizeof finished);
    KEA_TRY(kea_store_finish(r->store, KEA_STORE_FINISHED, finished, err));
    kea_store_close(r->store);
    r->store = NULL;
    KEA_TRY(kea_folder_finish(&r->folder, err));
done:
    return status;
}

/* Everything after the scenario has been read and found good. */
static int execute(run *r)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], started[32];
    time_text(started, sizeof started);
    const kea_store_info info = {KEA_VERSION, started, r->model->outcomes, r->model->n_outcomes};
    KEA_TRY(kea_plan_make(&r->plan, &r->problem, &err));
    KEA_TRY(kea_folder_make(&r->folder, r->options->output, r->options->scenario, &err));
    KEA_TRY(kea_folder_file(&r->folder, "results.sqlite", path, &err));
    KEA_TRY(kea_store_create(&r->store, path, &info, &r->problem, &err));
    kea_stop_listen();
    KEA_TRY(simulate(r, &err));
    KEA_TRY(report(r, &err));
done:
    if (status == KEA_OK)
        return kea_folder_print(&r->folder, "summary.txt");
    kea_progress_end(&r->progress);
    if (status == KEA_ERR_INTERRUPTED && r->store) {
        time_text(started, sizeof started);
        kea_error second = {0};
        if (kea_store_finish(r->store, KEA_STORE_INTERRUPTED, started, &second) != KEA_OK)
            (void)kea_cli_fail(&second);
    }
    (void)kea_cli_fail(&err);
    if (r->store)
        kea_cli_say("what was complete is in %s/results.sqlite", r->folder.working);
    return kea_status_exit(status);
}

enum { OPTION_MODELS = 256, OPTION_LANGUAGE, OPTION_NO_FIGURES };

static const struct option long_options[] = {{"output", required_argument, NULL, 'o'},
                                             {"threads", required_argument, NULL, 'j'},
                                             {"set", required_argument, NULL, 's'},
                                             {"models", required_argument, NULL, OPTION_MODELS},
                                             {"language", required_argument, NULL, OPTION_LANGUAGE},
                                             {"no-figures", no_argument, NULL, OPTION_NO_FIGURES},
                                             {"quiet", no_argument, NULL, 'q'},
                                             {"help", no_argument, NULL, 'h'},
                                             {NULL, 0, NULL, 0}};

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, run_options *o, int option)
{
    switch (option) {
    case 'o':
        o->output = optarg;
        return *optarg ? -1 : kea_cli_usage(self, "--output needs the name of a folder");
    case 'j':
        o->threads = (unsigned)kea_cli_count(optarg, 4096);
        return o->threads > 0
                   ? -1
                   : kea_cli_usage(self, "--threads: expected a whole number from 1, found \"%s\"",
                                   optarg);
    case 's':
        o->input.set[o->input.n_set++] = optarg;
        return -1;
    case OPTION_MODELS:
        o->input.models_dir = optarg;
        return -1;
    case OPTION_LANGUAGE: {
        int failed = kea_cli_language(optarg);
        return failed ? failed : -1;
    }
    case OPTION_NO_FIGURES:
        o->figures = 0;
        return -1;
    case 'q':
        o->quiet = 1;
        return -1;
    case 'h':
        return kea_cli_help(self);
    default:
        return kea_cli_usage(self, "an option is not known or lacks its value");
    }
}

static int parse(const kea_command *self, run_options *o, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "o:j:s:qh", long_options, NULL)) != -1) {
        int ended = take(self, o, option);
        if (ended >= 0)
            return ended;
    }
    if (argc - optind != 1)
        return kea_cli_usage(self, "expected one scenario file, found %d", argc - optind);
    o->scenario = argv[optind];
    return -1;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    run_options options = {.threads = processors > 0 ? (unsigned)processors : 1, .figures = 1};
    static run r; /* large; one per program */
    options.input.set = calloc((size_t)argc, sizeof *options.input.set);
    if (!options.input.set)
        return kea_status_exit(KEA_ERR_MEMORY);
    int ended = parse(self, &options, argc, argv);
    if (ended < 0) {
        r.options = &options;
        ended = kea_cli_load(&r.problem, options.scenario, &options.input);
        if (ended == 0) {
            r.model = kea_models_find(r.problem.model_name);
            ended = execute(&r);
        }
        kea_store_close(r.store);
        kea_plan_free(&r.plan);
        kea_problem_free(&r.problem);
    }
    free(options.input.set);
    return ended;
}

const kea_command kea_command_run = {"run", "SCENARIO [options]",
                                     "Simulate a scenario and write its answers.", DETAILS,
                                     run_command};
