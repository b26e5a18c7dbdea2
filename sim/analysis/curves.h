/* What sweeps, maps and the tornado say: estimates per group of points. Points of a design are
 * grouped (see sim/inputs/design.h); here only the group numbers are needed. */
#ifndef KEA_ANALYSIS_CURVES_H
#define KEA_ANALYSIS_CURVES_H

#include "sim/analysis/estimate.h"
#include "sim/analysis/pairs.h"

/* Estimate of a quantity over the points of one group. value[point] is any quantity per point;
 * group[point] its group; `scratch` holds n doubles. */
kea_estimate kea_curve_group(size_t n, const double *value, const size_t *group, size_t which,
                             double *scratch);

/* One bar of a tornado: mean outcome with an entry at its low and at its high end, minus the mean
 * in the base group, each with the standard error of the paired difference (same cohorts; NAN with
 * fewer than 2). */
typedef struct kea_bar {
    size_t entry;                 /* index of the entry in the problem */
    double low_value, high_value; /* the entry's values at the two ends */
    double low, high;             /* change of the outcome */
    double low_error, high_error;
} kea_bar;

/* Bars for n_bars entries, sorted by the larger absolute change, largest first (ties by entry).
 * value[point] is the outcome; points are grouped 2k (low), 2k+1 (high), 2 n_bars (base), and point
 * j of each group lived with the same cohort as point j of the base group. level[point] is the
 * value the entry has there. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT when the groups differ in size
 * or are empty. */
KEA_CHECKED kea_status kea_tornado(size_t n_bars, const size_t *entry, size_t n_points,
                                   const double *value, const size_t *group, const double *level,
                                   kea_bar *bars, kea_error *err);

#endif
