/* Sites: schools of their own, read from a scenario or made, and their designs at levels of hours.
 */
#include "sim/inputs/design.h"
#include "sim/inputs/problem_draw.h"
#include "sim/inputs/variation.h"
#include "sim/inputs/what_if.h"
#include "tests/support/toy_problem.h"

#define SITES                                                                                      \
    "sites: (\n"                                                                                   \
    "  { name = \"harbour\"; students = 120; source = \"count\"; status = \"report\"; },\n"        \
    "  { name = \"hill\"; students = 30; parameters = (\n"                                         \
    "      { name = \"mix\"; value = [0.6, 0.1, 0.3]; }, { name = \"hazard\"; factor = 2; } );\n"  \
    "    source = \"a \\\"list\\\"\"; status = \"assumption\"; } );\n"

static double value_of(const kea_problem *problem, const double *values, const char *name)
{
    return values[(size_t)(entry_of(problem, name) - problem->entries)];
}

static void sites_are_read_and_written(void **state)
{
    (void)state;
    kea_problem p = loaded_with(SITES), again;
    kea_error err = {0};
    char path[FILES_PATH];
    files_write(folder, "scenarios/again.cfg", p.text, path);
    assert_ok(kea_problem_load(&again, path, NULL, lookup, &err), err);
    const kea_problem *both[] = {&p, &again};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(both[i]->n_sites, 2);
        const kea_what_if *site = both[i]->sites;
        assert_string_equal(site[0].name, "harbour");
        assert_near(kea_what_if_size(&site[0]), 120, 0);
        assert_int_equal(site[0].n_changes, 1);
        assert_near(kea_what_if_size(&site[1]), 30, 0);
        assert_int_equal(site[1].n_changes, 3);
        assert_string_equal(site[1].source, "a \"list\"");
        assert_int_equal(site[1].evidence, KEA_ASSUMPTION);
    }
    assert_string_equal(strstr(p.text, "sites:"), strstr(again.text, "sites:"));
    kea_problem_free(&p);
    kea_problem_free(&again);
    p = loaded();
    assert_int_equal(p.n_sites, 0);
    kea_problem_free(&p);
}

/* All shares of a list hold as they are given, which changing one after the other cannot do. */
static void a_site_has_its_own_values_in_every_draw(void **state)
{
    (void)state;
    kea_problem p = loaded_with(SITES);
    kea_error err = {0};
    kea_variation v;
    double values[N_ENTRIES], draw[N_ENTRIES];
    size_t hours = 0;
    assert_ok(kea_design_staffing(&p, 1, &hours, &err), err);
    kea_variation_sites(&v, p.n_sites, p.sites, hours);
    assert_int_equal(v.n_groups, 2);
    for (int drawn = 0; drawn < 2; drawn++) {
        v.drawn = drawn == 1;
        kea_problem_base(&p, draw);
        if (v.drawn)
            kea_problem_draw(&p, 6, draw);
        kea_variation_values(&v, &p, 0, 6, values);
        assert_near(value_of(&p, values, "students"), 120, 0);
        assert_near(value_of(&p, values, "mix.low"), value_of(&p, draw, "mix.low"), 0);
        assert_near(value_of(&p, values, "hazard.low"), value_of(&p, draw, "hazard.low"), 0);
        assert_near(value_of(&p, values, "team.hours"), 5, 0);
        kea_variation_values(&v, &p, 1, 6, values);
        assert_near(value_of(&p, values, "students"), 30, 0);
        assert_near(value_of(&p, values, "mix.low"), 0.6, 0);
        assert_near(value_of(&p, values, "mix.middle"), 0.1, 0);
        assert_near(value_of(&p, values, "mix.high"), 0.3, 0);
        assert_near(value_of(&p, values, "hazard.low"), 2 * value_of(&p, draw, "hazard.low"),
                    1e-15);
        assert_near(value_of(&p, values, "accept"), value_of(&p, draw, "accept"), 0);
    }
    assert_true(value_of(&p, draw, "team.hours") < 4.999 ||
                value_of(&p, draw, "team.hours") > 5.001);
    kea_problem_free(&p);
}

static void a_design_has_sites_and_hours(void **state)
{
    (void)state;
    const double factor[] = {0, 0.5, 3};
    kea_problem p = loaded_with(SITES);
    kea_error err = {0};
    kea_variation v;
    kea_design d;
    double values[N_ENTRIES];
    size_t hours = 0;
    assert_ok(kea_design_staffing(&p, 1, &hours, &err), err);
    kea_variation_sites(&v, p.n_sites, p.sites, hours);
    v.drawn = true;
    assert_ok(kea_design_sites(&d, &p, &v, 1, 3, factor, 5, &err), err);
    assert_int_equal(d.n_points, 10);
    assert_int_equal(d.n_arms, 4);
    assert_int_equal(d.arms[0].strategy, 0);
    assert_int_equal(d.arms[0].entry, KEA_NO_ENTRY);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(d.arms[1 + i].strategy, 1);
        assert_int_equal(d.arms[1 + i].entry, hours);
        assert_near(d.arms[1 + i].factor, factor[i], 0);
    }
    for (size_t point = 0; point < 10; point++) {
        assert_int_equal(kea_design_point(&d, point).cohort, point % 5);
        kea_design_values(&d, &p, point, values);
        assert_near(value_of(&p, values, "students"), point < 5 ? 120 : 30, 0);
    }
    kea_design_free(&d);
    assert_int_equal(kea_design_sites(&d, &p, &v, 2, 3, factor, 5, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "there is no strategy number 2");
    kea_design_free(&d);
    kea_problem_free(&p);
}

static void a_site_can_be_made(void **state)
{
    (void)state;
    kea_problem p = loaded();
    kea_error err = {0};
    kea_what_if site = {0};
    double values[N_ENTRIES];
    assert_ok(kea_what_if_reserve(&site, 3, &err), err);
    assert_ok(kea_what_if_add(&site, &p, "students", 77, &err), err);
    assert_ok(kea_what_if_add(&site, &p, "mix.middle", 1, &err), err);
    kea_problem_base(&p, values);
    kea_what_if_apply(&site, &p, values);
    assert_near(kea_what_if_size(&site), 77, 0);
    assert_near(value_of(&p, values, "students"), 77, 0);
    assert_near(value_of(&p, values, "mix.low"), 0, 0);
    assert_near(value_of(&p, values, "mix.middle"), 1, 0);
    assert_int_equal(kea_what_if_add(&site, &p, "studens", 7, &err), KEA_ERR_USAGE);
    kea_what_if_free(&site);
    kea_what_if_free(&site);
    kea_problem_free(&p);
}

static void wrong_lists_of_values_are_refused(void **state)
{
    const double few[] = {0.5, 0.5}, sum[] = {0.5, 0.4, 0.2}, range[] = {1.2, -0.2, 0};
    const double pair[] = {0.25, 0.75};
    const struct {
        const char *name;
        size_t n;
        const double *values;
        const char *text;
    } wrong[] = {
        {"mix", 2, few, "'mix': expected 3 values, found 2"},
        {"mix.low", 2, few, "'mix.low': expected 1 values, found 2"},
        {"mix", 3, range,
         "'mix.low': low is 1.2 (share), outside the range 0 to 1; give a number within it"},
    };
    kea_problem p = loaded();
    kea_error err = {0};
    kea_varied v;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(
            kea_varied_init_each(&v, &p, wrong[i].name, wrong[i].n, wrong[i].values, &err),
            KEA_ERR_USAGE);
        assert_string_equal(err.text, wrong[i].text);
        kea_varied_free(&v);
    }
    assert_int_equal(kea_varied_init_each(&v, &p, "mix", 3, sum, &err), KEA_ERR_USAGE);
    assert_non_null(strstr(err.text, "1.1"));
    kea_varied_free(&v);
    assert_ok(kea_varied_init_each(&v, &p, "team.handles", 2, pair, &err), err);
    kea_varied_free(&v);
    kea_problem_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_are_read_and_written),
        cmocka_unit_test(a_site_has_its_own_values_in_every_draw),
        cmocka_unit_test(a_design_has_sites_and_hours),
        cmocka_unit_test(a_site_can_be_made),
        cmocka_unit_test(wrong_lists_of_values_are_refused),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
