/* Who pays how much at a contribution: hand arithmetic. */
#include "tests/support/support.h"

#include "sim/analysis/contribution.h"

#include <string.h>

enum { SCHOOL, TOWN, INSURER, PAYERS };

/* 700 places, contributions for 1,000 people, EUR 15 each. Of EUR 120,000 a school pays 30,000, a
 * town 50,000 (15,000 of it contributions) and an insurer 40,000. */
static kea_contribution_terms terms_of(kea_others others)
{
    kea_contribution_terms terms = {.n_payers = PAYERS,
                                    .payer = TOWN,
                                    .people = 1000,
                                    .others = others,
                                    .today = {.people = 700,
                                              .contributors = 1000,
                                              .hours = 40,
                                              .hour_price = 75,
                                              .paid = {.levy = 15000}}};
    terms.today.paid.payer[SCHOOL] = 30000;
    terms.today.paid.payer[TOWN] = 50000;
    terms.today.paid.payer[INSURER] = 40000;
    return terms;
}

static void assert_paid(kea_others others, double contribution, double school, double town,
                        double insurer)
{
    double paid[KEA_MAX_PAYERS];
    const kea_contribution_terms terms = terms_of(others);
    double money = kea_contribution_paid(&terms, contribution, paid);
    assert_near(paid[SCHOOL], school, 1e-9);
    assert_near(paid[TOWN], town, 1e-9);
    assert_near(paid[INSURER], insurer, 1e-9);
    assert_near(money, school + town + insurer, 1e-9);
    assert_near(kea_contribution_for(&terms, money), contribution, 1e-9);
}

static void test_paid(void **state)
{
    (void)state;
    assert_paid(KEA_OTHERS_NONE, 20, 0, 20000, 0);
    assert_paid(KEA_OTHERS_NONE, 0, 0, 0, 0);
    assert_paid(KEA_OTHERS_MATCH, 15, 30000, 50000, 40000);
    assert_paid(KEA_OTHERS_MATCH, 3, 6000, 10000, 8000);
    assert_paid(KEA_OTHERS_FIXED, 15, 30000, 50000, 40000);
    assert_paid(KEA_OTHERS_FIXED, 20, 30000, 55000, 40000);
    assert_paid(KEA_OTHERS_FIXED, 0, 30000, 35000, 40000);
}

static void test_today(void **state)
{
    const kea_contribution_terms none = terms_of(KEA_OTHERS_NONE);
    (void)state;
    assert_near(kea_contribution_today(&none), 15, 1e-12);
    assert_near(kea_contribution_for(&none, 120000), 120, 1e-12);
}

static void assert_refused(const kea_contribution_terms *terms, const char *text)
{
    kea_error err = {0};
    assert_int_equal(kea_contribution_check(terms, &err), KEA_ERR_INPUT);
    if (!strstr(err.text, text))
        fail_msg("\"%s\" does not hold \"%s\"", err.text, text);
}

static void test_refused(void **state)
{
    kea_contribution_terms terms = terms_of(KEA_OTHERS_MATCH);
    kea_error err = {0};
    (void)state;
    assert_ok(kea_contribution_check(&terms, &err), err);
    terms.today.paid.levy = 0;
    assert_refused(&terms, "nothing is contributed today");
    terms.others = KEA_OTHERS_FIXED;
    assert_ok(kea_contribution_check(&terms, &err), err);
    terms.people = 0;
    assert_refused(&terms, "nobody to pay contributions for");
    terms.people = 1000;
    terms.today.hours = 0;
    assert_refused(&terms, "no staffing that money could buy");
    terms.today.hours = 40;
    memset(terms.today.paid.payer, 0, sizeof terms.today.paid.payer);
    assert_refused(&terms, "costs nothing");
}

/* 0, what was asked for, what today's money takes (120), and 16 squares up to 240. */
static void test_levels(void **state)
{
    const kea_contribution_terms terms = terms_of(KEA_OTHERS_NONE);
    const double asked[] = {40, 5, 240, 5};
    double level[KEA_CONTRIBUTION_LEVELS];
    size_t n = kea_contribution_levels(&terms, 4, asked, 240, level), found = 0;
    (void)state;
    assert_int_equal(n, 1 + 2 + 1 + 16);
    assert_near(level[0], 0, 0);
    assert_near(level[1], 240. / 256, 1e-12);
    assert_near(level[n - 1], 240, 0);
    for (size_t k = 1; k < n; k++) {
        assert_true(level[k] > level[k - 1]);
        found += level[k] == 5 || level[k] == 40 || level[k] == 120;
    }
    assert_int_equal(found, 3);
}

static void test_names(void **state)
{
    (void)state;
    for (kea_others o = KEA_OTHERS_NONE; o < KEA_N_OTHERS; o++)
        assert_int_equal(kea_others_find(kea_others_name(o)), o);
    assert_int_equal(kea_others_find("nobody"), KEA_N_OTHERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_paid), cmocka_unit_test(test_today),
                                       cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_levels), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
