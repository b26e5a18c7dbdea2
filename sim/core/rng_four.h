/* Four blocks of one student at a time: the numbers of kea_rng_pair, bit for bit, in well under
 * half the instructions. What a student draws at one moment lies in several streams; addresses are
 * known beforehand, so the blocks need not wait for one another.
 *
 * The generator is integer arithmetic, so every processor gives the same numbers. Compilers do not
 * see by themselves that one instruction multiplies two pairs of 32-bit words; where that
 * instruction always exists (x86-64) it is named, elsewhere the blocks are made one by one. */
#ifndef KEA_CORE_RNG_FOUR_H
#define KEA_CORE_RNG_FOUR_H

#include "sim/core/rng.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Where one block lies, below a draw and a student. */
typedef struct kea_rng_place {
    kea_rng_key key;
    uint32_t item, block;
} kea_rng_place;

#ifdef __SSE2__

/* Two blocks side by side: a word in the lower half of each 64-bit lane. What the upper halves hold
 * does not matter to the multiplication, nor to a lower half. */
typedef struct kea_rng_two {
    __m128i word[4], key[2];
} kea_rng_two;

static inline __m128i kea_rng_lanes(uint32_t first, uint32_t second)
{
    return _mm_set_epi64x(second, first);
}

static inline kea_rng_two kea_rng_two_open(const kea_rng_place place[2], uint32_t draw,
                                           uint32_t student)
{
    return (kea_rng_two){{kea_rng_lanes(place[0].block, place[1].block),
                          kea_rng_lanes(place[0].item, place[1].item),
                          kea_rng_lanes(student, student), kea_rng_lanes(draw, draw)},
                         {kea_rng_lanes(place[0].key.word[0], place[1].key.word[0]),
                          kea_rng_lanes(place[0].key.word[1], place[1].key.word[1])}};
}

/* One of the ten rounds, and the key of the next. The constants are those of Philox4x32. */
static inline void kea_rng_two_round(kea_rng_two *x)
{
    __m128i first = _mm_mul_epu32(x->word[0], _mm_set1_epi64x(PHILOX_M4x32_0));
    __m128i third = _mm_mul_epu32(x->word[2], _mm_set1_epi64x(PHILOX_M4x32_1));
    x->word[0] = _mm_xor_si128(_mm_srli_epi64(third, 32), _mm_xor_si128(x->word[1], x->key[0]));
    x->word[2] = _mm_xor_si128(_mm_srli_epi64(first, 32), _mm_xor_si128(x->word[3], x->key[1]));
    x->word[1] = third;
    x->word[3] = first;
    x->key[0] = _mm_add_epi32(x->key[0], _mm_set1_epi64x(PHILOX_W32_0));
    x->key[1] = _mm_add_epi32(x->key[1], _mm_set1_epi64x(PHILOX_W32_1));
}

/* The uniforms of two words each: 52 bits as the fraction of a number from 1 to 2, made exact
 * midpoints by a subtraction that does not round. */
static inline __m128d kea_rng_lanes_uniform(__m128i high, __m128i low)
{
    __m128i half = _mm_set1_epi64x(0xffffffff);
    __m128i bits = _mm_or_si128(_mm_slli_epi64(high, 32), _mm_and_si128(low, half));
    __m128i one = _mm_set1_epi64x(0x3ff0000000000000);
    __m128d above_one = _mm_castsi128_pd(_mm_or_si128(_mm_srli_epi64(bits, 12), one));
    return _mm_sub_pd(above_one, _mm_set1_pd(1.0 - 0x1p-53));
}

static inline void kea_rng_two_close(const kea_rng_two *x, double uniform[2][2])
{
    __m128d first = kea_rng_lanes_uniform(x->word[0], x->word[1]);
    __m128d second = kea_rng_lanes_uniform(x->word[2], x->word[3]);
    _mm_storeu_pd(uniform[0], _mm_unpacklo_pd(first, second));
    _mm_storeu_pd(uniform[1], _mm_unpackhi_pd(first, second));
}

/* uniform[i] are the two numbers of kea_rng_pair at place[i]. */
static inline void kea_rng_four(const kea_rng_place place[4], uint32_t draw, uint32_t student,
                                double uniform[4][2])
{
    kea_rng_two a = kea_rng_two_open(place, draw, student);
    kea_rng_two b = kea_rng_two_open(place + 2, draw, student);
    for (int round = 0; round < 10; round++) {
        kea_rng_two_round(&a);
        kea_rng_two_round(&b);
    }
    kea_rng_two_close(&a, uniform);
    kea_rng_two_close(&b, uniform + 2);
}

#else

static inline void kea_rng_four(const kea_rng_place place[4], uint32_t draw, uint32_t student,
                                double uniform[4][2])
{
    for (int i = 0; i < 4; i++)
        kea_rng_pair(place[i].key, (kea_rng_address){draw, student, place[i].item}, place[i].block,
                     uniform[i]);
}

#endif

#endif
