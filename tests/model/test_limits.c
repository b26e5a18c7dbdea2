/* Limiting cases with known answers, the exact ones to the last bit. */
#include "tests/support/support.h"

#include "models/mbo/costs.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "sim/core/moments.h"
#include "tests/model/reference.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PERIODS = 24, OUT_SIZE = MAX_PERIODS * MBO_N_OUTCOMES };
static const uint64_t SEED = 7;

/* A small school, so that many can be run. */
static mbo_params small(mbo_params p)
{
    p.students = 900;
    p.warmup_years = 4;
    p.window_years = 3;
    p.runout_years = 4;
    return p;
}

static void run_once(const mbo_params *status_quo, const mbo_params *strategy, uint32_t number,
                     int continues, double *out)
{
    kea_error err = {0};
    void *workspace = NULL;
    memset(out, 0, OUT_SIZE * sizeof *out);
    assert_ok(mbo_model.open(&workspace, &err), err);
    assert_ok(
        mbo_model.begin(workspace, (kea_cohort){SEED, number}, (const double *)status_quo, &err),
        err);
    assert_ok(mbo_model.run(workspace, (const double *)strategy, continues, out, &err), err);
    mbo_model.close(workspace);
}

static double total(const double *out, int outcome)
{
    double sum = 0.0;
    for (size_t year = 0; year < MAX_PERIODS; year++)
        sum += out[year * MBO_N_OUTCOMES + (size_t)outcome];
    return sum;
}

static double mean_total(const mbo_params *status_quo, const mbo_params *strategy, int outcome,
                         uint32_t n)
{
    static double out[OUT_SIZE];
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        run_once(status_quo, strategy, i, 0, out);
        sum += total(out, outcome);
    }
    return sum / n;
}

static void test_no_hours_is_null(void **state)
{
    static double null_out[OUT_SIZE], other_out[OUT_SIZE];
    mbo_params null = small(reference_null());
    mbo_params empty = null;
    (void)state;
    run_once(&null, &null, 1, 0, null_out);
    run_once(&null, &empty, 1, 0, other_out);
    assert_memory_equal(null_out, other_out, sizeof null_out);
    /* fidelity acts through dose: without hours and practice it does nothing */
    mbo_params faithful = small(reference_saw());
    faithful.hours_per_100 = 0.0;
    memcpy(faithful.fidelity, (double[]){1, 1, 1, 1, 1, 1, 1, 1}, sizeof faithful.fidelity);
    run_once(&null, &faithful, 1, 0, other_out);
    assert_memory_equal(null_out, other_out, sizeof null_out);
    /* and the comparison can fail */
    faithful.hours_per_100 = 0.5;
    run_once(&null, &faithful, 1, 0, other_out);
    assert_memory_not_equal(null_out, other_out, sizeof null_out);
}

static void test_identical_models(void **state)
{
    static double one[OUT_SIZE], two[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    run_once(&null, &saw, 2, 0, one);
    run_once(&null, &saw, 2, 0, two);
    assert_memory_equal(one, two, sizeof one);
}

/* Begins a cohort in a workspace and runs the comparator and a strategy; out gets the strategy's.
 */
static void run_both(void *workspace, const mbo_params *null, const mbo_params *strategy,
                     uint32_t number, double *out)
{
    kea_error err = {0};
    assert_ok(mbo_model.begin(workspace, (kea_cohort){SEED, number}, (const double *)null, &err),
              err);
    for (int i = 0; i < 2; i++) {
        const mbo_params *p = i ? strategy : null;
        memset(out, 0, OUT_SIZE * sizeof *out);
        assert_ok(mbo_model.run(workspace, (const double *)p, 0, out, &err), err);
    }
}

/* A workspace that has served other runs gives the same bits as a fresh one. */
static void test_workspace_keeps_nothing(void **state)
{
    static double fresh[OUT_SIZE], used[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params large = reference_deltion_null();
    kea_error err = {0};
    void *workspace = NULL;
    (void)state;
    assert_ok(mbo_model.open(&workspace, &err), err);
    run_both(workspace, &null, &saw, 3, fresh);
    mbo_model.close(workspace);
    assert_ok(mbo_model.open(&workspace, &err), err);
    assert_ok(mbo_model.begin(workspace, (kea_cohort){99, 5}, (const double *)&large, &err), err);
    run_both(workspace, &null, &saw, 3, used);
    assert_memory_equal(fresh, used, sizeof fresh);
    mbo_model.close(workspace);
}

/* The same student under two strategies: against itself nothing changes; with a team that only
 * helps, fewer of those helped leave early than of the same students without it. */
static void test_paired_students(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    kea_error err = {0};
    void *workspace = NULL;
    double helped = 0.0, with = 0.0, without = 0.0;
    (void)state;
    assert_ok(mbo_model.open(&workspace, &err), err);
    for (uint32_t i = 0; i < 30; i++) {
        run_both(workspace, &saw, &saw, i, out);
        assert_true(total(out, OUT_helped) > 0.0);
        assert_true(total(out, OUT_helped_vsv) == total(out, OUT_helped_vsv_comparator));
        run_both(workspace, &null, &saw, i, out);
        helped += total(out, OUT_helped);
        with += total(out, OUT_helped_vsv);
        without += total(out, OUT_helped_vsv_comparator);
        assert_true(total(out, OUT_helped_vsv) <= total(out, OUT_vsv));
    }
    assert_true(helped > without && without > with && with > 0.0);
    mbo_model.close(workspace);
}

/* Little's law, exactly: the queue summed over weeks is what all cases waited, helped or not. Also
 * when the team is far too small, and with care outside that students come back from. */
static void test_little(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    null.runout_years = saw.runout_years = 9; /* long enough that every counted student has left */
    for (double hours = 0.5; hours < 6.0; hours += 1.7) {
        saw.hours_per_100 = hours;
        run_once(&null, &saw, 12, 0, out);
        assert_true(total(out, OUT_still_enrolled) == 0.0);
        assert_true(total(out, OUT_started) > 0.0);
        assert_true(total(out, OUT_queue_weeks) ==
                    total(out, OUT_wait_weeks) + total(out, OUT_abandoned_weeks));
    }
    saw.hours_per_100 = 0.5;
    run_once(&null, &saw, 12, 0, out);
    assert_true(total(out, OUT_abandoned) > 0.0 && total(out, OUT_queue_weeks) > 0.0);
}

/* The exact limits with inflow groups, age factors and every payer switched on. */
static void test_limits_with_groups(void **state)
{
    static double one[OUT_SIZE], two[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params *both[] = {&null, &saw};
    (void)state;
    for (int i = 0; i < 2; i++) {
        memcpy(both[i]->inflow_share, (double[]){.25, .25, .12, .18, .2}, sizeof null.inflow_share);
        memcpy(both[i]->inflow_hazard_ratio, (double[]){1.25, .95, 1.1, .9, .85},
               sizeof null.inflow_hazard_ratio);
        memcpy(both[i]->adult_hazard_ratio, (double[]){2.8, 1.2, 1.1, .9},
               sizeof null.adult_hazard_ratio);
        memcpy(both[i]->team_funding, (double[]){.3, .3, .1, .2}, sizeof null.team_funding);
        both[i]->team_levy = 15;
        both[i]->team_host_share = .5;
        memcpy(both[i]->team_grant, (double[]){0, 4000, 0, 9000}, sizeof null.team_grant);
        memcpy(both[i]->team_residual, (double[]){0, 0, 1, 0}, sizeof null.team_residual);
    }
    mbo_params idle = saw;
    idle.hours_per_100 = 0;
    run_once(&null, &null, 13, 0, one);
    run_once(&null, &idle, 13, 0, two);
    assert_memory_equal(one, two, sizeof one);
    run_once(&null, &saw, 13, 0, one);
    run_once(&null, &saw, 13, 0, two);
    assert_memory_equal(one, two, sizeof one);
    double team = total(one, OUT_cost_team_school) + total(one, OUT_cost_team_municipality) +
                  total(one, OUT_cost_team_insurer) + total(one, OUT_cost_team_ministry);
    double expected = total(one, OUT_students) * mbo_team_student_price(&saw);
    assert_near(team, expected, 1e-9 * expected);
    assert_true(total(one, OUT_cost_team_municipality) > 15 * total(one, OUT_students));
    double municipal = 0.0, zones = total(one, OUT_municipal_host) +
                                    total(one, OUT_municipal_region) +
                                    total(one, OUT_municipal_outside);
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        municipal += mbo_is_municipal(k) ? total(one, k) : 0.0;
    assert_near(zones, municipal, 1e-9 * municipal);
}

static void count_event(void *context, const kea_event *event)
{
    assert_non_null(event->what);
    ++*(int *)context;
}

/* A life that is told is the same life: not a bit of the outcomes changes. */
static void test_listening_changes_nothing(void **state)
{
    static double quiet[OUT_SIZE], told[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    kea_error err = {0};
    void *workspace = NULL;
    int events = 0;
    (void)state;
    assert_ok(mbo_model.open(&workspace, &err), err);
    run_both(workspace, &null, &saw, 11, quiet);
    mbo_model.listen(workspace, 3700, count_event, &events);
    run_both(workspace, &null, &saw, 11, told);
    assert_true(events > 2);
    assert_memory_equal(quiet, told, sizeof quiet);
    mbo_model.listen(workspace, 0, NULL, NULL);
    events = 0;
    run_both(workspace, &null, &saw, 11, told);
    assert_int_equal(events, 0);
    mbo_model.close(workspace);
}

/* No needs and no effects: everyone enrolled all year drops out with 1 - exp(-hazard). Levels with
 * a programme of three years, so that first years are whole years. */
static void test_closed_form_dropout(void **state)
{
    static double out[OUT_SIZE];
    mbo_params p = small(reference_null());
    (void)state;
    p.students = 20000;
    p.warmup_years = 0;
    p.window_years = 1;
    p.runout_years = 0;
    memset(p.need_rate, 0, sizeof p.need_rate);
    memcpy(p.intake_share, (double[]){0, 0, 0, 1}, sizeof p.intake_share);
    p.nominal_years[3] = 10; /* nobody can graduate before a year is over ... */
    p.dropout_hazard[3] = 0.3;
    double dropouts = 0.0;
    for (uint32_t i = 0; i < 20; i++) {
        run_once(&p, &p, i, 0, out);
        dropouts += total(out, OUT_dropout);
    }
    double share = dropouts / (20.0 * 20000.0);
    /* ... but a twentieth, nearly done at the start, graduates half-way and is at risk till then */
    double at_risk = 0.95 * (1.0 - exp(-0.3)) + 0.05 * (1.0 - exp(-0.15));
    double error = sqrt(at_risk * (1.0 - at_risk) / (20.0 * 20000.0));
    assert_near(share, at_risk, 4.9 * error);
}

/* Without needs nobody is helped and nobody carries a burden. */
static void test_needs_none(void **state)
{
    static double out[OUT_SIZE];
    mbo_params p = small(reference_saw()), null = small(reference_null());
    (void)state;
    memset(p.need_rate, 0, sizeof p.need_rate);
    memset(null.need_rate, 0, sizeof null.need_rate);
    run_once(&null, &p, 1, 0, out);
    assert_true(total(out, OUT_needs) == 0.0);
    assert_true(total(out, OUT_needs_at_entry) == 0.0);
    assert_true(total(out, OUT_reach) == 0.0);
    assert_true(total(out, OUT_burden_weeks) == 0.0);
    assert_true(total(out, OUT_external_specialist) == 0.0);
}

static void test_unlimited_hours(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    saw.hours_per_100 = 900.0;
    /* noticed in teaching weeks, served in the same week: nobody ever waits */
    run_once(&null, &saw, 4, 0, out);
    assert_true(total(out, OUT_started) > 100.0);
    assert_true(total(out, OUT_wait_weeks) == 0.0);
    assert_true(total(out, OUT_overflow) == 0.0);
}

/* Undiscounted sums are the engine's; here: payers sum to the total, prices scale costs. */
static double costs(const double *out)
{
    double sum = 0.0;
    for (int k = 0; k < MBO_N_OUTCOMES; k++)
        if (mbo_outcomes[k].category)
            sum += total(out, k);
    return sum;
}

static void test_prices_scale_costs(void **state)
{
    static double one[OUT_SIZE], two[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    mbo_params dear = saw;
    (void)state;
    for (int role = 0; role < MBO_ROLES; role++)
        dear.price_hour[role] *= 2.0;
    dear.team_extra_cost *= 2.0;
    dear.price_residential *= 2.0;
    dear.price_veilig_thuis *= 2.0;
    dear.price_absence_week *= 2.0;
    dear.price_student_year *= 2.0;
    dear.price_benefit_year *= 2.0;
    dear.price_benefit_execution *= 2.0;
    dear.starter_wage *= 2.0;
    dear.price_crime *= 2.0;
    dear.price_burden_year *= 2.0;
    dear.price_external_light *= 2.0;
    dear.price_specialist_minor *= 2.0;
    dear.price_specialist_adult *= 2.0;
    run_once(&null, &saw, 5, 0, one);
    run_once(&null, &dear, 5, 0, two);
    for (int k = 0; k < MBO_N_OUTCOMES; k++) {
        const char *unit = mbo_outcomes[k].unit;
        double factor = strcmp(unit, "EUR") == 0 ? 2.0 : strcmp(unit, "EUR2") == 0 ? 4.0 : 1.0;
        assert_true(total(two, k) == factor * total(one, k));
    }
    assert_true(costs(one) > 0.0);
}

static void test_payers_sum(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    run_once(&null, &saw, 6, 0, out);
    double team = total(out, OUT_cost_team_school) + total(out, OUT_cost_team_municipality) +
                  total(out, OUT_cost_team_insurer) + total(out, OUT_cost_team_ministry);
    double expected = total(out, OUT_students) * mbo_team_student_price(&saw);
    assert_near(team, expected, 1e-9 * expected);
    assert_true(total(out, OUT_external_light) ==
                total(out, OUT_external_light_minor) + total(out, OUT_external_light_adult));
    assert_true(total(out, OUT_vsv) == total(out, OUT_vsv_level1) + total(out, OUT_vsv_level2) +
                                           total(out, OUT_vsv_level3) + total(out, OUT_vsv_level4));
}

/* A status quo that goes on is not a new organisation: with a team in the warm-up, continuing and
 * starting anew differ only by the ramp-up. */
static void test_status_quo_continues(void **state)
{
    static double go_on[OUT_SIZE], anew[OUT_SIZE];
    mbo_params saw = small(reference_saw());
    (void)state;
    run_once(&saw, &saw, 7, 1, go_on);
    run_once(&saw, &saw, 7, 0, anew);
    assert_memory_not_equal(go_on, anew, sizeof go_on);
    saw.ramp_start = 1.0; /* no ramp-up: no difference */
    run_once(&saw, &saw, 7, 1, go_on);
    run_once(&saw, &saw, 7, 0, anew);
    assert_memory_equal(go_on, anew, sizeof go_on);
}

/* A team that the decision ends gives its cases back; nobody is left behind in its lists. */
static void test_team_ends(void **state)
{
    static double out[OUT_SIZE];
    mbo_params saw = small(reference_saw()), null = small(reference_null());
    (void)state;
    run_once(&saw, &null, 8, 0, out);
    assert_true(total(out, OUT_case_hours) == 0.0);
    assert_true(total(out, OUT_started) == 0.0);
    assert_true(total(out, OUT_vsv) > 0.0);
}

/* Limits that hold in direction, on averages over common random numbers. */
static void test_directions(void **state)
{
    enum { N = 40 };
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    double without = mean_total(&null, &null, OUT_vsv, N);
    double with = mean_total(&null, &saw, OUT_vsv, N);
    assert_true(with < without);

    /* more casework at the same presence and coordination: less waiting */
    mbo_params few = saw, many = saw;
    few.hours_per_100 = 2.6;
    few.presence_share = saw.presence_share * 2.0;
    few.casework_share = 1.0 - few.presence_share - 2.0 * (1.0 - .60 - .22);
    many.hours_per_100 = 10.4;
    many.presence_share = saw.presence_share / 2.0;
    many.casework_share = 1.0 - many.presence_share - (1.0 - .60 - .22) / 2.0;
    double wait_few =
        mean_total(&null, &few, OUT_wait_weeks, N) / mean_total(&null, &few, OUT_started, N);
    double wait_some =
        mean_total(&null, &saw, OUT_wait_weeks, N) / mean_total(&null, &saw, OUT_started, N);
    double wait_many =
        mean_total(&null, &many, OUT_wait_weeks, N) / mean_total(&null, &many, OUT_started, N);
    assert_true(wait_few > wait_some);
    assert_true(wait_some >= wait_many);

    /* a team without any effect but casework is not worse than no team */
    mbo_params bare = saw;
    memset(bare.fidelity, 0, sizeof bare.fidelity);
    assert_true(mean_total(&null, &bare, OUT_vsv, N) < without);

    /* longer external waits, never fewer early leavers */
    mbo_params slow = null;
    for (int s = 0; s < MBO_SEVERITIES; s++)
        slow.external_wait[s] *= 8.0;
    assert_true(mean_total(&slow, &slow, OUT_vsv, N) > without);
}

static void test_no_warmup_and_no_runout(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    (void)state;
    null.warmup_years = saw.warmup_years = 0;
    null.runout_years = saw.runout_years = 0;
    run_once(&null, &saw, 9, 0, out);
    assert_true(out[OUT_students] == null.students);
    assert_true(total(out, OUT_students) == 3.0 * null.students);
    assert_true(total(out, OUT_still_enrolled) > 0.0);
}

static void test_different_schools_refused(void **state)
{
    static double out[OUT_SIZE];
    mbo_params null = small(reference_null()), saw = small(reference_saw());
    kea_error err = {0};
    void *workspace = NULL;
    (void)state;
    saw.students = 901;
    assert_ok(mbo_model.open(&workspace, &err), err);
    assert_ok(mbo_model.begin(workspace, (kea_cohort){1, 1}, (const double *)&null, &err), err);
    assert_int_equal(mbo_model.run(workspace, (const double *)&saw, 0, out, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "students"));
    saw = small(reference_saw());
    saw.presence_share = 0.5;
    assert_int_equal(mbo_model.check((const double *)&saw, &err), KEA_ERR_INPUT);
    assert_non_null(strstr(err.text, "presence_share"));
    mbo_model.close(workspace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_hours_is_null),
                                       cmocka_unit_test(test_identical_models),
                                       cmocka_unit_test(test_workspace_keeps_nothing),
                                       cmocka_unit_test(test_paired_students),
                                       cmocka_unit_test(test_listening_changes_nothing),
                                       cmocka_unit_test(test_little),
                                       cmocka_unit_test(test_limits_with_groups),
                                       cmocka_unit_test(test_closed_form_dropout),
                                       cmocka_unit_test(test_needs_none),
                                       cmocka_unit_test(test_unlimited_hours),
                                       cmocka_unit_test(test_prices_scale_costs),
                                       cmocka_unit_test(test_payers_sum),
                                       cmocka_unit_test(test_status_quo_continues),
                                       cmocka_unit_test(test_team_ends),
                                       cmocka_unit_test(test_directions),
                                       cmocka_unit_test(test_no_warmup_and_no_runout),
                                       cmocka_unit_test(test_different_schools_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
