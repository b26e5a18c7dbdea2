/* The Sick-Sicker cohort against exact values, and against the published table.
 *
 * The published table rests on "Simpson's rule" as the authors' package darthtools codes it
 * (gen_wcc): 2/3 at the points in time 1, 3, 5, ... and 4/3 at 2, 4, ..., the reverse of Simpson's
 * rule, and with 75 cycles, where his rule needs an even number. Those weights do not sum to the
 * number of cycles, so they stand here, to check the table, and not in the program. */
#include "models/sick_sicker/sick_sicker.h"
#include "tests/support/scenario.h"

enum { SOC, A, B, AB, N_ARMS, CYCLES = 75 };

static void expect(const char *rule_costs, const char *rule_effects,
                   const double expected[N_ARMS][2])
{
    const char *const set[] = {rule_costs, rule_effects};
    scenario s = {0};
    kea_sample sample = {0};
    scenario_open(&s, "sick_sicker.cfg", 2, set);
    scenario_base(&s, 1, &sample);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        assert_close(scenario_at(&sample, arm, "cost", KEA_SCOPE_DISCOUNTED), expected[arm][0],
                     5e-12);
        assert_close(scenario_at(&sample, arm, "qalys", KEA_SCOPE_DISCOUNTED), expected[arm][1],
                     5e-12);
    }
    kea_sample_free(&sample);
    scenario_close(&s);
}

static void test_half_cycle(void **state)
{
    static const double expected[N_ARMS][2] = {{149343.348422, 21.316433312878},
                                               {276845.992120, 22.047609008855},
                                               {249501.600427, 22.808479041183},
                                               {362494.486229, 23.684119923112}};
    (void)state;
    expect("within_cycle.costs=3", "within_cycle.effects=3", expected);
}

static void test_every_point(void **state)
{
    static const double expected[N_ARMS][2] = {{150620.928838, 21.833497878827},
                                               {278350.350864, 22.565040938823},
                                               {250990.233460, 23.330801652048},
                                               {364197.855078, 24.207123712647}};
    (void)state;
    expect("within_cycle.costs=2", "within_cycle.effects=2", expected);
}

/* t, then the four states, under the standard of care. */
static const double trace[][5] = {
    {0, 1, 0, 0, 0},
    {1, .8483016989, .1497002998, 0, .001998001333},
    {2, .7940181659, .1857689096, .01562450266, .004588421832},
    {5, .7264320806, .1861196698, .07279293796, .014655311637},
    {10, .6427110548, .16496616763, .1548334302, .03748934738},
    {30, .3943296654, .10121379819, .3296590067, .17479752973},
    {75, .1313736294, .03372007024, .3132101654, .52169613495},
};

static void test_trace(void **state)
{
    scenario s = {0};
    (void)state;
    scenario_open(&s, "sick_sicker.cfg", 0, NULL);
    double *out = scenario_table(&s, SOC);
    for (size_t i = 0; i < sizeof trace / sizeof trace[0]; i++) {
        const double *row = out + (size_t)trace[i][0] * SICK_SICKER_N_OUTCOMES;
        for (size_t k = 0; k < SICK_SICKER_STATES; k++)
            assert_near(row[SICK_SICKER_OUT_healthy + k], trace[i][1 + k], 5.1e-11);
    }
    free(out);
    scenario_close(&s);
}

/* Nobody appears or disappears, and nobody rises from the dead. */
static void test_conserved(void **state)
{
    scenario s = {0};
    (void)state;
    scenario_open(&s, "sick_sicker.cfg", 0, NULL);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        double *out = scenario_table(&s, arm), before = 0;
        for (size_t t = 0; t <= CYCLES; t++) {
            const double *row = out + t * SICK_SICKER_N_OUTCOMES + SICK_SICKER_OUT_healthy;
            double dead = row[SICK_SICKER_DEAD], all = 0;
            for (size_t k = 0; k < SICK_SICKER_STATES; k++)
                all += row[k];
            assert_near(all, 1, 1e-13);
            assert_true(dead >= before);
            before = dead;
        }
        free(out);
    }
    scenario_close(&s);
}

/* Cost and QALYs of a strategy, summed over points in time with weights and discounted by 3%. */
static void weigh(const double *out, const double *weight, double total[2])
{
    total[0] = total[1] = 0;
    for (size_t t = 0; t <= CYCLES; t++) {
        const double *row = out + t * SICK_SICKER_N_OUTCOMES;
        double factor = weight[t] / pow(1.03, (double)t);
        total[0] += factor * (row[SICK_SICKER_OUT_cost_care] + row[SICK_SICKER_OUT_cost_a] +
                              row[SICK_SICKER_OUT_cost_b]);
        total[1] += factor * row[SICK_SICKER_OUT_qalys];
    }
}

static void totals(const double *weight, double total[N_ARMS][2])
{
    static const char *const set[] = {"within_cycle=2"};
    scenario s = {0};
    scenario_open(&s, "sick_sicker.cfg", 1, set);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        double *out = scenario_table(&s, arm);
        weigh(out, weight, total[arm]);
        free(out);
    }
    scenario_close(&s);
}

static void test_published_table(void **state)
{
    static const double exact[N_ARMS][2] = {{148657.483918, 20.990263389818},
                                            {275936.528336, 21.717485326300},
                                            {248570.633514, 22.482400491757},
                                            {361341.480711, 23.354201772858}};
    static const char *const printed[N_ARMS] = {"148657 20.990", "275937 21.717", "248571 22.482",
                                                "361341 23.354"};
    double weight[CYCLES + 1], total[N_ARMS][2];
    (void)state;
    for (size_t t = 0; t <= CYCLES; t++)
        weight[t] = t == 0 || t == CYCLES ? 1.0 / 3 : t % 2 == 1 ? 2.0 / 3 : 4.0 / 3;
    totals(weight, total);
    for (size_t arm = 0; arm < N_ARMS; arm++) {
        char text[64];
        assert_close(total[arm][0], exact[arm][0], 5e-12);
        assert_close(total[arm][1], exact[arm][1], 5e-12);
        (void)snprintf(text, sizeof text, "%.0f %.3f", total[arm][0], total[arm][1]);
        assert_string_equal(text, printed[arm]);
    }
    /* B against the standard of care, both treatments against B; A costs more than B and gains less
     */
    assert_close((total[B][0] - total[SOC][0]) / (total[B][1] - total[SOC][1]), 66959.764934,
                 1e-10);
    assert_close((total[AB][0] - total[B][0]) / (total[AB][1] - total[B][1]), 129353.844324, 1e-10);
    assert_true(total[A][0] > total[B][0] && total[A][1] < total[B][1]);
}

/* Simpson's rule over 72 cycles, and his rule for three over the last three. */
static void test_simpson(void **state)
{
    double weight[CYCLES + 1] = {0}, total[N_ARMS][2];
    (void)state;
    for (size_t t = 0; t < 72; t += 2) {
        weight[t] += 1.0 / 3;
        weight[t + 1] += 4.0 / 3;
        weight[t + 2] += 1.0 / 3;
    }
    for (size_t i = 0; i < 4; i++)
        weight[72 + i] += i == 0 || i == 3 ? 3.0 / 8 : 9.0 / 8;
    totals(weight, total);
    expect("within_cycle.costs=4", "within_cycle.effects=4", (const double(*)[2])total);
}

static void test_check(void **state)
{
    scenario s = {0};
    kea_error err = {0};
    (void)state;
    scenario_open(&s, "sick_sicker.cfg", 0, NULL);
    sick_sicker_params p = *(const sick_sicker_params *)(const void *)s.values[AB];
    assert_int_equal(s.model->check((const double *)&p, &err), KEA_OK);
    p.recover = 0.99;
    assert_int_equal(s.model->check((const double *)&p, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "the probabilities to leave sick sum to 1.0"));
    scenario_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_cycle), cmocka_unit_test(test_every_point),
        cmocka_unit_test(test_trace),      cmocka_unit_test(test_published_table),
        cmocka_unit_test(test_simpson),    cmocka_unit_test(test_conserved),
        cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
