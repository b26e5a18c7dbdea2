/* keasim: the table of commands. */
#include "sim/cli/cli.h"
#include "sim/core/rng.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

static const kea_command *const commands[] = {
    &kea_command_run,       &kea_command_planner, &kea_command_sensitivity, &kea_command_allocate,
    &kea_command_analyse,   &kea_command_export,  &kea_command_check,       &kea_command_describe,
    &kea_command_template,  &kea_command_plot,    &kea_command_trace,       &kea_command_validate,
    &kea_command_calibrate, &kea_command_list};
enum { N_COMMANDS = (int)(sizeof commands / sizeof commands[0]) };

static int help(void)
{
    (void)printf("keasim %s: what does youth care within school cost, and what does it prevent?\n\n"
                 "Use: keasim COMMAND [arguments]\n\nCommands:\n",
                 KEA_VERSION);
    for (int i = 0; i < N_COMMANDS; i++)
        (void)printf("  %-11s %s\n", commands[i]->name, commands[i]->summary);
    (void)printf("\n  keasim COMMAND --help   tells more of a command\n"
                 "  keasim --version        tells the version\n\n"
                 "Exit status: 0 done, 2 wrong use or input, 3 the run failed, 4 cannot read or "
                 "write,\n130 interrupted.\n");
    return 0;
}

/* The word after "keasim" that is not a command: name the nearest one. */
static int unknown(const char *word)
{
    const char *names[N_COMMANDS];
    for (int i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *nearest = kea_param_nearest(word, N_COMMANDS, names);
    if (nearest)
        kea_cli_say("unknown command \"%s\"; did you mean \"%s\"? See: keasim --help", word,
                    nearest);
    else
        kea_cli_say("unknown command \"%s\"; see: keasim --help", word);
    return kea_status_exit(KEA_ERR_USAGE);
}

int main(int argc, char **argv)
{
    (void)gsl_set_error_handler_off();
    if (kea_cli_language(NULL) != 0)
        return kea_status_exit(KEA_ERR_USAGE);
    if (argc < 2) {
        kea_cli_say("no command given; see: keasim --help");
        return kea_status_exit(KEA_ERR_USAGE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help();
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("keasim %s (stream scheme %d)\n", KEA_VERSION, KEA_RNG_SCHEME);
        return 0;
    }
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return commands[i]->run(commands[i], argc - 1, argv + 1);
    return unknown(argv[1]);
}
