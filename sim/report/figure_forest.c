/* The forest: published figures beside what is simulated, every row as a multiple of what was
 * published. */
#include "sim/report/chart.h"
#include "sim/report/figures.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    TEXT = 600,
    PAGE_WIDTH = 1000,
    ROW = 46,
    HEAD = 40,
    OTHER = 190,
    HIGHEST = 3900,
    VERDICTS = 3
};

static const double name_size = 17, value_size = 15;
static const double most_name_room = 300, most_value_room = 300, value_gap = 14; /* pixels */
/* Beyond these multiples an interval ends in an arrow: its numbers stand beside it. */
static const double least_ratio = -1, most_ratio = 3;

typedef struct forest {
    const kea_figure_forest_data *data;
    size_t n_heads; /* groups that have rows */
    int height;
    double row, head; /* pixels */
    double needed;    /* by all of them */
    double name_room, value_room;
    char subtitle[TEXT];
} forest;

static kea_ink verdict_ink(kea_forest_verdict verdict)
{
    static const size_t colour[VERDICTS] = {0, 4, 1};
    return kea_chart_colour(colour[verdict]);
}

static kea_ink published_ink(void)
{
    return (kea_ink){190, 190, 190, 1};
}

static size_t rows_of(const kea_figure_forest_data *data, size_t group)
{
    size_t n = 0;
    for (size_t i = 0; i < data->n_rows; i++)
        n += data->rows[i].group == group;
    return n;
}

/* The axis: everything within its limits, with some air, and always 0 to 2. */
static kea_axis ratio_axis(const kea_figure_forest_data *data)
{
    const kea_unit plain = kea_unit_plain();
    kea_span span = {0, 2};
    for (size_t i = 0; i < data->n_rows; i++) {
        const kea_figure_forest_row *row = &data->rows[i];
        const double ends[] = {row->low, row->high, row->mean, row->from, row->to};
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++)
            if (isfinite(ends[k] / row->value))
                kea_span_add_one(&span, fmax(least_ratio, fmin(most_ratio, ends[k] / row->value)));
    }
    kea_span wide = {span.low - 0.04, span.high + 0.04};
    return kea_axis_over(&wide, &plain, 8, false);
}

/* ---------------------------------------------------------------- marks */

/* A mark of the simulated mean: full disc, ring, or cross. */
static void draw_mark(kea_plot *plot, double x, double y, kea_forest_verdict verdict)
{
    kea_ink ink = verdict_ink(verdict);
    if (verdict == KEA_FOREST_MISSED) {
        double px[2] = {x - 6, x + 6}, up[2] = {y - 6, y + 6}, down[2] = {y + 6, y - 6};
        kea_plot_line(plot, 2, px, up, ink, 3.2);
        kea_plot_line(plot, 2, px, down, ink, 3.2);
        return;
    }
    kea_plot_disc(plot, x, y, 6.5, ink);
    if (verdict == KEA_FOREST_OVERLAPS)
        kea_plot_disc(plot, x, y, 3.8, kea_ink_white);
}

/* The end of an interval: a stroke, or an arrow where it leaves the frame. */
static void draw_end(const kea_chart *chart, double ratio, double y, kea_ink ink)
{
    bool left = ratio<chart->x.low, right = ratio> chart->x.high;
    double x = left ? chart->area.left : right ? chart->area.right : kea_chart_x(chart, ratio);
    double back = left ? 8 : right ? -8 : 0;
    double px[3] = {x + back, x, x + back}, py[3] = {y + 5, y, y - 5};
    if (left || right)
        kea_plot_area(chart->plot, 3, px, py, ink);
    else
        kea_plot_line(chart->plot, 3, px, py, ink, 1.8);
}

static void draw_published(const kea_chart *chart, const kea_figure_forest_row *row, double y)
{
    double a = kea_chart_x(chart, row->low / row->value);
    double b = kea_chart_x(chart, row->high / row->value);
    double left = fmax(fmin(a, b), chart->area.left), right = fmin(fmax(a, b), chart->area.right);
    double one = kea_chart_x(chart, 1);
    kea_plot_box(chart->plot, fmin(left, one - 2), y - 10, fmax(right, one + 2), y + 10,
                 published_ink());
}

/* Within the frame; an interval that lies wholly beyond it is only its arrow. */
static double into(const kea_chart *chart, double ratio)
{
    return fmax(chart->area.left, fmin(chart->area.right, kea_chart_x(chart, ratio)));
}

static void draw_simulated(const kea_chart *chart, const kea_figure_forest_row *row, double y)
{
    kea_ink ink = verdict_ink(row->verdict);
    double from = fmin(row->from / row->value, row->to / row->value);
    double to = fmax(row->from / row->value, row->to / row->value);
    double mean = row->mean / row->value;
    if (isfinite(from) && isfinite(to)) {
        double px[2] = {into(chart, from), into(chart, to)}, py[2] = {y, y};
        kea_plot_line(chart->plot, 2, px, py, kea_chart_dark(ink), 2.2);
        draw_end(chart, from, y, kea_chart_dark(ink));
        draw_end(chart, to, y, kea_chart_dark(ink));
    }
    if (isfinite(mean) && mean >= chart->x.low && mean <= chart->x.high)
        draw_mark(chart->plot, kea_chart_x(chart, mean), y, row->verdict);
}

/* ---------------------------------------------------------------- words */

/* "17.4% (15.4 to 19.4)", "EUR 154 (124 to 186)" */
static void write_range(char *text, size_t size, const double *value,
                        const kea_figure_forest_row *row, const char *currency)
{
    const kea_language language = kea_text_language();
    const char *unit = row->unit;
    char number[3][64];
    bool percent = unit[0] == '%', money = strcmp(unit, currency) == 0;
    for (int k = 0; k < 3; k++)
        kea_text_number(number[k], sizeof number[k], value[k], row->decimals, language);
    char before[32];
    (void)snprintf(before, sizeof before, "%s%s", money ? unit : "", money ? "\u00a0" : "");
    (void)snprintf(text, size, kea_text("%s%s%s%s (%s to %s)"), before, number[0],
                   percent || money || !unit[0] ? "" : "\u00a0", money ? "" : unit, number[1],
                   number[2]);
}

/* Both texts of a row: published and simulated. */
static void write_both(char text[2][TEXT], const kea_figure_forest_row *row, const char *currency)
{
    const double published[3] = {row->value, row->low, row->high};
    const double simulated[3] = {row->mean, row->from, row->to};
    write_range(text[0], TEXT, published, row, currency);
    if (isfinite(row->mean))
        write_range(text[1], TEXT, simulated, row, currency);
    else
        (void)snprintf(text[1], TEXT, "%s", kea_text("no simulated value"));
}

static void write_name(kea_plot *plot, const forest *f, const char *name, double middle)
{
    kea_lettering letters = kea_letters(name_size, KEA_END, kea_ink_text);
    kea_font_lines lines;
    size_t most = f->row >= ROW - 8 ? 2 : 1;
    kea_font_wrap(&lines, name, name_size, false, f->name_room, most);
    for (size_t i = 0; i < lines.n; i++)
        kea_plot_text(plot, KEA_PAGE_MARGIN + f->name_room,
                      middle + 10 * (double)(lines.n - 1) - 20 * (double)i, &letters,
                      lines.line[i]);
}

/* Both sets of numbers to the right of the frame: published above, simulated below. */
static void write_values(const kea_chart *chart, const kea_figure_forest_row *row,
                         const char *currency, double middle)
{
    kea_lettering letters = kea_letters(value_size, KEA_START, kea_ink_grey);
    double x = chart->area.right + value_gap;
    char text[2][TEXT];
    write_both(text, row, currency);
    kea_plot_text(chart->plot, x, middle + 9, &letters, text[0]);
    letters.ink = kea_chart_dark(verdict_ink(row->verdict));
    kea_plot_text(chart->plot, x, middle - 9, &letters, text[1]);
}

/* What the marks mean, above the rows. */
static void draw_key(kea_plot *plot, const kea_area *room, double y)
{
    const char *words[VERDICTS] = {kea_text("simulated, inside the range"),
                                   kea_text("only its interval reaches the range"),
                                   kea_text("misses the range")};
    kea_lettering letters = kea_letters(value_size, KEA_START, kea_ink_grey);
    const char *published = kea_text("published range");
    double x = room->left;
    kea_plot_box(plot, x, y - 8, x + 26, y + 8, published_ink());
    kea_plot_text(plot, x + 34, y, &letters, published);
    x += 34 + kea_font_width(published, value_size, false) + 26;
    for (int k = 0; k < VERDICTS; k++) {
        letters.ink = kea_chart_dark(verdict_ink((kea_forest_verdict)k));
        draw_mark(plot, x + 7, y, (kea_forest_verdict)k);
        kea_plot_text(plot, x + 20, y, &letters, words[k]);
        x += 20 + kea_font_width(words[k], value_size, false) + 26;
    }
}

/* Grid up to `top`, and numbers. */
static void draw_axis(const kea_chart *chart, const kea_area *room, double top)
{
    kea_lettering letters = kea_letters(KEA_SIZE_TICK, KEA_MIDDLE, kea_ink_text);
    for (size_t i = 0; i < chart->x.n_ticks; i++) {
        char text[430];
        double at = kea_axis_tick(&chart->x, i), x = kea_chart_x(chart, at);
        double px[2] = {x, x}, py[2] = {chart->area.bottom, top};
        kea_plot_line(chart->plot, 2, px, py, kea_ink_grid, 1);
        kea_axis_write(text, sizeof text, &chart->x, at);
        kea_plot_text(chart->plot, x, chart->area.bottom - 14, &letters, text);
    }
    const char *title = kea_text("Simulated as a multiple of what was published (1: equal)");
    letters.size = KEA_SIZE_LABEL;
    double half = kea_font_width(title, letters.size, false) / 2;
    double middle = fmin((chart->area.left + chart->area.right) / 2, room->right - half);
    kea_plot_text(chart->plot, middle, room->bottom + 16, &letters, title);
}

/* The line at 1, where simulated and published are equal. */
static void draw_one(const kea_chart *chart, double bottom, double top)
{
    double one = kea_chart_x(chart, 1);
    double px[2] = {one, one}, py[2] = {bottom, top};
    kea_plot_line(chart->plot, 2, px, py, kea_ink_text, 1.6);
}

/* Heads, and what was published. */
static void draw_groups(const kea_chart *chart, const forest *f)
{
    kea_lettering letters = kea_letters(name_size, KEA_START, kea_ink_text);
    double y = chart->area.top;
    letters.bold = true;
    for (size_t g = 0; g < f->data->n_groups; g++) {
        if (rows_of(f->data, g) == 0)
            continue;
        kea_plot_box(chart->plot, KEA_PAGE_MARGIN, y - f->head + 4,
                     (double)PAGE_WIDTH - KEA_PAGE_MARGIN, y - 4, kea_ink_white);
        kea_plot_text(chart->plot, KEA_PAGE_MARGIN, y - f->head / 2, &letters, f->data->groups[g]);
        y -= f->head;
        double top = y;
        for (size_t i = 0; i < f->data->n_rows; i++) {
            if (f->data->rows[i].group != g)
                continue;
            draw_published(chart, &f->data->rows[i], y - f->row / 2);
            y -= f->row;
        }
        draw_one(chart, y, top);
    }
}

/* Simulated values, names and numbers over the line at 1. */
static void draw_rows(const kea_chart *chart, const forest *f)
{
    double y = chart->area.top;
    for (size_t g = 0; g < f->data->n_groups; g++) {
        y -= rows_of(f->data, g) > 0 ? f->head : 0;
        for (size_t i = 0; i < f->data->n_rows; i++) {
            const kea_figure_forest_row *row = &f->data->rows[i];
            if (row->group != g)
                continue;
            double middle = y - f->row / 2;
            draw_simulated(chart, row, middle);
            write_name(chart->plot, f, row->name, middle);
            write_values(chart, row, f->data->currency, middle);
            y -= f->row;
        }
    }
}

static void draw(kea_plot *plot, const void *given)
{
    forest fitted = *(const forest *)given, *f = &fitted;
    kea_area room =
        kea_chart_page(plot, PAGE_WIDTH, f->height, f->data->title, f->subtitle, f->data->note);
    kea_chart chart = {.plot = plot};
    chart.area = (kea_area){room.left + f->name_room + 14, room.bottom + 54,
                            room.right - f->value_room, room.top - 34};
    /* titles of other lengths leave more or less room */
    double fit = (chart.area.top - chart.area.bottom) / fmax(f->needed, 1);
    f->row *= fmin(fit, 1.3);
    f->head *= fmin(fit, 1.3);
    chart.x = ratio_axis(f->data);
    chart.y = (kea_axis){.low = 0, .high = 1};
    draw_key(plot, &room, room.top - 14);
    draw_axis(&chart, &room, chart.area.top - f->head);
    draw_groups(&chart, f);
    draw_rows(&chart, f);
    if (f->data->n_rows == 0)
        kea_chart_say(plot, &chart.area, kea_text("there are no published figures to show"));
}

/* The room of names and of numbers beside the frame. */
static void measure_texts(forest *f)
{
    char text[2][TEXT];
    for (size_t i = 0; i < f->data->n_rows; i++) {
        const kea_figure_forest_row *row = &f->data->rows[i];
        f->name_room = fmax(f->name_room, kea_font_width(row->name, name_size, false) + 1);
        write_both(text, row, f->data->currency);
        for (int k = 0; k < 2; k++)
            f->value_room = fmax(f->value_room, kea_font_width(text[k], value_size, false));
    }
    f->name_room = fmin(f->name_room, most_name_room);
    f->value_room = fmin(f->value_room + value_gap, most_value_room);
}

kea_status kea_figure_forest(const kea_figure_forest_data *data, const char *folder,
                             const char *name, kea_error *err)
{
    forest f = {.data = data, .row = ROW, .head = HEAD};
    for (size_t g = 0; g < data->n_groups; g++)
        f.n_heads += rows_of(data, g) > 0;
    measure_texts(&f);
    f.needed = ROW * (double)data->n_rows + HEAD * (double)f.n_heads;
    f.height = OTHER + (int)fmax(fmin(f.needed, HIGHEST - OTHER), 3 * ROW);
    (void)snprintf(f.subtitle, sizeof f.subtitle, "%s",
                   kea_text("grey: published, with the range that agrees with it; coloured: "
                            "simulated mean with its 95% interval"));
    kea_page page = {PAGE_WIDTH, f.height, data->title, draw, &f};
    return kea_plot_write(&page, folder, name, err);
}
