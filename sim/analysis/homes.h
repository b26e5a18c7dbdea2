/* What a programme means for every home municipality: what it contributes, what it avoids by law,
 * and how sure it can be of its own figures.
 *
 * Within a zone municipalities differ in their number of people only: a municipality with the part
 * s of a zone's people expects the part s of all amounts of the zone. What it will see in its own
 * books scatters more, the smaller it is, because few people cause few cases. Cases come by chance,
 * independently of each other, so their number is binomial, nearly Poisson for rare cases, and an
 * amount made of them (a compound Poisson sum) has as variance the expected sum over cases of the
 * squared amount of a case. Of the difference between its books with and without the programme,
 * which are about different people, the variances add:
 *
 *     noise^2 = s x sum over years of d(year)^2 (S_with(year) + S_without(year))
 *
 * with d the discount factor and S the zone's sums of squares. The 95% interval of its own figures
 * is mean +- 1.96 sqrt(v + noise^2), v the variance over the parameter draws of what it expects. It
 * is somewhat wide for large municipalities: the simulated people of the zone scatter in v too. */
#ifndef KEA_ANALYSIS_HOMES_H
#define KEA_ANALYSIS_HOMES_H

#include "sim/analysis/estimate.h"
#include "sim/analysis/position.h"
#include "sim/core/frame.h"

enum { KEA_MAX_ZONES = 8 };

/* The outcomes that tell zones apart, by index. */
typedef struct kea_home_outcomes {
    size_t n_zones, n_laws;
    size_t people[KEA_MAX_ZONES];                 /* who live in a zone */
    size_t cost[KEA_MAX_ZONES];                   /* all that its municipalities bear */
    size_t law_cost[KEA_MAX_LAWS][KEA_MAX_ZONES]; /* of it, under a law; what is under none is paid
                                                     for the strategy */
    size_t scatter[KEA_MAX_LAWS]; /* sum over cases of the squared amount of a case, of all zones
                                     together */
} kea_home_outcomes;

/* What zones pay and avoid: differences arm - ref over a span, in EUR. */
typedef struct kea_home_zones {
    size_t n_points, n_zones, n_laws;
    double *paid;                  /* [zone][point] more paid for the strategy, owned */
    double *avoided;               /* [law][zone][point] less borne, owned */
    double *people_years;          /* [zone][point] of `ref` over the span, discounted at
                                      contrast->people_rate, owned */
    double people[KEA_MAX_ZONES];  /* of `ref` in the first period, mean over points */
    double scatter[KEA_MAX_ZONES]; /* EUR^2: noise^2 of a whole zone */
} kea_home_zones;

/* Takes them from a sample that keeps periods, as they were paid in the run; goes through it once.
 * Of the arms, `ref` comes before `arm`. Free with kea_home_zones_free (legal on {0}, after failure
 * and twice). KEA_ERR_INPUT when the sample keeps no periods; KEA_ERR_MEMORY; and as
 * kea_sample_each_period. */
KEA_CHECKED kea_status kea_home_zones_init(kea_home_zones *zones, const kea_sample *sample,
                                           const kea_home_outcomes *homes,
                                           const kea_contrast *contrast, kea_error *err);
void kea_home_zones_free(kea_home_zones *zones);

/* Who live in each zone, year by year: what contributions by home are made of. */
typedef struct kea_home_people {
    size_t n_arms, n_zones, n_periods;
    double *people; /* [point][arm][zone][period], owned */
} kea_home_people;

/* Goes through the sample once. Free with kea_home_people_free (legal on {0}, after failure and
 * twice). KEA_ERR_MEMORY; and as kea_sample_each_period. */
KEA_CHECKED kea_status kea_home_people_init(kea_home_people *people, const kea_sample *sample,
                                            const kea_home_outcomes *homes, kea_error *err);
void kea_home_people_free(kea_home_people *people);

/* Puts into zones->paid what is paid under another arrangement: `flows` after kea_flows_fund, and
 * `people`, of the same sample; `payer` is who the municipalities are together. Contributions are
 * by where people live; of what the payer pays besides, zone 0 pays the part host_share and the
 * rest is by home again. */
void kea_home_zones_fund(kea_home_zones *zones, const kea_home_people *people,
                         const kea_flows *flows, size_t payer, const kea_contrast *contrast,
                         double host_share);

/* One municipality of a list: its zone, and any number in proportion to its people. */
typedef struct kea_home {
    size_t zone;
    double people;
} kea_home;

/* One municipality, or those of a zone that are too small to be told apart. */
typedef struct kea_home_row {
    size_t zone;
    size_t home;    /* index in the list; of several, of the first */
    size_t n_homes; /* 1, or how many are pooled */
    double part;    /* of the zone's people */
    double people;  /* in the first year */
    kea_estimate paid, net, avoided[KEA_MAX_LAWS];
    kea_estimate each;        /* net per person and year of `ref`; NAN where nobody lives */
    double gains;             /* probability that its expected net is above 0 */
    double noise;             /* standard deviation of its own net from chance among its people */
    double own_low, own_high; /* 95% interval of its own net, noise included */
} kea_home_row;

/* The rows of a list, in its order, then the pooled ones by zone; rows[] has room for n_homes.
 * Municipalities of fewer than `pool_below` people are pooled with the others such of their zone;
 * one that is alone in this stays. `scratch` holds n_points doubles. Returns the number of rows. */
size_t kea_homes_rows(const kea_home_zones *zones, size_t n_homes, const kea_home *homes,
                      double pool_below, kea_home_row *rows, double *scratch);

#endif
