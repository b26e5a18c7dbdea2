/* Levels of a planner, and what is taken from simulated blocks. */
#include "sim/report/planner.h"

#include "sim/analysis/flows.h"
#include "sim/analysis/pairs.h"
#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static kea_status add_who(kea_planner *p, const char *key, const char *label, kea_error *err)
{
    const kea_param_table *params = &p->plan.problem->params;
    if (p->n_who == KEA_PLANNER_WHO)
        return kea_error_set(err, KEA_ERR_INPUT, "there are more than %d payers",
                             (int)KEA_PLANNER_WHO - 2);
    kea_planner_who *who = &p->who[p->n_who++];
    *who = (kea_planner_who){key, label, 0};
    while (who->payer < params->n_payers && strcmp(params->payers[who->payer], key) != 0)
        who->payer++;
    return KEA_OK;
}

/* Whether a payer belongs to the public purse: kea_outcome_seen knows by its name. */
static bool is_public(const kea_planner_who *who)
{
    const kea_outcome_decl any = {.category = "any", .payer = who->key};
    return kea_outcome_seen(&any, KEA_PERSPECTIVE_PUBLIC);
}

/* Payers in the order of the outcomes, then those together. */
static kea_status add_everybody(kea_planner *p, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t o = 0; o < p->plan.n_outcomes; o++) {
        const kea_outcome_decl *outcome = &p->plan.outcomes[o];
        bool is_new = outcome->category && outcome->payer;
        for (size_t w = 0; w < p->n_who && is_new; w++)
            is_new = strcmp(p->who[w].key, outcome->payer) != 0;
        if (is_new)
            KEA_TRY(add_who(p, outcome->payer, outcome->payer, err));
    }
    KEA_TRY(add_who(p, "public", KEA_MARK("public purse"), err));
    KEA_TRY(add_who(p, "society_in_all", KEA_MARK("society, no transfers"), err));
done:
    return status;
}

static void set_measures(kea_planner *p)
{
    const kea_frame *frame = p->plan.frame;
    p->n_effects = frame->n_effects < KEA_PLANNER_EFFECTS ? frame->n_effects : KEA_PLANNER_EFFECTS;
    for (size_t m = 0; m < frame->n_measures && p->n_measures < KEA_PLANNER_MEASURES; m++)
        if (frame->measures[m].use == KEA_IN_SWEEPS)
            p->measure[p->n_measures++] = &frame->measures[m];
}

static bool was_asked(const kea_planner_plan *plan, double level)
{
    for (size_t i = 0; i < plan->n_asked; i++)
        if (fabs(plan->asked[i] - level) <= 1e-5)
            return true;
    return false;
}

static void set_levels(kea_planner *p)
{
    const kea_planner_plan *plan = &p->plan;
    double paid[KEA_MAX_PAYERS], sum = 0.0;
    p->n_levels =
        kea_contribution_levels(&plan->terms, plan->n_asked, plan->asked, plan->up_to, p->level);
    p->n_arms = 1;
    for (size_t k = 0; k < p->n_levels; k++) {
        p->money[k] = kea_contribution_paid(&plan->terms, p->level[k], paid);
        for (size_t payer = 0; payer < KEA_MAX_PAYERS; payer++)
            p->share[k][payer] = p->money[k] > 0.0 ? paid[payer] / p->money[k] : 0.0;
        p->arm[k] = p->money[k] > 0.0 ? p->n_arms++ : 0;
        p->asked[k] = was_asked(plan, p->level[k]);
    }
    for (size_t payer = 0; payer < plan->terms.n_payers; payer++)
        sum += plan->terms.today.paid.payer[payer];
    p->today = kea_contribution_for(&plan->terms, sum);
}

kea_status kea_planner_init(kea_planner *planner, const kea_planner_plan *plan, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    *planner = (kea_planner){.plan = *plan, .problem = *plan->problem};
    planner->pair[0] = plan->problem->strategies[0];
    planner->pair[1] = plan->problem->strategies[plan->strategy];
    planner->problem.strategies = planner->pair;
    planner->problem.n_strategies = 2;
    planner->answers = (kea_answer_input){.problem = &planner->problem, .frame = plan->frame};
    KEA_TRY(kea_contribution_check(&plan->terms, err));
    if (plan->n_asked + 2 + KEA_CONTRIBUTION_GRID > KEA_CONTRIBUTION_LEVELS)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "at most %d contributions can be planned, found %zu",
                             KEA_CONTRIBUTION_LEVELS - 2 - KEA_CONTRIBUTION_GRID, plan->n_asked);
    KEA_TRY(add_everybody(planner, err));
    set_measures(planner);
    set_levels(planner);
    KEA_TRY(kea_memory_new(&block, planner->n_levels * plan->n_points,
                           KEA_PLANNER_QUANTITIES * sizeof(double), err));
    planner->value = block;
done:
    return status;
}

void kea_planner_free(kea_planner *planner)
{
    free(planner->value);
    planner->value = NULL;
}

kea_ladder kea_planner_ladder(const kea_planner *planner, size_t quantity)
{
    return (kea_ladder){planner->n_levels, planner->level, planner->plan.n_points,
                        kea_planner_at(planner, quantity, 0)};
}

/* ---------------------------------------------------------------- what is taken */

/* One block while it is taken. */
typedef struct taking {
    kea_planner *p;
    size_t first;
    const kea_sample *block;
    kea_flows flows;
    kea_span span;
    kea_gain gain;
    kea_pairs effect[KEA_PLANNER_EFFECTS];
    kea_found_measure measure[KEA_PLANNER_MEASURES];
} taking;

static kea_status begin(taking *t, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_frame *frame = t->p->plan.frame;
    const kea_flows_from from = {.funded = frame->funded.category,
                                 .people = frame->population.outcome};
    KEA_TRY(kea_flows_init(&t->flows, t->block, &from, err));
    t->span = (kea_span){0, t->flows.n_periods, t->p->plan.problem->settings.discount_costs};
    KEA_TRY(kea_answers_gain_find(&t->gain, &t->p->answers, t->block, &frame->effects[0], err));
    for (size_t e = 0; e < t->p->n_effects; e++)
        KEA_TRY(kea_pairs_init_sum(&t->effect[e], t->block, frame->effects[e].n_outcomes,
                                   frame->effects[e].outcomes, err));
    for (size_t m = 0; m < t->p->n_measures; m++)
        KEA_TRY(kea_answers_measure(&t->measure[m], t->block, t->p->measure[m], err));
done:
    return status;
}

static void put(const taking *t, size_t quantity, size_t level, size_t point, double value)
{
    kea_planner_at(t->p, quantity, level)[t->first + point] = value;
}

static double flow(const taking *t, size_t point, size_t arm, size_t who, kea_flow which)
{
    size_t payer = kea_flows_payer(&t->flows, t->p->who[who].key);
    return payer < t->flows.n_payers ? kea_flows_sum(&t->flows, point, arm, payer, which, &t->span)
                                     : 0.0;
}

/* What all pay for the strategy in one arm. */
static double paid_in_all(const taking *t, size_t point, size_t arm)
{
    double sum = 0.0;
    for (size_t who = 0; who + 2 < t->p->n_who; who++)
        sum += flow(t, point, arm, who, KEA_FLOW_PAID);
    return sum;
}

/* What one payer pays for the strategy at a level: of the comparator, as its care model says. */
static double paid_by(const taking *t, size_t point, size_t level, size_t who)
{
    const kea_planner *p = t->p;
    size_t payer = p->who[who].payer;
    if (p->arm[level] == 0)
        return flow(t, point, 0, who, KEA_FLOW_PAID);
    return payer < p->plan.terms.n_payers
               ? p->share[level][payer] * paid_in_all(t, point, p->arm[level])
               : 0.0;
}

/* All payers of one point at one level. */
static void take_positions(const taking *t, size_t point, size_t level)
{
    const kea_planner *p = t->p;
    size_t arm = p->arm[level], n = p->n_who - 2;
    const kea_perspective society = KEA_PERSPECTIVE_SOCIETY;
    const kea_scope scope = KEA_SCOPE_DISCOUNTED;
    double all_paid = 0.0, all_later = 0.0, all_net = 0.0;
    for (size_t who = 0; who < n; who++) {
        double paid = paid_by(t, point, level, who) - flow(t, point, 0, who, KEA_FLOW_PAID);
        double during =
            flow(t, point, 0, who, KEA_FLOW_DURING) - flow(t, point, arm, who, KEA_FLOW_DURING);
        double later =
            flow(t, point, 0, who, KEA_FLOW_LATER) - flow(t, point, arm, who, KEA_FLOW_LATER);
        double net = during + later - paid;
        put(t, KEA_PLANNER_PAID + who, level, point, paid);
        put(t, KEA_PLANNER_LATER + who, level, point, later);
        put(t, KEA_PLANNER_NET + who, level, point, net);
        if (is_public(&p->who[who])) {
            all_later += later;
            all_net += net;
        }
        all_paid += paid;
    }
    put(t, KEA_PLANNER_PAID + n, level, point, all_paid);
    put(t, KEA_PLANNER_LATER + n, level, point, all_later);
    put(t, KEA_PLANNER_NET + n, level, point, all_net);
    double net = kea_sample_cost_seen(t->block, point, 0, scope, society) -
                 kea_sample_cost_seen(t->block, point, arm, scope, society);
    double during =
        kea_sample_cost(t->block, point, 0, scope) - kea_sample_cost(t->block, point, arm, scope);
    put(t, KEA_PLANNER_PAID + n + 1, level, point, all_paid);
    put(t, KEA_PLANNER_LATER + n + 1, level, point, net - during);
    put(t, KEA_PLANNER_NET + n + 1, level, point, net);
}

static void take_level(const taking *t, size_t point, size_t level)
{
    const kea_planner *p = t->p;
    size_t arm = p->arm[level];
    put(t, KEA_PLANNER_COST, level, point, kea_pairs_cost_increment(&t->effect[0], point, arm, 0));
    put(t, KEA_PLANNER_BENEFIT, level, point,
        kea_pairs_net_benefit(&t->effect[0], point, arm, 0, p->plan.wtp));
    put(t, KEA_PLANNER_GAIN, level, point, kea_answers_gain_at(&t->gain, t->block, point, arm));
    for (size_t e = 0; e < p->n_effects; e++)
        put(t, KEA_PLANNER_EFFECT + e, level, point,
            kea_pairs_effect_increment(&t->effect[e], point, arm, 0));
    for (size_t m = 0; m < p->n_measures; m++)
        put(t, KEA_PLANNER_MEASURE + m, level, point,
            kea_answers_measure_at(&t->measure[m], t->block, point, arm));
    take_positions(t, point, level);
}

kea_status kea_planner_take(kea_planner *planner, size_t first, const kea_sample *block,
                            kea_error *err)
{
    taking t = {.p = planner, .first = first, .block = block};
    kea_status status = begin(&t, err);
    for (size_t point = 0; point < block->n_points && status == KEA_OK; point++)
        for (size_t level = 0; level < planner->n_levels; level++)
            take_level(&t, point, level);
    for (size_t e = 0; e < KEA_PLANNER_EFFECTS; e++)
        kea_pairs_free(&t.effect[e]);
    kea_flows_free(&t.flows);
    return status;
}
