/* Cohorts of simulated people; walk.c moves them. */
#include "models/sick_sicker_people/sick_sicker_people.h"

#include "sim/core/markov.h"
#include "sim/core/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MARK(english) english /* for translators */

enum {
    HEALTHY = SICK_SICKER_PEOPLE_HEALTHY,
    SICK = SICK_SICKER_PEOPLE_SICK,
    SICKER = SICK_SICKER_PEOPLE_SICKER,
    DEAD = SICK_SICKER_PEOPLE_DEAD,
    STATES = SICK_SICKER_PEOPLE_STATES,
    LIVING_STATES = SICK_SICKER_PEOPLE_LIVING,
    MAX_POINTS = SICK_SICKER_PEOPLE_MAX_POINTS,
    COSTS = SICK_SICKER_PEOPLE_COST,
    QALYS = SICK_SICKER_PEOPLE_QALY,
    N_VALUES = SICK_SICKER_PEOPLE_N_VALUES
};

/* --- what is declared ------------------------------------------------------------------------ */

static const char *const LIVING[] = {"healthy", "sick", "sicker"};
static const char *const LIVING_TITLES[] = {MARK("healthy"), MARK("sick"), MARK("sicker")};

static const kea_param_decl decls[] = {
#define ONE(name, label, unit, min, max, kind, scope, meaning)                                     \
    {#name, label, 1, NULL, NULL, unit, min, max, kind, scope, meaning},
#define MANY(name, label, labels, unit, min, max, kind, scope, meaning)                            \
    {#name, label, LIVING_STATES, labels, labels##_TITLES, unit, min, max, kind, scope, meaning},
#include "models/sick_sicker_people/params.def"
#undef ONE
#undef MANY
};
static const kea_param_table params = {.decl = decls, .n = sizeof decls / sizeof decls[0]};

static const kea_outcome_decl outcomes[] = {
#define COUNT(name, unit, better, label, meaning)                                                  \
    {#name, unit, better, NULL, NULL, label, meaning, KEA_COST_DURING},
#define COST(name, kind, category, payer, label, meaning)                                          \
    {#name, "USD", -1, category, payer, label, meaning, KEA_COST_##kind},
#include "models/sick_sicker_people/outcomes.def"
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
};

static const kea_measure_decl measures[] = {
    {.use = KEA_IN_OUTCOMES, .outcome = "qalys"},
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

static const sick_sicker_people_params *params_of(const double *values)
{
    return (const sick_sicker_people_params *)(const void *)values;
}

static void periods(const double *values, size_t *n_window, size_t *n_periods)
{
    *n_window = *n_periods = (size_t)params_of(values)->cycles + 1; /* the start is a point too */
}

/* --- the illness ----------------------------------------------------------------------------- */

void sick_sicker_people_matrix(const sick_sicker_people_params *p, double *matrix)
{
    memset(matrix, 0, STATES * STATES * sizeof *matrix);
    matrix[HEALTHY * STATES + SICK] = p->get_sick;
    matrix[HEALTHY * STATES + DEAD] = p->death;
    matrix[SICK * STATES + HEALTHY] = p->recover;
    matrix[SICK * STATES + SICKER] = p->get_sicker;
    matrix[SICK * STATES + DEAD] = kea_markov_scaled(p->death, p->hazard_ratio_sick);
    matrix[SICKER * STATES + DEAD] = kea_markov_scaled(p->death, p->hazard_ratio_sicker);
    kea_markov_stay(STATES, matrix);
}

static kea_status check(const double *values, kea_error *err)
{
    static const char *const names[] = {"healthy", "sick", "sicker", "dead"};
    double matrix[STATES * STATES];
    sick_sicker_people_matrix(params_of(values), matrix);
    return kea_markov_check(STATES, matrix, names, err);
}

/* What a year in a living state costs and is worth, before discounting. */
static void worth_of(const sick_sicker_people_params *p, int s, double worth[N_VALUES])
{
    bool treated = p->treated != 0 && s != HEALTHY;
    worth[COSTS] = p->cost_state[s] + (treated ? p->price_treatment : 0);
    worth[QALYS] = treated && s == SICK ? p->utility_treated : p->utility[s];
}

/* --- the model as the engine calls it -------------------------------------------------------- */

/* Sums run in lanes, always the same person in the same one: quick, and always the same bits. */
enum { LANES = 8 };

typedef struct workspace {
    sick_sicker_people_course course;
    sick_sicker_people_batch batch;
    double worth[N_VALUES][MAX_POINTS][LIVING_STATES]; /* discounted */
    kea_rng_key key;
    kea_cohort cohort;
    size_t n_discount;
    const double *discount[N_VALUES]; /* [n_discount] each; without them nothing is discounted */
    double *compared[N_VALUES];       /* [capacity] each: everybody's totals under the comparator */
    size_t capacity, n_compared;
} workspace;

static kea_status open(void **memory, kea_error *err)
{
    return kea_memory_new(memory, 1, sizeof(workspace), err);
}

static void close(void *memory)
{
    workspace *w = memory;
    if (!w)
        return;
    for (int k = 0; k < N_VALUES; k++)
        free(w->compared[k]);
    free(w);
}

static void discount(void *memory, size_t n_periods, const double *costs, const double *effects_by)
{
    workspace *w = memory;
    w->n_discount = n_periods;
    w->discount[COSTS] = costs;
    w->discount[QALYS] = effects_by;
}

/* Nothing happens before the decision; the next run is that of the comparator. */
static kea_status begin(void *memory, kea_cohort cohort, const double *status_quo, kea_error *err)
{
    workspace *w = memory;
    (void)status_quo;
    (void)err;
    w->cohort = cohort;
    w->key = kea_rng_key_of(cohort.seed, "sick_sicker_people.life");
    w->n_compared = 0;
    return KEA_OK;
}

/* Makes a strategy ready: probabilities as limits, values as whole numbers of units. */
static void prepare(workspace *w, const sick_sicker_people_params *p)
{
    double matrix[STATES * STATES], worth[N_VALUES];
    w->course.cycles = (size_t)p->cycles;
    sick_sicker_people_matrix(p, matrix);
    sick_sicker_people_limits(matrix, &w->course);
    for (int s = 0; s < LIVING_STATES; s++) {
        worth_of(p, s, worth);
        for (int k = 0; k < N_VALUES; k++) {
            for (size_t t = 0; t <= w->course.cycles; t++)
                w->worth[k][t][s] = worth[k] * (t < w->n_discount ? w->discount[k][t] : 1);
        }
    }
    for (int k = 0; k < N_VALUES; k++)
        sick_sicker_people_values(k, (const double(*)[LIVING_STATES])w->worth[k], &w->course);
    memset(w->batch.count, 0, sizeof w->batch.count);
}

/* Room for everybody's totals under the comparator; only ever grows. */
static kea_status reserve(workspace *w, size_t n, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t room = (n + KEA_RNG_BATCH - 1) / KEA_RNG_BATCH * KEA_RNG_BATCH;
    if (room <= w->capacity)
        return KEA_OK;
    for (int k = 0; k < N_VALUES; k++)
        KEA_TRY(kea_memory_resize((void **)&w->compared[k], room, sizeof *w->compared[k], err));
    w->capacity = room;
done:
    return status;
}

/* Adds the squares of a batch's totals, and of their differences with the comparator, to lanes. An
 * empty place of the batch has total 0 under every strategy, so it adds 0. */
static void add_squares(const int32_t *total, double unit, const double *compared, double *squares,
                        double *gain_squares)
{
    for (size_t i = 0; i < KEA_RNG_BATCH; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            double amount = (double)total[i + lane] * unit;
            double gain = amount - compared[i + lane];
            squares[lane] += amount * amount;
            gain_squares[lane] += gain * gain;
        }
    }
}

static double sum_of(const double *lane)
{
    double sum = 0;
    for (size_t i = 0; i < LANES; i++)
        sum += lane[i];
    return sum;
}

/* Walks everybody. The comparator's totals are kept; squares go to out's first row. */
static void walk_all(workspace *w, size_t n, bool is_comparator, double *row)
{
    static const int squares_of[N_VALUES] = {SICK_SICKER_PEOPLE_OUT_cost_squares,
                                             SICK_SICKER_PEOPLE_OUT_qaly_squares};
    static const int gain_of[N_VALUES] = {SICK_SICKER_PEOPLE_OUT_cost_gain_squares,
                                          SICK_SICKER_PEOPLE_OUT_qaly_gain_squares};
    double squares[N_VALUES][LANES] = {{0}}, gains[N_VALUES][LANES] = {{0}};
    for (size_t at = 0; at < n; at += KEA_RNG_BATCH) {
        size_t size = n - at < KEA_RNG_BATCH ? n - at : KEA_RNG_BATCH;
        const kea_rng_address first = {w->cohort.number, (uint32_t)at, 0};
        sick_sicker_people_walk(&w->course, w->key, first, size, &w->batch);
        for (int k = 0; k < N_VALUES; k++) {
            double *compared = w->compared[k] + at;
            for (size_t i = 0; is_comparator && i < KEA_RNG_BATCH; i++)
                compared[i] = (double)w->batch.total[k][i] * w->course.unit[k];
            add_squares(w->batch.total[k], w->course.unit[k], compared, squares[k], gains[k]);
        }
    }
    for (int k = 0; k < N_VALUES; k++) {
        row[squares_of[k]] += sum_of(squares[k]);
        row[gain_of[k]] += sum_of(gains[k]);
    }
}

/* Everything that is a sum over people at a point in time follows from how many were where. */
static void add_point(const sick_sicker_people_params *p, size_t n, const uint64_t *count,
                      double *row)
{
    double alive = 0;
    for (int s = 0; s < LIVING_STATES; s++) {
        double people = (double)count[s], worth[N_VALUES];
        worth_of(p, s, worth);
        alive += people;
        row[SICK_SICKER_PEOPLE_OUT_healthy + s] += people;
        row[SICK_SICKER_PEOPLE_OUT_qalys] += people * worth[QALYS];
        row[SICK_SICKER_PEOPLE_OUT_cost_care] += people * p->cost_state[s];
        row[SICK_SICKER_PEOPLE_OUT_cost_treatment] += people * (worth[COSTS] - p->cost_state[s]);
    }
    row[SICK_SICKER_PEOPLE_OUT_dead] += (double)n - alive;
}

static kea_status run(void *memory, const double *strategy, int continues, double *out,
                      kea_error *err)
{
    const sick_sicker_people_params *p = params_of(strategy);
    workspace *w = memory;
    size_t n = (size_t)p->people;
    bool is_comparator = w->n_compared == 0;
    (void)continues;
    kea_status status = reserve(w, n, err);
    if (status != KEA_OK)
        return status;
    if (is_comparator)
        w->n_compared = n;
    else if (n != w->n_compared)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "people is %zu under this strategy and %zu under the comparator; the "
                             "same people are compared, so it must be the same",
                             n, w->n_compared);
    prepare(w, p);
    walk_all(w, n, is_comparator, out);
    out[SICK_SICKER_PEOPLE_OUT_people] += (double)n;
    for (size_t t = 0; t <= w->course.cycles; t++)
        add_point(p, n, w->batch.count[t], out + t * SICK_SICKER_PEOPLE_N_OUTCOMES);
    return KEA_OK;
}

const kea_model sick_sicker_people_model = {
    .name = "sick_sicker_people",
    .summary = "A treatment of a made-up illness (the Sick-Sicker model): people simulated one by "
               "one, with the spread between them.",
    .caveat = MARK("The illness and all its numbers are made up: the answers are about no real "
                   "treatment."),
    .params = &params,
    .outcomes = outcomes,
    .n_outcomes = SICK_SICKER_PEOPLE_N_OUTCOMES,
    .frame = &frame,
    .check = check,
    .periods = periods,
    .open = open,
    .close = close,
    .discount = discount,
    .begin = begin,
    .run = run};
