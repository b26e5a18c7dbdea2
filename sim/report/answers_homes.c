/* What every home municipality pays and avoids under every arrangement of funding. Without a list
 * of municipalities every zone is one. */
#include "sim/report/answers_funding.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME = KEA_MONEY_FIRST, ZONE, POOLED, PEOPLE, PAID, NET = PAID + 4, EACH = NET + 4, GAINS };
enum { NOISE = GAINS + 1, OWN_LOW, OWN_HIGH, LAWS, N_MOST = LAWS + 2 * KEA_MAX_LAWS };
_Static_assert((int)N_MOST <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* What rows are made of. */
typedef struct homes {
    kea_home_outcomes outcomes;
    const kea_param_decl *decl;
    size_t n;
    kea_home *home;     /* [n] */
    kea_home_row *rows; /* [n] */
    size_t n_arms;
    kea_home_zones *zones;  /* [n_arms] against the comparator, the first one's not filled */
    kea_home_people people; /* where the scenario has funding */
} homes;

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
        {"people", "", "", 0, csv},
        {"paid_%s", "", "", 0, csv},
        {"paid_error", "", "", 0, csv},
        {"paid_low", "", "", 0, csv},
        {"paid_high", "", "", 0, csv},
        {"net_%s", "", "", 0, csv},
        {"net_error", "", "", 0, csv},
        {"net_low", "", "", 0, csv},
        {"net_high", "", "", 0, csv},
        {"net_each_%s", "", "", 1, csv},
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

/* The municipalities of the list, or the zones. */
static kea_status list_homes(homes *h, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_municipalities *list = &input->problem->municipalities;
    void *home = NULL, *rows = NULL;
    h->n = list->n > 0 ? list->n : h->outcomes.n_zones;
    KEA_TRY(kea_memory_new(&home, h->n, sizeof *h->home, err));
    h->home = home;
    KEA_TRY(kea_memory_new(&rows, h->n, sizeof *h->rows, err));
    h->rows = rows;
    for (size_t i = 0; i < h->n; i++)
        h->home[i] = list->n > 0 ? (kea_home){list->item[i].zone, list->item[i].students}
                                 : (kea_home){i, 1.0};
done:
    return status;
}

static void put_row(kea_table *table, const kea_money *money, const homes *h,
                    const kea_home_row *row, const char *funding, size_t arm)
{
    const kea_municipalities *list = &money->input->problem->municipalities;
    const char *zone = h->decl->labels[row->zone];
    const char *name = list->n > 0 ? list->item[row->home].name : zone;
    kea_money_row(table, money, funding, arm);
    kea_table_text(table, NAME, row->n_homes > 1 ? "smaller ones" : name);
    kea_table_text(table, ZONE, zone);
    kea_table_number(table, POOLED, (double)row->n_homes, 0);
    kea_table_number(table, PEOPLE, row->people, 1);
    kea_answers_put(table, PAID, row->paid, 1.0, 0);
    kea_answers_put(table, NET, row->net, 1.0, 0);
    kea_table_number(table, EACH, row->net.mean / row->people, 1);
    kea_table_number(table, GAINS, row->gains, 3);
    kea_table_number(table, NOISE, row->noise, 0);
    kea_table_number(table, OWN_LOW, row->own_low, 0);
    kea_table_number(table, OWN_HIGH, row->own_high, 0);
    for (size_t law = 0; law < h->outcomes.n_laws; law++) {
        kea_table_number(table, LAWS + 2 * law, row->avoided[law].mean, 0);
        kea_table_number(table, LAWS + 2 * law + 1, row->avoided[law].error, 0);
    }
}

/* All municipalities under the present arrangement. */
static void put_arm(kea_table *table, kea_money *money, homes *h, const kea_money_as *as,
                    size_t arm)
{
    const kea_contrast contrast = kea_money_contrast(money, arm);
    const kea_problem *problem = money->input->problem;
    size_t payer = kea_flows_payer(&money->flows, problem->params.home_payer);
    if (as->terms && payer < money->flows.n_payers)
        kea_home_zones_fund(&h->zones[arm], &h->people, &money->flows, payer, &contrast,
                            as->host_share);
    size_t n = kea_homes_rows(&h->zones[arm], h->n, h->home,
                              (double)problem->settings.smallest_home, h->rows, money->scratch);
    for (size_t i = 0; i < n; i++)
        put_row(table, money, h, &h->rows[i], as->name, arm);
}

/* What the zones pay and avoid in the run, and who live there. */
static kea_status read_zones(homes *h, const kea_money *money, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_sample *sample = money->part->sample;
    void *zones = NULL;
    h->n_arms = sample->n_arms;
    KEA_TRY(kea_memory_new(&zones, h->n_arms, sizeof *h->zones, err));
    h->zones = zones;
    for (size_t arm = 1; arm < h->n_arms; arm++) {
        const kea_contrast contrast = kea_money_contrast(money, arm);
        KEA_TRY(kea_home_zones_init(&h->zones[arm], sample, &h->outcomes, &contrast, err));
    }
    if (kea_money_count(money) > 1)
        KEA_TRY(kea_home_people_init(&h->people, sample, &h->outcomes, err));
done:
    return status;
}

static void close_homes(homes *h)
{
    for (size_t arm = 0; h->zones && arm < h->n_arms; arm++)
        kea_home_zones_free(&h->zones[arm]);
    kea_home_people_free(&h->people);
    free(h->zones);
    free(h->home);
    free(h->rows);
}

kea_status kea_answers_home_funding(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    homes h = {0};
    init_table(table, input);
    KEA_TRY(kea_money_open(&money, input, err));
    if (!input->problem->params.home_payer || !kea_money_homes(&money, &h.outcomes, &h.decl))
        goto done;
    KEA_TRY(list_homes(&h, input, err));
    KEA_TRY(read_zones(&h, &money, err));
    for (size_t i = 0; i < kea_money_count(&money); i++) {
        kea_money_as as = kea_money_fund(&money, i);
        for (size_t arm = 1; arm < money.flows.n_arms; arm++)
            put_arm(table, &money, &h, &as, arm);
    }
    status = kea_table_check(table, err);
done:
    close_homes(&h);
    kea_money_close(&money);
    return status;
}
