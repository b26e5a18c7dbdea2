/* A list of home municipalities: shares counted from it, what goes wrong, the way into the resolved
 * scenario and the store and back, and the table of what each pays. */
#include "sim/inputs/problem.h"
#include "sim/store/record.h"
#include "tests/support/files.h"
#include "tests/support/support.h"
#include "tests/support/toy_frame.h"

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

static const char *const zones[] = {"host", "region", "outside"};
static const char *const zone_titles[] = {"own", "in the region", "elsewhere"};

static const kea_param_decl decls[] = {
    {"places", "places", 1, NULL, NULL, "", 1, 1e6, KEA_INTEGER, KEA_WORLD, "Places."},
    {"home", "home", 3, zones, zone_titles, "share", 0, 1, KEA_HOMES, KEA_WORLD,
     "Where they live."},
    {"hours", "hours", 1, NULL, NULL, "hours", 0, 100, KEA_STAFFING, KEA_CARE, "Hours."}};
static const kea_param_table table = {.decl = decls, .n = 3};

static const kea_param_table *lookup(const char *name)
{
    return strcmp(name, "small") == 0 ? &table : NULL;
}

#define GIVEN " source = \"a\"; status = \"report\"; };\n"
#define SCENARIO(home)                                                                             \
    "format = 1; title = \"A small school\"; model = \"small\";\n"                                 \
    "run: { seed = \"1\"; draws = 5; replicates = 1; discount_costs = 0; discount_effects = 0; "   \
    "};\nstatus_quo = \"none\"; strategies = [\"none\", \"team\"];\n"                              \
    "parameters: { places = { value = 50;" GIVEN "home = { " home GIVEN "};\n"                     \
    "analysis: {\n"                                                                                \
    "    willingness_to_pay = { from = 0.0; to = 1.0; n = 2; };\n"                                 \
    "    reference_willingness_to_pay = 1.0;\n"                                                    \
    "    hours_factor = { from = 0.0; to = 1.0; n = 2; };\n"                                       \
    "    sweep_draws = 1; sweep_replicates = 1; tornado_replicates = 1; tornado_level = 0.9;\n"    \
    "};\n"
#define CARE(more)                                                                                 \
    "format = 1; care_model: { name = \"A\"; summary = \"B.\"; source = \"C\"; };\n"               \
    "parameters: { hours = { value = 3.0;" GIVEN more "};\n"

static const char list[] = "students,zone,name\r\n"
                           "120,host,Zwolle\n"
                           "60.5,region,Raalte\n"
                           "19.5,region,\"Olst, Wijhe \"\"en\"\" meer\"\n";

static kea_status load_text(const char *scenario, const char *csv, const char *team,
                            const char *set, kea_problem *problem, kea_error *err)
{
    const kea_load_options options = {NULL, set ? 1 : 0, &set};
    char path[FILES_PATH];
    files_write(folder, "models/none.cfg", CARE(""), path);
    files_write(folder, "models/team.cfg", team ? team : CARE(""), path);
    if (csv)
        files_write(folder, "scenarios/homes/list.csv", csv, path);
    files_write(folder, "scenarios/small.cfg", scenario, path);
    return kea_problem_load(problem, path, &options, lookup, err);
}

#define LISTED SCENARIO("list = \"homes/list.csv\";")

static void assert_list(const kea_problem *problem)
{
    const kea_municipalities *found = &problem->municipalities;
    assert_int_equal(found->n, 3);
    assert_int_equal(problem->municipality_entry, 1);
    assert_string_equal(found->item[0].name, "Zwolle");
    assert_string_equal(found->item[2].name, "Olst, Wijhe \"en\" meer");
    assert_int_equal(found->item[0].zone, 0);
    assert_int_equal(found->item[2].zone, 1);
    assert_near(found->item[1].students, 60.5, 0);
    assert_near(problem->entries[1].value, .6, 1e-15);
    assert_near(problem->entries[2].value, .4, 1e-15);
    assert_near(problem->entries[3].value, 0, 0);
}

static void shares_are_counted(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    assert_ok(load_text(LISTED, list, NULL, NULL, &problem, &err), err);
    assert_list(&problem);
    kea_problem_free(&problem);
}

static void counted_shares_may_be_uncertain(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    double draw[6];
    assert_ok(
        load_text(SCENARIO("list = \"homes/list.csv\"; distribution = { family = \"dirichlet\"; "
                           "concentration = 50; };"),
                  "name,zone,students\na,host,5\nb,region,3\nc,outside,2\n", NULL, NULL, &problem,
                  &err),
        err);
    kea_problem_draw(&problem, 3, draw);
    assert_near(draw[1] + draw[2] + draw[3], 1, 1e-12);
    assert_true(draw[1] != .5 && draw[1] > 0);
    kea_problem_free(&problem);
}

/* The resolved scenario with the list beside it gives the same problem. */
static void the_resolved_scenario_names_the_list(void **state)
{
    (void)state;
    kea_problem problem, again;
    kea_error err = {0};
    char name[KEA_MAX_NAME + 5], path[FILES_PATH], file[FILES_PATH];
    char *text = NULL;
    assert_ok(load_text(LISTED, list, NULL, NULL, &problem, &err), err);
    assert_ok(kea_problem_list_file(&problem, name, &text, &err), err);
    assert_string_equal(name, "home.csv");
    assert_non_null(strstr(problem.text, "list = \"home.csv\";"));
    (void)snprintf(file, sizeof file, "scenarios/%s", name);
    files_write(folder, file, text, path);
    files_write(folder, "scenarios/again.cfg", problem.text, path);
    assert_ok(kea_problem_load(&again, path, NULL, lookup, &err), err);
    assert_list(&again);
    free(text);
    kea_problem_free(&problem);
    kea_problem_free(&again);
}

/* Another share on the command line: the list no longer says where they live. */
static void an_override_takes_the_list_away(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    char name[KEA_MAX_NAME + 5];
    char *text = NULL;
    assert_ok(load_text(LISTED, list, NULL, "home.host=0.6", &problem, &err), err);
    assert_int_equal(problem.municipalities.n, 0);
    assert_non_null(strstr(problem.text, "value = 0.6"));
    assert_ok(kea_problem_list_file(&problem, name, &text, &err), err);
    assert_null(text);
    kea_problem_free(&problem);
}

/* Loading must fail in a line of the list (0: of the scenario) with this message, in which %s
 * stands for the list's path. */
static void assert_refused(const char *scenario, const char *csv, const char *team, int line,
                           const char *message)
{
    kea_problem problem;
    kea_error err = {0};
    char path[FILES_PATH], expected[1024];
    (void)snprintf(path, sizeof path, "%.400s/scenarios/homes/list.csv", folder);
    (void)remove(path);
    assert_int_equal(load_text(scenario, csv, team, NULL, &problem, &err), KEA_ERR_INPUT);
    const char *place = strstr(message, "%s");
    if (place)
        (void)snprintf(expected, sizeof expected, "%.*s%s%s", (int)(place - message), message, path,
                       place + 2);
    assert_string_equal(err.text, place ? expected : message);
    if (line > 0) {
        assert_string_equal(err.file, path);
        assert_int_equal(err.line, line);
    }
}

#define HEAD "name,zone,students\n"

static void what_is_wrong_in_a_list_is_said(void **state)
{
    (void)state;
    assert_refused(LISTED, "nmae,zone,students\n", NULL, 1,
                   "unknown column 'nmae'; did you mean 'name'?; expected the columns name, zone, "
                   "students");
    assert_refused(LISTED, "name,students\n", NULL, 1, "the column 'zone' is missing");
    assert_refused(LISTED, HEAD, NULL, 1, "the list has no municipalities; expected one a line");
    assert_refused(LISTED, HEAD "a,host,12\nb,region,0\n", NULL, 3,
                   "students: expected a number above 0, found 0; leave out municipalities without "
                   "students");
    assert_refused(
        LISTED, HEAD "a,host,-3\n", NULL, 2,
        "students: expected a number above 0, found -3; leave out municipalities without "
        "students");
    assert_refused(LISTED, HEAD "a,host,twelve\n", NULL, 2,
                   "students: expected a number, with a point for decimals, found \"twelve\"");
    assert_refused(LISTED, HEAD "a,regio,12\n", NULL, 2,
                   "zone: there is no zone \"regio\"; did you mean \"region\"?; expected one of: "
                   "host, region, outside");
    assert_refused(LISTED, HEAD "a,host,1\nb,host,2\na,region,3\n", NULL, 4,
                   "name: \"a\" is in the list already, in line 2; give every municipality once");
    assert_refused(LISTED, HEAD ",host,1\n", NULL, 2, "name: the municipality has no name");
    assert_refused(LISTED, HEAD "a,host,1\nb,host\n", NULL, 3,
                   "expected 3 cells as in the first line, found 2");
}

static void what_is_wrong_around_a_list_is_said(void **state)
{
    (void)state;
    assert_refused(LISTED, NULL, NULL, 0,
                   "parameters.home.list: cannot read %s: No such file or directory");
    assert_refused(SCENARIO("list = 3;"), list, NULL, 0,
                   "parameters.home.list: expected a text between quotes, found the number 3");
    assert_refused(
        SCENARIO("list = \"homes/list.csv\"; value = [1, 0, 0];"), list, NULL, 0,
        "parameters.home.value: cannot stand beside 'list', from which the shares follow; "
        "remove one of the two");
    assert_refused(
        LISTED, list, CARE("home = { list = \"homes/list.csv\";" GIVEN), 0,
        "parameters.home.list: where students live belongs to the scenario; a care model "
        "cannot have a list of its own");
}

static void the_store_keeps_the_list(void **state)
{
    (void)state;
    kea_problem problem;
    kea_record record;
    kea_store *store = NULL;
    kea_error err = {0};
    char path[FILES_PATH];
    const kea_store_info info = {"1", "now", outcomes, N_OUTCOMES, &toy_frame};
    assert_ok(load_text(LISTED, list, NULL, NULL, &problem, &err), err);
    (void)snprintf(path, sizeof path, "%.400s/results.sqlite", folder);
    assert_ok(kea_store_create(&store, path, &info, &problem, &err), err);
    assert_ok(kea_store_finish(store, KEA_STORE_FINISHED, "later", &err), err);
    kea_store_close(store);
    assert_ok(kea_record_read(&record, path, &err), err);
    assert_list(&record.problem);
    kea_record_free(&record);
    kea_problem_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_counted),
        cmocka_unit_test(counted_shares_may_be_uncertain),
        cmocka_unit_test(the_resolved_scenario_names_the_list),
        cmocka_unit_test(an_override_takes_the_list_away),
        cmocka_unit_test(what_is_wrong_in_a_list_is_said),
        cmocka_unit_test(what_is_wrong_around_a_list_is_said),
        cmocka_unit_test(the_store_keeps_the_list),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
