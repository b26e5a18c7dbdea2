/* What the commands of the program share. Only sim/cli prints, exits, reads clock, environment and
 * command line. Messages go to stderr, answers to stdout. */
#ifndef KEA_CLI_CLI_H
#define KEA_CLI_CLI_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* One command: a file sim/cli/cmd_NAME.c and a row in main.c. */
typedef struct kea_command {
    const char *name;
    const char *arguments; /* "SCENARIO [options]" */
    const char *summary;   /* one line */
    const char *details;   /* options, one a line, indented by two */
    int (*run)(const struct kea_command *self, int argc, char **argv); /* returns the exit status */
} kea_command;

extern const kea_command kea_command_run, kea_command_check, kea_command_describe,
    kea_command_template, kea_command_plot, kea_command_trace, kea_command_list,
    kea_command_validate, kea_command_calibrate, kea_command_analyse, kea_command_export,
    kea_command_sensitivity, kea_command_planner, kea_command_allocate;

/* Prints the help of a command to stdout; returns 0. */
int kea_cli_help(const kea_command *command);

/* Prints what is wrong with the use of a command; returns 2. */
int kea_cli_usage(const kea_command *command, const char *format, ...) KEA_PRINTF(2, 3);

/* Prints an error as "keasim: FILE:LINE: TEXT" (place left out when there is none) and returns the
 * program's exit status for it. */
int kea_cli_fail(const kea_error *err);

/* Says nothing of all this from now on: of several processes that share a run, one talks. */
void kea_cli_mute(void);

/* Prints a message "keasim: ..." to stderr. */
void kea_cli_say(const char *format, ...) KEA_PRINTF(1, 2);

/* Sets the language of tables, summary and figures: "en", "nl", or NULL for what the environment
 * says. Numbers in files keep the '.' in any case. Returns 0, or 2 for an unknown language. */
int kea_cli_language(const char *language);

/* A whole number from 1 to `most` written in digits, or 0 when the text is none. */
unsigned long kea_cli_count(const char *text, unsigned long most);

/* The same of an option's value (getopt's optarg). Returns -1 to go on, or the exit status to end
 * with, after the message. */
int kea_cli_take_count(const kea_command *self, const char *option, unsigned long most,
                       unsigned long *count);

/* A path below the data folder of the program: ../share/keasim beside its bin, or the folder fixed
 * at installation. */
void kea_cli_data_path(char *path, size_t size, const char *name);

/* The options that several commands know. */
typedef struct kea_cli_input {
    size_t n_set;
    const char **set; /* [n_set], room for argc of them, owned */
    const char *models_dir;
} kea_cli_input;

/* Loads a scenario with the overrides and checks it, the model's own rules included. */
KEA_CHECKED kea_status kea_cli_read(kea_problem *problem, const char *path,
                                    const kea_cli_input *input, kea_error *err);

/* The same; on failure prints the error and returns its exit status. */
int kea_cli_load(kea_problem *problem, const char *path, const kea_cli_input *input);

#endif
