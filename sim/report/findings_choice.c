/* Tables of the choice between strategies: the frontier, and what to choose at which amount. */
#include "sim/report/findings_shared.h"

#include "sim/report/axis.h"
#include "sim/report/choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_AMOUNTS = 10, WORD = 160 };

void kea_findings_table(kea_table *table, const kea_findings *findings, const char *title,
                        size_t n_columns, const kea_column *columns)
{
    char unit[KEA_TABLE_MAX_COLUMNS][WORD];
    kea_column filled[KEA_TABLE_MAX_COLUMNS];
    for (size_t c = 0; c < n_columns && c < KEA_TABLE_MAX_COLUMNS; c++) {
        kea_text_fill(unit[c], WORD, columns[c].unit, findings->psa->currency);
        filled[c] = columns[c];
        filled[c].unit = unit[c];
    }
    kea_table_init(table, title, n_columns, filled);
}

void kea_findings_put_arm(kea_table *table, size_t column, const kea_findings *findings, size_t arm)
{
    const kea_psa_name *name = &findings->psa->arms[arm];
    kea_table_key(table, column, name->id, name->title);
}

void kea_findings_amount(const kea_findings *findings, double amount, char *text, size_t size)
{
    char money[100];
    const kea_psa *psa = findings->psa;
    kea_money_write(money, sizeof money, psa->currency, amount, 6);
    /* TRANSLATORS: an amount of money, and one unit of effect */
    (void)snprintf(text, size, kea_text("%s per %s"), money,
                   psa->gain[0] ? psa->gain : kea_text("unit of effect"));
}

int kea_findings_decimals(double size)
{
    const double most = fabs(size);
    if (most >= 1000.0 || most == 0.0)
        return 0;
    return most >= 10.0 ? 2 : 4;
}

/* ---------------------------------------------------------------- frontier */

enum {
    F_STRATEGY,
    F_STANDING,
    F_COST,
    F_EFFECT,
    F_EXTRA_COST,
    F_EXTRA_EFFECT,
    F_RATIO,
    F_VERSUS,
    F_BY,
    F_BY_MIX,
    F_COLUMNS
};

static void init_frontier(kea_table *table, const kea_findings *f)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    double cost = 0.0, effect = 0.0;
    for (size_t i = 0; i < f->psa->pairs.n_arms; i++) {
        cost = fmax(cost, fabs(f->frontier[i].cost));
        effect = fmax(effect, fabs(f->frontier[i].effect));
    }
    const int money = kea_findings_decimals(cost);
    const int units = effect >= 1000.0 ? 1 : effect >= 10.0 ? 2 : 5;
    const kea_column columns[F_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, both},
        {"standing", kea_text("standing"), "", 0, both},
        {"cost", kea_text("mean cost"), "%s", money, both},
        {"effect", kea_text("mean effect"), "", units, both},
        {"extra_cost", kea_text("extra cost"), "%s", money, both},
        {"extra_effect", kea_text("extra effect"), "", units, both},
        {"cost_per_effect", kea_text("cost per effect"), "%s", money, both},
        {"versus", "", "", 0, csv},
        {"dominated_by", "", "", 0, csv},
        {"dominated_by_mix_with", "", "", 0, csv},
    };
    kea_findings_table(table, f, kea_text("Which strategies are worth considering"), F_COLUMNS,
                       columns);
    kea_table_note(table, kea_text("Extra: more than the strategy before it on the frontier. "
                                   "Dominated: another strategy, or a mix of two, costs no more "
                                   "and helps at least as much."));
}

kea_status kea_findings_frontier(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings *f = findings;
    init_frontier(table, f);
    for (size_t i = 0; i < f->psa->pairs.n_arms; i++) {
        const kea_frontier_row *row = &f->frontier[i];
        kea_table_row(table);
        kea_findings_put_arm(table, F_STRATEGY, f, row->arm);
        kea_table_key(table, F_STANDING, kea_standing_name(row->standing),
                      kea_choice_standing(row->standing));
        kea_table_number(table, F_COST, row->cost, KEA_COLUMN_DECIMALS);
        kea_table_number(table, F_EFFECT, row->effect, KEA_COLUMN_DECIMALS);
        kea_table_number(table, F_EXTRA_COST, row->extra_cost, KEA_COLUMN_DECIMALS);
        kea_table_number(table, F_EXTRA_EFFECT, row->extra_effect, KEA_COLUMN_DECIMALS);
        kea_table_number(table, F_RATIO, row->ratio, KEA_COLUMN_DECIMALS);
        if (row->versus != KEA_NO_ARM)
            kea_findings_put_arm(table, F_VERSUS, f, row->versus);
        for (size_t k = 0; k < 2; k++)
            if (row->by[k] != KEA_NO_ARM)
                kea_findings_put_arm(table, F_BY + k, f, row->by[k]);
    }
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- curves */

enum { D_WTP, D_STRATEGY, D_BEST, D_BENEFIT, D_PROBABILITY, D_LOSS, D_LOSS_ERROR, D_COLUMNS };

static void init_decision(kea_table *table, const kea_findings *f)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    double most = 0.0, dearest = 0.0;
    for (size_t i = 0; i < f->curves.n_wtp; i++) {
        most = fmax(most, fabs(f->curves.evpi[i]));
        dearest = fmax(dearest, f->curves.wtp[i]);
    }
    const int money = kea_findings_decimals(most);
    const kea_column columns[D_COLUMNS] = {
        {"willingness_to_pay", kea_text("willingness to pay"), "%s", kea_findings_decimals(dearest),
         both},
        {"strategy", kea_text("best on average"), "", 0, both},
        {"best_on_average", "", "", 0, csv},
        {"net_benefit", kea_text("net benefit"), "%s", money, both},
        {"probability_best", kea_text("probability that it is the best"), "%", 1, both},
        {"expected_loss", kea_text("expected loss"), "%s", money, both},
        {"expected_loss_error", kea_text("error"), "%s", money, both},
    };
    kea_findings_table(table, f, kea_text("What to choose, and what a wrong choice would cost"),
                       D_COLUMNS, columns);
    kea_table_note(
        table, kea_text("Net benefit against the reference. Expected loss of the strategy that is "
                        "best on average: what it costs on average not to know which is the best; "
                        "the same as the value of perfect information."));
}

static void put_amount(kea_table *table, const kea_findings *f, size_t i, bool shown)
{
    const kea_decision *c = &f->curves;
    for (size_t arm = 0; arm < c->n_arms; arm++) {
        const size_t at = arm * c->n_wtp + i;
        kea_table_row(table);
        kea_table_number(table, D_WTP, c->wtp[i], KEA_COLUMN_DECIMALS);
        kea_findings_put_arm(table, D_STRATEGY, f, arm);
        kea_table_number(table, D_BEST, c->best[i] == arm, 0);
        kea_table_number(table, D_BENEFIT, c->benefit[at], KEA_COLUMN_DECIMALS);
        kea_table_scaled(table, D_PROBABILITY, c->probability[at], 100.0, KEA_COLUMN_DECIMALS);
        kea_table_number(table, D_LOSS, c->loss[at], KEA_COLUMN_DECIMALS);
        kea_table_number(table, D_LOSS_ERROR, c->loss_error[at], KEA_COLUMN_DECIMALS);
        if (!shown || c->best[i] != arm)
            kea_table_hide(table);
    }
}

kea_status kea_findings_decision(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const size_t n = findings->curves.n_wtp;
    const size_t step = (n + SHOWN_AMOUNTS - 1) / SHOWN_AMOUNTS;
    init_decision(table, findings);
    for (size_t i = 0; i < n; i++)
        put_amount(table, findings, i, i % step == 0 || i + 1 == n);
    return kea_table_check(table, err);
}
