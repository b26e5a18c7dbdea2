/* Private to sim/engine: what the ranks of a run say to each other. Rank 0 deals numbers of blocks
 * to ranks that have room for them; they send back results, in any order. */
#ifndef KEA_ENGINE_REMOTE_H
#define KEA_ENGINE_REMOTE_H

#include "sim/core/status.h"
#include "sim/engine/crew.h"
#include "sim/engine/ranks.h"

#include <stdbool.h>
#include <stddef.h>

/* The kinds of message. */
enum {
    KEA_REMOTE_READY,  /* to rank 0: how many blocks there is room for, a uint64_t */
    KEA_REMOTE_WORK,   /* from rank 0: number of a block to run, a uint64_t */
    KEA_REMOTE_RESULT, /* to rank 0: a block, see kea_remote_read */
    KEA_REMOTE_END,    /* from rank 0: how the run ended, a kea_error */
    KEA_REMOTE_BYE     /* to rank 0: the last message of a rank */
};

/* Waiting for messages is looking for them this often. */
enum { KEA_REMOTE_WAIT_NS = 1000000 };

/* The number in a WORK or READY message, and that of the block in a RESULT message. */
size_t kea_remote_number(const kea_letter *letter);

/* Bytes of the message that holds a block's results. */
size_t kea_remote_size(const kea_block *block);

/* Takes the results over into a block of the same number of points. */
void kea_remote_read(const kea_letter *letter, kea_block *block);

/* Rank 0 gives a block to another rank. */
void kea_remote_give(kea_ranks *ranks, size_t to, size_t number);

/* What a rank other than 0 does: says that it has room for n_slots blocks, has its crew run those
 * that it is given, sends the results, until rank 0 says that it is over. Returns how the run
 * ended, as in rank 0. */
KEA_CHECKED kea_status kea_remote_serve(kea_ranks *ranks, kea_crew *crew, kea_blocks *blocks,
                                        kea_error *err);

/* Rank 0 tells all others how the run ended and hears them out. After an interruption it does not
 * wait long: it may be that the launcher ends all processes because one has died. Then the answer
 * is false, and the others are given up (kea_ranks_give_up). */
bool kea_remote_end(kea_ranks *ranks, kea_status status, const kea_error *err);

#endif
