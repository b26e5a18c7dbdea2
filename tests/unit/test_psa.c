/* A sample from CSV files: right and wrong ones, what an export gives back, and analyses of a
 * sample that was read, against closed forms. */
#include "sim/analysis/psa.h"
#include "sim/report/export.h"
#include "sim/report/findings.h"
#include "tests/support/files.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

typedef struct csv_files {
    char folder[FILES_PATH];
    char costs[FILES_PATH], effects[FILES_PATH], parameters[FILES_PATH];
} csv_files;

static kea_psa_files files_of(const csv_files *files)
{
    return (kea_psa_files){.costs = files->costs,
                           .effects = files->effects,
                           .parameters = files->parameters,
                           .currency = "EUR"};
}

static void write_all(csv_files *files, const char *costs, const char *effects,
                      const char *parameters)
{
    files_open(files->folder);
    files_write(files->folder, "c.csv", costs, files->costs);
    files_write(files->folder, "e.csv", effects, files->effects);
    files_write(files->folder, "p.csv", parameters, files->parameters);
}

/* ---------------------------------------------------------------- reading */

static const char costs[] = "usual,\"new, better\",old\n10,20.5,3\n11,21,4\n12,1e2,5\n12,7,6\n";
static const char effects[] = "old,usual,\"new, better\"\n0.1,1,2\n0.2,3,4\n0.3,5,6\n0.4,7,8\n";
static const char params[] = "a,b\n1,5\n2,6\n1,5\n1,6\n";

static void test_read(void **state)
{
    (void)state;
    csv_files files;
    kea_psa psa;
    kea_error err = {0};
    write_all(&files, costs, effects, params);
    const kea_psa_files from = files_of(&files);
    assert_ok(kea_psa_read(&psa, &from, &err), err);
    assert_int_equal(psa.pairs.n_points, 4);
    assert_int_equal(psa.pairs.n_arms, 3);
    assert_string_equal(psa.arms[0].id, "usual");
    assert_string_equal(psa.arms[1].id, "new, better");
    /* columns of effects stand in another order than those of costs */
    assert_near(psa.pairs.cost[1], 20.5, 0);
    assert_near(psa.pairs.effect[1], 2, 0);
    assert_near(psa.pairs.effect[3 * 3 + 2], 0.4, 0);
    assert_int_equal(psa.n_params, 2);
    assert_near(psa.value[3], 6, 0);
    /* rows 1 and 3 have the same parameters: one draw lived through twice */
    assert_int_equal(psa.n_draws, 3);
    assert_int_equal(psa.draw[0], psa.draw[2]);
    assert_true(psa.draw[0] != psa.draw[1] && psa.draw[1] != psa.draw[3]);
    kea_psa_free(&psa);
    kea_psa_free(&psa);
    files_close(files.folder);
}

static void test_reference_and_direction(void **state)
{
    (void)state;
    csv_files files;
    kea_psa psa;
    kea_error err = {0};
    write_all(&files, costs, effects, params);
    kea_psa_files from = files_of(&files);
    from.reference = "old";
    from.less_is_better = true;
    from.parameters = NULL;
    assert_ok(kea_psa_read(&psa, &from, &err), err);
    assert_string_equal(psa.arms[0].id, "old");
    assert_string_equal(psa.arms[1].id, "usual");
    assert_near(psa.pairs.cost[0], 3, 0);
    assert_near(psa.pairs.effect[0], -0.1, 0);
    assert_near(psa.pairs.effect[2], -2, 0);
    assert_int_equal(psa.n_params, 0);
    assert_int_equal(psa.n_draws, 4);
    kea_psa_free(&psa);
    files_close(files.folder);
}

/* ---------------------------------------------------------------- bad samples */

typedef struct bad_sample {
    const char *costs, *effects, *parameters;
    const char *file; /* whose mistake it is: 'c', 'e' or 'p' and the rest of its name */
    int line;
    const char *text; /* "%s": the path of costs */
} bad_sample;

#define GOOD "a,b\n1,2\n3,4\n5,6\n"
#define GOOD_P "x,y\n1,2\n3,4\n5,5\n"

static const bad_sample bad[] = {
    {GOOD, "a,b\n1,2\n3\n5,6\n", GOOD_P, "e.csv", 3,
     "expected 2 cells as in the first line, found 1"},
    {"a,b\n1,2\n3,high\n5,6\n", GOOD, GOOD_P, "c.csv", 3,
     "b: expected a number, with a point for decimals, found \"high\""},
    {GOOD, "a,b\n1,2\n3,4\nNaN,6\n", GOOD_P, "e.csv", 4,
     "a: expected a number, with a point for decimals, found \"NaN\""},
    {GOOD, GOOD, "x,y\n1,2\nNA,4\n5,5\n", "p.csv", 3,
     "x: expected a number, with a point for decimals, found \"NA\""},
    {GOOD, GOOD, "x,y\n1,2\n3,1e999\n5,5\n", "p.csv", 3,
     "y: expected a number, with a point for decimals, found \"1e999\""},
    {"a,b\n1,2\n", "a,b\n1,2\n", "x,y\n1,2\n", "c.csv", 1,
     "1 row below the names; every row is a draw, and a sample has at least 2"},
    {"a\n1\n2\n", GOOD, GOOD_P, "c.csv", 1,
     "1 column; expected one for every strategy, and at least 2 of them (the reference may be one "
     "with costs and effects 0)"},
    {"a;b\n1;2\n3;4\n", GOOD, GOOD_P, "c.csv", 1,
     "the cells are not separated by commas; save the table as comma-separated values, with a "
     "point "
     "for decimals"},
    {GOOD, "a,b\n1,2\n3,4\n", GOOD_P, "e.csv", 3,
     "2 rows below the names, but %s has 3; the same draw must stand in the same row of both"},
    {GOOD, GOOD, GOOD_P "7,8\n", "p.csv", 5,
     "4 rows below the names, but %s has 3; the same draw must stand in the same row of both"},
    {GOOD, "a,c\n1,2\n3,4\n5,6\n", GOOD_P, "e.csv", 1,
     "unknown column 'c'; did you mean 'a'?; expected the columns a, b"},
    {GOOD, "a\n1\n2\n3\n", GOOD_P, "e.csv", 1, "the column 'b' is missing"},
    {GOOD, GOOD, "x,y\n1,2\n3,2\n5,2\n", "p.csv", 1,
     "y: is 2 in every row, so there is nothing to learn of it; take the column out"},
    {"\"\",a,b\n1,1,2\n2,3,4\n", GOOD, GOOD_P, "c.csv", 1,
     "column 1 has no name; the first line names every column"},
    {"a,a\n1,2\n3,4\n", GOOD, GOOD_P, "c.csv", 1, "two columns are named 'a'"},
};

static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        csv_files files;
        kea_psa psa;
        kea_error err = {0};
        char expected[1024];
        write_all(&files, bad[i].costs, bad[i].effects, bad[i].parameters);
        const kea_psa_files from = files_of(&files);
        assert_int_equal(kea_psa_read(&psa, &from, &err), KEA_ERR_INPUT);
        const char *hole = strstr(bad[i].text, "%s");
        if (hole)
            (void)snprintf(expected, sizeof expected, "%.*s%s%s", (int)(hole - bad[i].text),
                           bad[i].text, files.costs, hole + 2);
        else
            (void)snprintf(expected, sizeof expected, "%s", bad[i].text);
        assert_string_equal(err.text, expected);
        assert_int_equal(err.line, bad[i].line);
        assert_string_equal(strrchr(err.file, '/') + 1, bad[i].file);
        kea_psa_free(&psa);
        files_close(files.folder);
    }
}

static void test_bad_names(void **state)
{
    (void)state;
    csv_files files;
    kea_psa psa;
    kea_error err = {0};
    size_t index = 0;
    char expected[1024];
    write_all(&files, GOOD, GOOD, GOOD_P);
    kea_psa_files from = files_of(&files);
    from.reference = "c";
    assert_int_equal(kea_psa_read(&psa, &from, &err), KEA_ERR_INPUT);
    (void)snprintf(expected, sizeof expected,
                   "the reference 'c' is no strategy of %s, which has a, b", files.costs);
    assert_string_equal(err.text, expected);
    kea_psa_free(&psa);
    from.reference = NULL;
    assert_ok(kea_psa_read(&psa, &from, &err), err);
    assert_int_equal(kea_psa_find(&psa, "ploughing", &index, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "unknown parameter 'ploughing'; it is none of those that are "
                                  "uncertain in the sample");
    assert_ok(kea_psa_find(&psa, "y", &index, &err), err);
    assert_int_equal(index, 1);
    kea_psa_free(&psa);
    files_close(files.folder);
    assert_int_equal(kea_psa_read(&psa, &from, &err), KEA_ERR_IO);
    assert_string_equal(err.file, files.costs);
    assert_string_equal(err.text, "the costs cannot be read: No such file or directory");
    kea_psa_free(&psa);
}

/* ---------------------------------------------------------------- export and analysis */

/* Makes a sample of one strategy against none, with net benefit = effect at 1 and no costs. */
static void make_sample(kea_psa *psa, size_t n, size_t k, const double *value,
                        const double *benefit)
{
    kea_error err = {0};
    char name[16];
    assert_ok(kea_psa_init(psa, n, 2, k, &err), err);
    assert_ok(kea_psa_keep(psa, "none", &psa->arms[0].id, &err), err);
    assert_ok(kea_psa_keep(psa, "treat, \"early\"", &psa->arms[1].id, &err), err);
    for (size_t p = 0; p < k; p++) {
        (void)snprintf(name, sizeof name, "p%zu", p + 1);
        assert_ok(kea_psa_keep(psa, name, &psa->params[p], &err), err);
    }
    for (size_t i = 0; i < n * k; i++)
        psa->value[i] = value[i];
    for (size_t i = 0; i < n; i++) {
        psa->pairs.cost[2 * i] = -1.0 / 3.0;
        psa->pairs.cost[2 * i + 1] = -1.0 / 3.0;
        psa->pairs.effect[2 * i + 1] = benefit[2 * i + 1];
    }
}

/* Writes a sample and reads it again: the very same numbers. */
static void export_and_read(kea_psa *back, const kea_psa *psa)
{
    csv_files files;
    kea_error err = {0};
    write_all(&files, "", "", "");
    const kea_psa_files from = files_of(&files);
    assert_ok(kea_export_save(psa, KEA_EXPORT_COSTS, files.costs, &err), err);
    assert_ok(kea_export_save(psa, KEA_EXPORT_EFFECTS, files.effects, &err), err);
    assert_ok(kea_export_save(psa, KEA_EXPORT_PARAMETERS, files.parameters, &err), err);
    assert_ok(kea_psa_read(back, &from, &err), err);
    const size_t n = psa->pairs.n_points;
    assert_int_equal(back->pairs.n_points, n);
    assert_memory_equal(back->pairs.cost, psa->pairs.cost, 2 * n * sizeof(double));
    assert_memory_equal(back->pairs.effect, psa->pairs.effect, 2 * n * sizeof(double));
    assert_memory_equal(back->value, psa->value, n * psa->n_params * sizeof(double));
    assert_string_equal(back->arms[1].id, psa->arms[1].id);
    files_close(files.folder);
}

static const double amounts[] = {0.5, 1.0, 2.0};

static kea_findings_options options_of(void)
{
    return (kea_findings_options){.wtp = 1.0,
                                  .n_amounts = 3,
                                  .amounts = amounts,
                                  .evppi = true,
                                  .target = (double)NAN,
                                  .seed = 3,
                                  .source = "test"};
}

enum { N = 4000 };
static double value[2 * N], benefit[2 * N];

/* The toy problems of the voi package, through files and back. */
static void test_toys(void **state)
{
    (void)state;
    const size_t both[] = {0, 1};
    for (size_t t = 0; t < GAUSSIAN_TOYS; t++) {
        const gaussian_toy *toy = &gaussian_toys[t];
        kea_psa made, psa;
        kea_findings f;
        kea_error err = {0};
        gaussian_toy_draw(toy, 700 + t, N, value, benefit);
        make_sample(&made, N, 2, value, benefit);
        export_and_read(&psa, &made);
        assert_ok(kea_psa_add_set(&psa, "both", "both", 2, both, &err), err);
        const kea_findings_options options = options_of();
        assert_ok(kea_findings_init(&f, &psa, &options, &err), err);
        assert_int_equal(f.n_sets, 3);
        assert_near(f.evpi.value, toy->evpi, 4.9 * f.evpi.error);
        assert_near(f.evppi[0].value, toy->evppi1, 4.9 * f.evppi[0].error + 1e-9);
        assert_near(f.evppi[1].value, toy->evppi2, 4.9 * f.evppi[1].error);
        assert_near(f.evppi[2].value, toy->evpi, 4.9 * f.evppi[2].error);
        /* the order is by value: both together are worth most */
        assert_int_equal(f.order[0], 2);
        assert_true(f.evppi[f.order[1]].value >= f.evppi[f.order[2]].value);
        kea_findings_free(&f);
        kea_psa_free(&psa);
        kea_psa_free(&made);
    }
}

/* 19 normal parameters with pairwise correlation 1/2 and a net benefit that is their weighted sum:
 * E(net benefit | p_k) is normal around 0 with SD |covariance with p_k|. */
static void test_nineteen(void **state)
{
    (void)state;
    enum { K = 19, MANY = 20000 };
    double *x = calloc((size_t)K * MANY, sizeof(double));
    double *y = calloc((size_t)2 * MANY, sizeof(double));
    double weight[K], sum = 0.0;
    kea_psa made, psa;
    kea_findings f;
    kea_error err = {0};
    assert_true(x && y);
    for (size_t k = 0; k < K; k++) {
        weight[k] = 1.0 + 0.5 * (double)k;
        sum += weight[k];
    }
    for (size_t i = 0; i < MANY; i++)
        for (size_t k = 0; k < K; k++) {
            x[i * K + k] = sqrt(0.5) * (gaussian_number(19, i, K) + gaussian_number(19, i, k));
            y[2 * i + 1] += weight[k] * x[i * K + k];
        }
    make_sample(&made, MANY, K, x, y);
    export_and_read(&psa, &made);
    const kea_findings_options options = options_of();
    assert_ok(kea_findings_init(&f, &psa, &options, &err), err);
    for (size_t k = 0; k < K; k++) {
        const double exact = gaussian_value(0.0, 0.5 * weight[k] + 0.5 * sum);
        assert_near(f.evppi[k].value, exact, 4.9 * f.evppi[k].error);
        assert_near(f.evppi[k].value, exact, 0.05 * exact);
    }
    kea_findings_free(&f);
    kea_psa_free(&psa);
    kea_psa_free(&made);
    free(x);
    free(y);
}

/* Three draws of two cohorts each: hand arithmetic of the analysis of variance. */
static void test_cohorts(void **state)
{
    (void)state;
    const double x[] = {1, 1, 2, 2, 3, 3};
    const double y[] = {0, 1, 0, 3, 0, 5, 0, 7, 0, 12, 0, 14};
    kea_psa psa;
    kea_findings f;
    kea_error err = {0};
    make_sample(&psa, 6, 1, x, y);
    assert_ok(kea_psa_find_draws(&psa, &err), err);
    assert_int_equal(psa.n_draws, 3);
    kea_findings_options options = options_of();
    options.evppi = false;
    options.target = 0.5;
    assert_ok(kea_findings_init(&f, &psa, &options, &err), err);
    /* draw means 2, 6, 13 around 7: between = 2 (25 + 1 + 36) / 2 = 62; within = 6 / 3 = 2 */
    assert_near(f.spread[1].mean, 7, 1e-12);
    assert_near(f.spread[1].noise, sqrt(2), 1e-12);
    assert_near(f.spread[1].parameters, sqrt(30), 1e-12);
    assert_near(f.spread[1].error, sqrt(31.0 / 3), 1e-12);
    /* (30 + 2) / 0.25 */
    assert_near(f.spread[1].draws, 128, 0);
    kea_findings_free(&f);
    kea_findings_free(&f);
    kea_psa_free(&psa);
}

/* What a regression cannot do ends in its message. */
static void test_refused(void **state)
{
    (void)state;
    enum { FEW = 60 };
    const size_t both[] = {0, 1};
    double x[2 * FEW];
    kea_psa psa;
    kea_findings f;
    kea_error err = {0};
    gaussian_toy_draw(&gaussian_toys[0], 9, FEW, x, benefit);
    for (size_t i = 0; i < FEW; i++)
        x[2 * i + 1] = 1.0 - 2.0 * x[2 * i];
    make_sample(&psa, FEW, 2, x, benefit);
    const kea_findings_options options = options_of();
    /* alone each can be valued; coefficients of both cannot be told apart, and it says so */
    assert_ok(kea_findings_init(&f, &psa, &options, &err), err);
    assert_null(f.coefficients);
    assert_non_null(strstr(f.why_not, "number 2 follows from those before it"));
    kea_findings_free(&f);
    assert_ok(kea_psa_add_set(&psa, "both", "both", 2, both, &err), err);
    assert_int_equal(kea_findings_init(&f, &psa, &options, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "parameter \"p2\" is a linear function of those before it in the "
                                  "set (\"p1\"); leave one of them out");
    kea_findings_free(&f);
    kea_psa_free(&psa);
    make_sample(&psa, 8, 2, x, benefit);
    assert_int_equal(kea_findings_init(&f, &psa, &options, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "needs more draws than that; the sample has 8"));
    kea_findings_free(&f);
    kea_psa_free(&psa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),    cmocka_unit_test(test_reference_and_direction),
        cmocka_unit_test(test_bad),     cmocka_unit_test(test_bad_names),
        cmocka_unit_test(test_toys),    cmocka_unit_test(test_nineteen),
        cmocka_unit_test(test_cohorts), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
