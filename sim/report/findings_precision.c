/* Tables of how exact the sample is, and of what its results go with. */
#include "sim/report/findings_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_COEFFICIENTS = 10 };

/* ---------------------------------------------------------------- order */

enum {
    R_STRATEGY,
    R_BENEFIT,
    R_BEHIND,
    R_ERROR,
    R_PROBABILITY,
    R_NEEDED,
    R_NEXT,
    R_NEXT_ERROR,
    R_NEXT_CERTAIN,
    R_TWIN,
    R_COLUMNS
};

kea_status kea_findings_ranking(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const size_t arms = f->benefits.n_arms;
    const int money = kea_findings_decimals(f->ranks[arms - 1].behind);
    const kea_column columns[R_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, both},
        {"net_benefit", kea_text("net benefit"), "%s", money, both},
        {"behind_best", kea_text("behind the best"), "%s", money, both},
        {"behind_best_error", kea_text("error"), "%s", money, both},
        {"probability_best_is_better", kea_text("surely behind"), "%", 1, both},
        {"draws_needed", kea_text("draws to tell"), "", 0, both},
        {"behind_next", "", "", 0, csv},
        {"behind_next_error", "", "", 0, csv},
        {"probability_next_is_better", "", "", 0, csv},
        {"twin", "", "", 0, csv},
    };
    kea_findings_table(table, f, kea_text("Is the order of strategies more than noise?"), R_COLUMNS,
                       columns);
    kea_table_note(table,
                   kea_text("Error: Monte Carlo standard error of a paired difference. Surely "
                            "behind: how sure the simulation is that the best one is truly better "
                            "on average. Draws to tell: where the best is ahead by twice the "
                            "error."));
    for (size_t i = 0; i < arms; i++) {
        const kea_rank *r = &f->ranks[i];
        kea_table_row(table);
        kea_findings_put_arm(table, R_STRATEGY, f, r->arm);
        kea_table_number(table, R_BENEFIT, r->benefit, KEA_COLUMN_DECIMALS);
        kea_table_number(table, R_BEHIND, r->behind, KEA_COLUMN_DECIMALS);
        kea_table_number(table, R_ERROR, i ? r->error : (double)NAN, KEA_COLUMN_DECIMALS);
        kea_table_scaled(table, R_PROBABILITY, r->probability, 100.0, KEA_COLUMN_DECIMALS);
        kea_table_number(table, R_NEEDED, ceil(r->points_needed), KEA_COLUMN_DECIMALS);
        kea_table_number(table, R_NEXT, i ? r->next_behind : (double)NAN, 0);
        kea_table_number(table, R_NEXT_ERROR, i ? r->next_error : (double)NAN, 0);
        kea_table_number(table, R_NEXT_CERTAIN, r->next_certain, 0);
        kea_table_number(table, R_TWIN, r->twin, 0);
    }
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- spread */

enum {
    M_STRATEGY,
    M_BENEFIT,
    M_ERROR,
    M_SD,
    M_PARAMETERS,
    M_PARAMETERS_ERROR,
    M_NOISE,
    M_NOISE_ERROR,
    M_TARGET,
    M_DRAWS,
    M_LEAST,
    M_PERSONS,
    M_COLUMNS
};

/* Adds a sentence. */
static void say(char *text, size_t size, const char *sentence)
{
    const size_t used = strlen(text);
    (void)snprintf(text + used, size - used, "%s%s", used ? " " : "", sentence);
}

/* Where the split comes from, and what the errors are. */
static void spread_note(kea_table *table, const kea_psa *psa)
{
    char text[3 * KEA_FINDINGS_TEXT] = "", one[KEA_FINDINGS_TEXT];
    const bool rows = psa->n_draws<psa->pairs.n_points, again = psa->again.n_points> 0;
    if (rows || again)
        say(text, sizeof text, kea_text("Spreads are standard deviations; their squares add up."));
    else
        say(text, sizeof text,
            kea_text("Every draw was lived through by one cohort, so the spread by uncertain "
                     "numbers and that by the luck of a cohort cannot be told apart."));
    if (!rows && again) {
        (void)snprintf(one, sizeof one,
                       kea_text("The luck of a cohort was measured on %zu draws with %zu cohorts "
                                "each."),
                       psa->again.n_points / psa->each, psa->each);
        say(text, sizeof text, one);
    }
    if (kea_psa_blocks(psa) > 0) {
        (void)snprintf(one, sizeof one,
                       kea_text("Draws come in blocks of %zu that are spread evenly together: the "
                                "error here is measured from the blocks, other errors are those of "
                                "independent draws and upper limits."),
                       psa->block);
        say(text, sizeof text, one);
    } else if (rows || again) {
        say(text, sizeof text,
            kea_text("Larger cohorts, or several per draw, take away no more than the luck: the "
                     "last column says how many draws are needed all the same."));
    }
    kea_table_note(table, text);
}

kea_status kea_findings_spreads(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    const bool split = f->psa->n_draws < f->benefits.n_points || f->psa->again.n_points > 0;
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV, parts = split ? both : csv;
    const int money = kea_findings_decimals(f->benefits.n_arms > 1 ? f->spread[1].sd : 0.0);
    const kea_column columns[M_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, both},
        {"net_benefit", kea_text("net benefit"), "%s", money, both},
        {"net_benefit_error", kea_text("error"), "%s", money, both},
        {"sd", kea_text("spread of draws"), "%s", money, both},
        {"sd_parameters", kea_text("of it by parameters"), "%s", money, parts},
        {"sd_parameters_error", "", "", 0, csv},
        {"sd_noise", kea_text("by the luck of a cohort"), "%s", money, parts},
        {"sd_noise_error", "", "", 0, csv},
        {"target_error", kea_text("wanted error"), "%s", money, both},
        {"draws_needed", kea_text("draws needed"), "", 0, both},
        {"draws_needed_without_noise", kea_text("without luck"), "", 0, parts},
        {"persons_needed", "", "", 0, csv},
    };
    kea_findings_table(table, f, kea_text("Are there enough draws?"), M_COLUMNS, columns);
    spread_note(table, f->psa);
    for (size_t arm = 1; arm < f->benefits.n_arms; arm++) {
        const kea_findings_spread *s = &f->spread[arm];
        kea_table_row(table);
        kea_findings_put_arm(table, M_STRATEGY, f, arm);
        kea_table_number(table, M_BENEFIT, s->mean, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_ERROR, s->error, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_SD, s->sd, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_PARAMETERS, s->parameters, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_PARAMETERS_ERROR, s->parameters_error, 0);
        kea_table_number(table, M_NOISE, s->noise, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_NOISE_ERROR, s->noise_error, 0);
        kea_table_number(table, M_TARGET, s->target, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_DRAWS, s->draws, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_LEAST, s->least, KEA_COLUMN_DECIMALS);
        kea_table_number(table, M_PERSONS, s->draws * f->psa->persons, 0);
    }
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- running mean */

enum { U_POINTS, U_BEST, U_SECOND, U_MEAN, U_ERROR, U_COLUMNS };

kea_status kea_findings_running(kea_table *table, const kea_findings *findings, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_findings *f = findings;
    const kea_column_use both = KEA_COLUMN_BOTH;
    void *block = NULL;
    size_t mark[KEA_FINDINGS_MARKS];
    double mean[KEA_FINDINGS_MARKS], error[KEA_FINDINGS_MARKS];
    const kea_column columns[U_COLUMNS] = {{"draws", kea_text("draws"), "", 0, both},
                                           {"best", kea_text("best"), "", 0, both},
                                           {"second", kea_text("second"), "", 0, both},
                                           {"ahead", kea_text("ahead"), "%s", 0, both},
                                           {"ahead_error", kea_text("error"), "%s", 0, both}};
    kea_findings_table(table, f, kea_text("How far the best strategy is ahead of the second"),
                       U_COLUMNS, columns);
    KEA_TRY(kea_memory_new(&block, f->benefits.n_points, sizeof(double), err));
    kea_findings_ahead(f, block);
    const size_t n = kea_findings_marks(f, mark);
    kea_precision_running(f->benefits.n_points, block, n, mark, mean, error);
    for (size_t i = 0; i < n; i++) {
        kea_table_row(table);
        kea_table_number(table, U_POINTS, (double)mark[i], 0);
        kea_findings_put_arm(table, U_BEST, f, f->ranks[0].arm);
        kea_findings_put_arm(table, U_SECOND, f, f->ranks[1].arm);
        kea_table_number(table, U_MEAN, mean[i], 0);
        kea_table_number(table, U_ERROR, error[i], 0);
    }
    status = kea_table_check(table, err);
done:
    free(block);
    return status;
}

/* ---------------------------------------------------------------- coefficients */

enum {
    C_STRATEGY,
    C_PARAMETER,
    C_REGRESSION,
    C_ERROR,
    C_RANK,
    C_PARTIAL,
    C_R2,
    C_RANK_R2,
    C_COLUMNS
};

/* Puts the parameters of one strategy in the order of their coefficients. */
static void put_strategy(kea_table *table, const kea_findings *f, size_t arm, bool *done)
{
    const kea_psa *psa = f->psa;
    const kea_coefficient *of = f->coefficients + (arm - 1) * psa->n_params;
    for (size_t k = 0; k < psa->n_params; k++)
        done[k] = psa->follows[k];
    for (size_t i = 0; i < psa->n_params; i++) {
        size_t most = SIZE_MAX;
        for (size_t k = 0; k < psa->n_params; k++)
            if (!done[k] &&
                (most == SIZE_MAX || fabs(of[k].regression) > fabs(of[most].regression)))
                most = k;
        if (most == SIZE_MAX)
            break;
        done[most] = true;
        kea_table_row(table);
        kea_findings_put_arm(table, C_STRATEGY, f, arm);
        kea_table_key(table, C_PARAMETER, psa->params[most], psa->titles[most]);
        kea_table_number(table, C_REGRESSION, of[most].regression, KEA_COLUMN_DECIMALS);
        kea_table_number(table, C_ERROR, of[most].regression_error, KEA_COLUMN_DECIMALS);
        kea_table_number(table, C_RANK, of[most].rank_regression, KEA_COLUMN_DECIMALS);
        kea_table_number(table, C_PARTIAL, of[most].rank_partial, KEA_COLUMN_DECIMALS);
        kea_table_number(table, C_R2, f->r2[2 * (arm - 1)], 0);
        kea_table_number(table, C_RANK_R2, f->r2[2 * (arm - 1) + 1], 0);
        /* the terminal shows those of the choice that matters */
        if (i >= SHOWN_COEFFICIENTS || arm != (f->ranks[0].arm ? f->ranks[0].arm : f->ranks[1].arm))
            kea_table_hide(table);
    }
}

kea_status kea_findings_coefficients(kea_table *table, const kea_findings *findings, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_findings *f = findings;
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    void *done = NULL;
    char note[KEA_FINDINGS_TEXT];
    const size_t shown = f->ranks[0].arm ? f->ranks[0].arm : f->ranks[1].arm;
    const kea_column columns[C_COLUMNS] = {
        {"strategy", "", "", 0, csv},
        {"parameter", kea_text("number"), "", 0, both},
        {"coefficient", kea_text("coefficient"), "", 3, both},
        {"coefficient_error", kea_text("error"), "", 3, both},
        {"rank_coefficient", kea_text("of ranks"), "", 3, both},
        {"partial_rank_correlation", kea_text("partial correlation of ranks"), "", 3, both},
        {"r_squared", "", "", 0, csv},
        {"rank_r_squared", "", "", 0, csv},
    };
    (void)snprintf(note, sizeof note, kea_text("What the net benefit of %s goes with"),
                   f->psa->arms[shown].title);
    kea_findings_table(table, f, note, C_COLUMNS, columns);
    (void)snprintf(note, sizeof note,
                   kea_text("By how many standard deviations the net benefit changes when a number "
                            "changes by one of its own; together they explain %.0f%% of it."),
                   100.0 * f->r2[2 * (shown - 1)]);
    kea_table_note(table, note);
    KEA_TRY(kea_memory_new(&done, f->psa->n_params, sizeof(bool), err));
    for (size_t arm = 1; arm < f->benefits.n_arms; arm++)
        put_strategy(table, f, arm, done);
    status = kea_table_check(table, err);
done:
    free(done);
    return status;
}
