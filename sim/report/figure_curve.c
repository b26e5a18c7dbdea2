/* A quantity over the values of one number, and where it turns. */
#include "sim/report/chart.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, MAX_LINES = 7 };

static const double label_room = 190; /* pixels right of the frame, with several lines */

static kea_unit unit_of(kea_figure_unit unit, const char *currency, const kea_span *span)
{
    if (unit == KEA_FIGURE_MONEY)
        return kea_unit_money(currency, span);
    return unit == KEA_FIGURE_PERCENT ? kea_unit_percent() : kea_unit_plain();
}

/* Amounts below a million are clearer whole than in thousands. */
static kea_unit x_unit_of(const kea_figure_curve_data *d, const kea_span *span)
{
    const kea_span small = {0, 0};
    kea_unit unit = unit_of(d->x_unit, d->currency, span);
    if (d->x_unit == KEA_FIGURE_MONEY && unit.divide > 1 && unit.divide < 1e6)
        unit = kea_unit_money(d->currency, &small);
    return unit;
}

static void span_of(const kea_figure_curve_data *d, kea_span *span)
{
    *span = kea_span_empty();
    for (size_t k = 0; k < d->n_lines; k++) {
        const kea_curve *curve = &d->lines[k].curve;
        kea_span_add(span, d->n, curve->mean);
        if (curve->low) {
            kea_span_add(span, d->n, curve->low);
            kea_span_add(span, d->n, curve->high);
        }
    }
    if (isfinite(d->goal))
        kea_span_add_one(span, d->goal);
}

/* The value where a line turns, beside a disc on the goal. */
static void mark_turn(const kea_chart *chart, const kea_figure_curve_data *d, size_t line)
{
    char text[TEXT];
    double turn = d->lines[line].turn;
    if (!isfinite(d->goal) || !kea_chart_holds(chart, turn, d->goal))
        return;
    const kea_unit own = x_unit_of(d, &(kea_span){0, turn});
    kea_unit_write(text, sizeof text, turn, &own, 4);
    kea_ink ink = kea_chart_colour(line);
    kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_chart_dark(ink));
    double x = kea_chart_x(chart, turn), y = kea_chart_y(chart, d->goal);
    double width = kea_font_width(text, letters.size, false);
    bool left = x + 14 + width > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    bool low = y + 20 + 24 * (double)line > chart->area.top;
    double beside = 18 + 24 * (double)(line % 3);
    kea_chart_text_over(chart->plot, left ? x - 11 : x + 11, low ? y - beside : y + beside,
                        &letters, text);
    kea_plot_disc(chart->plot, x, y, 8, kea_ink_white);
    kea_plot_disc(chart->plot, x, y, 6, ink);
}

static void mark_base(const kea_chart *chart, const kea_figure_curve_data *d)
{
    const char *words = d->base_name ? d->base_name : kea_text("base case");
    if (!(d->base >= chart->x.low && d->base <= chart->x.high))
        return;
    kea_chart_vertical(chart, d->base, kea_ink_grey);
    kea_lettering letters = kea_letters(17, KEA_START, kea_ink_grey);
    double x = kea_chart_x(chart, d->base);
    bool left = x + 14 + kea_font_width(words, letters.size, false) > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    kea_chart_text_over(chart->plot, left ? x - 8 : x + 8, chart->area.bottom + 14, &letters,
                        words);
}

static void name_lines(const kea_chart *chart, const kea_figure_curve_data *d)
{
    kea_label labels[MAX_LINES];
    size_t n = 0;
    for (size_t k = 0; k < d->n_lines; k++) {
        double last = d->lines[k].curve.mean[d->n - 1];
        if (isfinite(last))
            labels[n++] =
                (kea_label){d->lines[k].name, kea_chart_y(chart, last), kea_chart_colour(k)};
    }
    kea_area area = chart->area;
    area.top += 12;
    area.bottom -= 12;
    kea_chart_labels(chart->plot, n, labels, chart->area.right + 10, label_room - 10, &area);
}

static void draw_lines(const kea_chart *chart, const kea_figure_curve_data *d)
{
    for (size_t k = d->n_lines; k-- > 0;) {
        const kea_curve *curve = &d->lines[k].curve;
        kea_ink band = kea_chart_colour(k);
        band.opacity = 0.18;
        if (curve->low)
            kea_chart_band(chart, d->n, d->x, curve->low, curve->high, band);
    }
    for (size_t k = d->n_lines; k-- > 0;)
        kea_chart_line(chart, d->n, d->x, d->lines[k].curve.mean, kea_chart_colour(k), 3.2);
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_curve_data *d = given;
    kea_span x = kea_span_empty(), y;
    char x_title[TEXT], y_title[TEXT];
    kea_span_add(&x, d->n, d->x);
    span_of(d, &y);
    const kea_unit x_unit = x_unit_of(d, &x), y_unit = unit_of(d->y_unit, d->currency, &y);
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&x, &x_unit, 6, false),
                       .y = kea_axis_over(&y, &y_unit, 7, true)};
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, d->title, "", d->note);
    kea_chart_axis_title(x_title, sizeof x_title, d->x_name, &chart.x);
    kea_chart_axis_title(y_title, sizeof y_title, d->y_name, &chart.y);
    kea_chart_axes(&chart, &room, d->n_lines > 1 ? label_room : 20, x_title, y_title);
    if (isfinite(d->goal))
        kea_chart_horizontal(&chart, d->goal, kea_ink_text);
    mark_base(&chart, d);
    draw_lines(&chart, d);
    for (size_t k = 0; k < d->n_lines; k++)
        mark_turn(&chart, d, k);
    if (kea_span_is_empty(&y))
        kea_chart_say(plot, &chart.area, kea_text("there are no values to show"));
    else if (d->n_lines > 1)
        name_lines(&chart, d);
}

kea_status kea_figure_curve(const kea_figure_curve_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    kea_figure_curve_data shown = *data;
    shown.n_lines = data->n_lines < MAX_LINES ? data->n_lines : MAX_LINES;
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, data->title, draw, &shown};
    return kea_plot_write(&page, folder, name, err);
}
