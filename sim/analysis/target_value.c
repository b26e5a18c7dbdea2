/* Simulated values of published figures. */
#include "sim/analysis/target_value.h"

#include <math.h>
#include <string.h>

bool kea_target_value_arm(const kea_problem *problem, const kea_target *target, size_t *arm)
{
    for (*arm = 0; *arm < problem->n_strategies; ++*arm)
        if (strcmp(problem->care[problem->strategies[*arm]].id, target->strategy) == 0)
            return true;
    return false;
}

static double sum_of(const kea_sample *sample, size_t point, size_t arm,
                     const kea_target_names *sum)
{
    double total = 0.0;
    for (size_t i = 0; i < sum->n; i++) {
        size_t outcome = 0;
        if (strcmp(sum->name[i], KEA_TARGET_COST) == 0)
            total += kea_sample_cost(sample, point, arm, KEA_SCOPE_WINDOW);
        else if (kea_sample_find(sample, sum->name[i], &outcome))
            total += *kea_sample_at(sample, point, arm, outcome, KEA_SCOPE_WINDOW);
        else
            return (double)NAN;
    }
    return total;
}

static double category_of(const kea_sample *sample, size_t point, size_t arm, const char *category)
{
    double total = 0.0;
    for (size_t i = 0; i < sample->n_outcomes; i++) {
        const char *own = sample->outcomes[i].category;
        if (own && strcmp(own, category) == 0)
            total += *kea_sample_at(sample, point, arm, i, KEA_SCOPE_WINDOW);
    }
    return total;
}

static double divide(double above, double below)
{
    return below == 0.0 ? (double)NAN : above / below;
}

/* The measure of one arm at one point, before any comparison and scale. */
static double level_of(const kea_sample *sample, size_t point, size_t arm,
                       const kea_target_measure *measure)
{
    double above = measure->category ? category_of(sample, point, arm, measure->category)
                                     : sum_of(sample, point, arm, &measure->outcome);
    return measure->over.n == 0 ? above : divide(above, sum_of(sample, point, arm, &measure->over));
}

void kea_target_values(const kea_sample *sample, size_t arm, const kea_target_measure *measure,
                       double *out)
{
    for (size_t i = 0; i < sample->n_points; i++) {
        double level = level_of(sample, i, arm, measure);
        if (measure->compare == KEA_TARGET_DIFFERENCE)
            level -= level_of(sample, i, 0, measure);
        else if (measure->compare == KEA_TARGET_RATIO)
            level = divide(level, level_of(sample, i, 0, measure));
        out[i] = level * measure->scale;
    }
}
