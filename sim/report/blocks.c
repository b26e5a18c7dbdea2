/* Blocks on a page. */
#include "sim/report/blocks.h"

#include "sim/report/font.h"

#include <math.h>

enum { MOST_HEIGHT = 4000 };

static const double name_height = 30, gap = 26, key_room = 60, text_room = 150; /* pixels */

static size_t columns_of(const kea_blocks *b)
{
    return b->n > 1 ? b->columns : 1;
}

static size_t rows_of(const kea_blocks *b)
{
    return (b->n + columns_of(b) - 1) / columns_of(b);
}

static int height_of(const kea_blocks *b)
{
    double height = text_room + (b->n_key ? key_room : 0) +
                    (double)rows_of(b) * (b->height + name_height + gap);
    return (int)fmin(height, MOST_HEIGHT);
}

static void draw(kea_plot *plot, const void *given)
{
    const kea_blocks *b = given;
    kea_area page =
        kea_chart_page(plot, KEA_PAGE_WIDTH, height_of(b), b->title, b->subtitle, b->note);
    page.top -= 8;
    if (b->n_key)
        page.top -= kea_chart_key(plot, b->n_key, b->key, &page);
    double width = (page.right - page.left + gap) / (double)columns_of(b);
    double height = (page.top - page.bottom) / (double)rows_of(b);
    for (size_t i = 0; i < b->n; i++) {
        double left = page.left + (double)(i % columns_of(b)) * width;
        double top = page.top - (double)(i / columns_of(b)) * height;
        kea_area room = {left, top - height + gap, left + width - gap, top - name_height};
        kea_lettering letters = kea_letters(KEA_SIZE_LABEL, KEA_START, kea_ink_text);
        kea_font_lines lines;
        letters.bold = true;
        kea_font_wrap(&lines, b->names[i], letters.size, true, width - gap, 1);
        if (lines.n)
            kea_plot_text(plot, left, top - name_height / 2, &letters, lines.line[0]);
        b->draw(plot, &room, i, b->data);
    }
}

kea_status kea_blocks_write(const kea_blocks *blocks, const char *folder, const char *name,
                            kea_error *err)
{
    kea_page page = {KEA_PAGE_WIDTH, height_of(blocks), blocks->title, draw, blocks};
    return kea_plot_write(&page, folder, name, err);
}
