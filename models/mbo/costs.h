/* Prices times quantities: the cost outcomes of each school year. */
#ifndef MODELS_MBO_COSTS_H
#define MODELS_MBO_COSTS_H

#include "models/mbo/outcomes.h"
#include "models/mbo/params.h"

#include <stdbool.h>
#include <stddef.h>

/* Price of an hour of team work in EUR: role prices weighted by the staff mix, with overhead. */
double mbo_team_hour_price(const mbo_params *p);

/* Hours of the team per 100 students and teaching week: those given, or with hours_budget what that
 * buys, (hours_budget - team_extra_cost) / (teaching_weeks x price of an hour) x 100, at least 0. A
 * care model without hours has none whatever the budget; where hours are free the given ones stay.
 */
double mbo_team_hours(const mbo_params *p);

/* What the team costs per student on 1 October and year: hours at that price, and other costs.
 * With hours_budget this is the budget itself, or 0 when it buys no hour. */
double mbo_team_student_price(const mbo_params *p);

/* Periods of the outcome table: school years, and the years after leaving that follow the last. */
size_t mbo_n_periods(const mbo_params *p, size_t n_school_years);

/* Adds everything to out[period][outcome]: the counts of cells[n_cells][period][outcome] (cell i is
 * of students whose home is in zone i % MBO_ZONES; in the first n_school_years periods), and the
 * costs that follow from them, which also are set in `cells` but for the team. What follows after
 * leaving goes to the horizon_years periods after the year of leaving. Both have mbo_n_periods
 * periods. The team is paid for its hours per 100 students on 1 October in teaching weeks, as many
 * as hours_by_year says; in the run-out only for counted students. `starts` says that it is new:
 * the first school year then bears what starting it costs. */
void mbo_costs(const mbo_params *p, size_t n_school_years, bool starts, size_t n_cells,
               double *cells, double *out);

/* Adds what the team of one school year costs its payers to `row`, from the students of `counts`
 * and their homes. `year` counts from the decision. The two rows may be the same. */
void mbo_team_costs(const mbo_params *p, int year, bool starts, const double *counts, double *row);

/* How much of that cost follows the hours of casework: the part that casework has of the hours on
 * casework and among students, of what hours and a start cost. The rest follows the students. */
double mbo_team_casework_part(const mbo_params *p, int year, bool starts, const double *counts);

#endif
