/* Who pays and who gains: what payers pay more for one arm than for another, what they save by it,
 * and what would make every one of them whole. */
#ifndef KEA_ANALYSIS_POSITION_H
#define KEA_ANALYSIS_POSITION_H

#include "sim/analysis/estimate.h"
#include "sim/analysis/flows.h"

/* What is compared, and over which years. */
typedef struct kea_contrast {
    size_t arm, ref;
    kea_span span;
    bool per_person;    /* divided by the people of `ref` ... */
    double people_rate; /* ... over the span, discounted at this rate */
} kea_contrast;

/* Differences arm - ref, in EUR. */
typedef struct kea_position {
    kea_estimate paid;        /* more paid for the strategy */
    kea_estimate saved;       /* less borne, during school and later */
    kea_estimate saved_later; /* of it, later costs and transfers */
    kea_estimate net;         /* saved - paid */
    double gains;             /* probability that net is above 0 */
} kea_position;

/* Of the payers for which members[payer] is true, together. `scratch` holds 4 n_points doubles. */
void kea_position_of(kea_position *out, const kea_flows *flows, const kea_contrast *contrast,
                     const bool *members, double *scratch);

/* The probability that the members have gained by the end of each period, net of all periods of the
 * span up to it: into gains[span.n], NAN without points. The span lies within the periods. */
void kea_position_gains(const kea_flows *flows, const kea_contrast *contrast, const bool *members,
                        double *gains);

/* What each gives (below 0) or gets (above 0) so that nobody loses, from what each gains net[n]:
 * who loses gets the loss, and those who gain bring it up in proportion to their gains. When the
 * gains together are less than the losses, all gains go, and who loses gets the same part of the
 * loss. Transfers sum to 0. Returns by how much the gains fall short, 0 when all are whole. */
double kea_position_make_whole(size_t n, const double *net, double *transfer);

#endif
