/* keasim describe: a scenario in words: what is compared, and every number with its unit, its
 * uncertainty, its source and how well it is founded; or a care model: what it is and does. */
#include "sim/cli/cli.h"

#include "sim/cli/care_facts.h"
#include "sim/report/table.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Tells what a scenario compares and lists every number in it with unit, uncertainty, source\n"
    "and status (report, published, assumption), and which numbers are uncertain together.\n"
    "Given the name of a care model (keasim list), tells what it is, whom it serves, what it does\n"
    "by working mechanism, its staffing, and its price per student with a scenario's prices.\n\n"
    "Options:\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --assumptions    only the numbers that are assumptions\n"
    "      --scenario FILE  of a care model: whose prices (default: that named as its model, or\n"
    "                       Friesland)\n"
    "  -h, --help           this help\n";

enum { OPTION_MODELS = 256, OPTION_ASSUMPTIONS, OPTION_SCENARIO };

/* A text after an indent, broken to the width of a terminal. */
static void paragraph(const char *text, size_t indent)
{
    (void)printf("%*s", (int)indent, "");
    kea_table_paragraph(stdout, text, KEA_TABLE_WIDTH - indent, indent);
}

static void print_entry(const kea_entry *entry)
{
    char what[256];
    kea_dist_describe(&entry->dist, what, sizeof what);
    if (entry->decl->labels)
        (void)printf("    %-26s", entry->decl->labels[entry->element]);
    else
        (void)printf("    ");
    if (entry->decl->kind == KEA_CHOICE)
        (void)printf("%s\n", entry->value == 1 ? "chosen" : "-");
    else if (entry->dist.family == KEA_FIXED)
        (void)printf("%.6g\n", entry->value);
    else
        (void)printf("%-10.6g %s\n", entry->value, what);
    if (entry->miss > 0)
        (void)printf("%*s fitted to points: off by %.2g%% of their range at most\n",
                     entry->decl->labels ? 40 : 14, "", 100 * entry->miss);
}

/* All elements of one parameter, which share their source most often. */
static size_t print_parameter(const kea_problem *problem, size_t first)
{
    const kea_entry *entry = &problem->entries[first];
    const kea_param_decl *decl = entry->decl;
    size_t n = 0;
    (void)printf("\n  %s%s%s%s: %s\n", decl->name, decl->unit[0] ? " (" : "", decl->unit,
                 decl->unit[0] ? ")" : "", decl->meaning);
    while (first + n < problem->n_entries && problem->entries[first + n].decl == decl &&
           problem->entries[first + n].care == entry->care) {
        const kea_entry *next = &problem->entries[first + n];
        print_entry(next);
        n++;
        int last = first + n == problem->n_entries || problem->entries[first + n].decl != decl ||
                   problem->entries[first + n].care != entry->care ||
                   strcmp(problem->entries[first + n].source, next->source) != 0;
        if (last) {
            char source[2048];
            (void)snprintf(source, sizeof source, "%s: %s", kea_evidence_name(next->evidence),
                           next->source);
            paragraph(source, 4);
        }
    }
    return n;
}

static void print_strategies(const kea_problem *problem)
{
    (void)printf("%s\n\nStrategies (the first is what the others are compared with):\n",
                 problem->title);
    for (size_t i = 0; i < problem->n_strategies; i++) {
        const kea_care_model *care = &problem->care[problem->strategies[i]];
        (void)printf("  %s (%s)\n", care->name, care->id);
        paragraph(care->summary, 4);
        paragraph(care->source, 4);
        kea_cli_care_headlines(problem, problem->strategies[i]);
    }
    (void)printf("Status quo before the decision: %s\n", problem->care[problem->status_quo].name);
}

/* "effect.cooperation, -refusal_detection": the members of a group, broken over lines. */
static void print_members(const kea_problem *problem, const kea_correlation *group)
{
    size_t column = KEA_TABLE_WIDTH;
    for (size_t i = 0; i < group->n_members; i++) {
        const char *sign = group->members[i].sign < 0 ? "-" : "";
        const char *name = problem->entries[group->members[i].entry].name;
        size_t width = strlen(sign) + strlen(name) + 2; /* with ", " */
        if (column + width > KEA_TABLE_WIDTH) {
            (void)printf("%s   ", i > 0 ? "\n" : "");
            column = 3;
        }
        (void)printf(" %s%s%s", sign, name, i + 1 < group->n_members ? "," : "\n");
        column += width;
    }
}

static void print_correlations(const kea_problem *problem, int only_assumptions)
{
    int any = 0;
    for (size_t i = 0; i < problem->n_correlations; i++) {
        const kea_correlation *group = &problem->correlations[i];
        char source[2048];
        if (only_assumptions && group->evidence != KEA_ASSUMPTION)
            continue;
        if (!any++)
            (void)printf(
                "\nNumbers that are uncertain together (rho: the correlation of their normal "
                "scores; a - moves\nagainst the others)\n");
        (void)printf("\n  %s (rho %.6g)\n", group->name, group->rho);
        print_members(problem, group);
        (void)snprintf(source, sizeof source, "%s: %s", kea_evidence_name(group->evidence),
                       group->source);
        paragraph(source, 4);
    }
}

static void describe(const kea_problem *problem, int only_assumptions)
{
    size_t care = KEA_WORLD_ENTRY - 1;
    print_strategies(problem);
    for (size_t i = 0; i < problem->n_entries;) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care != care) {
            care = entry->care;
            (void)printf("\n%s\n", care == KEA_WORLD_ENTRY ? "Numbers shared by all strategies"
                                                           : problem->care[care].name);
        }
        if (only_assumptions && entry->evidence != KEA_ASSUMPTION) {
            i++;
            continue;
        }
        i += print_parameter(problem, i);
    }
    print_correlations(problem, only_assumptions);
}

static int describe_scenario(const char *path, const kea_cli_input *input, int only_assumptions)
{
    kea_problem problem = {0};
    int ended = kea_cli_load(&problem, path, input);
    if (ended == 0)
        describe(&problem, only_assumptions);
    kea_problem_free(&problem);
    return ended;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"set", required_argument, NULL, 's'},
        {"models", required_argument, NULL, OPTION_MODELS},
        {"assumptions", no_argument, NULL, OPTION_ASSUMPTIONS},
        {"scenario", required_argument, NULL, OPTION_SCENARIO},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    kea_cli_input input = {.set = calloc((size_t)argc, sizeof *input.set)};
    const char *scenario = NULL;
    int option, ended = -1, only_assumptions = 0;
    opterr = 0;
    while (ended < 0 && (option = getopt_long(argc, argv, "s:h", long_options, NULL)) != -1) {
        if (option == 's' && input.set)
            input.set[input.n_set++] = optarg;
        else if (option == OPTION_MODELS)
            input.models_dir = optarg;
        else if (option == OPTION_ASSUMPTIONS)
            only_assumptions = 1;
        else if (option == OPTION_SCENARIO)
            scenario = optarg;
        else if (option == 'h')
            ended = kea_cli_help(self);
        else
            ended = kea_cli_usage(self, "an option is not known or lacks its value");
    }
    if (ended < 0 && argc - optind != 1)
        ended = kea_cli_usage(self, "expected one scenario file or care model, found %d",
                              argc - optind);
    if (ended < 0 && kea_cli_is_care(argv[optind], &input))
        ended = kea_cli_describe_care(argv[optind], scenario, &input);
    if (ended < 0)
        ended = describe_scenario(argv[optind], &input, only_assumptions);
    free(input.set);
    return ended;
}

const kea_command kea_command_describe = {
    "describe", "SCENARIO|CARE_MODEL [options]",
    "Tell what a scenario compares, or what a care model is and does.", DETAILS, run_command};
