/* The designs of a run. */
#include "sim/cli/plan.h"

#include "sim/core/memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next part; there is room for it. */
static kea_design *next(kea_plan *plan, const char *stage, const char *param)
{
    kea_plan_part *part = &plan->part[plan->n++];
    (void)snprintf(part->stage, sizeof part->stage, "%s%s%s", stage, param ? " " : "",
                   param ? param : "");
    return &part->design;
}

/* Whether a strategy has hours that can be multiplied. */
static bool has_team(const kea_problem *problem, size_t strategy)
{
    size_t param = 0, entry = 0;
    if (!kea_param_table_staffing(&problem->params, &param))
        return false;
    size_t found = kea_problem_find_param(problem, problem->params.decl[param].name,
                                          problem->strategies[strategy], 1, &entry);
    return found > 0 && problem->entries[entry].value > 0.0;
}

/* A design's name is its identity in the store: with several strategies the name tells which. */
static void name_after(kea_design *design, const kea_problem *problem, size_t strategy)
{
    size_t used = strlen(design->name);
    if (problem->n_strategies > 2)
        (void)snprintf(design->name + used, sizeof design->name - used, "_%zu", strategy);
}

static kea_status plan_strategy(kea_plan *plan, const kea_problem *problem, size_t strategy,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_settings *s = &problem->settings;
    kea_design *hours = next(plan, "staffing hours", NULL);
    KEA_TRY(kea_design_hours(hours, problem, strategy, s->sweep_draws, err));
    name_after(hours, problem, strategy);
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        kea_design *map = next(plan, "map of hours and", problem->sweeps[i].decl->name);
        KEA_TRY(kea_design_map(map, problem, strategy, i, s->sweep_replicates, err));
        name_after(map, problem, strategy);
    }
done:
    return status;
}

/* Room for the most parts there can be. */
static kea_status make_room(kea_plan *plan, const kea_problem *problem, kea_error *err)
{
    size_t n = problem->n_sweeps;
    void *block = NULL;
    kea_status status =
        kea_memory_new(&block, 5 + n + problem->n_strategies * (1 + n), sizeof *plan->part, err);
    plan->part = block;
    plan->n = 0;
    return status;
}

kea_status kea_plan_make(kea_plan *plan, const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_settings *s = &problem->settings;
    void *entries = NULL;
    size_t n_bars = 0;
    KEA_TRY(make_room(plan, problem, err));
    KEA_TRY(kea_design_base(next(plan, "base case", NULL), problem, s->replicates, err));
    KEA_TRY(kea_design_psa(next(plan, "probabilistic analysis", NULL), problem, s->draws, err));
    if (s->subgroup_draws > 0)
        KEA_TRY(kea_design_subgroups(next(plan, "groups of people", NULL), problem,
                                     s->subgroup_draws < s->draws ? s->subgroup_draws : s->draws,
                                     err));
    if (s->precision_draws > 0)
        KEA_TRY(kea_design_precision(next(plan, "uncertainty and luck", NULL), problem,
                                     s->precision_draws, s->precision_replicates, err));
    for (size_t strategy = 1; strategy < problem->n_strategies; strategy++)
        if (has_team(problem, strategy))
            KEA_TRY(plan_strategy(plan, problem, strategy, err));
    for (size_t i = 0; i < problem->n_sweeps; i++)
        KEA_TRY(kea_design_sweep(next(plan, "sweep of", problem->sweeps[i].decl->name), problem, i,
                                 s->sweep_draws, err));
    KEA_TRY(kea_memory_new(&entries, problem->n_entries, sizeof(size_t), err));
    KEA_TRY(kea_design_tornado(next(plan, "tornado", NULL), problem, s->tornado_level,
                               s->tornado_replicates, entries, &n_bars, err));
done:
    free(entries);
    return status;
}

void kea_plan_free(kea_plan *plan)
{
    for (size_t i = 0; i < plan->n; i++)
        kea_design_free(&plan->part[i].design);
    free(plan->part);
    *plan = (kea_plan){0};
}

double kea_plan_work(const kea_plan_part *part)
{
    /* a warm-up and a strategy with a team cost about as much; one without a team a third */
    const kea_design *design = &part->design;
    size_t runs = 0;
    for (size_t arm = 0; arm < design->n_arms; arm++) /* groups of people share a run */
        runs += design->arms[arm].subgroup <= 1;
    return (double)design->n_points * (0.4 + (double)runs);
}
