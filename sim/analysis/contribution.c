/* Who pays how much at a contribution. */
#include "sim/analysis/contribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[KEA_N_OTHERS] = {"none", "match", "fixed"};

const char *kea_others_name(kea_others others)
{
    return others < KEA_N_OTHERS ? names[others] : "unknown";
}

kea_others kea_others_find(const char *name)
{
    kea_others others = KEA_OTHERS_NONE;
    while (others < KEA_N_OTHERS && strcmp(names[others], name) != 0)
        others++;
    return others;
}

static double cost_today(const kea_contribution_terms *terms)
{
    double sum = 0.0;
    for (size_t p = 0; p < terms->n_payers; p++)
        sum += terms->today.paid.payer[p];
    return sum;
}

kea_status kea_contribution_check(const kea_contribution_terms *terms, kea_error *err)
{
    if (!(terms->people > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "there is nobody to pay contributions for");
    if (!(terms->today.hours > 0.0) || !(terms->today.hour_price > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "it has no staffing that money could buy (%.10g hours a week at %.10g "
                             "an hour)",
                             terms->today.hours, terms->today.hour_price);
    if (!(cost_today(terms) > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT, "it costs nothing today");
    if (terms->others == KEA_OTHERS_MATCH && !(terms->today.paid.levy > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "nothing is contributed today, so there is no proportion in which "
                             "others could pay; let them add nothing (none) or what they pay today "
                             "(fixed)");
    return KEA_OK;
}

double kea_contribution_today(const kea_contribution_terms *terms)
{
    return terms->today.paid.levy / terms->people;
}

double kea_contribution_paid(const kea_contribution_terms *terms, double contribution,
                             double paid[KEA_MAX_PAYERS])
{
    const kea_paid *today = &terms->today.paid;
    double contributed = contribution * terms->people, sum = 0.0;
    for (size_t p = 0; p < KEA_MAX_PAYERS; p++) {
        paid[p] = 0.0;
        if (p < terms->n_payers && terms->others == KEA_OTHERS_MATCH)
            paid[p] = today->payer[p] * (contributed / today->levy);
        else if (p < terms->n_payers && terms->others == KEA_OTHERS_FIXED)
            paid[p] = today->payer[p] - (p == terms->payer ? today->levy : 0.0);
    }
    if (terms->others != KEA_OTHERS_MATCH)
        paid[terms->payer] += contributed;
    for (size_t p = 0; p < terms->n_payers; p++)
        sum += paid[p];
    return sum;
}

double kea_contribution_for(const kea_contribution_terms *terms, double money)
{
    double others = 0.0, each = terms->people;
    if (terms->others == KEA_OTHERS_MATCH)
        each *= cost_today(terms) / terms->today.paid.levy;
    else if (terms->others == KEA_OTHERS_FIXED)
        others = cost_today(terms) - terms->today.paid.levy;
    return (money - others) / each;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

size_t kea_contribution_levels(const kea_contribution_terms *terms, size_t n, const double *asked,
                               double up_to, double level[KEA_CONTRIBUTION_LEVELS])
{
    const double same = 1e-5; /* EUR */
    double all[KEA_CONTRIBUTION_LEVELS], today = kea_contribution_for(terms, cost_today(terms));
    size_t n_all = 0, kept = 0;
    all[n_all++] = 0.0;
    for (size_t i = 0; i < n; i++)
        all[n_all++] = asked[i];
    if (today > 0.0)
        all[n_all++] = today;
    for (size_t k = 1; k <= KEA_CONTRIBUTION_GRID; k++) {
        double part = (double)k / KEA_CONTRIBUTION_GRID;
        all[n_all++] = up_to * part * part;
    }
    qsort(all, n_all, sizeof *all, ascending);
    for (size_t i = 0; i < n_all; i++)
        if (kept == 0 || all[i] - level[kept - 1] > same)
            level[kept++] = all[i];
    return kept;
}
