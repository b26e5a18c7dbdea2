/* Reads targets files through sim/inputs/config.h, as scenarios are read. */
#include "sim/inputs/targets.h"

#include "sim/core/memory.h"
#include "sim/inputs/config.h"
#include "sim/inputs/load.h"
#include "sim/inputs/source.h"
#include "sim/inputs/targets_fit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct reader {
    kea_targets *targets;
    const kea_config *config;
    char *folder; /* of the file; scenarios are beside it */
} reader;

static const char *const role_names[KEA_N_TARGET_ROLES] = {"fitted", "check", "prediction"};

const char *kea_target_role_name(kea_target_role role)
{
    return (size_t)role < KEA_N_TARGET_ROLES ? role_names[role] : "";
}

void kea_targets_free(kea_targets *targets)
{
    for (size_t i = 0; i < targets->n; i++) {
        kea_target *target = &targets->target[i];
        kea_target_names_free(&target->measure.outcome);
        kea_target_names_free(&target->measure.over);
        free(target->measure.category);
        free(target->id);
        free(target->name);
        free(target->strategy);
        free(target->unit);
        free(target->source);
        free(target->note);
        free(target->file);
    }
    for (size_t i = 0; i < targets->n_scenarios; i++)
        free(targets->scenario[i]);
    kea_target_fits_free(targets);
    free(targets->target);
    free(targets->scenario);
    free(targets->file);
    free(targets->title);
    *targets = (kea_targets){0};
}

/* A required text of a group, copied. */
static kea_status copy_text(const reader *r, const kea_setting *group, const char *name,
                            const char *what, char **out, kea_error *err)
{
    const char *text = NULL;
    kea_status status = kea_config_need_text(r->config, group, name, what, &text, err);
    return status == KEA_OK ? kea_memory_copy_text(out, text, err) : status;
}

/* A required text that is one of n words; the text of the error lists them. */
static kea_status read_word(const reader *r, const kea_setting *setting, size_t n,
                            const char *const *words, size_t *index, kea_error *err)
{
    const char *text = NULL;
    kea_status status = kea_config_text(r->config, setting, &text, err);
    if (status != KEA_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(words[i], text) == 0) {
            *index = i;
            return KEA_OK;
        }
    }
    if (n == 2)
        return kea_config_fail(r->config, setting, err, "expected \"%s\" or \"%s\", found \"%s\"",
                               words[0], words[1], text);
    return kea_config_fail(r->config, setting, err,
                           "expected \"%s\", \"%s\" or \"%s\", found \"%s\"", words[0], words[1],
                           words[2], text);
}

static kea_status read_number(const reader *r, const kea_setting *group, const char *name,
                              const char *what, double *out, kea_error *err)
{
    kea_setting *setting = NULL;
    kea_status status = kea_config_need(r->config, group, name, what, &setting, err);
    return status == KEA_OK ? kea_config_number(r->config, setting, false, out, err) : status;
}

static kea_status read_sum(const reader *r, const kea_setting *setting, kea_target_names *sum,
                           kea_error *err)
{
    return kea_target_names_read(r->config, setting,
                                 "the name of an outcome, or a list of names that are added up",
                                 sum, err);
}

/* Exactly one of `outcome` and `category`. */
static kea_status read_counted(const reader *r, const kea_setting *group,
                               kea_target_measure *measure, kea_error *err)
{
    const kea_setting *outcome = kea_config_find(group, "outcome");
    const kea_setting *category = kea_config_find(group, "category");
    const char *text = NULL;
    if (!outcome && !category)
        return kea_config_fail(r->config, group, err,
                               "'outcome' is missing: what is held against the figure (or "
                               "'category': the costs of one category)");
    if (outcome && category)
        return kea_config_fail(r->config, category, err,
                               "stands beside 'outcome'; remove one of the two");
    if (outcome)
        return read_sum(r, outcome, &measure->outcome, err);
    kea_status status = kea_config_text(r->config, category, &text, err);
    return status == KEA_OK ? kea_memory_copy_text(&measure->category, text, err) : status;
}

static kea_status read_measure(const reader *r, const kea_setting *target,
                               kea_target_measure *measure, kea_error *err)
{
    static const char *const names[] = {"outcome", "category", "over", "scale", "compare"};
    static const char *const compares[] = {"difference", "ratio"};
    kea_status status = KEA_OK;
    kea_setting *group = NULL;
    size_t compare = 0;
    KEA_TRY(kea_config_need_group(r->config, target, "measure",
                                  "what of the simulation is held against the figure", &group,
                                  err));
    KEA_TRY(kea_config_known(r->config, group, sizeof names / sizeof names[0], names, err));
    KEA_TRY(read_counted(r, group, measure, err));
    const kea_setting *over = kea_config_find(group, "over");
    if (over)
        KEA_TRY(read_sum(r, over, &measure->over, err));
    measure->scale = 1.0;
    const kea_setting *scale = kea_config_find(group, "scale");
    if (scale)
        KEA_TRY(kea_config_number(r->config, scale, false, &measure->scale, err));
    if (measure->scale == 0.0)
        return kea_config_fail(r->config, scale, err, "must not be 0; leave it out for 1");
    const kea_setting *against = kea_config_find(group, "compare");
    if (against) {
        KEA_TRY(read_word(r, against, 2, compares, &compare, err));
        measure->compare = compare == 0 ? KEA_TARGET_DIFFERENCE : KEA_TARGET_RATIO;
    }
done:
    return status;
}

/* The index of a scenario, which is added when it is new. */
static kea_status add_scenario(const reader *r, const char *path, size_t *index, kea_error *err)
{
    kea_targets *targets = r->targets;
    void *list = targets->scenario;
    for (*index = 0; *index < targets->n_scenarios; ++*index)
        if (strcmp(targets->scenario[*index], path) == 0)
            return KEA_OK;
    kea_status status =
        kea_memory_resize(&list, targets->n_scenarios + 1, sizeof *targets->scenario, err);
    if (status != KEA_OK)
        return status;
    targets->scenario = list;
    status = kea_memory_copy_text(&targets->scenario[*index], path, err);
    targets->n_scenarios += status == KEA_OK;
    return status;
}

static kea_status read_scenario(const reader *r, const kea_setting *group, size_t *index,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    const char *name = NULL;
    char *path = NULL;
    struct stat about;
    KEA_TRY(kea_config_need_text(r->config, group, "scenario",
                                 "the scenario file beside this one that is simulated", &name,
                                 err));
    KEA_TRY(kea_source_join(&path, r->folder, name, err));
    if (stat(path, &about) != 0) {
        status = kea_config_fail(r->config, kea_config_find(group, "scenario"), err,
                                 "there is no file %s; 'keasim list' names the scenarios", path);
        goto done;
    }
    KEA_TRY(add_scenario(r, path, index, err));
done:
    free(path);
    return status;
}

static kea_status read_figure(const reader *r, const kea_setting *group, kea_target *target,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(read_number(r, group, "value", "the published figure", &target->value, err));
    KEA_TRY(
        read_number(r, group, "low", "the lower end of what agrees with it", &target->low, err));
    KEA_TRY(
        read_number(r, group, "high", "the upper end of what agrees with it", &target->high, err));
    if (target->value == 0.0)
        return kea_config_fail(r->config, kea_config_find(group, "value"), err,
                               "must not be 0: simulated values are shown as a part of it");
    if (!(target->low <= target->value && target->value <= target->high))
        return kea_config_fail(r->config, group, err,
                               "expected low <= value <= high, found %.10g, %.10g and %.10g",
                               target->low, target->value, target->high);
    KEA_TRY(copy_text(r, group, "unit", "the unit of value, low and high, such as \"%\"",
                      &target->unit, err));
done:
    return status;
}

/* Where the figure comes from and what it is for. */
static kea_status read_origin(const reader *r, const kea_setting *group, kea_target *target,
                              kea_error *err)
{
    static const char *const evidence_names[] = {"report", "published", "assumption"};
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    const kea_setting *note = NULL;
    size_t word = 0;
    KEA_TRY(copy_text(r, group, "source", "where the figure is published", &target->source, err));
    KEA_TRY(kea_config_need(r->config, group, "status",
                            "how well the figure is founded: \"report\", \"published\" or "
                            "\"assumption\"",
                            &setting, err));
    KEA_TRY(read_word(r, setting, 3, evidence_names, &word, err));
    target->evidence = (kea_evidence)word;
    KEA_TRY(kea_config_need(r->config, group, "role",
                            "what it is for: \"fitted\", \"check\" or \"prediction\"", &setting,
                            err));
    KEA_TRY(read_word(r, setting, KEA_N_TARGET_ROLES, role_names, &word, err));
    target->role = (kea_target_role)word;
    note = kea_config_find(group, "note");
    if (note)
        KEA_TRY(copy_text(r, group, "note", "", &target->note, err));
    else
        KEA_TRY(kea_memory_copy_text(&target->note, "", err));
done:
    return status;
}

static kea_status read_target(const reader *r, const kea_setting *group, kea_target *target,
                              kea_error *err)
{
    static const char *const names[] = {"name", "scenario", "strategy", "measure", "value", "low",
                                        "high", "unit",     "source",   "status",  "role",  "note"};
    kea_status status = KEA_OK;
    const char *file = NULL;
    KEA_TRY(kea_config_known(r->config, group, sizeof names / sizeof names[0], names, err));
    kea_config_place(r->config, group, &file, &target->line);
    KEA_TRY(kea_memory_copy_text(&target->file, file, err));
    KEA_TRY(kea_memory_copy_text(&target->id, kea_config_name(group), err));
    KEA_TRY(copy_text(r, group, "name", "what the figure is, in words", &target->name, err));
    KEA_TRY(read_scenario(r, group, &target->scenario, err));
    KEA_TRY(copy_text(r, group, "strategy", "the care model of the scenario that it is about",
                      &target->strategy, err));
    KEA_TRY(read_measure(r, group, &target->measure, err));
    KEA_TRY(read_figure(r, group, target, err));
    KEA_TRY(read_origin(r, group, target, err));
done:
    return status;
}

static kea_status read_all(const reader *r, kea_error *err)
{
    static const char *const names[] = {"format", "title", "targets", "calibration"};
    kea_status status = KEA_OK;
    const kea_setting *root = kea_config_root(r->config);
    kea_setting *group = NULL;
    void *block = NULL;
    KEA_TRY(kea_load_format(r->config, err));
    KEA_TRY(kea_config_known(r->config, root, sizeof names / sizeof names[0], names, err));
    KEA_TRY(copy_text(r, root, "title", "what the figures are about", &r->targets->title, err));
    KEA_TRY(kea_config_need_group(r->config, root, "targets",
                                  "the group with one group for every published figure", &group,
                                  err));
    size_t n = kea_config_length(group);
    if (n == 0)
        return kea_config_fail(r->config, group, err, "is empty; give at least one figure");
    KEA_TRY(kea_memory_new(&block, n, sizeof *r->targets->target, err));
    r->targets->target = block;
    for (size_t i = 0; i < n; i++) {
        r->targets->n++;
        KEA_TRY(read_target(r, kea_config_item(group, i), &r->targets->target[i], err));
    }
    KEA_TRY(kea_target_fits_read(r->targets, r->config, err));
    KEA_TRY(kea_config_sweep(r->config, err));
done:
    return status;
}

kea_status kea_targets_load(kea_targets *targets, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_config *config = NULL;
    reader r = {.targets = targets};
    *targets = (kea_targets){0};
    KEA_TRY(kea_memory_copy_text(&targets->file, path, err));
    KEA_TRY(kea_source_folder(&r.folder, path, err));
    KEA_TRY(kea_config_open(&config, path, err));
    r.config = config;
    KEA_TRY(read_all(&r, err));
done:
    if (status != KEA_OK)
        kea_targets_free(targets);
    kea_config_free(config);
    free(r.folder);
    return status;
}

bool kea_targets_is(const char *path)
{
    kea_error err;
    kea_config *config = NULL;
    bool found = kea_config_open(&config, path, &err) == KEA_OK &&
                 kea_config_find(kea_config_root(config), "targets") != NULL;
    kea_config_free(config);
    return found;
}
