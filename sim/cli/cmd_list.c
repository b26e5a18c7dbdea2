/* keasim list: the models, care models and scenarios that are at hand. */
#include "sim/cli/cli.h"

#include "models/registry.h"
#include "sim/inputs/targets.h"
#include "sim/report/table.h"

#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DETAILS[] = "Lists the models that the program knows, the care models and the "
                              "scenarios that come with it.\n\n"
                              "Options:\n"
                              "      --models DIR     where the care models are\n"
                              "      --scenarios DIR  where the scenarios are\n"
                              "  -h, --help           this help\n";

enum { OPTION_MODELS = 256, OPTION_SCENARIOS, PATH_SIZE = 4096, INDENT = 6 };

static int is_cfg(const struct dirent *file)
{
    size_t length = strlen(file->d_name);
    return length > 4 && strcmp(file->d_name + length - 4, ".cfg") == 0;
}

/* Prints one file; returns 0 or the exit status of what is wrong with it. */
typedef int print_file(const char *path, const char *name);

static int print_care(const char *path, const char *name)
{
    kea_care_model care = {0};
    kea_error err = {0};
    (void)name;
    if (kea_care_model_read(&care, path, &err) != KEA_OK)
        return kea_cli_fail(&err);
    (void)printf("  %-38s %s\n", care.id, care.name);
    (void)printf("%*s", INDENT, "");
    char *stop = strstr(care.summary, ". ");
    if (stop)
        stop[1] = '\0'; /* its first sentence */
    kea_table_paragraph(stdout, care.summary, KEA_TABLE_WIDTH - INDENT, INDENT);
    kea_care_model_free(&care);
    return 0;
}

static int print_scenario(const char *path, const char *name)
{
    kea_problem problem = {0};
    const kea_cli_input input = {0};
    if (kea_targets_is(path))
        return 0; /* published figures stand beside the scenarios that they are about */
    int failed = kea_cli_load(&problem, path, &input);
    if (!failed)
        (void)printf("  %-28s %s\n", name, problem.title);
    kea_problem_free(&problem);
    return failed;
}

static int holds_cfg(const char *folder)
{
    struct dirent **files = NULL;
    int n = scandir(folder, &files, is_cfg, NULL);
    for (int i = 0; i < n; i++)
        free(files[i]);
    free(files);
    return n > 0;
}

static int print_folder(const char *folder, print_file *print)
{
    struct dirent **files = NULL;
    int n = scandir(folder, &files, is_cfg, alphasort);
    int worst = 0;
    if (n < 0) {
        kea_cli_say("%s: the folder cannot be read", folder);
        return kea_status_exit(KEA_ERR_IO);
    }
    for (int i = 0; i < n; i++) {
        char path[PATH_SIZE];
        int length = snprintf(path, sizeof path, "%s/%s", folder, files[i]->d_name);
        int failed = length < PATH_SIZE ? print(path, files[i]->d_name) : 0;
        if (failed)
            worst = failed;
        free(files[i]);
    }
    free(files);
    return worst;
}

/* Care models of no model in particular, then those that lie in the folder of their model. */
static int list_care(const char *models)
{
    size_t n = 0;
    const kea_model *const *model = kea_models(&n);
    (void)printf("\nCare models (%s)\n", models);
    int worst = print_folder(models, print_care);
    for (size_t i = 0; i < n; i++) {
        char folder[PATH_SIZE];
        int length = snprintf(folder, sizeof folder, "%s/%s", models, model[i]->name);
        if (length >= PATH_SIZE || !holds_cfg(folder))
            continue;
        (void)printf("\nCare models of %s (%s)\n", model[i]->name, folder);
        int failed = print_folder(folder, print_care);
        if (failed)
            worst = failed;
    }
    return worst;
}

static int list(const char *models, const char *scenarios)
{
    size_t n = 0;
    const kea_model *const *model = kea_models(&n);
    (void)printf("Models\n");
    for (size_t i = 0; i < n; i++) {
        (void)printf("  %s\n%*s", model[i]->name, INDENT, "");
        kea_table_paragraph(stdout, model[i]->summary, KEA_TABLE_WIDTH - INDENT, INDENT);
    }
    int failed = list_care(models);
    (void)printf("\nScenarios (%s)\n", scenarios);
    int second = print_folder(scenarios, print_scenario);
    return failed ? failed : second;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"models", required_argument, NULL, OPTION_MODELS},
        {"scenarios", required_argument, NULL, OPTION_SCENARIOS},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    char models[PATH_SIZE], scenarios[PATH_SIZE];
    int option;
    kea_cli_data_path(models, sizeof models, "models");
    kea_cli_data_path(scenarios, sizeof scenarios, "scenarios");
    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        if (option == OPTION_MODELS)
            (void)snprintf(models, sizeof models, "%s", optarg);
        else if (option == OPTION_SCENARIOS)
            (void)snprintf(scenarios, sizeof scenarios, "%s", optarg);
        else if (option == 'h')
            return kea_cli_help(self);
        else
            return kea_cli_usage(self, "an option is not known or lacks its value");
    }
    if (optind != argc)
        return kea_cli_usage(self, "takes no words, found \"%s\"", argv[optind]);
    return list(models, scenarios);
}

const kea_command kea_command_list = {
    "list", "[options]", "List models, care models and scenarios.", DETAILS, run_command};
