/* The state of a simulated school: students, their open cases, the team's lists, the calendar.
 *
 * Time is counted in weeks since the start of the warm-up; week t lies in school year t / 52. A
 * student runs alone through time, from event to event, until a case of theirs is meant for the
 * team: how full the team is only the calendar knows. Such students are parked in the calendar and
 * taken up in that week; while the team has a case of theirs they go week by week. */
#ifndef MODELS_MBO_STATE_H
#define MODELS_MBO_STATE_H

#include "models/mbo/course.h"
#include "models/mbo/domains.h"
#include "models/mbo/outcomes.h"
#include "models/mbo/params.h"
#include "sim/core/gamma_table.h"
#include "sim/core/rng.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MBO_NEVER = INT32_MAX, MBO_NONE = -1 };

typedef enum mbo_case_state {
    MBO_UNDETECTED,
    MBO_WAITING_TEAM,
    MBO_WITH_TEAM,
    MBO_WAITING_EXTERNAL,
    MBO_IN_EXTERNAL
} mbo_case_state;

/* An open case. Resolved cases are taken out of their student's list. */
typedef struct mbo_case {
    int32_t next;         /* next open case of the student, or MBO_NONE */
    uint32_t number;      /* identity within the student, addresses its random numbers */
    uint32_t ticket;      /* of its place with the team; 0 when the team does not have it */
    int32_t due;          /* week of its next event */
    int32_t natural_week; /* recovery or escalation, if nothing comes first */
    int32_t detect_week;  /* detection, if nothing comes first */
    int32_t detect_since; /* first week that detect_left has not yet been used up in */
    int32_t care_week;    /* start or end of external care */
    int32_t joined;       /* week it joined the team's queue */
    uint16_t n_natural, n_detected, n_care, n_team; /* rounds so far, address random numbers */
    uint8_t state, severity, refused;
    uint8_t recovers;   /* the natural event is recovery, not escalation */
    double detect_left; /* cumulative hazard left before detection */
    double hours_left;  /* of the team */
    double tie;         /* decides between cases that join the queue in the same week */
} mbo_case;

typedef struct mbo_student {
    uint32_t id;
    int32_t week;       /* first week not yet lived through */
    int32_t entered;    /* week of entry */
    int32_t left;       /* week of leaving, MBO_NEVER while enrolled */
    int32_t first_case; /* open cases, or MBO_NONE */
    int32_t next;       /* next student parked in the same week, or MBO_NONE */
    int32_t last_help;  /* last week with team hours, MBO_NEVER before any */
    uint32_t n_arrivals;
    int16_t oct_year; /* school year in which the level changed last ... */
    int16_t helped_year;
    int16_t attended_year;            /* of `attended`, -1 when it must be computed anew */
    uint8_t oct_level;                /* ... and the level held at its start */
    uint8_t level;                    /* 0 .. 3 */
    uint8_t entry_level, zone;        /* zone of the home municipality */
    uint8_t diploma;                  /* highest level of a diploma earned here, 0 for none */
    uint8_t n_team;                   /* cases waiting for or with the team */
    bool unmet;                       /* has a case undetected or waiting */
    bool counted, qualified, changed; /* changed: burden must be computed anew */
    double frailty;
    double arrival;   /* time of the next potential case, in weeks */
    double happens;   /* uniform that decides whether it happens (mechanism 5) */
    double threshold; /* cumulative dropout hazard left */
    double progress;  /* in full teaching weeks */
    double group;     /* factor on the dropout hazard while at the entry level */
    double burden;
    double hazard;   /* exp(dropout_burden * burden) */
    double attended; /* attended share at this burden, level and year; see attended_year */
} mbo_student;

/* A case's place with the team: valid while the case still has this ticket and severity. */
typedef struct mbo_place {
    double tie; /* the case's own uniform */
    int32_t joined;
    int32_t student, item; /* slots */
    uint32_t ticket;
} mbo_place;

/* Places sorted by date of joining, then tie. */
typedef struct mbo_list {
    mbo_place *place;
    size_t n, capacity;
} mbo_list;

typedef struct mbo_team {
    mbo_list queue[MBO_SEVERITIES];
    mbo_list hand[MBO_SEVERITIES];
    bool full[MBO_SEVERITIES]; /* as noted at the start of the week */
    uint32_t tickets;          /* given out so far */
} mbo_team;

/* The places in the school and the cases, by slot; what a strategy starts from is a copy. */
typedef struct mbo_school {
    mbo_student *student; /* [capacity] */
    int32_t *free_student;
    size_t n_free_students, student_capacity;
    mbo_case *item; /* [case_capacity] */
    int32_t first_free_case;
    size_t n_cases, case_capacity; /* slots ever used */
    mbo_team team;
    int32_t *active; /* slots of students with a case at the team */
    size_t n_active;
} mbo_school;

/* Keys of the random streams, one per purpose. */
typedef struct mbo_keys {
    kea_rng_key entry, onset, natural, detection, routing, care, team;
} mbo_keys;

/* How a student left, for the paired comparison of the same student under two strategies. */
typedef enum mbo_fate { MBO_NOT_SEEN, MBO_LEFT, MBO_LEFT_EARLY } mbo_fate;

/* What a run of one strategy (or of the warm-up) works with. */
typedef struct mbo_run {
    const mbo_params *p;
    const mbo_course *course;
    const kea_gamma_table *durations;
    const kea_gamma_table *frailties;
    const mbo_domains *domains;
    const mbo_keys *keys;
    mbo_school *school;
    uint32_t cohort;
    int32_t now;      /* the calendar's week; a student may be ahead of it */
    int32_t end;      /* the run stops before this week */
    int32_t decision; /* first week of the window; before it nothing is counted */
    int32_t window_end;
    int32_t *parked;   /* [weeks] first student parked in a week */
    int32_t *exits;    /* [years] students who leave in a school year */
    uint8_t *fate;     /* [students of all years] mbo_fate under the comparator; NULL in warm-up */
    bool comparator;   /* this run is the comparator */
    int32_t n_counted; /* counted students still enrolled */
    double *out;       /* [MBO_ZONES][period][MBO_N_OUTCOMES] counts by home of the students */
    size_t zone_size;  /* of it: outcomes of one zone */
    double *waste;     /* [MBO_N_OUTCOMES] where what does not count goes */
    uint32_t told;     /* id of the student whose life is told */
    kea_listener *listener; /* NULL: nobody's */
    void *context;
    kea_status status;                                /* first failure (memory); the run ends */
    double adult_share[MBO_LEVELS];                   /* P(age at entry >= 18) */
    double age_low[MBO_LEVELS], age_high[MBO_LEVELS]; /* normal cdf at 16 and 27 */
    double inflow_factor[MBO_INFLOW];
} mbo_run;

/* The outcome row of this student and week. */
static inline double *mbo_row(const mbo_run *run, const mbo_student *student, int32_t week)
{
    if (!student->counted || week < run->decision)
        return run->waste;
    size_t year = (size_t)((week - run->decision) / MBO_WEEKS);
    return run->out + student->zone * run->zone_size + year * MBO_N_OUTCOMES;
}

/* Tells the listener of the student, if there is one. A number that says nothing is NAN. */
static inline void mbo_tell_in(const mbo_run *run, const mbo_student *student, int32_t week,
                               const char *what, double number)
{
    if (run->listener && student->id == run->told)
        run->listener(run->context, &(kea_event){week, what, NULL, number});
}

/* The same of the student's current week, with a detail. */
static inline void mbo_tell(const mbo_run *run, const mbo_student *student, const char *what,
                            const char *detail, double number)
{
    if (run->listener && student->id == run->told)
        run->listener(run->context, &(kea_event){student->week, what, detail, number});
}

/* A severity in words, marked for translation. */
static inline const char *mbo_severity_name(int severity)
{
    static const char *const names[MBO_SEVERITIES] = {"light", "moderate", "severe"};
    return names[severity];
}

#define MARK(english) english /* for translators; sim/report/text.h is not for models */

static inline kea_rng_address mbo_student_address(const mbo_run *run, const mbo_student *student)
{
    return (kea_rng_address){run->cohort, student->id, 0};
}

static inline kea_rng_address mbo_case_address(const mbo_run *run, const mbo_student *student,
                                               const mbo_case *item)
{
    return (kea_rng_address){run->cohort, student->id, item->number};
}

#endif
