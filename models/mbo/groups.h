/* Results by groups of students. Every student belongs to a cell: level at the start (of level 1
 * with the inflow group), fifth of the rate of new needs, and home zone. Each grouping (by level,
 * inflow, home, frailty) is a sum over cells. */
#ifndef MODELS_MBO_GROUPS_H
#define MODELS_MBO_GROUPS_H

#include "models/mbo/params.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MBO_STARTS = MBO_INFLOW + MBO_LEVELS - 1 }; /* inflow groups of level 1, other levels */
enum { MBO_CELLS = MBO_STARTS * MBO_FIFTHS * MBO_ZONES };

/* The cell of a student. `zone` is its remainder by MBO_ZONES. `inflow` counts at level 0 only;
 * `u` is the uniform that frailty is drawn from by inversion, so that its fifths are those of the
 * frailty of new students. */
uint8_t mbo_cell(int level, int inflow, int zone, double u);

/* Adds cells[MBO_CELLS][period][outcome], costs but for the team included, to
 * groups[subgroup - 1][period][outcome], in the order of mbo_groupings, and what the team costs:
 * of each school year's cost mbo_team_casework_part by hours of casework for the group's students
 * (by students when there were none), the rest by students on 1 October. `whole` is what mbo_costs
 * made of the same cells. The groups of every grouping sum to it. */
void mbo_groups_add(const mbo_params *p, size_t n_school_years, bool starts, const double *whole,
                    const double *cells, double *groups);

#endif
