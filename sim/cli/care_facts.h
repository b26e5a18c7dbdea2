/* What a care model is and does, in words and figures on the screen. */
#ifndef KEA_CLI_CARE_FACTS_H
#define KEA_CLI_CARE_FACTS_H

#include "sim/cli/cli.h"

#include <stdbool.h>
#include <stddef.h>

/* Prints the few facts that say most about care model `care` of a problem, indented. */
void kea_cli_care_headlines(const kea_problem *problem, size_t care);

/* True when `name` is no path but the name of a care model file: of input->models_dir, or else of
 * those that come with the program; in that folder, or in that of a model in it. */
bool kea_cli_is_care(const char *name, const kea_cli_input *input);

/* Prints all about the care model `name`, with the shared numbers (prices) of a scenario; NULL: the
 * one of its model that comes with the program (of mbo: Friesland). Returns the exit status. */
int kea_cli_describe_care(const char *name, const char *scenario, const kea_cli_input *input);

#endif
