/* People walk through states, a batch at a time. */
#include "models/sick_sicker_people/walk.h"

#include "sim/core/clones.h"

#include <math.h>

enum {
    HEALTHY = SICK_SICKER_PEOPLE_HEALTHY,
    SICK = SICK_SICKER_PEOPLE_SICK,
    SICKER = SICK_SICKER_PEOPLE_SICKER,
    DEAD = SICK_SICKER_PEOPLE_DEAD,
    STATES = SICK_SICKER_PEOPLE_STATES,
    COST = SICK_SICKER_PEOPLE_COST,
    QALY = SICK_SICKER_PEOPLE_QALY
};

void sick_sicker_people_limits(const double *matrix, sick_sicker_people_course *course)
{
    for (int s = 0; s < STATES; s++) {
        double sum = 0;
        for (int k = 0; k < DEAD; k++) {
            sum += matrix[s * STATES + k];
            double share = fmin(fmax(sum, 0), 1);
            course->limit[k][s] = (int32_t)(llround(share * 0x1p31) - 1);
        }
    }
}

void sick_sicker_people_values(int kind, const double worth[][SICK_SICKER_PEOPLE_LIVING],
                               sick_sicker_people_course *course)
{
    double most = 0;
    int exponent = 0;
    for (size_t t = 0; t <= course->cycles; t++)
        most += fmax(fmax(fabs(worth[t][HEALTHY]), fabs(worth[t][SICK])), fabs(worth[t][SICKER]));
    (void)frexp(most, &exponent); /* most <= 2^exponent */
    course->unit[kind] = ldexp(1, exponent - 30);
    for (size_t t = 0; t <= course->cycles; t++) {
        for (int s = 0; s < DEAD; s++)
            course->value[kind][t][s] = (int32_t)lround(worth[t][s] / course->unit[kind]);
    }
}

/* One of three numbers by state, 0 for the dead, without a branch. */
static inline int32_t pick(int32_t state, int32_t healthy, int32_t sick, int32_t sicker)
{
    return (-(state == HEALTHY) & healthy) | (-(state == SICK) & sick) |
           (-(state == SICKER) & sicker);
}

/* One year of the batch: everybody moves. What the loop reads again and again stands in constants,
 * which the compiler then knows not to change. */
KEA_CLONES
static void move(const sick_sicker_people_course *course, const uint32_t *restrict word,
                 int32_t *restrict state)
{
    const int32_t h0 = course->limit[0][HEALTHY], s0 = course->limit[0][SICK],
                  r0 = course->limit[0][SICKER];
    const int32_t h1 = course->limit[1][HEALTHY], s1 = course->limit[1][SICK],
                  r1 = course->limit[1][SICKER];
    const int32_t h2 = course->limit[2][HEALTHY], s2 = course->limit[2][SICK],
                  r2 = course->limit[2][SICKER];
    for (int i = 0; i < KEA_RNG_BATCH; i++) {
        int32_t x = (int32_t)(word[i] >> 1), now = state[i];
        int32_t stay_dead = -(now == DEAD); /* -1, a limit that every x passes */
        int32_t after_healthy = x > (pick(now, h0, s0, r0) | stay_dead);
        int32_t after_sick = x > (pick(now, h1, s1, r1) | stay_dead);
        int32_t after_sicker = x > (pick(now, h2, s2, r2) | stay_dead);
        state[i] = after_healthy + after_sick + after_sicker;
    }
}

/* Counts the batch at a point in time: what everybody's state is worth, and how many are in each.
 */
KEA_CLONES
static void count(const int32_t cost[], const int32_t qaly[], const int32_t *restrict state,
                  int32_t *restrict total_cost, int32_t *restrict total_qaly, uint64_t *counts)
{
    const int32_t cost_healthy = cost[HEALTHY], cost_sick = cost[SICK], cost_sicker = cost[SICKER];
    const int32_t qaly_healthy = qaly[HEALTHY], qaly_sick = qaly[SICK], qaly_sicker = qaly[SICKER];
    int32_t healthy = 0, sick = 0, sicker = 0;
    for (int i = 0; i < KEA_RNG_BATCH; i++) {
        total_cost[i] += pick(state[i], cost_healthy, cost_sick, cost_sicker);
        total_qaly[i] += pick(state[i], qaly_healthy, qaly_sick, qaly_sicker);
        healthy += state[i] == HEALTHY;
        sick += state[i] == SICK;
        sicker += state[i] == SICKER;
    }
    counts[HEALTHY] += (uint64_t)healthy;
    counts[SICK] += (uint64_t)sick;
    counts[SICKER] += (uint64_t)sicker;
}

static void count_point(const sick_sicker_people_course *course, size_t t,
                        sick_sicker_people_batch *batch)
{
    count(course->value[COST][t], course->value[QALY][t], batch->state, batch->total[COST],
          batch->total[QALY], batch->count[t]);
}

void sick_sicker_people_walk(const sick_sicker_people_course *course, kea_rng_key key,
                             kea_rng_address first, size_t n, sick_sicker_people_batch *batch)
{
    for (size_t i = 0; i < KEA_RNG_BATCH; i++) {
        batch->state[i] = i < n ? HEALTHY : DEAD; /* empty places are counted nowhere */
        batch->total[COST][i] = batch->total[QALY][i] = 0;
    }
    count_point(course, 0, batch);
    for (size_t t = 1; t <= course->cycles; t++) {
        size_t word = (t - 1) % KEA_RNG_WORDS;
        if (word == 0)
            kea_rng_batch(key, first, (uint32_t)((t - 1) / KEA_RNG_WORDS), batch->word);
        move(course, batch->word[word], batch->state);
        count_point(course, t, batch);
    }
}
