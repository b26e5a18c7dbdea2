/* Two problems are the same when all that results follow from is the same. */
#include "sim/inputs/identity.h"
#include "tests/support/support.h"
#include "tests/support/toy_correlate.h"

static char *identity(const kea_problem *problem)
{
    kea_buffer out = {0};
    char *text = NULL;
    kea_identity_add(&out, problem);
    assert_int_equal(kea_buffer_take(&out, &text, NULL), KEA_OK);
    return text;
}

/* The message after the problem has become another one; the text then is `before`. */
static void expect(const kea_problem *problem, const char *before, const char *message)
{
    kea_error err = {0};
    char *now = identity(problem);
    assert_true(kea_identity_hash(now) != kea_identity_hash(before));
    assert_int_equal(kea_identity_compare(before, now, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    free(now);
}

static void test_same(void **state)
{
    kea_problem problem, other;
    kea_error err = {0};
    (void)state;
    toy_problem(&problem);
    toy_problem(&other);
    toy_correlate(&problem);
    toy_correlate(&other);
    other.entries[3].line = 77; /* where it stands is no matter */
    other.file[0] = 'x';
    free(other.text);
    other.text = toy_text("# Read from \"elsewhere\"\ntitle = \"A toy\";\n");
    char *a = identity(&problem), *b = identity(&other);
    assert_ok(kea_identity_compare(a, b, &err), err);
    assert_string_equal(a, b);
    assert_true(kea_identity_hash(a) == kea_identity_hash(b));
    free(a);
    free(b);
    kea_problem_free(&problem);
    kea_problem_free(&other);
}

static void test_differences(void **state)
{
    kea_problem problem;
    (void)state;
    toy_problem(&problem);
    toy_correlate(&problem);
    char *before = identity(&problem);
    problem.settings.reference_wtp = 1;
    expect(&problem, before,
           "it was begun with: analysis.reference_willingness_to_pay = 12345.5; now it is: "
           "analysis.reference_willingness_to_pay = 1.0");
    problem.settings.reference_wtp = 12345.5;
    problem.settings.sampling = KEA_SAMPLING_SOBOL;
    expect(&problem, before,
           "it was begun with: run.sampling = latin_hypercube; now it is: run.sampling = sobol");
    problem.settings.sampling = KEA_SAMPLING_LATIN_HYPERCUBE;
    problem.sweeps[TOY_SWEEP_PRICE].factor.n = 3;
    expect(&problem, before,
           "it was begun with: sweep of price = 2 factors from 0.5 to 1.5; now it is: sweep of "
           "price = 3 factors from 0.5 to 1.5");
    problem.sweeps[TOY_SWEEP_PRICE].factor.n = 2;
    problem.status_quo = 2;
    expect(&problem, before, "it was begun with: status quo = none; now it is: status quo = beta");
    problem.status_quo = 0;
    problem.n_strategies = 2;
    expect(&problem, before,
           "it was begun with: strategy 2 = beta; now it is: care model 0 = none");
    problem.n_strategies = 3;
    problem.entries[TOY_E_ALPHA_HOURS].dist.p[0] = 2.5;
    expect(&problem, before,
           "it was begun with: parameter alpha.hours = 4.0, uniform min 2.0 max 6.0; now it is: "
           "parameter alpha.hours = 4.0, uniform min 2.5 max 6.0");
    problem.entries[TOY_E_ALPHA_HOURS].dist.p[0] = 2;
    problem.entries[TOY_E_PRICE].source[0] = 'M';
    expect(
        &problem, before,
        "it was begun with: source of price = published, \"made up\"; now it is: source of price "
        "= published, \"Made up\"");
    problem.entries[TOY_E_PRICE].source[0] = 'm';
    problem.n_correlations = 1;
    expect(&problem, before,
           "it was begun with: correlation \"market\" = 0.375, -alpha.hours, price; now it is: "
           "the resolved scenario:");
    problem.n_correlations = 2;
    problem.text[1] = 'I'; /* anything else that was read */
    expect(&problem, before,
           "it was begun with: title = \"A toy\";; now it is: tItle = \"A toy\";");
    free(before);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
