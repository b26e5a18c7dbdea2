/* One student's 18th birthday is moved week by week through a trajectory of external care, in the
 * model itself: the life is told, stays the same but for the age, and who pays which week follows
 * by hand arithmetic. */
#include "models/mbo/costs.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "tests/model/reference.h"
#include "tests/support/support.h"

#include <string.h>

enum { YEARS = 3, PERIODS = YEARS + 1, WEEKS = 52, OUT_SIZE = PERIODS * MBO_N_OUTCOMES };
enum { MINOR_WEEK = 1000, ADULT_WEEK = 700 }; /* EUR of a week of care, by age */
static const uint64_t SEED = 2024;

/* What is told of the student. */
typedef struct life {
    double age; /* at entry */
    int trajectories;
    int start; /* week in which external care begins */
    int weeks; /* its length */
    int minor; /* of these, weeks before the birthday, when told of: else 0 */

} life;

static void hear(void *context, const kea_event *event)
{
    life *l = context;
    if (strstr(event->what, "enters the school"))
        l->age = event->number;
    if (strstr(event->what, "external care begins")) {
        l->trajectories++;
        l->start = event->week;
        l->weeks = (int)event->number;
    }
    if (strstr(event->what, "turns 18 in it"))
        l->minor = (int)event->number;
}

/* One place, one programme of ten years, nobody drops out, needs of one severity that neither heal
 * nor worsen and are referred outside as soon as they are seen, care of about 20 weeks that helps.
 */
static mbo_params quiet_school(int severity)
{
    mbo_params p = reference_null();
    p.students = 1;
    p.warmup_years = 0;
    p.window_years = YEARS;
    p.runout_years = 0;
    p.horizon_years = 0;
    p.frailty_variance = .01;
    p.initial_needs = 10;
    p.duration_shape = 100;
    p.mentor_share = 0;
    p.accept_external = 1;
    for (int i = 0; i < MBO_LEVELS; i++) {
        p.need_rate[i] = .05;
        p.age_sd[i] = .01;
        p.nominal_years[i] = 10;
        p.dropout_hazard[i] = 0;
    }
    for (int i = 0; i < MBO_SEVERITIES; i++) {
        p.onset_severity[i] = i == severity;
        p.recovery[i] = 0;
        p.detection[i] = 10;
        p.refer_external[i] = 1;
        p.external_wait[i] = 4;
        p.external_duration[i] = 20;
        p.external_success[i] = 1;
    }
    memset(p.escalation, 0, sizeof p.escalation);
    return p;
}

/* The life of the one student who is there from the start, and what the school's students cost. */
static life live(const mbo_params *p, uint32_t cohort, double *out)
{
    kea_error err = {0};
    void *workspace = NULL;
    life told = {0};
    memset(out, 0, OUT_SIZE * sizeof *out);
    assert_ok(mbo_model.open(&workspace, &err), err);
    mbo_model.listen(workspace, 0, hear, &told);
    assert_ok(mbo_model.begin(workspace, (kea_cohort){SEED, cohort}, (const double *)p, &err), err);
    assert_ok(mbo_model.run(workspace, (const double *)p, 0, out, &err), err);
    mbo_model.close(workspace);
    return told;
}

static void set_age(mbo_params *p, double age)
{
    for (int i = 0; i < MBO_LEVELS; i++)
        p->age_mean[i] = age;
}

/* A cohort whose student has one need, present at entry, and one trajectory in the three years. */
static uint32_t find_student(const mbo_params *p, life *told)
{
    static double out[OUT_SIZE];
    for (uint32_t cohort = 0; cohort < 200; cohort++) {
        *told = live(p, cohort, out);
        if (told->trajectories == 1 && out[OUT_needs_at_entry] == 1 && out[OUT_needs] == 0 &&
            out[MBO_N_OUTCOMES + OUT_needs] == 0 && out[2 * MBO_N_OUTCOMES + OUT_needs] == 0)
            return cohort;
    }
    fail_msg("no student with one trajectory");
    return 0;
}

/* What a payer of this category pays in all years. */
static double sum(const double *out, int outcome)
{
    double total = 0.0;
    for (size_t year = 0; year < PERIODS; year++)
        total += out[year * MBO_N_OUTCOMES + (size_t)outcome];
    return total;
}

typedef struct payers {
    int municipality, insurer; /* outcomes */
    double adult_share;        /* of care from 18 that municipalities pay */
} payers;

/* The birthday `k` weeks after care begins, for every k from well before to well after it. */
static void move_birthday(mbo_params *p, const payers *of)
{
    static double out[OUT_SIZE];
    life told;
    set_age(p, 18);
    uint32_t cohort = find_student(p, &told);
    assert_in_range(told.weeks, 12, 30);
    assert_in_range(told.start, 1, 2 * WEEKS);
    double apart = told.age - 18; /* the student's own deviation from the mean age */
    int start = told.start, weeks = told.weeks;
    p->price_specialist_minor = MINOR_WEEK * weeks;
    p->price_specialist_adult = ADULT_WEEK * weeks;
    p->price_external_light = MINOR_WEEK * weeks;
    double adult_week =
        of->municipality == OUT_cost_specialist_municipality ? ADULT_WEEK : MINOR_WEEK;
    for (int k = -3; k <= weeks + 3; k++) {
        /* a quarter of a week off, so that no rounding decides: k whole weeks begin before it */
        set_age(p, 18 - (start + k - 0.25) / WEEKS - apart);
        told = live(p, cohort, out);
        assert_int_equal(told.start, start);
        assert_int_equal(told.weeks, weeks);
        assert_near(told.age + (start + k - 0.25) / WEEKS, 18, 1e-9);
        int minor = k < 0 ? 0 : k > weeks ? weeks : k;
        assert_int_equal(told.minor, minor < weeks ? minor : 0);
        double adult = (weeks - minor) * adult_week;
        double municipality = minor * MINOR_WEEK + adult * of->adult_share;
        double insurer = adult * (1 - of->adult_share);
        assert_near(sum(out, of->municipality), municipality, 1e-6);
        assert_near(sum(out, of->insurer), insurer, 1e-6);
        /* care is paid in the school year in which it begins */
        const double *year = out + (size_t)(start / WEEKS) * MBO_N_OUTCOMES;
        assert_near(year[of->municipality] + year[of->insurer], municipality + insurer, 1e-6);
    }
}

/* Specialist care: Jeugdwet until the birthday, then the health insurer. */
static void specialist_care_changes_payer(void **state)
{
    (void)state;
    mbo_params p = quiet_school(MBO_SEVERE);
    p.youth_care_18_share = 0;
    move_birthday(&p, &(payers){OUT_cost_specialist_municipality, OUT_cost_specialist_insurer, 0});
}

/* A quarter goes on as extended youth care: the home municipality's, at the price from 18. */
static void extended_youth_care_stays(void **state)
{
    (void)state;
    mbo_params p = quiet_school(MBO_SEVERE);
    p.youth_care_18_share = .25;
    move_birthday(&p,
                  &(payers){OUT_cost_specialist_municipality, OUT_cost_specialist_insurer, .25});
}

/* Light care: a third is support under the Wmo from 18, the rest is the insurer's; one price. */
static void light_care_changes_payer(void **state)
{
    (void)state;
    mbo_params p = quiet_school(MBO_MODERATE);
    p.wmo_share = 1.0 / 3.0;
    move_birthday(&p, &(payers){OUT_cost_light_municipality, OUT_cost_light_insurer, 1.0 / 3.0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specialist_care_changes_payer),
        cmocka_unit_test(extended_youth_care_stays),
        cmocka_unit_test(light_care_changes_payer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
