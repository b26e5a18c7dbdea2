/* What the files that fill answer tables share among themselves. */
#ifndef KEA_REPORT_ANSWERS_SHARED_H
#define KEA_REPORT_ANSWERS_SHARED_H

#include "sim/report/answers.h"

/* The outcome that others are counted per: students on 1 October. */
#define KEA_STUDENTS "students"

/* The index of an outcome; KEA_ERR_INPUT names it when the sample lacks it. */
KEA_CHECKED kea_status kea_answers_outcome(const kea_sample *sample, const char *name,
                                           size_t *index, kea_error *err);

/* The part of a design; KEA_ERR_INPUT names it when the run lacks it. */
KEA_CHECKED kea_status kea_answers_need(const kea_answer_part **part, const kea_answer_input *input,
                                        const char *design, kea_error *err);

/* Words of other layers in the reader's language. */
const char *kea_answers_quadrant(kea_quadrant quadrant);
const char *kea_answers_evidence(kea_evidence evidence);

/* The strategy column: on the terminal only when there is more than one besides the comparator. */
kea_column_use kea_answers_strategy_use(const kea_answer_input *input);

/* Puts the name of an arm's strategy into a cell: as the care model file has it in CSV. */
void kea_answers_put_name(kea_table *table, size_t column, const kea_answer_part *part,
                          const kea_problem *problem, size_t arm);

/* Fills mean, error, low and high into four columns from `column` on, shown times `scale`. */
void kea_answers_put(kea_table *table, size_t column, kea_estimate estimate, double scale,
                     int decimals);

/* "TITLE: A against B" into text; with several strategies "TITLE: each against B". */
void kea_answers_title(char *text, size_t size, const char *title, const kea_answer_input *input);

#endif
