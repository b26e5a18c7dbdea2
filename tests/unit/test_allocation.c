/* Allocation of a budget: against all combinations, a closed form, hand arithmetic, and noise. */
#include "sim/analysis/allocation.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 4, LEVELS = 5 };

static double uniform(uint32_t draw, uint32_t item)
{
    kea_rng_key key = kea_rng_key_of(20260101, "test.allocation");
    return kea_rng_uniform(key, (kea_rng_address){.draw = draw, .item = item}, 0);
}

/* The most that any division in whole steps brings, site by site. */
static double all_ways(const kea_allocation_curves *c, const double *mean, size_t site,
                       size_t steps, double step)
{
    double top = -1e300;
    if (site == c->n_sites)
        return 0.0;
    for (size_t j = 0; j <= steps; j++) {
        const double *x = c->amount + site * c->n_levels;
        double at = x[0] + (double)j * step;
        if (at > x[c->n_levels - 1] + 1e-9)
            break;
        double here = kea_allocation_line(c->n_levels, x, mean + site * c->n_levels, at) +
                      all_ways(c, mean, site + 1, steps - j, step);
        top = here > top ? here : top;
    }
    return top;
}

/* Random curves that rise and fall, at sites whose amounts differ. */
static void as_good_as_all_ways(void **state)
{
    (void)state;
    for (uint32_t game = 0; game < 60; game++) {
        double amount[MOST * LEVELS], value[4 * MOST * LEVELS], mean[MOST * LEVELS] = {0};
        size_t n = 1 + game % MOST;
        for (uint32_t i = 0; i < n * LEVELS; i++)
            amount[i] = (double)(i % LEVELS) * (0.5 + uniform(game, 1000 + i / LEVELS));
        for (uint32_t i = 0; i < 4 * n * LEVELS; i++) {
            value[i] = 10 * uniform(game, i) - 3;
            mean[i % (n * LEVELS)] += value[i] / 4;
        }
        kea_allocation_curves c = {n, LEVELS, 4, amount, value};
        kea_allocation_options o = {.budget = 0.6 * kea_allocation_most(&c), .steps = 13};
        kea_allocation_sum sum;
        kea_allocation_share share[MOST];
        kea_error err = {0};
        assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
        double found = 0;
        for (size_t s = 0; s < n; s++)
            found += share[s].value_best.mean;
        assert_near(found, all_ways(&c, mean, 0, 13, o.budget / 13), 1e-9);
        assert_true(sum.spent <= o.budget * (1 + 1e-12));
    }
}

/* Of a_s sqrt(x_s) the best has the same a_s / (2 sqrt(x_s)) everywhere: x_s = B a_s^2 / sum a^2.
 * With a = 1, 2, 3 and B = 140: 10, 40, 90, and the value is sqrt(B sum a^2) = sqrt(1960). */
static void equal_marginal_effects(void **state)
{
    enum { N = 281 };
    static double amount[3 * N], value[4 * 3 * N];
    const double a[] = {1, 2, 3}, best[] = {10, 40, 90};
    kea_allocation_curves c = {3, N, 4, amount, value};
    kea_allocation_options o = {.budget = 140, .steps = 280};
    kea_allocation_sum sum;
    kea_allocation_share share[3];
    kea_error err = {0};
    (void)state;
    for (size_t i = 0; i < 3 * N; i++) {
        amount[i] = (double)(i % N) / 2;
        for (size_t d = 0; d < 4; d++)
            value[d * 3 * N + i] = a[i / N] * sqrt(amount[i]);
    }
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    for (int s = 0; s < 3; s++) {
        assert_near(share[s].best, best[s], 1e-9);
        assert_near(share[s].even, 140 / 3., 1e-9);
        assert_false(share[s].at_most);
    }
    assert_near(sum.value_best.mean, sqrt(1960), 1e-9);
    assert_near(sum.value_even.mean, 6 * sqrt(140 / 3.), 0.001);
    assert_near(sum.gain.mean, sum.apparent, 1e-9);
    assert_near(sum.better, 1, 0);
    assert_near(sum.spent, 140, 1e-9);
}

/* Nothing comes of less than 2; then 10 at once at each site. Going up the steepest curve first
 * sees no reason to begin. A budget of 5 makes one site whole, then the other. */
static void thresholds(void **state)
{
    const double amount[] = {0, 1.999, 2, 4, 0, 1.999, 2, 4};
    const double one[] = {0, 0, 10, 10, 0, 0, 9, 9};
    double value[4 * 8];
    kea_allocation_curves c = {2, 4, 4, amount, value};
    kea_allocation_options o = {.budget = 3, .steps = 30};
    kea_allocation_sum sum;
    kea_allocation_share share[2];
    kea_error err = {0};
    (void)state;
    for (size_t d = 0; d < 4; d++)
        memcpy(value + 8 * d, one, sizeof one);
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_near(share[0].best, 2, 1e-9);
    assert_near(share[1].best, 0, 1e-9);
    assert_near(sum.spent, 2, 1e-9); /* the rest buys nothing */
    assert_near(sum.value_even.mean, 0, 1e-9);
    assert_near(sum.gain.mean, 10, 1e-9);
    o = (kea_allocation_options){.budget = 4, .steps = 40};
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_near(sum.value_best.mean, 19, 1e-9);
    o = (kea_allocation_options){.budget = 8, .steps = 8};
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_false(share[0].at_most); /* 2 is as good as the 4 that were tried */
}

/* Two sites of amounts 0 and 1, a budget of 1 in 1 step. Values of an hour at A, B in draws 0 to 3:
 * (4, 1) (1, 2) (6, 1) (1, 4). The even draws choose A, the odd ones B, all together A (3 against
 * 2). Judged by the other half: even draws get B: 1, 1; odd draws get A: 1, 1; mean 1. Half an hour
 * each: 2.5 1.5 3.5 2.5, mean 2.5. Gain: -1.5 -0.5 -2.5 -1.5, mean -1.5; on the draws that chose
 * it was 3 - 2.5. */
static void judged_on_the_other_half(void **state)
{
    const double amount[] = {0, 1, 0, 1};
    const double value[] = {0, 4, 0, 1, 0, 1, 0, 2, 0, 6, 0, 1, 0, 1, 0, 4};
    kea_allocation_curves c = {2, 2, 4, amount, value};
    double judged[4] = {0};
    kea_allocation_options o = {.budget = 1, .steps = 1, .best_of_draw = judged};
    kea_allocation_sum sum;
    kea_allocation_share share[2];
    kea_error err = {0};
    (void)state;
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    for (int d = 0; d < 4; d++)
        assert_near(judged[d], 1, 0);
    assert_near(share[0].best, 1, 0);
    assert_near(share[1].best, 0, 0);
    assert_near(share[0].even, 0.5, 0);
    assert_near(share[0].value_best.mean, 3, 1e-12);
    assert_near(share[0].gain.mean, 1.5, 1e-12); /* 2 0.5 3 0.5 */
    assert_near(share[0].gain.error, sqrt((0.25 + 1 + 2.25 + 1) / 3 / 4), 1e-12);
    assert_true(share[0].at_most && !share[1].at_most);
    assert_near(sum.value_best.mean, 1, 1e-12);
    assert_near(sum.value_even.mean, 2.5, 1e-12);
    assert_near(sum.gain.mean, -1.5, 1e-12);
    assert_near(sum.gain.error, sqrt(2 / 3. / 4), 1e-12); /* squares 0, 1, 1, 0 over 3, by 4 */
    assert_near(sum.apparent, 0.5, 1e-12);
    assert_near(sum.better, 0, 0);
    assert_true(isnan(share[0].low) && isnan(share[0].more));
}

/* Sites that are alike but for noise: who chooses the best on the draws that judge it finds a gain
 * (the expected largest of 4 means, 1.03 of their standard errors, less their mean); who judges
 * on others finds none. 400 games of mean gain 0; z below 4.9 fails less than once in a million. */
static void no_gain_from_noise(void **state)
{
    enum { GAMES = 400, DRAWS = 16 };
    double gain = 0, square = 0, apparent = 0;
    (void)state;
    for (uint32_t game = 0; game < GAMES; game++) {
        double amount[8], value[DRAWS * 8];
        for (uint32_t i = 0; i < 8; i++)
            amount[i] = (double)(i % 2);
        for (uint32_t i = 0; i < DRAWS * 8; i++)
            value[i] = i % 2 ? 1 + uniform(5000 + game, i) : 0;
        kea_allocation_curves c = {4, 2, DRAWS, amount, value};
        kea_allocation_options o = {.budget = 1, .steps = 1};
        kea_allocation_sum sum;
        kea_allocation_share share[4];
        kea_error err = {0};
        assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
        gain += sum.gain.mean;
        square += sum.gain.mean * sum.gain.mean;
        apparent += sum.apparent;
    }
    double mean = gain / GAMES, variance = square / GAMES - mean * mean;
    assert_true(fabs(mean) < 4.9 * sqrt(variance / GAMES));
    /* a mean of 16 uniforms has sd 0.0722; the best of 4 such is 1.03 of these above their mean */
    assert_near(apparent / GAMES, 1.029 * sqrt(1 / 12. / DRAWS), 0.01);
}

/* When one site is better in every draw, every sample of draws says so. When of 64 draws half say A
 * and half B by as much, samples do too: the share that prefers A is a half but for ties (binomial
 * of 64: 10%) and the noise of 400 samples. */
static void bootstrap_tells_how_sure(void **state)
{
    enum { DRAWS = 64 };
    const double amount[] = {0, 1, 0, 1};
    double value[DRAWS * 4];
    kea_allocation_curves c = {2, 2, DRAWS, amount, value};
    kea_allocation_options o = {.budget = 1, .steps = 1, .resamples = 400, .seed = 7};
    kea_allocation_sum sum;
    kea_allocation_share share[2];
    kea_error err = {0};
    (void)state;
    for (size_t d = 0; d < DRAWS; d++) {
        const double sure[] = {0, 2 + (double)(d % 5), 0, 1};
        memcpy(value + 4 * d, sure, sizeof sure);
    }
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_true(share[0].low == 1 && share[0].high == 1 && share[0].more == 1);
    assert_true(share[1].low == 0 && share[1].high == 0 && share[1].more == 0);
    for (size_t d = 0; d < DRAWS; d++) {
        const double split[] = {0, d < DRAWS / 2 ? 3 : 1, 0, d < DRAWS / 2 ? 1 : 3};
        memcpy(value + 4 * d, split, sizeof split);
    }
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_near(share[0].more, 0.5, 0.05 + 4.9 * sqrt(0.25 / 400));
    assert_near(share[0].more + share[1].more, 1, 1e-12);
    assert_true(share[0].low == 0 && share[0].high == 1);
}

/* Money: even means the same intensity, not the same amount per site. Levels cost 10, 30 and 20,
 * 60: 60: 45 of 90 is half way up from 30 at level 0, that is a quarter: 15 and 30. */
static void even_is_the_same_intensity(void **state)
{
    const double amount[] = {10, 30, 20, 60};
    double value[16];
    kea_allocation_curves c = {2, 2, 4, amount, value};
    kea_allocation_options o = {.budget = 45, .steps = 45};
    kea_allocation_sum sum;
    kea_allocation_share share[2];
    kea_error err = {0};
    (void)state;
    for (size_t i = 0; i < 16; i++)
        value[i] = amount[i % 4] * (i % 4 < 2 ? 2 : 1);
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    assert_near(share[0].even, 15, 1e-12);
    assert_near(share[1].even, 30, 1e-12);
    assert_near(share[0].best, 25, 1e-9); /* all 15 beyond the smallest amounts */
    assert_near(share[1].best, 20, 1e-9);
}

static void what_cannot_be_divided(void **state)
{
    const double amount[] = {1, 3, 1, 3}, falling[] = {1, 3, 3, 3};
    double value[16] = {0};
    kea_allocation_curves c = {2, 2, 4, amount, value};
    kea_allocation_options o = {.budget = 4, .steps = 4};
    kea_allocation_sum sum;
    kea_allocation_share share[2];
    kea_error err = {0};
    (void)state;
    const struct {
        double budget;
        const char *text;
    } wrong[] = {{0, "expected a budget above 0, found 0"},
                 {-5, "expected a budget above 0, found -5"},
                 {(double)INFINITY, "expected a budget above 0, found inf"},
                 {1.5, "a budget of 1.5 cannot be divided: all sites together can have 2 to 6"},
                 {7, "a budget of 7 cannot be divided: all sites together can have 2 to 6"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        o.budget = wrong[i].budget;
        assert_int_equal(kea_allocation_find(&sum, share, &c, &o, &err), KEA_ERR_USAGE);
        assert_string_equal(err.text, wrong[i].text);
    }
    o.budget = 4;
    assert_ok(kea_allocation_find(&sum, share, &c, &o, &err), err);
    c.n_draws = 3;
    assert_int_equal(kea_allocation_find(&sum, share, &c, &o, &err), KEA_ERR_INPUT);
    c.n_draws = 4;
    value[5] = (double)NAN;
    assert_int_equal(kea_allocation_find(&sum, share, &c, &o, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "draw 2 has a value that is not finite");
    value[5] = 0;
    c.amount = falling;
    assert_int_equal(kea_allocation_find(&sum, share, &c, &o, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "site 2: amount 2 is 3; amounts are 0 or more and grow");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_good_as_all_ways),
                                       cmocka_unit_test(equal_marginal_effects),
                                       cmocka_unit_test(thresholds),
                                       cmocka_unit_test(judged_on_the_other_half),
                                       cmocka_unit_test(no_gain_from_noise),
                                       cmocka_unit_test(bootstrap_tells_how_sure),
                                       cmocka_unit_test(even_is_the_same_intensity),
                                       cmocka_unit_test(what_cannot_be_divided)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
