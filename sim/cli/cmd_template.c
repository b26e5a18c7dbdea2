/* keasim template: an empty scenario or care model file to fill in. */
#include "sim/cli/cli.h"

#include "models/registry.h"
#include "sim/inputs/template.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char DETAILS[] =
    "Prints a scenario file (or with --care a care model file) that names every setting and\n"
    "parameter of a model with unit, range and meaning, the values left open. For example:\n"
    "  keasim template mbo > scenarios/my_school.cfg\n\n"
    "Options:\n"
    "      --care   a care model file instead of a scenario\n"
    "  -h, --help   this help\n";

enum { OPTION_CARE = 256 };

static int print_template(const kea_command *self, const char *name, int care)
{
    const kea_param_table *params = kea_models_params(name);
    kea_error err = {0};
    char *text = NULL;
    if (!params)
        return kea_cli_usage(self, "unknown model \"%s\"; keasim list tells which there are", name);
    kea_status status =
        care ? kea_template_care(params, &text, &err) : kea_template(params, name, &text, &err);
    if (status != KEA_OK)
        return kea_cli_fail(&err);
    int failed = fputs(text, stdout) == EOF || fflush(stdout) != 0;
    free(text);
    return failed ? kea_status_exit(KEA_ERR_IO) : 0;
}

static int run_command(const kea_command *self, int argc, char **argv)
{
    static const struct option long_options[] = {{"care", no_argument, NULL, OPTION_CARE},
                                                 {"help", no_argument, NULL, 'h'},
                                                 {NULL, 0, NULL, 0}};
    int option, care = 0;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        if (option == OPTION_CARE)
            care = 1;
        else if (option == 'h')
            return kea_cli_help(self);
        else
            return kea_cli_usage(self, "an option is not known or lacks its value");
    }
    if (argc - optind != 1)
        return kea_cli_usage(self, "expected the name of a model, found %d words", argc - optind);
    return print_template(self, argv[optind], care);
}

const kea_command kea_command_template = {"template", "MODEL [options]",
                                          "Print an empty scenario or care model file.", DETAILS,
                                          run_command};
