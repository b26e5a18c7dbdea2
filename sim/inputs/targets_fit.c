/* Reads what a calibration may change, and by which figures. Only figures of role fitted may be
 * used: this is where predictions are kept apart. */
#include "sim/inputs/targets_fit.h"

#include "sim/core/memory.h"

#include <stdlib.h>
#include <string.h>

void kea_target_names_free(kea_target_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
    *names = (kea_target_names){0};
}

kea_status kea_target_names_read(const kea_config *config, const kea_setting *setting,
                                 const char *what, kea_target_names *names, kea_error *err)
{
    kea_status status = KEA_OK;
    char found[128];
    const char *text = NULL;
    void *block = NULL;
    bool list = kea_config_is_list(setting);
    size_t n = list ? kea_config_length(setting) : 1;
    if (n == 0 || (!list && !kea_config_is_text(setting))) {
        kea_config_describe(setting, found, sizeof found);
        return kea_config_fail(config, setting, err, "expected %s; found %s", what, found);
    }
    KEA_TRY(kea_memory_new(&block, n, sizeof(char *), err));
    names->name = block;
    for (size_t i = 0; i < n; i++) {
        const kea_setting *item = list ? kea_config_item(setting, i) : setting;
        KEA_TRY(kea_config_text(config, item, &text, err));
        KEA_TRY(kea_memory_copy_text(&names->name[i], text, err));
        names->n++;
    }
done:
    return status;
}

void kea_target_fits_free(kea_targets *targets)
{
    for (size_t i = 0; i < targets->n_fits; i++) {
        kea_target_fit *fit = &targets->fit[i];
        for (size_t k = 0; k < fit->n_open; k++) {
            kea_target_names_free(&fit->open[k].parameters);
            free(fit->open[k].reason);
            free(fit->open[k].file);
        }
        free(fit->open);
        free(fit->target);
        free(fit->id);
        free(fit->file);
    }
    free(targets->fit);
    targets->fit = NULL;
    targets->n_fits = 0;
}

/* ---------------------------------------------------------------- figures */

static kea_status no_target(const kea_targets *targets, const kea_config *config,
                            const kea_setting *setting, const char *id, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, targets->n, sizeof(const char *), err));
    const char **names = block;
    for (size_t i = 0; i < targets->n; i++)
        names[i] = targets->target[i].id;
    const char *nearest = kea_param_nearest(id, targets->n, names);
    status = kea_config_fail(config, setting, err, "there is no figure \"%s\"%s%s%s", id,
                             nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                             nearest ? "\"?" : "");
done:
    free(block);
    return status;
}

static kea_status add_target(const kea_targets *targets, const kea_config *config,
                             const kea_setting *setting, const char *id, kea_target_fit *fit,
                             kea_error *err)
{
    size_t at = 0;
    while (at < targets->n && strcmp(targets->target[at].id, id) != 0)
        at++;
    if (at == targets->n)
        return no_target(targets, config, setting, id, err);
    const kea_target *target = &targets->target[at];
    if (target->role != KEA_TARGET_FITTED)
        return kea_config_fail(config, setting, err,
                               "\"%s\" has the role \"%s\"; only figures of role \"fitted\" may be "
                               "used, others are kept apart from all choosing",
                               id, kea_target_role_name(target->role));
    for (size_t i = 0; i < fit->n_targets; i++)
        if (fit->target[i] == at)
            return kea_config_fail(config, setting, err, "\"%s\" is there twice; remove one", id);
    fit->target[fit->n_targets++] = at;
    return KEA_OK;
}

static kea_status read_targets(const kea_targets *targets, const kea_config *config,
                               const kea_setting *group, kea_target_fit *fit, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    kea_target_names names = {0};
    void *block = NULL;
    KEA_TRY(kea_config_need(config, group, "targets",
                            "the fitted figures that the numbers are chosen by", &setting, err));
    KEA_TRY(kea_target_names_read(
        config, setting, "the key of a fitted figure above, or a list of keys", &names, err));
    KEA_TRY(kea_memory_new(&block, names.n, sizeof *fit->target, err));
    fit->target = block;
    for (size_t i = 0; i < names.n; i++) {
        const kea_setting *item =
            kea_config_is_list(setting) ? kea_config_item(setting, i) : setting;
        KEA_TRY(add_target(targets, config, item, names.name[i], fit, err));
    }
done:
    kea_target_names_free(&names);
    return status;
}

/* ---------------------------------------------------------------- open numbers */

static kea_status read_number(const kea_config *config, const kea_setting *group, const char *name,
                              const char *what, double *out, kea_error *err)
{
    kea_setting *setting = NULL;
    kea_status status = kea_config_need(config, group, name, what, &setting, err);
    return status == KEA_OK ? kea_config_number(config, setting, false, out, err) : status;
}

static kea_status read_open(const kea_config *config, const kea_setting *group,
                            kea_target_open *open, kea_error *err)
{
    static const char *const names[] = {"parameters", "low", "high", "reason"};
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    const char *text = NULL;
    KEA_TRY(kea_config_known(config, group, sizeof names / sizeof names[0], names, err));
    kea_config_place(config, group, &text, &open->line);
    KEA_TRY(kea_memory_copy_text(&open->file, text, err));
    KEA_TRY(kea_config_need(config, group, "parameters",
                            "the number that is open, or a list of numbers that change in step",
                            &setting, err));
    KEA_TRY(kea_target_names_read(config, setting,
                                  "the name of a parameter as in --set, or a list of names",
                                  &open->parameters, err));
    KEA_TRY(read_number(config, group, "low", "the least that the first number may become",
                        &open->low, err));
    KEA_TRY(read_number(config, group, "high", "the most that the first number may become",
                        &open->high, err));
    if (!(open->low > 0.0 && open->low < open->high))
        return kea_config_fail(config, group, err, "expected 0 < low < high, found %.10g and %.10g",
                               open->low, open->high);
    KEA_TRY(kea_config_need_text(config, group, "reason", "why it may be chosen", &text, err));
    KEA_TRY(kea_memory_copy_text(&open->reason, text, err));
done:
    return status;
}

static kea_status read_opens(const kea_config *config, const kea_setting *group,
                             kea_target_fit *fit, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *list = NULL;
    char found[128];
    void *block = NULL;
    KEA_TRY(kea_config_need(config, group, "open", "the numbers that are chosen", &list, err));
    size_t n = kea_config_is_list(list) ? kea_config_length(list) : 0;
    if (n == 0) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(config, list, err,
                               "expected a list of groups ( { ... }, { ... } ), found %s", found);
    }
    if (n > fit->n_targets)
        return kea_config_fail(config, list, err,
                               "%zu numbers cannot be chosen by %zu figures; give as many figures "
                               "as numbers, or more",
                               n, fit->n_targets);
    KEA_TRY(kea_memory_new(&block, n, sizeof *fit->open, err));
    fit->open = block;
    for (size_t i = 0; i < n; i++) {
        fit->n_open++;
        KEA_TRY(read_open(config, kea_config_item(list, i), &fit->open[i], err));
    }
done:
    return status;
}

static kea_status read_fit(const kea_targets *targets, const kea_config *config,
                           const kea_setting *group, kea_target_fit *fit, kea_error *err)
{
    static const char *const names[] = {"targets", "open"};
    kea_status status = KEA_OK;
    const char *file = NULL;
    KEA_TRY(kea_config_known(config, group, sizeof names / sizeof names[0], names, err));
    kea_config_place(config, group, &file, &fit->line);
    KEA_TRY(kea_memory_copy_text(&fit->file, file, err));
    KEA_TRY(kea_memory_copy_text(&fit->id, kea_config_name(group), err));
    KEA_TRY(read_targets(targets, config, group, fit, err));
    KEA_TRY(read_opens(config, group, fit, err));
done:
    return status;
}

kea_status kea_target_fits_read(kea_targets *targets, const kea_config *config, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_setting *group = kea_config_find(kea_config_root(config), "calibration");
    void *block = NULL;
    if (!group)
        return KEA_OK;
    if (!kea_config_is_group(group) || kea_config_length(group) == 0)
        return kea_config_fail(config, group, err,
                               "expected a group { } with one group for every step; leave it out "
                               "when nothing is open");
    size_t n = kea_config_length(group);
    KEA_TRY(kea_memory_new(&block, n, sizeof *targets->fit, err));
    targets->fit = block;
    for (size_t i = 0; i < n; i++) {
        targets->n_fits++;
        KEA_TRY(read_fit(targets, config, kea_config_item(group, i), &targets->fit[i], err));
    }
done:
    return status;
}
