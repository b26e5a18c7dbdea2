/* What contributions per person buy, bring and mean for every payer: gathered from simulated
 * blocks, and told as tables, sentences and figures. Nothing is simulated here, and no model is
 * known.
 *
 * Level k of the planner is a contribution; with no money in all it is the comparator itself. All
 * amounts are of the whole against the comparator: window, run-out and what follows later,
 * discounted, unless said otherwise. */
#ifndef KEA_REPORT_PLANNER_H
#define KEA_REPORT_PLANNER_H

#include "sim/analysis/contribution.h"
#include "sim/analysis/ladder.h"
#include "sim/core/frame.h"
#include "sim/core/sample.h"
#include "sim/inputs/problem.h"
#include "sim/report/answers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { KEA_PLANNER_WHO = 16, KEA_PLANNER_EFFECTS = 3, KEA_PLANNER_MEASURES = 6 };

/* What is planned. */
typedef struct kea_planner_plan {
    const kea_problem *problem;
    const kea_frame *frame;
    size_t n_outcomes;
    const kea_outcome_decl *outcomes;
    size_t strategy; /* of the problem's, not 0 */
    kea_contribution_terms terms;
    double wtp, probability;
    size_t n_asked; /* contributions per person a year that are asked for */
    double asked[KEA_CONTRIBUTION_LEVELS];
    double up_to;    /* the curve is followed to here */
    size_t n_points; /* draws */
} kea_planner_plan;

/* Who gains or loses: every payer, then all public payers together, then society without transfers.
 */
typedef struct kea_planner_who {
    const char *key, *label; /* label marked for translation */
    size_t payer;            /* of the terms, who pay for the strategy; n_payers for others */
} kea_planner_who;

/* Quantities of every level and point. */
enum {
    KEA_PLANNER_HOURS,   /* a week */
    KEA_PLANNER_COST,    /* extra costs of the decision */
    KEA_PLANNER_BENEFIT, /* net benefit at plan.wtp of the first effect */
    KEA_PLANNER_GAIN,    /* first effect over the window per population.n, not discounted */
    KEA_PLANNER_EFFECT,  /* and KEA_PLANNER_EFFECTS - 1 more: effects gained */
    KEA_PLANNER_MEASURE = KEA_PLANNER_EFFECT + KEA_PLANNER_EFFECTS, /* frame's KEA_IN_SWEEPS */
    KEA_PLANNER_NET = KEA_PLANNER_MEASURE + KEA_PLANNER_MEASURES,   /* saved - paid, by who */
    KEA_PLANNER_PAID = KEA_PLANNER_NET + KEA_PLANNER_WHO,           /* more paid for the strategy */
    KEA_PLANNER_LATER = KEA_PLANNER_PAID + KEA_PLANNER_WHO,         /* of what is saved, later */
    KEA_PLANNER_QUANTITIES = KEA_PLANNER_LATER + KEA_PLANNER_WHO
};

typedef struct kea_planner {
    kea_planner_plan plan;
    kea_problem problem; /* of comparator and strategy only; parts borrowed from plan.problem */
    size_t pair[2];
    kea_answer_input answers; /* of that problem; it has no parts */
    size_t n_levels;
    double level[KEA_CONTRIBUTION_LEVELS];
    double money[KEA_CONTRIBUTION_LEVELS]; /* EUR a year when all places are filled */
    double share[KEA_CONTRIBUTION_LEVELS][KEA_MAX_PAYERS]; /* of it, by payer of the terms */
    bool asked[KEA_CONTRIBUTION_LEVELS];
    double today;  /* the contribution with which there is the money of today */
    size_t n_arms; /* the comparator, and a level with money each */
    size_t arm[KEA_CONTRIBUTION_LEVELS];
    size_t n_who, n_effects, n_measures;
    kea_planner_who who[KEA_PLANNER_WHO];
    const kea_measure_decl *measure[KEA_PLANNER_MEASURES];
    double *value; /* [quantity][level][point], owned */
} kea_planner;

/* Lays out levels, arms and memory. `plan` is copied, what it points to borrowed; the planner must
 * stay where it is. Free with kea_planner_free (legal on {0}, after failure and twice). Errors:
 * those of kea_contribution_check, KEA_ERR_INPUT (too many payers or levels), KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_planner_init(kea_planner *planner, const kea_planner_plan *plan,
                                        kea_error *err);
void kea_planner_free(kea_planner *planner);

/* One quantity at one level, of every point. */
static inline double *kea_planner_at(const kea_planner *planner, size_t quantity, size_t level)
{
    return planner->value + (quantity * planner->n_levels + level) * planner->plan.n_points;
}

/* One quantity over all levels. */
kea_ladder kea_planner_ladder(const kea_planner *planner, size_t quantity);

/* Takes points first and later from a block that keeps school years, whose arms are those of the
 * planner. What the strategy costs is divided by the shares of the level. KEA_ERR_INPUT when an
 * outcome is missing, KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_planner_take(kea_planner *planner, size_t first, const kea_sample *block,
                                        kea_error *err);

/* What a contribution buys: money, hours, whom they reach. What it brings: effects, costs per
 * effect, net benefit. Where payers stand: what each pays, saves, gains. What was solved for. The
 * terminal shows the contributions asked for and has positions in two tables of their own. Filled
 * tables are freed by the caller, also on failure. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_planner_buys(kea_table *table, const kea_planner *planner,
                                        kea_error *err);
KEA_CHECKED kea_status kea_planner_brings(kea_table *table, const kea_planner *planner,
                                          kea_error *err);
KEA_CHECKED kea_status kea_planner_positions(kea_table *table, const kea_planner *planner,
                                             kea_error *err);
KEA_CHECKED kea_status kea_planner_nets(kea_table *table, const kea_planner *planner,
                                        kea_error *err);
KEA_CHECKED kea_status kea_planner_gains(kea_table *table, const kea_planner *planner,
                                         kea_error *err);
KEA_CHECKED kea_status kea_planner_solved(kea_table *table, const kea_planner *planner,
                                          kea_error *err);

/* Writes FOLDER/planner_buys.csv, planner_brings.csv, planner_positions.csv, planner_solved.csv. */
KEA_CHECKED kea_status kea_planner_save(const kea_planner *planner, const char *folder,
                                        kea_error *err);

/* Writes it all for people. */
KEA_CHECKED kea_status kea_planner_write(FILE *out, const kea_planner *planner, kea_error *err);

/* Draws FOLDER/contribution (net benefit), contribution_effect (first effect, and the measures that
 * have an axis) and contribution_payers (who gains). */
KEA_CHECKED kea_status kea_planner_draw(const kea_planner *planner, const char *folder,
                                        kea_error *err);

#endif
