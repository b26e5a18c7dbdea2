/* The HIV model against the published and recomputed results of Briggs, Claxton and Sculpher
 * (2006), example 2.5: totals, traces, discounted cost by year, and variants. The packages heemod
 * and hesim print the same totals. The probabilistic results are those of 1,000 runs of the
 * spreadsheet of example 4.7 (as kept by the package rdecision). */
#include "models/hiv/hiv.h"
#include "sim/core/moments.h"
#include "tests/support/scenario.h"

enum { MONO, COMB, N_ARMS };

static double icer(const kea_sample *sample)
{
    kea_scope scope = KEA_SCOPE_DISCOUNTED;
    double cost =
        scenario_at(sample, COMB, "cost", scope) - scenario_at(sample, MONO, "cost", scope);
    return cost / (scenario_at(sample, COMB, "life_years", scope) -
                   scenario_at(sample, MONO, "life_years", scope));
}

/* Costs of both arms, life years of both, and the ratio; NAN: not told. */
static void expect(size_t n, const char *const *set, const double expected[5])
{
    scenario s = {0};
    kea_sample sample = {0};
    scenario_open(&s, "hiv.cfg", n, set);
    scenario_base(&s, 1, &sample);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        if (!isnan(expected[arm]))
            assert_close(scenario_at(&sample, arm, "cost", KEA_SCOPE_DISCOUNTED), expected[arm],
                         1e-11);
        if (!isnan(expected[2 + arm]))
            assert_close(scenario_at(&sample, arm, "life_years", KEA_SCOPE_DISCOUNTED),
                         expected[2 + arm], 1e-11);
    }
    if (!isnan(expected[4]))
        assert_close(icer(&sample), expected[4], 1e-10);
    kea_sample_free(&sample);
    scenario_close(&s);
}

static void test_totals(void **state)
{
    (void)state;
    expect(0, NULL,
           (double[]){44663.4535637, 50601.6513312, 7.99120664584, 8.93738889164, 6275.95560353});
}

/* The fixture tells the two discount rates apart: exchanged, both totals are others. */
static void test_swapped_rates_show(void **state)
{
    scenario s = {0};
    kea_sample sample = {0};
    const char *const set[] = {"run.discount_costs=0", "run.discount_effects=0.06"};
    (void)state;
    scenario_open(&s, "hiv.cfg", 2, set);
    scenario_base(&s, 1, &sample);
    assert_true(scenario_at(&sample, MONO, "cost", KEA_SCOPE_DISCOUNTED) > 1.2 * 44663.4535637);
    assert_true(scenario_at(&sample, MONO, "life_years", KEA_SCOPE_DISCOUNTED) < 0.8 * 7.99120664);
    kea_sample_free(&sample);
    scenario_close(&s);
}

/* t, then the four states. */
static const double trace_mono[][5] = {
    {0, 1, 0, 0, 0},
    {1, .7214532872, .2018454441, .0668973472, .0098039216},
    {2, .5204948456, .2629106280, .1805960167, .0359985098},
    {3, .3755127173, .2578319052, .2772959227, .0893594548},
    {5, .1954524338, .1857845737, .3635483149, .2552146775},
    {10, .0382016539, .0486202127, .2340164266, .6791617068},
    {20, .0014593664, .0020707675, .0282334224, .9682364438},
};
static const double trace_comb[][5] = {
    {1, .8582197232, .1027393310, .0340507497, .0049901961},
    {2, .7365410933, .1690051715, .0802268328, .0142269025},
    {3, .5313799929, .2468731718, .1782385361, .0435082992},
    {10, .0540583411, .0661622786, .2709176368, .6088617435},
    {20, .0020651180, .0029187155, .0362234729, .9587926935},
};

static void expect_trace(const double *out, size_t n, const double (*rows)[5])
{
    for (size_t i = 0; i < n; i++) {
        const double *row = out + (size_t)rows[i][0] * HIV_N_OUTCOMES;
        for (size_t k = 0; k < HIV_STATES; k++)
            assert_near(row[HIV_OUT_in_a + k], rows[i][1 + k], 5.1e-11); /* 10 printed digits */
    }
}

static void test_traces(void **state)
{
    scenario s = {0};
    (void)state;
    scenario_open(&s, "hiv.cfg", 0, NULL);
    double *mono = scenario_table(&s, MONO), *comb = scenario_table(&s, COMB);
    expect_trace(mono, sizeof trace_mono / sizeof trace_mono[0], trace_mono);
    expect_trace(comb, sizeof trace_comb / sizeof trace_comb[0], trace_comb);
    free(mono);
    free(comb);
    scenario_close(&s);
}

/* Nobody appears or disappears, and nobody rises from the dead. */
static void test_conserved(void **state)
{
    scenario s = {0};
    (void)state;
    scenario_open(&s, "hiv.cfg", 0, NULL);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        double *out = scenario_table(&s, arm), dead = 0;
        for (size_t t = 0; t <= 20; t++) {
            const double *row = out + t * HIV_N_OUTCOMES + HIV_OUT_in_a;
            assert_near(row[HIV_A] + row[HIV_B] + row[HIV_C] + row[HIV_DEAD], 1, 1e-14);
            assert_true(row[HIV_DEAD] >= dead);
            dead = row[HIV_DEAD];
        }
        free(out);
    }
    scenario_close(&s);
}

static void test_cost_by_year(void **state)
{
    static const double expected[N_ARMS][5] = {
        {5153.366629671, 5392.942993910, 5368.407780738, 5054.689192693, 4540.925061788},
        {6913.423950240, 6737.914563658, 5039.581978357, 4998.137788619, 4711.834437873}};
    scenario s = {0};
    (void)state;
    scenario_open(&s, "hiv.cfg", 0, NULL);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        double *out = scenario_table(&s, arm);
        for (size_t t = 0; t <= 5; t++) {
            const double *row = out + t * HIV_N_OUTCOMES;
            double cost = row[HIV_OUT_cost_direct] + row[HIV_OUT_cost_community] +
                          row[HIV_OUT_cost_zidovudine] + row[HIV_OUT_cost_lamivudine];
            double wanted = t > 0 ? expected[arm][t - 1] : 0;
            assert_near(cost / pow(1.06, (double)t), wanted, 1e-12 * wanted + 5.1e-10);
        }
        free(out);
    }
    scenario_close(&s);
}

static void test_half_cycle(void **state)
{
    static const char *const set[] = {"within_cycle.effects=3"};
    (void)state;
    expect(1, set,
           (double[]){44663.4535637, 50601.6513312, 8.47532486772, 9.41678523842, (double)NAN});
}

/* The three decimals that the book prints. */
static void test_book_probabilities(void **state)
{
    static const char *const set[] = {"from_a.a=.721",    "from_a.b=.202", "from_a.c=.067",
                                      "from_a.dead=.010", "from_b.b=.581", "from_b.c=.407",
                                      "from_b.dead=.012", "from_c.c=.750", "from_c.dead=.250"};
    (void)state;
    expect(9, set,
           (double[]){44613.8508221, 50554.7154357, 7.97917268181, 8.92550508205, 6277.77788453});
}

static void test_lamivudine_2087(void **state)
{
    static const char *const set[] = {"price_lamivudine=2087"};
    (void)state;
    expect(1, set,
           (double[]){44663.4535637, 50602.5593427, 7.99120664584, 8.93738889164, 6276.9152617});
}

static void test_check(void **state)
{
    scenario s = {0};
    kea_error err = {0};
    (void)state;
    scenario_open(&s, "hiv.cfg", 0, NULL);
    hiv_params p = *(const hiv_params *)(const void *)s.values[COMB];
    assert_int_equal(s.model->check((const double *)&p, &err), KEA_OK);
    p.relative_risk = 5;
    assert_int_equal(s.model->check((const double *)&p, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the probabilities to leave state A sum to 1.392733564; they may "
                                  "not sum to more than 1");
    scenario_close(&s);
}

/* --- uncertainty ----------------------------------------------------------------------------- */

enum { DRAWS = 4000, PEER_RUNS = 1000 };

/* What the spreadsheet's 1,000 runs gave: mean, standard deviation, 2.5 and 97.5 percent points. */
static const struct peer {
    double mean, sd, low, high;
} peer_rows[] = {
    {8.48796, .20618, 8.08, 8.89025},          {9.41258, .26665, 8.87, 9.93025},
    {.924714, .173885, .57975, 1.23},          {45924.07, 19385.63, 22626.70, 98857.25},
    {51758.74, 18811.15, 28713.73, 103447.20}, {5834.69, 1796.03, 2695, 9700},
};
enum { N_ROWS = sizeof peer_rows / sizeof peer_rows[0] };

/* Both sides are samples. At 4.9 standard errors of the difference: the mean; the share of draws
 * below and above the peer's points, which are themselves uncertain by the same rule; and the
 * spread, whose error follows from the fourth moment of our own draws. */
static void compare(double *x, const struct peer *peer)
{
    kea_moments moments = {0};
    double fourth = 0, low = 0, high = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        kea_moments_add(&moments, x[i]);
        low += x[i] < peer->low;
        high += x[i] > peer->high;
    }
    double sd = kea_moments_sd(&moments), both = 1.0 / DRAWS + 1.0 / PEER_RUNS;
    for (size_t i = 0; i < DRAWS; i++)
        fourth += pow((x[i] - moments.mean) / sd, 4) / DRAWS;
    assert_near(moments.mean, peer->mean, 4.9 * sd * sqrt(both));
    assert_near(log(sd / peer->sd), 0, 4.9 * sqrt((fourth - 1) / 4 * both));
    double tail = 4.9 * sqrt(.025 * .975 * both);
    assert_near(low / DRAWS, .025, tail);
    assert_near(high / DRAWS, .025, tail);
}

static void test_uncertainty(void **state)
{
    static const char *const set[] = {"within_cycle.effects=3"};
    static double x[N_ROWS][DRAWS];
    scenario s = {0};
    kea_sample sample = {0};
    kea_design design = {0};
    kea_error err = {0};
    (void)state;
    scenario_open(&s, "hiv.cfg", 1, set);
    assert_ok(kea_design_psa(&design, &s.problem, DRAWS, &err), err);
    scenario_run(&s, &design, 2, &sample);
    for (size_t i = 0; i < DRAWS; i++) {
        for (size_t arm = 0; arm < N_ARMS; arm++) {
            x[arm][i] = *kea_sample_at(&sample, i, arm, HIV_OUT_life_years, KEA_SCOPE_DISCOUNTED);
            x[3 + arm][i] = kea_sample_cost(&sample, i, arm, KEA_SCOPE_DISCOUNTED);
        }
        x[2][i] = x[1][i] - x[0][i];
        x[5][i] = x[4][i] - x[3][i];
    }
    for (size_t row = 0; row < N_ROWS; row++)
        compare(x[row], &peer_rows[row]);
    kea_sample_free(&sample);
    kea_design_free(&design);
    scenario_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_swapped_rates_show),
        cmocka_unit_test(test_traces),
        cmocka_unit_test(test_conserved),
        cmocka_unit_test(test_cost_by_year),
        cmocka_unit_test(test_half_cycle),
        cmocka_unit_test(test_book_probabilities),
        cmocka_unit_test(test_lamivudine_2087),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_uncertainty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
