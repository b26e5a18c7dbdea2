/* Municipalities as tiles: what each gains or loses per person. */
#include "sim/report/blocks.h"
#include "sim/report/figures_funding.h"
#include "sim/report/font.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 600, TILE = 46, HEAD = 28, MOST_COLUMNS = 6, FEW = 9, FEW_COLUMNS = 3 };

typedef struct homes {
    const kea_figure_homes_data *data;
    double most; /* the largest net, either way */
} homes;

static const kea_home_tile *tile_at(const kea_figure_homes_data *d, size_t block, size_t i)
{
    return &d->tiles[block * d->n_tiles + i];
}

/* Without heads, all zones are one group. */
static size_t n_groups(const kea_figure_homes_data *d)
{
    return d->zones ? d->n_zones : 1;
}

static bool is_in(const kea_figure_homes_data *d, const kea_home_tile *tile, size_t group)
{
    return !d->zones || tile->zone == group;
}

static size_t columns_of(const kea_figure_homes_data *d)
{
    return d->n_tiles > FEW ? MOST_COLUMNS : FEW_COLUMNS;
}

/* Pixels of one group of a block, 0 when nothing is in it. */
static double group_height(const kea_figure_homes_data *d, size_t block, size_t group)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n_tiles; i++)
        n += is_in(d, tile_at(d, block, i), group);
    size_t rows = (n + columns_of(d) - 1) / columns_of(d);
    return n == 0 ? 0.0 : (d->zones ? HEAD : 0) + TILE * (double)rows + 4;
}

/* Blue gains, orange loses; the more, the darker, but never too dark for letters. */
static kea_ink ink_of(const homes *h, double net)
{
    if (!isfinite(net) || h->most <= 0)
        return kea_ink_grid;
    double share = 0.08 + 0.52 * fmin(fabs(net) / h->most, 1);
    return kea_chart_tint(kea_chart_colour(net > 0 ? 0 : 1), share);
}

static void draw_tile(kea_plot *plot, const homes *h, const kea_home_tile *tile, double x,
                      double top, double width)
{
    char name[TEXT], net[100];
    kea_font_lines lines;
    kea_lettering letters = kea_letters(13, KEA_START, kea_ink_text);
    kea_plot_box(plot, x, top - TILE + 3, x + width - 3, top, ink_of(h, tile->net));
    if (tile->n_homes > 1)
        (void)snprintf(name, sizeof name, "%s (%zu)", tile->name, tile->n_homes);
    else
        (void)snprintf(name, sizeof name, "%s", tile->name);
    kea_font_wrap(&lines, name, letters.size, false, width - 11, 1);
    if (lines.n)
        kea_plot_text(plot, x + 5, top - 13, &letters, lines.line[0]);
    kea_money_write(net, sizeof net, h->data->of.currency, tile->net, 3);
    letters.size = 15;
    letters.bold = true;
    kea_plot_text(plot, x + 5, top - 31, &letters, net);
}

static void draw_group(kea_plot *plot, const homes *h, const kea_area *room, size_t block,
                       size_t group)
{
    const kea_figure_homes_data *d = h->data;
    const size_t columns = columns_of(d);
    const double width = (room->right - room->left) / (double)columns;
    kea_lettering letters = kea_letters(16, KEA_START, kea_ink_grey);
    double top = room->top;
    if (d->zones) {
        kea_plot_text(plot, room->left, top - HEAD / 2.0, &letters, d->zones[group]);
        top -= HEAD;
    }
    for (size_t i = 0, at = 0; i < d->n_tiles; i++) {
        const kea_home_tile *tile = tile_at(d, block, i);
        if (!is_in(d, tile, group))
            continue;
        draw_tile(plot, h, tile, room->left + (double)(at % columns) * width,
                  top - TILE * (double)(at / columns), width);
        at++;
    }
}

static void draw_block(kea_plot *plot, const kea_area *room, size_t block, const void *given)
{
    const homes *h = given;
    kea_area left = *room;
    for (size_t group = 0; group < n_groups(h->data); group++) {
        double height = group_height(h->data, block, group);
        if (height > 0.0)
            draw_group(plot, h, &left, block, group);
        left.top -= height;
    }
}

/* Pixels of the tallest block. */
static double height_of(const kea_figure_homes_data *d)
{
    double most = 0;
    for (size_t block = 0; block < d->of.n_blocks; block++) {
        double height = 0;
        for (size_t group = 0; group < n_groups(d); group++)
            height += group_height(d, block, group);
        most = fmax(most, height);
    }
    return most;
}

kea_status kea_figure_homes(const kea_figure_homes_data *data, const char *folder, const char *name,
                            kea_error *err)
{
    homes h = {.data = data};
    char title[TEXT], subtitle[TEXT];
    for (size_t i = 0; i < data->of.n_blocks * data->n_tiles; i++)
        if (isfinite(data->tiles[i].net))
            h.most = fmax(h.most, fabs(data->tiles[i].net));
    (void)snprintf(title, sizeof title, kea_text("What municipalities gain or lose: %s against %s"),
                   data->of.strategy, data->of.comparator);
    /* TRANSLATORS: "student a year" */
    (void)snprintf(subtitle, sizeof subtitle,
                   kea_text("saved less paid per %s, all years counted, discounted; blue: gains, "
                            "orange: loses"),
                   data->each);
    const kea_blocks blocks = {.title = title,
                               .subtitle = subtitle,
                               .note = data->of.note,
                               .n = data->of.n_blocks,
                               .names = data->of.blocks,
                               .columns = 1,
                               .height = height_of(data),
                               .draw = draw_block,
                               .data = &h};
    return kea_blocks_write(&blocks, folder, name, err);
}
