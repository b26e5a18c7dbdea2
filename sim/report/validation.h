/* A model held openly against published figures: for every figure what was published, what is
 * simulated, and a verdict. A figure that is missed stays in every table. */
#ifndef KEA_REPORT_VALIDATION_H
#define KEA_REPORT_VALIDATION_H

#include "sim/analysis/estimate.h"
#include "sim/core/sample.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/targets.h"
#include "sim/report/table.h"

#include <stddef.h>
#include <stdio.h>

typedef enum kea_verdict {
    KEA_VERDICT_INSIDE,   /* the simulated mean lies within the published range */
    KEA_VERDICT_OVERLAPS, /* it does not, but its 95% interval overlaps the range */
    KEA_VERDICT_MISSED,   /* nor does the interval */
    KEA_VERDICT_NONE,     /* there is no simulated value: something is divided by 0 */
    KEA_N_VERDICTS
} kea_verdict;

/* "inside", "overlaps", "missed", "no value": in CSV. */
const char *kea_verdict_name(kea_verdict verdict);

/* The verdict on an estimate against the range low .. high; ends count as inside. */
kea_verdict kea_verdict_of(const kea_estimate *simulated, double low, double high);

typedef struct kea_validation_row {
    kea_estimate base;   /* base case: mean over cohorts, its error, their spread */
    kea_estimate draws;  /* mean over parameter draws; interval: parameters and chance together */
    kea_verdict verdict; /* on draws */
} kea_validation_row;

typedef struct kea_validation {
    const kea_targets *targets; /* borrowed */
    kea_validation_row *rows;   /* [targets->n], owned */
} kea_validation;

/* Zeroes and allocates; every row is without value until its scenario is added. Free with
 * kea_validation_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_validation_init(kea_validation *validation, const kea_targets *targets,
                                           kea_error *err);
void kea_validation_free(kea_validation *validation);

/* Checks the targets of scenario number `scenario` before anything is run: the problem compares the
 * strategy, the model has the outcomes and the categories, and what is set against the comparator
 * is not the comparator itself. KEA_ERR_INPUT with the place of the target. */
KEA_CHECKED kea_status kea_validation_check(const kea_targets *targets, size_t scenario,
                                            const kea_problem *problem, size_t n_outcomes,
                                            const kea_outcome_decl *outcomes, kea_error *err);

/* Fills the rows of that scenario from the samples of its designs "base" and "psa", with one arm
 * per strategy. Targets must have been checked. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_validation_add(kea_validation *validation, size_t scenario,
                                          const kea_problem *problem, const kea_sample *base,
                                          const kea_sample *draws, kea_error *err);

/* How many targets of a role there are, and how many have each verdict. */
typedef struct kea_validation_count {
    size_t n;
    size_t verdict[KEA_N_VERDICTS];
} kea_validation_count;
kea_validation_count kea_validation_counts(const kea_validation *validation, kea_target_role role);

/* In the place of a role: all of them, fitted first, predictions last. */
#define KEA_ALL_ROLES KEA_N_TARGET_ROLES

/* Fills a table with a row per target of a role (or KEA_ALL_ROLES). Frees nothing before. */
KEA_CHECKED kea_status kea_validation_table(kea_table *table, const kea_validation *validation,
                                            kea_target_role role, kea_error *err);

/* Fills a table with a row per role: how many targets have each verdict. For programs. */
KEA_CHECKED kea_status kea_validation_count_table(kea_table *table,
                                                  const kea_validation *validation, kea_error *err);

/* Writes it all for people: a table per role, the notes of what is not inside, and as the closing
 * lines how many fitted targets are inside, checks and predictions apart. */
KEA_CHECKED kea_status kea_validation_write(FILE *out, const kea_validation *validation,
                                            kea_error *err);

/* Writes validation.csv and verdicts.csv into a folder. */
KEA_CHECKED kea_status kea_validation_save(const kea_validation *validation, const char *folder,
                                           kea_error *err);

/* Draws the forest figure "validation" into a folder. `currency` is the unit of targets that stands
 * before the numbers, `note` stands at its foot. */
KEA_CHECKED kea_status kea_validation_draw(const kea_validation *validation, const char *currency,
                                           const char *note, const char *folder, kea_error *err);

#endif
