/* Contributions, grants, shares, and who pays the rest. */
#include "sim/core/funding.h"

#include <math.h>
#include <stdbool.h>

/* The most that a payer pays beside being the residual payer. */
static double most(const kea_funding_rule *rule, size_t payer, double filled)
{
    return isinf(rule->ceiling[payer]) ? (double)INFINITY : rule->ceiling[payer] * filled;
}

/* Adds the amounts that payers offer, cut by one factor to what is left; returns what then is. */
static double add_offers(size_t n, const double *offer, double left, kea_paid *paid)
{
    double sum = 0.0;
    for (size_t payer = 0; payer < n; payer++)
        sum += offer[payer];
    double taken = sum > left ? left / sum : 1.0;
    for (size_t payer = 0; payer < n; payer++)
        paid->payer[payer] += offer[payer] * taken;
    return fmax(left - sum, 0.0);
}

kea_paid kea_funding_divide(const kea_funding_rule *rule, double cost, double people, double filled)
{
    kea_paid paid = {.levy = 0.0};
    double offer[KEA_MAX_PAYERS];
    size_t n = rule->n_payers;
    if (rule->levied < n) {
        paid.levy = fmin(people * rule->levy, fmin(cost, most(rule, rule->levied, filled)));
        paid.payer[rule->levied] = paid.levy;
    }
    double left = cost - paid.levy;
    for (size_t payer = 0; payer < n; payer++)
        offer[payer] =
            fmin(rule->grant[payer] * filled, most(rule, payer, filled) - paid.payer[payer]);
    left = add_offers(n, offer, left, &paid);
    for (size_t payer = 0; payer < n; payer++) {
        double share = fmin(rule->share[payer] * cost, most(rule, payer, filled));
        offer[payer] = fmax(share - paid.payer[payer], 0.0);
    }
    left = add_offers(n, offer, left, &paid);
    paid.payer[rule->residual] += left;
    return paid;
}

void kea_funding_in_year(const kea_funding *funding, size_t year, kea_funding_rule *rule)
{
    double index = pow(1.0 + funding->indexation, (double)(year - 1));
    bool levied = funding->levy_last == 0 || year <= funding->levy_last;
    *rule = (kea_funding_rule){.n_payers = funding->n_payers,
                               .levied = funding->levied,
                               .levy = levied ? funding->levy * index : 0.0,
                               .residual = funding->residual};
    for (size_t payer = 0; payer < funding->n_payers; payer++) {
        rule->share[payer] = funding->share[payer];
        rule->ceiling[payer] = funding->ceiling[payer] * index;
    }
    for (size_t i = 0; i < funding->n_grants; i++) {
        const kea_grant *grant = &funding->grant[i];
        if (grant->first <= year && year <= grant->last)
            rule->grant[grant->payer] += grant->amount * index;
    }
}
