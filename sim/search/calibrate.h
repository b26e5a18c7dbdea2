/* Calibration of a model: runs the scenarios of a targets file again and again and chooses the
 * numbers that its `calibration` opens by the fitted figures that it names. Nothing is written:
 * what was found is told, and people decide. */
#ifndef KEA_SEARCH_CALIBRATE_H
#define KEA_SEARCH_CALIBRATE_H

#include "sim/analysis/estimate.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/targets.h"
#include "sim/search/fit.h"

#include <stdatomic.h>
#include <stddef.h>

typedef struct kea_calibrate_options {
    size_t replicates; /* cohorts behind every mean, the same in all runs; 1 or more */
    size_t most_runs;  /* of one step; a run takes all scenarios of the step */
    unsigned threads;
    const atomic_int *stop; /* as in kea_run_options */
    /* Called before step `step` begins, with step == n_fits before the closing runs; may be
     * NULL. */
    void (*begin)(void *context, size_t step);
    void *context;
} kea_calibrate_options;

typedef struct kea_calibration {
    size_t n_fits;
    kea_fit *fit;         /* [n_fits]; an input is the first number of what is open */
    kea_estimate *before; /* [targets->n] base case of every figure with the numbers of the files */
    kea_estimate *after;  /* [targets->n] the same with what was found */
} kea_calibration;

/* Takes the steps one after the other: a later one starts from what earlier ones found. All runs
 * are of base-case values with cohorts 0 .. replicates - 1. A miss of 1 is half the width of the
 * figure's range. Deterministic, whatever the threads. `problems` and `models` are parallel to
 * targets->scenario; the targets must have passed kea_validation_check of sim/report/validation.h.
 * Free with kea_calibration_free (legal on {0}, after failure and twice).
 * Errors: as kea_open_check, kea_run and kea_search_fit; KEA_ERR_INPUT with its place when a figure
 * has no width or no simulated value, or when no figure of a step depends on a number that it
 * opens. */
KEA_CHECKED kea_status kea_calibrate(kea_calibration *calibration, const kea_targets *targets,
                                     const kea_problem *problems, const kea_model *const *models,
                                     const kea_calibrate_options *options, kea_error *err);
void kea_calibration_free(kea_calibration *calibration);

#endif
