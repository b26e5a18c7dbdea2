/* Runs a design over threads.
 *
 * Points are dealt one at a time, in design order, from one counter: a point takes milliseconds or
 * more, so dealing costs nothing, and small portions keep all threads busy to the end. A thread
 * writes only into the sample's places of its own points, and streams are addressed, not shared, so
 * neither the number of threads nor their order can be seen in the results. */
#include "sim/engine/run.h"

#include "sim/core/memory.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PROGRESS_INTERVAL_NS = 100000000 }; /* a tenth of a second */

/* What all threads read, and the little they share. */
typedef struct crew {
    const kea_model *model;
    const kea_problem *problem;
    const kea_design *design;
    const kea_run_options *options;
    kea_sample *sample;
    size_t n_window, n_periods;
    double *discount[2]; /* [effects, costs][n_periods] */
    atomic_size_t next;  /* next point to deal */
    atomic_size_t done;
    atomic_size_t first_failed; /* lowest point that failed so far, or SIZE_MAX */
    atomic_int interrupted;
    pthread_mutex_t lock; /* guards n_working */
    pthread_cond_t ended;
    size_t n_working;
} crew;

/* One thread and all memory it needs, made before it starts. */
typedef struct worker {
    crew *crew;
    pthread_t thread;
    void *workspace;
    double *block;      /* holds the four below */
    double *entries;    /* [n_entries] of one arm */
    double *status_quo; /* values vectors */
    double *strategy;
    double *out;   /* [n_periods][n_outcomes] */
    size_t failed; /* the point that failed, or SIZE_MAX */
    kea_error error;
} worker;

/* Names the care model in an error of the model's own. */
static kea_status care_error(kea_error *err, const kea_error *cause, const kea_problem *problem,
                             size_t care)
{
    return kea_error_at(err, cause->code, problem->care[care].file, 0, "care model %s: %s",
                        problem->care[care].id, cause->text);
}

/* Checks one care model's base-case values and that it has the common number of periods. */
static kea_status check_care(crew *c, size_t care, double *entries, double *values, kea_error *err)
{
    kea_error cause = {0};
    size_t n_window = 0, n_periods = 0;
    kea_problem_base(c->problem, entries);
    kea_problem_values(c->problem, entries, care, values);
    if (c->model->check && c->model->check(values, &cause) != KEA_OK)
        return care_error(err, &cause, c->problem, care);
    c->model->periods(values, &n_window, &n_periods);
    if (c->n_periods == 0) {
        c->n_window = n_window;
        c->n_periods = n_periods;
    }
    if (n_window == c->n_window && n_periods == c->n_periods && n_window >= 1 &&
        n_window <= n_periods)
        return KEA_OK;
    (void)kea_error_set(&cause, KEA_ERR_INPUT,
                        "a window of %zu and %zu school years in all; every care model must have "
                        "those of the status quo, %zu and %zu, at least 1",
                        n_window, n_periods, c->n_window, c->n_periods);
    return care_error(err, &cause, c->problem, care);
}

/* The status quo and every strategy. */
static kea_status check_problem(crew *c, kea_error *err)
{
    const kea_problem *problem = c->problem;
    void *entries = NULL, *values = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&entries, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), err));
    KEA_TRY(check_care(c, problem->status_quo, entries, values, err));
    for (size_t i = 0; i < problem->n_strategies; i++)
        KEA_TRY(check_care(c, problem->strategies[i], entries, values, err));
done:
    free(values);
    free(entries);
    return status;
}

/* 1 / (1 + rate)^y by repeated division: the same bits with every compiler and C library. */
static kea_status make_discount(crew *c, kea_error *err)
{
    const kea_settings *settings = &c->problem->settings;
    const double rate[2] = {settings->discount_effects, settings->discount_costs};
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 2 * c->n_periods, sizeof(double), err);
    c->discount[0] = block;
    if (status != KEA_OK)
        return status;
    c->discount[1] = c->discount[0] + c->n_periods;
    for (size_t k = 0; k < 2; k++) {
        c->discount[k][0] = 1;
        for (size_t y = 1; y < c->n_periods; y++)
            c->discount[k][y] = c->discount[k][y - 1] / (1 + rate[k]);
    }
    return KEA_OK;
}

static kea_status worker_open(worker *w, crew *c, kea_error *err)
{
    size_t length = kea_param_table_length(&c->problem->params);
    size_t n_entries = c->problem->n_entries;
    void *block = NULL;
    w->crew = c;
    w->failed = SIZE_MAX;
    kea_status status = kea_memory_new(
        &block, n_entries + 2 * length + c->n_periods * c->model->n_outcomes, sizeof(double), err);
    w->block = block;
    if (status != KEA_OK)
        return status;
    w->entries = w->block;
    w->status_quo = w->entries + n_entries;
    w->strategy = w->status_quo + length;
    w->out = w->strategy + length;
    return c->model->open(&w->workspace, err);
}

static void worker_close(worker *w)
{
    if (w->workspace)
        w->crew->model->close(w->workspace);
    free(w->block);
}

/* Window sum, total and discounted total of every outcome, into the sample. */
static kea_status reduce(const worker *w, size_t point, size_t arm, kea_error *err)
{
    const crew *c = w->crew;
    size_t n = c->model->n_outcomes;
    for (size_t k = 0; k < n; k++) {
        const double *discount = c->discount[strcmp(c->model->outcomes[k].unit, "EUR") == 0];
        double window = 0, total = 0, discounted = 0;
        for (size_t y = 0; y < c->n_periods; y++) {
            double amount = w->out[y * n + k];
            total += amount;
            discounted += amount * discount[y];
            if (y < c->n_window)
                window += amount;
        }
        double *value = kea_sample_at(c->sample, point, arm, k, KEA_SCOPE_WINDOW);
        value[KEA_SCOPE_WINDOW] = window;
        value[KEA_SCOPE_TOTAL] = total;
        value[KEA_SCOPE_DISCOUNTED] = discounted;
        if (!isfinite(total) || !isfinite(discounted) || !isfinite(window))
            return kea_error_set(err, KEA_ERR_RUN, "outcome %s is not a finite number",
                                 c->model->outcomes[k].name);
    }
    return KEA_OK;
}

/* Lays out the values of one arm at one point. */
static void arm_values(const worker *w, const kea_point *point, const kea_arm *arm)
{
    const kea_problem *problem = w->crew->problem;
    const double *entries = point->values;
    if (arm->entry != KEA_NO_ENTRY) {
        memcpy(w->entries, entries, problem->n_entries * sizeof *entries);
        w->entries[arm->entry] =
            kea_design_scaled(&problem->entries[arm->entry], entries[arm->entry], arm->factor);
        entries = w->entries;
    }
    kea_problem_values(problem, entries, arm->care, w->strategy);
}

static kea_status run_arm(worker *w, size_t at, size_t arm_at, kea_error *err)
{
    const crew *c = w->crew;
    const kea_arm *arm = &c->design->arms[arm_at];
    size_t length = kea_param_table_length(&c->problem->params);
    size_t n_window = 0, n_periods = 0;
    arm_values(w, &c->design->points[at], arm);
    c->model->periods(w->strategy, &n_window, &n_periods);
    if (n_window != c->n_window || n_periods != c->n_periods)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the number of school years (%zu, of which %zu in the window) must "
                             "stay the same, but became %zu and %zu",
                             c->n_periods, c->n_window, n_periods, n_window);
    /* scaled by a factor that changes nothing, the status quo is still what it was */
    bool continues = arm->care == c->problem->status_quo &&
                     memcmp(w->strategy, w->status_quo, length * sizeof *w->strategy) == 0;
    memset(w->out, 0, c->n_periods * c->model->n_outcomes * sizeof *w->out);
    kea_status status = c->model->run(w->workspace, w->strategy, continues, w->out, err);
    return status == KEA_OK ? reduce(w, at, arm_at, err) : status;
}

/* Runs all arms of a point. An error names design, point and arm. */
static kea_status run_point(worker *w, size_t at)
{
    const crew *c = w->crew;
    const kea_point *point = &c->design->points[at];
    const kea_cohort cohort = {c->problem->settings.seed, point->cohort};
    kea_error cause = {0};
    size_t arm = 0;
    kea_problem_values(c->problem, point->values, c->problem->status_quo, w->status_quo);
    kea_status status = c->model->begin(w->workspace, cohort, w->status_quo, &cause);
    if (status != KEA_OK)
        return kea_error_at(&w->error, status, cause.file, cause.line,
                            "design %s, point %zu, before the decision: %s", c->design->name, at,
                            cause.text);
    for (; arm < c->design->n_arms && status == KEA_OK; arm++)
        status = run_arm(w, at, arm, &cause);
    if (status == KEA_OK)
        return KEA_OK;
    const kea_arm *failed = &c->design->arms[arm - 1];
    return kea_error_at(&w->error, status, cause.file, cause.line,
                        "design %s, point %zu, %s at factor %g: %s", c->design->name, at,
                        c->problem->care[failed->care].name, failed->factor, cause.text);
}

/* Lowers first_failed to `point`. */
static void note_failure(crew *c, size_t point)
{
    size_t lowest = atomic_load(&c->first_failed);
    while (point < lowest && !atomic_compare_exchange_weak(&c->first_failed, &lowest, point))
        continue;
}

/* Points before one that failed are still run, so that the first failing point in design order is
 * found whatever the number of threads. */
static void work(worker *w)
{
    crew *c = w->crew;
    for (;;) {
        size_t point = atomic_fetch_add(&c->next, 1);
        if (point >= c->design->n_points || point > atomic_load(&c->first_failed))
            return;
        if (c->options->stop && atomic_load(c->options->stop) != 0) {
            atomic_store(&c->interrupted, 1);
            return;
        }
        if (run_point(w, point) != KEA_OK) {
            w->failed = point;
            note_failure(c, point);
            return;
        }
        atomic_fetch_add(&c->done, 1);
    }
}

static void *thread_main(void *context)
{
    worker *w = context;
    work(w);
    (void)pthread_mutex_lock(&w->crew->lock);
    w->crew->n_working--;
    (void)pthread_cond_signal(&w->crew->ended);
    (void)pthread_mutex_unlock(&w->crew->lock);
    return NULL;
}

static void report(const crew *c)
{
    if (c->options->progress)
        c->options->progress(c->options->context, atomic_load(&c->done), c->design->n_points);
}

/* A tenth of a second from now. The clock serves the interval of progress only. */
static struct timespec next_report(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += PROGRESS_INTERVAL_NS;
    if (at.tv_nsec >= 1000000000) {
        at.tv_nsec -= 1000000000;
        at.tv_sec++;
    }
    return at;
}

/* Waits until no thread works; progress is told without holding the lock, and once at the end. */
static void wait_for_end(crew *c)
{
    (void)pthread_mutex_lock(&c->lock);
    while (c->n_working > 0) {
        const struct timespec until = next_report();
        int waited = 0;
        while (waited == 0 && c->n_working > 0)
            waited = pthread_cond_timedwait(&c->ended, &c->lock, &until);
        if (c->n_working == 0)
            break;
        (void)pthread_mutex_unlock(&c->lock);
        report(c);
        (void)pthread_mutex_lock(&c->lock);
    }
    (void)pthread_mutex_unlock(&c->lock);
    report(c);
}

static kea_status start_lock(crew *c, kea_error *err)
{
    pthread_condattr_t monotonic;
    bool ok = pthread_condattr_init(&monotonic) == 0;
    if (ok) {
        ok = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
             pthread_cond_init(&c->ended, &monotonic) == 0;
        (void)pthread_condattr_destroy(&monotonic);
    }
    if (ok && pthread_mutex_init(&c->lock, NULL) != 0) {
        (void)pthread_cond_destroy(&c->ended);
        ok = false;
    }
    return ok ? KEA_OK : kea_error_set(err, KEA_ERR_RUN, "the system gives no lock for threads");
}

/* Starts all threads, waits and joins them. When not all can start, none goes on. */
static kea_status run_threads(crew *c, size_t n, worker *workers, kea_error *err)
{
    size_t started = 0;
    int failure = 0;
    kea_status status = start_lock(c, err);
    if (status != KEA_OK)
        return status;
    (void)pthread_mutex_lock(&c->lock);
    while (started < n && failure == 0) {
        failure = pthread_create(&workers[started].thread, NULL, thread_main, &workers[started]);
        if (failure == 0)
            started++;
    }
    c->n_working = started;
    if (failure != 0)
        atomic_store(&c->next, c->design->n_points);
    (void)pthread_mutex_unlock(&c->lock);
    wait_for_end(c);
    for (size_t i = 0; i < started; i++)
        (void)pthread_join(workers[i].thread, NULL);
    (void)pthread_cond_destroy(&c->ended);
    (void)pthread_mutex_destroy(&c->lock);
    if (failure == 0)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_RUN, "cannot start thread %zu of %zu; ask for fewer (-j)",
                         started + 1, n);
}

/* The error of the first failing point, or that of an interruption. */
static kea_status outcome_of(const crew *c, size_t n, const worker *workers, kea_error *err)
{
    if (atomic_load(&c->interrupted))
        return kea_error_set(err, KEA_ERR_INTERRUPTED,
                             "interrupted: %zu of %zu points of design %s were done",
                             atomic_load(&c->done), c->design->n_points, c->design->name);
    size_t failed = atomic_load(&c->first_failed);
    for (size_t i = 0; i < n; i++)
        if (failed != SIZE_MAX && workers[i].failed == failed) {
            if (err)
                *err = workers[i].error;
            return workers[i].error.code;
        }
    return KEA_OK;
}

kea_status kea_run(const kea_model *model, const kea_problem *problem, const kea_design *design,
                   const kea_run_options *options, kea_sample *sample, kea_error *err)
{
    crew c = {.model = model, .problem = problem, .design = design, .options = options};
    size_t n = options->threads < design->n_points ? options->threads : design->n_points;
    void *workers = NULL;
    kea_status status = KEA_OK;
    n = n > 0 ? n : 1;
    c.sample = sample;
    atomic_init(&c.first_failed, SIZE_MAX);
    KEA_TRY(kea_sample_init(sample, design->n_points, design->n_arms, model->n_outcomes,
                            model->outcomes, err));
    KEA_TRY(check_problem(&c, err));
    KEA_TRY(make_discount(&c, err));
    KEA_TRY(kea_memory_new(&workers, n, sizeof(worker), err));
    for (size_t i = 0; i < n; i++)
        KEA_TRY(worker_open((worker *)workers + i, &c, err));
    KEA_TRY(run_threads(&c, n, workers, err));
    KEA_TRY(outcome_of(&c, n, workers, err));
done:
    for (size_t i = 0; workers && i < n; i++)
        if (((worker *)workers)[i].crew)
            worker_close((worker *)workers + i);
    free(workers);
    free(c.discount[0]);
    return status;
}
