/* What a sensitivity design changes, group by group: the values of all entries at any point, worked
 * out when asked for. Deterministic: a grid over one, two or a few parameters, and what-if
 * scenarios. Global: the rows of a variance-based analysis and the trajectories of a screening.
 *
 * Points of a design are numbered by group and by repeat; repeat j lives with cohort j. */
#ifndef KEA_INPUTS_VARIATION_H
#define KEA_INPUTS_VARIATION_H

#include "sim/core/status.h"
#include "sim/inputs/factors.h"
#include "sim/inputs/problem.h"
#include "sim/inputs/varied.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Most parameters and cells of a table. */
enum { KEA_VARIATION_AXES = 6, KEA_VARIATION_CELLS = 10000 };

typedef enum kea_variation_kind {
    KEA_VARIATION_GRID,
    KEA_VARIATION_WHAT_IF,
    KEA_VARIATION_SITES,
    KEA_VARIATION_SOBOL,
    KEA_VARIATION_MORRIS
} kea_variation_kind;

/* Lies beside what it was made of: axes and factors are borrowed. */
typedef struct kea_variation {
    kea_variation_kind kind;
    size_t n_groups;
    bool drawn; /* grid, what-if, sites: changes are made to parameter draw `repeat`, not to the
                 * base case
                 */
    const kea_varied *axes; /* grid: [n_axes] */
    size_t n_axes;
    const struct kea_what_if *sites; /* sites: [n_groups] */
    size_t base_entry;               /* sites: keeps its base value in every draw */
    const kea_factors *factors;      /* Sobol, Morris */
    kea_sampling sampling;           /* Sobol: of the rows */
    size_t n_trajectories;           /* Morris */
    size_t *order;    /* Morris: [n_trajectories][factors->n], which moves when; owned */
    size_t *position; /* Morris: the other way round, when each moves; owned */
    double *step;     /* Morris: by how much in probability, in that order; owned */
} kea_variation;

void kea_variation_free(
    kea_variation *variation); /* legal on {0}, after a failed init, and twice */

/* All combinations of the levels of 1 to KEA_VARIATION_AXES parameters: one is a one-way analysis,
 * two are a map, more a table. Groups are cells, the last axis runs fastest. No two axes may vary
 * one entry. Errors: KEA_ERR_USAGE (number of axes, of cells, an entry in two axes). */
KEA_CHECKED kea_status kea_variation_grid(kea_variation *variation, const kea_problem *problem,
                                          size_t n_axes, const kea_varied *axes, kea_error *err);

/* The problem's what-if scenarios: group 0 is the scenario as it is, group i its what-if i - 1.
 * Error KEA_ERR_USAGE when it has none. */
KEA_CHECKED kea_status kea_variation_what_if(kea_variation *variation, const kea_problem *problem,
                                             kea_error *err);

/* Sites, which are borrowed: group i is site i. `staffing` is the entry whose base value is what
 * factors of hours multiply, in every draw. */
void kea_variation_sites(kea_variation *variation, size_t n, const struct kea_what_if *sites,
                         size_t staffing);

/* Rows for kea_sobol (sim/analysis/sobol.h): group 0 holds the points A, group 1 the points B,
 * group 2 + i those of A with factor i from B; repeat j is row j of `rows`. A and B are independent
 * draws of their own, by the problem's way of sampling. Errors: KEA_ERR_USAGE (fewer than 2 rows),
 * KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_variation_sobol(kea_variation *variation, const kea_problem *problem,
                                           const kea_factors *factors, size_t rows, kea_error *err);

/* Trajectories for kea_morris (sim/analysis/morris.h): repeat j is trajectory j, group s its point
 * after s steps. Every independent uniform behind a point is 1/8, 3/8, 5/8 or 7/8; a factor moves
 * by 1/2 in probability, all its entries at once, each to the other side of the middle. `step`
 * holds the move of a factor with one entry, with its sign; 1/2 for others. Order and start are
 * random. Errors: KEA_ERR_USAGE (fewer than 2 trajectories), KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_variation_morris(kea_variation *variation, const kea_problem *problem,
                                            const kea_factors *factors, size_t trajectories,
                                            kea_error *err);

/* The values of all entries at a point, into values[n_entries]. No allocation, no errors. */
void kea_variation_values(const kea_variation *variation, const kea_problem *problem, size_t group,
                          uint32_t repeat, double *values);

/* The level of an axis at a group of a grid; 0 for axes it has not and for all else. */
double kea_variation_level(const kea_variation *variation, size_t group, size_t axis);

#endif
