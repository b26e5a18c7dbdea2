/* Net benefit against one number, with the regression that its value is made of. */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, MOST_POINTS = 700, MOST_LINE = 150 };

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_scatter_data *d = given;
    kea_span across = kea_span_empty(), up = {0, 0};
    char title[TEXT], subtitle[TEXT], y_title[TEXT], x_title[TEXT];
    kea_span_add(&across, d->n, d->x);
    kea_span_add(&up, d->n, d->y);
    const kea_unit plain = kea_unit_plain(), money = kea_unit_money(d->currency, &up);
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&across, &plain, 6, false),
                       .y = kea_axis_over(&up, &money, 8, true)};
    (void)snprintf(title, sizeof title, kea_text("How does the choice go with %s?"), d->parameter);
    (void)snprintf(subtitle, sizeof subtitle,
                   kea_text("how far %s is ahead of %s at %s; line: mean by regression"), d->best,
                   d->second, d->amount);
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, title, subtitle, d->note);
    kea_chart_axis_title(y_title, sizeof y_title, kea_text("Difference in net benefit"), &chart.y);
    kea_chart_axis_title(x_title, sizeof x_title, d->parameter, &chart.x);
    kea_chart_axes(&chart, &room, 24, x_title, y_title);
    const size_t step = d->n > MOST_POINTS ? (d->n + MOST_POINTS - 1) / MOST_POINTS : 1;
    kea_ink dot = kea_chart_colour(5);
    dot.opacity = 0.55;
    for (size_t i = 0; i < d->n; i += step)
        kea_plot_disc(plot, kea_chart_x(&chart, d->x[i]), kea_chart_y(&chart, d->y[i]), 2.6, dot);
    const double ends[2] = {chart.x.low, chart.x.high}, zero[2] = {0, 0};
    kea_chart_line(&chart, 2, ends, zero, kea_ink_text, 1.8);
    /* few corners are enough for a smooth line */
    double line_x[MOST_LINE], line_y[MOST_LINE];
    const size_t n = d->n_line < MOST_LINE ? d->n_line : MOST_LINE;
    for (size_t i = 0; i < n; i++) {
        const size_t at = n > 1 ? i * (d->n_line - 1) / (n - 1) : 0;
        line_x[i] = d->line_x[at];
        line_y[i] = d->line_y[at];
    }
    kea_chart_line(&chart, n, line_x, line_y, kea_ink_white, 6);
    kea_chart_line(&chart, n, line_x, line_y, kea_chart_colour(1), 3.2);
}

kea_status kea_figure_scatter(const kea_figure_scatter_data *data, const char *folder,
                              const char *name, kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, data->parameter, draw, data};
    return kea_plot_write(&page, folder, name, err);
}
