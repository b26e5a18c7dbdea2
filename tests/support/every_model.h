/* Every registered model with the scenarios that come with the sources: a new model is in these
 * tests as soon as it is registered and has a scenario. */
#ifndef KEA_TESTS_EVERY_MODEL_H
#define KEA_TESTS_EVERY_MODEL_H

#include "sim/inputs/targets.h"
#include "tests/support/scenario.h"

#include <dirent.h>

enum { MAX_MODELS = 64, MAX_FILE_NAME = 256, DRAWS = 3 };

typedef void question(scenario *s);

static inline int is_cfg(const struct dirent *file)
{
    size_t length = strlen(file->d_name);
    return length > 4 && strcmp(file->d_name + length - 4, ".cfg") == 0;
}

/* Asks with every scenario. */
static inline void ask_scenarios(question *ask)
{
    struct dirent **files = NULL;
    int n_files = scandir(KEA_SOURCE_DIR "/scenarios", &files, is_cfg, alphasort);
    assert_true(n_files > 0);
    for (int i = 0; i < n_files; i++) {
        char path[1024];
        int length =
            snprintf(path, sizeof path, "%s/scenarios/%s", KEA_SOURCE_DIR, files[i]->d_name);
        assert_true(length > 0 && (size_t)length < sizeof path);
        if (!kea_targets_is(path)) {
            scenario s = {0};
            scenario_open(&s, files[i]->d_name, 0, NULL);
            ask(&s);
            scenario_close(&s);
        }
        free(files[i]);
    }
    free(files);
}

/* Of every model the scenario with the least people under the comparator. */
static struct smallest {
    char name[MAX_FILE_NAME];
    double people;
} smallest[MAX_MODELS];

static inline void note_smallest(scenario *s)
{
    size_t n = 0;
    const kea_model *const *models = kea_models(&n);
    kea_sample sample = {0};
    scenario_base(s, 1, &sample);
    double people = scenario_at(&sample, 0, s->model->frame->population.outcome, KEA_SCOPE_TOTAL);
    kea_sample_free(&sample);
    assert_true(people > 0 && n <= MAX_MODELS);
    for (size_t i = 0; i < n; i++) {
        if (models[i] != s->model || (smallest[i].name[0] && smallest[i].people <= people))
            continue;
        (void)snprintf(smallest[i].name, sizeof smallest[i].name, "%s",
                       strrchr(s->problem.file, '/') + 1);
        smallest[i].people = people;
    }
}

/* Asks with the smallest scenario of every model. */
static inline void ask_models(question *ask)
{
    size_t n = 0;
    const kea_model *const *models = kea_models(&n);
    if (!smallest[0].name[0])
        ask_scenarios(note_smallest);
    for (size_t i = 0; i < n; i++) {
        scenario s = {0};
        if (!smallest[i].name[0])
            fail_msg("the model %s has no scenario in scenarios/", models[i]->name);
        scenario_open(&s, smallest[i].name, 0, NULL);
        ask(&s);
        scenario_close(&s);
    }
}

/* Parameter draws 0, 1, ..., each with its cohort. */
static inline void draws(const scenario *s, size_t n, kea_design *design)
{
    kea_error err = {0};
    assert_ok(kea_design_psa(design, &s->problem, n, &err), err);
}

static inline void run_draws(const scenario *s, unsigned threads, kea_sample *sample)
{
    kea_design design = {0};
    draws(s, DRAWS, &design);
    scenario_run(s, &design, threads, sample);
    kea_design_free(&design);
}

static inline double value(const kea_sample *sample, size_t point, size_t arm, size_t outcome,
                           int scope)
{
    return *kea_sample_at(sample, point, arm, outcome, (kea_scope)scope);
}

/* One arm of one sample at a point is the same as one arm of another, to the last bit. */
static inline void expect_same(const scenario *s, const kea_sample *a, const size_t at[2],
                               const kea_sample *b, const size_t other[2])
{
    for (size_t k = 0; k < s->model->n_outcomes; k++) {
        for (int scope = 0; scope < KEA_N_SCOPES; scope++) {
            double x = value(a, at[0], at[1], k, scope), y = value(b, other[0], other[1], k, scope);
            if (memcmp(&x, &y, sizeof x) != 0)
                fail_msg("%s: %s is %.17g and %.17g (points %zu and %zu, arms %zu and %zu)",
                         s->problem.file, s->model->outcomes[k].name, x, y, at[0], other[0], at[1],
                         other[1]);
        }
    }
}

static inline void expect_all_same(const scenario *s, const kea_sample *a, const kea_sample *b)
{
    assert_int_equal(a->n_points, b->n_points);
    assert_int_equal(a->n_arms, b->n_arms);
    for (size_t point = 0; point < a->n_points; point++) {
        for (size_t arm = 0; arm < a->n_arms; arm++)
            expect_same(s, a, (size_t[2]){point, arm}, b, (size_t[2]){point, arm});
    }
}

#endif
