/* A parameter that is a choice, and shares that sum to at most 1: values, messages, overrides, and
 * the resolved scenario. */
#include "tests/support/files.h"
#include "tests/support/support.h"

#include "sim/inputs/problem.h"
#include "sim/inputs/template.h"

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

static const char *const payers[] = {"school", "insurer", "ministry"};

static const kea_param_decl decls[] = {
    {"rest", "the rest", 3, payers, payers, "share", 0, 1, KEA_CHOICE, KEA_WORLD, "Who pays."},
    {"part", "parts", 3, payers, payers, "share", 0, 1, KEA_PARTS, KEA_WORLD, "Shares."},
    {"hours", "hours", 1, NULL, NULL, "hours", 0, 100, KEA_STAFFING, KEA_CARE, "Hours."}};
static const kea_param_table table = {.decl = decls, .n = 3};

static const kea_param_table *lookup(const char *name)
{
    return strcmp(name, "small") == 0 ? &table : NULL;
}

#define GIVEN " source = \"a\"; status = \"report\"; };\n"
#define BEFORE                                                                                     \
    "format = 1; title = \"A small school\"; model = \"small\";\n"                                 \
    "run: { seed = \"1\"; draws = 5; replicates = 1; discount_costs = 0; discount_effects = 0; };" \
    "\nstatus_quo = \"none\"; strategies = [\"none\", \"team\"];\nparameters: {\n"
#define AFTER                                                                                      \
    "};\nanalysis: {\n"                                                                            \
    "    willingness_to_pay = { from = 0.0; to = 1.0; n = 2; };\n"                                 \
    "    reference_willingness_to_pay = 1.0;\n"                                                    \
    "    hours_factor = { from = 0.0; to = 1.0; n = 2; };\n"                                       \
    "    sweep_draws = 1; sweep_replicates = 1; tornado_replicates = 1; tornado_level = 0.9;\n"    \
    "};\n"
#define REST(value) "rest = {" value GIVEN
#define PART(value) "part = {" value GIVEN

static kea_status load_text(const char *text, size_t n_set, const char *const *set,
                            kea_problem *problem, kea_error *err)
{
    static const char care[] =
        "format = 1; care_model: { name = \"A\"; summary = \"B.\"; source = \"C\"; };\n"
        "parameters: { hours = { value = 3.0;" GIVEN "};\n";
    const kea_load_options options = {NULL, n_set, set};
    char path[FILES_PATH];
    files_write(folder, "models/none.cfg", care, path);
    files_write(folder, "models/team.cfg", care, path);
    files_write(folder, "scenarios/small.cfg", text, path);
    return kea_problem_load(problem, path, &options, lookup, err);
}

static void assert_values(const kea_problem *problem, size_t first, const double *expected)
{
    for (size_t i = 0; i < 3; i++)
        assert_near(problem->entries[first + i].value, expected[i], 0);
}

static void the_chosen_element_is_1(void **state)
{
    (void)state;
    kea_problem problem;
    kea_error err = {0};
    assert_ok(load_text(BEFORE REST("value = \"insurer\";") PART("value = [0.5, 0, 0.2];") AFTER, 0,
                        NULL, &problem, &err),
              err);
    assert_values(&problem, 0, (const double[]){0, 1, 0});
    assert_values(&problem, 3, (const double[]){.5, 0, .2});
    assert_non_null(strstr(problem.text, "value = \"insurer\";"));
    kea_problem_free(&problem);
}

static void the_resolved_scenario_gives_the_same(void **state)
{
    (void)state;
    kea_problem problem, again;
    kea_error err = {0};
    assert_ok(load_text(BEFORE REST("value = \"ministry\";") PART("value = [0.5, 0.5, 0];") AFTER,
                        0, NULL, &problem, &err),
              err);
    assert_ok(load_text(problem.text, 0, NULL, &again, &err), err);
    assert_values(&again, 0, (const double[]){0, 0, 1});
    assert_values(&again, 3, (const double[]){.5, .5, 0});
    kea_problem_free(&problem);
    kea_problem_free(&again);
}

static void assert_refused(const char *text, const char *message)
{
    kea_problem problem;
    kea_error err = {0};
    assert_int_equal(load_text(text, 0, NULL, &problem, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
}

static void what_is_no_choice_is_refused(void **state)
{
    (void)state;
    assert_refused(BEFORE REST("value = \"ministery\";") PART("value = [0, 0, 0];") AFTER,
                   "parameters.rest.value: there is no \"ministery\"; did you mean \"ministry\"?");
    assert_refused(BEFORE REST("value = \"me\";") PART("value = [0, 0, 0];") AFTER,
                   "parameters.rest.value: there is no \"me\"; expected one of: school, insurer, "
                   "ministry");
    assert_refused(BEFORE REST("value = [0, 1, 0];") PART("value = [0, 0, 0];") AFTER,
                   "parameters.rest.value: expected a text between quotes, found a list of 3");
    assert_refused(BEFORE REST("school = 1;") PART("value = [0, 0, 0];") AFTER,
                   "parameters.rest.school: unknown key; expected one of: value, distribution, "
                   "source, status");
    assert_refused(
        BEFORE REST("value = \"school\"; distribution = { family = \"beta\"; };")
            PART("value = [0, 0, 0];") AFTER,
        "parameters.rest.distribution: rest is agreed on and cannot be uncertain; remove "
        "the distribution");
}

static void parts_of_more_than_all_are_refused(void **state)
{
    (void)state;
    assert_refused(
        BEFORE REST("value = \"school\";") PART("value = [0.5, 0.4, 0.2];") AFTER,
        "parameters.part.value: expected shares that sum to at most 1, found a sum of 1.1");
}

/* Loads with one override and expects these values, or this message when there is one. */
static void set_one(const char *set, const double *rest, const double *part, const char *message)
{
    kea_problem problem;
    kea_error err = {0};
    const char *const sets[] = {set};
    kea_status status =
        load_text(BEFORE REST("value = \"school\";") PART("value = [0.5, 0, 0.2];") AFTER, 1, sets,
                  &problem, &err);
    if (message) {
        assert_int_equal(status, KEA_ERR_USAGE);
        assert_string_equal(err.text, message);
        return;
    }
    assert_ok(status, err);
    assert_values(&problem, 0, rest);
    assert_values(&problem, 3, part);
    kea_problem_free(&problem);
}

static void overrides_choose(void **state)
{
    (void)state;
    const double school[] = {1, 0, 0}, insurer[] = {0, 1, 0}, given[] = {.5, 0, .2};
    set_one("rest=insurer", insurer, given, NULL);
    set_one("part.insurer=0.3", school, (const double[]){.5, .3, .2}, NULL);
    set_one("rest=1", NULL, NULL,
            "--set rest=1: there is no \"1\"; expected one of: school, insurer, ministry");
    set_one("rest.insurer=1", NULL, NULL,
            "--set rest.insurer=1: choose with rest=..., without a label after it");
    set_one("part.insurer=0.4", NULL, NULL,
            "--set part.insurer=0.4: the shares of 'part' then sum to 1.1, expected at most 1; set "
            "the others too");
}

static void the_template_names_the_choices(void **state)
{
    (void)state;
    char *text = NULL;
    kea_error err = {0};
    assert_ok(kea_template(&table, "small", &text, &err), err);
    assert_non_null(strstr(text, "    # the name of one of:\n    # school, insurer, ministry\n"
                                 "    rest = {\n        value = ;\n"));
    assert_non_null(strstr(text, "share, from 0 to 1, together at most 1\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chosen_element_is_1),
        cmocka_unit_test(the_resolved_scenario_gives_the_same),
        cmocka_unit_test(what_is_no_choice_is_refused),
        cmocka_unit_test(parts_of_more_than_all_are_refused),
        cmocka_unit_test(overrides_choose),
        cmocka_unit_test(the_template_names_the_choices),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
