/* What the figures share: title and notes on a page, axes with few round ticks, lines and bands cut
 * at the frame, labels that stand beside what they name. Draws through sim/report/plot.h only. */
#ifndef KEA_REPORT_CHART_H
#define KEA_REPORT_CHART_H

#include "sim/report/axis.h"
#include "sim/report/plot.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    KEA_PAGE_WIDTH = 800,
    KEA_PAGE_HEIGHT = 560,
    KEA_PAGE_MARGIN = 16,
    KEA_SIZE_TITLE = 22, /* letters, in pixels of the page */
    KEA_SIZE_LABEL = 19,
    KEA_SIZE_TICK = 18,
    KEA_SIZE_NOTE = 15,
    KEA_CHART_COLOURS = 7,
    KEA_CHART_LABELS = 16 /* labels that one call can place */
};

extern const kea_ink kea_ink_text, kea_ink_grey, kea_ink_grid, kea_ink_white;

/* Colour i (counted round) of the Okabe-Ito palette without its yellow, which white swallows. */
kea_ink kea_chart_colour(size_t i);

/* A colour dark enough for letters on white. */
kea_ink kea_chart_dark(kea_ink ink);

/* A colour mixed with white; share 0 is white, 1 the colour itself. Opaque. */
kea_ink kea_chart_tint(kea_ink ink, double share);

/* A rectangle of the page, in pixels. */
typedef struct kea_area {
    double left, bottom, right, top;
} kea_area;

typedef struct kea_chart {
    kea_plot *plot;
    kea_area area; /* the frame of the data */
    kea_axis x, y;
    double tick_room; /* least width kept for the numbers of the y axis; to align frames */
} kea_chart;

/* Writes title, subtitle (grey; "" for none) and note (small, at the foot; "" for none); long ones
 * are broken over lines. Returns what is left of the page for the figure. */
kea_area kea_chart_page(kea_plot *plot, double width, double height, const char *title,
                        const char *subtitle, const char *note);

/* Letters of the usual kinds. */
kea_lettering kea_letters(double size, kea_anchor anchor, kea_ink ink);

/* Draws the axes within `room`, `right` pixels left free at the right of the frame, and sets
 * chart->area. chart->plot, x and y are set before. y_title stands above the frame, x_title below
 * it. An empty x_title leaves out the numbers of the x axis too. */
void kea_chart_axes(kea_chart *chart, const kea_area *room, double right, const char *x_title,
                    const char *y_title);

/* Width of the widest number on an axis, in pixels. */
double kea_chart_tick_width(const kea_axis *axis);

/* An axis title: "Text (unit)", or the text alone when the unit has no title. */
void kea_chart_axis_title(char *out, size_t size, const char *text, const kea_axis *axis);

/* Pixels of values. */
double kea_chart_x(const kea_chart *chart, double x);
double kea_chart_y(const kea_chart *chart, double y);
bool kea_chart_holds(const kea_chart *chart, double x, double y);

/* A line through values, cut at the frame, broken where a value is not finite. */
void kea_chart_line(const kea_chart *chart, size_t n, const double *x, const double *y, kea_ink ink,
                    double width);

/* A broad pale band under a curve where best[i] is `which`: the strategy that is best there. */
void kea_chart_broad(const kea_chart *chart, size_t n, const double *x, const double *y,
                     const size_t *best, size_t which, kea_ink ink);

/* The area between low and high, cut at the frame, left out where a value is not finite. */
void kea_chart_band(const kea_chart *chart, size_t n, const double *x, const double *low,
                    const double *high, kea_ink ink);

/* A vertical (horizontal) dashed line over the whole frame at a value within it. */
void kea_chart_vertical(const kea_chart *chart, double x, kea_ink ink);
void kea_chart_horizontal(const kea_chart *chart, double y, kea_ink ink);

/* A closed ring of values, all within the frame or moved to its edge, filled. */
void kea_chart_ring(const kea_chart *chart, size_t n, const double *x, const double *y,
                    kea_ink ink);

typedef struct kea_label {
    const char *text;
    double y; /* where it would stand, in pixels */
    kea_ink ink;
} kea_label;

/* Writes labels below each other from x to the right, each as near to its y as there is room for
 * between bottom and top, broken at `width`. At most KEA_CHART_LABELS; the array is sorted and each
 * y becomes where the label stands. */
void kea_chart_labels(kea_plot *plot, size_t n, kea_label *labels, double x, double width,
                      const kea_area *area);

/* A text with a white edge, legible over anything. */
void kea_chart_text_over(kea_plot *plot, double x, double y, const kea_lettering *lettering,
                         const char *text);

/* What the colours 0, 1, ... mean: a disc and a name each, from the top of a room down. Returns the
 * height it took. */
double kea_chart_key(kea_plot *plot, size_t n, const char *const *names, const kea_area *room);

/* Says in the middle of an area why nothing is drawn there. */
void kea_chart_say(kea_plot *plot, const kea_area *area, const char *words);

/* `first` and `second` as two sentences ("; " between them); either may be empty. */
void kea_chart_join(char *out, size_t size, const char *first, const char *second);

#endif
