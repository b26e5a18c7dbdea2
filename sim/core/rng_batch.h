/* Random numbers for many people at once: the streams of sim/core/rng.h, made in batches that the
 * compiler turns into vector instructions; several times as fast as one by one. */
#ifndef KEA_CORE_RNG_BATCH_H
#define KEA_CORE_RNG_BATCH_H

#include "sim/core/rng.h"

#include <stdint.h>

/* People in a batch: all their words fit in the first-level cache beside what a model keeps. */
enum { KEA_RNG_BATCH = 256, KEA_RNG_WORDS = 4 };

/* The words of block `block` of KEA_RNG_BATCH streams: those of the students first.student,
 * first.student + 1, ... (draw and item as in `first`). word[k][i] is word k of student i: uniform
 * over 0 ... 2^32 - 1, and the very word that kea_rng_pair and the GSL generator use at that
 * address. */
void kea_rng_batch(kea_rng_key key, kea_rng_address first, uint32_t block,
                   uint32_t word[KEA_RNG_WORDS][KEA_RNG_BATCH]);

#endif
