/* The budget by school year: what each payer pays for a strategy, stacked. */
#include "sim/report/blocks.h"
#include "sim/report/figures_funding.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600 };

typedef struct budget {
    const kea_figure_budget_data *data;
    kea_axis y;
    double tick_room;
} budget;

static const double *paid_at(const kea_figure_budget_data *d, size_t block, size_t year)
{
    return d->paid + (block * d->n_years + year) * d->of.n_payers;
}

/* One axis for all blocks, so that they can be compared. */
static kea_axis axis_of(const kea_figure_budget_data *d)
{
    kea_span span = {0, 0};
    for (size_t block = 0; block < d->of.n_blocks; block++)
        for (size_t year = 0; year < d->n_years; year++) {
            const kea_budget_net *net = &d->net[block * d->n_years + year];
            double sum = 0;
            for (size_t k = 0; k < d->of.n_payers; k++)
                sum += fmax(paid_at(d, block, year)[k], 0);
            const double ends[] = {sum, net->mean, net->low, net->high};
            kea_span_add(&span, 4, ends);
        }
    const kea_unit money = kea_unit_money(d->of.currency, &span);
    return kea_axis_over(&span, &money, 6, true);
}

static void draw_year(const kea_chart *chart, const kea_figure_budget_data *d, size_t block,
                      size_t year)
{
    const double middle = kea_chart_x(chart, (double)year + 1);
    const double half = 0.32 * (kea_chart_x(chart, 2) - kea_chart_x(chart, 1));
    double sum = 0;
    for (size_t k = 0; k < d->of.n_payers; k++) {
        double paid = fmax(paid_at(d, block, year)[k], 0);
        if (paid > 0)
            kea_plot_box(chart->plot, middle - half, kea_chart_y(chart, sum), middle + half,
                         kea_chart_y(chart, sum + paid), kea_chart_colour(k));
        sum += paid;
    }
    const kea_budget_net *net = &d->net[block * d->n_years + year];
    if (!isfinite(net->mean))
        return;
    double x[2] = {middle, middle};
    double y[2] = {kea_chart_y(chart, net->low), kea_chart_y(chart, net->high)};
    double at = kea_chart_y(chart, net->mean);
    if (isfinite(net->low) && isfinite(net->high)) {
        kea_plot_line(chart->plot, 2, x, y, kea_ink_white, 5);
        kea_plot_line(chart->plot, 2, x, y, kea_ink_text, 2.2);
    }
    kea_plot_disc(chart->plot, middle, at, 8, kea_ink_white);
    kea_plot_disc(chart->plot, middle, at, 6, kea_ink_text);
}

static void draw_block(kea_plot *plot, const kea_area *room, size_t block, const void *given)
{
    const budget *b = given;
    const kea_unit plain = kea_unit_plain();
    const kea_span years = {0.5, (double)b->data->n_years + 0.5};
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&years, &plain, b->data->n_years + 1, false),
                       .y = b->y,
                       .tick_room = b->tick_room};
    char title[TEXT];
    kea_chart_axis_title(title, sizeof title, kea_text("paid in a school year"), &chart.y);
    kea_chart_axes(&chart, room, 8, kea_text("school year"), title);
    for (size_t year = 0; year < b->data->n_years; year++)
        draw_year(&chart, b->data, block, year);
}

kea_status kea_figure_budget(const kea_figure_budget_data *data, const char *folder,
                             const char *name, kea_error *err)
{
    budget b = {.data = data, .y = axis_of(data)};
    char title[TEXT];
    b.tick_room = kea_chart_tick_width(&b.y);
    (void)snprintf(title, sizeof title, kea_text("Who pays for %s in which school year?"),
                   data->of.strategy);
    const kea_blocks blocks = {
        .title = title,
        .subtitle = kea_text("dot: paid less what public payers save in that year, 95% "
                             "interval; not discounted"),
        .note = data->of.note,
        .n = data->of.n_blocks,
        .names = data->of.blocks,
        .columns = 2,
        .height = 320,
        .n_key = data->of.n_payers,
        .key = data->of.payers,
        .draw = draw_block,
        .data = &b};
    return kea_blocks_write(&blocks, folder, name, err);
}
