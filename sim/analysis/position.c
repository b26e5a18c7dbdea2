/* Differences by payer. */
#include "sim/analysis/position.h"

#include <math.h>

/* The members' difference of one flow at one point. */
static double change(const kea_flows *flows, size_t point, const kea_contrast *c,
                     const bool *members, kea_flow flow)
{
    double sum = 0.0;
    for (size_t payer = 0; payer < flows->n_payers; payer++)
        if (members[payer])
            sum += kea_flows_sum(flows, point, c->arm, payer, flow, &c->span) -
                   kea_flows_sum(flows, point, c->ref, payer, flow, &c->span);
    return sum;
}

/* What amounts of a point are divided by; NAN where there is nobody. */
static double divisor(const kea_flows *flows, size_t point, const kea_contrast *c)
{
    kea_span span = c->span;
    span.rate = c->people_rate;
    if (!c->per_person)
        return 1.0;
    double people = kea_flows_people(flows, point, c->ref, &span);
    return people > 0.0 ? people : (double)NAN;
}

void kea_position_of(kea_position *out, const kea_flows *flows, const kea_contrast *contrast,
                     const bool *members, double *scratch)
{
    size_t n = flows->n_points, gains = 0;
    double *paid = scratch, *saved = paid + n, *later = saved + n, *net = later + n;
    for (size_t i = 0; i < n; i++) {
        double by = divisor(flows, i, contrast);
        double after = change(flows, i, contrast, members, KEA_FLOW_LATER);
        paid[i] = change(flows, i, contrast, members, KEA_FLOW_PAID) / by;
        later[i] = -after / by;
        saved[i] = -(change(flows, i, contrast, members, KEA_FLOW_DURING) + after) / by;
        net[i] = saved[i] - paid[i];
        gains += net[i] > 0.0;
    }
    out->paid = kea_estimate_of(paid, n);
    out->saved = kea_estimate_of(saved, n);
    out->saved_later = kea_estimate_of(later, n);
    out->net = kea_estimate_of(net, n);
    out->gains = n > 0 ? (double)gains / (double)n : (double)NAN;
}

/* What the members gain in one period at one point, discounted. */
static double gain_in(const kea_flows *flows, size_t point, const kea_contrast *c,
                      const bool *members, size_t period)
{
    const kea_span one = {period, 1, c->span.rate};
    kea_contrast now = *c;
    now.span = one;
    double sum = 0.0;
    for (int flow = 0; flow < KEA_N_FLOWS; flow++)
        sum -= change(flows, point, &now, members, (kea_flow)flow);
    return sum;
}

void kea_position_gains(const kea_flows *flows, const kea_contrast *contrast, const bool *members,
                        double *gains)
{
    size_t n = flows->n_points;
    for (size_t y = 0; y < contrast->span.n; y++)
        gains[y] = 0.0;
    for (size_t i = 0; i < n; i++) {
        double net = 0.0;
        for (size_t y = 0; y < contrast->span.n; y++) {
            net += gain_in(flows, i, contrast, members, contrast->span.first + y);
            gains[y] += net > 0.0;
        }
    }
    for (size_t y = 0; y < contrast->span.n; y++)
        gains[y] /= (double)n;
}

double kea_position_make_whole(size_t n, const double *net, double *transfer)
{
    double gains = 0.0, losses = 0.0;
    for (size_t i = 0; i < n; i++) {
        gains += fmax(net[i], 0.0);
        losses += fmax(-net[i], 0.0);
    }
    double moved = fmin(gains, losses);
    for (size_t i = 0; i < n; i++) {
        transfer[i] = 0.0;
        if (net[i] > 0.0)
            transfer[i] = -net[i] * (moved / gains);
        else if (net[i] < 0.0)
            transfer[i] = -net[i] * (moved / losses);
    }
    return losses - moved;
}
