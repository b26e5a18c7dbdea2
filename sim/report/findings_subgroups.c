/* Deciding for each group of people by itself. */
#include "sim/report/findings_shared.h"

#include "sim/core/memory.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Standard errors by which a gain must be above 0 to be called more than noise: 95% sure. */
static const double sure = 1.645;

kea_status kea_findings_find_apart(kea_findings *findings, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_findings_options *o = &findings->options;
    const size_t n = kea_grouping_total(o->n_groupings, o->groupings);
    void *block = NULL, *ones = NULL;
    if (n == 0)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, o->n_groupings, sizeof *findings->apart, err));
    findings->apart = block;
    KEA_TRY(kea_memory_new(&block, n, sizeof *findings->group_choice, err));
    findings->group_choice = block;
    KEA_TRY(kea_memory_new(&ones, n, sizeof(double), err));
    for (size_t i = 0; i < n; i++)
        ((double *)ones)[i] = 1.0; /* totals of groups */
    for (size_t g = 0, first = 0; g < o->n_groupings; first += o->groupings[g++].n)
        KEA_TRY(kea_subgroups_of(&findings->apart[g], findings->group_choice + first,
                                 o->groupings[g].n, o->groups + first, ones, o->wtp, err));
done:
    free(ones);
    return status;
}

enum { GROUPING, GROUP, BEST, BENEFIT, GAIN, ERROR, VERDICT, EVPI, EVPI_ERROR, N_COLUMNS };

/* From here on money is told in thousands. */
static const double large = 1e5;

static void init(kea_table *table, const kea_findings *f)
{
    const kea_column_use both = KEA_COLUMN_BOTH, csv = KEA_COLUMN_CSV;
    const bool thousands = f->evpi.value >= large || fabs(f->apart[0].benefit) >= large;
    const char *unit = thousands ? kea_text("1,000 %s") : "%s";
    const int money = thousands ? 0 : kea_findings_decimals(f->apart[0].benefit);
    const kea_column columns[N_COLUMNS] = {
        {"grouping", "", "", 0, KEA_COLUMN_GROUP},
        {"group", kea_text("group"), "", 0, both},
        {"best", kea_text("best on average"), "", 0, both},
        {"net_benefit", kea_text("net benefit"), unit, money, both},
        {"gain_apart", kea_text("gain by deciding apart"), unit, money, both},
        {"gain_apart_error", kea_text("error"), unit, money, both},
        {"verdict", kea_text("apart"), "", 0, both},
        {"evpi", kea_text("perfect information"), unit, money, both},
        {"evpi_error", "", "", 0, csv},
    };
    char title[KEA_FINDINGS_TEXT], amount[200], note[2 * KEA_FINDINGS_TEXT];
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    (void)snprintf(title, sizeof title,
                   kea_text("What to choose for groups of people, each by itself, at %s"), amount);
    kea_findings_table(table, f, title, N_COLUMNS, columns);
    (void)snprintf(
        note, sizeof note,
        kea_text(
            "From the first %zu draws. Assumed: a group that has another strategy than the "
            "rest changes nothing for the others, and the strategy's hours follow the "
            "decision, so that its cost falls with the groups left out; costs are divided "
            "over groups as the model says. Apart: whether another choice than for all together is "
            "better by more than %.3g standard errors, or within noise; chosen on the "
            "same draws, such a gain is a little too high."),
        f->options.groups[0].n_points, sure);
    kea_table_note(table, note);
}

/* What a row says; money as it is. */
typedef struct line {
    const char *key, *words;
    size_t best; /* KEA_NO_ARM: several */
    double benefit, gain, error, evpi, evpi_error;
    bool differs; /* another choice than for all together */
} line;

static void put(kea_table *table, const kea_findings *f, const kea_grouping *of, const line *l)
{
    const bool thousands = f->evpi.value >= large || fabs(f->apart[0].benefit) >= large;
    const double scale = thousands ? 1e-3 : 1.0;
    const int own = KEA_COLUMN_DECIMALS;
    const bool more = l->gain > sure * l->error;
    kea_table_row(table);
    kea_table_key(table, GROUPING, of->name, kea_text(of->title));
    kea_table_key(table, GROUP, l->key, l->words);
    if (l->best != KEA_NO_ARM)
        kea_findings_put_arm(table, BEST, f, l->best);
    kea_table_scaled(table, BENEFIT, l->benefit, scale, own);
    kea_table_scaled(table, GAIN, l->gain, scale, own);
    kea_table_scaled(table, ERROR, l->error, scale, own);
    if (!l->differs)
        kea_table_key(table, VERDICT, "same", kea_text("no change"));
    else
        kea_table_key(table, VERDICT, more ? "better" : "noise",
                      more ? kea_text("better") : kea_text("noise"));
    kea_table_scaled(table, EVPI, l->evpi, scale, own);
    kea_table_scaled(table, EVPI_ERROR, l->evpi_error, scale, own);
}

static void put_grouping(kea_table *table, const kea_findings *f, size_t grouping, size_t first)
{
    const kea_grouping *of = &f->options.groupings[grouping];
    const kea_subgroups *all = &f->apart[grouping];
    bool differs = false;
    for (size_t k = 0; k < of->n; k++) {
        const kea_subgroup *one = &f->group_choice[first + k];
        const bool other = one->best != all->best;
        differs = differs || other;
        put(table, f, of,
            &(line){of->names[k], kea_text(of->titles[k]), one->best, one->benefit, one->gain,
                    one->gain_error, one->evpi.value, one->evpi.error, other});
    }
    put(table, f, of,
        &(line){"together", kea_text("all together"), all->best, all->benefit, 0.0, 0.0,
                all->together.value, all->together.error, false});
    put(table, f, of,
        &(line){"apart", kea_text("each its own"), KEA_NO_ARM, all->benefit + all->value,
                all->value, all->error, all->apart, (double)NAN, differs});
}

kea_status kea_findings_subgroups(kea_table *table, const kea_findings *findings, kea_error *err)
{
    const kea_findings_options *o = &findings->options;
    init(table, findings);
    for (size_t g = 0, first = 0; g < o->n_groupings; first += o->groupings[g++].n)
        put_grouping(table, findings, g, first);
    return kea_table_check(table, err);
}
