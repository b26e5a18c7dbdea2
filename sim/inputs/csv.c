/* Splits the text into cells in place: a cell never is longer than what it was written as. */
#include "sim/inputs/csv.h"

#include "sim/core/memory.h"
#include "sim/inputs/params.h"
#include "sim/inputs/plain_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reading goes on at `at`, writing at `to`, which is never ahead of it. */
typedef struct reader {
    kea_csv *csv;
    size_t at, to, end;
    int line;
    size_t n_cells, cell_capacity, line_capacity, n_lines;
} reader;

static char here(const reader *r)
{
    return r->at < r->end ? r->csv->text[r->at] : '\0';
}

/* Length of the line end at the reading place, 0 when there is none. */
static size_t line_end(const reader *r)
{
    const char *text = r->csv->text + r->at;
    if (r->at >= r->end)
        return 0;
    if (text[0] == '\n')
        return 1;
    return text[0] == '\r' && r->at + 1 < r->end && text[1] == '\n' ? 2 : 0;
}

static kea_status fail_here(const reader *r, int line, kea_error *err, const char *text)
{
    return kea_error_at(err, KEA_ERR_INPUT, r->csv->file, line, "%s", text);
}

static kea_status add_cell(reader *r, kea_error *err)
{
    if (r->n_cells == r->cell_capacity) {
        size_t capacity = 2 * r->cell_capacity + 64;
        void *cell = r->csv->cell;
        kea_status status = kea_memory_resize(&cell, capacity, sizeof *r->csv->cell, err);
        if (status != KEA_OK)
            return status;
        r->csv->cell = cell;
        r->cell_capacity = capacity;
    }
    r->csv->cell[r->n_cells++] = r->to;
    return KEA_OK;
}

static kea_status add_line(reader *r, kea_error *err)
{
    if (r->n_lines == r->line_capacity) {
        size_t capacity = 2 * r->line_capacity + 64;
        void *line = r->csv->line;
        kea_status status = kea_memory_resize(&line, capacity, sizeof *r->csv->line, err);
        if (status != KEA_OK)
            return status;
        r->csv->line = line;
        r->line_capacity = capacity;
    }
    r->csv->line[r->n_lines++] = r->line;
    return KEA_OK;
}

static kea_status read_quoted(reader *r, kea_error *err)
{
    int opened = r->line;
    char *text = r->csv->text;
    for (r->at++; r->at < r->end; r->at++) {
        char c = text[r->at];
        if (c == '"' && text[r->at + 1] != '"')
            break;
        r->at += c == '"'; /* two stand for one */
        r->line += c == '\n';
        text[r->to++] = c;
    }
    if (r->at >= r->end)
        return fail_here(r, opened, err, "the quote that is opened here is never closed");
    r->at++;
    if (r->at < r->end && here(r) != ',' && line_end(r) == 0)
        return fail_here(r, r->line, err,
                         "expected a comma or the end of the line after a closing quote; write a "
                         "quote within quotes twice");
    return KEA_OK;
}

static kea_status read_bare(reader *r, kea_error *err)
{
    while (r->at < r->end && here(r) != ',' && line_end(r) == 0) {
        if (here(r) == '"')
            return fail_here(r, r->line, err,
                             "a quote within a cell that does not begin with one; put the whole "
                             "cell between quotes and write the quote twice");
        r->csv->text[r->to++] = r->csv->text[r->at++];
    }
    return KEA_OK;
}

/* Reads the cells of one row; `at` is then behind its line end. */
static kea_status read_row(reader *r, size_t *n, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(add_line(r, err));
    for (*n = 0;;) {
        KEA_TRY(add_cell(r, err));
        ++*n;
        KEA_TRY(here(r) == '"' ? read_quoted(r, err) : read_bare(r, err));
        bool more = here(r) == ',';
        size_t ends = line_end(r);
        r->at += more ? 1 : ends;
        r->csv->text[r->to++] = '\0';
        if (!more) {
            r->line += ends > 0;
            break;
        }
    }
done:
    return status;
}

static kea_status wrong_width(const reader *r, size_t n, kea_error *err)
{
    const kea_csv *csv = r->csv;
    int line = csv->line[r->n_lines - 1];
    const char *first = csv->text + csv->cell[r->n_cells - n];
    if (n == 1 && first[0] == '\0')
        return fail_here(r, line, err, "the line is empty; remove it");
    return kea_error_at(err, KEA_ERR_INPUT, csv->file, line,
                        "expected %zu cell%s as in the first line, found %zu", csv->n_columns,
                        csv->n_columns == 1 ? "" : "s", n);
}

static kea_status check_names(const kea_csv *csv, kea_error *err)
{
    for (size_t i = 0; i < csv->n_columns; i++) {
        const char *name = kea_csv_name(csv, i);
        if (!name[0])
            return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                                "column %zu has no name; the first line names every column", i + 1);
        for (size_t j = 0; j < i; j++)
            if (strcmp(kea_csv_name(csv, j), name) == 0)
                return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                                    "two columns are named '%s'", name);
    }
    return KEA_OK;
}

static kea_status read_rows(reader *r, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_csv *csv = r->csv;
    size_t n = 0;
    if (r->at >= r->end)
        return fail_here(r, 1, err, "the file is empty; the first line names the columns");
    KEA_TRY(read_row(r, &csv->n_columns, err));
    KEA_TRY(check_names(csv, err));
    while (r->at < r->end) {
        KEA_TRY(read_row(r, &n, err));
        if (n != csv->n_columns)
            return wrong_width(r, n, err);
        csv->n_rows++;
    }
done:
    return status;
}

kea_status kea_csv_read(kea_csv *csv, const char *path, size_t max_bytes, kea_error *err)
{
    kea_status status = KEA_OK;
    reader r = {.csv = csv, .line = 1};
    *csv = (kea_csv){0};
    KEA_TRY(kea_memory_copy_text(&csv->file, path, err));
    KEA_TRY(kea_plain_text_read(&csv->text, &r.end, path, max_bytes, err));
    /* a cell that ends the file takes the place of the text's own end */
    r.at = kea_plain_text_mark(csv->text);
    KEA_TRY(read_rows(&r, err));
done:
    return status;
}

void kea_csv_free(kea_csv *csv)
{
    free(csv->file);
    free(csv->text);
    free(csv->cell);
    free(csv->line);
    *csv = (kea_csv){0};
}

const char *kea_csv_name(const kea_csv *csv, size_t column)
{
    return csv->text + csv->cell[column];
}

const char *kea_csv_cell(const kea_csv *csv, size_t row, size_t column)
{
    return csv->text + csv->cell[(row + 1) * csv->n_columns + column];
}

static kea_status check_known(const kea_csv *csv, size_t n, const char *const *names,
                              kea_error *err)
{
    char expected[512];
    kea_param_list(n, names, expected, sizeof expected);
    for (size_t c = 0; c < csv->n_columns; c++) {
        const char *name = kea_csv_name(csv, c);
        bool known = false;
        for (size_t i = 0; i < n; i++)
            known = known || strcmp(names[i], name) == 0;
        if (known)
            continue;
        if (csv->n_columns == 1 && strchr(name, ';'))
            return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                                "the cells are separated by ';'; expected commas. Save the table "
                                "as comma-separated values");
        const char *nearest = kea_param_nearest(name, n, names);
        return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                            "unknown column '%.100s'%s%s%s; expected the columns %s", name,
                            nearest ? "; did you mean '" : "", nearest ? nearest : "",
                            nearest ? "'?" : "", expected);
    }
    return KEA_OK;
}

kea_status kea_csv_columns(const kea_csv *csv, size_t n, const char *const *names, size_t *at,
                           kea_error *err)
{
    kea_status status = check_known(csv, n, names, err);
    for (size_t i = 0; i < n && status == KEA_OK; i++) {
        at[i] = 0;
        while (at[i] < csv->n_columns && strcmp(kea_csv_name(csv, at[i]), names[i]) != 0)
            at[i]++;
        if (at[i] == csv->n_columns)
            status = kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[0],
                                  "the column '%s' is missing", names[i]);
    }
    return status;
}

kea_status kea_csv_number(const kea_csv *csv, size_t row, size_t column, double *out,
                          kea_error *err)
{
    static const char allowed[] = "0123456789+-.eE";
    const char *cell = kea_csv_cell(csv, row, column);
    char *end = NULL;
    if (cell[0] && strspn(cell, allowed) == strlen(cell)) {
        *out = strtod(cell, &end);
        if (!*end && isfinite(*out))
            return KEA_OK;
    }
    return kea_csv_fail(csv, row, column, err,
                        "expected a number, with a point for decimals, found \"%.100s\"", cell);
}

kea_status kea_csv_fail(const kea_csv *csv, size_t row, size_t column, kea_error *err,
                        const char *format, ...)
{
    char text[768];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return kea_error_at(err, KEA_ERR_INPUT, csv->file, csv->line[row + 1], "%.100s: %s",
                        kea_csv_name(csv, column), text);
}
