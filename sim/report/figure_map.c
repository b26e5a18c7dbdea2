/* Net benefit over two quantities: bands of colour, the line where it is zero. */
#include "sim/core/memory.h"
#include "sim/report/chart.h"
#include "sim/report/contour.h"
#include "sim/report/figures.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_LEVELS = 24, TEXT = 600 };

typedef struct map {
    const kea_figure_map_data *data;
    kea_span span;            /* of the values */
    size_t n_levels;          /* level 0 lies below every value: it borders the values themselves */
    double level[MAX_LEVELS]; /* increasing; band k lies between level k and k + 1 */
    size_t zero;              /* the level that is 0, or n_levels */
    kea_rings rings;
    kea_axis x, y, bar;
    char title[TEXT], subtitle[TEXT], note[TEXT];
} map;

/* Blue above zero, orange below, paler towards it: colour says the sign, darkness the size. */
static kea_ink band_ink(const map *m, size_t band)
{
    double low = band == 0 ? m->bar.low : m->level[band];
    double high = band + 1 < m->n_levels ? m->level[band + 1] : m->bar.high;
    double most = fmax(fabs(m->bar.low), fabs(m->bar.high));
    double middle = (low + high) / 2;
    kea_ink ink = kea_chart_colour(middle >= 0 ? 0 : 1);
    return kea_chart_tint(ink, 0.08 + 0.8 * fmin(fabs(middle) / most, 1));
}

static void set_levels(map *m)
{
    m->level[0] = -DBL_MAX;
    m->n_levels = 1;
    m->zero = MAX_LEVELS;
    for (size_t i = 0; i < m->bar.n_ticks && m->n_levels < MAX_LEVELS; i++) {
        double tick = kea_axis_tick(&m->bar, i);
        if (!(tick > m->bar.low && tick < m->bar.high))
            continue;
        if (tick == 0)
            m->zero = m->n_levels;
        m->level[m->n_levels++] = tick;
    }
}

static void write_texts(map *m)
{
    const kea_figure_map_data *d = m->data;
    char amount[100];
    const char *finding = kea_text("blue: worth it, orange: not");
    if (kea_span_is_empty(&m->span))
        finding = kea_text("there are no values to show");
    else if (m->span.low == 0 && m->span.high == 0)
        finding = kea_text("zero everywhere on this map");
    else if (m->span.low >= 0)
        finding = kea_text("worth it everywhere on this map");
    else if (m->span.high <= 0)
        finding = kea_text("worth it nowhere on this map");
    kea_money_write(amount, sizeof amount, d->currency, d->wtp, 4);
    (void)snprintf(m->title, TEXT, kea_text("Where %s is worth its cost compared with %s"),
                   d->strategy, d->comparator);
    (void)snprintf(m->subtitle, TEXT, kea_text("Net benefit at %s per %s; %s"), amount,
                   d->effect_unit, finding);
    kea_chart_join(m->note, TEXT, d->note, "");
}

static kea_status prepare(map *m, kea_error *err)
{
    const kea_figure_map_data *d = m->data;
    kea_status status = KEA_OK;
    kea_span x = kea_span_empty(), y = kea_span_empty();
    m->span = kea_span_empty();
    kea_span_add(&x, d->n_x, d->x);
    kea_span_add(&y, d->n_y, d->y);
    kea_span_add(&m->span, d->n_x * d->n_y, d->value);
    kea_unit plain = kea_unit_plain(), percent = kea_unit_percent();
    kea_unit money = kea_unit_money(d->currency, &m->span);
    m->x = kea_axis_over(&x, d->x_is_share ? &percent : &plain, 7, false);
    m->y = kea_axis_over(&y, d->y_is_share ? &percent : &plain, 6, false);
    m->bar = kea_axis_over(&m->span, &money, 9, true);
    set_levels(m);
    write_texts(m);
    if (d->n_x < 2 || d->n_y < 2)
        return KEA_OK;
    kea_grid grid = {d->n_x, d->n_y, d->x, d->y, d->value};
    KEA_TRY(kea_rings_init(&m->rings, &grid, m->n_levels, m->level, err));
done:
    return status;
}

/* The parts of a ring that are a contour within the map, not its edge. */
static void draw_contour(const kea_chart *chart, const kea_rings *rings, const kea_ring *ring,
                         kea_ink ink, double width)
{
    enum { CHUNK = 256 };
    double x[CHUNK], y[CHUNK];
    size_t n = 0;
    for (size_t i = 0; i <= ring->n; i++) {
        size_t at = ring->first + i % ring->n;
        size_t before = ring->first + (i + ring->n - 1) % ring->n;
        bool cut = i > 0 && (rings->border[at] || rings->border[before]);
        if (cut || n == CHUNK) {
            kea_chart_line(chart, n, x, y, ink, width);
            x[0] = rings->x[before];
            y[0] = rings->y[before];
            n = cut ? 0 : 1;
        }
        x[n] = rings->x[at];
        y[n++] = rings->y[at];
    }
    kea_chart_line(chart, n, x, y, ink, width);
}

static void draw_bands(const kea_chart *chart, const map *m)
{
    kea_ink thin = {255, 255, 255, 0.75};
    for (size_t i = 0; i < m->rings.n; i++) {
        const kea_ring *ring = &m->rings.rings[i];
        kea_ink ink = ring->above_inside ? band_ink(m, ring->level)
                      : ring->level == 0 ? kea_ink_white
                                         : band_ink(m, ring->level - 1);
        kea_chart_ring(chart, ring->n, m->rings.x + ring->first, m->rings.y + ring->first, ink);
    }
    for (size_t i = 0; i < m->rings.n; i++) {
        const kea_ring *ring = &m->rings.rings[i];
        if (ring->level != m->zero && ring->level != 0)
            draw_contour(chart, &m->rings, ring, thin, 1.2);
    }
    for (size_t i = 0; i < m->rings.n; i++)
        if (m->rings.rings[i].level == m->zero)
            draw_contour(chart, &m->rings, &m->rings.rings[i], kea_ink_text, 3.4);
}

/* Names the zero contour at its corner that lies farthest from the frame and the base case. */
static void name_zero(const kea_chart *chart, const map *m)
{
    const char *words = kea_text("net benefit zero");
    kea_lettering letters = kea_letters(17, KEA_MIDDLE, kea_ink_text);
    double half = kea_font_width(words, letters.size, false) / 2 + 6, best = -1, bx = 0, by = 0;
    for (size_t i = 0; i < m->rings.n; i++) {
        const kea_ring *ring = &m->rings.rings[i];
        for (size_t k = ring->first; ring->level == m->zero && k < ring->first + ring->n; k++) {
            if (m->rings.border[k])
                continue;
            double x = kea_chart_x(chart, m->rings.x[k]), y = kea_chart_y(chart, m->rings.y[k]);
            double room = fmin(fmin(x - half - chart->area.left, chart->area.right - half - x),
                               fmin(y - 14 - chart->area.bottom, chart->area.top - 14 - y));
            double dx = x - kea_chart_x(chart, m->data->base_x);
            double dy = y - kea_chart_y(chart, m->data->base_y);
            double base = fabs(dy) > 44 || fabs(dx) > half + 110 ? 60 : 0;
            double score = fmin(room, 60) + (isfinite(dx + dy) ? base : 60);
            if (room > 0 && score > best) {
                best = score;
                bx = x;
                by = y;
            }
        }
    }
    if (best >= 0)
        kea_chart_text_over(chart->plot, bx, by, &letters, words);
}

static void mark_base(const kea_chart *chart, const map *m)
{
    if (!kea_chart_holds(chart, m->data->base_x, m->data->base_y))
        return;
    const char *words = kea_text("base case");
    kea_lettering letters = kea_letters(17, KEA_START, kea_ink_text);
    double x = kea_chart_x(chart, m->data->base_x), y = kea_chart_y(chart, m->data->base_y);
    bool left = x + 14 + kea_font_width(words, letters.size, false) > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    kea_chart_text_over(chart->plot, left ? x - 13 : x + 13, y, &letters, words);
    kea_plot_disc(chart->plot, x, y, 8, kea_ink_white);
    kea_plot_disc(chart->plot, x, y, 6, kea_ink_text);
}

static void draw_bar(const kea_chart *chart, const map *m, double right)
{
    kea_chart bar = {.plot = chart->plot, .x = m->bar, .y = m->bar, .area = chart->area};
    double left = chart->area.right + 20;
    for (size_t k = 0; k < m->n_levels; k++) {
        double low = k == 0 ? m->bar.low : m->level[k];
        double high = k + 1 < m->n_levels ? m->level[k + 1] : m->bar.high;
        kea_plot_box(chart->plot, left, kea_chart_y(&bar, low), left + 22, kea_chart_y(&bar, high),
                     band_ink(m, k));
    }
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_START, kea_ink_text);
    for (size_t i = 0; i < m->bar.n_ticks; i++) {
        char text[430];
        double tick = kea_axis_tick(&m->bar, i), y = kea_chart_y(&bar, tick);
        letters.bold = tick == 0;
        kea_axis_write(text, sizeof text, &m->bar, tick);
        kea_plot_text(chart->plot, left + 29, y, &letters, text);
        double px[2] = {left, left + 22}, py[2] = {y, y};
        if (tick == 0)
            kea_plot_line(chart->plot, 2, px, py, kea_ink_text, 3.4);
    }
    letters.anchor = KEA_END;
    letters.bold = false;
    kea_plot_text(chart->plot, right, chart->area.top + 24, &letters, m->bar.unit.title);
}

static void draw(kea_plot *plot, const void *given)
{
    const map *m = given;
    kea_area room =
        kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, m->title, m->subtitle, m->note);
    kea_chart chart = {.plot = plot, .x = m->x, .y = m->y};
    char x_title[TEXT], y_title[TEXT];
    double right = fmax(29 + kea_chart_tick_width(&m->bar) * 1.12,
                        kea_font_width(m->bar.unit.title, KEA_SIZE_TICK, false) - 20) +
                   22;
    kea_area left_room = room;
    left_room.right -= right;
    kea_chart_axis_title(x_title, sizeof x_title, m->data->x_name, &chart.x);
    kea_chart_axis_title(y_title, sizeof y_title, m->data->y_name, &chart.y);
    kea_chart_axes(&chart, &left_room, 0, x_title, y_title);
    if (kea_span_is_empty(&m->span) || m->rings.n == 0) {
        kea_chart_say(plot, &chart.area, kea_text("there are no values to show"));
        return;
    }
    draw_bands(&chart, m);
    name_zero(&chart, m);
    mark_base(&chart, m);
    draw_bar(&chart, m, room.right);
}

kea_status kea_figure_map(const kea_figure_map_data *data, const char *folder, const char *name,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    map m = {.data = data};
    KEA_TRY(prepare(&m, err));
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, m.title, draw, &m};
    KEA_TRY(kea_plot_write(&page, folder, name, err));
done:
    kea_rings_free(&m.rings);
    return status;
}
