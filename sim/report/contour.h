/* Contours of a quantity on a rectangular grid, as closed rings. Pure arithmetic, draws nothing.
 *
 * A ring borders a region where the value is at least a level; along the edge of the grid and
 * around nodes without a value it follows the nodes. Rings never cross, so regions are painted
 * rightly by filling the rings from the largest to the smallest, each with the colour of the side
 * that lies within. Method: marching squares with linear interpolation (Maple 2003); a saddle is
 * decided by the mean of its four corners. */
#ifndef KEA_REPORT_CONTOUR_H
#define KEA_REPORT_CONTOUR_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_grid {
    size_t n_x, n_y;     /* 2 or more each */
    const double *x, *y; /* positions of columns and rows, increasing */
    const double *value; /* [row][column]; NAN where there is none */
} kea_grid;

typedef struct kea_ring {
    size_t level;      /* index of the level */
    bool above_inside; /* the value within, next to the ring, is at least the level */
    size_t first, n;   /* its corners in the arrays x, y, border */
    double surface;    /* in the unit of x times that of y */
} kea_ring;

typedef struct kea_rings {
    size_t n;
    kea_ring *rings; /* from the largest surface to the smallest */
    size_t n_corners, room_corners, room_rings;
    double *x, *y;
    bool *border; /* the corner lies at the edge of the values, not on a contour within */
} kea_rings;

/* All rings of all levels; levels need no order. Free with kea_rings_free (legal on {0}, after a
 * failure and twice). KEA_ERR_MEMORY only. */
KEA_CHECKED kea_status kea_rings_init(kea_rings *rings, const kea_grid *grid, size_t n_levels,
                                      const double *level, kea_error *err);
void kea_rings_free(kea_rings *rings);

#endif
