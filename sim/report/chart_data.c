/* The part of chart.h that draws data: lines and bands cut at the frame, labels kept apart. */
#include "sim/report/chart.h"

#include "sim/report/font.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 512 }; /* corners drawn at once; a longer line continues where the last ended */

typedef struct path {
    size_t n;
    double x[CHUNK], y[CHUNK];
} path;

static void flush_line(const kea_chart *chart, path *line, kea_ink ink, double width)
{
    if (line->n >= 2)
        kea_plot_line(chart->plot, line->n, line->x, line->y, ink, width);
    line->n = 0;
}

/* One side of the frame: the part of 0..1 that lies within; `step` is the change along the segment,
 * `room` how far it may go. Liang and Barsky 1984. */
static bool cut(double step, double room, double *from, double *to)
{
    if (step == 0)
        return room >= 0;
    double at = room / step;
    if (step < 0)
        *from = fmax(*from, at);
    else
        *to = fmin(*to, at);
    return *from <= *to;
}

/* Moves both ends of a segment into the frame; false when it lies outside. */
static bool clip(const kea_area *area, double *x, double *y)
{
    double from = 0, to = 1, dx = x[1] - x[0], dy = y[1] - y[0];
    if (!cut(-dx, x[0] - area->left, &from, &to) || !cut(dx, area->right - x[0], &from, &to) ||
        !cut(-dy, y[0] - area->bottom, &from, &to) || !cut(dy, area->top - y[0], &from, &to))
        return false;
    x[1] = x[0] + to * dx;
    y[1] = y[0] + to * dy;
    x[0] += from * dx;
    y[0] += from * dy;
    return true;
}

void kea_chart_line(const kea_chart *chart, size_t n, const double *x, const double *y, kea_ink ink,
                    double width)
{
    path line = {0};
    for (size_t i = 0; i + 1 < n; i++) {
        double px[2] = {kea_chart_x(chart, x[i]), kea_chart_x(chart, x[i + 1])};
        double py[2] = {kea_chart_y(chart, y[i]), kea_chart_y(chart, y[i + 1])};
        bool whole = isfinite(px[0]) && isfinite(px[1]) && isfinite(py[0]) && isfinite(py[1]);
        if (!whole || !clip(&chart->area, px, py)) {
            flush_line(chart, &line, ink, width);
            continue;
        }
        bool joined = line.n > 0 && line.x[line.n - 1] == px[0] && line.y[line.n - 1] == py[0];
        if (!joined || line.n == CHUNK) {
            flush_line(chart, &line, ink, width);
            line.x[0] = px[0];
            line.y[0] = py[0];
            line.n = 1;
        }
        line.x[line.n] = px[1];
        line.y[line.n++] = py[1];
    }
    flush_line(chart, &line, ink, width);
}

void kea_chart_broad(const kea_chart *chart, size_t n, const double *x, const double *y,
                     const size_t *best, size_t which, kea_ink ink)
{
    size_t from = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && best[i] == which)
            continue;
        /* up to the next point, where another one is as good or better */
        size_t to = i < n && i > from ? i + 1 : i;
        if (to > from + 1)
            kea_chart_line(chart, to - from, x + from, y + from, kea_chart_tint(ink, 0.35), 12);
        from = i + 1;
    }
}

static double within(double value, double low, double high)
{
    return fmax(low, fmin(high, value));
}

/* The band over points from .. to - 1, at most CHUNK / 2 of them. */
static void band_part(const kea_chart *chart, size_t from, size_t to, const double *x,
                      const double *const edge[2], kea_ink ink)
{
    path ring = {0};
    size_t n = to - from;
    const kea_area *area = &chart->area;
    if (n < 2)
        return;
    for (size_t i = 0; i < 2 * n; i++) {
        size_t at = i < n ? from + i : to - 1 - (i - n);
        double y = edge[i < n][at];
        ring.x[ring.n] = within(kea_chart_x(chart, x[at]), area->left, area->right);
        ring.y[ring.n++] = within(kea_chart_y(chart, y), area->bottom, area->top);
    }
    kea_plot_area(chart->plot, ring.n, ring.x, ring.y, ink);
}

void kea_chart_band(const kea_chart *chart, size_t n, const double *x, const double *low,
                    const double *high, kea_ink ink)
{
    const double *const edge[2] = {low, high};
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(low[i]) || !isfinite(high[i])) {
            band_part(chart, from, i, x, edge, ink);
            from = i + 1;
        } else if (i + 1 - from == CHUNK / 2) {
            band_part(chart, from, i + 1, x, edge, ink);
            from = i;
        }
    }
    band_part(chart, from, n, x, edge, ink);
}

void kea_chart_vertical(const kea_chart *chart, double x, kea_ink ink)
{
    double px[2] = {kea_chart_x(chart, x), kea_chart_x(chart, x)};
    double py[2] = {chart->area.bottom, chart->area.top};
    if (x >= chart->x.low && x <= chart->x.high)
        kea_plot_dashes(chart->plot, 2, px, py, ink, 1.6);
}

void kea_chart_horizontal(const kea_chart *chart, double y, kea_ink ink)
{
    double px[2] = {chart->area.left, chart->area.right};
    double py[2] = {kea_chart_y(chart, y), kea_chart_y(chart, y)};
    if (y >= chart->y.low && y <= chart->y.high)
        kea_plot_dashes(chart->plot, 2, px, py, ink, 1.6);
}

void kea_chart_ring(const kea_chart *chart, size_t n, const double *x, const double *y, kea_ink ink)
{
    path ring = {0};
    const kea_area *area = &chart->area;
    size_t every = (n + CHUNK - 1) / CHUNK; /* a longer ring loses corners evenly */
    for (size_t i = 0; i < n; i += every) {
        ring.x[ring.n] = within(kea_chart_x(chart, x[i]), area->left, area->right);
        ring.y[ring.n++] = within(kea_chart_y(chart, y[i]), area->bottom, area->top);
    }
    if (ring.n >= 3)
        kea_plot_area(chart->plot, ring.n, ring.x, ring.y, ink);
}

static int higher(const void *a, const void *b)
{
    const kea_label *p = a, *q = b;
    return (p->y < q->y) - (p->y > q->y);
}

static const double label_gap = 5; /* pixels between two labels */

/* The size of letters at which the longest word of all labels fits in a line, within reason. */
static double label_size(size_t n, const kea_label *labels, double width)
{
    double widest = 0;
    for (size_t i = 0; i < n; i++) {
        const char *word = labels[i].text;
        while (*word) {
            char copy[KEA_FONT_LINE];
            size_t length = strcspn(word, " ");
            (void)snprintf(copy, sizeof copy, "%.*s", (int)(length < 150 ? length : 150), word);
            widest = fmax(widest, kea_font_width(copy, 1, false));
            word += length + strspn(word + length, " ");
        }
    }
    return fmax(14, fmin(KEA_SIZE_LABEL, widest > 0 ? floor(width / widest) : KEA_SIZE_LABEL));
}

/* Pushes label middles apart: down the list from the top, then up again from the bottom. */
static void keep_apart(size_t n, double *y, const double *height, const kea_area *area)
{
    double limit = area->top;
    for (size_t i = 0; i < n; i++) {
        y[i] = fmin(y[i], limit - height[i] / 2);
        limit = y[i] - height[i] / 2 - label_gap;
    }
    limit = area->bottom;
    for (size_t i = n; i-- > 0;) {
        y[i] = fmax(y[i], limit + height[i] / 2);
        limit = y[i] + height[i] / 2 + label_gap;
    }
}

void kea_chart_labels(kea_plot *plot, size_t n, kea_label *labels, double x, double width,
                      const kea_area *area)
{
    double y[KEA_CHART_LABELS], height[KEA_CHART_LABELS];
    if (n > KEA_CHART_LABELS)
        n = KEA_CHART_LABELS;
    size_t most_lines = n <= 4 ? 3 : n <= 7 ? 2 : 1;
    double size = label_size(n, labels, width), pitch = 1.2 * size;
    kea_font_lines lines;
    qsort(labels, n, sizeof labels[0], higher);
    for (size_t i = 0; i < n; i++) {
        kea_font_wrap(&lines, labels[i].text, size, false, width, most_lines);
        y[i] = labels[i].y;
        height[i] = pitch * (double)lines.n;
    }
    keep_apart(n, y, height, area);
    for (size_t i = 0; i < n; i++) {
        kea_lettering letters = kea_letters(size, KEA_START, kea_chart_dark(labels[i].ink));
        labels[i].y = y[i];
        kea_font_wrap(&lines, labels[i].text, size, false, width, most_lines);
        for (size_t k = 0; k < lines.n; k++)
            kea_plot_text(plot, x, y[i] + height[i] / 2 - ((double)k + 0.5) * pitch, &letters,
                          lines.line[k]);
    }
}
