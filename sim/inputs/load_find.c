/* Finds what a name in an override, in a correlated group or in a calibration stands for. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 4 * (KEA_MAX_NAME + 1) };

static bool find_care(const kea_problem *problem, const char *id, size_t *care)
{
    for (size_t i = 0; i < problem->n_care; i++) {
        if (strcmp(problem->care[i].id, id) == 0) {
            *care = i;
            return true;
        }
    }
    return false;
}

/* Says that nothing has this name, with the nearest among parameters and care models. */
static kea_status no_such_name(const kea_problem *problem, const char *word, bool with_care,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    const char **names = NULL;
    void *block = NULL;
    size_t n = problem->params.n;
    KEA_TRY(kea_memory_new(&block, n + problem->n_care, sizeof *names, err));
    names = block;
    for (size_t i = 0; i < n; i++)
        names[i] = problem->params.decl[i].name;
    for (size_t i = 0; with_care && i < problem->n_care; i++)
        names[n++] = problem->care[i].id;
    const char *nearest = kea_param_nearest(word, n, names);
    status = kea_error_set(
        err, KEA_ERR_USAGE, "there is no parameter%s '%s'%s%s%s", with_care ? " or care model" : "",
        word, nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
done:
    free(names);
    return status;
}

/* Narrows the entries of a parameter, in index[], down to the one of an element. */
static kea_status find_element(const char *label, const size_t *index, kea_load_named *named,
                               kea_error *err)
{
    const kea_param_decl *decl = named->decl;
    for (size_t i = 0; decl->labels && i < decl->count; i++) {
        if (strcmp(decl->labels[i], label) == 0) {
            named->first = index[i];
            named->n = 1;
            return KEA_OK;
        }
    }
    const char *nearest = decl->labels ? kea_param_nearest(label, decl->count, decl->labels) : NULL;
    return kea_error_set(err, KEA_ERR_USAGE, "'%s' has no element '%s'%s%s%s", decl->name, label,
                         nearest ? "; did you mean '" : "", nearest ? nearest : "",
                         nearest ? "'?" : "");
}

/* The entries of "param" or "param.element" of a care model, or of those shared by all. */
static kea_status find_entries(const kea_problem *problem, size_t care, const char *name,
                               kea_load_named *named, kea_error *err)
{
    char param[NAME_SIZE];
    (void)snprintf(param, sizeof param, "%s", name);
    char *label = strchr(param, '.');
    if (label)
        *label++ = 0;
    size_t at, index[KEA_MAX_ELEMENTS];
    if (!kea_param_table_find(&problem->params, param, &at))
        return no_such_name(problem, param, care == KEA_WORLD_ENTRY, err);
    named->care = care;
    named->decl = &problem->params.decl[at];
    named->n = kea_problem_find_param(problem, param, care, KEA_MAX_ELEMENTS, index);
    if (named->n == 0 && care == KEA_WORLD_ENTRY)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "'%s' belongs to the care models; name one of them, like %s.%s", param,
                             problem->care[problem->n_care - 1].id, param);
    if (named->n == 0)
        return KEA_OK;
    named->first = index[0];
    return label ? find_element(label, index, named, err) : KEA_OK;
}

kea_status kea_load_find(const kea_problem *problem, const char *name, kea_load_named *named,
                         kea_error *err)
{
    char head[NAME_SIZE];
    size_t at, care;
    *named = (kea_load_named){0};
    if (strlen(name) >= sizeof head)
        return kea_error_set(err, KEA_ERR_USAGE, "the name is too long");
    (void)snprintf(head, sizeof head, "%s", name);
    char *point = strchr(head, '.');
    if (point)
        *point = 0;
    if (!kea_param_table_find(&problem->params, head, &at) && point &&
        find_care(problem, head, &care))
        return find_entries(problem, care, point + 1, named, err);
    return find_entries(problem, KEA_WORLD_ENTRY, name, named, err);
}

kea_status kea_problem_find_named(const kea_problem *problem, const char *name, size_t *first,
                                  size_t *n, kea_error *err)
{
    kea_load_named named;
    kea_error why = {0};
    if (kea_load_find(problem, name, &named, &why) != KEA_OK)
        return kea_error_set(err, why.code == KEA_ERR_USAGE ? KEA_ERR_INPUT : why.code, "%s",
                             why.text);
    if (named.n == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "%s has no '%s' of its own; give it in its file",
                             problem->care[named.care].id, named.decl->name);
    *first = named.first;
    *n = named.n;
    return KEA_OK;
}
