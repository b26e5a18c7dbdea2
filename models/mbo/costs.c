/* Costs and who pays. Care is paid by the home municipality under 18 (Jeugdwet); from 18 by the
 * health insurer (Zvw), the home municipality (Wmo) or, as extended youth care, still by the
 * Jeugdwet. */
#include "models/mbo/costs.h"

#include "models/mbo/after.h"
#include "models/mbo/funding.h"

#include <math.h>

static const double WEEKS = 52.0;

double mbo_team_hour_price(const mbo_params *p)
{
    double price = 0.0;
    for (int role = 0; role < MBO_ROLES; role++)
        price += p->staff_share[role] * p->price_hour[role];
    return price * (1.0 + p->team_overhead);
}

/* Whether the team has the hours that money buys. */
static bool is_bought(const mbo_params *p)
{
    return p->hours_budget > 0.0 && p->hours_per_100 > 0.0 && mbo_team_hour_price(p) > 0.0;
}

double mbo_team_hours(const mbo_params *p)
{
    if (!is_bought(p))
        return p->hours_per_100;
    double for_hours = fmax(p->hours_budget - p->team_extra_cost, 0.0);
    return for_hours / (p->teaching_weeks * mbo_team_hour_price(p)) * 100.0;
}

double mbo_team_student_price(const mbo_params *p)
{
    if (is_bought(p)) /* to the last bit what was given */
        return p->hours_budget > p->team_extra_cost ? p->hours_budget : 0.0;
    return p->hours_per_100 / 100.0 * p->teaching_weeks * mbo_team_hour_price(p) +
           p->team_extra_cost;
}

static void set_care(const mbo_params *p, double *row)
{
    double light_adult = row[OUT_light_episodes_adult] * p->price_external_light;
    double specialist_adult = row[OUT_specialist_episodes_adult] * p->price_specialist_adult;
    double stay = p->residential_share * p->price_residential;
    row[OUT_cost_light_municipality] =
        row[OUT_light_episodes_minor] * p->price_external_light + light_adult * p->wmo_share;
    row[OUT_cost_light_insurer] = light_adult * (1.0 - p->wmo_share);
    row[OUT_cost_specialist_municipality] =
        row[OUT_specialist_episodes_minor] * p->price_specialist_minor +
        specialist_adult * p->youth_care_18_share;
    row[OUT_cost_specialist_insurer] = specialist_adult * (1.0 - p->youth_care_18_share);
    row[OUT_cost_residential_municipality] =
        (row[OUT_specialist_episodes_minor] +
         row[OUT_specialist_episodes_adult] * p->youth_care_18_share) *
        stay;
    row[OUT_cost_residential_insurer] =
        row[OUT_specialist_episodes_adult] * (1.0 - p->youth_care_18_share) * stay;
    row[OUT_cost_veilig_thuis] =
        row[OUT_severe_detected] * p->veilig_thuis_share * p->price_veilig_thuis;
}

static void set_school(const mbo_params *p, double *row)
{
    row[OUT_cost_mentor] = row[OUT_mentor_hours] * p->price_hour[MBO_TEACHER];
    row[OUT_cost_absence] = row[OUT_absence_weeks] * p->price_absence_week;
    row[OUT_cost_study_time] = row[OUT_enrolled_weeks] / WEEKS * p->price_student_year;
}

/* Adds what `n` leavers of a kind bring in one year after leaving. */
static void add_after(const mbo_after_year *year, double n, double *row)
{
    row[OUT_work_years] += n * year->work;
    row[OUT_benefit_years] += n * year->benefit;
    row[OUT_cost_benefit_municipality] += n * year->bijstand;
    row[OUT_cost_benefit_state] += n * year->other_benefit;
    row[OUT_cost_benefit_execution] += n * year->execution;
    row[OUT_cost_production] += n * year->lost_production;
    row[OUT_cost_crime_justice] += n * year->crime_justice;
    row[OUT_cost_crime_society] += n * year->crime_society;
    row[OUT_cost_care_after] += n * year->care;
}

/* Municipal costs by the law under which they are paid, and what their scatter follows from: of
 * cases that come by chance, each with its amount, the variance of the sum is the sum of the
 * squared amounts. A specialist trajectory comes with a stay or without. */
static void set_care_laws(const mbo_params *p, int zone, double *row)
{
    double wmo_light = row[OUT_light_episodes_adult] * p->wmo_share;
    double reports = row[OUT_severe_detected] * p->veilig_thuis_share;
    double trajectory[2] = {p->price_specialist_minor, p->price_specialist_adult};
    double cases[2] = {row[OUT_specialist_episodes_minor],
                       row[OUT_specialist_episodes_adult] * p->youth_care_18_share};
    row[OUT_jeugdwet_host + zone] = row[OUT_light_episodes_minor] * p->price_external_light +
                                    row[OUT_cost_specialist_municipality] +
                                    row[OUT_cost_residential_municipality];
    row[OUT_wmo_host + zone] = wmo_light * p->price_external_light + row[OUT_cost_veilig_thuis];
    row[OUT_scatter_jeugdwet] =
        row[OUT_light_episodes_minor] * p->price_external_light * p->price_external_light;
    for (int k = 0; k < 2; k++) {
        double with_stay = trajectory[k] + p->price_residential;
        row[OUT_scatter_jeugdwet] +=
            cases[k] * ((1.0 - p->residential_share) * trajectory[k] * trajectory[k] +
                        p->residential_share * with_stay * with_stay);
    }
    row[OUT_scatter_wmo] = wmo_light * p->price_external_light * p->price_external_light +
                           reports * p->price_veilig_thuis * p->price_veilig_thuis;
}

/* What is the same for every leaver and every zone. */
typedef struct common {
    mbo_after_year after[MBO_LEAVERS][MBO_MAX_HORIZON]; /* years after leaving, by qualification */
    mbo_after_state last[MBO_LEAVERS];                  /* in the last year of the horizon, raw */
    double square[MBO_LEAVERS];    /* expected square of what municipalities pay for a leaver */
    int municipal[MBO_N_OUTCOMES]; /* costs that municipalities pay */
    int n_municipal;
} common;

static void set_common(const mbo_params *p, common *of)
{
    size_t horizon = (size_t)p->horizon_years;
    for (int kind = 0; kind < MBO_LEAVERS; kind++) {
        mbo_after_fill(p, kind, horizon, of->after[kind]);
        if (horizon > 0)
            of->last[kind] = mbo_after_state_in(p, kind, horizon - 1);
    }
    for (int kind = 0; kind < MBO_LEAVERS; kind++)
        of->square[kind] = mbo_after_square(p, kind, horizon);
    of->n_municipal = 0;
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        if (mbo_is_municipal(k))
            of->municipal[of->n_municipal++] = k;
}

/* Where leavers of a year stand in the last year of the horizon: what registers can count. */
static void set_later(const common *of, double *row)
{
    const mbo_after_state *u = &of->last[MBO_UNQUALIFIED], *q = &of->last[MBO_QUALIFIED];
    double qualified =
        u->work[MBO_QUALIFIED] + u->benefit[MBO_QUALIFIED] + u->neither[MBO_QUALIFIED];
    row[OUT_later_qualified] = row[OUT_left_unqualified] * qualified;
    row[OUT_later_benefit_unqualified] =
        row[OUT_left_unqualified] * (u->benefit[MBO_UNQUALIFIED] + u->benefit[MBO_QUALIFIED]);
    row[OUT_later_benefit_qualified] = row[OUT_left_qualified] * q->benefit[MBO_QUALIFIED];
}

/* The horizon begins the school year after leaving. */
static void set_after(const mbo_params *p, const common *of, size_t n_school_years, double *out)
{
    size_t horizon = (size_t)p->horizon_years;
    for (size_t left = 0; left < n_school_years; left++) {
        double *from = out + left * MBO_N_OUTCOMES;
        if (horizon > 0)
            set_later(of, from);
        from[OUT_scatter_participatiewet] =
            from[OUT_left_unqualified] * of->square[MBO_UNQUALIFIED] +
            from[OUT_left_qualified] * of->square[MBO_QUALIFIED];
        double burden = from[OUT_exit_burden] * p->price_burden_year;
        for (size_t y = 0; y < horizon; y++, burden *= p->burden_fade) {
            double *row = out + (left + 1 + y) * MBO_N_OUTCOMES;
            add_after(&of->after[MBO_UNQUALIFIED][y], from[OUT_left_unqualified], row);
            add_after(&of->after[MBO_QUALIFIED][y], from[OUT_left_qualified], row);
            row[OUT_cost_care_after] += burden;
        }
    }
}

static double team_start(const mbo_params *p, int year, bool starts)
{
    bool is_new = starts && year == 0 && mbo_team_hours(p) > 0.0;
    return is_new ? p->students * p->team_start_cost : 0.0;
}

/* Who pays the team, and from where municipalities pay: contributions by home of the students, of
 * the rest team_host_share by the school's own municipality and what is left by home again. */
void mbo_team_costs(const mbo_params *p, int year, bool starts, const double *counts, double *row)
{
    double students = counts[OUT_students], start = team_start(p, year, starts);
    double cost = students * mbo_team_student_price(p) * mbo_hours_factor(p, year) + start;
    kea_paid paid = mbo_fund_team(p, cost, students);
    row[OUT_cost_team_start] += start;
    row[OUT_cost_team_levy] += paid.levy;
    row[OUT_cost_team_school] += paid.payer[MBO_SCHOOL];
    row[OUT_cost_team_municipality] += paid.payer[MBO_MUNICIPALITY];
    row[OUT_cost_team_insurer] += paid.payer[MBO_INSURER];
    row[OUT_cost_team_ministry] += paid.payer[MBO_MINISTRY];
    double host = (paid.payer[MBO_MUNICIPALITY] - paid.levy) * p->team_host_share;
    double by_home = paid.payer[MBO_MUNICIPALITY] - host;
    row[OUT_municipal_host] += host;
    for (int zone = 0; zone < MBO_ZONES && students > 0.0; zone++)
        row[OUT_municipal_host + zone] += by_home * (counts[OUT_home_host + zone] / students);
}

double mbo_team_casework_part(const mbo_params *p, int year, bool starts, const double *counts)
{
    double on_hours = p->casework_share + p->presence_share, start = team_start(p, year, starts);
    double factor = counts[OUT_students] * mbo_hours_factor(p, year);
    double cost = factor * mbo_team_student_price(p) + start;
    if (!(on_hours > 0.0) || !(cost > 0.0))
        return 0.0;
    return p->casework_share / on_hours * ((cost - factor * p->team_extra_cost) / cost);
}

/* The costs of the students of one cell, who live in a home zone, but for the team. */
static void set_cell(const mbo_params *p, const common *of, size_t n_school_years, int zone,
                     double *table)
{
    size_t n_periods = mbo_n_periods(p, n_school_years);
    for (size_t year = 0; year < n_school_years; year++) {
        double *row = table + year * MBO_N_OUTCOMES;
        set_care(p, row);
        set_care_laws(p, zone, row);
        set_school(p, row);
        row[OUT_home_host + zone] = row[OUT_students];
    }
    set_after(p, of, n_school_years, table);
    for (size_t period = 0; period < n_periods; period++) {
        double *row = table + period * MBO_N_OUTCOMES;
        double sum = 0.0;
        for (int i = 0; i < of->n_municipal; i++)
            sum += row[of->municipal[i]];
        row[OUT_municipal_host + zone] = sum;
        row[OUT_participatiewet_host + zone] =
            row[OUT_cost_benefit_municipality] + row[OUT_cost_benefit_execution];
    }
}

size_t mbo_n_periods(const mbo_params *p, size_t n_school_years)
{
    return n_school_years + (size_t)p->horizon_years + 1;
}

void mbo_costs(const mbo_params *p, size_t n_school_years, bool starts, size_t n_cells,
               double *cells, double *out)
{
    size_t size = mbo_n_periods(p, n_school_years) * MBO_N_OUTCOMES;
    common of;
    set_common(p, &of);
    for (size_t cell = 0; cell < n_cells; cell++) {
        double *table = cells + cell * size;
        set_cell(p, &of, n_school_years, (int)(cell % MBO_ZONES), table);
        for (size_t i = 0; i < size; i++)
            out[i] += table[i];
    }
    for (size_t year = 0; year < n_school_years; year++) {
        double *row = out + year * MBO_N_OUTCOMES;
        mbo_team_costs(p, (int)year, starts, row, row);
    }
}
