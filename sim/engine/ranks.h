/* The processes that share a run when it is started by mpirun or srun: its ranks, numbered from 0.
 * ranks.c is the only source file that knows MPI; in a program built without MPI there is always
 * one rank and kea_ranks_open fails.
 *
 * Only the thread that opened the ranks may call these functions. A message between ranks that
 * fails ends all processes: that is what MPI does by itself. NULL stands for a process alone. */
#ifndef KEA_ENGINE_RANKS_H
#define KEA_ENGINE_RANKS_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_ranks kea_ranks;

/* Whether this program was built with MPI. */
bool kea_ranks_built(void);

/* Joins the other processes; at most once per program. KEA_ERR_RUN when MPI cannot be used,
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_ranks_open(kea_ranks **ranks, kea_error *err);

/* Leaves. Waits until all others leave, unless they were given up. Legal on NULL. */
void kea_ranks_close(kea_ranks *ranks);

/* From now on nothing is waited for: another rank has died. */
void kea_ranks_give_up(kea_ranks *ranks);

size_t kea_ranks_number(const kea_ranks *ranks); /* of this process */
size_t kea_ranks_count(const kea_ranks *ranks);  /* of all, 1 or more */
size_t kea_ranks_here(const kea_ranks *ranks);   /* of those on this machine, 1 or more */

/* Called by all ranks, each with how it fares. Returns the same in all: KEA_OK, or the status and
 * error of the first rank that failed. The text says which rank and machine that was, unless it is
 * rank 0. */
KEA_CHECKED kea_status kea_ranks_agree(kea_ranks *ranks, kea_status mine, kea_error *err);

/* Called by all ranks: all get rank 0's bytes. */
void kea_ranks_share(kea_ranks *ranks, void *data, size_t size);

/* Called by all ranks: the sum of their numbers. */
size_t kea_ranks_sum(kea_ranks *ranks, size_t mine);

/* A message. `kind` is the sender's, 0 or more. */
typedef struct kea_letter {
    size_t rank; /* who sent it */
    int kind;
    size_t size;
    const void *data; /* valid until the next kea_ranks_receive */
} kea_letter;

/* Most bytes that a message can have. */
enum { KEA_RANKS_MOST = 0x7fffffff };

/* Sends a copy of at most KEA_RANKS_MOST bytes. Does not wait until it is received. */
void kea_ranks_send(kea_ranks *ranks, size_t to, int kind, size_t size, const void *data);

/* A message that has come; false when there is none. */
bool kea_ranks_receive(kea_ranks *ranks, kea_letter *letter);

#endif
