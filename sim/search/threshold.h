/* How large a number must be for an answer to change: "how small may the effect be", "how many
 * hours", "what price". */
#ifndef KEA_SEARCH_THRESHOLD_H
#define KEA_SEARCH_THRESHOLD_H

#include "sim/analysis/quantity.h"
#include "sim/engine/model.h"
#include "sim/engine/run.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/varied.h"
#include "sim/search/root.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_threshold_options {
    size_t strategy;
    kea_quantity quantity; /* of it */
    double goal;           /* what it shall be */
    size_t repeats;        /* cohorts behind every mean, the same in all runs */
    bool drawn;       /* the number is put into as many parameter draws, not into the base case */
    double low, high; /* between which levels of the number */
} kea_threshold_options;

/* KEA_ERR_USAGE when a threshold of this number has no meaning: it is whole, or a choice. */
KEA_CHECKED kea_status kea_threshold_check(const kea_varied *varied, const kea_problem *problem,
                                           kea_error *err);

/* Where the quantity of the strategy, its mean over the points, is at the goal; to a 10,000th of
 * the range from low to high, in levels of `varied`. `run` says how to run: its progress
 * is not called. Errors: those of kea_search_root, kea_run and the two checks. */
KEA_CHECKED kea_status kea_threshold_find(kea_crossing *crossing, const kea_model *model,
                                          const kea_problem *problem, const kea_varied *varied,
                                          const kea_threshold_options *options,
                                          const kea_run_options *run, kea_error *err);

#endif
