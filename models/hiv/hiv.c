/* A cohort of patients with HIV, followed by expected numbers: nothing here is drawn by chance. */
#include "models/hiv/hiv.h"

#include "sim/core/markov.h"
#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

#define MARK(english) english /* for translators */

/* --- what is declared ------------------------------------------------------------------------ */

static const char *const FROM_A[] = {"a", "b", "c", "dead"};
static const char *const FROM_A_TITLES[] = {MARK("state A"), MARK("state B"), MARK("AIDS"),
                                            MARK("death")};
static const char *const FROM_B[] = {"b", "c", "dead"};
static const char *const FROM_B_TITLES[] = {MARK("state B"), MARK("AIDS"), MARK("death")};
static const char *const FROM_C[] = {"c", "dead"};
static const char *const FROM_C_TITLES[] = {MARK("AIDS"), MARK("death")};
static const char *const LIVING[] = {"a", "b", "c"};
static const char *const LIVING_TITLES[] = {MARK("state A"), MARK("state B"), MARK("AIDS")};
static const char *const COUNTED[] = {"costs", "effects"};
static const char *const COUNTED_TITLES[] = {MARK("costs"), MARK("effects")};

static const kea_param_decl decls[] = {
#define ONE(name, label, unit, min, max, kind, scope, meaning)                                     \
    {#name, label, 1, NULL, NULL, unit, min, max, kind, scope, meaning},
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    {#name, label, HIV_N_##labels, labels, labels##_TITLES, unit, min, max, kind, scope, meaning},
#include "models/hiv/params.def"
#undef ONE
#undef MANY
};
static const kea_param_table params = {.decl = decls, .n = sizeof decls / sizeof decls[0]};

static const kea_outcome_decl outcomes[] = {
#define COUNT(name, unit, better, label, meaning)                                                  \
    {#name, unit, better, NULL, NULL, label, meaning, KEA_COST_DURING},
#define COST(name, kind, category, payer, label, meaning)                                          \
    {#name, "GBP", -1, category, payer, label, meaning, KEA_COST_##kind},
#include "models/hiv/outcomes.def"
#undef COUNT
#undef COST
};

static const kea_effect effects[] = {
    {.key = "life_years",
     .gain = MARK("life year gained"),
     .gained = MARK("life years gained"),
     .lost = MARK("life year lost"),
     .gains = MARK("gains %s life years"),
     .loses = MARK("loses %s life years"),
     .n_outcomes = 1,
     .outcomes = {"life_years"}},
};

static const kea_measure_decl measures[] = {
    {.use = KEA_IN_OUTCOMES, .outcome = "life_years"},
};

static const kea_frame frame = {.currency = "GBP",
                                .population = {.outcome = "patients",
                                               .one = MARK("patient"),
                                               .many = MARK("patient"),
                                               .n = 1,
                                               .whole = MARK("whole cohort"),
                                               .wholes = MARK("cohorts")},
                                .effects = effects,
                                .n_effects = sizeof effects / sizeof effects[0],
                                .measures = measures,
                                .n_measures = sizeof measures / sizeof measures[0]};

/* --- the illness ----------------------------------------------------------------------------- */

void hiv_matrix(const hiv_params *p, int combined, double *matrix)
{
    double risk = combined ? p->relative_risk : 1;
    memset(matrix, 0, HIV_STATES * HIV_STATES * sizeof *matrix);
    for (size_t to = HIV_B; to < HIV_STATES; to++)
        matrix[HIV_A * HIV_STATES + to] = risk * p->from_a[to];
    for (size_t to = HIV_C; to < HIV_STATES; to++)
        matrix[HIV_B * HIV_STATES + to] = risk * p->from_b[to - HIV_B];
    matrix[HIV_C * HIV_STATES + HIV_DEAD] = risk * p->from_c[HIV_DEAD - HIV_C];
    kea_markov_stay(HIV_STATES, matrix);
}

static kea_status check(const double *values, kea_error *err)
{
    static const char *const names[] = {"state A", "state B", "AIDS", "death"};
    double matrix[HIV_STATES * HIV_STATES];
    hiv_matrix((const hiv_params *)(const void *)values, 1, matrix);
    return kea_markov_check(HIV_STATES, matrix, names, err);
}

static void periods(const double *values, size_t *n_window, size_t *n_periods)
{
    const hiv_params *p = (const hiv_params *)(const void *)values;
    *n_window = *n_periods = (size_t)p->cycles + 1; /* the start is a point in time too */
}

/* What the states at point t add to its row of the outcome table. */
static void count(const hiv_params *p, size_t t, const double *state, double *row)
{
    size_t cycles = (size_t)p->cycles;
    double costs = kea_markov_weight((kea_markov_rule)p->within_cycle[HIV_COSTS], cycles, t);
    double years = kea_markov_weight((kea_markov_rule)p->within_cycle[HIV_EFFECTS], cycles, t);
    double alive = 0;
    for (size_t s = HIV_A; s < HIV_DEAD; s++) {
        alive += state[s];
        row[HIV_OUT_cost_direct] += costs * state[s] * p->cost_direct[s];
        row[HIV_OUT_cost_community] += costs * state[s] * p->cost_community[s];
    }
    for (size_t s = HIV_A; s < HIV_STATES; s++)
        row[HIV_OUT_in_a + s] += state[s];
    row[HIV_OUT_life_years] += years * alive;
    row[HIV_OUT_cost_zidovudine] += costs * alive * p->price_zidovudine;
    /* a point in time belongs to the year that ends there, the start to the first year */
    if (p->combination_cycles > 0 && (double)t <= p->combination_cycles)
        row[HIV_OUT_cost_lamivudine] += costs * alive * p->price_lamivudine;
}

/* --- the model as the engine calls it -------------------------------------------------------- */

/* All that a thread keeps: how a year goes without and with lamivudine. */
typedef struct workspace {
    double matrix[2][HIV_STATES * HIV_STATES];
} workspace;

static kea_status open(void **workspace_out, kea_error *err)
{
    return kea_memory_new(workspace_out, 1, sizeof(workspace), err);
}

static void close(void *memory)
{
    free(memory);
}

/* Nothing happens before the decision, and nobody differs from another. */
static kea_status begin(void *memory, kea_cohort cohort, const double *status_quo, kea_error *err)
{
    (void)memory;
    (void)cohort;
    (void)status_quo;
    (void)err;
    return KEA_OK;
}

static kea_status run(void *memory, const double *strategy, int continues, double *out,
                      kea_error *err)
{
    const hiv_params *p = (const hiv_params *)(const void *)strategy;
    workspace *w = memory;
    double state[HIV_STATES] = {[HIV_A] = 1}, next[HIV_STATES];
    (void)continues;
    (void)err;
    hiv_matrix(p, 0, w->matrix[0]);
    hiv_matrix(p, 1, w->matrix[1]);
    out[HIV_OUT_patients] += 1;
    count(p, 0, state, out);
    for (size_t t = 1; t <= (size_t)p->cycles; t++) {
        int combined = (double)t <= p->combination_cycles;
        kea_markov_step(HIV_STATES, w->matrix[combined], state, next);
        memcpy(state, next, sizeof state);
        count(p, t, state, out + t * HIV_N_OUTCOMES);
    }
    return KEA_OK;
}

const kea_model hiv_model = {
    .name = "hiv",
    .summary = "Two drugs against one in patients with HIV (Chancellor 1997): a cohort in four "
               "states, followed by expected numbers.",
    .caveat = MARK("The gain of combination therapy is assumed to end with it, and life years are "
                   "not weighed by their quality."),
    .params = &params,
    .outcomes = outcomes,
    .n_outcomes = HIV_N_OUTCOMES,
    .frame = &frame,
    .check = check,
    .periods = periods,
    .open = open,
    .close = close,
    .begin = begin,
    .run = run};
