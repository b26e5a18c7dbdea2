/* Funding scenarios as text. */
#include "sim/inputs/funding.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

void kea_fundings_free(kea_fundings *fundings)
{
    if (!fundings)
        return;
    for (size_t i = 0; i < fundings->n; i++) {
        free(fundings->item[i].name);
        free(fundings->item[i].source);
        free(fundings->item[i].file);
    }
    for (size_t i = 0; i < fundings->n_payers; i++)
        free(fundings->payer[i]);
    free(fundings->item);
    free(fundings);
}

static bool pays(const kea_funding *terms, size_t payer)
{
    bool pays = terms->share[payer] > 0.0 || terms->residual == payer;
    for (size_t i = 0; i < terms->n_grants; i++)
        pays = pays || terms->grant[i].payer == payer;
    return pays;
}

static void write_field(kea_buffer *out, const char *name, double value)
{
    kea_buffer_add(out, "%s = ", name);
    kea_buffer_add_number(out, value);
    kea_buffer_add(out, "; ");
}

/* The amounts of payers that have one: `none` says which value is no amount. */
static void write_group(kea_buffer *out, const char *name, const kea_fundings *fundings,
                        const double *amount, double none)
{
    size_t written = 0;
    for (size_t p = 0; p < fundings->n_payers; p++) {
        if (amount[p] == none)
            continue;
        kea_buffer_add(out, "%s", written++ > 0 ? "" : "\n      ");
        if (written == 1)
            kea_buffer_add(out, "%s = { ", name);
        write_field(out, fundings->payer[p], amount[p]);
    }
    kea_buffer_add(out, "%s", written > 0 ? "};" : "");
}

static void write_grants(kea_buffer *out, const kea_fundings *fundings, const kea_funding *terms)
{
    for (size_t i = 0; i < terms->n_grants; i++) {
        const kea_grant *grant = &terms->grant[i];
        kea_buffer_add(out, "%s{ payer = \"%s\"; ",
                       i > 0 ? ",\n                 " : "\n      grants = ( ",
                       fundings->payer[grant->payer]);
        write_field(out, "amount", grant->amount);
        kea_buffer_add(out, "first_year = %zu; last_year = %zu; }", grant->first, grant->last);
    }
    kea_buffer_add(out, "%s", terms->n_grants > 0 ? " );" : "");
}

static void write_others(kea_buffer *out, const kea_fundings *fundings, const kea_funding *terms,
                         size_t n_model)
{
    size_t written = 0;
    for (size_t p = n_model; p < fundings->n_payers; p++)
        if (pays(terms, p))
            kea_buffer_add(out, "%s\"%s\"", written++ > 0 ? ", " : "\n      other_payers = [ ",
                           fundings->payer[p]);
    kea_buffer_add(out, "%s", written > 0 ? " ];" : "");
}

static void write_one(kea_buffer *out, const kea_fundings *fundings,
                      const kea_funding_scenario *one, size_t n_model)
{
    const kea_funding *terms = &one->terms;
    kea_buffer_add(out, "    { name = ");
    kea_buffer_add_quoted(out, one->name);
    kea_buffer_add(out, "; ");
    if (terms->levied != KEA_NO_PAYER) {
        write_field(out, "contribution", terms->levy);
        if (terms->levy_last > 0)
            kea_buffer_add(out, "contribution_last_year = %zu; ", terms->levy_last);
        write_field(out, "host_share", one->host_share);
    }
    write_field(out, "indexation", terms->indexation);
    write_others(out, fundings, terms, n_model);
    write_group(out, "shares", fundings, terms->share, 0.0);
    write_grants(out, fundings, terms);
    write_group(out, "ceilings", fundings, terms->ceiling, (double)INFINITY);
    kea_buffer_add(out, "\n      rest = \"%s\"; source = ", fundings->payer[terms->residual]);
    kea_buffer_add_quoted(out, one->source);
    kea_buffer_add(out, "; status = \"%s\"; }", kea_evidence_name(one->evidence));
}

void kea_fundings_write(kea_buffer *out, const kea_fundings *fundings,
                        const kea_param_table *params)
{
    for (size_t i = 0; fundings && i < fundings->n; i++) {
        kea_buffer_add(out, "%s", i > 0 ? ",\n" : "funding: (\n");
        write_one(out, fundings, &fundings->item[i], params->n_payers);
    }
    kea_buffer_add(out, "%s", fundings && fundings->n > 0 ? "\n);\n" : "");
}
