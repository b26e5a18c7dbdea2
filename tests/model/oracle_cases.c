/* Part (c) of a week: new cases, natural course, detection and routing, external care. */
#include "tests/model/oracle_school.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void oracle_new_case(school *a, student *s, mbo_outcome counted_as)
{
    if (s->n_cases == MAX_CASES) {
        (void)fprintf(stderr, "oracle: more than %d open cases\n", MAX_CASES);
        abort();
    }
    need *c = &s->cases[s->n_cases++];
    *c = (need){.state = UNDETECTED, .severity = pick(a, a->p->onset_severity, MBO_SEVERITIES)};
    row(a, s)[counted_as] += 1.0;
    int touched[MBO_DOMAINS], n = 0;
    oracle_domains_draw(&a->domains, a->random, touched);
    for (int d = 0; d < MBO_DOMAINS; d++) {
        row(a, s)[OUT_domain_mental_health + d] += touched[d];
        n += touched[d];
    }
    if (n >= 3)
        row(a, s)[OUT_domain_three_or_more] += 1.0;
}

static void natural_course(school *a, const student *s, need *c)
{
    if (c->state != UNDETECTED && c->state != QUEUED && c->state != WAITING_OUTSIDE)
        return;
    double r = a->p->recovery[c->severity];
    double e = c->severity < SEVERE ? a->p->escalation[c->severity] : 0.0;
    if (r + e == 0.0 || !chance(a, 1.0 - exp(-(r + e))))
        return;
    if (chance(a, r / (r + e))) {
        c->state = RESOLVED;
    } else {
        c->severity++;
        row(a, s)[OUT_escalations] += 1.0;
    }
}

void oracle_wait_outside(school *a, need *c)
{
    double mean = a->p->external_wait[c->severity] * a->m.external_wait;
    c->state = WAITING_OUTSIDE;
    c->weeks_to_go = (int)ceil(gamma_with_mean(a, mean, a->p->duration_shape));
}

void oracle_count_referral(school *a, const student *s, const need *c)
{
    bool minor = age_now(a, s) < 18.0;
    double *r = row(a, s);
    if (c->severity == SEVERE) {
        r[OUT_external_specialist] += 1.0;
        r[minor ? OUT_external_specialist_minor : OUT_external_specialist_adult] += 1.0;
    } else {
        r[OUT_external_light] += 1.0;
        r[minor ? OUT_external_light_minor : OUT_external_light_adult] += 1.0;
    }
}

/* Step 3 of routing. */
static void refer_outside(school *a, const student *s, need *c)
{
    if (!chance(a, a->p->refer_external[c->severity]))
        return;
    oracle_count_referral(a, s, c);
    if (chance(a, a->m.accept_external))
        oracle_wait_outside(a, c);
    else
        c->refused = true;
}

static void detect(school *a, const student *s, need *c)
{
    const mbo_params *p = a->p;
    bool has_team = p->hours_per_100 > 0.0;
    double hazard = p->detection[c->severity] * a->m.boost;
    if (c->refused)
        hazard *= p->refusal_detection;
    if (c->state != UNDETECTED || !chance(a, 1.0 - exp(-hazard)))
        return;
    row(a, s)[OUT_detected] += 1.0;
    row(a, s)[OUT_severe_detected] += c->severity == SEVERE;
    if (c->severity == LIGHT && chance(a, has_team ? p->mentor_share_team : p->mentor_share)) {
        row(a, s)[OUT_mentor_hours] += p->mentor_hours;
        if (chance(a, p->mentor_success)) {
            c->state = RESOLVED;
            return;
        }
    }
    bool for_team = has_team && chance(a, p->team_handles[c->severity]);
    if (for_team && !a->full[c->severity]) {
        if (chance(a, a->m.accept_team)) {
            c->state = QUEUED;
            c->joined = a->week;
            c->tie = gsl_rng_uniform(a->random);
            c->hours = gamma_with_mean(a, p->effort[c->severity], p->duration_shape);
        } else {
            c->refused = true;
        }
        return;
    }
    if (for_team)
        row(a, s)[OUT_overflow] += 1.0;
    refer_outside(a, s, c);
}

static void external_step(school *a, const student *s, need *c)
{
    bool minor = age_now(a, s) < 18.0;
    if (c->state == WAITING_OUTSIDE && c->weeks_to_go == 0) {
        mbo_outcome specialist =
            minor ? OUT_specialist_episodes_minor : OUT_specialist_episodes_adult;
        mbo_outcome light = minor ? OUT_light_episodes_minor : OUT_light_episodes_adult;
        row(a, s)[c->severity == SEVERE ? specialist : light] += 1.0;
        c->state = IN_CARE_OUTSIDE;
        c->weeks_to_go = (int)ceil(
            gamma_with_mean(a, a->p->external_duration[c->severity], a->p->duration_shape));
    } else if (c->state == IN_CARE_OUTSIDE && c->weeks_to_go == 0) {
        c->state = chance(a, a->p->external_success[c->severity]) ? RESOLVED : UNDETECTED;
    }
}

void oracle_drop_resolved(student *s)
{
    int kept = 0;
    for (int k = 0; k < s->n_cases; k++)
        if (s->cases[k].state != RESOLVED)
            s->cases[kept++] = s->cases[k];
    s->n_cases = kept;
}

void oracle_cases(school *a, student *s)
{
    double rate = a->p->need_rate[s->level] * s->frailty * a->m.own_direction / WEEKS;
    unsigned n = gsl_ran_poisson(a->random, rate);
    while (n-- > 0)
        oracle_new_case(a, s, OUT_needs);
    for (int k = 0; k < s->n_cases; k++) {
        need *c = &s->cases[k];
        c->weeks_to_go--;
        natural_course(a, s, c);
        if (a->teaching)
            detect(a, s, c);
        external_step(a, s, c);
    }
    oracle_drop_resolved(s);
}
