/* Thresholds against closed forms: the Sick-Sicker cohort has no chance in it, and its costs are
 * linear in a price. */
#include "sim/search/threshold.h"
#include "tests/support/scenario.h"

enum { SOC, A, B, AB };

/* From the published exact table of the half-cycle rule; see test_sick_sicker.c. */
static const double costs[] = {149343.348422, 276845.992120, 249501.600427, 362494.486229};
static const double qalys[] = {21.316433312878, 22.047609008855, 22.808479041183, 23.684119923112};
static const double wtp = 100000, price_a = 12000, price_b = 13000;

static double benefit(size_t arm)
{
    return wtp * (qalys[arm] - qalys[SOC]) - (costs[arm] - costs[SOC]);
}

/* What one unit of money more for a year of treatment makes of an arm's costs: from a scenario in
 * which the treatment is free. */
static double paid_years(const char *free_price, size_t arm, double price)
{
    scenario s = {0};
    kea_sample sample = {0};
    scenario_open(&s, "sick_sicker.cfg", 1, &free_price);
    scenario_base(&s, 1, &sample);
    double years = (costs[arm] - scenario_at(&sample, arm, "cost", KEA_SCOPE_DISCOUNTED)) / price;
    kea_sample_free(&sample);
    scenario_close(&s);
    return years;
}

static kea_crossing find(const char *name, kea_varied_how how, double low, double high,
                         kea_threshold_options options, const char *of)
{
    scenario s = {0};
    kea_varied varied = {0};
    kea_crossing crossing = {0};
    kea_error err = {0};
    const kea_range levels = {low, high, 2};
    const kea_run_options run = {.threads = 1};
    scenario_open(&s, "sick_sicker.cfg", 0, NULL);
    options.low = low;
    options.high = high;
    options.repeats = options.repeats ? options.repeats : 1;
    assert_ok(
        kea_quantity_find(&options.quantity, of, wtp, s.model->n_outcomes, s.model->outcomes, &err),
        err);
    assert_ok(kea_varied_init(&varied, &s.problem, name, how, &levels, &err), err);
    assert_ok(kea_threshold_find(&crossing, s.model, &s.problem, &varied, &options, &run, &err),
              err);
    kea_varied_free(&varied);
    scenario_close(&s);
    return crossing;
}

static void of_a_price(void **state)
{
    const kea_threshold_options of_a = {.strategy = A}, of_b = {.strategy = B};
    (void)state;
    double years = paid_years("price_a=0", A, price_a);
    kea_crossing c = find("price_a", KEA_VARIED_VALUE, 1000, 41000, of_a, "net_benefit");
    assert_true(c.found);
    assert_near(c.x, price_a + benefit(A) / years, 4.0); /* the tolerance */
    assert_near(c.slope, -years, 1e-6);
    assert_near(c.at_high, benefit(A) - years * (41000 - price_a), 1e-3);
    years = paid_years("price_b=0", B, price_b);
    c = find("price_b", KEA_VARIED_FACTOR, 0.5, 4.5, of_b, "net_benefit");
    assert_true(c.found);
    assert_near(c.x, 1 + benefit(B) / years / price_b, 4e-4);
}

/* Another goal, and costs in the place of the net benefit. */
static void of_costs(void **state)
{
    const kea_threshold_options options = {.strategy = AB, .goal = 150000};
    (void)state;
    double years = paid_years("price_a=0", AB, price_a);
    kea_crossing c = find("price_a", KEA_VARIED_VALUE, 0, 20000, options, "cost");
    assert_true(c.found);
    assert_near(c.x, price_a + (150000 - (costs[AB] - costs[SOC])) / years, 2.0);
    assert_near(c.slope, years, 1e-6);
}

static void not_there(void **state)
{
    const kea_threshold_options options = {.strategy = A};
    (void)state;
    kea_crossing c = find("price_b", KEA_VARIED_VALUE, 100, 60000, options, "net_benefit");
    assert_false(c.found);
    assert_near(c.at_low, benefit(A), 1e-4); /* the price of another treatment is nothing to it */
    assert_near(c.at_high, benefit(A), 1e-4);
}

/* Over parameter draws the mean is linear in a price too, so its threshold is that of two means. */
static void over_draws(void **state)
{
    enum { DRAWS = 12 };
    scenario s = {0};
    kea_sample sample = {0};
    kea_design design = {0};
    kea_error err = {0};
    double sum = 0;
    (void)state;
    static const char *const set[] = {"price_b=10000", "price_b=20000"};
    double mean[2];
    for (int i = 0; i < 2; i++) {
        scenario_open(&s, "sick_sicker.cfg", 1, &set[i]);
        assert_ok(kea_design_psa(&design, &s.problem, DRAWS, &err), err);
        scenario_run(&s, &design, 1, &sample);
        sum = 0;
        for (size_t p = 0; p < DRAWS; p++)
            for (size_t arm = 0; arm <= B; arm += B) {
                double q = kea_sample_cost(&sample, p, arm, KEA_SCOPE_DISCOUNTED);
                size_t effect = 0;
                assert_true(kea_sample_find(&sample, "qalys", &effect));
                double e = *kea_sample_at(&sample, p, arm, effect, KEA_SCOPE_DISCOUNTED);
                sum += (arm == B ? 1 : -1) * (wtp * e - q);
            }
        mean[i] = sum / DRAWS;
        kea_sample_free(&sample);
        kea_design_free(&design);
        scenario_close(&s);
    }
    const kea_threshold_options options = {.strategy = B, .repeats = DRAWS, .drawn = true};
    kea_crossing c = find("price_b", KEA_VARIED_VALUE, 10000, 30000, options, "net_benefit");
    assert_true(c.found);
    assert_near(c.x, 10000 + 10000 * mean[0] / (mean[0] - mean[1]), 2.0);
    assert_true(c.error > 0);
}

static void expect_refused(const char *name, double low, double high, const char *text)
{
    scenario s = {0};
    kea_varied varied = {0};
    kea_error err = {0};
    const kea_range levels = {low, high, 2};
    scenario_open(&s, "sick_sicker.cfg", 0, NULL);
    assert_ok(kea_varied_init(&varied, &s.problem, name, KEA_VARIED_VALUE, &levels, &err), err);
    assert_int_equal(kea_threshold_check(&varied, &s.problem, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text, text);
    kea_varied_free(&varied);
    scenario_close(&s);
}

static void refused(void **state)
{
    (void)state;
    expect_refused("cycles", 10, 20,
                   "'cycles' is a whole number, so no value of it lies between others; try its "
                   "values one by one with --one-way");
    expect_refused("price_a", 20, 10,
                   "'price_a': a threshold is searched from a smaller to a larger value, found 20 "
                   "to 10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_a_price), cmocka_unit_test(of_costs),
                                       cmocka_unit_test(not_there), cmocka_unit_test(over_draws),
                                       cmocka_unit_test(refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
