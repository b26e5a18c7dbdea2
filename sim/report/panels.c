#include "sim/report/panels.h"

#include "sim/report/chart.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600 };

static double value_at(size_t n, const double *x, const double *y, double at)
{
    for (size_t i = 0; i < n; i++)
        if (x[i] == at)
            return y[i];
    for (size_t i = 0; i + 1 < n; i++) {
        double share = (at - x[i]) / (x[i + 1] - x[i]);
        if (share > 0 && share < 1)
            return y[i] + share * (y[i + 1] - y[i]);
    }
    return (double)NAN;
}

static kea_axis y_axis(const kea_panels *panels, const kea_panel *panel)
{
    kea_span span = kea_span_empty();
    kea_span_add(&span, panels->n, panel->curve.mean);
    if (panel->curve.low && panel->curve.high) {
        kea_span_add(&span, panels->n, panel->curve.low);
        kea_span_add(&span, panels->n, panel->curve.high);
    }
    if (!kea_span_is_empty(&span)) {
        kea_span_add_one(&span, panel->least);
        kea_span_add_one(&span, panel->most);
    }
    return kea_axis_over(&span, &panel->unit, 6, true);
}

/* The dot at the hours of the base case with its value in words. */
static void mark_base(const kea_chart *chart, const kea_panels *panels, const kea_panel *panel)
{
    double value = value_at(panels->n, panels->hours, panel->curve.mean, panels->base_hours);
    char text[TEXT], number[200];
    if (!kea_chart_holds(chart, panels->base_hours, value))
        return;
    kea_unit_write(number, sizeof number, value, &panel->unit, 3);
    kea_text_fill(text, sizeof text, panel->mark, number);
    kea_ink ink = kea_chart_colour(panel->colour);
    kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_chart_dark(ink));
    double x = kea_chart_x(chart, panels->base_hours), y = kea_chart_y(chart, value);
    bool left = x + 16 + kea_font_width(text, letters.size, false) > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    /* beside a rising curve there is room below it to the right, above it to the left */
    double reach = 0.04 * (chart->x.high - chart->x.low);
    const double *mean = panel->curve.mean;
    double before = value_at(panels->n, panels->hours, mean, panels->base_hours - reach);
    double after = value_at(panels->n, panels->hours, mean, panels->base_hours + reach);
    bool rises = after > value || before < value;
    bool low = y - 24 < chart->area.bottom + 8 || (rises == left && y + 30 < chart->area.top);
    kea_plot_text(chart->plot, left ? x - 13 : x + 13, low ? y + 20 : y - 19, &letters, text);
    kea_plot_disc(chart->plot, x, y, 8, kea_ink_white);
    kea_plot_disc(chart->plot, x, y, 6, ink);
}

static void draw_panel(kea_chart *chart, const kea_panels *panels, const kea_panel *panel,
                       const kea_area *room, const char *x_title)
{
    char y_title[TEXT];
    const kea_curve *curve = &panel->curve;
    kea_ink ink = kea_chart_colour(panel->colour);
    kea_chart_axis_title(y_title, sizeof y_title, panel->title, &chart->y);
    kea_chart_axes(chart, room, 24, x_title, y_title);
    if (curve->low && curve->high)
        kea_chart_band(chart, panels->n, panels->hours, curve->low, curve->high,
                       kea_chart_tint(ink, 0.25));
    double x[2] = {chart->x.low, chart->x.high}, zero[2] = {0, 0};
    if (kea_chart_holds(chart, x[0], 0))
        kea_chart_line(chart, 2, x, zero, kea_ink_grey, 1.4);
    kea_chart_vertical(chart, panels->base_hours, kea_ink_grey);
    kea_chart_line(chart, panels->n, panels->hours, curve->mean, ink, 3.2);
    mark_base(chart, panels, panel);
    kea_span span = kea_span_empty();
    kea_span_add(&span, panels->n, curve->mean);
    if (kea_span_is_empty(&span))
        kea_chart_say(chart->plot, &chart->area, kea_text("there are no values to show"));
}

/* "now: 5.2" above the dashed line of the upper panel. */
static void name_base(const kea_chart *chart, const kea_panels *panels)
{
    const double base_hours = panels->base_hours;
    char text[TEXT], number[100];
    if (!(base_hours >= chart->x.low && base_hours <= chart->x.high))
        return;
    kea_number_write(number, sizeof number, base_hours, 3);
    kea_text_fill(text, sizeof text,
                  panels->base_text ? panels->base_text : kea_text("base case: %s hours"), number);
    kea_lettering letters = kea_letters(16, KEA_START, kea_ink_grey);
    double x = kea_chart_x(chart, base_hours);
    bool left = x + 10 + kea_font_width(text, letters.size, false) > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    kea_chart_text_over(chart->plot, left ? x - 7 : x + 7, chart->area.top - 2, &letters, text);
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_panels *panels = given;
    kea_area room =
        kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT + 60, panels->title, "", panels->note);
    kea_span hours = kea_span_empty();
    kea_span_add(&hours, panels->n, panels->hours);
    kea_unit plain = kea_unit_plain();
    kea_chart chart[KEA_PANELS];
    double width = 0;
    for (int k = 0; k < KEA_PANELS; k++) {
        chart[k] = (kea_chart){.plot = plot};
        chart[k].x = kea_axis_over(&hours, &plain, 8, false);
        chart[k].y = y_axis(panels, &panels->panel[k]);
        width = fmax(width, kea_chart_tick_width(&chart[k].y));
    }
    double middle = room.bottom + 54 + (room.top - room.bottom - 54) / 2;
    kea_area part[KEA_PANELS] = {{room.left, middle + 4, room.right, room.top},
                                 {room.left, room.bottom, room.right, middle - 4}};
    for (int k = 0; k < KEA_PANELS; k++) {
        chart[k].tick_room = width;
        draw_panel(&chart[k], panels, &panels->panel[k], &part[k],
                   k + 1 == KEA_PANELS ? panels->hours_name : "");
    }
    name_base(&chart[0], panels);
}

kea_status kea_panels_write(const kea_panels *panels, const char *folder, const char *name,
                            kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT + 60, panels->title, draw, panels};
    return kea_plot_write(&page, folder, name, err);
}
