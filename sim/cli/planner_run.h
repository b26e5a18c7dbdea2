/* From a scenario to a filled planner: which strategy, whose money, which contributions, and the
 * simulation of all of them. */
#ifndef KEA_CLI_PLANNER_RUN_H
#define KEA_CLI_PLANNER_RUN_H

#include "sim/cli/progress.h"
#include "sim/cli/shared.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/inputs/design.h"
#include "sim/report/planner.h"

#include <stdbool.h>
#include <stddef.h>

/* What is asked for on the command line; NAN, 0 or NULL where the scenario says it. */
typedef struct kea_planner_request {
    const char *scenario, *strategy;
    kea_others others;
    double students, wtp, probability, up_to;
    size_t draws;
    size_t n_asked;
    double asked[KEA_CONTRIBUTION_LEVELS];
    kea_cli_shared shared; /* its input.set has room for one more */
} kea_planner_request;

typedef struct kea_planner_run {
    const kea_model *model;
    kea_problem given;  /* the scenario as it is */
    kea_problem driven; /* the same with a budget of its own for the strategy */
    size_t budget;      /* entry of `driven` */
    double each;        /* its value: EUR a year per place that the strategy costs today */
    kea_planner planner;
    kea_design design;
    double *entries, *values; /* of one point and arm, owned */
    kea_progress progress;
} kea_planner_run;

/* Draws when nobody asked for a number, at most. */
enum { KEA_PLANNER_DRAWS = 300 };

/* Reads the scenario and lays everything out; nothing is simulated or written. Free with
 * kea_planner_run_free (legal on {0}, after failure and twice). Errors: those of kea_cli_read and
 * kea_planner_init; KEA_ERR_USAGE when the model or the strategy has no hours that money buys, or
 * there is no such strategy. */
KEA_CHECKED kea_status kea_planner_run_open(kea_planner_run *run,
                                            const kea_planner_request *request, kea_error *err);
void kea_planner_run_free(kea_planner_run *run);

/* Simulates all levels. Errors: those of the engine. */
KEA_CHECKED kea_status kea_planner_run_all(kea_planner_run *run, const kea_planner_request *request,
                                           kea_error *err);

#endif
