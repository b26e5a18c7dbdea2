/* The KEA table and the net benefit over willingness to pay. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Columns of the KEA table; an estimate takes four. */
enum {
    STRATEGY,
    VERSUS,
    EFFECT,
    COST,
    GAINED = COST + 4,
    RATIO = GAINED + 4,
    RATIO_ERROR,
    RATIO_LOW,
    RATIO_HIGH,
    INTERVAL,
    BASE_RATIO,
    BASE_ERROR,
    BASE_COST,
    BASE_GAINED,
    BASE_QUADRANT,
    QUADRANT,
    SHARE,
    N_COLUMNS = SHARE + KEA_N_QUADRANTS
};

static void init_kea(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column_use both = KEA_COLUMN_BOTH;
    /* with several strategies their names take its room */
    const kea_column_use base = input->problem->n_strategies > 2 ? csv : both;
    const int decimals = kea_answers_whole(input).decimals;
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"effect", kea_text("effect"), "", 0, both},
        {"extra_cost_%s", "", "", 0, csv},
        {"extra_cost_error", "", "", 0, csv},
        {"extra_cost_low", "", "", 0, csv},
        {"extra_cost_high", "", "", 0, csv},
        {"gained", kea_text("effect gained"), "", decimals, both},
        {"gained_error", "", "", 0, csv},
        {"gained_low", "", "", 0, csv},
        {"gained_high", "", "", 0, csv},
        {"cost_per_effect_%s", kea_text("cost per effect"), "%s", 0, both},
        {"cost_per_effect_error", kea_text("Monte Carlo error"), "%s", 0, both},
        {"cost_per_effect_low", kea_text("95% from"), "%s", 0, both},
        {"cost_per_effect_high", kea_text("95% to"), "%s", 0, both},
        {"interval", "", "", 0, csv},
        {"base_cost_per_effect_%s", kea_text("base case"), "%s", 0, base},
        {"base_cost_per_effect_error", "", "", 0, csv},
        {"base_extra_cost_%s", "", "", 0, csv},
        {"base_gained", "", "", 0, csv},
        {"base_verdict", "", "", 0, csv},
        {"verdict", kea_text("verdict"), "", 0, both},
        {"share_costs_and_helps", "", "", 0, csv},
        {"share_dominates", "", "", 0, csv},
        {"share_saves_and_harms", "", "", 0, csv},
        {"share_is_dominated", "", "", 0, csv},
    };
    char note[640], whole[128];
    kea_answers_capital(whole, sizeof whole, input->frame->population.whole);
    kea_answers_table(table, input, kea_text("Cost-effectiveness (KEA)"), N_COLUMNS, columns);
    (void)snprintf(
        note, sizeof note,
        kea_text(
            "%s over window and run-out, discounted. The interval holds the amounts per effect "
            "at which the probability that it is worth its money lies between 2.5%% and "
            "97.5%%. The base case has fixed parameters and so no interval. A ratio has no "
            "meaning where one choice is both cheaper and better."),
        whole);
    kea_table_note(table, note);
}

/* An end of the interval: words where it is infinite. */
static void put_end(kea_table *table, size_t column, double end)
{
    kea_table_number(table, column, end, KEA_COLUMN_DECIMALS);
    if (isinf(end))
        kea_table_key(table, column, end > 0 ? "inf" : "-inf",
                      end > 0 ? kea_text("no limit") : kea_text("below 0"));
}

static void put_ratio(kea_table *table, const kea_ratio *ratio)
{
    kea_answers_put(table, COST, ratio->cost, 1.0, 0);
    kea_answers_put(table, GAINED, ratio->effect, 1.0, KEA_COLUMN_DECIMALS);
    kea_table_number(table, RATIO, ratio->value, 0);
    kea_table_number(table, RATIO_ERROR, ratio->error, 0);
    put_end(table, RATIO_LOW, ratio->low);
    put_end(table, RATIO_HIGH, ratio->high);
    kea_table_text(table, INTERVAL,
                   isnan(ratio->value) ? "none: a ratio has no meaning here"
                                       : "95% by acceptability");
    kea_table_key(table, QUADRANT, kea_quadrant_name(ratio->quadrant),
                  kea_answers_quadrant(ratio->quadrant));
    for (size_t q = 0; q < KEA_N_QUADRANTS; q++)
        kea_table_number(table, SHARE + q, ratio->share[q], 2);
}

static void put_base(kea_table *table, const kea_ratio *base)
{
    kea_table_number(table, BASE_RATIO, base->value, 0);
    kea_table_number(table, BASE_ERROR, base->error, 0);
    kea_table_number(table, BASE_COST, base->cost.mean, 0);
    kea_table_number(table, BASE_GAINED, base->effect.mean, 1);
    kea_table_text(table, BASE_QUADRANT, kea_quadrant_name(base->quadrant));
}

static kea_status put_effect(kea_table *table, const kea_answer_input *input,
                             const kea_answer_part *psa, size_t arm, const kea_effect *effect,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    kea_pairs base_pairs = {0};
    kea_ratio ratio;
    const kea_answer_part *base = kea_answers_find(input, "base");
    KEA_TRY(kea_answers_pairs(&pairs, psa, effect, err));
    KEA_TRY(kea_ratio_of(&ratio, &pairs, arm, 0, err));
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, psa, input->problem, arm);
    kea_answers_put_name(table, VERSUS, psa, input->problem, 0);
    kea_table_key(table, EFFECT, effect->key, kea_text(effect->gain));
    put_ratio(table, &ratio);
    if (base && arm < base->sample->n_arms) {
        KEA_TRY(kea_answers_pairs(&base_pairs, base, effect, err));
        KEA_TRY(kea_ratio_of(&ratio, &base_pairs, arm, 0, err));
        put_base(table, &ratio);
    }
done:
    kea_pairs_free(&pairs);
    kea_pairs_free(&base_pairs);
    return status;
}

kea_status kea_answers_kea(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_answer_part *psa = NULL;
    init_kea(table, input);
    KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    for (size_t arm = 1; arm < psa->sample->n_arms; arm++)
        for (size_t e = 0; e < input->frame->n_effects; e++)
            KEA_TRY(put_effect(table, input, psa, arm, &input->frame->effects[e], err));
    status = kea_table_check(table, err);
done:
    return status;
}

/* Columns of the net benefit table. */
enum {
    N_STRATEGY,
    N_WTP,
    N_BENEFIT,
    N_POSITIVE = N_BENEFIT + 4,
    N_BEST,
    N_FRONTIER,
    N_LOSS,
    N_LOSS_ERROR,
    N_N
};
enum { SHOWN_AMOUNTS = 10 };

static void init_net_benefit(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use both = KEA_COLUMN_BOTH;
    const char *thousand = kea_answers_whole(input).unit;
    const kea_column columns[N_N] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"willingness_to_pay_%s", kea_text("willingness to pay"), "%s", 0, both},
        {"net_benefit_%s", kea_text("net benefit"), thousand, 0, both},
        {"net_benefit_error", kea_text("Monte Carlo error"), thousand, 0, both},
        {"net_benefit_low", kea_text("95% from"), thousand, 0, both},
        {"net_benefit_high", kea_text("95% to"), thousand, 0, both},
        {"probability_positive", kea_text("worth its money, probability"), "%", 1, both},
        {"probability_best", "", "", 2, KEA_COLUMN_CSV},
        {"best_on_average", "", "", 0, KEA_COLUMN_CSV},
        {"expected_loss_%s", "", "", 0, KEA_COLUMN_CSV},
        {"expected_loss_error", "", "", 0, KEA_COLUMN_CSV},
    };
    char title[512], note[256], whole[128];
    (void)snprintf(title, sizeof title,
                   kea_text("Net monetary benefit by willingness to pay per %s"),
                   kea_text(input->frame->effects[0].gain));
    kea_answers_table(table, input, title, N_N, columns);
    kea_answers_capital(whole, sizeof whole, input->frame->population.whole);
    (void)snprintf(note, sizeof note, kea_text("%s over window and run-out, discounted."), whole);
    kea_table_note(table, note);
}

/* The rows of one amount: every arm; the comparator's, with benefit 0, for the CSV. */
static kea_status put_amount(kea_table *table, const kea_answer_input *input,
                             const kea_answer_part *psa, const kea_pairs *pairs,
                             const kea_decision *curves, size_t at, bool show, kea_error *err)
{
    kea_status status = KEA_OK;
    double wtp = curves->wtp[at];
    for (size_t arm = 0; arm < pairs->n_arms; arm++) {
        kea_net_benefit benefit;
        KEA_TRY(kea_net_benefit_of(&benefit, pairs, arm, 0, wtp, err));
        kea_table_row(table);
        kea_answers_put_name(table, N_STRATEGY, psa, input->problem, arm);
        kea_table_number(table, N_WTP, wtp, 0);
        kea_answers_put(table, N_BENEFIT, benefit.benefit, kea_answers_whole(input).scale, 0);
        kea_table_scaled(table, N_POSITIVE, arm ? benefit.probability : (double)NAN, 100.0, 1);
        kea_table_number(table, N_BEST, curves->probability[arm * curves->n_wtp + at], 2);
        kea_table_number(table, N_FRONTIER, arm == curves->best[at], 0);
        kea_table_number(table, N_LOSS, curves->loss[arm * curves->n_wtp + at], 0);
        kea_table_number(table, N_LOSS_ERROR, curves->loss_error[arm * curves->n_wtp + at], 0);
        if (arm == 0 || !show)
            kea_table_hide(table);
    }
done:
    return status;
}

kea_status kea_answers_net_benefit(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    kea_decision curves = {0};
    void *amounts = NULL;
    const kea_answer_part *psa = NULL;
    const kea_range *range = &input->problem->settings.willingness_to_pay;
    size_t step = (range->n + SHOWN_AMOUNTS - 1) / SHOWN_AMOUNTS;
    init_net_benefit(table, input);
    KEA_TRY(kea_answers_need(&psa, input, "psa", err));
    KEA_TRY(kea_answers_pairs(&pairs, psa, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&amounts, range->n, sizeof(double), err));
    for (size_t i = 0; i < range->n; i++)
        ((double *)amounts)[i] = kea_range_at(range, i);
    KEA_TRY(kea_decision_init(&curves, &pairs, range->n, amounts, err));
    for (size_t i = 0; i < range->n; i++)
        KEA_TRY(put_amount(table, input, psa, &pairs, &curves, i,
                           i % step == 0 || i + 1 == range->n, err));
    status = kea_table_check(table, err);
done:
    kea_pairs_free(&pairs);
    kea_decision_free(&curves);
    free(amounts);
    return status;
}
