/* See quantity.h. */
#include "sim/analysis/quantity.h"

#include "sim/analysis/pairs.h"
#include "sim/core/memory.h"
#include "sim/inputs/params.h"

#include <stdlib.h>
#include <string.h>

/* In the order of kea_quantity_kind. */
static const char *const names[] = {"cost", "effect", "net_benefit"};
enum { N_NAMES = (int)(sizeof names / sizeof names[0]) };

/* Says that there is no such name, and which is like it. */
static kea_status unknown(const char *name, size_t n_outcomes, const kea_outcome_decl *outcomes,
                          kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, N_NAMES + n_outcomes, sizeof(char *), err);
    if (status != KEA_OK)
        return status;
    const char **all = block;
    memcpy(all, names, sizeof names);
    for (size_t i = 0; i < n_outcomes; i++)
        all[N_NAMES + i] = outcomes[i].name;
    const char *like = kea_param_nearest(name, N_NAMES + n_outcomes, all);
    status =
        kea_error_set(err, KEA_ERR_USAGE,
                      "expected cost, effect, net_benefit or an outcome of the model, found "
                      "\"%s\"%s%s%s",
                      name, like ? "; did you mean '" : "", like ? like : "", like ? "'?" : "");
    free(block);
    return status;
}

kea_status kea_quantity_find(kea_quantity *quantity, const char *name, double wtp,
                             size_t n_outcomes, const kea_outcome_decl *outcomes, kea_error *err)
{
    for (size_t i = 0; i < N_NAMES; i++)
        if (strcmp(name, names[i]) == 0) {
            *quantity = (kea_quantity){(kea_quantity_kind)i, names[i], wtp, 0};
            return KEA_OK;
        }
    for (size_t i = 0; i < n_outcomes; i++)
        if (strcmp(name, outcomes[i].name) == 0) {
            *quantity = (kea_quantity){KEA_QUANTITY_OUTCOME, outcomes[i].name, wtp, i};
            return KEA_OK;
        }
    return unknown(name, n_outcomes, outcomes, err);
}

kea_status kea_quantity_values(const kea_quantity *quantity, const kea_sample *sample,
                               const kea_effect *effect, size_t arm, double *value, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    KEA_TRY(kea_pairs_init_sum(&pairs, sample, effect->n_outcomes, effect->outcomes, err));
    for (size_t i = 0; i < sample->n_points; i++) {
        if (quantity->kind == KEA_QUANTITY_COST)
            value[i] = kea_pairs_cost_increment(&pairs, i, arm, 0);
        else if (quantity->kind == KEA_QUANTITY_EFFECT)
            value[i] = kea_pairs_effect_increment(&pairs, i, arm, 0);
        else if (quantity->kind == KEA_QUANTITY_NET_BENEFIT)
            value[i] = kea_pairs_net_benefit(&pairs, i, arm, 0, quantity->wtp);
        else
            value[i] = *kea_sample_at(sample, i, arm, quantity->outcome, KEA_SCOPE_DISCOUNTED) -
                       *kea_sample_at(sample, i, 0, quantity->outcome, KEA_SCOPE_DISCOUNTED);
    }
done:
    kea_pairs_free(&pairs);
    return status;
}
