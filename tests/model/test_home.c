/* Where students live: drawn by share, independent of all else, and the same under every strategy;
 * each zone pays for its own students. */
#include "models/mbo/costs.h"
#include "models/mbo/entry.h"
#include "models/mbo/mbo.h"
#include "models/mbo/outcomes.h"
#include "tests/model/reference.h"
#include "tests/support/support.h"

#include <string.h>

enum { MAX_PERIODS = 24, OUT_SIZE = MAX_PERIODS * MBO_N_OUTCOMES };

/* Standard errors within which a chance result must lie: a false alarm in a million. */
static const double Z = 4.9;

static double sum(const double *out, int outcome)
{
    double total = 0.0;
    for (size_t year = 0; year < MAX_PERIODS; year++)
        total += out[year * MBO_N_OUTCOMES + (size_t)outcome];
    return total;
}

/* Runs the null alternative and a strategy on one school; out[2][OUT_SIZE]. */
static void run_both(const mbo_params *null, const mbo_params *strategy, uint32_t number,
                     double *out)
{
    kea_error err = {0};
    void *workspace = NULL;
    memset(out, 0, 2 * OUT_SIZE * sizeof *out);
    assert_ok(mbo_model.open(&workspace, &err), err);
    assert_ok(mbo_model.begin(workspace, (kea_cohort){31, number}, (const double *)null, &err),
              err);
    assert_ok(mbo_model.run(workspace, (const double *)null, 0, out, &err), err);
    assert_ok(mbo_model.run(workspace, (const double *)strategy, 0, out + OUT_SIZE, &err), err);
    mbo_model.close(workspace);
}

/* Level and zone of many entrants: the joint shares are products of those of level and zone. */
static void zones_are_drawn_apart_from_levels(void **state)
{
    enum { N = 200000 };
    static mbo_student student;
    int32_t place = 0;
    mbo_params p = reference_null();
    mbo_keys keys = {.entry = kea_rng_key_of(5, "mbo.entry")};
    mbo_school school = {.student = &student, .free_student = &place, .first_free_case = MBO_NONE};
    kea_gamma_table frailties = {0};
    kea_error err = {0};
    double n[MBO_LEVELS][MBO_ZONES] = {{0}};
    (void)state;
    memcpy(p.home_share, (double[]){.14, .46, .4}, sizeof p.home_share);
    memset(p.need_rate, 0, sizeof p.need_rate);
    assert_ok(kea_gamma_table_init(&frailties, 1.0, &err), err);
    mbo_course course = {.p = &p, .teaching_weeks = 40};
    mbo_run run = {
        .p = &p, .course = &course, .keys = &keys, .school = &school, .frailties = &frailties};
    mbo_entry_prepare(&run);
    for (uint32_t id = 0; id < N; id++) {
        school.n_free_students = 1;
        mbo_enter(&run, id, false);
        n[student.level][student.zone] += 1.0;
    }
    for (int level = 0; level < MBO_LEVELS; level++)
        for (int zone = 0; zone < MBO_ZONES; zone++) {
            double share = p.intake_share[level] * p.home_share[zone];
            assert_near(n[level][zone] / N, share, Z * sqrt(share * (1.0 - share) / N));
        }
}

static void zones_hold_the_whole_and_every_strategy_has_the_same(void **state)
{
    static double out[2 * OUT_SIZE];
    mbo_params null = reference_null(), saw = reference_saw();
    (void)state;
    null.students = saw.students = 900;
    saw.team_levy = 15;
    saw.team_host_share = .5;
    run_both(&null, &saw, 3, out);
    for (int arm = 0; arm < 2; arm++) {
        const double *row = out + arm * OUT_SIZE;
        double municipal = 0.0, zones = 0.0, students = 0.0;
        for (int k = 0; k < MBO_N_OUTCOMES; k++)
            municipal += mbo_is_municipal(k) ? sum(row, k) : 0.0;
        for (int zone = 0; zone < MBO_ZONES; zone++) {
            assert_true(sum(row, OUT_home_host + zone) > 0.0);
            zones += sum(row, OUT_municipal_host + zone);
            students += sum(row, OUT_home_host + zone);
        }
        assert_near(zones, municipal, 1e-9 * municipal);
        assert_true(students == sum(row, OUT_students));
    }
    /* who is there in the first week of the decision is there under both */
    for (int zone = 0; zone < MBO_ZONES; zone++)
        assert_true(out[OUT_home_host + zone] == out[OUT_SIZE + OUT_home_host + zone]);
}

/* All students from one zone: that zone pays all, and nothing else changes by a bit. */
static void a_zone_without_students_pays_nothing(void **state)
{
    static double spread[2 * OUT_SIZE], out[2 * OUT_SIZE];
    mbo_params null = reference_null(), saw = reference_saw();
    mbo_params *both[] = {&null, &saw};
    (void)state;
    for (int i = 0; i < 2; i++)
        both[i]->students = 900;
    run_both(&null, &saw, 4, spread);
    for (int i = 0; i < 2; i++)
        memcpy(both[i]->home_share, (double[]){0, 0, 1}, sizeof null.home_share);
    run_both(&null, &saw, 4, out);
    for (int arm = 0; arm < 2; arm++) {
        const double *row = out + arm * OUT_SIZE;
        assert_true(sum(row, OUT_municipal_host) == 0.0 && sum(row, OUT_municipal_region) == 0.0);
        assert_true(sum(row, OUT_municipal_outside) > 0.0);
        for (int k = 0; k < OUT_home_host; k++) {
            double whole = sum(spread + arm * OUT_SIZE, k);
            assert_near(sum(row, k), whole, 1e-12 * fabs(whole));
        }
    }
}

/* Over many schools a zone's cost is its share of the whole: what the model divided in proportion
 * before homes were drawn. */
static void zones_pay_in_proportion_on_average(void **state)
{
    enum { SCHOOLS = 200 };
    static double out[2 * OUT_SIZE];
    mbo_params null = reference_null();
    double gap = 0.0, squares = 0.0;
    (void)state;
    null.students = 300;
    null.warmup_years = 2;
    null.runout_years = 4;
    for (uint32_t i = 0; i < SCHOOLS; i++) {
        run_both(&null, &null, i, out);
        double municipal = 0.0;
        for (int zone = 0; zone < MBO_ZONES; zone++)
            municipal += sum(out, OUT_municipal_host + zone);
        double one = sum(out, OUT_municipal_region) - null.home_share[1] * municipal;
        gap += one;
        squares += one * one;
    }
    double mean = gap / SCHOOLS;
    double error = sqrt((squares / SCHOOLS - mean * mean) / (SCHOOLS - 1.0));
    assert_true(error > 0.0);
    assert_near(mean, 0.0, Z * error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_are_drawn_apart_from_levels),
        cmocka_unit_test(zones_hold_the_whole_and_every_strategy_has_the_same),
        cmocka_unit_test(a_zone_without_students_pays_nothing),
        cmocka_unit_test(zones_pay_in_proportion_on_average),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
