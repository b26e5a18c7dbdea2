/* What all answer tables share, and the one place that names the outcomes they speak of. */
#include "sim/report/answers.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const kea_effect kea_effects[KEA_N_EFFECTS] = {
    {"vsv", KEA_MARK("early leaver prevented"), 1, {"vsv", NULL}},
    {"external_referral",
     KEA_MARK("external referral avoided"),
     2,
     {"external_light", "external_specialist"}},
    {"specialist_referral",
     KEA_MARK("specialist referral avoided"),
     1,
     {"external_specialist", NULL}},
};

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

kea_status kea_answers_increment(kea_estimate *out, const kea_answer_part *part, size_t arm,
                                 const char *outcome, kea_error *err)
{
    kea_status status = KEA_OK;
    void *scratch = NULL;
    size_t index = KEA_ALL_COSTS;
    size_t students = 0;
    KEA_TRY(kea_answers_outcome(part->sample, KEA_STUDENTS, &students, err));
    if (outcome)
        KEA_TRY(kea_answers_outcome(part->sample, outcome, &index, err));
    KEA_TRY(kea_memory_new(&scratch, part->sample->n_points, sizeof(double), err));
    const kea_measure measure = {index, KEA_SCOPE_WINDOW, students, 100.0};
    *out = kea_estimate_increment(part->sample, arm, 0, &measure, scratch);
done:
    free(scratch);
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

void kea_answers_title(char *text, size_t size, const char *title, const kea_answer_input *input)
{
    const kea_problem *problem = input->problem;
    const char *comparator = kea_answers_name(problem, 0);
    if (problem->n_strategies == 2)
        (void)snprintf(text, size, kea_text("%s: %s against %s"), title,
                       kea_answers_name(problem, 1), comparator);
    else
        (void)snprintf(text, size, kea_text("%s: each strategy against %s"), title, comparator);
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
    const char *name = part->design->name;
    return strcmp(name, "base") != 0 && strcmp(name, "psa") != 0 && strcmp(name, "tornado") != 0;
}

/* Sweeps and maps: every part that scales something. Several strategies give several parts of the
 * same name; from the second on the file name has a number. */
static kea_status save_sweeps(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    for (size_t i = 0; i < input->n_parts && status == KEA_OK; i++) {
        const kea_answer_part *part = &input->parts[i];
        char name[128];
        size_t number = 1;
        if (!is_sweep(part))
            continue;
        for (size_t before = 0; before < i; before++)
            number += strcmp(input->parts[before].design->name, part->design->name) == 0;
        if (number == 1)
            (void)snprintf(name, sizeof name, "sweep_%s", part->design->name);
        else
            (void)snprintf(name, sizeof name, "sweep_%s_%zu", part->design->name, number);
        status = save(&table, kea_answers_sweep(&table, input, part, err), folder, name, err);
    }
    return status;
}

kea_status kea_answers_save(const kea_answer_input *input, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    if (kea_answers_find(input, "psa")) {
        KEA_TRY(save(&table, kea_answers_outcomes(&table, input, KEA_WHOLE_SCHOOL, err), folder,
                     "outcomes_school", err));
        KEA_TRY(save(&table, kea_answers_outcomes(&table, input, KEA_PER_100_STUDENTS, err), folder,
                     "outcomes_per_100", err));
        KEA_TRY(save(&table, kea_answers_kea(&table, input, err), folder, "kea", err));
        KEA_TRY(
            save(&table, kea_answers_net_benefit(&table, input, err), folder, "net_benefit", err));
        KEA_TRY(save(&table, kea_answers_payers(&table, input, err), folder, "payers", err));
        if (kea_answers_has_municipalities(input))
            KEA_TRY(save(&table, kea_answers_municipalities(&table, input, err), folder,
                         "municipalities", err));
        if (kea_answers_has_helped(input))
            KEA_TRY(save(&table, kea_answers_helped(&table, input, err), folder, "helped", err));
    }
    if (kea_answers_find(input, "base") || kea_answers_find(input, "psa"))
        KEA_TRY(save(&table, kea_answers_annual(&table, input, err), folder, "annual", err));
    if (kea_answers_find(input, "tornado")) {
        KEA_TRY(save(&table, kea_answers_tornado(&table, input, KEA_TORNADO_NET_BENEFIT, err),
                     folder, "tornado_net_benefit", err));
        KEA_TRY(save(&table, kea_answers_tornado(&table, input, KEA_TORNADO_VSV, err), folder,
                     "tornado_vsv", err));
    }
    KEA_TRY(save_sweeps(input, folder, err));
done:
    return status;
}
