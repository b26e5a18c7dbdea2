/* EVPPI as bars: which numbers are worth knowing better. */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { MAX_BARS = 15, TEXT = 600, ROW = 42 };

static const double name_size = 17, value_size = 16;
static const double most_name_room = 320, value_room = 96; /* pixels */

typedef struct worth {
    const kea_figure_worth_data *data;
    size_t n;
    int height;
    double name_room;
    bool doubtful; /* some bar is */
    char title[TEXT], subtitle[TEXT], note[TEXT];
} worth;

static void draw_bar(const kea_chart *chart, const worth *w, const kea_worth_bar *bar,
                     double middle)
{
    const kea_ink ink = kea_chart_tint(kea_chart_colour(0), bar->doubtful ? 0.35 : 1);
    const double end = kea_chart_x(chart, bar->value);
    char text[100];
    kea_font_lines lines;
    kea_plot_box(chart->plot, chart->area.left, middle - 0.3 * ROW, end, middle + 0.3 * ROW, ink);
    double reach = end;
    if (bar->error > 0) {
        const double low = fmax(bar->value - 1.96 * bar->error, 0.0);
        reach = kea_chart_x(chart, fmin(bar->value + 1.96 * bar->error, chart->x.high));
        const double x[2] = {kea_chart_x(chart, low), reach}, y[2] = {middle, middle};
        kea_plot_line(chart->plot, 2, x, y, kea_ink_text, 2);
    }
    kea_lettering letters = kea_letters(value_size, KEA_START, kea_ink_text);
    kea_money_write(text, sizeof text, w->data->currency, bar->value, 3);
    kea_chart_text_over(chart->plot, reach + 9, middle, &letters, text);
    letters = kea_letters(name_size, KEA_END, kea_ink_text);
    kea_font_wrap(&lines, bar->name, name_size, false, w->name_room, 2);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(chart->plot, KEA_PAGE_MARGIN + w->name_room,
                      middle + 10 * (double)(lines.n - 1) - 20 * (double)i, &letters,
                      lines.line[i]);
}

static void draw_axis(const kea_chart *chart, const kea_area *room)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_MIDDLE, kea_ink_text);
    const double pitch = kea_chart_x(chart, chart->x.step) - kea_chart_x(chart, 0);
    const long every = (long)ceil((kea_chart_tick_width(&chart->x) + 14) / fmax(pitch, 1));
    char title[TEXT];
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        char text[430];
        const double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        const double px[2] = {x, x}, py[2] = {chart->area.bottom, chart->area.top};
        kea_plot_line(chart->plot, 2, px, py, at == 0 ? kea_ink_text : kea_ink_grid, 1);
        kea_axis_write(text, sizeof text, &chart->x, at);
        if (lround(at / chart->x.step) % every == 0)
            kea_plot_text(chart->plot, x, chart->area.bottom - 14, &letters, text);
    }
    kea_chart_axis_title(title, sizeof title, kea_text("Value per decision"), &chart->x);
    letters.size = KEA_SIZE_LABEL;
    const double half = kea_font_width(title, letters.size, false) / 2;
    kea_plot_text(chart->plot, fmin((chart->area.left + chart->area.right) / 2, room->right - half),
                  room->bottom + 16, &letters, title);
}

/* Where the longest bar ends, its error included. */
static double longest(const worth *w)
{
    double most = 0.0;
    for (size_t i = 0; i < w->n; i++) {
        const kea_worth_bar *bar = &w->data->bars[i];
        most = fmax(most, bar->value + (bar->error > 0 ? 1.96 * bar->error : 0));
    }
    return most;
}

/* The value of knowing everything is drawn where it does not make the bars tiny. */
static bool shows_everything(const worth *w)
{
    return w->n == 0 || w->data->everything < 1.6 * longest(w);
}

static void draw(kea_plot *plot, const void *given)
{
    const worth *w = given;
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, w->height, w->title, w->subtitle, w->note);
    kea_span span = {0, 0};
    kea_span_add_one(&span,
                     shows_everything(w) ? fmax(longest(w), w->data->everything) : longest(w));
    const kea_unit money = kea_unit_money(w->data->currency, &span);
    kea_chart chart = {.plot = plot, .y = {.low = 0, .high = 1}};
    chart.area =
        (kea_area){room.left + w->name_room + 10, room.bottom + 54, room.right, room.top - 10};
    /* the values stand beyond the bars */
    span.high *= 1 + value_room / (chart.area.right - chart.area.left - value_room);
    chart.x = kea_axis_over(&span, &money, 6, false);
    draw_axis(&chart, &room);
    if (shows_everything(w))
        kea_chart_vertical(&chart, w->data->everything, kea_chart_colour(1));
    const double row = (chart.area.top - chart.area.bottom) / (double)(w->n ? w->n : 1);
    for (size_t i = 0; i < w->n; i++)
        draw_bar(&chart, w, &w->data->bars[i], chart.area.top - ((double)i + 0.5) * row);
    if (w->n == 0)
        kea_chart_say(
            plot, &chart.area,
            kea_text("as far as these draws tell, none by itself is worth knowing better"));
}

static void write_texts(worth *w)
{
    const kea_figure_worth_data *d = w->data;
    char all[100];
    (void)snprintf(w->title, TEXT, kea_text("Which numbers are worth knowing better, at %s?"),
                   d->amount);
    kea_money_write(all, sizeof all, d->currency, d->everything, 3);
    (void)snprintf(
        w->subtitle, TEXT,
        shows_everything(w)
            ? kea_text("dashed: to know everything, %s; black: 95%% error of the estimate")
            : kea_text("to know everything: %s, beyond this figure; black: 95%% error of "
                       "the estimate"),
        all);
    char more[TEXT] = "";
    if (d->n - w->n + d->n_more > 0)
        (void)snprintf(more, TEXT, kea_text("%zu more are worth less"), d->n - w->n + d->n_more);
    for (size_t i = 0; i < w->n && !w->doubtful; i++)
        w->doubtful = d->bars[i].doubtful;
    char both[TEXT];
    kea_chart_join(both, TEXT, w->doubtful ? kea_text("pale: the regression fits poorly") : "",
                   more);
    kea_chart_join(w->note, TEXT, both, d->note);
}

kea_status kea_figure_worth(const kea_figure_worth_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    worth w = {.data = data, .n = data->n < MAX_BARS ? data->n : MAX_BARS};
    w.height = 230 + ROW * (int)(w.n > 3 ? w.n : 3);
    for (size_t i = 0; i < w.n; i++)
        w.name_room = fmax(w.name_room, kea_font_width(data->bars[i].name, name_size, false) + 1);
    w.name_room = fmin(w.name_room, most_name_room);
    write_texts(&w);
    kea_page page = {KEA_PAGE_WIDTH, w.height, w.title, draw, &w};
    return kea_plot_write(&page, folder, name, err);
}
