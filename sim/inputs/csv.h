/* A table in a CSV file (RFC 4180): commas between cells, one row a line, the names of the columns
 * in the first. A cell may stand between double quotes, and must when it holds a comma, a quote
 * (then doubled) or a line end. Strict: every row has as many cells as the first, and nothing is
 * guessed.
 *
 * All errors but memory are KEA_ERR_INPUT with file and line and say what to do. */
#ifndef KEA_INPUTS_CSV_H
#define KEA_INPUTS_CSV_H

#include "sim/core/status.h"

#include <stddef.h>

typedef struct kea_csv {
    char *file;   /* owned: path that was read */
    char *text;   /* owned: all cells, one after the other */
    size_t *cell; /* owned: [n_rows + 1][n_columns] where each starts in `text`; row 0: the names */
    int *line;    /* owned: [n_rows + 1] where each row starts */
    size_t n_rows; /* below the names */
    size_t n_columns;
} kea_csv;

/* Reads a file of at most `max_bytes`; the caller frees with kea_csv_free, also after failure.
 * KEA_ERR_IO without a place, whose text is only the reason, when it cannot be read: the caller
 * says who asked for it. */
KEA_CHECKED kea_status kea_csv_read(kea_csv *csv, const char *path, size_t max_bytes,
                                    kea_error *err);
void kea_csv_free(kea_csv *csv); /* legal on {0} and twice */

/* The name of a column. */
const char *kea_csv_name(const kea_csv *csv, size_t column);

/* A cell of row 0 .. n_rows - 1, borrowed. */
const char *kea_csv_cell(const kea_csv *csv, size_t row, size_t column);

/* The columns must be exactly those of names[n], in any order; where each is goes to at[n]. */
KEA_CHECKED kea_status kea_csv_columns(const kea_csv *csv, size_t n, const char *const *names,
                                       size_t *at, kea_error *err);

/* A cell as a finite number with a decimal point. */
KEA_CHECKED kea_status kea_csv_number(const kea_csv *csv, size_t row, size_t column, double *out,
                                      kea_error *err);

/* Fills *err with the place of a row and "column: " before the text; returns KEA_ERR_INPUT. */
kea_status kea_csv_fail(const kea_csv *csv, size_t row, size_t column, kea_error *err,
                        const char *format, ...) KEA_PRINTF(5, 6);

#endif
