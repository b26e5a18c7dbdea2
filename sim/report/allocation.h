/* Where hours do most: how a budget is best divided over sites, as tables, sentences and figures,
 * from the numbers of a simulation alone. Nothing is simulated here. */
#ifndef KEA_REPORT_ALLOCATION_H
#define KEA_REPORT_ALLOCATION_H

#include "sim/analysis/allocation.h"
#include "sim/analysis/quantity.h"
#include "sim/core/status.h"
#include "sim/report/answers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Of one site. */
typedef struct kea_allocation_site {
    const char *key;  /* in CSV: "level1" */
    const char *name; /* for people, in their language */
    double size;      /* for how many people it has room */
} kea_allocation_site;

/* Budgets told: the one that was asked for, times these. */
enum { KEA_ALLOCATION_BUDGETS = 4, KEA_ALLOCATION_ASKED = 2 };
extern const double kea_allocation_times[KEA_ALLOCATION_BUDGETS]; /* 0.25, 0.5, 1, 2 */

/* What was simulated and found. */
typedef struct kea_allocation {
    kea_answer_input answers; /* problem, frame and caveat; it has no parts */
    const kea_outcome_decl *outcomes;
    kea_quantity quantity; /* what is to be as much as possible ... */
    bool turned;           /* ... or as little: values are how much less of it there is */
    size_t strategy;       /* of the problem, set against strategy 0 */
    const char *caveat;    /* what telling sites apart leaves out (translatable); NULL: nothing */
    bool by_parts; /* sites are parts of one population, their sizes counted by simulation */
    bool money;    /* budgets are money a year; else hours a week */
    double budget; /* asked for */
    kea_allocation_site *site; /* [n_sites], owned */
    double *rate;  /* [n_levels] hours a week per 100 people, tried at every site, owned */
    double *hours; /* [site][level] hours a week, owned */
    double *cost;  /* [site][level] mean cost a year of the team, owned; NULL: not known */
    double *value; /* [draw][site][level], owned */
    double *whole; /* [draw] what one team for all brings with the budget asked for, owned; NULL:
                      not known */
    kea_allocation_curves curves;        /* amounts are `hours` or `cost` */
    bool solved[KEA_ALLOCATION_BUDGETS]; /* false: so much cannot be divided */
    kea_allocation_sum sum[KEA_ALLOCATION_BUDGETS];
    kea_allocation_share *share;       /* [budget][site], owned */
    kea_estimate of_whole, whole_gain; /* of `whole`, and of the best division less it, by draw */
} kea_allocation;

void kea_allocation_free(kea_allocation *a); /* legal on {0}, after failure and twice */

/* Divides every budget; curves and `budget` are there. The same step, a 400th of the budget asked
 * for, is taken for all. Errors as kea_allocation_find, of the budget asked for. */
KEA_CHECKED kea_status kea_allocation_solve(kea_allocation *a, kea_error *err);

/* Hours a week of a site at an amount of the budget. */
double kea_allocation_hours(const kea_allocation *a, size_t site, double amount);

/* The tables: hours and value by site for the budget asked for, with their sum and (CSV only) one
 * team for all, of which `gain` is what the best division brings more than it; the value by
 * budget; the value and cost of every level of hours at every site. Freed by the caller, also on
 * failure. */
KEA_CHECKED kea_status kea_allocation_sites(kea_table *table, const kea_allocation *a,
                                            kea_error *err);
KEA_CHECKED kea_status kea_allocation_budgets(kea_table *table, const kea_allocation *a,
                                              kea_error *err);
KEA_CHECKED kea_status kea_allocation_levels(kea_table *table, const kea_allocation *a,
                                             kea_error *err);

/* Writes them to FOLDER/allocation.csv, allocation_budgets.csv and allocation_curves.csv. */
KEA_CHECKED kea_status kea_allocation_save(const kea_allocation *a, const char *folder,
                                           kea_error *err);

/* Writes it for people. */
KEA_CHECKED kea_status kea_allocation_write(FILE *out, const kea_allocation *a, kea_error *err);

/* Draws FOLDER/allocation (hours by site), allocation_value (value by site), allocation_budgets
 * (value by budget) and, of up to 7 sites, allocation_curves (value by hours). */
KEA_CHECKED kea_status kea_allocation_draw(const kea_allocation *a, const char *folder,
                                           kea_error *err);

#endif
