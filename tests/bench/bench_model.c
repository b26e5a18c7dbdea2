/* Speed of the mbo model on one thread: simulated student-years per second of a scenario's base
 * case, for every strategy and for the shared warm-up. Prints the median of several rounds; rounds
 * of all strategies alternate, so that a machine that slows down slows all of them.
 *
 * Use: bench_model SCENARIO MODELS_FOLDER */
#include "models/mbo/cohort.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "models/registry.h"
#include "sim/core/moments.h"
#include "sim/inputs/problem.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9, COHORTS = 10, MAX_STRATEGIES = 16, MAX_PERIODS = 64 };

static double out[MAX_PERIODS * MBO_N_OUTCOMES];

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void stop_on(kea_status status, const kea_error *err)
{
    if (status == KEA_OK)
        return;
    (void)fprintf(stderr, "bench_model: %s:%d: %s\n", err->file, err->line, err->text);
    exit(kea_status_exit(status));
}

static double counted_years(void)
{
    double weeks = 0.0;
    for (size_t period = 0; period < MAX_PERIODS; period++)
        weeks += out[period * MBO_N_OUTCOMES + OUT_enrolled_weeks];
    return weeks / 52.0;
}

/* Seconds and student-years of one round: index 0 the warm-up, 1 + s strategy s. */
typedef struct clocks {
    double time[1 + MAX_STRATEGIES], years[1 + MAX_STRATEGIES];
} clocks;

static void one_round(const kea_problem *problem, double *const *values, void *workspace,
                      uint32_t first, clocks *c)
{
    kea_error err = {0};
    *c = (clocks){0};
    for (uint32_t i = first; i < first + COHORTS; i++) {
        double before = mbo_uncounted_years(workspace);
        double start = seconds();
        stop_on(mbo_model.begin(workspace, (kea_cohort){problem->settings.seed, i},
                                values[problem->status_quo], &err),
                &err);
        c->time[0] += seconds() - start;
        c->years[0] += mbo_uncounted_years(workspace) - before;
        for (size_t s = 0; s < problem->n_strategies; s++) {
            memset(out, 0, sizeof out);
            before = mbo_uncounted_years(workspace);
            start = seconds();
            stop_on(mbo_model.run(workspace, values[problem->strategies[s]], 0, out, &err), &err);
            c->time[1 + s] += seconds() - start;
            c->years[1 + s] += counted_years() + mbo_uncounted_years(workspace) - before;
        }
    }
}

static void report(const kea_problem *problem, const clocks *rounds)
{
    double speed[ROUNDS];
    (void)printf("%-28s %s\n", "", "million student-years per second, one thread (median)");
    for (size_t row = 0; row <= problem->n_strategies; row++) {
        for (int r = 0; r < ROUNDS; r++)
            speed[r] = rounds[r].years[row] / rounds[r].time[row] / 1e6;
        (void)printf("%-28s %8.2f\n",
                     row ? problem->care[problem->strategies[row - 1]].name : "warm-up",
                     kea_moments_quantile(speed, ROUNDS, 0.5));
    }
    for (int r = 0; r < ROUNDS; r++) {
        double time = 0.0, years = 0.0;
        for (size_t row = 0; row <= problem->n_strategies; row++) {
            time += rounds[r].time[row];
            years += rounds[r].years[row];
        }
        speed[r] = years / time / 1e6;
    }
    (void)printf("%-28s %8.2f\n", "all together", kea_moments_quantile(speed, ROUNDS, 0.5));
}

int main(int argc, char **argv)
{
    static clocks rounds[ROUNDS];
    kea_problem problem = {0};
    kea_error err = {0};
    void *workspace = NULL;
    double *values[MAX_STRATEGIES + 1] = {NULL};
    if (argc != 3) {
        (void)fprintf(stderr, "Use: bench_model SCENARIO MODELS_FOLDER\n");
        return 2;
    }
    (void)gsl_set_error_handler_off();
    const kea_load_options options = {.models_dir = argv[2]};
    stop_on(kea_problem_load(&problem, argv[1], &options, kea_models_params, &err), &err);
    if (problem.n_care > MAX_STRATEGIES) {
        (void)fprintf(stderr, "bench_model: too many care models\n");
        return 2;
    }
    size_t length = kea_param_table_length(&problem.params);
    double *base = calloc(problem.n_entries, sizeof *base);
    stop_on(base ? KEA_OK : KEA_ERR_MEMORY, &err);
    kea_problem_base(&problem, base);
    for (size_t care = 0; care < problem.n_care; care++) {
        values[care] = calloc(length, sizeof **values);
        stop_on(values[care] ? KEA_OK : KEA_ERR_MEMORY, &err);
        kea_problem_values(&problem, base, care, values[care]);
    }
    stop_on(mbo_model.open(&workspace, &err), &err);
    for (uint32_t r = 0; r < ROUNDS; r++)
        one_round(&problem, values, workspace, r * COHORTS, &rounds[r]);
    report(&problem, rounds);
    mbo_model.close(workspace);
    for (size_t care = 0; care < problem.n_care; care++)
        free(values[care]);
    free(base);
    kea_problem_free(&problem);
    return 0;
}
