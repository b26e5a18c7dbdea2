/* What is searched on: a simulation seen as a function from a few numbers to a few others.
 *
 * The function is known with noise: each output is the mean over points (cohorts). All runs use the
 * same points (common random numbers), so that what changes between two runs is the inputs' doing,
 * and a search sees a function without noise. What the noise leaves unknown about the answer is
 * told by its Monte Carlo error. */
#ifndef KEA_SEARCH_SYSTEM_H
#define KEA_SEARCH_SYSTEM_H

#include "sim/core/status.h"

#include <stddef.h>

typedef struct kea_system {
    size_t n_inputs, n_outputs;
    size_t n_points; /* 1 or more; with 1 there is no error to tell */
    /* Fills output[n_outputs][n_points] for input[n_inputs]. Point j must be the same cohort in
     * every run. What it returns besides KEA_OK ends the search. */
    kea_status (*run)(void *context, const double *input, double *output, kea_error *err);
    void *context;
} kea_system;

#endif
