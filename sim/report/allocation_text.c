/* Where hours do most: what is written for people. */
#include "sim/report/allocation.h"

#include "sim/report/allocation_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, LONG = 1024 };

/* What both divisions bring, and the difference. */
static void write_gain(FILE *out, const kea_allocation *a)
{
    const kea_allocation_sum *sum = &a->sum[KEA_ALLOCATION_ASKED];
    char line[2 * LONG], budget[TEXT], even[TEXT], best[TEXT], gain[TEXT], error[TEXT], low[TEXT],
        high[TEXT];
    kea_allocation_budget(a, a->budget, budget, sizeof budget);
    kea_allocation_amount(a, sum->value_even.mean, even, sizeof even);
    kea_allocation_amount(a, sum->value_best.mean, best, sizeof best);
    kea_allocation_amount(a, fabs(sum->gain.mean), gain, sizeof gain);
    kea_allocation_amount(a, sum->gain.error, error, sizeof error);
    kea_allocation_amount(a, sum->gain.low, low, sizeof low);
    kea_allocation_amount(a, sum->gain.high, high, sizeof high);
    (void)snprintf(
        line, sizeof line,
        kea_text("%s, divided over %zu sites in proportion to their size, bring %s (%s); "
                 "divided where they do most, %s."),
        budget, a->curves.n_sites, even, kea_allocation_words(a).title, best);
    kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
    (void)snprintf(
        line, sizeof line,
        sum->gain.mean < 0.0
            ? kea_text("That is %s less (Monte Carlo error %s; difference in 95%% of draws "
                       "%s to %s), and more in %.0f%% of draws.")
            : kea_text("That is %s more (Monte Carlo error %s; difference in 95%% of draws "
                       "%s to %s), and more in %.0f%% of draws."),
        gain, error, low, high, 100.0 * sum->better);
    kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
    if (sum->gain.mean > 2.0 * sum->gain.error)
        return;
    kea_table_paragraph(out,
                        kea_text("The gain is within the noise of the simulation: by these numbers "
                                 "it does not matter how the hours are divided. More draws "
                                 "(--draws) tell more."),
                        KEA_TABLE_WIDTH, 0);
}

/* Parts of one population have one team now. */
static void write_whole(FILE *out, const kea_allocation *a)
{
    char line[LONG], whole[TEXT], gain[TEXT], error[TEXT], low[TEXT], high[TEXT];
    kea_allocation_amount(a, a->of_whole.mean, whole, sizeof whole);
    kea_allocation_amount(a, fabs(a->whole_gain.mean), gain, sizeof gain);
    kea_allocation_amount(a, a->whole_gain.error, error, sizeof error);
    kea_allocation_amount(a, a->whole_gain.low, low, sizeof low);
    kea_allocation_amount(a, a->whole_gain.high, high, sizeof high);
    (void)snprintf(
        line, sizeof line,
        a->whole_gain.mean < 0.0
            ? kea_text("One team for all of them brings %s with as much: it goes where "
                       "needs are. The best division brings %s less than that (Monte Carlo "
                       "error %s; difference in 95%% of draws %s to %s).")
            : kea_text("One team for all of them brings %s with as much: it goes where "
                       "needs are. The best division brings %s more than that (Monte Carlo "
                       "error %s; difference in 95%% of draws %s to %s)."),
        whole, gain, error, low, high);
    kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
}

/* What a reader must know of how it was done. */
static void write_limits(FILE *out, const kea_allocation *a)
{
    const kea_allocation_share *share = kea_allocation_shares(a, KEA_ALLOCATION_ASKED);
    char line[LONG], spent[TEXT];
    for (size_t s = 0; s < a->curves.n_sites; s++) {
        if (!share[s].at_most)
            continue;
        (void)snprintf(
            line, sizeof line,
            kea_text("%s gets the most hours that were tried, 8 times an even part; more "
                     "could do more."),
            a->site[s].name);
        kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
    }
    if (a->sum[KEA_ALLOCATION_ASKED].spent < 0.99 * a->budget) {
        kea_allocation_budget(a, a->sum[KEA_ALLOCATION_ASKED].spent, spent, sizeof spent);
        (void)snprintf(line, sizeof line,
                       kea_text("The best division leaves part of the budget: it takes %s."),
                       spent);
        kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
    }
    if (a->by_parts)
        kea_table_paragraph(
            out,
            kea_text("How large each is follows from its share of newcomers and from "
                     "how long they stay, as simulated under the comparator."),
            KEA_TABLE_WIDTH, 0);
    if (a->caveat)
        kea_table_paragraph(out, kea_text(a->caveat), KEA_TABLE_WIDTH, 0);
    if (a->answers.caveat)
        kea_table_paragraph(out, kea_text(a->answers.caveat), KEA_TABLE_WIDTH, 0);
}

kea_status kea_allocation_write(FILE *out, const kea_allocation *a, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table sites = {0}, budgets = {0};
    (void)fprintf(out, "%s\n\n", a->answers.problem->title);
    write_gain(out, a);
    if (a->whole)
        write_whole(out, a);
    (void)fputc('\n', out);
    KEA_TRY(kea_allocation_sites(&sites, a, err));
    KEA_TRY(kea_table_print(&sites, out, err));
    (void)fputc('\n', out);
    KEA_TRY(kea_allocation_budgets(&budgets, a, err));
    KEA_TRY(kea_table_print(&budgets, out, err));
    (void)fputc('\n', out);
    write_limits(out, a);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "the summary cannot be written");
done:
    kea_table_free(&sites);
    kea_table_free(&budgets);
    return status;
}
