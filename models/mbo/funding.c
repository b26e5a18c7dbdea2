/* Contributions, grants, shares, and who pays the rest. */
#include "models/mbo/funding.h"

#include <math.h>

/* Adds the amounts that payers offer, cut by one factor to what is left; returns what then is. */
static double add_offers(const double offer[MBO_PAYERS], double left, mbo_paid *paid)
{
    double sum = 0.0;
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        sum += offer[payer];
    double taken = sum > left ? left / sum : 1.0;
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        paid->payer[payer] += offer[payer] * taken;
    return fmax(left - sum, 0.0);
}

mbo_paid mbo_fund_team(const mbo_params *p, double cost, double students)
{
    mbo_paid paid = {.levy = fmin(students * p->team_levy, cost)};
    double offer[MBO_PAYERS];
    double left = cost - paid.levy;
    paid.payer[MBO_MUNICIPALITY] = paid.levy;
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        offer[payer] = p->team_grant[payer] * (students / p->students);
    left = add_offers(offer, left, &paid);
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        offer[payer] = fmax(p->team_funding[payer] * cost - paid.payer[payer], 0.0);
    left = add_offers(offer, left, &paid);
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        paid.payer[payer] += left * p->team_residual[payer];
    return paid;
}
