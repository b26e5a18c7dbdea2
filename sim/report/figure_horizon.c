/* After how many years a payer has probably gained. */
#include "sim/report/blocks.h"
#include "sim/report/figures_funding.h"
#include "sim/report/text.h"

#include <stdio.h>

enum { TEXT = 600, MOST_YEARS = 100 };

static void draw_block(kea_plot *plot, const kea_area *room, size_t block, const void *given)
{
    const kea_figure_horizon_data *d = given;
    const kea_unit plain = kea_unit_plain(), percent = kea_unit_percent();
    const size_t n = d->n_years < MOST_YEARS ? d->n_years : MOST_YEARS;
    const kea_span years = {0, (double)n}, all = {0, 1};
    double x[MOST_YEARS];
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&years, &plain, 6, false),
                       .y = kea_axis_over(&all, &percent, 6, true)};
    for (size_t y = 0; y < n; y++)
        x[y] = (double)y + 1;
    kea_chart_axes(&chart, room, 12, kea_text("years after the start"),
                   kea_text("Probability of a gain"));
    kea_chart_horizontal(&chart, 0.5, kea_ink_grey);
    for (size_t k = 0; k < d->of.n_payers; k++)
        kea_chart_line(&chart, n, x, d->gains + (block * d->of.n_payers + k) * d->n_years,
                       kea_chart_colour(k), 3);
}

kea_status kea_figure_horizon(const kea_figure_horizon_data *data, const char *folder,
                              const char *name, kea_error *err)
{
    char title[TEXT];
    (void)snprintf(title, sizeof title,
                   kea_text("After how many years has who gained? %s against %s"),
                   data->of.strategy, data->of.comparator);
    const kea_blocks blocks = {
        .title = title,
        .subtitle = kea_text("a gain: more is saved than paid in, all years up to then together, "
                             "discounted"),
        .note = data->of.note,
        .n = data->of.n_blocks,
        .names = data->of.blocks,
        .columns = 2,
        .height = 320,
        .n_key = data->of.n_payers,
        .key = data->of.payers,
        .draw = draw_block,
        .data = data};
    return kea_blocks_write(&blocks, folder, name, err);
}
