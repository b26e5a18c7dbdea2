/* Draws every figure of a run from its samples alone: turns answers into the plain numbers that the
 * figures take. */
#ifndef KEA_REPORT_DRAWINGS_H
#define KEA_REPORT_DRAWINGS_H

#include "sim/core/status.h"
#include "sim/report/answers.h"

/* Writes plane, acceptability, with several strategies beside the comparator frontier, a tornado
 * for every strategy, and for every strategy with a team hours, access (when the model has measures
 * for it) and map_PARAMETER, each as .svg, .png and .pdf, into an existing folder; a design that
 * the run lacks leaves its figure out. With more than one strategy beside the comparator its id is
 * added to the figure's name. Errors: those of sim/report/figures.h and KEA_ERR_INPUT when an
 * outcome is missing. */
KEA_CHECKED kea_status kea_drawings_save(const kea_answer_input *input, const char *folder,
                                         kea_error *err);

#endif
