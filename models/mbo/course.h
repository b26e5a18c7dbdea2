/* What one strategy does in each school year: staffing doses, the eight working mechanisms and the
 * rates that follow, computed once per run so that the simulation only looks them up. */
#ifndef MODELS_MBO_COURSE_H
#define MODELS_MBO_COURSE_H

#include "models/mbo/params.h"
#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MBO_WEEKS = 52 }; /* weeks of a school year */

/* One school year under one strategy. */
typedef struct mbo_year {
    double hours_factor;        /* on the team's hours; 0: there is no team this year */
    double dropout[MBO_LEVELS]; /* hazard per teaching week without burden (mechanisms 1, 6) */
    double absence;             /* factor on the absence intensity (mechanism 3) */
    double needs;               /* factor on the rate of new needs (mechanism 5), at most 1 */
    double boost;               /* factor on the detection hazard (mechanism 4) */
    double accept_team;         /* probability of accepting the team (mechanism 4) */
    double accept_external;     /* probability of turning up outside (mechanism 7) */
    double external_wait;       /* factor on the mean external wait (mechanism 7) */
    const double *connection;   /* [weeks + 1] running sum over the weeks since the last team hours
                                   of the factor on the dropout hazard (mechanism 2) */
} mbo_year;

typedef struct mbo_course {
    const mbo_params *p; /* borrowed */
    bool has_team;       /* in any of the years */
    int teaching_weeks;
    double hours_per_week; /* team hours per teaching week of the whole school at factor 1 */
    double casework_hours; /* of these, on cases */
    double max_boost;      /* largest year[].boost of the years last set */
    int n_years;        /* school years from the start of the warm-up to the end of the run-out */
    mbo_year *year;     /* [n_years] by school year since the start of the warm-up, owned */
    double *connection; /* storage for year[].connection, owned */
    size_t year_capacity, connection_capacity;
} mbo_course;

/* Computes the years first .. last - 1 (others are left). `organisation_start` is the school year
 * in which the care model began: its first year has y = 1 in the ramp-up
 * R = ramp_start + (1 - ramp_start) (1 - exp(-b_8 f_8 y)). Grows its storage when needed; `p` must
 * outlive the course. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status mbo_course_set(mbo_course *course, const mbo_params *p, int first, int last,
                                      int organisation_start, kea_error *err);

/* Legal on {0} and twice. */
void mbo_course_free(mbo_course *course);

/* Whether there is a team in a week since the start of the warm-up. */
static inline bool mbo_has_team(const mbo_course *course, int week)
{
    return course->has_team && course->year[week / MBO_WEEKS].hours_factor > 0.0;
}

/* A probability moved by `shift` on the log-odds scale; exactly p when shift is 0. */
double mbo_shift_log_odds(double p, double shift);

/* Teaching weeks in [from, to), both weeks since the start of the warm-up within one year. */
static inline int mbo_teaching_weeks(const mbo_course *course, int from_in_year, int to_in_year)
{
    int limit = course->teaching_weeks;
    int from = from_in_year < limit ? from_in_year : limit;
    int to = to_in_year < limit ? to_in_year : limit;
    return to - from;
}

#endif
