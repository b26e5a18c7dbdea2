/* What people read instead of the names that parameters have in files. */
#ifndef KEA_REPORT_NAMES_H
#define KEA_REPORT_NAMES_H

#include "sim/core/frame.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* Writes an entry's name in the reader's language (cut to size):
 *     "effect of burden on dropout"                              its label,
 *     "effect of a mechanism: personal connection"               with the title of an element,
 *     "team hours per 100 students a week (School als Werkplaats)"
 * the last for a care model's own value when it could be taken for another: when more than one care
 * model of the run has a team, or when it stands in the place of a value that others share. A care
 * model has a team when it gives some parameter of care models, shares aside, a value that is not
 * 0. */
void kea_names_entry(const kea_problem *problem, size_t entry, char *text, size_t size);

/* A unit short enough to stand behind every value, in the reader's language: "%" (of a share, which
 * is then written as a percentage), `currency` itself, "hours", "weeks", "years", also where the
 * declared unit goes on ("EUR per hour"); "" for any other. */
const char *kea_names_unit(const kea_param_decl *decl, const char *currency);

/* Whose costs a perspective counts, and when made, in the reader's language: "during school" (or
 * "all costs" in a model that tells none apart), "society", "public purse". */
const char *kea_names_perspective(const kea_frame *frame, kea_perspective perspective);

#endif
