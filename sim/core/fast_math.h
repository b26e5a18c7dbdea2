/* Logarithm and exponential for the hot path of a model: inlined, without special cases, and the
 * same bits on every machine. (A C library may choose another algorithm on another processor.)
 *
 * By tables and short polynomials, as in Tang (1990, "Table-driven implementation of the logarithm
 * function", ACM TOMS 16(4)) and the routines of S. Nagy in newer C libraries; no fused
 * multiply-add. Tests hold both against the C library: relative error below 4e-16. */
#ifndef KEA_CORE_FAST_MATH_H
#define KEA_CORE_FAST_MATH_H

#include <stdint.h>
#include <string.h>

enum { KEA_FAST_LOG_CELLS = 128, KEA_FAST_EXP_POWERS = 64 };

typedef struct kea_fast_log_cell {
    double middle, inverse, log;
} kea_fast_log_cell;

extern const kea_fast_log_cell kea_fast_log_cells[KEA_FAST_LOG_CELLS];
extern const double kea_fast_exp_powers[KEA_FAST_EXP_POWERS];

static inline uint64_t kea_fast_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double kea_fast_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* log x of a normal x > 0 (not below 2.3e-308, not infinite). x = 2^k z, z in a cell with middle c:
 * log x = k log 2 + log c + log(1 + r), r = (z - c) / c. */
static inline double kea_fast_log(double x)
{
    const uint64_t lowest = UINT64_C(0x3fe6000000000000); /* 0.6875 */
    const double ln2_high = 0x1.62e42fefa3800p-1, ln2_low = 0x1.ef35793c76730p-45;
    uint64_t above = kea_fast_bits(x) - lowest;
    const kea_fast_log_cell *cell = &kea_fast_log_cells[above >> 45 & (KEA_FAST_LOG_CELLS - 1)];
    double k = (double)(int32_t)((int64_t)above >> 52);
    double z = kea_fast_double(kea_fast_bits(x) - (above & UINT64_C(0xfff0000000000000)));
    double r = (z - cell->middle) * cell->inverse;
    double r2 = r * r;
    double base = k * ln2_high + cell->log;
    double high = base + r;
    double low = base - high + r + k * ln2_low;
    double odd = 1.0 / 3.0 + r2 * (1.0 / 5.0 + r2 * (1.0 / 7.0));
    double even = 0.5 + r2 * (1.0 / 4.0 + r2 * (1.0 / 6.0 + r2 * (1.0 / 8.0)));
    return high + (low + r2 * (r * odd - even));
}

/* exp x; x beyond -700 or 700 counts as -700 or 700.
 * x = (64 e + i) log(2) / 64 + r: exp x = 2^e 2^(i / 64) exp r. */
static inline double kea_fast_exp(double x)
{
    const double per_step = 0x1.71547652b82fep+6, round = 0x1.8p52;
    const double step_high = 0x1.62e42fefa0000p-7, step_low = 0x1.cf79abc9e3b3ap-46;
    x = x < -700.0 ? -700.0 : x;
    x = x > 700.0 ? 700.0 : x;
    double rounded = x * per_step + round;
    uint64_t n = kea_fast_bits(rounded); /* its low bits are the number of steps */
    double steps = rounded - round;
    double r = x - steps * step_high - steps * step_low;
    uint64_t i = n & (KEA_FAST_EXP_POWERS - 1);
    uint64_t power = kea_fast_bits(kea_fast_exp_powers[i]) + ((n - i) << 46);
    double r2 = r * r;
    double grown = r + r2 * (0.5 + r * (1.0 / 6.0) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    double scale = kea_fast_double(power);
    return scale + scale * grown;
}

#endif
