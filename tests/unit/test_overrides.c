/* Overrides of the command line, and the texts that the loader's side writes: the resolved scenario
 * and the templates. */
#include "sim/inputs/template.h"
#include "tests/support/toy_problem.h"

static void overrides_fix_what_they_name(void **state)
{
    (void)state;
    static const char *const set[] = {"hazard.low=0.25",
                                      "students=300",
                                      "team.hours=7.5",
                                      "counsellor.handles=0.3",
                                      "counsellor.accept=0.55",
                                      "run.draws=11",
                                      "analysis.hours_factor.n=9",
                                      "analysis.sweeps.accept.to=3.5",
                                      "run.seed=42",
                                      "analysis.tornado_level=0.8"};
    double base[N_ENTRIES + 1], values[N_SLOTS];
    kea_problem p;
    load_with(&p, sizeof set / sizeof set[0], set);
    const kea_entry *e = entry_of(&p, "hazard.low");
    assert_near(e->value, 0.25, 0);
    assert_int_equal(e->dist.family, KEA_FIXED);
    assert_near(e->dist.p[0], 0.25, 0);
    assert_string_equal(e->source, "command line");
    assert_int_equal(e->evidence, KEA_ASSUMPTION);
    assert_int_equal(entry_of(&p, "hazard.middle")->dist.family, KEA_GAMMA);
    assert_near(entry_of(&p, "students")->value, 300, 0);
    assert_near(entry_of(&p, "team.hours")->value, 7.5, 0);
    assert_near(entry_of(&p, "counsellor.handles.light")->value, 0.3, 0);
    assert_near(entry_of(&p, "counsellor.handles.severe")->value, 0.3, 0);
    assert_int_equal(p.settings.draws, 11);
    assert_int_equal(p.settings.hours_factor.n, 9);
    assert_near(p.sweeps[1].factor.to, 3.5, 0);
    assert_true(p.settings.seed == 42);
    assert_near(p.settings.tornado_level, 0.8, 0);
    /* a shared parameter given to one care model leaves the others alone */
    assert_int_equal(p.n_entries, N_ENTRIES + 1);
    kea_problem_base(&p, base);
    kea_problem_values(&p, base, p.strategies[0], values);
    assert_near(values[SLOT_ACCEPT], 0.55, 0);
    kea_problem_values(&p, base, p.strategies[1], values);
    assert_near(values[SLOT_ACCEPT], 0.75, 0);
    assert_near(entry_of(&p, "accept")->value, 0.6, 0);
    kea_problem_free(&p);
}

static void assert_override_refused(const char *set, const char *message)
{
    kea_problem p;
    kea_error err = {0};
    const char *const list[] = {set};
    const kea_load_options options = {NULL, 1, list};
    assert_int_equal(kea_problem_load(&p, scenario_path, &options, lookup, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, "");
    assert_null(p.entries);
}

static void wrong_overrides_are_named(void **state)
{
    (void)state;
    assert_override_refused("hazard", "--set hazard: expected name=value, like "
                                      "dropout_hazard.level1=0.2");
    assert_override_refused("=3", "--set =3: expected name=value, like dropout_hazard.level1=0.2");
    assert_override_refused("hazzard=0.1", "--set hazzard=0.1: there is no parameter or care model "
                                           "'hazzard'; did you mean 'hazard'?");
    assert_override_refused("teem.hours=2", "--set teem.hours=2: there is no parameter or care "
                                            "model 'teem'; did you mean 'team'?");
    assert_override_refused("team.hour=2",
                            "--set team.hour=2: there is no parameter 'hour'; did you mean "
                            "'hours'?");
    assert_override_refused("hazard.hihg=0.1", "--set hazard.hihg=0.1: 'hazard' has no element "
                                               "'hihg'; did you mean 'high'?");
    assert_override_refused("students.low=3", "--set students.low=3: 'students' has no element "
                                              "'low'");
    assert_override_refused("hours=2", "--set hours=2: 'hours' belongs to the care models; name "
                                       "one of them, like team.hours");
    assert_override_refused("counsellor.hazard.low=0.2",
                            "--set counsellor.hazard.low=0.2: counsellor has no 'hazard' of its "
                            "own; set all of it (counsellor.hazard=...), or give it in its file");
    assert_override_refused("accept=often", "--set accept=often: expected a finite number, found "
                                            "\"often\"");
    assert_override_refused("accept=", "--set accept=: expected a finite number, found \"\"");
    assert_override_refused("accept=nan", "--set accept=nan: expected a finite number, found "
                                          "\"nan\"");
    assert_override_refused("accept=1.5",
                            "--set accept=1.5: the value is 1.5 (share), outside the range 0 to "
                            "1; give a number within it");
    assert_override_refused("students=2.5", "--set students=2.5: expected a whole number, found "
                                            "2.5");
    assert_override_refused("mix.low=0.6", "--set mix.low=0.6: the shares of 'mix' then sum to "
                                           "1.1, expected 1; set the others too");
    assert_override_refused("run.draw=3", "--set run.draw=3: there is no setting 'run.draw'; did "
                                          "you mean 'run.draws'?");
    assert_override_refused("run.draws=0", "--set run.draws=0: expected a number from 1 to "
                                           "1000000, found 0");
    assert_override_refused("run.draws=2.5", "--set run.draws=2.5: expected a whole number, found "
                                             "2.5");
    assert_override_refused("run.seed=-3", "--set run.seed=-3: expected a whole number of digits "
                                           "only, found \"-3\"");
    assert_override_refused("analysis.hours_factor.to=0.1",
                            "--set: analysis.hours_factor: expected 'from' below 'to' (or equal, "
                            "with n = 1), found from 0.5 to 0.1 with n = 5");
    assert_override_refused("analysis.sweeps.accept.to=0.1",
                            "--set: analysis.sweeps.accept: expected 'from' below 'to' (or equal, "
                            "with n = 1), found from 0.75 to 0.1 with n = 2");
    assert_override_refused("analysis.sweeps.mix.to=2", "--set analysis.sweeps.mix.to=2: the "
                                                        "scenario sweeps no parameter 'mix'");
    assert_override_refused("analysis.sweeps.hazard.by=2", "--set analysis.sweeps.hazard.by=2: a "
                                                           "range has from, to and n, but no 'by'");
    assert_override_refused("analysis.sweeps.hazard.n=0", "--set analysis.sweeps.hazard.n=0: "
                                                          "expected a number from 1 to 1001, "
                                                          "found 0");
}

static void the_text_gives_the_same_problem(void **state)
{
    (void)state;
    static const char *const set[] = {"hazard.low=0.123456789012345678", "run.draws=12"};
    char path[FILES_PATH];
    kea_problem p, q;
    kea_error err = {0};
    load_with(&p, 2, set);
    files_write(folder, "scenarios/resolved.cfg", p.text, path);
    assert_ok(kea_problem_load(&q, path, NULL, lookup, &err), err);
    assert_memory_equal(&p.settings.hours_factor, &q.settings.hours_factor, sizeof(kea_range));
    assert_true(p.settings.seed == q.settings.seed && q.settings.draws == 12);
    assert_int_equal(q.n_sweeps, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_ptr_equal(p.sweeps[i].decl, q.sweeps[i].decl);
        assert_int_equal(p.sweeps[i].element, q.sweeps[i].element);
        assert_memory_equal(&p.sweeps[i].factor, &q.sweeps[i].factor, sizeof(kea_range));
    }
    assert_near(p.settings.discount_effects, q.settings.discount_effects, 0);
    assert_string_equal(p.title, q.title);
    assert_int_equal(p.n_entries, q.n_entries);
    for (size_t i = 0; i < p.n_entries; i++) {
        const kea_entry *a = &p.entries[i], *b = &q.entries[i];
        assert_string_equal(a->name, b->name);
        assert_near(b->value, a->value, 0);
        assert_int_equal(a->dist.family, b->dist.family);
        for (size_t k = 0; kea_dist_param_name(a->dist.family, k); k++)
            assert_near(b->dist.p[k], a->dist.p[k], 0);
        assert_string_equal(a->source, b->source);
        assert_int_equal(a->evidence, b->evidence);
    }
    assert_non_null(strstr(p.text, "# Overridden on the command line: \"run.draws=12\""));
    assert_non_null(strstr(p.text, "#     hours = {"));
    kea_problem_free(&p);
    kea_problem_free(&q);
}

/* Replaces every `from` in text by `to`, within size. */
static void replace_all(char *text, size_t size, const char *from, const char *to)
{
    for (char *at = strstr(text, from); at; at = strstr(at + strlen(to), from)) {
        assert_true(strlen(text) + strlen(to) + 1 < size);
        memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
        memcpy(at, to, strlen(to));
    }
}

/* Puts a template's open places right, and loads it. */
static void a_filled_template_loads(void **state)
{
    (void)state;
    char path[FILES_PATH], filled[16384], *text = NULL;
    kea_problem p;
    kea_error err = {0};
    assert_ok(kea_template(&table, "toy", &text, &err), err);
    for (size_t i = 0; i < table.n; i++) {
        bool world = table.decl[i].scope == KEA_WORLD;
        assert_true((strstr(text, table.decl[i].meaning) != NULL) == world);
    }
    assert_non_null(strstr(text, "    # per year, from 0 to 10\n    # low, middle, high\n"));
    (void)snprintf(filled, sizeof filled, "%s", text);
    free(text);
    files_write(folder, "scenarios/filled.cfg", filled, path);
    assert_int_equal(kea_problem_load(&p, path, NULL, lookup, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "run.discount_costs: expected a value before ';'");
    replace_all(filled, sizeof filled, "value = [ ];", "value = [1, 0, 0];");
    replace_all(filled, sizeof filled, "= ;", "= 1;");
    replace_all(filled, sizeof filled, "status = \"\"", "status = \"report\"");
    replace_all(filled, sizeof filled, "[ \"\", \"\" ]", "[ \"counsellor\", \"team\" ]");
    replace_all(filled, sizeof filled, "= \"\"", "= \"team\"");
    files_write(folder, "scenarios/filled.cfg", filled, path);
    assert_ok(kea_problem_load(&p, path, NULL, lookup, &err), err);
    assert_int_equal(p.n_entries, N_ENTRIES);
    assert_string_equal(p.care[p.status_quo].id, "team");
    kea_problem_free(&p);
}

static void a_filled_care_template_loads(void **state)
{
    (void)state;
    char path[FILES_PATH], filled[8192], *text = NULL;
    static const char *const set[] = {"students=100"};
    kea_problem p;
    kea_error err = {0};
    assert_ok(kea_template_care(&table, &text, &err), err);
    (void)snprintf(filled, sizeof filled, "%s", text);
    free(text);
    replace_all(filled, sizeof filled, "value = [ ];", "value = [1, 0];");
    replace_all(filled, sizeof filled, "= ;", "= 1;");
    replace_all(filled, sizeof filled, "status = \"\"", "status = \"report\"");
    replace_all(filled, sizeof filled, "= \"\"", "= \"x\"");
    files_write(folder, "models/counsellor.cfg", filled, path);
    const kea_load_options options = {NULL, 1, set};
    assert_ok(kea_problem_load(&p, scenario_path, &options, lookup, &err), err);
    assert_near(entry_of(&p, "counsellor.hours")->value, 1, 0);
    kea_problem_free(&p);
    files_write(folder, "models/counsellor.cfg", counsellor, path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overrides_fix_what_they_name),
        cmocka_unit_test(wrong_overrides_are_named),
        cmocka_unit_test(the_text_gives_the_same_problem),
        cmocka_unit_test(a_filled_template_loads),
        cmocka_unit_test(a_filled_care_template_loads),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
