/* Reads the funding scenarios of a scenario file: who pays for the strategies in other ways than
 * the care models say. */
#include "sim/core/memory.h"
#include "sim/inputs/funding.h"
#include "sim/inputs/load.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How far above 1 a sum of shares may be. */
static const double SUM_TOLERANCE = 1e-9;
static const double MOST_EUR = 1e12;

/* One scenario while it is read. */
typedef struct reader {
    const kea_config *config;
    const kea_param_table *params;
    kea_fundings *fundings;
    kea_funding_scenario *one;
    const kea_setting *setting;
    size_t n_names;
    const char *names[KEA_MAX_PAYERS]; /* of payers that this scenario may name ... */
    size_t payer[KEA_MAX_PAYERS];      /* ... and which of all they are */
} reader;

static kea_status not_a_payer(const reader *r, const kea_setting *place, const char *word,
                              kea_error *err)
{
    char list[512];
    const char *nearest = kea_param_nearest(word, r->n_names, r->names);
    kea_param_list(r->n_names, r->names, list, sizeof list);
    return kea_config_fail(r->config, place, err,
                           "there is no payer \"%.100s\"%s%s%s; payers are: %s; others are named "
                           "in other_payers",
                           word, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                           nearest ? "\"?" : "", list);
}

static kea_status find_payer(const reader *r, const kea_setting *place, const char *word,
                             size_t *payer, kea_error *err)
{
    for (size_t i = 0; i < r->n_names; i++)
        if (strcmp(r->names[i], word) == 0) {
            *payer = r->payer[i];
            return KEA_OK;
        }
    return not_a_payer(r, place, word, err);
}

/* Elements of a list that may not be there. */
static size_t length(const kea_setting *list)
{
    return list ? kea_config_length(list) : 0;
}

/* A required member that names a payer. */
static kea_status need_payer(const reader *r, const kea_setting *group, const char *name,
                             const char *what, size_t *payer, kea_error *err)
{
    kea_status status = KEA_OK;
    const char *word = NULL;
    KEA_TRY(kea_config_need_text(r->config, group, name, what, &word, err));
    KEA_TRY(find_payer(r, kea_config_find(group, name), word, payer, err));
done:
    return status;
}

/* A number within a range, when the member is there. */
static kea_status number_within(const reader *r, const kea_setting *setting, double low,
                                double high, double *out, kea_error *err)
{
    if (!setting)
        return KEA_OK;
    kea_status status = kea_config_number(r->config, setting, false, out, err);
    if (status == KEA_OK && !(*out >= low && *out <= high))
        status =
            kea_config_fail(r->config, setting, err,
                            "expected a number from %.10g to %.10g, found %.10g", low, high, *out);
    return status;
}

/* Adds a payer to those of all scenarios, if it is not there. */
static kea_status add_payer(reader *r, const kea_setting *place, const char *name, kea_error *err)
{
    kea_fundings *f = r->fundings;
    size_t at = 0;
    while (at < f->n_payers && strcmp(f->payer[at], name) != 0)
        at++;
    if (at == KEA_MAX_PAYERS)
        return kea_config_fail(r->config, place, err,
                               "\"%.100s\" is one payer too many; there can be %d in all", name,
                               (int)KEA_MAX_PAYERS);
    if (at == f->n_payers) {
        kea_status status = kea_memory_copy_text(&f->payer[at], name, err);
        if (status != KEA_OK)
            return status;
        f->n_payers++;
    }
    r->names[r->n_names] = f->payer[at];
    r->payer[r->n_names++] = at;
    return KEA_OK;
}

static kea_status load_others(reader *r, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_setting *list = kea_config_find(r->setting, "other_payers");
    for (size_t i = 0; i < r->params->n_payers; i++)
        KEA_TRY(add_payer(r, r->setting, r->params->payers[i], err));
    for (size_t i = 0; i < length(list); i++) {
        const kea_setting *item = kea_config_item(list, i);
        const char *name = NULL;
        KEA_TRY(kea_config_text(r->config, item, &name, err));
        if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name) ||
            strlen(name) > KEA_MAX_NAME || !(name[0] >= 'a' && name[0] <= 'z'))
            return kea_config_fail(r->config, item, err,
                                   "expected a name of at most %d small letters, digits and _, "
                                   "found \"%.100s\"",
                                   (int)KEA_MAX_NAME, name);
        for (size_t k = 0; k < r->n_names; k++)
            if (strcmp(r->names[k], name) == 0)
                return kea_config_fail(r->config, item, err, "\"%s\" is a payer already; remove it",
                                       name);
        KEA_TRY(add_payer(r, item, name, err));
    }
done:
    return status;
}

/* A group of one number per payer. */
static kea_status load_by_payer(const reader *r, const char *name, double high, double *amount,
                                kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_setting *group = kea_config_find(r->setting, name), *item = NULL;
    char found[128];
    if (group && !kea_config_is_group(group)) {
        kea_config_describe(group, found, sizeof found);
        return kea_config_fail(r->config, group, err, "expected a group { PAYER = ...; }, found %s",
                               found);
    }
    for (size_t i = 0; group && (item = kea_config_item(group, i)) != NULL; i++) {
        size_t payer = 0;
        KEA_TRY(find_payer(r, item, kea_config_name(item), &payer, err));
        KEA_TRY(number_within(r, item, 0, high, &amount[payer], err));
    }
done:
    return status;
}

static kea_status load_shares(const reader *r, kea_error *err)
{
    double sum = 0.0, *share = r->one->terms.share;
    kea_status status = load_by_payer(r, "shares", 1, share, err);
    if (status != KEA_OK)
        return status;
    for (size_t i = 0; i < KEA_MAX_PAYERS; i++)
        sum += share[i];
    if (sum > 1.0 + SUM_TOLERANCE)
        return kea_config_fail(
            r->config, kea_config_find(r->setting, "shares"), err,
            "expected shares that sum to at most 1 (what is left is for 'rest'), "
            "found a sum of %.10g",
            sum);
    return KEA_OK;
}

static kea_status load_year(const reader *r, const kea_setting *group, const char *name,
                            size_t *year, kea_error *err)
{
    const kea_setting *setting = kea_config_find(group, name);
    double value = (double)*year;
    if (!setting)
        return KEA_OK;
    kea_status status = kea_config_number(r->config, setting, true, &value, err);
    if (status == KEA_OK && !(value >= 1 && value <= KEA_MAX_FUNDED_YEAR))
        return kea_config_fail(r->config, setting, err,
                               "expected a school year from 1, the first after the decision, to "
                               "%d; found %.10g",
                               (int)KEA_MAX_FUNDED_YEAR, value);
    *year = (size_t)value;
    return status;
}

static kea_status load_grant(const reader *r, const kea_setting *group, kea_grant *grant,
                             kea_error *err)
{
    static const char *const keys[] = {"payer", "amount", "first_year", "last_year"};
    kea_status status = KEA_OK;
    kea_setting *amount = NULL;
    KEA_TRY(kea_config_known(r->config, group, sizeof keys / sizeof keys[0], keys, err));
    *grant = (kea_grant){.first = 1, .last = KEA_MAX_FUNDED_YEAR};
    KEA_TRY(need_payer(r, group, "payer", "who gives the grant", &grant->payer, err));
    KEA_TRY(kea_config_need(r->config, group, "amount", "EUR a year", &amount, err));
    KEA_TRY(number_within(r, amount, 0, MOST_EUR, &grant->amount, err));
    KEA_TRY(load_year(r, group, "first_year", &grant->first, err));
    KEA_TRY(load_year(r, group, "last_year", &grant->last, err));
    if (grant->last < grant->first)
        status = kea_config_fail(r->config, kea_config_find(group, "last_year"), err,
                                 "the grant ends in year %zu, before it begins in year %zu",
                                 grant->last, grant->first);
done:
    return status;
}

static kea_status load_grants(const reader *r, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_funding *terms = &r->one->terms;
    const kea_setting *list = kea_config_find(r->setting, "grants");
    char found[128];
    if (list && !kea_config_is_list(list)) {
        kea_config_describe(list, found, sizeof found);
        return kea_config_fail(r->config, list, err,
                               "expected a list of grants ( { payer = ...; amount = ...; } ), "
                               "found %s",
                               found);
    }
    if (length(list) > KEA_MAX_GRANTS)
        return kea_config_fail(r->config, list, err, "expected at most %d grants, found %zu",
                               (int)KEA_MAX_GRANTS, kea_config_length(list));
    for (size_t i = 0; i < length(list); i++)
        KEA_TRY(load_grant(r, kea_config_item(list, i), &terms->grant[terms->n_grants++], err));
done:
    return status;
}

/* Whether the payer by home pays more than contributions. */
static bool home_pays(const kea_funding *terms)
{
    bool pays = terms->share[terms->levied] > 0.0 || terms->residual == terms->levied;
    for (size_t i = 0; i < terms->n_grants; i++)
        pays = pays || terms->grant[i].payer == terms->levied;
    return pays;
}

/* What only a payer by home has. */
static kea_status load_by_home(const reader *r, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_funding *terms = &r->one->terms;
    const kea_setting *levy = kea_config_find(r->setting, "contribution");
    const kea_setting *host = kea_config_find(r->setting, "host_share");
    const kea_setting *last = kea_config_find(r->setting, "contribution_last_year");
    const kea_setting *either = levy ? levy : host ? host : last;
    terms->levied = KEA_NO_PAYER;
    for (size_t i = 0; i < r->params->n_payers; i++)
        if (r->params->home_payer && strcmp(r->params->home_payer, r->params->payers[i]) == 0)
            terms->levied = i;
    if (terms->levied == KEA_NO_PAYER)
        return either ? kea_config_fail(r->config, either, err,
                                        "no payer of this model pays by home of the people; remove "
                                        "it")
                      : KEA_OK;
    KEA_TRY(number_within(r, levy, 0, 1e6, &terms->levy, err));
    KEA_TRY(number_within(r, host, 0, 1, &r->one->host_share, err));
    KEA_TRY(load_year(r, r->setting, "contribution_last_year", &terms->levy_last, err));
    if (last && terms->levy <= 0.0)
        return kea_config_fail(r->config, last, err,
                               "there is no contribution that could end; give 'contribution' or "
                               "remove this");
    if (!host && home_pays(terms))
        status = kea_config_fail(r->config, r->setting, err,
                                 "'host_share' is missing: of what \"%s\" pays beside "
                                 "contributions, the part of the first zone (from 0 to 1); the "
                                 "rest is by home",
                                 r->params->home_payer);
done:
    return status;
}

/* A ceiling for who pays the rest would leave something that nobody pays; a payer that is named
 * must pay something. */
static kea_status check_payers(const reader *r, kea_error *err)
{
    const kea_funding *terms = &r->one->terms;
    const kea_setting *others = kea_config_find(r->setting, "other_payers");
    if (!isinf(terms->ceiling[terms->residual]))
        return kea_config_fail(r->config, kea_config_find(r->setting, "ceilings"), err,
                               "\"%s\" pays the rest and cannot have a ceiling",
                               r->fundings->payer[terms->residual]);
    for (size_t k = r->params->n_payers; k < r->n_names; k++) {
        bool pays = terms->share[r->payer[k]] > 0.0 || terms->residual == r->payer[k];
        for (size_t i = 0; i < terms->n_grants; i++)
            pays = pays || terms->grant[i].payer == r->payer[k];
        if (!pays)
            return kea_config_fail(r->config, others, err,
                                   "\"%s\" is named but pays nothing; give it a grant, a share or "
                                   "the rest",
                                   r->names[k]);
    }
    return KEA_OK;
}

static kea_status load_terms(reader *r, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_funding *terms = &r->one->terms;
    for (size_t i = 0; i < KEA_MAX_PAYERS; i++)
        terms->ceiling[i] = (double)INFINITY;
    KEA_TRY(load_others(r, err));
    KEA_TRY(load_shares(r, err));
    KEA_TRY(load_grants(r, err));
    KEA_TRY(load_by_payer(r, "ceilings", MOST_EUR, terms->ceiling, err));
    KEA_TRY(
        need_payer(r, r->setting, "rest", "who pays what all others leave", &terms->residual, err));
    KEA_TRY(load_by_home(r, err));
    KEA_TRY(number_within(r, kea_config_find(r->setting, "indexation"), -0.5, 0.5,
                          &terms->indexation, err));
    KEA_TRY(check_payers(r, err));
done:
    return status;
}

static kea_status load_name(const reader *r, kea_error *err)
{
    const char *name = NULL;
    kea_status status = kea_config_need_text(
        r->config, r->setting, "name", "what it is called, like \"levy of EUR 25\"", &name, err);
    if (status != KEA_OK)
        return status;
    const kea_setting *place = kea_config_find(r->setting, "name");
    if (strlen(name) > KEA_MAX_NAME)
        return kea_config_fail(r->config, place, err,
                               "expected a name of at most %d bytes, found %zu", (int)KEA_MAX_NAME,
                               strlen(name));
    if (strcmp(name, KEA_FUNDING_AS_IT_IS) == 0)
        return kea_config_fail(r->config, place, err,
                               "\"%s\" is what the arrangement of the care models is called; give "
                               "it another name",
                               name);
    for (size_t i = 0; i + 1 < r->fundings->n; i++)
        if (strcmp(r->fundings->item[i].name, name) == 0)
            return kea_config_fail(r->config, place, err,
                                   "funding[%zu] is called \"%s\" too; give each a name of its own",
                                   i + 1, name);
    return kea_memory_copy_text(&r->one->name, name, err);
}

static kea_status load_one(reader *r, kea_error *err)
{
    static const char *const keys[] = {"name",   "contribution", "contribution_last_year",
                                       "shares", "grants",       "ceilings",
                                       "rest",   "host_share",   "indexation",
                                       "source", "status",       "other_payers"};
    kea_status status = KEA_OK;
    const char *source = NULL, *file = NULL;
    KEA_TRY(kea_config_known(r->config, r->setting, sizeof keys / sizeof keys[0], keys, err));
    kea_config_place(r->config, r->setting, &file, &r->one->line);
    KEA_TRY(kea_memory_copy_text(&r->one->file, file, err));
    KEA_TRY(load_name(r, err));
    KEA_TRY(load_terms(r, err));
    KEA_TRY(kea_config_need_text(r->config, r->setting, "source",
                                 "every number needs to say where it comes from", &source, err));
    KEA_TRY(kea_memory_copy_text(&r->one->source, source, err));
    KEA_TRY(kea_load_evidence(r->config, r->setting, &r->one->evidence, err));
done:
    return status;
}

/* The list, when there is one; *found is NULL when there is none. */
static kea_status find_list(const kea_loader *loader, const kea_setting **found, kea_error *err)
{
    const kea_config *config = loader->scenario;
    const kea_setting *list = kea_config_find(kea_config_root(config), "funding");
    char text[128];
    *found = list;
    if (list && !kea_config_is_list(list)) {
        kea_config_describe(list, text, sizeof text);
        return kea_config_fail(config, list, err,
                               "expected a list of groups ( { ... }, { ... } ), found %s", text);
    }
    if (list && loader->problem->params.n_payers == 0)
        return kea_config_fail(config, list, err,
                               "the model \"%s\" does not say who can pay; remove it",
                               loader->problem->model_name);
    return KEA_OK;
}

kea_status kea_load_funding(kea_loader *loader, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_problem *problem = loader->problem;
    const kea_setting *list = NULL;
    void *block = NULL;
    KEA_TRY(find_list(loader, &list, err));
    if (!list)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, 1, sizeof *problem->funding, err));
    problem->funding = block;
    KEA_TRY(kea_memory_new(&block, kea_config_length(list), sizeof *problem->funding->item, err));
    problem->funding->item = block;
    for (size_t i = 0; i < kea_config_length(list); i++) {
        kea_fundings *all = problem->funding;
        reader r = {.config = loader->scenario,
                    .params = &problem->params,
                    .fundings = all,
                    .one = &all->item[all->n++],
                    .setting = kea_config_item(list, i)};
        KEA_TRY(load_one(&r, err));
    }
    for (size_t i = 0; i < problem->funding->n; i++)
        problem->funding->item[i].terms.n_payers = problem->funding->n_payers;
done:
    return status;
}
