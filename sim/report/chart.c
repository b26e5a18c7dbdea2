#include "sim/report/chart.h"

#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const kea_ink kea_ink_text = {34, 34, 34, 1};
const kea_ink kea_ink_grey = {89, 89, 89, 1};
const kea_ink kea_ink_grid = {226, 226, 226, 1};
const kea_ink kea_ink_white = {255, 255, 255, 1};

/* Okabe and Ito 2008, "Color universal design". */
static const kea_ink palette[KEA_CHART_COLOURS] = {
    {0, 114, 178, 1}, {213, 94, 0, 1},   {0, 158, 115, 1}, {204, 121, 167, 1},
    {230, 159, 0, 1}, {86, 180, 233, 1}, {34, 34, 34, 1}};

kea_ink kea_chart_colour(size_t i)
{
    return palette[i % KEA_CHART_COLOURS];
}

kea_ink kea_chart_dark(kea_ink ink)
{
    double light = 0.299 * ink.red + 0.587 * ink.green + 0.114 * ink.blue;
    double keep = light > 110 ? 110 / light : 1;
    return (kea_ink){(unsigned char)(keep * ink.red), (unsigned char)(keep * ink.green),
                     (unsigned char)(keep * ink.blue), 1};
}

static unsigned char mixed(unsigned char colour, double share)
{
    return (unsigned char)lround(255 + share * ((double)colour - 255));
}

kea_ink kea_chart_tint(kea_ink ink, double share)
{
    return (kea_ink){mixed(ink.red, share), mixed(ink.green, share), mixed(ink.blue, share), 1};
}

kea_lettering kea_letters(double size, kea_anchor anchor, kea_ink ink)
{
    return (kea_lettering){.size = size, .anchor = anchor, .ink = ink};
}

/* Writes a block of at most 3 lines from `top` down; returns the height it took. */
static double write_block(kea_plot *plot, const char *text, const kea_lettering *letters,
                          double width, double top)
{
    kea_font_lines lines;
    double pitch = 1.28 * letters->size;
    kea_font_wrap(&lines, text, letters->size, letters->bold, width, 3);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(plot, KEA_PAGE_MARGIN, top - ((double)i + 0.5) * pitch, letters,
                      lines.line[i]);
    return (double)lines.n * pitch;
}

kea_area kea_chart_page(kea_plot *plot, double width, double height, const char *title,
                        const char *subtitle, const char *note)
{
    double room = width - 2 * KEA_PAGE_MARGIN;
    kea_area area = {KEA_PAGE_MARGIN, 8, width - KEA_PAGE_MARGIN, height - 8};
    kea_lettering head = kea_letters(KEA_SIZE_TITLE, KEA_START, kea_ink_text);
    head.bold = true;
    if (kea_font_width(title, head.size, true) > 1.9 * room)
        head.size -= 4;
    kea_lettering under = kea_letters(17, KEA_START, kea_ink_grey);
    kea_lettering foot = kea_letters(KEA_SIZE_NOTE, KEA_START, kea_ink_grey);
    area.top -= write_block(plot, title, &head, room, area.top);
    area.top -= write_block(plot, subtitle, &under, room, area.top);
    kea_font_lines lines;
    kea_font_wrap(&lines, note, foot.size, false, room, 3);
    double note_height = 1.28 * foot.size * (double)lines.n;
    (void)write_block(plot, note, &foot, room, area.bottom + note_height);
    area.bottom += note_height;
    area.top -= 4;
    return area;
}

double kea_chart_x(const kea_chart *chart, double x)
{
    double share = (x - chart->x.low) / (chart->x.high - chart->x.low);
    return chart->area.left + share * (chart->area.right - chart->area.left);
}

double kea_chart_y(const kea_chart *chart, double y)
{
    double share = (y - chart->y.low) / (chart->y.high - chart->y.low);
    return chart->area.bottom + share * (chart->area.top - chart->area.bottom);
}

bool kea_chart_holds(const kea_chart *chart, double x, double y)
{
    return x >= chart->x.low && x <= chart->x.high && y >= chart->y.low && y <= chart->y.high;
}

void kea_chart_axis_title(char *out, size_t size, const char *text, const kea_axis *axis)
{
    if (axis->unit.title[0])
        (void)snprintf(out, size, "%s (%s)", text, axis->unit.title);
    else
        (void)snprintf(out, size, "%s", text);
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
}

double kea_chart_tick_width(const kea_axis *axis)
{
    double widest = 0;
    for (size_t i = 0; i < axis->n_ticks; i++) {
        char text[430];
        kea_axis_write(text, sizeof text, axis, kea_axis_tick(axis, i));
        widest = fmax(widest, kea_font_width(text, KEA_SIZE_TICK, false));
    }
    return widest;
}

static void draw_y_ticks(const kea_chart *chart)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_END, kea_ink_text);
    for (size_t i = 0; i < chart->y.n_ticks; i++) {
        char text[430];
        double at = kea_axis_tick(&chart->y, i), y = kea_chart_y(chart, at);
        double px[2] = {chart->area.left, chart->area.right}, py[2] = {y, y};
        kea_plot_line(chart->plot, 2, px, py, at == 0 ? kea_ink_grey : kea_ink_grid,
                      at == 0 ? 1.4 : 1);
        kea_axis_write(text, sizeof text, &chart->y, at);
        kea_plot_text(chart->plot, chart->area.left - 9, y, &letters, text);
    }
}

/* Numbers at every tick, or at every second one when they would touch. */
static void draw_x_ticks(const kea_chart *chart, bool numbers)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_MIDDLE, kea_ink_text);
    double pitch = kea_chart_x(chart, chart->x.step) - kea_chart_x(chart, 0);
    size_t every = (size_t)ceil((kea_chart_tick_width(&chart->x) + 14) / fmax(pitch, 1));
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        char text[430];
        double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        double px[2] = {x, x}, py[2] = {chart->area.bottom, chart->area.bottom - 6};
        kea_plot_line(chart->plot, 2, px, py, kea_ink_grey, 1.4);
        kea_axis_write(text, sizeof text, &chart->x, at);
        /* counted from zero, so that zero keeps its number */
        long from_zero = lround(at / chart->x.step);
        double half = kea_font_width(text, letters.size, false) / 2;
        if (numbers && from_zero % (long)(every ? every : 1) == 0)
            kea_plot_text(chart->plot, fmin(x, KEA_PAGE_WIDTH - 6 - half), chart->area.bottom - 20,
                          &letters, text);
    }
}

void kea_chart_axes(kea_chart *chart, const kea_area *room, double right, const char *x_title,
                    const char *y_title)
{
    kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_ink_text);
    double width = room->right - room->left;
    kea_font_lines lines;
    kea_font_wrap(&lines, y_title, letters.size, false, width, 2);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(chart->plot, room->left, room->top - ((double)i + 0.5) * 24, &letters,
                      lines.line[i]);
    chart->area.top = room->top - 24 * (double)lines.n - 12;
    chart->area.left = room->left + fmax(kea_chart_tick_width(&chart->y), chart->tick_room) + 10;
    chart->area.right = room->right - right;
    chart->area.bottom = room->bottom + 8 + (x_title[0] ? 54 : 0);
    draw_y_ticks(chart);
    draw_x_ticks(chart, x_title[0] != '\0');
    double px[2] = {chart->area.left, chart->area.right};
    double py[2] = {chart->area.bottom, chart->area.bottom};
    kea_plot_line(chart->plot, 2, px, py, kea_ink_grey, 1.4);
    kea_font_wrap(&lines, x_title, letters.size, false, width, 1);
    letters.anchor = KEA_MIDDLE;
    double half = kea_font_width(lines.line[0], letters.size, false) / 2;
    double middle = fmax(fmin((px[0] + px[1]) / 2, room->right - half), room->left + half);
    if (lines.n)
        kea_plot_text(chart->plot, middle, room->bottom + 16, &letters, lines.line[0]);
}

void kea_chart_text_over(kea_plot *plot, double x, double y, const kea_lettering *lettering,
                         const char *text)
{
    double width = kea_font_width(text, lettering->size, lettering->bold);
    double left = x - 0.5 * (double)lettering->anchor * width;
    kea_ink veil = {255, 255, 255, 0.8};
    kea_plot_box(plot, left - 3, y - 0.62 * lettering->size, left + width + 3,
                 y + 0.62 * lettering->size, veil);
    kea_plot_text(plot, x, y, lettering, text);
}

double kea_chart_key(kea_plot *plot, size_t n, const char *const *names, const kea_area *room)
{
    kea_lettering letters = kea_letters(17, KEA_START, kea_ink_text);
    double x = room->left, y = room->top - 14;
    for (size_t k = 0; k < n; k++) {
        double width = 20 + kea_font_width(names[k], letters.size, false);
        if (x > room->left && x + width > room->right) {
            x = room->left;
            y -= 24;
        }
        kea_plot_disc(plot, x + 7, y, 7, kea_chart_colour(k));
        kea_plot_text(plot, x + 20, y, &letters, names[k]);
        x += width + 26;
    }
    return room->top - y + 18;
}

void kea_chart_say(kea_plot *plot, const kea_area *area, const char *words)
{
    kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_MIDDLE, kea_ink_grey);
    kea_font_lines lines;
    kea_font_wrap(&lines, words, letters.size, false, 0.9 * (area->right - area->left), 3);
    double middle = (area->bottom + area->top) / 2 + 12 * ((double)lines.n - 1);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(plot, (area->left + area->right) / 2, middle - 24 * (double)i, &letters,
                      lines.line[i]);
}

void kea_chart_join(char *out, size_t size, const char *first, const char *second)
{
    (void)snprintf(out, size, "%s%s%s", first, first[0] && second[0] ? "; " : "", second);
}
