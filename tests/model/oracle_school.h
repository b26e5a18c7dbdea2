/* The state of a school in the oracle, for its own two files oracle.c and oracle_cases.c, and what
 * both need of it. */
#ifndef TESTS_MODEL_ORACLE_SCHOOL_H
#define TESTS_MODEL_ORACLE_SCHOOL_H

#include "models/mbo/outcomes.h"
#include "models/mbo/params.h"
#include "tests/model/oracle_domains.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdbool.h>

enum { WEEKS = 52, MAX_CASES = 200, LIGHT = 0, MODERATE = 1, SEVERE = 2, NEVER = -1 };

typedef enum { UNDETECTED, QUEUED, WITH_TEAM, WAITING_OUTSIDE, IN_CARE_OUTSIDE, RESOLVED } state;

typedef struct {
    state state;
    int severity;
    bool refused;    /* the student has said no to help for this case */
    int joined;      /* week in which it joined the queue */
    double tie;      /* the case's own uniform */
    double hours;    /* of the team, still needed */
    bool served;     /* this week */
    int weeks_to_go; /* of the wait for external care, or of that care */
} need;

typedef struct {
    bool enrolled, counted, qualified;
    int level, entry_level, october_level, diploma;
    int entered;
    int last_help;    /* week of the last team hours */
    int reached_year; /* last school year with team hours */
    double age;       /* at entry */
    double frailty, threshold, factor;
    double hazard; /* cumulative */
    double progress;
    int n_cases;
    need cases[MAX_CASES];
} student;

/* The mechanisms of one school year. */
typedef struct {
    double safe, connection, positive, boost, accept_team, own_direction, practice, external_wait,
        accept_external;
} mechanisms;

typedef struct {
    const mbo_params *p; /* of the care model in force */
    gsl_rng *random;
    oracle_domains domains;
    mechanisms m;
    int week; /* since the start of the warm-up */
    int year, week_of_year;
    bool teaching;
    bool full[MBO_SEVERITIES];
    int n_students;
    student *students;
    double *out;
    double waste[MBO_N_OUTCOMES];
} school;

static inline bool chance(school *a, double probability)
{
    return gsl_rng_uniform(a->random) < probability;
}

static inline double gamma_with_mean(school *a, double mean, double shape)
{
    return gsl_ran_gamma(a->random, shape, mean / shape);
}

static inline int pick(school *a, const double *share, int n)
{
    double u = gsl_rng_uniform(a->random);
    for (int i = 0; i < n - 1; i++) {
        if (u < share[i])
            return i;
        u -= share[i];
    }
    return n - 1;
}

/* Where something of this student in this week is counted. */
static inline double *row(school *a, const student *s)
{
    int decision = (int)a->p->warmup_years;
    if (!s->counted || a->year < decision)
        return a->waste;
    return a->out + (a->year - decision) * MBO_N_OUTCOMES;
}

static inline double age_now(const school *a, const student *s)
{
    return s->age + (double)(a->week - s->entered) / WEEKS;
}

/* --- oracle_cases.c --- */

/* A case that is new to the school; `counted_as` says whether it arose here or was brought along.
 */
void oracle_new_case(school *a, student *s, mbo_outcome counted_as);

/* Part (c) of a week: new cases, and what happens to each case. */
void oracle_cases(school *a, student *s);

/* Takes resolved cases out. */
void oracle_drop_resolved(student *s);

/* One referral outside, and the wait that follows when the student turns up. */
void oracle_count_referral(school *a, const student *s, const need *c);
void oracle_wait_outside(school *a, need *c);

#endif
