/* Budget impact beside the KEA: the same money, counted as a budget holder counts it (not
 * discounted, the first years, all payers) and as the KEA does, with every step between. Amounts of
 * single payers and years are positions (see position.h) over one year without discounting. */
#ifndef KEA_ANALYSIS_BUDGET_H
#define KEA_ANALYSIS_BUDGET_H

#include "sim/analysis/flows.h"

/* Mean differences arm - ref in EUR, each line what comes to those before it. */
typedef struct kea_reconciliation {
    double budget;      /* all payers, the budget's years, not discounted */
    double later;       /* less what the KEA leaves out: later costs and transfers in these years */
    double outside;     /* costs of the decision in the years outside */
    double discounting; /* what discounting changes */
    double total;       /* sum of the four */
    double kea;         /* the extra cost that the KEA stands on, from the sample itself: equals
                           total, but for rounding */
} kea_reconciliation;

/* `years` is how many first periods the budget has; `rate` the one at which the sample's costs were
 * discounted. */
void kea_budget_reconcile(kea_reconciliation *out, const kea_flows *flows, const kea_sample *sample,
                          size_t arm, size_t ref, size_t years, double rate);

#endif
