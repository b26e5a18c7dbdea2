/* What every home municipality pays and avoids under every arrangement of funding. Without a list
 * of municipalities every zone is one. */
#include "sim/report/answers_funding.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME = KEA_MONEY_FIRST, ZONE, POOLED, LISTED, PEOPLE, WITHOUT, PAID };
enum { NET = PAID + 4, EACH = NET + 4, GAINS = EACH + 4, NOISE, OWN_LOW, OWN_HIGH, LAWS };
enum { N_MOST = LAWS + 2 * KEA_MAX_LAWS };
_Static_assert((int)N_MOST <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* Names of columns hold "%%s" for the currency, and begin as the outcomes of the law do. */
static void init_table(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV;
    const kea_by_home *by_home = &input->frame->by_home;
    char names[2 * KEA_MAX_LAWS][KEA_MAX_NAME + 16];
    size_t n = LAWS;
    kea_column columns[N_MOST] = {
        KEA_MONEY_COLUMNS,
        {"municipality", "", "", 0, csv},
        {"zone", "", "", 0, csv},
        {"municipalities", "", "", 0, csv},
        {"people_in_list", "", "", 0, csv},
        {"people", "", "", 0, csv},
        {"without_it_%s", "", "", 0, csv},
        {"paid_%s", "", "", 0, csv},
        {"paid_error", "", "", 0, csv},
        {"paid_low", "", "", 0, csv},
        {"paid_high", "", "", 0, csv},
        {"net_%s", "", "", 0, csv},
        {"net_error", "", "", 0, csv},
        {"net_low", "", "", 0, csv},
        {"net_high", "", "", 0, csv},
        {"net_each_%s", "", "", 1, csv},
        {"net_each_error", "", "", 1, csv},
        {"net_each_low", "", "", 1, csv},
        {"net_each_high", "", "", 1, csv},
        {"probability_gains", "", "", 3, csv},
        {"chance_sd_%s", "", "", 0, csv},
        {"own_net_low_%s", "", "", 0, csv},
        {"own_net_high_%s", "", "", 0, csv},
    };
    for (size_t law = 0; law < KEA_MAX_LAWS && by_home->law[law]; law++)
        for (int error = 0; error < 2; error++) {
            (void)snprintf(names[n - LAWS], sizeof names[0], "%savoided_%s", by_home->law[law],
                           error ? "error" : "%s");
            columns[n] = (kea_column){names[n - LAWS], "", "", 0, csv};
            n++;
        }
    kea_answers_table(table, input, kea_text("What home municipalities pay and avoid"), n, columns);
}

/* --- the book -------------------------------------------------------------------------------- */

/* The municipalities of the list, or the zones. */
static kea_status list_homes(kea_home_book *book, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_municipalities *list = &input->problem->municipalities;
    void *home = NULL, *rows = NULL;
    book->n = list->n > 0 ? list->n : book->outcomes.n_zones;
    KEA_TRY(kea_memory_new(&home, book->n, sizeof *book->home, err));
    book->home = home;
    KEA_TRY(kea_memory_new(&rows, book->n, sizeof *book->rows, err));
    book->rows = rows;
    for (size_t i = 0; i < book->n; i++)
        book->home[i] = list->n > 0 ? (kea_home){list->item[i].zone, list->item[i].students}
                                    : (kea_home){i, 1.0};
done:
    return status;
}

kea_status kea_home_book_open(kea_home_book *book, const kea_money *money, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_sample *sample = money->part->sample;
    void *zones = NULL;
    *book = (kea_home_book){.n_arms = sample->n_arms};
    if (!money->input->problem->params.home_payer ||
        !kea_money_homes(money, &book->outcomes, &book->decl))
        return KEA_OK;
    KEA_TRY(list_homes(book, money->input, err));
    KEA_TRY(kea_memory_new(&zones, book->n_arms, sizeof *book->zones, err));
    book->zones = zones;
    for (size_t arm = 1; arm < book->n_arms; arm++) {
        kea_contrast contrast = kea_money_contrast(money, arm);
        KEA_TRY(kea_home_zones_init(&book->zones[arm], sample, &book->outcomes, &contrast, err));
    }
    if (kea_money_count(money) > 1)
        KEA_TRY(kea_home_people_init(&book->people, sample, &book->outcomes, err));
done:
    return status;
}

void kea_home_book_close(kea_home_book *book)
{
    for (size_t arm = 0; book->zones && arm < book->n_arms; arm++)
        kea_home_zones_free(&book->zones[arm]);
    kea_home_people_free(&book->people);
    free(book->zones);
    free(book->home);
    free(book->rows);
    *book = (kea_home_book){0};
}

void kea_home_book_fill(kea_home_book *book, const kea_money *money, const kea_money_as *as,
                        size_t arm)
{
    const kea_contrast contrast = kea_money_contrast(money, arm);
    const kea_problem *problem = money->input->problem;
    size_t payer = kea_flows_payer(&money->flows, problem->params.home_payer);
    if (as->terms && payer < money->flows.n_payers)
        kea_home_zones_fund(&book->zones[arm], &book->people, &money->flows, payer, &contrast,
                            as->host_share);
    book->n_rows =
        kea_homes_rows(&book->zones[arm], book->n, book->home,
                       (double)problem->settings.smallest_home, book->rows, money->scratch);
}

const char *kea_home_book_name(const kea_home_book *book, const kea_money *money,
                               const kea_home_row *row)
{
    const kea_municipalities *list = &money->input->problem->municipalities;
    if (row->n_homes > 1)
        return KEA_MARK("smaller ones");
    return list->n > 0 ? list->item[row->home].name : book->decl->labels[row->zone];
}

/* --- the table ------------------------------------------------------------------------------- */

/* What the municipalities of a zone bear without the strategy, mean over points. */
static double without_it(const kea_sample *sample, size_t outcome)
{
    double sum = 0.0;
    for (size_t i = 0; i < sample->n_points; i++)
        sum += *kea_sample_at(sample, i, 0, outcome, KEA_SCOPE_DISCOUNTED);
    return sum / (double)sample->n_points;
}

static void put_row(kea_table *table, const kea_money *money, const kea_home_book *book,
                    const kea_home_row *row, const char *funding, size_t arm)
{
    const kea_municipalities *list = &money->input->problem->municipalities;
    kea_money_row(table, money, funding, arm);
    kea_table_text(table, NAME, kea_home_book_name(book, money, row));
    kea_table_text(table, ZONE, book->decl->labels[row->zone]);
    kea_table_number(table, POOLED, (double)row->n_homes, 0);
    if (list->n > 0)
        kea_table_number(table, LISTED, row->part * kea_municipalities_students(list, row->zone),
                         0);
    kea_table_number(table, PEOPLE, row->people, 1);
    kea_table_number(table, WITHOUT,
                     row->part * without_it(money->part->sample, book->outcomes.cost[row->zone]),
                     0);
    kea_answers_put(table, PAID, row->paid, 1.0, 0);
    kea_answers_put(table, NET, row->net, 1.0, 0);
    kea_answers_put(table, EACH, row->each, 1.0, 1);
    kea_table_number(table, GAINS, row->gains, 3);
    kea_table_number(table, NOISE, row->noise, 0);
    kea_table_number(table, OWN_LOW, row->own_low, 0);
    kea_table_number(table, OWN_HIGH, row->own_high, 0);
    for (size_t law = 0; law < book->outcomes.n_laws; law++) {
        kea_table_number(table, LAWS + 2 * law, row->avoided[law].mean, 0);
        kea_table_number(table, LAWS + 2 * law + 1, row->avoided[law].error, 0);
    }
}

kea_status kea_answers_home_funding(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    kea_home_book book = {0};
    init_table(table, input);
    KEA_TRY(kea_money_open(&money, input, err));
    KEA_TRY(kea_home_book_open(&book, &money, err));
    for (size_t i = 0; i < kea_money_count(&money) && book.n > 0; i++) {
        kea_money_as as = kea_money_fund(&money, i);
        for (size_t arm = 1; arm < money.flows.n_arms; arm++) {
            kea_home_book_fill(&book, &money, &as, arm);
            for (size_t row = 0; row < book.n_rows; row++)
                put_row(table, &money, &book, &book.rows[row], as.name, arm);
        }
    }
    status = kea_table_check(table, err);
done:
    kea_home_book_close(&book);
    kea_money_close(&money);
    return status;
}
