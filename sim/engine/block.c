/* Memory of blocks. Slots are few, so looking through them costs nothing. */
#include "sim/engine/block.h"

#include "sim/core/memory.h"
#include "sim/engine/run.h"

#include <stdlib.h>

kea_status kea_blocks_init(kea_blocks *blocks, const kea_work *work, size_t first, size_t n_slots,
                           bool by_period, kea_error *err)
{
    const kea_model *model = work->model;
    void *slot = NULL;
    *blocks = (kea_blocks){.first = first, .end = work->design->n_points};
    blocks->n = (blocks->end - first + KEA_RUN_BLOCK - 1) / KEA_RUN_BLOCK;
    size_t n = n_slots < blocks->n ? n_slots : blocks->n;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&slot, n, sizeof *blocks->slot, err));
    blocks->slot = slot;
    blocks->n_slots = n;
    for (size_t i = 0; i < n; i++) {
        kea_sample *sample = &blocks->slot[i].sample;
        KEA_TRY(kea_sample_init(sample, KEA_RUN_BLOCK, work->design->n_arms, model->n_outcomes,
                                model->outcomes, err));
        if (by_period)
            KEA_TRY(kea_sample_keep_periods(sample, work->n_periods, err));
    }
done:
    return status;
}

void kea_blocks_free(kea_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n_slots; i++)
        kea_sample_free(&blocks->slot[i].sample);
    free(blocks->slot);
    *blocks = (kea_blocks){0};
}

kea_block *kea_blocks_take(kea_blocks *blocks, size_t number)
{
    kea_block *block = blocks->slot;
    while (block->in_use)
        block++;
    block->in_use = true;
    block->complete = false;
    block->status = KEA_OK;
    block->number = number;
    block->first = blocks->first + number * KEA_RUN_BLOCK;
    size_t left = blocks->end - block->first;
    block->sample.n_points = left < KEA_RUN_BLOCK ? left : KEA_RUN_BLOCK;
    return block;
}

kea_block *kea_blocks_find(const kea_blocks *blocks, size_t number)
{
    for (size_t i = 0; i < blocks->n_slots; i++)
        if (blocks->slot[i].in_use && blocks->slot[i].number == number)
            return &blocks->slot[i];
    return NULL;
}
