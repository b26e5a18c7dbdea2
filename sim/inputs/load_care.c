/* Reads care model files: what they say of themselves, and the parameters they value. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/source.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_LISTED = 100 };

static const char ending[] = ".cfg";

/* The ids of the care models in a folder, sorted; texts owned by the caller. None when it is not
 * there. */
static size_t list_ids(const char *folder, char **ids)
{
    struct dirent **found = NULL;
    size_t n = 0;
    int count = scandir(folder, &found, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char *name = found[i]->d_name;
        size_t length = strlen(name);
        bool fits = length >= sizeof ending && name[0] != '.' &&
                    strcmp(name + length - (sizeof ending - 1), ending) == 0;
        if (fits && n < MAX_LISTED) {
            name[length - (sizeof ending - 1)] = 0;
            if (kea_memory_copy_text(&ids[n], name, NULL) == KEA_OK)
                n++;
        }
        free(found[i]);
    }
    free(found);
    return n;
}

/* Tells which care models there are: those in the model's own folder, or when it holds none, those
 * beside it. */
static kea_status no_such_care(const kea_loader *loader, const kea_setting *setting, const char *id,
                               const char *own_folder, kea_error *err)
{
    char *ids[MAX_LISTED], list[512] = "none";
    const char *folder = own_folder;
    size_t n = list_ids(folder, ids), used = 0;
    if (n == 0) {
        folder = loader->models_dir;
        n = list_ids(folder, ids);
    }
    const char *nearest = kea_param_nearest(id, n, (const char *const *)ids);
    for (size_t i = 0; i < n && used + 1 < sizeof list; i++) {
        (void)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", ids[i]);
        used = strlen(list);
    }
    kea_status status = kea_config_fail(loader->scenario, setting, err,
                                        "there is no care model \"%s\"%s%s%s; %s has: %s", id,
                                        nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                                        nearest ? "\"?" : "", folder, list);
    for (size_t i = 0; i < n; i++)
        free(ids[i]);
    return status;
}

/* Reads the head of an open care model file. `care` owns what it gets, also after failure. */
static kea_status read_head(kea_care_model *care, const kea_config *config, const char *id,
                            const char *path, kea_error *err)
{
    static const char *const top[] = {"format", "care_model", "parameters"};
    static const char *const names[] = {"name", "summary", "source"};
    kea_status status = KEA_OK;
    kea_setting *head = NULL;
    const char *name = NULL, *summary = NULL, *source = NULL;
    KEA_TRY(kea_load_format(config, err));
    KEA_TRY(kea_config_known(config, kea_config_root(config), 3, top, err));
    KEA_TRY(kea_config_need_group(config, kea_config_root(config), "care_model",
                                  "a group with name, summary and source", &head, err));
    KEA_TRY(kea_config_known(config, head, 3, names, err));
    KEA_TRY(kea_config_need_text(config, head, "name", "what people call it", &name, err));
    KEA_TRY(kea_config_need_text(config, head, "summary", "what it is, in a few sentences",
                                 &summary, err));
    KEA_TRY(kea_config_need_text(config, head, "source", "where it is described", &source, err));
    KEA_TRY(kea_memory_copy_text(&care->id, id, err));
    KEA_TRY(kea_memory_copy_text(&care->name, name, err));
    KEA_TRY(kea_memory_copy_text(&care->summary, summary, err));
    KEA_TRY(kea_memory_copy_text(&care->source, source, err));
    KEA_TRY(kea_memory_copy_text(&care->file, path, err));
done:
    return status;
}

/* The file's name without folder and ending. */
static kea_status id_of_path(char **id, const char *path, kea_error *err)
{
    const char *slash = strrchr(path, '/');
    kea_status status = kea_memory_copy_text(id, slash ? slash + 1 : path, err);
    if (status != KEA_OK)
        return status;
    size_t length = strlen(*id);
    if (length >= sizeof ending && strcmp(*id + length - (sizeof ending - 1), ending) == 0)
        (*id)[length - (sizeof ending - 1)] = 0;
    return KEA_OK;
}

kea_status kea_care_model_read(kea_care_model *care, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_config *config = NULL;
    char *id = NULL;
    *care = (kea_care_model){0};
    KEA_TRY(id_of_path(&id, path, err));
    KEA_TRY(kea_config_open(&config, path, err));
    KEA_TRY(read_head(care, config, id, path, err));
done:
    if (status != KEA_OK)
        kea_care_model_free(care);
    kea_config_free(config);
    free(id);
    return status;
}

static kea_status check_id(const kea_loader *loader, const kea_setting *setting, const char *id,
                           kea_error *err)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    if (strlen(id) <= KEA_MAX_NAME && strspn(id, allowed) == strlen(id))
        return KEA_OK;
    return kea_config_fail(loader->scenario, setting, err,
                           "expected the name of a care model file without folder and .cfg (small "
                           "letters, digits and _), found \"%s\"",
                           id);
}

static kea_status grow(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = loader->problem->n_care + 1;
    void *care = loader->problem->care;
    KEA_TRY(kea_memory_resize(&care, n, sizeof *loader->problem->care, err));
    loader->problem->care = care;
    void *configs = loader->care;
    KEA_TRY(kea_memory_resize(&configs, n, sizeof *loader->care, err));
    loader->care = configs;
    loader->problem->care[n - 1] = (kea_care_model){0};
    loader->care[n - 1] = NULL;
    loader->problem->n_care = n;
done:
    return status;
}

/* The path of a care model's file: in the folder of the model, or beside it. */
static kea_status find_file(const kea_loader *loader, const kea_setting *setting, const char *id,
                            char **path, kea_error *err)
{
    kea_status status = KEA_OK;
    char name[KEA_MAX_NAME + sizeof ending], *own_folder = NULL;
    struct stat info;
    (void)snprintf(name, sizeof name, "%s%s", id, ending);
    KEA_TRY(kea_source_join(&own_folder, loader->models_dir, loader->problem->model_name, err));
    KEA_TRY(kea_source_join(path, own_folder, name, err));
    if (stat(*path, &info) == 0)
        goto done;
    free(*path);
    *path = NULL;
    KEA_TRY(kea_source_join(path, loader->models_dir, name, err));
    if (stat(*path, &info) != 0)
        status = no_such_care(loader, setting, id, own_folder, err);
done:
    free(own_folder);
    return status;
}

static kea_status open_care(kea_loader *loader, const kea_setting *setting, const char *id,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    char *path = NULL;
    KEA_TRY(find_file(loader, setting, id, &path, err));
    KEA_TRY(grow(loader, err));
    size_t last = loader->problem->n_care - 1;
    KEA_TRY(kea_config_open(&loader->care[last], path, err));
    KEA_TRY(read_head(&loader->problem->care[last], loader->care[last], id, path, err));
done:
    free(path);
    return status;
}

kea_status kea_load_care(kea_loader *loader, const kea_setting *setting, size_t *index,
                         kea_error *err)
{
    const char *id = NULL;
    kea_status status = kea_config_text(loader->scenario, setting, &id, err);
    return status == KEA_OK ? kea_load_care_id(loader, setting, id, index, err) : status;
}

kea_status kea_load_care_id(kea_loader *loader, const kea_setting *place, const char *id,
                            size_t *index, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(check_id(loader, place, id, err));
    for (size_t i = 0; i < loader->problem->n_care; i++) {
        if (strcmp(loader->problem->care[i].id, id) == 0) {
            *index = i;
            return KEA_OK;
        }
    }
    KEA_TRY(open_care(loader, place, id, err));
    *index = loader->problem->n_care - 1;
done:
    return status;
}

/* Gives a care model its own copy of a shared parameter, for an override to change. */
static kea_status copy_world(kea_loader *loader, const kea_setting *place,
                             const kea_param_decl *decl, size_t slot, size_t care, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t index[KEA_MAX_ELEMENTS];
    const kea_span span = {.loader = loader,
                           .config = loader->care[care],
                           .group = place,
                           .decl = decl,
                           .n = decl->count,
                           .slot = slot,
                           .care = care};
    size_t n = kea_problem_find_param(loader->problem, decl->name, KEA_WORLD_ENTRY,
                                      KEA_MAX_ELEMENTS, index);
    KEA_TRY(kea_load_reserve(loader, n, err));
    for (size_t i = 0; i < n; i++) {
        const kea_entry *world = &loader->problem->entries[index[i]];
        KEA_TRY(kea_load_add_entry(&span, i, world->value, world->source, world->evidence, err));
    }
done:
    return status;
}

static kea_status load_one(kea_loader *loader, const kea_setting *group, size_t at, size_t slot,
                           size_t care, kea_error *err)
{
    const kea_param_decl *decl = &loader->problem->params.decl[at];
    kea_setting *setting = kea_config_find(group, decl->name);
    if (setting)
        return kea_load_parameter(loader, loader->care[care], setting, decl, slot, care, err);
    if (decl->scope == KEA_CARE)
        return kea_config_fail(loader->care[care], group, err,
                               "'%s' is missing: every care model must value it (%s)", decl->name,
                               decl->meaning);
    if (kea_load_is_set(loader->options, loader->problem->care[care].id, decl->name))
        return copy_world(loader, group, decl, slot, care, err);
    return KEA_OK;
}

kea_status kea_load_care_parameters(kea_loader *loader, size_t care, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_config *config = loader->care[care];
    const kea_param_table *table = &loader->problem->params;
    kea_setting *group = NULL;
    void *names = NULL;
    size_t slot = 0;
    KEA_TRY(kea_config_need_group(config, kea_config_root(config), "parameters",
                                  "the group that values the parameters of the care model", &group,
                                  err));
    KEA_TRY(kea_memory_new(&names, table->n, sizeof(const char *), err));
    for (size_t i = 0; i < table->n; i++)
        ((const char **)names)[i] = table->decl[i].name;
    KEA_TRY(kea_config_known(config, group, table->n, names, err));
    for (size_t i = 0; i < table->n; i++) {
        KEA_TRY(load_one(loader, group, i, slot, care, err));
        slot += table->decl[i].count;
    }
    KEA_TRY(kea_config_sweep(config, err));
done:
    free(names);
    return status;
}
