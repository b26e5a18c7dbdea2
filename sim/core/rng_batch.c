/* Philox4x32-10 (see rng.h) with one stream in each lane.
 *
 * Words lie in 64-bit lanes, so that a product has room for its high half without any shuffling;
 * written so, compilers make one instruction of each line of the round. */
#include "sim/core/rng_batch.h"

#include "sim/core/clones.h"

KEA_CLONES
void kea_rng_batch(kea_rng_key key, kea_rng_address first, uint32_t block,
                   uint32_t word[KEA_RNG_WORDS][KEA_RNG_BATCH])
{
    const uint64_t low = UINT32_MAX;
    for (uint32_t i = 0; i < KEA_RNG_BATCH; i++) {
        uint64_t a = block, b = first.item, c = first.student + i, d = first.draw;
        uint32_t key_a = key.word[0], key_b = key.word[1];
        for (int round = 0; round < PHILOX4x32_DEFAULT_ROUNDS; round++) {
            uint64_t p = PHILOX_M4x32_0 * (a & low), q = PHILOX_M4x32_1 * (c & low);
            a = (q >> 32) ^ b ^ key_a;
            b = q & low;
            c = (p >> 32) ^ d ^ key_b;
            d = p & low;
            key_a += PHILOX_W32_0;
            key_b += PHILOX_W32_1;
        }
        word[0][i] = (uint32_t)a;
        word[1][i] = (uint32_t)b;
        word[2][i] = (uint32_t)c;
        word[3][i] = (uint32_t)d;
    }
}
