/* New students: what is drawn when they enter. Each number has its own address, so a student is the
 * same person under every strategy and every parameter draw. */
#include "models/mbo/entry.h"

#include "models/mbo/pathway.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Blocks of the entry stream: 0 level and frailty, 1 dropout threshold and needs; opened only where
 * they matter: 2 age and prior qualification, 3 inflow group and progress at the start, and what
 * life.c draws later. */
enum { BLOCK_PERSON = 2, BLOCK_ORIGIN = 3 };

static const double YOUNGEST = 16.0, OLDEST = 27.0;

void mbo_entry_prepare(mbo_run *run)
{
    const mbo_params *p = run->p;
    double mean = 0.0;
    for (int level = 0; level < MBO_LEVELS; level++) {
        double low = gsl_cdf_gaussian_P(YOUNGEST - p->age_mean[level], p->age_sd[level]);
        double high = gsl_cdf_gaussian_P(OLDEST - p->age_mean[level], p->age_sd[level]);
        double adult = gsl_cdf_gaussian_P(MBO_ADULT_AGE - p->age_mean[level], p->age_sd[level]);
        run->age_low[level] = low;
        run->age_high[level] = high;
        run->adult_share[level] = (high - adult) / (high - low);
    }
    for (int i = 0; i < MBO_INFLOW; i++)
        mean += p->inflow_share[i] * p->inflow_hazard_ratio[i];
    for (int i = 0; i < MBO_INFLOW; i++)
        run->inflow_factor[i] = p->inflow_hazard_ratio[i] / mean;
}

double mbo_age(const mbo_run *run, const mbo_student *student, int32_t week)
{
    int level = student->entry_level;
    double age = kea_rng_uniform(run->keys->entry, mbo_student_address(run, student), BLOCK_PERSON);
    double u = run->age_low[level] + age * (run->age_high[level] - run->age_low[level]);
    double at_entry = run->p->age_mean[level] + run->p->age_sd[level] * gsl_cdf_ugaussian_Pinv(u);
    return at_entry + (double)(week - student->entered) / MBO_WEEKS;
}

/* Index of the share that u falls in. */
static int pick(const double *share, int n, double u)
{
    int i = 0;
    for (double upto = share[0]; i < n - 1 && u >= upto; upto += share[i])
        i++;
    return i;
}

/* Level and home of a uniform. Where u lies within the share of its level is uniform again and
 * independent of the level, so that the home needs no random number of its own. */
static void settle(const mbo_params *p, mbo_student *student, double u)
{
    int level = pick(p->intake_share, MBO_LEVELS, u);
    double before = 0.0;
    for (int i = 0; i < level; i++)
        before += p->intake_share[i];
    double within = (u - before) / p->intake_share[level];
    student->level = student->entry_level = (uint8_t)level;
    student->zone = (uint8_t)pick(p->home_share, MBO_ZONES, within);
}

/* Factor on the dropout hazard, mean 1 over the entrants of a level: age and inflow group. */
static double group_factor(const mbo_run *run, const mbo_student *student)
{
    int level = student->entry_level;
    double ratio = run->p->adult_hazard_ratio[level];
    double share = run->adult_share[level];
    double factor = 1.0;
    kea_rng_address address = mbo_student_address(run, student);
    if (ratio != 1.0) {
        bool adult = kea_rng_uniform(run->keys->entry, address, BLOCK_PERSON) >= 1.0 - share;
        factor = (adult ? ratio : 1.0) / (1.0 + (ratio - 1.0) * share);
    }
    if (level == 0) {
        double u = kea_rng_uniform(run->keys->entry, address, BLOCK_ORIGIN);
        factor *= run->inflow_factor[pick(run->p->inflow_share, MBO_INFLOW, u)];
    }
    return factor;
}

static bool is_qualified(const mbo_run *run, const mbo_student *student)
{
    double share = run->p->prior_qualification[student->entry_level];
    double u[2];
    if (share <= 0.0)
        return false;
    kea_rng_pair(run->keys->entry, mbo_student_address(run, student), BLOCK_PERSON, u);
    return u[1] < share;
}

/* Progress of a student who is there when the warm-up begins: anywhere in the programme. */
static double start_progress(const mbo_run *run, const mbo_student *student)
{
    double u[2];
    kea_rng_pair(run->keys->entry, mbo_student_address(run, student), BLOCK_ORIGIN, u);
    return u[1] * run->p->nominal_years[student->level] * run->p->teaching_weeks;
}

mbo_student *mbo_enter(mbo_run *run, uint32_t id, int32_t week, bool start)
{
    mbo_school *school = run->school;
    const mbo_params *p = run->p;
    mbo_student *student = &school->student[school->free_student[--school->n_free_students]];
    *student = (mbo_student){.id = id, .week = week, .entered = week};
    student->left = student->last_help = MBO_NEVER;
    student->first_case = student->next = MBO_NONE;
    student->oct_year = student->helped_year = student->attended_year = -1;
    student->counted = week < run->window_end;

    kea_rng_address address = mbo_student_address(run, student);
    double first[2], second[2];
    kea_rng_pair(run->keys->entry, address, 0, first);
    kea_rng_pair(run->keys->entry, address, 1, second);
    settle(p, student, first[0]);
    student->frailty = kea_gamma_table_quantile(run->frailties, first[1]);
    student->threshold = kea_rng_exponential(second[0]);
    student->qualified = is_qualified(run, student);
    student->group = group_factor(run, student);
    student->progress = start ? start_progress(run, student) : 0.0;
    student->hazard = 1.0;
    student->arrival = week;
    if (run->listener) {
        mbo_tell(run, student, MARK("enters the school, aged"), NULL, mbo_age(run, student, week));
        mbo_tell(run, student, MARK("lives"), mbo_zone_name(student->zone), (double)NAN);
    }
    mbo_next_arrival(run, student);
    mbo_initial_cases(run, student, second[1]);
    return student;
}
