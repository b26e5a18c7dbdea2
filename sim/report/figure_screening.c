/* Morris scatter: how much each number matters, against how uneven its effect is. */
#include "sim/report/chart.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, MOST_NAMED = 12, MOST_MARKS = 300, STEPS = 40 };

static const double name_size = 15, name_half = 9, mark_half = 7, step = 18;

/* Where a mark is, or a name as it was written. */
typedef struct box {
    double left, right, y, half;
} box;

/* A line from a mark to its name. */
typedef struct lead {
    double x[2], y[2];
} lead;

/* A name: where it stands, and the line to it when it stands apart. */
typedef struct written {
    box place;
    lead line;
    bool led;
} written;

/* What stands on the figure: nothing is written over it. */
typedef struct crowd {
    size_t n_marks, n_boxes, n_leads; /* the first boxes are the marks */
    box boxes[MOST_MARKS + MOST_NAMED];
    lead leads[MOST_NAMED];
} crowd;

static bool meets(const box *a, const box *b)
{
    return a->left < b->right + 4 && a->right > b->left - 4 &&
           fabs(a->y - b->y) < a->half + b->half;
}

/* Whether a line goes through a box. */
static bool crosses(const lead *line, const box *b)
{
    for (int i = 0; i < STEPS; i++) {
        double part = (double)i / STEPS;
        double x = line->x[0] + part * (line->x[1] - line->x[0]);
        double y = line->y[0] + part * (line->y[1] - line->y[0]);
        if (x > b->left - 2 && x < b->right + 2 && fabs(y - b->y) < b->half)
            return true;
    }
    return false;
}

/* For the name of mark number `own`; `line` may be NULL. */
static bool is_free(const crowd *taken, size_t own, const box *place, const lead *line,
                    const kea_area *area)
{
    if (place->left < area->left || place->right > area->right ||
        place->y > area->top - name_half || place->y < area->bottom + name_half)
        return false;
    for (size_t i = 0; i < taken->n_boxes; i++) {
        const box *at = &taken->boxes[i];
        /* a line begins at its mark, and at those that lie over it */
        bool begins = i < taken->n_marks && meets(at, &taken->boxes[own]);
        if (meets(place, at) || (line && !begins && crosses(line, at)))
            return false;
    }
    for (size_t i = 0; i < taken->n_leads; i++)
        if (crosses(&taken->leads[i], place))
            return false;
    return true;
}

static double height_of(const kea_chart *chart, const kea_figure_effect *e)
{
    return kea_chart_y(chart, isfinite(e->sigma) ? e->sigma : 0);
}

/* From a mark to a name that does not stand right beside it. */
static lead lead_to(double x, double y, const box *place)
{
    double to = fmin(fmax(x, place->left), place->right);
    return (lead){{x, to}, {y, place->y - (place->y > y ? name_half : -name_half)}};
}

/* Where the names of a mark may begin: beside it, on it, as far to the right as there is room,
 * before it, around it. */
enum { BESIDE, FROM, TO_EDGE, BEFORE, AROUND, SIDES };

/* One round of looking for a place: these sides at heights of `first` to `last` steps, above the
 * mark and (both) below. */
typedef struct try_at {
    int n_sides, sides[3], first, last;
    bool both;
} try_at;

static bool try_round(const try_at *r, const crowd *taken, size_t own, const kea_area *area,
                      double width, written *found)
{
    const double x = 0.5 * (taken->boxes[own].left + taken->boxes[own].right);
    const double y = taken->boxes[own].y;
    const double left[SIDES] = {x + 11, x - 5, fmin(x - 5, area->right - width - 1), x - 11 - width,
                                x - width / 2};
    for (int i = 2 * r->first; i <= 2 * r->last + 1; i++) {
        const double up = step * (double)(i / 2) * (i % 2 ? -1 : 1);
        if (i % 2 && !r->both)
            continue;
        for (int k = 0; k < r->n_sides; k++) {
            const double at = left[r->sides[k]];
            found->place = (box){at, at + width, y + up, name_half};
            found->line = lead_to(x, y, &found->place);
            found->led = i / 2 > 1;
            if (is_free(taken, own, &found->place, found->led ? &found->line : NULL, area))
                return true;
        }
    }
    return false;
}

/* A place for the name of mark number `own`; false when there is none. Marks come from right to
 * left, the largest first: names that begin at their mark and go up leave room for the next. Before
 * a mark there is room only above the crowd along the axis. */
static bool find_place(const crowd *taken, size_t own, const kea_area *area, double width,
                       written *found)
{
    const bool low = taken->boxes[own].y < area->bottom + 2 * step;
    const try_at rounds[] = {{low ? 2 : 3, {BESIDE, FROM, BEFORE}, 0, 1, true},
                             {3, {FROM, BESIDE, TO_EDGE}, 1, 12, false},
                             {3, {TO_EDGE, BEFORE, AROUND}, 1, 16, true}};
    for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++)
        if (try_round(&rounds[i], taken, own, area, width, found))
            return true;
    return false;
}

static void add_marks(crowd *taken, const kea_chart *chart, const kea_figure_screening_data *d)
{
    for (size_t i = 0; i < d->n && i < MOST_MARKS; i++) {
        double x = kea_chart_x(chart, d->effects[i].mu_star);
        taken->boxes[taken->n_boxes++] =
            (box){x - mark_half, x + mark_half, height_of(chart, &d->effects[i]), mark_half};
    }
    taken->n_marks = taken->n_boxes;
}

/* Names the largest, the largest first, each at the first place near its mark where there is room;
 * one without room stays without a name. */
static void name_effects(const kea_chart *chart, const kea_figure_screening_data *d)
{
    static const double thin = 1;
    crowd taken = {0};
    const kea_lettering letters = kea_letters(name_size, KEA_START, kea_ink_text);
    add_marks(&taken, chart, d);
    for (size_t i = 0; i < d->n && i < MOST_NAMED && d->effects[i].mu_star > 0; i++) {
        const kea_figure_effect *e = &d->effects[i];
        double width = kea_font_width(e->name, name_size, false);
        written found;
        if (!find_place(&taken, i, &chart->area, width, &found))
            continue;
        if (found.led) {
            kea_plot_line(chart->plot, 2, found.line.x, found.line.y, kea_ink_grey, thin);
            taken.leads[taken.n_leads++] = found.line;
        }
        kea_chart_text_over(chart->plot, found.place.left, found.place.y, &letters, e->name);
        taken.boxes[taken.n_boxes++] = found.place;
    }
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
