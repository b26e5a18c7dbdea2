/* Writes who can pay, and the funding scenarios. */
#include "sim/inputs/funding.h"
#include "sim/store/funding.h"
#include "sim/store/store_parts.h"

#include <math.h>
#include <string.h>

static kea_status insert_payers(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    const kea_param_table *params = &problem->params;
    const kea_fundings *all = problem->funding;
    size_t n = all && all->n_payers > 0 ? all->n_payers : params->n_payers;
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO payer VALUES (?, ?, ?, ?)", err));
    for (size_t i = 0; i < n; i++) {
        bool declared = i < params->n_payers;
        const char *name = declared ? params->payers[i] : all->payer[i];
        bool by_home = params->home_payer && strcmp(params->home_payer, name) == 0;
        const kea_sql_value row[] = {kea_sql_integer(i), kea_sql_text(name),
                                     kea_sql_integer(declared), kea_sql_integer(by_home)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_by_payer(kea_sql_query *query, size_t number, const kea_funding *terms,
                                  kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t p = 0; p < terms->n_payers; p++) {
        const kea_sql_value row[] = {
            kea_sql_integer(number), kea_sql_integer(p), kea_sql_real(terms->share[p]),
            isinf(terms->ceiling[p]) ? kea_sql_none() : kea_sql_real(terms->ceiling[p])};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    return status;
}

static kea_status insert_grants(kea_sql_query *query, size_t number, const kea_funding *terms,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t i = 0; i < terms->n_grants; i++) {
        const kea_grant *grant = &terms->grant[i];
        const kea_sql_value row[] = {kea_sql_integer(number),       kea_sql_integer(i),
                                     kea_sql_integer(grant->payer), kea_sql_real(grant->amount),
                                     kea_sql_integer(grant->first), kea_sql_integer(grant->last)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    return status;
}

static kea_status insert_scenarios(kea_sql *sql, const kea_fundings *all, kea_error *err)
{
    kea_sql_query *query = NULL, *payers = NULL, *grants = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "INSERT INTO funding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err));
    KEA_TRY(kea_sql_prepare(&payers, sql, "INSERT INTO funding_payer VALUES (?, ?, ?, ?)", err));
    KEA_TRY(
        kea_sql_prepare(&grants, sql, "INSERT INTO funding_grant VALUES (?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < all->n; i++) {
        const kea_funding_scenario *from = &all->item[i];
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(from->name),
                                     kea_sql_real(from->terms.levy),
                                     kea_store_index(from->terms.levy_last, 0),
                                     kea_sql_real(from->host_share),
                                     kea_sql_real(from->terms.indexation),
                                     kea_sql_integer(from->terms.residual),
                                     kea_sql_text(kea_evidence_name(from->evidence)),
                                     kea_sql_text(from->source),
                                     kea_sql_text(from->file),
                                     kea_sql_integer((uint64_t)from->line)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
        KEA_TRY(insert_by_payer(payers, i, &from->terms, err));
        KEA_TRY(insert_grants(grants, i, &from->terms, err));
    }
done:
    kea_sql_free(grants);
    kea_sql_free(payers);
    kea_sql_free(query);
    return status;
}

kea_status kea_store_funding(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_status status = insert_payers(sql, problem, err);
    if (status == KEA_OK && problem->funding)
        status = insert_scenarios(sql, problem->funding, err);
    return status;
}
