/* keasim check: reads a scenario and says whether it is in order. */
#include "sim/cli/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char DETAILS[] =
    "Reads a scenario with all its includes and care models and checks every value. Simulates\n"
    "nothing and writes nothing.\n\n"
    "Options:\n"
    "  -s, --set NAME=VALUE give a parameter or setting another value; may be repeated\n"
    "      --models DIR     where the care models are (default: models/ beside scenarios/)\n"
    "  -h, --help           this help\n";

enum { OPTION_MODELS = 256 };

static void print_summary(const kea_problem *problem)
{
    size_t uncertain = 0, assumed = 0;
    for (size_t i = 0; i < problem->n_entries; i++) {
        uncertain += problem->entries[i].dist.family != KEA_FIXED;
        assumed += problem->entries[i].evidence == KEA_ASSUMPTION;
    }
    (void)printf("%s\n%s is in order: %zu strategies, %zu numbers, %zu of them uncertain, %zu "
                 "assumptions.\n",
                 problem->title, problem->file, problem->n_strategies, problem->n_entries,
                 uncertain, assumed);
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {{"set", required_argument, NULL, 's'},
                                                 {"models", required_argument, NULL, OPTION_MODELS},
                                                 {"help", no_argument, NULL, 'h'},
                                                 {NULL, 0, NULL, 0}};
    kea_cli_input input = {.set = calloc((size_t)argc, sizeof *input.set)};
    kea_problem problem = {0};
    int option, ended = -1;
    opterr = 0;
    while (ended < 0 && (option = getopt_long(argc, argv, "s:h", long_options, NULL)) != -1) {
        if (option == 's' && input.set)
            input.set[input.n_set++] = optarg;
        else if (option == OPTION_MODELS)
            input.models_dir = optarg;
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
        print_summary(&problem);
    kea_problem_free(&problem);
    free(input.set);
    return ended;
}

const kea_command kea_command_check = {
    "check", "SCENARIO [options]", "Check a scenario without running it.", DETAILS, run_command};
