/* keasim sensitivity: what other numbers would change, where the answer turns, and which numbers
 * its uncertainty is due to. */
#include "sim/cli/cli.h"
#include "sim/cli/folder.h"
#include "sim/cli/launch.h"
#include "sim/cli/questions.h"
#include "sim/cli/sensitivity_run.h"
#include "sim/cli/shared.h"
#include "sim/cli/stop.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/report/sensitivity.h"
#include "sim/report/text.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Simulates a scenario again and again with other numbers, on the same people every time.\n"
    "Prints tables and sentences; writes them with figures into a folder. Questions, each of "
    "which\n"
    "may be asked several times in one command:\n"
    "      --one-way AXIS        what other values of one number bring\n"
    "      --two-way AXIS,AXIS   a map of two numbers\n"
    "      --table AXIS,AXIS,... all combinations of up to 6 numbers\n"
    "      --threshold AXIS      how small or large it must be for the answer to turn\n"
    "      --what-if             the what-if scenarios that the scenario names\n"
    "      --sobol               which numbers the uncertainty is due to (Sobol indices)\n"
    "      --morris              which numbers matter at all, from few runs (Morris)\n\n"
    "AXIS is NAME=FROM:TO:N, N values from FROM to TO; NAME=xFROM:xTO:N, its value times so much;\n"
    "NAME=qFROM:qTO:N, its quantiles. Without :N there are 5. NAME alone is its 95% interval, for\n"
    "--threshold 0 to 4 times its value. NAME as for --set.\n\n"
    "Options:\n"
    "      --of QUANTITY    what thresholds and --sobol, --morris are about: net_benefit (the\n"
    "                       default, at the scenario's willingness to pay), cost, effect, or an\n"
    "                       outcome of the model; always against the comparator\n"
    "      --at NUMBER      thresholds: the value of QUANTITY that is looked for (default: 0)\n"
    "      --replicates N   simulated cohorts behind every mean, numbers as in the base case\n"
    "                       (default: run.replicates of the scenario)\n"
    "      --draws N        N parameter draws in the place of the base case\n"
    "      --rows N         --sobol: rows (default: 256); each is as many points as there are\n"
    "                       uncertain numbers, and 2\n"
    "      --trajectories N --morris: trajectories (default: 20)\n"
    "      --group NAME,... --sobol, --morris: these numbers are one; may be repeated\n"
    "      --by-parameter   --sobol, --morris: all numbers of a parameter are one\n"
    "  -o, --output DIR     the folder to write; must not exist (default: outputs/sensitivity-N)\n"
    "  -j, --threads N      threads (default: all processors)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "      --no-figures     leave the figures out\n"
    "  -q, --quiet          no progress\n"
    "  -h, --help           this help\n";

enum { DEFAULT_ROWS = 256, DEFAULT_TRAJECTORIES = 20, MOST = 10000000 };

/* One question as it was asked. */
typedef struct asked {
    kea_question_kind kind;
    const char *text;
} asked;

typedef struct sensitivity_options {
    const char *scenario;
    const char *of;
    double at;
    size_t draws, replicates, rows, trajectories;
    bool by_parameter;
    size_t n_groups, n_asked;
    const char **groups; /* room for argc of them, as of asked and input.set; owned */
    asked *asked;
    kea_cli_shared shared;
} sensitivity_options;

typedef struct sensitivity {
    const sensitivity_options *options;
    const kea_model *model;
    kea_problem problem;
    kea_question_options how;
    kea_question *questions; /* [options->n_asked] */
    kea_sensitivity answers;
    kea_progress progress;
    kea_folder folder;
} sensitivity;

/* ---------------------------------------------------------------- what is asked */

static void set_how(sensitivity *s)
{
    const sensitivity_options *o = s->options;
    const kea_settings *settings = &s->problem.settings;
    size_t replicates = o->replicates > 0 ? o->replicates : settings->replicates;
    s->how = (kea_question_options){.drawn = o->draws > 0,
                                    .repeats = o->draws > 0 ? o->draws : replicates,
                                    .rows = o->rows,
                                    .trajectories = o->trajectories,
                                    .by_parameter = o->by_parameter,
                                    .n_groups = o->n_groups,
                                    .groups = o->groups};
}

/* Two questions of the same name: the second becomes "one_way_price_2". */
static void tell_apart(kea_question *questions, size_t at)
{
    char stem[KEA_QUESTION_STEM];
    size_t n = 1;
    (void)snprintf(stem, sizeof stem, "%s", questions[at].stem);
    for (size_t i = 0; i < at; i++)
        if (strcmp(questions[i].stem, questions[at].stem) == 0) {
            (void)snprintf(questions[at].stem, sizeof stem, "%.220s_%zu", stem, ++n);
            i = (size_t)-1;
        }
}

static kea_status choose_quantities(sensitivity *s, kea_error *err)
{
    static const char *const always[] = {"cost", "effect", "net_benefit"};
    kea_status status = KEA_OK;
    kea_error why = {0};
    kea_sensitivity *a = &s->answers;
    double wtp = s->problem.settings.reference_wtp;
    size_t n = sizeof always / sizeof always[0];
    a->answers = (kea_answer_input){
        .problem = &s->problem, .frame = s->model->frame, .caveat = s->model->caveat};
    a->outcomes = s->model->outcomes;
    a->goal = s->options->at;
    for (size_t i = 0; i < n; i++)
        KEA_TRY(kea_quantity_find(&a->quantity[i], always[i], wtp, s->model->n_outcomes,
                                  s->model->outcomes, err));
    if (kea_quantity_find(&a->quantity[n], s->options->of, wtp, s->model->n_outcomes,
                          s->model->outcomes, &why) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "--of: %s", why.text);
    a->n_quantities = n + (a->quantity[n].kind == KEA_QUANTITY_OUTCOME);
    a->of = a->n_quantities > n ? n : (size_t)a->quantity[n].kind;
done:
    return status;
}

/* Reads the scenario and makes the designs: nothing is written before all of it is found good. */
static kea_status read_input(sensitivity *s, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const sensitivity_options *o = s->options;
    KEA_TRY(kea_cli_read(&s->problem, o->scenario, &o->shared.input, err));
    s->model = kea_models_find(s->problem.model_name);
    KEA_TRY(choose_quantities(s, err));
    set_how(s);
    KEA_TRY(kea_memory_new(&block, o->n_asked, sizeof *s->questions, err));
    s->questions = block;
    for (size_t i = 0; i < o->n_asked; i++) {
        KEA_TRY(kea_question_make(&s->questions[i], &s->problem, o->asked[i].kind, o->asked[i].text,
                                  &s->how, err));
        tell_apart(s->questions, i);
    }
done:
    return status;
}

/* ---------------------------------------------------------------- what is written */

static kea_status write_summary(const sensitivity *s, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    FILE *file = NULL;
    KEA_TRY(kea_folder_file(&s->folder, "summary.txt", path, err));
    file = fopen(path, "w");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    KEA_TRY(kea_sensitivity_write(file, &s->answers, err));
    (void)fputc('\n', file);
    (void)fprintf(file, kea_text("Tables: %s/tables"), s->folder.name);
    (void)fputc('\n', file);
    if (!s->options->shared.no_figures) {
        (void)fprintf(file, kea_text("Figures: %s/figures"), s->folder.name);
        (void)fputc('\n', file);
    }
done:
    if (file && fclose(file) != 0 && status == KEA_OK)
        status = kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return status;
}

/* Tables and texts first, the figures last: drawing is done by a library that could end the
 * program. */
static kea_status report(sensitivity *s, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(&s->folder, "tables", path, err));
    KEA_TRY(kea_sensitivity_save(&s->answers, path, err));
    KEA_TRY(kea_folder_scenario(&s->folder, &s->problem, err));
    KEA_TRY(write_summary(s, err));
    if (!s->options->shared.no_figures) {
        KEA_TRY(kea_folder_file(&s->folder, "figures", path, err));
        KEA_TRY(kea_sensitivity_draw(&s->answers, path, err));
    }
    KEA_TRY(kea_folder_finish(&s->folder, err));
done:
    return status;
}

static int execute(sensitivity *s)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    const sensitivity_options *o = s->options;
    KEA_TRY(read_input(s, &err));
    KEA_TRY(kea_folder_make(&s->folder, o->shared.output, "sensitivity", &err));
    kea_stop_listen();
    const kea_sensitivity_run run = {.model = s->model,
                                     .problem = &s->problem,
                                     .n_questions = o->n_asked,
                                     .questions = s->questions,
                                     .options = &s->how,
                                     .threads = o->shared.threads ? o->shared.threads
                                                                  : kea_launch_threads(NULL),
                                     .quiet = o->shared.quiet,
                                     .progress = &s->progress};
    status = kea_sensitivity_run_all(&s->answers, &run, &err);
    if (status == KEA_OK)
        status = report(s, &err);
    else
        kea_folder_drop(&s->folder);
done:
    return status == KEA_OK ? kea_folder_print(&s->folder, "summary.txt") : kea_cli_fail(&err);
}

/* ---------------------------------------------------------------- command line */

enum {
    OPTION_ASK = KEA_OPTION_OWN, /* and the kinds of questions after it */
    OPTION_OF = OPTION_ASK + KEA_N_QUESTION_KINDS,
    OPTION_AT,
    OPTION_DRAWS,
    OPTION_REPLICATES,
    OPTION_ROWS,
    OPTION_TRAJECTORIES,
    OPTION_GROUP,
    OPTION_BY_PARAMETER
};

static const struct option long_options[] = {
    {"one-way", required_argument, NULL, OPTION_ASK + KEA_ASK_ONE_WAY},
    {"two-way", required_argument, NULL, OPTION_ASK + KEA_ASK_TWO_WAY},
    {"table", required_argument, NULL, OPTION_ASK + KEA_ASK_TABLE},
    {"threshold", required_argument, NULL, OPTION_ASK + KEA_ASK_THRESHOLD},
    {"what-if", no_argument, NULL, OPTION_ASK + KEA_ASK_WHAT_IF},
    {"sobol", no_argument, NULL, OPTION_ASK + KEA_ASK_SOBOL},
    {"morris", no_argument, NULL, OPTION_ASK + KEA_ASK_MORRIS},
    {"of", required_argument, NULL, OPTION_OF},
    {"at", required_argument, NULL, OPTION_AT},
    {"draws", required_argument, NULL, OPTION_DRAWS},
    {"replicates", required_argument, NULL, OPTION_REPLICATES},
    {"rows", required_argument, NULL, OPTION_ROWS},
    {"trajectories", required_argument, NULL, OPTION_TRAJECTORIES},
    {"group", required_argument, NULL, OPTION_GROUP},
    {"by-parameter", no_argument, NULL, OPTION_BY_PARAMETER},
    KEA_SHARED_SET,
    KEA_SHARED_NO_FIGURES,
    KEA_SHARED_OPTIONS,
    {NULL, 0, NULL, 0}};

/* Takes a whole number of at least 1; as kea_cli_take_count. */
static int take_size(const kea_command *self, const char *option, size_t *size)
{
    unsigned long count = 0;
    int ended = kea_cli_take_count(self, option, MOST, &count);
    *size = count;
    return ended;
}

static int take_at(const kea_command *self, sensitivity_options *o)
{
    char *end = NULL;
    o->at = strtod(optarg, &end);
    if (*optarg && *end == '\0' && isfinite(o->at))
        return -1;
    return kea_cli_usage(self, "--at: expected a number, found \"%s\"", optarg);
}

/* Takes what a question is about; -1, the exit status to end with, or -2 when it is none of it. */
static int take_question(const kea_command *self, sensitivity_options *o, int option)
{
    if (option >= OPTION_ASK && option < OPTION_ASK + KEA_N_QUESTION_KINDS) {
        kea_question_kind kind = (kea_question_kind)(option - OPTION_ASK);
        o->asked[o->n_asked++] = (asked){kind, kind <= KEA_ASK_THRESHOLD ? optarg : NULL};
        return -1;
    }
    switch (option) {
    case OPTION_OF:
        o->of = optarg;
        return -1;
    case OPTION_AT:
        return take_at(self, o);
    case OPTION_DRAWS:
        return take_size(self, "--draws", &o->draws);
    case OPTION_REPLICATES:
        return take_size(self, "--replicates", &o->replicates);
    case OPTION_ROWS:
        return take_size(self, "--rows", &o->rows);
    case OPTION_TRAJECTORIES:
        return take_size(self, "--trajectories", &o->trajectories);
    case OPTION_GROUP:
        o->groups[o->n_groups++] = optarg;
        return -1;
    case OPTION_BY_PARAMETER:
        o->by_parameter = true;
        return -1;
    default:
        return -2;
    }
}

/* Takes one option; returns -1 to go on, or the exit status to end with. */
static int take(const kea_command *self, sensitivity_options *o, int option)
{
    int ended = take_question(self, o, option);
    return ended != -2 ? ended : kea_cli_take_shared(self, &o->shared, option);
}

static int parse(const kea_command *self, sensitivity_options *o, int argc, char **argv)
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
    if (o->n_asked == 0)
        return kea_cli_usage(self, "nothing is asked: give --one-way, --two-way, --table, "
                                   "--threshold, --what-if, --sobol or --morris");
    if (o->draws > 0 && o->replicates > 0)
        return kea_cli_usage(self, "--draws and --replicates exclude each other: every draw is "
                                   "lived through by a cohort of its own");
    return -1;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    sensitivity_options o = {
        .of = "net_benefit", .rows = DEFAULT_ROWS, .trajectories = DEFAULT_TRAJECTORIES};
    sensitivity s = {.options = &o};
    int ended = kea_status_exit(KEA_ERR_MEMORY);
    o.shared.input.set = calloc((size_t)argc, sizeof *o.shared.input.set);
    o.groups = calloc((size_t)argc, sizeof *o.groups);
    o.asked = calloc((size_t)argc, sizeof *o.asked);
    if (o.shared.input.set && o.groups && o.asked)
        ended = parse(self, &o, argc, argv);
    if (ended < 0)
        ended = execute(&s);
    kea_sensitivity_run_free(&s.answers);
    for (size_t i = 0; s.questions && i < o.n_asked; i++)
        kea_question_free(&s.questions[i]);
    free(s.questions);
    kea_problem_free(&s.problem);
    free(o.asked);
    free(o.groups);
    free(o.shared.input.set);
    return ended;
}

const kea_command kea_command_sensitivity = {
    "sensitivity", "SCENARIO QUESTION... [options]",
    "Other numbers: what they change, where the answer turns, which matter.", DETAILS, run_command};
