/* What the engine hands over: every point once, in the order of the design, whatever the threads;
 * and the same bits when only the later points are asked for. With a model whose answers are the
 * numbers of cohort, arm and year. */
#include "sim/engine/run.h"
#include "tests/support/support.h"
#include "tests/support/toy.h"

#include <time.h>

enum { N_OUTCOMES = 2, N_YEARS = 3 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    {"one", "persons", -1, NULL, NULL, "One", "Cohort and year.", KEA_COST_DURING},
    {"two", "persons", -1, NULL, NULL, "Two", "The hours.", KEA_COST_DURING},
};

static kea_status echo_open(void **workspace, kea_error *err)
{
    return kea_memory_new(workspace, 1, sizeof(kea_cohort), err);
}

static void echo_close(void *workspace)
{
    free(workspace);
}

static void echo_periods(const double *values, size_t *n_window, size_t *n_periods)
{
    *n_window = (size_t)values[TOY_WINDOW_YEARS];
    *n_periods = (size_t)values[TOY_ALL_YEARS];
}

/* Every fifth cohort takes much longer, so that blocks are complete out of order. */
static kea_status echo_begin(void *workspace, kea_cohort cohort, const double *status_quo,
                             kea_error *err)
{
    const struct timespec wait = {.tv_nsec = 3000000};
    (void)status_quo;
    (void)err;
    if (cohort.number % 5 == 0)
        (void)nanosleep(&wait, NULL);
    *(kea_cohort *)workspace = cohort;
    return KEA_OK;
}

static kea_status echo_run(void *workspace, const double *strategy, int continues, double *out,
                           kea_error *err)
{
    (void)continues;
    (void)err;
    for (size_t y = 0; y < N_YEARS; y++) {
        out[y * N_OUTCOMES] = 10.0 * ((const kea_cohort *)workspace)->number + (double)y;
        out[y * N_OUTCOMES + 1] = strategy[TOY_HOURS];
    }
    return KEA_OK;
}

static const kea_frame echo_frame = {.currency = "EUR"};
static const kea_model echo = {.name = "echo",
                               .frame = &echo_frame,
                               .outcomes = outcomes,
                               .n_outcomes = N_OUTCOMES,
                               .periods = echo_periods,
                               .open = echo_open,
                               .close = echo_close,
                               .begin = echo_begin,
                               .run = echo_run};

/* What a sink got. */
typedef struct got {
    size_t next;     /* point that must come next */
    size_t blocks;   /* that came */
    size_t fail_at;  /* fails when this point comes; SIZE_MAX: never */
    kea_sample *all; /* everything is put here; may be NULL */
} got;

static kea_status take(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    got *g = context;
    assert_int_equal(first, g->next);
    assert_in_range(block->n_points, 1, KEA_RUN_BLOCK);
    if (g->fail_at >= first && g->fail_at < first + block->n_points)
        return kea_error_set(err, KEA_ERR_IO, "no room for point %zu", first);
    for (size_t i = 0; i < block->n_points; i++) /* this very point */
        assert_near(*kea_sample_at(block, i, 1, 0, KEA_SCOPE_TOTAL), 30.0 * (double)(first + i) + 3,
                    0);
    if (g->all)
        kea_sample_put(g->all, first, block);
    g->next += block->n_points;
    g->blocks++;
    return KEA_OK;
}

static void test_order(void **state)
{
    static const unsigned threads[] = {1, 2, 7, 40};
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 83, &err), err);
    for (size_t i = 0; i < 4; i++) {
        const kea_run_options options = {.threads = threads[i]};
        got g = {.fail_at = SIZE_MAX};
        assert_ok(kea_run_blocks(&echo, &problem, &design, &options, 0, take, &g, &err), err);
        assert_int_equal(g.next, 83);
        assert_int_equal(g.blocks, 21);
    }
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static size_t value_bytes(const kea_sample *sample)
{
    return sample->n_points * sample->n_arms * sample->n_outcomes * KEA_N_SCOPES * sizeof(double);
}

/* A run that ends within the design and one from there on make a whole one, bit for bit. */
static void test_in_two_parts(void **state)
{
    const kea_run_options options = {.threads = 3, .by_period = true};
    kea_problem problem;
    kea_design design;
    kea_sample whole, parts;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 50, &err), err);
    assert_ok(kea_run(&echo, &problem, &design, &options, &whole, &err), err);
    assert_ok(kea_sample_init(&parts, 50, 3, N_OUTCOMES, outcomes, &err), err);
    assert_ok(kea_sample_keep_periods(&parts, N_YEARS, &err), err);
    got g = {.fail_at = 25, .all = &parts};
    assert_int_equal(kea_run_blocks(&echo, &problem, &design, &options, 0, take, &g, &err),
                     KEA_ERR_IO);
    assert_string_equal(err.text, "no room for point 24");
    assert_int_equal(g.next, 24);
    g.fail_at = SIZE_MAX;
    assert_ok(kea_run_blocks(&echo, &problem, &design, &options, g.next, take, &g, &err), err);
    assert_int_equal(g.next, 50);
    assert_memory_equal(parts.value, whole.value, value_bytes(&whole));
    assert_memory_equal(parts.period, whole.period, value_bytes(&whole) / KEA_N_SCOPES * N_YEARS);
    assert_near(kea_sample_periods(&whole, 41, 2, 0)[1], 411, 0);
    assert_near(kea_sample_periods(&whole, 41, 2, 1)[2], 7, 0);
    /* nothing is left */
    assert_ok(kea_run_blocks(&echo, &problem, &design, &options, 50, take, &g, &err), err);
    assert_int_equal(g.next, 50);
    kea_sample_free(&whole);
    kea_sample_free(&parts);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Without being asked for, amounts by year are not kept. */
static void test_without_years(void **state)
{
    const kea_run_options options = {.threads = 2};
    kea_problem problem;
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    assert_ok(kea_design_base(&design, &problem, 5, &err), err);
    assert_ok(kea_run(&echo, &problem, &design, &options, &sample, &err), err);
    assert_int_equal(sample.n_periods, 0);
    assert_null(sample.period);
    kea_sample_free(&sample);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static kea_status fail_late(void *workspace, const double *strategy, int continues, double *out,
                            kea_error *err)
{
    if (((const kea_cohort *)workspace)->number >= 30)
        return kea_error_set(err, KEA_ERR_NUMERIC, "broke");
    return echo_run(workspace, strategy, continues, out, err);
}

/* All blocks before the one with the first failing point are handed over, and no later one. */
static void test_before_a_failure(void **state)
{
    kea_model model = echo;
    kea_problem problem;
    kea_design design;
    (void)state;
    model.run = fail_late;
    toy_problem(&problem);
    assert_int_equal(kea_design_psa(&design, &problem, 90, NULL), KEA_OK);
    for (unsigned threads = 1; threads <= 9; threads += 4) {
        const kea_run_options options = {.threads = threads};
        got g = {.fail_at = SIZE_MAX};
        kea_error err = {0};
        assert_int_equal(kea_run_blocks(&model, &problem, &design, &options, 0, take, &g, &err),
                         KEA_ERR_NUMERIC);
        assert_string_equal(err.text, "design psa, point 30, No team at factor 1: broke");
        assert_int_equal(g.next, 28);
    }
    kea_design_free(&design);
    kea_problem_free(&problem);
}

/* Ends with the block after which it is enough, well, whatever the threads and what fails later;
 * enough from the first is enough. */
typedef struct until {
    got got;
    size_t enough_at; /* points */
    bool enough;
} until;

static kea_status take_until(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    until *u = context;
    kea_status status = take(&u->got, first, block, err);
    u->enough = u->got.next >= u->enough_at;
    return status;
}

static void test_enough(void **state)
{
    static const size_t wanted[] = {1, 24, 27, 28};
    static const size_t got_points[] = {4, 24, 28, 28};
    kea_model model = echo;
    kea_problem problem;
    kea_design design;
    kea_error err = {0};
    (void)state;
    model.run = fail_late;
    toy_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 90, &err), err);
    for (unsigned threads = 1; threads <= 9; threads += 4) {
        for (size_t i = 0; i < 4; i++) {
            until u = {.got = {.fail_at = SIZE_MAX}, .enough_at = wanted[i]};
            const kea_run_options options = {.threads = threads, .enough = &u.enough};
            assert_ok(kea_run_blocks(&model, &problem, &design, &options, 0, take_until, &u, &err),
                      err);
            assert_int_equal(u.got.next, got_points[i]);
        }
    }
    until all = {.got = {.fail_at = SIZE_MAX}, .enough_at = 1000};
    const kea_run_options options = {.threads = 2, .enough = &all.enough};
    assert_ok(kea_run_blocks(&echo, &problem, &design, &options, 0, take_until, &all, &err), err);
    assert_int_equal(all.got.next, 90);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),         cmocka_unit_test(test_in_two_parts),
        cmocka_unit_test(test_without_years), cmocka_unit_test(test_before_a_failure),
        cmocka_unit_test(test_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
