/* Reading files of published figures: what comes out of a right one, and what is said of wrong
 * ones. */
#include "sim/inputs/targets.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include <string.h>

static char folder[FILES_PATH];

/* A right file; tests replace one text in it. */
static const char right[] =
    "format = 1;\n"
    "title = \"Two figures\";\n"
    "targets: {\n"
    "    reach = { name = \"Students reached\"; scenario = \"one.cfg\"; strategy = \"team\";\n"
    "        measure = { outcome = \"reach\"; over = \"students\"; scale = 100.0; };\n"
    "        value = 22.5; low = 20; high = 25.5; unit = \"%\";\n"
    "        source = \"a report\"; status = \"report\"; role = \"fitted\"; };\n"
    "    saved = { name = \"Saved\"; scenario = \"two.cfg\"; strategy = \"other\";\n"
    "        measure = { category = \"team\"; over = [ \"needs\", \"needs_at_entry\" ];\n"
    "            compare = \"difference\"; };\n"
    "        value = -1.5; low = -2.5; high = -0.5; unit = \"EUR\";\n"
    "        source = \"a book\"; status = \"published\"; role = \"prediction\";\n"
    "        note = \"Counted otherwise.\"; };\n"
    "};\n";

/* The same with what a calibration may change. */
static const char open_part[] =
    "calibration: {\n"
    "    contacts = { targets = [ \"reach\" ];\n"
    "        open = ( { parameters = [ \"effort.light\", \"team.effort\" ]; low = 0.5; high = 4;\n"
    "            reason = \"hours are counted\"; } ); };\n"
    "};\n";

static int open_folder(void **state)
{
    char path[FILES_PATH];
    (void)state;
    files_open(folder);
    files_write(folder, "one.cfg", "", path);
    files_write(folder, "two.cfg", "", path);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    files_close(folder);
    return 0;
}

/* A file with the first `from` at or behind its place `start` replaced by `to`, at path. */
static void write_replaced(const char *file, size_t start, const char *from, const char *to,
                           char *path)
{
    char text[4000];
    const char *at = strstr(file + start, from);
    assert_non_null(at);
    (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(at - file), file, to, at + strlen(from));
    files_write(folder, "targets.cfg", text, path);
}

/* The right file with the first `from` replaced by `to`, at path. */
static void write_changed(const char *from, const char *to, char *path)
{
    write_replaced(right, 0, from, to, path);
}

/* The right file with an open part, in which the first `from` is replaced by `to`. */
static void write_open(const char *from, const char *to, char *path)
{
    char file[4000];
    (void)snprintf(file, sizeof file, "%s%s", right, open_part);
    write_replaced(file, strlen(right), from, to, path);
}

static void assert_refused_at(const char *path, int line, const char *message)
{
    kea_error err = {0};
    kea_targets targets = {0};
    assert_int_equal(kea_targets_load(&targets, path, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, line);
    assert_null(targets.target);
    assert_null(targets.fit);
    kea_targets_free(&targets);
}

static void assert_refused(const char *from, const char *to, int line, const char *message)
{
    char path[FILES_PATH];
    write_changed(from, to, path);
    assert_refused_at(path, line, message);
}

static void assert_open_refused(const char *from, const char *to, int line, const char *message)
{
    char path[FILES_PATH];
    write_open(from, to, path);
    assert_refused_at(path, line, message);
}

static void reads_everything(void **state)
{
    (void)state;
    char path[FILES_PATH], scenario[2 * FILES_PATH];
    kea_error err = {0};
    kea_targets targets;
    write_changed("format", "format", path);
    assert_ok(kea_targets_load(&targets, path, &err), err);
    assert_string_equal(targets.title, "Two figures");
    assert_int_equal(targets.n, 2);
    assert_int_equal(targets.n_scenarios, 2);
    (void)snprintf(scenario, sizeof scenario, "%s/two.cfg", folder);
    assert_string_equal(targets.scenario[1], scenario);
    const kea_target *reach = &targets.target[0], *saved = &targets.target[1];
    assert_string_equal(reach->id, "reach");
    assert_string_equal(reach->name, "Students reached");
    assert_string_equal(reach->strategy, "team");
    assert_int_equal(reach->scenario, 0);
    assert_int_equal(reach->measure.outcome.n, 1);
    assert_string_equal(reach->measure.outcome.name[0], "reach");
    assert_null(reach->measure.category);
    assert_string_equal(reach->measure.over.name[0], "students");
    assert_near(reach->measure.scale, 100, 0);
    assert_int_equal(reach->measure.compare, KEA_TARGET_LEVEL);
    assert_near(reach->value, 22.5, 0);
    assert_near(reach->low, 20, 0);
    assert_near(reach->high, 25.5, 0);
    assert_string_equal(reach->unit, "%");
    assert_int_equal(reach->role, KEA_TARGET_FITTED);
    assert_int_equal(reach->evidence, KEA_REPORT);
    assert_string_equal(reach->source, "a report");
    assert_string_equal(reach->note, "");
    assert_int_equal(reach->line, 4);
    assert_int_equal(saved->scenario, 1);
    assert_int_equal(saved->measure.outcome.n, 0);
    assert_string_equal(saved->measure.category, "team");
    assert_int_equal(saved->measure.over.n, 2);
    assert_string_equal(saved->measure.over.name[1], "needs_at_entry");
    assert_near(saved->measure.scale, 1, 0);
    assert_int_equal(saved->measure.compare, KEA_TARGET_DIFFERENCE);
    assert_int_equal(saved->role, KEA_TARGET_PREDICTION);
    assert_int_equal(saved->evidence, KEA_PUBLISHED);
    assert_string_equal(saved->note, "Counted otherwise.");
    assert_int_equal(saved->line, 8);
    kea_targets_free(&targets);
    kea_targets_free(&targets);
}

static void names_a_scenario_once(void **state)
{
    (void)state;
    char path[FILES_PATH];
    kea_error err = {0};
    kea_targets targets;
    write_changed("two.cfg", "one.cfg", path);
    assert_ok(kea_targets_load(&targets, path, &err), err);
    assert_int_equal(targets.n_scenarios, 1);
    assert_int_equal(targets.target[1].scenario, 0);
    kea_targets_free(&targets);
}

static void refuses_wrong_keys(void **state)
{
    (void)state;
    assert_refused("format = 1;\n", "", 1,
                   "'format' is missing: the file must start with format = 1;");
    assert_refused("title = \"Two figures\";\n", "", 1,
                   "'title' is missing: what the figures are about");
    assert_refused("title", "titel", 2, "titel: unknown key; did you mean 'title'?");
    assert_refused("targets:", "target:", 3, "target: unknown key; did you mean 'targets'?");
    assert_refused("name = \"Students reached\"; ", "", 4,
                   "targets.reach: 'name' is missing: what the figure is, in words");
    assert_refused("strategy = \"team\";", "", 4,
                   "targets.reach: 'strategy' is missing: the care model of the scenario that it "
                   "is about");
    assert_refused("strategy", "stategy", 4,
                   "targets.reach.stategy: unknown key; did you mean 'strategy'?");
    assert_refused("scenario = \"one.cfg\"; ", "", 4,
                   "targets.reach: 'scenario' is missing: the scenario file beside this one that "
                   "is simulated");
    assert_refused("unit = \"%\";", "", 4,
                   "targets.reach: 'unit' is missing: the unit of value, low and high, such as "
                   "\"%\"");
    assert_refused("source = \"a report\"; ", "", 4,
                   "targets.reach: 'source' is missing: where the figure is published");
    assert_refused("low = 20; ", "", 4,
                   "targets.reach: 'low' is missing: the lower end of what agrees with it");
}

static void refuses_wrong_measures(void **state)
{
    (void)state;
    assert_refused("        measure = { outcome = \"reach\"; over = \"students\"; scale = 100.0; "
                   "};\n",
                   "", 4,
                   "targets.reach: 'measure' is missing: what of the simulation is held against "
                   "the figure");
    assert_refused("outcome = \"reach\"; ", "", 5,
                   "targets.reach.measure: 'outcome' is missing: what is held against the figure "
                   "(or 'category': the costs of one category)");
    assert_refused("outcome = \"reach\"; ", "outcome = \"reach\"; category = \"team\"; ", 5,
                   "targets.reach.measure.category: stands beside 'outcome'; remove one of the "
                   "two");
    assert_refused("over = \"students\"", "over = 3", 5,
                   "targets.reach.measure.over: expected the name of an outcome, or a list of "
                   "names that are added up; found the number 3");
    assert_refused("[ \"needs\", \"needs_at_entry\" ]", "[ ]", 9,
                   "targets.saved.measure.over: expected the name of an outcome, or a list of "
                   "names that are added up; found a list of 0");
    assert_refused("[ \"needs\", \"needs_at_entry\" ]", "[ \"needs\", 4 ]", 9,
                   "targets.saved.measure.over[2]: expected a text between quotes, found the "
                   "number 4");
    assert_refused("scale = 100.0", "scale = 0.0", 5,
                   "targets.reach.measure.scale: must not be 0; leave it out for 1");
    assert_refused("\"difference\"", "\"increment\"", 10,
                   "targets.saved.measure.compare: expected \"difference\" or \"ratio\", found "
                   "\"increment\"");
    assert_refused("over = \"students\"", "per = \"students\"", 5,
                   "targets.reach.measure.per: unknown key; expected one of: outcome, category, "
                   "over, scale, compare");
}

static void refuses_wrong_figures(void **state)
{
    (void)state;
    char message[2 * FILES_PATH];
    (void)snprintf(message, sizeof message,
                   "targets.reach.scenario: there is no file %s/three.cfg; 'keasim list' names the "
                   "scenarios",
                   folder);
    assert_refused("one.cfg", "three.cfg", 4, message);
    assert_refused("value = 22.5", "value = 0.0", 6,
                   "targets.reach.value: must not be 0: simulated values are shown as a part of "
                   "it");
    assert_refused("high = 25.5", "high = 22", 4,
                   "targets.reach: expected low <= value <= high, found 20, 22.5 and 22");
    assert_refused("value = 22.5", "value = \"22.5\"", 6,
                   "targets.reach.value: expected a number, found the text \"22.5\"");
    assert_refused("\"report\"; role", "\"rumour\"; role", 7,
                   "targets.reach.status: expected \"report\", \"published\" or \"assumption\", "
                   "found \"rumour\"");
    assert_refused("\"fitted\"", "\"fit\"", 7,
                   "targets.reach.role: expected \"fitted\", \"check\" or \"prediction\", found "
                   "\"fit\"");
    assert_refused("role = \"fitted\"; ", "", 4,
                   "targets.reach: 'role' is missing: what it is for: \"fitted\", \"check\" or "
                   "\"prediction\"");
    assert_refused("\"Counted otherwise.\"", "\"\"", 13,
                   "targets.saved.note: expected a text, found an empty one; fill it in");
}

/* ---------------------------------------------------------------- what is open */

static void reads_what_is_open(void **state)
{
    (void)state;
    char path[FILES_PATH];
    kea_error err = {0};
    kea_targets targets;
    write_open("4;", "4;", path);
    assert_ok(kea_targets_load(&targets, path, &err), err);
    assert_int_equal(targets.n_fits, 1);
    const kea_target_fit *fit = &targets.fit[0];
    assert_string_equal(fit->id, "contacts");
    assert_int_equal(fit->n_targets, 1);
    assert_int_equal(fit->target[0], 0);
    assert_int_equal(fit->line, 16);
    assert_int_equal(fit->n_open, 1);
    assert_int_equal(fit->open[0].parameters.n, 2);
    assert_string_equal(fit->open[0].parameters.name[1], "team.effort");
    assert_near(fit->open[0].low, 0.5, 0);
    assert_near(fit->open[0].high, 4, 0);
    assert_string_equal(fit->open[0].reason, "hours are counted");
    assert_int_equal(fit->open[0].line, 17);
    kea_targets_free(&targets);
    assert_int_equal(targets.n_fits, 0);
    write_changed("format", "format", path);
    assert_ok(kea_targets_load(&targets, path, &err), err);
    assert_int_equal(targets.n_fits, 0);
    kea_targets_free(&targets);
}

static void keeps_predictions_apart(void **state)
{
    (void)state;
    assert_open_refused("[ \"reach\" ]", "[ \"reach\", \"saved\" ]", 16,
                        "calibration.contacts.targets[2]: \"saved\" has the role \"prediction\"; "
                        "only figures of role \"fitted\" may be used, others are kept apart from "
                        "all choosing");
    assert_open_refused("[ \"reach\" ]", "\"saved\"", 16,
                        "calibration.contacts.targets: \"saved\" has the role \"prediction\"; only "
                        "figures of role \"fitted\" may be used, others are kept apart from all "
                        "choosing");
    assert_open_refused("\"reach\"", "\"raech\"", 16,
                        "calibration.contacts.targets[1]: there is no figure \"raech\"; did you "
                        "mean \"reach\"?");
    assert_open_refused("[ \"reach\" ]", "[ \"reach\", \"reach\" ]", 16,
                        "calibration.contacts.targets[2]: \"reach\" is there twice; remove one");
    assert_open_refused("[ \"reach\" ]", "[ ]", 16,
                        "calibration.contacts.targets: expected the key of a fitted figure above, "
                        "or a list of keys; found a list of 0");
    assert_open_refused("targets = [ \"reach\" ];", "", 16,
                        "calibration.contacts: 'targets' is missing: the fitted figures that the "
                        "numbers are chosen by");
}

static void refuses_wrong_openings(void **state)
{
    (void)state;
    assert_open_refused("low = 0.5", "low = 0.0", 17,
                        "calibration.contacts.open[1]: expected 0 < low < high, found 0 and 4");
    assert_open_refused("high = 4", "high = 0.5", 17,
                        "calibration.contacts.open[1]: expected 0 < low < high, found 0.5 and 0.5");
    assert_open_refused("high = 4;", "", 17,
                        "calibration.contacts.open[1]: 'high' is missing: the most that the first "
                        "number may become");
    assert_open_refused("reason = \"hours are counted\";", "", 17,
                        "calibration.contacts.open[1]: 'reason' is missing: why it may be chosen");
    assert_open_refused("reason", "raeson", 18,
                        "calibration.contacts.open[1].raeson: unknown key; did you mean "
                        "'reason'?");
    assert_open_refused("[ \"effort.light\", \"team.effort\" ]", "3", 17,
                        "calibration.contacts.open[1].parameters: expected the name of a parameter "
                        "as in --set, or a list of names; found the number 3");
    assert_open_refused("open = (",
                        "open = ( { parameters = \"x\"; low = 1; high = 2; reason = "
                        "\"y\"; }, ",
                        17,
                        "calibration.contacts.open: 2 numbers cannot be chosen by 1 figures; give "
                        "as many figures as numbers, or more");
    assert_open_refused("open = (", "closed = (", 17,
                        "calibration.contacts.closed: unknown key; expected one of: targets, open");
}

static void refuses_an_empty_opening(void **state)
{
    (void)state;
    char path[FILES_PATH], text[4000];
    const char *const wrong[][2] = {
        {"calibration: { };\n", "calibration: expected a group { } with one group for every step; "
                                "leave it out when nothing is open"},
        {"calibration: { contacts = { targets = \"reach\"; open = 3; }; };\n",
         "calibration.contacts.open: expected a list of groups ( { ... }, { ... } ), found the "
         "number 3"},
        {"calibration: { contacts = { targets = \"reach\"; }; };\n",
         "calibration.contacts: 'open' is missing: the numbers that are chosen"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        (void)snprintf(text, sizeof text, "%s%s", right, wrong[i][0]);
        files_write(folder, "targets.cfg", text, path);
        assert_refused_at(path, 15, wrong[i][1]);
    }
}

static void refuses_files_that_are_none(void **state)
{
    (void)state;
    char path[FILES_PATH];
    kea_error err = {0};
    kea_targets targets;
    files_write(folder, "none.cfg", "format = 1;\ntitle = \"x\";\ntargets: { };\n", path);
    assert_int_equal(kea_targets_load(&targets, path, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "targets: is empty; give at least one figure");
    assert_true(kea_targets_is(path));
    files_write(folder, "scenario.cfg", "format = 1;\ntitle = \"x\";\n", path);
    assert_false(kea_targets_is(path));
    files_write(folder, "gone.cfg", "", path);
    assert_int_equal(unlink(path), 0);
    assert_false(kea_targets_is(path));
    assert_int_equal(kea_targets_load(&targets, path, &err), KEA_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_everything),         cmocka_unit_test(names_a_scenario_once),
        cmocka_unit_test(refuses_wrong_keys),       cmocka_unit_test(refuses_wrong_measures),
        cmocka_unit_test(refuses_wrong_figures),    cmocka_unit_test(reads_what_is_open),
        cmocka_unit_test(keeps_predictions_apart),  cmocka_unit_test(refuses_wrong_openings),
        cmocka_unit_test(refuses_an_empty_opening), cmocka_unit_test(refuses_files_that_are_none),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
