#include "tests/model/reference.h"

#include <string.h>

static const mbo_params null_school = {
    .students = 7700,
    .warmup_years = 8,
    .window_years = 5,
    .runout_years = 8,
    .teaching_weeks = 40,
    .hours_by_year = {1, 1, 1, 1, 1, 1, 1, 1},
    .intake_share = {.072, .232, .216, .480},
    .inflow_share = {.2, .2, .2, .2, .2},
    .inflow_hazard_ratio = {1, 1, 1, 1, 1},
    .adult_hazard_ratio = {1, 1, 1, 1},
    .age_mean = {18.8, 18, 17.9, 17.9},
    .age_sd = {2.2, 1.8, 1.8, 1.8},
    .frailty_variance = 1,
    .initial_needs = .4,
    .need_rate = {2.0, .82, .39, .32},
    .prior_qualification = {0, 0, 0, .15},
    .entree_diploma_work = .64,
    .nominal_years = {1, 2, 3, 3.5},
    .progression = {.60, .40, .35, 0},
    .dropout_hazard = {.180, .081, .062, .057},
    .dropout_burden = .8,
    .absence_base = {.20, .15, .11, .09},
    .absence_burden = .15,
    .attendance_required = .80,
    .onset_severity = {.70, .24, .06},
    .recovery = {.06, .02, .006},
    .escalation = {.012, .006},
    .burden = {.25, .6, 1.2},
    .treatment_relief = .4,
    .domain_share = {.50, .36, .35, .25, .22, .15, .15, .15, .12, .08, .03},
    .domain_correlation = .2,
    .detection = {.020, .020, .025},
    .refusal_detection = .3,
    .mentor_share = .5,
    .mentor_share_team = .25,
    .mentor_success = .4,
    .mentor_hours = 1,
    .accept_team = .85,
    .refer_external = {0, .6, .4},
    .accept_external = .35,
    .external_wait = {6, 10, 14},
    .external_duration = {8, 16, 26},
    .external_success = {.7, .65, .6},
    .duration_shape = 2,
    .effort = {1.9, 5.5, 16},
    .case_hours_per_week = 1.5,
    .light_share = .25,
    .overflow_weeks = 8,
    .team_success = {.85, .75, .6},
    .team_referral = {0, .03, .08},
    .presence_half = .01,
    .coordination_half = .002,
    .detection_boost = 1.9,
    .effect = {.05, .25, .10, 1.0, .05, .15, 1.0, .8},
    .support_persistence = .7,
    .ramp_start = .6,
    .price_hour = {65, 78, 100, 62},
    .team_overhead = .11,
    .price_external_light = 900,
    .price_specialist_minor = 5500,
    .price_specialist_adult = 5600,
    .staff_share = {1},
    .team_funding = {1},
    .team_residual = {1},
    .home_share = {.3, .4, .3},
    .residential_share = .06,
    .price_residential = 55000,
    .veilig_thuis_share = .05,
    .price_veilig_thuis = 1600,
    .price_absence_week = 15,
    .price_student_year = 10300,
    .wmo_share = .3,
    .youth_care_18_share = .1,
    .horizon_years = 10,
    .causal_share = .45,
    .return_first_year = .22,
    .return_later = .0878,
    .qualify_again = .25,
    .leave_again = .35,
    .status_persistence = .8,
    .work_direct = {.64, .86},
    .work_stock = {.61, .895},
    .benefit_stock = {.225, .065},
    .bijstand_share = .55,
    .price_benefit_year = 17600,
    .price_benefit_execution = 3600,
    .youth_benefit_factor = .3,
    .youth_benefit_years = 2,
    .starter_wage = 20100,
    .wage_premium = .1,
    .crime_rate = .02,
    .crime_ratio = 4,
    .crime_years = 7,
    .price_crime = 15000,
    .crime_justice_share = .35,
    .care_rate = .065,
    .care_ratio = 1.5,
    .price_burden_year = 600,
    .burden_fade = .6};

mbo_params reference_null(void)
{
    return null_school;
}

mbo_params reference_saw(void)
{
    mbo_params p = reference_null();
    p.hours_per_100 = 5.2;
    p.casework_share = .60;
    p.presence_share = .22;
    memcpy(p.team_handles, (double[]){1, 1, 1}, sizeof p.team_handles);
    memcpy(p.fidelity, (double[]){.7, .9, .9, .9, .7, 0, .9, .8}, sizeof p.fidelity);
    memcpy(p.team_funding, (double[]){.4, .35, .25, 0}, sizeof p.team_funding);
    return p;
}

mbo_params reference_deltion_null(void)
{
    mbo_params p = reference_null();
    p.students = 2545;
    memcpy(p.intake_share, (double[]){.28, .72, 0, 0}, sizeof p.intake_share);
    p.progression[1] = 0;
    return p;
}

mbo_params reference_deltion(void)
{
    mbo_params p = reference_deltion_null();
    p.hours_per_100 = 4.95;
    p.casework_share = .60;
    p.presence_share = .20;
    memcpy(p.team_handles, (double[]){1, 1, .9}, sizeof p.team_handles);
    memcpy(p.fidelity, (double[]){.6, .9, .8, .8, .7, 0, .8, .7}, sizeof p.fidelity);
    return p;
}
