/* What the files of the allocation report share among themselves. */
#ifndef KEA_REPORT_ALLOCATION_SHARED_H
#define KEA_REPORT_ALLOCATION_SHARED_H

#include "sim/report/allocation.h"
#include "sim/report/sensitivity_shared.h"

/* [n_sites] of a budget. */
const kea_allocation_share *kea_allocation_shares(const kea_allocation *a, size_t budget);

/* How the quantity is called and shown, `column` its name for programs; an amount of it, with its
 * currency where it is money. */
kea_quantity_words kea_allocation_words(const kea_allocation *a);
void kea_allocation_amount(const kea_allocation *a, double value, char *text, size_t size);

/* "400 hours a week" or "EUR 1,200,000 a year". */
void kea_allocation_budget(const kea_allocation *a, double budget, char *text, size_t size);

/* The value of a site at a level of hours. `scratch` holds n_draws numbers. */
kea_estimate kea_allocation_level(const kea_allocation *a, size_t site, size_t level,
                                  double *scratch);

#endif
