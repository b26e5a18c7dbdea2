/* A sample from three CSV files, as BCEA, voi, dampack and SAVI have them. */
#include "sim/analysis/psa.h"

#include "sim/core/memory.h"
#include "sim/inputs/csv.h"
#include "sim/inputs/params.h"

#include <stdlib.h>
#include <string.h>

static const size_t most_bytes = (size_t)1 << 30;

/* Reads one file; `what` it holds is for the message. */
static kea_status read_file(kea_csv *csv, const char *path, const char *what, kea_error *err)
{
    kea_status status = kea_csv_read(csv, path, most_bytes, err);
    if (status == KEA_ERR_IO && err) {
        char reason[sizeof err->text];
        memcpy(reason, err->text, sizeof reason);
        return kea_error_at(err, KEA_ERR_IO, path, 0, "the %s cannot be read: %.700s", what,
                            reason);
    }
    if (status != KEA_OK)
        return status;
    if (csv->n_columns == 1 && strpbrk(kea_csv_name(csv, 0), ";\t"))
        return kea_error_at(err, KEA_ERR_INPUT, path, csv->line[0],
                            "the cells are not separated by commas; save the table as "
                            "comma-separated values, with a point for decimals");
    if (csv->n_rows < 2)
        return kea_error_at(err, KEA_ERR_INPUT, path, csv->line[0],
                            "%zu row%s below the names; every row is a draw, and a sample has at "
                            "least 2",
                            csv->n_rows, csv->n_rows == 1 ? "" : "s");
    return KEA_OK;
}

/* Two files must have as many rows. */
static kea_status check_rows(const kea_csv *csv, const kea_csv *costs, kea_error *err)
{
    if (csv->n_rows == costs->n_rows)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[csv->n_rows],
                        "%zu rows below the names, but %s has %zu; the same draw must stand in the "
                        "same row of both",
                        csv->n_rows, costs->file, costs->n_rows);
}

/* The columns of costs in the order of the sample's arms: the reference first. */
static kea_status order_arms(const kea_csv *costs, const char *reference, const char **names,
                             kea_error *err)
{
    size_t first = 0, n = costs->n_columns;
    for (size_t c = 0; c < n; c++)
        names[c] = kea_csv_name(costs, c);
    while (reference && first < n && strcmp(names[first], reference) != 0)
        first++;
    if (first == n) {
        char known[400];
        kea_param_list(n, names, known, sizeof known);
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the reference '%.200s' is no strategy of %s, which has %s", reference,
                             costs->file, known);
    }
    for (size_t c = first; c > 0; c--)
        names[c] = names[c - 1];
    names[0] = kea_csv_name(costs, first);
    return KEA_OK;
}

/* Numbers of the named columns into value[row][n]. */
static kea_status read_numbers(const kea_csv *csv, size_t n, const char *const *names, double sign,
                               double *value, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, n, sizeof(size_t), err));
    size_t *at = block;
    KEA_TRY(kea_csv_columns(csv, n, names, at, err));
    for (size_t i = 0; i < csv->n_rows; i++)
        for (size_t k = 0; k < n; k++) {
            double number = 0.0;
            KEA_TRY(kea_csv_number(csv, i, at[k], &number, err));
            value[i * n + k] = sign * number;
        }
done:
    free(block);
    return status;
}

/* A parameter that never changes is a mistake: the wrong column, or one that is not uncertain. */
static kea_status check_constant(const kea_psa *psa, const kea_csv *csv, kea_error *err)
{
    const size_t n = psa->n_params;
    for (size_t k = 0; k < n; k++) {
        bool same = true;
        for (size_t i = 1; i < psa->pairs.n_points && same; i++)
            same = psa->value[i * n + k] == psa->value[k];
        if (same)
            return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                                "%.100s: is %g in every row, so there is nothing to learn of it; "
                                "take the column out",
                                psa->params[k], psa->value[k]);
    }
    return KEA_OK;
}

static kea_status read_parameters(kea_psa *psa, const kea_csv *csv, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t k = 0; k < psa->n_params; k++) {
        KEA_TRY(kea_psa_keep(psa, kea_csv_name(csv, k), &psa->params[k], err));
        psa->titles[k] = psa->params[k];
    }
    KEA_TRY(read_numbers(csv, psa->n_params, psa->params, 1.0, psa->value, err));
    KEA_TRY(check_constant(psa, csv, err));
done:
    return status;
}

static kea_status read_outcomes(kea_psa *psa, const kea_csv *costs, const kea_csv *effects,
                                const kea_psa_files *files, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const size_t n = costs->n_columns;
    KEA_TRY(kea_memory_new(&block, n, sizeof(char *), err));
    const char **names = block;
    KEA_TRY(order_arms(costs, files->reference, names, err));
    for (size_t arm = 0; arm < n; arm++) {
        KEA_TRY(kea_psa_keep(psa, names[arm], &psa->arms[arm].id, err));
        psa->arms[arm].title = psa->arms[arm].id;
    }
    KEA_TRY(read_numbers(costs, n, names, 1.0, psa->pairs.cost, err));
    KEA_TRY(read_numbers(effects, n, names, files->less_is_better ? -1.0 : 1.0, psa->pairs.effect,
                         err));
    KEA_TRY(kea_psa_keep(psa, files->currency, &psa->currency, err));
    KEA_TRY(kea_psa_keep(psa, "effect", &psa->effect, err));
done:
    free(block);
    return status;
}

kea_status kea_psa_read(kea_psa *psa, const kea_psa_files *files, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_csv costs = {0}, effects = {0}, parameters = {0};
    *psa = (kea_psa){0};
    KEA_TRY(read_file(&costs, files->costs, "costs", err));
    if (costs.n_columns < 2) {
        status = kea_error_at(err, KEA_ERR_INPUT, files->costs, costs.line[0],
                              "1 column; expected one for every strategy, and at least 2 of them "
                              "(the reference may be one with costs and effects 0)");
        goto done;
    }
    KEA_TRY(read_file(&effects, files->effects, "effects", err));
    KEA_TRY(check_rows(&effects, &costs, err));
    if (files->parameters) {
        KEA_TRY(read_file(&parameters, files->parameters, "parameters", err));
        KEA_TRY(check_rows(&parameters, &costs, err));
    }
    KEA_TRY(kea_psa_init(psa, costs.n_rows, costs.n_columns, parameters.n_columns, err));
    KEA_TRY(read_outcomes(psa, &costs, &effects, files, err));
    KEA_TRY(read_parameters(psa, &parameters, err));
    KEA_TRY(kea_psa_find_draws(psa, err));
done:
    kea_csv_free(&costs);
    kea_csv_free(&effects);
    kea_csv_free(&parameters);
    return status;
}
