/* Contributions that buy hours, through the model: what is paid is the money, draw by draw, and
 * positions add up. Friesland in a small school, nothing discounted. */
#include "sim/report/planner.h"
#include "tests/support/scenario.h"

enum { DRAWS = 4, PLACES = 400 };
static const double asked[] = {15, 60};

typedef struct fixture {
    scenario s;
    kea_planner planner;
    kea_design design;
    size_t budget;
    /* of every draw and arm, what the samples say */
    double students[DRAWS][KEA_CONTRIBUTION_LEVELS], costs[DRAWS][KEA_CONTRIBUTION_LEVELS];
    double in_vain[DRAWS][KEA_CONTRIBUTION_LEVELS]; /* of those who left the queue */
} fixture;
static fixture f;

static kea_status take(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    size_t students = 0, vain = 0, started = 0;
    (void)context;
    assert_true(kea_sample_find(block, "students", &students));
    assert_true(kea_sample_find(block, "abandoned", &vain));
    assert_true(kea_sample_find(block, "started", &started));
    for (size_t i = 0; i < block->n_points; i++)
        for (size_t arm = 0; arm < block->n_arms; arm++) {
            f.students[first + i][arm] = *kea_sample_at(block, i, arm, students, KEA_SCOPE_TOTAL);
            double left = *kea_sample_at(block, i, arm, vain, KEA_SCOPE_WINDOW);
            f.in_vain[first + i][arm] =
                left / (left + *kea_sample_at(block, i, arm, started, KEA_SCOPE_WINDOW));
            f.costs[first + i][arm] = 0;
            for (size_t o = 0; o < block->n_outcomes; o++)
                if (block->outcomes[o].category)
                    f.costs[first + i][arm] += *kea_sample_at(block, i, arm, o, KEA_SCOPE_TOTAL);
        }
    return kea_planner_take(&f.planner, first, block, err);
}

/* The planner of Friesland with what others add. */
static void plan(kea_others others)
{
    static const char *const set[] = {"students=400", "run.discount_costs=0",
                                      "run.discount_effects=0",
                                      "school_als_werkplaats.hours_budget=1"};
    kea_error err = {0};
    kea_arm arms[KEA_CONTRIBUTION_LEVELS];
    kea_planner_plan p = {.strategy = 1, .wtp = 50000, .probability = .8, .up_to = 150};
    f = (fixture){0};
    scenario_open(&f.s, "friesland.cfg", 3, set);
    f.s.model->supply(f.s.values[1], &p.terms.today);
    scenario_close(&f.s);
    scenario_open(&f.s, "friesland.cfg", 4, set);
    assert_true(kea_problem_find(&f.s.problem, "school_als_werkplaats.hours_budget", &f.budget));
    p.problem = &f.s.problem;
    p.frame = f.s.model->frame;
    p.outcomes = f.s.model->outcomes;
    p.n_outcomes = f.s.model->n_outcomes;
    p.terms.n_payers = f.s.problem.params.n_payers;
    p.terms.payer = 1; /* municipality */
    p.terms.people = p.terms.today.contributors;
    p.terms.others = others;
    p.n_asked = 2;
    memcpy(p.asked, asked, sizeof asked);
    p.n_points = DRAWS;
    assert_ok(kea_planner_init(&f.planner, &p, &err), err);
    arms[0] = (kea_arm){f.s.problem.strategies[0], 0, KEA_NO_ENTRY, 1, KEA_EVERYBODY};
    for (size_t k = 0; k < f.planner.n_levels; k++)
        if (f.planner.arm[k] > 0)
            arms[f.planner.arm[k]] = (kea_arm){f.s.problem.strategies[1], 1, f.budget,
                                               f.planner.money[k] / PLACES, KEA_EVERYBODY};
    assert_ok(
        kea_design_arms(&f.design, &f.s.problem, "planner", DRAWS, f.planner.n_arms, arms, &err),
        err);
    const kea_run_options options = {.threads = 1, .by_period = true};
    assert_ok(kea_run_blocks(f.s.model, &f.s.problem, &f.design, &options, 0, take, NULL, &err),
              err);
}

static void done(void)
{
    kea_planner_free(&f.planner);
    kea_design_free(&f.design);
    scenario_close(&f.s);
}

static size_t level_of(double contribution)
{
    for (size_t k = 0; k < f.planner.n_levels; k++)
        if (fabs(f.planner.level[k] - contribution) < 1e-9)
            return k;
    fail_msg("there is no level of %g", contribution);
    return 0;
}

static size_t who(const char *key)
{
    for (size_t w = 0; w < f.planner.n_who; w++)
        if (strcmp(f.planner.who[w].key, key) == 0)
            return w;
    fail_msg("there is no %s", key);
    return 0;
}

static double value(size_t quantity, size_t level, size_t draw)
{
    return kea_planner_at(&f.planner, quantity, level)[draw];
}

/* Positions of payers sum to minus all extra costs, those of public payers to the public purse. */
static void assert_sums(size_t level, size_t draw)
{
    size_t n = f.planner.n_who - 2;
    double all = 0, public = 0, paid = 0;
    double costs = f.costs[draw][f.planner.arm[level]] - f.costs[draw][0];
    for (size_t w = 0; w < n; w++) {
        all += value(KEA_PLANNER_NET + w, level, draw);
        paid += value(KEA_PLANNER_PAID + w, level, draw);
        if (strcmp(f.planner.who[w].key, "society") != 0)
        public += value(KEA_PLANNER_NET + w, level, draw);
    }
    assert_near(all, -costs, 1e-9 * fabs(f.costs[draw][0]));
    assert_near(value(KEA_PLANNER_NET + n, level, draw), public, 1e-6);
    assert_near(value(KEA_PLANNER_PAID + n, level, draw), paid, 1e-6);
}

/* All the money is the contribution: EUR 15 for each of 10,000 / 7,700 students in scope, in every
 * draw, and nobody else pays. It is the 13 percent of today's cost that is published. */
static void test_all_the_money(void **state)
{
    (void)state;
    plan(KEA_OTHERS_NONE);
    const kea_contribution_terms *terms = &f.planner.plan.terms;
    size_t levy = level_of(15);
    double paid[KEA_MAX_PAYERS];
    double today = kea_contribution_paid(terms, f.planner.today, paid);
    assert_near(kea_contribution_today(terms), 15, .001);
    assert_near(f.planner.money[levy] / today, .13, .005);
    assert_near(terms->today.hours, 400. * PLACES / 7700, 1e-9);
    for (size_t i = 0; i < DRAWS; i++) {
        for (size_t k = 0; k < f.planner.n_levels; k++) {
            double students = f.students[i][f.planner.arm[k]];
            double money = f.planner.level[k] * 10000 / 7700 * students;
            assert_near(value(KEA_PLANNER_PAID + who("municipality"), k, i), money,
                        1e-9 * (1 + money));
            assert_true(value(KEA_PLANNER_PAID + who("school"), k, i) == 0.0);
            assert_true(value(KEA_PLANNER_PAID + who("insurer"), k, i) == 0.0);
            assert_sums(k, i);
        }
        /* nothing contributed is the comparator, to the last bit */
        for (size_t w = 0; w < f.planner.n_who; w++)
            assert_true(value(KEA_PLANNER_NET + w, 0, i) == 0.0);
        assert_true(value(KEA_PLANNER_COST, 0, i) == 0.0 && value(KEA_PLANNER_EFFECT, 0, i) == 0.0);
    }
    done();
}

/* Others pay in proportion: at any contribution municipalities pay what they pay of the cost today;
 * others pay what they pay: their money is there without any contribution. */
static void test_others_pay(void **state)
{
    double share[2][3];
    (void)state;
    for (int fixed = 0; fixed < 2; fixed++) {
        plan(fixed ? KEA_OTHERS_FIXED : KEA_OTHERS_MATCH);
        size_t town = who("municipality"), school = who("school");
        size_t levels[] = {0, level_of(15), level_of(60)};
        for (size_t l = 0; l < 3; l++) {
            double all = value(KEA_PLANNER_PAID + f.planner.n_who - 2, levels[l], 1);
            share[fixed][l] = all > 0 ? value(KEA_PLANNER_PAID + town, levels[l], 1) / all : 0;
            assert_sums(levels[l], 1);
            if (fixed) /* a third of what today costs for each of the students */
                assert_near(value(KEA_PLANNER_PAID + school, levels[l], 1) /
                                f.students[1][f.planner.arm[levels[l]]],
                            f.planner.plan.terms.today.paid.payer[0] / PLACES, 1e-6);
        }
        done();
    }
    assert_near(share[0][0], 0, 0);
    assert_near(share[0][1], 1. / 3, 1e-6);
    assert_near(share[0][2], 1. / 3, 1e-6);
    assert_near(share[1][1], 1. / 3, 1e-4); /* EUR 15 is today's to a hair */
    assert_true(share[1][0] < share[1][1] && share[1][1] < share[1][2]);
}

/* The cell of a column in the row of a level. */
static const kea_cell *cell_of(const kea_table *table, size_t level, const char *column)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, column) == 0)
            return &table->cells[level * table->n_columns + c];
    fail_msg("there is no column %s", column);
    return NULL;
}

/* A team too small for those who queue: the share that waited in vain is that of the cases counted,
 * falls when there are more hours, and the reader is told what it means for the referrals. */
static void test_waited_in_vain(void **state)
{
    kea_table table;
    kea_error err = {0};
    (void)state;
    plan(KEA_OTHERS_NONE);
    size_t few = level_of(15), more = level_of(60);
    assert_ok(kea_planner_buys(&table, &f.planner, &err), err);
    double share = 0;
    for (size_t i = 0; i < DRAWS; i++)
        share += f.in_vain[i][f.planner.arm[few]] / DRAWS;
    assert_near(cell_of(&table, few, "waited_in_vain_share")->number, share, 1e-12);
    assert_true(share > cell_of(&table, more, "waited_in_vain_share")->number);
    assert_non_null(strstr(table.note, "Waited in vain: "));
    kea_table_free(&table);
    done();
}

/* Cheaper, or without effect: a cost per early leaver prevented would mislead. */
static void test_no_ratio_of_a_saving(void **state)
{
    kea_table table;
    kea_error err = {0};
    (void)state;
    plan(KEA_OTHERS_NONE);
    size_t few = level_of(15), more = level_of(60);
    for (size_t i = 0; i < DRAWS; i++) {
        kea_planner_at(&f.planner, KEA_PLANNER_COST, few)[i] = -1000. - (double)i;
        kea_planner_at(&f.planner, KEA_PLANNER_EFFECT, few)[i] = -.5;
        kea_planner_at(&f.planner, KEA_PLANNER_COST, more)[i] = 5000.;
        kea_planner_at(&f.planner, KEA_PLANNER_EFFECT, more)[i] = .25;
    }
    assert_ok(kea_planner_brings(&table, &f.planner, &err), err);
    assert_true(isnan(cell_of(&table, few, "cost_per_gained_eur")->number));
    assert_near(cell_of(&table, more, "cost_per_gained_eur")->number, 20000, 1e-9);
    kea_table_free(&table);
    done();
}

/* A draw that is best at the largest contribution tried might be better still with more. */
static void test_best_or_more(void **state)
{
    char *text = NULL;
    size_t size = 0;
    kea_error err = {0};
    FILE *out = open_memstream(&text, &size);
    (void)state;
    plan(KEA_OTHERS_NONE);
    assert_non_null(out);
    for (size_t k = 0; k < f.planner.n_levels; k++)
        for (size_t i = 0; i < DRAWS; i++)
            kea_planner_at(&f.planner, KEA_PLANNER_BENEFIT, k)[i] =
                i == 0 ? -f.planner.level[k] : f.planner.level[k];
    assert_ok(kea_planner_write(out, &f.planner, &err), err);
    assert_int_equal(fclose(out), 0);
    for (char *c = text; (c = strpbrk(c, "\n\xc2\xa0")) != NULL;)
        *c = ' '; /* lines are broken anywhere, amounts hold spaces that are not */
    assert_non_null(strstr(text, "150 or more in 95% of draws"));
    free(text);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waited_in_vain), cmocka_unit_test(test_no_ratio_of_a_saving),
        cmocka_unit_test(test_best_or_more), cmocka_unit_test(test_all_the_money),
        cmocka_unit_test(test_others_pay)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
