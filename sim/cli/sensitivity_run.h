/* Runs the designs of a sensitivity analysis and keeps of every point what is asked about. */
#ifndef KEA_CLI_SENSITIVITY_RUN_H
#define KEA_CLI_SENSITIVITY_RUN_H

#include "sim/cli/progress.h"
#include "sim/cli/questions.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/report/sensitivity.h"

#include <stddef.h>

typedef struct kea_sensitivity_run {
    const kea_model *model;
    const kea_problem *problem;
    size_t n_questions;
    const kea_question *questions;
    const kea_question_options *options;
    unsigned threads;
    int quiet;
    kea_progress *progress; /* started here */
} kea_sensitivity_run;

/* Runs every question, so that `s`, whose quantities are chosen, gets its parts. Free with
 * kea_sensitivity_run_free (legal on {0}, after failure and twice). Errors: those of the engine
 * (KEA_ERR_INTERRUPTED after Ctrl-C) and of the search for a threshold; KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_sensitivity_run_all(kea_sensitivity *s, const kea_sensitivity_run *run,
                                               kea_error *err);
void kea_sensitivity_run_free(kea_sensitivity *s);

#endif
