/* See planner_run.h. Every contribution is an arm of one design: the strategy with another budget,
 * which is the value of one entry times the arm's factor, so that all share people, draws and
 * warm-up. */
#include "sim/cli/planner_run.h"

#include "sim/cli/launch.h"
#include "sim/cli/stop.h"

#include "models/registry.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SET = 4 * (KEA_MAX_NAME + 1) };

/* What a strategy of the scenario as it is has and is paid for, with base-case values. */
static kea_status supply_of(kea_supply *supply, const kea_planner_run *run, size_t strategy,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &run->given;
    void *base = NULL, *values = NULL;
    KEA_TRY(kea_memory_new(&base, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_memory_new(&values, kea_param_table_length(&problem->params), sizeof(double), err));
    kea_problem_base(problem, base);
    kea_problem_values(problem, base, problem->strategies[strategy], values);
    run->model->supply(values, supply);
done:
    free(base);
    free(values);
    return status;
}

static kea_status no_strategy(const kea_problem *problem, const char *id, kea_error *err)
{
    char list[1024] = "";
    size_t used = 0;
    for (size_t i = 1; i < problem->n_strategies && used < sizeof list; i++) {
        int n = snprintf(list + used, sizeof list - used, "%s%s", i > 1 ? ", " : "",
                         problem->care[problem->strategies[i]].id);
        used += n > 0 ? (size_t)n : 0;
    }
    return kea_error_set(err, KEA_ERR_USAGE,
                         "--strategy: \"%.100s\" is not one of the strategies that are compared "
                         "with %s: %s",
                         id, problem->care[problem->strategies[0]].id, list);
}

/* The strategy asked for, or the first that has staffing. */
static kea_status choose_strategy(size_t *strategy, kea_supply *supply, const kea_planner_run *run,
                                  const char *id, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = &run->given;
    for (size_t i = 1; i < problem->n_strategies; i++) {
        if (id && strcmp(problem->care[problem->strategies[i]].id, id) != 0)
            continue;
        *strategy = i;
        KEA_TRY(supply_of(supply, run, i, err));
        if (id || supply->hours > 0.0)
            return KEA_OK;
    }
    if (id)
        return no_strategy(problem, id, err);
    status = kea_error_at(err, KEA_ERR_USAGE, problem->file, 0,
                          "no strategy has a team whose hours money could buy");
done:
    return status;
}

static kea_status check_model(const kea_planner_run *run, kea_error *err)
{
    const kea_param_table *params = &run->given.params;
    if (run->model->supply && params->budget && params->home_payer)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_USAGE, run->given.file, 0,
                        "the model %s has no staffing that contributions could buy",
                        run->given.model_name);
}

/* Whose contributions, for whom, and to how much the curve goes: twice what the strategy costs
 * today, or the largest asked for. */
static void set_plan(kea_planner_plan *plan, const kea_planner_run *run,
                     const kea_planner_request *request)
{
    const kea_settings *settings = &run->given.settings;
    const kea_param_table *params = &run->given.params;
    kea_contribution_terms *terms = &plan->terms;
    double cost = 0.0;
    terms->n_payers = params->n_payers;
    while (terms->payer < params->n_payers &&
           strcmp(params->payers[terms->payer], params->home_payer) != 0)
        terms->payer++;
    terms->others = request->others;
    terms->people = request->students > 0.0 ? request->students : terms->today.contributors;
    for (size_t p = 0; p < terms->n_payers; p++)
        cost += terms->today.paid.payer[p];
    plan->wtp = isnan(request->wtp) ? settings->reference_wtp : request->wtp;
    plan->probability = request->probability;
    plan->n_asked = request->n_asked;
    memcpy(plan->asked, request->asked, sizeof plan->asked);
    plan->up_to = request->up_to;
    if (isnan(plan->up_to)) {
        plan->up_to = cost > 0.0 ? kea_contribution_for(terms, 2.0 * cost) : 0.0;
        for (size_t i = 0; i < plan->n_asked; i++)
            plan->up_to = fmax(plan->up_to, plan->asked[i]);
    }
    size_t most = settings->draws < KEA_PLANNER_DRAWS ? settings->draws : KEA_PLANNER_DRAWS;
    plan->n_points = request->draws > 0 ? request->draws : most;
}

/* Reads the scenario again, the strategy with a budget of its own. */
static kea_status drive(kea_planner_run *run, const kea_planner_request *request,
                        const kea_planner_plan *plan, kea_error *err)
{
    kea_status status = KEA_OK;
    char set[SET + 40], name[SET];
    kea_cli_input input = request->shared.input;
    const kea_supply *today = &plan->terms.today;
    const char *id = run->given.care[run->given.strategies[plan->strategy]].id;
    for (size_t p = 0; p < plan->terms.n_payers; p++)
        run->each += today->paid.payer[p] / today->people;
    (void)snprintf(name, sizeof name, "%s.%s", id, run->given.params.budget);
    (void)snprintf(set, sizeof set, "%s=%.17g", name, run->each);
    input.set[input.n_set++] = set;
    KEA_TRY(kea_cli_read(&run->driven, request->scenario, &input, err));
    if (!kea_problem_find(&run->driven, name, &run->budget))
        status = kea_error_set(err, KEA_ERR_INTERNAL, "there is no %s", name);
done:
    return status;
}

static kea_status make_design(kea_planner_run *run, kea_error *err)
{
    const kea_planner *p = &run->planner;
    kea_arm arms[KEA_CONTRIBUTION_LEVELS + 1];
    size_t care = run->driven.strategies[p->plan.strategy];
    arms[0] = (kea_arm){run->driven.strategies[0], 0, KEA_NO_ENTRY, 1.0, KEA_EVERYBODY};
    for (size_t k = 0; k < p->n_levels; k++)
        if (p->arm[k] > 0)
            arms[p->arm[k]] =
                (kea_arm){care, p->plan.strategy, run->budget,
                          p->money[k] / (run->each * p->plan.terms.today.people), KEA_EVERYBODY};
    return kea_design_arms(&run->design, &run->driven, "planner", p->plan.n_points, p->n_arms, arms,
                           err);
}

kea_status kea_planner_run_open(kea_planner_run *run, const kea_planner_request *request,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_planner_plan plan = {0};
    KEA_TRY(kea_cli_read(&run->given, request->scenario, &request->shared.input, err));
    run->model = kea_models_find(run->given.model_name);
    KEA_TRY(check_model(run, err));
    KEA_TRY(choose_strategy(&plan.strategy, &plan.terms.today, run, request->strategy, err));
    set_plan(&plan, run, request);
    kea_error why = {0};
    if (kea_contribution_check(&plan.terms, &why) != KEA_OK)
        return kea_error_set(err, KEA_ERR_USAGE, "%s: %s",
                             run->given.care[run->given.strategies[plan.strategy]].id, why.text);
    KEA_TRY(drive(run, request, &plan, err));
    plan.problem = &run->driven;
    plan.frame = run->model->frame;
    plan.n_outcomes = run->model->n_outcomes;
    plan.outcomes = run->model->outcomes;
    KEA_TRY(kea_planner_init(&run->planner, &plan, err));
    KEA_TRY(make_design(run, err));
    KEA_TRY(kea_memory_new(&block, run->driven.n_entries, sizeof(double), err));
    run->entries = block;
    KEA_TRY(
        kea_memory_new(&block, kea_param_table_length(&run->driven.params), sizeof(double), err));
    run->values = block;
done:
    return status;
}

void kea_planner_run_free(kea_planner_run *run)
{
    kea_planner_free(&run->planner);
    kea_design_free(&run->design);
    kea_problem_free(&run->driven);
    kea_problem_free(&run->given);
    free(run->entries);
    free(run->values);
    run->entries = run->values = NULL;
}

/* The hours that each level has in a draw. */
static void take_hours(const kea_planner_run *run, size_t point)
{
    const kea_planner *p = &run->planner;
    const kea_entry *entry = &run->driven.entries[run->budget];
    kea_design_values(&run->design, &run->driven, point, run->entries);
    double each = run->entries[run->budget];
    for (size_t k = 0; k < p->n_levels; k++) {
        const kea_arm *arm = &run->design.arms[p->arm[k]];
        kea_supply supply;
        run->entries[run->budget] = kea_design_scaled(entry, each, arm->factor);
        kea_problem_values(&run->driven, run->entries, arm->care, run->values);
        run->model->supply(run->values, &supply);
        kea_planner_at(p, KEA_PLANNER_HOURS, k)[point] = supply.hours;
    }
    run->entries[run->budget] = each;
}

static kea_status collect(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    kea_planner_run *run = context;
    for (size_t i = 0; i < block->n_points; i++)
        take_hours(run, first + i);
    return kea_planner_take(&run->planner, first, block, err);
}

kea_status kea_planner_run_all(kea_planner_run *run, const kea_planner_request *request,
                               kea_error *err)
{
    double work = (double)(run->design.n_points * run->design.n_arms);
    const kea_run_options options = {.threads = request->shared.threads ? request->shared.threads
                                                                        : kea_launch_threads(NULL),
                                     .progress = kea_progress_show,
                                     .context = &run->progress,
                                     .stop = kea_stop_asked(),
                                     .by_period = true};
    kea_progress_start(&run->progress, work, 0.0, request->shared.quiet);
    kea_progress_stage(&run->progress, "contributions", work);
    kea_status status =
        kea_run_blocks(run->model, &run->driven, &run->design, &options, 0, collect, run, err);
    kea_progress_end(&run->progress);
    return status;
}
