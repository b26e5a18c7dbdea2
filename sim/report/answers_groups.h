/* Answers by groups of people, from the design "subgroups" of a run. */
#ifndef KEA_REPORT_ANSWERS_GROUPS_H
#define KEA_REPORT_ANSWERS_GROUPS_H

#include "sim/report/answers_shared.h"

/* Whether the run has that design. */
bool kea_answers_has_groups(const kea_answer_input *input);

/* Of every strategy but the comparator and every group of every grouping: how many there are (in
 * the window, under the comparator), cost and effect per one and per many of the population in the
 * window with the difference, the group's part of the whole gain, and the net benefit per one
 * (discounted, at the reference willingness to pay) with its probability. The terminal shows one
 * strategy, the best on average of those that are no comparator. Amounts per one are empty where a
 * draw has nobody in the group. */
KEA_CHECKED kea_status kea_answers_subgroups(kea_table *table, const kea_answer_input *input,
                                             kea_error *err);

/* Who gains: of the same rows the group's part of people, extra cost and gain, the gain per many
 * with its interval, and the probability that the group gains. */
KEA_CHECKED kea_status kea_answers_fairness(kea_table *table, const kea_answer_input *input,
                                            kea_error *err);

/* What unequal outcomes are worth to who dislikes inequality (sim/analysis/fairness.h), of every
 * grouping at aversions 0, 0.5, 1 and 2. The good is the first effect per one of the population in
 * the window: of something bad the share that is spared it. Its equally distributed equivalent
 * without and with the strategy, and the whole gain with more weight for groups that are worse off
 * without it. Empty where a good is not above 0. */
KEA_CHECKED kea_status kea_answers_inequality(kea_table *table, const kea_answer_input *input,
                                              kea_error *err);

/* What these tables are made of. */
typedef struct kea_by_group {
    const kea_answer_input *input;
    const kea_answer_part *part;
    const kea_param_table *params;
    size_t n;      /* groups of all groupings */
    size_t people; /* outcome that counts the population */
    kea_gain gain; /* the first effect */
} kea_by_group;

KEA_CHECKED kea_status kea_by_group_find(kea_by_group *by, const kea_answer_input *input,
                                         kea_error *err);

/* The arm of a strategy that has the results of a group. */
size_t kea_by_group_arm(const kea_by_group *by, size_t strategy, size_t grouping, size_t group);

/* People of an arm at a point in the window. */
double kea_by_group_people(const kea_by_group *by, size_t point, size_t arm);

/* The first effect, better is more, per population.n in the window; NAN without people. */
double kea_by_group_level(const kea_by_group *by, size_t point, size_t arm);

/* What an arm has more of it than another, of all its people over the window: mean over points. */
double kea_by_group_gain(const kea_by_group *by, size_t arm, size_t before);

/* The same of all groups of a grouping, a strategy against the comparator. */
double kea_by_group_whole_gain(const kea_by_group *by, size_t strategy, size_t grouping);

/* Fills columns strategy, comparator, grouping and group of a new row from `column` on. */
void kea_by_group_name(kea_table *table, size_t column, const kea_by_group *by, size_t strategy,
                       size_t grouping, size_t group);
enum { KEA_BY_GROUP_NAMES = 4 };

#endif
