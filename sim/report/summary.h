/* The plain-words summary at the end of a run: what was compared, what it costs and brings, how
 * sure that is, on what it hangs, and where to look further. For a planner, not for a programmer.
 */
#ifndef KEA_REPORT_SUMMARY_H
#define KEA_REPORT_SUMMARY_H

#include "sim/core/status.h"
#include "sim/report/answers.h"

#include <stdio.h>

/* Where things are; NULL leaves a line out. */
typedef struct kea_summary_places {
    const char *figures;
    const char *tables;
    const char *database;
} kea_summary_places;

/* Writes the summary in the reader's language, in lines of at most KEA_TABLE_WIDTH characters.
 * Needs the "psa" design; says more with "base" and "tornado". Errors: KEA_ERR_INPUT (no "psa", or
 * an outcome missing), KEA_ERR_MEMORY, KEA_ERR_IO. */
KEA_CHECKED kea_status kea_summary_write(FILE *out, const kea_answer_input *input,
                                         const kea_summary_places *places, kea_error *err);

#endif
