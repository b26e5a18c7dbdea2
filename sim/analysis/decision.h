/* Which strategy to choose over a range of willingness to pay, how sure that is, and what a wrong
 * choice costs: acceptability curves and frontier, and expected loss curves. Several effects or
 * perspectives are compared by calling this with other pairs. */
#ifndef KEA_ANALYSIS_DECISION_H
#define KEA_ANALYSIS_DECISION_H

#include "sim/analysis/pairs.h"

/* Per amount, and per amount and arm. Arrays of arms are [arm][wtp], so that one arm is a curve. */
typedef struct kea_decision {
    size_t n_arms, n_wtp;
    double *wtp;         /* [n_wtp], a copy */
    size_t *best;        /* [n_wtp]: the arm best on average (first of equals): the frontier of
                            acceptability, which need not be the arm that is most often the best */
    double *evpi;        /* [n_wtp]: the expected loss of `best`, see evpi.h */
    double *evpi_error;  /* [n_wtp] */
    double *benefit;     /* [arm][wtp]: mean net benefit against arm 0, EUR; linear in wtp */
    double *probability; /* [arm][wtp]: probability that the arm has the highest net benefit; ties
                            are shared equally, so they sum to 1 over arms */
    double *loss;        /* [arm][wtp]: expected loss of choosing the arm, EUR, >= 0; the lowest is
                            that of `best`: the EVPI */
    double *loss_error;  /* [arm][wtp]: its Monte Carlo standard error; NAN with one point */
    void *block;         /* owns all of these */
} kea_decision;

/* Fills the curves at wtp[0 .. n_wtp). About 5 ns per point, arm and amount. Errors:
 * KEA_ERR_MEMORY, KEA_ERR_INPUT for no points and for a cost or effect that is no finite number
 * (named). Free with kea_decision_free (legal on {0}, after a failed init, and twice). Sources: van
 * Hout, Al, Gordon, Rutten 1994 (acceptability); Fenwick, Claxton, Sculpher 2001 (frontier);
 * Alarid-Escudero et al. 2019, Value in Health 22(5) (expected loss curves). */
KEA_CHECKED kea_status kea_decision_init(kea_decision *decision, const kea_pairs *pairs,
                                         size_t n_wtp, const double *wtp, kea_error *err);
void kea_decision_free(kea_decision *decision);

#endif
