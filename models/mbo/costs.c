/* Costs and who pays the service. Care is paid by the home municipality under 18 (Jeugdwet) and by
 * the health insurer from 18 (Zvw), by the age at which the care starts. */
#include "models/mbo/costs.h"

double mbo_team_hour_price(const mbo_params *p)
{
    double price = 0.0;
    for (int role = 0; role < MBO_TEAM_ROLES; role++)
        price += p->staff_share[role] * p->price_hour[role];
    return price * (1.0 + p->team_overhead);
}

static void set_costs(const mbo_params *p, double team_per_student, double *row)
{
    double team = row[OUT_students] * team_per_student;
    row[OUT_cost_team_school] = team * p->team_funding[MBO_SCHOOL];
    row[OUT_cost_team_municipality] = team * p->team_funding[MBO_MUNICIPALITY];
    row[OUT_cost_team_insurer] = team * p->team_funding[MBO_INSURER];
    row[OUT_cost_mentor] = row[OUT_mentor_hours] * p->price_hour[MBO_TEACHER];
    row[OUT_cost_light_municipality] = row[OUT_light_episodes_minor] * p->price_external_light;
    row[OUT_cost_light_insurer] = row[OUT_light_episodes_adult] * p->price_external_light;
    row[OUT_cost_specialist_municipality] =
        row[OUT_specialist_episodes_minor] * p->price_specialist_minor;
    row[OUT_cost_specialist_insurer] =
        row[OUT_specialist_episodes_adult] * p->price_specialist_adult;
}

void mbo_costs(const mbo_params *p, size_t n_periods, double *out)
{
    double per_student = p->hours_per_100 / 100.0 * p->teaching_weeks * mbo_team_hour_price(p);
    for (size_t period = 0; period < n_periods; period++)
        set_costs(p, per_student, out + period * MBO_N_OUTCOMES);
}
