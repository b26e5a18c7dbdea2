/* Tables of what other values bring: one number, combinations of several, and what-if scenarios. */
#include "sim/report/sensitivity_shared.h"

#include "sim/core/memory.h"
#include "sim/inputs/what_if.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT = KEA_SENSITIVITY_TEXT,
    PER_QUANTITY = 4,
    MOST = 1 + 2 * KEA_VARIATION_AXES + PER_QUANTITY * KEA_SENSITIVITY_QUANTITIES + 3
};
_Static_assert((int)MOST <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* Columns while they are gathered: their texts live here. */
typedef struct columns {
    const kea_sensitivity *s;
    const kea_sensitivity_part *part;
    size_t n;
    kea_column column[MOST];
    char name[MOST][160], title[MOST][2 * TEXT];
    size_t first_quantity;
} columns;

static void add(columns *c, const char *unit, int decimals, kea_column_use use)
{
    c->column[c->n] = (kea_column){c->name[c->n], c->title[c->n], unit, decimals, use};
    c->n++;
}

static void add_named(columns *c, const char *name, const char *title, const char *unit,
                      int decimals, kea_column_use use)
{
    (void)snprintf(c->name[c->n], sizeof c->name[0], "%s", name);
    (void)snprintf(c->title[c->n], sizeof c->title[0], "%s", title);
    add(c, unit, decimals, use);
}

static bool is_drawn(const columns *c)
{
    return c->part->design->variation->drawn;
}

static bool has_levels(const kea_varied *varied)
{
    return varied->how != KEA_VARIED_VALUE;
}

/* The value that a number gets, where it is one number, and the factor or quantile that gave it. */
static void add_axis(columns *c, size_t axis)
{
    const kea_varied *varied = &c->part->design->variation->axes[axis];
    const kea_varied_words w = kea_sensitivity_axis(c->s, c->part, axis);
    if (w.has_value)
        add_named(c, varied->name, w.name, w.unit, w.value_decimals, KEA_COLUMN_BOTH);
    if (!has_levels(varied))
        return;
    bool factor = varied->how == KEA_VARIED_FACTOR;
    (void)snprintf(c->name[c->n], sizeof c->name[0], "%.130s_%s", varied->name,
                   factor ? "factor" : "quantile");
    (void)snprintf(c->title[c->n], sizeof c->title[0],
                   factor ? kea_text("%s, times") : kea_text("%s, quantile"),
                   w.has_value ? "" : w.name);
    if (w.has_value)
        (void)snprintf(c->title[c->n], sizeof c->title[0], "%s",
                       factor ? kea_text("times") : kea_text("quantile"));
    add(c, "", w.level_decimals, KEA_COLUMN_BOTH);
}

static void add_quantity(columns *c, size_t quantity)
{
    const kea_quantity_words w = kea_sensitivity_words(c->s, quantity);
    const kea_column_use interval = is_drawn(c) ? KEA_COLUMN_BOTH : KEA_COLUMN_CSV;
    const kea_column_use error = is_drawn(c) ? KEA_COLUMN_CSV : KEA_COLUMN_BOTH;
    add_named(c, w.column, w.title, w.unit, w.decimals, KEA_COLUMN_BOTH);
    (void)snprintf(c->name[c->n], sizeof c->name[0], "%.80s_error", w.key);
    (void)snprintf(c->title[c->n], sizeof c->title[0], "%s", kea_text("MC error"));
    add(c, "", w.decimals + 1, error);
    (void)snprintf(c->name[c->n], sizeof c->name[0], "%.80s_low", w.key);
    (void)snprintf(c->title[c->n], sizeof c->title[0], "%s", kea_text("95% from"));
    add(c, "", w.decimals, interval);
    (void)snprintf(c->name[c->n], sizeof c->name[0], "%.80s_high", w.key);
    (void)snprintf(c->title[c->n], sizeof c->title[0], "%s", kea_text("95% to"));
    add(c, "", w.decimals, interval);
}

static void add_quantities(columns *c)
{
    c->first_quantity = c->n;
    for (size_t q = 0; q < c->s->n_quantities; q++)
        add_quantity(c, q);
}

static void start(kea_table *table, const columns *c, const char *title)
{
    char note[512], amount[64], whole[160];
    const kea_frame *frame = c->s->answers.frame;
    kea_answers_table(table, &c->s->answers, title, c->n, c->column);
    kea_money_write(amount, sizeof amount, frame->currency,
                    c->s->quantity[KEA_SENSITIVITY_BENEFIT].wtp, 4);
    kea_answers_capital(whole, sizeof whole, frame->population.whole);
    /* TRANSLATORS: "Whole school", "EUR 40,000", "early leaver prevented" */
    (void)snprintf(note, sizeof note,
                   kea_text("%s, window and run-out, discounted; net benefit at %s per %s. MC "
                            "error: Monte Carlo standard error."),
                   whole, amount, kea_text(frame->effects[0].gain));
    kea_table_note(table, note);
}

static void put_quantities(kea_table *table, const columns *c, size_t arm, size_t group,
                           double *scratch)
{
    for (size_t q = 0; q < c->s->n_quantities; q++) {
        kea_estimate value = kea_sensitivity_estimate(c->s, c->part, q, arm, group, scratch);
        kea_answers_put(table, c->first_quantity + PER_QUANTITY * q, value,
                        kea_sensitivity_words(c->s, q).scale, KEA_COLUMN_DECIMALS);
    }
}

static void put_strategy(kea_table *table, const columns *c, size_t arm)
{
    const kea_problem *problem = c->s->answers.problem;
    const char *name = problem->care[c->part->design->arms[arm].care].name;
    kea_table_key(table, 0, name, kea_text(name));
}

/* ---------------------------------------------------------------- grids */

static void write_title(const columns *c, char *title, size_t size)
{
    const kea_variation *variation = c->part->design->variation;
    size_t used = 0;
    title[0] = '\0';
    for (size_t i = 0; i < variation->n_axes && used < size; i++) {
        const kea_varied_words w = kea_sensitivity_axis(c->s, c->part, i);
        const char *between = i == 0 ? "" : i + 1 < variation->n_axes ? ", " : kea_text(" and ");
        int n = snprintf(title + used, size - used, "%s%s", between, w.name);
        used += n > 0 ? (size_t)n : 0;
    }
}

/* The share of points with a positive net benefit, ties counting half. */
static double positive(const columns *c, size_t arm, size_t group)
{
    size_t n = c->part->design->n_repeats;
    const double *value =
        kea_sensitivity_values(c->s, c->part, KEA_SENSITIVITY_BENEFIT, arm) + group * n;
    double count = 0.0;
    for (size_t i = 0; i < n; i++)
        count += value[i] > 0.0 ? 1.0 : value[i] == 0.0 ? 0.5 : 0.0;
    return is_drawn(c) ? count / (double)n : (double)NAN;
}

static void put_cell(kea_table *table, const columns *c, size_t arm, size_t group, double *scratch)
{
    const kea_variation *variation = c->part->design->variation;
    size_t at = 1;
    kea_table_row(table);
    put_strategy(table, c, arm);
    for (size_t i = 0; i < variation->n_axes; i++) {
        const kea_varied_words w = kea_sensitivity_axis(c->s, c->part, i);
        double level = kea_variation_level(variation, group, i);
        if (w.has_value)
            kea_table_scaled(table, at++, kea_sensitivity_along(c->s, c->part, i, level),
                             w.share ? 100.0 : 1.0, KEA_COLUMN_DECIMALS);
        if (has_levels(&variation->axes[i]))
            kea_table_number(table, at++, level, KEA_COLUMN_DECIMALS);
    }
    put_quantities(table, c, arm, group, scratch);
    kea_table_scaled(table, c->n - 1, positive(c, arm, group), 100.0, KEA_COLUMN_DECIMALS);
}

kea_status kea_sensitivity_grid(kea_table *table, const kea_sensitivity *s,
                                const kea_sensitivity_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    char names[512], title[700];
    columns c = {.s = s, .part = part};
    *table = (kea_table){0};
    KEA_TRY(kea_memory_new(&scratch, part->design->n_repeats, sizeof(double), err));
    add_named(&c, "strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(&s->answers));
    for (size_t i = 0; i < part->design->variation->n_axes; i++)
        add_axis(&c, i);
    add_quantities(&c);
    add_named(&c, "probability_positive", kea_text("worth it, probability"), "%", 0,
              is_drawn(&c) ? KEA_COLUMN_BOTH : KEA_COLUMN_CSV);
    write_title(&c, names, sizeof names);
    (void)snprintf(title, sizeof title, kea_text("Other values of \"%s\""), names);
    start(table, &c, title);
    for (size_t group = 0; group < part->design->n_groups; group++)
        for (size_t arm = 1; arm < part->design->n_arms; arm++)
            put_cell(table, &c, arm, group, scratch);
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}

/* ---------------------------------------------------------------- what-ifs */

/* The quantity asked about less that of the scenario as it is, point by point. */
static kea_estimate change_of(const columns *c, size_t arm, size_t group, double *scratch)
{
    size_t n = c->part->design->n_repeats;
    const double *value = kea_sensitivity_values(c->s, c->part, c->s->of, arm);
    for (size_t i = 0; i < n; i++)
        scratch[i] = value[group * n + i] - value[i];
    return kea_estimate_of(scratch, n);
}

static void put_what_if(kea_table *table, const columns *c, size_t arm, size_t group,
                        double *scratch)
{
    const kea_problem *problem = c->s->answers.problem;
    const kea_what_if *what = group > 0 ? &problem->what_ifs[group - 1] : NULL;
    double scale = kea_sensitivity_words(c->s, c->s->of).scale;
    kea_table_row(table);
    put_strategy(table, c, arm);
    kea_table_key(table, 1, what ? what->name : "base",
                  what ? kea_text(what->name) : kea_text("base"));
    put_quantities(table, c, arm, group, scratch);
    if (group == 0)
        return;
    kea_estimate change = change_of(c, arm, group, scratch);
    kea_table_scaled(table, c->n - 2, change.mean, scale, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, c->n - 1, change.error, scale, KEA_COLUMN_DECIMALS);
}

kea_status kea_sensitivity_what_if(kea_table *table, const kea_sensitivity *s,
                                   const kea_sensitivity_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    char title[TEXT + 64];
    columns c = {.s = s, .part = part};
    const kea_quantity_words of = kea_sensitivity_words(s, s->of);
    *table = (kea_table){0};
    KEA_TRY(kea_memory_new(&scratch, part->design->n_repeats, sizeof(double), err));
    add_named(&c, "strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(&s->answers));
    add_named(&c, "what_if", kea_text("what if"), "", 0, KEA_COLUMN_BOTH);
    add_quantities(&c);
    (void)snprintf(title, sizeof title, kea_text("change of the %s"), of.title);
    add_named(&c, "change", title, of.unit, of.decimals, KEA_COLUMN_BOTH);
    add_named(&c, "change_error", kea_text("MC error"), "", of.decimals + 1, KEA_COLUMN_CSV);
    start(table, &c, kea_text("What if"));
    for (size_t group = 0; group < part->design->n_groups; group++)
        for (size_t arm = 1; arm < part->design->n_arms; arm++)
            put_what_if(table, &c, arm, group, scratch);
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
