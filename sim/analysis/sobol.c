/* See sobol.h. */
#include "sim/analysis/sobol.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/core/rng.h"

#include <math.h>
#include <stdlib.h>

/* Outcomes of a design: the three kinds of points. */
typedef struct table {
    size_t n, k;
    const double *y;
} table;

static double at(const table *t, size_t group, size_t row)
{
    return t->y[group * t->n + row];
}

static kea_status check(const table *t, const kea_sobol_options *options, kea_error *err)
{
    if (t->n < 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "sensitivity indices need at least 2 rows of points, found %zu", t->n);
    if (t->k == 0)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "sensitivity indices need at least one uncertain factor, found none");
    if (options->resamples > 0 && !(options->level > 0.0 && options->level < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the level of intervals must lie between 0 and 1, found %g",
                             options->level);
    for (size_t i = 0; i < (t->k + 2) * t->n; i++)
        if (!isfinite(t->y[i]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "the outcome of row %zu, point %zu, is not a finite number",
                                 i % t->n + 1, i / t->n + 1);
    return KEA_OK;
}

/* Estimates from n rows; rows[n] says which (NULL: each once). out[2 k]: first, total of each.
 * 1 - (y_B - y_AB)^2 / 2V is written so that a factor without effect gives exactly 0. */
static double estimate(const table *t, const size_t *rows, double *out)
{
    double variance = 0.0;
    for (size_t i = 0; i < 2 * t->k; i++)
        out[i] = 0.0;
    for (size_t j = 0; j < t->n; j++) {
        size_t row = rows ? rows[j] : j;
        double a = at(t, 0, row), b = at(t, 1, row);
        variance += 0.5 * (a - b) * (a - b) / (double)t->n;
        for (size_t i = 0; i < t->k; i++) {
            double moved = at(t, 2 + i, row) - a;
            out[2 * i] += moved * (b - a - 0.5 * moved) / (double)t->n;
            out[2 * i + 1] += 0.5 * moved * moved / (double)t->n;
        }
    }
    for (size_t i = 0; i < 2 * t->k; i++)
        out[i] /= variance;
    return variance;
}

/* Fills rows[n] with row numbers drawn with replacement. */
static void resample(kea_rng_key key, uint32_t number, size_t n, size_t *rows)
{
    for (size_t j = 0; j < n; j += 2) {
        double u[2];
        kea_rng_pair(key, (kea_rng_address){.draw = number}, (uint32_t)(j / 2), u);
        for (size_t k = 0; k < 2 && j + k < n; k++) {
            size_t row = (size_t)(u[k] * (double)n);
            rows[j + k] = row < n ? row : n - 1; /* a product may be rounded up */
        }
    }
}

/* Percentiles of one estimate over the bootstrap samples. */
static void interval(const kea_sobol_options *options, double *sample, double *low, double *high)
{
    double tail = 0.5 * (1.0 - options->level);
    *low = kea_moments_quantile(sample, options->resamples, tail);
    *high = kea_moments_quantile(sample, options->resamples, 1.0 - tail);
}

static kea_status bootstrap(const table *t, const kea_sobol_options *options,
                            kea_sobol_index *index, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t b = options->resamples, used = 0;
    void *rows = NULL, *one = NULL, *all = NULL;
    kea_rng_key key = kea_rng_key_of(options->seed, "bootstrap.sobol");
    KEA_TRY(kea_memory_new(&rows, t->n, sizeof(size_t), err));
    KEA_TRY(kea_memory_new(&one, 2 * t->k, sizeof(double), err));
    KEA_TRY(kea_memory_new(&all, 2 * t->k * b, sizeof(double), err));
    double *estimates = one, *samples = all;
    for (uint32_t number = 0; used < b; number++) {
        resample(key, number, t->n, rows);
        /* a sample of rows that are all alike has no variance to divide; it tells nothing */
        if (!(estimate(t, rows, estimates) > 0.0))
            continue;
        for (size_t i = 0; i < 2 * t->k; i++)
            samples[i * b + used] = estimates[i];
        used++;
    }
    for (size_t i = 0; i < t->k; i++) {
        interval(options, samples + 2 * i * b, &index[i].first_low, &index[i].first_high);
        interval(options, samples + (2 * i + 1) * b, &index[i].total_low, &index[i].total_high);
    }
done:
    free(rows);
    free(one);
    free(all);
    return status;
}

kea_status kea_sobol(size_t n_rows, size_t n_factors, const double *y,
                     const kea_sobol_options *options, kea_sobol_index *index, double *variance,
                     kea_error *err)
{
    kea_status status = KEA_OK;
    const table t = {n_rows, n_factors, y};
    const double none = (double)NAN;
    void *block = NULL;
    KEA_TRY(check(&t, options, err));
    KEA_TRY(kea_memory_new(&block, 2 * n_factors, sizeof(double), err));
    double *estimates = block;
    double found = estimate(&t, NULL, estimates);
    if (!(found > 0.0)) {
        status = kea_error_set(err, KEA_ERR_INPUT,
                               "the outcome is the same at all points: there is no variance to "
                               "divide over factors");
        goto done;
    }
    if (variance)
        *variance = found;
    for (size_t i = 0; i < n_factors; i++)
        index[i] =
            (kea_sobol_index){estimates[2 * i], none, none, estimates[2 * i + 1], none, none};
    if (options->resamples > 0)
        KEA_TRY(bootstrap(&t, options, index, err));
done:
    free(block);
    return status;
}
