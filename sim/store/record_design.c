/* Reading designs and results back, in the order of their keys, so that a missing or doubled row is
 * seen at once. */
#include "sim/store/record_design.h"

#include "sim/core/memory.h"

#include <stdio.h>
#include <stdlib.h>
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
    const size_t n_subgroups =
        kea_grouping_total(problem->params.n_groupings, problem->params.groupings);
    kea_status status = KEA_OK;
    KEA_TRY(count_rows(r, "arm", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *design->arms, err));
    design->arms = block;
    design->n_arms = n;
    KEA_TRY(
        open_query(r,
                   "SELECT number, strategy, parameter, factor, subgroup FROM arm WHERE design = ? "
                   "ORDER BY number",
                   &query, err));
    for (size_t i = 0; i < n; i++) {
        kea_arm *arm = &design->arms[i];
        KEA_TRY(kea_record_next(r->sql, query, i, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, problem->n_strategies, &arm->strategy, err));
        arm->care = problem->strategies[arm->strategy];
        KEA_TRY(read_optional_entry(r, query, 2, &arm->entry, err));
        arm->factor = kea_sql_column_real(query, 3);
        if (!kea_sql_column_is_none(query, 4))
            KEA_TRY(kea_record_index(r->sql, query, 4, n_subgroups + 1, &arm->subgroup, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_groups(const reader *r, kea_error *err)
{
    kea_design *design = &r->to->design;
    kea_sql_query *query = NULL;
    void *block = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&block, design->n_groups, sizeof *design->groups, err));
    design->groups = block;
    KEA_TRY(open_query(r,
                       "SELECT number, level, level2, parameter FROM design_group "
                       "WHERE design = ? ORDER BY number",
                       &query, err));
    for (size_t i = 0; i < design->n_groups; i++) {
        kea_group *group = &design->groups[i];
        KEA_TRY(kea_record_next(r->sql, query, i, err));
        group->level = kea_sql_column_real(query, 1);
        group->level2 = kea_sql_column_real(query, 2);
        KEA_TRY(read_optional_entry(r, query, 3, &group->entry, err));
    }
done:
    kea_sql_free(query);
    return status;
}

/* Points follow from the design; what the database has must agree. */
static kea_status check_points(const reader *r, kea_error *err)
{
    const kea_design *design = &r->to->design;
    kea_sql_query *query = NULL;
    size_t cohort = 0, group = 0;
    kea_status status = KEA_OK;
    KEA_TRY(open_query(r,
                       "SELECT number, cohort, group_number FROM point WHERE design = ? "
                       "ORDER BY number",
                       &query, err));
    for (size_t i = 0; i < design->n_points; i++) {
        const kea_point point = kea_design_point(design, i);
        KEA_TRY(kea_record_next(r->sql, query, i, err));
        KEA_TRY(kea_record_index(r->sql, query, 1, (size_t)UINT32_MAX + 1, &cohort, err));
        KEA_TRY(kea_record_index(r->sql, query, 2, design->n_groups, &group, err));
        if (cohort != point.cohort || group != point.group)
            KEA_TRY(kea_record_broken(r->sql, "point", err));
    }
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_record_read_points(kea_sql *sql, size_t design, size_t first,
                                  const kea_sample *sample, kea_error *err)
{
    const kea_sql_value row[] = {kea_sql_integer(design), kea_sql_integer(first),
                                 kea_sql_integer(first + sample->n_points)};
    kea_sql_query *query = NULL;
    const size_t per_point = sample->n_arms * sample->n_outcomes;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT point, arm, outcome, window, total, discounted FROM result "
                            "WHERE design = ? AND point >= ? AND point < ? "
                            "ORDER BY point, arm, outcome",
                            err));
    KEA_TRY(kea_sql_bind(query, 3, row, err));
    for (size_t i = 0; i < sample->n_points * per_point; i++) {
        size_t arm = 0, outcome = 0;
        KEA_TRY(kea_record_next(sql, query, first + i / per_point, err));
        KEA_TRY(kea_record_index(sql, query, 1, sample->n_arms, &arm, err));
        KEA_TRY(kea_record_index(sql, query, 2, sample->n_outcomes, &outcome, err));
        if (arm * sample->n_outcomes + outcome != i % per_point)
            KEA_TRY(kea_record_broken(sql, "result", err));
        double *value = kea_sample_at(sample, i / per_point, arm, outcome, KEA_SCOPE_WINDOW);
        value[KEA_SCOPE_WINDOW] = kea_sql_column_real(query, 3);
        value[KEA_SCOPE_TOTAL] = kea_sql_column_real(query, 4);
        value[KEA_SCOPE_DISCOUNTED] = kea_sql_column_real(query, 5);
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_results(const reader *r, kea_error *err)
{
    const kea_record *record = r->record;
    const kea_design *design = &r->to->design;
    kea_sample *sample = &r->to->sample;
    size_t n = 0, per_point = design->n_arms * record->n_outcomes;
    kea_status status = KEA_OK;
    KEA_TRY(count_rows(r, "result", &n, err));
    if (per_point == 0 || n % per_point != 0 || n / per_point != design->n_points)
        KEA_TRY(kea_record_broken(r->sql, "result", err));
    KEA_TRY(kea_sample_init(sample, design->n_points, design->n_arms, record->n_outcomes,
                            record->outcomes, err));
    KEA_TRY(kea_record_read_points(r->sql, r->number, 0, sample, err));
done:
    return status;
}

/* --- amounts by school year --------------------------------------------------------------------
 */

/* Hands over row after row. The bytes of a row are copied: SQLite need not align them. */
static kea_status hand_over(const kea_record_design *from, kea_sql *sql, kea_sql_query *query,
                            double *amounts, kea_take_periods take, void *to, kea_error *err)
{
    const kea_sample *sample = &from->sample;
    size_t unit = sample->n_outcomes * sample->n_periods * sizeof *amounts;
    kea_status status = KEA_OK;
    for (size_t i = 0; i < sample->n_points * sample->n_arms; i++) {
        size_t arm = 0, size = 0;
        KEA_TRY(kea_record_next(sql, query, i / sample->n_arms, err));
        KEA_TRY(kea_record_index(sql, query, 1, sample->n_arms, &arm, err));
        const void *bytes = kea_sql_column_blob(query, 2, &size);
        if (arm != i % sample->n_arms || size != unit)
            KEA_TRY(kea_record_broken(sql, "result_by_year", err));
        memcpy(amounts, bytes, size);
        take(to, i / sample->n_arms, arm, amounts);
    }
done:
    return status;
}

/* The source of a sample's amounts by school year: the database is opened for every reading. */
static kea_status read_periods(const void *design, kea_take_periods take, void *to, kea_error *err)
{
    const kea_record_design *from = design;
    const kea_sql_value number = kea_sql_integer(from->number);
    kea_sql *sql = NULL;
    kea_sql_query *query = NULL;
    void *amounts = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&amounts, from->sample.n_outcomes * from->sample.n_periods,
                           sizeof(double), err));
    KEA_TRY(kea_sql_open(&sql, from->path, err));
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT point, arm, amounts FROM result_by_year WHERE design = ? "
                            "ORDER BY point, arm",
                            err));
    KEA_TRY(kea_sql_bind(query, 1, &number, err));
    KEA_TRY(hand_over(from, sql, query, amounts, take, to, err));
done:
    kea_sql_free(query);
    kea_sql_close(sql);
    free(amounts);
    return status;
}

/* Says in the sample how many school years there are and where; those of a design without any are
 * 0. */
static kea_status find_periods(const reader *r, kea_error *err)
{
    kea_record_design *to = r->to;
    kea_sample *sample = &to->sample;
    kea_sql_query *query = NULL;
    size_t rows = 0, size = 0, unit = sample->n_outcomes * sizeof(double);
    bool row = false;
    kea_status status = KEA_OK;
    to->path = r->record->path;
    to->number = r->number;
    KEA_TRY(count_rows(r, "result_by_year", &rows, err));
    if (rows == 0)
        return KEA_OK;
    KEA_TRY(open_query(r, "SELECT length(amounts) FROM result_by_year WHERE design = ? LIMIT 1",
                       &query, err));
    KEA_TRY(kea_sql_next(query, &row, err));
    KEA_TRY(kea_record_index(r->sql, query, 0, SIZE_MAX, &size, err));
    if (rows != sample->n_points * sample->n_arms || size == 0 || size % unit != 0)
        KEA_TRY(kea_record_broken(r->sql, "result_by_year", err));
    sample->n_periods = size / unit;
    sample->source = (kea_period_source){read_periods, to};
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_kind(const reader *r, const kea_sql_query *query, kea_error *err)
{
    kea_design *design = &r->to->design;
    const char *kind = kea_sql_column_text(query, 2);
    int found = 0;
    while (found < KEA_N_DESIGN_KINDS &&
           strcmp(kea_design_kind_name((kea_design_kind)found), kind ? kind : "") != 0)
        found++;
    if (found == KEA_N_DESIGN_KINDS)
        return kea_record_broken(r->sql, "design", err);
    design->kind = (kea_design_kind)found;
    design->sweep = KEA_NO_SWEEP;
    if (design->kind != KEA_DESIGN_SWEEP && design->kind != KEA_DESIGN_MAP)
        return KEA_OK;
    return kea_record_index(r->sql, query, 3, r->record->problem.n_sweeps, &design->sweep, err);
}

/* The design in the present row, without its results. */
static kea_status read_design(const reader *r, const kea_sql_query *query, kea_error *err)
{
    kea_design *design = &r->to->design;
    const char *name = kea_sql_column_text(query, 1);
    (void)snprintf(design->name, sizeof design->name, "%s", name ? name : "");
    kea_status status = KEA_OK;
    KEA_TRY(read_kind(r, query, err));
    KEA_TRY(kea_record_index(r->sql, query, 4, UINT32_MAX, &design->n_groups, err));
    KEA_TRY(kea_record_index(r->sql, query, 5, UINT32_MAX, &design->n_repeats, err));
    if (design->n_groups == 0 || design->n_repeats == 0)
        KEA_TRY(kea_record_broken(r->sql, "design", err));
    design->n_points = design->n_groups * design->n_repeats;
    design->drawn = kea_sql_column_integer(query, 6) != 0;
    KEA_TRY(read_groups(r, err));
    KEA_TRY(read_arms(r, err));
done:
    return status;
}

/* Leaves out a design that an unfinished run has not completed; so far it must be whole. */
static kea_status leave_out(const reader *r, size_t n_points, kea_error *err)
{
    size_t n = 0;
    kea_status status = count_rows(r, "result", &n, err);
    if (status == KEA_OK && (r->record->state == KEA_STORE_FINISHED ||
                             n != n_points * r->to->design.n_arms * r->record->n_outcomes))
        status = kea_record_broken(r->sql, "point", err);
    kea_design_free(&r->to->design);
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
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, name, kind, sweep, n_groups, n_repeats, drawn "
                            "FROM design ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        const reader r = {record, sql, i, &record->designs[record->n_designs]};
        size_t n_points = 0;
        KEA_TRY(kea_record_next(sql, query, i, err));
        record->n_designs++;
        KEA_TRY(read_design(&r, query, err));
        KEA_TRY(count_rows(&r, "point", &n_points, err));
        if (n_points < r.to->design.n_points) { /* not complete yet */
            record->n_designs--;
            KEA_TRY(leave_out(&r, n_points, err));
            continue;
        }
        KEA_TRY(check_points(&r, err));
        KEA_TRY(read_results(&r, err));
        KEA_TRY(find_periods(&r, err));
    }
done:
    kea_sql_free(query);
    return status;
}
