/* From the options of keasim analyse to what the analyses take, now that the sample is known. */
#include "sim/cli/analyse_options.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 256, DEFAULT_AMOUNTS = 41 };
static const double default_horizon = 10.0; /* years that a decision stands */
static const uint64_t seed = 1;             /* of errors and simulated studies */

/* Puts the option before the text of an error. */
static kea_status blame(kea_status status, const char *option, kea_error *err)
{
    char text[sizeof err->text];
    if (status == KEA_OK)
        return status;
    (void)snprintf(text, sizeof text, "%s: %.900s", option, err->text);
    return kea_error_set(err, status, "%s", text);
}

/* "a,b" or the name of a group into indices; *n of them, at most `most`. */
static kea_status find_params(const kea_psa *psa, const char *list, const char *option, size_t most,
                              size_t *n, size_t *params, kea_error *err)
{
    *n = 0;
    for (const char *at = list;; at++) {
        const size_t length = strcspn(at, ",");
        char name[NAME];
        size_t skip = strspn(at, " ");
        if (*n == most)
            return kea_error_set(err, KEA_ERR_USAGE,
                                 "%s: at most %zu numbers, found more in \"%s\"", option, most,
                                 list);
        skip = skip < length ? skip : length;
        (void)snprintf(name, sizeof name, "%.*s", (int)(length - skip), at + skip);
        for (size_t end = strlen(name); end > 0 && name[end - 1] == ' '; end--)
            name[end - 1] = '\0';
        kea_status status = kea_psa_find(psa, name, &params[*n], err);
        if (status != KEA_OK)
            return blame(status, option, err);
        ++*n;
        at += length;
        if (*at == '\0')
            return KEA_OK;
    }
}

/* A set that was asked for; the name of a group of the sample is valued anyway. */
static kea_status add_set(kea_psa *psa, const char *list, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = 0, used = 0;
    char id[4 * NAME], title[4 * NAME];
    for (size_t s = 0; s < psa->n_sets; s++)
        if (strcmp(psa->sets[s].name.id, list) == 0)
            return KEA_OK;
    KEA_TRY(kea_memory_new(&block, psa->n_params, sizeof(size_t), err));
    size_t *params = block;
    KEA_TRY(find_params(psa, list, "--evppi", psa->n_params, &n, params, err));
    id[0] = title[0] = '\0';
    for (size_t k = 0; k < n; k++) {
        const char *between = k ? " + " : "";
        used = strlen(id);
        (void)snprintf(id + used, sizeof id - used, "%s%s", between, psa->params[params[k]]);
        used = strlen(title);
        (void)snprintf(title + used, sizeof title - used, "%s%s", between, psa->titles[params[k]]);
    }
    if (n > 1)
        KEA_TRY(kea_psa_add_set(psa, id, title, n, params, err));
done:
    free(block);
    return status;
}

/* What one unit of effect is worth where nobody said so. The run's amounts are of its first effect,
 * and hold what that brings later; where later costs are counted, that is not counted again. */
static kea_status choose_wtp(kea_analyse_plan *plan, const kea_psa *psa,
                             const kea_analyse_options *o, const kea_record *record, kea_error *err)
{
    plan->findings.wtp = o->wtp;
    if (!isnan(o->wtp))
        return KEA_OK;
    if (psa->later) {
        plan->findings.wtp = 0.0;
        return KEA_OK;
    }
    plan->findings.wtp = record->problem.settings.reference_wtp;
    if (strcmp(psa->effect, record->frame.effects[0].key) == 0)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "--effect %s needs --wtp: how much money one %s is worth; the %g %s of "
                         "the run are for one %s",
                         psa->effect, psa->gain, plan->findings.wtp, psa->currency,
                         kea_text(record->frame.effects[0].gain));
}

static kea_status make_amounts(kea_analyse_plan *plan, const kea_psa *psa,
                               const kea_analyse_options *o, const kea_record *record,
                               kea_error *err)
{
    kea_range range = {0.0, 2.0 * plan->findings.wtp, DEFAULT_AMOUNTS};
    void *block = NULL;
    if (plan->findings.wtp == 0.0)
        range.n = 1;
    if (record && !psa->later && strcmp(psa->effect, record->frame.effects[0].key) == 0)
        range = record->problem.settings.willingness_to_pay;
    if (o->range.n)
        range = o->range;
    kea_status status = kea_memory_new(&block, range.n, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    plan->amounts = block;
    for (size_t i = 0; i < range.n; i++)
        plan->amounts[i] = kea_range_at(&range, i);
    plan->findings.n_amounts = range.n;
    plan->findings.amounts = plan->amounts;
    return KEA_OK;
}

/* The SD of one observation of every parameter that a study measures. */
static kea_status read_sd(kea_analyse_plan *plan, const char *text, size_t n, kea_error *err)
{
    const char *at = text ? text : "";
    size_t k = 0;
    for (; k < n; k++) {
        char *end = NULL;
        plan->sd[k] = strtod(at, &end);
        const bool last = k + 1 == n;
        if (end == at || !isfinite(plan->sd[k]) || plan->sd[k] <= 0.0 ||
            *end != (last ? '\0' : ','))
            break;
        at = end + 1;
    }
    if (k == n)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE,
                         "--sd: expected the standard deviation of one observation, above 0, for "
                         "each of %zu number%s that the study measures; found \"%s\"",
                         n, n > 1 ? "s" : "", text ? text : "");
}

static kea_status make_study(kea_analyse_plan *plan, const kea_psa *psa,
                             const kea_analyse_options *o, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_findings_study *s = &plan->study;
    const char *kind = o->study ? o->study : "mean";
    size_t n = 0;
    KEA_TRY(find_params(psa, o->evsi, "--evsi", KEA_ANALYSE_SUBJECTS, &n, plan->informs, err));
    const kea_set informs = {n, plan->informs};
    if (strcmp(kind, "mean") == 0) {
        KEA_TRY(read_sd(plan, o->sd, n, err));
        s->study = kea_study_mean(informs, plan->sd);
    } else if (strcmp(kind, "proportion") == 0) {
        s->study = kea_study_proportion(informs);
    } else if (strcmp(kind, "rate") == 0) {
        s->study = kea_study_rate(informs);
    } else {
        return kea_error_set(err, KEA_ERR_USAGE,
                             "--study: expected mean, proportion or rate, found \"%s\"", kind);
    }
    s->n_sizes = o->n_sizes;
    s->sizes = o->sizes;
    s->priced = !isnan(o->cost_fixed) || !isnan(o->cost_per);
    s->plan = (kea_study_plan){.cost_fixed = isnan(o->cost_fixed) ? 0.0 : o->cost_fixed,
                               .cost_per_subject = isnan(o->cost_per) ? 0.0 : o->cost_per,
                               .population = plan->findings.whom};
    s->search = s->priced && o->is_range;
    plan->findings.study = s;
done:
    return status;
}

static void set_population(kea_analyse_plan *plan, kea_psa *psa, const kea_analyse_options *o,
                           const kea_record *record)
{
    kea_findings_options *f = &plan->findings;
    const double covers = isnan(o->covers) ? 1.0 : o->covers;
    const double rate = record ? record->problem.settings.discount_costs : 0.0;
    f->population = !isnan(o->population);
    f->whom = (kea_population){
        .per_year = f->population ? o->population : 0.0,
        .horizon_years = isnan(o->horizon) ? default_horizon : o->horizon,
        .discount_rate = isnan(o->rate) ? rate : o->rate,
        .covers = covers,
    };
    if (!isnan(o->covers)) {
        psa->persons = covers;
        psa->person = kea_text("person");
    }
}

/* Every effect and perspective of a run beside the one that is asked about. */
static kea_status make_views(kea_analyse_plan *plan, const kea_analyse_options *o,
                             const kea_record *record, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_view_worth worth = {.reference = record->problem.settings.reference_wtp,
                            .perspective = o->question.perspective,
                            .asked = plan->findings.wtp};
    KEA_TRY(kea_run_psa_effect(&worth.effect, &record->frame, o->question.effect, err));
    KEA_TRY(kea_views_init(&plan->views, &kea_record_find(record, "psa")->sample, &record->frame,
                           &worth, err));
    plan->findings.views = &plan->views;
    plan->findings.frame = &record->frame;
done:
    return status;
}

/* Of a run that has them, costs and effects by groups of people. */
static kea_status make_groups(kea_analyse_plan *plan, const kea_analyse_options *o,
                              const kea_record *record, kea_error *err)
{
    const kea_param_table *params = &record->problem.params;
    kea_status status = KEA_OK;
    KEA_TRY(kea_run_psa_groups(&plan->groups, &plan->n_groups, record, &o->question, err));
    if (plan->n_groups == 0)
        goto done;
    plan->findings.n_groupings = params->n_groupings;
    plan->findings.groupings = params->groupings;
    plan->findings.groups = plan->groups;
done:
    return status;
}

kea_status kea_analyse_plan_make(kea_analyse_plan *plan, kea_psa *psa,
                                 const kea_analyse_options *options, const kea_record *record,
                                 kea_error *err)
{
    kea_status status = KEA_OK;
    *plan = (kea_analyse_plan){0};
    plan->findings = (kea_findings_options){
        .evppi = options->evppi, .target = options->target, .seed = seed, .source = options->run};
    if (psa->n_params == 0 && (options->n_asked || options->evsi)) {
        status = kea_error_set(err, KEA_ERR_USAGE,
                               "%s: the sample says nothing of its parameters; give their file "
                               "after those of costs and effects",
                               options->n_asked ? "--evppi" : "--evsi");
        goto done;
    }
    KEA_TRY(choose_wtp(plan, psa, options, record, err));
    KEA_TRY(make_amounts(plan, psa, options, record, err));
    set_population(plan, psa, options, record);
    if (record)
        KEA_TRY(make_views(plan, options, record, err));
    if (record)
        KEA_TRY(make_groups(plan, options, record, err));
    for (size_t i = 0; i < options->n_asked; i++)
        KEA_TRY(add_set(psa, options->asked[i], err));
    if (options->evsi)
        KEA_TRY(make_study(plan, psa, options, err));
done:
    return status;
}

void kea_analyse_plan_free(kea_analyse_plan *plan)
{
    kea_views_free(&plan->views);
    for (size_t i = 0; i < plan->n_groups; i++)
        kea_pairs_free(&plan->groups[i]);
    free(plan->groups);
    free(plan->amounts);
    *plan = (kea_analyse_plan){0};
}
