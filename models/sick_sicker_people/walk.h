/* The fast part of the Sick-Sicker microsimulation: people walk through states, in batches, in
 * whole numbers only. Nothing here is allocated and nothing branches on a person, so the compiler
 * turns the loops into vector instructions, and the result is the same whatever it made of them. */
#ifndef MODELS_SICK_SICKER_PEOPLE_WALK_H
#define MODELS_SICK_SICKER_PEOPLE_WALK_H

#include "sim/core/rng_batch.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SICK_SICKER_PEOPLE_HEALTHY,
    SICK_SICKER_PEOPLE_SICK,
    SICK_SICKER_PEOPLE_SICKER,
    SICK_SICKER_PEOPLE_DEAD,
    SICK_SICKER_PEOPLE_STATES,
    SICK_SICKER_PEOPLE_LIVING = SICK_SICKER_PEOPLE_DEAD
};
enum { SICK_SICKER_PEOPLE_MAX_POINTS = 201 };
enum { SICK_SICKER_PEOPLE_COST, SICK_SICKER_PEOPLE_QALY, SICK_SICKER_PEOPLE_N_VALUES };

/* One strategy, made ready for walking. */
typedef struct sick_sicker_people_course {
    size_t cycles;
    /* of 31 random bits x, who is in state s goes to the state that is the number of k with
     * x > limit[k][s]; -1 is never reached from below, 2^31 - 1 never passed */
    int32_t limit[SICK_SICKER_PEOPLE_DEAD][SICK_SICKER_PEOPLE_STATES];
    /* what being in a living state at a point is worth, in units; being dead is worth nothing */
    int32_t value[SICK_SICKER_PEOPLE_N_VALUES][SICK_SICKER_PEOPLE_MAX_POINTS]
                 [SICK_SICKER_PEOPLE_LIVING];
    double unit[SICK_SICKER_PEOPLE_N_VALUES];
} sick_sicker_people_course;

/* A batch of people, and how many of all batches so far were in each living state. */
typedef struct sick_sicker_people_batch {
    uint32_t word[KEA_RNG_WORDS][KEA_RNG_BATCH];
    int32_t state[KEA_RNG_BATCH];
    int32_t total[SICK_SICKER_PEOPLE_N_VALUES][KEA_RNG_BATCH]; /* in units */
    uint64_t count[SICK_SICKER_PEOPLE_MAX_POINTS][SICK_SICKER_PEOPLE_LIVING];
} sick_sicker_people_batch;

/* The limits of a matrix of probabilities (sim/core/markov.h), to the nearest 2^-31. */
void sick_sicker_people_limits(const double *matrix, sick_sicker_people_course *course);

/* The values of a kind at the points 0 ... cycles: worth[point][living state]. The unit is a power
 * of 2 and so small that no person's total passes 2^30 of them: totals are exact to about 1e-8 of
 * the largest possible one. */
void sick_sicker_people_values(int kind, const double worth[][SICK_SICKER_PEOPLE_LIVING],
                               sick_sicker_people_course *course);

/* Walks the people first.student ... first.student + n - 1, n at most KEA_RNG_BATCH, from the start
 * to the end: fills `total` of the first n and adds to `count`. Year t uses word (t - 1) % 4 of
 * block (t - 1) / 4 of a person's stream. */
void sick_sicker_people_walk(const sick_sicker_people_course *course, kea_rng_key key,
                             kea_rng_address first, size_t n, sick_sicker_people_batch *batch);

#endif
