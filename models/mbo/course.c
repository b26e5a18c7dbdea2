/* Doses, mechanisms and yearly rates of a strategy. */
#include "models/mbo/course.h"

#include "models/mbo/costs.h"

#include "sim/core/fast_math.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>

/* Saturating dose: half of the largest effect at x = half. */
static double dose(double x, double half)
{
    return 1.0 - exp2(-x / half);
}

double mbo_shift_log_odds(double p, double shift)
{
    return shift == 0.0 || p <= 0.0 ? p : 1.0 / (1.0 + (1.0 / p - 1.0) * exp(-shift));
}

static double strength(const mbo_params *p, int mechanism)
{
    return p->effect[mechanism] * p->fidelity[mechanism];
}

/* Of a school year since the start of the warm-up. */
static double hours_factor(const mbo_params *p, int year)
{
    return mbo_hours_factor(p, year - (int)p->warmup_years);
}

static bool any_hours(const mbo_params *p, int first, int last)
{
    bool any = false;
    for (int year = first; year < last; year++)
        any = any || mbo_team_hours(p) * hours_factor(p, year) > 0.0;
    return any;
}

static void set_year(const mbo_course *course, mbo_year *year, double ramp, double factor)
{
    const mbo_params *p = course->p;
    double hours = mbo_team_hours(p) / 100.0 * factor;
    double coordination_share = 1.0 - p->casework_share - p->presence_share;
    double presence = dose(hours * p->presence_share, p->presence_half) * ramp;
    double coordination = dose(hours * fmax(coordination_share, 0.0), p->coordination_half) * ramp;
    double help_seeking = p->fidelity[MBO_NORMAL_HELP_REQUEST] * presence;
    double cooperation = strength(p, MBO_COOPERATION) * coordination;
    double school = exp(-strength(p, MBO_SAFE_ENVIRONMENT) * presence -
                        strength(p, MBO_REALISTIC_CONTEXT) * p->practice_share * ramp);

    year->hours_factor = factor;
    year->absence = exp(-strength(p, MBO_POSITIVE_APPROACH) * presence);
    year->needs = exp(-strength(p, MBO_OWN_DIRECTION) * presence);
    year->boost = exp(p->detection_boost * help_seeking);
    year->accept_team =
        mbo_shift_log_odds(p->accept_team, p->effect[MBO_NORMAL_HELP_REQUEST] * help_seeking);
    year->accept_external = mbo_shift_log_odds(p->accept_external, cooperation);
    year->external_wait = exp(-cooperation);
    for (int level = 0; level < MBO_LEVELS; level++)
        year->dropout[level] = p->dropout_hazard[level] / p->teaching_weeks * school;
}

/* Running sums of exp(-b f R p) with p = persistence^(weeks / 52): the factor is 1 without effect.
 */
static void set_connection(const mbo_course *course, double *sum, int n_weeks, double ramp)
{
    const mbo_params *p = course->p;
    double largest = strength(p, MBO_PERSONAL_CONNECTION) * ramp;
    double left = 1.0;
    double per_week = pow(p->support_persistence, 1.0 / MBO_WEEKS);
    sum[0] = 0.0;
    for (int week = 0; week < n_weeks; week++) {
        sum[week + 1] = sum[week] + kea_fast_exp(-largest * left);
        left *= per_week;
    }
}

static kea_status reserve(mbo_course *course, int n_years, size_t n_connection, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t years = (size_t)n_years;
    if (years > course->year_capacity) {
        KEA_TRY(kea_memory_resize((void **)&course->year, years, sizeof *course->year, err));
        course->year_capacity = years;
    }
    if (n_connection > course->connection_capacity) {
        KEA_TRY(kea_memory_resize((void **)&course->connection, n_connection,
                                  sizeof *course->connection, err));
        course->connection_capacity = n_connection;
    }
done:
    return status;
}

kea_status mbo_course_set(mbo_course *course, const mbo_params *p, int first, int last,
                          int organisation_start, kea_error *err)
{
    int n_weeks = last * MBO_WEEKS;
    bool has_team = any_hours(p, first, last);
    size_t n_tables = has_team ? (size_t)(last - first) : 0;
    kea_status status = reserve(course, last, n_tables * ((size_t)n_weeks + 1), err);
    if (status != KEA_OK)
        return status;
    course->p = p;
    course->has_team = has_team;
    course->teaching_weeks = (int)p->teaching_weeks;
    course->hours_per_week = mbo_team_hours(p) / 100.0 * p->students;
    course->casework_hours = course->hours_per_week * p->casework_share;
    course->n_years = last;
    course->max_boost = 0.0;
    for (int y = first; y < last; y++) {
        double learned = 1.0 - exp(-strength(p, MBO_KEEP_LEARNING) * (y - organisation_start + 1));
        double ramp = p->ramp_start + (1.0 - p->ramp_start) * learned;
        set_year(course, &course->year[y], ramp, hours_factor(p, y));
        course->max_boost = fmax(course->max_boost, course->year[y].boost);
        course->year[y].connection = NULL;
        if (has_team) {
            double *sum = course->connection + (size_t)(y - first) * ((size_t)n_weeks + 1);
            set_connection(course, sum, n_weeks, ramp);
            course->year[y].connection = sum;
        }
    }
    return KEA_OK;
}

void mbo_course_free(mbo_course *course)
{
    free(course->year);
    free(course->connection);
    *course = (mbo_course){0};
}
