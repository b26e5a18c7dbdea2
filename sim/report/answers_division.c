/* How the cost of a strategy could be divided over those who gain by it, three ways side by side.
 * It is the same under every arrangement: what is divided is the whole cost. */
#include "sim/report/answers_funding.h"

#include "sim/analysis/division.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <stdio.h>
#include <string.h>

enum { STRATEGY, COMPARATOR, PAYER, ZONE, PEOPLE, BENEFIT, BY_PEOPLE, BY_BENEFIT, BY_VALUE };
enum { VALUE = BY_VALUE + 1, UNPAID, N_COLUMNS };

/* Who divides: payers, but the payer by home apart by zone. */
typedef struct players {
    size_t n;
    const char *payer[KEA_MAX_COALITION];
    const char *zone[KEA_MAX_COALITION]; /* NULL: not apart */
    const char
        *title[KEA_MAX_COALITION];     /* of the zone, for people (translatable); NULL: its key */
    double benefit[KEA_MAX_COALITION]; /* mean, present value */
    double people[KEA_MAX_COALITION];  /* whom each pays for, a year */
} players;

static void init_table(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    const char *unit = kea_answers_whole(input).unit;
    char people[160];
    /* TRANSLATORS: "students" */
    (void)snprintf(people, sizeof people, kea_text("pays by %s"),
                   kea_text(input->frame->population.outcome));
    const kea_column columns[N_COLUMNS] = {
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"payer", kea_text("payer"), "", 0, both},
        {"zone", kea_text("home"), "", 0, both},
        {"people", "", "", 0, csv},
        {"saves_%s", kea_text("saves"), unit, 0, both},
        {"pays_by_people_%s", people, unit, 0, both},
        {"pays_by_benefit_%s", kea_text("pays by benefit"), unit, 0, both},
        {"pays_by_shapley_%s", kea_text("pays by Shapley value"), unit, 0, both},
        {"shapley_value_%s", "", "", 0, csv},
        {"unpaid_by_shapley_%s", "", "", 0, csv},
    };
    kea_answers_table(table, input, kea_text("Three ways to divide the cost"), N_COLUMNS, columns);
    kea_table_note(
        table, kea_text("All years, discounted. By benefit: in proportion to what each saves. By "
                        "Shapley value: what each saves less a fair part of what all gain, so "
                        "that nobody pays more than it saves. Who is harmed (minus) is made "
                        "whole under these two. Where all save less than the cost, nothing is "
                        "gained, and by Shapley value a part of the cost is paid by nobody."));
}

static kea_status add_player(players *all, const char *payer, const char *zone, double benefit,
                             double people, kea_error *err)
{
    if (all->n == KEA_MAX_COALITION)
        return kea_error_set(err, KEA_ERR_INPUT, "a cost can be divided over at most %d payers",
                             (int)KEA_MAX_COALITION);
    all->payer[all->n] = payer;
    all->zone[all->n] = zone;
    all->benefit[all->n] = benefit;
    all->people[all->n++] = people;
    return KEA_OK;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* The payer by home, zone by zone. */
static kea_status add_zones(players *all, const kea_money *money, const kea_contrast *contrast,
                            const char *payer, bool *added, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_home_outcomes homes;
    kea_home_zones zones = {0};
    const kea_param_decl *decl = NULL;
    *added = false;
    if (!kea_money_homes(money, &homes, &decl))
        return KEA_OK;
    KEA_TRY(kea_home_zones_init(&zones, money->part->sample, &homes, contrast, err));
    for (size_t zone = 0; zone < zones.n_zones; zone++) {
        double benefit = 0.0;
        for (size_t law = 0; law < zones.n_laws; law++)
            benefit += mean_of(zones.avoided + (law * zones.n_zones + zone) * zones.n_points,
                               zones.n_points);
        KEA_TRY(add_player(all, payer, decl->labels[zone], benefit, zones.people[zone], err));
        all->title[all->n - 1] = decl->titles ? decl->titles[zone] : NULL;
    }
    *added = true;
done:
    kea_home_zones_free(&zones);
    return status;
}

/* Whether an outcome is a cost of the payer: not so of one that only an arrangement names. */
static bool bears_something(const kea_money *money, size_t payer)
{
    const kea_sample *sample = money->part->sample;
    for (size_t o = 0; o < sample->n_outcomes; o++)
        if (sample->outcomes[o].category && sample->outcomes[o].payer &&
            strcmp(sample->outcomes[o].payer, money->flows.payer[payer]) == 0)
            return true;
    return false;
}

/* Whether a payer is one that the model lets pay for a strategy. */
static bool can_pay(const kea_param_table *params, const char *payer)
{
    for (size_t i = 0; i < params->n_payers; i++)
        if (strcmp(params->payers[i], payer) == 0)
            return true;
    return false;
}

/* Those of the public purse whom the strategy costs or saves something. By people divide those who
 * can pay for a strategy at all; a zone is there for those who live in it, others for all. */
static kea_status add_payers(players *all, kea_money *money, const kea_contrast *contrast,
                             double people, kea_error *err)
{
    kea_status status = KEA_OK;
    const char *home = money->input->problem->params.home_payer;
    for (size_t p = 0; p < money->flows.n_payers; p++) {
        bool one[KEA_MAX_FLOW_PAYERS] = {false}, apart = false;
        const char *payer = money->flows.payer[p];
        kea_position position;
        one[p] = true;
        if (!kea_money_is_public(money, p) || !bears_something(money, p))
            continue;
        if (home && strcmp(home, payer) == 0)
            KEA_TRY(add_zones(all, money, contrast, payer, &apart, err));
        if (apart)
            continue;
        kea_position_of(&position, &money->flows, contrast, one, money->scratch);
        KEA_TRY(add_player(all, payer, NULL, position.saved.mean,
                           can_pay(&money->input->problem->params, payer) ? people : 0.0, err));
    }
done:
    return status;
}

static void put_rows(kea_table *table, const kea_money *money, size_t arm, const players *all,
                     const kea_division *division)
{
    const double scale = kea_answers_whole(money->input).scale;
    for (size_t i = 0; i < all->n; i++) {
        kea_table_row(table);
        kea_answers_put_name(table, STRATEGY, money->part, money->input->problem, arm);
        kea_answers_put_name(table, COMPARATOR, money->part, money->input->problem, 0);
        kea_table_key(table, PAYER, all->payer[i], kea_text(all->payer[i]));
        const char *zone = all->zone[i] ? all->zone[i] : "";
        kea_table_key(table, ZONE, zone, all->title[i] ? kea_text(all->title[i]) : zone);
        kea_table_number(table, PEOPLE, all->people[i], 0);
        kea_table_scaled(table, BENEFIT, all->benefit[i], scale, 0);
        kea_table_scaled(table, BY_PEOPLE, division->by_people[i], scale, 0);
        kea_table_scaled(table, BY_BENEFIT, division->by_benefit[i], scale, 0);
        kea_table_scaled(table, BY_VALUE, division->by_value[i], scale, 0);
        kea_table_number(table, VALUE, division->value[i], 0);
    }
}

static void put_sum(kea_table *table, const kea_money *money, size_t arm, double cost,
                    const players *all, const kea_division *division)
{
    const double scale = kea_answers_whole(money->input).scale;
    double benefit = 0.0;
    for (size_t i = 0; i < all->n; i++)
        benefit += all->benefit[i];
    kea_table_row(table);
    kea_answers_put_name(table, STRATEGY, money->part, money->input->problem, arm);
    kea_answers_put_name(table, COMPARATOR, money->part, money->input->problem, 0);
    kea_table_key(table, PAYER, "sum", kea_text("sum"));
    kea_table_text(table, ZONE, "");
    kea_table_scaled(table, BENEFIT, benefit, scale, 0);
    kea_table_scaled(table, BY_PEOPLE, cost, scale, 0);
    kea_table_scaled(table, BY_BENEFIT, cost, scale, 0);
    kea_table_scaled(table, BY_VALUE, cost - division->unpaid, scale, 0);
    kea_table_number(table, VALUE, division->whole, 0);
    kea_table_number(table, UNPAID, division->unpaid, 0);
}

static kea_status put_arm(kea_table *table, kea_money *money, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_contrast contrast = kea_money_contrast(money, arm);
    const kea_span first_year = {0, 1, 0.0};
    bool everybody[KEA_MAX_FLOW_PAYERS];
    kea_position whole;
    kea_division division;
    players all = {0};
    double people = 0.0;
    for (size_t p = 0; p < KEA_MAX_FLOW_PAYERS; p++)
        everybody[p] = true;
    kea_position_of(&whole, &money->flows, &contrast, everybody, money->scratch);
    if (!(whole.paid.mean > 0.0)) /* nothing to divide */
        return KEA_OK;
    for (size_t i = 0; i < money->flows.n_points; i++)
        people += kea_flows_people(&money->flows, i, 0, &first_year);
    people /= (double)money->flows.n_points;
    KEA_TRY(add_payers(&all, money, &contrast, people, err));
    KEA_TRY(kea_division_of(&division, all.n, whole.paid.mean, all.benefit, all.people, err));
    put_rows(table, money, arm, &all, &division);
    put_sum(table, money, arm, whole.paid.mean, &all, &division);
done:
    return status;
}

kea_status kea_answers_division(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    init_table(table, input);
    KEA_TRY(kea_money_open(&money, input, err));
    for (size_t arm = 1; arm < money.flows.n_arms; arm++)
        KEA_TRY(put_arm(table, &money, arm, err));
    status = kea_table_check(table, err);
done:
    kea_money_close(&money);
    return status;
}
