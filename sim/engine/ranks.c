/* The only source file that includes mpi.h. */
#include "sim/engine/ranks.h"

#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

#ifdef KEA_WITH_MPI

#include <mpi.h>
#include <stdint.h>
#include <stdio.h>

/* A message that has been sent, but perhaps not all the way. */
typedef struct sent {
    MPI_Request request;
    void *data; /* a copy */
    struct sent *next;
} sent;

struct kea_ranks {
    int number, count, here;
    sent *outgoing;
    void *letter; /* the last message received */
    size_t capacity;
    MPI_Request coming; /* a message that is on its way, MPI_REQUEST_NULL for none */
    int from, kind, size;
    bool given_up;
};

bool kea_ranks_built(void)
{
    return true;
}

/* How many ranks share this machine's memory. */
static int count_here(void)
{
    MPI_Comm near;
    int here = 1;
    if (MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &near) !=
        MPI_SUCCESS)
        return 1;
    (void)MPI_Comm_size(near, &here);
    (void)MPI_Comm_free(&near);
    return here;
}

kea_status kea_ranks_open(kea_ranks **ranks, kea_error *err)
{
    void *block = NULL;
    int support = 0;
    *ranks = NULL;
    kea_status status = kea_memory_new(&block, 1, sizeof **ranks, err);
    if (status != KEA_OK)
        return status;
    /* one thread of each process sends and receives */
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &support) != MPI_SUCCESS) {
        free(block);
        return kea_error_set(err, KEA_ERR_RUN, "MPI does not start");
    }
    *ranks = block;
    (*ranks)->coming = MPI_REQUEST_NULL;
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &(*ranks)->number);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &(*ranks)->count);
    (*ranks)->here = count_here();
    if (support >= MPI_THREAD_FUNNELED)
        return KEA_OK;
    kea_ranks_close(*ranks);
    *ranks = NULL;
    return kea_error_set(err, KEA_ERR_RUN, "this MPI cannot be used by programs with threads");
}

/* Lets go of messages that have arrived; of all, after waiting for them, when `wait` is set. */
static void clear_outgoing(kea_ranks *ranks, bool wait)
{
    for (sent **at = &ranks->outgoing; *at;) {
        sent *one = *at;
        int complete = 1;
        if (wait)
            (void)MPI_Wait(&one->request, MPI_STATUS_IGNORE);
        else
            (void)MPI_Test(&one->request, &complete, MPI_STATUS_IGNORE);
        if (!complete) {
            at = &one->next;
            continue;
        }
        *at = one->next;
        free(one->data);
        free(one);
    }
}

void kea_ranks_close(kea_ranks *ranks)
{
    if (!ranks)
        return;
    if (!ranks->given_up) {
        clear_outgoing(ranks, true);
        (void)MPI_Finalize();
    }
    free(ranks->letter);
    free(ranks);
}

void kea_ranks_give_up(kea_ranks *ranks)
{
    ranks->given_up = true;
}

size_t kea_ranks_number(const kea_ranks *ranks)
{
    return ranks ? (size_t)ranks->number : 0;
}

size_t kea_ranks_count(const kea_ranks *ranks)
{
    return ranks ? (size_t)ranks->count : 1;
}

size_t kea_ranks_here(const kea_ranks *ranks)
{
    return ranks ? (size_t)ranks->here : 1;
}

/* Says in whose words an error is. */
static void name_rank(kea_error *err, int rank)
{
    char host[MPI_MAX_PROCESSOR_NAME] = "?", text[sizeof err->text];
    int length = 0;
    (void)MPI_Get_processor_name(host, &length);
    (void)snprintf(text, sizeof text, "rank %d on %.200s: %.700s", rank, host, err->text);
    memcpy(err->text, text, sizeof text);
}

kea_status kea_ranks_agree(kea_ranks *ranks, kea_status mine, kea_error *err)
{
    if (!ranks)
        return mine;
    kea_error own = {.code = mine}, *told = err ? err : &own;
    int failing = mine == KEA_OK ? ranks->count : ranks->number, first = 0;
    (void)MPI_Allreduce(&failing, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == ranks->count)
        return KEA_OK;
    if (first == ranks->number && first > 0)
        name_rank(told, first);
    told->code = first == ranks->number ? mine : told->code;
    (void)MPI_Bcast(told, (int)sizeof *told, MPI_BYTE, first, MPI_COMM_WORLD);
    return told->code;
}

void kea_ranks_share(kea_ranks *ranks, void *data, size_t size)
{
    if (ranks && size <= KEA_RANKS_MOST)
        (void)MPI_Bcast(data, (int)size, MPI_BYTE, 0, MPI_COMM_WORLD);
}

size_t kea_ranks_sum(kea_ranks *ranks, size_t mine)
{
    uint64_t own = mine, sum = mine;
    if (ranks)
        (void)MPI_Allreduce(&own, &sum, 1, MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
    return sum;
}

/* Never waits for the receiver: it may have died. */
void kea_ranks_send(kea_ranks *ranks, size_t to, int kind, size_t size, const void *data)
{
    void *one = NULL, *copy = NULL;
    if (!ranks || size > KEA_RANKS_MOST)
        return;
    clear_outgoing(ranks, false);
    if (kea_memory_new(&one, 1, sizeof(sent), NULL) != KEA_OK ||
        kea_memory_new(&copy, size, 1, NULL) != KEA_OK) {
        (void)MPI_Abort(MPI_COMM_WORLD, kea_status_exit(KEA_ERR_MEMORY));
        return;
    }
    if (size > 0)
        memcpy(copy, data, size);
    *(sent *)one = (sent){.data = copy, .next = ranks->outgoing};
    ranks->outgoing = one;
    (void)MPI_Isend(copy, (int)size, MPI_BYTE, (int)to, kind, MPI_COMM_WORLD,
                    &ranks->outgoing->request);
}

/* Begins to receive a message, when there is one. */
static void begin_receive(kea_ranks *ranks)
{
    MPI_Status found;
    int waits = 0;
    (void)MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &waits, &found);
    if (!waits)
        return;
    ranks->from = found.MPI_SOURCE;
    ranks->kind = found.MPI_TAG;
    (void)MPI_Get_count(&found, MPI_BYTE, &ranks->size);
    if ((size_t)ranks->size > ranks->capacity) {
        if (kea_memory_resize(&ranks->letter, (size_t)ranks->size, 1, NULL) != KEA_OK)
            (void)MPI_Abort(MPI_COMM_WORLD, kea_status_exit(KEA_ERR_MEMORY));
        ranks->capacity = (size_t)ranks->size;
    }
    (void)MPI_Irecv(ranks->letter, ranks->size, MPI_BYTE, ranks->from, ranks->kind, MPI_COMM_WORLD,
                    &ranks->coming);
}

/* Never waits for a message to be complete: its sender may have died. */
bool kea_ranks_receive(kea_ranks *ranks, kea_letter *letter)
{
    int complete = 0;
    if (!ranks)
        return false;
    if (ranks->coming == MPI_REQUEST_NULL)
        begin_receive(ranks);
    if (ranks->coming == MPI_REQUEST_NULL)
        return false;
    (void)MPI_Test(&ranks->coming, &complete, MPI_STATUS_IGNORE);
    if (!complete)
        return false;
    *letter = (kea_letter){(size_t)ranks->from, ranks->kind, (size_t)ranks->size, ranks->letter};
    return true;
}

#else /* a process is always alone */

bool kea_ranks_built(void)
{
    return false;
}

kea_status kea_ranks_open(kea_ranks **ranks, kea_error *err)
{
    *ranks = NULL;
    return kea_error_set(err, KEA_ERR_RUN, "this keasim was built without MPI");
}

void kea_ranks_close(kea_ranks *ranks)
{
    (void)ranks;
}

void kea_ranks_give_up(kea_ranks *ranks)
{
    (void)ranks;
}

size_t kea_ranks_number(const kea_ranks *ranks)
{
    (void)ranks;
    return 0;
}

size_t kea_ranks_count(const kea_ranks *ranks)
{
    (void)ranks;
    return 1;
}

size_t kea_ranks_here(const kea_ranks *ranks)
{
    (void)ranks;
    return 1;
}

kea_status kea_ranks_agree(kea_ranks *ranks, kea_status mine, kea_error *err)
{
    (void)ranks;
    (void)err;
    return mine;
}

void kea_ranks_share(kea_ranks *ranks, void *data, size_t size)
{
    (void)ranks;
    (void)data;
    (void)size;
}

size_t kea_ranks_sum(kea_ranks *ranks, size_t mine)
{
    (void)ranks;
    return mine;
}

void kea_ranks_send(kea_ranks *ranks, size_t to, int kind, size_t size, const void *data)
{
    (void)ranks;
    (void)to;
    (void)kind;
    (void)size;
    (void)data;
}

bool kea_ranks_receive(kea_ranks *ranks, kea_letter *letter)
{
    (void)ranks;
    (void)letter;
    return false;
}

#endif
