/* New students: what is drawn when they enter. Each number has its own address, so a student is the
 * same person under every strategy and every parameter draw. */
#include "models/mbo/entry.h"

#include "models/mbo/groups.h"
#include "models/mbo/life.h"
#include "models/mbo/pathway.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Blocks of the entry stream: 0 level and frailty, 1 dropout threshold and needs; opened only where
 * they matter: 2 age and prior qualification, 3 inflow group and progress at the start, and what
 * life.c draws later. */
enum { BLOCK_PERSON = 2, BLOCK_ORIGIN = 3 };

void mbo_entry_prepare(mbo_run *run)
{
    const mbo_params *p = run->p;
    double mean = 0.0;
    for (int level = 0; level < MBO_LEVELS; level++) {
        double *younger = run->younger[level];
        for (int i = 0; i < MBO_AGES; i++)
            younger[i] =
                gsl_cdf_gaussian_P(MBO_YOUNGEST + i - p->age_mean[level], p->age_sd[level]);
        double high = younger[MBO_AGES - 1];
        run->adult_share[level] =
            (high - younger[MBO_ADULT_AGE - MBO_YOUNGEST]) / (high - younger[0]);
    }
    for (int level = 0; level < MBO_LEVELS; level++)
        run->needed[level] = p->nominal_years[level] * p->teaching_weeks;
    mbo_pathway_prepare(run);
    run->attendance_weight = 1.0 / p->attendance_required;
    for (int i = 0; i < MBO_INFLOW; i++)
        mean += p->inflow_share[i] * p->inflow_hazard_ratio[i];
    for (int i = 0; i < MBO_INFLOW; i++)
        run->inflow_factor[i] = p->inflow_hazard_ratio[i] / mean;
}

/* The normal cdf at a student's age at entry. */
static double age_quantile(const mbo_run *run, const mbo_student *student)
{
    const double *younger = run->younger[student->entry_level];
    return younger[0] + student->age * (younger[MBO_AGES - 1] - younger[0]);
}

double mbo_age(const mbo_run *run, const mbo_student *student, int32_t week)
{
    int level = student->entry_level;
    double score = gsl_cdf_ugaussian_Pinv(age_quantile(run, student));
    double at_entry = run->p->age_mean[level] + run->p->age_sd[level] * score;
    return at_entry + (double)(week - student->entered) / MBO_WEEKS;
}

/* Mostly the whole years around the limit decide, without a quantile. */
bool mbo_is_younger(const mbo_run *run, const mbo_student *student, int32_t week, double limit)
{
    double at_entry = limit - (double)(week - student->entered) / MBO_WEEKS;
    if (at_entry <= MBO_YOUNGEST)
        return false;
    if (at_entry >= MBO_OLDEST)
        return true;
    const double *younger = run->younger[student->entry_level] + ((int)at_entry - MBO_YOUNGEST);
    double u = age_quantile(run, student);
    if (u < younger[0] || u >= younger[1])
        return u < younger[0];
    return mbo_age(run, student, week) < limit;
}

/* Index of the share that u falls in; where that share begins goes to *begin. Without branches:
 * what is drawn cannot be predicted. */
static int pick(const double *share, int n, double u, double *begin)
{
    int chosen = 0;
    double upto = 0.0;
    *begin = 0.0;
    for (int i = 0; i < n - 1; i++) {
        upto += share[i];
        chosen += u >= upto;
        *begin = u >= upto ? upto : *begin;
    }
    return chosen;
}

/* The uniforms of the origin: inflow group, progress at the start. */
static void draw_origin(const mbo_run *run, const mbo_student *student, double u[2])
{
    kea_rng_pair(run->keys->entry, mbo_student_address(run, student), BLOCK_ORIGIN, u);
}

/* Level and home of a uniform. Where u lies within the share of its level is uniform again and
 * independent of the level, so that the home needs no random number of its own. */
static void settle(const mbo_params *p, mbo_student *student, double u)
{
    double begin, unused;
    int level = pick(p->intake_share, MBO_LEVELS, u, &begin);
    double within = (u - begin) / p->intake_share[level];
    student->level = student->entry_level = (uint8_t)level;
    student->zone = (uint8_t)pick(p->home_share, MBO_ZONES, within, &unused);
}

/* Factor on the dropout hazard, mean 1 over the entrants of a level: age and inflow group. */
static double group_factor(const mbo_run *run, const mbo_student *student)
{
    int level = student->entry_level;
    double ratio = run->p->adult_hazard_ratio[level];
    double share = run->adult_share[level];
    double factor = 1.0;
    if (ratio != 1.0) {
        bool adult = student->age >= 1.0 - share;
        factor = (adult ? ratio : 1.0) / (1.0 + (ratio - 1.0) * share);
    }
    if (level == 0) {
        double u[2], unused;
        draw_origin(run, student, u);
        factor *= run->inflow_factor[pick(run->p->inflow_share, MBO_INFLOW, u[0], &unused)];
    }
    return factor;
}

/* Without groups, the table of the home zone. */
static uint8_t cell_of(const mbo_run *run, const mbo_student *student, double frailty)
{
    int inflow = 0;
    if (!run->apart)
        return student->zone;
    if (student->entry_level == 0) {
        double u[2], unused;
        draw_origin(run, student, u);
        inflow = pick(run->p->inflow_share, MBO_INFLOW, u[0], &unused);
    }
    return mbo_cell(student->entry_level, inflow, student->zone, frailty);
}

/* Progress of a student who is there when the warm-up begins: anywhere in the programme. */
static double start_progress(const mbo_run *run, const mbo_student *student)
{
    double u[2];
    draw_origin(run, student, u);
    return u[1] * run->needed[student->level];
}

mbo_student *mbo_enter(mbo_run *run, uint32_t id, bool start)
{
    mbo_school *school = run->school;
    const mbo_params *p = run->p;
    int32_t week = run->now;
    kea_rng_key key = run->keys->entry;
    const kea_rng_place place[4] = {
        {key, 0, 0}, {key, 0, 1}, {key, 0, BLOCK_PERSON}, mbo_arrival_place(run, 0)};
    double u[4][2];
    kea_rng_four(place, run->cohort, id, u);
    mbo_student *student = &school->student[school->free_student[--school->n_free_students]];
    *student = (mbo_student){.id = id,
                             .week = week,
                             .due = MBO_NEVER,
                             .entered = week,
                             .left = MBO_NEVER,
                             .first_case = MBO_NONE,
                             .next = MBO_NONE,
                             .last_help = MBO_NEVER,
                             .oct_year = -1,
                             .helped_year = -1,
                             .counted = week < run->window_end,
                             .age = u[2][0],
                             .frailty = kea_gamma_table_quantile(run->frailties, u[0][1]),
                             .arrival = week,
                             .threshold = kea_rng_exponential(u[1][0]),
                             .hazard = 1.0};
    settle(p, student, u[0][0]);
    student->calm = 1.0 / student->frailty;
    student->qualified = u[2][1] < p->prior_qualification[student->level];
    student->cell = cell_of(run, student, u[0][1]);
    student->group = group_factor(run, student);
    student->progress = start ? start_progress(run, student) : 0.0;
    student->finish = mbo_earliest_finish(run, student);
    if (run->listener) {
        mbo_tell(run, student, MARK("enters the school, aged"), NULL, mbo_age(run, student, week));
        mbo_tell(run, student, MARK("lives"), mbo_zone_name(student->zone), (double)NAN);
    }
    mbo_set_arrival(run, student, kea_rng_exponential(u[3][0]), u[3][1]);
    mbo_initial_cases(run, student, u[1][1]);
    return student;
}
