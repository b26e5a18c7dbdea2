/* The answers of a finished run as tables, from its samples alone: nothing is simulated here, and
 * no model is known. Whom amounts are counted per, what is gained and what is worth showing is the
 * model's frame (sim/core/frame.h); the examples below are of the mbo model.
 *
 * Two ways of counting are used. "Whole": all that is simulated together ("whole school"), window
 * and run-out, discounted to the first period; ratios, net benefits and their probabilities are
 * made of these. "Per many": the window, not discounted, per so many of the population ("100
 * students a year"); what people can compare with their own.
 *
 * A new analysis is a module of sim/analysis, a function here that fills its table, and a call in
 * kea_answers_save (and kea_summary_write, where the terminal shall show it). */
#ifndef KEA_REPORT_ANSWERS_H
#define KEA_REPORT_ANSWERS_H

#include "sim/analysis/curves.h"
#include "sim/analysis/decision.h"
#include "sim/analysis/kea.h"
#include "sim/core/frame.h"
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
    const kea_frame *frame; /* of the model */
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

/* Effects and costs per point and arm of a part. Free with kea_pairs_free. */
KEA_CHECKED kea_status kea_answers_pairs(kea_pairs *pairs, const kea_answer_part *part,
                                         const kea_effect *effect, kea_error *err);

/* Paired increments against arm 0 over the window, not discounted: of the costs of the decision per
 * one of the population (a student and year), and of an effect, better is more, per population.n of
 * it (100). KEA_ERR_INPUT when the sample lacks an outcome. */
KEA_CHECKED kea_status kea_answers_extra_cost(kea_estimate *out, const kea_answer_input *input,
                                              const kea_answer_part *part, size_t arm,
                                              kea_error *err);
KEA_CHECKED kea_status kea_answers_gain(kea_estimate *out, const kea_answer_input *input,
                                        const kea_answer_part *part, size_t arm,
                                        const kea_effect *effect, kea_error *err);

typedef enum kea_count_by { KEA_WHOLE, KEA_PER_MANY } kea_count_by;

/* Every function below fills a table that the caller frees with kea_table_free, also on failure.
 * Errors: KEA_ERR_INPUT when the run lacks the design or an outcome, KEA_ERR_MEMORY. */

/* Costs (of the decision together and each row; those made later for the whole only and not on the
 * terminal) and the frame's measures KEA_IN_OUTCOMES: comparator, strategy and difference, with
 * Monte Carlo error and 95% interval. */
KEA_CHECKED kea_status kea_answers_outcomes(kea_table *table, const kea_answer_input *input,
                                            kea_count_by count, kea_error *err);

/* Cost per unit of every effect: probabilistic with interval, quadrant and its probabilities, base
 * case beside it. */
KEA_CHECKED kea_status kea_answers_kea(kea_table *table, const kea_answer_input *input,
                                       kea_error *err);

/* Net monetary benefit of the first effect and probability over the range of willingness to pay.
 * The terminal shows at most about ten amounts, the CSV all. */
KEA_CHECKED kea_status kea_answers_net_benefit(kea_table *table, const kea_answer_input *input,
                                               kea_error *err);

/* The efficient frontier of all strategies by costs and the first effect. */
KEA_CHECKED kea_status kea_answers_frontier(kea_table *table, const kea_answer_input *input,
                                            kea_error *err);

/* In words: which strategy is best on average at the reference willingness to pay, whether that is
 * more than the noise of the simulation, and what perfect information would be worth. Empty with
 * fewer than 2 draws. Cut to size. */
KEA_CHECKED kea_status kea_answers_choice(char *text, size_t size, const kea_answer_input *input,
                                          kea_error *err);

/* In words: the Monte Carlo error of the net benefit per person (sim/analysis/enough.h), whether it
 * met the target of the scenario; with draws in blocks the error measured from these. Empty with
 * fewer than 2 draws. Cut to size. */
KEA_CHECKED kea_status kea_answers_enough(char *text, size_t size, const kea_answer_input *input,
                                          kea_error *err);

/* Who pays and who saves: extra costs per payer (with the parts of it that the model tells), of all
 * payers together and of the perspectives that differ from that; costs of the decision, later ones
 * and their sum, discounted, for the whole and per one of the comparator's population. Payers sum
 * to the total. */
KEA_CHECKED kea_status kea_answers_payers(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);

/* Tables of funding, of a model whose costs arrangements divide (frame: funded) and of a run that
 * keeps school years. Each has the arrangement of the care models ("as it is") and every funding
 * scenario, differences against the comparator. Positions: what each payer pays more for the
 * strategy, saves and gains, in present value, of the whole and per one of the population, with the
 * probability that it gains and the transfer that makes every public payer whole. Division: the
 * cost divided over public payers (the payer by home by zone) by people, by benefit and by Shapley
 * value. Budget: the same as positions by school year, not discounted. Reconciliation: from the
 * budget to the extra cost of the KEA. Home funding: positions by home municipality (by zone, where
 * the scenario lists none), with the interval of what its own books may show; a zone's amounts are
 * divided over its municipalities by number of people, because within a zone the model knows no
 * difference, and sum to what all home municipalities pay. */
bool kea_answers_has_funding(const kea_answer_input *input);
KEA_CHECKED kea_status kea_answers_positions(kea_table *table, const kea_answer_input *input,
                                             kea_error *err);
KEA_CHECKED kea_status kea_answers_division(kea_table *table, const kea_answer_input *input,
                                            kea_error *err);
KEA_CHECKED kea_status kea_answers_budget(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);
/* The budget of the arrangement of the run at a glance, years beside each other: for the terminal.
 */
KEA_CHECKED kea_status kea_answers_budget_view(kea_table *table, const kea_answer_input *input,
                                               kea_error *err);
KEA_CHECKED kea_status kea_answers_reconciliation(kea_table *table, const kea_answer_input *input,
                                                  kea_error *err);
KEA_CHECKED kea_status kea_answers_home_funding(kea_table *table, const kea_answer_input *input,
                                                kea_error *err);

/* What follows later in the eyes of society, discounted. */
typedef struct kea_society {
    bool counted;                /* the model has such costs */
    kea_estimate worth_per_gain; /* saved later per unit of the first effect: ratio of means, no
                                    error; interval only when every point gains */
    kea_estimate worth_each;     /* the same per one of the population */
    kea_estimate net_each;       /* extra cost of the decision less that; below 0 society saves */
} kea_society;
KEA_CHECKED kea_status kea_answers_society(kea_society *out, const kea_answer_input *input,
                                           const kea_answer_part *part, size_t arm, kea_error *err);

/* Among persons whom a strategy reached, the risk ratio of what is bad against the same persons
 * under the comparator. Only for models that pair persons: see kea_answers_has_helped. */
KEA_CHECKED kea_status kea_answers_helped(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);
bool kea_answers_has_helped(const kea_answer_input *input);

/* Staffing, a sweep or a map: one row per value (hours factor, swept factor, both) and strategy,
 * with cost, first effect, net benefit and the frame's measures KEA_IN_SWEEPS. */
KEA_CHECKED kea_status kea_answers_sweep(kea_table *table, const kea_answer_input *input,
                                         const kea_answer_part *part, kea_error *err);

/* What a tornado is made of. */
typedef enum kea_tornado_of { KEA_TORNADO_NET_BENEFIT, KEA_TORNADO_EFFECT } kea_tornado_of;

/* Number of bars of a tornado, 0 for another design. */
size_t kea_answers_n_bars(const kea_answer_part *part);

/* Bars of one arm against arm 0, largest first, into bars[kea_answers_n_bars(part)]: the change in
 * net benefit at the reference willingness to pay or in the first effect, of the whole. *base (may
 * be NULL) gets the base case. */
KEA_CHECKED kea_status kea_answers_bars(kea_bar *bars, kea_estimate *base,
                                        const kea_answer_input *input, const kea_answer_part *part,
                                        size_t arm, kea_tornado_of of, kea_error *err);

/* The tornado as a table; the terminal shows the ten largest bars. */
KEA_CHECKED kea_status kea_answers_tornado(kea_table *table, const kea_answer_input *input,
                                           kea_tornado_of of, kea_error *err);

/* Yearly figures of each strategy over the window, the frame's measures KEA_IN_YEARLY, from the
 * base case (or, without one, the probabilistic analysis). */
KEA_CHECKED kea_status kea_answers_annual(kea_table *table, const kea_answer_input *input,
                                          kea_error *err);

/* Writes every table for which the run has a design as CSV into an existing folder: outcomes_whole,
 * outcomes_per_N (population.n: outcomes_per_100), kea, net_benefit, frontier (more than 2
 * strategies), payers, helped, subgroups, fairness, inequality, annual,
 * tornado_net_benefit, tornado_effect and sweep_hours, sweep_PARAMETER, sweep_map_PARAMETER.
 * Amounts of money stand in columns whose name ends in the currency. KEA_ERR_IO names the file that
 * cannot be written. */
KEA_CHECKED kea_status kea_answers_save(const kea_answer_input *input, const char *folder,
                                        kea_error *err);

#endif
