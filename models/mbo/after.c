/* The chain after leaving, and what its states cost. */
#include "models/mbo/after.h"

#include "models/mbo/course.h"

#include <math.h>
#include <string.h>

/* State numbers: kind * 3 + status, then education. */
enum { WORK, BENEFIT, NEITHER, N_STATUS, EDUCATION = MBO_LEAVERS * N_STATUS, N_STATES };

static void status_shares(double work, double benefit, double share[N_STATUS])
{
    share[WORK] = work;
    share[BENEFIT] = fmin(benefit, 1.0 - work);
    share[NEITHER] = 1.0 - work - share[BENEFIT];
}

/* Learning in a realistic context (mechanism 6) raises the odds of work. */
static double work_share(const mbo_params *p, double share)
{
    double strength = p->effect[MBO_REALISTIC_CONTEXT] * p->fidelity[MBO_REALISTIC_CONTEXT];
    return mbo_shift_log_odds(share, strength * p->practice_share);
}

static void long_run(const mbo_params *p, int kind, double share[N_STATUS])
{
    status_shares(work_share(p, p->work_stock[kind]), p->benefit_stock[kind], share);
}

/* The first year: at work or not as counted directly after leaving, nobody on a benefit yet beyond
 * the long-run share of those without work. */
static void first_year(const mbo_params *p, int kind, double state[N_STATES])
{
    double share[N_STATUS], direct[N_STATUS];
    double back = kind == MBO_UNQUALIFIED ? p->return_first_year : 0.0;
    long_run(p, kind, share);
    double idle = share[BENEFIT] + share[NEITHER];
    double on_benefit = idle > 0.0 ? share[BENEFIT] / idle : 0.0;
    double work = work_share(p, p->work_direct[kind]);
    status_shares(work, (1.0 - work) * on_benefit, direct);
    memset(state, 0, N_STATES * sizeof *state);
    for (int s = 0; s < N_STATUS; s++)
        state[kind * N_STATUS + s] = (1.0 - back) * direct[s];
    state[EDUCATION] = back;
}

static void next_year(const mbo_params *p, const double from[N_STATES], double to[N_STATES])
{
    double share[N_STATUS];
    memset(to, 0, N_STATES * sizeof *to);
    for (int kind = 0; kind < MBO_LEAVERS; kind++) {
        double total = 0.0;
        double stays = kind == MBO_UNQUALIFIED ? 1.0 - p->return_later : 1.0;
        long_run(p, kind, share);
        for (int s = 0; s < N_STATUS; s++)
            total += from[kind * N_STATUS + s];
        for (int s = 0; s < N_STATUS; s++)
            to[kind * N_STATUS + s] += stays * (p->status_persistence * from[kind * N_STATUS + s] +
                                                (1.0 - p->status_persistence) * total * share[s]);
        to[EDUCATION] += (1.0 - stays) * total;
    }
    double qualifies = p->qualify_again;
    double leaves = fmin(p->leave_again, 1.0 - qualifies);
    to[EDUCATION] += (1.0 - qualifies - leaves) * from[EDUCATION];
    for (int kind = 0; kind < MBO_LEAVERS; kind++) {
        double come = from[EDUCATION] * (kind == MBO_QUALIFIED ? qualifies : leaves);
        long_run(p, kind, share);
        for (int s = 0; s < N_STATUS; s++)
            to[kind * N_STATUS + s] += come * share[s];
    }
}

static mbo_after_state to_state(const double state[N_STATES])
{
    mbo_after_state out = {.education = state[EDUCATION]};
    for (int kind = 0; kind < MBO_LEAVERS; kind++) {
        out.work[kind] = state[kind * N_STATUS + WORK];
        out.benefit[kind] = state[kind * N_STATUS + BENEFIT];
        out.neither[kind] = state[kind * N_STATUS + NEITHER];
    }
    return out;
}

mbo_after_state mbo_after_state_in(const mbo_params *p, int leaver, size_t year)
{
    double state[N_STATES], next[N_STATES];
    first_year(p, leaver, state);
    for (size_t y = 0; y < year; y++) {
        next_year(p, state, next);
        memcpy(state, next, sizeof state);
    }
    return to_state(state);
}

static double benefit_factor(const mbo_params *p, size_t year)
{
    return (double)year < p->youth_benefit_years ? p->youth_benefit_factor : 1.0;
}

double mbo_after_benefit(const mbo_params *p, size_t year)
{
    return p->price_benefit_year * benefit_factor(p, year);
}

/* What a year in these states costs, raw; production is earned, not lost. */
static mbo_after_year price(const mbo_params *p, const mbo_after_state *state, size_t year)
{
    double benefit = state->benefit[MBO_UNQUALIFIED] + state->benefit[MBO_QUALIFIED];
    double paid = benefit * p->price_benefit_year * benefit_factor(p, year);
    return (mbo_after_year){.work = state->work[MBO_UNQUALIFIED] + state->work[MBO_QUALIFIED],
                            .benefit = benefit,
                            .bijstand = paid * p->bijstand_share,
                            .other_benefit = paid * (1.0 - p->bijstand_share),
                            .execution = benefit * p->price_benefit_execution};
}

static double towards(double qualified, double unqualified, double share)
{
    return qualified + share * (unqualified - qualified);
}

/* The expected square of the sum of benefits and execution (or of execution only) over n years,
 * raw: backwards over the years, of what is still to come from each state the mean and the square.
 */
static double raw_square(const mbo_params *p, int leaver, size_t n, double benefit_share)
{
    double start[N_STATES], mean[N_STATES] = {0}, square[N_STATES] = {0}, sum = 0.0;
    for (size_t y = n; y-- > 0;) {
        double amount = benefit_share * mbo_after_benefit(p, y) + p->price_benefit_execution;
        double mean_now[N_STATES], square_now[N_STATES];
        for (int s = 0; s < N_STATES; s++) {
            double from[N_STATES] = {0}, to[N_STATES], m = 0.0, q = 0.0;
            double now = s != EDUCATION && s % N_STATUS == BENEFIT ? amount : 0.0;
            from[s] = 1.0;
            next_year(p, from, to);
            for (int k = 0; k < N_STATES; k++) {
                m += to[k] * mean[k];
                q += to[k] * square[k];
            }
            mean_now[s] = now + m;
            square_now[s] = now * now + 2.0 * now * m + q;
        }
        memcpy(mean, mean_now, sizeof mean);
        memcpy(square, square_now, sizeof square);
    }
    first_year(p, leaver, start);
    for (int s = 0; s < N_STATES; s++)
        sum += start[s] * square[s];
    return sum;
}

/* Crime and care: a rate of the qualified, times a ratio for the unqualified of which the causal
 * share counts on the logarithm. */
static void add_rates(const mbo_params *p, int leaver, size_t year, mbo_after_year *out)
{
    int unqualified = leaver == MBO_UNQUALIFIED;
    double crime = p->crime_rate * (unqualified ? pow(p->crime_ratio, p->causal_share) : 1.0);
    double care = p->care_rate * (unqualified ? pow(p->care_ratio, p->causal_share) : 1.0);
    double cost = (double)year < p->crime_years ? fmin(crime, 1.0) * p->price_crime : 0.0;
    out->crime_justice = cost * p->crime_justice_share;
    out->crime_society = cost * (1.0 - p->crime_justice_share);
    out->care = fmin(care, 1.0) * p->price_specialist_adult;
}

/* At work of a qualified leaver who did not learn in practice: what production is lost against. */
static double usual_work(const mbo_params *p, size_t year)
{
    mbo_params usual = *p;
    usual.practice_share = 0.0;
    return mbo_after_state_in(&usual, MBO_QUALIFIED, year).work[MBO_QUALIFIED];
}

double mbo_after_square(const mbo_params *p, int leaver, size_t n)
{
    double square[MBO_LEAVERS];
    for (int kind = 0; kind < MBO_LEAVERS; kind++)
        square[kind] = p->bijstand_share * raw_square(p, kind, n, 1.0) +
                       (1.0 - p->bijstand_share) * raw_square(p, kind, n, 0.0);
    return towards(square[MBO_QUALIFIED], square[leaver],
                   leaver == MBO_UNQUALIFIED ? p->causal_share : 0.0);
}

void mbo_after_fill(const mbo_params *p, int leaver, size_t n, mbo_after_year *years)
{
    double share = leaver == MBO_UNQUALIFIED ? p->causal_share : 0.0;
    for (size_t y = 0; y < n; y++) {
        mbo_after_state u = mbo_after_state_in(p, MBO_UNQUALIFIED, y);
        mbo_after_state q = mbo_after_state_in(p, MBO_QUALIFIED, y);
        mbo_after_year raw = price(p, &u, y), with = price(p, &q, y);
        double at_work = towards(with.work, raw.work, share);
        years[y] =
            (mbo_after_year){.work = at_work,
                             .benefit = towards(with.benefit, raw.benefit, share),
                             .bijstand = towards(with.bijstand, raw.bijstand, share),
                             .other_benefit = towards(with.other_benefit, raw.other_benefit, share),
                             .execution = towards(with.execution, raw.execution, share)};
        /* fewer at work at a qualified wage, and those at work without qualification earn less */
        double wage = p->starter_wage * (1.0 + p->wage_premium);
        years[y].lost_production = wage * (usual_work(p, y) - at_work);
        if (leaver == MBO_UNQUALIFIED && raw.work > 0.0)
            years[y].lost_production +=
                p->starter_wage * p->wage_premium * (u.work[MBO_UNQUALIFIED] / raw.work) * at_work;
        add_rates(p, leaver, y, &years[y]);
    }
}
