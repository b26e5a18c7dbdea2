/* Reading a run back: groups of people. */
#include "sim/core/memory.h"
#include "sim/store/record_design.h"
#include "sim/store/subgroups.h"

#include <string.h>

/* Room for n groups, in at most as many groupings. */
static kea_status make_room(kea_record *record, size_t n, kea_error *err)
{
    void *block = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->groupings, err));
    record->groupings = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->group_names, err));
    record->group_names = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->group_titles, err));
    record->group_titles = block;
    record->problem.params.groupings = record->groupings;
done:
    return status;
}

/* The group in the present row, number `at` from 0: the next of its grouping, or the first of a new
 * one. */
static kea_status read_one(kea_record *record, const kea_sql_query *query, size_t at,
                           kea_error *err)
{
    size_t *n = &record->problem.params.n_groupings;
    const char *name = kea_sql_column_text(query, 1);
    kea_status status = KEA_OK;
    if (*n == 0 || strcmp(record->groupings[*n - 1].name, name ? name : "") != 0) {
        kea_grouping *new = &record->groupings[*n];
        KEA_TRY(kea_record_keep(record, query, 1, &new->name, err));
        KEA_TRY(kea_record_keep(record, query, 2, &new->title, err));
        new->names = record->group_names + at;
        new->titles = record->group_titles + at;
        ++*n;
    }
    KEA_TRY(kea_record_keep(record, query, 3, &record->group_names[at], err));
    KEA_TRY(kea_record_keep(record, query, 4, &record->group_titles[at], err));
    record->groupings[*n - 1].n++;
done:
    return status;
}

kea_status kea_record_read_subgroups(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM subgroup", &n, err));
    KEA_TRY(make_room(record, n, err));
    KEA_TRY(kea_sql_prepare(
        &query, sql,
        "SELECT number, grouping, grouping_title, name, title FROM subgroup ORDER BY number", err));
    for (size_t i = 0; i < n; i++) {
        KEA_TRY(kea_record_next(sql, query, i + 1, err));
        KEA_TRY(read_one(record, query, i, err));
    }
done:
    kea_sql_free(query);
    return status;
}
