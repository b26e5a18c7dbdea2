/* Reading designs and results back, in the order of their keys, so that a missing or doubled row is
 * seen at once. */
#include "sim/store/record_design.h"

#include "sim/core/memory.h"

#include <stdio.h>
#include <string.h>

kea_status kea_record_broken(const kea_sql *sql, const char *table, kea_error *err)
{
    return kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(sql), 0,
                        "result database: table %s is incomplete or holds what keasim did not "
                        "write; run the scenario again",
                        table);
}

kea_status kea_record_index(const kea_sql *sql, const kea_sql_query *query, int column,
                            size_t limit, size_t *index, kea_error *err)
{
    int64_t number = kea_sql_column_integer(query, column);
    if (kea_sql_column_is_none(query, column) || number < 0 || (uint64_t)number >= limit)
        return kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(sql), 0,
                            "result database: a number %lld where 0 to %zu was expected; run the "
                            "scenario again",
                            (long long)number, limit > 0 ? limit - 1 : 0);
    *index = (size_t)number;
    return KEA_OK;
}

kea_status kea_record_rows(kea_sql *sql, const char *text, size_t *n, kea_error *err)
{
    int64_t number = 0;
    kea_status status = kea_sql_number(sql, text, &number, err);
    *n = (size_t)number;
    return status;
}

kea_status kea_record_next(const kea_sql *sql, kea_sql_query *query, size_t number, kea_error *err)
{
    bool row = false;
    size_t found = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_next(query, &row, err));
    if (!row)
        return kea_record_broken(sql, "of numbered rows", err);
    KEA_TRY(kea_record_index(sql, query, 0, SIZE_MAX, &found, err));
    if (found != number)
        KEA_TRY(kea_record_broken(sql, "of numbered rows", err));
done:
    return status;
}

/* What reading one design takes along. */
typedef struct reader {
    const kea_record *record;
    kea_sql *sql;
    size_t number; /* of the design */
    kea_record_design *to;
} reader;

/* Prepares a query with one value, the number of the design. */
static kea_status open_query(const reader *r, const char *text, kea_sql_query **query,
                             kea_error *err)
{
    const kea_sql_value number = kea_sql_integer(r->number);
    kea_status status = kea_sql_prepare(query, r->sql, text, err);
    return status == KEA_OK ? kea_sql_bind(*query, 1, &number, err) : status;
}

/* How many rows of `table` belong to the design. */
static kea_status count_rows(const reader *r, const char *table, size_t *n, kea_error *err)
{
    char text[96];
    (void)snprintf(text, sizeof text, "SELECT count(*) FROM %s WHERE design = %zu", table,
                   r->number);
    return kea_record_rows(r->sql, text, n, err);
}

static kea_status read_optional_entry(const reader *r, const kea_sql_query *query, int column,
                                      size_t *entry, kea_error *err)
{
    *entry = KEA_NO_ENTRY;
    if (kea_sql_column_is_none(query, column))
        return KEA_OK;
    return kea_record_index(r->sql, query, column, r->record->problem.n_entries, entry, err);
}

static kea_status read_arms(const reader *r, kea_error *err)
{
    kea_design *design = &r->to->design;
    const kea_problem *problem = &r->record->problem;
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(count_rows(r, "arm", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *design->arms, err));
    design->arms = block;
    design->n_arms = n;
    KEA_TRY(open_query(r,
                       "SELECT number, strategy, parameter, factor FROM arm WHERE design = ? "
                       "ORDER BY number",
                       &query, err));
    for (size_t i = 0; i < n; i++) {
        kea_arm *arm = &design->arms[i];
        KEA_TRY(kea_record_next(r->sql, query, i, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, problem->n_strategies, &arm->strategy, err));
        arm->care = problem->strategies[arm->strategy];
        KEA_TRY(read_optional_entry(r, query, 2, &arm->entry, err));
        arm->factor = kea_sql_column_real(query, 3);
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_points(const reader *r, kea_error *err)
{
    kea_design *design = &r->to->design;
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0, cohort = 0;
    kea_status status = KEA_OK;
    KEA_TRY(count_rows(r, "point", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *design->points, err));
    design->points = block;
    design->n_points = n;
    KEA_TRY(open_query(r,
                       "SELECT number, cohort, group_number, level, level2, parameter FROM point "
                       "WHERE design = ? ORDER BY number",
                       &query, err));
    for (size_t i = 0; i < n; i++) {
        kea_point *point = &design->points[i];
        KEA_TRY(kea_record_next(r->sql, query, i, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, (size_t)UINT32_MAX + 1, &cohort, err));
        point->cohort = (uint32_t)cohort;
        KEA_TRY(kea_record_index(r->sql, query, 2, design->n_groups, &point->group, err));
        point->level = kea_sql_column_real(query, 3);
        point->level2 = kea_sql_column_real(query, 4);
        KEA_TRY(read_optional_entry(r, query, 5, &point->entry, err));
    }
done:
    kea_sql_free(query);
    return status;
}

/* The drawn values over the base case that every vector holds already. */
static kea_status read_draws(const reader *r, kea_error *err)
{
    kea_design *design = &r->to->design;
    size_t n_entries = r->record->problem.n_entries;
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, r->sql, "SELECT parameter, point, value FROM draw_value", err));
    for (;;) {
        bool row = false;
        size_t entry = 0, point = 0;
        KEA_TRY(kea_sql_next(query, &row, err));
        if (!row)
            break;
        KEA_TRY(kea_record_index(r->sql, query, 0, n_entries, &entry, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, design->n_points, &point, err));
        design->values[point * n_entries + entry] = kea_sql_column_real(query, 2);
    }
done:
    kea_sql_free(query);
    return status;
}

/* The points' parameter values, where they are kept: base case and parameter draws. */
static kea_status read_values(const reader *r, kea_error *err)
{
    kea_design *design = &r->to->design;
    const kea_problem *problem = &r->record->problem;
    bool draws = strcmp(design->name, "psa") == 0;
    size_t n_vectors = draws ? design->n_points : 1;
    void *block = NULL;
    if (!draws && strcmp(design->name, "base") != 0)
        return KEA_OK;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&block, n_vectors, problem->n_entries * sizeof(double), err));
    design->values = block;
    for (size_t i = 0; i < n_vectors; i++)
        kea_problem_base(problem, design->values + i * problem->n_entries);
    for (size_t i = 0; i < design->n_points; i++)
        design->points[i].values = design->values + (draws ? i * problem->n_entries : 0);
    if (draws)
        KEA_TRY(read_draws(r, err));
done:
    return status;
}

static kea_status read_results(const reader *r, kea_error *err)
{
    const kea_record *record = r->record;
    const kea_design *design = &r->to->design;
    kea_sample *sample = &r->to->sample;
    kea_sql_query *query = NULL;
    size_t n = 0, per_point = design->n_arms * record->n_outcomes;
    kea_status status = KEA_OK;
    KEA_TRY(count_rows(r, "result", &n, err));
    if (per_point == 0 || n % per_point != 0 || n / per_point != design->n_points)
        KEA_TRY(kea_record_broken(r->sql, "result", err));
    KEA_TRY(kea_sample_init(sample, design->n_points, design->n_arms, record->n_outcomes,
                            record->outcomes, err));
    KEA_TRY(open_query(r,
                       "SELECT point, arm, outcome, window, total, discounted FROM result "
                       "WHERE design = ? ORDER BY point, arm, outcome",
                       &query, err));
    for (size_t i = 0; i < n; i++) {
        size_t arm = 0, outcome = 0;
        KEA_TRY(kea_record_next(r->sql, query, i / per_point, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, design->n_arms, &arm, err));
        KEA_TRY(kea_record_index(r->sql, query, 2, record->n_outcomes, &outcome, err));
        if (arm * record->n_outcomes + outcome != i % per_point)
            KEA_TRY(kea_record_broken(r->sql, "result", err));
        double *value = kea_sample_at(sample, i / per_point, arm, outcome, KEA_SCOPE_WINDOW);
        value[KEA_SCOPE_WINDOW] = kea_sql_column_real(query, 3);
        value[KEA_SCOPE_TOTAL] = kea_sql_column_real(query, 4);
        value[KEA_SCOPE_DISCOUNTED] = kea_sql_column_real(query, 5);
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_design(const reader *r, const kea_sql_query *query, kea_error *err)
{
    kea_design *design = &r->to->design;
    const char *name = kea_sql_column_text(query, 1);
    (void)snprintf(design->name, sizeof design->name, "%s", name ? name : "");
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_index(r->sql, query, 2, SIZE_MAX, &design->n_groups, err));
    KEA_TRY(read_arms(r, err));
    KEA_TRY(read_points(r, err));
    KEA_TRY(read_values(r, err));
    KEA_TRY(read_results(r, err));
done:
    return status;
}

kea_status kea_record_read_designs(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM design", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->designs, err));
    record->designs = block;
    record->n_designs = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, name, n_groups FROM design ORDER BY number", err));
    for (size_t i = 0; i < n; i++) {
        const reader r = {record, sql, i, &record->designs[i]};
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(read_design(&r, query, err));
    }
done:
    kea_sql_free(query);
    return status;
}
