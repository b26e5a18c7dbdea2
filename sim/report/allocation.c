/* Where hours do most: the division of every budget, and the tables. */
#include "sim/report/allocation.h"

#include "sim/core/memory.h"
#include "sim/report/allocation_shared.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, LONG = 1024, STEPS = 400, RESAMPLES = 400 };

const double kea_allocation_times[KEA_ALLOCATION_BUDGETS] = {0.25, 0.5, 1.0, 2.0};

void kea_allocation_free(kea_allocation *a)
{
    free(a->site);
    free(a->rate);
    free(a->hours);
    free(a->cost);
    free(a->value);
    free(a->whole);
    free(a->share);
    *a = (kea_allocation){0};
}

const kea_allocation_share *kea_allocation_shares(const kea_allocation *a, size_t budget)
{
    return a->share + budget * a->curves.n_sites;
}

/* The bootstrap is for the budget asked for. */
static kea_status solve(kea_allocation *a, size_t budget, double *judged, kea_error *err)
{
    double times = kea_allocation_times[budget];
    const kea_allocation_options options = {.budget = a->budget * times,
                                            .steps = (size_t)lrint(STEPS * times),
                                            .resamples =
                                                budget == KEA_ALLOCATION_ASKED ? RESAMPLES : 0,
                                            .seed = a->answers.problem->settings.seed,
                                            .best_of_draw = judged};
    return kea_allocation_find(&a->sum[budget], a->share + budget * a->curves.n_sites, &a->curves,
                               &options, err);
}

/* Sets the best division, judged[n_draws], against one team. */
static void compare_whole(kea_allocation *a, double *judged)
{
    size_t n = a->curves.n_draws;
    for (size_t d = 0; d < n; d++)
        judged[d] -= a->whole[d];
    a->whole_gain = kea_estimate_of(judged, n);
    for (size_t d = 0; d < n; d++)
        judged[d] = a->whole[d];
    a->of_whole = kea_estimate_of(judged, n);
}

kea_status kea_allocation_solve(kea_allocation *a, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *judged = NULL;
    kea_error why = {0};
    KEA_TRY(
        kea_memory_new(&block, KEA_ALLOCATION_BUDGETS * a->curves.n_sites, sizeof *a->share, err));
    a->share = block;
    KEA_TRY(kea_memory_new(&judged, a->curves.n_draws, sizeof(double), err));
    for (size_t b = 0; b < KEA_ALLOCATION_BUDGETS; b++) {
        status = solve(a, b, judged, &why);
        a->solved[b] = status == KEA_OK;
        if (status != KEA_OK && (b == KEA_ALLOCATION_ASKED || status != KEA_ERR_USAGE)) {
            status = kea_error_set(err, status, "%s", why.text);
            goto done;
        }
        status = KEA_OK;
        if (b == KEA_ALLOCATION_ASKED && a->whole)
            compare_whole(a, judged);
    }
done:
    free(judged);
    return status;
}

double kea_allocation_hours(const kea_allocation *a, size_t site, double amount)
{
    size_t n = a->curves.n_levels;
    return kea_allocation_line(n, a->curves.amount + site * n, a->hours + site * n, amount);
}

/* What a site's team costs a year at an amount; NAN when not known. */
static double cost_at(const kea_allocation *a, size_t site, double amount)
{
    size_t n = a->curves.n_levels;
    return a->cost ? kea_allocation_line(n, a->curves.amount + site * n, a->cost + site * n, amount)
                   : (double)NAN;
}

/* ---------------------------------------------------------------- words */

kea_quantity_words kea_allocation_words(const kea_allocation *a)
{
    const kea_sensitivity s = {.answers = a->answers,
                               .outcomes = a->outcomes,
                               .n_quantities = 1,
                               .quantity = {a->quantity}};
    kea_quantity_words w = kea_sensitivity_words(&s, 0);
    const bool of_outcome = a->quantity.kind == KEA_QUANTITY_OUTCOME;
    (void)snprintf(w.column, sizeof w.column, "%s%s", a->turned ? "less_" : "", w.key);
    if (a->turned)
        /* TRANSLATORS: an outcome or cost; how much less of it there is */
        (void)snprintf(w.title, sizeof w.title, kea_text("less of: %s"),
                       of_outcome ? kea_text(a->outcomes[a->quantity.outcome].label)
                                  : kea_text("extra cost"));
    return w;
}

void kea_allocation_amount(const kea_allocation *a, double value, char *text, size_t size)
{
    if (kea_allocation_words(a).money)
        kea_money_write(text, size, a->answers.frame->currency, value, 4);
    else
        kea_number_write(text, size, value, 3);
}

void kea_allocation_budget(const kea_allocation *a, double budget, char *text, size_t size)
{
    char number[64];
    if (a->money)
        kea_money_write(number, sizeof number, a->answers.frame->currency, budget, 4);
    else
        kea_number_write(number, sizeof number, budget, 4);
    (void)snprintf(text, size, a->money ? kea_text("%s a year") : kea_text("%s hours a week"),
                   number);
}

/* "EUR" in names of columns. */
static void write_small(char *text, size_t size, const char *currency)
{
    size_t i = 0;
    for (; currency[i] && i + 1 < size; i++)
        text[i] = (char)tolower((unsigned char)currency[i]);
    text[i] = '\0';
}

static const char *currency_of(const kea_allocation *a)
{
    return a->answers.frame->currency;
}

static const char *size_unit(const kea_allocation *a)
{
    const kea_param_table *params = &a->answers.problem->params;
    size_t index = 0;
    return kea_param_table_find(params, params->size, &index) ? params->decl[index].unit : "";
}

/* ---------------------------------------------------------------- by site */

enum {
    SITE,
    SIZE,
    EVEN,
    BEST,
    LOW,
    HIGH,
    MORE,
    COST_EVEN,
    COST_BEST,
    QUANTITY,
    VALUE_EVEN,
    VALUE_BEST = VALUE_EVEN + 2,
    GAIN = VALUE_BEST + 2,
    SITE_COLUMNS = GAIN + 4
};

static void start_sites(kea_table *table, const kea_allocation *a)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const kea_quantity_words w = kea_allocation_words(a);
    const char *unit = w.money ? currency_of(a) : "";
    char cost_even[TEXT], cost_best[TEXT], small[16], title[LONG], budget[TEXT], in_thousands[TEXT];
    write_small(small, sizeof small, currency_of(a));
    (void)snprintf(cost_even, sizeof cost_even, "cost_even_%s_per_year", small);
    (void)snprintf(cost_best, sizeof cost_best, "cost_best_%s_per_year", small);
    (void)snprintf(in_thousands, sizeof in_thousands, w.money ? w.unit : "%s", unit);
    kea_allocation_budget(a, a->budget, budget, sizeof budget);
    (void)snprintf(title, sizeof title, kea_text("Where hours do most: %s of %s"), budget,
                   kea_answers_name(a->answers.problem, a->strategy));
    const kea_column columns[SITE_COLUMNS] = {
        [SITE] = {"site", kea_text("site"), "", 0, both},
        [SIZE] = {a->answers.problem->params.size, kea_text(size_unit(a)), "", 0, both},
        [EVEN] = {"hours_even", kea_text("in proportion"), kea_text("hours a week"), 0, both},
        [BEST] = {"hours_best", kea_text("best"), kea_text("hours a week"), 0, both},
        [LOW] = {"hours_low", kea_text("95% from"), "", 0, both},
        [HIGH] = {"hours_high", kea_text("95% to"), "", 0, both},
        [MORE] = {"more_share", kea_text("more than in proportion"), kea_text("% of samples"), 0,
                  both},
        [COST_EVEN] = {cost_even, "", "", 0, csv},
        [COST_BEST] = {cost_best, "", "", 0, csv},
        [QUANTITY] = {"quantity", "", "", 0, csv},
        [VALUE_EVEN] = {"value_even", kea_text("brings, in proportion"), in_thousands, w.decimals,
                        both},
        [VALUE_EVEN + 1] = {"value_even_error", "", "", 0, csv},
        [VALUE_BEST] = {"value_best", kea_text("brings, best"), in_thousands, w.decimals, both},
        [VALUE_BEST + 1] = {"value_best_error", "", "", 0, csv},
        [GAIN] = {"gain", kea_text("gain"), in_thousands, w.decimals, both},
        [GAIN + 1] = {"gain_error", "", "", 0, csv},
        [GAIN + 2] = {"gain_low", "", "", 0, csv},
        [GAIN + 3] = {"gain_high", "", "", 0, csv}};
    kea_table_init(table, title, SITE_COLUMNS, columns);
}

static void put_site(kea_table *table, const kea_allocation *a, size_t site)
{
    const kea_allocation_share *share = &kea_allocation_shares(a, KEA_ALLOCATION_ASKED)[site];
    const kea_quantity_words w = kea_allocation_words(a);
    const int own = KEA_COLUMN_DECIMALS;
    kea_table_row(table);
    kea_table_key(table, SITE, a->site[site].key, a->site[site].name);
    kea_table_number(table, SIZE, a->site[site].size, own);
    kea_table_number(table, EVEN, kea_allocation_hours(a, site, share->even), own);
    kea_table_number(table, BEST, kea_allocation_hours(a, site, share->best), own);
    kea_table_number(table, LOW, kea_allocation_hours(a, site, share->low), own);
    kea_table_number(table, HIGH, kea_allocation_hours(a, site, share->high), own);
    kea_table_scaled(table, MORE, share->more, 100.0, own);
    kea_table_number(table, COST_EVEN, cost_at(a, site, share->even), own);
    kea_table_number(table, COST_BEST, cost_at(a, site, share->best), own);
    kea_table_text(table, QUANTITY, w.column);
    kea_table_scaled(table, VALUE_EVEN, share->value_even.mean, w.scale, own);
    kea_table_number(table, VALUE_EVEN + 1, share->value_even.error, own);
    kea_table_scaled(table, VALUE_BEST, share->value_best.mean, w.scale, own);
    kea_table_number(table, VALUE_BEST + 1, share->value_best.error, own);
    kea_answers_put(table, GAIN, share->gain, w.scale, own);
}

/* The whole, judged on other draws than those that chose. */
static void put_together(kea_table *table, const kea_allocation *a)
{
    const kea_allocation_sum *sum = &a->sum[KEA_ALLOCATION_ASKED];
    const kea_quantity_words w = kea_allocation_words(a);
    const kea_allocation_share *share = kea_allocation_shares(a, KEA_ALLOCATION_ASKED);
    const int own = KEA_COLUMN_DECIMALS;
    double size = 0.0, even = 0.0, best = 0.0, cost_even = 0.0, cost_best = 0.0;
    for (size_t s = 0; s < a->curves.n_sites; s++) {
        size += a->site[s].size;
        even += kea_allocation_hours(a, s, share[s].even);
        best += kea_allocation_hours(a, s, share[s].best);
        cost_even += cost_at(a, s, share[s].even);
        cost_best += cost_at(a, s, share[s].best);
    }
    kea_table_row(table);
    kea_table_key(table, SITE, "together", kea_text("together"));
    kea_table_number(table, SIZE, size, own);
    kea_table_number(table, EVEN, even, own);
    kea_table_number(table, BEST, best, own);
    kea_table_number(table, COST_EVEN, cost_even, own);
    kea_table_number(table, COST_BEST, cost_best, own);
    kea_table_text(table, QUANTITY, w.column);
    kea_table_scaled(table, VALUE_EVEN, sum->value_even.mean, w.scale, own);
    kea_table_number(table, VALUE_EVEN + 1, sum->value_even.error, own);
    kea_table_scaled(table, VALUE_BEST, sum->value_best.mean, w.scale, own);
    kea_table_number(table, VALUE_BEST + 1, sum->value_best.error, own);
    kea_answers_put(table, GAIN, sum->gain, w.scale, own);
}

/* One team for all, with the same budget. */
static void put_whole(kea_table *table, const kea_allocation *a)
{
    const kea_quantity_words w = kea_allocation_words(a);
    const int own = KEA_COLUMN_DECIMALS;
    double size = 0.0, hours = 0.0;
    for (size_t s = 0; s < a->curves.n_sites; s++) {
        size += a->site[s].size;
        hours += kea_allocation_hours(a, s, kea_allocation_shares(a, KEA_ALLOCATION_ASKED)[s].even);
    }
    kea_table_row(table);
    kea_table_hide(table); /* people get a sentence: it is no proportional division */
    kea_table_text(table, SITE, "one_team");
    kea_table_number(table, SIZE, size, own);
    kea_table_number(table, EVEN, hours, own);
    kea_table_text(table, QUANTITY, w.column);
    kea_table_scaled(table, VALUE_EVEN, a->of_whole.mean, w.scale, own);
    kea_table_number(table, VALUE_EVEN + 1, a->of_whole.error, own);
    kea_answers_put(table, GAIN, a->whole_gain, w.scale, own);
}

kea_status kea_allocation_sites(kea_table *table, const kea_allocation *a, kea_error *err)
{
    char note[LONG];
    const kea_quantity_words w = kea_allocation_words(a);
    start_sites(table, a);
    for (size_t s = 0; s < a->curves.n_sites; s++)
        put_site(table, a, s);
    put_together(table, a);
    if (a->whole)
        put_whole(table, a);
    (void)snprintf(
        note, sizeof note,
        kea_text("Brings: %s over the decision and its run-out, discounted; means over "
                 "%zu parameter draws. 95%% from, to: where the best hours lie when it is "
                 "chosen again on draws drawn with replacement. Together: judged on "
                 "other draws than those that chose, so it can be a little less than "
                 "the sum of the rows."),
        w.title, a->curves.n_draws);
    kea_table_note(table, note);
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- by budget */

enum {
    BUDGET,
    B_QUANTITY,
    B_EVEN,
    B_BEST = B_EVEN + 4,
    B_GAIN = B_BEST + 4,
    B_APPARENT = B_GAIN + 4,
    B_BETTER,
    B_COLUMNS
};

static void start_budgets(kea_table *table, const kea_allocation *a)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const kea_quantity_words w = kea_allocation_words(a);
    char budget[TEXT], unit[TEXT], small[16];
    write_small(small, sizeof small, currency_of(a));
    (void)snprintf(budget, sizeof budget, a->money ? "budget_%s_per_year" : "budget_hours_per_week",
                   small);
    (void)snprintf(unit, sizeof unit, w.money ? w.unit : "%s", w.money ? currency_of(a) : "");
    kea_column columns[B_COLUMNS] = {
        [BUDGET] = {budget, kea_text("budget"),
                    a->money ? kea_text("a year") : kea_text("hours a week"), 0, both},
        [B_QUANTITY] = {"quantity", "", "", 0, csv},
        [B_EVEN] = {"value_even", kea_text("brings, in proportion"), unit, w.decimals, both},
        [B_EVEN + 1] = {"value_even_error", "", "", 0, csv},
        [B_EVEN + 2] = {"value_even_low", "", "", 0, csv},
        [B_EVEN + 3] = {"value_even_high", "", "", 0, csv},
        [B_BEST] = {"value_best", kea_text("brings, best"), unit, w.decimals, both},
        [B_BEST + 1] = {"value_best_error", "", "", 0, csv},
        [B_BEST + 2] = {"value_best_low", "", "", 0, csv},
        [B_BEST + 3] = {"value_best_high", "", "", 0, csv},
        [B_GAIN] = {"gain", kea_text("gain"), unit, w.decimals, both},
        [B_GAIN + 1] = {"gain_error", kea_text("Monte Carlo error"), unit, w.decimals + 1, both},
        [B_GAIN + 2] = {"gain_low", kea_text("95% from"), "", w.decimals, both},
        [B_GAIN + 3] = {"gain_high", kea_text("95% to"), "", w.decimals, both},
        [B_APPARENT] = {"gain_on_the_draws_that_chose", "", "", 0, csv},
        [B_BETTER] = {"better_share", kea_text("brings more"), kea_text("% of draws"), 0, both}};
    kea_table_init(table, kea_text("With less and with more"), B_COLUMNS, columns);
}

kea_status kea_allocation_budgets(kea_table *table, const kea_allocation *a, kea_error *err)
{
    const kea_quantity_words w = kea_allocation_words(a);
    const int own = KEA_COLUMN_DECIMALS;
    start_budgets(table, a);
    for (size_t b = 0; b < KEA_ALLOCATION_BUDGETS; b++) {
        const kea_allocation_sum *sum = &a->sum[b];
        if (!a->solved[b])
            continue;
        kea_table_row(table);
        kea_table_number(table, BUDGET, sum->budget, own);
        kea_table_text(table, B_QUANTITY, w.column);
        kea_answers_put(table, B_EVEN, sum->value_even, w.scale, own);
        kea_answers_put(table, B_BEST, sum->value_best, w.scale, own);
        kea_answers_put(table, B_GAIN, sum->gain, w.scale, own);
        kea_table_number(table, B_APPARENT, sum->apparent, own);
        kea_table_scaled(table, B_BETTER, sum->better, 100.0, own);
    }
    kea_table_note(table, kea_text("Every gain is judged on other draws than those that chose, on "
                                   "the same simulated people in both. Intervals are over draws."));
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- curves */

kea_status kea_allocation_levels(kea_table *table, const kea_allocation *a, kea_error *err)
{
    enum { L_SITE, L_RATE, L_HOURS, L_COST, L_QUANTITY, L_VALUE, L_COLUMNS = L_VALUE + 4 };
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_allocation_curves *c = &a->curves;
    const kea_quantity_words w = kea_allocation_words(a);
    char cost[TEXT], small[16];
    void *block = NULL;
    write_small(small, sizeof small, currency_of(a));
    (void)snprintf(cost, sizeof cost, "cost_%s_per_year", small);
    const kea_column columns[L_COLUMNS] = {[L_SITE] = {"site", "", "", 0, csv},
                                           [L_RATE] = {"hours_per_100", "", "", 0, csv},
                                           [L_HOURS] = {"hours_per_week", "", "", 0, csv},
                                           [L_COST] = {cost, "", "", 0, csv},
                                           [L_QUANTITY] = {"quantity", "", "", 0, csv},
                                           [L_VALUE] = {"value", "", "", 0, csv},
                                           [L_VALUE + 1] = {"value_error", "", "", 0, csv},
                                           [L_VALUE + 2] = {"value_low", "", "", 0, csv},
                                           [L_VALUE + 3] = {"value_high", "", "", 0, csv}};
    kea_table_init(table, "", L_COLUMNS, columns);
    kea_status status = kea_memory_new(&block, c->n_draws, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    for (size_t i = 0; i < c->n_sites * c->n_levels; i++) {
        size_t site = i / c->n_levels, level = i % c->n_levels;
        kea_table_row(table);
        kea_table_key(table, L_SITE, a->site[site].key, a->site[site].name);
        kea_table_number(table, L_RATE, a->rate[level], 0);
        kea_table_number(table, L_HOURS, a->hours[i], 0);
        kea_table_number(table, L_COST, a->cost ? a->cost[i] : (double)NAN, 0);
        kea_table_text(table, L_QUANTITY, w.column);
        kea_answers_put(table, L_VALUE, kea_allocation_level(a, site, level, block), 1.0, 0);
    }
    free(block);
    return kea_table_check(table, err);
}

kea_estimate kea_allocation_level(const kea_allocation *a, size_t site, size_t level,
                                  double *scratch)
{
    const kea_allocation_curves *c = &a->curves;
    for (size_t d = 0; d < c->n_draws; d++)
        scratch[d] = c->value[(d * c->n_sites + site) * c->n_levels + level];
    return kea_estimate_of(scratch, c->n_draws);
}

/* ---------------------------------------------------------------- all */

kea_status kea_allocation_save(const kea_allocation *a, const char *folder, kea_error *err)
{
    static const struct {
        const char *name;
        kea_status (*fill)(kea_table *, const kea_allocation *, kea_error *);
    } tables[] = {{"allocation", kea_allocation_sites},
                  {"allocation_budgets", kea_allocation_budgets},
                  {"allocation_curves", kea_allocation_levels}};
    char path[4096];
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        kea_table table = {0};
        kea_status status = tables[i].fill(&table, a, err);
        int length = snprintf(path, sizeof path, "%s/%s.csv", folder, tables[i].name);
        if (status == KEA_OK && (length < 0 || (size_t)length >= sizeof path))
            status = kea_error_set(err, KEA_ERR_IO, "the path %s is too long", folder);
        if (status == KEA_OK)
            status = kea_table_save(&table, path, err);
        kea_table_free(&table);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}
