/* Results told apart by groups of people: how the engine asks for them, and that they come back
 * from the database. */
#include "sim/engine/run.h"
#include "tests/support/toy_store.h"

enum { GROUPS = 5, MAX_YEARS = 8 };

static const char *const names[] = {"one", "two", "three"};
static const char *const titles[] = {"the one", "the two", "the three"};
static const kea_grouping groupings[] = {{"half", "which half", 2, names, titles},
                                         {"third", "which third", 3, names, titles}};

/* A model in which outcome k of year y is 1 + k + 10 y for everybody, times the hours, and group g
 * has (g + 1) times that. */
typedef struct toy_state {
    double *groups;
    size_t n_runs;
} toy_state;

static size_t most_runs;

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
    (void)cohort;
    (void)status_quo;
    (void)err;
    toy->n_runs = 0;
    return KEA_OK;
}

static kea_status toy_run(void *workspace, const double *strategy, int continues, double *out,
                          kea_error *err)
{
    toy_state *toy = workspace;
    size_t n = (size_t)strategy[TOY_ALL_YEARS];
    (void)continues;
    (void)err;
    most_runs = ++toy->n_runs > most_runs ? toy->n_runs : most_runs;
    for (size_t i = 0; i < n * N_OUTCOMES; i++) {
        double amount = strategy[TOY_HOURS] *
                        (1.0 + (double)(i % N_OUTCOMES) + 10.0 * (double)(i / N_OUTCOMES));
        out[i] += amount;
        for (size_t g = 0; toy->groups && g < GROUPS; g++)
            toy->groups[g * n * N_OUTCOMES + i] += amount * (double)(g + 1);
    }
    return KEA_OK;
}

static void toy_apart(void *workspace, double *groups)
{
    ((toy_state *)workspace)->groups = groups;
}

static kea_model toy_model(void)
{
    return (kea_model){.name = "toy",
                       .frame = &toy_frame,
                       .outcomes = outcomes,
                       .n_outcomes = N_OUTCOMES,
                       .periods = toy_periods,
                       .open = toy_open,
                       .close = toy_close,
                       .begin = toy_begin,
                       .run = toy_run,
                       .apart = toy_apart};
}

static void grouped_problem(kea_problem *problem)
{
    toy_problem(problem);
    problem->params.groupings = groupings;
    problem->params.n_groupings = 2;
}

/* Every strategy is simulated once and gives the results of all groups; 2 of 3 years the window. */
static void test_engine(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample whole, parts;
    kea_error err = {0};
    const kea_run_options one_thread = {.threads = 1};
    const kea_model model = toy_model();
    (void)state;
    grouped_problem(&problem);
    assert_ok(kea_design_psa(&design, &problem, 3, &err), err);
    assert_ok(kea_run(&model, &problem, &design, &one_thread, &whole, &err), err);
    kea_design_free(&design);
    most_runs = 0;
    assert_ok(kea_design_subgroups(&design, &problem, 3, &err), err);
    assert_ok(kea_run(&model, &problem, &design, &one_thread, &parts, &err), err);
    assert_int_equal(most_runs, 3);
    assert_int_equal(parts.n_arms, 3 * GROUPS);
    for (size_t p = 0; p < 3; p++)
        for (size_t a = 0; a < 3 * GROUPS; a++)
            for (size_t k = 0; k < N_OUTCOMES; k++)
                for (int s = 0; s < KEA_N_SCOPES; s++) {
                    double all = *kea_sample_at(&whole, p, a / GROUPS, k, (kea_scope)s);
                    assert_near(*kea_sample_at(&parts, p, a, k, (kea_scope)s),
                                all * (double)(a % GROUPS + 1), 1e-12 * all);
                }
    assert_true(*kea_sample_at(&parts, 0, GROUPS + 1, 0, KEA_SCOPE_WINDOW) > 0.0);
    kea_sample_free(&parts);
    kea_sample_free(&whole);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_model_without(void **state)
{
    kea_problem problem;
    kea_design design;
    kea_sample parts;
    kea_error err = {0};
    const kea_run_options one_thread = {.threads = 1};
    kea_model model = toy_model();
    (void)state;
    grouped_problem(&problem);
    assert_ok(kea_design_subgroups(&design, &problem, 2, &err), err);
    model.apart = NULL;
    assert_int_equal(kea_run(&model, &problem, &design, &one_thread, &parts, &err),
                     KEA_ERR_INTERNAL);
    assert_string_equal(err.text, "model toy keeps no subgroup 5 apart");
    kea_sample_free(&parts);
    kea_design_free(&design);
    kea_problem_free(&problem);
}

static void test_store(void **state)
{
    kea_problem problem;
    kea_record record;
    kea_design design;
    kea_store *store = NULL;
    kea_error err = {0};
    place where;
    (void)state;
    make_place(&where);
    grouped_problem(&problem);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_design_subgroups(&design, &problem, 4, &err), err);
    write_design(store, &problem, &design);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "2026-01-31T12:01:02Z", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    const kea_param_table *params = &record.problem.params;
    assert_int_equal(params->n_groupings, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(params->groupings[i].name, groupings[i].name);
        assert_string_equal(params->groupings[i].title, groupings[i].title);
        assert_int_equal(params->groupings[i].n, groupings[i].n);
        for (size_t k = 0; k < groupings[i].n; k++) {
            assert_string_equal(params->groupings[i].names[k], names[k]);
            assert_string_equal(params->groupings[i].titles[k], titles[k]);
        }
    }
    assert_ok(kea_design_subgroups(&design, &problem, 4, &err), err);
    assert_same_results(kea_record_find(&record, "subgroups"), &design);
    kea_design_free(&design);
    kea_record_free(&record);
    kea_problem_free(&problem);
    remove_place(&where);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_engine),
                                       cmocka_unit_test(test_model_without),
                                       cmocka_unit_test(test_store)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
