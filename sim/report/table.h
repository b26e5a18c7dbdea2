/* A table of text and numbers: printed aligned for people, or written as CSV for programs.
 *
 * Filling a table cannot fail half-way: the first failure (memory, a cell out of the table) is
 * remembered, later calls do nothing, and whoever prints or writes the table gets the failure. */
#ifndef KEA_REPORT_TABLE_H
#define KEA_REPORT_TABLE_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define KEA_TABLE_WIDTH 100      /* characters of a terminal line */
#define KEA_TABLE_MAX_COLUMNS 36 /* columns a table may have */
#define KEA_COLUMN_DECIMALS (-1) /* for a number: as many decimals as its column says */

/* Where a column is seen. That of a group is a column of the CSV; on the terminal its text stands
 * once, on a line of its own above the rows that share it. */
typedef enum kea_column_use {
    KEA_COLUMN_BOTH,
    KEA_COLUMN_CSV,
    KEA_COLUMN_TERMINAL,
    KEA_COLUMN_GROUP
} kea_column_use;

typedef struct kea_column {
    const char *name;  /* head of the CSV column, never translated: "mean" */
    const char *title; /* head on the terminal, in the reader's language */
    const char *unit;  /* under the title, "" for none */
    int decimals;      /* of its numbers on the terminal */
    kea_column_use use;
} kea_column;

typedef struct kea_cell {
    char *shown; /* text on the terminal, owned; NULL for a number */
    char *csv;   /* text in CSV, owned; NULL for a number */
    double number;
    double scale; /* the terminal shows number x scale */
    int decimals;
} kea_cell;

typedef struct kea_table {
    char *title; /* owned */
    char *note;  /* under the table, owned; "" for none */
    size_t n_columns;
    kea_column column[KEA_TABLE_MAX_COLUMNS]; /* the texts are owned copies */
    size_t n_rows;
    size_t capacity;
    kea_cell *cells; /* [capacity][n_columns] */
    bool *hidden;    /* [capacity] rows that only the CSV has */
    kea_status status;
    kea_error error; /* the first failure */
} kea_table;

/* Zeroes the table and copies title and columns. A failure is remembered in the table. */
void kea_table_init(kea_table *table, const char *title, size_t n_columns,
                    const kea_column *columns);
void kea_table_free(kea_table *table); /* legal on {0}, after a failed init, and twice */

/* The text under the table, copied. */
void kea_table_note(kea_table *table, const char *note);

/* A new last row, all cells empty. The functions below fill the last row. */
void kea_table_row(kea_table *table);

/* Leaves the last row to the CSV. */
void kea_table_hide(kea_table *table);

/* A text cell, copied. */
void kea_table_text(kea_table *table, size_t column, const char *text);

/* A text cell that is a name in CSV ("vsv") and words on the terminal. */
void kea_table_key(kea_table *table, size_t column, const char *csv, const char *shown);

/* A number; NAN shows "-" and is empty in CSV. */
void kea_table_number(kea_table *table, size_t column, double number, int decimals);

/* The same, shown times `scale` on the terminal ("thousand EUR" is scale 0.001). */
void kea_table_scaled(kea_table *table, size_t column, double number, double scale, int decimals);

/* KEA_OK or the first failure, copied to *err. */
KEA_CHECKED kea_status kea_table_check(const kea_table *table, kea_error *err);

/* Prints title, heads, rows and note to a terminal of KEA_TABLE_WIDTH columns: texts left, numbers
 * right, in the reader's language. Texts of the widest column are cut with "…" when the table would
 * be too wide. Errors: KEA_ERR_IO, KEA_ERR_MEMORY, the remembered failure. */
KEA_CHECKED kea_status kea_table_print(const kea_table *table, FILE *out, kea_error *err);

/* Writes CSV by RFC 4180 (CRLF line ends, quotes where needed) with a head line, '.' decimals and
 * numbers in full precision. */
KEA_CHECKED kea_status kea_table_csv(const kea_table *table, FILE *out, kea_error *err);

/* Writes the CSV to a new file; an existing one is replaced. The error names the path. */
KEA_CHECKED kea_status kea_table_save(const kea_table *table, const char *path, kea_error *err);

/* Writes a text broken at spaces to lines of at most `width` characters; every line after the first
 * starts with `indent` spaces. '\n' in the text starts a new line. */
void kea_table_paragraph(FILE *out, const char *text, size_t width, size_t indent);

#endif
