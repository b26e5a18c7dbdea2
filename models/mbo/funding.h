/* The funding arrangement of a team: who pays what of its cost in a school year. */
#ifndef MODELS_MBO_FUNDING_H
#define MODELS_MBO_FUNDING_H

#include "models/mbo/params.h"

/* What each payer pays, in EUR. */
typedef struct mbo_paid {
    double payer[MBO_PAYERS]; /* in the order of the parameter team_funding */
    double levy;              /* of the municipalities' part, the contributions per student */
} mbo_paid;

/* Divides the cost of a school year with `students` students over the payers, in four steps of
 * which none pays more than what is left:
 * 1. home municipalities contribute team_levy for each student;
 * 2. payers give their fixed amounts team_grant. When these are more than what is left, all are cut
 *    by the same factor. They are for a school that is full: of students who are still counted
 *    after the window, the part that these are of all places;
 * 3. a payer whose contribution and grant are less than its share team_funding of the whole cost
 *    adds what is missing; when these are more than what is left, all are cut by the same factor;
 * 4. the payer team_residual pays the rest.
 * The amounts are at least 0 and sum to the cost, but for rounding. */
mbo_paid mbo_fund_team(const mbo_params *p, double cost, double students);

#endif
