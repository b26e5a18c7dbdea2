/* A sample as CSV files that other programs (BCEA, voi, dampack, SAVI in R) read without change:
 * the names in the first line, one row per draw, every number with all its digits, so that whoever
 * reads it back has the very same numbers. */
#ifndef KEA_REPORT_EXPORT_H
#define KEA_REPORT_EXPORT_H

#include "sim/analysis/psa.h"

/* One of the three tables. Effects are such that more is better. */
typedef enum kea_export_what {
    KEA_EXPORT_COSTS,
    KEA_EXPORT_EFFECTS,
    KEA_EXPORT_PARAMETERS
} kea_export_what;

/* Writes it to a file; an existing one is replaced. KEA_ERR_IO names the path. */
KEA_CHECKED kea_status kea_export_save(const kea_psa *psa, kea_export_what what, const char *path,
                                       kea_error *err);

#endif
