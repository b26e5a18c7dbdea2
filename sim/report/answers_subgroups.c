/* Costs and effects by groups of people. */
#include "sim/report/answers_groups.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool kea_answers_has_groups(const kea_answer_input *input)
{
    return kea_answers_find(input, "subgroups") != NULL;
}

kea_status kea_by_group_find(kea_by_group *by, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_param_table *params = &input->problem->params;
    *by = (kea_by_group){.input = input,
                         .params = params,
                         .n = kea_grouping_total(params->n_groupings, params->groupings)};
    KEA_TRY(kea_answers_need(&by->part, input, "subgroups", err));
    KEA_TRY(kea_answers_population(input, by->part->sample, &by->people, err));
    KEA_TRY(
        kea_answers_gain_find(&by->gain, input, by->part->sample, &input->frame->effects[0], err));
done:
    return status;
}

size_t kea_by_group_arm(const kea_by_group *by, size_t strategy, size_t grouping, size_t group)
{
    return strategy * by->n + kea_grouping_number(by->params->groupings, grouping, group) - 1;
}

double kea_by_group_people(const kea_by_group *by, size_t point, size_t arm)
{
    return *kea_sample_at(by->part->sample, point, arm, by->people, KEA_SCOPE_WINDOW);
}

double kea_by_group_level(const kea_by_group *by, size_t point, size_t arm)
{
    double sum = 0.0;
    for (size_t k = 0; k < by->gain.n; k++)
        sum += by->gain.better[k] *
               kea_estimate_value(by->part->sample, point, arm, &by->gain.measure[k]);
    return sum;
}

double kea_by_group_gain(const kea_by_group *by, size_t arm, size_t before)
{
    const kea_sample *sample = by->part->sample;
    double sum = 0.0;
    for (size_t i = 0; i < sample->n_points; i++)
        for (size_t k = 0; k < by->gain.n; k++) {
            size_t outcome = by->gain.measure[k].outcome;
            sum +=
                by->gain.better[k] * (*kea_sample_at(sample, i, arm, outcome, KEA_SCOPE_WINDOW) -
                                      *kea_sample_at(sample, i, before, outcome, KEA_SCOPE_WINDOW));
        }
    return sum / (double)sample->n_points;
}

double kea_by_group_whole_gain(const kea_by_group *by, size_t strategy, size_t grouping)
{
    double sum = 0.0;
    for (size_t k = 0; k < by->params->groupings[grouping].n; k++)
        sum += kea_by_group_gain(by, kea_by_group_arm(by, strategy, grouping, k),
                                 kea_by_group_arm(by, 0, grouping, k));
    return sum;
}

void kea_by_group_name(kea_table *table, size_t column, const kea_by_group *by, size_t strategy,
                       size_t grouping, size_t group)
{
    const kea_grouping *of = &by->params->groupings[grouping];
    const size_t arm = kea_by_group_arm(by, strategy, grouping, group);
    kea_table_row(table);
    kea_answers_put_name(table, column, by->part, by->input->problem, arm);
    kea_answers_put_name(table, column + 1, by->part, by->input->problem, 0);
    kea_table_key(table, column + 2, of->name, kea_text(of->title));
    kea_table_key(table, column + 3, of->names[group], kea_text(of->titles[group]));
}

enum {
    STRATEGY,
    PEOPLE = KEA_BY_GROUP_NAMES,
    COST_BEFORE,
    COST_WITH,
    COST,
    EFFECT_BEFORE = COST + 4,
    EFFECT_WITH,
    GAIN,
    PART = GAIN + 4,
    BENEFIT,
    PROBABILITY = BENEFIT + 4,
    N_COLUMNS
};
_Static_assert((int)N_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

static void note(kea_table *table, const kea_by_group *by)
{
    char text[900];
    (void)snprintf(
        text, sizeof text,
        kea_text("From the first %zu draws; the groups of a kind sum to the whole. Net benefit at "
                 "the reference willingness to pay, all years, discounted. What the strategy costs "
                 "is divided over groups by who gets its hours. Everybody has it: what a group "
                 "would gain if others had it not is not simulated."),
        by->part->sample->n_points);
    kea_table_note(table, text);
}

static void init_table(kea_table *table, const kea_answer_input *input, const kea_by_group *by)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const kea_frame *frame = input->frame;
    const int decimals = kea_answers_decimals(input);
    char cost[160], gain[240], benefit[160];
    (void)snprintf(cost, sizeof cost, kea_text("extra cost per %s"),
                   kea_text(frame->population.one));
    /* TRANSLATORS: "early leavers prevented per 100 students a year" */
    (void)snprintf(gain, sizeof gain, kea_text("%s per %s"), kea_text(frame->effects[0].gained),
                   kea_text(frame->population.many));
    (void)snprintf(benefit, sizeof benefit, kea_text("net benefit per %s"),
                   kea_text(frame->population.one));
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"grouping", "", "", 0, KEA_COLUMN_GROUP},
        {"group", kea_text("group"), "", 0, both},
        {"people", kea_text(by->part->sample->outcomes[by->people].unit), "", 0, both},
        {"cost_comparator_%s", "", "", 1, csv},
        {"cost_strategy_%s", "", "", 1, csv},
        {"extra_cost_%s", cost, "%s", 0, both},
        {"extra_cost_error", "", "", 1, csv},
        {"extra_cost_low", "", "", 1, csv},
        {"extra_cost_high", "", "", 1, csv},
        {"effect_comparator", "", "", decimals, csv},
        {"effect_strategy", "", "", decimals, csv},
        {"gain", gain, "", decimals, both},
        {"gain_error", kea_text("Monte Carlo error"), "", decimals, both},
        {"gain_low", kea_text("95% from"), "", decimals, both},
        {"gain_high", kea_text("95% to"), "", decimals, both},
        {"gain_share", kea_text("of all"), "%", 0, both},
        {"net_benefit_%s", benefit, "%s", 0, both},
        {"net_benefit_error", "", "", 1, csv},
        {"net_benefit_low", "", "", 1, csv},
        {"net_benefit_high", "", "", 1, csv},
        {"probability", kea_text("probability"), "%", 0, both},
    };
    kea_answers_table(table, input, kea_text("Groups of people"), N_COLUMNS, columns);
    note(table, by);
}

/* What rows are filled from. */
typedef struct filling {
    const kea_by_group *by;
    const kea_pairs *pairs;
    double wtp;
    double *scratch; /* [point] */
} filling;

static double mean_people(const kea_by_group *by, size_t arm)
{
    double sum = 0.0;
    for (size_t i = 0; i < by->part->sample->n_points; i++)
        sum += kea_by_group_people(by, i, arm);
    return sum / (double)by->part->sample->n_points;
}

static double mean_level(const filling *f, size_t arm)
{
    const size_t n = f->by->part->sample->n_points;
    for (size_t i = 0; i < n; i++)
        f->scratch[i] = kea_by_group_level(f->by, i, arm);
    return kea_estimate_of(f->scratch, n).mean;
}

static void put_costs(kea_table *table, const filling *f, size_t arm, size_t before)
{
    const kea_sample *sample = f->by->part->sample;
    const kea_measure cost = {KEA_ALL_COSTS, KEA_SCOPE_WINDOW, f->by->people, 1.0};
    const int own = KEA_COLUMN_DECIMALS;
    kea_table_number(table, COST_BEFORE, kea_estimate_arm(sample, before, &cost, f->scratch).mean,
                     own);
    kea_table_number(table, COST_WITH, kea_estimate_arm(sample, arm, &cost, f->scratch).mean, own);
    kea_answers_put(table, COST, kea_estimate_increment(sample, arm, before, &cost, f->scratch),
                    1.0, own);
}

static void put_effects(kea_table *table, const filling *f, size_t arm, size_t before, double all)
{
    const size_t n = f->by->part->sample->n_points;
    const int own = KEA_COLUMN_DECIMALS;
    kea_table_number(table, EFFECT_BEFORE, mean_level(f, before), own);
    kea_table_number(table, EFFECT_WITH, mean_level(f, arm), own);
    for (size_t i = 0; i < n; i++)
        f->scratch[i] = kea_by_group_level(f->by, i, arm) - kea_by_group_level(f->by, i, before);
    kea_answers_put(table, GAIN, kea_estimate_of(f->scratch, n), 1.0, own);
    kea_table_scaled(table, PART,
                     all != 0.0 ? kea_by_group_gain(f->by, arm, before) / all : (double)NAN, 100.0,
                     own);
}

static void put_benefit(kea_table *table, const filling *f, size_t arm, size_t before)
{
    const kea_sample *sample = f->by->part->sample;
    const size_t n = sample->n_points;
    size_t gains = 0;
    for (size_t i = 0; i < n; i++) {
        double people = *kea_sample_at(sample, i, before, f->by->people, KEA_SCOPE_DISCOUNTED);
        double benefit = kea_pairs_net_benefit(f->pairs, i, arm, before, f->wtp);
        gains += benefit > 0.0;
        f->scratch[i] = people > 0.0 ? benefit / people : (double)NAN;
    }
    kea_answers_put(table, BENEFIT, kea_estimate_of(f->scratch, n), 1.0, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, PROBABILITY, (double)gains / (double)n, 100.0, KEA_COLUMN_DECIMALS);
}

static void put_grouping(kea_table *table, const filling *f, size_t strategy, size_t grouping,
                         bool shown)
{
    const kea_by_group *by = f->by;
    const kea_grouping *of = &by->params->groupings[grouping];
    const double all = kea_by_group_whole_gain(by, strategy, grouping);
    for (size_t k = 0; k < of->n; k++) {
        const size_t arm = kea_by_group_arm(by, strategy, grouping, k);
        const size_t before = kea_by_group_arm(by, 0, grouping, k);
        kea_by_group_name(table, STRATEGY, by, strategy, grouping, k);
        kea_table_number(table, PEOPLE, mean_people(by, before), KEA_COLUMN_DECIMALS);
        put_costs(table, f, arm, before);
        put_effects(table, f, arm, before, all);
        put_benefit(table, f, arm, before);
        if (!shown)
            kea_table_hide(table);
    }
}

/* The strategy with the highest net benefit of those that are no comparator. */
static size_t best_strategy(const filling *f, size_t n_strategies)
{
    const kea_by_group *by = f->by;
    size_t best = 1;
    double highest = -(double)INFINITY;
    for (size_t s = 1; s < n_strategies; s++) {
        double sum = 0.0;
        for (size_t k = 0; k < by->params->groupings[0].n; k++)
            for (size_t i = 0; i < by->part->sample->n_points; i++)
                sum += kea_pairs_net_benefit(f->pairs, i, kea_by_group_arm(by, s, 0, k),
                                             kea_by_group_arm(by, 0, 0, k), f->wtp);
        best = sum > highest ? s : best;
        highest = fmax(highest, sum);
    }
    return best;
}

kea_status kea_answers_subgroups(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    const size_t n = input->problem->n_strategies;
    kea_by_group by;
    kea_pairs pairs = {0};
    void *scratch = NULL;
    *table = (kea_table){0};
    KEA_TRY(kea_by_group_find(&by, input, err));
    KEA_TRY(kea_answers_pairs(&pairs, by.part, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&scratch, by.part->sample->n_points, sizeof(double), err));
    init_table(table, input, &by);
    const filling f = {&by, &pairs, input->problem->settings.reference_wtp, scratch};
    const size_t shown = best_strategy(&f, n);
    for (size_t s = 1; s < n; s++)
        for (size_t g = 0; g < by.params->n_groupings; g++)
            put_grouping(table, &f, s, g, s == shown);
    status = kea_table_check(table, err);
done:
    free(scratch);
    kea_pairs_free(&pairs);
    return status;
}
