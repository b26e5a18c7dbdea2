/* Which problem domains a case touches: a non-empty set of eleven, drawn with one uniform from the
 * exact joint distribution of a one-factor Gaussian copula, conditioned on at least one domain. */
#ifndef MODELS_MBO_DOMAINS_H
#define MODELS_MBO_DOMAINS_H

#include "models/mbo/params.h"
#include "sim/core/status.h"

#include <stdint.h>

enum { MBO_DOMAIN_SETS = 1 << MBO_DOMAINS };

/* Sets are bit masks: bit d is domain d of the parameter domain_share. */
typedef struct mbo_domains {
    double share[MBO_DOMAINS]; /* what the table was made for */
    double correlation;
    int ready;
    double upto[MBO_DOMAIN_SETS];    /* P(set <= this mask) */
    uint16_t guide[MBO_DOMAIN_SETS]; /* first mask to look at for u in the cell k / 2048 */
} mbo_domains;

/* Makes the table (a millisecond; nothing when it already holds these numbers). The unconditional
 * prevalences q_d are solved so that q_d / P(at least one) is `share[d]`, the prevalence *among
 * cases*. KEA_ERR_INPUT when no solution exists (shares so small that cases would touch less than
 * one domain on average). */
KEA_CHECKED kea_status mbo_domains_init(mbo_domains *domains, const double share[MBO_DOMAINS],
                                        double correlation, kea_error *err);

/* The set of a uniform 0 < u < 1; never empty. */
static inline unsigned mbo_domains_draw(const mbo_domains *domains, double u)
{
    unsigned set = domains->guide[(unsigned)(u * MBO_DOMAIN_SETS)];
    /* mostly none or one step: taken without a branch that would be guessed wrong */
    set += domains->upto[set] < u;
    while (domains->upto[set] < u)
        set++;
    return set;
}

#endif
