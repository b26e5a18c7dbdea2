/* Reads the sites over which hours can be divided: schools with a team of their own, each with its
 * number of people and the parameters in which it differs from the scenario. */
#include "sim/core/memory.h"
#include "sim/inputs/load.h"
#include "sim/inputs/what_if.h"

static const kea_load_what_if_words words = {"sites", "what the site is called, like \"Sneek\"",
                                             "every site needs to say where its numbers come from"};

/* The hours of the team are what is divided. */
static kea_status check_hours(const kea_loader *loader, const kea_what_if *site,
                              const kea_setting *setting, kea_error *err)
{
    for (size_t i = 0; i < site->n_changes; i++)
        if (loader->problem->entries[site->changes[i].entries[0]].decl->kind == KEA_STAFFING)
            return kea_config_fail(loader->scenario, setting, err,
                                   "'%s' changes the team's hours, which are what is divided over "
                                   "sites; leave it out",
                                   site->changes[i].name);
    return KEA_OK;
}

static kea_status load_size(const kea_loader *loader, kea_what_if *site, const kea_setting *setting,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    const char *key = loader->problem->params.size;
    kea_setting *size = NULL;
    double number = 0.0;
    kea_error why;
    KEA_TRY(kea_config_need(loader->scenario, setting, key, "for how many people the site has room",
                            &size, err));
    KEA_TRY(kea_config_number(loader->scenario, size, false, &number, err));
    status = kea_what_if_add(site, loader->problem, key, number, &why);
    if (status == KEA_ERR_MEMORY)
        return kea_error_set(err, status, "%s", why.text);
    if (status != KEA_OK)
        return kea_config_fail(loader->scenario, size, err, "%s", why.text);
done:
    return status;
}

static kea_status load_site(const kea_loader *loader, kea_what_if *site, const kea_setting *setting,
                            kea_error *err)
{
    const char *const keys[] = {"name", loader->problem->params.size, "parameters", "source",
                                "status"};
    kea_status status = KEA_OK;
    const kea_config *config = loader->scenario;
    const kea_what_if *all = loader->problem->sites;
    KEA_TRY(kea_config_known(config, setting, sizeof keys / sizeof keys[0], keys, err));
    KEA_TRY(kea_load_what_if_name(loader, all, (size_t)(site - all), setting, &words, &site->name,
                                  err));
    const kea_setting *list = kea_config_find(setting, "parameters");
    KEA_TRY(kea_what_if_reserve(site, 1 + (list ? kea_config_length(list) : 0), err));
    KEA_TRY(load_size(loader, site, setting, err));
    if (list)
        KEA_TRY(kea_load_changes(loader, site, list, err));
    KEA_TRY(check_hours(loader, site, setting, err));
    KEA_TRY(kea_load_what_if_source(loader, site, setting, &words, err));
done:
    return status;
}

kea_status kea_load_sites(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_setting *list = kea_config_find(kea_config_root(loader->scenario), "sites");
    void *block = NULL;
    char found[128];
    if (!list)
        return KEA_OK;
    if (!problem->params.size)
        return kea_config_fail(loader->scenario, list, err,
                               "the model %s has no parameter for how many people there is room, "
                               "so there are no sites to tell apart; remove it",
                               problem->model_name);
    if (!kea_config_is_list(list) || kea_config_length(list) < 2) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(loader->scenario, list, err,
                               "expected a list of at least two sites ( { ... }, { ... } ), found "
                               "%s",
                               found);
    }
    KEA_TRY(kea_memory_new(&block, kea_config_length(list), sizeof *problem->sites, err));
    problem->sites = block;
    for (size_t i = 0; i < kea_config_length(list); i++) {
        kea_what_if *site = &problem->sites[problem->n_sites++];
        KEA_TRY(load_site(loader, site, kea_config_item(list, i), err));
    }
done:
    return status;
}
