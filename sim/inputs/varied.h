/* A parameter that an analysis varies: which entries, over which values, and how a value is put in
 * the place of the one that was there. One axis of a sensitivity design, or one change of a what-if
 * scenario. */
#ifndef KEA_INPUTS_VARIED_H
#define KEA_INPUTS_VARIED_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* What the levels of the axis are. */
typedef enum kea_varied_how {
    KEA_VARIED_VALUE,   /* values of the entries themselves, in their unit */
    KEA_VARIED_FACTOR,  /* what their values are multiplied by */
    KEA_VARIED_QUANTILE /* probabilities, 0 < p < 1: the value that is exceeded with 1 - p */
} kea_varied_how;

typedef struct kea_varied {
    char *name; /* as given, owned */
    kea_varied_how how;
    kea_range levels;
    double *each; /* [n_entries] values of their own in the place of a level, owned; NULL: a level
                     for all */
    size_t *entries; /* [n_entries], owned */
    size_t n_entries;
} kea_varied;

/* Zeroes and fills. `name` is that of a parameter (all elements), of one element, or of a care
 * model's own ("id.param", "id.param.element"). A factor of a shared parameter multiplies what care
 * models give instead of it too; a value or quantile is put in the place of the named entries only.
 * Errors: KEA_ERR_USAGE about the name (there is none like it, with the nearest), the levels (a
 * range with n 0; outside the declared range, not whole, not between 0 and 1, negative) or the kind
 * (shares that sum to 1 take a value or quantile one by one and no factor; a quantile of a number
 * that is certain). Texts name what is varied. */
KEA_CHECKED kea_status kea_varied_init(kea_varied *varied, const kea_problem *problem,
                                       const char *name, kea_varied_how how,
                                       const kea_range *levels, kea_error *err);

/* The same with values[n] for the n elements of a parameter, as they are: shares that sum to 1 can
 * change together so. KEA_ERR_USAGE when there are more or fewer, for each as above, and for their
 * sum. */
KEA_CHECKED kea_status kea_varied_init_each(kea_varied *varied, const kea_problem *problem,
                                            const char *name, size_t n, const double *values,
                                            kea_error *err);
void kea_varied_free(kea_varied *varied); /* legal on {0}, after a failed init, and twice */

/* The value that its first entry gets at a level, from the base case. */
double kea_varied_value(const kea_varied *varied, const kea_problem *problem, double level);

/* Puts the level, or each value, in the place of what stands in values[problem->n_entries]. A
 * multiplied value is kept within the declared range; when one of several shares is set, the others
 * keep their proportions and the sum. No allocation, no errors. */
void kea_varied_apply(const kea_varied *varied, const kea_problem *problem, double level,
                      double *values);

#endif
