/* Deciding per subgroup. */
#include "sim/analysis/subgroups.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

static kea_status check(size_t n_groups, const kea_pairs *groups, const double *weight,
                        kea_error *err)
{
    if (n_groups == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "deciding per subgroup needs subgroups");
    for (size_t g = 0; g < n_groups; g++) {
        if (!(weight[g] > 0.0) || !isfinite(weight[g]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "subgroup %zu has weight %g; it must be above 0", g + 1,
                                 weight[g]);
        if (groups[g].n_points != groups[0].n_points || groups[g].n_arms != groups[0].n_arms)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "subgroup %zu has %zu draws of %zu strategies, but the first has "
                                 "%zu of %zu; all need the same",
                                 g + 1, groups[g].n_points, groups[g].n_arms, groups[0].n_points,
                                 groups[0].n_arms);
    }
    return KEA_OK;
}

/* Net benefits of all together: sum over subgroups of weight times their own. */
static kea_status add_up(kea_benefits *all, size_t n_groups, const kea_benefits *groups,
                         const double *weight, kea_error *err)
{
    void *block = NULL;
    size_t n = groups[0].n_points * groups[0].n_arms;
    kea_status status = kea_memory_new(&block, n, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    *all = (kea_benefits){groups[0].n_points, groups[0].n_arms, block};
    for (size_t g = 0; g < n_groups; g++)
        for (size_t i = 0; i < n; i++)
            all->value[i] += weight[g] * groups[g].value[i];
    return KEA_OK;
}

static kea_status choose(kea_subgroup *out, const kea_benefits *group, size_t best_for_all,
                         double *mean, kea_error *err)
{
    kea_moments gain = {0};
    kea_status status = kea_evpi_of(&out->evpi, group, err);
    out->best = kea_benefits_best(group, mean);
    /* where the arm for all is as good as any, it is the choice here too */
    if (mean[best_for_all] == mean[out->best])
        out->best = best_for_all;
    out->benefit = mean[out->best];
    for (size_t i = 0; i < group->n_points; i++) {
        const double *at = group->value + i * group->n_arms;
        kea_moments_add(&gain, at[out->best] - at[best_for_all]);
    }
    out->gain = fmax(0.0, gain.mean);
    out->gain_error = kea_moments_error(&gain);
    return status;
}

/* The standard error of the sum over subgroups, point by point: subgroups share their draws. */
static double paired_error(size_t n_groups, const kea_benefits *groups, const double *weight,
                           const kea_subgroup *each, size_t best)
{
    kea_moments value = {0};
    for (size_t i = 0; i < groups[0].n_points; i++) {
        double sum = 0.0;
        for (size_t g = 0; g < n_groups; g++) {
            const double *at = groups[g].value + i * groups[g].n_arms;
            sum += weight[g] * (at[each[g].best] - at[best]);
        }
        kea_moments_add(&value, sum);
    }
    return kea_moments_error(&value);
}

kea_status kea_subgroups_of(kea_subgroups *out, kea_subgroup *each, size_t n_groups,
                            const kea_pairs *groups, const double *weight, double wtp,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *own = NULL, *mean = NULL;
    kea_benefits all = {0};
    KEA_TRY(check(n_groups, groups, weight, err));
    KEA_TRY(kea_memory_new(&block, n_groups, sizeof(kea_benefits), err));
    KEA_TRY(kea_memory_new(&own, n_groups, sizeof(kea_subgroup), err));
    KEA_TRY(kea_memory_new(&mean, groups[0].n_arms, sizeof(double), err));
    kea_benefits *benefits = block;
    kea_subgroup *choice = each ? each : own;
    for (size_t g = 0; g < n_groups; g++)
        KEA_TRY(kea_benefits_init(&benefits[g], &groups[g], wtp, err));
    KEA_TRY(add_up(&all, n_groups, benefits, weight, err));
    KEA_TRY(kea_evpi_of(&out->together, &all, err));
    out->best = kea_benefits_best(&all, mean);
    out->benefit = ((double *)mean)[out->best];
    out->value = out->apart = 0.0;
    for (size_t g = 0; g < n_groups; g++) {
        KEA_TRY(choose(&choice[g], &benefits[g], out->best, mean, err));
        out->value += weight[g] * choice[g].gain;
        out->apart += weight[g] * choice[g].evpi.value;
    }
    out->error = paired_error(n_groups, benefits, weight, choice, out->best);
done:
    for (size_t g = 0; block && g < n_groups; g++)
        kea_benefits_free(&((kea_benefits *)block)[g]);
    kea_benefits_free(&all);
    free(block);
    free(own);
    free(mean);
    return status;
}
