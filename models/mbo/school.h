/* What a simulated school is at one moment: students, their open cases, the team's lists.
 *
 * Time is counted in weeks since the start of the warm-up; week t lies in school year t / 52. A
 * student runs alone through time, from event to event, until a case of theirs is meant for the
 * team: how full the team is only the calendar knows. Such students are parked in the calendar and
 * taken up in that week; while the team has a case of theirs they wait for what it does, and are
 * looked at when something may happen. */
#ifndef MODELS_MBO_SCHOOL_H
#define MODELS_MBO_SCHOOL_H

#include "models/mbo/params.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MBO_NEVER = INT32_MAX, MBO_NONE = -1 };

typedef enum mbo_case_state {
    MBO_UNDETECTED,
    MBO_WAITING_TEAM,
    MBO_WITH_TEAM,
    MBO_WAITING_EXTERNAL,
    MBO_IN_EXTERNAL,
    MBO_CLOSED
} mbo_case_state;

/* An open case, 64 bytes. Resolved cases are taken out of their student's list. */
typedef struct mbo_case {
    int32_t next;         /* next open case of the student, or MBO_NONE */
    uint32_t number;      /* identity within the student, addresses its random numbers */
    uint32_t ticket;      /* of its place with the team; 0 when the team does not have it */
    int32_t due;          /* week of its next event: the earliest of the next three */
    int32_t natural_week; /* recovery or escalation, if nothing comes first */
    int32_t detect_week;  /* detection, if nothing comes first */
    int32_t care_week;    /* start or end of external care */
    union {
        int32_t detect_since; /* undetected: first week that detect_left has not been used up in */
        int32_t joined;       /* with the team: week it joined the queue */
    };
    union {
        double detect_left; /* undetected: cumulative hazard left before detection */
        double hours_left;  /* with the team: its hours left to give */
    };
    union {
        double mentor; /* undetected: uniform that decides whether the mentor takes it */
        double tie;    /* with the team: decides between cases that join in the same week */
    };
    uint16_t n_natural, n_detected, n_care, n_team; /* rounds so far, address random numbers */
    uint8_t state, severity, refused;
    uint8_t recovers; /* the natural event is recovery, not escalation */
} mbo_case;

typedef struct mbo_student {
    uint32_t id;
    int32_t week;       /* first week not yet lived through */
    int32_t due;        /* week of the next event of the open cases, see `changed` ... */
    int32_t due_case;   /* ... and the case that has it */
    int32_t onset_week; /* week of the next potential case, MBO_NEVER for none */
    int32_t finish;     /* no graduation before the end of the weeks up to here, see life.c */
    int32_t entered;    /* week of entry */
    int32_t left;       /* week of leaving, MBO_NEVER while enrolled */
    int32_t first_case; /* open cases, or MBO_NONE */
    int32_t next;       /* parked: the next one of the same week, or MBO_NONE; with a case at the
                           team: the place in `active` */
    int32_t last_help;  /* last week with team hours, MBO_NEVER before any; of the weeks not yet
                           lived  through all up to it had some */
    uint32_t n_arrivals;
    int16_t oct_year; /* school year in which the level changed last ... */
    int16_t helped_year;
    uint8_t oct_level;                /* ... and the level held at its start */
    uint8_t level;                    /* 0 .. 3 */
    uint8_t entry_level, zone;        /* zone of the home municipality */
    uint8_t diploma;                  /* highest level of a diploma earned here, 0 for none */
    uint8_t n_team;                   /* cases waiting for or with the team */
    uint8_t cell;                     /* whose outcome table counts what happens */
    bool unmet;                       /* has a case undetected or waiting */
    bool counted, qualified, changed; /* changed: mbo_take_stock must come first */
    double age;                       /* uniform behind the age at entry, see mbo_age */
    double frailty;
    double calm;      /* 1 / frailty: factor on the time between potential cases */
    double arrival;   /* time of the next potential case, in weeks */
    double happens;   /* uniform that decides whether it happens (mechanism 5) */
    double threshold; /* cumulative dropout hazard left */
    double progress;  /* in full teaching weeks */
    double group;     /* factor on the dropout hazard at the present level */
    double burden;
    double hazard; /* exp(dropout_burden * burden) */
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

/* A student with a case at the team. Before week `visit` nothing can happen to them but hours of
 * the team; the weeks up to then are lived through when they are next looked at. */
typedef struct mbo_active {
    int32_t slot, visit;
} mbo_active;

/* The places in the school and the cases, by slot; what a strategy starts from is a copy. */
typedef struct mbo_school {
    mbo_student *student; /* [capacity] */
    int32_t *free_student;
    size_t n_free_students, student_capacity;
    mbo_case *item; /* [case_capacity] */
    int32_t first_free_case;
    size_t n_cases, case_capacity; /* slots ever used */
    mbo_team team;
    mbo_active *active; /* [n_active] in any order */
    size_t n_active;
    int32_t *visit; /* [student_capacity] places in `active` looked at in the calendar's week */
} mbo_school;

#endif
