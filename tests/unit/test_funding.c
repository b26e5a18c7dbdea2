/* Who pays the team, by hand arithmetic: contributions, grants, shares, and the payer of the rest.
 */
#include "models/mbo/costs.h"
#include "models/mbo/funding.h"
#include "models/mbo/outcomes.h"
#include "tests/support/support.h"

#include <string.h>

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

/* A school of 400 places whose team costs EUR 90,000, EUR 225 a student. */
enum { PLACES = 400, COST = 90000 };

static mbo_params bare(void)
{
    mbo_params p = {.students = PLACES};
    SET(p.team_residual, 0, 0, 1, 0);
    return p;
}

static void assert_paid(const mbo_params *p, double cost, double students, const double *expected)
{
    kea_paid paid = mbo_fund_team(p, cost, students);
    double sum = 0.0;
    for (int payer = 0; payer < MBO_PAYERS; payer++) {
        if (!(fabs(paid.payer[payer] - expected[payer]) <= 1e-9))
            fail_msg("payer %d pays %.12g, expected %.12g", payer, paid.payer[payer],
                     expected[payer]);
        assert_true(paid.payer[payer] >= 0.0);
        sum += paid.payer[payer];
    }
    assert_near(sum, cost, 1e-9);
}

#define ASSERT_PAID(p, cost, students, ...)                                                        \
    assert_paid(p, cost, students, (const double[]){__VA_ARGS__})

static void residual_payer_pays_all_that_nobody_does(void **state)
{
    (void)state;
    mbo_params p = bare();
    ASSERT_PAID(&p, COST, PLACES, 0, 0, COST, 0);
    SET(p.team_residual, 0, 0, 0, 1);
    ASSERT_PAID(&p, COST, PLACES, 0, 0, 0, COST);
}

/* Levy 400 x 20 = 8,000; grants 30,000 and 7,000; shares: school to 25% = 22,500, municipality to
 * 10% = 9,000, of which 8,000 + 7,000 are there already. 22,500 are left. */
static void the_steps_follow_each_other(void **state)
{
    (void)state;
    mbo_params p = bare();
    p.team_levy = 20;
    SET(p.team_grant, 0, 7000, 0, 30000);
    SET(p.team_funding, .25, .1, 0, 0);
    ASSERT_PAID(&p, COST, PLACES, 22500, 15000, 22500, 30000);
    assert_near(mbo_fund_team(&p, COST, PLACES).levy, 8000, 1e-9);
    /* a share above what is there is filled up: municipality to 20% = 18,000 */
    SET(p.team_funding, .25, .2, 0, 0);
    ASSERT_PAID(&p, COST, PLACES, 22500, 18000, 19500, 30000);
}

/* Thirds with a contribution within the municipal third change nothing for the others. */
static void a_contribution_counts_towards_the_share(void **state)
{
    (void)state;
    mbo_params p = bare();
    const double third = 1.0 / 3.0;
    p.team_levy = 15;
    SET(p.team_funding, third, third, third, 0);
    ASSERT_PAID(&p, COST, PLACES, COST / 3.0, COST / 3.0, COST / 3.0, 0);
    /* above the third, the others have the rest to divide: 90,000 - 48,000 */
    p.team_levy = 120;
    ASSERT_PAID(&p, COST, PLACES, 21000, 48000, 21000, 0);
}

static void nobody_pays_more_than_is_left(void **state)
{
    (void)state;
    mbo_params p = bare();
    /* contributions alone: 400 x 300 */
    p.team_levy = 300;
    SET(p.team_grant, 5000, 0, 0, 0);
    SET(p.team_funding, .5, 0, .5, 0);
    ASSERT_PAID(&p, COST, PLACES, 0, COST, 0, 0);
    /* grants of 60,000 + 90,000 for the 75,000 that contributions of 15,000 leave: half of each */
    p.team_levy = 37.5;
    SET(p.team_grant, 60000, 0, 0, 90000);
    ASSERT_PAID(&p, COST, PLACES, 30000, 15000, 0, 45000);
}

/* A team without hours costs nothing, whatever was promised. */
static void nothing_costs_nothing(void **state)
{
    (void)state;
    mbo_params p = bare();
    p.team_levy = 15;
    SET(p.team_grant, 100, 200, 300, 400);
    SET(p.team_funding, .5, .25, .25, 0);
    ASSERT_PAID(&p, 0, PLACES, 0, 0, 0, 0);
    ASSERT_PAID(&p, 0, 0, 0, 0, 0, 0);
}

/* After the window 100 of 400 counted students are left: a quarter of the cost and of the grant. */
static void grants_follow_the_students_still_counted(void **state)
{
    (void)state;
    mbo_params p = bare();
    SET(p.team_grant, 0, 0, 0, 30000);
    ASSERT_PAID(&p, COST / 4.0, PLACES / 4.0, 0, 0, 15000, 7500);
}

/* Twice the prices, contributions and grants: twice what each pays, to the last bit. */
static void doubling_is_exact(void **state)
{
    (void)state;
    mbo_params p = bare();
    p.team_levy = 17.3;
    SET(p.team_grant, 1234.5, 0, 777.7, 30000);
    SET(p.team_funding, .21, .13, 0, .4);
    kea_paid once = mbo_fund_team(&p, COST, 317);
    p.team_levy *= 2;
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        p.team_grant[payer] *= 2;
    kea_paid twice = mbo_fund_team(&p, 2.0 * COST, 317);
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        assert_true(twice.payer[payer] == 2.0 * once.payer[payer]);
}

/* Twelve payers, of whom payer k has the share k/100: 66% of 1,000, and the last pays the rest too.
 */
static void any_number_of_payers(void **state)
{
    (void)state;
    kea_funding_rule rule = {
        .n_payers = KEA_MAX_PAYERS, .levied = KEA_NO_PAYER, .levy = 99, .residual = 11};
    for (int k = 0; k < KEA_MAX_PAYERS; k++) {
        rule.share[k] = k / 100.0;
        rule.ceiling[k] = HUGE_VAL;
    }
    kea_paid paid = kea_funding_divide(&rule, 1000, 7, 1);
    assert_near(paid.levy, 0, 0);
    for (int k = 0; k < 11; k++)
        assert_near(paid.payer[k], 10 * k, 1e-9);
    assert_near(paid.payer[11], 110 + 340, 1e-9);
}

/* Cost 1,000 for 50 people of 100 places, so that grants and ceilings count for half. Payer 0 is
 * levied 50 x 9 = 450 but stops at 800 / 2; payer 1 is granted 600 / 2 but stops at 500 / 2;
 * payer 2 has 40% but stops at 640 / 2. The last, 1,000 - 400 - 250 - 320, has no ceiling. */
static void nobody_pays_more_than_its_ceiling(void **state)
{
    (void)state;
    kea_funding_rule rule = {.n_payers = 4,
                             .levied = 0,
                             .levy = 9,
                             .grant = {0, 600, 0, 0},
                             .share = {.1, .2, .4, 0},
                             .ceiling = {800, 500, 640, HUGE_VAL},
                             .residual = 3};
    kea_paid paid = kea_funding_divide(&rule, 1000, 50, .5);
    assert_near(paid.levy, 400, 1e-9);
    assert_near(paid.payer[0], 400, 1e-9);
    assert_near(paid.payer[1], 250, 1e-9);
    assert_near(paid.payer[2], 320, 1e-9);
    assert_near(paid.payer[3], 30, 1e-9);
    /* a share that its own contribution does not fill is filled up to the ceiling: to 380 */
    rule.levy = 2;
    rule.share[0] = .39;
    rule.ceiling[0] = 760;
    paid = kea_funding_divide(&rule, 1000, 50, .5);
    assert_near(paid.levy, 100, 1e-9);
    assert_near(paid.payer[0], 380, 1e-9);
    /* nobody there: nothing to pay, and no place to count a ceiling for */
    paid = kea_funding_divide(&rule, 0, 0, 0);
    for (int k = 0; k < 4; k++)
        assert_near(paid.payer[k], 0, 0);
}

/* Grants begin and end with their school years; amounts, but no shares, grow by 10% a year. */
static void an_arrangement_over_the_years(void **state)
{
    (void)state;
    const kea_funding funding = {.n_payers = 3,
                                 .levied = 1,
                                 .levy = 20,
                                 .n_grants = 3,
                                 .grant = {{0, 500, 1, 3}, {0, 70, 3, 9}, {2, 40, 2, 2}},
                                 .share = {.25, 0, .5},
                                 .ceiling = {1000, HUGE_VAL, 2000},
                                 .residual = 1,
                                 .indexation = .1};
    const double first[] = {500, 500, 570, 70, 70}, second[] = {0, 40, 0, 0, 0};
    double index = 1;
    for (size_t year = 1; year <= 5; year++, index *= 1.1) {
        kea_funding_rule rule;
        kea_funding_in_year(&funding, year, &rule);
        assert_int_equal(rule.n_payers, 3);
        assert_int_equal(rule.levied, 1);
        assert_int_equal(rule.residual, 1);
        assert_near(rule.levy, 20 * index, 1e-9);
        assert_near(rule.grant[0], first[year - 1] * index, 1e-9);
        assert_near(rule.grant[1], 0, 0);
        assert_near(rule.grant[2], second[year - 1] * index, 1e-9);
        assert_near(rule.share[0], .25, 0);
        assert_near(rule.ceiling[2], 2000 * index, 1e-9);
        assert_true(isinf(rule.ceiling[1]));
    }
}

/* The third year is the last of a contribution that grows by 10% a year; 0 is no end. */
static void a_contribution_ends(void **state)
{
    (void)state;
    kea_funding funding = {
        .n_payers = 2, .levied = 1, .levy = 20, .levy_last = 3, .residual = 0, .indexation = .1};
    const double levy[] = {20, 22, 24.2, 0, 0};
    kea_funding_rule rule;
    for (size_t year = 1; year <= 5; year++) {
        kea_funding_in_year(&funding, year, &rule);
        assert_near(rule.levy, levy[year - 1], 1e-12);
    }
    funding.levy_last = 0;
    kea_funding_in_year(&funding, 60, &rule);
    assert_near(rule.levy, 20 * pow(1.1, 59), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residual_payer_pays_all_that_nobody_does),
        cmocka_unit_test(the_steps_follow_each_other),
        cmocka_unit_test(a_contribution_counts_towards_the_share),
        cmocka_unit_test(nobody_pays_more_than_is_left),
        cmocka_unit_test(nothing_costs_nothing),
        cmocka_unit_test(grants_follow_the_students_still_counted),
        cmocka_unit_test(doubling_is_exact),
        cmocka_unit_test(any_number_of_payers),
        cmocka_unit_test(nobody_pays_more_than_its_ceiling),
        cmocka_unit_test(an_arrangement_over_the_years),
        cmocka_unit_test(a_contribution_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
