/* Mean costs and effects of all strategies with the efficient frontier. */
#include "sim/report/chart.h"
#include "sim/report/figures_choice.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { NAMED = 12, TEXT = 600 };

static const double legend_room = 236; /* pixels right of the frame */

static kea_ink ink_of(const kea_frontier_point *point)
{
    return point->on_frontier ? kea_chart_colour(0) : kea_chart_tint(kea_ink_grey, 0.65);
}

/* The line along the frontier, and what a unit of effect costs on each part of it. */
static void draw_line(const kea_chart *chart, const kea_figure_frontier_data *d)
{
    const kea_frontier_point *before = NULL;
    for (size_t i = 0; i < d->n && d->points[i].on_frontier; i++) {
        const kea_frontier_point *p = &d->points[i];
        if (before) {
            const double x[2] = {before->effect, p->effect}, y[2] = {before->cost, p->cost};
            kea_chart_line(chart, 2, x, y, kea_chart_colour(0), 3.2);
        }
        before = p;
    }
}

static void write_ratios(const kea_chart *chart, const kea_figure_frontier_data *d)
{
    const kea_lettering letters = kea_letters(16, KEA_START, kea_chart_dark(kea_chart_colour(0)));
    for (size_t i = 1; i < d->n && d->points[i].on_frontier; i++) {
        const kea_frontier_point *p = &d->points[i], *q = p - 1;
        const double x = (kea_chart_x(chart, p->effect) + kea_chart_x(chart, q->effect)) / 2;
        const double y = (kea_chart_y(chart, p->cost) + kea_chart_y(chart, q->cost)) / 2;
        const double length = hypot(kea_chart_x(chart, p->effect) - kea_chart_x(chart, q->effect),
                                    kea_chart_y(chart, p->cost) - kea_chart_y(chart, q->cost));
        char text[100];
        if (!isfinite(p->ratio))
            continue;
        kea_money_write(text, sizeof text, d->currency, p->ratio, 3);
        if (length > kea_font_width(text, letters.size, false) + 40)
            kea_chart_text_over(chart->plot, x + 10, y - 14, &letters, text);
    }
}

static void draw_points(const kea_chart *chart, const kea_figure_frontier_data *d)
{
    for (size_t i = d->n; i-- > 0;) {
        const kea_frontier_point *p = &d->points[i];
        const double x = kea_chart_x(chart, p->effect), y = kea_chart_y(chart, p->cost);
        char number[24];
        if (!kea_chart_holds(chart, p->effect, p->cost))
            continue;
        kea_plot_disc(chart->plot, x, y, i < NAMED ? 13 : 6, kea_ink_white);
        kea_plot_disc(chart->plot, x, y, i < NAMED ? 11.5 : 5, ink_of(p));
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        kea_lettering letters = kea_letters(15, KEA_MIDDLE, kea_ink_white);
        letters.bold = true;
        if (i < NAMED)
            kea_plot_text(chart->plot, x, y, &letters, number);
    }
}

/* The names behind their numbers, those on the frontier first. */
static void draw_legend(const kea_chart *chart, const kea_figure_frontier_data *d)
{
    double y = chart->area.top - 10;
    const double left = chart->area.right + 26;
    for (size_t i = 0; i < d->n && i < NAMED; i++) {
        kea_font_lines lines;
        char number[24];
        const kea_ink ink = ink_of(&d->points[i]);
        kea_lettering letters = kea_letters(14, KEA_MIDDLE, kea_ink_white);
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        kea_plot_disc(chart->plot, left, y, 10, ink);
        kea_plot_text(chart->plot, left, y, &letters, number);
        letters = kea_letters(16, KEA_START, kea_chart_dark(ink));
        kea_font_wrap(&lines, d->points[i].name, letters.size, false, legend_room - 48, 2);
        for (size_t k = 0; k < lines.n; k++, y -= 20)
            kea_plot_text(chart->plot, left + 18, y, &letters, lines.line[k]);
        y -= 8;
    }
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_frontier_data *d = given;
    kea_span cost = kea_span_empty(), effect = kea_span_empty();
    char title[TEXT], subtitle[TEXT], x_title[TEXT], y_title[TEXT];
    for (size_t i = 0; i < d->n; i++) {
        kea_span_add_one(&cost, d->points[i].cost);
        kea_span_add_one(&effect, d->points[i].effect);
    }
    /* room for the discs at the edges */
    const double beyond[2] = {0.06 * (cost.high - cost.low), 0.06 * (effect.high - effect.low)};
    cost = (kea_span){cost.low - beyond[0], cost.high + beyond[0]};
    effect = (kea_span){effect.low - beyond[1], effect.high + beyond[1]};
    const kea_unit money = kea_unit_money(d->currency, &cost), plain = kea_unit_plain();
    kea_chart chart = {.plot = plot,
                       .x = kea_axis_over(&effect, &plain, 6, false),
                       .y = kea_axis_over(&cost, &money, 6, false)};
    (void)snprintf(title, sizeof title, "%s", kea_text("Which strategies are worth considering?"));
    (void)snprintf(subtitle, sizeof subtitle,
                   kea_text("line: the frontier, with what one more %s costs; pale: dominated"),
                   d->effect_unit);
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, title, subtitle, d->note);
    (void)snprintf(x_title, sizeof x_title, kea_text("Effect more than %s"), d->reference);
    (void)snprintf(y_title, sizeof y_title, kea_text("Cost more than %s"), d->reference);
    char with_unit[TEXT + 60];
    kea_chart_axis_title(with_unit, sizeof with_unit, y_title, &chart.y);
    kea_chart_axes(&chart, &room, legend_room, x_title, with_unit);
    draw_line(&chart, d);
    write_ratios(&chart, d);
    draw_points(&chart, d);
    draw_legend(&chart, d);
}

kea_status kea_figure_frontier(const kea_figure_frontier_data *data, const char *folder,
                               const char *name, kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT,
                     kea_text("Which strategies are worth considering?"), draw, data};
    return kea_plot_write(&page, folder, name, err);
}
