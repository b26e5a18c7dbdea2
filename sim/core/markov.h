/* Mathematics of models in which people move between a few states in cycles of fixed length (Markov
 * cohort models): probabilities from rates, one cycle of the whole cohort, and how much the states
 * at each point in time count.
 *
 * A matrix of n states is n * n doubles, row by row: element from * n + to is the probability that
 * who is in `from` at the start of a cycle is in `to` at its end. */
#ifndef KEA_CORE_MARKOV_H
#define KEA_CORE_MARKOV_H

#include "sim/core/status.h"

#include <stddef.h>

/* The probability that something with a constant rate happens within `time`: 1 - exp(-rate time).
 * Rate and time are 0 or more, in units that belong together (per year and years). */
double kea_markov_probability(double rate, double time);

/* The constant rate under which something happens within `time` with a probability of 0 to 1 (the
 * inverse of kea_markov_probability): -ln(1 - probability) / time. INFINITY for probability 1. */
double kea_markov_rate(double probability, double time);

/* The probability over a cycle when the rate behind it is multiplied by `ratio` (a hazard ratio):
 * 1 - (1 - probability)^ratio. Not the same as multiplying the probability, which can pass 1. */
double kea_markov_scaled(double probability, double ratio);

/* Sets the diagonal so that every row sums to 1: what does not move stays. Elements beside the
 * diagonal are not changed; a row in which they sum to more than 1 gets a negative diagonal, which
 * kea_markov_check finds. */
void kea_markov_stay(size_t n, double *matrix);

/* KEA_ERR_INPUT, naming the row and its values, unless every element is between 0 and 1 (within
 * 1e-9) and every row sums to 1 (within 1e-9). `states` are the names of the n states. */
KEA_CHECKED kea_status kea_markov_check(size_t n, const double *matrix, const char *const *states,
                                        kea_error *err);

/* One cycle: to[j] is the sum over i of from[i] * matrix[i][j]. `from` and `to` have n elements and
 * do not overlap. The order of summation is fixed, so the result is the same to the last bit
 * everywhere. */
void kea_markov_step(size_t n, const double *matrix, const double *from, double *to);

/* How the states at the points in time 0, 1, ..., n_cycles (the ends of cycles) are counted. Who
 * moves within a cycle has been in two states in it; the last two rules allow for that
 * (within-cycle correction), the first three count one end, or all points. */
typedef enum kea_markov_rule {
    KEA_MARKOV_ENDS,       /* 0 1 1 ... 1 1: the state at the end of each cycle */
    KEA_MARKOV_STARTS,     /* 1 1 1 ... 1 0: at the start of each cycle */
    KEA_MARKOV_POINTS,     /* 1 1 1 ... 1 1: at every point, one more than there are cycles */
    KEA_MARKOV_HALF_CYCLE, /* 1/2 1 1 ... 1 1/2: the trapezoid rule */
    KEA_MARKOV_SIMPSON,    /* 1/3 4/3 2/3 4/3 ... 4/3 1/3: exact for polynomials of degree 3 */
    KEA_MARKOV_N_RULES
} kea_markov_rule;

/* The weight of point t, 0 <= t <= n_cycles, in cycles. n_cycles is 1 or more. The weights of all
 * points sum to n_cycles (KEA_MARKOV_POINTS: n_cycles + 1). Simpson's rule goes by pairs of cycles;
 * with an odd number the last three take his rule for three (3/8 9/8 9/8 3/8), and one cycle alone
 * takes half of each end. */
double kea_markov_weight(kea_markov_rule rule, size_t n_cycles, size_t t);

#endif
