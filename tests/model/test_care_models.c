/* The care models and scenarios that come with the program: what a team costs per student, built up
 * from hours and prices, against what was published; and that every scenario loads. */
#include "models/mbo/costs.h"
#include "models/mbo/describe.h"
#include "models/mbo/funding.h"
#include "models/mbo/mbo.h"
#include "models/registry.h"
#include "sim/inputs/problem.h"
#include "tests/support/support.h"

#include <stdio.h>
#include <string.h>

enum { MAX_ENTRIES = 1000 };

static void load(const char *name, const char *care_id, kea_problem *problem, mbo_params *values)
{
    char path[1024];
    double base[MAX_ENTRIES];
    size_t care = 0;
    kea_error err = {0};
    (void)snprintf(path, sizeof path, "%s/scenarios/%s.cfg", KEA_SOURCE_DIR, name);
    assert_ok(kea_problem_load_beside(problem, path, NULL, kea_models_params, care_id, &care, &err),
              err);
    assert_in_range(problem->n_entries, 1, MAX_ENTRIES);
    kea_problem_base(problem, base);
    kea_problem_values(problem, base, care, (double *)(void *)values);
}

static double price_of(const char *scenario, const char *care_id)
{
    kea_problem problem;
    mbo_params p;
    load(scenario, care_id, &problem, &p);
    kea_problem_free(&problem);
    return mbo_team_student_price(&p);
}

static void friesland_costs_what_was_published(void **state)
{
    (void)state;
    double price = price_of("friesland", "school_als_werkplaats");
    /* 400 hours a week, 40 weeks, EUR 65, 44 hours of leading on 400: over 7,700 students */
    assert_near(price, 400 * 40 * 65 * 1.11 / 7700, 1e-9);
    /* of all 10,000 students of the college: EUR 115, within 2 percent */
    assert_near(price * 7700 / 10000, 115, 2.3);
}

static void albeda_costs_what_was_published(void **state)
{
    (void)state;
    double price = price_of("albeda", "klas_als_werkplaats_albeda");
    /* 8 hours a week for a class of 16.67, 40 weeks, EUR 78 */
    assert_near(price, 8 * 40 * 78 * 1.11 / 16.67, 1e-9);
    assert_true(price >= 1650 && price <= 1690);
}

/* What each payer pays in the scenario of the institution itself, in percent of the cost, in the
 * order of the declared payers: school, municipality, insurer, ministry. */
static kea_paid assert_funding(const char *scenario, const char *id, const double *percent)
{
    kea_problem problem;
    mbo_params p;
    load(scenario, id, &problem, &p);
    double cost = p.students * mbo_team_student_price(&p);
    kea_paid paid = mbo_fund_team(&p, cost, p.students);
    for (int payer = 0; payer < MBO_PAYERS; payer++)
        assert_near(100 * paid.payer[payer] / cost, percent[payer], 0.5);
    kea_problem_free(&problem);
    paid.levy /= cost;
    return paid;
}

static void funding_is_as_published(void **state)
{
    (void)state;
    kea_paid paid =
        assert_funding("friesland", "school_als_werkplaats", (const double[]){33.3, 33.3, 33.3, 0});
    /* EUR 15 for each of the college's 10,000 students is 13 percent of the cost */
    assert_near(100 * paid.levy, 13.0, 0.05);
    paid = assert_funding("albeda", "klas_als_werkplaats_albeda",
                          (const double[]){47.4, 15.8, 0, 36.8});
    assert_near(paid.payer[MBO_MUNICIPALITY], 3e5, 1e-6);
    assert_near(paid.payer[MBO_MINISTRY], 7e5, 1e-6);
    (void)assert_funding("albeda_entree_plus", "klas_als_werkplaats_albeda_entree_plus",
                         (const double[]){47.4, 15.8, 0, 36.8});
    (void)assert_funding("landstede", "schakelfunctionaris", (const double[]){100, 0, 0, 0});
    (void)assert_funding("deltion", "deltion_jongerenteam", (const double[]){50, 50, 0, 0});
    (void)assert_funding("zadkine", "klas_als_werkplaats_zadkine", (const double[]){70, 30, 0, 0});
    (void)assert_funding("gilde", "talent_in_bedrijf", (const double[]){100, 0, 0, 0});
    (void)assert_funding("midden_nederland", "entree_werkplek", (const double[]){100, 0, 0, 0});
}

static void schools_have_their_own_students(void **state)
{
    static const struct {
        const char *name;
        double students, level1, home_host;
    } schools[] = {{"friesland", 7700, .072, .3},
                   {"deltion", 2545, .28, .14},
                   {"landstede", 11000, .072, .3},
                   {"albeda", 1150, .28, .3},
                   {"albeda_entree_plus", 100, 1, .3},
                   {"zadkine", 600, .6, .3},
                   {"gilde", 500, .28, .3},
                   {"midden_nederland", 400, 1, .3},
                   {"all_nine", 1000, .28, .3}};
    (void)state;
    for (size_t i = 0; i < sizeof schools / sizeof schools[0]; i++) {
        kea_problem problem;
        mbo_params p;
        load(schools[i].name, "null_alternative", &problem, &p);
        assert_near(p.students, schools[i].students, 0);
        assert_near(p.intake_share[0], schools[i].level1, 0);
        assert_near(p.home_share[0], schools[i].home_host, 0);
        assert_string_equal(problem.care[problem.strategies[0]].id, "null_alternative");
        assert_int_equal(problem.n_strategies, strcmp(schools[i].name, "all_nine") == 0 ? 9 : 2);
        kea_problem_free(&problem);
    }
}

static void a_description_tells_price_and_mechanisms(void **state)
{
    (void)state;
    kea_problem problem;
    mbo_params p;
    kea_fact facts[KEA_MAX_FACTS];
    double price = -1, practice = -1, mechanisms = 0;
    load("friesland", "talent_in_bedrijf", &problem, &p);
    size_t n = mbo_describe((const double *)(const void *)&p, facts);
    kea_problem_free(&problem);
    assert_in_range(n, 1, KEA_MAX_FACTS);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(facts[i].unit, "EUR") == 0 && facts[i].headline)
            price = facts[i].value;
        if (strcmp(facts[i].label, "share of learning") == 0)
            practice = facts[i].value;
        mechanisms += strstr(facts[i].group, "by mechanism") != NULL;
    }
    assert_near(price, 1.5 * 40 / 100 * 62 * 1.11, 1e-9);
    assert_near(practice, .7, 0);
    assert_near(mechanisms, 8, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(friesland_costs_what_was_published),
        cmocka_unit_test(albeda_costs_what_was_published),
        cmocka_unit_test(funding_is_as_published),
        cmocka_unit_test(schools_have_their_own_students),
        cmocka_unit_test(a_description_tells_price_and_mechanisms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
