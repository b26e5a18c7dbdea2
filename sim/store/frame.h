/* Private to sim/store: keeps and reads back what the answers of a run are about (kea_frame) and
 * what was swept. */
#ifndef KEA_STORE_FRAME_H
#define KEA_STORE_FRAME_H

#include "sim/core/frame.h"
#include "sim/inputs/problem.h"
#include "sim/store/record.h"
#include "sim/store/sql.h"

/* Writes frame, effects and measures. */
KEA_CHECKED kea_status kea_store_frame(kea_sql *sql, const kea_frame *frame, kea_error *err);

/* Writes the sweeps of a problem. */
KEA_CHECKED kea_status kea_store_sweeps(kea_sql *sql, const kea_problem *problem, kea_error *err);

/* Reads frame, effects and measures; the outcomes of the record have been read before. */
KEA_CHECKED kea_status kea_record_read_frame(kea_record *record, kea_sql *sql, kea_error *err);

/* Reads the sweeps; the declarations of the problem's parameters have been read before. */
KEA_CHECKED kea_status kea_record_read_sweeps(kea_problem *problem, kea_sql *sql, kea_error *err);

#endif
