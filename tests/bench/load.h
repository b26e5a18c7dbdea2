/* What the benchmarks share: a scenario with its base-case values, and stopping on an error. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include "sim/core/status.h"
#include "sim/engine/model.h"
#include "sim/inputs/problem.h"

enum { BENCH_MAX_ROWS = 17 };

/* A decision problem. Row 0 is what comes before the decision, row 1 + s strategy s. */
typedef struct bench_problem {
    kea_problem problem;
    const kea_model *model;
    double *values[BENCH_MAX_ROWS]; /* by care model: values vectors, owned */
    size_t n_periods;
    long n_rows;
} bench_problem;

/* Ends the program with a message when `status` is not KEA_OK. */
void bench_stop_on(kea_status status, const kea_error *err);

/* Ends the program with a message and an exit status. */
void bench_stop(int status, const char *text);

void bench_load(bench_problem *b, const char *scenario, const char *models_folder);
void bench_unload(bench_problem *b);

/* "before the decision", or the strategy's name. */
const char *bench_row_name(const bench_problem *b, long row);

/* The values vector that a row runs with. */
const double *bench_row_values(const bench_problem *b, long row);

#endif
