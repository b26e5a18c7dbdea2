/* Calibration of the mbo model: figures are simulated with known numbers, and the numbers are found
 * again from elsewhere. */
#include "models/mbo/mbo.h"
#include "models/registry.h"
#include "sim/analysis/target_value.h"
#include "sim/engine/run.h"
#include "sim/inputs/design.h"
#include "sim/search/calibrate.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

enum { REPLICATES = 12, N_FIGURES = 4 };

static char folder[FILES_PATH];

/* The truth, as multiples of what the files say. */
static const double NEEDS = 1.25, DROPOUT = 0.75;

/* A small school with School als Werkplaats, and four figures; all but the last are fitted. */
static const char head[] =
    "format = 1;\ntitle = \"x\";\ntargets: {\n"
    "    needs = { measure = { outcome = \"needs\"; over = \"students\"; scale = 100.0; }; %s };\n"
    "    vsv = { measure = { outcome = \"vsv\"; over = \"students\"; scale = 100.0; }; %s };\n"
    "    reach = { measure = { outcome = \"reach\"; over = \"students\"; scale = 100.0; }; %s };\n"
    "    ratio = { measure = { outcome = \"vsv\"; over = \"students\"; compare = \"ratio\"; }; "
    "%s };\n};\n";

static const char two_steps[] =
    "calibration: {\n"
    "    school = { targets = [ \"needs\", \"vsv\", \"reach\" ]; open = (\n"
    "        { parameters = \"need_rate\"; low = 0.5; high = 8.0; reason = \"x\"; },\n"
    "        { parameters = \"dropout_hazard\"; low = 0.02; high = 0.9; reason = \"x\"; } ); };\n"
    "};\n";

typedef struct world {
    kea_targets targets;
    kea_problem problem;
    kea_estimate figure[N_FIGURES];
} world;

static void load_problem(kea_problem *problem, const char *seed)
{
    kea_error err = {0};
    const char *const set[] = {"students=500", seed, "warmup_years=4", "runout_years=2"};
    const kea_load_options options = {NULL, sizeof set / sizeof set[0], set};
    assert_ok(kea_problem_load(problem, KEA_SOURCE_DIR "/scenarios/friesland.cfg", &options,
                               kea_models_params, &err),
              err);
}

static void scale(kea_problem *problem, const char *param, double factor)
{
    size_t first = 0, n = 0;
    kea_error err = {0};
    assert_ok(kea_problem_find_named(problem, param, &first, &n, &err), err);
    for (size_t i = first; i < first + n; i++)
        problem->entries[i].value *= factor;
}

/* Figures of the problem as it is, from all its cohorts. */
static void simulate(const kea_problem *problem, const kea_targets *targets, kea_estimate *figure)
{
    kea_design design;
    kea_sample sample;
    kea_error err = {0};
    double value[REPLICATES];
    const kea_run_options options = {.threads = 2};
    assert_ok(kea_design_base(&design, problem, REPLICATES, &err), err);
    assert_ok(kea_run(&mbo_model, problem, &design, &options, &sample, &err), err);
    for (size_t i = 0; i < targets->n; i++) {
        kea_target_values(&sample, 1, &targets->target[i].measure, value);
        figure[i] = kea_estimate_of(value, REPLICATES);
    }
    kea_sample_free(&sample);
    kea_design_free(&design);
}

/* Figure i as text; the value stands for what is not known yet. */
static void write_targets(const double *value, const char *rest, char *path)
{
    char text[4096], figure[N_FIGURES][512], file[5000];
    for (size_t i = 0; i < N_FIGURES; i++)
        (void)snprintf(figure[i], sizeof figure[i],
                       "name = \"x\"; scenario = \"%s/scenarios/friesland.cfg\"; strategy = "
                       "\"school_als_werkplaats\"; value = %.17g; low = %.17g; high = %.17g; unit "
                       "= \"%%\"; source = \"x\"; status = \"report\"; role = \"%s\";",
                       KEA_SOURCE_DIR, value[i], 0.9 * value[i], 1.1 * value[i],
                       i + 1 < N_FIGURES ? "fitted" : "prediction");
    (void)snprintf(text, sizeof text, head, figure[0], figure[1], figure[2], figure[3]);
    (void)snprintf(file, sizeof file, "%s%s", text, rest);
    files_write(folder, "targets.cfg", file, path);
}

/* What the truth gives, with other people than the calibration has. */
static void make_truth(kea_estimate *figure)
{
    static const double one[N_FIGURES] = {1, 1, 1, 1};
    char path[FILES_PATH];
    kea_error err = {0};
    kea_targets targets;
    kea_problem problem;
    write_targets(one, "", path);
    assert_ok(kea_targets_load(&targets, path, &err), err);
    load_problem(&problem, "run.seed=77");
    scale(&problem, "need_rate", NEEDS);
    scale(&problem, "dropout_hazard", DROPOUT);
    simulate(&problem, &targets, figure);
    kea_problem_free(&problem);
    kea_targets_free(&targets);
}

static const kea_calibrate_options options = {
    .replicates = REPLICATES, .most_runs = 150, .threads = 2};

static void assert_found(const kea_fit_found *found, double start, double truth)
{
    /* the figures were simulated with as many schools, so both errors are alike */
    double error = found->error / start * sqrt(2);
    assert_false(found->at_bound);
    assert_true(found->error > 0);
    assert_true(error < 0.15);
    assert_near(found->value / start, truth, 4.9 * error);
    assert_true(fabs(found->value / start - 1) > 2 * error); /* and not because it stayed put */
}

static void finds_known_numbers_again(void **state)
{
    (void)state;
    char path[FILES_PATH];
    kea_error err = {0};
    kea_estimate truth[N_FIGURES];
    double value[N_FIGURES];
    world w;
    kea_calibration found;
    make_truth(truth);
    for (size_t i = 0; i < N_FIGURES; i++)
        value[i] = truth[i].mean;
    write_targets(value, two_steps, path);
    assert_ok(kea_targets_load(&w.targets, path, &err), err);
    load_problem(&w.problem, "run.seed=5");
    const kea_model *const models[] = {&mbo_model};
    assert_ok(kea_calibrate(&found, &w.targets, &w.problem, models, &options, &err), err);
    const kea_fit *fit = &found.fit[0];
    assert_true(fit->settled);
    assert_true(fit->miss_after < 0.2 * fit->miss_before);
    assert_found(&fit->input[0], 2.0, NEEDS);
    assert_found(&fit->input[1], 0.18, DROPOUT);
    /* before: the files; after: with what was found, also for the figure that was kept apart */
    simulate(&w.problem, &w.targets, w.figure);
    for (size_t i = 0; i < N_FIGURES; i++)
        assert_near(found.before[i].mean, w.figure[i].mean, 0);
    scale(&w.problem, "need_rate", fit->input[0].value / 2.0);
    scale(&w.problem, "dropout_hazard", fit->input[1].value / 0.18);
    simulate(&w.problem, &w.targets, w.figure);
    for (size_t i = 0; i < N_FIGURES; i++)
        assert_near(found.after[i].mean / w.figure[i].mean, 1, 1e-9);
    kea_calibration_free(&found);
    kea_problem_free(&w.problem);
    kea_targets_free(&w.targets);
}

/* A number of a care model's own does not depend on the one that others share. */
static void says_that_a_number_moves_nothing(void **state)
{
    (void)state;
    static const char idle[] =
        "calibration: { idle = { targets = \"needs\"; open = ( { parameters = \"mentor_hours\"; "
        "low = 0.5; high = 2.0; reason = \"x\"; } ); }; };\n";
    static const double value[N_FIGURES] = {40, 5, 15, 0.8};
    char path[FILES_PATH];
    kea_error err = {0};
    kea_calibration found;
    world w;
    write_targets(value, idle, path);
    assert_ok(kea_targets_load(&w.targets, path, &err), err);
    load_problem(&w.problem, "run.seed=5");
    const kea_model *const models[] = {&mbo_model};
    const kea_calibrate_options few = {.replicates = 2, .most_runs = 10, .threads = 1};
    assert_int_equal(kea_calibrate(&found, &w.targets, &w.problem, models, &few, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "calibration.idle: no figure of the step depends on "
                                  "mentor_hours; does the care model give its own?");
    assert_string_equal(err.file, path);
    assert_null(found.fit);
    kea_problem_free(&w.problem);
    kea_targets_free(&w.targets);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_known_numbers_again),
                                       cmocka_unit_test(says_that_a_number_moves_nothing)};
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
