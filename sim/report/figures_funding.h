/* The figures of funding; all that figures.h says holds for them too. Each has a block for every
 * arrangement, in the order of the caller. */
#ifndef KEA_REPORT_FIGURES_FUNDING_H
#define KEA_REPORT_FIGURES_FUNDING_H

#include "sim/core/status.h"
#include "sim/report/figures.h"

#include <stddef.h>

/* What all of them have. */
typedef struct kea_figure_funding {
    const char *strategy, *comparator, *currency;
    size_t n_blocks;           /* 1 or more */
    const char *const *blocks; /* [n_blocks] names of the arrangements */
    size_t n_payers;           /* colours are told apart for up to 7 */
    const char *const *payers; /* [n_payers] */
    const char *note;
} kea_figure_funding;

/* What a payer pays for the strategy, what it saves, and the difference with its 95% interval. */
typedef struct kea_payer_bar {
    double paid, saved, net, low, high;
} kea_payer_bar;

/* Paid in against saved. */
typedef struct kea_figure_payers_data {
    kea_figure_funding of;
    const kea_payer_bar *bars; /* [block][payer] */
} kea_figure_payers_data;
KEA_CHECKED kea_status kea_figure_payers(const kea_figure_payers_data *data, const char *folder,
                                         const char *name, kea_error *err);

/* What all payers together pay in a year when what they save is taken off. */
typedef struct kea_budget_net {
    double mean, low, high;
} kea_budget_net;

/* The budget: what each payer pays for the strategy in every school year, stacked. */
typedef struct kea_figure_budget_data {
    kea_figure_funding of;
    size_t n_years;
    const double *paid;        /* [block][year][payer], at least 0 */
    const kea_budget_net *net; /* [block][year] */
} kea_figure_budget_data;
KEA_CHECKED kea_status kea_figure_budget(const kea_figure_budget_data *data, const char *folder,
                                         const char *name, kea_error *err);

/* How probable it is that a payer has gained after so many years. */
typedef struct kea_figure_horizon_data {
    kea_figure_funding of;
    size_t n_years;
    const double *gains; /* [block][payer][year] probabilities */
} kea_figure_horizon_data;
KEA_CHECKED kea_status kea_figure_horizon(const kea_figure_horizon_data *data, const char *folder,
                                          const char *name, kea_error *err);

/* One municipality, or several that are too small to be told apart. */
typedef struct kea_home_tile {
    const char *name; /* without how many they are */
    size_t n_homes;   /* 1, or how many */
    size_t zone;
    double net; /* per person, NAN: not known */
} kea_home_tile;

/* Municipalities as tiles by zone, coloured by what they gain per person. */
typedef struct kea_figure_homes_data {
    kea_figure_funding of; /* payers are not used */
    size_t n_zones;
    const char *const *zones;   /* [n_zones]; NULL: tiles are zones, in their order */
    size_t n_tiles;             /* of every block; about 500 have the room they need */
    const kea_home_tile *tiles; /* [block][tile] */
    const char *each;           /* what net is per: "student a year" */
} kea_figure_homes_data;
KEA_CHECKED kea_status kea_figure_homes(const kea_figure_homes_data *data, const char *folder,
                                        const char *name, kea_error *err);

#endif
