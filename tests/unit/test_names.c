/* What parameters are called in tables and figures. */
#include "sim/report/names.h"

#include "models/mbo/params.h"
#include "tests/support/support.h"
#include "tests/support/toy.h"

#include <string.h>

static void assert_called(const kea_problem *problem, size_t entry, const char *expected)
{
    char text[256];
    kea_names_entry(problem, entry, text, sizeof text);
    assert_string_equal(text, expected);
}

static void labels_and_titles(void **state)
{
    (void)state;
    kea_problem problem;
    toy_problem(&problem);
    assert_called(&problem, TOY_E_PRICE, "price of an hour");
    assert_called(&problem, TOY_E_RATE_LOW, "rate of the toy: the low");
    assert_called(&problem, TOY_E_MIX + 2, "mix of three: part z");
    char small[8];
    kea_names_entry(&problem, TOY_E_MIX, small, sizeof small);
    assert_string_equal(small, "mix of ");
    kea_problem_free(&problem);
}

/* alpha and beta have a team of 4 and 7 hours; beta gives its own rates. */
static void names_the_care_model_where_two_have_a_team(void **state)
{
    (void)state;
    kea_problem problem;
    toy_problem(&problem);
    assert_called(&problem, TOY_E_ALPHA_HOURS, "team hours (Team alpha)");
    assert_called(&problem, TOY_E_BETA_HOURS, "team hours (Team beta)");
    assert_called(&problem, TOY_E_BETA_RATE_HIGH, "rate of the toy: the high (Team beta)");
    assert_called(&problem, TOY_E_RATE_HIGH, "rate of the toy: the high");
    problem.entries[TOY_E_ALPHA_HOURS].value = 0;
    assert_called(&problem, TOY_E_BETA_HOURS, "team hours");
    /* still beside the rate that the others share */
    assert_called(&problem, TOY_E_BETA_RATE_HIGH, "rate of the toy: the high (Team beta)");
    kea_problem_free(&problem);
}

static void only_short_units(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"share", "%"},
        {"share per year", "%"},
        {"EUR", "EUR"},
        {"EUR per hour", "EUR"},
        {"GBP", ""},
        {"hours", "hours"},
        {"hours per case", "hours"},
        {"weeks", "weeks"},
        {"years", "years"},
        {"", ""},
        {"ratio", ""},
        {"cases per year", ""},
        {"students", ""},
        {"log ratio", ""},
        {"per week", ""},
        {"shares", ""},
        {"hourse", ""},
        {"years' worth of needs", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kea_param_decl decl = {.unit = cases[i][0]};
        assert_string_equal(kea_names_unit(&decl, "EUR"), cases[i][1]);
    }
}

static void assert_plain(const char *text)
{
    assert_non_null(text);
    assert_in_range(strlen(text), 1, 60);
    assert_null(strchr(text, '_'));
    assert_null(strchr(text, '%'));
}

/* No two parameters of the model, and no two elements of one, are called the same. */
static void every_parameter_of_the_model_is_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < mbo_param_table.n; i++) {
        const kea_param_decl *decl = &mbo_param_table.decl[i];
        assert_plain(decl->label);
        for (size_t before = 0; before < i; before++)
            assert_string_not_equal(decl->label, mbo_param_table.decl[before].label);
        assert_int_equal(decl->titles == NULL, decl->labels == NULL);
        for (size_t e = 0; decl->titles && e < decl->count; e++) {
            assert_plain(decl->titles[e]);
            /* both together in two lines beside a bar */
            assert_in_range(strlen(decl->label) + 2 + strlen(decl->titles[e]), 1, 66);
            for (size_t before = 0; before < e; before++)
                assert_string_not_equal(decl->titles[e], decl->titles[before]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_and_titles),
        cmocka_unit_test(names_the_care_model_where_two_have_a_team),
        cmocka_unit_test(only_short_units),
        cmocka_unit_test(every_parameter_of_the_model_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
