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
    for (int flow = 0; flow < KEA_N_FLOWS; flow++)
        flows->kept[flows->n_payers][flow] = KEA_NO_FLOW;
    flows->payer[flows->n_payers++] = name;
    return KEA_OK;
}

static kea_flow flow_of(const kea_outcome_decl *outcome, const kea_flows_from *from)
{
    if (from->funded && strcmp(outcome->category, from->funded) == 0)
        return KEA_FLOW_PAID;
    return outcome->kind == KEA_COST_DURING ? KEA_FLOW_DURING : KEA_FLOW_LATER;
}

static void keep(kea_flows *flows, const char *payer, kea_flow flow)
{
    size_t *kept = &flows->kept[kea_flows_payer(flows, payer)][flow];
    if (*kept == KEA_NO_FLOW)
        *kept = flows->n_kept++;
}

static bool is_cost(const kea_outcome_decl *outcome)
{
    return outcome->category && outcome->payer;
}

static kea_status add_payers(kea_flows *flows, const kea_sample *sample, const kea_flows_from *from,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t o = 0; o < sample->n_outcomes; o++) {
        const kea_outcome_decl *outcome = &sample->outcomes[o];
        if (!is_cost(outcome))
            continue;
        KEA_TRY(add_payer(flows, outcome->payer, err));
        keep(flows, outcome->payer, flow_of(outcome, from));
    }
    for (size_t i = 0; i < from->n_payers; i++) {
        KEA_TRY(add_payer(flows, from->payers[i], err));
        keep(flows, from->payers[i], KEA_FLOW_PAID);
    }
done:
    return status;
}

/* What goes through the sample takes along. */
typedef struct taking {
    kea_flows *flows;
    const kea_sample *sample;
    size_t people, levy; /* outcomes; KEA_NO_FLOW: no levy */
    size_t *kept;        /* [outcome] the place of its amounts, or KEA_NO_FLOW */
} taking;

static kea_status find_outcomes(taking *t, const kea_flows_from *from, kea_error *err)
{
    kea_status status = KEA_OK;
    void *kept = NULL;
    if (!kea_sample_find(t->sample, from->people, &t->people))
        return kea_error_set(err, KEA_ERR_INPUT, "there is no outcome '%s'", from->people);
    t->levy = KEA_NO_FLOW;
    if (from->levy && !kea_sample_find(t->sample, from->levy, &t->levy))
        return kea_error_set(err, KEA_ERR_INPUT, "there is no outcome '%s'", from->levy);
    KEA_TRY(kea_memory_new(&kept, t->sample->n_outcomes, sizeof *t->kept, err));
    t->kept = kept;
    for (size_t o = 0; o < t->sample->n_outcomes; o++) {
        const kea_outcome_decl *outcome = &t->sample->outcomes[o];
        t->kept[o] = KEA_NO_FLOW;
        if (is_cost(outcome))
            t->kept[o] =
                t->flows->kept[kea_flows_payer(t->flows, outcome->payer)][flow_of(outcome, from)];
    }
done:
    return status;
}

/* Takes one point and arm: a kea_take_periods. */
static void take(void *to, size_t point, size_t arm, const double *amounts)
{
    const taking *t = to;
    kea_flows *flows = t->flows;
    size_t n = flows->n_periods, row = kea_flows_row(flows, point, arm, 0);
    for (size_t y = 0; y < n; y++) {
        flows->people[row + y] = amounts[t->people * n + y];
        flows->levy[row + y] = t->levy == KEA_NO_FLOW ? (double)NAN : amounts[t->levy * n + y];
    }
    for (size_t o = 0; o < t->sample->n_outcomes; o++)
        for (size_t y = 0; y < n && t->kept[o] != KEA_NO_FLOW; y++)
            flows->amount[(row + y) * flows->n_kept + t->kept[o]] += amounts[o * n + y];
}

kea_status kea_flows_init(kea_flows *flows, const kea_sample *sample, const kea_flows_from *from,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    void *amount = NULL, *people = NULL, *levy = NULL;
    taking t = {.flows = flows, .sample = sample};
    *flows = (kea_flows){
        .n_points = sample->n_points, .n_arms = sample->n_arms, .n_periods = sample->n_periods};
    if (sample->n_periods == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "the amounts of every school year are not there");
    KEA_TRY(add_payers(flows, sample, from, err));
    KEA_TRY(find_outcomes(&t, from, err));
    size_t rows = flows->n_points * flows->n_arms * flows->n_periods;
    KEA_TRY(kea_memory_new(&amount, rows * flows->n_kept, sizeof(double), err));
    flows->amount = amount;
    KEA_TRY(kea_memory_new(&people, rows, sizeof(double), err));
    flows->people = people;
    KEA_TRY(kea_memory_new(&levy, rows, sizeof(double), err));
    flows->levy = levy;
    KEA_TRY(kea_sample_each_period(sample, take, &t, err));
done:
    free(t.kept);
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
    double *amount = flows->amount + row * flows->n_kept;
    double people = flows->people[row], cost = 0.0;
    for (size_t p = 0; p < flows->n_payers; p++) {
        size_t kept = flows->kept[p][KEA_FLOW_PAID];
        if (kept == KEA_NO_FLOW)
            continue;
        cost += amount[kept];
        amount[kept] = 0.0;
    }
    kea_paid paid = kea_funding_divide(rule, cost, people, places > 0.0 ? people / places : 0.0);
    for (size_t k = 0; k < rule->n_payers; k++)
        amount[flows->kept[payer[k]][KEA_FLOW_PAID]] += paid.payer[k];
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
    return span->rate == 0.0 ? 1.0 : pow(1.0 + span->rate, -(double)period);
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
    if (flows->kept[payer][flow] == KEA_NO_FLOW)
        return sum;
    for (size_t y = span->first; y < end_of(flows, span); y++)
        sum += kea_flows_amount(flows, point, arm, y, payer, flow) * kea_span_factor(span, y);
    return sum;
}

double kea_flows_people(const kea_flows *flows, size_t point, size_t arm, const kea_span *span)
{
    double sum = 0.0;
    for (size_t y = span->first; y < end_of(flows, span); y++)
        sum += flows->people[kea_flows_row(flows, point, arm, y)] * kea_span_factor(span, y);
    return sum;
}
