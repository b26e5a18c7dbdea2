/* The parameters as a funding rule. */
#include "models/mbo/funding.h"

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
