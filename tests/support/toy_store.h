/* What the tests of the result database share: a folder, a toy run with made-up results, and the
 * sqlite3 program. */
#ifndef KEA_TESTS_TOY_STORE_H
#define KEA_TESTS_TOY_STORE_H

#include "sim/store/record.h"
#include "sim/store/store.h"
#include "tests/support/support.h"
#include "tests/support/toy.h"
#include "tests/support/toy_correlate.h"
#include "tests/support/toy_frame.h"

#include <stdio.h>
#include <unistd.h>

static const kea_store_info info = {"1.2.3", "2026-01-31T12:00:00Z", outcomes, N_OUTCOMES,
                                    &toy_frame};

/* A folder of the test's own, with the path of a database in it. */
typedef struct place {
    char folder[256];
    char path[300];
} place;

static inline void make_place(place *where)
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(where->folder, sizeof where->folder, "%.200s/kea_store_XXXXXX",
                   base && *base ? base : "/tmp");
    assert_non_null(mkdtemp(where->folder));
    (void)snprintf(where->path, sizeof where->path, "%s/results.sqlite", where->folder);
}

static inline void remove_place(const place *where)
{
    char journal[320];
    (void)snprintf(journal, sizeof journal, "%s-journal", where->path);
    (void)remove(journal);
    (void)remove(where->path);
    assert_int_equal(rmdir(where->folder), 0);
}

/* Numbers that are all different: point, arm, outcome and scope can be read off. */
static inline double number_of(size_t point, size_t arm, size_t outcome, size_t scope)
{
    return 1000.0 * (double)point + 100.0 * (double)arm * (double)(arm + 1) +
           10.0 * (double)outcome + (double)scope + 1.0 / 3;
}

static inline void fill_sample(kea_sample *sample, const kea_design *design)
{
    assert_int_equal(
        kea_sample_init(sample, design->n_points, design->n_arms, N_OUTCOMES, outcomes, NULL),
        KEA_OK);
    for (size_t p = 0; p < design->n_points; p++)
        for (size_t a = 0; a < design->n_arms; a++)
            for (size_t k = 0; k < N_OUTCOMES; k++)
                for (size_t s = 0; s < KEA_N_SCOPES; s++)
                    *kea_sample_at(sample, p, a, k, (kea_scope)s) = number_of(p, a, k, s);
    if (strcmp(design->name, "base") != 0 && strcmp(design->name, "psa") != 0)
        return;
    assert_int_equal(kea_sample_keep_periods(sample, 2, NULL), KEA_OK);
    for (size_t p = 0; p < design->n_points; p++)
        for (size_t a = 0; a < design->n_arms; a++)
            for (size_t k = 0; k < N_OUTCOMES; k++)
                for (size_t y = 0; y < 2; y++)
                    kea_sample_periods(sample, p, a, k)[y] = number_of(p, a, k, 4 + y);
}

/* Adds the made-up results of points first .. end - 1, `step` at a time, with those of 2 school
 * years in designs "base" and "psa". */
static inline kea_status add_points(kea_store *store, const kea_problem *problem,
                                    const kea_design *design, size_t first, size_t end, size_t step,
                                    kea_error *err)
{
    kea_status status = KEA_OK;
    kea_sample all, block = {0};
    size_t values = design->n_arms * N_OUTCOMES;
    fill_sample(&all, design);
    block = all;
    for (; first < end && status == KEA_OK; first += step) {
        block.n_points = first + step < end ? step : end - first;
        block.value = all.value + first * values * KEA_N_SCOPES;
        block.period = all.period + first * values * all.n_periods;
        status = kea_store_add(store, problem, design, first, &block, err);
    }
    kea_sample_free(&all);
    return status;
}

/* Writes a design with made-up results, in blocks of 2 points, and frees it. */
static inline void write_design(kea_store *store, const kea_problem *problem, kea_design *design)
{
    kea_error err = {0};
    size_t n = 1;
    assert_ok(kea_store_begin(store, design, &n, &err), err);
    assert_int_equal(n, 0);
    assert_ok(add_points(store, problem, design, 0, design->n_points, 2, &err), err);
    assert_ok(kea_store_commit(store, &err), err);
    kea_design_free(design);
}

static inline void assert_same_results(const kea_record_design *found, const kea_design *design)
{
    assert_non_null(found);
    assert_int_equal(found->design.n_groups, design->n_groups);
    assert_int_equal(found->design.kind, design->kind);
    assert_int_equal(found->design.sweep, design->sweep);
    assert_int_equal(found->design.n_arms, design->n_arms);
    assert_int_equal(found->design.n_points, design->n_points);
    for (size_t i = 0; i < design->n_arms; i++) {
        assert_int_equal(found->design.arms[i].care, design->arms[i].care);
        assert_int_equal(found->design.arms[i].strategy, design->arms[i].strategy);
        assert_int_equal(found->design.arms[i].entry, design->arms[i].entry);
        assert_near(found->design.arms[i].factor, design->arms[i].factor, 0);
        assert_int_equal(found->design.arms[i].subgroup, design->arms[i].subgroup);
    }
    assert_int_equal(found->design.drawn, design->drawn);
    for (size_t i = 0; i < design->n_points; i++) {
        const kea_point a = kea_design_point(&found->design, i), b = kea_design_point(design, i);
        assert_int_equal(a.cohort, b.cohort);
        assert_int_equal(a.group, b.group);
        assert_int_equal(a.entry, b.entry);
        assert_near(a.level, b.level, 0);
        assert_near(a.level2, b.level2, 0);
    }
    kea_sample sample;
    fill_sample(&sample, design);
    assert_int_equal(found->sample.n_points, sample.n_points);
    assert_int_equal(found->sample.n_arms, sample.n_arms);
    assert_int_equal(found->sample.n_outcomes, sample.n_outcomes);
    assert_memory_equal(found->sample.value, sample.value,
                        sample.n_points * sample.n_arms * sample.n_outcomes * KEA_N_SCOPES *
                            sizeof(double));
    kea_sample_free(&sample);
}

static inline void make_tornado(kea_design *design, const kea_problem *problem)
{
    size_t entry[TOY_N_ENTRIES], n_bars = 0;
    kea_error err = {0};
    assert_ok(kea_design_tornado(design, problem, 0.95, 2, entry, &n_bars, &err), err);
}

/* Writes a finished run with base case, probabilistic analysis, hours, tornado and a map. */
static inline void write_run(const char *path, kea_problem *problem)
{
    kea_store *store = NULL;
    kea_design design;
    kea_error err = {0};
    toy_problem(problem);
    toy_correlate(problem);
    assert_ok(kea_store_create(&store, path, &info, problem, &err), err);
    assert_ok(kea_design_base(&design, problem, 2, &err), err);
    write_design(store, problem, &design);
    assert_ok(kea_design_psa(&design, problem, 5, &err), err);
    write_design(store, problem, &design);
    assert_ok(kea_design_hours(&design, problem, 1, 3, &err), err);
    write_design(store, problem, &design);
    make_tornado(&design, problem);
    write_design(store, problem, &design);
    assert_ok(kea_design_map(&design, problem, 2, TOY_SWEEP_PRICE, 2, &err), err);
    write_design(store, problem, &design);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "2026-01-31T12:01:02Z", &err), err);
    kea_store_close(store);
}

/* Asks the sqlite3 program; false when this machine has none. */
static inline bool ask(const char *path, const char *question, char *answer, size_t size)
{
    char command[4096];
    if (system("command -v sqlite3 >/dev/null 2>&1") != 0)
        return false;
    (void)snprintf(command, sizeof command, "sqlite3 -batch '%s' <<'END' 2>&1\n%s\nEND\n", path,
                   question);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t n = fread(answer, 1, size - 1, pipe);
    answer[n] = '\0';
    if (pclose(pipe) != 0)
        fail_msg("sqlite3 refused \"%s\": %s", question, answer);
    return true;
}

#endif
