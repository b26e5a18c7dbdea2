/* From the budget to the KEA, line by line. */
#include "sim/analysis/budget.h"

/* Difference of all payers in one period at one point, of the costs of the decision or of later
 * ones. */
static double change(const kea_flows *flows, size_t point, const size_t arms[2], size_t period,
                     bool later)
{
    double sum = 0.0;
    for (size_t payer = 0; payer < flows->n_payers; payer++) {
        double a[KEA_N_FLOWS], b[KEA_N_FLOWS];
        for (int flow = 0; flow < KEA_N_FLOWS; flow++) {
            a[flow] = kea_flows_amount(flows, point, arms[0], period, payer, (kea_flow)flow);
            b[flow] = kea_flows_amount(flows, point, arms[1], period, payer, (kea_flow)flow);
        }
        if (later)
            sum += a[KEA_FLOW_LATER] - b[KEA_FLOW_LATER];
        else
            sum += a[KEA_FLOW_PAID] + a[KEA_FLOW_DURING] - b[KEA_FLOW_PAID] - b[KEA_FLOW_DURING];
    }
    return sum;
}

static void add_period(kea_reconciliation *out, const kea_flows *flows, const size_t arms[2],
                       size_t period, bool within, double factor)
{
    double n = (double)flows->n_points;
    for (size_t point = 0; point < flows->n_points; point++) {
        double later = change(flows, point, arms, period, true) / n;
        double during = change(flows, point, arms, period, false) / n;
        if (within) {
            out->budget += during + later;
            out->later -= later;
        } else {
            out->outside += during;
        }
        out->discounting += during * (factor - 1.0);
    }
}

void kea_budget_reconcile(kea_reconciliation *out, const kea_flows *flows, const kea_sample *sample,
                          size_t arm, size_t ref, size_t years, double rate)
{
    const kea_span span = {.n = flows->n_periods, .rate = rate};
    const size_t arms[2] = {arm, ref};
    *out = (kea_reconciliation){0};
    for (size_t y = 0; y < flows->n_periods; y++)
        add_period(out, flows, arms, y, y < years, kea_span_factor(&span, y));
    out->total = out->budget + out->later + out->outside + out->discounting;
    for (size_t point = 0; point < sample->n_points; point++)
        out->kea += (kea_sample_cost(sample, point, arm, KEA_SCOPE_DISCOUNTED) -
                     kea_sample_cost(sample, point, ref, KEA_SCOPE_DISCOUNTED)) /
                    (double)sample->n_points;
}
