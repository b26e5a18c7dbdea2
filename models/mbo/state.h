/* What a run works with: a school (school.h), parameters, tables, streams, the calendar and where
 * outcomes go; and what every part of the model needs of it. */
#ifndef MODELS_MBO_STATE_H
#define MODELS_MBO_STATE_H

#include "models/mbo/course.h"
#include "models/mbo/domains.h"
#include "models/mbo/outcomes.h"
#include "models/mbo/params.h"
#include "models/mbo/school.h"
#include "sim/core/gamma_table.h"
#include "sim/core/rng_four.h"
#include "sim/core/status.h"
#include "sim/engine/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    int32_t now;       /* the calendar's week; a student may be ahead of it */
    int32_t end;       /* the run stops before this week */
    int32_t decision;  /* first week of the window; before it nothing is counted */
    int decision_year; /* its school year */
    int32_t window_end;
    int32_t *parked;   /* [weeks] first student parked in a week */
    int32_t *exits;    /* [years] students who leave in a school year */
    uint8_t *fate;     /* [students of all years] mbo_fate under the comparator; NULL in warm-up */
    bool comparator;   /* this run is the comparator */
    int32_t n_counted; /* counted students still enrolled */
    double *out;       /* [cell][period][MBO_N_OUTCOMES] counts by cell of the students */
    size_t cell_size;  /* of it: outcomes of one cell */
    bool apart;        /* cells are those of groups.h; false: home zones */
    double *waste;     /* [MBO_N_OUTCOMES] where what does not count goes */
    uint32_t told;     /* id of the student whose life is told */
    kea_listener *listener; /* NULL: nobody's */
    void *context;
    kea_status status;                     /* first failure (memory); the run ends */
    double needed[MBO_LEVELS];             /* progress for a diploma */
    double burden[2][MBO_SEVERITIES];      /* of a case, [in care] */
    double hazard[2][MBO_SEVERITIES];      /* exp(dropout_burden * burden) of it */
    double natural_mean[MBO_SEVERITIES];   /* weeks to recovery or escalation, 0 for never */
    double recovery_share[MBO_SEVERITIES]; /* of these, recovery */
    double need_gap[MBO_LEVELS];           /* mean weeks between potential cases at frailty 1 */
    double attendance_weight;              /* progress per week attended */
    double adult_share[MBO_LEVELS];        /* P(age at entry >= 18) */
    double younger[MBO_LEVELS][MBO_AGES];  /* normal cdf of the age at entry at 16, 17, ... 27 */
    double inflow_factor[MBO_INFLOW];
} mbo_run;

static inline int32_t mbo_earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The school year of a week. */
static inline int mbo_year_of(int32_t week)
{
    return (int)((uint32_t)week / MBO_WEEKS);
}

/* The outcome row in which something of this student in this week is counted. */
static inline double *mbo_row(const mbo_run *run, const mbo_student *student, int32_t week)
{
    int year = mbo_year_of(week) - run->decision_year;
    if (!student->counted || year < 0)
        return run->waste;
    return run->out + student->cell * run->cell_size + (size_t)year * MBO_N_OUTCOMES;
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
