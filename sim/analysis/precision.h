/* Is the simulation large enough? How much of the spread is uncertainty about parameters and how
 * much the luck of a cohort of students, how many draws and cohorts an error needs, and whether the
 * order of strategies is more than noise.
 *
 * Points are (draw, cohort): the same parameter values lived through by one or more cohorts. Draws
 * are taken as independent; with Latin hypercube or Sobol points errors are at most what is said
 * here. The Monte Carlo standard error of one mean over independent points is kea_estimate.error.
 */
#ifndef KEA_ANALYSIS_PRECISION_H
#define KEA_ANALYSIS_PRECISION_H

#include "sim/analysis/benefits.h"

#include <stdbool.h>

/* Analysis of variance of a quantity (an increment, a net benefit) between and within draws:
 *     within = sum of squares within draws / (n - draws),
 *     between = sum of squares between draws / (draws - 1),
 *     noise = within,  parameters = (between - within) / each,
 *     each = (n - sum of squared numbers of cohorts / n) / (draws - 1).
 * Sources: O'Hagan, Stevenson, Madan 2007, Health Economics 16(10); for unequal numbers Searle,
 * Casella, McCulloch 1992, Variance Components, 3.6. */
typedef struct kea_anova {
    size_t n, n_draws;
    double each;             /* effective number of cohorts per draw */
    double mean;             /* over all points */
    double parameters;       /* variance by parameters; 0 when the estimate is negative */
    double parameters_error; /* standard error of that, for normal data */
    double noise;            /* variance by cohorts within a draw */
    double noise_error;
    bool negative; /* the estimate of `parameters` was below 0: it is too small to be seen */
    double error;  /* Monte Carlo standard error of mean, by draws */
} kea_anova;

/* value[n], draw[n]: any numbers below n that tell draws apart, in any order; draws may differ in
 * their number of cohorts. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT for fewer than 2 draws, for no
 * draw with 2 cohorts, for a draw number of n or more and for a value that is no finite number. */
KEA_CHECKED kea_status kea_anova_of(kea_anova *out, size_t n, const double *value,
                                    const size_t *draw, kea_error *err);

/* The same split where the variance of points with one cohort per draw is known better, from n
 * other points: noise stays, parameters = variance - noise; the mean is not touched. */
void kea_anova_within(kea_anova *anova, double variance, size_t n);

/* How many draws of how many cohorts each bring the standard error of the mean to `target`:
 *     draws = (parameters + noise / cohorts) / target^2, rounded up, 2 at least. */
typedef struct kea_plan_size {
    size_t draws, cohorts;
} kea_plan_size;

/* With a given number of cohorts per draw (>= 1). Errors: KEA_ERR_INPUT for a target that is not
 * above 0, no cohorts, or a size beyond 2^32 - 1 draws. */
KEA_CHECKED kea_status kea_anova_draws(kea_plan_size *out, const kea_anova *anova, double target,
                                       size_t cohorts, kea_error *err);

/* The cheapest way: a draw costs `draw_price` to set up and each of its cohorts `cohort_price` (>
 * 0). The best number of cohorts is next to sqrt(noise / parameters x draw_price / cohort_price),
 * and 1 when setting up costs nothing. At most 10,000 cohorts per draw. Errors: as above, and
 * prices below 0. Source: O'Hagan, Stevenson, Madan 2007. */
KEA_CHECKED kea_status kea_anova_cheapest(kea_plan_size *out, const kea_anova *anova, double target,
                                          double draw_price, double cohort_price, kea_error *err);

/* One strategy in the order of mean net benefit. Probabilities by normal approximation of paired
 * differences, given the simulation; uncertainty about parameters is no part of them: that of the
 * decision is in decision.h. */
typedef struct kea_rank {
    size_t arm;
    double benefit;       /* mean net benefit against arm 0, EUR */
    double behind;        /* mean of the best less this one, >= 0; 0 for the best */
    double error;         /* Monte Carlo standard error of behind */
    double probability;   /* that the best is truly better than this one; NAN for the best itself */
    double next_behind;   /* the one before in the order less this one */
    double next_error;    /* its error */
    double next_certain;  /* probability that the one before is truly better; NAN for the best */
    bool twin;            /* equal to the one before at every point: their order means nothing */
    double points_needed; /* number of points at which the best would be ahead by twice the error;
                             INFINITY for equal means, NAN for the best */
} kea_rank;

typedef struct kea_ranking {
    bool choice_settled; /* sum over others of (1 - probability) <= 1 - level; twins of the best are
                            left out */
    bool order_settled;  /* the same for all neighbours in the order */
} kea_ranking;

/* Ranks all arms into rank[n_arms], best first (of equals the first arm). draw[n_points] as in
 * kea_anova_of, or NULL when every point is its own draw: points of one draw are not independent.
 * `level`, such as 0.95, between 0.5 and 1. Errors: KEA_ERR_MEMORY, KEA_ERR_INPUT. */
KEA_CHECKED kea_status kea_ranking_of(kea_ranking *out, kea_rank *rank,
                                      const kea_benefits *benefits, const size_t *draw,
                                      double level, kea_error *err);

/* Running mean and its standard error after each of mark[n_marks] points (increasing, at most n):
 * error is NAN after fewer than 2. For a figure of "is it enough?". */
void kea_precision_running(size_t n, const double *value, size_t n_marks, const size_t *mark,
                           double *mean, double *error);

#endif
