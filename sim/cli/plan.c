/* The designs of a run. */
#include "sim/cli/plan.h"

#include "sim/core/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HOURS[] = "hours_per_100";

/* The next part, or NULL when the plan is full. */
static kea_design *next(kea_plan *plan, const char *stage)
{
    if (plan->n == KEA_PLAN_MAX)
        return NULL;
    kea_plan_part *part = &plan->part[plan->n++];
    part->stage = stage;
    return &part->design;
}

static int has_team(const kea_problem *problem, size_t strategy)
{
    size_t entry = 0;
    size_t found = kea_problem_find_param(problem, HOURS, problem->strategies[strategy], 1, &entry);
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
    kea_design *hours = next(plan, "staffing hours");
    kea_design *external = next(plan, "map of hours and referral");
    kea_design *team = next(plan, "map of hours and hand-over");
    if (!hours || !external || !team)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "too many strategies for one run; name at most %d with a team",
                             KEA_PLAN_MAX / 3 - 2);
    const kea_axis external_axis = {"refer_external", &s->external_factor};
    const kea_axis team_axis = {"team_referral", &s->team_factor};
    KEA_TRY(kea_design_hours(hours, problem, strategy, HOURS, s->sweep_draws, err));
    KEA_TRY(kea_design_map(external, problem, strategy, HOURS, &external_axis, s->sweep_replicates,
                           err));
    KEA_TRY(kea_design_map(team, problem, strategy, HOURS, &team_axis, s->sweep_replicates, err));
    name_after(hours, problem, strategy);
    name_after(external, problem, strategy);
    name_after(team, problem, strategy);
done:
    return status;
}

kea_status kea_plan_make(kea_plan *plan, const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_settings *s = &problem->settings;
    void *entries = NULL;
    size_t n_bars = 0;
    KEA_TRY(kea_design_base(next(plan, "base case"), problem, s->replicates, err));
    KEA_TRY(kea_design_psa(next(plan, "probabilistic analysis"), problem, s->draws, err));
    for (size_t strategy = 1; strategy < problem->n_strategies; strategy++)
        if (has_team(problem, strategy))
            KEA_TRY(plan_strategy(plan, problem, strategy, err));
    kea_design *external = next(plan, "referral rate");
    kea_design *team = next(plan, "hand-over rate");
    kea_design *tornado = next(plan, "tornado");
    if (!external || !team || !tornado)
        return kea_error_set(err, KEA_ERR_INPUT, "too many strategies for one run");
    KEA_TRY(kea_design_sweep(external, problem, &(kea_axis){"refer_external", &s->external_factor},
                             s->sweep_draws, err));
    KEA_TRY(kea_design_sweep(team, problem, &(kea_axis){"team_referral", &s->team_factor},
                             s->sweep_draws, err));
    KEA_TRY(kea_memory_new(&entries, problem->n_entries, sizeof(size_t), err));
    KEA_TRY(kea_design_tornado(tornado, problem, s->tornado_level, s->tornado_replicates, entries,
                               &n_bars, err));
done:
    free(entries);
    return status;
}

void kea_plan_free(kea_plan *plan)
{
    for (size_t i = 0; i < plan->n; i++)
        kea_design_free(&plan->part[i].design);
    plan->n = 0;
}

double kea_plan_work(const kea_plan_part *part)
{
    /* a warm-up and a strategy with a team cost about as much; one without a team a third */
    return (double)part->design.n_points * (0.4 + (double)part->design.n_arms);
}
