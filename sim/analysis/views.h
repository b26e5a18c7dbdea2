/* One decision seen several ways, side by side: every effect of a model against the costs of every
 * perspective. For each view the increments and the ratio, and where a willingness to pay applies
 * the net benefit, the strategy that is best on average and how probable it is that it is the best.
 *
 * No worth is counted twice. A willingness to pay for an effect as a rule holds what the effect
 * brings later (what an early leaver costs in later years). A perspective that counts later costs
 * has that in its costs already, so that there an effect is worth 0 beside them: net benefit is
 * then the money saved. It is another amount only when who asks says so, of a worth that holds
 * nothing of what is counted. Source of the rule: Drummond, Sculpher, Claxton, Stoddart, Torrance
 * 2015, Methods for the Economic Evaluation of Health Care Programmes, 4th ed., ch. 2 and 8. */
#ifndef KEA_ANALYSIS_VIEWS_H
#define KEA_ANALYSIS_VIEWS_H

#include "sim/analysis/kea.h"
#include "sim/core/frame.h"
#include "sim/core/sample.h"

#include <stdbool.h>
#include <stddef.h>

/* Where money is put on effects. */
typedef struct kea_view_worth {
    double reference;            /* per unit of the first effect, what it brings later held in it */
    size_t effect;               /* the effect asked about, by its index, */
    kea_perspective perspective; /* from here, */
    double asked;                /* at this much per unit: also in every perspective that counts
                                    later costs when this one does, or does not when it does not */
} kea_view_worth;

/* One strategy against arm 0 in one view. */
typedef struct kea_view_arm {
    kea_ratio ratio;
    kea_net_benefit benefit; /* all NAN where no willingness to pay applies */
    double probability;      /* that it is the best of all; NAN likewise */
} kea_view_arm;

typedef struct kea_view {
    size_t effect; /* its index in the frame */
    kea_perspective perspective;
    bool later;        /* it counts later costs */
    double wtp;        /* per unit of effect; NAN where none applies */
    size_t best;       /* arm best on average (first of equals); KEA_VIEW_NONE likewise */
    kea_view_arm *arm; /* [n_arms], borrowed from kea_views; of arm 0 only `probability` is set */
} kea_view;

#define KEA_VIEW_NONE ((size_t)-1)

typedef struct kea_views {
    size_t n, n_arms;
    kea_view *view; /* [n] by effect as in the frame, then by perspective */
    kea_view_arm *arms;
} kea_views;

/* The willingness to pay of one view; NAN where none applies. `later`: of the perspective, and
 * `asked_later`: of the one asked about. */
double kea_view_wtp(const kea_view_worth *worth, size_t effect, bool later, bool asked_later);

/* Fills every view. A perspective that counts the same outcomes as one before it is left out. Free
 * with kea_views_free (legal on {0}, after a failed init, and twice). Errors: KEA_ERR_MEMORY,
 * KEA_ERR_INPUT when the sample lacks an outcome of an effect or has no points. */
KEA_CHECKED kea_status kea_views_init(kea_views *views, const kea_sample *sample,
                                      const kea_frame *frame, const kea_view_worth *worth,
                                      kea_error *err);
void kea_views_free(kea_views *views);

#endif
