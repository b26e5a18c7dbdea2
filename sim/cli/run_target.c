#include "sim/cli/run_target.h"

#include "sim/engine/run.h"

enum { READ_AT_ONCE = 100 };
_Static_assert(KEA_ENOUGH_STEP % KEA_RUN_BLOCK == 0,
               "a run stops after whole blocks, so every look must come after one");

bool kea_run_target_has(const kea_problem *problem, const kea_design *design)
{
    return problem->settings.target_error > 0.0 && design->kind == KEA_DESIGN_PSA;
}

void kea_run_target_free(kea_run_target *target)
{
    kea_enough_free(&target->enough);
}

kea_status kea_run_target_begin(kea_run_target *target, kea_run_store *store,
                                const kea_model *model, const kea_design *design, size_t *first,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    kea_sample some = {0};
    *target = (kea_run_target){.store = store};
    KEA_TRY(kea_enough_init(&target->enough, &store->problem->settings, model->frame,
                            design->n_arms, err));
    KEA_TRY(kea_sample_init(&some, READ_AT_ONCE, design->n_arms, model->n_outcomes, model->outcomes,
                            err));
    for (size_t at = 0; at < *first; at += some.n_points) {
        some.n_points = *first - at < READ_AT_ONCE ? *first - at : READ_AT_ONCE;
        KEA_TRY(kea_store_results(store->store, at, &some, err));
        KEA_TRY(kea_enough_add(&target->enough, &some, err));
    }
    if (target->enough.met)
        *first = design->n_points;
done:
    kea_sample_free(&some);
    return status;
}

kea_status kea_run_target_add(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    kea_run_target *target = context;
    kea_status status = kea_run_store_add(target->store, first, block, err);
    return status == KEA_OK ? kea_enough_add(&target->enough, block, err) : status;
}

kea_status kea_run_target_end(const kea_run_target *target, kea_design *design, kea_error *err)
{
    if (!target->enough.met || target->enough.n == design->n_points)
        return KEA_OK;
    design->n_points = design->n_repeats = target->enough.n;
    return kea_store_end(target->store->store, err);
}
