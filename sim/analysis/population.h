/* How many times a decision is taken: what turns a value per decision into the value for all whom
 * it concerns, over the years in which the decision stands. */
#ifndef KEA_ANALYSIS_POPULATION_H
#define KEA_ANALYSIS_POPULATION_H

#include "sim/core/status.h"

/* Whom the decision concerns. Counted in whatever one net benefit is for: schools when net benefits
 * are those of a whole school; or students, with `covers` the number of students of that school. */
typedef struct kea_population {
    double at_start;      /* concerned at once, >= 0 */
    double per_year;      /* new ones a year, evenly over the year, >= 0 */
    double horizon_years; /* for how long the decision stands, >= 0 */
    double discount_rate; /* per year, > -1; 0 is no discounting */
    double delay_years; /* until the information is there, >= 0: who comes earlier has no benefit of
                           it, and those concerned at once have it only when this is 0 */
    double covers;      /* how many of them one net benefit is for, > 0; 1 for one */
} kea_population;

/* The discounted number of decisions N, so that the value for the population is N x the value per
 * decision:
 *     N = (at_start [only with delay 0] + per_year (a(horizon) - a(delay))) / covers,
 *     a(T) = (1 - (1 + r)^-T) / ln(1 + r), or T at r = 0: the present value of 1 a year that comes
 * evenly until year T. Accurate also for r near 0, and never negative. Errors: KEA_ERR_INPUT names
 * the number outside its range. Source: Briggs, Claxton, Sculpher 2006, ch. 6. */
KEA_CHECKED kea_status kea_population_size(double *size, const kea_population *population,
                                           kea_error *err);

#endif
