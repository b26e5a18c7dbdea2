/* Deals the blocks of a design to this process's threads and to other ranks as they come free, and
 * hands complete ones over in the order of the design.
 *
 * Streams are addressed, not shared, so who runs a block cannot be seen in its results; and the
 * order in which blocks are complete cannot be seen by the sink. Blocks that are complete before
 * their turn wait in memory, and no block is dealt that is too far ahead of the next to hand over:
 * memory depends on threads and ranks, not on points. */
#include "sim/engine/run.h"

#include "sim/engine/block.h"
#include "sim/engine/crew.h"
#include "sim/engine/remote.h"
#include "sim/engine/work.h"

#include "sim/core/memory.h"

#include <stdint.h>
#include <stdlib.h>

enum { TICK_NS = 100000000 };             /* longest wait of a process alone: a tenth of a second */
static const double PROGRESS_EVERY = 0.1; /* seconds */

/* One who runs blocks: rank 0's own crew, or another rank. */
typedef struct hand {
    size_t room; /* blocks it can have at once; of another rank 0 until it says so */
    size_t has;
} hand;

typedef struct dealing {
    kea_work work;
    const kea_run_options *options;
    kea_run_sink *sink;
    void *context;
    kea_crew *crew;
    kea_blocks blocks;
    hand *hands;      /* [ranks] */
    size_t next;      /* block to deal */
    size_t handed;    /* blocks handed over */
    size_t by_others; /* points done by other ranks */
    bool failed;      /* a block has failed: no more are dealt */
    double told;      /* when progress was last told */
} dealing;

/* Who is to have the next block: the one with the fewest, of those with room. */
static hand *free_hand(const dealing *d)
{
    hand *best = NULL;
    for (size_t i = 0; i < kea_ranks_count(d->options->ranks); i++) {
        hand *one = &d->hands[i];
        if (one->has < one->room && (!best || one->has < best->has))
            best = one;
    }
    return best;
}

static void deal(dealing *d)
{
    hand *to = NULL;
    while (!d->failed && d->next < d->blocks.n && d->next < d->handed + d->blocks.n_slots &&
           (to = free_hand(d)) != NULL) {
        kea_block *block = kea_blocks_take(&d->blocks, d->next++);
        to->has++;
        if (to == d->hands)
            kea_crew_give(d->crew, block);
        else
            kea_remote_give(d->options->ranks, (size_t)(to - d->hands), block->number);
    }
}

static void note_complete(dealing *d, const kea_block *block)
{
    if (block->status != KEA_OK)
        d->failed = true;
}

/* What this process's threads and the other ranks have done. */
static void collect(dealing *d)
{
    kea_ranks *ranks = d->options->ranks;
    kea_block *block = kea_crew_take(d->crew, ranks ? KEA_REMOTE_WAIT_NS : TICK_NS);
    for (; block; block = kea_crew_take(d->crew, 0)) {
        d->hands[0].has--;
        note_complete(d, block);
    }
    kea_letter letter;
    while (kea_ranks_receive(ranks, &letter)) {
        hand *from = &d->hands[letter.rank];
        if (letter.kind == KEA_REMOTE_READY) {
            from->room = kea_remote_number(&letter);
        } else if (letter.kind == KEA_REMOTE_RESULT) {
            block = kea_blocks_find(&d->blocks, kea_remote_number(&letter));
            kea_remote_read(&letter, block);
            note_complete(d, block);
            from->has--;
            d->by_others += block->sample.n_points;
        }
    }
}

/* Whether what was handed over is all that is wanted. */
static bool has_enough(const dealing *d)
{
    return d->handed == d->blocks.n || (d->options->enough && *d->options->enough);
}

/* Hands over all blocks whose turn it is. The first that failed ends the run: its first failing
 * point is the first of the design. */
static kea_status hand_over(dealing *d, kea_error *err)
{
    for (;;) {
        kea_block *block = kea_blocks_find(&d->blocks, d->handed);
        if (!block || !block->complete)
            return KEA_OK;
        if (block->status != KEA_OK) {
            if (err)
                *err = block->error;
            return block->status;
        }
        kea_status status = d->sink(d->context, block->first, &block->sample, err);
        if (status != KEA_OK)
            return status;
        block->in_use = false;
        d->handed++;
        if (has_enough(d))
            return KEA_OK;
    }
}

static void tell_progress(dealing *d, bool now)
{
    double clock = kea_crew_clock();
    if (!d->options->progress || (!now && clock - d->told < PROGRESS_EVERY))
        return;
    d->told = clock;
    d->options->progress(d->options->context,
                         d->blocks.first + d->by_others + kea_crew_done(d->crew),
                         d->work.design->n_points);
}

static kea_status coordinate(dealing *d, kea_error *err)
{
    const kea_run_options *options = d->options;
    kea_status status = KEA_OK;
    d->told = kea_crew_clock();
    while (status == KEA_OK && !has_enough(d)) {
        deal(d);
        collect(d);
        status = hand_over(d, err);
        tell_progress(d, false);
        if (status == KEA_OK && !has_enough(d) && options->stop && atomic_load(options->stop) != 0)
            status = kea_error_set(
                err, KEA_ERR_INTERRUPTED, "interrupted: %zu of %zu points of design %s were done",
                d->blocks.first + d->handed * KEA_RUN_BLOCK, d->blocks.end, d->work.design->name);
    }
    tell_progress(d, true);
    if (options->ranks && !kea_remote_end(options->ranks, status, err))
        status = kea_error_set(err, KEA_ERR_RUN,
                               "a rank of this run no longer answers; it may have died");
    return status;
}

/* Everything that can fail before the first point: values, threads, workspaces, memory. Rank 0
 * holds `slots` blocks, another rank those that its own threads can have. */
static kea_status prepare(dealing *d, size_t first, size_t slots, size_t own, kea_error *err)
{
    kea_ranks *ranks = d->options->ranks;
    size_t left = d->work.design->n_points - first;
    size_t threads = d->options->threads < left ? d->options->threads : left;
    void *hands = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&hands, kea_ranks_count(ranks), sizeof *d->hands, err));
    d->hands = hands;
    d->hands[0].room = own;
    KEA_TRY(kea_blocks_init(&d->blocks, &d->work, first, kea_ranks_number(ranks) == 0 ? slots : own,
                            d->options->by_period, err));
    if (ranks && kea_remote_size(&d->blocks.slot[0]) > KEA_RANKS_MOST)
        KEA_TRY(kea_error_set(err, KEA_ERR_RUN,
                              "the results of %d points are too large to send between ranks",
                              KEA_RUN_BLOCK));
    KEA_TRY(kea_crew_open(&d->crew, &d->work, threads, err));
done:
    return status;
}

kea_status kea_run_blocks(const kea_model *model, const kea_problem *problem,
                          const kea_design *design, const kea_run_options *options, size_t first,
                          kea_run_sink *sink, void *context, kea_error *err)
{
    kea_ranks *ranks = options->ranks;
    dealing d = {.options = options, .sink = sink, .context = context};
    /* blocks enough for all threads, and one to go on with */
    size_t own = (options->threads + KEA_RUN_BLOCK - 1) / KEA_RUN_BLOCK + 1;
    uint64_t from = first;
    kea_ranks_share(ranks, &from, sizeof from);
    size_t slots = 2 * kea_ranks_sum(ranks, own);
    kea_status status = kea_work_init(&d.work, model, problem, design, err);
    bool done = from >= design->n_points;
    if (status == KEA_OK && !done)
        status = prepare(&d, (size_t)from, slots, own, err);
    status = kea_ranks_agree(ranks, status, err);
    if (status == KEA_OK && !done)
        status = kea_ranks_number(ranks) == 0 ? coordinate(&d, err)
                                              : kea_remote_serve(ranks, d.crew, &d.blocks, err);
    kea_crew_close(d.crew);
    kea_blocks_free(&d.blocks);
    free(d.hands);
    kea_work_free(&d.work);
    return status;
}

/* Keeps all results in memory. */
static kea_status keep(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    kea_sample *sample = context;
    (void)err;
    if (block->n_periods > 0 && sample->n_periods == 0) {
        kea_status status = kea_sample_keep_periods(sample, block->n_periods, err);
        if (status != KEA_OK)
            return status;
    }
    kea_sample_put(sample, first, block);
    return KEA_OK;
}

kea_status kea_run(const kea_model *model, const kea_problem *problem, const kea_design *design,
                   const kea_run_options *options, kea_sample *sample, kea_error *err)
{
    kea_status status = kea_sample_init(sample, design->n_points, design->n_arms, model->n_outcomes,
                                        model->outcomes, err);
    if (status != KEA_OK)
        return status;
    return kea_run_blocks(model, problem, design, options, 0, keep, sample, err);
}
