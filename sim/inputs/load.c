/* Reads a scenario file: the order of the parts, and what stands outside `parameters`. */
#include "sim/inputs/load.h"

#include "sim/core/memory.h"
#include "sim/inputs/problem_draw.h"
#include "sim/inputs/settings.h"
#include "sim/inputs/source.h"

#include <stdlib.h>
#include <string.h>

kea_status kea_load_format(const kea_config *config, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *setting = NULL;
    double format;
    KEA_TRY(kea_config_need(config, kea_config_root(config), "format",
                            "the file must start with format = 1;", &setting, err));
    KEA_TRY(kea_config_number(config, setting, true, &format, err));
    if (format < 1 || format > 1)
        return kea_config_fail(config, setting, err,
                               "expected 1, found %.0f; this keasim reads format 1 only", format);
done:
    return status;
}

/* "models" beside the folder of the scenario, without going through "..". */
static kea_status find_models_dir(kea_loader *loader, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    char *folder = NULL, *parent = NULL;
    if (loader->options->models_dir)
        return kea_memory_copy_text(&loader->models_dir, loader->options->models_dir, err);
    KEA_TRY(kea_source_folder(&folder, path, err));
    const char *slash = strrchr(folder, '/');
    const char *last = slash ? slash + 1 : folder;
    if (strcmp(last, ".") == 0)
        KEA_TRY(kea_memory_copy_text(&parent, "..", err));
    else if (strcmp(last, "..") == 0)
        KEA_TRY(kea_source_join(&parent, folder, "..", err));
    else
        KEA_TRY(kea_source_folder(&parent, folder, err));
    KEA_TRY(kea_source_join(&loader->models_dir, parent, "models", err));
done:
    free(folder);
    free(parent);
    return status;
}

static kea_status load_head(kea_loader *loader, kea_param_lookup *lookup, kea_error *err)
{
    static const char *const names[] = {"format",       "title",      "model",      "run",
                                        "status_quo",   "strategies", "parameters", "analysis",
                                        "correlations", "what_if",    "funding",    "sites"};
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_config *config = loader->scenario;
    const kea_setting *root = kea_config_root(config);
    const char *text = NULL;
    KEA_TRY(kea_load_format(config, err));
    KEA_TRY(kea_config_known(config, root, sizeof names / sizeof names[0], names, err));
    KEA_TRY(kea_config_need_text(config, root, "title", "what the scenario is about", &text, err));
    KEA_TRY(kea_memory_copy_text(&problem->title, text, err));
    KEA_TRY(
        kea_config_need_text(config, root, "model", "the model to run, e.g. \"mbo\"", &text, err));
    const kea_param_table *table = lookup(text);
    if (!table)
        return kea_config_fail(config, kea_config_find(root, "model"), err,
                               "there is no model \"%s\"; 'keasim list' names the models", text);
    problem->params = *table;
    KEA_TRY(kea_memory_copy_text(&problem->model_name, text, err));
    KEA_TRY(kea_settings_load(&problem->settings, config, &problem->params, err));
    KEA_TRY(kea_load_sweeps(loader, err));
done:
    return status;
}

static kea_status load_strategies(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_config *config = loader->scenario;
    const kea_setting *root = kea_config_root(config);
    kea_setting *list = NULL, *status_quo = NULL;
    char found[128];
    void *block = NULL;
    KEA_TRY(kea_config_need(config, root, "strategies",
                            "the care models to compare, the comparator first", &list, err));
    size_t n = kea_config_length(list);
    if (!kea_config_is_list(list) || n < 2) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(config, list, err,
                               "expected a list of at least two care models, the comparator first; "
                               "found %s",
                               found);
    }
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->strategies, err));
    problem->strategies = block;
    for (size_t i = 0; i < n; i++) {
        const kea_setting *item = kea_config_item(list, i);
        size_t before = problem->n_care;
        KEA_TRY(kea_load_care(loader, item, &problem->strategies[i], err));
        if (problem->n_care == before)
            return kea_config_fail(config, item, err,
                                   "\"%s\" stands in the list twice; remove one of the two",
                                   problem->care[problem->strategies[i]].id);
        problem->n_strategies++;
    }
    KEA_TRY(kea_config_need(config, root, "status_quo",
                            "the care model that is in place before the decision", &status_quo,
                            err));
    KEA_TRY(kea_load_care(loader, status_quo, &problem->status_quo, err));
    if (loader->beside)
        KEA_TRY(kea_load_care_id(loader, list, loader->beside, &loader->beside_index, err));
done:
    return status;
}

static kea_status load_world_parameter(kea_loader *loader, const kea_setting *group, size_t at,
                                       size_t slot, kea_error *err)
{
    const kea_param_decl *decl = &loader->problem->params.decl[at];
    const kea_setting *setting = kea_config_find(group, decl->name);
    if (decl->scope == KEA_CARE) {
        if (!setting)
            return KEA_OK;
        return kea_config_fail(loader->scenario, setting, err,
                               "belongs to a care model, not to a scenario; give it in the care "
                               "model's file, %s/NAME.cfg",
                               loader->models_dir);
    }
    if (!setting)
        return kea_config_fail(loader->scenario, group, err,
                               "'%s' is missing: every parameter needs a value (%s)", decl->name,
                               decl->meaning);
    return kea_load_parameter(loader, loader->scenario, setting, decl, slot, KEA_WORLD_ENTRY, err);
}

static kea_status load_world(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_param_table *table = &loader->problem->params;
    kea_setting *group = NULL;
    void *names = NULL;
    size_t slot = 0;
    KEA_TRY(kea_config_need_group(loader->scenario, kea_config_root(loader->scenario), "parameters",
                                  "the group that values the parameters", &group, err));
    KEA_TRY(kea_memory_new(&names, table->n, sizeof(const char *), err));
    for (size_t i = 0; i < table->n; i++)
        ((const char **)names)[i] = table->decl[i].name;
    KEA_TRY(kea_config_known(loader->scenario, group, table->n, names, err));
    for (size_t i = 0; i < table->n; i++) {
        KEA_TRY(load_world_parameter(loader, group, i, slot, err));
        slot += table->decl[i].count;
    }
done:
    free(names);
    return status;
}

static kea_status load(kea_loader *loader, const char *path, kea_param_lookup *lookup,
                       kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    KEA_TRY(kea_memory_copy_text(&problem->file, path, err));
    KEA_TRY(find_models_dir(loader, path, err));
    KEA_TRY(kea_config_open(&loader->scenario, path, err));
    KEA_TRY(load_head(loader, lookup, err));
    KEA_TRY(load_strategies(loader, err));
    KEA_TRY(load_world(loader, err));
    for (size_t care = 0; care < problem->n_care; care++)
        KEA_TRY(kea_load_care_parameters(loader, care, err));
    KEA_TRY(kea_load_correlations(loader, err));
    KEA_TRY(kea_load_what_ifs(loader, err));
    KEA_TRY(kea_load_sites(loader, err));
    KEA_TRY(kea_load_funding(loader, err));
    KEA_TRY(kea_config_sweep(loader->scenario, err));
    KEA_TRY(kea_load_set(loader, err));
    kea_load_drop_certain(problem);
    KEA_TRY(kea_problem_draw_prepare(problem, err));
    KEA_TRY(kea_problem_write(problem, loader->options, &problem->text, err));
done:
    return status;
}

kea_status kea_problem_load(kea_problem *problem, const char *path, const kea_load_options *options,
                            kea_param_lookup *lookup, kea_error *err)
{
    return kea_problem_load_beside(problem, path, options, lookup, NULL, NULL, err);
}

kea_status kea_problem_load_beside(kea_problem *problem, const char *path,
                                   const kea_load_options *options, kea_param_lookup *lookup,
                                   const char *care_id, size_t *care, kea_error *err)
{
    const kea_load_options none = {0};
    kea_loader loader = {
        .problem = problem, .options = options ? options : &none, .beside = care_id};
    *problem = (kea_problem){0};
    kea_status status = load(&loader, path, lookup, err);
    if (care)
        *care = loader.beside_index;
    for (size_t i = 0; loader.care && i < problem->n_care; i++)
        kea_config_free(loader.care[i]);
    free(loader.care);
    kea_config_free(loader.scenario);
    free(loader.models_dir);
    if (status != KEA_OK)
        kea_problem_free(problem);
    return status;
}
