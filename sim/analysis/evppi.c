/* EVPPI by regression, with its bounds enforced over all sets of a call. */
#include "sim/analysis/evppi.h"

#include "sim/analysis/evpi.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool has(const kea_set *set, size_t param)
{
    for (size_t k = 0; k < set->n; k++)
        if (set->params[k] == param)
            return true;
    return false;
}

static bool contains(const kea_set *set, const kea_set *subset)
{
    for (size_t k = 0; k < subset->n; k++)
        if (!has(set, subset->params[k]))
            return false;
    return true;
}

static kea_status check_set(const kea_parameters *parameters, const kea_set *set, kea_error *err)
{
    for (size_t k = 0; k < set->n; k++) {
        if (set->params[k] >= parameters->n_params)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "a set holds parameter number %zu; the sample has %zu",
                                 set->params[k] + 1, parameters->n_params);
        const kea_set before = {k, set->params};
        if (has(&before, set->params[k]))
            return kea_error_set(err, KEA_ERR_INPUT, "a set holds parameter \"%s\" twice",
                                 parameters->names[set->params[k]]);
    }
    return KEA_OK;
}

kea_status kea_evppi_inputs(kea_inputs *inputs, const kea_parameters *parameters,
                            const kea_set *set, double *x, const char **names, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(check_set(parameters, set, err));
    for (size_t k = 0; k < set->n; k++)
        names[k] = parameters->names[set->params[k]];
    for (size_t i = 0; i < parameters->n_points; i++)
        for (size_t k = 0; k < set->n; k++)
            x[i * set->n + k] = parameters->value[i * parameters->n_params + set->params[k]];
    *inputs = (kea_inputs){"parameter", parameters->n_points, set->n, names, x};
done:
    return status;
}

static kea_status one_set(kea_evppi *out, const kea_benefits *benefits,
                          const kea_parameters *parameters, const kea_set *set,
                          const kea_evppi_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    void *x = NULL, *names = NULL;
    kea_smoother smoother = {0};
    kea_inputs inputs;
    memset(out, 0, sizeof *out);
    KEA_TRY(kea_memory_new(&x, parameters->n_points * set->n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&names, set->n, sizeof(const char *), err));
    KEA_TRY(kea_evppi_inputs(&inputs, parameters, set, x, names, err));
    KEA_TRY(kea_smoother_init(&smoother, benefits, &inputs, options->method, err));
    KEA_TRY(kea_smoother_spread(&smoother, options->seed, &out->parts, err));
    out->value = out->raw = kea_smoother_value(&smoother);
    out->error = hypot(out->parts.sampling, out->parts.regression);
    out->raised_by = KEA_NO_SET;
    out->method = smoother.method;
    out->freedom = smoother.freedom;
    out->share = smoother.share;
    out->lack_of_fit = smoother.lack_of_fit;
done:
    kea_smoother_free(&smoother);
    free(names);
    free(x);
    return status;
}

/* Caps at EVPI, then raises every set to the highest of its subsets. The raw values of subsets are
 * enough: what raised a subset is a subset of this set too. Equal sets agree as well. */
static void enforce(kea_evppi *out, size_t n_sets, const kea_set *sets, double evpi)
{
    for (size_t s = 0; s < n_sets; s++) {
        out[s].capped = out[s].raw > evpi * (1.0 + 1e-9); /* not by rounding */
        out[s].value = fmin(out[s].raw, evpi);
        for (size_t t = 0; t < n_sets; t++) {
            double other = fmin(out[t].raw, evpi);
            if (t == s || other <= out[s].value || !contains(&sets[s], &sets[t]))
                continue;
            out[s].value = other;
            out[s].raised_by = t;
        }
        if (out[s].raised_by != KEA_NO_SET) {
            const kea_smoother_error *parts = &out[out[s].raised_by].parts;
            out[s].error = fmax(out[s].error, hypot(parts->sampling, parts->regression));
        }
    }
}

kea_status kea_evppi_of(kea_evppi *out, const kea_benefits *benefits,
                        const kea_parameters *parameters, size_t n_sets, const kea_set *sets,
                        const kea_evppi_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_evpi evpi;
    KEA_TRY(kea_evpi_of(&evpi, benefits, err));
    for (size_t s = 0; s < n_sets; s++)
        KEA_TRY(one_set(&out[s], benefits, parameters, &sets[s], options, err));
    enforce(out, n_sets, sets, evpi.value);
done:
    return status;
}
