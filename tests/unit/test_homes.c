/* Home municipalities: parts of their zone, funding by home, pooling, and the noise of small ones
 * against a simulated compound Poisson. */
#include "sim/analysis/homes.h"
#include "tests/support/money.h"
#include "tests/support/support.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

static const kea_contrast CONTRAST = {
    .arm = 1, .ref = 0, .span = {0, MONEY_PERIODS, .05}, .people_rate = .02};
enum { EAST, WEST };

static const kea_home_outcomes HOMES = {
    .n_zones = 2,
    .n_laws = 2,
    .people = {M_PEOPLE_EAST, M_PEOPLE_WEST},
    .cost = {M_EAST, M_WEST},
    .law_cost = {{M_CARE_EAST, M_CARE_WEST}, {M_LATER_EAST, M_LATER_WEST}},
    .scatter = {M_SCATTER_CARE, M_SCATTER_LATER}};

static double factor(int year)
{
    return pow(1.05, -year);
}

/* In the east 0.6 of all: care 11 less each year, later costs 7 less from the second year. */
static void zones_pay_and_avoid(void **state)
{
    kea_sample sample = money_sample();
    kea_home_zones zones;
    kea_error err = {0};
    double care = 0, later = 0, team = 0, scatter = 0;
    (void)state;
    assert_ok(kea_home_zones_init(&zones, &sample, &HOMES, &CONTRAST, &err), err);
    for (int y = 0; y < MONEY_PERIODS; y++) {
        care += 11 * factor(y);
        later += y > 0 ? 7 * factor(y) : 0;
        team += y < 3 ? (25 + 2.5 * y) * factor(y) : 0;
        scatter += (1000 + 900 + 2 * y + 500 + 460) * factor(y) * factor(y);
    }
    for (size_t i = 0; i < MONEY_POINTS; i++) {
        assert_near(zones.paid[EAST * MONEY_POINTS + i], .6 * team, 1e-9);
        assert_near(zones.avoided[EAST * MONEY_POINTS + i], .6 * care, 1e-9);
        assert_near(zones.avoided[(2 + WEST) * MONEY_POINTS + i], .4 * later, 1e-9);
    }
    assert_near(zones.people[EAST], 30, 1e-12);
    /* discounted at the rate of effects: 20, 20 / 1.02, 20 / 1.02^2 and 8 / 1.02^3 in the west */
    assert_near(zones.people_years[WEST * MONEY_POINTS + 1],
                20 + 20 / 1.02 + 20 / (1.02 * 1.02) + 8 / (1.02 * 1.02 * 1.02), 1e-9);
    assert_near(zones.scatter[WEST], .4 * scatter, 1e-9);
    kea_home_zones_free(&zones);
    kea_home_zones_free(&zones);
    kea_sample_free(&sample);
}

/* Contributions of EUR 0.5 for 50 people, and a grant of 20 of the town, of which the east pays a
 * quarter before the rest goes by home: east 15 + 5 + 9, west 10 + 6. */
static void zones_pay_another_arrangement(void **state)
{
    kea_sample sample = money_sample();
    kea_flows flows;
    kea_home_zones zones;
    kea_home_people people;
    kea_error err = {0};
    const kea_flows_from from = {"team", "people", NULL, 0, NULL};
    const kea_funding funding = {.n_payers = 2,
                                 .levied = 1,
                                 .levy = .5,
                                 .n_grants = 1,
                                 .grant = {{1, 20, 1, 9}},
                                 .ceiling = {HUGE_VAL, HUGE_VAL},
                                 .residual = 0};
    const size_t payer[] = {0, 1};
    kea_contrast year = CONTRAST;
    (void)state;
    year.span = (kea_span){1, 1, 0};
    assert_ok(kea_flows_init(&flows, &sample, &from, &err), err);
    assert_ok(kea_home_zones_init(&zones, &sample, &HOMES, &year, &err), err);
    assert_ok(kea_home_people_init(&people, &sample, &HOMES, &err), err);
    kea_flows_fund(&flows, &funding, payer);
    kea_home_zones_fund(&zones, &people, &flows, kea_flows_payer(&flows, "town"), &year, .25);
    assert_near(zones.paid[EAST * MONEY_POINTS], 29, 1e-9);
    assert_near(zones.paid[WEST * MONEY_POINTS + 2], 16, 1e-9);
    kea_home_people_free(&people);
    kea_home_people_free(&people);
    kea_home_zones_free(&zones);
    kea_flows_free(&flows);
    kea_sample_free(&sample);
}

/* Zones without a sample: two draws; 200 people in the east and 90 in the west. */
static kea_home_zones made_up(double *paid, double *avoided)
{
    static double years[] = {1000, 500, 450, 450}; /* people-years, [zone][draw] */
    kea_home_zones zones = {.n_points = 2,
                            .n_zones = 2,
                            .n_laws = 1,
                            .paid = paid,
                            .avoided = avoided,
                            .people_years = years,
                            .people = {200, 90},
                            .scatter = {4000000, 250000}};
    return zones;
}

static void municipalities_are_parts_of_their_zone(void **state)
{
    double paid[] = {100, 100, 60, 60}, avoided[] = {90, 150, 30, 50}, scratch[2];
    const kea_home_zones zones = made_up(paid, avoided);
    /* of the east 5/20, 12/20, 1/20, 2/20; of the west 1/3 and 2/3 */
    const kea_home homes[] = {{EAST, 5}, {EAST, 12}, {WEST, 10}, {EAST, 1}, {WEST, 20}, {EAST, 2}};
    kea_home_row rows[6];
    (void)state;
    size_t n = kea_homes_rows(&zones, 6, homes, 0, rows, scratch);
    assert_int_equal(n, 6);
    assert_near(rows[0].people, 50, 1e-12);
    assert_near(rows[0].paid.mean, 25, 1e-12);
    assert_near(rows[1].avoided[0].mean, 72, 1e-12);
    assert_near(rows[1].gains, .5, 0);
    /* -10 for 1,000 and 50 for 500 people-years: the same for everybody in the zone */
    assert_near(rows[1].each.mean, (-.01 + .1) / 2, 1e-12);
    assert_near(rows[3].each.mean, (-.01 + .1) / 2, 1e-12);
    assert_near(rows[1].part, .6, 1e-12);
    assert_near(rows[4].net.mean, (40 - 60) * 2 / 3., 1e-12);
    assert_near(rows[3].noise, sqrt(4000000 / 20.), 1e-9);
    /* draws: -10 and 50 for the zone, sd 60 / sqrt 2 */
    double wide = 1.959963984540054 * sqrt(1800 / 400. + 200000);
    assert_near(rows[3].own_high, 1 + wide, 1e-6);
    assert_near(rows[3].own_low, 1 - wide, 1e-6);
    double sum = 0, people = 0;
    for (size_t i = 0; i < n; i++) {
        sum += rows[i].net.mean;
        people += rows[i].people;
    }
    assert_near(sum, 20 - 20, 1e-9);
    assert_near(people, 290, 1e-9);
}

/* Below 30 people: in the east the one of 10 and the one of 20 go together; in the west the only
 * small one stays by itself. */
static void small_ones_are_pooled_by_zone(void **state)
{
    double paid[] = {100, 100, 60, 60}, avoided[] = {90, 150, 30, 50}, scratch[2];
    const kea_home_zones zones = made_up(paid, avoided);
    const kea_home homes[] = {{EAST, 5}, {EAST, 12}, {WEST, 8}, {EAST, 1}, {WEST, 22}, {EAST, 2}};
    kea_home_row rows[6];
    (void)state;
    size_t n = kea_homes_rows(&zones, 6, homes, 30, rows, scratch);
    assert_int_equal(n, 5);
    assert_int_equal(rows[2].home, 2);
    assert_int_equal(rows[2].n_homes, 1);
    assert_near(rows[2].people, 24, 1e-12);
    assert_int_equal(rows[4].n_homes, 2);
    assert_int_equal(rows[4].zone, EAST);
    assert_int_equal(rows[4].home, 3);
    assert_near(rows[4].people, 30, 1e-12);
    assert_near(rows[4].paid.mean, 15, 1e-12);
    assert_near(rows[4].noise, sqrt(4000000 * 3 / 20.), 1e-9);
    /* all of both zones are too few: two rows */
    assert_int_equal(kea_homes_rows(&zones, 6, homes, 1e6, rows, scratch), 2);
    assert_near(rows[0].net.mean, 20, 1e-12);
    assert_near(rows[1].people, 90, 1e-12);
}

/* Each of 400 people has a light case (EUR 500) with probability .02 and a severe one (EUR 9,000)
 * with .005: the sum of squares that the model would count is the variance of what a municipality
 * of a tenth of the zone sees. 20,000 such municipalities: the variance of a
 * Poisson number of mean 2 has a sampling error of sqrt(2.5 / 20,000), 1.1 percent, of which 4.9
 * are 5.5; the binomial of 400 people is half a percent below the Poisson. */
static void noise_is_that_of_chance(void **state)
{
    enum { RUNS = 20000, MINE = 400 };
    const double light = .02, severe = .005, low = 500, high = 9000;
    double zone = 10 * MINE * (light * low * low + severe * high * high);
    double sum = 0, squares = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    (void)state;
    assert_non_null(rng);
    gsl_rng_set(rng, 20270131);
    for (int i = 0; i < RUNS; i++) {
        double amount =
            low * gsl_ran_binomial(rng, light, MINE) + high * gsl_ran_binomial(rng, severe, MINE);
        sum += amount;
        squares += amount * amount;
    }
    gsl_rng_free(rng);
    double variance = squares / RUNS - (sum / RUNS) * (sum / RUNS);
    double paid[] = {0, 0}, avoided[] = {0, 0}, years[] = {1, 1}, scratch[1];
    kea_home_zones zones = {.n_points = 1,
                            .n_zones = 2,
                            .n_laws = 1,
                            .paid = paid,
                            .avoided = avoided,
                            .people_years = years,
                            .people = {10 * MINE, 1},
                            .scatter = {zone, 0}};
    const kea_home homes[] = {{0, 1}, {0, 9}};
    kea_home_row rows[2];
    assert_int_equal(kea_homes_rows(&zones, 2, homes, 0, rows, scratch), 2);
    assert_near(variance / (rows[0].noise * rows[0].noise), 1, .06);
}

/* As many municipalities as there are in the country, with a thousand draws. */
static void the_whole_country(void **state)
{
    enum { COUNTRY = 342, DRAWS = 1000 };
    static double paid[2 * DRAWS], avoided[2 * DRAWS], years[2 * DRAWS], scratch[DRAWS];
    static kea_home homes[COUNTRY];
    static kea_home_row rows[COUNTRY];
    (void)state;
    for (int i = 0; i < 2 * DRAWS; i++) {
        paid[i] = 1000 + i % 7;
        avoided[i] = 900 + i % 211;
        years[i] = 50000;
    }
    kea_home_zones zones = {.n_points = DRAWS,
                            .n_zones = 2,
                            .n_laws = 1,
                            .paid = paid,
                            .avoided = avoided,
                            .people_years = years,
                            .people = {9000, 5000},
                            .scatter = {1e6, 1e6}};
    for (int i = 0; i < COUNTRY; i++)
        homes[i] = (kea_home){(size_t)(i % 2), 1 + i};
    size_t n = kea_homes_rows(&zones, COUNTRY, homes, 20, rows, scratch);
    assert_true(n < COUNTRY && n > 200);
    double people = 0, net = 0, expected = 0;
    for (size_t i = 0; i < n; i++) {
        people += rows[i].people;
        net += rows[i].net.mean;
    }
    for (int i = 0; i < 2 * DRAWS; i++)
        expected += (avoided[i] - paid[i]) / DRAWS;
    assert_near(people, 14000, 1e-6);
    assert_near(net, expected, 1e-6);
}

static void periods_are_needed(void **state)
{
    kea_sample sample = {0};
    kea_home_zones zones;
    kea_error err = {0};
    (void)state;
    assert_int_equal(kea_home_zones_init(&zones, &sample, &HOMES, &CONTRAST, &err), KEA_ERR_INPUT);
    kea_home_zones_free(&zones);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_pay_and_avoid),
        cmocka_unit_test(zones_pay_another_arrangement),
        cmocka_unit_test(municipalities_are_parts_of_their_zone),
        cmocka_unit_test(small_ones_are_pooled_by_zone),
        cmocka_unit_test(noise_is_that_of_chance),
        cmocka_unit_test(the_whole_country),
        cmocka_unit_test(periods_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
