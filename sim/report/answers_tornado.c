/* The tornado: on which parameters the answer hangs most. */
#include "sim/report/answers_shared.h"

#include "sim/core/memory.h"
#include "sim/report/names.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The outcome of the tornado at every point. */
static void gather(const kea_answer_input *input, const kea_pairs *pairs, size_t arm,
                   kea_tornado_of of, double *value)
{
    double wtp = input->problem->settings.reference_wtp;
    for (size_t i = 0; i < pairs->n_points; i++)
        value[i] = of == KEA_TORNADO_NET_BENEFIT ? kea_pairs_net_benefit(pairs, i, arm, 0, wtp)
                                                 : kea_pairs_effect_increment(pairs, i, arm, 0);
}

size_t kea_answers_n_bars(const kea_answer_part *part)
{
    return kea_design_bars(part->design, 0, NULL);
}

kea_status kea_answers_bars(kea_bar *bars, kea_estimate *base, const kea_answer_input *input,
                            const kea_answer_part *part, size_t arm, kea_tornado_of of,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *value = NULL;
    void *level = NULL;
    void *group = NULL;
    void *scratch = NULL;
    void *entry = NULL;
    size_t n = part->sample->n_points;
    size_t n_bars = kea_answers_n_bars(part);
    KEA_TRY(kea_answers_pairs(&pairs, part, &input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&value, n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&level, n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&group, n, sizeof(size_t), err));
    KEA_TRY(kea_memory_new(&scratch, n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&entry, n_bars, sizeof(size_t), err));
    (void)kea_design_bars(part->design, n_bars, entry);
    gather(input, &pairs, arm, of, value);
    for (size_t i = 0; i < n; i++) {
        ((double *)level)[i] = kea_design_point(part->design, i).level;
        ((size_t *)group)[i] = kea_design_point(part->design, i).group;
    }
    KEA_TRY(kea_tornado(n_bars, entry, n, value, group, level, bars, err));
    if (base)
        *base = kea_curve_group(n, value, group, 2 * n_bars, scratch);
done:
    kea_pairs_free(&pairs);
    free(value);
    free(level);
    free(group);
    free(scratch);
    free(entry);
    return status;
}

enum {
    STRATEGY,
    RANK,
    PARAMETER,
    MEANING,
    EVIDENCE,
    UNIT,
    LOW_VALUE,
    HIGH_VALUE,
    BASE,
    LOW,
    LOW_ERROR,
    HIGH,
    HIGH_ERROR,
    N_COLUMNS
};
enum { SHOWN_BARS = 10 };

static void init_tornado(kea_table *table, const kea_answer_input *input, kea_tornado_of of)
{
    const kea_column_use both = KEA_COLUMN_BOTH;
    const kea_column_use csv = KEA_COLUMN_CSV;
    bool money = of == KEA_TORNADO_NET_BENEFIT;
    const kea_effect *effect = &input->frame->effects[0];
    const kea_whole whole = kea_answers_whole(input);
    const char *unit = money ? whole.unit : "";
    int decimals = money ? 0 : whole.decimals;
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"rank", "", "", 0, csv},
        {"parameter", kea_text("parameter"), "", 0, both},
        {"meaning", "", "", 0, csv},
        {"evidence", kea_text("founded on"), "", 0, both},
        {"unit", "", "", 0, csv},
        {"low_value", kea_text("low value"), "", 4, both},
        {"high_value", kea_text("high value"), "", 4, both},
        {money ? "base_net_benefit_%s" : "base_gained", "", "", 0, csv},
        {"change_at_low", kea_text("change at low"), unit, decimals, both},
        {"change_at_low_error", kea_text("Monte Carlo error"), "", decimals, both},
        {"change_at_high", kea_text("change at high"), unit, decimals, both},
        {"change_at_high_error", kea_text("Monte Carlo error"), "", decimals, both},
    };
    char title[512], note[512], all[128];
    if (money)
        (void)snprintf(title, sizeof title, "%s", kea_text("What the net benefit hangs on"));
    else
        (void)snprintf(title, sizeof title, kea_text("What the number of %s hangs on"),
                       kea_text(effect->gained));
    kea_answers_table(table, input, title, N_COLUMNS, columns);
    kea_answers_capital(all, sizeof all, input->frame->population.whole);
    (void)snprintf(note, sizeof note,
                   kea_text("Each parameter at both ends of its interval, all others at their base "
                            "value. %s over window and run-out, discounted."),
                   all);
    kea_table_note(table, note);
}

static void put_bar(kea_table *table, const kea_problem *problem, const char *strategy, size_t rank,
                    const kea_bar *bar, double base, double scale)
{
    const kea_entry *entry = &problem->entries[bar->entry];
    char name[256];
    kea_names_entry(problem, bar->entry, name, sizeof name);
    kea_table_row(table);
    kea_table_key(table, STRATEGY, strategy, kea_text(strategy));
    kea_table_number(table, RANK, (double)rank, 0);
    kea_table_key(table, PARAMETER, entry->name, name);
    kea_table_text(table, MEANING, entry->decl->meaning);
    kea_table_key(table, EVIDENCE, kea_evidence_name(entry->evidence),
                  kea_answers_evidence(entry->evidence));
    kea_table_text(table, UNIT, entry->decl->unit);
    kea_table_number(table, LOW_VALUE, bar->low_value, kea_text_decimals(bar->low_value));
    kea_table_number(table, HIGH_VALUE, bar->high_value, kea_text_decimals(bar->high_value));
    kea_table_number(table, BASE, base, 0);
    kea_table_scaled(table, LOW, bar->low, scale, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, LOW_ERROR, bar->low_error, scale, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, HIGH, bar->high, scale, KEA_COLUMN_DECIMALS);
    kea_table_scaled(table, HIGH_ERROR, bar->high_error, scale, KEA_COLUMN_DECIMALS);
    if (rank > SHOWN_BARS)
        kea_table_hide(table);
}

kea_status kea_answers_tornado(kea_table *table, const kea_answer_input *input, kea_tornado_of of,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    void *bars = NULL;
    const kea_answer_part *part = NULL;
    double scale = of == KEA_TORNADO_NET_BENEFIT ? kea_answers_whole(input).scale : 1.0;
    init_tornado(table, input, of);
    KEA_TRY(kea_answers_need(&part, input, "tornado", err));
    size_t n_bars = kea_answers_n_bars(part);
    KEA_TRY(kea_memory_new(&bars, n_bars, sizeof(kea_bar), err));
    for (size_t arm = 1; arm < part->sample->n_arms; arm++) {
        const char *strategy = input->problem->care[part->design->arms[arm].care].name;
        kea_estimate base;
        KEA_TRY(kea_answers_bars(bars, &base, input, part, arm, of, err));
        for (size_t b = 0; b < n_bars; b++)
            put_bar(table, input->problem, strategy, b + 1, (const kea_bar *)bars + b, base.mean,
                    scale);
    }
    status = kea_table_check(table, err);
done:
    free(bars);
    return status;
}
