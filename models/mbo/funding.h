/* The funding arrangement of a team, as its care model gives it. */
#ifndef MODELS_MBO_FUNDING_H
#define MODELS_MBO_FUNDING_H

#include "models/mbo/params.h"
#include "sim/core/funding.h"

/* Divides the cost of a school year with `students` students over the payers, in the order of the
 * parameter team_funding, by kea_funding_divide. Municipalities contribute team_levy for each of
 * the students, team_grant are the grants, team_funding the shares and team_residual pays the rest;
 * there are no ceilings. Grants are for a school that is full: of students who are still counted
 * after the window, the part that these are of all places. */
kea_paid mbo_fund_team(const mbo_params *p, double cost, double students);

/* What a values vector says of a school year with all places filled: see kea_supply. Contributors
 * are levy_students for each place. */
void mbo_supply(const double *values, kea_supply *out);

#endif
