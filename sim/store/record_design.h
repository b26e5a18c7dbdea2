/* Private to sim/store: the parts of reading a run back that have a file of their own (designs and
 * results; correlated groups), and what all reading shares. */
#ifndef KEA_STORE_RECORD_DESIGN_H
#define KEA_STORE_RECORD_DESIGN_H

#include "sim/store/record.h"
#include "sim/store/sql.h"

#include <stddef.h>

/* Reads all designs; problem and outcomes of the record have been read before. */
KEA_CHECKED kea_status kea_record_read_designs(kea_record *record, kea_sql *sql, kea_error *err);

/* Reads the settings. (In record_settings.c.) */
KEA_CHECKED kea_status kea_record_read_settings(kea_settings *settings, kea_sql *sql,
                                                kea_error *err);

/* Reads the correlated groups; the entries of the problem have been read before. (In
 * record_correlation.c.) */
KEA_CHECKED kea_status kea_record_read_correlations(kea_problem *problem, kea_sql *sql,
                                                    kea_error *err);

/* Reads where students live; the entries of the problem have been read before. (In
 * record_homes.c.) */
KEA_CHECKED kea_status kea_record_read_municipalities(kea_problem *problem, kea_sql *sql,
                                                      kea_error *err);

/* Whether a database is ours and has these tables. KEA_ERR_INPUT. (In record.c.) */
KEA_CHECKED kea_status kea_record_check(kea_sql *sql, kea_error *err);

/* A text of the present row, owned by the caller; "" for SQL's NULL. (In record.c.) */
KEA_CHECKED kea_status kea_record_text(const kea_sql_query *query, int column, char **out,
                                       kea_error *err);

/* The same, owned by the record; NULL for SQL's NULL. (In record.c.) */
KEA_CHECKED kea_status kea_record_keep(kea_record *record, const kea_sql_query *query, int column,
                                       const char **out, kea_error *err);

/* How well a number is founded, from its word; an assumption when it is none. (In record.c.) */
kea_evidence kea_record_evidence(const char *name);

/* KEA_ERR_INPUT: the contents of a table make no sense. */
KEA_CHECKED kea_status kea_record_broken(const kea_sql *sql, const char *table, kea_error *err);

/* An integer column that must lie in 0 .. limit - 1. */
KEA_CHECKED kea_status kea_record_index(const kea_sql *sql, const kea_sql_query *query, int column,
                                        size_t limit, size_t *index, kea_error *err);

/* The result of a query that counts rows. */
KEA_CHECKED kea_status kea_record_rows(kea_sql *sql, const char *text, size_t *n, kea_error *err);

/* Reads the results of points first .. first + sample->n_points - 1 of design number `design` into
 * a sample that has arms and outcomes of the design; amounts by school year are not read. */
KEA_CHECKED kea_status kea_record_read_points(kea_sql *sql, size_t design, size_t first,
                                              const kea_sample *sample, kea_error *err);

/* Goes to the next row, whose first column must be `number`. */
KEA_CHECKED kea_status kea_record_next(const kea_sql *sql, kea_sql_query *query, size_t number,
                                       kea_error *err);

#endif
