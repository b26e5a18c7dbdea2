/* Gaussian process columns. */
#include "sim/analysis/process.h"

#include "sim/analysis/dense.h"
#include "sim/analysis/likelihood.h"
#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 256 };

/* Keeps K_mm from being singular where inducing points nearly coincide. */
static const double jitter = 1e-6;

/* Lengths beyond these make no difference, on the scale of normal scores. */
static const double shortest = 0.1, longest = 100.0;

void kea_process_free(kea_process *process)
{
    free(process->block);
    memset(process, 0, sizeof *process);
}

typedef struct ranked {
    double value;
    size_t row;
} ranked;

static int by_value(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->value != b->value)
        return (a->value > b->value) - (a->value < b->value);
    return (a->row > b->row) - (a->row < b->row);
}

/* The normal scores of one input: the quantile of (mean rank - 1/2) / n. */
static void score_input(kea_process *process, size_t input, ranked *order)
{
    size_t n = process->n_points, d = process->n_inputs;
    for (size_t i = 0; i < n; i++)
        order[i] = (ranked){process->x[i * d + input], i};
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && order[end].value == order[i].value)
            end++;
        double score = gsl_cdf_ugaussian_Pinv(0.5 * (double)(i + end) / (double)n);
        for (; i < end; i++)
            process->score[order[i].row * d + input] = score;
    }
}

void kea_process_kernel(const kea_process *process, size_t count, const double *place, double *out)
{
    size_t d = process->n_inputs, m = process->n_inducing;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < m; j++) {
            double square = 0.0;
            for (size_t k = 0; k < d; k++) {
                double off = place[i * d + k] - process->place[j * d + k];
                square += off * off;
            }
            out[i * m + j] = exp(-0.5 * square);
        }
}

static void rows(void *context, size_t first, size_t count, double *out)
{
    kea_process *process = context;
    size_t d = process->n_inputs, m = process->n_inducing, q = 1 + d + m;
    double *place = process->room + BLOCK_ROWS * 2 * m;
    double *kernel = process->room, *turned = kernel + BLOCK_ROWS * m;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < d; k++)
            place[i * d + k] = process->score[(first + i) * d + k] / process->length[k];
    kea_process_kernel(process, count, place, kernel);
    kea_dense_multiply(count, m, m, kernel, process->turn, turned);
    for (size_t i = 0; i < count; i++) {
        double *row = out + i * q;
        row[0] = 1.0;
        for (size_t k = 0; k < d; k++)
            row[1 + k] = (process->x[(first + i) * d + k] - process->mean[k]) / process->sd[k];
        memcpy(row + 1 + d, turned + i * m, m * sizeof *row);
    }
}

kea_status kea_process_init(kea_process *process, size_t n_points, size_t n_inputs, const double *x,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t m = n_points / 4 < KEA_PROCESS_INDUCING ? n_points / 4 : KEA_PROCESS_INDUCING;
    size_t d = n_inputs;
    memset(process, 0, sizeof *process);
    KEA_TRY(kea_memory_new(&process->block,
                           3 * d + n_points * d + m * d + m * m + BLOCK_ROWS * (2 * m + d),
                           sizeof(double), err));
    KEA_TRY(kea_memory_new(&block, n_points, sizeof(ranked), err));
    process->n_points = n_points;
    process->n_inputs = d;
    process->n_inducing = m;
    process->x = x;
    process->mean = process->block;
    process->sd = process->mean + d;
    process->length = process->sd + d;
    process->score = process->length + d;
    process->place = process->score + n_points * d;
    process->turn = process->place + m * d;
    process->room = process->turn + m * m;
    process->columns = (kea_columns){1 + d, m, rows, process};
    for (size_t k = 0; k < d; k++) {
        kea_moments moments = {0};
        for (size_t i = 0; i < n_points; i++)
            kea_moments_add(&moments, x[i * d + k]);
        process->mean[k] = moments.mean;
        process->sd[k] = kea_moments_sd(&moments);
        score_input(process, k, block);
    }
done:
    free(block);
    if (status != KEA_OK)
        kea_process_free(process);
    return status;
}

kea_status kea_process_set(kea_process *process, const double *length, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t d = process->n_inputs, m = process->n_inducing;
    KEA_TRY(kea_memory_new(&block, 2 * m * m, sizeof(double), err));
    double *covariance = block;
    double *inverse = covariance + m * m;
    memmove(process->length, length, d * sizeof *length);
    for (size_t j = 0; j < m; j++)
        for (size_t k = 0; k < d; k++)
            process->place[j * d + k] =
                process->score[(j * process->n_points / m) * d + k] / length[k];
    kea_process_kernel(process, m, process->place, covariance);
    for (size_t j = 0; j < m; j++)
        covariance[j * m + j] += jitter;
    (void)kea_dense_cholesky(m, covariance, 0.0);
    kea_dense_inverse(m, covariance, inverse);
    kea_dense_transpose(m, m, inverse, process->turn);
done:
    free(block);
    return status;
}

/* --- the lengths ------------------------------------------------------------------------------ */

typedef struct search {
    kea_likelihood likelihood;
    double *length, *slope; /* [input] */
    kea_error *err;
    kea_status status;
} search;

/* Value and slope at logarithms of lengths, which are kept within bounds. */
static void at_logarithms(const gsl_vector *logarithm, void *context, double *value,
                          gsl_vector *slope)
{
    search *s = context;
    size_t d = s->likelihood.process->n_inputs;
    *value = (double)INFINITY;
    for (size_t k = 0; k < d; k++) {
        double at = exp(gsl_vector_get(logarithm, k));
        s->length[k] = fmax(shortest, fmin(longest, at));
    }
    if (s->status == KEA_OK)
        s->status = kea_likelihood_at(&s->likelihood, s->length, value, s->slope, s->err);
    for (size_t k = 0; k < d; k++) {
        double at = exp(gsl_vector_get(logarithm, k));
        gsl_vector_set(slope, k, at < shortest || at > longest ? 0.0 : s->slope[k]);
    }
}

static double value_at(const gsl_vector *logarithm, void *context)
{
    search *s = context;
    double value = 0.0;
    gsl_vector *slope = gsl_vector_alloc(s->likelihood.process->n_inputs);
    if (!slope)
        return (double)INFINITY;
    at_logarithms(logarithm, context, &value, slope);
    gsl_vector_free(slope);
    return value;
}

static void slope_at(const gsl_vector *logarithm, void *context, gsl_vector *slope)
{
    double value = 0.0;
    at_logarithms(logarithm, context, &value, slope);
}

/* Stops after steps that gain next to nothing: a difference of 0.1 in minus twice the log
 * likelihood is far below what data can tell. */
static void descend(search *s, gsl_multimin_fdfminimizer *minimizer)
{
    enum { ROUNDS = 30 };
    const double next_to_nothing = 0.1;
    int idle = 0;
    for (int i = 0; i < ROUNDS && idle < 2 && s->status == KEA_OK; i++) {
        double before = gsl_multimin_fdfminimizer_minimum(minimizer);
        if (gsl_multimin_fdfminimizer_iterate(minimizer) != 0)
            return;
        idle =
            before - gsl_multimin_fdfminimizer_minimum(minimizer) < next_to_nothing ? idle + 1 : 0;
    }
}

static kea_status find_lengths(search *s, size_t d, kea_error *err)
{
    gsl_multimin_function_fdf function = {value_at, slope_at, at_logarithms, d, s};
    gsl_multimin_fdfminimizer *minimizer =
        gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, d);
    gsl_vector *start = gsl_vector_alloc(d);
    if (!minimizer || !start) {
        s->status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for a search");
        goto done;
    }
    gsl_vector_set_all(start, log(1.5 + sqrt((double)d)));
    if (gsl_multimin_fdfminimizer_set(minimizer, &function, start, 0.5, 0.3) == 0)
        descend(s, minimizer);
    for (size_t k = 0; k < d; k++)
        s->length[k] =
            fmax(shortest,
                 fmin(longest, exp(gsl_vector_get(gsl_multimin_fdfminimizer_x(minimizer), k))));
done:
    if (minimizer)
        gsl_multimin_fdfminimizer_free(minimizer);
    gsl_vector_free(start);
    return s->status;
}

kea_status kea_process_choose(kea_process *process, size_t n_responses, const double *y,
                              size_t stride, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    search s = {.err = err, .status = KEA_OK};
    KEA_TRY(kea_memory_new(&block, 2 * process->n_inputs, sizeof(double), err));
    s.length = block;
    s.slope = s.length + process->n_inputs;
    KEA_TRY(kea_likelihood_init(&s.likelihood, process, n_responses, y, stride, err));
    KEA_TRY(find_lengths(&s, process->n_inputs, err));
    KEA_TRY(kea_process_set(process, s.length, err));
done:
    kea_likelihood_free(&s.likelihood);
    free(block);
    return status;
}
