/* Private to sim/engine: the threads of this process. They are given blocks of points and hand back
 * complete ones. The points of a block are dealt one by one, so that all threads have work to the
 * end; a thread writes only into its points' places, so neither the number of threads nor their
 * order can be seen in the results. */
#ifndef KEA_ENGINE_CREW_H
#define KEA_ENGINE_CREW_H

#include "sim/core/status.h"
#include "sim/engine/block.h"
#include "sim/engine/work.h"

#include <stddef.h>

typedef struct kea_crew kea_crew;

/* Starts n threads (1 or more), each with its own workspace of the model. KEA_ERR_RUN when one
 * cannot start, what the model says when it gives no workspace, KEA_ERR_MEMORY. *crew is NULL after
 * a failure. */
KEA_CHECKED kea_status kea_crew_open(kea_crew **crew, const kea_work *work, size_t n,
                                     kea_error *err);

/* Lets every thread finish the point that it is at, and ends. Legal on NULL. */
void kea_crew_close(kea_crew *crew);

/* Gives a block to be run after those given before; it must stay until it is handed back or the
 * crew is closed. */
void kea_crew_give(kea_crew *crew, kea_block *block);

/* A block that is complete, NULL when there is none after waiting so long. */
kea_block *kea_crew_take(kea_crew *crew, long nanoseconds);

/* Points done in all. */
size_t kea_crew_done(kea_crew *crew);

/* Seconds on a clock that never goes back. It serves waiting and progress only. */
double kea_crew_clock(void);

#endif
