/* Private to sim/store: keeps and reads back who can pay for strategies, and the funding scenarios.
 */
#ifndef KEA_STORE_FUNDING_H
#define KEA_STORE_FUNDING_H

#include "sim/inputs/problem.h"
#include "sim/store/record.h"
#include "sim/store/sql.h"

/* Writes payers and funding scenarios. */
KEA_CHECKED kea_status kea_store_funding(kea_sql *sql, const kea_problem *problem, kea_error *err);

/* Reads them into the record's problem; the declarations of its parameters have been read before.
 */
KEA_CHECKED kea_status kea_record_read_funding(kea_record *record, kea_sql *sql, kea_error *err);

#endif
