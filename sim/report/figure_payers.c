/* Paid in against saved: who pays for a strategy, and who gains. */
#include "sim/report/blocks.h"
#include "sim/report/figures_funding.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, ROW = 42, AXIS = 48 };
enum { SAVED, PAID }; /* and their colours, as the key has them */

static const double name_size = 17, most_name_room = 220; /* pixels */

typedef struct payers {
    const kea_figure_payers_data *data;
    kea_axis axis;
    double names; /* pixels */
} payers;

/* Money paid stands to the left, so that all three lanes read alike: right is good. */
static kea_axis axis_of(const kea_figure_payers_data *d)
{
    kea_span span = {0, 0};
    for (size_t i = 0; i < d->of.n_blocks * d->of.n_payers; i++) {
        const kea_payer_bar *bar = &d->bars[i];
        const double ends[] = {-bar->paid, bar->saved, bar->low, bar->high, bar->net};
        kea_span_add(&span, 5, ends);
    }
    const kea_unit money = kea_unit_money(d->of.currency, &span);
    return kea_axis_over(&span, &money, 8, true);
}

static void draw_interval(const kea_chart *chart, const kea_payer_bar *bar, double y)
{
    double x[2] = {kea_chart_x(chart, bar->low), kea_chart_x(chart, bar->high)}, py[2] = {y, y};
    if (isfinite(bar->low) && isfinite(bar->high))
        kea_plot_line(chart->plot, 2, x, py, kea_ink_text, 2.2);
    if (isfinite(bar->net))
        kea_plot_disc(chart->plot, kea_chart_x(chart, bar->net), y, 5.5, kea_ink_text);
}

static void draw_row(const kea_chart *chart, const payers *p, const kea_payer_bar *bar,
                     const char *name, double middle)
{
    const double zero = kea_chart_x(chart, 0), lane = 0.28 * ROW;
    const double value[] = {bar->saved, -bar->paid};
    for (int k = SAVED; k <= PAID; k++) {
        double x = kea_chart_x(chart, isfinite(value[k]) ? value[k] : 0);
        double y = middle + k * lane;
        kea_plot_box(chart->plot, fmin(x, zero), y - 0.43 * lane, fmax(x, zero), y + 0.43 * lane,
                     kea_chart_colour((size_t)k));
    }
    if (bar->paid != 0.0 || bar->saved != 0.0)
        draw_interval(chart, bar, middle - lane);
    kea_lettering letters = kea_letters(name_size, KEA_END, kea_ink_text);
    kea_font_lines lines;
    kea_font_wrap(&lines, name, name_size, false, p->names, 2);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(chart->plot, chart->area.left - 10,
                      middle + 10 * (double)(lines.n - 1) - 20 * (double)i, &letters,
                      lines.line[i]);
}

static void draw_axis(const kea_chart *chart)
{
    kea_lettering letters = kea_letters(16, KEA_MIDDLE, kea_ink_text);
    const double pitch = kea_chart_x(chart, chart->x.step) - kea_chart_x(chart, 0);
    const long every = (long)ceil((kea_chart_tick_width(&chart->x) + 14) / fmax(pitch, 1));
    char text[430];
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        const double px[2] = {x, x}, py[2] = {chart->area.bottom, chart->area.top};
        kea_plot_line(chart->plot, 2, px, py, at == 0 ? kea_ink_text : kea_ink_grid,
                      at == 0 ? 1.6 : 1);
        kea_axis_write(text, sizeof text, &chart->x, at);
        if (lround(at / chart->x.step) % every == 0)
            kea_plot_text(chart->plot, x, chart->area.bottom - 13, &letters, text);
    }
}

static void draw_block(kea_plot *plot, const kea_area *room, size_t block, const void *given)
{
    const payers *p = given;
    const kea_figure_payers_data *d = p->data;
    kea_chart chart = {.plot = plot, .x = p->axis, .y = {.low = 0, .high = 1}};
    chart.area = (kea_area){room->left + p->names + 10, room->bottom + AXIS, room->right - 14,
                            room->top - 4};
    draw_axis(&chart);
    const double row = (chart.area.top - chart.area.bottom) / (double)d->of.n_payers;
    for (size_t i = 0; i < d->of.n_payers; i++)
        draw_row(&chart, p, &d->bars[block * d->of.n_payers + i], d->of.payers[i],
                 chart.area.top - ((double)i + 0.5) * row);
    char title[TEXT];
    kea_chart_axis_title(title, sizeof title,
                         kea_text("to the left: paid, or costs more; to the right: saved"),
                         &chart.x);
    kea_lettering letters = kea_letters(16, KEA_END, kea_ink_grey);
    kea_plot_text(plot, chart.area.right, room->bottom + 14, &letters, title);
}

kea_status kea_figure_payers(const kea_figure_payers_data *data, const char *folder,
                             const char *name, kea_error *err)
{
    payers p = {.data = data, .axis = axis_of(data)};
    char title[TEXT];
    for (size_t i = 0; i < data->of.n_payers; i++)
        p.names = fmax(p.names, kea_font_width(data->of.payers[i], name_size, false) + 1);
    p.names = fmin(p.names, most_name_room);
    (void)snprintf(title, sizeof title, kea_text("Who pays and who gains: %s against %s"),
                   data->of.strategy, data->of.comparator);
    const char *const key[] = {kea_text("saved elsewhere"), kea_text("paid for the strategy")};
    const kea_blocks blocks = {
        .title = title,
        .subtitle = kea_text("dot: saved less paid, with its 95% interval; all years, discounted"),
        .note = data->of.note,
        .n = data->of.n_blocks,
        .names = data->of.blocks,
        .columns = 1,
        .height = AXIS + ROW * (double)data->of.n_payers,
        .n_key = 2,
        .key = key,
        .draw = draw_block,
        .data = &p};
    return kea_blocks_write(&blocks, folder, name, err);
}
