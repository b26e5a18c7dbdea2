/* Messages between ranks. All ranks run the same program on machines of one kind, so numbers travel
 * as they lie in memory. */
#include "sim/engine/remote.h"

#include "sim/core/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Seconds in which a rank that lives answers. A launcher kills after one. */
static const double PATIENCE = 0.4;

/* A RESULT is this, then all values, then all amounts by school year; of a block that failed it is
 * this and a kea_error. */
typedef struct heading {
    uint64_t number;
    int32_t status, unused;
} heading;

static size_t value_bytes(const kea_sample *sample)
{
    return sample->n_points * sample->n_arms * sample->n_outcomes * KEA_N_SCOPES * sizeof(double);
}

static size_t period_bytes(const kea_sample *sample)
{
    return sample->n_points * sample->n_arms * sample->n_outcomes * sample->n_periods *
           sizeof(double);
}

size_t kea_remote_number(const kea_letter *letter)
{
    uint64_t number = 0;
    memcpy(&number, letter->data, sizeof number);
    return (size_t)number;
}

size_t kea_remote_size(const kea_block *block)
{
    size_t values = value_bytes(&block->sample) + period_bytes(&block->sample);
    return sizeof(heading) + (values > sizeof(kea_error) ? values : sizeof(kea_error));
}

void kea_remote_read(const kea_letter *letter, kea_block *block)
{
    heading head;
    const char *at = letter->data;
    memcpy(&head, at, sizeof head);
    at += sizeof head;
    block->status = (kea_status)head.status;
    block->complete = true;
    if (block->status != KEA_OK) {
        memcpy(&block->error, at, sizeof block->error);
        return;
    }
    memcpy(block->sample.value, at, value_bytes(&block->sample));
    if (block->sample.n_periods > 0)
        memcpy(block->sample.period, at + value_bytes(&block->sample),
               period_bytes(&block->sample));
}

void kea_remote_give(kea_ranks *ranks, size_t to, size_t number)
{
    const uint64_t told = number;
    kea_ranks_send(ranks, to, KEA_REMOTE_WORK, sizeof told, &told);
}

/* `buffer` has room for kea_remote_size. */
static void send_result(kea_ranks *ranks, const kea_block *block, char *buffer)
{
    const heading head = {block->number, (int32_t)block->status, 0};
    size_t values = value_bytes(&block->sample), periods = period_bytes(&block->sample);
    char *at = buffer + sizeof head;
    memcpy(buffer, &head, sizeof head);
    if (block->status != KEA_OK) {
        memcpy(at, &block->error, sizeof block->error);
        kea_ranks_send(ranks, 0, KEA_REMOTE_RESULT, sizeof head + sizeof block->error, buffer);
        return;
    }
    memcpy(at, block->sample.value, values);
    if (periods > 0)
        memcpy(at + values, block->sample.period, periods);
    kea_ranks_send(ranks, 0, KEA_REMOTE_RESULT, sizeof head + values + periods, buffer);
}

/* Takes what rank 0 says; false when it says that the run is over. */
static bool listen(kea_ranks *ranks, kea_crew *crew, kea_blocks *blocks, kea_error *end)
{
    kea_letter letter;
    while (kea_ranks_receive(ranks, &letter)) {
        if (letter.kind == KEA_REMOTE_END) {
            memcpy(end, letter.data, sizeof *end);
            return false;
        }
        kea_crew_give(crew, kea_blocks_take(blocks, kea_remote_number(&letter)));
    }
    return true;
}

kea_status kea_remote_serve(kea_ranks *ranks, kea_crew *crew, kea_blocks *blocks, kea_error *err)
{
    const uint64_t room = blocks->n_slots;
    kea_error end = {0};
    void *buffer = NULL;
    kea_status status = kea_memory_new(&buffer, kea_remote_size(&blocks->slot[0]), 1, err);
    /* without memory this rank asks for nothing, and hears how the others fared */
    if (status == KEA_OK)
        kea_ranks_send(ranks, 0, KEA_REMOTE_READY, sizeof room, &room);
    while (listen(ranks, crew, blocks, &end)) {
        kea_block *block = kea_crew_take(crew, KEA_REMOTE_WAIT_NS);
        if (!block)
            continue;
        send_result(ranks, block, buffer);
        block->in_use = false;
    }
    kea_ranks_send(ranks, 0, KEA_REMOTE_BYE, 0, NULL);
    free(buffer);
    if (err && end.code != KEA_OK)
        *err = end;
    return end.code;
}

bool kea_remote_end(kea_ranks *ranks, kea_status status, const kea_error *err)
{
    kea_error end = {0};
    size_t left = kea_ranks_count(ranks) - 1;
    double until = kea_crew_clock() + PATIENCE;
    if (err && status != KEA_OK)
        end = *err;
    end.code = status;
    for (size_t to = 1; to < kea_ranks_count(ranks); to++)
        kea_ranks_send(ranks, to, KEA_REMOTE_END, sizeof end, &end);
    while (left > 0 && (status != KEA_ERR_INTERRUPTED || kea_crew_clock() < until)) {
        kea_letter letter;
        if (kea_ranks_receive(ranks, &letter) && letter.kind == KEA_REMOTE_BYE)
            left--;
    }
    if (left > 0)
        kea_ranks_give_up(ranks);
    return left == 0;
}
