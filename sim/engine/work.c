/* The work on one point. */
#include "sim/engine/work.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Names the care model in an error of the model's own. */
static kea_status care_error(kea_error *err, const kea_error *cause, const kea_problem *problem,
                             size_t care)
{
    return kea_error_at(err, cause->code, problem->care[care].file, 0, "care model %s: %s",
                        problem->care[care].id, cause->text);
}

/* Checks one care model's base-case values and that it has the common number of periods. */
static kea_status check_care(kea_work *w, size_t care, double *entries, double *values,
                             kea_error *err)
{
    kea_error cause = {0};
    size_t n_window = 0, n_periods = 0;
    kea_problem_base(w->problem, entries);
    kea_problem_values(w->problem, entries, care, values);
    if (w->model->check && w->model->check(values, &cause) != KEA_OK)
        return care_error(err, &cause, w->problem, care);
    w->model->periods(values, &n_window, &n_periods);
    if (w->n_periods == 0) {
        w->n_window = n_window;
        w->n_periods = n_periods;
    }
    if (n_window == w->n_window && n_periods == w->n_periods && n_window >= 1 &&
        n_window <= n_periods)
        return KEA_OK;
    (void)kea_error_set(&cause, KEA_ERR_INPUT,
                        "a window of %zu and %zu school years in all; every care model must have "
                        "those of the status quo, %zu and %zu, at least 1",
                        n_window, n_periods, w->n_window, w->n_periods);
    return care_error(err, &cause, w->problem, care);
}

/* The status quo and every strategy. */
static kea_status check_problem(kea_work *w, kea_error *err)
{
    const kea_problem *problem = w->problem;
    void *entries = NULL, *values = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&entries, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), err));
    KEA_TRY(check_care(w, problem->status_quo, entries, values, err));
    for (size_t i = 0; i < problem->n_strategies; i++)
        KEA_TRY(check_care(w, problem->strategies[i], entries, values, err));
done:
    free(values);
    free(entries);
    return status;
}

/* 1 / (1 + rate)^y by repeated division: the same bits with every compiler and C library. */
static kea_status make_discount(kea_work *w, kea_error *err)
{
    const kea_settings *settings = &w->problem->settings;
    const double rate[2] = {settings->discount_effects, settings->discount_costs};
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 2 * w->n_periods, sizeof(double), err);
    w->discount[0] = block;
    if (status != KEA_OK)
        return status;
    w->discount[1] = w->discount[0] + w->n_periods;
    for (size_t k = 0; k < 2; k++) {
        w->discount[k][0] = 1;
        for (size_t y = 1; y < w->n_periods; y++)
            w->discount[k][y] = w->discount[k][y - 1] / (1 + rate[k]);
    }
    return KEA_OK;
}

/* Whether some arm has results of one group of people, which the model then must give. */
static kea_status count_subgroups(kea_work *w, kea_error *err)
{
    const kea_param_table *params = &w->problem->params;
    size_t highest = 0, n = kea_grouping_total(params->n_groupings, params->groupings);
    for (size_t i = 0; i < w->design->n_arms; i++)
        if (w->design->arms[i].subgroup > highest)
            highest = w->design->arms[i].subgroup;
    w->n_subgroups = highest == KEA_EVERYBODY ? 0 : n;
    if (highest <= n && (highest == KEA_EVERYBODY || w->model->apart))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INTERNAL, "model %s keeps no subgroup %zu apart",
                         w->model->name, highest);
}

kea_status kea_work_init(kea_work *work, const kea_model *model, const kea_problem *problem,
                         const kea_design *design, kea_error *err)
{
    *work = (kea_work){.model = model, .problem = problem, .design = design};
    kea_status status = KEA_OK;
    KEA_TRY(check_problem(work, err));
    KEA_TRY(count_subgroups(work, err));
    KEA_TRY(make_discount(work, err));
done:
    return status;
}

void kea_work_free(kea_work *work)
{
    free(work->discount[0]);
    *work = (kea_work){0};
}

kea_status kea_work_open(kea_work_bench *bench, const kea_work *work, kea_error *err)
{
    size_t length = kea_param_table_length(&work->problem->params);
    size_t n_entries = work->problem->n_entries;
    size_t table = work->n_periods * work->model->n_outcomes;
    void *block = NULL;
    *bench = (kea_work_bench){.work = work};
    kea_status status = kea_memory_new(
        &block, 2 * n_entries + 2 * length + (1 + work->n_subgroups) * table, sizeof(double), err);
    bench->block = block;
    if (status != KEA_OK)
        return status;
    bench->entries = bench->block;
    bench->scaled = bench->entries + n_entries;
    bench->status_quo = bench->scaled + n_entries;
    bench->strategy = bench->status_quo + length;
    bench->out = bench->strategy + length;
    bench->groups = bench->out + table;
    status = work->model->open(&bench->workspace, err);
    if (status == KEA_OK && work->model->discount)
        work->model->discount(bench->workspace, work->n_periods, work->discount[1],
                              work->discount[0]);
    if (status == KEA_OK && work->n_subgroups > 0)
        work->model->apart(bench->workspace, bench->groups);
    return status;
}

void kea_work_close(kea_work_bench *bench)
{
    if (bench->workspace)
        bench->work->model->close(bench->workspace);
    free(bench->block);
    *bench = (kea_work_bench){0};
}

/* Where the results of one arm at one point go. */
typedef struct place {
    const kea_sample *sample;
    size_t point, arm;
} place;

/* Window sum, total and discounted total of every outcome, and what every year has. */
static kea_status reduce(const kea_work_bench *b, const double *out, const place *to,
                         kea_error *err)
{
    const kea_work *w = b->work;
    size_t n = w->model->n_outcomes;
    for (size_t k = 0; k < n; k++) {
        const double *discount =
            w->discount[strcmp(w->model->outcomes[k].unit, w->model->frame->currency) == 0];
        double window = 0, total = 0, discounted = 0;
        for (size_t y = 0; y < w->n_periods; y++) {
            double amount = out[y * n + k];
            total += amount;
            discounted += amount * discount[y];
            if (y < w->n_window)
                window += amount;
        }
        double *value = kea_sample_at(to->sample, to->point, to->arm, k, KEA_SCOPE_WINDOW);
        value[KEA_SCOPE_WINDOW] = window;
        value[KEA_SCOPE_TOTAL] = total;
        value[KEA_SCOPE_DISCOUNTED] = discounted;
        if (!isfinite(total) || !isfinite(discounted) || !isfinite(window))
            return kea_error_set(err, KEA_ERR_RUN, "outcome %s is not a finite number",
                                 w->model->outcomes[k].name);
        if (to->sample->n_periods == 0)
            continue;
        double *year = kea_sample_periods(to->sample, to->point, to->arm, k);
        for (size_t y = 0; y < w->n_periods; y++)
            year[y] = out[y * n + k];
    }
    return KEA_OK;
}

/* Lays out the values of one arm at one point. */
static void arm_values(const kea_work_bench *b, const kea_arm *arm)
{
    const kea_problem *problem = b->work->problem;
    const double *entries = b->entries;
    if (arm->entry != KEA_NO_ENTRY) {
        memcpy(b->scaled, entries, problem->n_entries * sizeof *entries);
        b->scaled[arm->entry] =
            kea_design_scaled(&problem->entries[arm->entry], entries[arm->entry], arm->factor);
        entries = b->scaled;
    }
    kea_problem_values(problem, entries, arm->care, b->strategy);
}

/* Whether the arm before has the same simulation in it, of other people. */
static bool is_run(const kea_design *design, size_t arm)
{
    const kea_arm *this = &design->arms[arm], *last = this - 1;
    return arm > 0 && this->subgroup != KEA_EVERYBODY && last->subgroup != KEA_EVERYBODY &&
           this->care == last->care && this->strategy == last->strategy &&
           this->entry == last->entry && this->factor == last->factor;
}

static kea_status simulate(kea_work_bench *b, const kea_arm *arm, kea_error *err)
{
    const kea_work *w = b->work;
    size_t length = kea_param_table_length(&w->problem->params);
    size_t n_window = 0, n_periods = 0;
    arm_values(b, arm);
    w->model->periods(b->strategy, &n_window, &n_periods);
    if (n_window != w->n_window || n_periods != w->n_periods)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the number of school years (%zu, of which %zu in the window) must "
                             "stay the same, but became %zu and %zu",
                             w->n_periods, w->n_window, n_periods, n_window);
    /* scaled by a factor that changes nothing, the status quo is still what it was */
    bool continues = arm->care == w->problem->status_quo &&
                     memcmp(b->strategy, b->status_quo, length * sizeof *b->strategy) == 0;
    memset(b->out, 0, (1 + w->n_subgroups) * w->n_periods * w->model->n_outcomes * sizeof *b->out);
    return w->model->run(b->workspace, b->strategy, continues, b->out, err);
}

static kea_status run_arm(kea_work_bench *b, const place *to, kea_error *err)
{
    const kea_work *w = b->work;
    const kea_arm *arm = &w->design->arms[to->arm];
    const double *out = b->out;
    kea_status status = KEA_OK;
    if (!is_run(w->design, to->arm))
        KEA_TRY(simulate(b, arm, err));
    if (arm->subgroup != KEA_EVERYBODY)
        out = b->groups + (arm->subgroup - 1) * w->n_periods * w->model->n_outcomes;
    status = reduce(b, out, to, err);
done:
    return status;
}

kea_status kea_work_run(kea_work_bench *bench, size_t point, const kea_sample *sample, size_t at,
                        kea_error *err)
{
    const kea_work *w = bench->work;
    const kea_design *design = w->design;
    const kea_cohort cohort = {w->problem->settings.seed, kea_design_point(design, point).cohort};
    kea_error cause = {0};
    size_t arm = 0;
    kea_design_values(design, w->problem, point, bench->entries);
    kea_problem_values(w->problem, bench->entries, w->problem->status_quo, bench->status_quo);
    kea_status status = w->model->begin(bench->workspace, cohort, bench->status_quo, &cause);
    if (status != KEA_OK)
        return kea_error_at(err, status, cause.file, cause.line,
                            "design %s, point %zu, before the decision: %s", design->name, point,
                            cause.text);
    for (; arm < design->n_arms && status == KEA_OK; arm++)
        status = run_arm(bench, &(place){sample, at, arm}, &cause);
    if (status == KEA_OK)
        return KEA_OK;
    const kea_arm *failed = &design->arms[arm - 1];
    return kea_error_at(err, status, cause.file, cause.line,
                        "design %s, point %zu, %s at factor %g: %s", design->name, point,
                        w->problem->care[failed->care].name, failed->factor, cause.text);
}
