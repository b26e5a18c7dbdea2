/* Reading a run back: where students live. */
#include "sim/core/memory.h"
#include "sim/store/record_design.h"

/* One municipality; its zone is an element of the parameter that `first` is the first entry of. */
static kea_status read_one(kea_problem *problem, kea_sql *sql, const kea_sql_query *query,
                           size_t number, kea_error *err)
{
    kea_municipalities *list = &problem->municipalities;
    kea_municipality *one = &list->item[number];
    size_t at = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_text(query, 1, &one->name, err));
    list->n++;
    KEA_TRY(kea_record_index(sql, query, 2, problem->n_entries, &at, err));
    one->zone = problem->entries[at].element;
    one->students = kea_sql_column_real(query, 3);
    if (number == 0)
        problem->municipality_entry = at - one->zone;
    if (one->zone > at || at - one->zone != problem->municipality_entry || !(one->students > 0))
        KEA_TRY(kea_record_broken(sql, "municipality", err));
done:
    return status;
}

kea_status kea_record_read_municipalities(kea_problem *problem, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM municipality", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->municipalities.item, err));
    problem->municipalities.item = block;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, name, parameter, students FROM municipality "
                            "ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(read_one(problem, sql, query, i, err));
    }
done:
    kea_sql_free(query);
    return status;
}
