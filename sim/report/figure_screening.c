/* Morris scatter: how much each number matters, against how uneven its effect is. */
#include "sim/report/chart.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, MOST_NAMED = 12, SIDES = 3, HEIGHTS = 7 };

static const double name_size = 15;

/* A name as it was written: no other is written over it. */
typedef struct box {
    double left, right, y;
} box;

static bool is_free(const box *taken, size_t n, const box *wanted, const kea_area *area)
{
    if (wanted->left < area->left || wanted->right > area->right || wanted->y > area->top - 9 ||
        wanted->y < area->bottom + 9)
        return false;
    for (size_t i = 0; i < n; i++)
        if (wanted->left < taken[i].right + 4 && wanted->right > taken[i].left - 4 &&
            fabs(wanted->y - taken[i].y) < 18)
            return false;
    return true;
}

static double height_of(const kea_chart *chart, const kea_figure_effect *e)
{
    return kea_chart_y(chart, isfinite(e->sigma) ? e->sigma : 0);
}

/* The first place beside the mark at (x, y) that is free, near ones first; false when there is
 * none.
 */
static bool find_place(const box *taken, size_t n, const kea_area *area, double x, double y,
                       double width, box *place)
{
    static const double up[HEIGHTS] = {0, 18, -18, 36, 54, 72, 90};
    for (int i = 0; i < HEIGHTS; i++)
        for (int side = 0; side < SIDES; side++) {
            const double left[SIDES] = {x + 11, x - 11 - width, x - width / 2};
            *place = (box){left[side], left[side] + width, y + up[i]};
            if (is_free(taken, n, place, area))
                return true;
        }
    return false;
}

/* A thin line from a mark to a name that does not stand right beside it. */
static void lead_to(const kea_chart *chart, double x, double y, const box *place)
{
    double to = fmin(fmax(x, place->left), place->right);
    double down = place->y > y ? 8 : -8;
    double px[2] = {x, to}, py[2] = {y, place->y - down};
    if (fabs(place->y - y) > 20)
        kea_plot_line(chart->plot, 2, px, py, kea_ink_grey, 1);
}

/* Names the largest, each at the first place beside its mark where there is room; one without room
 * stays without a name. */
static void name_effects(const kea_chart *chart, const kea_figure_screening_data *d)
{
    box taken[2 * MOST_NAMED];
    size_t n = 0, named[MOST_NAMED], marks = 0;
    for (size_t i = 0; i < d->n && i < MOST_NAMED; i++)
        taken[n++] =
            (box){kea_chart_x(chart, d->effects[i].mu_star) - 5,
                  kea_chart_x(chart, d->effects[i].mu_star) + 5, height_of(chart, &d->effects[i])};
    marks = n;
    for (size_t i = 0; i < d->n && i < MOST_NAMED && d->effects[i].mu_star > 0; i++) {
        const kea_figure_effect *e = &d->effects[i];
        double x = kea_chart_x(chart, e->mu_star), y = height_of(chart, e);
        double width = kea_font_width(e->name, name_size, false);
        box place;
        if (!find_place(taken, n, &chart->area, x, y, width, &place))
            continue;
        lead_to(chart, x, y, &place);
        named[n - marks] = i;
        taken[n++] = place;
    }
    kea_lettering letters = kea_letters(name_size, KEA_START, kea_ink_text);
    for (size_t k = marks; k < n; k++)
        kea_chart_text_over(chart->plot, taken[k].left, taken[k].y, &letters,
                            d->effects[named[k - marks]].name);
}

static void draw_effects(const kea_chart *chart, const kea_figure_screening_data *d)
{
    kea_ink ink = kea_chart_colour(0);
    for (size_t i = d->n; i-- > 0;) {
        const kea_figure_effect *e = &d->effects[i];
        if (!isfinite(e->mu_star))
            continue;
        double x = kea_chart_x(chart, e->mu_star), y = height_of(chart, e);
        kea_plot_disc(chart->plot, x, y, 7.5, kea_ink_white);
        kea_plot_disc(chart->plot, x, y, 6, ink);
        if (!isfinite(e->sigma))
            kea_plot_disc(chart->plot, x, y, 3.4, kea_ink_white);
    }
}

static kea_axis axis_of(const kea_figure_screening_data *d, const kea_span *span)
{
    const kea_unit unit =
        d->unit == KEA_FIGURE_MONEY ? kea_unit_money(d->currency, span) : kea_unit_plain();
    return kea_axis_over(span, &unit, 6, true);
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_figure_screening_data *d = given;
    kea_span x = {0, 0}, y = {0, 0};
    char x_name[TEXT], y_name[TEXT], x_title[TEXT], y_title[TEXT];
    for (size_t i = 0; i < d->n; i++) {
        kea_span_add(&x, 1, &d->effects[i].mu_star);
        kea_span_add(&y, 1, &d->effects[i].sigma);
    }
    kea_chart chart = {.plot = plot, .x = axis_of(d, &x), .y = axis_of(d, &y)};
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, d->title, "", d->note);
    (void)snprintf(x_name, sizeof x_name, kea_text("Effect on the %s, mean absolute"), d->quantity);
    (void)snprintf(y_name, sizeof y_name, "%s",
                   kea_text("How uneven the effect is, standard deviation"));
    kea_chart_axis_title(x_title, sizeof x_title, x_name, &chart.x);
    kea_chart_axis_title(y_title, sizeof y_title, y_name, &chart.y);
    kea_chart_axes(&chart, &room, 20, x_title, y_title);
    if (x.high > 0) {
        name_effects(&chart, d);
        draw_effects(&chart, d);
    } else {
        kea_chart_say(plot, &chart.area, kea_text("no number moves it"));
    }
}

kea_status kea_figure_screening(const kea_figure_screening_data *data, const char *folder,
                                const char *name, kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, KEA_PAGE_HEIGHT, data->title, draw, data};
    return kea_plot_write(&page, folder, name, err);
}
