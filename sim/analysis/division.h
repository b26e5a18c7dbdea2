/* How the cost of a programme could be divided fairly over those who gain by it: three ways, to be
 * shown together, because fairness has more than one meaning.
 *
 * Source of the third: L. S. Shapley, "A value for n-person games", in Contributions to the Theory
 * of Games II, 1953. */
#ifndef KEA_ANALYSIS_DIVISION_H
#define KEA_ANALYSIS_DIVISION_H

#include "sim/core/funding.h"
#include "sim/core/status.h"

#include <stddef.h>

enum { KEA_MAX_COALITION = KEA_MAX_PAYERS };

/* What each pays (below 0: gets) under a way of dividing, in EUR. */
typedef struct kea_division {
    double by_people[KEA_MAX_COALITION];  /* in proportion to people[] */
    double by_benefit[KEA_MAX_COALITION]; /* in proportion to what each gains */
    double by_value[KEA_MAX_COALITION];   /* so that each keeps its Shapley value */
    double value[KEA_MAX_COALITION];      /* the Shapley value itself */
    double whole;  /* value of the programme to all together; the values sum to it */
    double unpaid; /* what nobody pays by the third way, because the programme costs more than all
                      gain by it together; 0 otherwise */
} kea_division;

/* Divides `cost` (at least 0) over n <= KEA_MAX_COALITION payers, who save benefit[n] each (below
 * 0: who are harmed) and are there for people[n] each (at least 0, some above 0).
 *
 * Who is harmed is compensated, whoever pays: its harm is a cost like that of the programme, so it
 * pays its benefit, an amount below 0, in the second and third way. Dividing by people knows no
 * benefits.
 *
 * By benefit: cost and compensation in proportion to benefits above 0. (When there are none: by
 * people.)
 *
 * By value: the programme is one whole; a coalition S that wants it alone pays all of it. Its value
 * to S is v(S) = max(0, sum over S of benefits above 0 - cost - compensation): who cannot gain by
 * it does not begin. Somebody's Shapley value is what it adds to the coalition that it joins, on
 * average over all orders of joining. The values sum to the value of the whole; who gains nothing
 * has value 0 and pays nothing; nobody pays more than it gains; and no coalition does better by
 * itself (v is convex). Each pays its benefit less its value. When all together gain less than the
 * costs, every value is 0, all pay what they gain, and `unpaid` is missing.
 *
 * Under each way the payments sum to `cost` (less `unpaid` under the third). Exact, by going
 * through all 2^n coalitions. KEA_ERR_INPUT for n of 0 or above KEA_MAX_COALITION, or nobody to
 * divide by. */
KEA_CHECKED kea_status kea_division_of(kea_division *out, size_t n, double cost,
                                       const double *benefit, const double *people, kea_error *err);

/* Shapley values of the game max(0, sum of gain over S - cost), gain[n] and cost at least 0, into
 * value[n]. */
void kea_division_shapley(size_t n, const double *gain, double cost, double *value);

#endif
