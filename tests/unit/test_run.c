/* The engine, with a toy model whose answers can be worked out by hand. */
#include "sim/core/rng.h"
#include "sim/engine/run.h"
#include "tests/support/support.h"
#include "tests/support/toy.h"

#include <pthread.h>
#include <time.h>

/* Outcomes: people below the low rate, per year; team cost; 1 when the care model is new; the
 * year's number, to see the scopes; half of the cost, money that is not a cost again. */
enum { PEOPLE, COST, FRESH, YEAR, PART, N_OUTCOMES, PERSONS = 50 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"people", "persons", -1, NULL, NULL, "People", "Persons below the rate.", KEA_COST_DURING},
    {"cost", "EUR", -1, "team", "school", "Cost", "Price times hours.", KEA_COST_DURING},
    {"fresh", "", 0, NULL, NULL, "Fresh", "1 when not the status quo.", KEA_COST_DURING},
    {"year", "", 0, NULL, NULL, "Year", "1, 2, ...", KEA_COST_DURING},
    {"part", "EUR", -1, NULL, NULL, "Part", "Half of the cost.", KEA_COST_DURING},
};

typedef struct toy_state {
    kea_cohort cohort;
    double uniform[PERSONS];
} toy_state;

static kea_status toy_open(void **workspace, kea_error *err)
{
    return kea_memory_new(workspace, 1, sizeof(toy_state), err);
}

static void toy_close(void *workspace)
{
    free(workspace);
}

static void toy_periods(const double *values, size_t *n_window, size_t *n_periods)
{
    *n_window = (size_t)values[TOY_WINDOW_YEARS];
    *n_periods = (size_t)values[TOY_ALL_YEARS];
}

static kea_status toy_begin(void *workspace, kea_cohort cohort, const double *status_quo,
                            kea_error *err)
{
    toy_state *toy = workspace;
    kea_rng_key key = kea_rng_key_of(cohort.seed, "toy");
    (void)status_quo;
    (void)err;
    toy->cohort = cohort;
    for (uint32_t i = 0; i < PERSONS; i++)
        toy->uniform[i] =
            kea_rng_uniform(key, (kea_rng_address){.draw = cohort.number, .student = i}, 0);
    return KEA_OK;
}

static kea_status toy_run(void *workspace, const double *strategy, int continues, double *out,
                          kea_error *err)
{
    const toy_state *toy = workspace;
    (void)err;
    for (size_t y = 0; y < (size_t)strategy[TOY_ALL_YEARS]; y++) {
        double *row = out + y * N_OUTCOMES;
        for (size_t i = 0; i < PERSONS; i++)
            row[PEOPLE] += toy->uniform[i] < strategy[TOY_RATE] ? 1.0 : 0.0;
        row[COST] += strategy[TOY_PRICE] * strategy[TOY_HOURS];
        row[FRESH] += continues ? 0 : 1;
        row[YEAR] += (double)y + 1;
        row[PART] += strategy[TOY_PRICE] * strategy[TOY_HOURS] / 2;
    }
    return KEA_OK;
}

static const kea_frame toy_frame = {.currency = "EUR"};

static const kea_model toy_model = {.name = "toy",
                                    .summary = "A toy.",
                                    .frame = &toy_frame,
                                    .outcomes = outcomes,
                                    .n_outcomes = N_OUTCOMES,
                                    .periods = toy_periods,
                                    .open = toy_open,
                                    .close = toy_close,
                                    .begin = toy_begin,
                                    .run = toy_run};

static double at(const kea_sample *sample, size_t point, size_t arm, size_t outcome,
                 kea_scope scope)
{
    return *kea_sample_at(sample, point, arm, outcome, scope);
}

static size_t sample_bytes(const kea_sample *sample)
{
    return sample->n_points * sample->n_arms * sample->n_outcomes * KEA_N_SCOPES * sizeof(double);
}

static const kea_run_options one_thread = {.threads = 1};

/* 10 EUR x 4 hours in each of 3 years, the first 2 the window; costs at 4%, others at 1.5%. */
static void test_discounting(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_base(&design, &problem, 2, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err), err);
    assert_int_equal(sample.n_points, 2);
    assert_int_equal(sample.n_arms, 3);
    assert_int_equal(sample.n_outcomes, N_OUTCOMES);
    assert_near(at(&sample, 1, 1, COST, KEA_SCOPE_WINDOW), 80, 0);
    assert_near(at(&sample, 1, 1, COST, KEA_SCOPE_TOTAL), 120, 0);
    assert_near(at(&sample, 1, 1, COST, KEA_SCOPE_DISCOUNTED), 40 + 40 / 1.04 + 40 / 1.0816, 1e-12);
    assert_near(at(&sample, 1, 1, PART, KEA_SCOPE_DISCOUNTED), 20 + 20 / 1.04 + 20 / 1.0816, 1e-12);
    assert_near(at(&sample, 1, 1, YEAR, KEA_SCOPE_WINDOW), 3, 0);
    assert_near(at(&sample, 1, 1, YEAR, KEA_SCOPE_TOTAL), 6, 0);
    assert_near(at(&sample, 1, 1, YEAR, KEA_SCOPE_DISCOUNTED), 1 + 2 / 1.015 + 3 / 1.030225, 1e-12);
    assert_near(at(&sample, 0, 2, COST, KEA_SCOPE_TOTAL), 210, 0);
    assert_near(at(&sample, 0, 0, COST, KEA_SCOPE_TOTAL), 0, 0);
    assert_near(at(&sample, 0, 0, FRESH, KEA_SCOPE_TOTAL), 0, 0);
    assert_near(at(&sample, 0, 1, FRESH, KEA_SCOPE_TOTAL), 3, 0);
    kea_sample_free(&sample);
    problem.settings.discount_costs = problem.settings.discount_effects = 0;
    assert_ok(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err), err);
    for (size_t k = 0; k < N_OUTCOMES; k++)
        assert_near(at(&sample, 0, 2, k, KEA_SCOPE_DISCOUNTED),
                    at(&sample, 0, 2, k, KEA_SCOPE_TOTAL), 0);
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* People below the rate, counted apart from the engine: values, cohort and own rates all arrive. */
static void test_values_and_cohorts(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 6, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err), err);
    kea_rng_key key = kea_rng_key_of(problem.settings.seed, "toy");
    for (uint32_t point = 0; point < 6; point++) {
        double values[TOY_N_ENTRIES];
        kea_design_values(&design, &problem, point, values);
        for (size_t arm = 0; arm < 3; arm++) {
            double rate = values[arm == 2 ? TOY_E_BETA_RATE_LOW : TOY_E_RATE_LOW], count = 0;
            for (uint32_t i = 0; i < PERSONS; i++)
                count +=
                    kea_rng_uniform(key, (kea_rng_address){.draw = point, .student = i}, 0) < rate;
            assert_near(at(&sample, point, arm, PEOPLE, KEA_SCOPE_TOTAL), 3 * count, 0);
        }
        assert_near(at(&sample, point, 1, COST, KEA_SCOPE_WINDOW),
                    2 * (values[TOY_E_PRICE] * values[TOY_E_ALPHA_HOURS]), 0);
    }
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_threads_give_equal_bytes(void **state)
{
    static const unsigned threads[] = {2, 5, 1000};
    kea_problem problem;
    kea_design design;
    kea_sample one, other;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 203, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &design, &one_thread, &one, &err), err);
    assert_true(at(&one, 0, 1, COST, KEA_SCOPE_TOTAL) != at(&one, 202, 1, COST, KEA_SCOPE_TOTAL));
    for (size_t i = 0; i < 3; i++) {
        const kea_run_options options = {.threads = threads[i]};
        assert_ok(kea_run(&toy_model, &problem, &design, &options, &other, &err), err);
        assert_memory_equal(one.value, other.value, sample_bytes(&one));
        kea_sample_free(&other);
    }
    kea_sample_free(&one);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* The same care model twice, and a team at factor 1, differ by exactly 0. */
static void test_identical_arms(void **state)
{
    kea_problem problem;
    kea_design twice, hours;
    kea_sample a, b;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    problem.strategies[2] = 1;
    assert_ok(kea_design_psa(&twice, &problem, 9, &err), err);
    assert_ok(kea_design_hours(&hours, &problem, 1, 9, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &twice, &one_thread, &a, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &hours, &one_thread, &b, &err), err);
    size_t bytes = N_OUTCOMES * KEA_N_SCOPES * sizeof(double);
    for (size_t i = 0; i < 9; i++) {
        const double *first = kea_sample_at(&a, i, 1, 0, KEA_SCOPE_WINDOW);
        assert_memory_equal(kea_sample_at(&a, i, 2, 0, KEA_SCOPE_WINDOW), first, bytes);
        assert_memory_equal(kea_sample_at(&b, i, 2, 0, KEA_SCOPE_WINDOW), first, bytes);
        assert_near(at(&b, i, 4, COST, KEA_SCOPE_TOTAL), 3 * at(&a, i, 1, COST, KEA_SCOPE_TOTAL),
                    1e-9);
        assert_near(at(&b, i, 1, COST, KEA_SCOPE_TOTAL), 0, 0);
    }
    kea_sample_free(&a);
    kea_sample_free(&b);
    kea_design_free(&twice);
    kea_design_free(&hours);
    kea_problem_free(&problem);
}

/* The status quo goes on as it was at factor 1 and starts anew at another factor. */
static void test_continues(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    problem.status_quo = 1;
    assert_ok(kea_design_hours(&design, &problem, 1, 1, &err), err);
    assert_ok(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err), err);
    assert_near(at(&sample, 0, 0, FRESH, KEA_SCOPE_TOTAL), 3, 0);
    assert_near(at(&sample, 0, 1, FRESH, KEA_SCOPE_TOTAL), 3, 0); /* factor 0 */
    assert_near(at(&sample, 0, 2, FRESH, KEA_SCOPE_TOTAL), 0, 0); /* factor 1 */
    assert_near(at(&sample, 0, 3, FRESH, KEA_SCOPE_TOTAL), 3, 0);
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Cohort 7 fails late, every later one at once: still 7 decides. */
static kea_status failing_begin(void *workspace, kea_cohort cohort, const double *status_quo,
                                kea_error *err)
{
    const struct timespec wait = {.tv_nsec = 30000000};
    if (cohort.number == 7)
        (void)nanosleep(&wait, NULL);
    if (cohort.number >= 7)
        return kea_error_set(err, KEA_ERR_NUMERIC, "cohort %u broke", (unsigned)cohort.number);
    return toy_begin(workspace, cohort, status_quo, err);
}

static void test_first_error_in_design_order(void **state)
{
    static const unsigned threads[] = {1, 2, 5};
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    (void)state;
    model.begin = failing_begin;
    toy_problem(&problem);
    assert_int_equal(kea_design_psa(&design, &problem, 60, NULL), KEA_OK);
    for (size_t i = 0; i < 3; i++) {
        const kea_run_options options = {.threads = threads[i]};
        kea_error err = {0};
        assert_int_equal(kea_run(&model, &problem, &design, &options, &sample, &err),
                         KEA_ERR_NUMERIC);
        assert_int_equal(err.code, KEA_ERR_NUMERIC);
        assert_string_equal(err.text, "design psa, point 7, before the decision: cohort 7 broke");
        kea_sample_free(&sample);
    }
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static kea_status broken_run(void *workspace, const double *strategy, int continues, double *out,
                             kea_error *err)
{
    kea_status status = toy_run(workspace, strategy, continues, out, err);
    out[COST] = strategy[TOY_HOURS] > 6 ? (double)NAN : 0;
    return status;
}

static void test_not_finite(void **state)
{
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    model.run = broken_run;
    toy_problem(&problem);
    assert_ok(kea_design_base(&design, &problem, 1, &err), err);
    assert_int_equal(kea_run(&model, &problem, &design, &one_thread, &sample, &err), KEA_ERR_RUN);
    assert_string_equal(err.text,
                        "design base, point 0, Team beta at factor 1: outcome cost is not "
                        "a finite number");
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static kea_status strict_check(const double *values, kea_error *err)
{
    if (values[TOY_HOURS] > 6)
        return kea_error_set(err, KEA_ERR_INPUT, "hours = %g, at most 6", values[TOY_HOURS]);
    return KEA_OK;
}

static void test_checks_before_the_run(void **state)
{
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    model.check = strict_check;
    toy_problem(&problem);
    assert_ok(kea_design_base(&design, &problem, 1, &err), err);
    assert_int_equal(kea_run(&model, &problem, &design, &one_thread, &sample, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "care model beta: hours = 7, at most 6");
    assert_string_equal(err.file, "care.cfg");
    kea_sample_free(&sample);
    problem.entries[TOY_E_WINDOW].value = 4; /* of 3 years */
    assert_int_equal(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err),
                     KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "a window of 4 and 3 school years in all"));
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* A point whose values change the number of periods would write past the table. */
static void test_periods_must_stay(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    double values[TOY_N_ENTRIES];
    char expected[256];
    size_t wrong = 0;
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 40, &err), err);
    toy_set_uniform(&problem, TOY_E_ALL, 2.95, 4.05);
    do
        kea_design_values(&design, &problem, wrong, values);
    while (values[TOY_E_ALL] >= 3 && values[TOY_E_ALL] < 4 && ++wrong < 40);
    assert_in_range(wrong, 1, 39);
    assert_int_equal(kea_run(&toy_model, &problem, &design, &one_thread, &sample, &err),
                     KEA_ERR_INPUT);
    (void)snprintf(expected, sizeof expected,
                   "design psa, point %zu, No team at factor 1: the number of school years (3, of "
                   "which 2 in the window) must stay",
                   wrong);
    assert_non_null(strstr(err.text, expected));
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static kea_status refusing_open(void **workspace, kea_error *err)
{
    *workspace = NULL;
    return kea_error_set(err, KEA_ERR_MEMORY, "no room");
}

static void test_open_fails(void **state)
{
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    model.open = refusing_open;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 4, &err), err);
    const kea_run_options options = {.threads = 3};
    assert_int_equal(kea_run(&model, &problem, &design, &options, &sample, &err), KEA_ERR_MEMORY);
    assert_string_equal(err.text, "no room");
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* What the progress callback saw. */
typedef struct seen {
    pthread_t caller;
    size_t calls, last, total;
    int other_thread;
    atomic_int stop;
} seen;

static void note_progress(void *context, size_t done, size_t total)
{
    seen *saw = context;
    saw->calls++;
    saw->other_thread += !pthread_equal(pthread_self(), saw->caller);
    assert_true(done >= saw->last);
    saw->last = done;
    saw->total = total;
}

static void stop_at_first_progress(void *context, size_t done, size_t total)
{
    seen *saw = context;
    note_progress(context, done, total);
    atomic_store(&saw->stop, 1);
}

/* 20 ms a point. */
static kea_status slow_begin(void *workspace, kea_cohort cohort, const double *status_quo,
                             kea_error *err)
{
    const struct timespec wait = {.tv_nsec = 20000000};
    (void)nanosleep(&wait, NULL);
    return toy_begin(workspace, cohort, status_quo, err);
}

static void test_progress(void **state)
{
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    seen saw = {.caller = pthread_self()};
    (void)state;
    model.begin = slow_begin;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 30, &err), err);
    const kea_run_options options = {.threads = 2, .progress = note_progress, .context = &saw};
    assert_ok(kea_run(&model, &problem, &design, &options, &sample, &err), err);
    assert_int_equal(saw.last, 30);
    assert_int_equal(saw.total, 30);
    assert_int_equal(saw.other_thread, 0);
    assert_true(saw.calls >= 2);
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_interruption(void **state)
{
    kea_model model = toy_model;
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    seen saw = {.caller = pthread_self()};
    (void)state;
    model.begin = slow_begin;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 500, &err), err);
    const kea_run_options options = {
        .threads = 2, .progress = stop_at_first_progress, .context = &saw, .stop = &saw.stop};
    assert_int_equal(kea_run(&model, &problem, &design, &options, &sample, &err),
                     KEA_ERR_INTERRUPTED);
    assert_true(saw.last > 0 && saw.last < 500);
    assert_non_null(strstr(err.text, "of 500 points of design psa"));
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_discounting),
        cmocka_unit_test(test_values_and_cohorts),
        cmocka_unit_test(test_threads_give_equal_bytes),
        cmocka_unit_test(test_identical_arms),
        cmocka_unit_test(test_continues),
        cmocka_unit_test(test_first_error_in_design_order),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_checks_before_the_run),
        cmocka_unit_test(test_periods_must_stay),
        cmocka_unit_test(test_open_fails),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_interruption),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
