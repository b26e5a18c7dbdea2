#include "sim/analysis/psa.h"

#include "sim/core/memory.h"
#include "sim/inputs/params.h"

#include <stdlib.h>
#include <string.h>

static kea_status init_pairs(kea_pairs *pairs, size_t n_points, size_t n_arms, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    pairs->n_points = n_points;
    pairs->n_arms = n_arms;
    KEA_TRY(kea_memory_new(&block, n_points * n_arms, sizeof(double), err));
    pairs->cost = block;
    KEA_TRY(kea_memory_new(&block, n_points * n_arms, sizeof(double), err));
    pairs->effect = block;
done:
    return status;
}

kea_status kea_psa_init(kea_psa *psa, size_t n_points, size_t n_arms, size_t n_params,
                        kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    *psa = (kea_psa){.n_params = n_params,
                     .n_draws = n_points,
                     .currency = "",
                     .effect = "",
                     .gain = "",
                     .costs = "",
                     .persons = 1.0,
                     .person = ""};
    KEA_TRY(init_pairs(&psa->pairs, n_points, n_arms, err));
    KEA_TRY(kea_memory_new(&block, n_arms, sizeof(kea_psa_name), err));
    psa->arms = block;
    KEA_TRY(kea_memory_new(&block, n_params, sizeof(char *), err));
    psa->params = block;
    KEA_TRY(kea_memory_new(&block, n_params, sizeof(char *), err));
    psa->titles = block;
    KEA_TRY(kea_memory_new(&block, n_params, sizeof(bool), err));
    psa->follows = block;
    KEA_TRY(kea_memory_new(&block, n_points * n_params, sizeof(double), err));
    psa->value = block;
    KEA_TRY(kea_memory_new(&block, n_points, sizeof(size_t), err));
    psa->draw = block;
    for (size_t arm = 0; arm < n_arms; arm++)
        psa->arms[arm] = (kea_psa_name){"", ""};
    for (size_t k = 0; k < n_params; k++)
        psa->params[k] = psa->titles[k] = "";
done:
    return status;
}

void kea_psa_free(kea_psa *psa)
{
    for (size_t i = 0; i < psa->n_sets; i++)
        free(psa->sets[i].params);
    for (size_t i = 0; i < psa->n_texts; i++)
        free(psa->texts[i]);
    kea_pairs_free(&psa->pairs);
    kea_pairs_free(&psa->again);
    free(psa->arms);
    free(psa->params);
    free(psa->titles);
    free(psa->follows);
    free(psa->value);
    free(psa->draw);
    free(psa->sets);
    free(psa->texts);
    *psa = (kea_psa){0};
}

/* Makes room for one more in an array that doubles. */
static kea_status grow(void **block, size_t n, size_t *room, size_t size, kea_error *err)
{
    if (n < *room)
        return KEA_OK;
    size_t wanted = *room ? 2 * *room : 16;
    kea_status status = kea_memory_resize(block, wanted, size, err);
    if (status == KEA_OK)
        *room = wanted;
    return status;
}

kea_status kea_psa_keep(kea_psa *psa, const char *text, const char **kept, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = psa->texts;
    KEA_TRY(grow(&block, psa->n_texts, &psa->room_texts, sizeof(char *), err));
    psa->texts = block;
    KEA_TRY(kea_memory_copy_text(&psa->texts[psa->n_texts], text, err));
    *kept = psa->texts[psa->n_texts++];
done:
    return status;
}

kea_status kea_psa_add_set(kea_psa *psa, const char *id, const char *title, size_t n,
                           const size_t *params, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = psa->sets, *members = NULL;
    kea_psa_set set = {.n = n};
    KEA_TRY(grow(&block, psa->n_sets, &psa->room_sets, sizeof(kea_psa_set), err));
    psa->sets = block;
    KEA_TRY(kea_psa_keep(psa, id, &set.name.id, err));
    KEA_TRY(kea_psa_keep(psa, title, &set.name.title, err));
    KEA_TRY(kea_memory_new(&members, n, sizeof(size_t), err));
    set.params = members;
    for (size_t i = 0; i < n; i++)
        set.params[i] = params[i];
    psa->sets[psa->n_sets++] = set;
done:
    return status;
}

/* The values of one point, for sorting. */
typedef struct row {
    const double *value;
    size_t n, point;
} row;

static int compare_values(const row *a, const row *b)
{
    for (size_t k = 0; k < a->n; k++)
        if (a->value[k] != b->value[k])
            return a->value[k] < b->value[k] ? -1 : 1;
    return 0;
}

static int compare_rows(const void *one, const void *other)
{
    const row *a = one, *b = other;
    int order = compare_values(a, b);
    return order ? order : (a->point > b->point) - (a->point < b->point);
}

kea_status kea_psa_find_draws(kea_psa *psa, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const size_t n = psa->pairs.n_points, k = psa->n_params;
    psa->n_draws = n;
    for (size_t i = 0; i < n; i++)
        psa->draw[i] = i;
    if (k == 0)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, n, sizeof(row), err));
    row *rows = block;
    for (size_t i = 0; i < n; i++)
        rows[i] = (row){psa->value + i * k, k, i};
    qsort(rows, n, sizeof *rows, compare_rows);
    /* a draw has the number of its first point */
    for (size_t i = 1; i < n; i++) {
        if (compare_values(&rows[i - 1], &rows[i]) != 0)
            continue;
        psa->draw[rows[i].point] = psa->draw[rows[i - 1].point];
        psa->n_draws--;
    }
done:
    free(block);
    return status;
}

size_t kea_psa_blocks(const kea_psa *psa)
{
    const size_t blocks = psa->block > 1 ? psa->pairs.n_points / psa->block : 0;
    return blocks > 1 ? blocks : 0;
}

kea_parameters kea_psa_parameters(const kea_psa *psa)
{
    return (kea_parameters){psa->pairs.n_points, psa->n_params, psa->params, psa->value};
}

kea_status kea_psa_find(const kea_psa *psa, const char *name, size_t *index, kea_error *err)
{
    for (size_t k = 0; k < psa->n_params; k++)
        if (strcmp(psa->params[k], name) == 0) {
            *index = k;
            return KEA_OK;
        }
    const char *nearest = kea_param_nearest(name, psa->n_params, psa->params);
    return kea_error_set(err, KEA_ERR_INPUT, "unknown parameter '%.200s'%s%s%s", name,
                         nearest ? "; did you mean '"
                                 : "; it is none of those that are uncertain in the sample",
                         nearest ? nearest : "", nearest ? "'?" : "");
}
