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

/* Adds everything to out[period][outcome]: the counts of zones[MBO_ZONES][period][outcome] (by home
 * of the students, in the first n_school_years periods), and the costs that follow from them, which
 * also are set in `zones` but for the team. What follows after leaving goes to the horizon_years
 * periods after the year of leaving. Both have mbo_n_periods periods. The team is paid for its
 * hours per 100 students on 1 October in teaching weeks, as many as hours_by_year says; in the
 * run-out only for counted students. `starts` says that it is new: the first school year then bears
 * what starting it costs. */
void mbo_costs(const mbo_params *p, size_t n_school_years, bool starts, double *zones, double *out);

#endif
