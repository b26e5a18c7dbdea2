/* What all answer tables share, and which there are. */
#include "sim/report/answers.h"

#include "sim/core/memory.h"
#include "sim/report/answers_groups.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const kea_answer_part *kea_answers_find(const kea_answer_input *input, const char *design)
{
    for (size_t i = 0; i < input->n_parts; i++)
        if (strcmp(input->parts[i].design->name, design) == 0)
            return &input->parts[i];
    return NULL;
}

const char *kea_answers_strategy(const kea_answer_input *input, const kea_answer_part *part,
                                 size_t arm)
{
    return kea_text(input->problem->care[part->design->arms[arm].care].name);
}

const char *kea_answers_name(const kea_problem *problem, size_t strategy)
{
    return kea_text(problem->care[problem->strategies[strategy]].name);
}

void kea_answers_put_name(kea_table *table, size_t column, const kea_answer_part *part,
                          const kea_problem *problem, size_t arm)
{
    const char *name = problem->care[part->design->arms[arm].care].name;
    kea_table_key(table, column, name, kea_text(name));
}

kea_status kea_answers_pairs(kea_pairs *pairs, const kea_answer_part *part,
                             const kea_effect *effect, kea_error *err)
{
    return kea_pairs_init_sum(pairs, part->sample, effect->n_outcomes, effect->outcomes, err);
}

kea_status kea_answers_outcome(const kea_sample *sample, const char *name, size_t *index,
                               kea_error *err)
{
    if (kea_sample_find(sample, name, index))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "the sample has no outcome \"%s\"", name);
}

kea_status kea_answers_need(const kea_answer_part **part, const kea_answer_input *input,
                            const char *design, kea_error *err)
{
    *part = kea_answers_find(input, design);
    if (*part)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT, "the run holds no \"%s\" analysis", design);
}

kea_status kea_answers_population(const kea_answer_input *input, const kea_sample *sample,
                                  size_t *index, kea_error *err)
{
    return kea_answers_outcome(sample, input->frame->population.outcome, index, err);
}

kea_status kea_answers_measure(kea_found_measure *found, const kea_sample *sample,
                               const kea_measure_decl *decl, kea_error *err)
{
    kea_status status = KEA_OK;
    *found = (kea_found_measure){
        decl, {0, KEA_SCOPE_WINDOW, KEA_NO_OUTCOME, decl->scale}, KEA_NO_OUTCOME};
    KEA_TRY(kea_answers_outcome(sample, decl->outcome, &found->measure.outcome, err));
    if (decl->per)
        KEA_TRY(kea_answers_outcome(sample, decl->per, &found->measure.denominator, err));
    if (decl->and_per)
        KEA_TRY(kea_answers_outcome(sample, decl->and_per, &found->and_per, err));
done:
    return status;
}

double kea_answers_measure_at(const kea_found_measure *found, const kea_sample *sample,
                              size_t point, size_t arm)
{
    if (found->and_per == KEA_NO_OUTCOME)
        return kea_estimate_value(sample, point, arm, &found->measure);
    const kea_scope window = KEA_SCOPE_WINDOW;
    double below = *kea_sample_at(sample, point, arm, found->measure.denominator, window);
    below += *kea_sample_at(sample, point, arm, found->and_per, window);
    double above = *kea_sample_at(sample, point, arm, found->measure.outcome, window);
    return below == 0.0 ? (double)NAN : above / below * found->measure.scale;
}

void kea_answers_measure_note(char *note, size_t size, const kea_measure_decl *decl, double highest)
{
    size_t length = strlen(note);
    if (decl->note && highest > decl->note_above)
        (void)snprintf(note + length, size - length, "%s%s", length > 0 ? " " : "",
                       kea_text(decl->note));
}

kea_status kea_answers_extra_cost(kea_estimate *out, const kea_answer_input *input,
                                  const kea_answer_part *part, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    kea_measure cost = {KEA_ALL_COSTS, KEA_SCOPE_WINDOW, KEA_NO_OUTCOME, 1.0};
    KEA_TRY(kea_answers_population(input, part->sample, &cost.denominator, err));
    KEA_TRY(kea_memory_new(&scratch, part->sample->n_points, sizeof(double), err));
    *out = kea_estimate_increment(part->sample, arm, 0, &cost, scratch);
done:
    free(scratch);
    return status;
}

kea_status kea_answers_gain_find(kea_gain *gain, const kea_answer_input *input,
                                 const kea_sample *sample, const kea_effect *effect, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t people = 0;
    gain->n = effect->n_outcomes;
    KEA_TRY(kea_answers_population(input, sample, &people, err));
    for (size_t k = 0; k < gain->n; k++) {
        size_t outcome = 0;
        KEA_TRY(kea_answers_outcome(sample, effect->outcomes[k], &outcome, err));
        gain->measure[k] =
            (kea_measure){outcome, KEA_SCOPE_WINDOW, people, input->frame->population.n};
        gain->better[k] = sample->outcomes[outcome].better;
    }
done:
    return status;
}

double kea_answers_gain_at(const kea_gain *gain, const kea_sample *sample, size_t point, size_t arm)
{
    double sum = 0.0;
    for (size_t k = 0; k < gain->n; k++)
        sum +=
            (double)gain->better[k] * (kea_estimate_value(sample, point, arm, &gain->measure[k]) -
                                       kea_estimate_value(sample, point, 0, &gain->measure[k]));
    return sum;
}

kea_status kea_answers_gain(kea_estimate *out, const kea_answer_input *input,
                            const kea_answer_part *part, size_t arm, const kea_effect *effect,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_gain gain;
    size_t n = part->sample->n_points;
    KEA_TRY(kea_answers_gain_find(&gain, input, part->sample, effect, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof(double), err));
    double *value = block;
    for (size_t i = 0; i < n; i++)
        value[i] = kea_answers_gain_at(&gain, part->sample, i, arm);
    *out = kea_estimate_of(value, n);
done:
    free(block);
    return status;
}

const char *kea_answers_quadrant(kea_quadrant quadrant)
{
    static const char *const words[] = {
        KEA_MARK("costs more and helps"), KEA_MARK("dominates"),     KEA_MARK("saves and harms"),
        KEA_MARK("is dominated"),         KEA_MARK("no difference"),
    };
    return kea_text(words[quadrant]);
}

const char *kea_answers_evidence(kea_evidence evidence)
{
    static const char *const words[] = {KEA_MARK("report"), KEA_MARK("published"),
                                        KEA_MARK("assumption")};
    return kea_text(words[evidence]);
}

kea_column_use kea_answers_strategy_use(const kea_answer_input *input)
{
    return input->problem->n_strategies > 2 ? KEA_COLUMN_BOTH : KEA_COLUMN_CSV;
}

void kea_answers_put(kea_table *table, size_t column, kea_estimate estimate, double scale,
                     int decimals)
{
    kea_table_scaled(table, column, estimate.mean, scale, decimals);
    kea_table_scaled(table, column + 1, estimate.error, scale, decimals);
    kea_table_scaled(table, column + 2, estimate.low, scale, decimals);
    kea_table_scaled(table, column + 3, estimate.high, scale, decimals);
}

kea_whole kea_answers_whole(const kea_answer_input *input)
{
    double sum = 0.0;
    const kea_answer_part *part = kea_answers_find(input, "psa");
    size_t people = 0;
    part = part || input->n_parts == 0 ? part : &input->parts[0];
    if (part && kea_sample_find(part->sample, input->frame->population.outcome, &people))
        for (size_t i = 0; i < part->sample->n_points; i++)
            sum += *kea_sample_at(part->sample, i, 0, people, KEA_SCOPE_WINDOW);
    if (part && sum < 100.0 * (double)part->sample->n_points)
        return (kea_whole){false, 1.0, "%s", 4};
    return (kea_whole){true, 0.001, kea_text("1,000 %s"), 1};
}

int kea_answers_decimals(const kea_answer_input *input)
{
    return input->frame->population.n >= 100.0 ? 2 : 4;
}

void kea_answers_capital(char *text, size_t size, const char *english)
{
    (void)snprintf(text, size, "%s", kea_text(english));
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
}

/* "A against B", or "each strategy against B". */
static void write_title(char *text, size_t size, const char *title, const kea_answer_input *input)
{
    const kea_problem *problem = input->problem;
    const char *comparator = kea_answers_name(problem, 0);
    if (problem->n_strategies == 2)
        (void)snprintf(text, size, kea_text("%s: %s against %s"), title,
                       kea_answers_name(problem, 1), comparator);
    else
        (void)snprintf(text, size, kea_text("%s: each strategy against %s"), title, comparator);
}

void kea_answers_table(kea_table *table, const kea_answer_input *input, const char *title,
                       size_t n_columns, const kea_column *columns)
{
    enum { WORD = 160 };
    char whole_title[512], small[16];
    char name[KEA_TABLE_MAX_COLUMNS][WORD], head[KEA_TABLE_MAX_COLUMNS][WORD],
        unit[KEA_TABLE_MAX_COLUMNS][WORD];
    kea_column filled[KEA_TABLE_MAX_COLUMNS];
    const char *currency = input->frame->currency;
    size_t length = strlen(currency) < sizeof small ? strlen(currency) : sizeof small - 1;
    for (size_t i = 0; i < length; i++)
        small[i] = (char)tolower((unsigned char)currency[i]);
    small[length] = '\0';
    for (size_t c = 0; c < n_columns && c < KEA_TABLE_MAX_COLUMNS; c++) {
        kea_text_fill(name[c], WORD, columns[c].name, small);
        kea_text_fill(head[c], WORD, columns[c].title, currency);
        kea_text_fill(unit[c], WORD, columns[c].unit, currency);
        filled[c] = (kea_column){name[c], head[c], unit[c], columns[c].decimals, columns[c].use};
    }
    write_title(whole_title, sizeof whole_title, title, input);
    kea_table_init(table, whole_title, n_columns, filled);
}

/* Saves a table as FOLDER/NAME.csv when filling it succeeded, and frees it. */
static kea_status save(kea_table *table, kea_status filled, const char *folder, const char *name,
                       kea_error *err)
{
    char path[4096];
    kea_status status = filled;
    int length = snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    if (status == KEA_OK && (length < 0 || (size_t)length >= sizeof path))
        status = kea_error_set(err, KEA_ERR_IO, "the path %s is too long", folder);
    if (status == KEA_OK)
        status = kea_table_save(table, path, err);
    kea_table_free(table);
    return status;
}

static bool is_sweep(const kea_answer_part *part)
{
    kea_design_kind kind = part->design->kind;
    return kind == KEA_DESIGN_HOURS || kind == KEA_DESIGN_SWEEP || kind == KEA_DESIGN_MAP;
}

/* Staffing, sweeps and maps; the design's name tells the strategy where there are several. */
static kea_status save_sweeps(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    for (size_t i = 0; i < input->n_parts && status == KEA_OK; i++) {
        const kea_answer_part *part = &input->parts[i];
        const char *design = part->design->name;
        char name[128];
        if (!is_sweep(part))
            continue;
        (void)snprintf(name, sizeof name, "%s%s",
                       part->design->kind == KEA_DESIGN_SWEEP ? "" : "sweep_", design);
        status = save(&table, kea_answers_sweep(&table, input, part, err), folder, name, err);
    }
    return status;
}

/* What the probabilistic analysis answers. */
static kea_status save_draws(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    char per_many[64];
    (void)snprintf(per_many, sizeof per_many, "outcomes_per_%.6g", input->frame->population.n);
    KEA_TRY(save(&table, kea_answers_outcomes(&table, input, KEA_WHOLE, err), folder,
                 "outcomes_whole", err));
    KEA_TRY(save(&table, kea_answers_outcomes(&table, input, KEA_PER_MANY, err), folder, per_many,
                 err));
    KEA_TRY(save(&table, kea_answers_kea(&table, input, err), folder, "kea", err));
    KEA_TRY(save(&table, kea_answers_net_benefit(&table, input, err), folder, "net_benefit", err));
    if (input->problem->n_strategies > 2)
        KEA_TRY(save(&table, kea_answers_frontier(&table, input, err), folder, "frontier", err));
    KEA_TRY(save(&table, kea_answers_payers(&table, input, err), folder, "payers", err));
    if (kea_answers_has_helped(input))
        KEA_TRY(save(&table, kea_answers_helped(&table, input, err), folder, "helped", err));
done:
    return status;
}

static kea_status save_funding(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    KEA_TRY(
        save(&table, kea_answers_positions(&table, input, err), folder, "funding_positions", err));
    KEA_TRY(
        save(&table, kea_answers_division(&table, input, err), folder, "funding_division", err));
    KEA_TRY(save(&table, kea_answers_budget(&table, input, err), folder, "budget", err));
    KEA_TRY(save(&table, kea_answers_reconciliation(&table, input, err), folder,
                 "budget_reconciliation", err));
    if (input->frame->by_home.law[0])
        KEA_TRY(save(&table, kea_answers_home_funding(&table, input, err), folder,
                     "funding_municipalities", err));
done:
    return status;
}

static kea_status save_groups(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    KEA_TRY(save(&table, kea_answers_subgroups(&table, input, err), folder, "subgroups", err));
    KEA_TRY(save(&table, kea_answers_fairness(&table, input, err), folder, "fairness", err));
    KEA_TRY(save(&table, kea_answers_inequality(&table, input, err), folder, "inequality", err));
done:
    return status;
}

kea_status kea_answers_save(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    if (kea_answers_find(input, "psa"))
        KEA_TRY(save_draws(input, folder, err));
    if (kea_answers_has_groups(input))
        KEA_TRY(save_groups(input, folder, err));
    if (kea_answers_has_funding(input))
        KEA_TRY(save_funding(input, folder, err));
    if (kea_answers_find(input, "base") || kea_answers_find(input, "psa"))
        KEA_TRY(save(&table, kea_answers_annual(&table, input, err), folder, "annual", err));
    if (kea_answers_find(input, "tornado")) {
        KEA_TRY(save(&table, kea_answers_tornado(&table, input, KEA_TORNADO_NET_BENEFIT, err),
                     folder, "tornado_net_benefit", err));
        KEA_TRY(save(&table, kea_answers_tornado(&table, input, KEA_TORNADO_EFFECT, err), folder,
                     "tornado_effect", err));
    }
    KEA_TRY(save_sweeps(input, folder, err));
done:
    return status;
}
