/* What the files that fill answer tables share among themselves. */
#ifndef KEA_REPORT_ANSWERS_SHARED_H
#define KEA_REPORT_ANSWERS_SHARED_H

#include "sim/report/answers.h"

/* The index of an outcome; KEA_ERR_INPUT names it when the sample lacks it. */
KEA_CHECKED kea_status kea_answers_outcome(const kea_sample *sample, const char *name,
                                           size_t *index, kea_error *err);

/* The index of the outcome that counts the population. */
KEA_CHECKED kea_status kea_answers_population(const kea_answer_input *input,
                                              const kea_sample *sample, size_t *index,
                                              kea_error *err);

/* What is measured by a declared measure in one sample: its outcomes found. Without `per`, *measure
 * is the outcome itself. */
typedef struct kea_found_measure {
    const kea_measure_decl *decl;
    kea_measure measure; /* over the window */
    size_t and_per;      /* added to the denominator, or KEA_NO_OUTCOME */
} kea_found_measure;
KEA_CHECKED kea_status kea_answers_measure(kea_found_measure *found, const kea_sample *sample,
                                           const kea_measure_decl *decl, kea_error *err);

/* The measure of one arm at one point; NAN where it is divided by 0. */
double kea_answers_measure_at(const kea_found_measure *found, const kea_sample *sample,
                              size_t point, size_t arm);

/* Adds to a table's note what a reader must know of a measure that comes to `highest` in it. */
void kea_answers_measure_note(char *note, size_t size, const kea_measure_decl *decl,
                              double highest);

/* The first effect, better is more, gained against arm 0 over the window per population.n. */
typedef struct kea_gain {
    size_t n;
    kea_measure measure[2];
    int better[2];
} kea_gain;
KEA_CHECKED kea_status kea_answers_gain_find(kea_gain *gain, const kea_answer_input *input,
                                             const kea_sample *sample, const kea_effect *effect,
                                             kea_error *err);
double kea_answers_gain_at(const kea_gain *gain, const kea_sample *sample, size_t point,
                           size_t arm);

/* The part of a design; KEA_ERR_INPUT names it when the run lacks it. */
KEA_CHECKED kea_status kea_answers_need(const kea_answer_part **part, const kea_answer_input *input,
                                        const char *design, kea_error *err);

/* Words of other layers in the reader's language. */
const char *kea_answers_quadrant(kea_quadrant quadrant);
const char *kea_answers_evidence(kea_evidence evidence);

/* How amounts of the whole are shown: in thousands when the population is 100 or more, as they are
 * (and effects with more decimals) when it is a person or a few. */
typedef struct kea_whole {
    bool thousands;
    double scale;     /* of money: 0.001 or 1 */
    const char *unit; /* "1,000 %s" or "%s", for kea_answers_table */
    int decimals;     /* of effects */
} kea_whole;
kea_whole kea_answers_whole(const kea_answer_input *input);

/* How many decimals amounts per population.n have on the terminal. */
int kea_answers_decimals(const kea_answer_input *input);

/* A word of the frame in the reader's language, its first letter a capital. */
void kea_answers_capital(char *text, size_t size, const char *english);

/* The strategy column: on the terminal only when there is more than one besides the comparator. */
kea_column_use kea_answers_strategy_use(const kea_answer_input *input);

/* Starts a table "TITLE: A against B"; with several strategies "TITLE: each against B". "%s" in the
 * name, title and unit of a column becomes the currency, in the name in small letters. */
void kea_answers_table(kea_table *table, const kea_answer_input *input, const char *title,
                       size_t n_columns, const kea_column *columns);

/* Puts the name of an arm's strategy into a cell: as the care model file has it in CSV. */
void kea_answers_put_name(kea_table *table, size_t column, const kea_answer_part *part,
                          const kea_problem *problem, size_t arm);

/* Fills mean, error, low and high into four columns from `column` on, shown times `scale`. */
void kea_answers_put(kea_table *table, size_t column, kea_estimate estimate, double scale,
                     int decimals);

#endif
