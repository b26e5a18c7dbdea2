/* Reads the what-if scenarios: under which name, which parameters get which other value. The sites
 * of load_sites.c are read with the same functions. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/what_if.h"

#include <string.h>

/* The ways to give a parameter another value. */
static const char *const ways[] = {[KEA_VARIED_VALUE] = "value",
                                   [KEA_VARIED_FACTOR] = "factor",
                                   [KEA_VARIED_QUANTILE] = "quantile"};
enum { N_WAYS = sizeof ways / sizeof ways[0] };

/* Finds the one way that is used. */
static kea_status find_way(const kea_config *config, const kea_setting *setting,
                           kea_varied_how *how, kea_setting **found, kea_error *err)
{
    size_t n = 0;
    for (int way = 0; way < N_WAYS; way++) {
        kea_setting *member = kea_config_find(setting, ways[way]);
        if (!member)
            continue;
        *how = (kea_varied_how)way;
        *found = member;
        n++;
    }
    if (n == 1)
        return KEA_OK;
    return kea_config_fail(config, setting, err,
                           "expected one of 'value' (the new number), 'factor' (what the present "
                           "one is multiplied by) or 'quantile' (of its distribution), found %s",
                           n == 0 ? "none" : "more than one");
}

/* An entry that two changes have is changed twice, and the first would be lost. */
static kea_status check_once(const kea_loader *loader, const kea_what_if *what_if,
                             const kea_setting *setting, kea_error *err)
{
    const kea_varied *last = &what_if->changes[what_if->n_changes - 1];
    for (size_t c = 0; c + 1 < what_if->n_changes; c++)
        for (size_t i = 0; i < what_if->changes[c].n_entries; i++)
            for (size_t k = 0; k < last->n_entries; k++)
                if (what_if->changes[c].entries[i] == last->entries[k])
                    return kea_config_fail(loader->scenario, setting, err,
                                           "'%s' is changed by '%s' already; change it once",
                                           loader->problem->entries[last->entries[k]].name,
                                           what_if->changes[c].name);
    const kea_entry *changed = &loader->problem->entries[last->entries[0]];
    for (size_t c = 0; c + 1 < what_if->n_changes && kea_param_sums_to_one(changed->decl); c++) {
        const kea_entry *other = &loader->problem->entries[what_if->changes[c].entries[0]];
        if (other->decl == changed->decl && other->care == changed->care)
            return kea_config_fail(loader->scenario, setting, err,
                                   "'%s' sums to 1 and is changed by '%s' already; give all its "
                                   "shares at once, as a list",
                                   changed->decl->name, what_if->changes[c].name);
    }
    return KEA_OK;
}

/* The number that a parameter gets, or (*is_list) those of its elements; *n of them. */
static kea_status read_numbers(const kea_config *config, const kea_setting *setting, bool *is_list,
                               size_t *n, double *number, kea_error *err)
{
    kea_status status = KEA_OK;
    *is_list = kea_config_is_list(setting);
    *n = *is_list ? kea_config_length(setting) : 1;
    *n = *n < KEA_MAX_ELEMENTS ? *n : KEA_MAX_ELEMENTS;
    for (size_t i = 0; i < *n; i++)
        KEA_TRY(kea_config_number(config, *is_list ? kea_config_item(setting, i) : setting, false,
                                  &number[i], err));
done:
    return status;
}

static kea_status load_change(const kea_loader *loader, kea_what_if *what_if,
                              const kea_setting *setting, kea_error *err)
{
    static const char *const keys[] = {"name", "value", "factor", "quantile"};
    kea_status status = KEA_OK;
    const kea_config *config = loader->scenario;
    const kea_problem *problem = loader->problem;
    kea_setting *level = NULL;
    kea_varied_how how = KEA_VARIED_VALUE;
    const char *name = NULL;
    double number[KEA_MAX_ELEMENTS] = {0};
    size_t n = 0;
    bool is_list = false;
    kea_error why;
    KEA_TRY(kea_config_known(config, setting, sizeof keys / sizeof keys[0], keys, err));
    KEA_TRY(kea_config_need_text(config, setting, "name", "which parameter changes", &name, err));
    KEA_TRY(find_way(config, setting, &how, &level, err));
    if (how == KEA_VARIED_VALUE)
        KEA_TRY(read_numbers(config, level, &is_list, &n, number, err));
    else
        KEA_TRY(kea_config_number(config, level, false, &number[0], err));
    const kea_range levels = {number[0], number[0], 1};
    kea_varied *change = &what_if->changes[what_if->n_changes++];
    status = is_list ? kea_varied_init_each(change, problem, name, n, number, &why)
                     : kea_varied_init(change, problem, name, how, &levels, &why);
    if (status == KEA_ERR_MEMORY)
        return kea_error_set(err, status, "%s", why.text);
    if (status != KEA_OK)
        return kea_config_fail(config, setting, err, "%s", why.text);
    KEA_TRY(check_once(loader, what_if, setting, err));
done:
    return status;
}

kea_status kea_load_changes(const kea_loader *loader, kea_what_if *what_if, const kea_setting *list,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    char found[128];
    if (!kea_config_is_list(list) || kea_config_length(list) == 0) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of changes ( { name = \"...\"; value = ...; } ), "
                               "found %s",
                               found);
    }
    for (size_t i = 0; i < kea_config_length(list); i++)
        KEA_TRY(load_change(loader, what_if, kea_config_item(list, i), err));
done:
    return status;
}

kea_status kea_load_what_if_name(const kea_loader *loader, const kea_what_if *all, size_t at,
                                 const kea_setting *setting, const kea_load_what_if_words *words,
                                 char **out, kea_error *err)
{
    kea_status status = KEA_OK;
    const char *name = NULL;
    KEA_TRY(kea_config_need_text(loader->scenario, setting, "name", words->name, &name, err));
    const kea_setting *place = kea_config_find(setting, "name");
    if (strlen(name) > KEA_MAX_NAME)
        return kea_config_fail(loader->scenario, place, err,
                               "expected a name of at most %d bytes, found %zu", (int)KEA_MAX_NAME,
                               strlen(name));
    for (size_t i = 0; i < at; i++) {
        if (strcmp(all[i].name, name) == 0)
            return kea_config_fail(loader->scenario, place, err,
                                   "%s[%zu] is called \"%s\" too; give each a name of its own",
                                   words->list, i + 1, name);
    }
    KEA_TRY(kea_memory_copy_text(out, name, err));
done:
    return status;
}

kea_status kea_load_what_if_source(const kea_loader *loader, kea_what_if *what_if,
                                   const kea_setting *setting, const kea_load_what_if_words *words,
                                   kea_error *err)
{
    kea_status status = KEA_OK;
    const char *source = NULL, *file = NULL;
    kea_config_place(loader->scenario, setting, &file, &what_if->line);
    KEA_TRY(kea_memory_copy_text(&what_if->file, file, err));
    KEA_TRY(kea_config_need_text(loader->scenario, setting, "source", words->source, &source, err));
    KEA_TRY(kea_memory_copy_text(&what_if->source, source, err));
    KEA_TRY(kea_load_evidence(loader->scenario, setting, &what_if->evidence, err));
done:
    return status;
}

static const kea_load_what_if_words what_if_words = {
    "what_if", "what it is called, like \"sceptical\"",
    "every what-if needs to say where it comes from"};

static kea_status load_what_if(const kea_loader *loader, kea_what_if *what_if,
                               const kea_setting *setting, kea_error *err)
{
    static const char *const keys[] = {"name", "parameters", "source", "status"};
    kea_status status = KEA_OK;
    const kea_config *config = loader->scenario;
    const kea_what_if *all = loader->problem->what_ifs;
    kea_setting *list = NULL;
    KEA_TRY(kea_config_known(config, setting, sizeof keys / sizeof keys[0], keys, err));
    KEA_TRY(kea_load_what_if_name(loader, all, (size_t)(what_if - all), setting, &what_if_words,
                                  &what_if->name, err));
    KEA_TRY(kea_config_need(config, setting, "parameters",
                            "the parameters that change, with their other values", &list, err));
    KEA_TRY(kea_what_if_reserve(what_if, kea_config_length(list), err));
    KEA_TRY(kea_load_changes(loader, what_if, list, err));
    KEA_TRY(kea_load_what_if_source(loader, what_if, setting, &what_if_words, err));
done:
    return status;
}

kea_status kea_load_what_ifs(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_setting *list = kea_config_find(kea_config_root(loader->scenario), "what_if");
    void *block = NULL;
    char found[128];
    if (!list)
        return KEA_OK;
    if (!kea_config_is_list(list)) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of what-ifs ( { ... }, { ... } ), found %s", found);
    }
    KEA_TRY(kea_memory_new(&block, kea_config_length(list), sizeof *problem->what_ifs, err));
    problem->what_ifs = block;
    for (size_t i = 0; i < kea_config_length(list); i++) {
        kea_what_if *what_if = &problem->what_ifs[problem->n_what_ifs++];
        KEA_TRY(load_what_if(loader, what_if, kea_config_item(list, i), err));
    }
done:
    return status;
}
