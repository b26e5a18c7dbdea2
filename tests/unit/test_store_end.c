/* The result database of a run that is ended before all the draws that it may have. */
#include "tests/support/support.h"
#include "tests/support/toy_store.h"

/* A design that is ended early is complete with what it has, and is taken as it is when the run is
 * gone on with; what it has can be read back in parts. */
static void test_ended_early(void **state)
{
    kea_problem problem;
    kea_design psa, shorter;
    kea_store *store = NULL;
    kea_record record;
    kea_error err = {0};
    kea_sample some;
    place where;
    size_t n = 9;
    (void)state;
    make_place(&where);
    toy_problem(&problem);
    assert_ok(kea_design_psa(&psa, &problem, 7, &err), err);
    assert_ok(kea_design_psa(&shorter, &problem, 4, &err), err);
    assert_ok(kea_store_create(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_store_begin(store, &psa, &n, &err), err);
    assert_ok(add_points(store, &problem, &psa, 0, 4, 2, &err), err);
    assert_ok(kea_sample_init(&some, 2, psa.n_arms, N_OUTCOMES, outcomes, &err), err);
    assert_ok(kea_store_results(store, 1, &some, &err), err);
    for (size_t i = 0; i < 2; i++)
        for (size_t arm = 0; arm < psa.n_arms; arm++)
            for (size_t k = 0; k < N_OUTCOMES; k++)
                for (size_t scope = 0; scope < KEA_N_SCOPES; scope++)
                    assert_near(*kea_sample_at(&some, i, arm, k, (kea_scope)scope),
                                number_of(1 + i, arm, k, scope), 0);
    assert_int_equal(kea_store_results(store, 3, &some, &err), KEA_ERR_INPUT); /* there is no 4 */
    kea_sample_free(&some);
    assert_ok(kea_store_end(store, &err), err);
    kea_store_close(store);

    assert_ok(kea_store_open(&store, where.path, &info, &problem, &err), err);
    assert_ok(kea_store_begin(store, &psa, &n, &err), err);
    assert_int_equal(n, 4);
    assert_ok(kea_store_end(store, &err), err);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "later", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, where.path, &err), err);
    assert_same_results(kea_record_find(&record, "psa"), &shorter);
    kea_record_free(&record);
    kea_design_free(&psa);
    kea_design_free(&shorter);
    kea_problem_free(&problem);
    remove_place(&where);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ended_early)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
