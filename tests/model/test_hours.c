/* Team hours that change by school year: limits that hold to the last bit. */
#include "tests/support/support.h"

#include "models/mbo/costs.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "tests/model/reference.h"

#include <string.h>

enum { MAX_PERIODS = 24, OUT_SIZE = MAX_PERIODS * MBO_N_OUTCOMES };
static const uint64_t SEED = 7;

/* A small school, so that many can be run. */
static mbo_params small(mbo_params p)
{
    p.students = 900;
    p.warmup_years = 4;
    p.window_years = 3;
    p.runout_years = 4;
    return p;
}

static void run_once(const mbo_params *status_quo, const mbo_params *strategy, uint32_t number,
                     int continues, double *out)
{
    kea_error err = {0};
    void *workspace = NULL;
    memset(out, 0, OUT_SIZE * sizeof *out);
    assert_ok(mbo_model.open(&workspace, &err), err);
    assert_ok(
        mbo_model.begin(workspace, (kea_cohort){SEED, number}, (const double *)status_quo, &err),
        err);
    assert_ok(mbo_model.run(workspace, (const double *)strategy, continues, out, &err), err);
    mbo_model.close(workspace);
}

static double total(const double *out, int outcome)
{
    double sum = 0.0;
    for (size_t year = 0; year < MAX_PERIODS; year++)
        sum += out[year * MBO_N_OUTCOMES + (size_t)outcome];
    return sum;
}

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

static double of_year(const double *out, size_t year, int outcome)
{
    return out[year * MBO_N_OUTCOMES + (size_t)outcome];
}

/* Hours by school year: half in every year is a team of half the hours, and none in any year is no
 * team, to the last bit. */
static void test_hours_of_every_year(void **state)
{
    static double one[OUT_SIZE], two[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params half = saw, by_year = saw;
    (void)state;
    half.hours_per_100 *= .5;
    half.team_extra_cost *= .5;
    SET(by_year.hours_by_year, .5, .5, .5, .5, .5, .5, .5, .5);
    run_once(&null, &half, 6, 0, one);
    run_once(&null, &by_year, 6, 0, two);
    assert_memory_equal(one, two, sizeof one);
    half.hours_per_100 = half.team_extra_cost = 0;
    memset(by_year.hours_by_year, 0, sizeof by_year.hours_by_year);
    run_once(&null, &half, 6, 0, one);
    run_once(&null, &by_year, 6, 0, two);
    assert_memory_equal(one, two, sizeof one);
}

/* Money for two school years: until then nothing differs, to the last bit; after that there is no
 * team, and nobody waits for one. */
static void test_hours_that_stop(void **state)
{
    static double whole[OUT_SIZE], two_years[OUT_SIZE];
    static const int team[] = {OUT_case_hours, OUT_reach,  OUT_started,         OUT_queue_weeks,
                               OUT_overflow,   OUT_spoken, OUT_cost_team_school};
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params stops = saw;
    (void)state;
    saw.hours_per_100 = stops.hours_per_100 = 2.0; /* so few that there is a queue */
    SET(stops.hours_by_year, 1, 1, 0, 0, 0, 0, 0, 0);
    run_once(&null, &saw, 8, 0, whole);
    run_once(&null, &stops, 8, 0, two_years);
    assert_memory_equal(whole, two_years, 2 * MBO_N_OUTCOMES * sizeof *whole);
    assert_true(of_year(whole, 1, OUT_queue_weeks) > 0.0);
    for (size_t i = 0; i < sizeof team / sizeof team[0]; i++)
        for (size_t year = 2; year < 7; year++) {
            assert_true(of_year(whole, year, OUT_case_hours) > 0.0);
            assert_true(of_year(two_years, year, team[i]) == 0.0);
        }
    /* whoever was in the queue then leaves it at the start of the third year */
    double left = total(two_years, OUT_started) + total(two_years, OUT_abandoned);
    assert_true(of_year(two_years, 2, OUT_abandoned) > 0.0);
    assert_true(left > total(two_years, OUT_started));
    /* the eighth year's factor holds for all later ones */
    saw.runout_years = stops.runout_years = null.runout_years = 7;
    SET(stops.hours_by_year, 1, 1, 1, 1, 1, 1, 1, 0);
    run_once(&null, &saw, 8, 0, whole);
    run_once(&null, &stops, 8, 0, two_years);
    assert_true(of_year(whole, 8, OUT_cost_team_school) > 0.0);
    assert_memory_equal(whole, two_years, 7 * MBO_N_OUTCOMES * sizeof *whole);
    assert_true(of_year(two_years, 7, OUT_cost_team_school) == 0.0);
    assert_true(of_year(two_years, 8, OUT_cost_team_school) == 0.0);
}

static double team_cost(const double *out, size_t year)
{
    return of_year(out, year, OUT_cost_team_school) +
           of_year(out, year, OUT_cost_team_municipality) +
           of_year(out, year, OUT_cost_team_insurer) + of_year(out, year, OUT_cost_team_ministry);
}

/* Money buys hours: what students live through is what so many hours bring, to the last bit, and
 * every school year costs what was given for its students, whatever an hour costs. */
static void test_money_buys_hours(void **state)
{
    static double given[OUT_SIZE], bought[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params money = saw;
    (void)state;
    SET(saw.hours_by_year, 1, 1, .25, 1, 1, 1, 1, 1);
    memcpy(money.hours_by_year, saw.hours_by_year, sizeof saw.hours_by_year);
    money.hours_budget = 70;
    for (double dearer = 1.0; dearer < 2.0; dearer += .6) {
        money.price_hour[MBO_SOCIAL_WORKER] = saw.price_hour[MBO_SOCIAL_WORKER] * dearer;
        saw.hours_per_100 = mbo_team_hours(&money);
        run_once(&null, &saw, 9, 0, given);
        run_once(&null, &money, 9, 0, bought);
        for (size_t year = 0; year < 7; year++) {
            double students = of_year(bought, year, OUT_students);
            for (int k = OUT_students; k <= OUT_domain_three_or_more; k++)
                assert_true(of_year(given, year, k) == of_year(bought, year, k));
            assert_near(team_cost(bought, year), 70 * students * (year == 2 ? .25 : 1),
                        1e-9 * students);
        }
        assert_true(total(bought, OUT_reach) > 0.0);
    }
    /* and a care model without a team has none for any money: the null alternative stays itself */
    money = null;
    money.hours_budget = 70;
    run_once(&null, &null, 9, 1, given);
    run_once(&null, &money, 9, 1, bought);
    assert_memory_equal(given, bought, sizeof given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hours_of_every_year),
                                       cmocka_unit_test(test_hours_that_stop),
                                       cmocka_unit_test(test_money_buys_hours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
