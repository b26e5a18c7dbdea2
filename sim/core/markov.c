/* Rates and probabilities, cycles and weights of cohort models. */
#include "sim/core/markov.h"

#include <math.h>

static const double TOLERANCE = 1e-9;

double kea_markov_probability(double rate, double time)
{
    return -expm1(-rate * time);
}

double kea_markov_rate(double probability, double time)
{
    return -log1p(-probability) / time;
}

double kea_markov_scaled(double probability, double ratio)
{
    if (probability >= 1)
        return ratio > 0 ? 1 : 0;
    return -expm1(ratio * log1p(-probability));
}

void kea_markov_stay(size_t n, double *matrix)
{
    for (size_t i = 0; i < n; i++) {
        double leave = 0;
        for (size_t j = 0; j < n; j++)
            leave += j == i ? 0 : matrix[i * n + j];
        matrix[i * n + i] = 1 - leave;
    }
}

kea_status kea_markov_check(size_t n, const double *matrix, const char *const *states,
                            kea_error *err)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) {
            double p = matrix[i * n + j];
            if (j == i && p < -TOLERANCE)
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "the probabilities to leave %s sum to %.10g; they may not sum "
                                     "to more than 1",
                                     states[i], 1 - p);
            if (!(p >= -TOLERANCE && p <= 1 + TOLERANCE))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "the probability to go from %s to %s is %.10g; it must be "
                                     "between 0 and 1",
                                     states[i], states[j], p);
            sum += p;
        }
        if (!(fabs(sum - 1) <= TOLERANCE))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "the probabilities from %s sum to %.10g; they must sum to 1",
                                 states[i], sum);
    }
    return KEA_OK;
}

void kea_markov_step(size_t n, const double *matrix, const double *from, double *to)
{
    for (size_t j = 0; j < n; j++)
        to[j] = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            to[j] += from[i] * matrix[i * n + j];
    }
}

/* Simpson's weight of point t: the cycles up to `even` go by pairs, those after it are three. */
static double simpson(size_t n_cycles, size_t t)
{
    if (n_cycles == 1)
        return 0.5;
    size_t even = n_cycles % 2 == 0 ? n_cycles : n_cycles - 3;
    double weight = 0;
    if (t <= even && even > 0) {
        double inner = t % 2 == 1 ? 4.0 / 3 : 2.0 / 3;
        weight += t == 0 || t == even ? 1.0 / 3 : inner;
    }
    if (even < n_cycles && t >= even)
        weight += t == even || t == n_cycles ? 3.0 / 8 : 9.0 / 8;
    return weight;
}

double kea_markov_weight(kea_markov_rule rule, size_t n_cycles, size_t t)
{
    switch (rule) {
    case KEA_MARKOV_ENDS:
        return t > 0 ? 1 : 0;
    case KEA_MARKOV_STARTS:
        return t < n_cycles ? 1 : 0;
    case KEA_MARKOV_HALF_CYCLE:
        return t == 0 || t == n_cycles ? 0.5 : 1;
    case KEA_MARKOV_SIMPSON:
        return simpson(n_cycles, t);
    case KEA_MARKOV_POINTS:
    case KEA_MARKOV_N_RULES:
        break;
    }
    return 1;
}
