/* A thin layer over PLplot, the only file that knows it: draw lines, areas and texts on a page and
 * save that page as SVG, PNG and PDF.
 *
 * A page is measured in pixels, x to the right and y up, from the lower left corner. Everything is
 * drawn in the order of the calls, later over earlier. Texts are UTF-8.
 *
 * PLplot keeps one state per program: draw in one thread at a time. */
#ifndef KEA_REPORT_PLOT_H
#define KEA_REPORT_PLOT_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

/* A page while it is drawn. */
typedef struct kea_plot kea_plot;

typedef struct kea_ink {
    unsigned char red, green, blue;
    double opacity; /* 0 to 1 */
} kea_ink;

typedef enum kea_anchor { KEA_START, KEA_MIDDLE, KEA_END } kea_anchor;

typedef struct kea_lettering {
    double size; /* height of the font, whole pixels */
    bool bold;
    kea_anchor anchor; /* which part of the text stands at x */
    kea_ink ink;
    double angle; /* degrees, anticlockwise */
} kea_lettering;

/* What is drawn: called once for every format, with the same `data`. It owns nothing that would
 * have to be freed: PLplot can leave it in the middle. */
typedef void (*kea_plot_drawing)(kea_plot *plot, const void *data);

/* A page: its size in pixels, its title for screen readers (may be empty) and what is on it. */
typedef struct kea_page {
    int width, height; /* 100 to 4000 */
    const char *title;
    kea_plot_drawing draw;
    const void *data;
} kea_page;

/* Draws the page and writes FOLDER/NAME.svg, .png (twice as many pixels) and .pdf (one point per
 * pixel). The folder must exist; files of the same name are replaced, each as a whole. The bytes
 * depend on the page, the fonts and the libraries installed, not on the time or the folder (those
 * of a PDF also on whether the machine's clock shows UTC: cairo writes its zone). KEA_ERR_IO:
 * cannot write, KEA_ERR_RUN: PLplot cannot draw (it lacks a device), KEA_ERR_MEMORY. Nothing is
 * written unless all three could be drawn. */
KEA_CHECKED kea_status kea_plot_write(const kea_page *page, const char *folder, const char *name,
                                      kea_error *err);

/* A line through n >= 2 points. */
void kea_plot_line(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink,
                   double width);

/* A line in dashes; n >= 2 points. */
void kea_plot_dashes(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink,
                     double width);

/* A filled polygon of n >= 3 corners. */
void kea_plot_area(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink);

/* A filled rectangle. */
void kea_plot_box(kea_plot *plot, double left, double bottom, double right, double top,
                  kea_ink ink);

/* A filled disc. */
void kea_plot_disc(kea_plot *plot, double x, double y, double radius, kea_ink ink);

/* A text on one line; y is the middle of its capitals. */
void kea_plot_text(kea_plot *plot, double x, double y, const kea_lettering *lettering,
                   const char *text);

#endif
