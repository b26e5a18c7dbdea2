/* Regression with a penalty chosen by REML. Everything is done on products of columns, so that a
 * response or a penalty more costs next to nothing. */
#include "sim/analysis/penalised.h"

#include "sim/analysis/dense.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 256 };

/* Eigenvalues below this share of all of Z'Z are rounding errors of what the free columns took. */
static const double noise_share = 1e-11;

void kea_penalised_free(kea_penalised *fit)
{
    free(fit->block);
    memset(fit, 0, sizeof *fit);
}

static kea_status carve(kea_penalised *fit, kea_error *err)
{
    size_t r = fit->n_responses, p = fit->n_free, m = fit->n_penalised, q = p + m;
    struct {
        double **at;
        size_t n;
    } const parts[] = {{&fit->penalty, r},      {&fit->freedom, r},     {&fit->coefficient, q * r},
                       {&fit->residual, r * r}, {&fit->share, r},       {&fit->total, r},
                       {&fit->mean, r},         {&fit->inverse, p * p}, {&fit->across, p * m},
                       {&fit->gram, m * m},     {&fit->right, m * r},   {&fit->free_right, p * r},
                       {&fit->scale, m},        {&fit->eigenvalue, m},  {&fit->eigenvector, m * m},
                       {&fit->rotated, m * r},  {&fit->root, r * r}};
    size_t total = 0, n_parts = sizeof parts / sizeof parts[0];
    for (size_t i = 0; i < n_parts; i++)
        total += parts[i].n;
    kea_status status = kea_memory_new(&fit->block, total, sizeof(double), err);
    double *next = fit->block;
    for (size_t i = 0; status == KEA_OK && i < n_parts; i++) {
        *parts[i].at = next;
        next += parts[i].n;
    }
    return status;
}

/* Means of the responses; y is taken less its mean everywhere, which loses no digits to large
 * means.
 */
static void take_means(kea_penalised *fit, const double *y, size_t stride)
{
    for (size_t c = 0; c < fit->n_responses; c++) {
        double sum = 0.0;
        for (size_t i = 0; i < fit->n_points; i++)
            sum += y[i * stride + c];
        fit->mean[c] = sum / (double)fit->n_points;
    }
}

/* Some rows of y less its means into out[count][response]. */
static void centred(const kea_penalised *fit, const double *y, size_t stride, size_t first,
                    size_t count, double *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < fit->n_responses; c++)
            out[i * fit->n_responses + c] = y[(first + i) * stride + c] - fit->mean[c];
}

/* Sums products: all columns with each other into gram[q][q], with y into right[q][response]. */
static kea_status sum_products(kea_penalised *fit, const kea_columns *columns, const double *y,
                               size_t stride, double *gram, double *right, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t q = fit->n_free + fit->n_penalised, r = fit->n_responses;
    KEA_TRY(kea_memory_new(&block, BLOCK_ROWS * (q + r), sizeof(double), err));
    double *x = block;
    double *part = x + BLOCK_ROWS * q;
    for (size_t first = 0; first < fit->n_points; first += BLOCK_ROWS) {
        size_t left = fit->n_points - first, count = left < BLOCK_ROWS ? left : BLOCK_ROWS;
        columns->rows(columns->context, first, count, x);
        centred(fit, y, stride, first, count, part);
        kea_dense_gram(count, q, x, gram);
        kea_dense_cross(count, q, r, x, part, r, right);
        for (size_t i = 0; i < count; i++)
            for (size_t c = 0; c < r; c++)
                fit->total[c] += part[i * r + c] * part[i * r + c];
    }
    kea_dense_mirror(q, gram);
done:
    free(block);
    return status;
}

/* Takes the free columns F out of the products of Z and y. With F'F = L L' and A = L^-1 F'Z,
 * g = L^-1 F'y: Z'Z - A'A, Z'y - A'g, y'y - g'g. */
static kea_status take_free_out(kea_penalised *fit, const double *gram, const double *right,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t p = fit->n_free, m = fit->n_penalised, q = p + m, r = fit->n_responses;
    KEA_TRY(kea_memory_new(&block, p * p + p * m, sizeof(double), err));
    double *factor = block;
    double *between = factor + p * p;
    for (size_t i = 0; i < p; i++) {
        memcpy(factor + i * p, gram + i * q, p * sizeof *factor);
        memcpy(between + i * m, gram + i * q + p, m * sizeof *between);
    }
    if (kea_dense_cholesky(p, factor, 1e-13) < p) {
        status = kea_error_set(err, KEA_ERR_NUMERIC,
                               "the free columns of a regression depend on each other");
        goto done;
    }
    kea_dense_inverse(p, factor, fit->inverse);
    kea_dense_multiply(p, p, m, fit->inverse, between, fit->across);
    kea_dense_multiply(p, p, r, fit->inverse, right, fit->free_right);
    for (size_t k = 0; k < m; k++) {
        memcpy(fit->gram + k * m, gram + (p + k) * q + p, m * sizeof *fit->gram);
        memcpy(fit->right + k * r, right + (p + k) * r, r * sizeof *fit->right);
        for (size_t i = 0; i < p; i++) {
            double at = fit->across[i * m + k];
            for (size_t j = 0; j < m; j++)
                fit->gram[k * m + j] -= at * fit->across[i * m + j];
            for (size_t c = 0; c < r; c++)
                fit->right[k * r + c] -= at * fit->free_right[i * r + c];
        }
    }
done:
    free(block);
    return status;
}

kea_status kea_penalised_init(kea_penalised *fit, const kea_columns *columns, size_t n_points,
                              size_t n_responses, const double *y, size_t stride, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t q = columns->n_free + columns->n_penalised;
    memset(fit, 0, sizeof *fit);
    fit->n_points = n_points;
    fit->n_responses = n_responses;
    fit->n_free = columns->n_free;
    fit->n_penalised = columns->n_penalised;
    if (n_points <= columns->n_free)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a regression with %zu free coefficients needs more draws than that; "
                             "the sample has %zu",
                             columns->n_free, n_points);
    KEA_TRY(carve(fit, err));
    KEA_TRY(kea_memory_new(&block, q * q + q * n_responses, sizeof(double), err));
    double *gram = block;
    double *right = gram + q * q;
    take_means(fit, y, stride);
    KEA_TRY(sum_products(fit, columns, y, stride, gram, right, err));
    KEA_TRY(take_free_out(fit, gram, right, err));
done:
    free(block);
    if (status != KEA_OK)
        kea_penalised_free(fit);
    return status;
}

/* --- the penalty ----------------------------------------------------------------------------- */

/* Eigenvalues and eigenvectors (columns) of the scaled gram matrix. */
static kea_status decompose(kea_penalised *fit, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t m = fit->n_penalised;
    double trace = 0.0;
    KEA_TRY(kea_memory_new(&block, m * m, sizeof(double), err));
    double *scaled = block;
    for (size_t i = 0; i < m; i++) {
        double across = 0.0;
        for (size_t k = 0; k < fit->n_free; k++)
            across += fit->across[k * m + i] * fit->across[k * m + i];
        trace += fit->scale[i] * fit->scale[i] * (fit->gram[i * m + i] + across);
        for (size_t j = 0; j < m; j++)
            scaled[i * m + j] = fit->scale[i] * fit->gram[i * m + j] * fit->scale[j];
    }
    KEA_TRY(kea_dense_eigen(m, scaled, fit->eigenvalue, fit->eigenvector, err));
    for (size_t i = 0; i < m; i++)
        if (!(fit->eigenvalue[i] > noise_share * trace))
            fit->eigenvalue[i] = 0.0;
done:
    free(block);
    return status;
}

/* rotated = V' D Z'y; 0 along directions that are only rounding errors. */
static void rotate(kea_penalised *fit)
{
    size_t m = fit->n_penalised, r = fit->n_responses;
    memset(fit->rotated, 0, m * r * sizeof *fit->rotated);
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < m; k++) {
            double at =
                fit->eigenvalue[k] > 0.0 ? fit->eigenvector[i * m + k] * fit->scale[i] : 0.0;
            for (size_t c = 0; c < r; c++)
                fit->rotated[k * r + c] += at * fit->right[i * r + c];
        }
}

/* What is left of y'y after the free columns; never below a rounding error of y'y. */
static double after_free(const kea_penalised *fit, size_t response)
{
    double left = fit->total[response];
    for (size_t i = 0; i < fit->n_free; i++) {
        double at = fit->free_right[i * fit->n_responses + response];
        left -= at * at;
    }
    return fmax(left, 1e-14 * fit->total[response]);
}

/* Minus twice the restricted log likelihood at a penalty. */
static double criterion_at(const kea_penalised *fit, size_t response, double left, double penalty)
{
    double residual = left, complexity = 0.0;
    for (size_t k = 0; k < fit->n_penalised; k++) {
        double at = fit->rotated[k * fit->n_responses + response];
        residual -= at * at / (fit->eigenvalue[k] + penalty);
        complexity += log1p(fit->eigenvalue[k] / penalty);
    }
    residual = fmax(residual, 1e-14 * left);
    return (double)(fit->n_points - fit->n_free) * log(residual) + complexity;
}

/* The best penalty on a grid of its logarithm, then by golden section between the neighbours. */
static double best_penalty(const kea_penalised *fit, size_t response, double largest,
                           double *criterion)
{
    enum { STEPS = 36, ROUNDS = 24 };
    const double golden = 0.6180339887498949;
    double left = after_free(fit, response);
    const double decade = log(10.0);
    double low = log(largest) - 9.0 * decade, step = 18.0 * decade / STEPS;
    double best = low, least = (double)INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        double here = criterion_at(fit, response, left, exp(low + step * i));
        if (here < least) {
            least = here;
            best = low + step * i;
        }
    }
    double a = best - step, b = best + step;
    for (int i = 0; i < ROUNDS; i++) {
        double x = b - golden * (b - a), y = a + golden * (b - a);
        if (criterion_at(fit, response, left, exp(x)) < criterion_at(fit, response, left, exp(y)))
            b = y;
        else
            a = x;
    }
    best = 0.5 * (a + b);
    *criterion = criterion_at(fit, response, left, exp(best));
    return exp(best);
}

kea_status kea_penalised_choose(kea_penalised *fit, const double *scale, double *criterion,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    double largest = 0.0, sum = 0.0;
    for (size_t k = 0; k < fit->n_penalised; k++)
        fit->scale[k] = scale ? scale[k] : 1.0;
    if (fit->n_penalised) {
        KEA_TRY(decompose(fit, err));
        rotate(fit);
    }
    for (size_t k = 0; k < fit->n_penalised; k++)
        largest = fmax(largest, fit->eigenvalue[k]);
    for (size_t c = 0; c < fit->n_responses; c++) {
        double here = 0.0;
        fit->penalty[c] = 1.0;
        if (largest > 0.0 && fit->total[c] > 0.0)
            fit->penalty[c] = best_penalty(fit, c, largest, &here);
        fit->freedom[c] = (double)fit->n_free;
        for (size_t k = 0; k < fit->n_penalised; k++)
            fit->freedom[c] += fit->eigenvalue[k] / (fit->eigenvalue[k] + fit->penalty[c]);
        sum += here;
    }
    if (criterion)
        *criterion = sum;
done:
    return status;
}

/* --- coefficients ---------------------------------------------------------------------------- */

/* From weights of the eigenvectors (in `turned`, [penalised][response]) to coefficients of the
 * penalised columns, and from those and the free columns' own part g (in `own`, [free][response],
 * on the scale of L'b) to coefficients of the free columns: b = L^-T (g - A w). */
static void to_coefficients(const kea_penalised *fit, const double *turned, const double *own,
                            double *coefficient)
{
    size_t p = fit->n_free, m = fit->n_penalised, r = fit->n_responses;
    double *w = coefficient + p * r;
    memset(coefficient, 0, (p + m) * r * sizeof *coefficient);
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < m; k++) {
            double at = fit->scale[i] * fit->eigenvector[i * m + k];
            for (size_t c = 0; c < r; c++)
                w[i * r + c] += at * turned[k * r + c];
        }
    for (size_t c = 0; c < r; c++)
        for (size_t i = 0; i < p; i++) {
            double rest = own[i * r + c];
            for (size_t k = 0; k < m; k++)
                rest -= fit->across[i * m + k] * w[k * r + c];
            for (size_t j = 0; j <= i; j++)
                coefficient[j * r + c] += fit->inverse[i * p + j] * rest;
        }
}

/* Fitted values and the sums of products of residuals. */
static kea_status look_back(kea_penalised *fit, const kea_columns *columns, const double *y,
                            size_t stride, double *fitted, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t q = fit->n_free + fit->n_penalised, r = fit->n_responses;
    KEA_TRY(kea_memory_new(&block, BLOCK_ROWS * (q + r), sizeof(double), err));
    double *x = block;
    double *residual = x + BLOCK_ROWS * q;
    memset(fit->residual, 0, r * r * sizeof *fit->residual);
    for (size_t first = 0; first < fit->n_points; first += BLOCK_ROWS) {
        size_t left = fit->n_points - first, count = left < BLOCK_ROWS ? left : BLOCK_ROWS;
        double *out = fitted + first * r;
        columns->rows(columns->context, first, count, x);
        kea_dense_multiply(count, q, r, x, fit->coefficient, out);
        for (size_t i = 0; i < count; i++)
            for (size_t c = 0; c < r; c++)
                residual[i * r + c] = y[(first + i) * stride + c] - out[i * r + c];
        kea_dense_gram(count, r, residual, fit->residual);
    }
    kea_dense_mirror(r, fit->residual);
done:
    free(block);
    return status;
}

kea_status kea_penalised_solve(kea_penalised *fit, const kea_columns *columns, const double *y,
                               size_t stride, double *fitted, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t m = fit->n_penalised, r = fit->n_responses;
    double n = (double)fit->n_points;
    KEA_TRY(kea_memory_new(&block, m * r, sizeof(double), err));
    double *turned = block;
    for (size_t k = 0; k < m; k++)
        for (size_t c = 0; c < r; c++)
            turned[k * r + c] = fit->rotated[k * r + c] / (fit->eigenvalue[k] + fit->penalty[c]);
    to_coefficients(fit, turned, fit->free_right, fit->coefficient);
    for (size_t c = 0; c < r; c++)
        fit->coefficient[c] += fit->mean[c]; /* column 0 is 1 */
    KEA_TRY(look_back(fit, columns, y, stride, fitted, err));
    for (size_t c = 0; c < r; c++) {
        double left = fit->residual[c * r + c];
        fit->share[c] = fit->total[c] > 0.0 ? 1.0 - left / fit->total[c] : 0.0;
    }
    for (size_t a = 0; a < r; a++)
        for (size_t b = 0; b < r; b++)
            fit->residual[a * r + b] /= fmax(1.0, n - 0.5 * (fit->freedom[a] + fit->freedom[b]));
    memcpy(fit->root, fit->residual, r * r * sizeof *fit->root);
    (void)kea_dense_cholesky(r, fit->root, 1e-12);
done:
    free(block);
    return status;
}

void kea_penalised_draw(const kea_penalised *fit, double *normal, double *coefficient)
{
    size_t p = fit->n_free, m = fit->n_penalised, r = fit->n_responses;
    for (size_t k = 0; k < p + m; k++) {
        double *z = normal + k * r;
        for (size_t c = r; c-- > 0;) { /* from the last: z[c] needs the z before it */
            double sum = 0.0;
            for (size_t d = 0; d <= c; d++)
                sum += fit->root[c * r + d] * z[d];
            z[c] = k < p ? sum : sum / sqrt(fit->eigenvalue[k - p] + fit->penalty[c]);
        }
    }
    to_coefficients(fit, normal + p * r, normal, coefficient);
    for (size_t i = 0; i < (p + m) * r; i++)
        coefficient[i] += fit->coefficient[i];
}
