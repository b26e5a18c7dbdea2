/* The tornado: how far each uncertain entry alone moves the outcome. */
#include "sim/report/chart.h"
#include "sim/report/figures.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_BARS = 15, TEXT = 600, ROW = 50 };

static const double name_size = 17, value_size = 16;
static const double most_name_room = 290, value_room = 96; /* pixels */

typedef struct tornado {
    const kea_figure_tornado_data *data;
    size_t n; /* bars drawn */
    int height;
    double name_room;
    char title[TEXT], subtitle[TEXT], note[TEXT];
} tornado;

static kea_ink low_colour(void)
{
    return kea_chart_colour(5);
}

static kea_ink high_colour(void)
{
    return kea_chart_colour(4);
}

static kea_span change_span(const tornado *t)
{
    kea_span span = {0, 0};
    for (size_t i = 0; i < t->n; i++) {
        const kea_figure_bar *bar = &t->data->bars[i];
        double spread[2] = {bar->low_error, bar->high_error}, at[2] = {bar->low, bar->high};
        for (int k = 0; k < 2; k++) {
            double half = isfinite(spread[k]) ? 1.96 * spread[k] : 0;
            kea_span_add_one(&span, at[k] - half);
            kea_span_add_one(&span, at[k] + half);
        }
    }
    return span;
}

static void write_value(char *text, size_t size, double value, const char *unit,
                        const char *currency)
{
    kea_unit plain = kea_unit_plain(), percent = kea_unit_percent();
    bool share = strcmp(unit, "%") == 0;
    char number[200];
    if (strcmp(unit, currency) == 0) {
        kea_money_write(text, size, currency, value, 3);
        return;
    }
    kea_unit_write(number, sizeof number, value, share ? &percent : &plain, 3);
    (void)snprintf(text, size, "%s%s%s", number, unit[0] && !share ? " " : "", share ? "" : unit);
}

/* One end of a bar. */
typedef struct bar_end {
    double change, error; /* of the outcome */
    double value;         /* of the entry */
    double bottom, top;   /* pixels */
    double text_y;
    bool left; /* the value stands on the left */
    kea_ink ink;
} bar_end;

static double error_half(const bar_end *end)
{
    return isfinite(end->error) && end->error > 0 ? 1.96 * end->error : 0;
}

/* The bar and its error mark. */
static void draw_end(const kea_chart *chart, const bar_end *end)
{
    double zero = kea_chart_x(chart, 0), x = kea_chart_x(chart, end->change);
    double middle = (end->bottom + end->top) / 2;
    kea_plot_box(chart->plot, fmin(zero, x), end->bottom, fmax(zero, x), end->top, end->ink);
    double half = kea_chart_x(chart, error_half(end)) - zero;
    if (half == 0)
        return;
    double ex[2] = {x - half, x + half}, ey[2] = {middle, middle};
    kea_plot_line(chart->plot, 2, ex, ey, kea_ink_text, 1.6);
    for (int k = 0; k < 2; k++) {
        double cx[2] = {ex[k], ex[k]}, cy[2] = {middle - 4, middle + 4};
        kea_plot_line(chart->plot, 2, cx, cy, kea_ink_text, 1.6);
    }
}

/* The entry's value behind the bar and its error mark. */
static void write_end(const kea_chart *chart, const bar_end *end, const char *unit,
                      const char *currency)
{
    char text[TEXT];
    if (!isfinite(end->value))
        return;
    double half = error_half(end), zero = kea_chart_x(chart, 0);
    double x = kea_chart_x(chart, end->left ? end->change - half : end->change + half);
    x = end->left ? fmin(x, zero) - 6 : fmax(x, zero) + 6;
    kea_lettering letters =
        kea_letters(value_size, end->left ? KEA_END : KEA_START, kea_chart_dark(end->ink));
    write_value(text, sizeof text, end->value, unit, currency);
    kea_plot_text(chart->plot, x, end->text_y, &letters, text);
}

/* Bars on either side share the row's height; on the same side each takes half of it. */
static void draw_bar(const kea_chart *chart, const kea_figure_bar *bar, double middle,
                     const char *currency)
{
    const double half = 12;
    bar_end low = {bar->low,      bar->low_error, bar->low_value, middle - half,
                   middle + half, middle,         false,          low_colour()};
    bar_end high = {bar->high,     bar->high_error, bar->high_value, middle - half,
                    middle + half, middle,          false,           high_colour()};
    bool same_side = bar->low * bar->high > 0;
    if (same_side) {
        low.bottom = high.top = middle;
        low.text_y = middle + 9;
        high.text_y = middle - 9;
    }
    high.left = bar->high < 0;
    low.left = bar->low < 0 || (!same_side && !(bar->low > 0) && !high.left);
    if (isfinite(bar->low)) {
        draw_end(chart, &low);
        write_end(chart, &low, bar->unit, currency);
    }
    if (isfinite(bar->high)) {
        draw_end(chart, &high);
        write_end(chart, &high, bar->unit, currency);
    }
}

static void write_name(const kea_chart *chart, const tornado *t, const char *name, double middle)
{
    kea_lettering letters = kea_letters(name_size, KEA_END, kea_ink_text);
    kea_font_lines lines;
    kea_font_wrap(&lines, name, name_size, false, t->name_room, 2);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(chart->plot, KEA_PAGE_MARGIN + t->name_room,
                      middle + 10 * (double)(lines.n - 1) - 20 * (double)i, &letters,
                      lines.line[i]);
}

/* What the two colours mean, above the bars. */
static void draw_key(kea_plot *plot, const kea_area *room, double y)
{
    const char *words[2] = {kea_text("number at its low end"), kea_text("number at its high end")};
    kea_ink ink[2] = {low_colour(), high_colour()};
    double x = room->left;
    for (int k = 0; k < 2; k++) {
        kea_lettering letters = kea_letters(name_size, KEA_START, kea_chart_dark(ink[k]));
        kea_plot_box(plot, x, y - 7, x + 22, y + 7, ink[k]);
        kea_plot_text(plot, x + 30, y, &letters, words[k]);
        x += 30 + kea_font_width(words[k], name_size, false) + 36;
    }
}

static void draw_axis(const kea_chart *chart, const kea_area *room)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_MIDDLE, kea_ink_text);
    double pitch = kea_chart_x(chart, chart->x.step) - kea_chart_x(chart, 0);
    long every = (long)ceil((kea_chart_tick_width(&chart->x) + 14) / fmax(pitch, 1));
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        char text[430];
        double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        double px[2] = {x, x}, py[2] = {chart->area.bottom, chart->area.top};
        kea_plot_line(chart->plot, 2, px, py, kea_ink_grid, 1);
        kea_axis_write(text, sizeof text, &chart->x, at);
        if (lround(at / chart->x.step) % every == 0)
            kea_plot_text(chart->plot, x, chart->area.bottom - 14, &letters, text);
    }
    char title[TEXT];
    kea_chart_axis_title(title, sizeof title, kea_text("Change from the base case"), &chart->x);
    letters.size = KEA_SIZE_LABEL;
    double half = kea_font_width(title, letters.size, false) / 2;
    double middle = fmin((chart->area.left + chart->area.right) / 2, room->right - half);
    kea_plot_text(chart->plot, middle, room->bottom + 16, &letters, title);
}

static void draw(kea_plot *plot, const void *given)
{
    const tornado *t = given;
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, t->height, t->title, t->subtitle, t->note);
    kea_span span = change_span(t);
    kea_unit plain = kea_unit_plain(), money = kea_unit_money(t->data->currency, &span);
    kea_chart chart = {.plot = plot};
    chart.area =
        (kea_area){room.left + t->name_room + 10, room.bottom + 54, room.right, room.top - 34};
    /* the values stand beyond the bars: widen the axis by their room */
    double bars = chart.area.right - chart.area.left - 2 * value_room;
    double beyond = value_room / bars * (span.high - span.low);
    kea_span wide = {span.low - beyond, span.high + beyond};
    chart.x = kea_axis_over(&wide, t->data->outcome_is_money ? &money : &plain, 6, false);
    chart.y = (kea_axis){.low = 0, .high = 1};
    double row = (chart.area.top - chart.area.bottom) / (double)(t->n ? t->n : 1);
    draw_key(plot, &room, room.top - 14);
    draw_axis(&chart, &room);
    for (size_t i = 0; i < t->n; i++) {
        double middle = chart.area.top - ((double)i + 0.5) * row;
        draw_bar(&chart, &t->data->bars[i], middle, t->data->currency);
        write_name(&chart, t, t->data->bars[i].name, middle);
    }
    double zero = kea_chart_x(&chart, 0);
    double px[2] = {zero, zero}, py[2] = {chart.area.bottom, chart.area.top};
    kea_plot_line(plot, 2, px, py, kea_ink_text, 1.8);
    if (t->n == 0)
        kea_chart_say(plot, &chart.area, kea_text("there are no uncertain numbers to show"));
}

static void write_texts(tornado *t)
{
    const kea_figure_tornado_data *d = t->data;
    char base[200], more[TEXT] = "";
    (void)snprintf(t->title, TEXT, kea_text("What most moves the result of %s: %s"), d->strategy,
                   d->outcome);
    if (d->outcome_is_money)
        kea_money_write(base, sizeof base, d->currency, d->base, 3);
    else
        kea_number_write(base, sizeof base, d->base, 3);
    (void)snprintf(t->subtitle, TEXT,
                   kea_text("base case: %s, compared with %s; behind each bar "
                            "the number's value"),
                   base, d->comparator);
    if (d->n_bars > t->n)
        (void)snprintf(more, TEXT, kea_text("%zu more numbers move it less"), d->n_bars - t->n);
    char range[TEXT], marks[TEXT];
    bool any = false;
    for (size_t i = 0; i < t->n; i++)
        any = any || d->bars[i].low_error > 0 || d->bars[i].high_error > 0;
    kea_chart_join(range, TEXT, d->range, more);
    kea_chart_join(marks, TEXT, range, any ? kea_text("black: 95% error of the simulation") : "");
    kea_chart_join(t->note, TEXT, marks, d->note);
}

kea_status kea_figure_tornado(const kea_figure_tornado_data *data, const char *folder,
                              const char *name, kea_error *err)
{
    tornado t = {.data = data, .n = data->n_bars < MAX_BARS ? data->n_bars : MAX_BARS};
    t.height = 240 + ROW * (int)(t.n > 3 ? t.n : 3);
    for (size_t i = 0; i < t.n; i++)
        t.name_room = fmax(t.name_room, kea_font_width(data->bars[i].name, name_size, false) + 1);
    t.name_room = fmin(t.name_room, most_name_room);
    write_texts(&t);
    kea_page page = {KEA_PAGE_WIDTH, t.height, t.title, draw, &t};
    return kea_plot_write(&page, folder, name, err);
}
