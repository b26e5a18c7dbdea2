/* What a sensitivity analysis is about: one number per point and strategy, against the comparator
 * at the same point. All are of the whole, over window and run-out, discounted. */
#ifndef KEA_ANALYSIS_QUANTITY_H
#define KEA_ANALYSIS_QUANTITY_H

#include "sim/core/frame.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"

#include <stddef.h>

typedef enum kea_quantity_kind {
    KEA_QUANTITY_COST,        /* extra costs of the decision */
    KEA_QUANTITY_EFFECT,      /* the first effect gained; better is more */
    KEA_QUANTITY_NET_BENEFIT, /* willingness to pay x effect - cost */
    KEA_QUANTITY_OUTCOME      /* more of one outcome, as the model counts it */
} kea_quantity_kind;

typedef struct kea_quantity {
    kea_quantity_kind kind;
    const char *name; /* in tables for programs: "cost", "effect", "net_benefit", "vsv"; borrowed */
    double wtp;       /* of a net benefit, per unit of the first effect */
    size_t outcome;   /* KEA_QUANTITY_OUTCOME: its index */
} kea_quantity;

/* The quantity of a name: "cost", "effect", "net_benefit", or an outcome of the model.
 * KEA_ERR_USAGE when there is none, with the nearest. */
KEA_CHECKED kea_status kea_quantity_find(kea_quantity *quantity, const char *name, double wtp,
                                         size_t n_outcomes, const kea_outcome_decl *outcomes,
                                         kea_error *err);

/* What stands between arm 0 and `arm` at every point, into value[n_points]. `effect` is the first
 * of the model's frame. Errors: KEA_ERR_MEMORY, KEA_ERR_INPUT (an outcome is missing). */
KEA_CHECKED kea_status kea_quantity_values(const kea_quantity *quantity, const kea_sample *sample,
                                           const kea_effect *effect, size_t arm, double *value,
                                           kea_error *err);

#endif
