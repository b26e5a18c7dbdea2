/* How densely a cloud of points lies: a kernel estimate on a grid, and the levels that enclose
 * given shares of the points (highest-density regions). Gaussian product kernel, bandwidths after
 * Silverman 1986, section 4.3; regions after Hyndman 1996. Pure arithmetic, draws nothing. */
#ifndef KEA_REPORT_DENSITY_H
#define KEA_REPORT_DENSITY_H

#include "sim/report/contour.h"

enum { KEA_DENSITY_SIDE = 72, KEA_DENSITY_SHARES = 2 };

typedef struct kea_density {
    bool exists; /* false when fewer than 20 finite points, or they do not spread in both ways */
    double x[KEA_DENSITY_SIDE], y[KEA_DENSITY_SIDE];
    double *value;                    /* [row][column], owned */
    double level[KEA_DENSITY_SHARES]; /* density at the border of the region of each share */
} kea_density;

/* The density of n points and its levels for share[], e.g. {0.95, 0.5}. Points that are not finite
 * are left out. Free with kea_density_free (legal on {0}, after a failure and twice).
 * KEA_ERR_MEMORY only. */
KEA_CHECKED kea_status kea_density_init(kea_density *density, size_t n, const double *x,
                                        const double *y, const double share[KEA_DENSITY_SHARES],
                                        kea_error *err);
void kea_density_free(kea_density *density);

/* The grid of a density, for kea_rings_init; borrows from it. */
kea_grid kea_density_grid(const kea_density *density);

#endif
