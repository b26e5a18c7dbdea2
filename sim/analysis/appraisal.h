/* What a stream of yearly costs and benefits is worth: net present value, benefit-cost ratio and
 * internal rate of return (the usual figures of a social cost-benefit analysis).
 *
 * Amounts stand by year; all signs are the caller's, and benefits and costs are both positive as a
 * rule. Amounts of element i count 1 / (1 + rate)^(first + i): `first` is 0 when the first year is
 * not discounted and 1 when it is. */
#ifndef KEA_ANALYSIS_APPRAISAL_H
#define KEA_ANALYSIS_APPRAISAL_H

#include "sim/core/status.h"

#include <stddef.h>

typedef struct kea_appraisal {
    double benefits; /* present values */
    double costs;
    double net;   /* benefits less costs */
    double ratio; /* benefits / costs; INFINITY when nothing is spent, NAN when nothing is gained
                     either */
} kea_appraisal;

/* The present value of n amounts; rate > -1. */
double kea_appraisal_value(size_t n, const double *amount, size_t first, double rate);

/* Both sides of n years. */
kea_appraisal kea_appraisal_make(size_t n, const double *benefits, const double *costs,
                                 size_t first, double rate);

enum { KEA_APPRAISAL_YEARS = 400 }; /* the most years of a rate of return */

/* Every rate above -1 (-100%) at which the present value of n net amounts (benefits less costs) is
 * 0, ascending, into rates[n - 1]; *n_rates is their number, 0 when there is none. A rate at which
 * the value touches 0 without changing sign counts once. Relative error of 1 + rate about 1e-12,
 * and 1e-6 where it only touches. Amounts that are all 0 have no rates. KEA_ERR_USAGE when there
 * are more than KEA_APPRAISAL_YEARS of them or one is not finite; KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_appraisal_rates(size_t n, const double *net, double *rates,
                                           size_t *n_rates, kea_error *err);

/* The internal rate of return: the one rate at which n net amounts are worth nothing.
 * KEA_ERR_NUMERIC when there is none, or when there are several and none of them means anything;
 * the text says which, and *rate becomes NAN. Other errors as above. */
KEA_CHECKED kea_status kea_appraisal_return(size_t n, const double *net, double *rate,
                                            kea_error *err);

#endif
