/* PLplot is used as a pen only: it keeps its own state, may call exit() when it fails, prompts on
 * the terminal for a device or a file it lacks, and prints its complaints. So the devices are
 * looked up first, pages are drawn into memory (which cannot fail for a file's reason), its exit
 * handler jumps back here, and its messages go into a buffer. */
#include "sim/report/plot.h"

#include "sim/core/memory.h"
#include "sim/report/font.h"
#include "sim/report/svg.h"

#include <errno.h>
#include <math.h>
#include <plplot/plplot.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_FORMATS = 3, SVG = 0, PNG = 1, PDF = 2, MAX_DEVICES = 64 };

typedef struct file_format {
    const char *device; /* PLplot's name */
    const char *suffix;
    int scale; /* device units per pixel of the page */
} file_format;

/* PLplot's own svg device writes words as words: they can be searched and read aloud, and the file
 * is half as large as cairo's, which draws every letter. For PNG and PDF cairo is the best. */
static const file_format formats[N_FORMATS] = {
    {"svg", "svg", 1}, {"pngcairo", "png", 2}, {"pdfcairo", "pdf", 1}};

struct kea_plot {
    int scale;
    PLINT failed;       /* set by PLplot when it gives up an operation */
    char message[2048]; /* its words */
};

typedef struct bytes {
    char *data; /* owned */
    size_t n;
} bytes;

/* Where PLplot's exit handler, which gets no argument of ours, jumps to. The one piece of changing
 * state in this file; PLplot itself allows one drawing thread only. */
static jmp_buf way_back;

static const double hair = 0.01; /* width of a line that is not to be seen */

/* ---------------------------------------------------------------- drawing */

static void take_ink(const kea_plot *plot, kea_ink ink, double width)
{
    plscol0a(1, ink.red, ink.green, ink.blue, ink.opacity);
    plcol0(1);
    plwidth(width * plot->scale);
}

void kea_plot_line(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink,
                   double width)
{
    take_ink(plot, ink, width);
    plline((PLINT)n, x, y);
}

void kea_plot_dashes(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink,
                     double width)
{
    static const double dash[2] = {7, 5}; /* drawn, left out */
    int part = 0;
    double left = dash[0];
    for (size_t i = 0; i + 1 < n; i++) {
        double length = hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
        for (double at = 0, next; at < length; at = next) {
            next = fmin(at + left, length);
            double px[2] = {x[i] + (x[i + 1] - x[i]) * at / length,
                            x[i] + (x[i + 1] - x[i]) * next / length};
            double py[2] = {y[i] + (y[i + 1] - y[i]) * at / length,
                            y[i] + (y[i + 1] - y[i]) * next / length};
            if (part == 0)
                kea_plot_line(plot, 2, px, py, ink, width);
            left -= next - at;
            if (left <= 1e-9) {
                part = 1 - part;
                left = dash[part];
            }
        }
    }
}

void kea_plot_area(kea_plot *plot, size_t n, const double *x, const double *y, kea_ink ink)
{
    take_ink(plot, ink, hair);
    plfill((PLINT)n, x, y);
}

void kea_plot_box(kea_plot *plot, double left, double bottom, double right, double top, kea_ink ink)
{
    double x[4] = {left, right, right, left};
    double y[4] = {bottom, bottom, top, top};
    kea_plot_area(plot, 4, x, y, ink);
}

void kea_plot_disc(kea_plot *plot, double x, double y, double radius, kea_ink ink)
{
    enum { MOST = 20 };
    size_t n = radius < 4 ? 8 : MOST;
    double px[MOST], py[MOST];
    for (size_t i = 0; i < n; i++) {
        double angle = 6.283185307179586 * ((double)i + 0.5) / (double)n;
        px[i] = x + radius * cos(angle);
        py[i] = y + radius * sin(angle);
    }
    kea_plot_area(plot, n, px, py, ink);
}

/* PLplot takes '#' for the start of a command: doubled it stands for itself. */
static void escape(char *out, size_t size, const char *text)
{
    size_t used = 0;
    for (; *text && used + 3 < size; text++) {
        if (*text == '#')
            out[used++] = '#';
        out[used++] = *text;
    }
    out[used] = '\0';
}

void kea_plot_text(kea_plot *plot, double x, double y, const kea_lettering *lettering,
                   const char *text)
{
    /* PLplot: 1.34 x height in mm x 72 / 25.4 = font size, cut to whole pixels in SVG */
    double height_mm = (lettering->size + 0.02) * 25.4 / 72 / 1.34;
    double angle = lettering->angle * 3.141592653589793 / 180;
    char clean[2 * KEA_FONT_LINE], escaped[4 * KEA_FONT_LINE];
    kea_font_clean(clean, sizeof clean, text);
    if (!clean[0])
        return;
    escape(escaped, sizeof escaped, clean);
    take_ink(plot, lettering->ink, 1);
    plsfont(PL_FCI_SANS, PL_FCI_UPRIGHT, lettering->bold ? PL_FCI_BOLD : PL_FCI_MEDIUM);
    plschr(height_mm * plot->scale, 1);
    plptex(x, y, cos(angle), sin(angle), 0.5 * (double)lettering->anchor, escaped);
}

/* ---------------------------------------------------------------- a page */

static int jump_back(const char *message)
{
    (void)message;
    longjmp(way_back, 1);
    return 1;
}

static void be_silent(const char *message)
{
    (void)message;
}

/* PLplot's messages go to `plot` instead of the terminal, until its stream ends. */
static void keep_messages(kea_plot *plot)
{
    plsError(&plot->failed, plot->message);
}

/* Ends PLplot's stream; it may jump once more. */
static void end_stream(void)
{
    if (setjmp(way_back) == 0)
        plend1();
}

static bool has_device(const char *const *names, int n, const char *device)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], device) == 0)
            return true;
    return false;
}

/* PLplot asks on the terminal for a device it does not have: look first. */
static kea_status find_devices(kea_plot *plot, kea_error *err)
{
    const char *menu[MAX_DEVICES], *names[MAX_DEVICES];
    const char **menu_list = menu, **name_list = names;
    int n = MAX_DEVICES;
    if (setjmp(way_back) != 0) {
        end_stream();
        return kea_error_set(err, KEA_ERR_RUN,
                             "PLplot does not start, so no figures can be drawn; is the Debian "
                             "package libplplot-dev complete, and is PLPLOT_DRV_DIR unset?");
    }
    keep_messages(plot);
    plgDevs(&menu_list, &name_list, &n);
    for (int f = 0; f < N_FORMATS; f++)
        if (!has_device(names, n, formats[f].device)) {
            end_stream();
            return kea_error_set(err, KEA_ERR_RUN,
                                 "PLplot has no device '%s', so no figures can be drawn; install "
                                 "the Debian package plplot-driver-cairo",
                                 formats[f].device);
        }
    return KEA_OK;
}

static void draw_page(kea_plot *plot, const kea_page *page, const file_format *format, FILE *memory)
{
    keep_messages(plot);
    plsdev(format->device);
    plspage(0, 0, page->width * format->scale, page->height * format->scale, 0, 0);
    plsfile(memory);
    plscolbg(255, 255, 255);
    plinit();
    pladv(0);
    plvpor(0, 1, 0, 1);
    plwind(0, page->width, 0, page->height);
    page->draw(plot, page->data);
    plend1();
}

/* After PLplot jumped out: give back what it holds; it may jump again. Closes `memory`. */
static void clear_away(FILE *memory)
{
    PLINT level = 0;
    plglevel(&level);
    if (level == 0)
        plsfile(NULL);
    end_stream();
    if (level == 0)
        (void)fclose(memory);
}

/* Draws the page in one format into memory. */
static kea_status draw_format(bytes *out, const kea_page *page, const file_format *format,
                              kea_error *err)
{
    kea_plot plot = {.scale = format->scale};
    FILE *memory = open_memstream(&out->data, &out->n);
    if (!memory)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory to draw a figure");
    if (setjmp(way_back) == 0) {
        draw_page(&plot, page, format, memory); /* plend1 closes `memory` */
    } else {
        clear_away(memory);
        return kea_error_set(err, KEA_ERR_RUN, "PLplot cannot draw with its device '%s'",
                             format->device);
    }
    if (plot.failed || out->n == 0)
        return kea_error_set(err, KEA_ERR_RUN, "PLplot could not finish a figure (%s): %.200s",
                             format->device, plot.message);
    return KEA_OK;
}

/* ---------------------------------------------------------------- what is saved */

/* Cairo writes the time into a PDF: make it the same for every drawing. */
static void fix_pdf_date(bytes *pdf)
{
    static const char key[] = "/CreationDate (D:", date[] = "20000101000000";
    for (size_t i = 0; i + sizeof key + sizeof date < pdf->n; i++) {
        if (memcmp(pdf->data + i, key, sizeof key - 1) != 0)
            continue;
        char *at = pdf->data + i + sizeof key - 1, *end = pdf->data + pdf->n;
        for (size_t k = 0; at < end && *at != ')'; k++, at++) {
            if (k < sizeof date - 1)
                *at = date[k];
            else if (*at >= '0' && *at <= '9')
                *at = '0';
            else if (*at == '-')
                *at = '+';
        }
        return;
    }
}

static kea_status finish(bytes *out, int which, const char *title, kea_error *err)
{
    if (which == PDF)
        fix_pdf_date(out);
    if (which != SVG)
        return KEA_OK;
    bytes tidy = {0};
    kea_status status = kea_svg_tidy(&tidy.data, &tidy.n, out->data, out->n, title, err);
    if (status == KEA_OK) {
        free(out->data);
        *out = tidy;
    }
    return status;
}

/* Writes a file beside its place and moves it there, so that no half file is ever seen. */
static kea_status save(const bytes *out, const char *path, kea_error *err)
{
    char part[4200];
    int length = snprintf(part, sizeof part, "%s.part", path);
    if (length < 0 || (size_t)length >= sizeof part)
        return kea_error_set(err, KEA_ERR_IO, "the path of a figure is too long: %.200s...", path);
    FILE *file = fopen(part, "wb");
    if (!file)
        return kea_error_set(err, KEA_ERR_IO, "cannot write '%.300s': %s", path, strerror(errno));
    errno = 0;
    bool good = fwrite(out->data, 1, out->n, file) == out->n;
    int reason = errno;
    if (fclose(file) != 0 && good) {
        good = false;
        reason = errno;
    }
    if (good && rename(part, path) != 0) {
        good = false;
        reason = errno;
    }
    if (good)
        return KEA_OK;
    (void)remove(part);
    return kea_error_set(err, KEA_ERR_IO, "cannot write '%.300s': %s", path, strerror(reason));
}

kea_status kea_plot_write(const kea_page *page, const char *folder, const char *name,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    bytes out[N_FORMATS] = {{0}};
    char title[4 * KEA_FONT_LINE], path[4096];
    kea_font_clean(title, sizeof title, page->title);
    plsexit(jump_back);
    plsabort(be_silent);
    kea_plot scratch = {0};
    KEA_TRY(find_devices(&scratch, err));
    for (int f = 0; f < N_FORMATS; f++) {
        KEA_TRY(draw_format(&out[f], page, &formats[f], err));
        KEA_TRY(finish(&out[f], f, title, err));
    }
    for (int f = 0; f < N_FORMATS; f++) {
        int n = snprintf(path, sizeof path, "%s/%s.%s", folder, name, formats[f].suffix);
        if (n < 0 || (size_t)n >= sizeof path)
            KEA_TRY(
                kea_error_set(err, KEA_ERR_IO, "the path of figure '%.100s' is too long", name));
        KEA_TRY(save(&out[f], path, err));
    }
done:
    for (int f = 0; f < N_FORMATS; f++)
        free(out[f].data);
    return status;
}
