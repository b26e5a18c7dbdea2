/* keasim describe: a scenario in words: what is compared, and every number with its unit, its
 * uncertainty, its source and how well it is founded. */
#include "sim/cli/cli.h"

#include "sim/report/table.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] =
    "Tells what a scenario compares and lists every number in it with unit, uncertainty, source\n"
    "and status (report, published, assumption).\n\n"
    "Options:\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "      --assumptions    only the numbers that are assumptions\n"
    "  -h, --help           this help\n";

enum { OPTION_MODELS = 256, OPTION_ASSUMPTIONS };

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
    if (entry->dist.family == KEA_FIXED)
        (void)printf("%.6g\n", entry->value);
    else
        (void)printf("%-10.6g %s\n", entry->value, what);
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
    }
    (void)printf("Status quo before the decision: %s\n", problem->care[problem->status_quo].name);
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
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"set", required_argument, NULL, 's'},
        {"models", required_argument, NULL, OPTION_MODELS},
        {"assumptions", no_argument, NULL, OPTION_ASSUMPTIONS},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    kea_cli_input input = {.set = calloc((size_t)argc, sizeof *input.set)};
    kea_problem problem = {0};
    int option, ended = -1, only_assumptions = 0;
    opterr = 0;
    while (ended < 0 && (option = getopt_long(argc, argv, "s:h", long_options, NULL)) != -1) {
        if (option == 's' && input.set)
            input.set[input.n_set++] = optarg;
        else if (option == OPTION_MODELS)
            input.models_dir = optarg;
        else if (option == OPTION_ASSUMPTIONS)
            only_assumptions = 1;
        else if (option == 'h')
            ended = kea_cli_help(self);
        else
            ended = kea_cli_usage(self, "an option is not known or lacks its value");
    }
    if (ended < 0 && argc - optind != 1)
        ended = kea_cli_usage(self, "expected one scenario file, found %d", argc - optind);
    if (ended < 0)
        ended = kea_cli_load(&problem, argv[optind], &input);
    if (ended == 0 && problem.title)
        describe(&problem, only_assumptions);
    kea_problem_free(&problem);
    free(input.set);
    return ended;
}

const kea_command kea_command_describe = {"describe", "SCENARIO [options]",
                                          "Tell what a scenario compares, and with which numbers.",
                                          DETAILS, run_command};
