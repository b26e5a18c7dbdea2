/* Referral outside, waiting there, care and its end. */
#include "models/mbo/external.h"

#include "models/mbo/entry.h"
#include "models/mbo/pathway.h"

#include <math.h>

void mbo_count_referral(mbo_run *run, const mbo_student *student, const mbo_case *item)
{
    double *row = mbo_row(run, student, student->week);
    bool minor = mbo_is_younger(run, student, student->week, MBO_ADULT_AGE);
    mbo_tell(run, student, MARK("is referred outside"), mbo_severity_name(item->severity),
             (double)NAN);
    if (item->severity == MBO_SEVERE) {
        row[OUT_external_specialist] += 1.0;
        row[minor ? OUT_external_specialist_minor : OUT_external_specialist_adult] += 1.0;
    } else {
        row[OUT_external_light] += 1.0;
        row[minor ? OUT_external_light_minor : OUT_external_light_adult] += 1.0;
    }
}

void mbo_wait_outside(mbo_run *run, mbo_student *student, mbo_case *item, double u)
{
    int32_t week = student->week;
    double mean =
        run->p->external_wait[item->severity] * run->course->year[week / MBO_WEEKS].external_wait;
    item->state = MBO_WAITING_EXTERNAL;
    item->detect_week = MBO_NEVER;
    item->care_week = week + mbo_whole_weeks(mean * kea_gamma_table_quantile(run->durations, u));
    student->changed = true;
    mbo_tell(run, student, MARK("turns up outside and waits there, weeks"), NULL,
             item->care_week - week);
    mbo_case_set_due(item);
}

void mbo_hand_over(mbo_run *run, mbo_student *student, mbo_case *item, double u)
{
    mbo_count_referral(run, student, item);
    item->ticket = 0;
    item->n_natural++;
    mbo_schedule_natural(run, student, item, student->week + 1);
    mbo_wait_outside(run, student, item, u);
}

int32_t mbo_weeks_as_minor(double age, int32_t weeks)
{
    double left = ceil((MBO_ADULT_AGE - age) * MBO_WEEKS);
    return left <= 0.0 ? 0 : left >= weeks ? weeks : (int32_t)left;
}

/* Of `weeks` weeks of care that start in the student's week. */
static int32_t minor_weeks_of(const mbo_run *run, const mbo_student *student, int32_t weeks)
{
    if (!mbo_is_younger(run, student, student->week, MBO_ADULT_AGE))
        return 0;
    if (mbo_is_younger(run, student, student->week + weeks, MBO_ADULT_AGE))
        return weeks;
    return mbo_weeks_as_minor(mbo_age(run, student, student->week), weeks);
}

/* Counts a stay in external care of `weeks` weeks: the part before the 18th birthday and the part
 * from it, which others pay. */
static void count_episode(const mbo_run *run, const mbo_student *student, const mbo_case *item,
                          int32_t weeks)
{
    double *row = mbo_row(run, student, student->week);
    int32_t minor_weeks = minor_weeks_of(run, student, weeks);
    double minor = (double)minor_weeks / weeks;
    bool severe = item->severity == MBO_SEVERE;
    row[severe ? OUT_specialist_episodes_minor : OUT_light_episodes_minor] += minor;
    row[severe ? OUT_specialist_episodes_adult : OUT_light_episodes_adult] += 1.0 - minor;
    mbo_tell(run, student, MARK("external care begins, weeks"), NULL, weeks);
    if (minor_weeks > 0 && minor_weeks < weeks)
        mbo_tell(run, student, MARK("turns 18 in it and others pay, after weeks"), NULL,
                 minor_weeks);
}

void mbo_external_step(mbo_run *run, mbo_student *student, int32_t slot)
{
    mbo_case *item = &run->school->item[slot];
    int32_t week = student->week;
    double u[2];
    kea_rng_pair(run->keys->care, mbo_case_address(run, student, item), item->n_care, u);
    student->changed = true;
    if (item->state == MBO_WAITING_EXTERNAL) {
        double mean = run->p->external_duration[item->severity];
        int32_t weeks = mbo_whole_weeks(mean * kea_gamma_table_quantile(run->durations, u[0]));
        count_episode(run, student, item, weeks);
        item->state = MBO_IN_EXTERNAL;
        item->natural_week = MBO_NEVER;
        item->care_week = week + weeks;
        mbo_case_set_due(item);
    } else if (u[1] < run->p->external_success[item->severity]) {
        mbo_tell(run, student, MARK("external care solves it"), NULL, (double)NAN);
        mbo_case_close(run, student, slot);
    } else {
        mbo_tell(run, student, MARK("external care ends without solving it"), NULL, (double)NAN);
        item->n_care++;
        item->care_week = MBO_NEVER;
        mbo_case_unseen(run, student, item, week + 1);
    }
}
