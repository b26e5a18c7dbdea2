/* Running mean, variance and error of a sample, and quantiles. */
#ifndef KEA_CORE_MOMENTS_H
#define KEA_CORE_MOMENTS_H

#include <stddef.h>

/* Welford's running sums (Welford 1962, Technometrics 4(3)); {0} is the empty sample. */
typedef struct kea_moments {
    size_t n;
    double mean;
    double m2; /* sum of squared distances to the mean */
} kea_moments;

void kea_moments_add(kea_moments *moments, double x);

/* Adds all of `other` (Chan, Golub, LeVeque 1979). */
void kea_moments_merge(kea_moments *moments, const kea_moments *other);

/* Sample variance (n - 1); NAN when n < 2. */
double kea_moments_variance(const kea_moments *moments);
double kea_moments_sd(const kea_moments *moments);

/* Monte Carlo standard error of the mean: sd / sqrt(n); NAN when n < 2. */
double kea_moments_error(const kea_moments *moments);

/* Standard error of the mean of x[0..n) when values come in blocks that are independent of each
 * other but not within: x[0..block), x[block..2 block), ... From the spread of the means of the
 * whole blocks, s_b sqrt(block / n); a block that is not full counts in n only, so the error is
 * then a little too large or small for it. With block 1 this is sd / sqrt(n). NAN when there are
 * fewer than 2 whole blocks, or block is 0. */
double kea_moments_block_error(const double *x, size_t n, size_t block);

/* Quantile of x[0..n), 0 <= p <= 1, by linear interpolation (type 7 of Hyndman and Fan 1996).
 * Sorts x in place. NAN when n is 0. */
double kea_moments_quantile(double *x, size_t n, double p);

#endif
