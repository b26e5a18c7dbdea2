/* Four blocks at a time are the blocks that kea_rng_pair makes one by one. */
#include "sim/core/rng_four.h"
#include "tests/support/support.h"

#include <stdlib.h>

enum { ADDRESSES = 20000 };

static uint32_t word(kea_rng_key key, uint32_t i, uint32_t block)
{
    return (uint32_t)(kea_rng_uniform(key, (kea_rng_address){0, 0, i}, block) * 4294967296.0);
}

static void assert_four(const kea_rng_place place[4], uint32_t draw, uint32_t student)
{
    double u[4][2];
    kea_rng_four(place, draw, student, u);
    for (int i = 0; i < 4; i++) {
        double expected[2];
        kea_rng_pair(place[i].key, (kea_rng_address){draw, student, place[i].item}, place[i].block,
                     expected);
        assert_near(u[i][0], expected[0], 0.0);
        assert_near(u[i][1], expected[1], 0.0);
    }
}

static void test_random_addresses(void **state)
{
    (void)state;
    kea_rng_key key = kea_rng_key_of(20270131, "test.four");
    for (uint32_t i = 0; i < ADDRESSES; i++) {
        kea_rng_place place[4];
        for (uint32_t k = 0; k < 4; k++)
            place[k] = (kea_rng_place){{{word(key, i, 10 * k), word(key, i, 10 * k + 1)}},
                                       word(key, i, 10 * k + 2),
                                       word(key, i, 10 * k + 3)};
        assert_four(place, word(key, i, 50), word(key, i, 51));
    }
}

/* Words of all ones and all noughts: nothing is carried from one word into another. */
static void test_extreme_addresses(void **state)
{
    (void)state;
    for (unsigned set = 0; set < 64; set++) {
        uint32_t w[6];
        for (unsigned i = 0; i < 6; i++)
            w[i] = set >> i & 1u ? UINT32_MAX : 0;
        const kea_rng_place place[4] = {{{{w[0], w[1]}}, w[2], w[3]},
                                        {{{w[1], w[0]}}, w[3], w[2]},
                                        {{{~w[0], w[1]}}, w[2], ~w[3]},
                                        {{{0, UINT32_MAX}}, ~w[2], w[3]}};
        assert_four(place, w[4], w[5]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_addresses),
                                       cmocka_unit_test(test_extreme_addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
