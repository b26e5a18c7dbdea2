/* Budget impact: what each payer pays and saves in each school year, not discounted, and how the
 * budget leads to the cost that the KEA stands on. */
#include "sim/report/answers_funding.h"

#include "sim/analysis/budget.h"
#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR = KEA_MONEY_FIRST, PAYER, PAID, SAVED = PAID + 4, LATER = SAVED + 4, NET };
enum { START_COST = NET + 4, N_COLUMNS };
_Static_assert((int)N_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

static void init_budget(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column columns[N_COLUMNS] = {
        KEA_MONEY_COLUMNS,
        {"school_year", "", "", 0, csv},
        {"payer", "", "", 0, csv},
        {"paid_%s", "", "", 0, csv},
        {"paid_error", "", "", 0, csv},
        {"paid_low", "", "", 0, csv},
        {"paid_high", "", "", 0, csv},
        {"saved_%s", "", "", 0, csv},
        {"saved_error", "", "", 0, csv},
        {"saved_low", "", "", 0, csv},
        {"saved_high", "", "", 0, csv},
        {"of_which_saved_later_%s", "", "", 0, csv},
        {"net_%s", "", "", 0, csv},
        {"net_error", "", "", 0, csv},
        {"net_low", "", "", 0, csv},
        {"net_high", "", "", 0, csv},
        {"of_which_start_%s", "", "", 0, csv},
    };
    kea_answers_table(table, input, kea_text("Budget impact"), N_COLUMNS, columns);
}

/* What the start of every strategy costs more than that of the comparator, summed over points: by
 * year, and all budget years together. */
typedef struct starts {
    size_t outcome, n_periods, n_years;
    double *ref; /* [n_periods] of the comparator at the present point */
    double *sum; /* [arm][n_years + 1] */
} starts;

/* A kea_take_periods. */
static void take_start(void *to, size_t point, size_t arm, const double *amounts)
{
    const starts *s = to;
    const double *period = amounts + s->outcome * s->n_periods;
    double *sum = s->sum + arm * (s->n_years + 1);
    (void)point;
    if (arm == 0)
        memcpy(s->ref, period, s->n_periods * sizeof *period);
    for (size_t y = 0; y < s->n_years; y++) {
        sum[y] += period[y] - s->ref[y];
        sum[s->n_years] += period[y] - s->ref[y];
    }
}

/* Free start->ref and start->sum, also after failure. */
static kea_status read_starts(starts *start, const kea_money *money, size_t years, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_sample *sample = money->part->sample;
    const char *name = money->input->frame->funded.start;
    void *ref = NULL, *sum = NULL;
    *start = (starts){.n_periods = sample->n_periods, .n_years = years};
    KEA_TRY(kea_memory_new(&ref, sample->n_periods, sizeof(double), err));
    start->ref = ref;
    KEA_TRY(kea_memory_new(&sum, sample->n_arms * (years + 1), sizeof(double), err));
    start->sum = sum;
    if (name && kea_sample_find(sample, name, &start->outcome))
        KEA_TRY(kea_sample_each_period(sample, take_start, start, err));
done:
    return status;
}

/* The mean over points of one year, or of all budget years. */
static double start_cost(const starts *start, const kea_flows *flows, size_t arm,
                         const kea_span *span)
{
    const double *sum = start->sum + arm * (start->n_years + 1);
    return sum[span->n == 1 ? span->first : start->n_years] / (double)flows->n_points;
}

static void put_row(kea_table *table, kea_money *money, const char *funding,
                    const kea_contrast *contrast, const char *payer, const bool *members)
{
    char year[24] = "all";
    kea_position position;
    if (contrast->span.n == 1)
        (void)snprintf(year, sizeof year, "%zu", contrast->span.first + 1);
    kea_position_of(&position, &money->flows, contrast, members, money->scratch);
    kea_money_row(table, money, funding, contrast->arm);
    kea_table_text(table, YEAR, year);
    kea_table_key(table, PAYER, payer, kea_text(payer));
    kea_answers_put(table, PAID, position.paid, 1.0, 0);
    kea_answers_put(table, SAVED, position.saved, 1.0, 0);
    kea_table_number(table, LATER, position.saved_later.mean, 0);
    kea_answers_put(table, NET, position.net, 1.0, 0);
}

/* The payers and all together, over one year or all. */
static void put_years(kea_table *table, kea_money *money, const starts *start, const char *funding,
                      size_t arm, kea_span span)
{
    const kea_contrast contrast = {.arm = arm, .ref = 0, .span = span};
    bool all[KEA_MAX_FLOW_PAYERS] = {false};
    for (size_t p = 0; p < money->flows.n_payers; p++) {
        bool one[KEA_MAX_FLOW_PAYERS] = {false};
        one[p] = all[p] = true;
        put_row(table, money, funding, &contrast, money->flows.payer[p], one);
    }
    put_row(table, money, funding, &contrast, "all", all);
    kea_table_number(table, START_COST, start_cost(start, &money->flows, arm, &span), 0);
}

static size_t budget_years(const kea_money *money)
{
    size_t years = money->input->problem->settings.budget_years;
    return years < money->flows.n_periods ? years : money->flows.n_periods;
}

kea_status kea_answers_budget(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    starts start = {0};
    init_budget(table, input);
    KEA_TRY(kea_money_open(&money, input, err));
    KEA_TRY(read_starts(&start, &money, budget_years(&money), err));
    for (size_t i = 0; i < kea_money_count(&money); i++) {
        kea_money_as as = kea_money_fund(&money, i);
        for (size_t arm = 1; arm < money.flows.n_arms; arm++) {
            for (size_t year = 0; year < budget_years(&money); year++)
                put_years(table, &money, &start, as.name, arm, (kea_span){year, 1, 0.0});
            if (budget_years(&money) > 1)
                put_years(table, &money, &start, as.name, arm,
                          (kea_span){0, budget_years(&money), 0.0});
        }
    }
    status = kea_table_check(table, err);
done:
    free(start.ref);
    free(start.sum);
    kea_money_close(&money);
    return status;
}

/* --- the budget at a glance ------------------------------------------------------------------- */

enum { WHO, ROW, YEARS, MOST_YEARS = 8 };

/* One line: what the members pay in, save, or pay less what they save, year by year and in all. */
typedef enum line_of { LINE_PAID, LINE_SAVED, LINE_NET } line_of;

static void put_view_line(kea_table *table, kea_money *money, size_t arm, const char *words,
                          const bool *members, line_of what)
{
    const size_t years = budget_years(money);
    const double scale = kea_answers_whole(money->input).scale;
    kea_table_row(table);
    kea_answers_put_name(table, WHO, money->part, money->input->problem, arm);
    kea_table_text(table, ROW, words);
    for (size_t year = 0; year < years + 1; year++) {
        size_t column = year < MOST_YEARS ? year : MOST_YEARS;
        kea_contrast contrast = {.arm = arm, .span = {year, 1, 0.0}};
        kea_position position;
        if (year >= MOST_YEARS && year < years)
            continue;
        if (year == years)
            contrast.span = (kea_span){0, years, 0.0};
        kea_position_of(&position, &money->flows, &contrast, members, money->scratch);
        kea_table_scaled(table, YEARS + column,
                         what == LINE_PAID    ? position.paid.mean
                         : what == LINE_SAVED ? position.saved.mean
                                              : -position.net.mean,
                         scale, 0);
    }
}

/* Payer by payer where there is one strategy, and the public purse. */
static void put_view(kea_table *table, kea_money *money, size_t arm)
{
    bool public[KEA_MAX_FLOW_PAYERS] = {false};
    for (size_t p = 0; p < money->flows.n_payers; p++) {
        char words[160];
        bool one[KEA_MAX_FLOW_PAYERS] = {false};
        kea_contrast contrast = {.arm = arm, .span = {0, budget_years(money), 0.0}};
        kea_position position;
        one[p] = true;
        public[p] = kea_money_is_public(money, p);
        kea_position_of(&position, &money->flows, &contrast, one, money->scratch);
        if (money->flows.n_arms > 2 || position.paid.mean == 0.0)
            continue;
        (void)snprintf(words, sizeof words, kea_text("paid by: %s"),
                       kea_text(money->flows.payer[p]));
        put_view_line(table, money, arm, words, one, LINE_PAID);
    }
    put_view_line(table, money, arm, kea_text("paid in all"), public, LINE_PAID);
    put_view_line(table, money, arm, kea_text("less what public payers save"), public, LINE_SAVED);
    put_view_line(table, money, arm, kea_text("budget of public payers"), public, LINE_NET);
}

kea_status kea_answers_budget_view(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    char number[MOST_YEARS][32];
    const char *unit = kea_answers_whole(input).unit;
    kea_column columns[YEARS + MOST_YEARS + 1] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"line", kea_text("school year"), "", 0, KEA_COLUMN_BOTH}};
    *table = (kea_table){0};
    KEA_TRY(kea_money_open(&money, input, err));
    size_t years = budget_years(&money) < MOST_YEARS ? budget_years(&money) : MOST_YEARS;
    for (size_t year = 0; year < years; year++) {
        (void)snprintf(number[year], sizeof number[year], "%zu", year + 1);
        columns[YEARS + year] = (kea_column){number[year], number[year], unit, 0, KEA_COLUMN_BOTH};
    }
    columns[YEARS + years] = (kea_column){"all", kea_text("all"), unit, 0, KEA_COLUMN_BOTH};
    kea_answers_table(table, input, kea_text("Budget by school year, as it is"), YEARS + years + 1,
                      columns);
    for (size_t arm = 1; arm < money.flows.n_arms; arm++)
        put_view(table, &money, arm);
    kea_table_note(table, kea_text("Not discounted. Society is no public payer. Other ways of "
                                   "funding and intervals: tables/budget.csv."));
    status = kea_table_check(table, err);
done:
    kea_money_close(&money);
    return status;
}

/* --- from the budget to the KEA -------------------------------------------------------------- */

enum { OF, AGAINST, LINE, AMOUNT, N_RECONCILED };

static void put_line(kea_table *table, const kea_money *money, size_t arm, const char *line,
                     double amount)
{
    kea_table_row(table);
    kea_answers_put_name(table, OF, money->part, money->input->problem, arm);
    kea_answers_put_name(table, AGAINST, money->part, money->input->problem, 0);
    kea_table_text(table, LINE, line);
    kea_table_number(table, AMOUNT, amount, 0);
}

static void put_reconciliation(kea_table *table, const kea_money *money, size_t arm)
{
    kea_reconciliation r;
    kea_budget_reconcile(&r, &money->flows, money->part->sample, arm, 0, budget_years(money),
                         money->input->problem->settings.discount_costs);
    put_line(table, money, arm, "budget years, all payers, not discounted", r.budget);
    put_line(table, money, arm, "less what comes later or is a transfer", r.later);
    put_line(table, money, arm, "school years outside the budget", r.outside);
    put_line(table, money, arm, "discounting", r.discounting);
    put_line(table, money, arm, "sum: extra cost of the KEA", r.total);
    put_line(table, money, arm, "extra cost of the KEA by itself", r.kea);
}

kea_status kea_answers_reconciliation(kea_table *table, const kea_answer_input *input,
                                      kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_column columns[N_RECONCILED] = {{"strategy", "", "", 0, csv},
                                              {"comparator", "", "", 0, csv},
                                              {"line", "", "", 0, csv},
                                              {"amount_%s", "", "", 0, csv}};
    kea_money money;
    kea_answers_table(table, input, kea_text("From the budget to the KEA"), N_RECONCILED, columns);
    KEA_TRY(kea_money_open(&money, input, err));
    for (size_t arm = 1; arm < money.flows.n_arms; arm++)
        put_reconciliation(table, &money, arm);
    status = kea_table_check(table, err);
done:
    kea_money_close(&money);
    return status;
}
