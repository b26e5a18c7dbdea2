/* The numbers that a calibration opens, found and checked in the scenarios that have them. */
#ifndef KEA_SEARCH_OPEN_H
#define KEA_SEARCH_OPEN_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/targets.h"

#include <stddef.h>

enum { KEA_MAX_OPEN = 64 }; /* numbers that change in step */

/* The entries of one open number and of those in step with it, in the order of the file, into
 * entry[KEA_MAX_OPEN]; *n is 0 when the problem has none of them. KEA_ERR_INPUT with the place in
 * the targets file when it has some and lacks others, or has too many. */
KEA_CHECKED kea_status kea_open_entries(const kea_problem *problem, const kea_target_open *open,
                                        size_t *entry, size_t *n, kea_error *err);

/* The problem that an open number's values are read from: the first of the scenarios in the order
 * of the file that has it. All that have it have the same values (see kea_open_check). */
const kea_problem *kea_open_home(const kea_targets *targets, const kea_problem *problems,
                                 const kea_target_open *open);

/* Checks, before anything is run, everything that a calibration opens: that it exists in a scenario
 * of its step, is the same number in all scenarios that have it, can be multiplied, lies within its
 * bounds now, stays within the declared ranges at both bounds, and is open once only. `problems` is
 * parallel to targets->scenario. KEA_ERR_INPUT with the place in the targets file. */
KEA_CHECKED kea_status kea_open_check(const kea_targets *targets, const kea_problem *problems,
                                      kea_error *err);

#endif
