/* Reads the correlated groups of a scenario: which uncertain numbers move together, and how much.
 */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_certain(const kea_problem *problem, const kea_correlation_member *member)
{
    return problem->entries[member->entry].dist.family == KEA_FIXED;
}

/* The group of those read so far that has entry `entry`, or NULL. */
static const kea_correlation *group_with(const kea_problem *problem, size_t entry)
{
    for (size_t g = 0; g < problem->n_correlations; g++) {
        const kea_correlation *group = &problem->correlations[g];
        for (size_t m = 0; m < group->n_members; m++) {
            if (group->members[m].entry == entry)
                return group;
        }
    }
    return NULL;
}

/* A number must be free to move, and be in one group only. */
static kea_status check_member(const kea_loader *loader, const kea_correlation *group,
                               const kea_setting *item, size_t index, kea_error *err)
{
    const kea_entry *entry = &loader->problem->entries[index];
    const kea_correlation *other = group_with(loader->problem, index);
    if (entry->dist.family == KEA_DIRICHLET)
        return kea_config_fail(loader->scenario, item, err,
                               "'%s' is one of the shares of a \"dirichlet\", which are drawn "
                               "together to sum to 1 and cannot follow another number too; remove "
                               "it from the group",
                               entry->name);
    if (other == group)
        return kea_config_fail(loader->scenario, item, err,
                               "'%s' is in this group twice; remove one of the two", entry->name);
    if (other)
        return kea_config_fail(loader->scenario, item, err,
                               "'%s' is in the group \"%s\" already; a number can be in one group "
                               "only",
                               entry->name, other->name);
    return KEA_OK;
}

/* Adds what one name of the list stands for. `group` is the last of the problem's. */
static kea_status add_named(const kea_loader *loader, kea_correlation *group,
                            const kea_setting *item, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = loader->problem;
    const char *name = NULL;
    kea_load_named named;
    kea_error why;
    KEA_TRY(kea_config_text(loader->scenario, item, &name, err));
    int sign = name[0] == '-' ? -1 : 1;
    status = kea_load_find(problem, sign < 0 ? name + 1 : name, &named, &why);
    if (status == KEA_ERR_MEMORY)
        return kea_error_set(err, status, "%s", why.text);
    if (status != KEA_OK)
        return kea_config_fail(loader->scenario, item, err, "%s", why.text);
    if (named.n == 0)
        return kea_config_fail(loader->scenario, item, err,
                               "%s has no '%s' of its own; name '%s', which all care models share",
                               problem->care[named.care].id, named.decl->name, named.decl->name);
    void *members = group->members;
    KEA_TRY(kea_memory_resize(&members, group->n_members + named.n, sizeof *group->members, err));
    group->members = members;
    for (size_t i = named.first; i < named.first + named.n; i++) {
        KEA_TRY(check_member(loader, group, item, i, err));
        group->members[group->n_members++] = (kea_correlation_member){i, sign};
    }
done:
    return status;
}

static kea_status load_members(const kea_loader *loader, kea_correlation *group,
                               const kea_setting *setting, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *list = NULL;
    char found[128];
    size_t uncertain = 0;
    KEA_TRY(kea_config_need(loader->scenario, setting, "parameters",
                            "the names of the uncertain numbers that move together", &list, err));
    if (!kea_config_is_list(list)) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of names [ \"...\", \"...\" ], found %s", found);
    }
    for (size_t i = 0; i < kea_config_length(list); i++)
        KEA_TRY(add_named(loader, group, kea_config_item(list, i), err));
    for (size_t i = 0; i < group->n_members; i++)
        uncertain += !is_certain(loader->problem, &group->members[i]);
    if (uncertain < 2)
        return kea_config_fail(loader->scenario, list, err,
                               "expected at least two uncertain numbers, found %zu; only numbers "
                               "with a distribution can move together",
                               uncertain);
done:
    return status;
}

static kea_status load_name(const kea_loader *loader, kea_correlation *group,
                            const kea_setting *setting, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = loader->problem;
    const char *name = NULL;
    KEA_TRY(kea_config_need_text(loader->scenario, setting, "name",
                                 "what the group is called, like \"wage inflation\"", &name, err));
    const kea_setting *place = kea_config_find(setting, "name");
    if (strlen(name) > KEA_MAX_NAME)
        return kea_config_fail(loader->scenario, place, err,
                               "expected a name of at most %d bytes, found %zu", (int)KEA_MAX_NAME,
                               strlen(name));
    for (size_t i = 0; i + 1 < problem->n_correlations; i++) {
        if (strcmp(problem->correlations[i].name, name) == 0)
            return kea_config_fail(loader->scenario, place, err,
                                   "correlations[%zu] is called \"%s\" too; give each group a name "
                                   "of its own",
                                   i + 1, name);
    }
    KEA_TRY(kea_memory_copy_text(&group->name, name, err));
done:
    return status;
}

static kea_status load_rho(const kea_loader *loader, kea_correlation *group,
                           const kea_setting *setting, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_setting *rho = NULL;
    KEA_TRY(kea_config_need(loader->scenario, setting, "rho",
                            "how strongly the numbers move together, from 0 to below 1", &rho,
                            err));
    KEA_TRY(kea_config_number(loader->scenario, rho, false, &group->rho, err));
    if (group->rho < 0)
        return kea_config_fail(loader->scenario, rho, err,
                               "expected a number from 0 to below 1, found %.10g; put '-' before "
                               "the name of a parameter that moves against the others",
                               group->rho);
    if (!(group->rho < 1))
        return kea_config_fail(loader->scenario, rho, err,
                               "expected a number from 0 to below 1, found %.10g", group->rho);
done:
    return status;
}

static kea_status load_group(const kea_loader *loader, kea_correlation *group,
                             const kea_setting *setting, kea_error *err)
{
    static const char *const keys[] = {"name", "parameters", "rho", "source", "status"};
    kea_status status = KEA_OK;
    const kea_config *config = loader->scenario;
    const char *source = NULL, *file = NULL;
    KEA_TRY(kea_config_known(config, setting, sizeof keys / sizeof keys[0], keys, err));
    kea_config_place(config, setting, &file, &group->line);
    KEA_TRY(kea_memory_copy_text(&group->file, file, err));
    KEA_TRY(load_name(loader, group, setting, err));
    KEA_TRY(load_members(loader, group, setting, err));
    KEA_TRY(load_rho(loader, group, setting, err));
    KEA_TRY(kea_config_need_text(config, setting, "source",
                                 "every number needs to say where it comes from", &source, err));
    KEA_TRY(kea_memory_copy_text(&group->source, source, err));
    KEA_TRY(kea_load_evidence(config, setting, &group->evidence, err));
done:
    return status;
}

kea_status kea_load_correlations(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_setting *list = kea_config_find(kea_config_root(loader->scenario), "correlations");
    void *block = NULL;
    char found[128];
    if (!list)
        return KEA_OK;
    if (!kea_config_is_list(list)) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of groups ( { ... }, { ... } ), found %s", found);
    }
    KEA_TRY(kea_memory_new(&block, kea_config_length(list), sizeof *problem->correlations, err));
    problem->correlations = block;
    for (size_t i = 0; i < kea_config_length(list); i++) {
        kea_correlation *group = &problem->correlations[problem->n_correlations++];
        KEA_TRY(load_group(loader, group, kea_config_item(list, i), err));
    }
done:
    return status;
}

void kea_load_drop_certain(kea_problem *problem)
{
    size_t n_groups = 0;
    for (size_t g = 0; g < problem->n_correlations; g++) {
        kea_correlation group = problem->correlations[g];
        size_t n = 0;
        for (size_t m = 0; m < group.n_members; m++) {
            if (!is_certain(problem, &group.members[m]))
                group.members[n++] = group.members[m];
        }
        group.n_members = n;
        if (n > 0)
            problem->correlations[n_groups++] = group;
        else
            kea_correlation_free(&group);
    }
    problem->n_correlations = n_groups;
}
