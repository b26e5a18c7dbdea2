/* How the answers of a model change, or do not, when the question changes: what must hold for every
 * model, whatever it is about (metamorphic tests).
 *
 * Two runs of the same question are the same to the last bit, so most comparisons are exact. */
#include "tests/support/every_model.h"

enum { MAX_ARMS = 64 };

/* --- designs --------------------------------------------------------------------------------- */

/* Gives a design other arms: strategies by number, each as it is. */
static void set_arms(const kea_problem *problem, kea_design *design, size_t n,
                     const size_t *strategy)
{
    free(design->arms);
    design->arms = scenario_new(n, sizeof *design->arms);
    design->n_arms = n;
    for (size_t i = 0; i < n; i++)
        design->arms[i] = (kea_arm){.care = problem->strategies[strategy[i]],
                                    .strategy = strategy[i],
                                    .entry = KEA_NO_ENTRY,
                                    .factor = 1};
}

/* --- comparisons ----------------------------------------------------------------------------- */

/* Whether an answer rests on an outcome: costs, effects and the population. The others may be about
 * the comparator (the same person under it), and then depend on which strategy that is. */
static bool is_answer(const scenario *s, size_t outcome)
{
    const char *name = s->model->outcomes[outcome].name;
    if (s->model->outcomes[outcome].category ||
        strcmp(name, s->model->frame->population.outcome) == 0)
        return true;
    for (size_t i = 0; i < s->model->frame->n_effects; i++) {
        for (size_t k = 0; k < s->model->frame->effects[i].n_outcomes; k++) {
            if (strcmp(s->model->frame->effects[i].outcomes[k], name) == 0)
                return true;
        }
    }
    return false;
}

/* --- every scenario: strategies in another order, and twice ---------------------------------- */

/* Arms 0, 1, ..., n - 1; then the same with the comparator still first, the others backwards and
 * each of them, and the comparator, twice. Every one gives what it gave; a strategy against itself
 * gains exactly nothing. */
static void ask_same_strategies(scenario *s)
{
    size_t n = s->problem.n_strategies, order[MAX_ARMS];
    kea_design design = {0};
    kea_sample plain = {0}, mixed = {0};
    assert_true(2 * n <= MAX_ARMS);
    order[0] = order[1] = 0;
    for (size_t i = 1; i < n; i++)
        order[2 * i] = order[2 * i + 1] = n - i;
    draws(s, 1, &design);
    scenario_run(s, &design, 1, &plain);
    set_arms(&s->problem, &design, 2 * n, order);
    scenario_run(s, &design, 1, &mixed);
    for (size_t i = 0; i < 2 * n; i++)
        expect_same(s, &plain, (size_t[2]){0, order[i]}, &mixed, (size_t[2]){0, i});
    kea_sample_free(&mixed);
    kea_sample_free(&plain);
    kea_design_free(&design);
}

/* --- the smallest scenario of every model ---------------------------------------------------- */

/* Another strategy as the comparator: no answer about any strategy changes. */
static void ask_comparator(scenario *s)
{
    size_t n = s->problem.n_strategies, order[MAX_ARMS];
    kea_design design = {0};
    kea_sample plain = {0}, turned = {0};
    for (size_t i = 0; i < n; i++)
        order[i] = (i + 1) % n;
    draws(s, 1, &design);
    scenario_run(s, &design, 1, &plain);
    set_arms(&s->problem, &design, n, order);
    scenario_run(s, &design, 1, &turned);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < s->model->n_outcomes; k++) {
            for (int scope = 0; is_answer(s, k) && scope < KEA_N_SCOPES; scope++)
                assert_near(value(&turned, 0, i, k, scope), value(&plain, 0, order[i], k, scope),
                            0);
        }
    }
    kea_sample_free(&turned);
    kea_sample_free(&plain);
    kea_design_free(&design);
}

/* Certain numbers: every parameter draw is the base case. */
static void ask_certain(scenario *s)
{
    kea_sample psa = {0}, base = {0};
    for (size_t i = 0; i < s->problem.n_entries; i++) {
        kea_entry *entry = &s->problem.entries[i];
        entry->dist = (kea_dist){KEA_FIXED, {entry->value, 0, 0, 0}};
        entry->group_first = i;
        entry->group_count = 1;
    }
    run_draws(s, 1, &psa);
    scenario_base(s, DRAWS, &base);
    expect_all_same(s, &psa, &base);
    kea_sample_free(&psa);
    kea_sample_free(&base);
}

/* One draw with every price multiplied. Prices are the parameters with money in their unit. */
static void run_prices(scenario *s, double factor, kea_sample *sample)
{
    kea_design design = {0};
    kea_error err = {0};
    size_t n_prices = 0;
    assert_ok(kea_design_base(&design, &s->problem, 1, &err), err);
    assert_ok(kea_design_own_values(&design, &s->problem, &err), err);
    kea_problem_draw(&s->problem, 0, design.values);
    for (size_t i = 0; i < s->problem.n_entries; i++) {
        if (!strstr(s->problem.entries[i].decl->unit, s->model->frame->currency))
            continue;
        design.values[i] *= factor;
        n_prices++;
    }
    if (n_prices == 0)
        fail_msg("no parameter of the model %s has %s in its unit", s->model->name,
                 s->model->frame->currency);
    scenario_run(s, &design, 1, sample);
    kea_design_free(&design);
}

/* Twice the prices: twice the money, and everything without money in its unit as it was. Free of
 * charge: no money at all. */
static void ask_prices(scenario *s)
{
    kea_sample once = {0}, twice = {0}, never = {0};
    double money = 0;
    run_prices(s, 1, &once);
    run_prices(s, 2, &twice);
    run_prices(s, 0, &never);
    for (size_t arm = 0; arm < s->problem.n_strategies; arm++) {
        for (size_t k = 0; k < s->model->n_outcomes; k++) {
            const char *unit = s->model->outcomes[k].unit;
            bool is_money = strcmp(unit, s->model->frame->currency) == 0;
            for (int scope = 0; scope < KEA_N_SCOPES; scope++) {
                double x = value(&once, 0, arm, k, scope), y = value(&twice, 0, arm, k, scope);
                if (is_money) {
                    assert_near(y, 2 * x, 1e-12 * fabs(x));
                    assert_near(value(&never, 0, arm, k, scope), 0, 0);
                    money += fabs(x);
                } else if (!strstr(unit, s->model->frame->currency)) {
                    assert_near(y, x, 0);
                    assert_near(value(&never, 0, arm, k, scope), x, 0);
                }
            }
        }
    }
    assert_true(money > 0);
    kea_sample_free(&once);
    kea_sample_free(&twice);
    kea_sample_free(&never);
}

/* Without discounting discounted sums are the sums; the higher the rate, the smaller they are, and
 * the plain sums stay. */
static void ask_discounting(scenario *s)
{
    static const double rates[] = {0, 0.03, 0.08};
    enum { N = sizeof rates / sizeof rates[0] };
    kea_sample sample[N] = {{0}};
    for (size_t r = 0; r < N; r++) {
        s->problem.settings.discount_costs = rates[r];
        s->problem.settings.discount_effects = rates[r] / 2;
        kea_design design = {0};
        draws(s, 1, &design);
        scenario_run(s, &design, 1, &sample[r]);
        kea_design_free(&design);
    }
    for (size_t arm = 0; arm < s->problem.n_strategies; arm++) {
        for (size_t k = 0; k < s->model->n_outcomes; k++) {
            double total = value(&sample[0], 0, arm, k, KEA_SCOPE_TOTAL), before = fabs(total);
            assert_near(value(&sample[0], 0, arm, k, KEA_SCOPE_DISCOUNTED), total, 0);
            for (size_t r = 1; r < N; r++) {
                double now = fabs(value(&sample[r], 0, arm, k, KEA_SCOPE_DISCOUNTED));
                assert_true(now <= before);
                before = now;
                if (is_answer(s, k))
                    assert_near(value(&sample[r], 0, arm, k, KEA_SCOPE_TOTAL), total, 0);
            }
        }
        assert_true(kea_sample_cost(&sample[1], 0, arm, KEA_SCOPE_DISCOUNTED) <
                    kea_sample_cost(&sample[0], 0, arm, KEA_SCOPE_DISCOUNTED));
    }
    for (size_t r = 0; r < N; r++)
        kea_sample_free(&sample[r]);
}

/* Costs and effects are discounted each at their own rate. */
static void ask_own_rates(scenario *s)
{
    kea_sample both = {0}, costs = {0}, effects = {0};
    kea_sample *samples[] = {&both, &costs, &effects};
    for (size_t r = 0; r < 3; r++) {
        kea_design design = {0};
        s->problem.settings.discount_costs = r == 2 ? 0 : 0.05;
        s->problem.settings.discount_effects = r == 1 ? 0 : 0.02;
        draws(s, 1, &design);
        scenario_run(s, &design, 1, samples[r]);
        kea_design_free(&design);
    }
    for (size_t k = 0; k < s->model->n_outcomes; k++) {
        bool is_money = strcmp(s->model->outcomes[k].unit, s->model->frame->currency) == 0;
        if (is_answer(s, k))
            assert_near(value(is_money ? &costs : &effects, 0, 0, k, KEA_SCOPE_DISCOUNTED),
                        value(&both, 0, 0, k, KEA_SCOPE_DISCOUNTED), 0);
    }
    for (size_t r = 0; r < 3; r++)
        kea_sample_free(samples[r]);
}

static void test_same_strategies(void **state)
{
    (void)state;
    ask_scenarios(ask_same_strategies);
}

static void test_comparator(void **state)
{
    (void)state;
    ask_models(ask_comparator);
}

static void test_certain(void **state)
{
    (void)state;
    ask_models(ask_certain);
}

static void test_prices(void **state)
{
    (void)state;
    ask_models(ask_prices);
}

static void test_discounting(void **state)
{
    (void)state;
    ask_models(ask_discounting);
}

static void test_own_rates(void **state)
{
    (void)state;
    ask_models(ask_own_rates);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_strategies), cmocka_unit_test(test_comparator),
        cmocka_unit_test(test_certain),         cmocka_unit_test(test_prices),
        cmocka_unit_test(test_discounting),     cmocka_unit_test(test_own_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
