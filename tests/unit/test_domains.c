/* The joint distribution of problem domains of models/mbo/domains against closed forms and against
 * adaptive quadrature. */
#include "tests/support/support.h"

#include "models/mbo/domains.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <string.h>

/* As published; see scenarios/. */
static const double SHARES[MBO_DOMAINS] = {.50, .36, .35, .25, .22, .15, .15, .15, .12, .08, .03};
static const double CORRELATION = .2;
static const double THREE_OR_MORE = .3712, THREE_OR_MORE_RAISED = .4794;

static mbo_domains *table_of(const double *share, double correlation)
{
    static mbo_domains table;
    kea_error err = {0};
    table.ready = 0;
    assert_ok(mbo_domains_init(&table, share, correlation, &err), err);
    return &table;
}

static double probability(const mbo_domains *table, int set)
{
    return table->upto[set] - (set > 0 ? table->upto[set - 1] : 0.0);
}

static int size_of(int set)
{
    int n = 0;
    for (; set; set >>= 1)
        n += set & 1;
    return n;
}

static double marginal(const mbo_domains *table, int domain)
{
    double sum = 0.0;
    for (int set = 0; set < MBO_DOMAIN_SETS; set++)
        sum += set >> domain & 1 ? probability(table, set) : 0.0;
    return sum;
}

/* P(at least n domains). */
static double at_least(const mbo_domains *table, int n)
{
    double sum = 0.0;
    for (int set = 0; set < MBO_DOMAIN_SETS; set++)
        sum += size_of(set) >= n ? probability(table, set) : 0.0;
    return sum;
}

static void assert_distribution(const mbo_domains *table)
{
    assert_true(table->upto[0] == 0.0); /* never empty */
    for (int set = 1; set < MBO_DOMAIN_SETS; set++)
        assert_true(table->upto[set] >= table->upto[set - 1]);
    assert_true(table->upto[MBO_DOMAIN_SETS - 1] == 1.0);
}

static void test_marginals(void **state)
{
    static const double correlations[] = {0, .1, .2, .4, .6, .8};
    (void)state;
    for (size_t i = 0; i < sizeof correlations / sizeof correlations[0]; i++) {
        const mbo_domains *table = table_of(SHARES, correlations[i]);
        assert_distribution(table);
        for (int d = 0; d < MBO_DOMAINS; d++)
            assert_near(marginal(table, d), SHARES[d], 1e-4);
    }
}

/* Domains go together: P(three or more) by a separate fine quadrature, for the shares as they are
 * and for the last eight raised until nearly half of the cases touch three or more, as one school
 * counted. */
static void test_three_or_more(void **state)
{
    static const double raised[MBO_DOMAINS] = {.50,  .36,  .35, .34, .30, .205,
                                               .205, .205, .16, .11, .04};
    (void)state;
    assert_near(at_least(table_of(SHARES, CORRELATION), 3), THREE_OR_MORE, 1e-4);
    assert_near(at_least(table_of(raised, CORRELATION), 3), THREE_OR_MORE_RAISED, 1e-4);
}

/* Independent domains: x = P(at least one) solves prod(1 - share x) = 1 - x, and a set has the
 * product of its parts over x. With equal shares s only the size matters. */
static void test_independent(void **state)
{
    const mbo_domains *table = table_of(SHARES, 0.0);
    double x = 1.0;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        double none = 1.0;
        for (int d = 0; d < MBO_DOMAINS; d++)
            none *= 1.0 - SHARES[d] * x;
        x = 1.0 - none;
    }
    assert_true(x > .5 && x < 1.0);
    for (int set = 1; set < MBO_DOMAIN_SETS; set++) {
        double expected = 1.0 / x;
        for (int d = 0; d < MBO_DOMAINS; d++)
            expected *= set >> d & 1 ? SHARES[d] * x : 1.0 - SHARES[d] * x;
        assert_near(probability(table, set), expected, 1e-12);
    }
}

/* --- the copula itself, by another road ------------------------------------------------------- */

typedef struct {
    double cutoff[MBO_DOMAINS];
    double correlation;
    int set; /* all of these, the others do not matter */
} copula;

/* The normal density of the common factor times P(all of the set | factor). */
static double all_at(double factor, void *data)
{
    const copula *c = data;
    double all = gsl_ran_ugaussian_pdf(factor);
    for (int d = 0; d < MBO_DOMAINS; d++)
        if (c->set >> d & 1)
            all *= gsl_cdf_ugaussian_P((c->cutoff[d] - sqrt(c->correlation) * factor) /
                                       sqrt(1.0 - c->correlation));
    return all;
}

static double all_of(copula *c, int set)
{
    double result = 0.0, error = 0.0;
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    gsl_function f = {all_at, c};
    c->set = set;
    assert_int_equal(
        gsl_integration_qag(&f, -9, 9, 1e-12, 0, 200, GSL_INTEG_GAUSS31, space, &result, &error),
        0);
    gsl_integration_workspace_free(space);
    return result;
}

/* P(at least one), from the probabilities of all subsets (inclusion and exclusion). */
static double some_of(copula *c)
{
    double sum = 0.0;
    for (int set = 1; set < MBO_DOMAIN_SETS; set++)
        sum += (size_of(set) % 2 ? 1.0 : -1.0) * all_of(c, set);
    return sum;
}

/* Given prevalences before conditioning, the shares among cases follow; from these shares the table
 * must give back the probability of every pair and triple of the first domains. */
static void test_copula(void **state)
{
    static const double before[MBO_DOMAINS] = {.4, .3, .28, .2, .17, .1, .11, .12, .09, .06, .02};
    copula c = {.correlation = .3};
    double share[MBO_DOMAINS];
    (void)state;
    for (int d = 0; d < MBO_DOMAINS; d++)
        c.cutoff[d] = gsl_cdf_ugaussian_Pinv(before[d]);
    double some = some_of(&c);
    for (int d = 0; d < MBO_DOMAINS; d++)
        share[d] = before[d] / some;
    const mbo_domains *table = table_of(share, c.correlation);
    for (int wanted = 1; wanted < 64; wanted++) {
        double sum = 0.0;
        for (int set = wanted; set < MBO_DOMAIN_SETS; set++)
            sum += (set & wanted) == wanted ? probability(table, set) : 0.0;
        assert_near(sum, all_of(&c, wanted) / some, 2e-4);
    }
}

/* More correlation: the same shares on fewer cases with more domains each, and more with one. */
static void test_correlation_spreads(void **state)
{
    (void)state;
    double independent = at_least(table_of(SHARES, 0.0), 5);
    double correlated = at_least(table_of(SHARES, .5), 5);
    assert_true(correlated > independent * 1.2);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void test_draw(void **state)
{
    enum { N = 1 << 20 };
    static int count[MBO_DOMAIN_SETS];
    const mbo_domains *table = table_of(SHARES, CORRELATION);
    (void)state;
    memset(count, 0, sizeof count);
    for (int i = 0; i < N; i++)
        count[mbo_domains_draw(table, (i + .5) / N)]++;
    assert_int_equal(count[0], 0);
    /* an even comb of uniforms meets every interval, give or take one at each end */
    for (int set = 1; set < MBO_DOMAIN_SETS; set++)
        assert_near(count[set], N * probability(table, set), 1.0 + 1e-6);
}

/* The smallest and the largest uniform that there are, and the ends of the guide's cells. */
static void test_draw_at_the_ends(void **state)
{
    const mbo_domains *table = table_of(SHARES, CORRELATION);
    (void)state;
    assert_int_equal(mbo_domains_draw(table, 0x1p-53), 1);
    assert_int_equal(mbo_domains_draw(table, 1.0 - 0x1p-53), MBO_DOMAIN_SETS - 1);
    for (int cell = 1; cell < MBO_DOMAIN_SETS; cell++)
        for (int side = -1; side <= 1; side++) {
            double u = (double)cell / MBO_DOMAIN_SETS + side * 0x1p-53;
            int set = (int)mbo_domains_draw(table, u);
            assert_true(set >= 1 && table->upto[set] >= u && table->upto[set - 1] <= u);
        }
}

/* --- tables kept and refused ------------------------------------------------------------------ */

static void test_kept(void **state)
{
    static mbo_domains table;
    kea_error err = {0};
    (void)state;
    assert_ok(mbo_domains_init(&table, SHARES, CORRELATION, &err), err);
    double kept = table.upto[1000];
    table.upto[1000] = -1.0; /* a mark */
    assert_ok(mbo_domains_init(&table, SHARES, CORRELATION, &err), err);
    assert_true(table.upto[1000] == -1.0);
    assert_ok(mbo_domains_init(&table, SHARES, .25, &err), err);
    assert_true(table.upto[1000] > 0.0 && table.upto[1000] != kept);
    assert_ok(mbo_domains_init(&table, SHARES, CORRELATION, &err), err);
    assert_true(table.upto[1000] == kept);
}

static void test_too_small(void **state)
{
    static mbo_domains table;
    double share[MBO_DOMAINS];
    kea_error err = {0};
    (void)state;
    for (int d = 0; d < MBO_DOMAINS; d++)
        share[d] = .08; /* .88 domains per case, but at least one each */
    assert_ok(mbo_domains_init(&table, SHARES, CORRELATION, &err), err);
    assert_int_equal(mbo_domains_init(&table, share, CORRELATION, &err), KEA_ERR_INPUT);
    assert_int_equal(err.code, KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "domain_share"));
    assert_false(table.ready);
    /* asked again it is refused again, and a good table can follow */
    assert_int_equal(mbo_domains_init(&table, share, CORRELATION, &err), KEA_ERR_INPUT);
    assert_ok(mbo_domains_init(&table, SHARES, CORRELATION, &err), err);
    assert_distribution(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_marginals),
                                       cmocka_unit_test(test_three_or_more),
                                       cmocka_unit_test(test_independent),
                                       cmocka_unit_test(test_copula),
                                       cmocka_unit_test(test_correlation_spreads),
                                       cmocka_unit_test(test_draw),
                                       cmocka_unit_test(test_draw_at_the_ends),
                                       cmocka_unit_test(test_kept),
                                       cmocka_unit_test(test_too_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
