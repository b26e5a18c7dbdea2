/* Integration of smooth functions over a finite interval, without allocation or failure. */
#ifndef KEA_CORE_QUADRATURE_H
#define KEA_CORE_QUADRATURE_H

#include <stddef.h>

typedef double (*kea_quadrature_fn)(const void *context, double x);

/* The integral of f from `from` to `to` by the Gauss-Legendre rule of 8 points in each of
 * `n_panels` equal panels: exact for polynomials up to degree 15. Thread safe when f is. */
double kea_quadrature(kea_quadrature_fn f, const void *context, double from, double to,
                      size_t n_panels);

#endif
