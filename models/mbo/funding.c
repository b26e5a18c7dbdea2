/* The parameters as a funding rule. */
#include "models/mbo/funding.h"

#include "models/mbo/costs.h"

#include <math.h>

kea_paid mbo_fund_team(const mbo_params *p, double cost, double students)
{
    kea_funding_rule rule = {
        .n_payers = MBO_PAYERS, .levied = MBO_MUNICIPALITY, .levy = p->team_levy};
    for (size_t payer = 0; payer < MBO_PAYERS; payer++) {
        rule.grant[payer] = p->team_grant[payer];
        rule.share[payer] = p->team_funding[payer];
        rule.ceiling[payer] = (double)INFINITY;
        if (p->team_residual[payer] > 0.0)
            rule.residual = payer;
    }
    return kea_funding_divide(&rule, cost, students, students / p->students);
}

void mbo_supply(const double *values, kea_supply *out)
{
    const mbo_params *p = mbo_params_of(values);
    *out = (kea_supply){.people = p->students,
                        .contributors = p->students * p->levy_students,
                        .hours = mbo_team_hours(p) / 100.0 * p->students,
                        .hour_price = mbo_team_hour_price(p),
                        .paid =
                            mbo_fund_team(p, p->students * mbo_team_student_price(p), p->students)};
}
