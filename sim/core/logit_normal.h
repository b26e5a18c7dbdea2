/* The logit-normal distribution: X = 1 / (1 + exp(-Y)), Y normal with mean mu and standard
 * deviation sigma. It has no closed form for its moments. */
#ifndef KEA_CORE_LOGIT_NORMAL_H
#define KEA_CORE_LOGIT_NORMAL_H

#include <stdbool.h>

/* Mean and standard deviation, by the trapezium rule on the whole line, which converges
 * exponentially for such functions. Relative error of both below 1e-10. sigma > 0. */
void kea_logit_normal_moments(double mu, double sigma, double *mean, double *sd);

/* Finds mu and sigma with the given mean (0 < mean < 1) and standard deviation
 * (0 < sd, sd^2 < mean (1 - mean)). Returns false when there is no answer with sigma below 1e8:
 * sd^2 is then too near to mean (1 - mean). */
bool kea_logit_normal_solve(double mean, double sd, double *mu, double *sigma);

#endif
