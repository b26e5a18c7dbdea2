/* Which numbers the uncertainty is due to: tables of Sobol indices and of elementary effects. */
#include "sim/report/sensitivity_shared.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, RESAMPLES = 1000 };
static const double LEVEL = 0.95;

/* Whether a quantity differs between two points that the same people live through. */
static bool varies(const kea_sensitivity *s, const kea_sensitivity_part *part, size_t arm)
{
    const double *y = kea_sensitivity_values(s, part, s->of, arm);
    size_t n = part->design->n_repeats;
    for (size_t i = n; i < part->design->n_points; i++)
        if (y[i] != y[i % n])
            return true;
    return false;
}

kea_status kea_sensitivity_sobol(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                 size_t arm, kea_sobol_index *index, double *variance,
                                 kea_error *err)
{
    const kea_variation *variation = part->design->variation;
    const double none = (double)NAN;
    const kea_sobol_options options = {RESAMPLES, LEVEL, s->answers.problem->settings.seed};
    if (varies(s, part, arm))
        return kea_sobol(part->design->n_repeats, variation->factors->n,
                         kea_sensitivity_values(s, part, s->of, arm), &options, index, variance,
                         err);
    *variance = 0.0;
    for (size_t i = 0; i < variation->factors->n; i++)
        index[i] = (kea_sobol_index){none, none, none, none, none, none};
    return KEA_OK;
}

kea_status kea_sensitivity_morris(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                  size_t arm, kea_morris_effect *effect, kea_error *err)
{
    const kea_variation *variation = part->design->variation;
    size_t n = variation->factors->n;
    void *block = NULL;
    kea_status status = kea_memory_new(&block, n, sizeof(bool), err);
    if (status != KEA_OK)
        return status;
    bool *is_group = block;
    for (size_t i = 0; i < n; i++)
        is_group[i] = variation->factors->factor[i].n_entries > 1;
    const kea_morris_steps steps = {variation->order, variation->step, is_group};
    status = kea_morris(variation->n_trajectories, n, kea_sensitivity_values(s, part, s->of, arm),
                        &steps, effect, err);
    free(block);
    return status;
}

/* ---------------------------------------------------------------- tables */

/* What is filled in per strategy. */
typedef struct results {
    kea_sobol_index *index;
    kea_morris_effect *effect;
    double *key;
    size_t *order;
} results;

static void results_free(results *r)
{
    free(r->index);
    free(r->effect);
    free(r->key);
    free(r->order);
}

static kea_status results_init(results *r, size_t n, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, n, sizeof *r->index, err));
    r->index = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *r->effect, err));
    r->effect = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *r->key, err));
    r->key = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *r->order, err));
    r->order = block;
done:
    return status;
}

static bool is_sobol(const kea_sensitivity_part *part)
{
    return part->design->variation->kind == KEA_VARIATION_SOBOL;
}

static void init_table(kea_table *table, const kea_sensitivity *s, const kea_sensitivity_part *part)
{
    const kea_quantity_words of = kea_sensitivity_words(s, s->of);
    const kea_column_use both = KEA_COLUMN_BOTH;
    const kea_column_use strategy = kea_answers_strategy_use(&s->answers);
    char title[2 * TEXT];
    const kea_column sobol[] = {{"strategy", kea_text("strategy"), "", 0, strategy},
                                {"factor", kea_text("number"), "", 0, both},
                                {"total", kea_text("total index"), "", 3, both},
                                {"total_low", kea_text("95% from"), "", 3, both},
                                {"total_high", kea_text("95% to"), "", 3, both},
                                {"first", kea_text("first index"), "", 3, both},
                                {"first_low", kea_text("95% from"), "", 3, both},
                                {"first_high", kea_text("95% to"), "", 3, both},
                                {"variance", "", "", 0, KEA_COLUMN_CSV}};
    const kea_column morris[] = {{"strategy", kea_text("strategy"), "", 0, strategy},
                                 {"factor", kea_text("number"), "", 0, both},
                                 {"mu_star", kea_text("effect, mu*"), of.unit, of.decimals, both},
                                 {"mu_star_error", kea_text("MC error"), "", of.decimals, both},
                                 {"mu", kea_text("direction, mu"), "", of.decimals, both},
                                 {"sigma", kea_text("bend, sigma"), "", of.decimals, both}};
    (void)snprintf(title, sizeof title,
                   is_sobol(part) ? kea_text("Which numbers the uncertainty of the %s is due to")
                                  : kea_text("Which numbers move the %s at all"),
                   of.title);
    kea_answers_table(table, &s->answers, title, is_sobol(part) ? 9 : 6,
                      is_sobol(part) ? sobol : morris);
}

static void write_note(kea_table *table, const kea_sensitivity_part *part)
{
    char note[1024];
    size_t n = part->design->variation->factors->n;
    const char *text =
        is_sobol(part)
            ? kea_text("Parts of the variance: the first index is what a number explains by "
                       "itself, the total index what it has a part in. %zu rows of %zu points; "
                       "intervals by bootstrap.")
            : kea_text("Change when a number goes through its whole distribution: mean absolute "
                       "(mu*), mean (mu), standard deviation (sigma: bent, or not the same "
                       "everywhere). %zu trajectories of %zu points. A group has no direction.");
    (void)snprintf(note, sizeof note, text, part->design->n_repeats,
                   is_sobol(part) ? n + 2 : n + 1);
    kea_table_note(table, note);
}

static void put_row(kea_table *table, const kea_sensitivity *s, const kea_sensitivity_part *part,
                    size_t arm, const results *r, size_t i)
{
    const kea_factors *factors = part->design->variation->factors;
    const char *strategy = s->answers.problem->care[part->design->arms[arm].care].name;
    const double scale = kea_sensitivity_words(s, s->of).scale;
    char name[2 * TEXT];
    kea_sensitivity_factor(s, factors, i, name, sizeof name);
    kea_table_row(table);
    kea_table_key(table, 0, strategy, kea_text(strategy));
    kea_table_key(table, 1, factors->factor[i].name, name);
    const kea_sobol_index *x = &r->index[i];
    const kea_morris_effect *e = &r->effect[i];
    const double sobol[] = {x->total, x->total_low, x->total_high,
                            x->first, x->first_low, x->first_high};
    const double morris[] = {e->mu_star, e->error, e->mu, e->sigma};
    for (size_t k = 0; k < 6 && is_sobol(part); k++)
        kea_table_number(table, 2 + k, sobol[k], KEA_COLUMN_DECIMALS);
    for (size_t k = 0; k < 4 && !is_sobol(part); k++)
        kea_table_scaled(table, 2 + k, morris[k], scale, KEA_COLUMN_DECIMALS);
}

/* Rows per strategy on the terminal; numbers that do nothing are left to the CSV too. */
static size_t most_shown(const kea_sensitivity *s)
{
    return s->answers.problem->n_strategies > 2 ? 8 : 20;
}

static kea_status put_arm(kea_table *table, const kea_sensitivity *s,
                          const kea_sensitivity_part *part, size_t arm, results *r, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = part->design->variation->factors->n;
    double variance = (double)NAN;
    if (is_sobol(part))
        KEA_TRY(kea_sensitivity_sobol(s, part, arm, r->index, &variance, err));
    else
        KEA_TRY(kea_sensitivity_morris(s, part, arm, r->effect, err));
    for (size_t i = 0; i < n; i++)
        r->key[i] = is_sobol(part) ? r->index[i].total : r->effect[i].mu_star;
    kea_sensitivity_order(n, r->key, r->order);
    for (size_t k = 0; k < n; k++) {
        put_row(table, s, part, arm, r, r->order[k]);
        if (is_sobol(part))
            kea_table_number(table, 8, variance, KEA_COLUMN_DECIMALS);
        if (k >= most_shown(s) || !(r->key[r->order[k]] > 0.0))
            kea_table_hide(table);
    }
done:
    return status;
}

kea_status kea_sensitivity_global(kea_table *table, const kea_sensitivity *s,
                                  const kea_sensitivity_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    results r = {0};
    init_table(table, s, part);
    KEA_TRY(results_init(&r, part->design->variation->factors->n, err));
    for (size_t arm = 1; arm < part->design->n_arms; arm++)
        KEA_TRY(put_arm(table, s, part, arm, &r, err));
    write_note(table, part);
    status = kea_table_check(table, err);
done:
    results_free(&r);
    return status;
}
