/* Simulates the sites of an allocation: how large they are, what a team costs there, and what it
 * brings at several levels of hours. */
#ifndef KEA_CLI_ALLOCATE_RUN_H
#define KEA_CLI_ALLOCATE_RUN_H

#include "sim/cli/progress.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/report/allocation.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_allocate_run {
    const kea_model *model;
    const kea_problem *problem;
    bool by_parts; /* the model's parts, else the scenario's sites */
    size_t draws;
    unsigned threads;
    int quiet;
    kea_progress *progress; /* started here */
} kea_allocate_run;

/* Checks that there is something to divide, before anything is simulated: KEA_ERR_USAGE when the
 * model has no parts or the scenario no sites, when the strategy has no hours, when a budget in
 * money is asked for of a model that tells no team costs. */
KEA_CHECKED kea_status kea_allocate_check(const kea_allocation *a, const kea_allocate_run *run,
                                          kea_error *err);

/* Fills sites and curves of *a, whose answers, outcomes, quantity, strategy, money and budget are
 * chosen. Free with kea_allocation_free. Errors: those of the engine; KEA_ERR_USAGE when the budget
 * asks for more hours than the staffing parameter can have. */
KEA_CHECKED kea_status kea_allocate_simulate(kea_allocation *a, const kea_allocate_run *run,
                                             kea_error *err);

#endif
