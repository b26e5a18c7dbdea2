/* Money by payer and school year: what each pays for a strategy and what each bears besides, draw
 * by draw, from outcomes that are kept school year by school year. What answers about funding are
 * made of; they are all differences between two arms.
 *
 * A payer pays for a strategy (its costs of the funded category, which an arrangement divides), and
 * bears other costs, during school and later. Society is a payer too where the model says so. */
#ifndef KEA_ANALYSIS_FLOWS_H
#define KEA_ANALYSIS_FLOWS_H

#include "sim/core/funding.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum kea_flow {
    KEA_FLOW_PAID,   /* for the strategy */
    KEA_FLOW_DURING, /* other costs of the decision */
    KEA_FLOW_LATER,  /* later costs and transfers */
    KEA_N_FLOWS
} kea_flow;

enum { KEA_MAX_FLOW_PAYERS = 2 * KEA_MAX_PAYERS };

#define KEA_NO_FLOW ((size_t)-1)

/* Only what can be other than 0 has a place: most payers do not have all flows. */
typedef struct kea_flows {
    size_t n_points, n_arms, n_periods;
    size_t n_payers;
    const char *payer[KEA_MAX_FLOW_PAYERS]; /* names, borrowed */
    size_t n_kept;
    size_t kept[KEA_MAX_FLOW_PAYERS][KEA_N_FLOWS]; /* the place of a flow, or KEA_NO_FLOW */
    double *amount;                                /* [point][arm][period][n_kept] EUR, owned */
    double *people;                                /* [point][arm][period], owned */
    double *levy; /* [point][arm][period] contributions per person, of what is paid; NAN when
                     not told. Owned */
} kea_flows;

/* What is taken from the sample. */
typedef struct kea_flows_from {
    const char *funded; /* category of the costs that arrangements divide: "team" */
    const char *people; /* name of the outcome that counts people: "students" */
    const char *levy;   /* of the outcome that counts contributions per person, or NULL */
    size_t n_payers;    /* payers that come in beside those of the outcomes */
    const char *const *payers;
} kea_flows_from;

/* Sorts the costs of a sample that keeps periods, which are gone through once. Payers are those of
 * the outcomes, in their order, and then those of from->payers that are not among them. Names are
 * borrowed from both. Free with kea_flows_free (legal on {0}, after failure and twice).
 * KEA_ERR_INPUT when the sample keeps no periods, has no such outcome or too many payers;
 * KEA_ERR_MEMORY; and as kea_sample_each_period. */
KEA_CHECKED kea_status kea_flows_init(kea_flows *flows, const kea_sample *sample,
                                      const kea_flows_from *from, kea_error *err);
void kea_flows_free(kea_flows *flows);

/* The index of a payer; n_payers when there is none of this name. */
size_t kea_flows_payer(const kea_flows *flows, const char *name);

/* Divides anew what is paid for the strategies, by another arrangement, whose payer k is
 * flows->payer[payer[k]]: one of from->payers, or one that pays for the strategy already. Period y
 * is school year y + 1. The places that grants are for are the people of the first period. What is
 * paid in all stays the same, but for rounding. */
void kea_flows_fund(kea_flows *flows, const kea_funding *funding, const size_t *payer);

/* Periods first .. first + n - 1, an amount of period y discounted by 1 / (1 + rate)^y. */
typedef struct kea_span {
    size_t first, n;
    double rate; /* 0: not discounted */
} kea_span;

/* Where the numbers of a point, arm and period are, in `people` and `levy`. */
static inline size_t kea_flows_row(const kea_flows *flows, size_t point, size_t arm, size_t period)
{
    return (point * flows->n_arms + arm) * flows->n_periods + period;
}

/* One amount. */
static inline double kea_flows_amount(const kea_flows *flows, size_t point, size_t arm,
                                      size_t period, size_t payer, kea_flow flow)
{
    size_t kept = flows->kept[payer][flow];
    return kept == KEA_NO_FLOW
               ? 0.0
               : flows->amount[kea_flows_row(flows, point, arm, period) * flows->n_kept + kept];
}

/* The sum of one flow of one payer over a span. */
double kea_flows_sum(const kea_flows *flows, size_t point, size_t arm, size_t payer, kea_flow flow,
                     const kea_span *span);

/* People summed over a span. */
double kea_flows_people(const kea_flows *flows, size_t point, size_t arm, const kea_span *span);

/* 1 / (1 + rate)^period. */
double kea_span_factor(const kea_span *span, size_t period);

#endif
