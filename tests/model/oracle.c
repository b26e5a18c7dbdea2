/* A plain weekly simulation, in the order of the specification; part (c) is in oracle_cases.c. */
#include "tests/model/oracle.h"

#include "tests/model/oracle_school.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* A case and its student, in the order in which the team sees them. */
typedef struct {
    student *who;
    need *what;
} work_item;

/* --- mechanisms ------------------------------------------------------------------------------ */

static double raised_log_odds(double probability, double shift)
{
    double log_odds = log(probability / (1.0 - probability)) + shift;
    return 1.0 / (1.0 + exp(-log_odds));
}

/* y = 1 in the first school year of the care model. */
static mechanisms mechanisms_of(const mbo_params *p, int y)
{
    double per_student = p->hours_per_100 / 100.0;
    double x = per_student * p->presence_share;
    double c = per_student * (1.0 - p->casework_share - p->presence_share);
    double D = 1.0 - pow(2.0, -x / p->presence_half);
    double C = 1.0 - pow(2.0, -c / p->coordination_half);
    double bf[MBO_MECHANISMS];
    for (int k = 0; k < MBO_MECHANISMS; k++)
        bf[k] = p->effect[k] * p->fidelity[k];
    double R = p->ramp_start + (1.0 - p->ramp_start) * (1.0 - exp(-bf[7] * y));
    return (mechanisms){.safe = exp(-bf[0] * D * R),
                        .connection = bf[1] * R,
                        .positive = exp(-bf[2] * D * R),
                        .boost = exp(p->detection_boost * p->fidelity[3] * D * R),
                        .accept_team = raised_log_odds(p->accept_team, bf[3] * D * R),
                        .own_direction = exp(-bf[4] * D * R),
                        .practice = exp(-bf[5] * p->practice_share * R),
                        .external_wait = exp(-bf[6] * C * R),
                        .accept_external = raised_log_odds(p->accept_external, bf[6] * C * R)};
}

/* --- (a) students ---------------------------------------------------------------------------- */

/* Dropout factors of age and, at level 1, inflow group: mean 1 over those who enter the level, in
 * force while at that level. */
static double hazard_factor(school *a, const student *s)
{
    const mbo_params *p = a->p;
    int level = s->level;
    double mean = p->age_mean[level], sd = p->age_sd[level];
    double adults = gsl_cdf_gaussian_P(27.0 - mean, sd) - gsl_cdf_gaussian_P(18.0 - mean, sd);
    double all = gsl_cdf_gaussian_P(27.0 - mean, sd) - gsl_cdf_gaussian_P(16.0 - mean, sd);
    double ratio = p->adult_hazard_ratio[level];
    double factor = (s->age >= 18.0 ? ratio : 1.0) / (1.0 + (ratio - 1.0) * adults / all);
    if (level == 0) {
        double group_mean = 0.0;
        for (int g = 0; g < MBO_INFLOW; g++)
            group_mean += p->inflow_share[g] * p->inflow_hazard_ratio[g];
        factor *= p->inflow_hazard_ratio[pick(a, p->inflow_share, MBO_INFLOW)] / group_mean;
    }
    return factor;
}

static void enter(school *a, student *s)
{
    const mbo_params *p = a->p;
    s->enrolled = true;
    s->counted = a->year < (int)(p->warmup_years + p->window_years);
    s->level = s->entry_level = pick(a, p->intake_share, MBO_LEVELS);
    do
        s->age = p->age_mean[s->level] + gsl_ran_gaussian(a->random, p->age_sd[s->level]);
    while (s->age < 16.0 || s->age > 27.0);
    s->frailty = gamma_with_mean(a, 1.0, 1.0 / p->frailty_variance);
    s->threshold = gsl_ran_exponential(a->random, 1.0);
    s->qualified = chance(a, p->prior_qualification[s->level]);
    s->factor = hazard_factor(a, s);
    s->diploma = 0;
    s->entered = a->week;
    s->last_help = s->reached_year = NEVER;
    s->hazard = 0.0;
    s->progress = 0.0;
    if (a->week == 0)
        s->progress = gsl_rng_uniform(a->random) * p->nominal_years[s->level] * p->teaching_weeks;
    s->n_cases = 0;
    unsigned n = gsl_ran_poisson(a->random, p->initial_needs * p->need_rate[s->level] * s->frailty);
    while (n-- > 0)
        oracle_new_case(a, s, OUT_needs_at_entry);
}

/* A year without a team: what it had is unseen again. */
static void end_team(student *s)
{
    for (int k = 0; k < s->n_cases; k++)
        if (s->cases[k].state == QUEUED || s->cases[k].state == WITH_TEAM)
            s->cases[k].state = UNDETECTED;
}

static void start_of_year(school *a)
{
    for (int i = 0; i < a->n_students; i++) {
        student *s = &a->students[i];
        if (s->enrolled && a->p->hours_per_100 == 0.0)
            end_team(s);
        if (!s->enrolled)
            enter(a, s);
        s->october_level = s->level;
        row(a, s)[OUT_students] += 1.0;
        row(a, s)[OUT_stock_level1 + s->level] += 1.0;
    }
}

/* --- (b) the longest waits ------------------------------------------------------------------- */

static void note_waits(school *a)
{
    int longest[MBO_SEVERITIES] = {0};
    for (int i = 0; i < a->n_students; i++) {
        const student *s = &a->students[i];
        for (int k = 0; s->enrolled && k < s->n_cases; k++) {
            const need *c = &s->cases[k];
            int waited = a->week - c->joined;
            if (c->state == QUEUED && waited > longest[c->severity])
                longest[c->severity] = waited;
        }
    }
    for (int v = 0; v < MBO_SEVERITIES; v++)
        a->full[v] = longest[v] > a->p->overflow_weeks;
}

/* --- (d) the team ---------------------------------------------------------------------------- */

static int by_date_then_tie(const void *left, const void *right)
{
    const need *a = ((const work_item *)left)->what, *b = ((const work_item *)right)->what;
    if (a->joined != b->joined)
        return a->joined < b->joined ? -1 : 1;
    return a->tie < b->tie ? -1 : 1;
}

static void hours_delivered(school *a, const student *s, need *c)
{
    if (chance(a, a->p->team_referral[c->severity])) {
        oracle_count_referral(a, s, c);
        oracle_wait_outside(a, c);
    } else {
        c->state = chance(a, a->p->team_success[c->severity]) ? RESOLVED : UNDETECTED;
    }
}

/* One step of the order of service: the cases in one state and of one severity, not yet served this
 * week, as long as there are hours. A billionth of an hour is rounding, not time. */
static void serve(school *a, const work_item *item, size_t n, state from, int severity,
                  double *hours)
{
    for (size_t i = 0; i<n && * hours> 1e-9; i++) {
        student *s = item[i].who;
        need *c = item[i].what;
        if (c->state != from || c->severity != severity || c->served)
            continue;
        if (from == QUEUED) {
            c->state = WITH_TEAM;
            row(a, s)[OUT_started] += 1.0;
            row(a, s)[OUT_wait_weeks] += a->week - c->joined;
        }
        double given = fmin(fmin(a->p->case_hours_per_week, c->hours), *hours);
        *hours -= given;
        c->hours -= given;
        c->served = true;
        row(a, s)[OUT_case_hours] += given;
        s->last_help = a->week;
        if (s->reached_year != a->year)
            row(a, s)[OUT_reach] += 1.0;
        s->reached_year = a->year;
        if (c->hours <= 0.0)
            hours_delivered(a, s, c);
    }
}

static size_t collect(school *a, work_item **items)
{
    size_t n = 0, capacity = 0;
    *items = NULL;
    for (int i = 0; i < a->n_students; i++) {
        student *s = &a->students[i];
        for (int k = 0; s->enrolled && k < s->n_cases; k++) {
            need *c = &s->cases[k];
            if (c->state != QUEUED && c->state != WITH_TEAM)
                continue;
            if (n == capacity) {
                capacity = 2 * capacity + 64;
                *items = realloc(*items, capacity * sizeof **items);
                if (!*items)
                    abort();
            }
            c->served = false;
            (*items)[n++] = (work_item){s, c};
        }
    }
    return n;
}

static void team(school *a)
{
    double hours = a->p->hours_per_100 / 100.0 * a->p->students * a->p->casework_share;
    double reserve = hours * a->p->light_share;
    double rest = hours - reserve;
    work_item *items = NULL;
    size_t n = collect(a, &items);
    if (n > 0)
        qsort(items, n, sizeof *items, by_date_then_tie);
    serve(a, items, n, WITH_TEAM, LIGHT, &reserve);
    for (int severity = SEVERE; severity >= LIGHT; severity--)
        serve(a, items, n, WITH_TEAM, severity, &rest);
    serve(a, items, n, QUEUED, LIGHT, &reserve);
    rest += reserve;
    for (int severity = SEVERE; severity >= LIGHT; severity--)
        serve(a, items, n, QUEUED, severity, &rest);
    free(items);
}

/* --- (e) burden, attendance, progress, dropout, graduation ----------------------------------- */

static void leave(school *a, student *s, double burden)
{
    bool qualified = s->qualified || s->diploma >= 2;
    bool with_entree_diploma = s->level == 0 && s->diploma == 1;
    bool works = with_entree_diploma && chance(a, a->p->entree_diploma_work);
    s->enrolled = false;
    row(a, s)[qualified || works ? OUT_left_qualified : OUT_left_unqualified] += 1.0;
    row(a, s)[OUT_exit_burden] += burden;
    if (!qualified && age_now(a, s) < 23.0 && !works) {
        row(a, s)[OUT_vsv] += 1.0;
        row(a, s)[OUT_vsv_level1 + s->october_level] += 1.0;
    }
}

static void graduate(school *a, student *s, double burden)
{
    row(a, s)[OUT_diplomas] += 1.0;
    s->diploma = s->level + 1;
    if (s->level + 1 < MBO_LEVELS && chance(a, a->p->progression[s->level])) {
        s->level++;
        s->progress = 0.0;
    } else {
        leave(a, s, burden);
    }
}

static double dropout_hazard(const school *a, const student *s, double burden)
{
    const mbo_params *p = a->p;
    double since = (a->week - s->last_help) / (double)WEEKS;
    double left = s->last_help == NEVER ? 0.0 : pow(p->support_persistence, since);
    double factor = s->level == s->entry_level ? s->factor : 1.0;
    return p->dropout_hazard[s->level] / p->teaching_weeks * exp(p->dropout_burden * burden) *
           a->m.safe * exp(-a->m.connection * left) * a->m.practice * factor;
}

static void teaching_week(school *a, student *s, double burden)
{
    const mbo_params *p = a->p;
    double intensity = (p->absence_base[s->level] + p->absence_burden * burden) * a->m.positive;
    double attended = exp(-intensity);
    int taught = a->week_of_year + 1, teaching_weeks = (int)p->teaching_weeks;
    row(a, s)[OUT_teaching_enrolled_weeks] += 1.0;
    row(a, s)[OUT_absence_weeks] += 1.0 - attended;
    row(a, s)[OUT_burden_weeks] += burden;
    s->progress += fmin(1.0, attended / p->attendance_required);
    s->hazard += dropout_hazard(a, s, burden);
    if (s->hazard >= s->threshold) {
        row(a, s)[OUT_dropout] += 1.0;
        leave(a, s, burden);
    } else if ((taught == teaching_weeks / 2 || taught == teaching_weeks) &&
               s->progress >= p->nominal_years[s->level] * p->teaching_weeks) {
        graduate(a, s, burden);
    }
}

static void live(school *a, student *s)
{
    double burden = 0.0;
    bool unmet = false;
    oracle_drop_resolved(s);
    for (int k = 0; k < s->n_cases; k++) {
        const need *c = &s->cases[k];
        bool in_care = c->state == WITH_TEAM || c->state == IN_CARE_OUTSIDE;
        burden += a->p->burden[c->severity] * (in_care ? 1.0 - a->p->treatment_relief : 1.0);
        unmet = unmet || !in_care;
    }
    row(a, s)[OUT_enrolled_weeks] += 1.0;
    row(a, s)[OUT_unmet_weeks] += unmet;
    if (a->teaching)
        teaching_week(a, s, burden);
}

/* --- weeks ----------------------------------------------------------------------------------- */

static void one_week(school *a)
{
    if (a->week_of_year == 0)
        start_of_year(a);
    note_waits(a);
    for (int i = 0; i < a->n_students; i++)
        if (a->students[i].enrolled)
            oracle_cases(a, &a->students[i]);
    if (a->teaching && a->p->hours_per_100 > 0.0)
        team(a);
    for (int i = 0; i < a->n_students; i++)
        if (a->students[i].enrolled)
            live(a, &a->students[i]);
}

void oracle_run(const mbo_params *status_quo, const mbo_params *strategy, int continues,
                unsigned long seed, double *out)
{
    mbo_params now = *status_quo;
    school a = {.p = status_quo, .out = out, .n_students = (int)status_quo->students};
    int decision = (int)status_quo->warmup_years;
    int end = decision + (int)status_quo->window_years + (int)status_quo->runout_years;
    a.students = calloc((size_t)a.n_students, sizeof *a.students);
    a.random = gsl_rng_alloc(gsl_rng_mt19937);
    if (!a.students || !a.random)
        abort();
    gsl_rng_set(a.random, seed);
    oracle_domains_set(&a.domains, status_quo->domain_share, status_quo->domain_correlation);
    for (a.year = 0; a.year < end; a.year++) {
        now = a.year < decision ? *status_quo : *strategy;
        int after = a.year - decision;
        if (after >= 0)
            now.hours_per_100 *= now.hours_by_year[after < 7 ? after : 7];
        a.p = &now;
        a.m =
            mechanisms_of(a.p, a.year < decision || continues ? a.year + 1 : a.year - decision + 1);
        for (a.week_of_year = 0; a.week_of_year < WEEKS; a.week_of_year++) {
            a.week = a.year * WEEKS + a.week_of_year;
            a.teaching = a.week_of_year < (int)a.p->teaching_weeks;
            one_week(&a);
        }
    }
    a.year = end - 1;
    for (int i = 0; i < a.n_students; i++)
        if (a.students[i].enrolled)
            row(&a, &a.students[i])[OUT_still_enrolled] += 1.0;
    gsl_rng_free(a.random);
    free(a.students);
}
