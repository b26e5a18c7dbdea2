/* Sorting stored costs by payer and school year. */
#include "sim/analysis/flows.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t kea_flows_payer(const kea_flows *flows, const char *name)
{
    size_t payer = 0;
    while (payer < flows->n_payers && strcmp(flows->payer[payer], name) != 0)
        payer++;
    return payer;
}

static kea_status add_payer(kea_flows *flows, const char *name, kea_error *err)
{
    if (kea_flows_payer(flows, name) < flows->n_payers)
        return KEA_OK;
    if (flows->n_payers == KEA_MAX_FLOW_PAYERS)
        return kea_error_set(err, KEA_ERR_INPUT, "there are more than %d payers",
                             (int)KEA_MAX_FLOW_PAYERS);
    flows->payer[flows->n_payers++] = name;
    return KEA_OK;
}

static kea_status add_payers(kea_flows *flows, const kea_sample *sample, const kea_flows_from *from,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t o = 0; o < sample->n_outcomes; o++)
        if (sample->outcomes[o].category && sample->outcomes[o].payer)
            KEA_TRY(add_payer(flows, sample->outcomes[o].payer, err));
    for (size_t i = 0; i < from->n_payers; i++)
        KEA_TRY(add_payer(flows, from->payers[i], err));
done:
    return status;
}

static kea_flow flow_of(const kea_outcome_decl *outcome, const kea_flows_from *from)
{
    if (from->funded && strcmp(outcome->category, from->funded) == 0)
        return KEA_FLOW_PAID;
    return outcome->kind == KEA_COST_DURING ? KEA_FLOW_DURING : KEA_FLOW_LATER;
}

/* Adds one cost outcome to the amounts of its payer. */
static void add_outcome(kea_flows *flows, const kea_sample *sample, const kea_flows_from *from,
                        size_t outcome)
{
    const kea_outcome_decl *decl = &sample->outcomes[outcome];
    size_t payer = kea_flows_payer(flows, decl->payer);
    kea_flow flow = flow_of(decl, from);
    for (size_t point = 0; point < flows->n_points; point++)
        for (size_t arm = 0; arm < flows->n_arms; arm++) {
            const double *period = kea_sample_periods(sample, point, arm, outcome);
            for (size_t y = 0; y < flows->n_periods; y++)
                kea_flows_at(flows, point, arm, y, payer)[flow] += period[y];
        }
}

static kea_status take_people(kea_flows *flows, const kea_sample *sample,
                              const kea_flows_from *from, kea_error *err)
{
    size_t people = 0, levy = 0;
    if (!kea_sample_find(sample, from->people, &people))
        return kea_error_set(err, KEA_ERR_INPUT, "there is no outcome '%s'", from->people);
    if (from->levy && !kea_sample_find(sample, from->levy, &levy))
        return kea_error_set(err, KEA_ERR_INPUT, "there is no outcome '%s'", from->levy);
    for (size_t point = 0; point < flows->n_points; point++)
        for (size_t arm = 0; arm < flows->n_arms; arm++)
            for (size_t y = 0; y < flows->n_periods; y++) {
                size_t row = kea_flows_row(flows, point, arm, y);
                flows->people[row] = kea_sample_periods(sample, point, arm, people)[y];
                flows->levy[row] =
                    from->levy ? kea_sample_periods(sample, point, arm, levy)[y] : (double)NAN;
            }
    return KEA_OK;
}

kea_status kea_flows_init(kea_flows *flows, const kea_sample *sample, const kea_flows_from *from,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    void *amount = NULL, *people = NULL, *levy = NULL;
    *flows = (kea_flows){
        .n_points = sample->n_points, .n_arms = sample->n_arms, .n_periods = sample->n_periods};
    if (sample->n_periods == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "the amounts of every school year are not there");
    KEA_TRY(add_payers(flows, sample, from, err));
    size_t rows = flows->n_points * flows->n_arms * flows->n_periods;
    KEA_TRY(kea_memory_new(&amount, rows * flows->n_payers, KEA_N_FLOWS * sizeof(double), err));
    flows->amount = amount;
    KEA_TRY(kea_memory_new(&people, rows, sizeof(double), err));
    flows->people = people;
    KEA_TRY(kea_memory_new(&levy, rows, sizeof(double), err));
    flows->levy = levy;
    KEA_TRY(take_people(flows, sample, from, err));
    for (size_t o = 0; o < sample->n_outcomes; o++)
        if (sample->outcomes[o].category && sample->outcomes[o].payer)
            add_outcome(flows, sample, from, o);
done:
    return status;
}

void kea_flows_free(kea_flows *flows)
{
    free(flows->amount);
    free(flows->people);
    free(flows->levy);
    *flows = (kea_flows){0};
}

/* One point, arm and period. */
static void fund(kea_flows *flows, const kea_funding_rule *rule, const size_t *payer, size_t row,
                 double places)
{
    double *amount = flows->amount + row * flows->n_payers * KEA_N_FLOWS;
    double people = flows->people[row], cost = 0.0;
    for (size_t p = 0; p < flows->n_payers; p++) {
        cost += amount[p * KEA_N_FLOWS + KEA_FLOW_PAID];
        amount[p * KEA_N_FLOWS + KEA_FLOW_PAID] = 0.0;
    }
    kea_paid paid = kea_funding_divide(rule, cost, people, places > 0.0 ? people / places : 0.0);
    for (size_t k = 0; k < rule->n_payers; k++)
        amount[payer[k] * KEA_N_FLOWS + KEA_FLOW_PAID] += paid.payer[k];
    flows->levy[row] = paid.levy;
}

void kea_flows_fund(kea_flows *flows, const kea_funding *funding, const size_t *payer)
{
    for (size_t y = 0; y < flows->n_periods; y++) {
        kea_funding_rule rule;
        kea_funding_in_year(funding, y + 1, &rule);
        for (size_t point = 0; point < flows->n_points; point++)
            for (size_t arm = 0; arm < flows->n_arms; arm++)
                fund(flows, &rule, payer, kea_flows_row(flows, point, arm, y),
                     flows->people[kea_flows_row(flows, point, arm, 0)]);
    }
}

double kea_span_factor(const kea_span *span, size_t period)
{
    return pow(1.0 + span->rate, -(double)period);
}

static size_t end_of(const kea_flows *flows, const kea_span *span)
{
    size_t left = span->first < flows->n_periods ? flows->n_periods - span->first : 0;
    return span->first + (span->n < left ? span->n : left);
}

double kea_flows_sum(const kea_flows *flows, size_t point, size_t arm, size_t payer, kea_flow flow,
                     const kea_span *span)
{
    double sum = 0.0;
    for (size_t y = span->first; y < end_of(flows, span); y++)
        sum += kea_flows_at(flows, point, arm, y, payer)[flow] * kea_span_factor(span, y);
    return sum;
}

double kea_flows_people(const kea_flows *flows, size_t point, size_t arm, const kea_span *span)
{
    double sum = 0.0;
    for (size_t y = span->first; y < end_of(flows, span); y++)
        sum += flows->people[kea_flows_row(flows, point, arm, y)] * kea_span_factor(span, y);
    return sum;
}
