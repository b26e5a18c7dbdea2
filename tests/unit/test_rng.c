/* The generator against its published answers, the addressing scheme, its GSL face, and whether
 * streams at neighbouring addresses, seeds and purposes are unrelated. */
#include "sim/core/rng.h"
#include "sim/core/rng_batch.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <string.h>

/* ---- known answers ---- */

static double uniform_of(uint32_t high, uint32_t low)
{
    uint64_t bits = ((uint64_t)high << 32) | low;
    return ((double)(bits >> 12) + 0.5) / 4503599627370496.0;
}

/* From the file kat_vectors of Random123: philox4x32 with 10 rounds. */
static void published_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t block, item, student, draw, key[2], out[4];
    } row[] = {
        {0, 0, 0, 0, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {0xffffffff,
         0xffffffff,
         0xffffffff,
         0xffffffff,
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x243f6a88,
         0x85a308d3,
         0x13198a2e,
         0x03707344,
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_rng_key key = {{row[i].key[0], row[i].key[1]}};
        kea_rng_address at = {.draw = row[i].draw, .student = row[i].student, .item = row[i].item};
        double u[2];
        kea_rng_pair(key, at, row[i].block, u);
        assert_near(u[0], uniform_of(row[i].out[0], row[i].out[1]), 0.0);
        assert_near(u[1], uniform_of(row[i].out[2], row[i].out[3]), 0.0);
        assert_near(kea_rng_uniform(key, at, row[i].block), u[0], 0.0);
    }
}

/* Philox2x64 by its published answers, and FNV-1a by the published hashes of "" and "foobar". */
static void keys_are_a_hash_mixed_with_the_seed(void **state)
{
    (void)state;
    philox2x64_ctr_t zero = {{0, 0}};
    philox2x64_key_t no_key = {{0}};
    philox2x64_ctr_t out = philox2x64(zero, no_key);
    assert_true(out.v[0] == UINT64_C(0xca00a0459843d731));
    assert_true(out.v[1] == UINT64_C(0x66c24222c9a845b5));
    static const struct {
        const char *purpose;
        uint64_t hash;
    } row[] = {{"", UINT64_C(0xcbf29ce484222325)}, {"foobar", UINT64_C(0x85944171f73967e8)}};
    for (size_t i = 0; i < 2; i++) {
        philox2x64_ctr_t counter = {{row[i].hash, 0}};
        philox2x64_key_t seed = {{UINT64_C(0x123456789abcdef0)}};
        out = philox2x64(counter, seed);
        kea_rng_key key = kea_rng_key_of(UINT64_C(0x123456789abcdef0), row[i].purpose);
        assert_int_equal(key.word[0], (uint32_t)out.v[0]);
        assert_int_equal(key.word[1], (uint32_t)(out.v[0] >> 32));
    }
}

static void uniforms_are_never_0_or_1(void **state)
{
    (void)state;
    assert_true(uniform_of(0, 0) > 0.0);
    assert_near(uniform_of(0, 0), 0x1p-53, 0.0);
    assert_true(uniform_of(0xffffffff, 0xffffffff) < 1.0);
    assert_near(1.0 - uniform_of(0xffffffff, 0xffffffff), 0x1p-53, 0.0);
    assert_near(kea_rng_exponential(0.5), log(2.0), 1e-16);
    assert_true(isfinite(kea_rng_exponential(0x1p-53)));
}

/* ---- distinct streams ---- */

static void assert_distinct(size_t n, const double *x)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (x[i] == x[j])
                fail_msg("streams %zu and %zu start with the same number", j, i);
}

static void all_bits_of_the_seed_count(void **state)
{
    (void)state;
    double first[65 + 64];
    kea_rng_address origin = {0, 0, 0};
    first[64] = kea_rng_uniform(kea_rng_key_of(0, "test"), origin, 0);
    for (int bit = 0; bit < 64; bit++) {
        uint64_t seed = UINT64_C(1) << bit;
        first[bit] = kea_rng_uniform(kea_rng_key_of(seed, "test"), origin, 0);
        first[65 + bit] = kea_rng_uniform(kea_rng_key_of(~seed, "test"), origin, 0);
    }
    assert_distinct(65 + 64, first);
}

static void purposes_have_their_own_streams(void **state)
{
    (void)state;
    static const char *const purpose[] = {"",         "a",          "b",        "aa",
                                          "ab",       "ba",         "mbo.case", "mbo.cas",
                                          "mbo.cass", "mbo.effort", "\x01",     "\x81"};
    enum { N = sizeof purpose / sizeof purpose[0] };
    double first[N];
    for (size_t i = 0; i < N; i++)
        first[i] = kea_rng_uniform(kea_rng_key_of(7, purpose[i]), (kea_rng_address){0, 0, 0}, 0);
    assert_distinct(N, first);
}

static void all_bits_of_the_address_count(void **state)
{
    (void)state;
    kea_rng_key key = kea_rng_key_of(7, "test");
    double first[4 * 32];
    for (int bit = 0; bit < 32; bit++) {
        uint32_t one = UINT32_C(1) << bit;
        first[bit] = kea_rng_uniform(key, (kea_rng_address){.draw = one}, 0);
        first[32 + bit] = kea_rng_uniform(key, (kea_rng_address){.student = one}, 0);
        first[64 + bit] = kea_rng_uniform(key, (kea_rng_address){.item = one}, 0);
        first[96 + bit] = kea_rng_uniform(key, (kea_rng_address){0, 0, 0}, one);
    }
    assert_distinct(4 * 32, first);
}

/* ---- statistics; every test at a false alarm of about 1e-6 ---- */

enum { N_NUMBERS = 200000 };

/* The number of a test: one in which only `moving` of the parts of the address changes. */
typedef enum moving { DRAW, STUDENT, ITEM, BLOCK, SEED, PURPOSE, N_MOVING } moving;

static void numbers_at(moving part, uint32_t i, double u[2])
{
    kea_rng_address at = {.draw = 3, .student = 11, .item = 2};
    uint32_t block = part == BLOCK ? i : 1;
    uint64_t seed = part == SEED ? i : 20240901;
    char purpose[32] = "test.rng";
    if (part == DRAW)
        at.draw = i;
    if (part == STUDENT)
        at.student = i;
    if (part == ITEM)
        at.item = i;
    if (part == PURPOSE)
        (void)snprintf(purpose, sizeof purpose, "test.%u", (unsigned)i);
    kea_rng_pair(kea_rng_key_of(seed, purpose), at, block, u);
}

static void assert_chi_square(double chi_square, double freedom)
{
    assert_true(gsl_cdf_chisq_Q(chi_square, freedom) > 5e-7);
    assert_true(gsl_cdf_chisq_P(chi_square, freedom) > 5e-7);
}

/* Counts in equal cells of (0, 1), of (0, 1)^2 for the pair of a block, and of
 * (0, 1)^2 for neighbouring addresses. */
static void numbers_are_uniform(void **state)
{
    (void)state;
    enum { SIDE = 16, CELLS = SIDE * SIDE };
    for (int part = 0; part < N_MOVING; part++) {
        static double line[CELLS], pair[CELLS], neighbour[CELLS];
        memset(line, 0, sizeof line);
        memset(pair, 0, sizeof pair);
        memset(neighbour, 0, sizeof neighbour);
        double last = 0.5;
        for (uint32_t i = 0; i < N_NUMBERS; i++) {
            double u[2];
            numbers_at((moving)part, i, u);
            line[(int)(u[0] * CELLS)]++;
            pair[(int)(u[0] * SIDE) * SIDE + (int)(u[1] * SIDE)]++;
            if (i % 2 == 1) /* pairs that do not overlap */
                neighbour[(int)(last * SIDE) * SIDE + (int)(u[0] * SIDE)]++;
            last = u[0];
        }
        double chi[3] = {0, 0, 0}, expected = (double)N_NUMBERS / CELLS;
        for (int i = 0; i < CELLS; i++) {
            chi[0] += pow(line[i] - expected, 2.0) / expected;
            chi[1] += pow(pair[i] - expected, 2.0) / expected;
            chi[2] += pow(neighbour[i] - 0.5 * expected, 2.0) / (0.5 * expected);
        }
        for (int i = 0; i < 3; i++)
            assert_chi_square(chi[i], CELLS - 1);
    }
}

/* The sum of 12 (u - 1/2)(v - 1/2) over n independent pairs has standard deviation sqrt(n). */
static void neighbours_are_not_correlated(void **state)
{
    (void)state;
    for (int part = 0; part < N_MOVING; part++) {
        double within = 0.0, lag_1 = 0.0, lag_2 = 0.0, last[2] = {0.5, 0.5};
        for (uint32_t i = 0; i < N_NUMBERS; i++) {
            double u[2];
            numbers_at((moving)part, i, u);
            within += 12.0 * (u[0] - 0.5) * (u[1] - 0.5);
            lag_1 += 12.0 * (u[0] - 0.5) * (last[0] - 0.5);
            lag_2 += 12.0 * (u[0] - 0.5) * (last[1] - 0.5);
            last[1] = last[0];
            last[0] = u[0];
        }
        assert_near(within / sqrt(N_NUMBERS), 0.0, 4.9);
        assert_near(lag_1 / sqrt(N_NUMBERS), 0.0, 4.9);
        assert_near(lag_2 / sqrt(N_NUMBERS), 0.0, 4.9);
    }
}

/* A seed and a seed that differs only in its high half; two purposes. */
static void seeds_and_purposes_are_not_correlated(void **state)
{
    (void)state;
    kea_rng_key a = kea_rng_key_of(42, "test.a");
    const kea_rng_key other[] = {
        kea_rng_key_of(42 + (UINT64_C(1) << 63), "test.a"),
        kea_rng_key_of(42 + (UINT64_C(1) << 32), "test.a"),
        kea_rng_key_of(43, "test.a"),
        kea_rng_key_of(42, "test.b"),
    };
    for (size_t k = 0; k < sizeof other / sizeof other[0]; k++) {
        double sum = 0.0;
        for (uint32_t i = 0; i < N_NUMBERS; i++) {
            kea_rng_address at = {.student = i};
            sum +=
                12.0 * (kea_rng_uniform(a, at, 0) - 0.5) * (kea_rng_uniform(other[k], at, 0) - 0.5);
        }
        assert_near(sum / sqrt(N_NUMBERS), 0.0, 4.9);
    }
}

static void every_bit_is_fair(void **state)
{
    (void)state;
    kea_rng_key key = kea_rng_key_of(1, "test.bits");
    int ones[52] = {0};
    for (uint32_t i = 0; i < N_NUMBERS; i++) {
        double u = kea_rng_uniform(key, (kea_rng_address){.student = i}, 0);
        uint64_t bits = (uint64_t)(u * 0x1p52);
        for (int bit = 0; bit < 52; bit++)
            ones[bit] += (int)(bits >> bit & 1);
    }
    for (int bit = 0; bit < 52; bit++) /* 52 tests, so 5.6 standard errors */
        assert_near(ones[bit], N_NUMBERS / 2.0, 5.6 * sqrt(N_NUMBERS / 4.0));
}

/* ---- as a GSL generator ---- */

static void gsl_gives_the_blocks_in_order(void **state)
{
    (void)state;
    gsl_rng *r = gsl_rng_alloc(kea_rng_gsl_type);
    kea_rng_key key = {{0xa4093822, 0x299f31d0}};
    kea_rng_address at = {.draw = 0x03707344, .student = 0x13198a2e, .item = 0x85a308d3};
    kea_rng_gsl_open(r, key, at);
    for (uint32_t block = 0; block < 5; block++) {
        philox4x32_ctr_t counter = {{block, at.item, at.student, at.draw}};
        philox4x32_key_t words = {{key.word[0], key.word[1]}};
        philox4x32_ctr_t out = philox4x32(counter, words);
        for (int i = 0; i < 4; i++)
            assert_int_equal(gsl_rng_get(r), out.v[i]);
    }
    kea_rng_gsl_open(r, key, at); /* back to the start */
    for (uint32_t block = 0; block < 5; block++) {
        double u[2];
        kea_rng_pair(key, at, block, u);
        assert_near(gsl_rng_uniform(r), u[0], 0.0);
        assert_near(gsl_rng_uniform(r), u[1], 0.0);
    }
    gsl_rng_free(r);
}

static void gsl_takes_two_words_for_a_double(void **state)
{
    (void)state;
    gsl_rng *words = gsl_rng_alloc(kea_rng_gsl_type), *r = gsl_rng_alloc(kea_rng_gsl_type);
    kea_rng_key key = kea_rng_key_of(9, "test.words");
    kea_rng_address at = {.draw = 1, .student = 2, .item = 3};
    kea_rng_gsl_open(words, key, at);
    kea_rng_gsl_open(r, key, at);
    /* an odd number of words first, so that doubles go across blocks */
    assert_int_equal(gsl_rng_get(words), gsl_rng_get(r));
    for (int i = 0; i < 9; i++) {
        uint32_t high = (uint32_t)gsl_rng_get(words), low = (uint32_t)gsl_rng_get(words);
        assert_near(gsl_rng_uniform(r), uniform_of(high, low), 0.0);
    }
    gsl_rng *copy = gsl_rng_clone(r);
    assert_near(gsl_rng_uniform(copy), gsl_rng_uniform(r), 0.0);
    gsl_rng_free(copy);
    gsl_rng_free(words);
    gsl_rng_free(r);
}

static void gsl_set_opens_a_seed(void **state)
{
    (void)state;
    gsl_rng *r = gsl_rng_alloc(kea_rng_gsl_type);
    gsl_rng_set(r, 77);
    double expected = kea_rng_uniform(kea_rng_key_of(77, "gsl"), (kea_rng_address){0, 0, 0}, 0);
    assert_near(gsl_rng_uniform(r), expected, 0.0);
    assert_int_equal(gsl_rng_min(r), 0);
    assert_int_equal(gsl_rng_max(r), 0xffffffff);
    gsl_rng_free(r);
}

static void gsl_samplers_work_on_it(void **state)
{
    (void)state;
    gsl_rng *r = gsl_rng_alloc(kea_rng_gsl_type);
    kea_rng_gsl_open(r, kea_rng_key_of(3, "test.gsl"), (kea_rng_address){0, 0, 0});
    double poisson = 0.0, normal = 0.0;
    for (int i = 0; i < N_NUMBERS; i++) {
        poisson += gsl_ran_poisson(r, 3.7);
        normal += gsl_ran_gaussian_ziggurat(r, 2.0);
    }
    assert_near(poisson / N_NUMBERS, 3.7, 4.9 * sqrt(3.7 / N_NUMBERS));
    assert_near(normal / N_NUMBERS, 0.0, 4.9 * 2.0 / sqrt(N_NUMBERS));
    gsl_rng_free(r);
}

/* A batch holds the words that the streams give one by one. */
static void batches_give_the_same_words(void **state)
{
    static const kea_rng_address firsts[] = {{0, 0, 0}, {7, 1000, 3}, {UINT32_MAX, 4294967000U, 9}};
    static uint32_t word[KEA_RNG_WORDS][KEA_RNG_BATCH];
    gsl_rng *one = gsl_rng_alloc(kea_rng_gsl_type);
    (void)state;
    for (size_t f = 0; f < sizeof firsts / sizeof firsts[0]; f++) {
        kea_rng_key key = kea_rng_key_of(UINT64_C(0xfedcba9876543210) + f, "batch");
        for (uint32_t block = 0; block < 3; block++) {
            kea_rng_batch(key, firsts[f], block, word);
            for (uint32_t i = 0; i < KEA_RNG_BATCH; i++) {
                kea_rng_address at = firsts[f];
                at.student += i;
                kea_rng_gsl_open(one, key, at);
                for (uint32_t skip = 0; skip < 4 * block; skip++)
                    (void)gsl_rng_get(one);
                for (size_t k = 0; k < KEA_RNG_WORDS; k++)
                    assert_int_equal(word[k][i], gsl_rng_get(one));
            }
        }
    }
    gsl_rng_free(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_answers),
        cmocka_unit_test(keys_are_a_hash_mixed_with_the_seed),
        cmocka_unit_test(uniforms_are_never_0_or_1),
        cmocka_unit_test(all_bits_of_the_seed_count),
        cmocka_unit_test(purposes_have_their_own_streams),
        cmocka_unit_test(all_bits_of_the_address_count),
        cmocka_unit_test(numbers_are_uniform),
        cmocka_unit_test(neighbours_are_not_correlated),
        cmocka_unit_test(seeds_and_purposes_are_not_correlated),
        cmocka_unit_test(every_bit_is_fair),
        cmocka_unit_test(gsl_gives_the_blocks_in_order),
        cmocka_unit_test(gsl_takes_two_words_for_a_double),
        cmocka_unit_test(gsl_set_opens_a_seed),
        cmocka_unit_test(gsl_samplers_work_on_it),
        cmocka_unit_test(batches_give_the_same_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
