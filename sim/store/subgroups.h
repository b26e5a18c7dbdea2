/* Private to sim/store: keeps and reads back the groups of people that results are told apart by.
 */
#ifndef KEA_STORE_SUBGROUPS_H
#define KEA_STORE_SUBGROUPS_H

#include "sim/inputs/problem.h"
#include "sim/store/record.h"
#include "sim/store/sql.h"

/* Writes the groups of the model's groupings. */
KEA_CHECKED kea_status kea_store_subgroups(kea_sql *sql, const kea_problem *problem,
                                           kea_error *err);

/* Reads them into the record's problem; the declarations of its parameters have been read before.
 */
KEA_CHECKED kea_status kea_record_read_subgroups(kea_record *record, kea_sql *sql, kea_error *err);

#endif
