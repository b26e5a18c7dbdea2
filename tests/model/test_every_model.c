/* What the engine counts on in every model (see sim/engine/model.h): it says of itself what it
 * must, keeps within its table, keeps nothing from one run to the next, and does not mind who
 * listens. */
#include "tests/support/every_model.h"

static void ask_threads(scenario *s)
{
    kea_sample one = {0}, three = {0};
    run_draws(s, 1, &one);
    run_draws(s, 3, &three);
    expect_all_same(s, &one, &three);
    kea_sample_free(&one);
    kea_sample_free(&three);
}

/* The sample of all draws, with which one draw run by itself is compared. */
typedef struct together {
    const scenario *s;
    const kea_sample *all;
    size_t seen;
} together;

static kea_status compare_alone(void *context, size_t first, const kea_sample *block,
                                kea_error *err)
{
    together *t = context;
    (void)err;
    for (size_t arm = 0; arm < block->n_arms; arm++)
        expect_same(t->s, block, (size_t[2]){0, arm}, t->all, (size_t[2]){first, arm});
    t->seen += block->n_points;
    return KEA_OK;
}

/* Draw by draw, each in a workspace of its own, and all in one workspace: nothing of an earlier
 * cohort or strategy is left behind. */
static void ask_portions(scenario *s)
{
    const kea_run_options options = {.threads = 1};
    kea_design design = {0};
    kea_sample all = {0};
    kea_error err = {0};
    together t = {s, &all, 0};
    run_draws(s, 1, &all);
    draws(s, DRAWS, &design);
    for (size_t i = DRAWS; i-- > 0;) {
        design.n_points = design.n_repeats = i + 1;
        assert_ok(
            kea_run_blocks(s->model, &s->problem, &design, &options, i, compare_alone, &t, &err),
            err);
    }
    assert_int_equal(t.seen, DRAWS);
    kea_design_free(&design);
    kea_sample_free(&all);
}

/* A model writes no further than its periods. */
static void ask_table(scenario *s)
{
    enum { GUARD = 64 };
    static const double mark = 12345.678;
    size_t n_window = 0, n_periods = 0;
    kea_error err = {0};
    void *workspace = NULL;
    const kea_cohort cohort = {s->problem.settings.seed, 0};
    s->model->periods(s->values[0], &n_window, &n_periods);
    assert_true(n_window >= 1 && n_window <= n_periods);
    size_t n = n_periods * s->model->n_outcomes;
    double *out = scenario_new(n + GUARD, sizeof *out);
    for (size_t i = 0; i < GUARD; i++)
        out[n + i] = mark;
    assert_ok(s->model->open(&workspace, &err), err);
    assert_ok(s->model->begin(workspace, cohort, s->values[0], &err), err);
    assert_ok(s->model->run(workspace, s->values[0], 1, out, &err), err);
    s->model->close(workspace);
    for (size_t i = 0; i < GUARD; i++)
        assert_near(out[n + i], mark, 0);
    free(out);
}

static void ignore(void *context, const kea_event *event)
{
    (void)event;
    ++*(size_t *)context;
}

/* Somebody who listens changes nothing. */
static void ask_listener(scenario *s)
{
    size_t n_window = 0, n_periods = 0, n_events = 0;
    kea_error err = {0};
    void *workspace = NULL;
    const kea_cohort cohort = {s->problem.settings.seed, 0};
    if (!s->model->listen)
        return;
    s->model->periods(s->values[0], &n_window, &n_periods);
    size_t n = n_periods * s->model->n_outcomes;
    double *out = scenario_new(n, sizeof *out), *alone = scenario_table(s, 0);
    assert_ok(s->model->open(&workspace, &err), err);
    s->model->listen(workspace, 0, ignore, &n_events);
    assert_ok(s->model->begin(workspace, cohort, s->values[0], &err), err);
    assert_ok(s->model->run(workspace, s->values[0], 1, out, &err), err);
    s->model->close(workspace);
    assert_true(n_events > 0);
    assert_memory_equal(out, alone, n * sizeof *out);
    free(alone);
    free(out);
}

/* What a model says of itself is complete, and its names are found. */
static void ask_declarations(scenario *s)
{
    const kea_model *m = s->model;
    kea_error err = {0};
    size_t at = 0;
    kea_sample sample = {0};
    assert_true(m->name && m->summary && m->caveat && m->params->n > 0);
    assert_ok(kea_frame_check(m->frame, m->n_outcomes, m->outcomes, &err), err);
    scenario_base(s, 1, &sample);
    for (size_t k = 0; k < m->n_outcomes; k++) {
        assert_true(kea_sample_find(&sample, m->outcomes[k].name, &at) && at == k);
        if (m->outcomes[k].category || m->outcomes[k].payer)
            assert_string_equal(m->outcomes[k].unit, m->frame->currency);
    }
    kea_sample_free(&sample);
}

static void test_declarations(void **state)
{
    (void)state;
    ask_models(ask_declarations);
}

static void test_threads(void **state)
{
    (void)state;
    ask_models(ask_threads);
}

static void test_portions(void **state)
{
    (void)state;
    ask_models(ask_portions);
}

static void test_table(void **state)
{
    (void)state;
    ask_models(ask_table);
}

static void test_listener(void **state)
{
    (void)state;
    ask_models(ask_listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declarations), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_portions),     cmocka_unit_test(test_table),
        cmocka_unit_test(test_listener),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
