/* Running moments and quantiles of a sample. */
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

void kea_moments_add(kea_moments *moments, double x)
{
    double before = x - moments->mean;
    moments->n++;
    moments->mean += before / (double)moments->n;
    moments->m2 += before * (x - moments->mean);
}

void kea_moments_merge(kea_moments *moments, const kea_moments *other)
{
    if (other->n == 0)
        return;
    double n = (double)moments->n, n_other = (double)other->n;
    double between = other->mean - moments->mean, share = n_other / (n + n_other);
    moments->m2 += other->m2 + between * between * n * share;
    moments->mean += between * share;
    moments->n += other->n;
}

double kea_moments_variance(const kea_moments *moments)
{
    return moments->n < 2 ? (double)NAN : moments->m2 / (double)(moments->n - 1);
}

double kea_moments_sd(const kea_moments *moments)
{
    return sqrt(kea_moments_variance(moments));
}

double kea_moments_error(const kea_moments *moments)
{
    return sqrt(kea_moments_variance(moments) / (double)moments->n);
}

double kea_moments_block_error(const double *x, size_t n, size_t block)
{
    kea_moments means = {0};
    for (size_t start = 0; block > 0 && start + block <= n; start += block) {
        double sum = 0.0;
        for (size_t i = 0; i < block; i++)
            sum += x[start + i];
        kea_moments_add(&means, sum / (double)block);
    }
    return kea_moments_sd(&means) * sqrt((double)block / (double)n);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double kea_moments_quantile(double *x, size_t n, double p)
{
    if (n == 0)
        return (double)NAN;
    qsort(x, n, sizeof *x, compare);
    double place = p * (double)(n - 1);
    size_t below = (size_t)place;
    if (below + 1 >= n)
        return x[n - 1];
    double part = place - (double)below;
    return x[below] + part * (x[below + 1] - x[below]);
}
