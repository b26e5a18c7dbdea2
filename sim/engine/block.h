/* Private to sim/engine: blocks of points, in which work is dealt and results are handed over. */
#ifndef KEA_ENGINE_BLOCK_H
#define KEA_ENGINE_BLOCK_H

#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/engine/work.h"

#include <stdbool.h>
#include <stddef.h>

/* Points first .. first + sample.n_points - 1 of a design and their results. */
typedef struct kea_block {
    size_t number; /* of the block, from 0 */
    size_t first;
    kea_sample sample;
    kea_status status; /* when complete: KEA_OK, or that of the first of its points that failed */
    kea_error error;   /* with that point's error */
    bool complete;
    bool in_use;
    size_t n_dealt, n_done, n_wanted, failed; /* the crew's, see crew.c */
    struct kea_block *next;
} kea_block;

/* A number of blocks with their memory, used again and again for the blocks of a design. */
typedef struct kea_blocks {
    size_t first, end; /* the points that are run */
    size_t n;          /* blocks in which these fall */
    size_t n_slots;
    kea_block *slot; /* [n_slots] */
} kea_blocks;

/* Memory for at most n_slots blocks (fewer when the design has fewer). Free with kea_blocks_free
 * (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_blocks_init(kea_blocks *blocks, const kea_work *work, size_t first,
                                       size_t n_slots, bool by_period, kea_error *err);
void kea_blocks_free(kea_blocks *blocks);

/* Makes block `number` in a slot that is not in use; there must be one. */
kea_block *kea_blocks_take(kea_blocks *blocks, size_t number);

/* The slot that holds a number and is in use; NULL when there is none. */
kea_block *kea_blocks_find(const kea_blocks *blocks, size_t number);

#endif
