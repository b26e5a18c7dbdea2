/* Filling a table and writing it as CSV (RFC 4180). Printing is in table_print.c. */
#include "sim/report/table.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void remember(kea_table *table, kea_status status)
{
    if (table->status == KEA_OK)
        table->status = status;
}

static char *copy(kea_table *table, const char *text)
{
    char *out = NULL;
    if (table->status == KEA_OK)
        remember(table, kea_memory_copy_text(&out, text, &table->error));
    return out;
}

/* Replaces an owned text. */
static void replace(kea_table *table, char **text, const char *by)
{
    char *out = copy(table, by);
    if (!out)
        return;
    free(*text);
    *text = out;
}

void kea_table_init(kea_table *table, const char *title, size_t n_columns,
                    const kea_column *columns)
{
    memset(table, 0, sizeof *table);
    if (n_columns > KEA_TABLE_MAX_COLUMNS) {
        remember(table, kea_error_set(&table->error, KEA_ERR_INTERNAL,
                                      "table \"%s\": %zu columns, at most %d are possible", title,
                                      n_columns, KEA_TABLE_MAX_COLUMNS));
        return;
    }
    table->title = copy(table, title);
    table->note = copy(table, "");
    for (size_t i = 0; i < n_columns && table->status == KEA_OK; i++) {
        table->column[i] = columns[i];
        table->column[i].name = copy(table, columns[i].name);
        table->column[i].title = copy(table, columns[i].title);
        table->column[i].unit = copy(table, columns[i].unit);
        table->n_columns = i + 1;
    }
}

/* The texts of the columns are const for readers but owned by the table. */
static void free_text(const char *text)
{
    union {
        const char *read;
        char *own;
    } owned = {text};
    free(owned.own);
}

void kea_table_free(kea_table *table)
{
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
        free(table->cells[i].shown);
        free(table->cells[i].csv);
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        free_text(table->column[i].name);
        free_text(table->column[i].title);
        free_text(table->column[i].unit);
    }
    free(table->title);
    free(table->note);
    free(table->cells);
    free(table->hidden);
    memset(table, 0, sizeof *table);
}

void kea_table_note(kea_table *table, const char *note)
{
    replace(table, &table->note, note);
}

static kea_status grow(kea_table *table)
{
    kea_status status = KEA_OK;
    size_t capacity = table->capacity ? 2 * table->capacity : 32;
    void *cells = table->cells;
    void *hidden = table->hidden;
    KEA_TRY(kea_memory_resize(&cells, capacity * table->n_columns, sizeof *table->cells,
                              &table->error));
    table->cells = cells;
    KEA_TRY(kea_memory_resize(&hidden, capacity, sizeof *table->hidden, &table->error));
    table->hidden = hidden;
    table->capacity = capacity;
done:
    return status;
}

void kea_table_row(kea_table *table)
{
    if (table->status == KEA_OK && table->n_rows == table->capacity)
        remember(table, grow(table));
    if (table->status != KEA_OK)
        return;
    kea_cell *row = table->cells + table->n_rows * table->n_columns;
    for (size_t i = 0; i < table->n_columns; i++)
        row[i] = (kea_cell){NULL, NULL, (double)NAN, 1.0, KEA_COLUMN_DECIMALS};
    table->hidden[table->n_rows++] = false;
}

/* The cell of the last row, or NULL (remembered) when there is none. */
static kea_cell *last(kea_table *table, size_t column)
{
    if (table->status != KEA_OK)
        return NULL;
    if (table->n_rows == 0 || column >= table->n_columns) {
        remember(table, kea_error_set(&table->error, KEA_ERR_INTERNAL,
                                      "table \"%s\": no column %zu in row %zu", table->title,
                                      column, table->n_rows));
        return NULL;
    }
    return table->cells + (table->n_rows - 1) * table->n_columns + column;
}

void kea_table_hide(kea_table *table)
{
    if (last(table, 0))
        table->hidden[table->n_rows - 1] = true;
}

void kea_table_key(kea_table *table, size_t column, const char *csv, const char *shown)
{
    kea_cell *cell = last(table, column);
    if (!cell)
        return;
    replace(table, &cell->csv, csv);
    replace(table, &cell->shown, shown);
}

void kea_table_text(kea_table *table, size_t column, const char *text)
{
    kea_table_key(table, column, text, text);
}

void kea_table_scaled(kea_table *table, size_t column, double number, double scale, int decimals)
{
    kea_cell *cell = last(table, column);
    if (!cell)
        return;
    cell->number = number;
    cell->scale = scale;
    cell->decimals = decimals;
}

void kea_table_number(kea_table *table, size_t column, double number, int decimals)
{
    kea_table_scaled(table, column, number, 1.0, decimals);
}

kea_status kea_table_check(const kea_table *table, kea_error *err)
{
    if (table->status != KEA_OK && err)
        *err = table->error;
    return table->status;
}

static void write_quoted(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        (void)fputs(text, out);
        return;
    }
    (void)fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            (void)fputc('"', out);
        (void)fputc(*text, out);
    }
    (void)fputc('"', out);
}

static void write_cell(FILE *out, const kea_cell *cell)
{
    char digits[64];
    if (cell->csv) {
        write_quoted(out, cell->csv);
        return;
    }
    kea_text_exact(digits, sizeof digits, cell->number);
    (void)fputs(digits, out);
}

/* Writes one line: the heads when `row` is NULL. */
static void write_line(FILE *out, const kea_table *table, const kea_cell *row)
{
    bool first = true;
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->column[i].use == KEA_COLUMN_TERMINAL)
            continue;
        if (!first)
            (void)fputc(',', out);
        first = false;
        if (row)
            write_cell(out, row + i);
        else
            write_quoted(out, table->column[i].name);
    }
    (void)fputs("\r\n", out);
}

kea_status kea_table_csv(const kea_table *table, FILE *out, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(kea_table_check(table, err));
    write_line(out, table, NULL);
    for (size_t r = 0; r < table->n_rows; r++)
        write_line(out, table, table->cells + r * table->n_columns);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "cannot write table \"%s\"", table->title);
done:
    return status;
}

kea_status kea_table_save(const kea_table *table, const char *path, kea_error *err)
{
    kea_status status = kea_table_check(table, err);
    if (status != KEA_OK)
        return status;
    FILE *out = fopen(path, "wb");
    if (!out)
        return kea_error_set(err, KEA_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    status = kea_table_csv(table, out, err);
    if (fclose(out) != 0 || status == KEA_ERR_IO)
        status = kea_error_set(err, KEA_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    return status;
}
