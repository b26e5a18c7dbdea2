/* Likelihood of the lengths of a Gaussian process by linear algebra in the m inducing points; only
 * a few products run over the draws. Names follow the formulas in likelihood.h: Z are the penalised
 * columns before, N those after the free columns are taken out; N'N = V diag(e) V'. */
#include "sim/analysis/likelihood.h"

#include "sim/analysis/dense.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void kea_likelihood_free(kea_likelihood *likelihood)
{
    free(likelihood->block);
    memset(likelihood, 0, sizeof *likelihood);
}

static kea_status carve(kea_likelihood *l, kea_error *err)
{
    size_t n = l->n, p = l->p, r = l->r, m = l->process->n_inducing, d = l->process->n_inputs;
    struct {
        double **at;
        size_t n;
    } const parts[] = {{&l->score, n * d},      {&l->basis, n * p},  {&l->y, n * r},
                       {&l->kernel, n * m},     {&l->column, n * m}, {&l->weight, n * m},
                       {&l->gram, m * m},       {&l->vector, m * m}, {&l->slope, m * m},
                       {&l->inner, m * m},      {&l->work, m * m},   {&l->across, 2 * p * m},
                       {&l->value, m},          {&l->penalty, r},    {&l->right, 2 * m * r},
                       {&l->turned, 2 * m * r}, {&l->place, n * d}};
    size_t total = 0, n_parts = sizeof parts / sizeof parts[0];
    for (size_t i = 0; i < n_parts; i++)
        total += parts[i].n;
    kea_status status = kea_memory_new(&l->block, total, sizeof(double), err);
    double *next = l->block;
    for (size_t i = 0; status == KEA_OK && i < n_parts; i++) {
        *parts[i].at = next;
        next += parts[i].n;
    }
    return status;
}

/* An orthonormal basis of the free columns, in place: F L^-T with F'F = L L'. */
static kea_status make_orthonormal(kea_likelihood *l, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t p = l->p;
    KEA_TRY(kea_memory_new(&block, 3 * p * p + l->n * p, sizeof(double), err));
    double *gram = block;
    double *inverse = gram + p * p, *turn = inverse + p * p, *free_columns = turn + p * p;
    memcpy(free_columns, l->basis, l->n * p * sizeof *free_columns);
    kea_dense_gram(l->n, p, free_columns, gram);
    kea_dense_mirror(p, gram);
    if (kea_dense_cholesky(p, gram, 1e-13) < p) {
        status = kea_error_set(err, KEA_ERR_NUMERIC,
                               "inputs of a Gaussian process depend on each other");
        goto done;
    }
    kea_dense_inverse(p, gram, inverse);
    kea_dense_transpose(p, p, inverse, turn);
    kea_dense_multiply(l->n, p, p, free_columns, turn, l->basis);
done:
    free(block);
    return status;
}

/* Takes the free columns out of a[n][k]; what was taken goes to across[p][k]. */
static void project(const kea_likelihood *l, size_t k, double *a, double *across)
{
    memset(across, 0, l->p * k * sizeof *across);
    kea_dense_cross(l->n, l->p, k, l->basis, a, k, across);
    for (size_t i = 0; i < l->n; i++)
        for (size_t f = 0; f < l->p; f++) {
            double at = l->basis[i * l->p + f];
            for (size_t j = 0; j < k; j++)
                a[i * k + j] -= at * across[f * k + j];
        }
}

/* Responses of the subset, each with mean 0 and variance 1 before the free columns are taken out.
 */
static kea_status take_responses(kea_likelihood *l, const double *y, size_t stride, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, l->p * l->r, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    for (size_t c = 0; c < l->r; c++) {
        double mean = 0.0, square = 0.0;
        for (size_t i = 0; i < l->n; i++)
            mean += y[(i * l->process->n_points / l->n) * stride + c] / (double)l->n;
        for (size_t i = 0; i < l->n; i++) {
            double off = y[(i * l->process->n_points / l->n) * stride + c] - mean;
            l->y[i * l->r + c] = off;
            square += off * off / (double)l->n;
        }
        for (size_t i = 0; i < l->n && square > 0.0; i++)
            l->y[i * l->r + c] /= sqrt(square);
    }
    project(l, l->r, l->y, block);
    free(block);
    return KEA_OK;
}

kea_status kea_likelihood_init(kea_likelihood *l, kea_process *process, size_t n_responses,
                               const double *y, size_t stride, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t d = process->n_inputs;
    memset(l, 0, sizeof *l);
    l->process = process;
    l->n = process->n_points < KEA_PROCESS_SUBSET ? process->n_points : KEA_PROCESS_SUBSET;
    l->p = 1 + d;
    l->r = n_responses;
    KEA_TRY(carve(l, err));
    for (size_t i = 0; i < l->n; i++) {
        size_t row = i * process->n_points / l->n;
        l->basis[i * l->p] = 1.0;
        for (size_t k = 0; k < d; k++) {
            l->score[i * d + k] = process->score[row * d + k];
            l->basis[i * l->p + 1 + k] =
                (process->x[row * d + k] - process->mean[k]) / process->sd[k];
        }
    }
    KEA_TRY(make_orthonormal(l, err));
    KEA_TRY(take_responses(l, y, stride, err));
done:
    if (status != KEA_OK)
        kea_likelihood_free(l);
    return status;
}

/* --- value ------------------------------------------------------------------------------------ */

/* One response: y'y, u = V'N'y and the trace of I - Q. */
typedef struct response {
    double left, loose;
    size_t n, m, r, which;
    const double *value, *right;
} response;

static double residual_at(const response *a, double penalty)
{
    double left = a->left;
    for (size_t k = 0; k < a->m; k++) {
        double at = a->right[k * a->r + a->which];
        left -= at * at / (a->value[k] + penalty);
    }
    return fmax(left, 1e-12 * a->left);
}

static double criterion_at(const response *a, double penalty)
{
    double complexity = a->loose / penalty;
    for (size_t k = 0; k < a->m; k++)
        complexity += log1p(a->value[k] / penalty);
    return (double)a->n * log(residual_at(a, penalty)) + complexity;
}

/* The best penalty between 10^-6 and 10^6: a grid, then golden section. */
static double best_penalty(const response *a)
{
    enum { STEPS = 24, ROUNDS = 40 };
    const double golden = 0.6180339887498949, low = -6.0, step = 0.5;
    double best = low, least = (double)INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        double here = criterion_at(a, pow(10.0, low + step * i));
        if (here < least) {
            least = here;
            best = low + step * i;
        }
    }
    double from = best - step, to = best + step;
    for (int i = 0; i < ROUNDS; i++) {
        double x = to - golden * (to - from), y = from + golden * (to - from);
        if (criterion_at(a, pow(10.0, x)) < criterion_at(a, pow(10.0, y)))
            to = y;
        else
            from = x;
    }
    return pow(10.0, 0.5 * (from + to));
}

/* Z into column, then N; what was taken into across; N'N and its eigenvalues. Returns the trace of
 * I - Q, at least 0, through *loose. */
static kea_status make_columns(kea_likelihood *l, const double *length, double *loose,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = l->n, m = l->process->n_inducing, d = l->process->n_inputs;
    double trace = 0.0;
    KEA_TRY(kea_process_set(l->process, length, err));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < d; k++)
            l->place[i * d + k] = l->score[i * d + k] / length[k];
    kea_process_kernel(l->process, n, l->place, l->kernel);
    kea_dense_multiply(n, m, m, l->kernel, l->process->turn, l->column);
    for (size_t i = 0; i < n * m; i++)
        trace += l->column[i] * l->column[i];
    *loose = fmax(0.0, (double)n - trace);
    project(l, m, l->column, l->across);
    memset(l->gram, 0, m * m * sizeof *l->gram);
    kea_dense_gram(n, m, l->column, l->gram);
    kea_dense_mirror(m, l->gram);
    KEA_TRY(kea_dense_eigen(m, l->gram, l->value, l->vector, err));
    for (size_t k = 0; k < m; k++)
        l->value[k] = fmax(0.0, l->value[k]);
done:
    return status;
}

/* u = V' N'y into right; N'y into its second half. */
static void turn_responses(kea_likelihood *l)
{
    size_t m = l->process->n_inducing, r = l->r;
    double *raw = l->right + m * r;
    memset(l->right, 0, 2 * m * r * sizeof *l->right);
    kea_dense_cross(l->n, m, r, l->column, l->y, r, raw);
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < m; k++)
            for (size_t c = 0; c < r; c++)
                l->right[k * r + c] += l->vector[i * m + k] * raw[i * r + c];
}

/* --- slope ------------------------------------------------------------------------------------ */

/* out = V diag(by) V'. */
static void from_eigen(kea_likelihood *l, const double *by, double *out)
{
    size_t m = l->process->n_inducing;
    memset(out, 0, m * m * sizeof *out);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < m; k++)
                sum += l->vector[i * m + k] * by[k] * l->vector[j * m + k];
            out[i * m + j] = out[j * m + i] = sum;
        }
}

/* What the slope needs of all responses together. */
typedef struct sums {
    double loose;       /* sum of 1 / (2 penalty) */
    double *inverse;    /* [m]: sum of 1 / (e + penalty) */
    double *fitted;     /* [m]: sum of e / (e + penalty) */
    const double *rate; /* [r]: 1 / (2 process variance) */
} sums;

/* With M = dL/dQ: M K_nm K_mm^-1 into weight and K_mm^-1 K_mn M K_nm K_mm^-1 into slope. L^-1 is
 * the transpose of process->turn. */
static void make_weights(kea_likelihood *l, const sums *s)
{
    size_t n = l->n, m = l->process->n_inducing, r = l->r, p = l->p;
    const double *turn = l->process->turn;
    double *inverse = l->work, *taken = l->across + p * m;
    kea_dense_transpose(m, m, turn, inverse); /* L^-1 */
    from_eigen(l, s->inverse, l->slope);
    for (size_t i = 0; i < m * m; i++)
        l->slope[i] *= -0.5;
    for (size_t i = 0; i < m; i++)
        l->slope[i * m + i] += s->loose;
    kea_dense_multiply(m, m, m, l->slope, inverse, l->inner);
    kea_dense_multiply(n, m, m, l->column, l->inner, l->weight);
    kea_dense_multiply(p, m, m, l->across, inverse, taken);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < p; f++) {
            double at = s->loose * l->basis[i * p + f];
            for (size_t j = 0; j < m; j++)
                l->weight[i * m + j] += at * taken[f * m + j];
        }
    /* the part of the data: alpha v' L^-1, with v = N'alpha and alpha = (y - N v) / penalty */
    double *v = l->turned, *back = l->turned + m * r;
    kea_dense_multiply(m, m, r, turn, v, back); /* L^-T v */
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < r; c++) {
            double alpha = l->y[i * r + c];
            for (size_t k = 0; k < m; k++)
                alpha -= l->column[i * m + k] * v[k * r + c];
            alpha *= s->rate[c] / l->penalty[c];
            for (size_t k = 0; k < m; k++)
                l->weight[i * m + k] += alpha * back[k * r + c];
        }
    /* inside: Z'MZ = sum v v' rate - 1/2 V fitted V' + loose Z'Z */
    from_eigen(l, s->fitted, l->slope);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++) {
            double sum = l->gram[i * m + j];
            for (size_t f = 0; f < p; f++)
                sum += l->across[f * m + i] * l->across[f * m + j];
            sum = s->loose * sum - 0.5 * l->slope[i * m + j];
            for (size_t c = 0; c < r; c++)
                sum += s->rate[c] * v[i * r + c] * v[j * r + c];
            l->slope[i * m + j] = sum;
        }
    kea_dense_multiply(m, m, m, l->slope, inverse, l->inner);
    kea_dense_multiply(m, m, m, turn, l->inner, l->slope);
}

/* Sums weight x kernel x squared distance along every input: d kernel / d log length. */
static void add_slope(const kea_likelihood *l, size_t count, const double *place,
                      const double *kernel, const double *weight, double times, double *slope)
{
    size_t m = l->process->n_inducing, d = l->process->n_inputs;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < m; j++) {
            double at = times * weight[i * m + j] * kernel[i * m + j];
            for (size_t k = 0; k < d; k++) {
                double off = place[i * d + k] - l->process->place[j * d + k];
                slope[k] += at * off * off;
            }
        }
}

kea_status kea_likelihood_at(kea_likelihood *l, const double *length, double *value, double *slope,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t m = l->process->n_inducing, r = l->r, d = l->process->n_inputs;
    double loose = 0.0;
    KEA_TRY(kea_memory_new(&block, 2 * m + r, sizeof(double), err));
    double *rate = block;
    sums s = {0.0, rate + r, rate + r + m, rate};
    KEA_TRY(make_columns(l, length, &loose, err));
    turn_responses(l);
    *value = 0.0;
    memset(l->turned, 0, 2 * m * r * sizeof *l->turned);
    for (size_t c = 0; c < r; c++) {
        response a = {0.0, loose, l->n - l->p, m, r, c, l->value, l->right};
        for (size_t i = 0; i < l->n; i++)
            a.left += l->y[i * r + c] * l->y[i * r + c];
        if (!(a.left > 0.0)) {
            l->penalty[c] = 1.0; /* a response that is always 0 says nothing */
            continue;
        }
        double penalty = l->penalty[c] = best_penalty(&a);
        *value += criterion_at(&a, penalty);
        rate[c] = 0.5 * (double)a.n * penalty / residual_at(&a, penalty);
        s.loose += 0.5 / penalty;
        for (size_t k = 0; k < m; k++) {
            s.inverse[k] += 1.0 / (l->value[k] + penalty);
            s.fitted[k] += l->value[k] / (l->value[k] + penalty);
            for (size_t i = 0; i < m; i++)
                l->turned[i * r + c] +=
                    l->vector[i * m + k] * l->right[k * r + c] / (l->value[k] + penalty);
        }
    }
    make_weights(l, &s);
    memset(slope, 0, d * sizeof *slope);
    add_slope(l, l->n, l->place, l->kernel, l->weight, -4.0, slope);
    kea_process_kernel(l->process, m, l->process->place, l->inner);
    add_slope(l, m, l->process->place, l->inner, l->slope, 2.0, slope);
done:
    free(block);
    return status;
}
