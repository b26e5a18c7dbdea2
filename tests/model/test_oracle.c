/* The event-driven engine against the plain weekly oracle: the same distributions. For each set-up
 * both simulate many small schools with unrelated random numbers. What happens in the window and in
 * the run-out is compared: means over schools, and for some quantities also variances between them.
 * All comparisons are judged together (Bonferroni): by chance the program fails less than once in a
 * million choices of the seeds, which are fixed. */
#include "tests/support/support.h"

#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "tests/model/oracle.h"
#include "tests/model/reference.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

enum { ORACLE_RUNS = 100, ENGINE_RUNS = 300, MAX_PERIODS = 40, SET_UPS = 9, WORST = 12 };
enum { WINDOW, RUN_OUT, SCOPES };
static const char *const SCOPE[SCOPES] = {"window", "run-out"};
static const unsigned long SEED = 20270131;
static const double FALSE_ALARM = 1e-6;

/* What is compared: an outcome, or the sum of two. */
typedef struct {
    const char *name;
    int outcome, with; /* with: -1 for none */
    bool variance;
} quantity;

#define MEAN(name)                                                                                 \
    {                                                                                              \
#name, OUT_##name, -1, false                                                               \
    }
#define BOTH(name)                                                                                 \
    {                                                                                              \
#name, OUT_##name, -1, true                                                                \
    }
static const quantity quantities[] = {
    MEAN(students),
    BOTH(stock_level1),
    BOTH(stock_level2),
    MEAN(stock_level3),
    MEAN(stock_level4),
    BOTH(enrolled_weeks),
    MEAN(teaching_enrolled_weeks),
    BOTH(vsv),
    MEAN(vsv_level1),
    MEAN(vsv_level2),
    MEAN(vsv_level3),
    MEAN(vsv_level4),
    BOTH(dropout),
    BOTH(diplomas),
    MEAN(left_unqualified),
    MEAN(left_qualified),
    MEAN(exit_burden),
    MEAN(still_enrolled),
    BOTH(absence_weeks),
    BOTH(burden_weeks),
    MEAN(unmet_weeks),
    BOTH(needs),
    MEAN(needs_at_entry),
    BOTH(escalations),
    BOTH(detected),
    MEAN(severe_detected),
    MEAN(mentor_hours),
    BOTH(reach),
    BOTH(started),
    MEAN(wait_weeks),
    BOTH(case_hours),
    MEAN(overflow),
    MEAN(external_light),
    MEAN(external_light_minor),
    BOTH(external_specialist),
    MEAN(external_specialist_minor),
    {"light_episodes", OUT_light_episodes_minor, OUT_light_episodes_adult, false},
    {"specialist_episodes", OUT_specialist_episodes_minor, OUT_specialist_episodes_adult, false},
    MEAN(domain_mental_health),
    MEAN(domain_finance),
    MEAN(domain_worldview),
    BOTH(domain_three_or_more)};
enum { QUANTITIES = (int)(sizeof quantities / sizeof quantities[0]) };

/* One school: every quantity, summed over the window and over the run-out. */
typedef struct {
    double sum[SCOPES][QUANTITIES];
} result;

typedef struct {
    const char *name;
    mbo_params status_quo, strategy;
    int continues;
} set_up;

/* What of a sample is compared. */
typedef struct {
    double n, mean, variance, fourth; /* fourth: central moment */
} moments;

typedef struct {
    double z, limit, engine, oracle;
    const char *what;
    int scope, quantity;
} finding;

/* --- the set-ups ------------------------------------------------------------------------------ */

static mbo_params sized(mbo_params p, double students)
{
    p.students = students;
    p.warmup_years = 4;
    p.window_years = 3;
    p.runout_years = 3;
    return p;
}

#define SET(array, ...) memcpy(array, (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}))

/* A school in which nothing has its usual value, with a small team. */
static mbo_params odd_school(void)
{
    mbo_params p = sized(reference_saw(), 850);
    p.teaching_weeks = 38;
    p.duration_shape = 3;
    p.frailty_variance = .6;
    p.initial_needs = .8;
    p.domain_correlation = .5;
    p.accept_team = .6;
    p.accept_external = .5;
    p.overflow_weeks = 2;
    p.refusal_detection = .5;
    p.mentor_share = .7;
    p.mentor_share_team = .35;
    p.mentor_success = .6;
    p.mentor_hours = 1.5;
    p.treatment_relief = .7;
    p.dropout_burden = .6;
    p.absence_burden = .3;
    p.attendance_required = .9;
    p.case_hours_per_week = 2.3;
    p.light_share = .4;
    p.support_persistence = .05;
    p.entree_diploma_work = .3;
    p.detection_boost = 1.2;
    p.ramp_start = .3;
    SET(p.intake_share, .25, .35, .25, .15);
    SET(p.inflow_share, .3, .25, .2, .15, .1);
    SET(p.inflow_hazard_ratio, 3, 1, .4, 2, .7);
    SET(p.adult_hazard_ratio, 1.7, 2.5, .5, 3);
    SET(p.age_mean, 19.5, 18.2, 17.1, 21);
    SET(p.age_sd, 3, 1.2, 2, 2.5);
    SET(p.need_rate, 1.4, 1.1, .8, .6);
    SET(p.prior_qualification, .05, .15, .25, .4);
    SET(p.nominal_years, .5, 1.5, 2.2, 3);
    SET(p.progression, .8, .5, .4, 0);
    SET(p.dropout_hazard, .3, .2, .15, .1);
    SET(p.onset_severity, .5, .3, .2);
    SET(p.recovery, .03, .015, .01);
    SET(p.escalation, .03, .02);
    SET(p.burden, .2, .5, .9);
    SET(p.domain_share, .4, .45, .2, .3, .12, .25, .18, .1, .22, .05, .08);
    SET(p.detection, .03, .05, .08);
    SET(p.refer_external, .15, .7, .5);
    SET(p.external_wait, 3, 9, 20);
    SET(p.external_duration, 5, 12, 30);
    SET(p.external_success, .8, .6, .4);
    SET(p.effort, 3, 6, 9);
    SET(p.team_success, .7, .8, .5);
    SET(p.team_referral, .1, .2, .3);
    SET(p.effect, .5, 2.5, .6, 1.5, .5, .7, 1.2, .5);
    p.hours_per_100 = 4;
    p.casework_share = .7;
    p.presence_share = .1;
    p.practice_share = .1;
    SET(p.team_handles, .9, .8, .7);
    SET(p.fidelity, .3, .5, .4, .2, .6, .8, .3, .2);
    return p;
}

static mbo_params odd_team(void)
{
    mbo_params p = odd_school();
    p.hours_per_100 = 9;
    p.casework_share = .8;
    p.presence_share = .15;
    p.practice_share = .6;
    SET(p.team_handles, 1, .9, .6);
    SET(p.fidelity, .9, 1, .8, .7, .9, .9, .8, .6);
    return p;
}

/* Corners, and everything fast, so that a week more or less anywhere shows: an odd number of weeks
 * to the graduations, levels without needs, cases that never change by themselves, nothing kept for
 * light cases, little patience, help that fails and begins anew. */
static mbo_params fast_team(void)
{
    mbo_params p = sized(reference_saw(), 600);
    p.teaching_weeks = 51;
    p.overflow_weeks = 1;
    p.light_share = 0;
    p.case_hours_per_week = .7;
    p.frailty_variance = 2;
    p.duration_shape = .7;
    p.support_persistence = 0;
    p.treatment_relief = 1;
    p.ramp_start = 0;
    p.refusal_detection = .15;
    p.accept_team = .5;
    p.accept_external = .7;
    p.team_handles[MBO_MODERATE] = .5;
    SET(p.intake_share, .3, .4, .3, 0);
    SET(p.need_rate, 2, 0, 1.6, 0);
    SET(p.progression, .9, .8, .7, 0);
    SET(p.nominal_years, 1, 1.5, .4, 2);
    SET(p.dropout_hazard, .4, .4, .4, .3);
    SET(p.onset_severity, .5, .3, .2);
    SET(p.recovery, .1, 0, .2);
    SET(p.escalation, .4, 0);
    SET(p.detection, .5, .7, .9);
    SET(p.refer_external, .4, .6, .5);
    SET(p.external_wait, 1, 2, 1.5);
    SET(p.external_duration, .5, 2, 3);
    SET(p.external_success, .3, .2, .1);
    SET(p.effort, .6, .8, 1.2);
    SET(p.team_success, .3, .2, .1);
    SET(p.team_referral, .1, .2, .2);
    SET(p.effect, .3, 2.5, .1, 1, .05, .15, 1, .8);
    p.hours_per_100 = 22;
    return p;
}

/* The same for a school without a team, where all care is outside; it teaches all year, and its
 * leavers are about as old as those who no longer count. */
static mbo_params fast_outside(void)
{
    mbo_params p = sized(reference_null(), 600);
    p.teaching_weeks = 52;
    p.duration_shape = 5;
    p.treatment_relief = .9;
    p.accept_external = .9;
    p.refusal_detection = 0;
    p.mentor_share = .3;
    p.mentor_success = .5;
    SET(p.age_mean, 21.5, 22, 21.5, 21);
    SET(p.age_sd, 1, 1, 1, 1);
    SET(p.need_rate, 2, 1.5, 1, 1);
    SET(p.nominal_years, 1, 1.5, 1, .5);
    SET(p.dropout_hazard, .3, .3, .3, .3);
    SET(p.onset_severity, .4, .4, .2);
    SET(p.recovery, .01, .05, .02);
    SET(p.escalation, .4, .3);
    SET(p.detection, .6, .8, 1.2);
    SET(p.refer_external, 1, .9, .8);
    SET(p.external_wait, 1.5, 1, 2);
    SET(p.external_duration, 1, 2, 3);
    SET(p.external_success, .3, .2, .1);
    return p;
}

/* A care model that changes the world as well: rates of needs, their natural course, burden. */
static mbo_params other_world(void)
{
    mbo_params p = odd_team();
    for (int level = 0; level < MBO_LEVELS; level++)
        p.need_rate[level] *= level % 2 ? 1.7 : 0.5;
    for (int s = 0; s < MBO_SEVERITIES; s++) {
        p.recovery[s] *= 2.5;
        p.burden[s] *= 0.6;
        p.detection[s] *= 1.4;
    }
    p.escalation[0] *= 0.3;
    p.dropout_burden *= 1.3;
    return p;
}

static void make_set_ups(set_up *all)
{
    mbo_params null = sized(reference_null(), 1200), saw = sized(reference_saw(), 1200);
    mbo_params deltion_null = sized(reference_deltion_null(), 900);
    mbo_params deltion = sized(reference_deltion(), 900), few = saw;
    few.hours_per_100 = 1.3;
    all[0] = (set_up){"null alternative", null, null, 1};
    all[1] = (set_up){"School als Werkplaats", null, saw, 0};
    all[2] = (set_up){"Deltion youth team", deltion_null, deltion, 0};
    all[3] = (set_up){"School als Werkplaats, 1.3 hours", null, few, 0};
    all[4] = (set_up){"odd school, stronger team", odd_school(), odd_team(), 0};
    all[5] = (set_up){"fast team that goes on", fast_team(), fast_team(), 1};
    all[7] = (set_up){"odd school, another world", odd_school(), other_world(), 0};
    all[8] = (set_up){"fast team whose money runs out", fast_team(), fast_team(), 0};
    SET(all[8].strategy.hours_by_year, 1, .5, 0, 0, 1.5, 1, 1, 1);
    all[6] = (set_up){"fast care outside", fast_outside(), fast_outside(), 0};
}

/* --- the runs --------------------------------------------------------------------------------- */

static void sum_up(const mbo_params *p, const double *out, result *sums)
{
    memset(sums, 0, sizeof *sums);
    for (int year = 0; year < (int)(p->window_years + p->runout_years); year++)
        for (int k = 0; k < QUANTITIES; k++) {
            const double *row = out + year * MBO_N_OUTCOMES;
            double *sum = &sums->sum[year < (int)p->window_years ? WINDOW : RUN_OUT][k];
            *sum += row[quantities[k].outcome];
            if (quantities[k].with >= 0)
                *sum += row[quantities[k].with];
        }
}

static void run_engine(const set_up *s, result *results)
{
    static double out[MAX_PERIODS * MBO_N_OUTCOMES];
    const double *before = (const double *)&s->status_quo, *after = (const double *)&s->strategy;
    kea_error err = {0};
    void *workspace = NULL;
    size_t n_window = 0, n_periods = 0;
    mbo_model.periods(after, &n_window, &n_periods);
    assert_true(n_periods <= MAX_PERIODS);
    assert_ok(mbo_model.open(&workspace, &err), err);
    for (uint32_t i = 0; i < ENGINE_RUNS; i++) {
        memset(out, 0, sizeof out);
        assert_ok(mbo_model.begin(workspace, (kea_cohort){SEED, i}, before, &err), err);
        assert_ok(mbo_model.run(workspace, after, s->continues, out, &err), err);
        sum_up(&s->strategy, out, &results[i]);
    }
    mbo_model.close(workspace);
}

static void run_oracle(const set_up *s, result *results)
{
    static double out[MAX_PERIODS * MBO_N_OUTCOMES];
    for (unsigned long i = 0; i < ORACLE_RUNS; i++) {
        memset(out, 0, sizeof out);
        oracle_run(&s->status_quo, &s->strategy, s->continues, SEED + i, out);
        sum_up(&s->strategy, out, &results[i]);
    }
}

/* --- the comparison --------------------------------------------------------------------------- */

static moments moments_of(const result *results, int n, int scope, int index)
{
    moments m = {.n = n};
    for (int i = 0; i < n; i++)
        m.mean += results[i].sum[scope][index] / n;
    for (int i = 0; i < n; i++) {
        double square = pow(results[i].sum[scope][index] - m.mean, 2);
        m.variance += square / (n - 1);
        m.fourth += square * square / n;
    }
    return m;
}

/* The distance of the means in standard errors. What is the same in every school (the number of
 * students) has no error; then only rounding may differ. */
static double mean_z(const moments *a, const moments *b)
{
    double off = fabs(a->mean - b->mean);
    double error = sqrt(a->variance / a->n + b->variance / b->n);
    if (off <= 1e-9 * fabs(b->mean))
        return 0.0;
    return error > 0.0 ? off / error : HUGE_VAL;
}

/* The distance of the logarithms of the variances in standard errors, which follow from the
 * kurtosis; taken as at least that of a normal distribution. */
static double variance_z(const moments *a, const moments *b)
{
    double kurtosis_a = fmax(3.0, a->fourth / pow(a->variance, 2));
    double kurtosis_b = fmax(3.0, b->fourth / pow(b->variance, 2));
    double error = sqrt((kurtosis_a - 1.0) / a->n + (kurtosis_b - 1.0) / b->n);
    return fabs(log(a->variance / b->variance)) / error;
}

static int by_excess(const void *left, const void *right)
{
    double a = ((const finding *)left)->z / ((const finding *)left)->limit;
    double b = ((const finding *)right)->z / ((const finding *)right)->limit;
    return (a < b) - (a > b);
}

/* The findings of a set-up; returns how many. `limit` holds for means. The estimate of the error of
 * a variance is itself rough, so there a third more is allowed. */
static size_t compare(const result *engine, const result *oracle, double limit, finding *found)
{
    size_t n = 0;
    for (int scope = 0; scope < SCOPES; scope++)
        for (int k = 0; k < QUANTITIES; k++) {
            moments a = moments_of(engine, ENGINE_RUNS, scope, k);
            moments b = moments_of(oracle, ORACLE_RUNS, scope, k);
            bool spread = quantities[k].variance && scope == WINDOW;
            found[n++] = (finding){mean_z(&a, &b), limit, a.mean, b.mean, "mean", scope, k};
            if (spread && a.variance > 0.0 && b.variance > 0.0)
                found[n++] = (finding){.z = variance_z(&a, &b),
                                       .limit = limit * 4.0 / 3.0,
                                       .engine = a.variance,
                                       .oracle = b.variance,
                                       .what = "variance",
                                       .scope = scope,
                                       .quantity = k};
        }
    return n;
}

/* The distance that one of all comparisons exceeds by chance with FALSE_ALARM: Student's t with
 * the degrees of freedom of the smaller sample alone, which is on the safe side. */
static double limit_of(void)
{
    double comparisons = SET_UPS * SCOPES * QUANTITIES * 1.5;
    return gsl_cdf_tdist_Qinv(FALSE_ALARM / comparisons / 2.0, ORACLE_RUNS - 1);
}

static void check(int number)
{
    static set_up all[SET_UPS];
    static result engine[ENGINE_RUNS], oracle[ORACLE_RUNS];
    static finding found[2 * SCOPES * QUANTITIES];
    int missed = 0;
    make_set_ups(all);
    run_engine(&all[number], engine);
    run_oracle(&all[number], oracle);
    size_t n = compare(engine, oracle, limit_of(), found);
    qsort(found, n, sizeof found[0], by_excess);
    for (size_t i = 0; i < n; i++)
        missed += !(found[i].z <= found[i].limit);
    for (size_t i = 0; missed > 0 && i < WORST; i++)
        print_error("%s: %s of %s, %s: engine %.6g, oracle %.6g: %.1f standard errors (limit "
                    "%.1f)\n",
                    all[number].name, found[i].what, quantities[found[i].quantity].name,
                    SCOPE[found[i].scope], found[i].engine, found[i].oracle, found[i].z,
                    found[i].limit);
    assert_int_equal(missed, 0);
}

static void test_null(void **state)
{
    (void)state;
    check(0);
}

static void test_team(void **state)
{
    (void)state;
    check(1);
}

static void test_two_levels(void **state)
{
    (void)state;
    check(2);
}

static void test_overloaded_team(void **state)
{
    (void)state;
    check(3);
}

static void test_odd_school(void **state)
{
    (void)state;
    check(4);
}

static void test_fast_team(void **state)
{
    (void)state;
    check(5);
}

static void test_fast_outside(void **state)
{
    (void)state;
    check(6);
}

static void test_other_world(void **state)
{
    (void)state;
    check(7);
}

static void test_shrinking_team(void **state)
{
    (void)state;
    check(8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null),         cmocka_unit_test(test_team),
        cmocka_unit_test(test_two_levels),   cmocka_unit_test(test_overloaded_team),
        cmocka_unit_test(test_odd_school),   cmocka_unit_test(test_fast_team),
        cmocka_unit_test(test_fast_outside), cmocka_unit_test(test_shrinking_team),
        cmocka_unit_test(test_other_world)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
