/* Loading a scenario for a benchmark. */
#include "tests/bench/load.h"

#include "models/registry.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

void bench_stop(int status, const char *text)
{
    (void)fprintf(stderr, "bench: %s\n", text);
    exit(status);
}

void bench_stop_on(kea_status status, const kea_error *err)
{
    if (status == KEA_OK)
        return;
    (void)fprintf(stderr, "bench: %s:%d: %s\n", err->file, err->line, err->text);
    exit(kea_status_exit(status));
}

void bench_load(bench_problem *b, const char *scenario, const char *models_folder)
{
    kea_error err = {0};
    size_t n_window = 0;
    const kea_load_options options = {.models_dir = models_folder};
    (void)gsl_set_error_handler_off();
    bench_stop_on(kea_problem_load(&b->problem, scenario, &options, kea_models_params, &err), &err);
    if (b->problem.n_care > BENCH_MAX_ROWS || b->problem.n_strategies >= BENCH_MAX_ROWS)
        bench_stop(2, "too many care models");
    b->model = kea_models_find(b->problem.model_name);
    b->n_rows = 1 + (long)b->problem.n_strategies;
    double *base = calloc(b->problem.n_entries + 1, sizeof *base);
    bench_stop_on(base ? KEA_OK : KEA_ERR_MEMORY, &err);
    kea_problem_base(&b->problem, base);
    for (size_t care = 0; care < b->problem.n_care; care++) {
        b->values[care] = calloc(kea_param_table_length(&b->problem.params), sizeof **b->values);
        bench_stop_on(b->values[care] ? KEA_OK : KEA_ERR_MEMORY, &err);
        kea_problem_values(&b->problem, base, care, b->values[care]);
    }
    free(base);
    b->model->periods(b->values[b->problem.status_quo], &n_window, &b->n_periods);
}

void bench_unload(bench_problem *b)
{
    for (size_t care = 0; care < b->problem.n_care; care++)
        free(b->values[care]);
    kea_problem_free(&b->problem);
}

const char *bench_row_name(const bench_problem *b, long row)
{
    return row ? b->problem.care[b->problem.strategies[row - 1]].name : "before the decision";
}

const double *bench_row_values(const bench_problem *b, long row)
{
    return b->values[row ? b->problem.strategies[row - 1] : b->problem.status_quo];
}
