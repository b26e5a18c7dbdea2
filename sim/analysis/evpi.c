/* Perfect information. */
#include "sim/analysis/evpi.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

kea_status kea_evpi_of(kea_evpi *out, const kea_benefits *benefits, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_moments loss = {0};
    KEA_TRY(kea_benefits_check(benefits, err));
    KEA_TRY(kea_memory_new(&block, benefits->n_arms, sizeof(double), err));
    out->best = kea_benefits_best(benefits, block);
    for (size_t i = 0; i < benefits->n_points; i++) {
        const double *at = benefits->value + i * benefits->n_arms;
        kea_moments_add(&loss, kea_benefits_highest(at, benefits->n_arms) - at[out->best]);
    }
    out->value = loss.mean;
    out->error = kea_moments_error(&loss);
done:
    free(block);
    return status;
}
