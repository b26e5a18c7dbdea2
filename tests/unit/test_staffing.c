/* Staffing given as people think of it, by hand arithmetic, and what is wrong with it. */
#include "sim/inputs/load.h"
#include "sim/inputs/staffing.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include <string.h>

static char folder[FILES_PATH];

static int open_folder(void **state)
{
    (void)state;
    files_open(folder);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    files_close(folder);
    return 0;
}

/* Reads `hours: { text }`; the error, if any, goes to *err. */
static kea_status read_staffing(const char *text, double *hours, kea_error *err)
{
    char path[FILES_PATH], whole[512];
    kea_config *config = NULL;
    kea_setting *setting = NULL;
    (void)snprintf(whole, sizeof whole, "hours: {\n%s\n};\n", text);
    files_write(folder, "a.cfg", whole, path);
    assert_ok(kea_config_open(&config, path, err), *err);
    const kea_setting *group = kea_config_find(kea_config_root(config), "hours");
    kea_status status = kea_staffing_load(config, group, hours, &setting, err);
    kea_config_free(config);
    return status;
}

static double hours_of(const char *text)
{
    double hours = -1;
    kea_error err = {0};
    assert_ok(read_staffing(text, &hours, &err), err);
    return hours;
}

static void assert_refused(const char *text, const char *message)
{
    double hours = 0;
    kea_error err = {0};
    assert_int_equal(read_staffing(text, &hours, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
}

static void every_way_is_hours_per_100(void **state)
{
    (void)state;
    assert_near(hours_of("value = 5.2;"), 5.2, 0);
    /* School als Werkplaats: 400 hours for 77 hundreds of students */
    assert_near(hours_of("hours_per_week = 400.0; for_students = 7700.0;"), 400.0 / 77, 1e-14);
    /* Landstede: 22 x 34 = 748 hours for 110 hundreds */
    assert_near(hours_of("fte = 22.0; hours_per_fte = 34.0; for_students = 11000.0;"), 6.8, 1e-14);
    /* Zadkine: 6 hours for 15 students is 40 for 100 */
    assert_near(hours_of("hours_per_class = 6.0; students_per_class = 15.0;"), 40, 1e-13);
}

static void whole_numbers_will_do(void **state)
{
    (void)state;
    assert_near(hours_of("hours_per_week = 400; for_students = 8000;"), 5, 0);
    assert_near(hours_of("hours_per_week = 0; for_students = 8000;"), 0, 0);
}

#define WAYS                                                                                       \
    "give value (hours per 100 students), or hours_per_week and for_students, or fte, "            \
    "hours_per_fte and for_students, or hours_per_class and students_per_class"

static void ways_are_not_mixed(void **state)
{
    (void)state;
    assert_refused("value = 5.2; for_students = 7700;",
                   "hours.for_students: cannot stand beside 'value', staffing is given in one "
                   "way; " WAYS);
    assert_refused("hours_per_week = 400; for_students = 7700; fte = 11;",
                   "hours.fte: cannot stand beside 'hours_per_week', staffing is given in one "
                   "way; " WAYS);
    assert_refused("students_per_class = 15;", "hours: the team's hours are missing; " WAYS);
}

static void partners_must_be_there(void **state)
{
    (void)state;
    assert_refused("hours_per_week = 400;", "hours: 'for_students' is missing: the number of "
                                            "students that the hours are for");
    assert_refused("fte = 3.5; for_students = 2545;",
                   "hours: 'hours_per_fte' is missing: hours a week that one fte is with the "
                   "students");
    assert_refused("hours_per_class = 6;", "hours: 'students_per_class' is missing: the number of "
                                           "students that the hours are for");
}

static void nobody_is_no_school(void **state)
{
    (void)state;
    assert_refused("hours_per_week = 400; for_students = 0;",
                   "hours.for_students: expected a number above 0, found 0");
    assert_refused("hours_per_class = 6; students_per_class = -15;",
                   "hours.students_per_class: expected a number above 0, found -15");
}

/* A model with one number of each kind. */
static const kea_param_decl decls[] = {
    {"places", "places", 1, NULL, NULL, "", 1, 1e6, KEA_INTEGER, KEA_WORLD, "Places."},
    {"hours", "hours", 1, NULL, NULL, "hours", 0, 100, KEA_STAFFING, KEA_CARE,
     "Hours of the team."}};
static const kea_param_table table = {.decl = decls, .n = 2};

static const kea_param_table *lookup(const char *name)
{
    return strcmp(name, "small") == 0 ? &table : NULL;
}

static const char scenario[] =
    "format = 1; title = \"A small school\"; model = \"small\";\n"
    "run: { seed = \"1\"; draws = 5; replicates = 1; discount_costs = 0.0; discount_effects = 0.0; "
    "};\n"
    "status_quo = \"none\"; strategies = [\"none\", \"team\"];\n"
    "parameters: { places = { value = 50; source = \"a\"; status = \"report\"; }; };\n"
    "analysis: {\n"
    "    willingness_to_pay = { from = 0.0; to = 1.0; n = 2; };\n"
    "    reference_willingness_to_pay = 1.0;\n"
    "    hours_factor = { from = 0.0; to = 1.0; n = 2; };\n"
    "    sweep_draws = 1; sweep_replicates = 1; tornado_replicates = 1; tornado_level = 0.9;\n"
    "};\n";

#define CARE(hours)                                                                                \
    "format = 1; care_model: { name = \"A\"; summary = \"B.\"; source = \"C\"; };\n"               \
    "parameters: { hours = { " hours " source = \"d\"; status = \"report\"; }; };\n"

/* Writes the small school with a team of the given staffing and loads it. */
static kea_status load_small(const char *team, kea_problem *problem, kea_error *err)
{
    char path[FILES_PATH];
    files_write(folder, "models/none.cfg", CARE("value = 0.0;"), path);
    files_write(folder, "models/team.cfg", team, path);
    files_write(folder, "scenarios/small.cfg", scenario, path);
    return kea_problem_load(problem, path, NULL, lookup, err);
}

static void a_problem_keeps_the_converted_number(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    size_t index = 0;
    assert_ok(load_small(CARE("hours_per_week = 30; for_students = 400; distribution = { family = "
                              "\"gamma\"; se = 1.5; };"),
                         &problem, &err),
              err);
    assert_true(kea_problem_find(&problem, "team.hours", &index));
    assert_near(problem.entries[index].value, 7.5, 0);
    /* gamma of mean 7.5 and standard error 1.5: shape 25, scale 0.3 */
    assert_near(problem.entries[index].dist.p[0], 25, 1e-9);
    assert_near(problem.entries[index].dist.p[1], 0.3, 1e-12);
    assert_non_null(strstr(problem.text, "value = 7.5;"));
    assert_null(strstr(problem.text, "for_students"));
    kea_problem_free(&problem);
}

static void the_range_holds_after_conversion(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    assert_int_equal(
        load_small(CARE("hours_per_class = 6; students_per_class = 5;"), &problem, &err),
        KEA_ERR_INPUT);
    assert_string_equal(err.text, "parameters.hours.hours_per_class: the value is 120 (hours), "
                                  "outside the range 0 to 100; give a number within it");
}

static void a_care_model_is_read_beside_the_others(void **state)
{
    (void)state;
    char path[FILES_PATH];
    kea_problem problem;
    kea_error err = {0};
    size_t care = 0;
    assert_ok(load_small(CARE("value = 5.0;"), &problem, &err), err);
    kea_problem_free(&problem);
    files_write(folder, "models/other.cfg", CARE("hours_per_class = 6; students_per_class = 15;"),
                path);
    (void)snprintf(path, sizeof path, "%.400s/scenarios/small.cfg", folder);
    assert_ok(kea_problem_load_beside(&problem, path, NULL, lookup, "other", &care, &err), err);
    double base[4], values[2];
    assert_int_equal(problem.n_strategies, 2);
    assert_string_equal(problem.care[care].id, "other");
    assert_int_equal(problem.n_entries, 4);
    kea_problem_base(&problem, base);
    kea_problem_values(&problem, base, care, values);
    assert_near(values[0], 50, 0);
    assert_near(values[1], 40, 1e-13);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_is_hours_per_100),
        cmocka_unit_test(whole_numbers_will_do),
        cmocka_unit_test(ways_are_not_mixed),
        cmocka_unit_test(partners_must_be_there),
        cmocka_unit_test(nobody_is_no_school),
        cmocka_unit_test(a_problem_keeps_the_converted_number),
        cmocka_unit_test(the_range_holds_after_conversion),
        cmocka_unit_test(a_care_model_is_read_beside_the_others),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
