#include "sim/cli/run_psa.h"

#include "sim/cli/cli.h"
#include "sim/core/memory.h"
#include "sim/report/names.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096, TITLE = 256 };

kea_status kea_run_psa_open(kea_record *record, const char *run, kea_error *err)
{
    char database[PATH_SIZE];
    *record = (kea_record){0};
    if (snprintf(database, sizeof database, "%s/results.sqlite", run) >= PATH_SIZE)
        return kea_error_set(err, KEA_ERR_USAGE, "the path of the run is too long");
    kea_status status = kea_record_read(record, database, err);
    if (status != KEA_OK)
        return status;
    if (!kea_record_find(record, "psa"))
        return kea_error_at(err, KEA_ERR_INPUT, database, 0,
                            "this run is %s and has no complete probabilistic analysis",
                            kea_store_state_name(record->state));
    if (record->state != KEA_STORE_FINISHED)
        kea_cli_say("this run is %s; its probabilistic analysis is complete",
                    kea_store_state_name(record->state));
    return KEA_OK;
}

kea_status kea_run_psa_effect(size_t *effect, const kea_frame *frame, const char *key,
                              kea_error *err)
{
    char known[300] = "";
    size_t used = 0;
    for (size_t i = 0; i < frame->n_effects; i++) {
        if (!key || strcmp(frame->effects[i].key, key) == 0) {
            *effect = i;
            return KEA_OK;
        }
        if (used < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                     frame->effects[i].key);
    }
    return kea_error_set(err, KEA_ERR_INPUT, "the run has no effect '%.100s'; it has %s", key,
                         known);
}

static kea_status put_texts(kea_psa *psa, const kea_record *record, const kea_record_design *from,
                            size_t asked, kea_perspective perspective, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_frame *frame = &record->frame;
    const kea_effect *effect = &frame->effects[asked];
    size_t people = 0;
    for (size_t arm = 0; arm < psa->pairs.n_arms; arm++) {
        const kea_care_model *care = &record->problem.care[from->design.arms[arm].care];
        KEA_TRY(kea_psa_keep(psa, care->id, &psa->arms[arm].id, err));
        KEA_TRY(kea_psa_keep(psa, kea_text(care->name), &psa->arms[arm].title, err));
    }
    KEA_TRY(kea_psa_keep(psa, frame->currency, &psa->currency, err));
    KEA_TRY(kea_psa_keep(psa, effect->key, &psa->effect, err));
    KEA_TRY(kea_psa_keep(psa, kea_text(effect->gain), &psa->gain, err));
    if (perspective != KEA_PERSPECTIVE_DURING)
        KEA_TRY(kea_psa_keep(psa, kea_names_perspective(frame, perspective), &psa->costs, err));
    if (kea_sample_find(&from->sample, frame->population.outcome, &people)) {
        double sum = 0.0;
        for (size_t i = 0; i < psa->pairs.n_points; i++)
            sum += *kea_sample_at(&from->sample, i, 0, people, KEA_SCOPE_WINDOW);
        psa->persons = sum / (double)psa->pairs.n_points;
        KEA_TRY(kea_psa_keep(psa, kea_text(frame->population.one), &psa->person, err));
    }
done:
    return status;
}

/* Values of the entries[n] at every point. */
static kea_status put_values(kea_psa *psa, const kea_record *record, const kea_record_design *from,
                             const size_t *entries, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &record->problem;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, problem->n_entries, sizeof(double), err));
    double *values = block;
    for (size_t k = 0; k < psa->n_params; k++) {
        char title[TITLE];
        kea_names_entry(problem, entries[k], title, sizeof title);
        KEA_TRY(kea_psa_keep(psa, problem->entries[entries[k]].name, &psa->params[k], err));
        KEA_TRY(kea_psa_keep(psa, title, &psa->titles[k], err));
    }
    for (size_t i = 0; i < psa->pairs.n_points; i++) {
        kea_design_values(&from->design, problem, i, values);
        for (size_t k = 0; k < psa->n_params; k++)
            psa->value[i * psa->n_params + k] = values[entries[k]];
    }
done:
    free(block);
    return status;
}

static kea_status put_correlated(kea_psa *psa, const kea_problem *problem, const size_t *place,
                                 kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, problem->n_entries, sizeof(size_t), err));
    size_t *members = block;
    for (size_t g = 0; g < problem->n_correlations; g++) {
        const kea_correlation *group = &problem->correlations[g];
        size_t n = 0;
        for (size_t m = 0; m < group->n_members; m++)
            if (place[group->members[m].entry] < psa->n_params)
                members[n++] = place[group->members[m].entry];
        if (n > 1)
            KEA_TRY(kea_psa_add_set(psa, group->name, group->name, n, members, err));
    }
done:
    free(block);
    return status;
}

/* The shares of one whole: all but the last that varies. */
static kea_status put_shares(kea_psa *psa, const kea_problem *problem, const size_t *place,
                             kea_error *err)
{
    for (size_t e = 0; e < problem->n_entries; e++) {
        const kea_entry *entry = &problem->entries[e];
        size_t members[KEA_MAX_ELEMENTS], n = 0;
        char id[TITLE];
        if (entry->group_first != e || entry->group_count < 2)
            continue;
        for (size_t i = e; i < e + entry->group_count && n < KEA_MAX_ELEMENTS; i++)
            if (place[i] < psa->n_params)
                members[n++] = place[i];
        (void)snprintf(id, sizeof id, "%s", entry->name);
        char *dot = strrchr(id, '.');
        if (dot)
            *dot = '\0';
        if (n > 1)
            psa->follows[members[n - 1]] = true;
        if (n < 3)
            continue;
        kea_status status =
            kea_psa_add_set(psa, id, kea_text(entry->decl->label), n - 1, members, err);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}

/* Costs and effects, and what they are. */
static kea_status put_pairs(kea_psa *psa, const kea_record *record, const kea_record_design *from,
                            const kea_run_question *question, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_sample *sample = &from->sample;
    kea_pairs pairs = {0};
    size_t asked = 0;
    KEA_TRY(kea_run_psa_effect(&asked, &record->frame, question->effect, err));
    const kea_effect *effect = &record->frame.effects[asked];
    KEA_TRY(kea_pairs_init_sum(&pairs, sample, effect->n_outcomes, effect->outcomes, err));
    kea_pairs_see(&pairs, sample, question->perspective);
    kea_pairs_free(&psa->pairs);
    psa->pairs = pairs;
    psa->later = kea_perspective_later(sample->n_outcomes, sample->outcomes, question->perspective);
    KEA_TRY(put_texts(psa, record, from, asked, question->perspective, err));
done:
    return status;
}

/* How draws hang together, and those that several cohorts lived through. */
static kea_status put_spread(kea_psa *psa, const kea_record *record,
                             const kea_run_question *question, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_record_design *again = kea_record_find(record, "precision");
    size_t asked = 0;
    psa->block = record->problem.sampling.block;
    if (!again)
        return KEA_OK;
    psa->each = again->design.n_repeats;
    KEA_TRY(kea_run_psa_effect(&asked, &record->frame, question->effect, err));
    const kea_effect *effect = &record->frame.effects[asked];
    KEA_TRY(
        kea_pairs_init_sum(&psa->again, &again->sample, effect->n_outcomes, effect->outcomes, err));
    kea_pairs_see(&psa->again, &again->sample, question->perspective);
done:
    return status;
}

kea_status kea_run_psa_make(kea_psa *psa, const kea_record *record,
                            const kea_run_question *question, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &record->problem;
    const kea_record_design *from = kea_record_find(record, "psa");
    void *block = NULL;
    size_t n = 0;
    *psa = (kea_psa){0};
    KEA_TRY(kea_memory_new(&block, 2 * problem->n_entries, sizeof(size_t), err));
    size_t *entries = block, *place = entries + problem->n_entries;
    for (size_t e = 0; e < problem->n_entries; e++) {
        place[e] = kea_design_is_varied(problem, e) ? n : SIZE_MAX;
        if (place[e] == n)
            entries[n++] = e;
    }
    KEA_TRY(kea_psa_init(psa, from->sample.n_points, from->sample.n_arms, n, err));
    KEA_TRY(put_pairs(psa, record, from, question, err));
    KEA_TRY(put_spread(psa, record, question, err));
    KEA_TRY(put_values(psa, record, from, entries, err));
    KEA_TRY(put_correlated(psa, problem, place, err));
    KEA_TRY(put_shares(psa, problem, place, err));
    KEA_TRY(kea_psa_find_draws(psa, err));
done:
    free(block);
    return status;
}

kea_status kea_run_psa_groups(kea_pairs **groups, size_t *n, const kea_record *record,
                              const kea_run_question *question, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_record_design *from = kea_record_find(record, "subgroups");
    const size_t n_arms = record->problem.n_strategies;
    kea_pairs all = {0};
    void *block = NULL, *arms = NULL;
    size_t asked = 0;
    *groups = NULL;
    *n = 0;
    if (!from)
        return KEA_OK;
    KEA_TRY(kea_run_psa_effect(&asked, &record->frame, question->effect, err));
    const kea_effect *effect = &record->frame.effects[asked];
    const size_t n_groups = from->sample.n_arms / n_arms;
    KEA_TRY(kea_pairs_init_sum(&all, &from->sample, effect->n_outcomes, effect->outcomes, err));
    kea_pairs_see(&all, &from->sample, question->perspective);
    KEA_TRY(kea_memory_new(&arms, n_arms, sizeof(size_t), err));
    KEA_TRY(kea_memory_new(&block, n_groups, sizeof **groups, err));
    *groups = block;
    *n = n_groups;
    for (size_t g = 0; g < n_groups; g++) {
        for (size_t s = 0; s < n_arms; s++)
            ((size_t *)arms)[s] = s * n_groups + g;
        KEA_TRY(kea_pairs_pick(&(*groups)[g], &all, n_arms, arms, err));
    }
done:
    free(arms);
    kea_pairs_free(&all);
    return status;
}
