/* Care that crosses the 18th birthday: the payer changes in the right week. */
#include "models/mbo/costs.h"
#include "models/mbo/external.h"

#include "tests/support/support.h"

enum { WEEKS = 26 };

/* The birthday falls `k` weeks after the start: exactly k weeks begin before it. A quarter of a
 * week keeps clear of rounding at the birthday itself. */
static void birthday_week_by_week(void **state)
{
    (void)state;
    for (int k = 0; k <= WEEKS + 3; k++) {
        int expected = k < WEEKS ? k : WEEKS;
        double just_before = 18.0 - (k - 0.25) / 52.0;
        assert_int_equal(mbo_weeks_as_minor(just_before, WEEKS), expected);
        /* half a week younger: one week more begins before the birthday */
        assert_int_equal(mbo_weeks_as_minor(just_before - 0.5 / 52.0, WEEKS),
                         k < WEEKS ? k + 1 : WEEKS);
    }
}

static void far_from_the_birthday(void **state)
{
    (void)state;
    assert_int_equal(mbo_weeks_as_minor(18.0, WEEKS), 0);
    assert_int_equal(mbo_weeks_as_minor(22.7, WEEKS), 0);
    assert_int_equal(mbo_weeks_as_minor(16.0, WEEKS), WEEKS);
    assert_int_equal(mbo_weeks_as_minor(16.0, 104), 104);
    assert_int_equal(mbo_weeks_as_minor(16.0, 110), 104);
    assert_int_equal(mbo_weeks_as_minor(17.9999, 1), 1);
}

/* A trajectory of 26 weeks at one price: every week by which the birthday comes later moves one
 * twenty-sixth of it from insurer to municipality. */
static void payer_follows(void **state)
{
    (void)state;
    for (int k = 0; k <= WEEKS; k++) {
        double zones[MBO_ZONES * 2 * MBO_N_OUTCOMES] = {0}, row[2 * MBO_N_OUTCOMES] = {0};
        mbo_params p = {.price_specialist_minor = 5200, .price_specialist_adult = 5200};
        double minor = mbo_weeks_as_minor(18.0 - (k - 0.25) / 52.0, WEEKS) / (double)WEEKS;
        zones[OUT_specialist_episodes_minor] = minor;
        zones[OUT_specialist_episodes_adult] = 1.0 - minor;
        mbo_costs(&p, 1, true, MBO_ZONES, zones, row);
        assert_near(row[OUT_cost_specialist_municipality], 200.0 * k, 1e-9);
        assert_near(row[OUT_cost_specialist_insurer], 200.0 * (WEEKS - k), 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(birthday_week_by_week),
                                       cmocka_unit_test(far_from_the_birthday),
                                       cmocka_unit_test(payer_follows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
