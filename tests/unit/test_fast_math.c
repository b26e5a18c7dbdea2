/* The inlined logarithm and exponential against those of the C library. */
#include "sim/core/fast_math.h"
#include "sim/core/rng.h"
#include "tests/support/support.h"

#include <math.h>

static const double RELATIVE = 4e-16;
enum { POINTS = 400000 };

static double worst;

static void compare(double x, double value, double exact)
{
    double error = exact == 0.0 ? fabs(value) : fabs(value / exact - 1.0);
    if (error > RELATIVE)
        fail_msg("at %.17g: %.17g, expected %.17g, relative error %g", x, value, exact, error);
    worst = fmax(worst, error);
}

/* Uniforms as they are drawn: none is too small or too near to 1. */
static void test_log_of_uniforms(void **state)
{
    (void)state;
    kea_rng_key key = kea_rng_key_of(20270131, "test.fast_math");
    worst = 0.0;
    for (uint32_t i = 0; i < POINTS; i++) {
        double u = kea_rng_uniform(key, (kea_rng_address){0, 0, i}, 0);
        compare(u, kea_fast_log(u), log(u));
        double near = 1.0 - ldexp(u, -(int)(i % 52));
        if (near < 1.0)
            compare(near, kea_fast_log(near), log(near));
        double tiny = ldexp(u, -(int)(i % 900));
        compare(tiny, kea_fast_log(tiny), log(tiny));
    }
    assert_true(worst > 0.0);
    compare(0x1p-53, kea_fast_log(0x1p-53), log(0x1p-53));
    compare(1.0 - 0x1p-53, kea_fast_log(1.0 - 0x1p-53), log(1.0 - 0x1p-53));
    assert_near(kea_fast_log(1.0), 0.0, 0.0);
}

/* Every cell of the table, at its ends and its middle. */
static void test_log_in_every_cell(void **state)
{
    (void)state;
    for (int exponent = -1022; exponent < 1023; exponent += 5)
        for (uint64_t i = 0; i < KEA_FAST_LOG_CELLS; i++)
            for (int part = 0; part < 3; part++) {
                uint64_t within = part == 0   ? 0
                                  : part == 1 ? UINT64_C(1) << 44
                                              : (UINT64_C(1) << 45) - 1;
                double z = kea_fast_double(UINT64_C(0x3ff0000000000000) + (i << 45) + within);
                double x = ldexp(z, exponent);
                /* just above 1 the result is small: there the error counts against 1 */
                double error = fabs(kea_fast_log(x) - log(x));
                double size = x > 1.0 && x < 1.01 ? 1.0 : fabs(log(x));
                if (error > RELATIVE * size)
                    fail_msg("log %.17g: error %g", x, error);
            }
}

static void test_exp(void **state)
{
    (void)state;
    worst = 0.0;
    for (int i = 0; i < POINTS; i++) {
        double x = -699.9 + 1399.8 * i / POINTS;
        compare(x, kea_fast_exp(x), exp(x));
        double small = x / 1000.0;
        compare(small, kea_fast_exp(small), exp(small));
    }
    assert_true(worst > 0.0);
    assert_near(kea_fast_exp(0.0), 1.0, 0.0);
    assert_near(kea_fast_exp(-0.0), 1.0, 0.0);
    assert_near(kea_fast_exp(1e-300), 1.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_log_of_uniforms),
                                       cmocka_unit_test(test_log_in_every_cell),
                                       cmocka_unit_test(test_exp)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
