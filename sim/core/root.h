/* The zero of a function of one variable between two points where its sign differs. */
#ifndef KEA_CORE_ROOT_H
#define KEA_CORE_ROOT_H

#include <stdbool.h>

typedef double (*kea_root_fn)(const void *context, double x);

/* Finds *x with f(*x) = 0 between `low` and `high`, to `tolerance` in x (and to the precision of
 * double). f may be infinite at places. Returns false when f has the same sign, or is NAN, at both
 * ends; *x is then left as it was. By Chandrupatla 1997, Advances in Engineering Software 28(3),
 * which is never slower than bisection by more than a small factor. Thread safe when f is. */
bool kea_root_find(kea_root_fn f, const void *context, double low, double high, double tolerance,
                   double *x);

#endif
