/* What a calibration opens, held against scenarios: names, bounds, ranges. */
#include "sim/core/memory.h"
#include "sim/search/open.h"
#include "tests/support/toy_problem.h"

#include <stdlib.h>

enum { N_SCENARIOS = 2 };

/* Two scenarios and two steps with one open number each, borrowed texts. */
typedef struct opened {
    kea_problem problems[N_SCENARIOS];
    kea_target target[2];
    size_t of_step[2][1];
    kea_target_open open[2];
    char *names[2][2];
    char words[4][64];
    char place[32];
    kea_target_fit fit[2];
    kea_targets targets;
} opened;

static void name(opened *o, size_t step, size_t at, const char *text)
{
    (void)snprintf(o->words[2 * step + at], sizeof o->words[0], "%s", text);
    o->names[step][at] = o->words[2 * step + at];
    o->open[step].parameters.n = at + 1;
}

/* Step 0 opens hazard.low (0.11) and stands on scenario 0; step 1 the hours of the team (5) on
 * scenario 1. */
static void make(opened *o)
{
    *o = (opened){.place = "targets.cfg"};
    for (size_t i = 0; i < 2; i++) {
        o->problems[i] = loaded();
        o->target[i].scenario = o->of_step[i][0] = i;
        o->open[i] = (kea_target_open){.parameters = {1, o->names[i]},
                                       .low = i == 0 ? 0.01 : 1,
                                       .high = i == 0 ? 0.5 : 20,
                                       .file = o->place,
                                       .line = 30 + (int)i};
        o->fit[i] = (kea_target_fit){
            .target = o->of_step[i], .n_targets = 1, .open = &o->open[i], .n_open = 1};
    }
    name(o, 0, 0, "hazard.low");
    name(o, 1, 0, "team.hours");
    o->targets = (kea_targets){
        .target = o->target, .n = 2, .n_scenarios = N_SCENARIOS, .fit = o->fit, .n_fits = 2};
}

static void take_down(opened *o)
{
    for (size_t i = 0; i < N_SCENARIOS; i++)
        kea_problem_free(&o->problems[i]);
}

static void assert_refused(opened *o, int line, const char *message)
{
    kea_error err = {0};
    assert_int_equal(kea_open_check(&o->targets, o->problems, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, "targets.cfg");
    assert_int_equal(err.line, line);
    take_down(o);
    make(o);
}

static void finds_entries(void **state)
{
    (void)state;
    opened o;
    kea_error err = {0};
    size_t n = 0, entry[KEA_MAX_OPEN];
    make(&o);
    assert_ok(kea_open_check(&o.targets, o.problems, &err), err);
    assert_ptr_equal(kea_open_home(&o.targets, o.problems, &o.open[0]), &o.problems[0]);
    name(&o, 0, 0, "hazard.high");
    name(&o, 0, 1, "team.handles");
    assert_ok(kea_open_entries(&o.problems[0], &o.open[0], entry, &n, &err), err);
    assert_int_equal(n, 3);
    assert_string_equal(o.problems[0].entries[entry[0]].name, "hazard.high");
    assert_string_equal(o.problems[0].entries[entry[1]].name, "team.handles.light");
    assert_string_equal(o.problems[0].entries[entry[2]].name, "team.handles.severe");
    name(&o, 0, 0, "nurse.hours");
    o.open[0].parameters.n = 1;
    assert_ok(kea_open_entries(&o.problems[0], &o.open[0], entry, &n, &err), err);
    assert_int_equal(n, 0);
    assert_null(kea_open_home(&o.targets, o.problems, &o.open[0]));
    take_down(&o);
}

static void refuses_wrong_names(void **state)
{
    (void)state;
    opened o;
    make(&o);
    name(&o, 0, 0, "hazrd.low");
    assert_refused(&o, 30, "there is no parameter or care model 'hazrd'; did you mean 'hazard'?");
    name(&o, 0, 0, "hazard.hihg");
    assert_refused(&o, 30, "'hazard' has no element 'hihg'; did you mean 'high'?");
    name(&o, 1, 0, "counsellor.accept");
    assert_refused(&o, 31, "counsellor has no 'accept' of its own; give it in its file");
    name(&o, 1, 0, "hours");
    assert_refused(&o, 31, "'hours' belongs to the care models; name one of them, like team.hours");
    name(&o, 0, 1, "hazard.hihg"); /* the first of two is found */
    assert_refused(&o, 30, "'hazard' has no element 'hihg'; did you mean 'high'?");
    take_down(&o);
}

static void refuses_what_cannot_be_scaled(void **state)
{
    (void)state;
    opened o;
    make(&o);
    name(&o, 0, 0, "mix.low");
    o.open[0].high = 0.6;
    assert_refused(&o, 30, "mix.low cannot be open: shares that sum to 1 cannot be multiplied");
    name(&o, 0, 0, "students");
    o.open[0].high = 300;
    assert_refused(&o, 30, "students cannot be open: whole numbers cannot be multiplied");
    o.open[0].low = 0.2;
    assert_refused(&o, 30, "hazard.low is 0.11 now, outside the bounds 0.2 to 0.5");
    name(&o, 0, 0, "hazard.high"); /* 0 cannot be multiplied into anything */
    assert_refused(&o, 30, "hazard.high is 0 now, outside the bounds 0.01 to 0.5");
    /* 0.4 of the light ones are handled and 0.1 of the severe: five times 0.1 is five times 0.4 */
    name(&o, 1, 0, "counsellor.handles.severe");
    name(&o, 1, 1, "counsellor.handles.light");
    o.open[1].low = 0.05;
    o.open[1].high = 0.5;
    assert_refused(&o, 31,
                   "with counsellor.handles.severe at 0.5, counsellor.handles.light would be 2; "
                   "expected 0 to 1");
    take_down(&o);
}

static void refuses_a_number_twice(void **state)
{
    (void)state;
    opened o;
    make(&o);
    name(&o, 1, 0, "hazard");
    o.open[1].low = 0.1;
    o.open[1].high = 2;
    assert_refused(&o, 31, "hazard.low is open already; a number can be chosen once only");
    name(&o, 0, 1, "hazard.low");
    assert_refused(&o, 30, "hazard.low is open already; a number can be chosen once only");
    take_down(&o);
}

static void refuses_a_number_that_differs(void **state)
{
    (void)state;
    opened o;
    size_t at = 0;
    char file[] = "other.cfg";
    char message[2 * FILES_PATH];
    make(&o);
    assert_true(kea_problem_find(&o.problems[1], "hazard.low", &at));
    o.problems[1].entries[at].value = 0.12;
    free(o.problems[1].file);
    o.problems[1].file = NULL;
    assert_int_equal(kea_memory_copy_text(&o.problems[1].file, file, NULL), KEA_OK);
    (void)snprintf(message, sizeof message,
                   "hazard.low is 0.11 in %s and 0.12 in other.cfg; only a number that scenarios "
                   "share can be open in them",
                   scenario_path);
    assert_refused(&o, 30, message);
    take_down(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_entries),
        cmocka_unit_test(refuses_wrong_names),
        cmocka_unit_test(refuses_what_cannot_be_scaled),
        cmocka_unit_test(refuses_a_number_twice),
        cmocka_unit_test(refuses_a_number_that_differs),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
