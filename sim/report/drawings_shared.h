/* What the files that gather figures share among themselves. */
#ifndef KEA_REPORT_DRAWINGS_SHARED_H
#define KEA_REPORT_DRAWINGS_SHARED_H

#include "sim/report/answers.h"
#include "sim/report/text.h"

enum { KEA_DRAWING_TEXT = 256 }; /* room of the texts below */

/* What is drawn, and where to. */
typedef struct kea_drawing {
    const kea_answer_input *input;
    const char *folder;
    kea_language language;
} kea_drawing;

/* The comparator's name. */
const char *kea_drawing_comparator(const kea_drawing *d);

/* Notes at the foot: "1,000 parameter draws; shaded: 95% interval", "parameters at base values;
 * mean of 20 simulated schools". */
void kea_drawing_draws(const kea_drawing *d, size_t draws, char *note);
void kea_drawing_cohorts(const kea_drawing *d, const kea_answer_part *part, char *note);

/* A figure's name: "hours", or "hours_ID" when the run has several strategies beside the
 * comparator.
 */
void kea_drawing_name(const kea_drawing *d, const char *stem, size_t care, char *name);

/* The figures hours and access of a design of staffing. (drawings_staffing.c) */
KEA_CHECKED kea_status kea_drawing_hours(const kea_drawing *d, const kea_answer_part *part,
                                         kea_error *err);

/* The figure frontier of a probabilistic analysis. (drawings_frontier.c) */
KEA_CHECKED kea_status kea_drawing_frontier(const kea_drawing *d, const kea_answer_part *part,
                                            kea_error *err);

/* The figures of funding of every strategy, where there are any: who pays in and who saves, the
 * budget by school year, after how many years who has gained, and municipalities.
 * (drawings_funding.c) */
KEA_CHECKED kea_status kea_drawing_funding(const kea_drawing *d, kea_error *err);

/* The figure of a map. (drawings_staffing.c) */
KEA_CHECKED kea_status kea_drawing_map(const kea_drawing *d, const kea_answer_part *part,
                                       kea_error *err);

#endif
