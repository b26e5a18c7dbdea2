/* Who gains, and what inequality between groups is worth. */
#include "sim/report/answers_groups.h"

#include "sim/analysis/fairness.h"
#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>

/* Aversions to inequality that are told. */
static const double aversions[] = {0.0, 0.5, 1.0, 2.0};
enum { N_AVERSIONS = sizeof aversions / sizeof aversions[0] };

/* Memory for one grouping, all [group][point] or [point]. */
typedef struct memory {
    void *block;
    size_t n_points;
    double *gain, *scratch;
    double *size; /* [group] */
    kea_group_gain *out;
} memory;

static kea_status make_memory(memory *m, const kea_by_group *by, kea_error *err)
{
    kea_status status = KEA_OK;
    void *out = NULL;
    const size_t n = by->part->sample->n_points;
    *m = (memory){.n_points = n};
    KEA_TRY(kea_memory_new(&m->block, by->n * n + n + by->n, sizeof(double), err));
    m->gain = m->block;
    m->scratch = m->gain + by->n * n;
    m->size = m->scratch + n;
    KEA_TRY(kea_memory_new(&out, by->n, sizeof *m->out, err));
    m->out = out;
done:
    return status;
}

static void free_memory(memory *m)
{
    free(m->out);
    free(m->block);
}

/* --- who gains ------------------------------------------------------------------------------- */

enum { PEOPLE = KEA_BY_GROUP_NAMES, COST, GAIN_SHARE, GAIN, PROBABILITY = GAIN + 4, N_COLUMNS };

static void init_fairness(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const int decimals = kea_answers_decimals(input);
    const kea_column columns[N_COLUMNS] = {
        {"strategy", "", "", 0, csv},         {"comparator", "", "", 0, csv},
        {"grouping", "", "", 0, csv},         {"group", "", "", 0, csv},
        {"people_share", "", "", 3, csv},     {"extra_cost_share", "", "", 3, csv},
        {"gain_share", "", "", 3, csv},       {"gain", "", "", decimals, csv},
        {"gain_error", "", "", 4, csv},       {"gain_low", "", "", decimals, csv},
        {"gain_high", "", "", decimals, csv}, {"probability_gains", "", "", 3, csv},
    };
    kea_answers_table(table, input, kea_text("Who gains"), N_COLUMNS, columns);
}

static double mean_cost(const kea_sample *sample, size_t arm, size_t before)
{
    double sum = 0.0;
    for (size_t i = 0; i < sample->n_points; i++)
        sum += kea_sample_cost(sample, i, arm, KEA_SCOPE_WINDOW) -
               kea_sample_cost(sample, i, before, KEA_SCOPE_WINDOW);
    return sum / (double)sample->n_points;
}

/* Gains per head of every group, at every draw, and its mean number of people. */
static void set_gains(const kea_by_group *by, size_t strategy, size_t grouping, memory *m)
{
    for (size_t k = 0; k < by->params->groupings[grouping].n; k++) {
        const size_t arm = kea_by_group_arm(by, strategy, grouping, k);
        const size_t before = kea_by_group_arm(by, 0, grouping, k);
        m->size[k] = 0.0;
        for (size_t i = 0; i < m->n_points; i++) {
            m->size[k] += kea_by_group_people(by, i, before) / (double)m->n_points;
            m->gain[k * m->n_points + i] =
                kea_by_group_level(by, i, arm) - kea_by_group_level(by, i, before);
        }
    }
}

static void put_gains(kea_table *table, const kea_by_group *by, size_t strategy, size_t grouping,
                      memory *m)
{
    const size_t n = by->params->groupings[grouping].n;
    const double gain = kea_by_group_whole_gain(by, strategy, grouping);
    double people = 0.0, cost = 0.0;
    set_gains(by, strategy, grouping, m);
    kea_fairness_gains(n, m->n_points, m->gain, m->size, m->out, m->scratch);
    for (size_t k = 0; k < n; k++) {
        people += m->size[k];
        cost += mean_cost(by->part->sample, kea_by_group_arm(by, strategy, grouping, k),
                          kea_by_group_arm(by, 0, grouping, k));
    }
    for (size_t k = 0; k < n; k++) {
        const size_t arm = kea_by_group_arm(by, strategy, grouping, k);
        const size_t before = kea_by_group_arm(by, 0, grouping, k);
        double own = mean_cost(by->part->sample, arm, before);
        kea_by_group_name(table, 0, by, strategy, grouping, k);
        kea_table_number(table, PEOPLE, people > 0.0 ? m->size[k] / people : (double)NAN, 3);
        kea_table_number(table, COST, cost != 0.0 ? own / cost : (double)NAN, 3);
        kea_table_number(table, GAIN_SHARE,
                         gain != 0.0 ? kea_by_group_gain(by, arm, before) / gain : (double)NAN, 3);
        kea_answers_put(table, GAIN, m->out[k].gain, 1.0, KEA_COLUMN_DECIMALS);
        kea_table_number(table, PROBABILITY, m->out[k].gains, 3);
    }
}

kea_status kea_answers_fairness(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_by_group by;
    memory m = {0};
    *table = (kea_table){0};
    KEA_TRY(kea_by_group_find(&by, input, err));
    KEA_TRY(make_memory(&m, &by, err));
    init_fairness(table, input);
    for (size_t s = 1; s < input->problem->n_strategies; s++)
        for (size_t g = 0; g < by.params->n_groupings; g++)
            put_gains(table, &by, s, g, &m);
    status = kea_table_check(table, err);
done:
    free_memory(&m);
    return status;
}

/* --- inequality ------------------------------------------------------------------------------ */

enum {
    I_STRATEGY,
    I_VERSUS,
    I_GROUPING,
    I_AVERSION,
    I_EQUAL_BEFORE,
    I_ATKINSON_BEFORE,
    I_EQUAL,
    I_ATKINSON,
    I_GAIN,
    I_TOTAL = I_GAIN + 4,
    I_COLUMNS = I_TOTAL + 4
};

static void init_inequality(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column columns[I_COLUMNS] = {
        {"strategy", "", "", 0, csv},          {"comparator", "", "", 0, csv},
        {"grouping", "", "", 0, csv},          {"aversion", "", "", 1, csv},
        {"equal_comparator", "", "", 5, csv},  {"atkinson_comparator", "", "", 5, csv},
        {"equal_strategy", "", "", 5, csv},    {"atkinson_strategy", "", "", 5, csv},
        {"equal_gain", "", "", 5, csv},        {"equal_gain_error", "", "", 5, csv},
        {"equal_gain_low", "", "", 5, csv},    {"equal_gain_high", "", "", 5, csv},
        {"weighted_gain", "", "", 2, csv},     {"weighted_gain_error", "", "", 2, csv},
        {"weighted_gain_low", "", "", 2, csv}, {"weighted_gain_high", "", "", 2, csv},
    };
    kea_answers_table(table, input, kea_text("Inequality between groups"), I_COLUMNS, columns);
}

enum { MOST_GROUPS = 64 };

/* What one draw says of one grouping; all NAN where a good is not above 0. */
typedef struct at_point {
    kea_inequality before, with;
    double weighted;
} at_point;

/* Goods per one: a level per population.n is better when more; of something bad, what is left of 1.
 */
static at_point judge(const kea_by_group *by, size_t strategy, size_t grouping, double aversion,
                      size_t point)
{
    const double none = (double)NAN, many = by->input->frame->population.n;
    const size_t n = by->params->groupings[grouping].n;
    double level[MOST_GROUPS], with[MOST_GROUPS], gain[MOST_GROUPS], size[MOST_GROUPS];
    at_point out = {{none, none, none}, {none, none, none}, none};
    for (size_t k = 0; k < n; k++) {
        const size_t arm = kea_by_group_arm(by, strategy, grouping, k);
        const size_t before = kea_by_group_arm(by, 0, grouping, k);
        const double complement = by->gain.better[0] < 0 ? 1.0 : 0.0;
        size[k] = kea_by_group_people(by, point, before);
        level[k] = complement + kea_by_group_level(by, point, before) / many;
        with[k] = complement + kea_by_group_level(by, point, arm) / many;
        gain[k] = with[k] - level[k];
    }
    if (kea_fairness_of(&out.before, n, level, size, aversion, NULL) != KEA_OK ||
        kea_fairness_of(&out.with, n, with, size, aversion, NULL) != KEA_OK ||
        kea_fairness_total(&out.weighted, n, gain, level, size, aversion, NULL) != KEA_OK)
        out = (at_point){{none, none, none}, {none, none, none}, none};
    return out;
}

static void put_inequality(kea_table *table, const kea_by_group *by, size_t strategy,
                           size_t grouping, double aversion, double *scratch)
{
    const size_t n = by->part->sample->n_points;
    const int own = KEA_COLUMN_DECIMALS;
    double sum[4] = {0};
    for (size_t i = 0; i < n; i++) {
        const at_point p = judge(by, strategy, grouping, aversion, i);
        const double told[4] = {p.before.equal, p.before.atkinson, p.with.equal, p.with.atkinson};
        for (int k = 0; k < 4; k++)
            sum[k] += told[k] / (double)n;
        scratch[i] = p.with.equal - p.before.equal;
        scratch[n + i] = p.weighted;
    }
    kea_table_row(table);
    kea_answers_put_name(table, I_STRATEGY, by->part, by->input->problem,
                         kea_by_group_arm(by, strategy, grouping, 0));
    kea_answers_put_name(table, I_VERSUS, by->part, by->input->problem, 0);
    kea_table_text(table, I_GROUPING, by->params->groupings[grouping].name);
    kea_table_number(table, I_AVERSION, aversion, own);
    for (size_t k = 0; k < 4; k++)
        kea_table_number(table, I_EQUAL_BEFORE + k, sum[k], own);
    kea_answers_put(table, I_GAIN, kea_estimate_of(scratch, n), 1.0, own);
    kea_answers_put(table, I_TOTAL, kea_estimate_of(scratch + n, n), 1.0, own);
}

kea_status kea_answers_inequality(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_by_group by;
    void *scratch = NULL;
    *table = (kea_table){0};
    KEA_TRY(kea_by_group_find(&by, input, err));
    for (size_t g = 0; g < by.params->n_groupings; g++)
        if (by.params->groupings[g].n > MOST_GROUPS)
            KEA_TRY(kea_error_set(err, KEA_ERR_INTERNAL, "grouping %s has more than %d groups",
                                  by.params->groupings[g].name, MOST_GROUPS));
    KEA_TRY(kea_memory_new(&scratch, 2 * by.part->sample->n_points, sizeof(double), err));
    init_inequality(table, input);
    for (size_t s = 1; s < input->problem->n_strategies; s++)
        for (size_t g = 0; g < by.params->n_groupings; g++)
            for (size_t a = 0; a < N_AVERSIONS; a++)
                put_inequality(table, &by, s, g, aversions[a], scratch);
    status = kea_table_check(table, err);
done:
    free(scratch);
    return status;
}
