/* Writes groups of people. */
#include "sim/store/store_parts.h"
#include "sim/store/subgroups.h"

kea_status kea_store_subgroups(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    const kea_param_table *params = &problem->params;
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO subgroup VALUES (?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < params->n_groupings; i++) {
        const kea_grouping *of = &params->groupings[i];
        for (size_t k = 0; k < of->n; k++) {
            size_t number = kea_grouping_number(params->groupings, i, k);
            const kea_sql_value row[] = {kea_sql_integer(number), kea_sql_text(of->name),
                                         kea_sql_text(of->title), kea_sql_text(of->names[k]),
                                         kea_sql_text(of->titles[k])};
            KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
        }
    }
done:
    kea_sql_free(query);
    return status;
}
