/* What makes two decision problems the same: a text with one fact per line, so that a run can be
 * gone on with only by the problem that it was begun with, and what differs can be named. Places of
 * files are left out: a copy of a scenario elsewhere is the same problem. */
#ifndef KEA_INPUTS_IDENTITY_H
#define KEA_INPUTS_IDENTITY_H

#include "sim/core/status.h"
#include "sim/inputs/buffer.h"
#include "sim/inputs/problem.h"

#include <stdint.h>

/* Adds everything that results, tables and texts of a run follow from: settings, care models,
 * strategies, every number with its distribution and source, correlated groups, and then all lines
 * of the resolved scenario. */
void kea_identity_add(kea_buffer *out, const kea_problem *problem);

/* A number for a text (FNV-1a, 64 bits), to recognise it by. */
uint64_t kea_identity_hash(const char *text);

/* KEA_OK when the texts are the same; else KEA_ERR_INPUT with the first lines that differ. */
KEA_CHECKED kea_status kea_identity_compare(const char *then, const char *now, kea_error *err);

#endif
