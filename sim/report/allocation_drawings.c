/* The figures of an allocation: hours and what they bring by site, what other budgets bring, and
 * the curves behind it. */
#include "sim/report/allocation.h"

#include "sim/core/memory.h"
#include "sim/report/allocation_shared.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, LONG = 2 * TEXT, MOST_LINES = 7 };

static kea_figure_unit unit_of(const kea_allocation *a)
{
    return kea_allocation_words(a).money ? KEA_FIGURE_MONEY : KEA_FIGURE_PLAIN;
}

static void write_title(const kea_allocation *a, char *title, size_t size)
{
    char budget[TEXT];
    kea_allocation_budget(a, a->budget, budget, sizeof budget);
    (void)snprintf(title, size, kea_text("Where hours do most: %s of %s"), budget,
                   kea_answers_name(a->answers.problem, a->strategy));
}

/* The quantity, with what a net benefit is reckoned at. */
static void write_quantity(const kea_allocation *a, char *text, size_t size)
{
    char amount[64];
    const kea_frame *frame = a->answers.frame;
    if (a->quantity.kind != KEA_QUANTITY_NET_BENEFIT) {
        (void)snprintf(text, size, "%s", kea_allocation_words(a).title);
        return;
    }
    kea_text_number(amount, sizeof amount, a->quantity.wtp, 0, kea_text_language());
    (void)snprintf(text, size, kea_text("net benefit at %s %s per %s"), frame->currency, amount,
                   kea_text(frame->effects[0].gain));
}

/* Names and pairs of values, in proportion and best, of every site. */
typedef struct pairs {
    const char **names;         /* [n_sites] */
    kea_figure_interval *value; /* [site][2] */
} pairs;

static kea_status pairs_init(pairs *p, const kea_allocation *a, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    *p = (pairs){0};
    KEA_TRY(kea_memory_new(&block, a->curves.n_sites, sizeof *p->names, err));
    p->names = block;
    KEA_TRY(kea_memory_new(&block, 2 * a->curves.n_sites, sizeof *p->value, err));
    p->value = block;
    for (size_t s = 0; s < a->curves.n_sites; s++)
        p->names[s] = a->site[s].name;
done:
    return status;
}

static void pairs_free(pairs *p)
{
    free(p->names);
    free(p->value);
}

static kea_status draw_pairs(const kea_allocation *a, const pairs *p,
                             kea_figure_intervals_data *data, const char *folder, const char *name,
                             kea_error *err)
{
    const char *const series[] = {kea_text("in proportion to size"), kea_text("best")};
    char title[LONG];
    write_title(a, title, sizeof title);
    data->title = title;
    data->n_rows = a->curves.n_sites;
    data->rows = p->names;
    data->n_series = 2;
    data->series = series;
    data->value = p->value;
    data->currency = a->answers.frame->currency;
    data->bars = true;
    return kea_figure_intervals(data, folder, name, err);
}

static kea_status draw_hours(const kea_allocation *a, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const double none = (double)NAN;
    const kea_allocation_share *share = kea_allocation_shares(a, KEA_ALLOCATION_ASKED);
    char quantity[TEXT], subtitle[LONG];
    pairs p;
    KEA_TRY(pairs_init(&p, a, err));
    for (size_t s = 0; s < a->curves.n_sites; s++) {
        p.value[2 * s] =
            (kea_figure_interval){kea_allocation_hours(a, s, share[s].even), none, none};
        p.value[2 * s + 1] = (kea_figure_interval){kea_allocation_hours(a, s, share[s].best),
                                                   kea_allocation_hours(a, s, share[s].low),
                                                   kea_allocation_hours(a, s, share[s].high)};
    }
    write_quantity(a, quantity, sizeof quantity);
    (void)snprintf(subtitle, sizeof subtitle, kea_text("best: most %s"), quantity);
    kea_figure_intervals_data data = {
        .subtitle = subtitle,
        .x_name = kea_text("hours a week"),
        .x_unit = KEA_FIGURE_PLAIN,
        .note = kea_text("lines: 95% interval of the best hours, chosen again on draws drawn with "
                         "replacement")};
    KEA_TRY(draw_pairs(a, &p, &data, folder, "allocation", err));
done:
    pairs_free(&p);
    return status;
}

static kea_figure_interval interval_of(const kea_estimate *e)
{
    return (kea_figure_interval){e->mean, e->low, e->high};
}

static kea_status draw_values(const kea_allocation *a, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_allocation_share *share = kea_allocation_shares(a, KEA_ALLOCATION_ASKED);
    char quantity[TEXT], note[LONG], number[32];
    pairs p;
    KEA_TRY(pairs_init(&p, a, err));
    for (size_t s = 0; s < a->curves.n_sites; s++) {
        p.value[2 * s] = interval_of(&share[s].value_even);
        p.value[2 * s + 1] = interval_of(&share[s].value_best);
    }
    write_quantity(a, quantity, sizeof quantity);
    kea_text_number(number, sizeof number, (double)a->curves.n_draws, 0, kea_text_language());
    (void)snprintf(note, sizeof note, kea_text("mean and 95%% interval of %s parameter draws"),
                   number);
    kea_figure_intervals_data data = {
        .subtitle = "", .x_name = quantity, .x_unit = unit_of(a), .note = note};
    KEA_TRY(draw_pairs(a, &p, &data, folder, "allocation_value", err));
done:
    pairs_free(&p);
    return status;
}

/* ---------------------------------------------------------------- curves */

static kea_status draw_budgets(const kea_allocation *a, const char *folder, kea_error *err)
{
    enum { N = KEA_ALLOCATION_BUDGETS };
    double x[N], even[3][N], best[3][N];
    char quantity[TEXT];
    size_t n = 0;
    for (size_t b = 0; b < N; b++) {
        const kea_allocation_sum *sum = &a->sum[b];
        const kea_estimate *e[] = {&sum->value_even, &sum->value_best};
        if (!a->solved[b])
            continue;
        x[n] = sum->budget;
        for (int k = 0; k < 2; k++) {
            double(*to)[N] = k == 0 ? even : best;
            to[0][n] = e[k]->mean;
            to[1][n] = e[k]->low;
            to[2][n] = e[k]->high;
        }
        n++;
    }
    write_quantity(a, quantity, sizeof quantity);
    const kea_figure_curve_line lines[] = {
        {kea_text("in proportion to size"), {even[0], even[1], even[2]}, (double)NAN},
        {kea_text("best"), {best[0], best[1], best[2]}, (double)NAN}};
    const kea_figure_curve_data data = {
        .title = kea_text("With less and with more"),
        .n = n,
        .x = x,
        .x_name = a->money ? kea_text("a year, for all teams") : kea_text("hours a week"),
        .x_unit = a->money ? KEA_FIGURE_MONEY : KEA_FIGURE_PLAIN,
        .y_name = quantity,
        .y_unit = unit_of(a),
        .currency = a->answers.frame->currency,
        .n_lines = 2,
        .lines = lines,
        .goal = (double)NAN,
        .base = a->budget,
        .base_name = kea_text("asked for"),
        .note = kea_text("shaded: 95% of draws; best is judged on other draws than those that "
                         "chose")};
    return n < 2 ? KEA_OK : kea_figure_curve(&data, folder, "allocation_budgets", err);
}

static kea_status draw_curves(const kea_allocation *a, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_allocation_curves *c = &a->curves;
    kea_figure_curve_line line[MOST_LINES];
    char quantity[TEXT], y_name[LONG];
    void *means = NULL, *draws = NULL;
    if (c->n_sites > MOST_LINES)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&means, c->n_sites * c->n_levels, sizeof(double), err));
    KEA_TRY(kea_memory_new(&draws, c->n_draws, sizeof(double), err));
    double *mean = means;
    const double even =
        kea_allocation_hours(a, 0, kea_allocation_shares(a, KEA_ALLOCATION_ASKED)[0].even);
    for (size_t s = 0; s < c->n_sites; s++) {
        for (size_t k = 0; k < c->n_levels; k++)
            mean[s * c->n_levels + k] =
                kea_allocation_level(a, s, k, draws).mean * 100.0 / a->site[s].size;
        line[s] = (kea_figure_curve_line){
            a->site[s].name, {mean + s * c->n_levels, NULL, NULL}, (double)NAN};
    }
    write_quantity(a, quantity, sizeof quantity);
    (void)snprintf(y_name, sizeof y_name, kea_text("%s, per 100 places"), quantity);
    const kea_figure_curve_data data = {.title = kea_text("What hours bring at each site"),
                                        .n = c->n_levels,
                                        .x = a->rate,
                                        .x_name = kea_text("hours a week per 100 places"),
                                        .x_unit = KEA_FIGURE_PLAIN,
                                        .y_name = y_name,
                                        .y_unit = unit_of(a),
                                        .currency = a->answers.frame->currency,
                                        .n_lines = c->n_sites,
                                        .lines = line,
                                        .goal = (double)NAN,
                                        .base = even * 100.0 / a->site[0].size,
                                        .base_name = kea_text("in proportion"),
                                        .note = kea_text("means over parameter draws")};
    KEA_TRY(kea_figure_curve(&data, folder, "allocation_curves", err));
done:
    free(means);
    free(draws);
    return status;
}

kea_status kea_allocation_draw(const kea_allocation *a, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(draw_hours(a, folder, err));
    KEA_TRY(draw_values(a, folder, err));
    KEA_TRY(draw_budgets(a, folder, err));
    KEA_TRY(draw_curves(a, folder, err));
done:
    return status;
}
