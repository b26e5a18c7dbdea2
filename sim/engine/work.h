/* Private to sim/engine: one point through every arm of a design, by one thread. Knows nothing of
 * threads or of where results go. */
#ifndef KEA_ENGINE_WORK_H
#define KEA_ENGINE_WORK_H

#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* What is the same for all points of a design; only read while it runs. */
typedef struct kea_work {
    const kea_model *model; /* the first three are borrowed */
    const kea_problem *problem;
    const kea_design *design;
    size_t n_window, n_periods;
    size_t n_subgroups;  /* that the model keeps apart; 0: no arm asks for them */
    double *discount[2]; /* [effects, costs][n_periods]; the first is owned, the second within it */
} kea_work;

/* Checks the base-case values of the status quo and of every strategy, and that all have the same
 * periods. Free with kea_work_free (legal on {0} and after failure). KEA_ERR_INPUT names the care
 * model's file. */
KEA_CHECKED kea_status kea_work_init(kea_work *work, const kea_model *model,
                                     const kea_problem *problem, const kea_design *design,
                                     kea_error *err);
void kea_work_free(kea_work *work);

/* One thread's memory, all of it made here, so that the work itself allocates nothing. */
typedef struct kea_work_bench {
    const kea_work *work;
    void *workspace; /* of the model */
    double *block;   /* holds the six below */
    double *entries; /* [n_entries] of the point */
    double *scaled;  /* [n_entries] of one arm */
    double *status_quo;
    double *strategy; /* values vectors */
    double *out;      /* [n_periods][n_outcomes] */
    double *groups;   /* [n_subgroups][n_periods][n_outcomes] */
} kea_work_bench;

KEA_CHECKED kea_status kea_work_open(kea_work_bench *bench, const kea_work *work, kea_error *err);
void kea_work_close(kea_work_bench *bench); /* legal on {0}, after a failed open, and twice */

/* Runs point number `point` of the design; results go to point `at` of the sample, with those by
 * school year when the sample keeps them. An error names design, point and arm. */
KEA_CHECKED kea_status kea_work_run(kea_work_bench *bench, size_t point, const kea_sample *sample,
                                    size_t at, kea_error *err);

#endif
