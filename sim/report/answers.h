/* The answers of a finished run as tables, from its samples alone: nothing is simulated here.
 *
 * Two ways of counting are used. "Whole school": window and run-out, discounted to the first school
 * year; ratios, net benefits and their probabilities are made of these. "Per 100 students a year":
 * the school years of the window, not discounted, per 100 students on 1 October; what people can
 * compare with their own school. */
#ifndef KEA_REPORT_ANSWERS_H
#define KEA_REPORT_ANSWERS_H

#include "sim/analysis/curves.h"
#include "sim/analysis/kea.h"
#include "sim/core/sample.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"
#include "sim/report/table.h"

#include <stdbool.h>
#include <stddef.h>

/* One design of the run with what came out of it. */
typedef struct kea_answer_part {
    const kea_design *design;
    const kea_sample *sample;
} kea_answer_part;

typedef struct kea_answer_input {
    const kea_problem *problem;
    size_t n_parts;
    const kea_answer_part *parts;
    const char *caveat; /* what the model's answers leave out, marked for translation; NULL */
} kea_answer_input;

/* The part whose design has this name (the first of several), or NULL. */
const kea_answer_part *kea_answers_find(const kea_answer_input *input, const char *design);

/* Name of the strategy an arm stands for, for people (translated where the catalogue knows it). */
const char *kea_answers_strategy(const kea_answer_input *input, const kea_answer_part *part,
                                 size_t arm);

/* The same for strategy number `strategy` of the problem. */
const char *kea_answers_name(const kea_problem *problem, size_t strategy);

/* What costs are set against. The first is the effect of the decision: vsv prevented. */
enum { KEA_N_EFFECTS = 3 };
extern const kea_effect kea_effects[KEA_N_EFFECTS];

/* Effects and costs per point and arm of a part. Free with kea_pairs_free. */
KEA_CHECKED kea_status kea_answers_pairs(kea_pairs *pairs, const kea_answer_part *part,
                                         const kea_effect *effect, kea_error *err);

/* Paired increment per 100 students a year against arm 0, window, not discounted, of an outcome by
 * name, or of all costs when `outcome` is NULL. KEA_ERR_INPUT when the sample lacks the outcome. */
KEA_CHECKED kea_status kea_answers_increment(kea_estimate *out, const kea_answer_part *part,
                                             size_t arm, const char *outcome, kea_error *err);

typedef enum kea_count_by { KEA_WHOLE_SCHOOL, KEA_PER_100_STUDENTS } kea_count_by;

/* Every function below fills a table that the caller frees with kea_table_free, also on failure.
 * Errors: KEA_ERR_INPUT when the run lacks the design or an outcome, KEA_ERR_MEMORY. */

/* Costs (all during school and each row; those after leaving for the whole school only and not on
 * the terminal), vsv, external referrals, diplomas, weeks of absence and of unmet need:
 * comparator, strategy and difference, with Monte Carlo error and 95% interval. */
KEA_CHECKED kea_status kea_answers_outcomes(kea_table *table, const kea_answer_input *input,
                                            kea_count_by count, kea_error *err);

/* Cost per vsv prevented, per external and per specialist referral avoided: probabilistic with
 * interval, quadrant and its probabilities, base case beside it. */
KEA_CHECKED kea_status kea_answers_kea(kea_table *table, const kea_answer_input *input,
                                       kea_error *err);

/* Net monetary benefit (effect: vsv prevented) and probability over the range of willingness to
 * pay. The terminal shows at most about ten amounts, the CSV all. */
KEA_CHECKED kea_status kea_answers_net_benefit(kea_table *table, const kea_answer_input *input,
                                               kea_error *err);

/* Who pays and who saves: extra costs per payer (municipalities also by where students live, when
 * the model tells), of all payers together and of the three perspectives; during school, after
 * leaving and their sum, discounted, for the whole school and per student on 1 October of the
 * comparator and school year. Payers sum to the total. */
KEA_CHECKED kea_status kea_answers_payers(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);

/* What each municipality of the scenario's list pays: the comparator's and the strategy's cost and
 * the difference, discounted, whole school and per student on 1 October and school year. A zone's
 * costs are divided over its municipalities by number of students: within a zone the model knows no
 * difference. Municipalities sum to what all home municipalities pay. */
KEA_CHECKED kea_status kea_answers_municipalities(kea_table *table, const kea_answer_input *input,
                                                  kea_error *err);
bool kea_answers_has_municipalities(const kea_answer_input *input);

/* What follows after leaving in the eyes of society, discounted, EUR. */
typedef struct kea_society {
    bool counted;                   /* the model has such costs */
    kea_estimate worth_per_leaver;  /* saved after leaving per early leaver prevented: ratio of
                                       means, no error; interval only when every point prevents */
    kea_estimate worth_per_student; /* the same per student and school year */
    kea_estimate net_per_student;   /* extra cost during school less that; below 0 society saves */
} kea_society;
KEA_CHECKED kea_status kea_answers_society(kea_society *out, const kea_answer_part *part,
                                           size_t arm, kea_error *err);

/* Among students the team helped, the risk ratio of early leaving against the same students under
 * the comparator. Only for models that pair students: see kea_answers_has_helped. */
KEA_CHECKED kea_status kea_answers_helped(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);
bool kea_answers_has_helped(const kea_answer_input *input);

/* A sweep or a map: one row per value swept (hours factor, rate factor, both) and strategy. */
KEA_CHECKED kea_status kea_answers_sweep(kea_table *table, const kea_answer_input *input,
                                         const kea_answer_part *part, kea_error *err);

/* What a tornado is made of. */
typedef enum kea_tornado_of { KEA_TORNADO_NET_BENEFIT, KEA_TORNADO_VSV } kea_tornado_of;

/* Number of bars of a tornado, 0 for another design. */
size_t kea_answers_n_bars(const kea_answer_part *part);

/* Bars of one arm against arm 0, largest first, into bars[kea_answers_n_bars(part)]: the change in
 * net benefit at the reference willingness to pay (EUR, whole school) or in vsv prevented (whole
 * school). *base (may be NULL) gets the base case. */
KEA_CHECKED kea_status kea_answers_bars(kea_bar *bars, kea_estimate *base,
                                        const kea_answer_input *input, const kea_answer_part *part,
                                        size_t arm, kea_tornado_of of, kea_error *err);

/* The tornado as a table; the terminal shows the ten largest bars. */
KEA_CHECKED kea_status kea_answers_tornado(kea_table *table, const kea_answer_input *input,
                                           kea_tornado_of of, kea_error *err);

/* Yearly figures of each strategy over the window: stock, vsv per level, reach, waiting, ... from
 * the base case (or, without one, the probabilistic analysis). */
KEA_CHECKED kea_status kea_answers_annual(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);

/* Writes every table for which the run has a design as CSV into an existing folder:
 * outcomes_school, outcomes_per_100, kea, net_benefit, payers, helped, annual, tornado_net_benefit,
 * tornado_vsv and sweep_DESIGN for every other design. KEA_ERR_IO names the file that cannot be
 * written. */
KEA_CHECKED kea_status kea_answers_save(const kea_answer_input *input, const char *folder,
                                        kea_error *err);

#endif
