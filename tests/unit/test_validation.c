/* Verdicts on published figures, by hand arithmetic; and the figures that come with the program,
 * held against the scenarios and the model that they name. */
#include "sim/report/validation.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include "models/registry.h"

#include <stdlib.h>
#include <string.h>

enum { VSV, STUDENTS, OLD, TEAM_SCHOOL, TEAM_CITY, CARE, N_OUTCOMES, POINTS = 41 };

static const kea_outcome_decl outcomes[N_OUTCOMES] = {
    [VSV] = {.name = "vsv"},
    [STUDENTS] = {.name = "students"},
    [OLD] = {.name = "old_students"},
    [TEAM_SCHOOL] = {.name = "cost_a", .category = "team", .payer = "school"},
    [TEAM_CITY] = {.name = "cost_b", .category = "team", .payer = "municipality"},
    [CARE] = {.name = "cost_c", .category = "care", .payer = "insurer"},
};

/* What all tests stand on: two strategies, of which the comparator is the first. */
static char id_null[] = "null", id_team[] = "team", scenario_file[] = "one.cfg";
static kea_care_model care[2] = {{.id = id_null}, {.id = id_team}};
static size_t strategies[2] = {0, 1};
static const kea_problem problem = {
    .file = scenario_file, .care = care, .n_care = 2, .strategies = strategies, .n_strategies = 2};

/* Points t = -20 .. 20, 100 students. The team: 8 + t / 10 leavers; under the null alternative 10.
 */
static void fill(kea_sample *sample)
{
    kea_error err = {0};
    assert_ok(kea_sample_init(sample, POINTS, 2, N_OUTCOMES, outcomes, &err), err);
    for (size_t i = 0; i < POINTS; i++) {
        double t = (double)i - 20;
        for (size_t arm = 0; arm < 2; arm++) {
            double value[N_OUTCOMES] = {arm ? 8 + t / 10 : 10, 80, 20, 300 * (double)arm,
                                        100 * (double)arm,     50};
            for (size_t o = 0; o < N_OUTCOMES; o++) {
                *kea_sample_at(sample, i, arm, o, KEA_SCOPE_WINDOW) = value[o];
                *kea_sample_at(sample, i, arm, o, KEA_SCOPE_TOTAL) = 1e6; /* must not be used */
                *kea_sample_at(sample, i, arm, o, KEA_SCOPE_DISCOUNTED) = 1e7;
            }
        }
    }
}

enum { N_TARGETS = 8 };

/* Names are borrowed here, so these targets are never freed. */
typedef struct made_up {
    char words[16][64];
    char *sums[N_TARGETS][4];
    char *paths[1];
    kea_target target[N_TARGETS];
    kea_targets targets;
    kea_sample sample;
    kea_validation validation;
} made_up;

static char *word(made_up *m, size_t at, const char *text)
{
    (void)snprintf(m->words[at], sizeof m->words[at], "%s", text);
    return m->words[at];
}

/* Target number `at`: an outcome over the first `n_over` of students and old_students. */
static void set(made_up *m, size_t at, const char *outcome, size_t n_over, double scale, double low,
                double high)
{
    kea_target *target = &m->target[at];
    char text[32];
    (void)snprintf(text, sizeof text, "target_%zu", at);
    target->id = word(m, at, text);
    target->name = target->id;
    target->strategy = id_team;
    target->unit = word(m, 8, "%");
    target->source = target->note = word(m, 9, "somewhere");
    target->file = word(m, 10, "targets.cfg");
    target->line = 10 + (int)at;
    target->value = (low + high) / 2;
    target->low = low;
    target->high = high;
    m->sums[at][0] =
        strcmp(outcome, "vsv") == 0 ? word(m, 11, outcome) : word(m, 12, KEA_TARGET_COST);
    m->sums[at][1] = word(m, 13, "students");
    m->sums[at][2] = word(m, 14, "old_students");
    target->measure = (kea_target_measure){
        .outcome = {1, m->sums[at]}, .over = {n_over, m->sums[at] + 1}, .scale = scale};
}

/* Counts the costs of the team instead of an outcome. */
static void set_category(made_up *m, size_t at)
{
    m->target[at].measure.outcome.n = 0;
    m->target[at].measure.category = word(m, 15, "team");
}

/* Fitted 0-3, check 4, predictions 5-7. */
static void make_up(made_up *m)
{
    kea_error err = {0};
    *m =
        (made_up){.targets = {.file = id_null, .title = id_team, .n = N_TARGETS, .n_scenarios = 1}};
    m->targets.target = m->target;
    m->paths[0] = scenario_file;
    m->targets.scenario = m->paths;
    set(m, 0, "vsv", 2, 100, 7, 9);    /* 8 of 100 */
    set(m, 1, "vsv", 1, 100, 11, 12);  /* 10 of 80, 7.6 to 12.4 */
    set(m, 2, "vsv", 2, 100, 3, 5);    /* 8, 6.1 to 9.9 */
    set(m, 3, "cost", 2, 1, 4, 5);     /* (300 + 100 + 50) / 100 = 4.5 */
    set(m, 4, "vsv", 2, 1, 3.9, 4.1);  /* team: 400 / 100 = 4 */
    set(m, 5, "vsv", 2, 100, -2.5, 0); /* 8 - 10 */
    set(m, 6, "vsv", 0, 1, 0.7, 0.75); /* 8 / 10, 0.61 to 0.99 */
    set(m, 7, "vsv", 2, 1, 1, 2);      /* team: the comparator has none to divide by */
    set_category(m, 4);
    set_category(m, 7);
    m->target[4].role = KEA_TARGET_CHECK;
    m->target[5].measure.compare = KEA_TARGET_DIFFERENCE;
    m->target[6].measure.compare = m->target[7].measure.compare = KEA_TARGET_RATIO;
    for (size_t i = 5; i < N_TARGETS; i++)
        m->target[i].role = KEA_TARGET_PREDICTION;
    fill(&m->sample);
    assert_ok(kea_validation_init(&m->validation, &m->targets, &err), err);
}

static void make_up_and_add(made_up *m)
{
    kea_error err = {0};
    make_up(m);
    assert_ok(kea_validation_add(&m->validation, 0, &problem, &m->sample, &m->sample, &err), err);
}

static void take_down(made_up *m)
{
    kea_sample_free(&m->sample);
    kea_validation_free(&m->validation);
    kea_validation_free(&m->validation);
}

/* ---------------------------------------------------------------- tests */

static void verdicts_by_range_and_interval(void **state)
{
    (void)state;
    const double none = (double)NAN;
    const kea_estimate e = {.mean = 5, .low = 3, .high = 8};
    const kea_estimate unknown = {none, none, none, none, 4};
    assert_int_equal(kea_verdict_of(&e, 4, 6), KEA_VERDICT_INSIDE);
    assert_int_equal(kea_verdict_of(&e, 5, 5), KEA_VERDICT_INSIDE); /* ends count */
    assert_int_equal(kea_verdict_of(&e, 1, 5), KEA_VERDICT_INSIDE);
    assert_int_equal(kea_verdict_of(&e, 1, 4), KEA_VERDICT_OVERLAPS);
    assert_int_equal(kea_verdict_of(&e, 8, 9), KEA_VERDICT_OVERLAPS); /* touches */
    assert_int_equal(kea_verdict_of(&e, 1, 3), KEA_VERDICT_OVERLAPS);
    assert_int_equal(kea_verdict_of(&e, 8.001, 9), KEA_VERDICT_MISSED);
    assert_int_equal(kea_verdict_of(&e, 1, 2.999), KEA_VERDICT_MISSED);
    assert_int_equal(kea_verdict_of(&unknown, 1, 9), KEA_VERDICT_NONE);
}

/* Quantiles of t at 2.5% and 97.5% of 41 points -20 .. 20: -19 and 19. */
static void values_by_hand(void **state)
{
    (void)state;
    made_up m;
    make_up_and_add(&m);
    const kea_validation_row *row = m.validation.rows;
    assert_near(row[0].draws.mean, 8, 1e-12);
    assert_near(row[0].draws.low, 6.1, 1e-12);
    assert_near(row[0].draws.high, 9.9, 1e-12);
    assert_near(row[0].base.mean, 8, 1e-12);
    assert_int_equal(row[0].verdict, KEA_VERDICT_INSIDE);
    assert_near(row[1].draws.mean, 10, 1e-12);
    assert_near(row[1].draws.high, 12.375, 1e-12);
    assert_int_equal(row[1].verdict, KEA_VERDICT_OVERLAPS);
    assert_int_equal(row[2].verdict, KEA_VERDICT_MISSED);
    assert_near(row[3].draws.mean, 4.5, 1e-12);
    assert_near(row[4].draws.mean, 4, 1e-12);
    assert_near(row[5].draws.mean, -2, 1e-12);
    assert_near(row[5].draws.low, -3.9, 1e-12);
    assert_int_equal(row[5].verdict, KEA_VERDICT_INSIDE);
    assert_near(row[6].draws.mean, 0.8, 1e-12);
    assert_near(row[6].draws.low, 0.61, 1e-12);
    assert_int_equal(row[6].verdict, KEA_VERDICT_OVERLAPS);
    assert_true(isnan(row[7].draws.mean));
    assert_int_equal(row[7].verdict, KEA_VERDICT_NONE);
    take_down(&m);
}

static void counts_by_role(void **state)
{
    (void)state;
    made_up m;
    make_up_and_add(&m);
    kea_validation_count fitted = kea_validation_counts(&m.validation, KEA_TARGET_FITTED);
    kea_validation_count all = kea_validation_counts(&m.validation, KEA_ALL_ROLES);
    assert_int_equal(fitted.n, 4);
    assert_int_equal(fitted.verdict[KEA_VERDICT_INSIDE], 2);
    assert_int_equal(fitted.verdict[KEA_VERDICT_OVERLAPS], 1);
    assert_int_equal(fitted.verdict[KEA_VERDICT_MISSED], 1);
    assert_int_equal(all.n, 8);
    assert_int_equal(all.verdict[KEA_VERDICT_INSIDE], 4);
    assert_int_equal(all.verdict[KEA_VERDICT_NONE], 1);
    take_down(&m);
}

/* What a function writes to a file, 0-terminated. */
static void written(const kea_validation *validation, char *text, size_t size)
{
    kea_error err = {0};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_ok(kea_validation_write(file, validation, &err), err);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    (void)fclose(file);
}

static void says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("'%s' does not say '%s'", text, words);
}

static void misses_stay_in_the_text(void **state)
{
    (void)state;
    static char text[20000];
    made_up m;
    make_up_and_add(&m);
    written(&m.validation, text, sizeof text);
    says(text, "target_2 (%)");
    says(text, "MISSED");
    says(text, "target_2 (MISSED): somewhere");
    says(text, "target_7 (no value): somewhere");
    says(text, "6.1–9.9");
    says(text, "-3.90 to -0.10");
    assert_null(strstr(text, "target_0 (inside)"));
    says(text, "Fitted targets: 2 of 4 inside their range; overlapping: 1; missed: 1.");
    says(text, "Checks: 1 of 1 inside their range; overlapping: 0; missed: 0.");
    says(text, "Predictions, kept apart from fitting: 1 of 3 inside their range; overlapping: 1; "
               "missed: 1.");
    take_down(&m);
}

static void saved(const char *folder, const char *name, char *text, size_t size)
{
    char path[2 * FILES_PATH];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    (void)fclose(file);
}

static void misses_stay_in_the_files(void **state)
{
    (void)state;
    static char text[20000];
    char folder[FILES_PATH];
    kea_error err = {0};
    made_up m;
    make_up_and_add(&m);
    files_open(folder);
    assert_ok(kea_validation_save(&m.validation, folder, &err), err);
    saved(folder, "verdicts.csv", text, sizeof text);
    assert_string_equal(text, "role,targets,inside,overlaps,missed,no_value\r\n"
                              "fitted,4,2,1,1,0\r\n"
                              "check,1,1,0,0,0\r\n"
                              "prediction,3,1,1,0,1\r\n");
    saved(folder, "validation.csv", text, sizeof text);
    says(text, "\r\nfitted,target_2,one.cfg,team,%,4,3,5,");
    says(text, ",missed,report,somewhere,somewhere\r\n");
    says(text, "\r\nprediction,target_7,one.cfg,team,%,1.5,1,2,,,,,,,no value,");
    files_close(folder);
    take_down(&m);
}

static void assert_refused(made_up *m, const char *message)
{
    kea_error err = {0};
    assert_int_equal(kea_validation_check(&m->targets, 0, &problem, N_OUTCOMES, outcomes, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, "targets.cfg");
    assert_int_equal(err.line, 12);
}

static void checks_names(void **state)
{
    (void)state;
    kea_error err = {0};
    made_up m;
    make_up(&m);
    char other[] = "nobody", wrong[] = "vsw", far[] = "happiness";
    assert_ok(kea_validation_check(&m.targets, 0, &problem, N_OUTCOMES, outcomes, &err), err);
    m.target[2].strategy = other;
    assert_refused(&m, "targets.target_2: one.cfg does not compare \"nobody\"; its strategies are: "
                       "null, team");
    m.target[2].strategy = id_null;
    assert_ok(kea_validation_check(&m.targets, 0, &problem, N_OUTCOMES, outcomes, &err), err);
    m.target[2].measure.compare = KEA_TARGET_RATIO;
    assert_refused(&m, "targets.target_2: \"null\" is the comparator of one.cfg and cannot be "
                       "compared with itself; name another strategy, or leave 'compare' out");
    m.target[2].strategy = id_team;
    m.sums[2][0] = wrong;
    assert_refused(&m, "targets.target_2.measure: the model has no outcome 'vsw'; did you mean "
                       "'vsv'?");
    m.sums[2][0] = m.sums[0][0];
    m.sums[2][2] = far;
    assert_refused(&m, "targets.target_2.measure: the model has no outcome 'happiness'");
    m.sums[2][2] = m.sums[0][2];
    m.target[2].measure.outcome.n = 0;
    m.target[2].measure.category = far;
    assert_refused(&m, "targets.target_2.measure.category: the model has no costs of a category "
                       "\"happiness\"");
    take_down(&m);
}

/* ---------------------------------------------------------------- the program's own figures */

static void own_figures_fit_their_scenarios(void **state)
{
    (void)state;
    kea_error err = {0};
    kea_targets targets;
    assert_ok(kea_targets_load(&targets, KEA_SOURCE_DIR "/scenarios/targets.cfg", &err), err);
    for (size_t i = 0; i < targets.n_scenarios; i++) {
        kea_problem own = {0};
        assert_ok(kea_problem_load(&own, targets.scenario[i], NULL, kea_models_params, &err), err);
        const kea_model *model = kea_models_find(own.model_name);
        assert_ok(kea_validation_check(&targets, i, &own, model->n_outcomes, model->outcomes, &err),
                  err);
        kea_problem_free(&own);
    }
    for (size_t i = 0; i < targets.n; i++) /* a reason is at hand for whatever may be missed */
        if (!targets.target[i].note[0])
            fail_msg("%s has no note", targets.target[i].id);
    kea_targets_free(&targets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_by_range_and_interval),
        cmocka_unit_test(values_by_hand),
        cmocka_unit_test(counts_by_role),
        cmocka_unit_test(misses_stay_in_the_text),
        cmocka_unit_test(misses_stay_in_the_files),
        cmocka_unit_test(checks_names),
        cmocka_unit_test(own_figures_fit_their_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
