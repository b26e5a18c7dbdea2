/* Where a simulated output crosses a goal: thresholds and break-even points, on common random
 * numbers and with a Monte Carlo error. */
#ifndef KEA_SEARCH_ROOT_H
#define KEA_SEARCH_ROOT_H

#include "sim/core/status.h"
#include "sim/search/system.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_crossing {
    bool found;             /* the output is at the goal somewhere between low and high */
    double x;               /* there; not found: the end at which the output is nearer the goal */
    double value;           /* mean output at x */
    double error;           /* Monte Carlo standard error of x; NAN when not found or not known */
    double slope;           /* of the mean output at x; NAN when not found */
    double at_low, at_high; /* mean output at the ends */
    size_t n_runs;
} kea_crossing;

/* Solves mean output(x) = goal for a system of one input and one output, between low and high
 * (low < high), to `tolerance` in x. A function that crosses more than once gives one of the
 * crossings. Takes about log2((high - low) / tolerance) runs, fewer on smooth functions, and two
 * for the slope.
 * error: by the delta method, sd over the points of the output at x / sqrt(n_points) / |slope|, the
 * slope being a central difference over a twentieth of the interval; infinite where that is 0.
 * Errors: what system->run returns; KEA_ERR_RUN when an output is not a finite number;
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_search_root(const kea_system *system, double goal, double low,
                                       double high, double tolerance, kea_crossing *crossing,
                                       kea_error *err);

#endif
