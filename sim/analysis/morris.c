/* See morris.h. */
#include "sim/analysis/morris.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

typedef struct running {
    kea_moments effect, absolute;
} running;

static kea_status check(size_t n, size_t k, const double *y, kea_error *err)
{
    if (n < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "elementary effects need at least 2 trajectories, found %zu", n);
    if (k == 0)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "elementary effects need at least one uncertain factor, found none");
    for (size_t i = 0; i < (k + 1) * n; i++)
        if (!isfinite(y[i]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "the outcome of trajectory %zu, point %zu, is not a finite number",
                                 i % n + 1, i / n + 1);
    return KEA_OK;
}

kea_status kea_morris(size_t n_trajectories, size_t n_factors, const double *y,
                      const kea_morris_steps *steps, kea_morris_effect *effect, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(check(n_trajectories, n_factors, y, err));
    KEA_TRY(kea_memory_new(&block, n_factors, sizeof(running), err));
    running *sums = block;
    for (size_t t = 0; t < n_trajectories; t++) {
        for (size_t s = 0; s < n_factors; s++) {
            size_t factor = steps->factor[t * n_factors + s];
            double size = steps->size[t * n_factors + s];
            if (factor >= n_factors || sums[factor].effect.n != t || !isfinite(1.0 / size)) {
                status = kea_error_set(err, KEA_ERR_INPUT,
                                       "trajectory %zu, step %zu: every factor must move once",
                                       t + 1, s + 1);
                goto done;
            }
            double change = y[(s + 1) * n_trajectories + t] - y[s * n_trajectories + t];
            kea_moments_add(&sums[factor].effect, change / size);
            kea_moments_add(&sums[factor].absolute, fabs(change / size));
        }
    }
    for (size_t i = 0; i < n_factors; i++) {
        bool group = steps->is_group && steps->is_group[i];
        effect[i] = (kea_morris_effect){
            .mu = group ? (double)NAN : sums[i].effect.mean,
            .mu_star = sums[i].absolute.mean,
            .sigma = group ? (double)NAN : kea_moments_sd(&sums[i].effect),
            .error = kea_moments_error(&sums[i].absolute),
        };
    }
done:
    free(block);
    return status;
}
