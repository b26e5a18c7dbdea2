/* A scenario that comes with the sources, run through the library. */
#ifndef KEA_TESTS_SCENARIO_H
#define KEA_TESTS_SCENARIO_H

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct scenario {
    kea_problem problem;
    const kea_model *model;
    double *base;    /* [n_entries] base-case values */
    double **values; /* [n_strategies] values vectors of the strategies at the base case */
} scenario;

static inline void *scenario_new(size_t count, size_t size)
{
    void *block = NULL;
    assert_int_equal(kea_memory_new(&block, count, size, NULL), KEA_OK);
    return block;
}

/* Loads scenarios/NAME with n overrides, as `--set` does. */
static inline void scenario_open(scenario *s, const char *name, size_t n, const char *const *set)
{
    char path[1024];
    kea_error err = {0};
    const kea_load_options options = {.n_set = n, .set = set};
    int length = snprintf(path, sizeof path, "%s/scenarios/%s", KEA_SOURCE_DIR, name);
    assert_true(length > 0 && (size_t)length < sizeof path);
    assert_ok(kea_problem_load(&s->problem, path, &options, kea_models_params, &err), err);
    s->model = kea_models_find(s->problem.model_name);
    s->base = scenario_new(s->problem.n_entries, sizeof(double));
    s->values = scenario_new(s->problem.n_strategies, sizeof(double *));
    kea_problem_base(&s->problem, s->base);
    for (size_t i = 0; i < s->problem.n_strategies; i++) {
        s->values[i] = scenario_new(kea_param_table_length(&s->problem.params), sizeof(double));
        kea_problem_values(&s->problem, s->base, s->problem.strategies[i], s->values[i]);
    }
}

static inline void scenario_close(scenario *s)
{
    for (size_t i = 0; s->values && i < s->problem.n_strategies; i++)
        free(s->values[i]);
    free(s->values);
    free(s->base);
    kea_problem_free(&s->problem);
    *s = (scenario){0};
}

/* Runs a design on so many threads; `sample` is freed with kea_sample_free. */
static inline void scenario_run(const scenario *s, const kea_design *design, unsigned threads,
                                kea_sample *sample)
{
    kea_error err = {0};
    const kea_run_options options = {.threads = threads};
    assert_ok(kea_run(s->model, &s->problem, design, &options, sample, &err), err);
}

/* The base case with n cohorts. */
static inline void scenario_base(const scenario *s, size_t n, kea_sample *sample)
{
    kea_design design = {0};
    kea_error err = {0};
    assert_ok(kea_design_base(&design, &s->problem, n, &err), err);
    scenario_run(s, &design, 1, sample);
    kea_design_free(&design);
}

/* An outcome by name at point 0; "cost" is the sum of all costs during the strategy. */
static inline double scenario_at(const kea_sample *sample, size_t strategy, const char *outcome,
                                 kea_scope scope)
{
    size_t k = 0;
    if (strcmp(outcome, "cost") == 0)
        return kea_sample_cost(sample, 0, strategy, scope);
    if (!kea_sample_find(sample, outcome, &k))
        fail_msg("no outcome %s", outcome);
    return *kea_sample_at(sample, 0, strategy, k, scope);
}

/* The outcome table [n_periods][n_outcomes] of one strategy at the base case, cohort 0; the caller
 * frees it. */
static inline double *scenario_table(const scenario *s, size_t strategy)
{
    kea_error err = {0};
    void *workspace = NULL;
    size_t n_window = 0, n_periods = 0;
    s->model->periods(s->values[strategy], &n_window, &n_periods);
    double *out = scenario_new(n_periods * s->model->n_outcomes, sizeof *out);
    assert_ok(s->model->open(&workspace, &err), err);
    assert_ok(s->model->begin(workspace, (kea_cohort){s->problem.settings.seed, 0},
                              s->values[strategy], &err),
              err);
    assert_ok(s->model->run(workspace, s->values[strategy], 1, out, &err), err);
    s->model->close(workspace);
    return out;
}

/* |actual / expected - 1| <= tolerance. */
#define assert_close(actual, expected, tolerance)                                                  \
    assert_near((actual), (expected), (tolerance)*fabs(expected))

#endif
