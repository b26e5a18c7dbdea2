/* The only source file that includes sqlite3.h. */
#include "sim/store/sql.h"

#include "sim/core/memory.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How long to wait for another program that reads or writes the same file. */
enum { BUSY_MILLISECONDS = 30000 };

struct kea_sql {
    sqlite3 *db;
    char *path;
};

struct kea_sql_query {
    kea_sql *sql;
    sqlite3_stmt *statement;
};

/* Turns SQLite's last error into ours. */
static kea_status fail(const kea_sql *sql, kea_error *err)
{
    int code = sqlite3_errcode(sql->db);
    return kea_error_at(err, code == SQLITE_NOMEM ? KEA_ERR_MEMORY : KEA_ERR_IO, sql->path, 0,
                        "result database: %s", sqlite3_errmsg(sql->db));
}

static kea_status connect(kea_sql **sql, const char *path, kea_error *err)
{
    void *block = NULL;
    *sql = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&block, 1, sizeof **sql, err));
    *sql = block;
    KEA_TRY(kea_memory_copy_text(&(*sql)->path, path, err));
    /* a reader, too, may have to undo what a killed writer left half done */
    if (sqlite3_open_v2(path, &(*sql)->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        status = fail(*sql, err);
        goto done;
    }
    (void)sqlite3_extended_result_codes((*sql)->db, 0);
    (void)sqlite3_busy_timeout((*sql)->db, BUSY_MILLISECONDS);
done:
    if (status != KEA_OK) {
        kea_sql_close(*sql);
        *sql = NULL;
    }
    return status;
}

kea_status kea_sql_create(kea_sql **sql, const char *path, kea_error *err)
{
    *sql = NULL;
    FILE *file = fopen(path, "wx"); /* SQLite itself would open what exists */
    if (!file && errno == EEXIST)
        return kea_error_at(err, KEA_ERR_IO, path, 0,
                            "exists already; a run is never overwritten, choose another folder");
    if (!file)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot make the result database: %s",
                            strerror(errno));
    (void)fclose(file);
    kea_status status = connect(sql, path, err);
    if (status == KEA_OK)
        status =
            kea_sql_execute(*sql, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL", err);
    if (status != KEA_OK) {
        kea_sql_close(*sql);
        *sql = NULL;
        (void)remove(path);
    }
    return status;
}

kea_status kea_sql_open(kea_sql **sql, const char *path, kea_error *err)
{
    return connect(sql, path, err);
}

void kea_sql_close(kea_sql *sql)
{
    if (!sql)
        return;
    (void)sqlite3_close_v2(sql->db);
    free(sql->path);
    free(sql);
}

const char *kea_sql_path(const kea_sql *sql)
{
    return sql->path;
}

kea_status kea_sql_execute(kea_sql *sql, const char *text, kea_error *err)
{
    return sqlite3_exec(sql->db, text, NULL, NULL, NULL) == SQLITE_OK ? KEA_OK : fail(sql, err);
}

void kea_sql_rollback(kea_sql *sql)
{
    if (!sqlite3_get_autocommit(sql->db)) /* some errors have rolled back already */
        (void)sqlite3_exec(sql->db, "ROLLBACK", NULL, NULL, NULL);
}

kea_status kea_sql_prepare(kea_sql_query **query, kea_sql *sql, const char *text, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 1, sizeof **query, err);
    *query = block;
    if (status != KEA_OK)
        return status;
    (*query)->sql = sql;
    if (sqlite3_prepare_v2(sql->db, text, -1, &(*query)->statement, NULL) == SQLITE_OK)
        return KEA_OK;
    status = fail(sql, err);
    kea_sql_free(*query);
    *query = NULL;
    return status;
}

void kea_sql_free(kea_sql_query *query)
{
    if (!query)
        return;
    (void)sqlite3_finalize(query->statement);
    free(query);
}

static int bind_one(sqlite3_stmt *statement, int at, const kea_sql_value *value)
{
    switch (value->kind) {
    case KEA_SQL_INTEGER:
        return sqlite3_bind_int64(statement, at, value->integer);
    case KEA_SQL_REAL:
        return sqlite3_bind_double(statement, at, value->real);
    case KEA_SQL_TEXT:
        return sqlite3_bind_text(statement, at, value->text, -1, SQLITE_STATIC);
    case KEA_SQL_BLOB:
        return sqlite3_bind_blob64(statement, at, value->blob, value->size, SQLITE_STATIC);
    case KEA_SQL_NONE:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

kea_status kea_sql_bind(kea_sql_query *query, size_t n, const kea_sql_value *values, kea_error *err)
{
    (void)sqlite3_reset(query->statement); /* repeats the error of the last step, told already */
    for (size_t i = 0; i < n; i++)
        if (bind_one(query->statement, (int)i + 1, &values[i]) != SQLITE_OK)
            return fail(query->sql, err);
    return KEA_OK;
}

kea_status kea_sql_next(kea_sql_query *query, bool *row, kea_error *err)
{
    int code = sqlite3_step(query->statement);
    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? KEA_OK : fail(query->sql, err);
}

kea_status kea_sql_run(kea_sql_query *query, size_t n, const kea_sql_value *values, kea_error *err)
{
    bool row = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_bind(query, n, values, err));
    KEA_TRY(kea_sql_next(query, &row, err));
done:
    return status;
}

bool kea_sql_column_is_none(const kea_sql_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

int64_t kea_sql_column_integer(const kea_sql_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double kea_sql_column_real(const kea_sql_query *query, int column)
{
    return sqlite3_column_double(query->statement, column);
}

const char *kea_sql_column_text(const kea_sql_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

const void *kea_sql_column_blob(const kea_sql_query *query, int column, size_t *size)
{
    const void *blob = sqlite3_column_blob(query->statement, column);
    *size = blob ? (size_t)sqlite3_column_bytes(query->statement, column) : 0;
    return blob;
}

kea_status kea_sql_number(kea_sql *sql, const char *text, int64_t *number, kea_error *err)
{
    kea_sql_query *query = NULL;
    bool row = false;
    *number = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, text, err));
    KEA_TRY(kea_sql_next(query, &row, err));
    if (row)
        *number = kea_sql_column_integer(query, 0);
done:
    kea_sql_free(query);
    return status;
}
