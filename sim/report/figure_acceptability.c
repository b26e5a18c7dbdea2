/* Acceptability curves: how likely each strategy is the best, against the willingness to pay. */
#include "sim/report/chart.h"
#include "sim/report/figures.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { MAX_STRATEGIES = 14, TEXT = 600 };

static const double label_room = 204; /* pixels right of the frame */

/* Straight between the amounts given; NAN outside them. */
static double probability_at(const kea_figure_acceptability_data *d, size_t strategy, double wtp)
{
    const double *p = d->probability + strategy * d->n_wtp;
    for (size_t i = 0; i + 1 < d->n_wtp; i++) {
        double share = (wtp - d->wtp[i]) / (d->wtp[i + 1] - d->wtp[i]);
        if (share >= 0 && share <= 1)
            return p[i] + share * (p[i + 1] - p[i]);
    }
    return (double)NAN;
}

/* The last value that is finite, where the curve is named; NAN when there is none. */
static double last_value(const kea_figure_acceptability_data *d, size_t strategy)
{
    const double *p = d->probability + strategy * d->n_wtp;
    for (size_t i = d->n_wtp; i-- > 0;)
        if (isfinite(p[i]))
            return p[i];
    return (double)NAN;
}

/* The probability farthest from all curves between two amounts, and from where words stand already
 * (NAN for nowhere): room for words. */
static double free_height(const kea_figure_acceptability_data *d, double from, double to,
                          double taken)
{
    double best = 0.5, most = -1;
    for (int step = 1; step < 20; step++) {
        double here = 0.05 * step, nearest = isfinite(taken) ? fabs(taken - here) : 1;
        for (size_t k = 0; k < d->n_strategies; k++)
            for (int part = 0; part <= 4; part++) {
                double p = probability_at(d, k, from + part / 4.0 * (to - from));
                nearest = isfinite(p) ? fmin(nearest, fabs(p - here)) : nearest;
            }
        if (nearest > most) {
            most = nearest;
            best = here;
        }
    }
    return best;
}

static void mark_reference(const kea_chart *chart, const kea_figure_acceptability_data *d)
{
    char amount[100], text[TEXT];
    double best = (double)NAN;
    size_t which = 0;
    if (!(d->reference >= chart->x.low && d->reference <= chart->x.high))
        return;
    kea_chart_vertical(chart, d->reference, kea_ink_grey);
    for (size_t k = 0; k < d->n_strategies; k++) {
        double p = probability_at(d, k, d->reference);
        if (isfinite(p) && !(p <= best)) {
            best = p;
            which = k;
        }
    }
    kea_money_write(amount, sizeof amount, d->currency, d->reference, 4);
    kea_lettering letters = kea_letters(17, KEA_START, kea_ink_grey);
    double x = kea_chart_x(chart, d->reference);
    double width = kea_font_width(amount, letters.size, false) + 12;
    bool left = x + width > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    double beyond = (left ? -width : width) * (chart->x.high - chart->x.low) /
                    (chart->area.right - chart->area.left);
    double y = kea_chart_y(chart, best);
    double up = y > chart->area.top - 30 ? -20 : 18; /* where the share is written, from its mark */
    double taken = best + up / (kea_chart_y(chart, 1.0) - kea_chart_y(chart, 0.0));
    double free = free_height(d, d->reference, d->reference + beyond, taken);
    kea_chart_text_over(chart->plot, left ? x - 8 : x + 8, kea_chart_y(chart, free), &letters,
                        amount);
    if (!isfinite(best))
        return;
    kea_unit percent = kea_unit_percent();
    kea_unit_write(text, sizeof text, best, &percent, best < 0.995 ? 2 : 3);
    kea_ink ink = kea_chart_colour(which);
    letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_chart_dark(ink));
    left = x + 70 > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    kea_chart_text_over(chart->plot, left ? x - 11 : x + 11, y + up, &letters, text);
    kea_plot_disc(chart->plot, x, y, 8, kea_ink_white);
    kea_plot_disc(chart->plot, x, y, 6, ink);
}

static void name_curves(const kea_chart *chart, const kea_figure_acceptability_data *d)
{
    kea_label labels[KEA_CHART_LABELS];
    size_t n = 0;
    for (size_t k = 0; k < d->n_strategies && n < KEA_CHART_LABELS; k++) {
        double last = last_value(d, k);
        if (isfinite(last))
            labels[n++] = (kea_label){d->names[k], kea_chart_y(chart, last), kea_chart_colour(k)};
    }
    kea_area area = chart->area;
    area.top += 12;
    area.bottom -= 12;
    kea_chart_labels(chart->plot, n, labels, chart->area.right + 10, label_room - 10, &area);
    if (n == 0)
        kea_chart_say(chart->plot, &chart->area, kea_text("there are no values to show"));
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_acceptability_data *d = given;
    kea_span wtp = kea_span_empty(), share = {0, 1};
    kea_span_add(&wtp, d->n_wtp, d->wtp);
    const kea_span small = {0, 0};
    kea_unit percent = kea_unit_percent(), money = kea_unit_money(d->currency, &wtp);
    if (money.divide > 1 && money.divide < 1e6)
        money = kea_unit_money(d->currency, &small);
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&wtp, &money, 6, false),
                       .y = kea_axis_over(&share, &percent, 6, false)};
    char title[TEXT], x_title[TEXT], unit[TEXT];
    (void)snprintf(title, sizeof title, "%s",
                   d->n_strategies == 1 ? kea_text("How likely the strategy is worth its cost")
                                        : kea_text("How likely each strategy is the best choice"));
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, title,
                                   d->best ? kea_text("broad: best on average") : "", d->note);
    (void)snprintf(unit, sizeof unit, kea_text("Willingness to pay per %s"), d->effect_unit);
    kea_chart_axis_title(x_title, sizeof x_title, unit, &chart.x);
    kea_chart_axes(&chart, &room, label_room, x_title,
                   kea_text("Probability of the highest net benefit"));
    for (size_t k = 0; k < d->n_strategies && d->best; k++)
        kea_chart_broad(&chart, d->n_wtp, d->wtp, d->probability + k * d->n_wtp, d->best, k,
                        kea_chart_colour(k));
    for (size_t k = d->n_strategies; k-- > 0;)
        kea_chart_line(&chart, d->n_wtp, d->wtp, d->probability + k * d->n_wtp, kea_chart_colour(k),
                       3.2);
    mark_reference(&chart, d);
    name_curves(&chart, d);
}

kea_status kea_figure_acceptability(const kea_figure_acceptability_data *data, const char *folder,
                                    const char *name, kea_error *err)
{
    kea_figure_acceptability_data shown = *data;
    if (shown.n_strategies > MAX_STRATEGIES)
        shown.n_strategies = MAX_STRATEGIES;
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, kea_text("Acceptability"), draw, &shown};
    return kea_plot_write(&page, folder, name, err);
}
