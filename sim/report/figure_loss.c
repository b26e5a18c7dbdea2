/* Expected loss curves: what choosing each strategy may cost. */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { MAX_STRATEGIES = 14, TEXT = 600 };

static const double label_room = 204; /* pixels right of the frame */

static void name_curves(const kea_chart *chart, const kea_figure_loss_data *d)
{
    kea_label labels[KEA_CHART_LABELS];
    size_t n = 0;
    for (size_t k = 0; k < d->n_strategies; k++) {
        const double last = d->loss[k * d->n_wtp + d->n_wtp - 1];
        const double shown = fmin(fmax(last, chart->y.low), chart->y.high);
        if (isfinite(last))
            labels[n++] = (kea_label){d->names[k], kea_chart_y(chart, shown), kea_chart_colour(k)};
    }
    kea_area area = chart->area;
    area.top += 12;
    area.bottom -= 12;
    kea_chart_labels(chart->plot, n, labels, chart->area.right + 10, label_room - 10, &area);
}

/* The amount that everything else is told at. */
static void mark_reference(const kea_chart *chart, const kea_figure_loss_data *d)
{
    char amount[100];
    const double x = kea_chart_x(chart, d->reference);
    const bool left = x + 120 > chart->area.right;
    const kea_lettering letters = kea_letters(17, left ? KEA_END : KEA_START, kea_ink_grey);
    if (!(d->reference >= chart->x.low && d->reference <= chart->x.high))
        return;
    kea_chart_vertical(chart, d->reference, kea_ink_grey);
    kea_money_write(amount, sizeof amount, d->currency, d->reference, 4);
    kea_chart_text_over(chart->plot, left ? x - 8 : x + 8, chart->area.top - 14, &letters, amount);
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_loss_data *d = given;
    kea_span wtp = kea_span_empty(), loss = {0, 0};
    const kea_span small = {0, 0};
    kea_span_add(&wtp, d->n_wtp, d->wtp);
    kea_span_add(&loss, d->n_strategies * d->n_wtp, d->loss);
    kea_unit money = kea_unit_money(d->currency, &wtp);
    if (money.divide > 1 && money.divide < 1e6)
        money = kea_unit_money(d->currency, &small);
    const kea_unit lost = kea_unit_money(d->currency, &loss);
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&wtp, &money, 6, false),
                       .y = kea_axis_over(&loss, &lost, 6, true)};
    char unit[TEXT], x_title[TEXT + 60], y_title[TEXT];
    kea_area room = kea_chart_page(
        plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, kea_text("What may choosing each strategy cost?"),
        kea_text("broad: the lowest, which is what it would be worth to know everything"), d->note);
    (void)snprintf(unit, sizeof unit, kea_text("Willingness to pay per %s"), d->effect_unit);
    kea_chart_axis_title(x_title, sizeof x_title, unit, &chart.x);
    kea_chart_axis_title(y_title, sizeof y_title, kea_text("Expected loss"), &chart.y);
    kea_chart_axes(&chart, &room, label_room, x_title, y_title);
    for (size_t k = 0; k < d->n_strategies; k++)
        kea_chart_broad(&chart, d->n_wtp, d->wtp, d->loss + k * d->n_wtp, d->best, k,
                        kea_chart_colour(k));
    for (size_t k = d->n_strategies; k-- > 0;)
        kea_chart_line(&chart, d->n_wtp, d->wtp, d->loss + k * d->n_wtp, kea_chart_colour(k), 3.2);
    mark_reference(&chart, d);
    name_curves(&chart, d);
}

kea_status kea_figure_loss(const kea_figure_loss_data *data, const char *folder, const char *name,
                           kea_error *err)
{
    kea_figure_loss_data shown = *data;
    if (shown.n_strategies > MAX_STRATEGIES)
        shown.n_strategies = MAX_STRATEGIES;
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT,
                     kea_text("What may choosing each strategy cost?"), draw, &shown};
    return kea_plot_write(&page, folder, name, err);
}
