/* Decisions between "nothing" and one strategy whose net benefit is a sum of normal parameters, for
 * which the value of information is known in closed form. */
#ifndef KEA_TESTS_GAUSSIAN_H
#define KEA_TESTS_GAUSSIAN_H

#include "sim/core/rng.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stddef.h>

/* A standard normal number: number `item` of draw `draw` under a seed. */
static inline double gaussian_number(uint64_t seed, size_t draw, size_t item)
{
    kea_rng_key key = kea_rng_key_of(seed, "test.gaussian");
    return gsl_cdf_ugaussian_Pinv(
        kea_rng_uniform(key, (kea_rng_address){(uint32_t)draw, (uint32_t)item, 0}, 0));
}

/* The value of resolving x ~ N(mean, sd) before choosing between x and 0: sd times the unit normal
 * loss L(|mean| / sd), L(d) = phi(d) - d (1 - Phi(d)). */
static inline double gaussian_value(double mean, double sd)
{
    if (sd == 0.0)
        return 0.0;
    double d = fabs(mean) / sd;
    return sd * (gsl_ran_ugaussian_pdf(d) - d * gsl_cdf_ugaussian_Q(d));
}

/* The toy problems of the voi package (vignettes/voi.Rmd, tests/testthat/
 * test_evppi_mc.R): net benefits 0 and a p1 + b p2, with p1 ~ N(m1, 1) and p2 ~ N(c p1, SD 2). */
typedef struct gaussian_toy {
    double a, b, m1, c;
    double evpi, evppi1, evppi2; /* exact; evppi2 of the last two by hand: see gaussian_value */
} gaussian_toy;

static const gaussian_toy gaussian_toys[] = {
    {1, -1, 1, 0, 0.479810706348, 0.0833154705877, 0.395593114803},
    {2, -1, 1, 0, 0.399282456748, 0.166630941175, 0.166630941175},
    {3, -1, 1, 0, 0.409463415994, 0.249946411763, 0.0586135875252},
    {1, 1, 0, 0, 0.892062058076, 0.398942280401, 0.797884560803},
    {1, 1, 1, 1, 0.399282456748, 0.166630941175, 0.3547905413804},
    {1, -1, 1, 1, 0.797884560803, 0, 0.7136496464611},
};
enum { GAUSSIAN_TOYS = sizeof gaussian_toys / sizeof gaussian_toys[0] };

/* Draws n parameter pairs [point][2] and net benefits [point][2] of a toy. */
static inline void gaussian_toy_draw(const gaussian_toy *toy, uint64_t seed, size_t n,
                                     double *params, double *benefit)
{
    for (size_t i = 0; i < n; i++) {
        double p1 = toy->m1 + gaussian_number(seed, i, 0);
        double p2 = toy->c * p1 + 2.0 * gaussian_number(seed, i, 1);
        params[2 * i] = p1;
        params[2 * i + 1] = p2;
        benefit[2 * i] = 0.0;
        benefit[2 * i + 1] = toy->a * p1 + toy->b * p2;
    }
}

#endif
