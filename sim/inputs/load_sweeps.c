/* Reads which parameters are swept: "analysis.sweeps" of a scenario, and what --set changes of it.
 */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/settings.h"

#include <stdlib.h>
#include <string.h>

/* Says that there is no parameter of this name that could be swept. */
static kea_status no_such_parameter(const kea_loader *loader, const kea_setting *setting,
                                    const char *name, kea_error *err)
{
    const kea_param_table *params = &loader->problem->params;
    kea_status status = KEA_OK;
    void *names = NULL;
    size_t n = 0;
    KEA_TRY(kea_memory_new(&names, params->n, sizeof(const char *), err));
    for (size_t i = 0; i < params->n; i++)
        if (params->decl[i].scope == KEA_WORLD)
            ((const char **)names)[n++] = params->decl[i].name;
    const char *nearest = kea_param_nearest(name, n, names);
    status = kea_config_fail(loader->scenario, setting, err, "there is no parameter '%s'%s%s%s",
                             name, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                             nearest ? "'?" : "");
done:
    free(names);
    return status;
}

/* `sweep` is the last of the problem's. */
static kea_status load_parameter(const kea_loader *loader, kea_sweep *sweep,
                                 const kea_setting *group, kea_error *err)
{
    const kea_problem *problem = loader->problem;
    const kea_config *config = loader->scenario;
    const char *name = NULL;
    size_t at = 0;
    kea_status status =
        kea_config_need_text(config, group, "parameter",
                             "the name of a parameter whose values are multiplied", &name, err);
    if (status != KEA_OK)
        return status;
    const kea_setting *place = kea_config_find(group, "parameter");
    if (!kea_param_table_find(&problem->params, name, &at))
        return no_such_parameter(loader, place, name, err);
    sweep->decl = &problem->params.decl[at];
    if (sweep->decl->scope == KEA_CARE)
        return kea_config_fail(config, place, err,
                               "'%s' belongs to the care models; only a parameter of the scenario "
                               "can be swept",
                               name);
    if (kea_param_is_shares(sweep->decl))
        return kea_config_fail(config, place, err,
                               "the shares of '%s' cannot be multiplied by a factor", name);
    for (size_t i = 0; i + 1 < problem->n_sweeps; i++)
        if (problem->sweeps[i].decl == sweep->decl)
            return kea_config_fail(config, place, err,
                                   "sweeps[%zu] varies '%s' already; remove one of the two", i + 1,
                                   name);
    return KEA_OK;
}

static kea_status load_element(const kea_loader *loader, kea_sweep *sweep, const kea_setting *group,
                               kea_error *err)
{
    const kea_param_decl *decl = sweep->decl;
    const kea_setting *place = kea_config_find(group, "element");
    const char *label = NULL;
    sweep->element = decl->count == 1 ? 0 : KEA_NO_ELEMENT;
    if (!place)
        return KEA_OK;
    kea_status status = kea_config_text(loader->scenario, place, &label, err);
    if (status != KEA_OK)
        return status;
    for (size_t i = 0; decl->labels && i < decl->count; i++) {
        if (strcmp(decl->labels[i], label) == 0) {
            sweep->element = i;
            return KEA_OK;
        }
    }
    const char *nearest = decl->labels ? kea_param_nearest(label, decl->count, decl->labels) : NULL;
    return kea_config_fail(loader->scenario, place, err, "'%s' has no element '%s'%s%s%s",
                           decl->name, label, nearest ? "; did you mean '" : "",
                           nearest ? nearest : "", nearest ? "'?" : "");
}

static kea_status load_sweep(const kea_loader *loader, kea_sweep *sweep, const kea_setting *group,
                             kea_error *err)
{
    static const char *const keys[] = {"parameter", "element", "factor"};
    kea_status status = KEA_OK;
    KEA_TRY(kea_config_known(loader->scenario, group, sizeof keys / sizeof keys[0], keys, err));
    KEA_TRY(load_parameter(loader, sweep, group, err));
    KEA_TRY(load_element(loader, sweep, group, err));
    KEA_TRY(kea_settings_load_factor(&sweep->factor, loader->scenario, group, err));
done:
    return status;
}

kea_status kea_load_sweeps(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_setting *analysis = kea_config_find(kea_config_root(loader->scenario), "analysis");
    const kea_setting *list = kea_config_find(analysis, "sweeps");
    void *block = NULL;
    char found[128];
    if (!list)
        return KEA_OK;
    if (!kea_config_is_list(list)) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of groups ( { ... }, { ... } ), found %s", found);
    }
    KEA_TRY(kea_memory_new(&block, kea_config_length(list), sizeof *problem->sweeps, err));
    problem->sweeps = block;
    for (size_t i = 0; i < kea_config_length(list); i++) {
        kea_sweep *sweep = &problem->sweeps[problem->n_sweeps++];
        KEA_TRY(load_sweep(loader, sweep, kea_config_item(list, i), err));
    }
done:
    return status;
}

kea_status kea_load_set_sweep(kea_problem *problem, const char *name, const char *value,
                              kea_error *err)
{
    const char *point = strchr(name, '.');
    size_t length = point ? (size_t)(point - name) : strlen(name);
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        const char *param = problem->sweeps[i].decl->name;
        if (strlen(param) == length && strncmp(param, name, length) == 0)
            return kea_settings_set_factor(&problem->sweeps[i].factor, point ? point + 1 : "",
                                           value, err);
    }
    return kea_error_set(err, KEA_ERR_USAGE, "the scenario sweeps no parameter '%.*s'", (int)length,
                         name);
}

kea_status kea_load_check_sweeps(const kea_problem *problem, kea_error *err)
{
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        kea_error why;
        if (kea_settings_check_range(&problem->sweeps[i].factor, &why) != KEA_OK)
            return kea_error_set(err, KEA_ERR_USAGE, "analysis.sweeps.%s: %s",
                                 problem->sweeps[i].decl->name, why.text);
    }
    return KEA_OK;
}
