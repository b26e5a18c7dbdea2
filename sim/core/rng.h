/* Random numbers by address, not by sequence.
 *
 * A stream is found by (seed, purpose, draw, student, case); it holds numbers at block positions
 * 0, 1, 2, ... Any number can be had without the ones before it, so results cannot depend on
 * threads, order or on what another strategy did: full common random numbers come for free.
 * The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3"), from the Random123 library.
 *
 * Uniform numbers are odd multiples of 2^-53, so they lie strictly between 0 and 1. */
#ifndef KEA_CORE_RNG_H
#define KEA_CORE_RNG_H

#include "sim/core/fast_math.h"

#include <gsl/gsl_rng.h>
#include <stdint.h>

/* philox.h is used for its arithmetic only. */
#include <Random123/philox.h>

/* Number of the addressing scheme. Within one scheme the same scenario gives the same bytes. */
#define KEA_RNG_SCHEME 1

/* The key of one (seed, purpose); made once, shared by all threads. */
typedef struct kea_rng_key {
    uint32_t word[2];
} kea_rng_key;

/* An address below a key. What a purpose has no use for stays 0. */
typedef struct kea_rng_address {
    uint32_t draw;    /* parameter draw or cohort number */
    uint32_t student; /* number of the student in the cohort */
    uint32_t item;    /* number of the case (or other thing) of that student */
} kea_rng_address;

/* The key for a purpose, e.g. kea_rng_key_of(seed, "mbo.case"): the name is hashed (FNV-1a, 64
 * bits) and mixed with all 64 bits of the seed by Philox2x64-10, so that two purposes or two seeds
 * have unrelated streams (the same key would be a chance of 1 in 2^64). */
kea_rng_key kea_rng_key_of(uint64_t seed, const char *purpose);

/* Two independent uniforms in (0, 1): block `block` of the stream at `address`. About 5-10 ns. */
static inline void kea_rng_pair(kea_rng_key key, kea_rng_address address, uint32_t block,
                                double uniform[2])
{
    philox4x32_ctr_t counter = {{block, address.item, address.student, address.draw}};
    philox4x32_key_t words = {{key.word[0], key.word[1]}};
    philox4x32_ctr_t out = philox4x32(counter, words);
    uint64_t first = ((uint64_t)out.v[0] << 32) | out.v[1];
    uint64_t second = ((uint64_t)out.v[2] << 32) | out.v[3];
    /* 52 high bits plus a half: the midpoints of 2^52 cells, so never 0 and never 1 */
    uniform[0] = ((double)(int64_t)(first >> 12) + 0.5) * 0x1p-52;
    uniform[1] = ((double)(int64_t)(second >> 12) + 0.5) * 0x1p-52;
}

/* The first uniform of a block, for purposes that need one number only. */
static inline double kea_rng_uniform(kea_rng_key key, kea_rng_address address, uint32_t block)
{
    double uniform[2];
    kea_rng_pair(key, address, block, uniform);
    return uniform[0];
}

/* A standard exponential (mean 1) from a uniform, by inversion. Decreasing in u. */
static inline double kea_rng_exponential(double uniform)
{
    return -kea_fast_log(uniform);
}

/* The same generator as a GSL type, so that every sampler of GSL works on a stream:
 *     gsl_rng *r = gsl_rng_alloc(kea_rng_gsl_type);
 *     kea_rng_gsl_open(r, key, address);
 * gsl_rng_set(r, s) opens seed s, purpose "gsl", address 0.
 * gsl_rng_get gives the 32-bit words of blocks 0, 1, 2, ... in order; gsl_rng_uniform takes two
 * words, so right after opening a stream it gives the very numbers of kea_rng_pair for blocks
 * 0, 1, 2, ... A stream has 2^34 words, then starts again. */
extern const gsl_rng_type *const kea_rng_gsl_type;

/* Puts a generator of type kea_rng_gsl_type at the start of a stream. Any other type is left as
 * it is: an assertion fails in debug builds. */
void kea_rng_gsl_open(gsl_rng *generator, kea_rng_key key, kea_rng_address address);

#endif
