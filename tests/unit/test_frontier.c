/* The frontier against published cases, and against the definition tried out by brute force. */
#include "sim/analysis/frontier.h"

#include "sim/core/rng.h"
#include "tests/support/hund_strat.h"
#include "tests/support/support.h"

#include <stdbool.h>
#include <string.h>

enum { MOST = 100 };

static size_t n_frontier;
static kea_frontier_row rows[MOST];

static void run(size_t n, const double *cost, const double *effect)
{
    kea_error err;
    assert_ok(kea_frontier_of_means(rows, &n_frontier, n, cost, effect, &err), err);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(rows[i].standing == KEA_ON_FRONTIER, i < n_frontier);
}

typedef struct published {
    size_t n;
    double cost[8], effect[8];
    size_t n_frontier;
    size_t frontier[8]; /* counted from 1 */
    size_t n_ratios;
    double ratio[8]; /* of the strategies on the frontier that differ from the one before */
} published;

/* The cases of heemod, tests/testthat/test_efficiency_frontier.R. */
static const published heemod[] = {
    {8,
     {14807, 26041, 49706, 64266, 40022, 57392, 91744, 54651},
     {9.635, 10.2497, 11.1654, 11.5152, 11.582, 11.6248, 11.6296, 11.6588},
     3,
     {1, 5, 8},
     2,
     {12950.69337, 190481.77083}},
    {5,
     {26041, 14807, 49706, 64266, 40022},
     {9.13, 9.635, 11.1654, 11.5152, 11.582},
     2,
     {2, 5},
     1,
     {12950.69337}},
    {6,
     {25000, 35000, 50000, 54651, 64266, 91744},
     {10.2497, 11.1654, 11.3, 11.6588, 11.7, 12.1},
     4,
     {1, 2, 4, 6},
     3,
     {10920.60719, 39827.72598, 84072.98277}},
    {6,
     {26041, 49706, 64266, 57392, 91744, 54651},
     {10.2497, 11.1654, 11.5152, 11.6248, 11.6296, 11.6296},
     2,
     {1, 6},
     1,
     {20733.38648}},
    {5,
     {26041, 42000, 54651, 60000, 76000},
     {10.2497, 11.1654, 11.6296, 11.7, 11.8},
     5,
     {1, 2, 3, 4, 5},
     4,
     {17428.19701, 27253.33908, 75980.11364, 160000}},
    {7,
     {25000, 35000, 50000, 54651, 58500, 64266, 91744},
     {10.2497, 10.2497, 11.3, 11.6588, 11.6588, 11.7, 12.1},
     3,
     {1, 4, 7},
     2,
     {21042.50940, 84072.98277}},
    {7,
     {25000, 25000, 50000, 58500, 58500, 64266, 91744},
     {10.2497, 10.25, 11.3, 11.6588, 11.6588, 11.7, 12.1},
     4,
     {2, 4, 5, 7},
     3,
     {23779.10278, 23779.10278, 75349.04805}},
    {1, {5}, {3}, 1, {1}, 0, {0}},
    {2, {26041, 21000}, {10.2497, 11.1654}, 1, {2}, 0, {0}},
    {3, {15, 10, 15}, {12, 12, 15}, 2, {2, 3}, 1, {1.6666667}},
    /* dampack, tests/testthat/test_calculate_icers.R: UC A B C D E; No treat, all, test and treat
     */
    {6,
     {5000, 12000, 10000, 25000, 35000, 55000},
     {1, 1.5, 2, 3, 4, 5},
     4,
     {1, 3, 5, 6},
     3,
     {5000, 12500, 20000}},
    {3, {163771.0, 164848.7, 163765.1}, {6.48273, 6.52861, 6.52861}, 1, {3}, 0, {0}},
};

static void published_cases(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof heemod / sizeof heemod[0]; c++) {
        const published *p = &heemod[c];
        size_t n_ratios = 0;
        run(p->n, p->cost, p->effect);
        assert_int_equal(n_frontier, p->n_frontier);
        for (size_t i = 0; i < n_frontier; i++) {
            assert_int_equal(rows[i].arm + 1, p->frontier[i]);
            if (isnan(rows[i].ratio))
                assert_int_equal(rows[i].versus, KEA_NO_ARM);
            else
                assert_near(rows[i].ratio, p->ratio[n_ratios++], 5.1e-6);
        }
        assert_int_equal(n_ratios, p->n_ratios);
    }
}

static void names_who_dominates(void **state)
{
    (void)state;
    const published *p = &heemod[10];
    run(p->n, p->cost, p->effect); /* on the frontier UC B D E, then C, then A */
    assert_int_equal(rows[4].arm, 3);
    assert_int_equal(rows[4].standing, KEA_DOMINATED_EXTENDED);
    assert_int_equal(rows[4].by[0], 2); /* a mix of B and D */
    assert_int_equal(rows[4].by[1], 4);
    assert_int_equal(rows[5].arm, 1);
    assert_int_equal(rows[5].standing, KEA_DOMINATED_STRONGLY);
    assert_int_equal(rows[5].by[0], 2); /* B */
    assert_int_equal(rows[5].by[1], KEA_NO_ARM);
    assert_int_equal(rows[1].versus, 0);
    assert_near(rows[1].extra_cost, 5000, 0);
    assert_near(rows[1].extra_effect, 1, 0);
    assert_string_equal(kea_standing_name(rows[0].standing), "on the frontier");
    assert_string_equal(kea_standing_name(rows[4].standing), "extendedly dominated");
    assert_string_equal(kea_standing_name(rows[5].standing), "dominated");
    /* dominated by one that is itself extendedly dominated, and by nothing on the frontier */
    const double cost[] = {0, 8, 10, 9};
    const double effect[] = {0, 4, 10, 3};
    run(4, cost, effect);
    assert_int_equal(n_frontier, 2);
    assert_int_equal(rows[2].arm, 1);
    assert_int_equal(rows[2].standing, KEA_DOMINATED_EXTENDED);
    assert_int_equal(rows[3].arm, 3);
    assert_int_equal(rows[3].by[0], 1);
}

/* dampack, vignettes/cdiff_icers.csv; the order here is another one. */
static void eleven_strategies(void **state)
{
    (void)state;
    static const struct {
        double cost, effect;
        kea_standing standing;
        double ratio;
    } table[] = {
        {58018.6252420203, 13.0650412387992, KEA_DOMINATED_STRONGLY, 0},
        {57336.0059896538, 12.9399639202408, KEA_ON_FRONTIER, 0},
        {57887.481549326, 12.9970657153765, KEA_DOMINATED_STRONGLY, 0},
        {58665.7823044647, 13.1283328397025, KEA_ON_FRONTIER, 38362.6519947134},
        {57541.2526373815, 13.0140640696275, KEA_ON_FRONTIER, 2769.85470915263},
        {58081.7947984323, 13.1029711156978, KEA_DOMINATED_STRONGLY, 0},
        {57934.0743411241, 13.0966257932217, KEA_ON_FRONTIER, 5056.2216470406},
        {57814.6470919581, 13.0462790163185, KEA_DOMINATED_EXTENDED, 0},
        {58634.2026441398, 13.1100568867995, KEA_DOMINATED_STRONGLY, 0},
        {57642.2587507842, 13.0389116321918, KEA_ON_FRONTIER, 4065.03105249231},
        {58072.1137208494, 13.11285766912, KEA_ON_FRONTIER, 8504.2160616553},
    };
    enum { N = 11 };
    double cost[N], effect[N];
    for (size_t i = 0; i < N; i++) {
        cost[i] = table[i].cost;
        effect[i] = table[i].effect;
    }
    run(N, cost, effect);
    assert_int_equal(n_frontier, 6);
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(rows[i].standing, table[rows[i].arm].standing);
        if (i > 0 && i < n_frontier)
            assert_near(rows[i].ratio / table[rows[i].arm].ratio, 1, 1e-9);
    }
}

/* By definition: dominated by one strategy, or by a point on the line between two. */
static kea_standing tried_out(size_t n, const double *c, const double *e, size_t i)
{
    for (size_t j = 0; j < n; j++)
        if (c[j] <= c[i] && e[j] >= e[i] && (c[j] < c[i] || e[j] > e[i]))
            return KEA_DOMINATED_STRONGLY;
    for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++) {
            double part = (c[i] - c[j]) / (c[k] - c[j]);
            if (c[j] < c[i] && c[i] < c[k] && e[j] + part * (e[k] - e[j]) > e[i])
                return KEA_DOMINATED_EXTENDED;
        }
    return KEA_ON_FRONTIER;
}

/* dampack's own answer for its 100 strategies. */
static void the_hundred_of_dampack(void **state)
{
    (void)state;
    static const size_t frontier[] = {8, 97, 89, 93, 70, 52}; /* counted from 1 */
    static const double ratio[] = {353.436666399, 1616.898084777, 69120.906652701, 75504.960285947,
                                   206582.463184394};
    double cost[HUND_STRAT], effect[HUND_STRAT];
    size_t count[3] = {0};
    for (size_t i = 0; i < HUND_STRAT; i++) {
        cost[i] = hund_strat[i].cost;
        effect[i] = hund_strat[i].qalys;
    }
    run(HUND_STRAT, cost, effect);
    assert_int_equal(n_frontier, 6);
    for (size_t f = 0; f < n_frontier; f++) {
        assert_int_equal(rows[f].arm + 1, frontier[f]);
        if (f > 0)
            assert_near(rows[f].ratio, ratio[f - 1], 1e-8);
    }
    for (size_t i = 0; i < HUND_STRAT; i++)
        count[rows[i].standing]++;
    assert_int_equal(count[KEA_ON_FRONTIER], 6);
    assert_int_equal(count[KEA_DOMINATED_EXTENDED], 4);
    assert_int_equal(count[KEA_DOMINATED_STRONGLY], 90);
}

/* 100 strategies at whole numbers near a concave curve, so that ties, twins and points on a line
 * occur; scattered order. */
static void hundred_strategies(void **state)
{
    (void)state;
    size_t count[3] = {0};
    for (uint32_t trial = 0; trial < 20; trial++) {
        double cost[MOST], effect[MOST];
        kea_rng_key key = kea_rng_key_of(7, "test.frontier");
        for (uint32_t i = 0; i < MOST; i++) {
            double u[2];
            kea_rng_pair(key, (kea_rng_address){trial, i, 0}, 0, u);
            cost[i] = floor(60 * u[0]);
            effect[i] = floor(8 * sqrt(cost[i]) * (1 - 0.3 * u[1] * u[1]));
        }
        cost[17] = cost[71];
        effect[17] = effect[71];
        run(MOST, cost, effect);
        for (size_t i = 0; i < MOST; i++) {
            kea_standing expected = tried_out(MOST, cost, effect, rows[i].arm);
            assert_int_equal(rows[i].standing, expected);
            count[expected]++;
            if (i > 0 && i < n_frontier && !isnan(rows[i - 1].ratio))
                assert_true(rows[i].ratio >= rows[i - 1].ratio);
        }
    }
    assert_true(count[0] > 100 && count[1] > 100 && count[2] > 1000);
}

/* On the frontier if and only if best on average at some amount: at the ratios of neighbours and
 * between them. */
static void frontier_is_best_at_some_amount(void **state)
{
    (void)state;
    double cost[MOST], effect[MOST];
    kea_rng_key key = kea_rng_key_of(8, "test.frontier");
    for (uint32_t i = 0; i < MOST; i++) {
        double u[2];
        kea_rng_pair(key, (kea_rng_address){0, i, 0}, 0, u);
        cost[i] = 1000 * u[0];
        effect[i] = sqrt(u[0]) * (1 - 0.2 * u[1]);
    }
    run(MOST, cost, effect);
    assert_true(n_frontier > 4);
    for (size_t f = 0; f < n_frontier; f++) {
        double low = f ? rows[f].ratio : 0;
        double high = f + 1 < n_frontier ? rows[f + 1].ratio : 2 * rows[f].ratio;
        double wtp = 0.5 * (low + high);
        for (size_t i = 0; i < MOST; i++)
            assert_true(i == rows[f].arm ||
                        wtp * effect[i] - cost[i] < wtp * rows[f].effect - rows[f].cost);
    }
}

static void a_point_on_the_line_is_on_the_frontier(void **state)
{
    (void)state;
    const double cost[] = {0, 10, 20, 40};
    const double effect[] = {0, 1, 2, 3};
    run(4, cost, effect);
    assert_int_equal(n_frontier, 4);
    assert_near(rows[2].ratio, rows[1].ratio, 0);
}

static void means_over_points(void **state)
{
    (void)state;
    kea_error err;
    double cost[] = {0, 10, 4, 30};
    double effect[] = {0, 3, 2, 5};
    kea_pairs pairs = {2, 2, cost, effect};
    assert_ok(kea_frontier_of(rows, &n_frontier, &pairs, &err), err);
    assert_int_equal(n_frontier, 2);
    assert_near(rows[0].cost, 2, 0);
    assert_near(rows[1].ratio, 18.0 / 3, 1e-15);
    pairs.n_points = 0;
    assert_int_equal(kea_frontier_of(rows, &n_frontier, &pairs, &err), KEA_ERR_INPUT);
}

static void wrong_numbers_are_named(void **state)
{
    (void)state;
    kea_error err;
    const double cost[] = {0, (double)NAN};
    const double effect[] = {0, 3};
    assert_int_equal(kea_frontier_of_means(rows, &n_frontier, 2, cost, effect, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "strategy 2 has mean cost nan and mean effect 3; a frontier "
                                  "needs finite numbers");
    assert_int_equal(kea_frontier_of_means(rows, &n_frontier, 0, cost, effect, &err),
                     KEA_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_cases),
        cmocka_unit_test(names_who_dominates),
        cmocka_unit_test(eleven_strategies),
        cmocka_unit_test(the_hundred_of_dampack),
        cmocka_unit_test(hundred_strategies),
        cmocka_unit_test(frontier_is_best_at_some_amount),
        cmocka_unit_test(a_point_on_the_line_is_on_the_frontier),
        cmocka_unit_test(means_over_points),
        cmocka_unit_test(wrong_numbers_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
