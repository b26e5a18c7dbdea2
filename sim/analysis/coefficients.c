/* See coefficients.h. With everything standardised, the coefficients solve R b = r, with R the
 * correlations between the numbers and r those with the outcome: one pass over the sample and a
 * small matrix. */
#include "sim/analysis/coefficients.h"

#include "sim/core/memory.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Nearer to a combination of the others than this (1 - R^2 of it on them), a number tells nothing.
 */
static const double COLLINEAR = 1e-8;

/* All columns in one block, the numbers and then the outcome: [k + 1][n]. */
typedef struct columns {
    size_t n, k;
    double *value;
} columns;

static double *column(const columns *c, size_t i)
{
    return c->value + i * c->n;
}

/* ---- ranks ---- */

typedef struct ranked {
    double value;
    size_t at;
} ranked;

static int by_value(const void *first, const void *second)
{
    const ranked *a = first, *b = second;
    return (a->value > b->value) - (a->value < b->value);
}

/* Puts ranks in the place of values; equal values share the mean of their ranks. */
static void rank_column(size_t n, double *x, ranked *order)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (ranked){x[i], i};
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        while (end < n && !(order[i].value < order[end].value))
            end++;
        for (size_t k = i; k < end; k++)
            x[order[k].at] = 0.5 * (double)(i + end - 1);
    }
}

/* ---- regression ---- */

/* Centres every column and divides it by its length. KEA_ERR_INPUT when it has none. */
static kea_status standardise(const columns *c, kea_error *err)
{
    for (size_t i = 0; i <= c->k; i++) {
        double *x = column(c, i), mean = 0, squares = 0, largest = 0;
        for (size_t j = 0; j < c->n; j++) {
            mean += x[j] / (double)c->n;
            largest = fmax(largest, fabs(x[j]));
        }
        for (size_t j = 0; j < c->n; j++) {
            x[j] -= mean;
            squares += x[j] * x[j];
        }
        double length = sqrt(squares);
        /* what is left of a constant is the rounding of its mean */
        if (!(length > 1e-12 * largest * sqrt((double)c->n))) {
            if (i == c->k)
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "the outcome is the same at all draws: nothing explains it");
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "number %zu is the same at all draws: leave it out", i + 1);
        }
        for (size_t j = 0; j < c->n; j++)
            x[j] /= length;
    }
    return KEA_OK;
}

static double dot(const columns *c, size_t a, size_t b)
{
    const double *x = column(c, a), *y = column(c, b);
    double sum = 0;
    for (size_t j = 0; j < c->n; j++)
        sum += x[j] * y[j];
    return sum;
}

/* The inverse of the correlations between the numbers. */
static kea_status invert(const columns *c, gsl_matrix *inverse, kea_error *err)
{
    for (size_t i = 0; i < c->k; i++)
        for (size_t k = 0; k <= i; k++) {
            double r = dot(c, i, k);
            gsl_matrix_set(inverse, i, k, r);
            gsl_matrix_set(inverse, k, i, r);
        }
    if (gsl_linalg_cholesky_decomp1(inverse) != GSL_SUCCESS)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a number follows from the others (like the last of shares that sum "
                             "to 1): leave one of them out");
    /* a pivot is what the earlier numbers leave unexplained */
    for (size_t i = 0; i < c->k; i++)
        if (pow(gsl_matrix_get(inverse, i, i), 2) < COLLINEAR)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "number %zu follows from those before it (like the last of shares "
                                 "that sum to 1): leave it out",
                                 i + 1);
    (void)gsl_linalg_cholesky_invert(inverse);
    return KEA_OK;
}

/* Coefficients b[k], their standard errors, and R^2. */
static kea_status regress(const columns *c, double *b, double *error, double *r2, kea_error *err)
{
    kea_status status = KEA_OK;
    gsl_matrix *inverse = gsl_matrix_alloc(c->k, c->k);
    if (!inverse)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory for %zu regression coefficients",
                             c->k);
    KEA_TRY(standardise(c, err));
    KEA_TRY(invert(c, inverse, err));
    *r2 = 0;
    memset(b, 0, c->k * sizeof *b);
    for (size_t k = 0; k < c->k; k++) {
        double with_outcome = dot(c, k, c->k);
        for (size_t i = 0; i < c->k; i++)
            b[i] += gsl_matrix_get(inverse, i, k) * with_outcome;
    }
    for (size_t k = 0; k < c->k; k++)
        *r2 += b[k] * dot(c, k, c->k);
    *r2 = fmin(fmax(*r2, 0.0), 1.0);
    for (size_t i = 0; i < c->k; i++)
        error[i] = sqrt((1.0 - *r2) * gsl_matrix_get(inverse, i, i) / (double)(c->n - c->k - 1));
done:
    gsl_matrix_free(inverse);
    return status;
}

/* ---- both ---- */

static kea_status check(size_t n, size_t k, const double *x, const double *y, kea_error *err)
{
    if (k == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "there is no uncertain number to explain with");
    if (n < k + 2)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "%zu draws are too few for %zu numbers: at least %zu are needed", n, k,
                             k + 2);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(y[i]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "the outcome of draw %zu is not a finite number", i + 1);
    for (size_t i = 0; i < n * k; i++)
        if (!isfinite(x[i]))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "number %zu of draw %zu is not a finite number", i / n + 1,
                                 i % n + 1);
    return KEA_OK;
}

/* The partial correlation from a coefficient and its error, through t = b / error. */
static double partial_of(double b, double error, double freedom)
{
    double scale = sqrt(b * b + freedom * error * error);
    return scale > 0 ? b / scale : 0;
}

kea_status kea_coefficients(size_t n, size_t k, const double *x, const double *y,
                            kea_coefficient *coefficient, double *r2, double *rank_r2,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *order = NULL, *results = NULL;
    KEA_TRY(check(n, k, x, y, err));
    KEA_TRY(kea_memory_new(&block, (k + 1) * n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&order, n, sizeof(ranked), err));
    KEA_TRY(kea_memory_new(&results, 2 * k, sizeof(double), err));
    const columns c = {n, k, block};
    double *b = results, *error = b + k;
    memcpy(c.value, x, k * n * sizeof *x);
    memcpy(column(&c, k), y, n * sizeof *y);
    KEA_TRY(regress(&c, b, error, r2, err));
    for (size_t i = 0; i < k; i++)
        coefficient[i] = (kea_coefficient){.regression = b[i], .regression_error = error[i]};
    memcpy(c.value, x, k * n * sizeof *x);
    memcpy(column(&c, k), y, n * sizeof *y);
    for (size_t i = 0; i <= k; i++)
        rank_column(n, column(&c, i), order);
    KEA_TRY(regress(&c, b, error, rank_r2, err));
    for (size_t i = 0; i < k; i++) {
        coefficient[i].rank_regression = b[i];
        coefficient[i].rank_partial = partial_of(b[i], error[i], (double)(n - k - 1));
    }
done:
    free(block);
    free(order);
    free(results);
    return status;
}
