/* Sampling schemes: evenly spread within a block, random between blocks and names, and had by
 * address alone. */
#include "sim/core/moments.h"
#include "sim/core/rng.h"
#include "sim/inputs/sampling.h"
#include "tests/support/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_qrng.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { SEED = 20240901, NO_DIMENSION = KEA_SAMPLING_DIMENSIONS };

static kea_sampling scheme_of(kea_sampling_scheme scheme, size_t block)
{
    kea_sampling sampling;
    kea_error err = {0};
    assert_ok(kea_sampling_init(&sampling, scheme, SEED, block, &err), err);
    return sampling;
}

static void schemes_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < KEA_N_SAMPLINGS; i++)
        assert_int_equal(kea_sampling_find(kea_sampling_name((kea_sampling_scheme)i)), i);
    assert_int_equal(kea_sampling_find("latin"), KEA_N_SAMPLINGS);
    assert_string_equal(kea_sampling_name(KEA_N_SAMPLINGS), "unknown");
}

static void eight_blocks_or_more(void **state)
{
    (void)state;
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_RANDOM, 1000), 1);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_LATIN_HYPERCUBE, 1000), 125);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_SOBOL, 1000), 64);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_SOBOL, 1024), 128);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_SOBOL, 15), 1);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_LATIN_HYPERCUBE, 3), 1);
    assert_int_equal(kea_sampling_block(KEA_SAMPLING_LATIN_HYPERCUBE, (size_t)1 << 30), 1 << 20);
}

static void wrong_blocks_are_refused(void **state)
{
    (void)state;
    kea_sampling sampling;
    kea_error err = {0};
    assert_int_equal(kea_sampling_init(&sampling, KEA_SAMPLING_SOBOL, SEED, 0, &err),
                     KEA_ERR_INTERNAL);
    assert_int_equal(kea_sampling_init(&sampling, KEA_SAMPLING_SOBOL, SEED, (1 << 20) + 1, &err),
                     KEA_ERR_INTERNAL);
    assert_int_equal(kea_sampling_init(&sampling, KEA_N_SAMPLINGS, SEED, 8, &err),
                     KEA_ERR_INTERNAL);
}

static void random_is_the_stream_itself(void **state)
{
    (void)state;
    const kea_sampling sampling = scheme_of(KEA_SAMPLING_RANDOM, 1);
    kea_rng_key key = kea_rng_key_of(SEED, "parameter.hazard");
    for (uint32_t draw = 0; draw < 100; draw++)
        assert_near(kea_sampling_uniform(&sampling, "parameter.hazard", draw, draw),
                    kea_rng_uniform(key, (kea_rng_address){.draw = draw}, 0), 0);
}

/* Every one of the block's cells holds one draw of every block. */
static void assert_one_per_cell(const kea_sampling *sampling, const char *name, size_t dimension)
{
    enum { MOST = 512 };
    size_t n = sampling->block;
    assert_in_range(n, 1, MOST);
    for (uint32_t block = 0; block < 5; block++) {
        bool met[MOST] = {false};
        for (uint32_t i = 0; i < n; i++) {
            double u = kea_sampling_uniform(sampling, name, dimension, block * (uint32_t)n + i);
            assert_true(u > 0.0 && u < 1.0);
            size_t cell = (size_t)(u * (double)n);
            assert_false(met[cell]);
            met[cell] = true;
        }
    }
}

static void a_hypercube_meets_every_cell(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 2, 3, 4, 5, 16, 17, 125, 512};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        const kea_sampling sampling = scheme_of(KEA_SAMPLING_LATIN_HYPERCUBE, blocks[i]);
        assert_one_per_cell(&sampling, "a", 0);
        assert_one_per_cell(&sampling, "b", NO_DIMENSION);
    }
    /* beyond GSL's dimensions the Sobol scheme is a hypercube */
    const kea_sampling sobol = scheme_of(KEA_SAMPLING_SOBOL, 64);
    const kea_sampling cube = scheme_of(KEA_SAMPLING_LATIN_HYPERCUBE, 64);
    assert_one_per_cell(&sobol, "a", NO_DIMENSION);
    assert_near(kea_sampling_uniform(&sobol, "a", NO_DIMENSION, 70),
                kea_sampling_uniform(&cube, "a", 0, 70), 0);
}

/* How likely counts that should be equal are this unequal. */
static double evenness(size_t n, const size_t *count, size_t total)
{
    double sum = 0, expected = (double)total / (double)n;
    for (size_t i = 0; i < n; i++)
        sum += ((double)count[i] - expected) * ((double)count[i] - expected) / expected;
    return gsl_cdf_chisq_Q(sum, (double)(n - 1));
}

/* Over many names, the cells of two draws of a block are any ordered pair, equally often; and so
 * are the cells of one draw of two neighbouring blocks, and of two names. */
static void permutations_are_random(void **state)
{
    (void)state;
    enum { N = 5, NAMES = 40000 };
    const kea_sampling sampling = scheme_of(KEA_SAMPLING_LATIN_HYPERCUBE, N);
    size_t within[N * N] = {0}, pairs[N * (N - 1)], between[N * N] = {0}, names[N * N] = {0};
    size_t last = 0, n_pairs = 0;
    for (size_t i = 0; i < NAMES; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "parameter.%zu", i);
        size_t a = (size_t)(N * kea_sampling_uniform(&sampling, name, 0, 1));
        size_t b = (size_t)(N * kea_sampling_uniform(&sampling, name, 0, 3));
        size_t c = (size_t)(N * kea_sampling_uniform(&sampling, name, 0, 1 + N));
        within[a * N + b]++;
        between[a * N + c]++;
        names[a * N + last]++;
        last = a;
    }
    for (size_t i = 0; i < N * N; i++) {
        if (i / N == i % N)
            assert_int_equal(within[i], 0);
        else
            pairs[n_pairs++] = within[i];
    }
    assert_true(evenness(n_pairs, pairs, NAMES) > 1e-6);
    assert_true(evenness(N * N, between, NAMES) > 1e-6);
    assert_true(evenness(N * N, names, NAMES) > 1e-6);
}

/* Draw 0 of a block is the point 0, so it shows the block's shift. */
static void sobol_is_gsls_sequence_shifted(void **state)
{
    (void)state;
    enum { N = 300 };
    const kea_sampling sampling = scheme_of(KEA_SAMPLING_SOBOL, N);
    for (uint32_t block = 0; block < 3; block++) {
        gsl_qrng *generator = gsl_qrng_alloc(gsl_qrng_sobol, KEA_SAMPLING_DIMENSIONS);
        double point[KEA_SAMPLING_DIMENSIONS];
        for (uint32_t i = 1; i < N; i++) {
            gsl_qrng_get(generator, point);
            for (size_t d = 0; d < KEA_SAMPLING_DIMENSIONS; d += 13) {
                double shift = kea_sampling_uniform(&sampling, "x", d, block * N);
                double expected = point[d] + shift;
                expected -= expected >= 1.0;
                assert_near(kea_sampling_uniform(&sampling, "x", d, block * N + i), expected,
                            1e-15);
            }
        }
        gsl_qrng_free(generator);
    }
}

/* Shifts belong to names and blocks, and are uniform. */
static void shifts_are_random(void **state)
{
    (void)state;
    enum { N = 20000, CELLS = 10 };
    const kea_sampling sampling = scheme_of(KEA_SAMPLING_SOBOL, 8);
    size_t blocks[CELLS] = {0}, names[CELLS] = {0};
    for (uint32_t i = 0; i < N; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "parameter.%u", i);
        blocks[(size_t)(CELLS * kea_sampling_uniform(&sampling, "x", 3, 8 * i + 5))]++;
        names[(size_t)(CELLS * kea_sampling_uniform(&sampling, name, 3, 5))]++;
    }
    assert_true(evenness(CELLS, blocks, N) > 1e-6);
    assert_true(evenness(CELLS, names, N) > 1e-6);
}

/* f = product of (1 + (u_i - 1/2)), mean 1. */
static void product(const kea_sampling *sampling, size_t n, double *f)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    for (uint32_t draw = 0; draw < n; draw++) {
        f[draw] = 1;
        for (size_t k = 0; k < 5; k++)
            f[draw] *= 0.5 + kea_sampling_uniform(sampling, names[k], k, draw);
    }
}

static double mean_of(size_t n, const double *x)
{
    kea_moments moments = {0};
    for (size_t i = 0; i < n; i++)
        kea_moments_add(&moments, x[i]);
    return moments.mean;
}

/* The variance of f is (13/12)^5 - 1 = 0.492; its additive part, which a hypercube takes away, is
 * 5/12 = 0.417. The error measured from the blocks must fit the true one, and be smaller in the
 * order of the schemes. */
static void spreading_makes_means_exact_and_the_error_says_so(void **state)
{
    (void)state;
    enum { BLOCK = 1024, N = 64 * BLOCK };
    static double f[N];
    static const double plain = 0.7014 / 256.0; /* sqrt(0.492) / sqrt(N) */
    const kea_sampling cube = scheme_of(KEA_SAMPLING_LATIN_HYPERCUBE, BLOCK);
    const kea_sampling sobol = scheme_of(KEA_SAMPLING_SOBOL, BLOCK);
    product(&cube, N, f);
    double error = kea_moments_block_error(f, N, BLOCK);
    /* 64 blocks know their spread to about 9% */
    assert_near(error / plain, sqrt(0.0754 / 0.492), 0.18);
    assert_near(mean_of(N, f), 1.0, 4.9 * error);
    product(&sobol, N, f);
    double less = kea_moments_block_error(f, N, BLOCK);
    /* were they equally good, a ratio below 0.55 would have a chance below 1e-6 (63, 63 degrees) */
    assert_true(less < 0.55 * error);
    assert_near(mean_of(N, f), 1.0, 4.9 * less);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemes_have_names),
        cmocka_unit_test(eight_blocks_or_more),
        cmocka_unit_test(wrong_blocks_are_refused),
        cmocka_unit_test(random_is_the_stream_itself),
        cmocka_unit_test(a_hypercube_meets_every_cell),
        cmocka_unit_test(permutations_are_random),
        cmocka_unit_test(sobol_is_gsls_sequence_shifted),
        cmocka_unit_test(shifts_are_random),
        cmocka_unit_test(spreading_makes_means_exact_and_the_error_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
