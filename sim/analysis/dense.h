/* Small dense matrices, stored by rows. GSL's linear algebra is used where it is enough
 * (eigenvalues); the rest is what it lacks: a Cholesky factor of matrices that may be singular,
 * which does not raise an error (GSL's aborts the program by default), and products of tall
 * matrices that a compiler can vectorise (GSL's own BLAS is several times slower). */
#ifndef KEA_ANALYSIS_DENSE_H
#define KEA_ANALYSIS_DENSE_H

#include "sim/core/status.h"

#include <stddef.h>

/* Cholesky factor L of the symmetric matrix a[n][n] = L L', in place: L in the lower triangle, the
 * rest 0. A pivot below tolerance x its diagonal element is taken as 0, and so is its column.
 * Returns the index of the first such row (it depends linearly on those before it), n when there is
 * none. */
size_t kea_dense_cholesky(size_t n, double *a, double tolerance);

/* Eigenvalues (any order) and eigenvectors, the columns of vectors[n][n], of the symmetric matrix
 * a[n][n], of which the lower triangle is read. n > 0. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_dense_eigen(size_t n, const double *a, double *values, double *vectors,
                                       kea_error *err);

/* The inverse of a lower triangular matrix l[n][n] into out[n][n], also lower triangular. Rows and
 * columns whose diagonal is 0 are 0. */
void kea_dense_inverse(size_t n, const double *l, double *out);

/* out[rows][n] = a[rows][inner] b[inner][n]. */
void kea_dense_multiply(size_t rows, size_t inner, size_t n, const double *a, const double *b,
                        double *out);

/* gram[n][n] += a' a for a[rows][n], upper triangle and diagonal only. */
void kea_dense_gram(size_t rows, size_t n, const double *a, double *gram);

/* cross[n][k] += a' b for a[rows][n] and b with k numbers in every row, `stride` apart. */
void kea_dense_cross(size_t rows, size_t n, size_t k, const double *a, const double *b,
                     size_t stride, double *cross);

/* Copies the upper triangle of a[n][n] into the lower one. */
void kea_dense_mirror(size_t n, double *a);

/* a[n][k] as out[k][n]. */
void kea_dense_transpose(size_t n, size_t k, const double *a, double *out);

#endif
