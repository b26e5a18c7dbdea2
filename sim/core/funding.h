/* Who pays for a strategy: one rule for every arrangement, whatever the number of payers and
 * whoever they are. The model divides what its team costs by it, and so do the analyses when they
 * ask what another arrangement would mean. */
#ifndef KEA_CORE_FUNDING_H
#define KEA_CORE_FUNDING_H

#include <stddef.h>

enum {
    KEA_MAX_PAYERS = 12, /* of one arrangement; all coalitions of so many can be gone through */
    KEA_MAX_GRANTS = 24  /* of one arrangement */
};

#define KEA_NO_PAYER ((size_t)-1)

/* What was agreed for one year. Amounts in EUR. */
typedef struct kea_funding_rule {
    size_t n_payers;                /* 1 .. KEA_MAX_PAYERS */
    size_t levied;                  /* who contributes per person, or KEA_NO_PAYER */
    double levy;                    /* per person */
    double grant[KEA_MAX_PAYERS];   /* fixed, when all places are filled */
    double share[KEA_MAX_PAYERS];   /* of the whole cost; they sum to at most 1 */
    double ceiling[KEA_MAX_PAYERS]; /* the most of the three together when all places are filled;
                                       INFINITY: none */
    size_t residual;                /* who pays the rest, without a ceiling */
} kea_funding_rule;

/* What each payer pays. */
typedef struct kea_paid {
    double payer[KEA_MAX_PAYERS]; /* those from n_payers on are 0 */
    double levy;                  /* of the levied payer's part, the contributions per person */
} kea_paid;

/* Divides the cost of a year with `people` in four steps, of which none pays more than what is
 * left:
 * 1. `levied` contributes `levy` for each of the people;
 * 2. payers give their grants; when these are more than what is left, all are cut by the same
 *    factor;
 * 3. a payer whose contribution and grant are less than its share of the whole cost adds what is
 *    missing; when these are more than what is left, all are cut by the same factor;
 * 4. `residual` pays the rest.
 * Nobody but `residual` pays more than its ceiling. `filled` is the part of all places that the
 * people fill: grants and ceilings are for all places, and count for this part of them. The amounts
 * are at least 0 and sum to the cost, but for rounding. */
kea_paid kea_funding_divide(const kea_funding_rule *rule, double cost, double people,
                            double filled);

/* What a strategy has and what it is paid for, in a year in which all places are filled and in
 * which it is not started: so much staffing for so much money. */
typedef struct kea_supply {
    double people;       /* places */
    double contributors; /* people for whom contributions are paid */
    double hours;        /* of staffing a week, for all people */
    double hour_price;   /* EUR */
    kea_paid paid;       /* EUR a year, in the order of the model's payers; sums to the cost */
} kea_supply;

/* A fixed amount a year, from year `first` to year `last`, both counted from 1. */
typedef struct kea_grant {
    size_t payer;
    double amount; /* EUR a year */
    size_t first, last;
} kea_grant;

/* An arrangement over the years. Amounts are in EUR of the first year. */
typedef struct kea_funding {
    size_t n_payers;
    size_t levied;
    double levy;
    size_t levy_last; /* the last year of contributions; 0: they go on */
    size_t n_grants;
    kea_grant grant[KEA_MAX_GRANTS];
    double share[KEA_MAX_PAYERS];
    double ceiling[KEA_MAX_PAYERS]; /* INFINITY: none */
    size_t residual;
    double indexation; /* contribution, grants and ceilings grow by this part a year, beyond the
                          prices of the model, which stay those of the first year; above -1 */
} kea_funding;

/* What holds in a year, counted from 1. */
void kea_funding_in_year(const kea_funding *funding, size_t year, kea_funding_rule *rule);

#endif
