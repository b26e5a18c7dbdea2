/* keasim run: simulates a scenario and writes tables, figures, summary and database. */
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/launch.h"
#include "sim/cli/plan.h"
#include "sim/cli/progress.h"
#include "sim/cli/run_store.h"
#include "sim/cli/run_target.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"
#include "sim/inputs/identity.h"
#include "sim/report/drawings.h"
#include "sim/report/summary.h"
#include "sim/store/record.h"

#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char DETAILS[] =
    "Simulates every strategy of the scenario on the same people: base case, probabilistic\n"
    "analysis, staffing hours, the sweeps that the scenario names, tornado. Prints a summary;\n"
    "writes tables (CSV), figures (SVG, PNG, PDF), the resolved scenario and a database "
    "(SQLite).\n\n"
    "A run that broke off (Ctrl-C, a power cut, a full disk) is gone on with by the same command;\n"
    "its tables are those of a run that was never disturbed. Under mpirun or srun, the processes\n"
    "share the work.\n\n"
    "Options:\n"
    "  -o, --output DIR     the run's folder; may hold the same run unfinished, but no finished "
    "one\n"
    "                       (default: INTO/SCENARIO-N, the first that is not finished)\n"
    "      --into DIR       where folders are made when none is named (default: outputs)\n"
    "  -j, --threads N      threads (default: all processors, shared by the processes of mpirun)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated, e.g.\n"
    "                       --set school_als_werkplaats.hours_per_100=2.6 --set run.draws=200\n"
    "      --until-error X  add draws until the Monte Carlo error of the net benefit per person "
    "(per\n"
    "                       student a year) is X or less; run.draws is then the most. The same as\n"
    "                       --set run.target_error=X\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

typedef struct run_options {
    const char *scenario;
    const char *into;
    char until[64]; /* a setting, when asked for */
    kea_cli_shared shared;
} run_options;

typedef struct run {
    const run_options *options;
    kea_ranks *ranks; /* who shares the work; NULL: this process alone */
    const kea_model *model;
    kea_problem problem;
    kea_plan plan;
    kea_run_store store; /* of rank 0 */
    kea_progress progress;
} run;

static bool leads(const run *r)
{
    return kea_ranks_number(r->ranks) == 0;
}

static void time_text(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        text[0] = '\0';
}

/* Starts the clock, and says how much of a run that broke off is there. */
static kea_status start_progress(run *r, kea_error *err)
{
    double total = 0.0, earlier = 0.0;
    for (size_t i = 0; i < r->plan.n; i++) {
        const kea_plan_part *part = &r->plan.part[i];
        size_t n = 0;
        kea_status status = kea_store_points(r->store.store, part->design.name, &n, err);
        if (status != KEA_OK)
            return status;
        total += kea_plan_work(part);
        earlier += kea_plan_work(part) * (double)n / (double)part->design.n_points;
    }
    if (r->store.resumed && !r->options->shared.quiet)
        kea_cli_say("going on with %s, of which %.0f%% was done", r->store.folder.working,
                    100.0 * earlier / total);
    kea_progress_start(&r->progress, total, earlier, r->options->shared.quiet);
    return KEA_OK;
}

/* Amounts by school year are kept of the designs that a budget is made of. */
static bool is_kept_by_year(const kea_design *design)
{
    return strcmp(design->name, "base") == 0 || strcmp(design->name, "psa") == 0;
}

/* What rank 0 has of a design already, and how far it goes. */
static kea_status begin_part(run *r, const kea_plan_part *part, kea_run_target *target,
                             size_t *first, kea_error *err)
{
    const kea_design *design = &part->design;
    kea_progress_stage(&r->progress, part->stage, kea_plan_work(part));
    kea_status status = kea_run_store_begin(&r->store, design, first, err);
    if (status == KEA_OK && kea_run_target_has(&r->problem, design))
        status = kea_run_target_begin(target, &r->store, r->model, design, first, err);
    return status;
}

/* One design. All ranks come here; rank 0 has the store. */
static kea_status simulate_part(run *r, kea_plan_part *part, kea_error *err)
{
    const bool aims = kea_run_target_has(&r->problem, &part->design);
    const unsigned threads = r->options->shared.threads;
    kea_run_target target = {0};
    const kea_run_options options = {.threads = threads ? threads : kea_launch_threads(r->ranks),
                                     .progress = kea_progress_show,
                                     .context = &r->progress,
                                     .stop = kea_stop_asked(),
                                     .by_period = is_kept_by_year(&part->design),
                                     .ranks = r->ranks,
                                     .enough = &target.enough.met};
    size_t first = 0;
    kea_status status = leads(r) ? begin_part(r, part, &target, &first, err) : KEA_OK;
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
    KEA_TRY(kea_run_blocks(r->model, &r->problem, &part->design, &options, first,
                           aims ? kea_run_target_add : kea_run_store_add,
                           aims ? (void *)&target : (void *)&r->store, err));
    if (leads(r) && aims)
        status = kea_run_target_end(&target, &part->design, err);
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
done:
    kea_run_target_free(&target);
    return status;
}

static kea_status simulate(run *r, kea_error *err)
{
    kea_status status = leads(r) ? start_progress(r, err) : KEA_OK;
    status = kea_ranks_agree(r->ranks, status, err);
    for (size_t i = 0; i < r->plan.n && status == KEA_OK; i++)
        status = simulate_part(r, &r->plan.part[i], err);
    if (leads(r))
        kea_progress_end(&r->progress);
    if (status == KEA_OK && leads(r))
        status = kea_store_commit(r->store.store, err);
    return status;
}

/* The summary goes to summary.txt first and is then copied to the terminal, so both are the same.
 */
static kea_status write_summary(const run *r, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], figures[KEA_FOLDER_PATH + 16], tables[KEA_FOLDER_PATH + 16],
        database[KEA_FOLDER_PATH + 32];
    (void)snprintf(figures, sizeof figures, "%s/figures", r->store.folder.name);
    (void)snprintf(tables, sizeof tables, "%s/tables", r->store.folder.name);
    (void)snprintf(database, sizeof database, "%s/results.sqlite", r->store.folder.name);
    const kea_summary_places places = {!r->options->shared.no_figures ? figures : NULL, tables,
                                       database};
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&r->store.folder, "summary.txt", path, err));
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
static kea_status write_answers(run *r, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], finished[32];
    KEA_TRY(kea_folder_file(&r->store.folder, "tables", path, err));
    KEA_TRY(kea_answers_save(input, path, err));
    KEA_TRY(kea_folder_scenario(&r->store.folder, &r->problem, err));
    KEA_TRY(write_summary(r, input, err));
    if (!r->options->shared.no_figures) {
        KEA_TRY(kea_folder_file(&r->store.folder, "figures", path, err));
        KEA_TRY(kea_drawings_save(input, path, err));
    }
    time_text(finished, sizeof finished);
    KEA_TRY(kea_store_finish(r->store.store, KEA_STORE_FINISHED, finished, err));
    kea_store_close(r->store.store);
    r->store.store = NULL;
    KEA_TRY(kea_folder_finish(&r->store.folder, err));
done:
    return status;
}

/* Answers are made from what was stored: by one run or by several that broke off. */
static kea_status report(run *r, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_record record = {0};
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_memory_new(&block, r->plan.n, sizeof(kea_answer_part), err));
    kea_answer_part *parts = block;
    KEA_TRY(kea_folder_file(&r->store.folder, "results.sqlite", path, err));
    KEA_TRY(kea_record_read(&record, path, err));
    if (record.n_designs != r->plan.n) {
        status = kea_error_at(err, KEA_ERR_INTERNAL, path, 0, "%zu of %zu analyses are complete",
                              record.n_designs, r->plan.n);
        goto done;
    }
    for (size_t i = 0; i < r->plan.n; i++)
        parts[i] = (kea_answer_part){&r->plan.part[i].design, &record.designs[i].sample};
    const kea_answer_input input = {&r->problem, r->model->frame, r->plan.n, parts,
                                    r->model->caveat};
    status = write_answers(r, &input, err);
done:
    kea_record_free(&record);
    free(block);
    return status;
}

/* Reads the scenario. Every rank reads for itself, and they must have read the same. */
static kea_status read_input(run *r, kea_error *err)
{
    kea_buffer facts = {0};
    char *text = NULL;
    uint64_t hash = 0, of_first = 0;
    kea_status status =
        kea_cli_read(&r->problem, r->options->scenario, &r->options->shared.input, err);
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
    r->model = kea_models_find(r->problem.model_name);
    kea_buffer_add(&facts, "keasim %s\n", KEA_VERSION);
    kea_identity_add(&facts, &r->problem);
    status = kea_buffer_take(&facts, &text, err);
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
    hash = of_first = kea_identity_hash(text);
    kea_ranks_share(r->ranks, &of_first, sizeof of_first);
    if (hash != of_first)
        status = kea_error_at(err, KEA_ERR_INPUT, r->problem.file, 0,
                              "is another scenario, or read by another keasim, than on rank 0; "
                              "all machines must see the same files");
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
    status = kea_plan_make(&r->plan, &r->problem, err);
    KEA_TRY(kea_ranks_agree(r->ranks, status, err));
done:
    free(text);
    return status;
}

static kea_status open_store(run *r, kea_error *err)
{
    char started[32];
    kea_status status = KEA_OK;
    if (leads(r)) {
        time_text(started, sizeof started);
        const kea_store_info info = {KEA_VERSION, started, r->model->outcomes, r->model->n_outcomes,
                                     r->model->frame};
        const kea_run_place place = {r->options->shared.output, r->options->into,
                                     r->options->scenario};
        status = kea_run_store_open(&r->store, &place, &info, &r->problem, err);
    }
    return kea_ranks_agree(r->ranks, status, err);
}

/* What to do about a run that did not end well. */
static void say_what_is_left(run *r, kea_status status)
{
    char finished[32];
    kea_error second = {0};
    if (!r->store.store)
        return;
    time_text(finished, sizeof finished);
    if (status == KEA_ERR_INTERRUPTED &&
        kea_store_finish(r->store.store, KEA_STORE_INTERRUPTED, finished, &second) != KEA_OK)
        (void)kea_cli_fail(&second);
    kea_cli_say("what was done is safe in %s; the same command goes on with it",
                r->store.folder.working);
}

static int execute(run *r)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    KEA_TRY(read_input(r, &err));
    KEA_TRY(open_store(r, &err));
    kea_stop_listen();
    status = simulate(r, &err);
    if (status == KEA_OK && leads(r))
        status = report(r, &err);
done:
    if (status == KEA_OK)
        return leads(r) ? kea_folder_print(&r->store.folder, "summary.txt") : 0;
    (void)kea_cli_fail(&err);
    if (leads(r))
        say_what_is_left(r, status);
    return kea_status_exit(status);
}

enum { OPTION_INTO = KEA_OPTION_OWN, OPTION_UNTIL };

static const struct option long_options[] = {{"into", required_argument, NULL, OPTION_INTO},
                                             KEA_SHARED_SET,
                                             {"until-error", required_argument, NULL, OPTION_UNTIL},
                                             KEA_SHARED_NO_FIGURES,
                                             KEA_SHARED_OPTIONS,
                                             {NULL, 0, NULL, 0}};

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, run_options *o, int option)
{
    switch (option) {
    case OPTION_INTO:
        o->into = optarg;
        return *optarg ? -1 : kea_cli_usage(self, "--into needs the name of a folder");
    case OPTION_UNTIL:
        (void)snprintf(o->until, sizeof o->until, "run.target_error=%s", optarg);
        o->shared.input.set[o->shared.input.n_set++] = o->until;
        return -1;
    default:
        return kea_cli_take_shared(self, &o->shared, option);
    }
}

static int parse(const kea_command *self, run_options *o, int argc, char **argv)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, KEA_SHARED_LETTERS "s:", long_options, NULL)) != -1) {
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
    run_options options = {.into = "outputs"};
    static run r; /* large; one per program */
    kea_error err = {0};
    int ended = kea_launch_ranks(&r.ranks, &err) == KEA_OK ? -1 : kea_cli_fail(&err);
    options.shared.input.set = calloc((size_t)argc, sizeof *options.shared.input.set);
    if (!options.shared.input.set)
        ended = kea_status_exit(KEA_ERR_MEMORY);
    if (ended < 0)
        ended = parse(self, &options, argc, argv);
    if (ended < 0) {
        r.options = &options;
        ended = execute(&r);
        kea_run_store_close(&r.store);
        kea_plan_free(&r.plan);
        kea_problem_free(&r.problem);
    }
    kea_ranks_close(r.ranks);
    free(options.shared.input.set);
    return ended;
}

const kea_command kea_command_run = {"run", "SCENARIO [options]",
                                     "Simulate a scenario and write its answers.", DETAILS,
                                     run_command};
