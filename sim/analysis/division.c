/* Three ways of dividing a cost. */
#include "sim/analysis/division.h"

#include <math.h>

static double value_of(double gain, double cost)
{
    return fmax(gain - cost, 0.0);
}

/* Somebody joins a coalition of s others with probability s! (n - 1 - s)! / n! = 1 / (n C(n-1, s)).
 */
static void join_probabilities(size_t n, double *probability)
{
    double choose = 1.0;
    for (size_t s = 0; s < n; s++) {
        probability[s] = 1.0 / ((double)n * choose);
        choose = choose * (double)(n - 1 - s) / (double)(s + 1);
    }
}

void kea_division_shapley(size_t n, const double *gain, double cost, double *value)
{
    double probability[KEA_MAX_COALITION];
    join_probabilities(n, probability);
    for (size_t i = 0; i < n; i++)
        value[i] = 0.0;
    for (unsigned coalition = 0; coalition < 1u << n; coalition++) {
        double sum = 0.0;
        size_t size = 0;
        for (size_t i = 0; i < n; i++)
            if (coalition >> i & 1u) {
                sum += gain[i];
                size++;
            }
        double before = value_of(sum, cost);
        for (size_t i = 0; i < n; i++)
            if (!(coalition >> i & 1u))
                value[i] += probability[size] * (value_of(sum + gain[i], cost) - before);
    }
}

static double sum_of(size_t n, const double *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

kea_status kea_division_of(kea_division *out, size_t n, double cost, const double *benefit,
                           const double *people, kea_error *err)
{
    double gain[KEA_MAX_COALITION];
    double harm = 0.0, weights = n <= KEA_MAX_COALITION ? sum_of(n, people) : 0.0;
    if (n == 0 || n > KEA_MAX_COALITION || !(weights > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a cost is divided over 1 to %d payers who are there for somebody",
                             (int)KEA_MAX_COALITION);
    for (size_t i = 0; i < n; i++) {
        gain[i] = fmax(benefit[i], 0.0);
        harm += fmax(-benefit[i], 0.0);
    }
    *out = (kea_division){.whole = value_of(sum_of(n, gain), cost + harm)};
    kea_division_shapley(n, gain, cost + harm, out->value);
    double gains = sum_of(n, gain);
    out->unpaid = fmax(cost + harm - gains, 0.0);
    for (size_t i = 0; i < n; i++) {
        double compensation = fmin(benefit[i], 0.0);
        out->by_people[i] = cost * (people[i] / weights);
        out->by_benefit[i] = gains > 0.0 ? compensation + (cost + harm) * (gain[i] / gains)
                                         : compensation + (cost + harm) * (people[i] / weights);
        out->by_value[i] = compensation + gain[i] - out->value[i];
    }
    return KEA_OK;
}
