/* Dense matrices. Inner loops run along rows, four rows of the tall matrix at a time: each number
 * of the small matrix that is fetched serves four times, and no sum is reordered. */
#include "sim/analysis/dense.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

size_t kea_dense_cholesky(size_t n, double *a, double tolerance)
{
    size_t first = n;
    for (size_t j = 0; j < n; j++) {
        double *row = a + j * n;
        double diagonal = row[j];
        double pivot = diagonal;
        for (size_t k = 0; k < j; k++)
            pivot -= row[k] * row[k];
        if (!(pivot > tolerance * diagonal) || !(pivot > 0.0)) {
            pivot = 0.0;
            first = first == n ? j : first;
        }
        double root = sqrt(pivot);
        row[j] = root;
        for (size_t i = j + 1; i < n; i++) {
            double *below = a + i * n;
            double sum = below[j];
            for (size_t k = 0; k < j; k++)
                sum -= below[k] * row[k];
            below[j] = root > 0.0 ? sum / root : 0.0;
        }
        for (size_t k = j + 1; k < n; k++)
            row[k] = 0.0;
    }
    return first;
}

kea_status kea_dense_eigen(size_t n, const double *a, double *values, double *vectors,
                           kea_error *err)
{
    gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc(n);
    gsl_matrix *work = gsl_matrix_alloc(n, n);
    kea_status status = KEA_OK;
    if (room && work) {
        gsl_vector_view value_view = gsl_vector_view_array(values, n);
        gsl_matrix_view vector_view = gsl_matrix_view_array(vectors, n, n);
        memcpy(work->data, a, n * n * sizeof *a);
        (void)gsl_eigen_symmv(work, &value_view.vector, &vector_view.matrix, room);
    } else {
        status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for %zu eigenvalues", n);
    }
    gsl_matrix_free(work);
    if (room)
        gsl_eigen_symmv_free(room);
    return status;
}

void kea_dense_inverse(size_t n, const double *l, double *out)
{
    memset(out, 0, n * n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        double diagonal = l[i * n + i];
        if (diagonal == 0.0)
            continue;
        double *row = out + i * n;
        for (size_t k = 0; k < i; k++) {
            double factor = l[i * n + k];
            const double *above = out + k * n;
            for (size_t j = 0; j <= k; j++)
                row[j] -= factor * above[j];
        }
        for (size_t j = 0; j < i; j++)
            row[j] /= diagonal;
        row[i] = 1.0 / diagonal;
    }
}

static void multiply_four(size_t inner, size_t n, const double *restrict a,
                          const double *restrict b, double *restrict out)
{
    double *restrict o0 = out, *restrict o1 = out + n, *restrict o2 = out + 2 * n,
                     *restrict o3 = out + 3 * n;
    for (size_t k = 0; k < inner; k++) {
        const double *restrict row = b + k * n;
        double f0 = a[k], f1 = a[inner + k], f2 = a[2 * inner + k], f3 = a[3 * inner + k];
        for (size_t j = 0; j < n; j++) {
            o0[j] += f0 * row[j];
            o1[j] += f1 * row[j];
            o2[j] += f2 * row[j];
            o3[j] += f3 * row[j];
        }
    }
}

void kea_dense_multiply(size_t rows, size_t inner, size_t n, const double *a, const double *b,
                        double *out)
{
    size_t i = 0;
    memset(out, 0, rows * n * sizeof *out);
    for (; i + 4 <= rows; i += 4)
        multiply_four(inner, n, a + i * inner, b, out + i * n);
    for (; i < rows; i++)
        for (size_t k = 0; k < inner; k++)
            for (size_t j = 0; j < n; j++)
                out[i * n + j] += a[i * inner + k] * b[k * n + j];
}

static void gram_four(size_t n, const double *restrict a, double *restrict gram)
{
    const double *restrict r0 = a, *restrict r1 = a + n, *restrict r2 = a + 2 * n,
                           *restrict r3 = a + 3 * n;
    for (size_t j = 0; j < n; j++) {
        double f0 = r0[j], f1 = r1[j], f2 = r2[j], f3 = r3[j];
        double *restrict out = gram + j * n;
        for (size_t k = j; k < n; k++)
            out[k] += f0 * r0[k] + f1 * r1[k] + f2 * r2[k] + f3 * r3[k];
    }
}

void kea_dense_gram(size_t rows, size_t n, const double *a, double *gram)
{
    size_t i = 0;
    for (; i + 4 <= rows; i += 4)
        gram_four(n, a + i * n, gram);
    for (; i < rows; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = j; k < n; k++)
                gram[j * n + k] += a[i * n + j] * a[i * n + k];
}

void kea_dense_cross(size_t rows, size_t n, size_t k, const double *a, const double *b,
                     size_t stride, double *cross)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t c = 0; c < k; c++)
                cross[j * k + c] += a[i * n + j] * b[i * stride + c];
}

void kea_dense_mirror(size_t n, double *a)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            a[i * n + j] = a[j * n + i];
}

void kea_dense_transpose(size_t n, size_t k, const double *a, double *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            out[j * n + i] = a[i * k + j];
}
