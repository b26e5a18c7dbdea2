/* Simulated values of published figures, and verdicts. */
#include "sim/report/validation.h"

#include "sim/analysis/target_value.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *kea_verdict_name(kea_verdict verdict)
{
    static const char *const names[KEA_N_VERDICTS] = {"inside", "overlaps", "missed", "no value"};
    return (size_t)verdict < KEA_N_VERDICTS ? names[verdict] : "";
}

kea_verdict kea_verdict_of(const kea_estimate *simulated, double low, double high)
{
    if (!isfinite(simulated->mean))
        return KEA_VERDICT_NONE;
    if (simulated->mean >= low && simulated->mean <= high)
        return KEA_VERDICT_INSIDE;
    return simulated->low <= high && simulated->high >= low ? KEA_VERDICT_OVERLAPS
                                                            : KEA_VERDICT_MISSED;
}

kea_status kea_validation_init(kea_validation *validation, const kea_targets *targets,
                               kea_error *err)
{
    const double none = (double)NAN;
    const kea_estimate empty = {none, none, none, none, 0};
    void *rows = NULL;
    *validation = (kea_validation){.targets = targets};
    kea_status status = kea_memory_new(&rows, targets->n, sizeof *validation->rows, err);
    if (status != KEA_OK)
        return status;
    validation->rows = rows;
    for (size_t i = 0; i < targets->n; i++)
        validation->rows[i] = (kea_validation_row){empty, empty, KEA_VERDICT_NONE};
    return KEA_OK;
}

void kea_validation_free(kea_validation *validation)
{
    free(validation->rows);
    *validation = (kea_validation){0};
}

/* ---------------------------------------------------------------- checks */

static kea_status check_strategy(const kea_target *target, const kea_problem *problem,
                                 kea_error *err)
{
    char list[512] = "";
    size_t used = 0, strategy = 0;
    if (kea_target_value_arm(problem, target, &strategy)) {
        if (strategy > 0 || target->measure.compare == KEA_TARGET_LEVEL)
            return KEA_OK;
        return kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                            "targets.%s: \"%s\" is the comparator of %s and cannot be compared "
                            "with itself; name another strategy, or leave 'compare' out",
                            target->id, target->strategy, problem->file);
    }
    for (size_t i = 0; i < problem->n_strategies && used + 1 < sizeof list; i++) {
        (void)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                       problem->care[problem->strategies[i]].id);
        used = strlen(list);
    }
    return kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                        "targets.%s: %s does not compare \"%s\"; its strategies are: %s",
                        target->id, problem->file, target->strategy, list);
}

/* The outcomes of a model, to look names up in. */
typedef struct outcome_list {
    size_t n;
    const kea_outcome_decl *decl;
} outcome_list;

static bool is_outcome(const outcome_list *outcomes, const char *name)
{
    for (size_t i = 0; i < outcomes->n; i++)
        if (strcmp(outcomes->decl[i].name, name) == 0)
            return true;
    return strcmp(name, KEA_TARGET_COST) == 0;
}

static kea_status no_outcome(const kea_target *target, const outcome_list *outcomes,
                             const char *name, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, outcomes->n + 1, sizeof(const char *), err));
    const char **names = block;
    for (size_t i = 0; i < outcomes->n; i++)
        names[i] = outcomes->decl[i].name;
    names[outcomes->n] = KEA_TARGET_COST;
    const char *nearest = kea_param_nearest(name, outcomes->n + 1, names);
    status = kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                          "targets.%s.measure: the model has no outcome '%s'%s%s%s", target->id,
                          name, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                          nearest ? "'?" : "");
done:
    free(block);
    return status;
}

static kea_status check_sum(const kea_target *target, const kea_target_names *sum,
                            const outcome_list *outcomes, kea_error *err)
{
    for (size_t i = 0; i < sum->n; i++)
        if (!is_outcome(outcomes, sum->name[i]))
            return no_outcome(target, outcomes, sum->name[i], err);
    return KEA_OK;
}

static kea_status check_category(const kea_target *target, const outcome_list *outcomes,
                                 kea_error *err)
{
    const char *category = target->measure.category;
    for (size_t i = 0; i < outcomes->n; i++)
        if (!category ||
            (outcomes->decl[i].category && strcmp(outcomes->decl[i].category, category) == 0))
            return KEA_OK;
    return kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                        "targets.%s.measure.category: the model has no costs of a category \"%s\"",
                        target->id, category ? category : "");
}

kea_status kea_validation_check(const kea_targets *targets, size_t scenario,
                                const kea_problem *problem, size_t n_outcomes,
                                const kea_outcome_decl *outcomes, kea_error *err)
{
    kea_status status = KEA_OK;
    const outcome_list list = {n_outcomes, outcomes};
    for (size_t i = 0; i < targets->n; i++) {
        const kea_target *target = &targets->target[i];
        if (target->scenario != scenario)
            continue;
        KEA_TRY(check_strategy(target, problem, err));
        KEA_TRY(check_sum(target, &target->measure.outcome, &list, err));
        KEA_TRY(check_sum(target, &target->measure.over, &list, err));
        KEA_TRY(check_category(target, &list, err));
    }
done:
    return status;
}

/* ---------------------------------------------------------------- simulated values */

static kea_estimate estimate(const kea_sample *sample, size_t arm,
                             const kea_target_measure *measure, double *scratch)
{
    kea_target_values(sample, arm, measure, scratch);
    return kea_estimate_of(scratch, sample->n_points);
}

kea_status kea_validation_add(kea_validation *validation, size_t scenario,
                              const kea_problem *problem, const kea_sample *base,
                              const kea_sample *draws, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = base->n_points > draws->n_points ? base->n_points : draws->n_points;
    void *scratch = NULL;
    KEA_TRY(kea_memory_new(&scratch, n, sizeof(double), err));
    for (size_t i = 0; i < validation->targets->n; i++) {
        const kea_target *target = &validation->targets->target[i];
        kea_validation_row *row = &validation->rows[i];
        size_t arm = 0;
        if (target->scenario != scenario || !kea_target_value_arm(problem, target, &arm))
            continue;
        row->base = estimate(base, arm, &target->measure, scratch);
        row->draws = estimate(draws, arm, &target->measure, scratch);
        row->verdict = kea_verdict_of(&row->draws, target->low, target->high);
    }
done:
    free(scratch);
    return status;
}

kea_validation_count kea_validation_counts(const kea_validation *validation, kea_target_role role)
{
    kea_validation_count count = {0};
    for (size_t i = 0; i < validation->targets->n; i++) {
        if (role != KEA_ALL_ROLES && validation->targets->target[i].role != role)
            continue;
        count.n++;
        count.verdict[validation->rows[i].verdict]++;
    }
    return count;
}
