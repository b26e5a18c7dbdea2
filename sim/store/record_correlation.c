/* Reading a run back: which parameters were drawn together. */
#include "sim/core/memory.h"
#include "sim/store/record_design.h"

/* The members of group number `number`, in order. */
static kea_status read_members(kea_correlation *group, size_t number, size_t n_entries,
                               kea_sql *sql, kea_error *err)
{
    const kea_sql_value key[] = {kea_sql_integer(number)};
    kea_sql_query *query = NULL;
    void *block = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&block, group->n_members, sizeof *group->members, err));
    group->members = block;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, parameter, sign FROM correlation_member "
                            "WHERE correlation = ? ORDER BY number",
                            err));
    KEA_TRY(kea_sql_bind(query, 1, key, err));
    for (size_t i = 0; i < group->n_members; i++) {
        kea_correlation_member *member = &group->members[i];
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(kea_record_index(sql, query, 1, n_entries, &member->entry, err));
        member->sign = kea_sql_column_integer(query, 2) < 0 ? -1 : 1;
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_group(kea_correlation *group, size_t n_entries, kea_sql *sql,
                             const kea_sql_query *query, kea_error *err)
{
    size_t line = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_text(query, 1, &group->name, err));
    group->rho = kea_sql_column_real(query, 2);
    group->evidence = kea_record_evidence(kea_sql_column_text(query, 3));
    KEA_TRY(kea_record_text(query, 4, &group->source, err));
    KEA_TRY(kea_record_text(query, 5, &group->file, err));
    KEA_TRY(kea_record_index(sql, query, 6, INT32_MAX, &line, err));
    group->line = (int)line;
    /* a parameter is in one group only, so no group has more members than there are parameters */
    KEA_TRY(kea_record_index(sql, query, 7, n_entries + 1, &group->n_members, err));
    if (!(group->rho >= 0 && group->rho < 1) || group->n_members == 0)
        KEA_TRY(kea_record_broken(sql, "correlation", err));
done:
    return status;
}

kea_status kea_record_read_correlations(kea_problem *problem, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM correlation", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->correlations, err));
    problem->correlations = block;
    problem->n_correlations = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, name, rho, status, source, file, line, "
                            "(SELECT count(*) FROM correlation_member m "
                            "WHERE m.correlation = c.number) "
                            "FROM correlation c ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_correlation *group = &problem->correlations[i];
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(read_group(group, problem->n_entries, sql, query, err));
        KEA_TRY(read_members(group, i, problem->n_entries, sql, err));
    }
done:
    kea_sql_free(query);
    return status;
}
