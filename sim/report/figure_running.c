/* Running mean with error band: is the simulation large enough? */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600 };

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_running_data *d = given;
    kea_span draws = {0, 0}, ahead = {0, 0};
    char subtitle[TEXT], y_title[TEXT];
    kea_span_add(&draws, d->n, d->draws);
    kea_span_add(&ahead, d->n, d->mean);
    /* the first few draws may be anywhere: the axis is that of the later ones */
    for (size_t i = d->n / 10; i < d->n; i++) {
        kea_span_add_one(&ahead, d->low[i]);
        kea_span_add_one(&ahead, d->high[i]);
    }
    const kea_unit plain = kea_unit_plain(), money = kea_unit_money(d->currency, &ahead);
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&draws, &plain, 6, false),
                       .y = kea_axis_over(&ahead, &money, 6, true)};
    (void)snprintf(subtitle, sizeof subtitle,
                   kea_text("how far %s is ahead of %s at %s, after so many draws; shaded: 95%% "
                            "error"),
                   d->best, d->second, d->amount);
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT,
                                   kea_text("Is the simulation large enough?"), subtitle, d->note);
    kea_chart_axis_title(y_title, sizeof y_title, kea_text("Mean difference in net benefit"),
                         &chart.y);
    kea_chart_axes(&chart, &room, 24, kea_text("Draws"), y_title);
    const kea_ink ink = kea_chart_colour(0);
    kea_chart_band(&chart, d->n, d->draws, d->low, d->high, kea_chart_tint(ink, 0.25));
    kea_chart_line(&chart, d->n, d->draws, d->mean, ink, 3.2);
    const double ends[2] = {chart.x.low, chart.x.high}, zero[2] = {0, 0};
    kea_chart_line(&chart, 2, ends, zero, kea_ink_text, 1.8);
    if (d->n == 0)
        kea_chart_say(plot, &chart.area, kea_text("there are no values to show"));
}

kea_status kea_figure_running(const kea_figure_running_data *data, const char *folder,
                              const char *name, kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, kea_text("Is the simulation large enough?"),
                     draw, data};
    return kea_plot_write(&page, folder, name, err);
}
