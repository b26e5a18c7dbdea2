/* What the files that tell a planner share among themselves. */
#ifndef KEA_REPORT_PLANNER_SHARED_H
#define KEA_REPORT_PLANNER_SHARED_H

#include "sim/report/planner.h"

/* The estimate of a quantity at a level; scratch[n_points]. */
kea_estimate kea_planner_estimate(const kea_planner *planner, size_t quantity, size_t level,
                                  double *scratch);

/* Money as people write it: "EUR 15.50", "EUR 1.2 million". */
void kea_planner_amount(const kea_planner *planner, double amount, char *text, size_t size);

/* Where everybody breaks even and which contribution is worth it, in sentences. */
KEA_CHECKED kea_status kea_planner_say_solved(FILE *out, const kea_planner *planner,
                                              kea_error *err);

#endif
