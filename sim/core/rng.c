/* Keys of purposes, and Philox as a generator of GSL. */
#include "sim/core/rng.h"

#include <assert.h>

static uint64_t fnv1a(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++) {
        hash ^= (unsigned char)*text;
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}

kea_rng_key kea_rng_key_of(uint64_t seed, const char *purpose)
{
    philox2x64_ctr_t counter = {{fnv1a(purpose), 0}};
    philox2x64_key_t key = {{seed}};
    philox2x64_ctr_t out = philox2x64(counter, key);
    return (kea_rng_key){{(uint32_t)out.v[0], (uint32_t)(out.v[0] >> 32)}};
}

/* ---- as a GSL generator ---- */

typedef struct gsl_state {
    philox4x32_key_t key;
    philox4x32_ctr_t counter; /* of the block that comes next; v[0] is its number */
    philox4x32_ctr_t words;   /* the present block */
    unsigned used;            /* words of it that have been given out */
} gsl_state;

static void open_stream(gsl_state *state, kea_rng_key key, kea_rng_address address)
{
    *state = (gsl_state){
        .key = {{key.word[0], key.word[1]}},
        .counter = {{0, address.item, address.student, address.draw}},
        .used = 4,
    };
}

static uint32_t next_word(gsl_state *state)
{
    if (state->used == 4) {
        state->words = philox4x32(state->counter, state->key);
        state->counter.v[0]++;
        state->used = 0;
    }
    return state->words.v[state->used++];
}

static void gsl_set(void *state, unsigned long seed)
{
    open_stream(state, kea_rng_key_of(seed, "gsl"), (kea_rng_address){0, 0, 0});
}

static unsigned long gsl_get(void *state)
{
    return next_word(state);
}

static double gsl_get_double(void *state)
{
    uint64_t high = next_word(state);
    uint64_t bits = (high << 32) | next_word(state);
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

static const gsl_rng_type philox_type = {
    "kea_philox4x32", UINT32_MAX, 0, sizeof(gsl_state), gsl_set, gsl_get, gsl_get_double,
};

const gsl_rng_type *const kea_rng_gsl_type = &philox_type;

void kea_rng_gsl_open(gsl_rng *generator, kea_rng_key key, kea_rng_address address)
{
    assert(generator->type == &philox_type);
    if (generator->type == &philox_type)
        open_stream(generator->state, key, address);
}
