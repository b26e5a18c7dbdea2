/* Threads. A point takes tenths of a millisecond or more, so that one lock for all is enough. */
#include "sim/engine/crew.h"

#include "sim/core/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* Blocks in the order in which they came. */
typedef struct queue {
    kea_block *first, *last;
} queue;

typedef struct worker {
    kea_crew *crew;
    pthread_t thread;
    kea_work_bench bench;
} worker;

struct kea_crew {
    worker *workers;
    size_t n_workers, n_started;
    pthread_mutex_t lock; /* guards all that follows */
    pthread_cond_t given, completed;
    bool has_lock, closing;
    queue open;     /* blocks that have points to deal */
    queue complete; /* blocks that wait to be taken */
    size_t n_done;
};

static void put_last(queue *to, kea_block *block)
{
    block->next = NULL;
    if (to->last)
        to->last->next = block;
    else
        to->first = block;
    to->last = block;
}

static kea_block *take_first(queue *from)
{
    kea_block *block = from->first;
    if (!block)
        return NULL;
    from->first = block->next;
    if (!from->first)
        from->last = NULL;
    return block;
}

/* The next point of the first open block; waits for one. False when the crew is closing. */
static bool deal(kea_crew *crew, kea_block **block, size_t *at)
{
    while (!crew->closing && !crew->open.first)
        (void)pthread_cond_wait(&crew->given, &crew->lock);
    if (crew->closing)
        return false;
    *block = crew->open.first;
    *at = (*block)->n_dealt++;
    if ((*block)->n_dealt == (*block)->sample.n_points)
        (void)take_first(&crew->open);
    return true;
}

/* The points of a block after one that failed are not begun; those before it have been dealt
 * already, so that the first failing point is found whatever the number of threads. */
static void note_failure(kea_crew *crew, kea_block *block, size_t at, const kea_error *error)
{
    if (block == crew->open.first)
        (void)take_first(&crew->open);
    if (block->n_wanted > block->n_dealt)
        block->n_wanted = block->n_dealt;
    if (at >= block->failed)
        return;
    block->failed = at;
    block->status = error->code;
    block->error = *error;
}

static void *thread_main(void *context)
{
    worker *w = context;
    kea_crew *crew = w->crew;
    kea_block *block = NULL;
    size_t at = 0;
    (void)pthread_mutex_lock(&crew->lock);
    while (deal(crew, &block, &at)) {
        kea_error error = {0};
        (void)pthread_mutex_unlock(&crew->lock);
        kea_status status = kea_work_run(&w->bench, block->first + at, &block->sample, at, &error);
        (void)pthread_mutex_lock(&crew->lock);
        if (status != KEA_OK)
            note_failure(crew, block, at, &error);
        else
            crew->n_done++;
        if (++block->n_done < block->n_wanted)
            continue;
        put_last(&crew->complete, block);
        (void)pthread_cond_signal(&crew->completed);
    }
    (void)pthread_mutex_unlock(&crew->lock);
    return NULL;
}

void kea_crew_give(kea_crew *crew, kea_block *block)
{
    block->n_dealt = block->n_done = 0;
    block->n_wanted = block->sample.n_points;
    block->failed = SIZE_MAX;
    (void)pthread_mutex_lock(&crew->lock);
    put_last(&crew->open, block);
    (void)pthread_cond_broadcast(&crew->given);
    (void)pthread_mutex_unlock(&crew->lock);
}

double kea_crew_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static struct timespec after(long nanoseconds)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += nanoseconds;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

kea_block *kea_crew_take(kea_crew *crew, long nanoseconds)
{
    const struct timespec until = after(nanoseconds);
    int waited = 0;
    (void)pthread_mutex_lock(&crew->lock);
    while (waited == 0 && !crew->complete.first && nanoseconds > 0)
        waited = pthread_cond_timedwait(&crew->completed, &crew->lock, &until);
    kea_block *block = take_first(&crew->complete);
    if (block)
        block->complete = true;
    (void)pthread_mutex_unlock(&crew->lock);
    return block;
}

size_t kea_crew_done(kea_crew *crew)
{
    (void)pthread_mutex_lock(&crew->lock);
    size_t n = crew->n_done;
    (void)pthread_mutex_unlock(&crew->lock);
    return n;
}

static kea_status start_lock(kea_crew *crew, kea_error *err)
{
    pthread_condattr_t monotonic;
    bool ok = pthread_condattr_init(&monotonic) == 0;
    if (ok) {
        ok = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
             pthread_cond_init(&crew->completed, &monotonic) == 0;
        (void)pthread_condattr_destroy(&monotonic);
    }
    if (ok &&
        (pthread_mutex_init(&crew->lock, NULL) != 0 || pthread_cond_init(&crew->given, NULL) != 0))
        ok = false;
    crew->has_lock = ok;
    return ok ? KEA_OK : kea_error_set(err, KEA_ERR_RUN, "the system gives no lock for threads");
}

static kea_status start_threads(kea_crew *crew, kea_error *err)
{
    for (; crew->n_started < crew->n_workers; crew->n_started++) {
        worker *w = &crew->workers[crew->n_started];
        if (pthread_create(&w->thread, NULL, thread_main, w) != 0)
            return kea_error_set(err, KEA_ERR_RUN,
                                 "cannot start thread %zu of %zu; ask for fewer (-j)",
                                 crew->n_started + 1, crew->n_workers);
    }
    return KEA_OK;
}

kea_status kea_crew_open(kea_crew **crew, const kea_work *work, size_t n, kea_error *err)
{
    void *block = NULL;
    kea_status status = KEA_OK;
    *crew = NULL;
    KEA_TRY(kea_memory_new(&block, 1, sizeof **crew, err));
    *crew = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof(worker), err));
    (*crew)->workers = block;
    (*crew)->n_workers = n;
    for (size_t i = 0; i < n; i++) {
        (*crew)->workers[i].crew = *crew;
        KEA_TRY(kea_work_open(&(*crew)->workers[i].bench, work, err));
    }
    KEA_TRY(start_lock(*crew, err));
    KEA_TRY(start_threads(*crew, err));
done:
    if (status != KEA_OK) {
        kea_crew_close(*crew);
        *crew = NULL;
    }
    return status;
}

void kea_crew_close(kea_crew *crew)
{
    if (!crew)
        return;
    if (crew->has_lock) {
        (void)pthread_mutex_lock(&crew->lock);
        crew->closing = true;
        (void)pthread_cond_broadcast(&crew->given);
        (void)pthread_mutex_unlock(&crew->lock);
    }
    for (size_t i = 0; i < crew->n_started; i++)
        (void)pthread_join(crew->workers[i].thread, NULL);
    if (crew->has_lock) {
        (void)pthread_cond_destroy(&crew->completed);
        (void)pthread_cond_destroy(&crew->given);
        (void)pthread_mutex_destroy(&crew->lock);
    }
    for (size_t i = 0; i < crew->n_workers; i++)
        kea_work_close(&crew->workers[i].bench);
    free(crew->workers);
    free(crew);
}
