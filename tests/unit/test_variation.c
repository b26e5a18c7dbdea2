/* Sensitivity designs that change named parameters: axes, grids, what-if scenarios, and the factors
 * of global ones. */
#include "sim/inputs/design.h"
#include "sim/inputs/problem_draw.h"
#include "sim/inputs/variation.h"
#include "sim/inputs/what_if.h"
#include "tests/support/toy_problem.h"

#define WHAT_IF                                                                                    \
    "what_if: (\n"                                                                                 \
    "  { name = \"sceptical\"; parameters = ( { name = \"hazard\"; factor = 0.5; },\n"             \
    "      { name = \"mix.low\"; value = 0.2; } ); source = \"trial\"; status = \"published\"; "   \
    "},\n"                                                                                         \
    "  { name = \"keen\"; parameters = ( { name = \"accept\"; quantile = 0.975; },\n"              \
    "      { name = \"team.accept\"; value = 0.9; }, { name = \"team.hours\"; factor = 2; } );\n"  \
    "    source = \"hope\"; status = \"assumption\"; } );\n"

static const kea_range halves = {0.5, 1.5, 3};

static size_t index_of(const kea_problem *problem, const char *name)
{
    return (size_t)(entry_of(problem, name) - problem->entries);
}

static double value_of(const kea_problem *problem, const double *values, const char *name)
{
    return values[index_of(problem, name)];
}

static void axes_change_what_they_name(void **state)
{
    (void)state;
    kea_problem p = loaded();
    kea_error err = {0};
    kea_varied v;
    double values[N_ENTRIES], base[N_ENTRIES];
    kea_problem_base(&p, base);
    /* a factor of a shared number multiplies the team's own too, but no further than the range */
    assert_ok(kea_varied_init(&v, &p, "accept", KEA_VARIED_FACTOR, &halves, &err), err);
    memcpy(values, base, sizeof base);
    kea_varied_apply(&v, &p, 1.5, values);
    assert_near(value_of(&p, values, "accept"), 0.9, 1e-15);
    assert_near(value_of(&p, values, "team.accept"), 1, 0);
    kea_varied_free(&v);
    kea_varied_free(&v);
    /* a value is for what is named only */
    const kea_range values_of = {0.1, 0.3, 2};
    assert_ok(kea_varied_init(&v, &p, "accept", KEA_VARIED_VALUE, &values_of, &err), err);
    memcpy(values, base, sizeof base);
    kea_varied_apply(&v, &p, 0.3, values);
    assert_near(value_of(&p, values, "accept"), 0.3, 0);
    assert_near(value_of(&p, values, "team.accept"), 0.75, 0);
    kea_varied_free(&v);
    /* one share: the others, 0.3 and 0.2, keep their proportions */
    assert_ok(kea_varied_init(&v, &p, "mix.low", KEA_VARIED_VALUE, &values_of, &err), err);
    memcpy(values, base, sizeof base);
    kea_varied_apply(&v, &p, 0.25, values);
    assert_near(value_of(&p, values, "mix.low"), 0.25, 0);
    assert_near(value_of(&p, values, "mix.middle"), 0.45, 1e-15);
    assert_near(value_of(&p, values, "mix.high"), 0.3, 1e-15);
    kea_varied_free(&v);
    /* a quantile is that of each element's own distribution */
    const kea_range tails = {0.1, 0.9, 2};
    assert_ok(kea_varied_init(&v, &p, "team.hours", KEA_VARIED_QUANTILE, &tails, &err), err);
    kea_varied_apply(&v, &p, 0.9, values);
    assert_near(value_of(&p, values, "team.hours"), 5.2 + 0.4 * 1.2815515655446004, 1e-12);
    kea_varied_free(&v);
    kea_problem_free(&p);
}

typedef struct wrong {
    const char *name;
    kea_varied_how how;
    kea_range levels;
    const char *text;
} wrong;

static void wrong_axes_are_refused(void **state)
{
    (void)state;
    static const wrong row[] = {
        {"acept",
         KEA_VARIED_VALUE,
         {0, 1, 2},
         "there is no parameter or care model 'acept'; did you "
         "mean 'accept'?"},
        {"counsellor.accept",
         KEA_VARIED_VALUE,
         {0, 1, 2},
         "counsellor has no 'accept' of its own; name 'accept', which all care models share"},
        {"accept",
         KEA_VARIED_VALUE,
         {0, 1, 0},
         "'accept': expected at least one value, found none"},
        {"accept",
         KEA_VARIED_VALUE,
         {0, 1.5, 2},
         "'accept': the value is 1.5 (share), outside the range 0 to 1; give a number within it"},
        {"students", KEA_VARIED_VALUE, {1, 2, 3}, "'students': expected a whole number, found 1.5"},
        {"accept", KEA_VARIED_FACTOR, {-1, 1, 3}, "'accept': a factor is 0 or more, found -1"},
        {"accept",
         KEA_VARIED_QUANTILE,
         {0.5, 1, 2},
         "'accept': a quantile lies between 0 and 1, found 1"},
        {"accept",
         KEA_VARIED_VALUE,
         {(double)NAN, (double)NAN, 1},
         "'accept': nan is no number to give it"},
        {"hazard",
         KEA_VARIED_QUANTILE,
         {0.1, 0.9, 2},
         "'hazard.high' is certain and has no quantiles; give values instead"},
        {"mix",
         KEA_VARIED_FACTOR,
         {0, 1, 2},
         "'mix' are shares that sum to 1 and cannot be multiplied; give one element a value"},
        {"mix",
         KEA_VARIED_VALUE,
         {0, 1, 2},
         "'mix' are shares that sum to 1 and cannot have one value; name one of its elements, the "
         "others keep their proportions"},
    };
    kea_problem p = loaded();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        kea_varied v;
        kea_error err = {0};
        assert_int_equal(kea_varied_init(&v, &p, row[i].name, row[i].how, &row[i].levels, &err),
                         KEA_ERR_USAGE);
        assert_string_equal(err.text, row[i].text);
        kea_varied_free(&v);
    }
    kea_problem_free(&p);
}

/* Three factors of hazard by two values of accept by two quantiles of hours: 12 cells, the last
 * axis fastest; point j of every cell is cohort j, from the base case or from draw j. */
static void a_grid_holds_every_combination(void **state)
{
    (void)state;
    kea_problem p = loaded();
    kea_error err = {0};
    kea_varied axes[3];
    kea_variation grid;
    kea_design design;
    const kea_range accepts = {0.2, 0.4, 2}, tails = {0.05, 0.95, 2};
    assert_ok(kea_varied_init(&axes[0], &p, "hazard", KEA_VARIED_FACTOR, &halves, &err), err);
    assert_ok(kea_varied_init(&axes[1], &p, "accept", KEA_VARIED_VALUE, &accepts, &err), err);
    assert_ok(kea_varied_init(&axes[2], &p, "team.hours", KEA_VARIED_QUANTILE, &tails, &err), err);
    for (int drawn = 0; drawn < 2; drawn++) {
        assert_ok(kea_variation_grid(&grid, &p, 3, axes, &err), err);
        assert_int_equal(grid.n_groups, 12);
        grid.drawn = drawn == 1;
        assert_ok(kea_design_varied(&design, &p, &grid, "table", 5, &err), err);
        assert_string_equal(design.name, "table");
        assert_int_equal(design.n_points, 60);
        assert_int_equal(design.n_arms, 2);
        for (size_t i = 0; i < design.n_points; i++) {
            const kea_point point = kea_design_point(&design, i);
            size_t cell = i / 5;
            double start[N_ENTRIES], values[N_ENTRIES], factor = 0.5 + 0.5 * (double)(cell / 4);
            double accept = cell / 2 % 2 ? 0.4 : 0.2;
            if (drawn)
                kea_problem_draw(&p, point.cohort, start);
            else
                kea_problem_base(&p, start);
            kea_design_values(&design, &p, i, values);
            assert_int_equal(point.group, cell);
            assert_int_equal(point.cohort, i % 5);
            assert_near(point.level, factor, 0);
            assert_near(point.level2, accept, 0);
            assert_near(kea_variation_level(&grid, cell, 2), cell % 2 ? 0.95 : 0.05, 0);
            assert_near(value_of(&p, values, "hazard.middle"),
                        factor * value_of(&p, start, "hazard.middle"), 1e-15);
            assert_near(value_of(&p, values, "accept"), accept, 0);
            assert_near(
                value_of(&p, values, "team.hours"),
                kea_dist_quantile(&entry_of(&p, "team.hours")->dist, cell % 2 ? 0.95 : 0.05),
                1e-15);
            assert_near(value_of(&p, values, "mix.low"), value_of(&p, start, "mix.low"), 0);
        }
        kea_design_free(&design);
        kea_variation_free(&grid);
    }
    for (size_t i = 0; i < 3; i++)
        kea_varied_free(&axes[i]);
    kea_problem_free(&p);
}

static void wrong_grids_are_refused(void **state)
{
    (void)state;
    kea_problem p = loaded();
    kea_error err = {0};
    kea_varied axes[7];
    kea_variation grid;
    const kea_range long_range = {0, 1, 101};
    static const char *const names[] = {"hazard",        "accept", "hours", "handles",
                                        "hazard.middle", "hazard", "hazard"};
    assert_ok(kea_varied_init(&axes[0], &p, "hazard", KEA_VARIED_FACTOR, &long_range, &err), err);
    assert_ok(kea_varied_init(&axes[1], &p, "accept", KEA_VARIED_VALUE, &long_range, &err), err);
    for (size_t i = 2; i < 7; i++)
        assert_ok(kea_varied_init(&axes[i], &p, i < 4 ? "students" : names[i], KEA_VARIED_FACTOR,
                                  &halves, &err),
                  err);
    assert_int_equal(kea_variation_grid(&grid, &p, 2, axes, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text, "too many combinations: 10000 is the most; take fewer values, or "
                                  "fewer parameters");
    assert_int_equal(kea_variation_grid(&grid, &p, 7, axes, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text, "expected 1 to 6 parameters to vary, found 7");
    assert_int_equal(kea_variation_grid(&grid, &p, 0, axes, &err), KEA_ERR_USAGE);
    assert_int_equal(kea_variation_grid(&grid, &p, 2, axes + 4, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text,
                        "'hazard.middle' and 'hazard' both vary 'hazard.middle'; vary it once");
    for (size_t i = 0; i < 7; i++)
        kea_varied_free(&axes[i]);
    kea_problem_free(&p);
}

static void what_ifs_are_read_run_and_written(void **state)
{
    (void)state;
    kea_problem p = loaded_with(WHAT_IF), again;
    kea_error err = {0};
    kea_variation v;
    char path[FILES_PATH];
    double values[N_ENTRIES], same[N_ENTRIES], base[N_ENTRIES];
    files_write(folder, "scenarios/again.cfg", p.text, path);
    assert_ok(kea_problem_load(&again, path, NULL, lookup, &err), err);
    assert_int_equal(p.n_what_ifs, 2);
    assert_string_equal(p.what_ifs[0].name, "sceptical");
    assert_string_equal(p.what_ifs[0].source, "trial");
    assert_int_equal(p.what_ifs[0].evidence, KEA_PUBLISHED);
    assert_string_equal(p.what_ifs[0].file, p.file);
    assert_int_equal(p.what_ifs[1].n_changes, 3);
    assert_ok(kea_variation_what_if(&v, &p, &err), err);
    assert_int_equal(v.n_groups, 3);
    kea_problem_base(&p, base);
    kea_variation_values(&v, &p, 0, 0, values);
    assert_memory_equal(values, base, sizeof base);
    for (size_t g = 0; g < 3; g++) {
        kea_variation_values(&v, &p, g, 0, values);
        kea_variation_values(&v, &again, g, 0, same);
        assert_memory_equal(values, same, sizeof same);
    }
    assert_near(value_of(&p, values, "accept"), 0.8, 1e-6); /* the end of its 95% interval */
    assert_near(value_of(&p, values, "team.accept"), 0.9, 0);
    assert_near(value_of(&p, values, "team.hours"), 10, 0);
    assert_near(value_of(&p, values, "hazard.low"), 0.11, 0);
    kea_variation_values(&v, &p, 1, 0, values);
    assert_near(value_of(&p, values, "hazard.low"), 0.055, 1e-15);
    assert_near(value_of(&p, values, "mix.low"), 0.2, 0);
    assert_near(value_of(&p, values, "mix.high"), 0.32, 1e-15);
    v.drawn = true;
    kea_problem_draw(&p, 6, base);
    kea_variation_values(&v, &p, 1, 6, values);
    assert_near(value_of(&p, values, "hazard.low"), value_of(&p, base, "hazard.low") / 2, 1e-15);
    assert_near(value_of(&p, values, "team.hours"), value_of(&p, base, "team.hours"), 0);
    kea_variation_free(&v);
    kea_problem_free(&p);
    kea_problem_free(&again);
    p = loaded();
    assert_int_equal(kea_variation_what_if(&v, &p, &err), KEA_ERR_USAGE);
    kea_problem_free(&p);
}

/* In the toy uncertain: hazard.low, .middle, mix (3), accept, team.hours, team.handles.severe. */
static void factors_keep_together_what_belongs_together(void **state)
{
    (void)state;
    size_t label[N_ENTRIES];
    kea_factors factors;
    kea_error err = {0};
    kea_problem p =
        loaded_with("correlations: ( { name = \"risk\"; rho = 0.5; source = \"s\";"
                    " parameters = [\"hazard.low\", \"team.hours\"]; status = \"report\"; } );"
                    "\n");
    static const char *const alone[] = {"risk", "hazard.middle", "mix", "accept",
                                        "team.handles.severe"};
    assert_ok(kea_factors_init(&factors, &p, NULL, &err), err);
    assert_int_equal(factors.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(factors.factor[i].name, alone[i]);
    assert_int_equal(factors.factor[2].n_entries, 3);
    assert_int_equal(factors.of[index_of(&p, "team.hours")], 0);
    assert_true(factors.of[index_of(&p, "hazard.high")] == KEA_NO_FACTOR);
    assert_true(factors.of[index_of(&p, "students")] == KEA_NO_FACTOR);
    kea_factors_free(&factors);
    /* with the elements of a parameter joined, hazard.middle comes to the correlated group */
    kea_factors_by_parameter(&p, label);
    assert_ok(kea_factors_init(&factors, &p, label, &err), err);
    assert_int_equal(factors.n, 4);
    assert_string_equal(factors.factor[0].name, "hazard.low and 2 more");
    assert_int_equal(factors.of[index_of(&p, "hazard.middle")], 0);
    kea_factors_free(&factors);
    kea_factors_free(&factors);
    kea_problem_free(&p);
    /* without the group, hazard is a parameter by itself */
    p = loaded();
    assert_ok(kea_factors_init(&factors, &p, label, &err), err);
    assert_string_equal(factors.factor[0].name, "hazard");
    kea_factors_free(&factors);
    for (size_t i = 0; i < p.n_entries; i++)
        p.entries[i].dist.family = KEA_FIXED;
    assert_int_equal(kea_factors_init(&factors, &p, NULL, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "no number is uncertain: there is nothing to vary");
    kea_factors_free(&factors);
    kea_problem_free(&p);
}

/* AB_i is A but for factor i, which is B's; A and B differ in every uncertain number. */
static void rows_mix_a_and_b(void **state)
{
    (void)state;
    kea_problem p =
        loaded_with("correlations: ( { name = \"risk\"; rho = 0.5; source = \"s\";"
                    " parameters = [\"hazard.low\", \"accept\"]; status = \"report\"; } );\n");
    kea_factors factors;
    kea_variation v;
    kea_error err = {0};
    double a[N_ENTRIES], b[N_ENTRIES], mixed[N_ENTRIES], draw[N_ENTRIES];
    assert_ok(kea_factors_init(&factors, &p, NULL, &err), err);
    assert_ok(kea_variation_sobol(&v, &p, &factors, 9, &err), err);
    for (uint32_t row = 0; row < 9; row++) {
        kea_variation_values(&v, &p, 0, row, a);
        kea_variation_values(&v, &p, 1, row, b);
        kea_problem_draw(&p, row, draw);
        for (size_t g = 0; g < factors.n; g++) {
            kea_variation_values(&v, &p, 2 + g, row, mixed);
            for (size_t i = 0; i < p.n_entries; i++) {
                assert_near(mixed[i], factors.of[i] == g ? b[i] : a[i], 0);
                if (p.entries[i].dist.family == KEA_FIXED)
                    continue;
                assert_true(a[i] != b[i] && a[i] != draw[i] && b[i] != draw[i]);
            }
        }
    }
    assert_int_equal(kea_variation_sobol(&v, &p, &factors, 1, &err), KEA_ERR_USAGE);
    assert_string_equal(err.text, "a variance-based analysis needs at least 2 rows, found 1");
    kea_variation_free(&v);
    kea_factors_free(&factors);
    kea_problem_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_change_what_they_name),
        cmocka_unit_test(wrong_axes_are_refused),
        cmocka_unit_test(a_grid_holds_every_combination),
        cmocka_unit_test(wrong_grids_are_refused),
        cmocka_unit_test(what_ifs_are_read_run_and_written),
        cmocka_unit_test(factors_keep_together_what_belongs_together),
        cmocka_unit_test(rows_mix_a_and_b),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
