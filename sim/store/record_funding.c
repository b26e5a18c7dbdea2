/* Reading a run back: who can pay, and the funding scenarios. */
#include "sim/core/memory.h"
#include "sim/inputs/funding.h"
#include "sim/store/funding.h"
#include "sim/store/record_design.h"

#include <math.h>

/* The payers that the model declared, and all of them when there are funding scenarios. */
static kea_status read_payers(kea_record *record, kea_sql *sql, kea_fundings *all, kea_error *err)
{
    kea_param_table *params = &record->problem.params;
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM payer", &n, err));
    if (n > KEA_MAX_PAYERS)
        KEA_TRY(kea_record_broken(sql, "payer", err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->payers, err));
    record->payers = block;
    params->payers = record->payers;
    KEA_TRY(kea_sql_prepare(
        &query, sql, "SELECT number, name, declared, by_home FROM payer ORDER BY number", err));
    for (size_t i = 0; i < n; i++) {
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(kea_record_keep(record, query, 1, &record->payers[i], err));
        if (kea_sql_column_integer(query, 2) != 0)
            params->n_payers = i + 1;
        if (kea_sql_column_integer(query, 3) != 0)
            params->home_payer = record->payers[i];
        if (!all)
            continue;
        KEA_TRY(kea_record_text(query, 1, &all->payer[i], err));
        all->n_payers++;
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_by_payer(kea_sql *sql, size_t number, kea_funding *terms, kea_error *err)
{
    const kea_sql_value key[] = {kea_sql_integer(number)};
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT payer, share, ceiling FROM funding_payer WHERE funding = ? "
                            "ORDER BY payer",
                            err));
    KEA_TRY(kea_sql_bind(query, 1, key, err));
    for (size_t p = 0; p < KEA_MAX_PAYERS; p++)
        terms->ceiling[p] = (double)INFINITY;
    for (size_t p = 0; p < terms->n_payers; p++) {
        KEA_TRY(kea_record_next(sql, query, p, err));
        terms->share[p] = kea_sql_column_real(query, 1);
        if (!kea_sql_column_is_none(query, 2))
            terms->ceiling[p] = kea_sql_column_real(query, 2);
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_grants(kea_sql *sql, size_t number, kea_funding *terms, kea_error *err)
{
    const kea_sql_value key[] = {kea_sql_integer(number)};
    kea_sql_query *query = NULL;
    bool row = true;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT payer, amount, first_year, last_year FROM funding_grant "
                            "WHERE funding = ? ORDER BY number",
                            err));
    KEA_TRY(kea_sql_bind(query, 1, key, err));
    for (;;) {
        KEA_TRY(kea_sql_next(query, &row, err));
        if (!row)
            break;
        if (terms->n_grants == KEA_MAX_GRANTS)
            KEA_TRY(kea_record_broken(sql, "funding_grant", err));
        kea_grant *grant = &terms->grant[terms->n_grants++];
        KEA_TRY(kea_record_index(sql, query, 0, terms->n_payers, &grant->payer, err));
        grant->amount = kea_sql_column_real(query, 1);
        KEA_TRY(kea_record_index(sql, query, 2, KEA_MAX_FUNDED_YEAR + 1, &grant->first, err));
        KEA_TRY(kea_record_index(sql, query, 3, KEA_MAX_FUNDED_YEAR + 1, &grant->last, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_one(kea_funding_scenario *one, kea_sql *sql, const kea_sql_query *query,
                           size_t n_payers, size_t home, kea_error *err)
{
    size_t line = 0;
    kea_status status = KEA_OK;
    one->terms.n_payers = n_payers;
    one->terms.levied = home;
    KEA_TRY(kea_record_text(query, 1, &one->name, err));
    one->terms.levy = kea_sql_column_real(query, 2);
    one->host_share = kea_sql_column_real(query, 3);
    one->terms.indexation = kea_sql_column_real(query, 4);
    KEA_TRY(kea_record_index(sql, query, 5, n_payers, &one->terms.residual, err));
    one->evidence = kea_record_evidence(kea_sql_column_text(query, 6));
    KEA_TRY(kea_record_text(query, 7, &one->source, err));
    KEA_TRY(kea_record_text(query, 8, &one->file, err));
    KEA_TRY(kea_record_index(sql, query, 9, INT32_MAX, &line, err));
    one->line = (int)line;
    if (!kea_sql_column_is_none(query, 10))
        KEA_TRY(
            kea_record_index(sql, query, 10, KEA_MAX_FUNDED_YEAR + 1, &one->terms.levy_last, err));
done:
    return status;
}

static size_t home_payer(const kea_param_table *params)
{
    for (size_t i = 0; i < params->n_payers; i++)
        if (params->payers[i] == params->home_payer)
            return i;
    return KEA_NO_PAYER;
}

static kea_status read_scenarios(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_fundings *all = record->problem.funding;
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    size_t n = 0;
    void *block = NULL;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM funding", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *all->item, err));
    all->item = block;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, name, contribution, host_share, indexation, rest, "
                            "status, source, file, line, contribution_last_year FROM funding "
                            "ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_funding_scenario *one = &all->item[all->n++];
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(read_one(one, sql, query, all->n_payers, home_payer(&record->problem.params), err));
        KEA_TRY(read_by_payer(sql, i, &one->terms, err));
        KEA_TRY(read_grants(sql, i, &one->terms, err));
    }
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_record_read_funding(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = 0;
    void *block = NULL;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM funding", &n, err));
    if (n > 0)
        KEA_TRY(kea_memory_new(&block, 1, sizeof *record->problem.funding, err));
    record->problem.funding = block;
    KEA_TRY(read_payers(record, sql, block, err));
    if (n > 0)
        KEA_TRY(read_scenarios(record, sql, err));
done:
    return status;
}
