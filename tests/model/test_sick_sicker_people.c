/* The Sick-Sicker microsimulation against exact means, exact standard deviations between people,
 * the exact gain of common random numbers, and a plain walk one person at a time. */
#include "models/sick_sicker_people/sick_sicker_people.h"
#include "sim/core/markov.h"
#include "tests/support/scenario.h"

#define OUT(name) SICK_SICKER_PEOPLE_OUT_##name
enum {
    NO_TREATMENT,
    TREATMENT,
    N_ARMS,
    DEAD = SICK_SICKER_PEOPLE_DEAD,
    STATES = SICK_SICKER_PEOPLE_STATES,
    CYCLES = 30,
    N_OUT = SICK_SICKER_PEOPLE_N_OUTCOMES
};

/* --- exact moments --------------------------------------------------------------------------- */

enum { N_MOMENTS = 4 };

/* What one person's discounted total of some value per state has: raw moments 1 to 4. */
typedef struct moments {
    double raw[N_MOMENTS + 1]; /* raw[k] is E[X^k] */
} moments;

static double mean_of(const moments *m)
{
    return m->raw[1];
}

static double sd_of(const moments *m)
{
    return sqrt(m->raw[2] - m->raw[1] * m->raw[1]);
}

/* Standard error of the standard deviation of n people, from the fourth central moment. */
static double sd_error(const moments *m, double n)
{
    double mu = m->raw[1], variance = m->raw[2] - mu * mu;
    double fourth =
        m->raw[4] - 4 * mu * m->raw[3] + 6 * mu * mu * m->raw[2] - 3 * mu * mu * mu * mu;
    return sqrt((fourth - variance * variance) / n) / (2 * sqrt(variance));
}

static void go_back(const double *matrix, double worth[STATES], double next[][STATES],
                    double now[][STATES])
{
    static const double choose[N_MOMENTS + 1][N_MOMENTS + 1] = {
        {1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}, {1, 4, 6, 4, 1}};
    double rest[N_MOMENTS + 1][STATES] = {{0}};
    for (int k = 0; k <= N_MOMENTS; k++) {
        for (int s = 0; s < STATES; s++) {
            for (int to = 0; to < STATES; to++)
                rest[k][s] += matrix[s * STATES + to] * next[k][to];
        }
    }
    for (int k = 0; k <= N_MOMENTS; k++) {
        for (int s = 0; s < STATES; s++) {
            now[k][s] = 0;
            for (int j = 0; j <= k; j++)
                now[k][s] += choose[k][j] * pow(worth[s], k - j) * rest[j][s];
        }
    }
}

/* Backward recursion: the moments of what is still to come, from every state, a year at a time. */
static moments exact(const double *matrix, const double value[STATES])
{
    double next[N_MOMENTS + 1][STATES] = {{1, 1, 1, 1}}, now[N_MOMENTS + 1][STATES];
    moments m;
    for (int t = CYCLES; t >= 0; t--) {
        double worth[STATES];
        for (int s = 0; s < STATES; s++)
            worth[s] = value[s] / pow(1.03, t);
        go_back(matrix, worth, next, now);
        memcpy(next, now, sizeof next);
    }
    for (int k = 0; k <= N_MOMENTS; k++)
        m.raw[k] = next[k][SICK_SICKER_PEOPLE_HEALTHY];
    return m;
}

enum { COST_0, COST_1, QALY_0, QALY_1, COST_GAIN, QALY_GAIN, N_EXACT };

static const double worth_rows[N_EXACT][STATES] = {{2000, 4000, 15000, 0}, {2000, 16000, 27000, 0},
                                                   {1, .75, .5, 0},        {1, .95, .5, 0},
                                                   {0, 12000, 12000, 0},   {0, .2, 0, 0}};

static void exact_all(moments all[N_EXACT])
{
    scenario s = {0};
    double matrix[STATES * STATES];
    scenario_open(&s, "sick_sicker_people.cfg", 0, NULL);
    sick_sicker_people_matrix((const sick_sicker_people_params *)(const void *)s.values[0], matrix);
    for (int i = 0; i < N_EXACT; i++)
        all[i] = exact(matrix, worth_rows[i]);
    scenario_close(&s);
}

/* The recursion gives the values that were found independently. */
static void test_exact_values(void **state)
{
    static const double expected[N_EXACT][2] = {
        {75976.1491401425, 57903.0695840}, {141623.0281883438, 108371.268341},
        {15.8388478145, 4.94890626051},    {16.4004055892, 5.09781559654},
        {65646.8790482, 51857.0928109},    {0.561557774699, 0.356280013496}};
    moments all[N_EXACT];
    (void)state;
    exact_all(all);
    for (int i = 0; i < N_EXACT; i++) {
        assert_close(mean_of(&all[i]), expected[i][0], 1e-11);
        assert_close(sd_of(&all[i]), expected[i][1], 1e-11);
    }
    assert_close(mean_of(&all[COST_GAIN]) / mean_of(&all[QALY_GAIN]), 116901.380421, 1e-11);
}

/* --- a simulated cohort ---------------------------------------------------------------------- */

typedef struct observed {
    double n, mean[N_EXACT], sd[N_EXACT];
} observed;

static void observe(size_t people, observed *o)
{
    static const char *const sum[] = {"cost", "qalys"};
    static const char *const squares[] = {"cost_squares", "qaly_squares"};
    static const char *const gains[] = {"cost_gain_squares", "qaly_gain_squares"};
    char set[64];
    const char *const list[] = {set};
    const kea_scope scope = KEA_SCOPE_DISCOUNTED;
    scenario s = {0};
    kea_sample sample = {0};
    (void)snprintf(set, sizeof set, "people=%zu", people);
    scenario_open(&s, "sick_sicker_people.cfg", 1, list);
    scenario_base(&s, 1, &sample);
    o->n = (double)people;
    for (size_t k = 0; k < 2; k++) {
        size_t gain = COST_GAIN + k;
        for (size_t arm = 0; arm < N_ARMS; arm++) {
            double mean = scenario_at(&sample, arm, sum[k], scope) / o->n;
            double square = scenario_at(&sample, arm, squares[k], scope) / o->n;
            o->mean[2 * k + arm] = mean;
            o->sd[2 * k + arm] = sqrt(square - mean * mean);
        }
        o->mean[gain] = o->mean[2 * k + 1] - o->mean[2 * k];
        double square = scenario_at(&sample, TREATMENT, gains[k], scope) / o->n;
        o->sd[gain] = sqrt(square - o->mean[gain] * o->mean[gain]);
        assert_near(scenario_at(&sample, NO_TREATMENT, gains[k], scope), 0, 0);
    }
    kea_sample_free(&sample);
    scenario_close(&s);
}

/* Means and spreads at 4.9 standard errors, from the exact moments. The gain of common random
 * numbers is the variance of the difference of two people over that of one person with himself:
 * exactly 5.61 for costs and 397.7 for QALYs. */
static void expect_people(size_t people, const moments all[N_EXACT])
{
    static const double gain[2] = {5.61, 397.7};
    observed o;
    observe(people, &o);
    for (int i = 0; i < N_EXACT; i++) {
        assert_near(o.mean[i], mean_of(&all[i]), 4.9 * sd_of(&all[i]) / sqrt(o.n));
        assert_near(o.sd[i], sd_of(&all[i]), 4.9 * sd_error(&all[i], o.n));
    }
    for (int k = 0; k < 2; k++) {
        double relative = 0, apart = 0, exactly = 0, together = pow(o.sd[COST_GAIN + k], 2);
        for (int arm = 0; arm < 2; arm++) {
            const moments *m = &all[2 * k + arm];
            apart += pow(o.sd[2 * k + arm], 2);
            exactly += pow(sd_of(m), 2);
            relative = fmax(relative, 2 * sd_error(m, o.n) / sd_of(m));
        }
        const moments *difference = &all[COST_GAIN + k];
        exactly /= pow(sd_of(difference), 2);
        relative += 2 * sd_error(difference, o.n) / sd_of(difference);
        assert_close(exactly, gain[k], 1e-3);
        assert_close(apart / together, exactly, 4.9 * relative);
    }
}

static void test_means_and_spreads(void **state)
{
    moments all[N_EXACT];
    (void)state;
    exact_all(all);
    expect_people(20000, all);
    expect_people(200000, all);
    expect_people(2000000, all);
}

/* t, then the four states; the same with and without treatment. */
static const double trace[][5] = {
    {0, 1, 0, 0, 0},
    {1, .845, .15, 0, .005},
    {2, .789025, .1837612312, .01575, .01146376875},
    {5, .713837255, .180703592, .06925859883, .03620055416},
    {10, .6184095872, .1567754685, .13505517518, .08975976908},
    {20, .4643589093, .117721677, .19751486881, .22040454488},
    {30, .3486835716, .0883963115, .20652876293, .35639135392},
};

static void test_trace(void **state)
{
    scenario s = {0};
    (void)state;
    scenario_open(&s, "sick_sicker_people.cfg", 0, NULL);
    const double n = 100000;
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        double *out = scenario_table(&s, arm);
        for (size_t i = 0; i < sizeof trace / sizeof trace[0]; i++) {
            const double *row = out + (size_t)trace[i][0] * N_OUT;
            double all = 0;
            for (size_t k = 0; k < STATES; k++) {
                double p = trace[i][1 + k];
                assert_near(row[OUT(healthy) + k], n * p, 4.9 * sqrt(n * p * (1 - p)));
                all += row[OUT(healthy) + k];
            }
            assert_near(all, n, 0);
        }
        free(out);
    }
    scenario_close(&s);
}

/* --- a plain walk, one person at a time ------------------------------------------------------ */

/* Adds one person's life to `row_of_point[point][outcome]` of the traces; returns the totals. */
static void live(const double *matrix, const double *cost, const double *qaly, gsl_rng *luck,
                 double *out, double total[2])
{
    int s = SICK_SICKER_PEOPLE_HEALTHY;
    for (int t = 0; t <= CYCLES; t++) {
        if (t > 0) {
            double u = ((double)(gsl_rng_get(luck) >> 1) + 0.5) * 0x1p-31, sum = 0;
            int to = 0;
            for (; to < DEAD; to++) {
                sum += matrix[s * STATES + to];
                if (u < sum)
                    break;
            }
            s = to;
        }
        out[t * N_OUT + OUT(healthy) + s] += 1;
        total[0] += cost[s];
        total[1] += qaly[s];
    }
}

static void test_plain_walk(void **state)
{
    static double out[(CYCLES + 1) * N_OUT];
    static const char *const set[] = {"people=1111"}; /* the last batch is not full */
    double matrix[STATES * STATES], squares[2] = {0};
    scenario s = {0};
    gsl_rng *luck = gsl_rng_alloc(kea_rng_gsl_type);
    (void)state;
    memset(out, 0, sizeof out);
    scenario_open(&s, "sick_sicker_people.cfg", 1, set);
    sick_sicker_people_matrix((const sick_sicker_people_params *)(const void *)s.values[1], matrix);
    kea_rng_key key = kea_rng_key_of(s.problem.settings.seed, "sick_sicker_people.life");
    for (uint32_t i = 0; i < 1111; i++) {
        double total[2] = {0};
        kea_rng_gsl_open(luck, key, (kea_rng_address){0, i, 0});
        live(matrix, worth_rows[COST_1], worth_rows[QALY_1], luck, out, total);
        squares[0] += total[0] * total[0];
        squares[1] += total[1] * total[1];
    }
    double *fast = scenario_table(&s, TREATMENT); /* which is not told to discount */
    for (size_t t = 0; t <= CYCLES; t++) {
        for (size_t k = 0; k < STATES; k++)
            assert_near(fast[t * N_OUT + OUT(healthy) + k], out[t * N_OUT + OUT(healthy) + k], 0);
    }
    assert_close(fast[OUT(cost_squares)], squares[0], 1e-8);
    assert_close(fast[OUT(qaly_squares)], squares[1], 1e-8);
    free(fast);
    gsl_rng_free(luck);
    scenario_close(&s);
}

/* Probabilities of exactly 0 and 1: everybody sick after a year, sicker after two, nobody dead. */
static void test_certain_lives(void **state)
{
    static const char *const set[] = {"people=1000", "death=0",      "get_sick=1",
                                      "recover=0",   "get_sicker=1", "cycles=3"};
    scenario s = {0};
    (void)state;
    scenario_open(&s, "sick_sicker_people.cfg", 6, set);
    double *out = scenario_table(&s, TREATMENT);
    static const size_t where[] = {OUT(healthy), OUT(sick), OUT(sicker), OUT(sicker)};
    for (size_t t = 0; t <= 3; t++) {
        for (size_t k = 0; k < STATES; k++) {
            size_t at = OUT(healthy) + k;
            assert_near(out[t * N_OUT + at], at == where[t] ? 1000 : 0, 0);
        }
    }
    double cost = 2000 + 16000 + 2 * 27000.0, qaly = 1 + 0.95 + 2 * 0.5;
    assert_close(out[OUT(cost_squares)], 1000 * cost * cost, 1e-8);
    assert_close(out[OUT(qaly_squares)], 1000 * qaly * qaly, 1e-8);
    free(out);
    scenario_close(&s);
}

/* Everybody lives the same life, so squares are those of one total; the rates differ, so that one
 * taken for the other shows. */
static void test_discounted_squares(void **state)
{
    static const char *const set[] = {"people=1000",
                                      "death=0",
                                      "get_sick=1",
                                      "recover=0",
                                      "get_sicker=1",
                                      "cycles=3",
                                      "run.discount_costs=0.06",
                                      "run.discount_effects=0.015"};
    scenario s = {0};
    kea_sample sample = {0};
    (void)state;
    scenario_open(&s, "sick_sicker_people.cfg", 8, set);
    scenario_base(&s, 1, &sample);
    double cost = 2000 + 16000 / 1.06 + 27000 / 1.1236 + 27000 / 1.191016;
    double qaly = 1 + 0.95 / 1.015 + 0.5 / 1.030225 + 0.5 / 1.045678375;
    double cost_gain = 12000 / 1.06 + 12000 / 1.1236 + 12000 / 1.191016, qaly_gain = 0.2 / 1.015;
    for (int scope = 0; scope < KEA_N_SCOPES; scope++) {
        kea_scope at = (kea_scope)scope;
        assert_close(scenario_at(&sample, 1, "cost_squares", at), 1000 * cost * cost, 1e-8);
        assert_close(scenario_at(&sample, 1, "qaly_squares", at), 1000 * qaly * qaly, 1e-8);
        assert_close(scenario_at(&sample, 1, "cost_gain_squares", at), 1000 * cost_gain * cost_gain,
                     2e-8);
        assert_close(scenario_at(&sample, 1, "qaly_gain_squares", at), 1000 * qaly_gain * qaly_gain,
                     2e-7);
    }
    assert_close(scenario_at(&sample, 1, "cost", KEA_SCOPE_DISCOUNTED), 1000 * cost, 1e-12);
    kea_sample_free(&sample);
    scenario_close(&s);
}

static void test_same_people(void **state)
{
    static const char *const set[] = {"treatment.people=99999"};
    scenario s = {0};
    kea_sample sample = {0};
    kea_design design = {0};
    kea_error err = {0};
    const kea_run_options options = {.threads = 1};
    (void)state;
    scenario_open(&s, "sick_sicker_people.cfg", 1, set);
    assert_ok(kea_design_base(&design, &s.problem, 1, &err), err);
    assert_int_equal(kea_run(s.model, &s.problem, &design, &options, &sample, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "people is 99999 under this strategy and 100000 under the "
                                     "comparator"));
    kea_sample_free(&sample);
    kea_design_free(&design);
    scenario_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_values),  cmocka_unit_test(test_means_and_spreads),
        cmocka_unit_test(test_trace),         cmocka_unit_test(test_plain_walk),
        cmocka_unit_test(test_certain_lives), cmocka_unit_test(test_discounted_squares),
        cmocka_unit_test(test_same_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
