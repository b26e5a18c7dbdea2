/* Printing a table, and paragraphs, to a terminal. Widths are counted in characters. */
#include "sim/report/table.h"
#include "sim/report/text.h"

#include <math.h>
#include <string.h>

enum { GAP = 2, NARROWEST = 12, CELL_TEXT = 400, HEAD = 3 };

/* What is needed while printing. */
typedef struct layout {
    const kea_table *table;
    kea_language language;
    size_t width[KEA_TABLE_MAX_COLUMNS]; /* 0: not shown */
    bool is_text[KEA_TABLE_MAX_COLUMNS];
    size_t n_head; /* lines of the tallest head */
    size_t first;  /* the first column shown */
    size_t spaces; /* due before the next text, so that no line ends in spaces */
} layout;

static const char *cell_text(const layout *lay, const kea_cell *cell, size_t column, char *text)
{
    if (cell->shown)
        return cell->shown;
    int decimals = cell->decimals == KEA_COLUMN_DECIMALS ? lay->table->column[column].decimals
                                                         : cell->decimals;
    kea_text_number(text, CELL_TEXT, cell->number * cell->scale, decimals, lay->language);
    return text;
}

/* Bytes of the longest start of `text` that fits `width` characters, broken at a space; a longer
 * word is taken whole. */
static size_t line_bytes(const char *text, size_t width)
{
    size_t best = 0;
    size_t used = 0;
    for (size_t i = 0;; i++) {
        if (text[i] == ' ' || text[i] == '\0' || text[i] == '\n') {
            if (used <= width || best == 0)
                best = i;
            if (used > width || text[i] != ' ')
                return best;
        }
        used += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    }
}

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    size_t used = 0;
    for (; *text; text++) {
        used = *text == ' ' ? 0 : used + (((unsigned char)*text & 0xC0u) != 0x80u);
        longest = used > longest ? used : longest;
    }
    return longest;
}

/* The next line of a head, *bytes long; NULL when the head is done. The unit is its last line. */
static const char *head_line(const kea_column *column, size_t width, size_t line, size_t *bytes)
{
    const char *at = column->title;
    for (size_t i = 0; *at; i++) {
        *bytes = line_bytes(at, width);
        if (i == line)
            return at;
        at += *bytes;
        at += *at == ' ';
        if (!*at && i + 1 == line) {
            *bytes = strlen(column->unit);
            return *bytes ? column->unit : NULL;
        }
    }
    return NULL;
}

static size_t head_height(const kea_column *column, size_t width)
{
    size_t height = 0;
    size_t bytes = 0;
    while (head_line(column, width, height, &bytes))
        height++;
    return height;
}

static void measure_column(layout *lay, size_t c)
{
    const kea_table *table = lay->table;
    char text[CELL_TEXT];
    bool has_text = false;
    bool has_number = false;
    size_t width = longest_word(table->column[c].title);
    size_t unit = kea_text_width(table->column[c].unit);
    width = unit > width ? unit : width;
    for (size_t r = 0; r < table->n_rows; r++) {
        const kea_cell *cell = table->cells + r * table->n_columns + c;
        if (table->hidden[r])
            continue;
        size_t used = kea_text_width(cell_text(lay, cell, c, text));
        width = used > width ? used : width;
        has_text = has_text || cell->shown;
        has_number = has_number || (!cell->shown && !isnan(cell->number));
    }
    lay->is_text[c] = has_text && !has_number;
    lay->width[c] = width ? width : 1;
}

/* Takes what is too much for a line from the widest text column. */
static void fit(layout *lay)
{
    size_t total = 0;
    size_t widest = 0;
    for (size_t c = 0; c < lay->table->n_columns; c++) {
        total += lay->width[c] ? lay->width[c] + GAP : 0;
        if (lay->is_text[c] && (!lay->is_text[widest] || lay->width[c] > lay->width[widest]))
            widest = c;
    }
    if (total <= KEA_TABLE_WIDTH + GAP || !lay->is_text[widest])
        return;
    size_t excess = total - KEA_TABLE_WIDTH - GAP;
    size_t width = lay->width[widest];
    size_t left = width > excess + NARROWEST ? width - excess : NARROWEST;
    lay->width[widest] = left < width ? left : width;
}

/* The column with the tallest head among those taller than HEAD lines; n_columns when none is. */
static size_t tallest(const layout *lay)
{
    size_t found = lay->table->n_columns;
    size_t most = HEAD;
    for (size_t c = 0; c < lay->table->n_columns; c++) {
        size_t height = lay->width[c] ? head_height(&lay->table->column[c], lay->width[c]) : 0;
        if (height > most) {
            most = height;
            found = c;
        }
    }
    return found;
}

/* Widens columns with tall heads as long as the line has room. */
static void widen(layout *lay)
{
    size_t total = 0;
    for (size_t c = 0; c < lay->table->n_columns; c++)
        total += lay->width[c] ? lay->width[c] + GAP : 0;
    for (; total < KEA_TABLE_WIDTH + GAP; total++) {
        size_t c = tallest(lay);
        if (c == lay->table->n_columns)
            return;
        lay->width[c]++;
    }
}

static void measure(layout *lay)
{
    for (size_t c = 0; c < lay->table->n_columns; c++)
        if (lay->table->column[c].use == KEA_COLUMN_BOTH ||
            lay->table->column[c].use == KEA_COLUMN_TERMINAL)
            measure_column(lay, c);
    fit(lay);
    widen(lay);
    lay->first = lay->table->n_columns;
    for (size_t c = 0; c < lay->table->n_columns; c++) {
        if (!lay->width[c])
            continue;
        lay->first = c < lay->first ? c : lay->first;
        size_t height = head_height(&lay->table->column[c], lay->width[c]);
        lay->n_head = height > lay->n_head ? height : lay->n_head;
    }
}

static void pad(FILE *out, size_t n)
{
    while (n-- > 0)
        (void)fputc(' ', out);
}

/* Prints `bytes` of a text in column c; too long a text is cut with an ellipsis. */
static void print_text(FILE *out, layout *lay, size_t c, const char *text, size_t bytes)
{
    size_t width = lay->width[c];
    size_t used = 0;
    size_t kept = 0; /* bytes of the first width - 1 characters */
    for (size_t i = 0; i < bytes; i++) {
        bool starts = ((unsigned char)text[i] & 0xC0u) != 0x80u;
        if (starts && used == width - 1)
            kept = i;
        used += starts;
    }
    lay->spaces += c == lay->first ? 0 : GAP;
    if (bytes == 0) {
        lay->spaces += width;
        return;
    }
    size_t fill = used < width ? width - used : 0;
    pad(out, lay->spaces + (lay->is_text[c] ? 0 : fill));
    (void)fwrite(text, 1, used > width ? kept : bytes, out);
    if (used > width)
        (void)fputs("…", out);
    lay->spaces = lay->is_text[c] ? fill : 0;
}

static void end_line(FILE *out, layout *lay)
{
    (void)fputc('\n', out);
    lay->spaces = 0;
}

/* Heads stand at the bottom of the head lines. */
static void print_heads(FILE *out, layout *lay)
{
    for (size_t line = 0; line < lay->n_head; line++) {
        for (size_t c = 0; c < lay->table->n_columns; c++) {
            const kea_column *column = &lay->table->column[c];
            size_t bytes = 0;
            if (!lay->width[c])
                continue;
            size_t above = lay->n_head - head_height(column, lay->width[c]);
            const char *text =
                line < above ? NULL : head_line(column, lay->width[c], line - above, &bytes);
            print_text(out, lay, c, text ? text : "", text ? bytes : 0);
        }
        end_line(out, lay);
    }
}

static void print_rule(FILE *out, const layout *lay)
{
    for (size_t c = 0; c < lay->table->n_columns; c++) {
        pad(out, lay->width[c] && c != lay->first ? GAP : 0);
        for (size_t i = 0; i < lay->width[c]; i++)
            (void)fputs("─", out);
    }
    (void)fputc('\n', out);
}

static void print_row(FILE *out, layout *lay, size_t r)
{
    char text[CELL_TEXT];
    for (size_t c = 0; c < lay->table->n_columns; c++) {
        if (!lay->width[c])
            continue;
        const kea_cell *cell = lay->table->cells + r * lay->table->n_columns + c;
        const char *shown = cell_text(lay, cell, c, text);
        print_text(out, lay, c, shown, strlen(shown));
    }
    end_line(out, lay);
}

/* The line above a row that begins a group: `before` is the row shown last, n_rows for none. */
static void print_group(FILE *out, layout *lay, size_t r, size_t before)
{
    const kea_table *table = lay->table;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *text = table->cells[r * table->n_columns + c].shown;
        const char *last =
            before < table->n_rows ? table->cells[before * table->n_columns + c].shown : NULL;
        if (table->column[c].use != KEA_COLUMN_GROUP || !text || (last && !strcmp(text, last)))
            continue;
        (void)fputs(text, out);
        end_line(out, lay);
    }
}

kea_status kea_table_print(const kea_table *table, FILE *out, kea_error *err)
{
    layout lay = {.table = table, .language = kea_text_language()};
    kea_status status = KEA_OK;
    KEA_TRY(kea_table_check(table, err));
    measure(&lay);
    kea_table_paragraph(out, table->title, KEA_TABLE_WIDTH, 0);
    print_heads(out, &lay);
    print_rule(out, &lay);
    size_t before = table->n_rows;
    for (size_t r = 0; r < table->n_rows; r++) {
        if (table->hidden[r])
            continue;
        print_group(out, &lay, r, before);
        print_row(out, &lay, r);
        before = r;
    }
    if (table->note[0])
        kea_table_paragraph(out, table->note, KEA_TABLE_WIDTH, 0);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "cannot write table \"%s\"", table->title);
done:
    return status;
}

void kea_table_paragraph(FILE *out, const char *text, size_t width, size_t indent)
{
    size_t room = width;
    while (*text) {
        size_t bytes = line_bytes(text, room);
        (void)fwrite(text, 1, bytes, out);
        (void)fputc('\n', out);
        text += bytes;
        if (*text)
            text++;
        if (*text && *text != '\n')
            pad(out, indent);
        room = width > indent ? width - indent : 1;
    }
}
