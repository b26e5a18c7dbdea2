/* Tables of a planner: one row per contribution. */
#include "sim/report/planner.h"

#include "sim/analysis/estimate.h"
#include "sim/analysis/kea.h"
#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/planner_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL, ASKED, FIRST, TEXT = 160, PER_ESTIMATE = 4 };

kea_estimate kea_planner_estimate(const kea_planner *p, size_t quantity, size_t level,
                                  double *scratch)
{
    memcpy(scratch, kea_planner_at(p, quantity, level), p->plan.n_points * sizeof *scratch);
    return kea_estimate_of(scratch, p->plan.n_points);
}

/* Columns while they are gathered: their texts live here. */
typedef struct columns {
    size_t n;
    kea_column column[KEA_TABLE_MAX_COLUMNS];
    char name[KEA_TABLE_MAX_COLUMNS][TEXT];
} columns;

static void add(columns *c, const char *name, const char *title, const char *unit, int decimals,
                kea_column_use use)
{
    (void)snprintf(c->name[c->n], TEXT, "%s", name);
    c->column[c->n] = (kea_column){c->name[c->n], title, unit, decimals, use};
    c->n++;
}

/* Mean, error and interval; `interval` says who sees the last two. */
static void add_estimate(columns *c, const kea_column *mean, kea_column_use interval)
{
    const char *stem = mean->name;
    char name[TEXT];
    size_t length = strcspn(stem, "%");
    int bare = (int)(length > 0 && stem[length] && stem[length - 1] == '_' ? length - 1 : length);
    add(c, stem, mean->title, mean->unit, mean->decimals, mean->use);
    (void)snprintf(name, sizeof name, "%.*s_error", bare, stem);
    add(c, name, "", "", mean->decimals, KEA_COLUMN_CSV);
    (void)snprintf(name, sizeof name, "%.*s_low", bare, stem);
    add(c, name, kea_text("95% from"), mean->unit, mean->decimals, interval);
    (void)snprintf(name, sizeof name, "%.*s_high", bare, stem);
    add(c, name, kea_text("95% to"), mean->unit, mean->decimals, interval);
}

static void add_level(columns *c)
{
    add(c, "contribution_%s", kea_text("contribution"), "%s", 2, KEA_COLUMN_BOTH);
    add(c, "asked", "", "", 0, KEA_COLUMN_CSV);
}

/* Starts the row of a level; only those asked for are seen on the terminal. */
static void put_level(kea_table *table, const kea_planner *p, size_t level)
{
    kea_table_row(table);
    if (!p->asked[level])
        kea_table_hide(table);
    kea_table_number(table, LEVEL, p->level[level], KEA_COLUMN_DECIMALS);
    kea_table_text(table, ASKED, p->asked[level] ? "yes" : "no");
}

static void put_estimate(kea_table *table, size_t column, kea_estimate e, double scale)
{
    kea_answers_put(table, column, e, scale, KEA_COLUMN_DECIMALS);
}

static kea_status open_scratch(double **scratch, const kea_planner *p, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 4 * p->plan.n_points, sizeof(double), err);
    *scratch = block;
    return status;
}

/* ---------------------------------------------------------------- what it buys */

enum { MONEY = FIRST, OF_TODAY, HOURS, MEASURES = HOURS + PER_ESTIMATE };

static bool is_share(const kea_measure_decl *measure)
{
    return strcmp(measure->unit, "share") == 0;
}

static void init_buys(kea_table *table, const kea_planner *p)
{
    columns c = {0};
    const kea_column hours = {"hours_a_week", kea_text("hours a week"), "",
                              p->plan.terms.today.hours < 100.0 ? 1 : 0, KEA_COLUMN_BOTH};
    const char *money = kea_answers_whole(&p->answers).unit;
    add_level(&c);
    add(&c, "money_a_year_%s", kea_text("money a year"), money, 0, KEA_COLUMN_BOTH);
    add(&c, "part_of_cost_today", kea_text("of today's cost"), "%", 0, KEA_COLUMN_BOTH);
    add_estimate(&c, &hours, KEA_COLUMN_BOTH);
    for (size_t m = 0; m < p->n_measures; m++) {
        const kea_measure_decl *decl = p->measure[m];
        const kea_column mean = {decl->key, kea_text(decl->label),
                                 is_share(decl) ? "%" : kea_text(decl->unit), decl->decimals,
                                 KEA_COLUMN_BOTH};
        add_estimate(&c, &mean, KEA_COLUMN_CSV);
    }
    kea_answers_table(table, &p->answers, kea_text("What a contribution buys"), c.n, c.column);
}

/* What is to be known of the rows that people see. */
static void note_buys(kea_table *table, const kea_planner *p, double *scratch)
{
    char note[10 * TEXT];
    (void)snprintf(note, sizeof note, "%s",
                   kea_text("Hours differ between draws as their price does."));
    for (size_t m = 0; m < p->n_measures; m++) {
        double highest = 0.0;
        for (size_t k = 0; k < p->n_levels; k++)
            if (p->asked[k])
                highest = fmax(highest,
                               kea_planner_estimate(p, KEA_PLANNER_MEASURE + m, k, scratch).mean);
        kea_answers_measure_note(note, sizeof note, p->measure[m], highest);
    }
    kea_table_note(table, note);
}

kea_status kea_planner_buys(kea_table *table, const kea_planner *planner, kea_error *err)
{
    const kea_planner *p = planner;
    double *scratch = NULL, today[KEA_MAX_PAYERS];
    const kea_whole whole = kea_answers_whole(&p->answers);
    *table = (kea_table){0};
    kea_status status = open_scratch(&scratch, p, err);
    if (status != KEA_OK)
        return status;
    double cost = kea_contribution_paid(&p->plan.terms, p->today, today);
    init_buys(table, p);
    for (size_t k = 0; k < p->n_levels; k++) {
        put_level(table, p, k);
        kea_table_scaled(table, MONEY, p->money[k], whole.scale, KEA_COLUMN_DECIMALS);
        kea_table_scaled(table, OF_TODAY, p->money[k] / cost, 100.0, KEA_COLUMN_DECIMALS);
        put_estimate(table, HOURS, kea_planner_estimate(p, KEA_PLANNER_HOURS, k, scratch), 1.0);
        for (size_t m = 0; m < p->n_measures; m++)
            put_estimate(table, MEASURES + PER_ESTIMATE * m,
                         kea_planner_estimate(p, KEA_PLANNER_MEASURE + m, k, scratch),
                         is_share(p->measure[m]) ? 100.0 : 1.0);
    }
    note_buys(table, p, scratch);
    free(scratch);
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- what it brings */

static void init_brings(kea_table *table, const kea_planner *p)
{
    columns c = {0};
    const kea_frame *frame = p->plan.frame;
    const kea_whole whole = kea_answers_whole(&p->answers);
    char many[TEXT], per[TEXT], name[TEXT], note[3 * TEXT], amount[64];
    (void)snprintf(many, sizeof many, kea_text("%s per %s"), kea_text(frame->effects[0].gained),
                   kea_text(frame->population.many));
    const kea_column gain = {"gained_per_many", many, "", kea_answers_decimals(&p->answers),
                             KEA_COLUMN_BOTH};
    const kea_column cost = {"extra_cost_%s", kea_text("extra cost"), whole.unit, 0,
                             KEA_COLUMN_BOTH};
    const kea_column benefit = {"net_benefit_%s", kea_text("net benefit"), whole.unit, 0,
                                KEA_COLUMN_BOTH};
    add_level(&c);
    add_estimate(&c, &gain, KEA_COLUMN_CSV);
    for (size_t e = 0; e < p->n_effects; e++) {
        const kea_effect *effect = &frame->effects[e];
        (void)snprintf(name, sizeof name, "%s_gained", effect->key);
        const kea_column gained = {name, kea_text(effect->gained), "", whole.thousands ? 0 : 2,
                                   e == 0 || e + 1 == p->n_effects ? KEA_COLUMN_BOTH
                                                                   : KEA_COLUMN_CSV};
        add_estimate(&c, &gained, KEA_COLUMN_CSV);
    }
    add_estimate(&c, &cost, KEA_COLUMN_CSV);
    (void)snprintf(per, sizeof per, kea_text("cost per %s"), kea_text(frame->effects[0].gain));
    const kea_column ratio = {"cost_per_gained_%s", per, "%s", 0, KEA_COLUMN_BOTH};
    add_estimate(&c, &ratio, KEA_COLUMN_CSV);
    add_estimate(&c, &benefit, KEA_COLUMN_BOTH);
    add(&c, "probability_worth_it", kea_text("worth it, probability"), "%", 0, KEA_COLUMN_BOTH);
    kea_answers_table(table, &p->answers, kea_text("What a contribution brings"), c.n, c.column);
    kea_planner_amount(p, p->plan.wtp, amount, sizeof amount);
    kea_answers_capital(many, sizeof many, frame->population.whole);
    /* TRANSLATORS: "Whole school", "EUR 40,000", "early leaver prevented" */
    (void)snprintf(note, sizeof note,
                   kea_text("%s, window and run-out, discounted, but for what is per many; net "
                            "benefit at %s per %s."),
                   many, amount, kea_text(frame->effects[0].gain));
    kea_table_note(table, note);
}

/* Cost per effect: the ratio of means, its interval by acceptability; nothing without money, and
 * where it is cheaper or without effect: nothing is paid for an effect then. */
static kea_status put_ratio(kea_table *table, size_t column, const kea_planner *p, size_t level,
                            double *scratch, kea_error *err)
{
    kea_ratio ratio = {
        .value = (double)NAN, .error = (double)NAN, .low = (double)NAN, .high = (double)NAN};
    size_t n = p->plan.n_points;
    const double *cost = kea_planner_at(p, KEA_PLANNER_COST, level);
    const double *effect = kea_planner_at(p, KEA_PLANNER_EFFECT, level);
    const kea_pairs pairs = {n, 2, scratch, scratch + 2 * n};
    kea_status status = KEA_OK;
    for (size_t i = 0; i < n; i++) {
        pairs.cost[2 * i] = pairs.effect[2 * i] = 0.0;
        pairs.cost[2 * i + 1] = cost[i];
        pairs.effect[2 * i + 1] = effect[i];
    }
    if (p->arm[level] > 0)
        status = kea_ratio_of(&ratio, &pairs, 1, 0, err);
    if (ratio.quadrant != KEA_COSTS_AND_HELPS)
        ratio.value = ratio.error = ratio.low = ratio.high = (double)NAN;
    kea_table_number(table, column, ratio.value, KEA_COLUMN_DECIMALS);
    kea_table_number(table, column + 1, ratio.error, KEA_COLUMN_DECIMALS);
    kea_table_number(table, column + 2, ratio.low, KEA_COLUMN_DECIMALS);
    kea_table_number(table, column + 3, ratio.high, KEA_COLUMN_DECIMALS);
    return status;
}

kea_status kea_planner_brings(kea_table *table, const kea_planner *planner, kea_error *err)
{
    const kea_planner *p = planner;
    double *scratch = NULL, scale = kea_answers_whole(&p->answers).scale;
    size_t effects = FIRST + PER_ESTIMATE, cost = effects + PER_ESTIMATE * p->n_effects;
    const kea_ladder benefit = kea_planner_ladder(p, KEA_PLANNER_BENEFIT);
    *table = (kea_table){0};
    kea_status status = open_scratch(&scratch, p, err);
    if (status != KEA_OK)
        return status;
    init_brings(table, p);
    for (size_t k = 0; k < p->n_levels && status == KEA_OK; k++) {
        put_level(table, p, k);
        put_estimate(table, FIRST, kea_planner_estimate(p, KEA_PLANNER_GAIN, k, scratch), 1.0);
        for (size_t e = 0; e < p->n_effects; e++)
            put_estimate(table, effects + PER_ESTIMATE * e,
                         kea_planner_estimate(p, KEA_PLANNER_EFFECT + e, k, scratch), 1.0);
        put_estimate(table, cost, kea_planner_estimate(p, KEA_PLANNER_COST, k, scratch), scale);
        status = put_ratio(table, cost + PER_ESTIMATE, p, k, scratch, err);
        put_estimate(table, cost + 2 * PER_ESTIMATE,
                     kea_planner_estimate(p, KEA_PLANNER_BENEFIT, k, scratch), scale);
        kea_table_scaled(table, cost + 3 * PER_ESTIMATE, kea_ladder_share(&benefit, k), 100.0,
                         KEA_COLUMN_DECIMALS);
    }
    free(scratch);
    return status == KEA_OK ? kea_table_check(table, err) : status;
}

/* ---------------------------------------------------------------- where payers stand */

enum { KIND = FIRST, WHO, PAID, SAVED = PAID + PER_ESTIMATE, LATER = SAVED + PER_ESTIMATE };
enum { NET = LATER + 1, GAINS = NET + PER_ESTIMATE };

static void put_position(kea_table *table, const kea_planner *p, size_t level, size_t who,
                         double *scratch)
{
    size_t n = p->plan.n_points;
    const kea_ladder net = kea_planner_ladder(p, KEA_PLANNER_NET + who);
    const double *paid = kea_planner_at(p, KEA_PLANNER_PAID + who, level);
    const double *gained = kea_planner_at(p, KEA_PLANNER_NET + who, level);
    put_level(table, p, level);
    kea_table_text(table, KIND, who + 2 < p->n_who ? "payer" : "perspective");
    kea_table_text(table, WHO, p->who[who].key);
    put_estimate(table, PAID, kea_planner_estimate(p, KEA_PLANNER_PAID + who, level, scratch), 1.0);
    for (size_t i = 0; i < n; i++)
        scratch[i] = gained[i] + paid[i];
    put_estimate(table, SAVED, kea_estimate_of(scratch, n), 1.0);
    kea_table_number(table, LATER,
                     kea_planner_estimate(p, KEA_PLANNER_LATER + who, level, scratch).mean,
                     KEA_COLUMN_DECIMALS);
    put_estimate(table, NET, kea_planner_estimate(p, KEA_PLANNER_NET + who, level, scratch), 1.0);
    kea_table_number(table, GAINS, kea_ladder_share(&net, level), KEA_COLUMN_DECIMALS);
}

kea_status kea_planner_positions(kea_table *table, const kea_planner *planner, kea_error *err)
{
    const kea_column_use csv = KEA_COLUMN_CSV; /* people get kea_planner_nets and _gains */
    const kea_column paid = {"paid_%s", "", "", 0, csv}, saved = {"saved_%s", "", "", 0, csv},
                     net = {"net_%s", "", "", 0, csv};
    columns c = {0};
    double *scratch = NULL;
    *table = (kea_table){0};
    kea_status status = open_scratch(&scratch, planner, err);
    if (status != KEA_OK)
        return status;
    add_level(&c);
    add(&c, "kind", "", "", 0, csv);
    add(&c, "who", "", "", 0, csv);
    add_estimate(&c, &paid, csv);
    add_estimate(&c, &saved, csv);
    add(&c, "of_which_saved_later_%s", "", "", 0, csv);
    add_estimate(&c, &net, csv);
    add(&c, "probability_gains", "", "", 3, csv);
    kea_answers_table(table, &planner->answers, "", c.n, c.column);
    for (size_t k = 0; k < planner->n_levels; k++)
        for (size_t who = 0; who < planner->n_who; who++)
            put_position(table, planner, k, who, scratch);
    free(scratch);
    return kea_table_check(table, err);
}

/* A column for everybody but the payer "society": what it bears is in the last. */
static bool is_column(const kea_planner *p, size_t who)
{
    return who + 2 >= p->n_who || strcmp(p->who[who].key, "society") != 0;
}

/* The mean net position, or the probability that it is above 0, in percent. */
static kea_status by_who(kea_table *table, const kea_planner *p, bool probability,
                         const char *title, const char *note, kea_error *err)
{
    columns c = {0};
    double *scratch = NULL;
    const kea_whole whole = kea_answers_whole(&p->answers);
    *table = (kea_table){0};
    kea_status status = open_scratch(&scratch, p, err);
    if (status != KEA_OK)
        return status;
    add_level(&c);
    for (size_t who = 0; who < p->n_who; who++)
        if (is_column(p, who))
            add(&c, p->who[who].key, kea_text(p->who[who].label), probability ? "%" : whole.unit, 0,
                KEA_COLUMN_BOTH);
    kea_answers_table(table, &p->answers, title, c.n, c.column);
    kea_table_note(table, note);
    for (size_t k = 0; k < p->n_levels; k++) {
        size_t at = FIRST;
        put_level(table, p, k);
        for (size_t who = 0; who < p->n_who; who++) {
            const kea_ladder net = kea_planner_ladder(p, KEA_PLANNER_NET + who);
            if (is_column(p, who) && probability)
                kea_table_scaled(table, at++, kea_ladder_share(&net, k), 100.0, 0);
            else if (is_column(p, who))
                kea_table_scaled(table, at++,
                                 kea_planner_estimate(p, KEA_PLANNER_NET + who, k, scratch).mean,
                                 whole.scale, 0);
        }
    }
    free(scratch);
    return kea_table_check(table, err);
}

kea_status kea_planner_nets(kea_table *table, const kea_planner *planner, kea_error *err)
{
    return by_who(table, planner, false, kea_text("Who gains, and who loses (-)"),
                  kea_text("What each saves, during and later, less what it pays for the strategy; "
                           "mean, discounted."),
                  err);
}

kea_status kea_planner_gains(kea_table *table, const kea_planner *planner, kea_error *err)
{
    return by_who(table, planner, true, kea_text("How likely each gains"), "", err);
}
