/* Contributions per person, the money that they bring together with what others add, and what each
 * payer then pays. Arithmetic only: what the money buys is simulated elsewhere. */
#ifndef KEA_ANALYSIS_CONTRIBUTION_H
#define KEA_ANALYSIS_CONTRIBUTION_H

#include "sim/core/funding.h"
#include "sim/core/status.h"

#include <stddef.h>

/* What all others add to contributions. */
typedef enum kea_others {
    KEA_OTHERS_NONE,  /* nothing: the contribution is all the money there is */
    KEA_OTHERS_MATCH, /* in the proportion of today: with a contribution twice as high all pay twice
                         as much, the contributor's other money included */
    KEA_OTHERS_FIXED, /* what they pay today, whatever the contribution */
    KEA_N_OTHERS
} kea_others;

/* "none", "match", "fixed". */
const char *kea_others_name(kea_others others);

/* The one of a name; KEA_N_OTHERS when there is none. */
kea_others kea_others_find(const char *name);

typedef struct kea_contribution_terms {
    size_t n_payers; /* of `today` */
    size_t payer;    /* who contributes */
    double people;   /* for whom contributions are paid */
    kea_others others;
    kea_supply today;
} kea_contribution_terms;

/* KEA_ERR_INPUT when nobody is contributed for, the strategy costs nothing today or has no
 * staffing, or others shall match a contribution that is not paid today. */
KEA_CHECKED kea_status kea_contribution_check(const kea_contribution_terms *terms, kea_error *err);

/* The contribution per person that is paid today. */
double kea_contribution_today(const kea_contribution_terms *terms);

/* What everybody pays a year, EUR, of a strategy that costs as much as there is money:
 *     none    the contributor: contribution x people
 *     match   every payer: what it pays today x contribution / contribution today
 *     fixed   every payer what it pays today, the contributor contribution x people in the place of
 *             today's contributions
 * Returns the sum. */
double kea_contribution_paid(const kea_contribution_terms *terms, double contribution,
                             double paid[KEA_MAX_PAYERS]);

/* The contribution with which so much money a year is there; below 0 when that of others is more.
 */
double kea_contribution_for(const kea_contribution_terms *terms, double money);

enum { KEA_CONTRIBUTION_GRID = 16, KEA_CONTRIBUTION_LEVELS = 64 };

/* The levels that are looked at, increasing and without doubles, into level[]: 0, the n
 * contributions asked for, the one with which the strategy has the money that it costs today (when
 * that is not below 0), and KEA_CONTRIBUTION_GRID more up to `up_to`, the k-th of K at up_to (k /
 * K)^2: closer where money matters more. Returns how many. n is at most KEA_CONTRIBUTION_LEVELS - 2
 * - KEA_CONTRIBUTION_GRID. Levels that differ by less than a thousandth of a cent are one. */
size_t kea_contribution_levels(const kea_contribution_terms *terms, size_t n, const double *asked,
                               double up_to, double level[KEA_CONTRIBUTION_LEVELS]);

#endif
