/* Where the uniform numbers behind the parameter draws come from: plain random numbers, Latin
 * hypercubes, or randomised Sobol points. The last two spread the draws more evenly over what is
 * possible, so that a mean over the same number of draws is more exact.
 *
 * Every number is had by its address (name, dimension, draw) alone: in any order, on any thread.
 *
 * Random: one uniform of the stream (seed, name, draw).
 *
 * Draws of the other two come in blocks: draws 0 .. block-1, block .. 2 block - 1, and so on.
 * Within a block points are evenly spread; different blocks are independent of each other and equal
 * in distribution. The error of a mean can therefore be measured: from the spread of the blocks'
 * means (kea_moments_block_error). Every number by itself is uniform, so a mean is never biased.
 *
 * Latin hypercube (McKay, Beckman, Conover 1979, Technometrics 21): draw i of a block lies in cell
 * pi(i) of `block` equal cells, pi a random permutation of the name's own; so each cell is met once
 * per block, and no name depends on another. pi is a Feistel network on Philox that walks its cycle
 * until within 0 .. block-1 (Black and Rogaway 2002, "Ciphers with arbitrary finite domains"),
 * followed by a random rotation, which makes every cell exactly equally likely. The variance of a
 * mean is never above that of plain draws times n / (n - 1), n the block (Owen 1997, SIAM J.
 * Numer. Anal. 34).
 *
 * Sobol: the points of GSL's generator (Antonov and Saleev 1979), the first of all zeros included,
 * moved by a random shift modulo 1 of the name and block (Cranley and Patterson 1976). GSL has 40
 * dimensions; names of dimension 40 and above are Latin hypercubes. */
#ifndef KEA_INPUTS_SAMPLING_H
#define KEA_INPUTS_SAMPLING_H

#include "sim/core/status.h"

#include <stddef.h>
#include <stdint.h>

/* name in scenario files, C name */
#define KEA_SAMPLING_LIST(X)                                                                       \
    X("random", KEA_SAMPLING_RANDOM)                                                               \
    X("latin_hypercube", KEA_SAMPLING_LATIN_HYPERCUBE)                                             \
    X("sobol", KEA_SAMPLING_SOBOL)

typedef enum kea_sampling_scheme {
#define KEA_SAMPLING_ENUM(name, code) code,
    KEA_SAMPLING_LIST(KEA_SAMPLING_ENUM)
#undef KEA_SAMPLING_ENUM
        KEA_N_SAMPLINGS
} kea_sampling_scheme;

/* "latin_hypercube", or "unknown". */
const char *kea_sampling_name(kea_sampling_scheme scheme);

/* The scheme of a name; KEA_N_SAMPLINGS when there is none. */
kea_sampling_scheme kea_sampling_find(const char *name);

enum {
    KEA_SAMPLING_DIMENSIONS = 40, /* of GSL's Sobol generator */
    KEA_SAMPLING_BITS = 20        /* a block has at most 2^20 draws */
};

/* A scheme ready for use; owns nothing, may be copied. {0} is the random scheme with seed 0. */
typedef struct kea_sampling {
    kea_sampling_scheme scheme;
    uint64_t seed;
    size_t block; /* draws that are spread evenly together; random: 1 */
    /* direction numbers in units of 2^-30: point i is the exclusive or of those of i's Gray code */
    uint32_t direction[KEA_SAMPLING_DIMENSIONS][KEA_SAMPLING_BITS];
} kea_sampling;

/* How many draws go in a block when there are `draws` of them: an eighth or less, so that there are
 * at least 8 blocks to measure the error with; a power of 2 for Sobol, whose points are even in
 * such numbers. 1 for the random scheme and below 16 draws. At most 2^20. */
size_t kea_sampling_block(kea_sampling_scheme scheme, size_t draws);

/* Zeroes and fills. 1 <= block <= 2^KEA_SAMPLING_BITS; the random scheme makes it 1. Sobol runs
 * GSL's generator once through half a block. Errors: KEA_ERR_MEMORY, KEA_ERR_INTERNAL (block). */
KEA_CHECKED kea_status kea_sampling_init(kea_sampling *sampling, kea_sampling_scheme scheme,
                                         uint64_t seed, size_t block, kea_error *err);

/* The uniform of draw number `draw` of `name`, within 2^-53 .. 1 - 2^-53. `name` is the purpose of
 * its random stream (see sim/core/rng.h). `dimension` matters to the Sobol scheme only; names that
 * are used together have different ones, or any number from KEA_SAMPLING_DIMENSIONS on. */
double kea_sampling_uniform(const kea_sampling *sampling, const char *name, size_t dimension,
                            uint32_t draw);

#endif
