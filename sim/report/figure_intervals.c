/* Rows of values with their intervals: Sobol indices, what-if scenarios. */
#include "sim/report/chart.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, MOST_ROWS = 20, OTHER = 230 };

static const double name_size = 17, most_name_room = 300; /* pixels */

typedef struct intervals {
    const kea_figure_intervals_data *data;
    size_t n;     /* rows drawn */
    double row;   /* pixels of a row */
    double names; /* pixels of the names */
    int height;
    char note[TEXT];
} intervals;

static const kea_figure_interval *value_of(const intervals *t, size_t row, size_t series)
{
    return &t->data->value[row * t->data->n_series + series];
}

static kea_axis axis_of(const intervals *t)
{
    kea_span span = {0, 0};
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < t->data->n_series; k++) {
            const kea_figure_interval *v = value_of(t, i, k);
            const double ends[] = {v->value, v->low, v->high};
            kea_span_add(&span, 3, ends);
        }
    const double air = 0.02 * (span.high - span.low);
    kea_span wide = {span.low < 0 ? span.low - air : 0, span.high > 0 ? span.high + air : 0};
    const kea_unit unit = t->data->x_unit == KEA_FIGURE_MONEY
                              ? kea_unit_money(t->data->currency, &span)
                          : t->data->x_unit == KEA_FIGURE_PERCENT ? kea_unit_percent()
                                                                  : kea_unit_plain();
    return kea_axis_over(&wide, &unit, 7, false);
}

static void draw_interval(const kea_chart *chart, const kea_figure_interval *v, double y,
                          kea_ink ink)
{
    if (!isfinite(v->low) || !isfinite(v->high))
        return;
    double px[2] = {kea_chart_x(chart, v->low), kea_chart_x(chart, v->high)}, py[2] = {y, y};
    kea_plot_line(chart->plot, 2, px, py, ink, 2.2);
    for (int end = 0; end < 2; end++) {
        double tx[2] = {px[end], px[end]}, ty[2] = {y - 4, y + 4};
        kea_plot_line(chart->plot, 2, tx, ty, ink, 2.2);
    }
}

static void draw_value(const kea_chart *chart, const intervals *t, size_t row, size_t series,
                       double y, double thick)
{
    const kea_figure_interval *v = value_of(t, row, series);
    kea_ink ink = kea_chart_colour(series);
    if (!isfinite(v->value))
        return;
    double x = kea_chart_x(chart, v->value), zero = kea_chart_x(chart, 0);
    if (t->data->bars)
        kea_plot_box(chart->plot, fmin(x, zero), y - thick / 2, fmax(x, zero), y + thick / 2, ink);
    draw_interval(chart, v, y, t->data->bars ? kea_ink_text : kea_chart_dark(ink));
    if (!t->data->bars)
        kea_plot_disc(chart->plot, x, y, 6.5, ink);
}

static void draw_row(const kea_chart *chart, const intervals *t, size_t row)
{
    double middle = chart->area.top - ((double)row + 0.5) * t->row;
    size_t n = t->data->n_series;
    double pitch = 0.8 * t->row / (double)n;
    kea_lettering letters = kea_letters(name_size, KEA_END, kea_ink_text);
    kea_font_lines lines;
    kea_font_wrap(&lines, t->data->rows[row], name_size, false, t->names, 2);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(chart->plot, chart->area.left - 10,
                      middle + 10 * (double)(lines.n - 1) - 20 * (double)i, &letters,
                      lines.line[i]);
    for (size_t k = 0; k < n; k++)
        draw_value(chart, t, row, k, middle + ((double)(n - 1) / 2 - (double)k) * pitch,
                   0.85 * pitch);
}

static void draw_axis(const kea_chart *chart, const intervals *t, const kea_area *room)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_MIDDLE, kea_ink_text);
    char text[TEXT];
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        double px[2] = {x, x}, py[2] = {chart->area.bottom, chart->area.top};
        kea_plot_line(chart->plot, 2, px, py, at == 0 ? kea_ink_text : kea_ink_grid,
                      at == 0 ? 1.6 : 1);
        kea_axis_write(text, sizeof text, &chart->x, at);
        kea_plot_text(chart->plot, x, chart->area.bottom - 14, &letters, text);
    }
    kea_chart_axis_title(text, sizeof text, t->data->x_name, &chart->x);
    letters.size = KEA_SIZE_LABEL;
    double half = kea_font_width(text, letters.size, false) / 2;
    double middle = fmin((chart->area.left + chart->area.right) / 2, room->right - half);
    kea_plot_text(chart->plot, fmax(middle, room->left + half), room->bottom + 16, &letters, text);
}

static void draw(kea_plot *plot, const void *given)
{
    const intervals *t = given;
    kea_area room =
        kea_chart_page(plot, KEA_PAGE_WIDTH, t->height, t->data->title, t->data->subtitle, t->note);
    kea_chart chart = {.plot = plot, .x = axis_of(t), .y = {.low = 0, .high = 1}};
    double key =
        t->data->n_series < 2 ? 6 : kea_chart_key(plot, t->data->n_series, t->data->series, &room);
    chart.area =
        (kea_area){room.left + t->names + 10, room.bottom + 54, room.right - 14, room.top - key};
    intervals placed = *t;
    placed.row = (chart.area.top - chart.area.bottom) / (double)(t->n ? t->n : 1);
    draw_axis(&chart, t, &room);
    for (size_t i = 0; i < t->n; i++)
        draw_row(&chart, &placed, i);
    if (t->n == 0)
        kea_chart_say(plot, &chart.area, kea_text("there are no values to show"));
}

kea_status kea_figure_intervals(const kea_figure_intervals_data *data, const char *folder,
                                const char *name, kea_error *err)
{
    intervals t = {.data = data, .n = data->n_rows < MOST_ROWS ? data->n_rows : MOST_ROWS};
    char more[TEXT] = "";
    t.row = fmax(40, 22 * (double)data->n_series);
    t.height = OTHER + (int)(t.row * (double)(t.n > 3 ? t.n : 3));
    for (size_t i = 0; i < t.n; i++)
        t.names = fmax(t.names, kea_font_width(data->rows[i], name_size, false) + 1);
    t.names = fmin(t.names, most_name_room);
    if (data->n_rows > t.n)
        (void)snprintf(more, sizeof more, kea_text("%zu more have smaller values"),
                       data->n_rows - t.n);
    kea_chart_join(t.note, sizeof t.note, data->note, more);
    kea_page page = {KEA_PAGE_WIDTH, t.height, data->title, draw, &t};
    return kea_plot_write(&page, folder, name, err);
}
