/* keasim allocate: how a budget is best divided over levels or sites. */
#include "sim/cli/allocate_run.h"
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/launch.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "models/registry.h"
#include "sim/report/allocation.h"
#include "sim/report/text.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Simulates sites, each a school of its own with a team of its own, at several levels of "
    "hours,\n"
    "on the same draws everywhere, and finds the division of a budget over them that brings most.\n"
    "Compares it with hours in proportion to size, tells how sure the division is, and what less\n"
    "and more money brings. Prints tables and sentences; writes them with figures into a "
    "folder.\n\n"
    "Options:\n"
    "      --by levels|sites what the budget is divided over: the levels at which students start,\n"
    "                       each as a site, or the sites that the scenario lists\n"
    "      --hours N        the budget: hours a week, or\n"
    "      --budget N       what teams may cost a year, in the model's money\n"
    "      --strategy ID    whose hours; needed when there are several beside the comparator\n"
    "      --of QUANTITY    what is to be most: effect (the default), net_benefit (at the "
    "scenario's\n"
    "                       willingness to pay), or an outcome of the model, of which less when\n"
    "                       that is better; always against the comparator\n"
    "      --draws N        parameter draws, 20 or more (default: 200)\n"
    "  -o, --output DIR     the folder to write; must not exist (default: outputs/allocation-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

/* Fewer draws cannot be split in two that each tell anything. */
enum { DEFAULT_DRAWS = 200, LEAST_DRAWS = 20, MOST = 10000000, NAMES = 400 };

typedef struct allocate_options {
    const char *scenario, *output, *by, *strategy, *of;
    double hours, budget; /* NAN: not given */
    size_t draws;
    kea_cli_shared shared;
} allocate_options;

typedef struct allocate {
    const allocate_options *options;
    kea_problem problem;
    kea_allocate_run run;
    kea_allocation found;
    kea_progress progress;
    kea_folder folder;
} allocate;

/* ---------------------------------------------------------------- what is asked */

/* The names of the strategies beside the comparator. */
static void list_strategies(const kea_problem *problem, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 1; i < problem->n_strategies && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i > 1 ? ", " : "",
                                 problem->care[problem->strategies[i]].id);
}

static kea_status choose_strategy(allocate *t, kea_error *err)
{
    const kea_problem *problem = &t->problem;
    const char *wanted = t->options->strategy;
    char names[NAMES];
    t->found.strategy = 1;
    list_strategies(problem, names, sizeof names);
    if (!wanted && problem->n_strategies == 2)
        return KEA_OK;
    if (!wanted)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "there are several strategies; say with --strategy whose hours are "
                             "divided: %s",
                             names);
    for (size_t i = 1; i < problem->n_strategies; i++)
        if (strcmp(problem->care[problem->strategies[i]].id, wanted) == 0) {
            t->found.strategy = i;
            return KEA_OK;
        }
    return kea_error_set(err, KEA_ERR_USAGE,
                         "--strategy: expected one of %s, found \"%s\"; the first strategy is what "
                         "others are set against",
                         names, wanted);
}

static kea_status choose_sites(allocate *t, kea_error *err)
{
    const char *by = t->options->by;
    const kea_parts *parts = t->run.model->parts;
    t->run.by_parts = strcmp(by, "sites") != 0;
    if (!t->run.by_parts || (parts && strcmp(by, parts->name) == 0))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE, "--by: expected %s%ssites, found \"%s\"",
                         parts ? parts->name : "", parts ? " or " : "", by);
}

/* What is to be most; of what is bad, how much less there is of it. */
static kea_status choose_quantity(allocate *t, kea_error *err)
{
    kea_error why = {0};
    const kea_model *model = t->run.model;
    kea_quantity *quantity = &t->found.quantity;
    if (kea_quantity_find(quantity, t->options->of, t->problem.settings.reference_wtp,
                          model->n_outcomes, model->outcomes, &why) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "--of: %s", why.text);
    t->found.turned = quantity->kind == KEA_QUANTITY_COST;
    if (quantity->kind != KEA_QUANTITY_OUTCOME)
        return KEA_OK;
    t->found.turned = model->outcomes[quantity->outcome].better < 0;
    if (model->outcomes[quantity->outcome].better != 0)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "--of: of '%s' neither more nor less is better, so no division is best",
                         quantity->name);
}

/* Reads the scenario: nothing is written before all of it is found good. */
static kea_status read_input(allocate *t, kea_error *err)
{
    kea_status status = KEA_OK;
    const allocate_options *o = t->options;
    kea_allocation *found = &t->found;
    KEA_TRY(kea_cli_read(&t->problem, o->scenario, &o->shared.input, err));
    const kea_model *model = kea_models_find(t->problem.model_name);
    t->run = (kea_allocate_run){.model = model,
                                .problem = &t->problem,
                                .draws = o->draws,
                                .threads = o->shared.threads ? o->shared.threads
                                                             : kea_launch_threads(NULL),
                                .quiet = o->shared.quiet,
                                .progress = &t->progress};
    KEA_TRY(choose_sites(t, err));
    KEA_TRY(choose_strategy(t, err));
    found->answers =
        (kea_answer_input){.problem = &t->problem, .frame = model->frame, .caveat = model->caveat};
    found->outcomes = model->outcomes;
    found->by_parts = t->run.by_parts;
    found->caveat = t->run.by_parts ? model->parts->caveat : NULL;
    found->money = !isnan(o->budget);
    found->budget = found->money ? o->budget : o->hours;
    KEA_TRY(choose_quantity(t, err));
    KEA_TRY(kea_allocate_check(found, &t->run, err));
done:
    return status;
}

/* ---------------------------------------------------------------- what is written */

static kea_status write_summary(const allocate *t, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&t->folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_allocation_write(file, &t->found, err));
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), t->folder.name);
    (void)fputc('\n', file);
    if (!t->options->shared.no_figures) {
        (void)fprintf(file, kea_text("Figures: %s/figures"), t->folder.name);
        (void)fputc('\n', file);
    }
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

/* Figures last: drawing is done by a library that could end the program. */
static kea_status report(allocate *t, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(&t->folder, "tables", path, err));
    KEA_TRY(kea_allocation_save(&t->found, path, err));
    KEA_TRY(kea_folder_scenario(&t->folder, &t->problem, err));
    KEA_TRY(write_summary(t, err));
    if (!t->options->shared.no_figures) {
        KEA_TRY(kea_folder_file(&t->folder, "figures", path, err));
        KEA_TRY(kea_allocation_draw(&t->found, path, err));
    }
    KEA_TRY(kea_folder_finish(&t->folder, err));
done:
    return status;
}

static int execute(allocate *t)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    KEA_TRY(read_input(t, &err));
    KEA_TRY(kea_folder_make(&t->folder, t->options->shared.output, "allocation", &err));
    kea_stop_listen();
    status = kea_allocate_simulate(&t->found, &t->run, &err);
    if (status == KEA_OK)
        status = kea_allocation_solve(&t->found, &err);
    if (status == KEA_OK)
        status = report(t, &err);
    else
        kea_folder_drop(&t->folder);
done:
    return status == KEA_OK ? kea_folder_print(&t->folder, "summary.txt") : kea_cli_fail(&err);
}

/* ---------------------------------------------------------------- command line */

enum {
    OPTION_BY = KEA_OPTION_OWN,
    OPTION_HOURS,
    OPTION_BUDGET,
    OPTION_STRATEGY,
    OPTION_OF,
    OPTION_DRAWS
};

static const struct option long_options[] = {{"by", required_argument, NULL, OPTION_BY},
                                             {"hours", required_argument, NULL, OPTION_HOURS},
                                             {"budget", required_argument, NULL, OPTION_BUDGET},
                                             {"strategy", required_argument, NULL, OPTION_STRATEGY},
                                             {"of", required_argument, NULL, OPTION_OF},
                                             {"draws", required_argument, NULL, OPTION_DRAWS},
                                             KEA_SHARED_SET,
                                             KEA_SHARED_NO_FIGURES,
                                             KEA_SHARED_OPTIONS,
                                             {NULL, 0, NULL, 0}};

/* Takes an amount above 0; -1 to go on, or the exit status to end with. */
static int take_amount(const kea_command *self, const char *option, double *amount)
{
    char *end = NULL;
    *amount = strtod(optarg, &end);
    if (*optarg && *end == '\0' && isfinite(*amount) && *amount > 0.0)
        return -1;
    return kea_cli_usage(self, "%s: expected a number above 0, found \"%s\"", option, optarg);
}

static int take_draws(const kea_command *self, allocate_options *o)
{
    unsigned long count = 0;
    int ended = kea_cli_take_count(self, "--draws", MOST, &count);
    o->draws = count;
    if (ended < 0 && count < LEAST_DRAWS)
        return kea_cli_usage(self,
                             "--draws: expected %d or more, of which half choose and half judge, "
                             "found %lu",
                             LEAST_DRAWS, count);
    return ended;
}

/* Takes what is to be divided; -1, the exit status to end with, or -2 when it is none of it. */
static int take_question(const kea_command *self, allocate_options *o, int option)
{
    switch (option) {
    case OPTION_BY:
        o->by = optarg;
        return -1;
    case OPTION_HOURS:
        return take_amount(self, "--hours", &o->hours);
    case OPTION_BUDGET:
        return take_amount(self, "--budget", &o->budget);
    case OPTION_STRATEGY:
        o->strategy = optarg;
        return -1;
    case OPTION_OF:
        o->of = optarg;
        return -1;
    case OPTION_DRAWS:
        return take_draws(self, o);
    default:
        return -2;
    }
}

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, allocate_options *o, int option)
{
    int ended = take_question(self, o, option);
    return ended != -2 ? ended : kea_cli_take_shared(self, &o->shared, option);
}

static int parse(const kea_command *self, allocate_options *o, int argc, char **argv)
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
    if (!o->by)
        return kea_cli_usage(self,
                             "say with --by what the budget is divided over: levels or sites");
    if (isnan(o->hours) && isnan(o->budget))
        return kea_cli_usage(self,
                             "there is no budget to divide: give --hours (a week) or --budget "
                             "(a year)");
    if (!isnan(o->hours) && !isnan(o->budget))
        return kea_cli_usage(self, "--hours and --budget exclude each other: give one");
    return -1;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    allocate_options o = {
        .of = "effect", .hours = (double)NAN, .budget = (double)NAN, .draws = DEFAULT_DRAWS};
    allocate t = {.options = &o};
    int ended = kea_status_exit(KEA_ERR_MEMORY);
    o.shared.input.set = calloc((size_t)argc, sizeof *o.shared.input.set);
    if (o.shared.input.set)
        ended = parse(self, &o, argc, argv);
    if (ended < 0)
        ended = execute(&t);
    kea_allocation_free(&t.found);
    kea_problem_free(&t.problem);
    free(o.shared.input.set);
    return ended;
}

const kea_command kea_command_allocate = {
    "allocate", "SCENARIO --by levels|sites --hours N|--budget N [options]",
    "How a budget is best divided over levels or sites.", DETAILS, run_command};
