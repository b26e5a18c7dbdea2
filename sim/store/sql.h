/* The one door to SQLite, private to sim/store: the rest of keasim knows no database library.
 *
 * Every failure is told as KEA_ERR_IO (KEA_ERR_MEMORY when memory ran out) with the path of the
 * database and SQLite's own reason. One connection belongs to one thread at a time. */
#ifndef KEA_STORE_SQL_H
#define KEA_STORE_SQL_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kea_sql kea_sql;             /* an open database */
typedef struct kea_sql_query kea_sql_query; /* a prepared statement */

/* A value to put into a statement. */
typedef struct kea_sql_value {
    enum { KEA_SQL_NONE, KEA_SQL_INTEGER, KEA_SQL_REAL, KEA_SQL_TEXT, KEA_SQL_BLOB } kind;
    int64_t integer;
    double real;
    const char *text; /* this and blob: borrowed until the statement has run */
    const void *blob;
    size_t size; /* of the blob */
} kea_sql_value;

static inline kea_sql_value kea_sql_integer(uint64_t integer)
{
    return (kea_sql_value){.kind = KEA_SQL_INTEGER, .integer = (int64_t)integer};
}
static inline kea_sql_value kea_sql_real(double real)
{
    return (kea_sql_value){.kind = KEA_SQL_REAL, .real = real};
}
/* NULL becomes SQL's NULL. */
static inline kea_sql_value kea_sql_text(const char *text)
{
    return (kea_sql_value){.kind = text ? KEA_SQL_TEXT : KEA_SQL_NONE, .text = text};
}
static inline kea_sql_value kea_sql_blob(const void *blob, size_t size)
{
    return (kea_sql_value){.kind = KEA_SQL_BLOB, .blob = blob, .size = size};
}
static inline kea_sql_value kea_sql_none(void)
{
    return (kea_sql_value){.kind = KEA_SQL_NONE};
}

/* Makes a new database file; one that exists already is an error and stays as it is. After any
 * other failure no file is left. */
KEA_CHECKED kea_status kea_sql_create(kea_sql **sql, const char *path, kea_error *err);

/* Opens an existing one, to read or to add to. A transaction that a killed program left half done
 * is undone first. */
KEA_CHECKED kea_status kea_sql_open(kea_sql **sql, const char *path, kea_error *err);

/* Legal on NULL. Frees all that belongs to the connection; its queries must be freed before. */
void kea_sql_close(kea_sql *sql);

/* The path it was opened with. */
const char *kea_sql_path(const kea_sql *sql);

/* Runs statements without values and results. */
KEA_CHECKED kea_status kea_sql_execute(kea_sql *sql, const char *text, kea_error *err);

/* Undoes an open transaction, if there is one. Cannot fail in a way that matters. */
void kea_sql_rollback(kea_sql *sql);

/* Prepares one statement; free with kea_sql_free (legal on NULL). */
KEA_CHECKED kea_status kea_sql_prepare(kea_sql_query **query, kea_sql *sql, const char *text,
                                       kea_error *err);
void kea_sql_free(kea_sql_query *query);

/* Sets the n values of a statement and puts it before its first row. */
KEA_CHECKED kea_status kea_sql_bind(kea_sql_query *query, size_t n, const kea_sql_value *values,
                                    kea_error *err);

/* Goes to the next row; *row is false when there is none. */
KEA_CHECKED kea_status kea_sql_next(kea_sql_query *query, bool *row, kea_error *err);

/* Binds and runs a statement that gives no rows, such as INSERT. */
KEA_CHECKED kea_status kea_sql_run(kea_sql_query *query, size_t n, const kea_sql_value *values,
                                   kea_error *err);

/* Columns of the present row. A text (NULL for SQL's NULL) lives until the next step. */
bool kea_sql_column_is_none(const kea_sql_query *query, int column);
int64_t kea_sql_column_integer(const kea_sql_query *query, int column);
double kea_sql_column_real(const kea_sql_query *query, int column);
const char *kea_sql_column_text(const kea_sql_query *query, int column);
/* Bytes as they were put in, *size of them; they live until the next step. */
const void *kea_sql_column_blob(const kea_sql_query *query, int column, size_t *size);

/* The first column of the first row of a query, as an integer; 0 when there is no row. */
KEA_CHECKED kea_status kea_sql_number(kea_sql *sql, const char *text, int64_t *number,
                                      kea_error *err);

#endif
