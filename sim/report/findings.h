/* Decision analysis and value of information of one sample, whoever made it: everything is worked
 * out once, and then told as tables, text and figures. Money is in the sample's currency, net
 * benefits are those of `wtp` per unit of effect. */
#ifndef KEA_REPORT_FINDINGS_H
#define KEA_REPORT_FINDINGS_H

#include "sim/analysis/coefficients.h"
#include "sim/analysis/decision.h"
#include "sim/analysis/evpi.h"
#include "sim/analysis/evsi.h"
#include "sim/analysis/frontier.h"
#include "sim/analysis/precision.h"
#include "sim/analysis/psa.h"
#include "sim/analysis/subgroups.h"
#include "sim/analysis/views.h"
#include "sim/inputs/grouping.h"
#include "sim/report/table.h"

#include <stdbool.h>
#include <stdio.h>

/* A study that may be done. */
typedef struct kea_findings_study {
    kea_study study;
    size_t n_sizes;
    const size_t *sizes; /* [n_sizes] rising */
    bool priced;         /* `plan` says what it costs and for whom it is done */
    kea_study_plan plan;
    bool search; /* look for the best size between the first and the last; with prices only */
} kea_findings_study;

typedef struct kea_findings_options {
    double wtp; /* per unit of effect, at which everything but the curves is told */
    size_t n_amounts;
    const double *amounts; /* [n_amounts] rising: willingness to pay along the curves */
    bool evppi;            /* value every parameter and every group of the sample */
    bool population;       /* `whom` says whom the decision concerns */
    kea_population whom;
    size_t n_groupings;            /* the sample by groups of people; 0: not told apart */
    const kea_grouping *groupings; /* [n_groupings] */
    const kea_pairs *groups;       /* totals of each group of each grouping, in their order */
    double target; /* standard error of a net benefit that is wanted; NAN: 5% of it */
    const kea_findings_study *study; /* NULL: none */
    const kea_views *views;          /* other effects and perspectives beside the sample's; NULL:
                                        nothing is known of them */
    const kea_frame *frame;          /* what they are called; with `views` */
    uint64_t seed;                   /* of standard errors and of simulated studies */
    const char *source;              /* what the sample is, for the first line */
} kea_findings_options;

/* How a net benefit against the reference is spread. */
typedef struct kea_findings_spread {
    double mean, error, sd;
    double parameters, noise; /* standard deviations by parameters and by cohorts; NAN when every
                                 draw has one cohort */
    double parameters_error, noise_error; /* their standard errors; NAN also where they are 0 */
    double target, draws; /* draws that bring the error to the target; INFINITY: too many */
    double least; /* the same if cohorts were so large that there is no luck; NAN also where draws
                     come in blocks */
} kea_findings_spread;

typedef struct kea_findings {
    const kea_psa *psa; /* borrowed, as is all within the options */
    kea_findings_options options;
    kea_benefits benefits;
    kea_decision curves;
    kea_frontier_row *frontier; /* [n_arms] */
    size_t n_frontier;
    kea_evpi evpi;
    double decisions;           /* discounted number of decisions; NAN without a population */
    kea_subgroups *apart;       /* [n_groupings] deciding for each group by itself */
    kea_subgroup *group_choice; /* of each group of each grouping, in their order */
    kea_ranking ranking;
    kea_rank *ranks;               /* [n_arms] */
    kea_findings_spread *spread;   /* [n_arms] */
    size_t n_sets;                 /* parameters, then groups; 0: not valued */
    kea_set *sets;                 /* [n_sets] */
    size_t *singles;               /* [n_params], the members of sets of one */
    kea_evppi *evppi;              /* [n_sets] */
    size_t *order;                 /* [n_sets] by falling value */
    kea_coefficient *coefficients; /* [arm - 1][n_params]; NULL: there are none, see `why_not` */
    double *r2;                    /* [arm - 1][2], of values and of ranks */
    char why_not[512];
    size_t n_study;
    kea_evsi_point *study; /* [n_study] */
    double study_evppi, study_evppi_error;
    kea_evsi_point best; /* with options.study->search */
} kea_findings;

/* Works everything out. Free with kea_findings_free (legal on {0}, after a failed init, and twice).
 * Errors: those of the analyses. */
KEA_CHECKED kea_status kea_findings_init(kea_findings *findings, const kea_psa *psa,
                                         const kea_findings_options *options, kea_error *err);
void kea_findings_free(kea_findings *findings);

/* The name of a set for files ("a", "a + b", the name of a group) or people; cut to size. */
void kea_findings_set(const kea_findings *findings, size_t set, bool people, char *text,
                      size_t size);

/* Every function below fills a table that the caller frees with kea_table_free, also on failure.
 * Errors: KEA_ERR_MEMORY. */

/* Who is on the frontier, increments and ratios, who dominates whom. */
KEA_CHECKED kea_status kea_findings_frontier(kea_table *table, const kea_findings *findings,
                                             kea_error *err);
/* Net benefit, probability of being best and expected loss of every strategy at every amount; the
 * terminal shows the one best on average at about ten amounts. */
KEA_CHECKED kea_status kea_findings_decision(kea_table *table, const kea_findings *findings,
                                             kea_error *err);
/* Every effect against the costs of every perspective; the CSV has a row for every strategy, the
 * terminal of that which is best on average for what was asked (or of the next, when that is the
 * reference). With options.views only. */
KEA_CHECKED kea_status kea_findings_views(kea_table *table, const kea_findings *findings,
                                          kea_error *err);
/* EVPI per decision, per person and for the population. */
KEA_CHECKED kea_status kea_findings_evpi(kea_table *table, const kea_findings *findings,
                                         kea_error *err);
/* EVPPI of every set, largest first; the terminal shows the first 15 and all that is no single. */
KEA_CHECKED kea_status kea_findings_evppi(kea_table *table, const kea_findings *findings,
                                          kea_error *err);
/* EVSI and its net benefit at every size. */
KEA_CHECKED kea_status kea_findings_evsi(kea_table *table, const kea_findings *findings,
                                         kea_error *err);
/* The best strategy of each group of people, and what it is worth to decide for each by itself.
 * With options.groupings only. */
KEA_CHECKED kea_status kea_findings_subgroups(kea_table *table, const kea_findings *findings,
                                              kea_error *err);
/* The order of strategies and whether it is more than noise. */
KEA_CHECKED kea_status kea_findings_ranking(kea_table *table, const kea_findings *findings,
                                            kea_error *err);
/* Monte Carlo error of net benefits, where their spread comes from, draws needed for a target. */
KEA_CHECKED kea_status kea_findings_spreads(kea_table *table, const kea_findings *findings,
                                            kea_error *err);
/* How far the best strategy is ahead of the second, after more and more draws. */
KEA_CHECKED kea_status kea_findings_running(kea_table *table, const kea_findings *findings,
                                            kea_error *err);
/* Regression coefficients of every net benefit on every parameter. */
KEA_CHECKED kea_status kea_findings_coefficients(kea_table *table, const kea_findings *findings,
                                                 kea_error *err);

/* Tells everything in sentences and tables. KEA_ERR_IO, KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_findings_write(FILE *out, const kea_findings *findings, kea_error *err);

/* Writes frontier, decision, views, evpi, evppi, evsi, ranking, precision, running_mean and
 * coefficients and subgroups as CSV into an existing folder, those that there are. KEA_ERR_IO names
 * the file. */
KEA_CHECKED kea_status kea_findings_save(const kea_findings *findings, const char *folder,
                                         kea_error *err);

/* Draws frontier, acceptability, expected_loss, evppi, scatter, study and running_mean into an
 * existing folder, those that there are. Errors as in figures.h. */
KEA_CHECKED kea_status kea_findings_draw(const kea_findings *findings, const char *folder,
                                         kea_error *err);

#endif
