/* Chooses the inputs of a simulation so that its outputs come near their goals: calibration by
 * weighted least squares on common random numbers. */
#ifndef KEA_SEARCH_FIT_H
#define KEA_SEARCH_FIT_H

#include "sim/core/status.h"
#include "sim/search/system.h"

#include <stdbool.h>
#include <stddef.h>

/* A number that is open. Searched on a logarithmic scale: rates, hours and shares are. */
typedef struct kea_fit_input {
    double start, low, high; /* 0 < low <= start <= high, low < high */
} kea_fit_input;

/* What an output should be. */
typedef struct kea_fit_goal {
    double value;
    double scale; /* what counts as a miss of 1; above 0 */
} kea_fit_goal;

typedef struct kea_fit_options {
    size_t most_runs; /* of the simplex, 1 or more; finding a root takes few and ignores it */
    double tolerance; /* relative, in the inputs: 0.001 */
} kea_fit_options;

typedef struct kea_fit_found {
    double value;
    double error;  /* Monte Carlo standard error; NAN at a bound and when no goal depends on it */
    bool at_bound; /* within a hundredth of the (logarithmic) width of its range of an end */
    bool moves;    /* some output depends on it */
} kea_fit_found;

typedef struct kea_fit_output {
    double before, after; /* mean over the points at the start and at the end */
    double after_error;   /* Monte Carlo standard error of the mean, inputs held fixed */
} kea_fit_output;

typedef struct kea_fit {
    size_t n_inputs, n_outputs;
    kea_fit_found *input;           /* [n_inputs], owned */
    kea_fit_output *output;         /* [n_outputs], owned */
    double miss_before, miss_after; /* sum over outputs of ((mean - goal) / scale)^2 */
    size_t n_runs;                  /* all of them */
    bool settled;                   /* false: most_runs ended the search */
} kea_fit;

/* Minimises the sum of squared misses over the box of the inputs.
 * One input and one output: root finding (sim/search/root.h), which ends at a bound when the goal
 * lies beyond. Otherwise the simplex of Nelder and Mead 1965 (Computer Journal 7(4); GSL's
 * nmsimplex2), which finds a local minimum near the start. Deterministic. n_outputs must be at
 * least n_inputs. The end is never worse than the start, and the last run is at what was found.
 * Errors of the found inputs by the delta method: with J the derivatives of the means at the end
 * (central differences) and W the weights, cohort j pulls the answer by
 * -(J'WJ)^-1 J'W (y_j - mean y); the standard error is the sd of that over cohorts / sqrt(n).
 * Free with kea_fit_free (legal on {0}, after failure and twice).
 * Errors: what system->run returns; KEA_ERR_RUN when an output is not a finite number at the start
 * or at the end; KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_search_fit(const kea_system *system, const kea_fit_input *inputs,
                                      const kea_fit_goal *goals, const kea_fit_options *options,
                                      kea_fit *fit, kea_error *err);
void kea_fit_free(kea_fit *fit);

#endif
