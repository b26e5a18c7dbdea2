/* See sampling.h. */
#include "sim/inputs/sampling.h"

#include "sim/core/rng.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const char *const names[] = {
#define KEA_SAMPLING_ROW(name, code) name,
    KEA_SAMPLING_LIST(KEA_SAMPLING_ROW)
#undef KEA_SAMPLING_ROW
};

const char *kea_sampling_name(kea_sampling_scheme scheme)
{
    return (unsigned)scheme < KEA_N_SAMPLINGS ? names[scheme] : "unknown";
}

kea_sampling_scheme kea_sampling_find(const char *name)
{
    unsigned i = 0;
    while (i < KEA_N_SAMPLINGS && strcmp(names[i], name) != 0)
        i++;
    return (kea_sampling_scheme)i;
}

enum { MIN_BLOCKS = 8, LARGEST_BLOCK = 1 << KEA_SAMPLING_BITS };

size_t kea_sampling_block(kea_sampling_scheme scheme, size_t draws)
{
    size_t block = draws / MIN_BLOCKS, power = 1;
    if (scheme == KEA_SAMPLING_RANDOM || block < 2)
        return 1;
    if (block > LARGEST_BLOCK)
        block = LARGEST_BLOCK;
    if (scheme == KEA_SAMPLING_LATIN_HYPERCUBE)
        return block;
    while (2 * power <= block)
        power *= 2;
    return power;
}

/* ---- Sobol ---- */

/* Point 2^b of the sequence is the exclusive or of direction numbers b and b - 1, so that walking
 * once to the last power of 2 below the block tells all that are needed. */
static kea_status read_directions(kea_sampling *sampling, kea_error *err)
{
    double point[KEA_SAMPLING_DIMENSIONS];
    gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, KEA_SAMPLING_DIMENSIONS);
    if (!generator)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory for Sobol points");
    size_t at = 0;
    for (size_t bit = 0; ((size_t)1 << bit) < sampling->block; bit++) {
        for (; at < (size_t)1 << bit; at++)
            (void)gsl_qrng_get(generator, point);
        for (size_t d = 0; d < KEA_SAMPLING_DIMENSIONS; d++)
            sampling->direction[d][bit] =
                (uint32_t)(point[d] * 0x1p30) ^ (bit > 0 ? sampling->direction[d][bit - 1] : 0);
    }
    gsl_qrng_free(generator);
    return KEA_OK;
}

kea_status kea_sampling_init(kea_sampling *sampling, kea_sampling_scheme scheme, uint64_t seed,
                             size_t block, kea_error *err)
{
    *sampling = (kea_sampling){.scheme = scheme, .seed = seed, .block = block};
    if (block < 1 || block > LARGEST_BLOCK || (unsigned)scheme >= KEA_N_SAMPLINGS)
        return kea_error_set(err, KEA_ERR_INTERNAL, "no sampling scheme %u with blocks of %zu",
                             (unsigned)scheme, block);
    if (scheme == KEA_SAMPLING_RANDOM)
        sampling->block = 1;
    return scheme == KEA_SAMPLING_SOBOL ? read_directions(sampling, err) : KEA_OK;
}

/* What a stream's `item` says that the number is for; 0 is the plain uniform of a draw. */
enum { FOR_DRAW = 0, FOR_ROTATION = 1, FOR_SHIFT = 2, FOR_ROUND = 16 };

static double sobol_uniform(const kea_sampling *sampling, kea_rng_key key, size_t dimension,
                            uint32_t draw)
{
    size_t position = draw % sampling->block;
    const kea_rng_address address = {.draw = (uint32_t)(draw / sampling->block), .item = FOR_SHIFT};
    double shift = kea_rng_uniform(key, address, 0);
    uint32_t sum = 0;
    size_t gray = position ^ (position >> 1);
    for (size_t bit = 0; gray; bit++, gray >>= 1)
        sum ^= (gray & 1) ? sampling->direction[dimension][bit] : 0;
    /* A point is a multiple of 2^-30 and a shift an odd multiple of 2^-53, so both differences are
     * exact, odd multiples too, and never 0 or 1. */
    double below = (double)sum * 0x1p-30 - (1.0 - shift);
    return below > 0.0 ? below : below + 1.0;
}

/* ---- Latin hypercube ---- */

/* A random bijection of the pairs of numbers of `bits` bits: a Feistel network, whose rounds are
 * random functions. */
static size_t scramble(kea_rng_key key, uint32_t block, unsigned bits, size_t position)
{
    enum { ROUNDS = 8 };
    uint32_t left = (uint32_t)(position >> bits);
    uint32_t right = (uint32_t)(position & (((size_t)1 << bits) - 1));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        const kea_rng_address address = {
            .draw = block, .student = right, .item = FOR_ROUND + round};
        uint32_t mix = (uint32_t)(kea_rng_uniform(key, address, 0) * (double)(1u << bits));
        uint32_t next = left ^ mix;
        left = right;
        right = next;
    }
    return ((size_t)left << bits) | right;
}

/* Which of n cells a position of a block is in. */
static size_t cell_of(kea_rng_key key, uint32_t block, size_t n, size_t position)
{
    unsigned bits = 1;
    while ((size_t)1 << (2 * bits) < n)
        bits++;
    do
        position = scramble(key, block, bits, position);
    while (position >= n);
    const kea_rng_address address = {.draw = block, .item = FOR_ROTATION};
    size_t rotation = (size_t)(kea_rng_uniform(key, address, 0) * (double)n);
    return (position + rotation) % n;
}

static double hypercube_uniform(const kea_sampling *sampling, kea_rng_key key, uint32_t draw)
{
    size_t n = sampling->block;
    size_t cell = cell_of(key, (uint32_t)(draw / n), n, draw % n);
    double within = kea_rng_uniform(key, (kea_rng_address){.draw = draw, .item = FOR_DRAW}, 0);
    double uniform = ((double)cell + within) / (double)n;
    return fmin(uniform, 1.0 - 0x1p-53); /* the last cell's end may be rounded to 1 */
}

double kea_sampling_uniform(const kea_sampling *sampling, const char *name, size_t dimension,
                            uint32_t draw)
{
    kea_rng_key key = kea_rng_key_of(sampling->seed, name);
    if (sampling->scheme == KEA_SAMPLING_RANDOM)
        return kea_rng_uniform(key, (kea_rng_address){.draw = draw, .item = FOR_DRAW}, 0);
    if (sampling->scheme == KEA_SAMPLING_SOBOL && dimension < KEA_SAMPLING_DIMENSIONS)
        return sobol_uniform(sampling, key, dimension, draw);
    return hypercube_uniform(sampling, key, draw);
}
