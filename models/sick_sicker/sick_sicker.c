/* The Sick-Sicker cohort, followed by expected numbers: nothing here is drawn by chance. */
#include "models/sick_sicker/sick_sicker.h"

#include "sim/core/markov.h"
#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

#define MARK(english) english /* for translators */

enum {
    HEALTHY = SICK_SICKER_HEALTHY,
    SICK = SICK_SICKER_SICK,
    SICKER = SICK_SICKER_SICKER,
    DEAD = SICK_SICKER_DEAD,
    STATES = SICK_SICKER_STATES
};

/* --- what is declared ------------------------------------------------------------------------ */

static const char *const LIVING[] = {"healthy", "sick", "sicker"};
static const char *const LIVING_TITLES[] = {MARK("healthy"), MARK("sick"), MARK("sicker")};
static const char *const COUNTED[] = {"costs", "effects"};
static const char *const COUNTED_TITLES[] = {MARK("costs"), MARK("effects")};

static const kea_param_decl decls[] = {
#define ONE(name, label, unit, min, max, kind, scope, meaning)                                     \
    {#name, label, 1, NULL, NULL, unit, min, max, kind, scope, meaning},
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    {#name, label,  SICK_SICKER_N_##labels, labels, labels##_TITLES, unit, min, max, kind,         \
     scope, meaning},
#include "models/sick_sicker/params.def"
#undef ONE
#undef MANY
};
static const kea_param_table params = {.decl = decls, .n = sizeof decls / sizeof decls[0]};

static const kea_outcome_decl outcomes[] = {
#define COUNT(name, unit, better, label, meaning)                                                  \
    {#name, unit, better, NULL, NULL, label, meaning, KEA_COST_DURING},
#define COST(name, kind, category, payer, label, meaning)                                          \
    {#name, "USD", -1, category, payer, label, meaning, KEA_COST_##kind},
#include "models/sick_sicker/outcomes.def"
#undef COUNT
#undef COST
};

static const kea_effect effects[] = {
    {.key = "qalys",
     .gain = MARK("QALY gained"),
     .gained = MARK("QALYs gained"),
     .lost = MARK("QALY lost"),
     .gains = MARK("gains %s QALYs"),
     .loses = MARK("loses %s QALYs"),
     .n_outcomes = 1,
     .outcomes = {"qalys"}},
    {.key = "life_years",
     .gain = MARK("life year gained"),
     .gained = MARK("life years gained"),
     .lost = MARK("life year lost"),
     .gains = MARK("Life years: %s more"),
     .loses = MARK("Life years: %s fewer"),
     .n_outcomes = 1,
     .outcomes = {"life_years"}},
};

static const kea_measure_decl measures[] = {
    {.use = KEA_IN_OUTCOMES, .outcome = "qalys"},
    {.use = KEA_IN_OUTCOMES, .outcome = "life_years"},
};

static const kea_frame frame = {.currency = "USD",
                                .population = {.outcome = "people",
                                               .one = MARK("person"),
                                               .many = MARK("person"),
                                               .n = 1,
                                               .whole = MARK("whole cohort"),
                                               .wholes = MARK("cohorts")},
                                .effects = effects,
                                .n_effects = sizeof effects / sizeof effects[0],
                                .measures = measures,
                                .n_measures = sizeof measures / sizeof measures[0]};

static const sick_sicker_params *params_of(const double *values)
{
    return (const sick_sicker_params *)(const void *)values;
}

/* --- the illness ----------------------------------------------------------------------------- */

/* Who lives through a year (1 - death) moves by the other probabilities. */
static void make_matrix(const sick_sicker_params *p, double *matrix)
{
    double death[] = {kea_markov_probability(p->rate_death, 1),
                      kea_markov_probability(p->rate_death * p->hazard_ratio_sick, 1),
                      kea_markov_probability(p->rate_death * p->hazard_ratio_sicker, 1)};
    double sicker =
        p->treatment_b != 0 ? kea_markov_scaled(p->get_sicker, p->hazard_ratio_b) : p->get_sicker;
    memset(matrix, 0, STATES * STATES * sizeof *matrix);
    matrix[HEALTHY * STATES + SICK] = (1 - death[HEALTHY]) * p->get_sick;
    matrix[SICK * STATES + HEALTHY] = (1 - death[SICK]) * p->recover;
    matrix[SICK * STATES + SICKER] = (1 - death[SICK]) * sicker;
    for (size_t s = HEALTHY; s < DEAD; s++)
        matrix[s * STATES + DEAD] = death[s];
    kea_markov_stay(STATES, matrix);
}

static kea_status check(const double *values, kea_error *err)
{
    static const char *const names[] = {"healthy", "sick", "sicker", "dead"};
    double matrix[STATES * STATES];
    make_matrix(params_of(values), matrix);
    return kea_markov_check(STATES, matrix, names, err);
}

static void periods(const double *values, size_t *n_window, size_t *n_periods)
{
    *n_window = *n_periods = (size_t)params_of(values)->cycles + 1; /* the start is a point too */
}

/* What the states at point t add to its row of the outcome table. */
static void count(const sick_sicker_params *p, size_t t, const double *state, double *row)
{
    size_t n = (size_t)p->cycles;
    double costs = kea_markov_weight((kea_markov_rule)p->within_cycle[SICK_SICKER_COSTS], n, t);
    double years = kea_markov_weight((kea_markov_rule)p->within_cycle[SICK_SICKER_EFFECTS], n, t);
    double treated = state[SICK] + state[SICKER];
    for (size_t s = HEALTHY; s < STATES; s++)
        row[SICK_SICKER_OUT_healthy + s] += state[s];
    for (size_t s = HEALTHY; s < DEAD; s++) {
        double utility = s == SICK && p->treatment_a != 0 ? p->utility_a : p->utility[s];
        row[SICK_SICKER_OUT_life_years] += years * state[s];
        row[SICK_SICKER_OUT_qalys] += years * state[s] * utility;
        row[SICK_SICKER_OUT_cost_care] += costs * state[s] * p->cost_state[s];
    }
    row[SICK_SICKER_OUT_cost_a] += costs * treated * p->price_a * p->treatment_a;
    row[SICK_SICKER_OUT_cost_b] += costs * treated * p->price_b * p->treatment_b;
}

/* --- the model as the engine calls it -------------------------------------------------------- */

/* All that a thread keeps. */
typedef struct workspace {
    double matrix[STATES * STATES];
} workspace;

static kea_status open(void **memory, kea_error *err)
{
    return kea_memory_new(memory, 1, sizeof(workspace), err);
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
    const sick_sicker_params *p = params_of(strategy);
    workspace *w = memory;
    double state[STATES] = {[HEALTHY] = 1}, next[STATES];
    (void)continues;
    (void)err;
    make_matrix(p, w->matrix);
    out[SICK_SICKER_OUT_people] += 1;
    count(p, 0, state, out);
    for (size_t t = 1; t <= (size_t)p->cycles; t++) {
        kea_markov_step(STATES, w->matrix, state, next);
        memcpy(state, next, sizeof state);
        count(p, t, state, out + t * SICK_SICKER_N_OUTCOMES);
    }
    return KEA_OK;
}

const kea_model sick_sicker_model = {
    .name = "sick_sicker",
    .summary = "Two treatments of a made-up illness, alone and together (the Sick-Sicker model): a "
               "cohort in four states, followed by expected numbers.",
    .caveat = MARK("The illness and all its numbers are made up: the answers are about no real "
                   "treatment."),
    .params = &params,
    .outcomes = outcomes,
    .n_outcomes = SICK_SICKER_N_OUTCOMES,
    .frame = &frame,
    .check = check,
    .periods = periods,
    .open = open,
    .close = close,
    .begin = begin,
    .run = run};
