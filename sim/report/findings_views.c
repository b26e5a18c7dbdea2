/* The table of several effects and perspectives side by side. */
#include "sim/report/findings_shared.h"

#include "sim/report/names.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* An estimate takes four columns. */
enum {
    EFFECT,
    COSTS,
    STRATEGY,
    COST,
    GAINED = COST + 4,
    RATIO = GAINED + 4,
    RATIO_ERROR,
    RATIO_LOW,
    RATIO_HIGH,
    VERDICT,
    WORTH,
    BENEFIT,
    POSITIVE = BENEFIT + 4,
    PROBABILITY,
    BEST,
    SURE,
    N_COLUMNS
};
_Static_assert((int)N_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* From here on money is told in thousands. */
static const double large = 1e5;

/* The largest increments of all views. */
typedef struct sizes {
    double cost, effect;
} sizes;

static sizes measure(const kea_views *views)
{
    sizes most = {0.0, 0.0};
    for (size_t v = 0; v < views->n; v++)
        for (size_t arm = 1; arm < views->n_arms; arm++) {
            most.cost = fmax(most.cost, fabs(views->view[v].arm[arm].ratio.cost.mean));
            most.effect = fmax(most.effect, fabs(views->view[v].arm[arm].ratio.effect.mean));
        }
    return most;
}

/* The strategy that the terminal tells of. */
static size_t shown_arm(const kea_findings *f)
{
    return f->ranks[0].arm ? f->ranks[0].arm : f->ranks[1].arm;
}

static void init(kea_table *table, const kea_findings *f, const sizes *most)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const bool thousands = most->cost >= large;
    const char *unit = thousands ? kea_text("1,000 %s") : "%s";
    const int money = thousands ? most->cost < 10.0 * large : kea_findings_decimals(most->cost);
    const int some = most->effect >= 100.0 ? 1 : kea_findings_decimals(most->effect);
    const kea_column columns[N_COLUMNS] = {
        {"effect", "", "", 0, KEA_COLUMN_GROUP},
        {"perspective", kea_text("whose costs"), "", 0, both},
        {"strategy", "", "", 0, csv},
        {"extra_cost", kea_text("extra cost"), unit, money, both},
        {"extra_cost_error", "", "", 0, csv},
        {"extra_cost_low", "", "", 0, csv},
        {"extra_cost_high", "", "", 0, csv},
        {"gained", kea_text("effect gained"), "", some, both},
        {"gained_error", "", "", 0, csv},
        {"gained_low", "", "", 0, csv},
        {"gained_high", "", "", 0, csv},
        {"cost_per_effect", kea_text("cost per effect"), "%s", 0, both},
        {"cost_per_effect_error", "", "", 0, csv},
        {"cost_per_effect_low", "", "", 0, csv},
        {"cost_per_effect_high", "", "", 0, csv},
        {"verdict", "", "", 0, csv},
        {"willingness_to_pay", kea_text("worth of one"), "%s", 0, both},
        {"net_benefit", kea_text("net benefit"), unit, money, both},
        {"net_benefit_error", "", "", 0, csv},
        {"net_benefit_low", "", "", 0, csv},
        {"net_benefit_high", "", "", 0, csv},
        {"probability_positive", "", "", 0, csv},
        {"probability_best", "", "", 0, csv},
        {"best_on_average", kea_text("best on average"), "", 0, both},
        {"best_probability", kea_text("how sure"), "%", 0, both},
    };
    char title[KEA_FINDINGS_TEXT];
    (void)snprintf(title, sizeof title,
                   kea_text("Several effects and perspectives side by side: %s against %s"),
                   f->psa->arms[shown_arm(f)].title, f->psa->arms[0].title);
    kea_findings_table(table, f, title, N_COLUMNS, columns);
}

static void write_note(kea_table *table, const kea_views *views)
{
    bool later = false;
    char note[2 * KEA_FINDINGS_TEXT];
    for (size_t v = 0; v < views->n; v++)
        later = later || views->view[v].later;
    (void)snprintf(
        note, sizeof note, "%s%s%s",
        kea_text("Net benefit: worth of one x effect gained - extra cost, where a willingness to "
                 "pay for one is given; how sure: probability that what is best on average is the "
                 "best."),
        later ? " " : "",
        later
            ? kea_text(
                  "Society counts later costs too, but no transfers; the public purse counts later "
                  "costs and transfers of all payers but society. A willingness to pay as a rule "
                  "holds what an effect brings later; where later costs are counted in money, it "
                  "is not added to them: one is then worth 0, net benefit is money saved, and a "
                  "cost per "
                  "effect is what is left to pay, not to be held against that amount.")
            : "");
    kea_table_note(table, note);
}

static void put(kea_table *table, size_t column, const kea_estimate *estimate, double scale)
{
    kea_table_scaled(table, column, estimate->mean, scale, KEA_COLUMN_DECIMALS);
    kea_table_number(table, column + 1, estimate->error, 0);
    kea_table_number(table, column + 2, estimate->low, 0);
    kea_table_number(table, column + 3, estimate->high, 0);
}

static void put_row(kea_table *table, const kea_findings *f, const kea_view *view, size_t arm,
                    double scale)
{
    const kea_effect *effect = &f->options.frame->effects[view->effect];
    const kea_view_arm *of = &view->arm[arm];
    kea_table_row(table);
    kea_table_key(table, EFFECT, effect->key, kea_text(effect->gain));
    kea_table_key(table, COSTS, kea_perspective_name(view->perspective),
                  kea_names_perspective(f->options.frame, view->perspective));
    kea_findings_put_arm(table, STRATEGY, f, arm);
    put(table, COST, &of->ratio.cost, scale);
    put(table, GAINED, &of->ratio.effect, 1.0);
    kea_table_number(table, RATIO, of->ratio.value, KEA_COLUMN_DECIMALS);
    kea_table_number(table, RATIO_ERROR, of->ratio.error, 0);
    kea_table_number(table, RATIO_LOW, of->ratio.low, 0);
    kea_table_number(table, RATIO_HIGH, of->ratio.high, 0);
    kea_table_text(table, VERDICT, kea_quadrant_name(of->ratio.quadrant));
    kea_table_number(table, WORTH, view->wtp, KEA_COLUMN_DECIMALS);
    put(table, BENEFIT, &of->benefit.benefit, scale);
    kea_table_number(table, POSITIVE, of->benefit.probability, 0);
    kea_table_number(table, PROBABILITY, of->probability, 0);
    if (view->best != KEA_VIEW_NONE) {
        kea_findings_put_arm(table, BEST, f, view->best);
        kea_table_scaled(table, SURE, view->arm[view->best].probability, 100.0,
                         KEA_COLUMN_DECIMALS);
    } else {
        kea_table_key(table, BEST, "", "-");
    }
    if (arm != shown_arm(f))
        kea_table_hide(table);
}

kea_status kea_findings_views(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_views *views = findings->options.views;
    const sizes most = measure(views);
    const double scale = most.cost >= large ? 0.001 : 1.0;
    init(table, findings, &most);
    for (size_t v = 0; v < views->n; v++)
        for (size_t arm = 1; arm < views->n_arms; arm++)
            put_row(table, findings, &views->view[v], arm, scale);
    write_note(table, views);
    return kea_table_check(table, err);
}
