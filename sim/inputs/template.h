/* An empty scenario file to start from: every setting and every parameter of a model, with its
 * unit, range and meaning as comments, and the values left open. */
#ifndef KEA_INPUTS_TEMPLATE_H
#define KEA_INPUTS_TEMPLATE_H

#include "sim/core/status.h"
#include "sim/inputs/params.h"

/* A scenario file of a model; the caller frees *text. Loading it stops at the first value that is
 * still open, with its line. */
KEA_CHECKED kea_status kea_template(const kea_param_table *params, const char *model_name,
                                    char **text, kea_error *err);

/* The same for a care model file. */
KEA_CHECKED kea_status kea_template_care(const kea_param_table *params, char **text,
                                         kea_error *err);

#endif
