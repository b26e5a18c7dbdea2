/* Simulated studies. */
#include "sim/analysis/study.h"

#include "sim/core/memory.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

static kea_status observe_mean(const kea_study *study, const double *param, size_t size,
                               gsl_rng *random, double *summary, kea_error *err)
{
    const double *sd = study->context;
    (void)err;
    for (size_t k = 0; k < study->n_summaries; k++) {
        double normal = gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(random));
        summary[k] = param[k] + sd[k] / sqrt((double)size) * normal;
    }
    return KEA_OK;
}

static kea_status observe_proportion(const kea_study *study, const double *param, size_t size,
                                     gsl_rng *random, double *summary, kea_error *err)
{
    if (size > UINT_MAX)
        return kea_error_set(err, KEA_ERR_INPUT, "a study of %zu subjects is too large", size);
    for (size_t k = 0; k < study->n_summaries; k++) {
        if (!(param[k] >= 0.0 && param[k] <= 1.0))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "a proportion can only measure a probability; the parameter is %g",
                                 param[k]);
        summary[k] = gsl_ran_binomial(random, param[k], (unsigned)size) / (double)size;
    }
    return KEA_OK;
}

static kea_status observe_rate(const kea_study *study, const double *param, size_t size,
                               gsl_rng *random, double *summary, kea_error *err)
{
    for (size_t k = 0; k < study->n_summaries; k++) {
        double expected = param[k] * (double)size;
        if (!(expected >= 0.0 && expected <= 1e9))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "events can only be counted at a rate of 0 or more, and up to a "
                                 "billion of them; the parameter is %g",
                                 param[k]);
        summary[k] = gsl_ran_poisson(random, expected) / (double)size;
    }
    return KEA_OK;
}

kea_study kea_study_mean(kea_set informs, const double *sd)
{
    return (kea_study){informs, informs.n, observe_mean, sd};
}

kea_study kea_study_proportion(kea_set informs)
{
    return (kea_study){informs, informs.n, observe_proportion, NULL};
}

kea_study kea_study_rate(kea_set informs)
{
    return (kea_study){informs, informs.n, observe_rate, NULL};
}

/* The study of one draw. */
static kea_status run_draw(const kea_study *study, const double *param, size_t size,
                           gsl_rng *random, size_t draw, double *summary, kea_error *err)
{
    kea_error inner = {0};
    kea_status status = study->observe(study, param, size, random, summary, &inner);
    if (status != KEA_OK)
        return kea_error_set(err, status, "study of draw %zu: %s", draw + 1, inner.text);
    for (size_t k = 0; k < study->n_summaries; k++)
        if (!isfinite(summary[k]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "study of draw %zu: summary %zu is %g; it must be a finite number",
                                 draw + 1, k + 1, summary[k]);
    return KEA_OK;
}

kea_status kea_study_run(const kea_study *study, const kea_parameters *parameters, size_t size,
                         uint64_t seed, double *x, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    gsl_rng *random = NULL;
    kea_rng_key key = kea_rng_key_of(seed, "analysis.study");
    if (size == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a study needs at least 1 subject");
    KEA_TRY(kea_memory_new(&block, study->informs.n, sizeof(double), err));
    double *param = block;
    random = gsl_rng_alloc(kea_rng_gsl_type);
    if (!random) {
        status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for random numbers");
        goto done;
    }
    for (size_t i = 0; i < parameters->n_points; i++) {
        for (size_t k = 0; k < study->informs.n; k++)
            param[k] = parameters->value[i * parameters->n_params + study->informs.params[k]];
        kea_rng_gsl_open(random, key, (kea_rng_address){(uint32_t)i, 0, 0});
        KEA_TRY(run_draw(study, param, size, random, i, x + i * study->n_summaries, err));
    }
done:
    if (random)
        gsl_rng_free(random);
    free(block);
    return status;
}
