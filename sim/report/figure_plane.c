/* The cost-effectiveness plane. */
#include "sim/core/memory.h"
#include "sim/report/chart.h"
#include "sim/report/density.h"
#include "sim/report/figures.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_CLOUDS = 7, MAX_POINTS = 300, TEXT = 600, HEIGHT = KEA_PAGE_HEIGHT + 40, NAMES = 190 };

static const double shares[KEA_DENSITY_SHARES] = {0.95, 0.5};
static const double tints[KEA_DENSITY_SHARES] = {0.2, 0.42};

/* What is worked out before drawing. */
typedef struct plane {
    const kea_figure_plane_data *data;
    size_t n_clouds;
    kea_density density[MAX_CLOUDS];
    kea_rings rings[MAX_CLOUDS];
    double mean_effect[MAX_CLOUDS], mean_cost[MAX_CLOUDS]; /* NAN when there are no points */
    double below;                                          /* share of the points under the line */
    double quadrant[4]; /* share of points: more cost and effect, then anticlockwise */
    kea_chart chart;
    char title[TEXT], subtitle[TEXT], note[TEXT];
} plane;

static int ascending(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* The range shown for some values: all of them, or of many all but the outermost half per cent. */
static kea_status shown_span(kea_span *span, size_t n, const double *value, kea_error *err)
{
    void *block = NULL;
    size_t kept = 0;
    kea_status status = kea_memory_new(&block, n + 1, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    double *sorted = block;
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i]))
            sorted[kept++] = value[i];
    qsort(sorted, kept, sizeof sorted[0], ascending);
    size_t off = kept / 200;
    kea_span_add(span, kept - 2 * off, sorted + off);
    free(block);
    return KEA_OK;
}

/* Makes room on the other side of zero, so that all four quadrants can be named. */
static kea_span with_quadrants(kea_span span, double share)
{
    if (kea_span_is_empty(&span))
        span = (kea_span){0, 1};
    double low = fmin(span.low, 0), high = fmax(span.high, 0);
    double reach = fmax(-low, high);
    if (reach == 0)
        reach = 1;
    low -= 0.04 * (high - low);
    high += 0.06 * (high - low);
    return (kea_span){fmin(low, -share * reach), fmax(high, share * reach)};
}

static void count_points(plane *p, size_t k)
{
    const kea_cloud *cloud = &p->data->clouds[k];
    double n = 0, effect = 0, cost = 0, below = 0, quadrant[4] = {0};
    for (size_t i = 0; i < cloud->n; i++) {
        double e = cloud->effect[i], c = cloud->cost[i];
        if (!isfinite(e) || !isfinite(c))
            continue;
        n += 1;
        effect += e;
        cost += c;
        below += c < p->data->wtp * e ? 1 : 0;
        quadrant[c >= 0 ? (e >= 0 ? 0 : 1) : (e < 0 ? 2 : 3)] += 1;
    }
    p->mean_effect[k] = effect / n; /* 0 / 0 is NAN */
    p->mean_cost[k] = cost / n;
    if (k > 0)
        return;
    p->below = below / n;
    for (int q = 0; q < 4; q++)
        p->quadrant[q] = quadrant[q] / n;
}

static void write_texts(plane *p)
{
    const kea_figure_plane_data *d = p->data;
    char own[TEXT] = "", amount[100], percent[60];
    kea_unit unit = kea_unit_percent();
    if (p->n_clouds == 1)
        (void)snprintf(p->title, TEXT, kea_text("Extra cost and effect of %s compared with %s"),
                       d->clouds[0].name, d->comparator);
    else
        (void)snprintf(p->title, TEXT, kea_text("Extra cost and effect compared with %s"),
                       d->comparator);
    if (p->n_clouds == 1 && isfinite(d->wtp) && isfinite(p->below)) {
        kea_unit_write(percent, sizeof percent, p->below, &unit, p->below < 0.1 ? 1 : 2);
        kea_money_write(amount, sizeof amount, d->currency, d->wtp, 4);
        (void)snprintf(p->subtitle, TEXT,
                       kea_text("%s of the points lie below the line: worth it at %s per %s"),
                       percent, amount, d->effect_unit);
    }
    if (p->n_clouds > 1)
        (void)snprintf(own, TEXT, "%s", kea_text("95% of the points lie within each region"));
    else if (p->density[0].exists)
        (void)snprintf(own, TEXT, "%s",
                       kea_text("half of the points lie in the dark region, 95% in the light one"));
    kea_chart_join(p->note, TEXT, d->note, own);
}

static kea_status prepare(plane *p, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_span effect = kea_span_empty(), cost = kea_span_empty();
    for (size_t k = 0; k < p->n_clouds; k++) {
        const kea_cloud *cloud = &p->data->clouds[k];
        count_points(p, k);
        KEA_TRY(shown_span(&effect, cloud->n, cloud->effect, err));
        KEA_TRY(shown_span(&cost, cloud->n, cloud->cost, err));
        KEA_TRY(
            kea_density_init(&p->density[k], cloud->n, cloud->effect, cloud->cost, shares, err));
        if (!p->density[k].exists)
            continue;
        kea_grid grid = kea_density_grid(&p->density[k]);
        KEA_TRY(kea_rings_init(&p->rings[k], &grid, KEA_DENSITY_SHARES, p->density[k].level, err));
    }
    effect = with_quadrants(effect, p->n_clouds > 1 ? 0.3 : 0.21);
    cost = with_quadrants(cost, 0.24);
    kea_unit plain = kea_unit_plain(), money = kea_unit_money(p->data->currency, &cost);
    p->chart.x = kea_axis_over(&effect, &plain, 8, false);
    p->chart.y = kea_axis_over(&cost, &money, 8, false);
    write_texts(p);
done:
    return status;
}

/* ---------------------------------------------------------------- drawing */

static void draw_regions(const plane *p, size_t k, bool many)
{
    const kea_rings *rings = &p->rings[k];
    kea_ink ink = kea_chart_colour(k);
    for (size_t i = 0; i < rings->n; i++) {
        const kea_ring *ring = &rings->rings[i];
        const double *x = rings->x + ring->first, *y = rings->y + ring->first;
        /* a hole shows what lies around the region: one level lighter, or white */
        int level = (int)ring->level - (ring->above_inside ? 0 : 1);
        double end_x[2] = {x[ring->n - 1], x[0]}, end_y[2] = {y[ring->n - 1], y[0]};
        if (many && ring->level == 0) {
            kea_chart_line(&p->chart, ring->n, x, y, ink, 2.2);
            kea_chart_line(&p->chart, 2, end_x, end_y, ink, 2.2);
        } else if (!many) {
            kea_chart_ring(&p->chart, ring->n, x, y,
                           level < 0 ? kea_ink_white : kea_chart_tint(ink, tints[level]));
        }
    }
}

static void draw_points(const plane *p, size_t k)
{
    const kea_cloud *cloud = &p->data->clouds[k];
    kea_ink ink = kea_chart_colour(k);
    size_t every = (cloud->n + MAX_POINTS - 1) / MAX_POINTS;
    ink.opacity = 0.6;
    for (size_t i = 0; i < cloud->n; i += every)
        if (kea_chart_holds(&p->chart, cloud->effect[i], cloud->cost[i]))
            kea_plot_disc(p->chart.plot, kea_chart_x(&p->chart, cloud->effect[i]),
                          kea_chart_y(&p->chart, cloud->cost[i]), 2.4, ink);
}

static void draw_zero_lines(const kea_chart *chart)
{
    double x[2] = {0, 0}, y[2] = {chart->y.low, chart->y.high};
    kea_chart_line(chart, 2, x, y, kea_ink_grey, 1.4);
    double x2[2] = {chart->x.low, chart->x.high}, y2[2] = {0, 0};
    kea_chart_line(chart, 2, x2, y2, kea_ink_grey, 1.4);
}

/* One quadrant's meaning in its outer corner, with the share of the points that lie there. */
static void name_quadrant(const plane *p, int q, const char *words)
{
    const kea_chart *chart = &p->chart;
    bool right = q == 0 || q == 3, up = q < 2;
    double zero = kea_chart_x(chart, 0);
    double width = right ? chart->area.right - zero - 14 : zero - chart->area.left - 14;
    kea_lettering letters = kea_letters(16, right ? KEA_END : KEA_START, kea_ink_grey);
    kea_font_lines lines;
    char text[TEXT], percent[60];
    kea_unit unit = kea_unit_percent();
    kea_unit_write(percent, sizeof percent, p->quadrant[q], &unit,
                   p->quadrant[q] < 0.1     ? 1
                   : p->quadrant[q] < 0.995 ? 2
                                            : 3);
    bool one = p->n_clouds == 1 && p->quadrant[q] > 0;
    (void)snprintf(text, sizeof text, "%s%s%s", words, one ? ": " : "", one ? percent : "");
    kea_font_wrap(&lines, text, letters.size, false, fmin(width, 300), 3);
    for (size_t i = 0; i < lines.n; i++) {
        double down = 20 * (double)i, rest = 20 * (double)(lines.n - 1 - i);
        double y = up ? chart->area.top - 12 - down : chart->area.bottom + 12 + rest;
        kea_chart_text_over(chart->plot, right ? chart->area.right - 6 : chart->area.left + 6, y,
                            &letters, lines.line[i]);
    }
}

/* The line of the willingness to pay on the page: where it starts and ends, and its direction.
 * Words stand above it, but below a steep one, away from the zero line. */
typedef struct segment {
    double x, y, dx, dy, length; /* start, unit direction, pixels */
    double side;                 /* 1: words above, -1: below */
} segment;

static segment wtp_segment(const kea_chart *chart, double wtp)
{
    /* in effects, how far the line stays in the frame to the left and right of zero */
    double left = wtp > 0 ? fmax(chart->x.low, chart->y.low / wtp) : chart->x.low;
    double right = wtp > 0 ? fmin(chart->x.high, chart->y.high / wtp) : chart->x.high;
    segment line = {.x = kea_chart_x(chart, left), .y = kea_chart_y(chart, left * wtp)};
    line.dx = kea_chart_x(chart, right) - line.x;
    line.dy = kea_chart_y(chart, right * wtp) - line.y;
    line.length = hypot(line.dx, line.dy);
    line.dx /= line.length;
    line.dy /= line.length;
    line.side = line.dy > 0.9 ? -1 : 1;
    return line;
}

/* How much stands in the way of words from `from` to `to` along the line and above it: points, and
 * the corners where the quadrants are named. */
static double crowding(const plane *p, const segment *line, double from, double to)
{
    const kea_area *area = &p->chart.area;
    double crowd = 0;
    for (size_t k = 0; k < p->n_clouds; k++)
        for (size_t i = 0; i < p->data->clouds[k].n; i++) {
            double x = kea_chart_x(&p->chart, p->data->clouds[k].effect[i]) - line->x;
            double y = kea_chart_y(&p->chart, p->data->clouds[k].cost[i]) - line->y;
            double along = x * line->dx + y * line->dy,
                   above = line->side * (y * line->dx - x * line->dy);
            crowd += along > from - 6 && along < to + 6 && above > -4 && above < 30 ? 1 : 0;
        }
    for (double at = from; at <= to; at += 10) {
        double x = line->x + at * line->dx - 16 * line->side * line->dy;
        double y = line->y + at * line->dy + 16 * line->side * line->dx;
        bool high_low = y > area->top - 60 || y < area->bottom + 60;
        bool side = x > area->right - 300 || x < area->left + 120;
        crowd += high_low && side ? 1000 : 0;
    }
    return crowd;
}

static void draw_wtp(const plane *p)
{
    const kea_chart *chart = &p->chart;
    double wtp = p->data->wtp;
    if (!isfinite(wtp) || wtp < 0)
        return;
    segment line = wtp_segment(chart, wtp);
    double px[2] = {line.x, line.x + line.length * line.dx};
    double py[2] = {line.y, line.y + line.length * line.dy};
    kea_plot_line(chart->plot, 2, px, py, kea_ink_text, 2.2);
    char amount[100], text[TEXT];
    kea_money_write(amount, sizeof amount, p->data->currency, wtp, 4);
    (void)snprintf(text, sizeof text, kea_text("%s per %s"), amount, p->data->effect_unit);
    kea_lettering letters = kea_letters(17, KEA_START, kea_ink_text);
    double width = kea_font_width(text, letters.size, false);
    if (width > 0.6 * line.length) {
        (void)snprintf(text, sizeof text, "%s", amount);
        width = kea_font_width(text, letters.size, false);
    }
    double best = line.length - width - 8, least = (double)INFINITY;
    for (double from = best; from >= 8; from -= 8) {
        double crowd = crowding(p, &line, from, from + width);
        if (crowd < least) {
            least = crowd;
            best = from;
        }
    }
    letters.angle = atan2(line.dy, line.dx) * 180 / 3.141592653589793;
    kea_plot_text(chart->plot, line.x + best * line.dx - 14 * line.side * line.dy,
                  line.y + best * line.dy + 14 * line.side * line.dx, &letters, text);
}

static void draw_dot(const kea_chart *chart, double x, double y, kea_ink ink)
{
    kea_plot_disc(chart->plot, x, y, 8, kea_ink_white);
    kea_plot_disc(chart->plot, x, y, 6, ink);
}

static void draw_mean(const plane *p)
{
    const kea_chart *chart = &p->chart;
    double e = p->mean_effect[0], c = p->mean_cost[0];
    if (!kea_chart_holds(chart, e, c))
        return;
    double x = kea_chart_x(chart, e), y = kea_chart_y(chart, c);
    char text[TEXT], effect[100], cost[100];
    kea_number_write(effect, sizeof effect, e, 3);
    kea_money_write(cost, sizeof cost, p->data->currency, c, 3);
    (void)snprintf(text, sizeof text, kea_text("mean: %s for %s"), effect, cost);
    kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_ink_text);
    bool left = x + 12 + kea_font_width(text, letters.size, false) > chart->area.right;
    letters.anchor = left ? KEA_END : KEA_START;
    kea_chart_text_over(chart->plot, left ? x - 12 : x + 12, y, &letters, text);
    draw_dot(chart, x, y, kea_ink_text);
}

/* Several strategies: their names in the margin, a thin line from each to its mean. */
static void name_means(const plane *p, double right)
{
    const kea_chart *chart = &p->chart;
    kea_label labels[MAX_CLOUDS];
    size_t n = 0;
    for (size_t k = 0; k < p->n_clouds; k++)
        if (isfinite(p->mean_cost[k]))
            labels[n++] = (kea_label){p->data->clouds[k].name, kea_chart_y(chart, p->mean_cost[k]),
                                      kea_chart_colour(k)};
    kea_chart_labels(chart->plot, n, labels, chart->area.right + 10, right - 10, &chart->area);
    for (size_t k = 0; k < p->n_clouds; k++)
        for (size_t i = 0; i < n; i++) {
            if (labels[i].text != p->data->clouds[k].name)
                continue;
            double x[2] = {kea_chart_x(chart, p->mean_effect[k]), chart->area.right + 6};
            double y[2] = {kea_chart_y(chart, p->mean_cost[k]), labels[i].y};
            kea_plot_line(chart->plot, 2, x, y, kea_chart_colour(k), 1);
            draw_dot(chart, x[0], y[0], kea_chart_colour(k));
        }
}

static void draw(kea_plot *plot, const void *given)
{
    plane here = *(const plane *)given, *p = &here;
    char y_title[TEXT], x_title[TEXT];
    p->chart.plot = plot;
    kea_area room = kea_chart_page(plot, KEA_PAGE_WIDTH, HEIGHT, p->title, p->subtitle, p->note);
    kea_chart_axis_title(y_title, sizeof y_title, kea_text("Extra cost"), &p->chart.y);
    kea_chart_axis_title(x_title, sizeof x_title, p->data->effect, &p->chart.x);
    double right = p->n_clouds > 1 ? NAMES : 6;
    kea_chart_axes(&p->chart, &room, right, x_title, y_title);
    for (size_t k = 0; k < p->n_clouds; k++)
        draw_regions(p, k, p->n_clouds > 1);
    draw_zero_lines(&p->chart);
    if (p->n_clouds == 1)
        draw_points(p, 0);
    draw_wtp(p);
    name_quadrant(p, 0, kea_text("costs more, more effect"));
    name_quadrant(p, 1, kea_text("costs more, less effect"));
    name_quadrant(p, 2, kea_text("saves, less effect"));
    name_quadrant(p, 3, kea_text("saves, more effect"));
    bool any = false;
    for (size_t k = 0; k < p->n_clouds; k++)
        any = any || isfinite(p->mean_cost[k]);
    if (p->n_clouds > 1)
        name_means(p, NAMES);
    else
        draw_mean(p);
    if (!any)
        kea_chart_say(plot, &p->chart.area, kea_text("there are no points to show"));
}

kea_status kea_figure_plane(const kea_figure_plane_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 1, sizeof(plane), err);
    if (status != KEA_OK)
        return status;
    plane *p = block;
    p->data = data;
    p->n_clouds = data->n_clouds < MAX_CLOUDS ? data->n_clouds : MAX_CLOUDS;
    KEA_TRY(prepare(p, err));
    kea_page page = {KEA_PAGE_WIDTH, HEIGHT, p->title, draw, p};
    KEA_TRY(kea_plot_write(&page, folder, name, err));
done:
    for (size_t k = 0; k < MAX_CLOUDS; k++) {
        kea_rings_free(&p->rings[k]);
        kea_density_free(&p->density[k]);
    }
    free(p);
    return status;
}
