/* keasim trace: the life of one simulated student under every strategy, side by side. It runs the
 * same code as a run, on the same addressed random numbers, with a listener. */
#include "sim/cli/cli.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Tells week by week what happens to one simulated student under each strategy: needs, who\n"
    "noticed, waiting, support, leaving. Weeks are written YEAR:WEEK; school year 1 is the first\n"
    "after the decision, years up to 0 lie before it. Students are numbered by year of entry: the\n"
    "first of the warm-up's year y (from 0) is y times the number of places.\n\n"
    "Options:\n"
    "      --student N      which student (default 0)\n"
    "      --draw N         parameter draw and school number N (default: base case, school 0)\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --language LANG  en or nl\n"
    "  -h, --help           this help\n";

enum { OPTION_MODELS = 256, OPTION_LANGUAGE, OPTION_STUDENT, OPTION_DRAW };
enum { WEEKS = 52, LINE = 128, LEFT = 8 };

typedef struct line {
    int week;
    char text[LINE];
} line;

/* The lines of one life; kept in order of week as they come. */
typedef struct story {
    line *lines;
    size_t n, capacity;
    kea_status status;
    kea_language language;
} story;

typedef struct trace {
    const kea_model *model;
    kea_problem problem;
    long draw; /* -1: base case */
    unsigned long student;
    kea_cli_input input;
} trace;

static void hear(void *context, const kea_event *event)
{
    story *s = context;
    char number[32] = "";
    if (s->status != KEA_OK)
        return;
    if (s->n == s->capacity) {
        size_t capacity = 2 * s->capacity + 64;
        s->status = kea_memory_resize((void **)&s->lines, capacity, sizeof *s->lines, NULL);
        if (s->status != KEA_OK)
            return;
        s->capacity = capacity;
    }
    line *l = &s->lines[s->n++];
    l->week = event->week;
    if (!isnan(event->number))
        kea_text_number(number, sizeof number, event->number,
                        event->number == floor(event->number) ? 0 : 1, s->language);
    (void)snprintf(l->text, sizeof l->text, "%s%s%s%s%s", kea_text(event->what),
                   event->detail ? ": " : "", event->detail ? kea_text(event->detail) : "",
                   *number ? " " : "", number);
}

/* The texts of one arm in one week, one below the other; the columns run in step. */
static void print_week(const story *stories, size_t n, size_t *at, int week, int width, int first)
{
    int said = 1;
    for (size_t row = 0; said; row++) {
        said = 0;
        for (size_t arm = 0; arm < n; arm++)
            said |= at[arm] < stories[arm].n && stories[arm].lines[at[arm]].week == week;
        if (!said)
            return;
        if (row == 0) {
            int year = (week - first + WEEKS * 1000) / WEEKS - 1000 + 1;
            (void)printf("%3d:%-3d ", year, (week % WEEKS) + 1);
        } else {
            (void)printf("%*s", LEFT, "");
        }
        for (size_t arm = 0; arm < n; arm++) {
            const char *text = "";
            if (at[arm] < stories[arm].n && stories[arm].lines[at[arm]].week == week)
                text = stories[arm].lines[at[arm]++].text;
            int space = width - (int)kea_text_width(text);
            (void)printf("%s%*s", text, arm + 1 < n ? (space > 1 ? space : 1) : 0, "");
        }
        (void)printf("\n");
    }
}

static void print_stories(const trace *t, const story *stories, const story *before, int first)
{
    size_t n = t->problem.n_strategies;
    size_t *at = calloc(n + 1, sizeof *at);
    int width = 46;
    if (!at)
        return;
    if (before->n > 0)
        (void)printf("\n%s\n", kea_text("Before the decision, the same under every strategy"));
    while (at[n] < before->n)
        print_week(before, 1, &at[n], before->lines[at[n]].week, width, first);
    (void)printf("\n%*s", LEFT, "");
    for (size_t arm = 0; arm < n; arm++)
        (void)printf("%-*s", width, kea_text(t->problem.care[t->problem.strategies[arm]].name));
    (void)printf("\n");
    for (;;) {
        int week = -1;
        for (size_t arm = 0; arm < n; arm++)
            if (at[arm] < stories[arm].n && (week < 0 || stories[arm].lines[at[arm]].week < week))
                week = stories[arm].lines[at[arm]].week;
        if (week < 0)
            break;
        print_week(stories, n, at, week, width, first);
    }
    free(at);
}

/* Runs warm-up and strategies with a listener. `values` has room for one strategy's values. */
static kea_status live(const trace *t, const double *entries, double *values, story *stories,
                       kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &t->problem;
    size_t n_window = 0, n_periods = 0, n = problem->n_strategies;
    void *workspace = NULL, *out = NULL;
    kea_cohort cohort = {problem->settings.seed, t->draw < 0 ? 0 : (uint32_t)t->draw};
    KEA_TRY(t->model->open(&workspace, err));
    kea_problem_values(problem, entries, problem->status_quo, values);
    t->model->periods(values, &n_window, &n_periods);
    KEA_TRY(kea_memory_new(&out, n_periods * t->model->n_outcomes, sizeof(double), err));
    t->model->listen(workspace, (uint32_t)t->student, hear, &stories[n]);
    KEA_TRY(t->model->begin(workspace, cohort, values, err));
    for (size_t arm = 0; arm < n; arm++) {
        size_t care = problem->strategies[arm];
        kea_problem_values(problem, entries, care, values);
        t->model->listen(workspace, (uint32_t)t->student, hear, &stories[arm]);
        KEA_TRY(t->model->run(workspace, values, care == problem->status_quo, out, err));
    }
done:
    free(out);
    t->model->close(workspace);
    return status;
}

/* The first week after the decision, for the numbers of school years. */
static int first_week(const trace *t, const double *entries)
{
    size_t entry = 0;
    if (!kea_problem_find(&t->problem, "warmup_years", &entry))
        return 0;
    return (int)entries[entry] * WEEKS;
}

static int tell(trace *t)
{
    kea_error err = {0};
    kea_status status = KEA_OK;
    const kea_problem *problem = &t->problem;
    size_t n = problem->n_strategies;
    void *entries = NULL, *values = NULL, *block = NULL;
    story *stories = NULL;
    KEA_TRY(kea_memory_new(&entries, problem->n_entries, sizeof(double), &err));
    KEA_TRY(
        kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), &err));
    KEA_TRY(kea_memory_new(&block, n + 1, sizeof *stories, &err));
    stories = block;
    for (size_t i = 0; i <= n; i++)
        stories[i].language = kea_text_language();
    if (t->draw < 0)
        kea_problem_base(problem, entries);
    else
        kea_problem_draw(problem, (uint32_t)t->draw, entries);
    KEA_TRY(live(t, entries, values, stories, &err));
    for (size_t i = 0; i <= n; i++)
        if (stories[i].status != KEA_OK)
            KEA_TRY(kea_error_set(&err, stories[i].status, "no memory for the story"));
    size_t said = 0;
    for (size_t i = 0; i <= n; i++)
        said += stories[i].n;
    (void)printf("%s\n", problem->title);
    (void)printf(kea_text("Student %lu\n"), t->student);
    if (said == 0)
        (void)printf("%s\n", kea_text("No student with this number enters the school."));
    else
        print_stories(t, stories, &stories[n], first_week(t, entries));
done:
    for (size_t i = 0; stories && i <= n; i++)
        free(stories[i].lines);
    free(block);
    free(values);
    free(entries);
    return status == KEA_OK ? 0 : kea_cli_fail(&err);
}

/* A whole number from 0 to `most`, or -1. */
static long read_number(const char *text, long most)
{
    char *end = NULL;
    if (*text < '0' || *text > '9')
        return -1;
    long number = strtol(text, &end, 10);
    return *end == '\0' && number <= most ? number : -1;
}

static int take(const kea_command *self, trace *t, int option)
{
    switch (option) {
    case 's':
        t->input.set[t->input.n_set++] = optarg;
        return -1;
    case OPTION_MODELS:
        t->input.models_dir = optarg;
        return -1;
    case OPTION_LANGUAGE: {
        int failed = kea_cli_language(optarg);
        return failed ? failed : -1;
    }
    case OPTION_STUDENT:
    case OPTION_DRAW: {
        long number = read_number(optarg, 4294967294L);
        if (number < 0)
            return kea_cli_usage(self, "expected a whole number from 0, found \"%s\"", optarg);
        if (option == OPTION_DRAW)
            t->draw = number;
        else
            t->student = (unsigned long)number;
        return -1;
    }
    case 'h':
        return kea_cli_help(self);
    default:
        return kea_cli_usage(self, "an option is not known or lacks its value");
    }
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"student", required_argument, NULL, OPTION_STUDENT},
        {"draw", required_argument, NULL, OPTION_DRAW},
        {"set", required_argument, NULL, 's'},
        {"models", required_argument, NULL, OPTION_MODELS},
        {"language", required_argument, NULL, OPTION_LANGUAGE},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    trace t = {.draw = -1, .input = {.set = calloc((size_t)argc, sizeof *t.input.set)}};
    int option, ended = t.input.set ? -1 : kea_status_exit(KEA_ERR_MEMORY);
    opterr = 0;
    while (ended < 0 && (option = getopt_long(argc, argv, "s:h", long_options, NULL)) != -1)
        ended = take(self, &t, option);
    if (ended < 0 && argc - optind != 1)
        ended = kea_cli_usage(self, "expected one scenario file, found %d", argc - optind);
    if (ended < 0) {
        ended = kea_cli_load(&t.problem, argv[optind], &t.input);
        if (ended == 0) {
            t.model = kea_models_find(t.problem.model_name);
            if (t.model->listen)
                ended = tell(&t);
            else
                ended = kea_cli_usage(self, "the model %s tells no lives", t.problem.model_name);
        }
        kea_problem_free(&t.problem);
    }
    free(t.input.set);
    return ended;
}

const kea_command kea_command_trace = {"trace", "SCENARIO [options]",
                                       "Tell one student's life under every strategy.", DETAILS,
                                       run_command};
