#include "sim/report/findings.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/report/choice.h"
#include "sim/report/findings_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double default_target = 0.05; /* of the net benefit */

static kea_status find_frontier(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, f->psa->pairs.n_arms, sizeof(kea_frontier_row), err));
    f->frontier = block;
    KEA_TRY(kea_frontier_of(f->frontier, &f->n_frontier, &f->psa->pairs, err));
done:
    return status;
}

static kea_status rank(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, f->psa->pairs.n_arms, sizeof(kea_rank), err));
    f->ranks = block;
    KEA_TRY(
        kea_ranking_of(&f->ranking, f->ranks, &f->benefits, f->psa->draw, KEA_CHOICE_LEVEL, err));
done:
    return status;
}

/* The split of a variance: of draws that have several rows, or, where the sample has draws that
 * several cohorts lived through apart, by the luck that these show. */
static kea_status split(kea_anova *anova, const kea_findings *f, size_t arm, const double *value,
                        double variance, kea_error *err)
{
    const kea_psa *psa = f->psa;
    const size_t n = f->benefits.n_points, again = psa->again.n_points;
    kea_status status = KEA_OK;
    kea_benefits benefits = {0};
    void *luck = NULL, *draws = NULL;
    if (again == 0)
        return kea_anova_of(anova, n, value, psa->draw, err);
    KEA_TRY(kea_benefits_init(&benefits, &psa->again, f->options.wtp, err));
    KEA_TRY(kea_memory_new(&luck, again, sizeof(double), err));
    KEA_TRY(kea_memory_new(&draws, again, sizeof(size_t), err));
    for (size_t i = 0; i < again; i++) {
        ((double *)luck)[i] = benefits.value[i * benefits.n_arms + arm];
        ((size_t *)draws)[i] = i / psa->each;
    }
    KEA_TRY(kea_anova_of(anova, again, luck, draws, err));
    kea_anova_within(anova, variance, n);
done:
    free(luck);
    free(draws);
    kea_benefits_free(&benefits);
    return status;
}

/* Draws of one cohort each for the wanted error of a mean. */
static double draws_for(double target, double variance)
{
    kea_plan_size plan;
    const kea_anova anova = {.parameters = variance};
    kea_status status = kea_anova_draws(&plan, &anova, target, 1, NULL);
    return status == KEA_OK ? (double)plan.draws : (double)INFINITY;
}

/* One net benefit: its error, and its variance split where that can be told. */
static kea_status find_spread(kea_findings *f, size_t arm, double *value, kea_error *err)
{
    kea_status status = KEA_OK;
    const size_t n = f->benefits.n_points;
    const kea_psa *psa = f->psa;
    const bool rows = psa->n_draws < n && psa->n_draws > 1;
    const double none = (double)NAN;
    kea_findings_spread *s = &f->spread[arm];
    kea_moments moments = {0};
    kea_anova anova = {0};
    for (size_t i = 0; i < n; i++) {
        value[i] = f->benefits.value[i * f->benefits.n_arms + arm];
        kea_moments_add(&moments, value[i]);
    }
    const double variance = kea_moments_variance(&moments);
    *s = (kea_findings_spread){moments.mean,   sqrt(variance / (double)n),
                               sqrt(variance), none,
                               none,           none,
                               none,           none,
                               none,           none};
    s->target = isnan(f->options.target) ? default_target * fabs(s->mean) : f->options.target;
    if (rows || psa->again.n_points > 0) {
        KEA_TRY(split(&anova, f, arm, value, variance, err));
        s->parameters = sqrt(anova.parameters);
        s->noise = sqrt(anova.noise);
        s->parameters_error = anova.parameters_error / (2.0 * s->parameters);
        s->noise_error = anova.noise_error / (2.0 * s->noise);
        s->least = s->target > 0.0 && kea_psa_blocks(psa) == 0
                       ? draws_for(s->target, anova.parameters)
                       : none;
    }
    if (rows)
        s->error = anova.error;
    else if (kea_psa_blocks(psa) > 0)
        s->error = kea_moments_block_error(value, n, psa->block);
    /* what a draw by itself adds: with blocks less than the variance, or with rows of one draw */
    double one = rows ? anova.parameters + anova.noise : (double)n * s->error * s->error;
    if (s->target > 0.0)
        s->draws = draws_for(s->target, one);
done:
    return status;
}

static kea_status find_spreads(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *value = NULL;
    KEA_TRY(kea_memory_new(&block, f->psa->pairs.n_arms, sizeof(kea_findings_spread), err));
    f->spread = block;
    KEA_TRY(kea_memory_new(&value, f->benefits.n_points, sizeof(double), err));
    for (size_t arm = 1; arm < f->benefits.n_arms; arm++)
        KEA_TRY(find_spread(f, arm, value, err));
done:
    free(value);
    return status;
}

/* Every parameter by itself, then the groups of the sample. */
static kea_status make_sets(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_psa *psa = f->psa;
    f->n_sets = psa->n_params + psa->n_sets;
    KEA_TRY(kea_memory_new(&block, f->n_sets, sizeof(kea_set), err));
    f->sets = block;
    KEA_TRY(kea_memory_new(&block, f->n_sets, sizeof(kea_evppi), err));
    f->evppi = block;
    KEA_TRY(kea_memory_new(&block, f->n_sets, sizeof(size_t), err));
    f->order = block;
    KEA_TRY(kea_memory_new(&block, psa->n_params, sizeof(size_t), err));
    f->singles = block;
    for (size_t k = 0; k < psa->n_params; k++) {
        f->singles[k] = k;
        f->sets[k] = (kea_set){1, &f->singles[k]};
    }
    for (size_t s = 0; s < psa->n_sets; s++)
        f->sets[psa->n_params + s] = (kea_set){psa->sets[s].n, psa->sets[s].params};
done:
    return status;
}

static kea_status value_sets(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_parameters parameters = kea_psa_parameters(f->psa);
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, f->options.seed};
    KEA_TRY(make_sets(f, err));
    KEA_TRY(kea_evppi_of(f->evppi, &f->benefits, &parameters, f->n_sets, f->sets, &options, err));
    for (size_t s = 0; s < f->n_sets; s++) {
        size_t at = s;
        for (; at > 0 && f->evppi[f->order[at - 1]].value < f->evppi[s].value; at--)
            f->order[at] = f->order[at - 1];
        f->order[at] = s;
    }
done:
    return status;
}

/* One net benefit on the parameters x[number][point] that do not follow from others; the others
 * keep NAN. */
static kea_status regress(kea_findings *f, size_t arm, size_t n_free, const double *x, double *y,
                          kea_coefficient *found, kea_error *err)
{
    const size_t n = f->benefits.n_points, k = f->psa->n_params, arms = f->benefits.n_arms;
    const kea_coefficient none = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    double *r2 = &f->r2[2 * (arm - 1)];
    for (size_t i = 0; i < n; i++)
        y[i] = f->benefits.value[i * arms + arm];
    kea_status status = kea_coefficients(n, n_free, x, y, found, &r2[0], &r2[1], err);
    for (size_t p = 0, at = 0; p < k && status == KEA_OK; p++)
        f->coefficients[(arm - 1) * k + p] = f->psa->follows[p] ? none : found[at++];
    return status;
}

/* Coefficients are given when they can be: with too few draws or shares that sum to 1 there are
 * none, and the text says why. */
static kea_status find_coefficients(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    void *x = NULL, *y = NULL, *found = NULL, *block = NULL;
    kea_error why = {0};
    const size_t n = f->benefits.n_points, k = f->psa->n_params, arms = f->benefits.n_arms;
    size_t n_free = 0;
    KEA_TRY(kea_memory_new(&x, n * k, sizeof(double), err));
    KEA_TRY(kea_memory_new(&y, n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&found, k, sizeof(kea_coefficient), err));
    KEA_TRY(kea_memory_new(&block, (arms - 1) * k, sizeof(kea_coefficient), err));
    f->coefficients = block;
    KEA_TRY(kea_memory_new(&block, 2 * (arms - 1), sizeof(double), err));
    f->r2 = block;
    for (size_t p = 0; p < k; p++) {
        for (size_t i = 0; i < n && !f->psa->follows[p]; i++)
            ((double *)x)[n_free * n + i] = f->psa->value[i * k + p];
        n_free += !f->psa->follows[p];
    }
    for (size_t arm = 1; arm < arms && status == KEA_OK; arm++)
        status = regress(f, arm, n_free, x, y, found, &why);
    if (status == KEA_ERR_INPUT) {
        free(f->coefficients);
        f->coefficients = NULL;
        (void)snprintf(f->why_not, sizeof f->why_not, "%.500s", why.text);
        status = KEA_OK;
    } else if (status != KEA_OK && err) {
        *err = why;
    }
done:
    free(x);
    free(y);
    free(found);
    return status;
}

static kea_status value_study(kea_findings *f, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_findings_study *wanted = f->options.study;
    const kea_parameters parameters = kea_psa_parameters(f->psa);
    const kea_evppi_options options = {KEA_SMOOTHER_CHOICE, f->options.seed};
    kea_evsi evsi = {0};
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, wanted->n_sizes, sizeof(kea_evsi_point), err));
    f->study = block;
    KEA_TRY(kea_evsi_init(&evsi, &f->benefits, &parameters, &wanted->study, &options, err));
    f->study_evppi = evsi.evppi;
    f->study_evppi_error = evsi.evppi_error;
    KEA_TRY(kea_evsi_curve(f->study, &evsi, wanted->n_sizes, wanted->sizes,
                           wanted->priced ? &wanted->plan : NULL, err));
    f->n_study = wanted->n_sizes;
    if (wanted->search)
        KEA_TRY(kea_evsi_best(&f->best, &evsi, wanted->sizes[0], wanted->sizes[wanted->n_sizes - 1],
                              &wanted->plan, err));
done:
    kea_evsi_free(&evsi);
    return status;
}

kea_status kea_findings_init(kea_findings *findings, const kea_psa *psa,
                             const kea_findings_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_findings *f = findings;
    *f = (kea_findings){.psa = psa, .options = *options, .decisions = (double)NAN};
    KEA_TRY(kea_benefits_init(&f->benefits, &psa->pairs, options->wtp, err));
    KEA_TRY(kea_benefits_check(&f->benefits, err));
    KEA_TRY(find_frontier(f, err));
    KEA_TRY(kea_decision_init(&f->curves, &psa->pairs, options->n_amounts, options->amounts, err));
    KEA_TRY(kea_evpi_of(&f->evpi, &f->benefits, err));
    if (options->population)
        KEA_TRY(kea_population_size(&f->decisions, &options->whom, err));
    KEA_TRY(rank(f, err));
    KEA_TRY(find_spreads(f, err));
    KEA_TRY(kea_findings_find_apart(f, err));
    if (options->evppi && psa->n_params > 0) {
        KEA_TRY(value_sets(f, err));
        KEA_TRY(find_coefficients(f, err));
    }
    if (options->study)
        KEA_TRY(value_study(f, err));
done:
    return status;
}

void kea_findings_free(kea_findings *findings)
{
    kea_findings *f = findings;
    kea_benefits_free(&f->benefits);
    kea_decision_free(&f->curves);
    free(f->frontier);
    free(f->apart);
    free(f->group_choice);
    free(f->ranks);
    free(f->spread);
    free(f->sets);
    free(f->singles);
    free(f->evppi);
    free(f->order);
    free(f->coefficients);
    free(f->r2);
    free(f->study);
    *f = (kea_findings){0};
}

void kea_findings_set(const kea_findings *findings, size_t set, bool people, char *text,
                      size_t size)
{
    const kea_psa *psa = findings->psa;
    if (set < psa->n_params)
        (void)snprintf(text, size, "%s", people ? psa->titles[set] : psa->params[set]);
    else
        (void)snprintf(text, size, "%s",
                       people ? psa->sets[set - psa->n_params].name.title
                              : psa->sets[set - psa->n_params].name.id);
}

size_t kea_findings_marks(const kea_findings *findings, size_t *mark)
{
    const size_t n = findings->benefits.n_points;
    size_t marks = 0;
    for (size_t m = 1; m <= KEA_FINDINGS_MARKS; m++) {
        size_t at = n * m / KEA_FINDINGS_MARKS;
        if (at >= 2 && (marks == 0 || at > mark[marks - 1]))
            mark[marks++] = at;
    }
    return marks;
}

void kea_findings_ahead(const kea_findings *findings, double *value)
{
    const kea_benefits *b = &findings->benefits;
    const size_t best = findings->ranks[0].arm, second = findings->ranks[1].arm;
    for (size_t i = 0; i < b->n_points; i++)
        value[i] = b->value[i * b->n_arms + best] - b->value[i * b->n_arms + second];
}
