/* Who pays and who gains under every arrangement of funding. */
#include "sim/report/answers_funding.h"

#include "sim/core/memory.h"
#include "sim/inputs/funding.h"
#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kea_answers_has_funding(const kea_answer_input *input)
{
    const kea_answer_part *part = kea_answers_find(input, "psa");
    return input->frame->funded.category && part && part->sample->n_periods > 0;
}

kea_status kea_money_open(kea_money *money, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_fundings *all = input->problem->funding;
    const char *payers[KEA_MAX_PAYERS];
    const kea_flows_from from = {.funded = input->frame->funded.category,
                                 .people = input->frame->population.outcome,
                                 .levy = input->frame->funded.contributions,
                                 .n_payers = all ? all->n_payers : 0,
                                 .payers = payers};
    *money = (kea_money){.input = input};
    for (size_t i = 0; i < from.n_payers; i++)
        payers[i] = all->payer[i];
    KEA_TRY(kea_answers_need(&money->part, input, "psa", err));
    KEA_TRY(kea_flows_init(&money->flows, money->part->sample, &from, err));
    KEA_TRY(kea_memory_new(&block, 4 * money->flows.n_points, sizeof(double), err));
    money->scratch = block;
done:
    return status;
}

void kea_money_close(kea_money *money)
{
    kea_flows_free(&money->flows);
    free(money->scratch);
    money->scratch = NULL;
}

size_t kea_money_count(const kea_money *money)
{
    const kea_fundings *all = money->input->problem->funding;
    return 1 + (all ? all->n : 0);
}

kea_money_as kea_money_fund(kea_money *money, size_t i)
{
    const kea_fundings *all = money->input->problem->funding;
    size_t payer[KEA_MAX_PAYERS];
    if (i == 0)
        return (kea_money_as){.name = KEA_FUNDING_AS_IT_IS};
    const kea_funding_scenario *one = &all->item[i - 1];
    for (size_t p = 0; p < all->n_payers; p++)
        payer[p] = kea_flows_payer(&money->flows, all->payer[p]);
    kea_flows_fund(&money->flows, &one->terms, payer);
    return (kea_money_as){one->name, &one->terms, one->host_share};
}

kea_contrast kea_money_contrast(const kea_money *money, size_t arm)
{
    const kea_settings *settings = &money->input->problem->settings;
    return (kea_contrast){.arm = arm,
                          .ref = 0,
                          .span = {0, money->flows.n_periods, settings->discount_costs},
                          .people_rate = settings->discount_effects};
}

/* A payer that only an arrangement names is public money too. */
bool kea_money_is_public(const kea_money *money, size_t payer)
{
    const kea_sample *sample = money->part->sample;
    for (size_t o = 0; o < sample->n_outcomes; o++) {
        const kea_outcome_decl *outcome = &sample->outcomes[o];
        if (outcome->category && outcome->payer &&
            strcmp(outcome->payer, money->flows.payer[payer]) == 0)
            return kea_outcome_seen(outcome, KEA_PERSPECTIVE_PUBLIC);
    }
    return true;
}

/* PREFIXlabel of every element as outcomes; false when one is not there. */
static bool find_zones(const kea_sample *sample, const kea_param_decl *decl, const char *prefix,
                       size_t *outcome)
{
    char name[2 * KEA_MAX_NAME];
    for (size_t zone = 0; zone < decl->count; zone++) {
        (void)snprintf(name, sizeof name, "%s%s", prefix, decl->labels[zone]);
        if (!kea_sample_find(sample, name, &outcome[zone]))
            return false;
    }
    return true;
}

bool kea_money_homes(const kea_money *money, kea_home_outcomes *homes, const kea_param_decl **decl)
{
    const kea_by_home *by_home = &money->input->frame->by_home;
    const kea_param_table *params = &money->input->problem->params;
    const kea_sample *sample = money->part->sample;
    size_t at = 0;
    *homes = (kea_home_outcomes){0};
    if (!by_home->paid || !by_home->law[0])
        return false;
    for (; at < params->n; at++)
        if (params->decl[at].labels && params->decl[at].count <= KEA_MAX_ZONES &&
            find_zones(sample, &params->decl[at], by_home->people, homes->people))
            break;
    if (at == params->n)
        return false;
    *decl = &params->decl[at];
    homes->n_zones = (*decl)->count;
    bool found = find_zones(sample, *decl, by_home->paid, homes->cost);
    for (size_t law = 0; law < KEA_MAX_LAWS && by_home->law[law] && found; law++) {
        found = find_zones(sample, *decl, by_home->law[law], homes->law_cost[law]) &&
                kea_sample_find(sample, by_home->law_scatter[law], &homes->scatter[law]);
        homes->n_laws++;
    }
    return found;
}

const char *kea_money_name(const char *funding)
{
    return strcmp(funding, KEA_FUNDING_AS_IT_IS) == 0 ? kea_text("as it is") : funding;
}

void kea_money_row(kea_table *table, const kea_money *money, const char *funding, size_t arm)
{
    kea_table_row(table);
    kea_table_key(table, KEA_MONEY_FUNDING, funding, kea_money_name(funding));
    kea_answers_put_name(table, KEA_MONEY_STRATEGY, money->part, money->input->problem, arm);
    kea_answers_put_name(table, KEA_MONEY_COMPARATOR, money->part, money->input->problem, 0);
}

/* --- positions ------------------------------------------------------------------------------- */

enum { KIND = KEA_MONEY_FIRST, PAYER, PAID, LEVY = PAID + 4, SAVED, LATER = SAVED + 4, NET };
enum { GAINS = NET + 4, TRANSFER, SHORT, EACH_PAID, EACH_SAVED, EACH_NET };
enum { N_POSITION_COLUMNS = EACH_NET + 4 };
_Static_assert((int)N_POSITION_COLUMNS <= (int)KEA_TABLE_MAX_COLUMNS, "the table is too wide");

/* The terminal shows payers only, and as many arrangements as a reader can hold side by side. */
enum { MOST_SHOWN = 6 };

static void init_positions(kea_table *table, const kea_answer_input *input)
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    const char *unit = kea_answers_whole(input).unit;
    const kea_column columns[N_POSITION_COLUMNS] = {
        {"funding", "", "", 0, KEA_COLUMN_GROUP},
        {"strategy", kea_text("strategy"), "", 0, kea_answers_strategy_use(input)},
        {"comparator", "", "", 0, csv},
        {"kind", "", "", 0, csv},
        {"payer", kea_text("payer"), "", 0, both},
        {"paid_%s", kea_text("pays in"), unit, 0, both},
        {"paid_error", "", "", 0, csv},
        {"paid_low", "", "", 0, csv},
        {"paid_high", "", "", 0, csv},
        {"of_which_contributions_%s", "", "", 0, csv},
        {"saved_%s", kea_text("saves"), unit, 0, both},
        {"saved_error", "", "", 0, csv},
        {"saved_low", "", "", 0, csv},
        {"saved_high", "", "", 0, csv},
        {"of_which_saved_later_%s", "", "", 0, csv},
        {"net_%s", kea_text("net"), unit, 0, both},
        {"net_error", "", "", 0, csv},
        {"net_low", kea_text("95% from"), "", 0, both},
        {"net_high", kea_text("95% to"), "", 0, both},
        {"probability_gains", kea_text("gains"), "%", 3, both},
        {"transfer_to_make_whole_%s", kea_text("made whole by"), unit, 0, both},
        {"shortfall_%s", "", "", 0, csv},
        {"paid_each_%s", "", "", 1, csv},
        {"saved_each_%s", "", "", 1, csv},
        {"net_each_%s", "", "", 1, csv},
        {"net_each_error", "", "", 1, csv},
        {"net_each_low", "", "", 1, csv},
        {"net_each_high", "", "", 1, csv},
    };
    kea_answers_table(table, input, kea_text("Who pays and who gains"), N_POSITION_COLUMNS,
                      columns);
    kea_table_note(table, kea_text("All years, discounted; gains: the probability of a net above "
                                   "0. Made whole by: what a payer would have "
                                   "to give (minus) or get so that nobody loses; when gains are "
                                   "less than losses all gains are given, and losses are not made "
                                   "good in full. How the cost may be divided fairly: "
                                   "tables/funding_division.csv."));
}

/* Contributions per person, of the strategy less the comparator, mean over points. */
static double contributions(const kea_money *money, const kea_contrast *c)
{
    const kea_flows *flows = &money->flows;
    double sum = 0.0;
    for (size_t i = 0; i < flows->n_points; i++)
        for (size_t y = 0; y < flows->n_periods; y++)
            sum += (flows->levy[kea_flows_row(flows, i, c->arm, y)] -
                    flows->levy[kea_flows_row(flows, i, c->ref, y)]) *
                   kea_span_factor(&c->span, y);
    return sum / (double)flows->n_points;
}

/* Returns whether it pays or saves anything. */
static bool put_position(kea_table *table, kea_money *money, const kea_contrast *contrast,
                         const bool *members)
{
    kea_position whole, each;
    kea_contrast per_person = *contrast;
    per_person.per_person = true;
    kea_position_of(&whole, &money->flows, contrast, members, money->scratch);
    kea_position_of(&each, &money->flows, &per_person, members, money->scratch);
    const double scale = kea_answers_whole(money->input).scale;
    kea_answers_put(table, PAID, whole.paid, scale, 0);
    kea_answers_put(table, SAVED, whole.saved, scale, 0);
    kea_table_number(table, LATER, whole.saved_later.mean, 0);
    kea_answers_put(table, NET, whole.net, scale, 0);
    kea_table_scaled(table, GAINS, whole.gains, 100.0, 0);
    kea_table_number(table, EACH_PAID, each.paid.mean, 1);
    kea_table_number(table, EACH_SAVED, each.saved.mean, 1);
    kea_answers_put(table, EACH_NET, each.net, 1.0, 1);
    return whole.paid.mean != 0.0 || whole.saved.mean != 0.0;
}

/* What makes every public payer whole, by payer (NAN for others); returns by how much it falls
 * short. */
static double transfers(kea_money *money, const kea_contrast *contrast, double *transfer)
{
    double net[KEA_MAX_FLOW_PAYERS], moved[KEA_MAX_FLOW_PAYERS];
    size_t n = 0;
    for (size_t p = 0; p < money->flows.n_payers; p++) {
        bool one[KEA_MAX_FLOW_PAYERS] = {false};
        kea_position position;
        one[p] = true;
        if (!kea_money_is_public(money, p))
            continue;
        kea_position_of(&position, &money->flows, contrast, one, money->scratch);
        net[n++] = position.net.mean;
    }
    double shortfall = kea_position_make_whole(n, net, moved);
    for (size_t p = 0, k = 0; p < money->flows.n_payers; p++)
        transfer[p] = kea_money_is_public(money, p) ? moved[k++] : (double)NAN;
    return shortfall;
}

/* One strategy under one arrangement: payers, the public purse, all. */
static void put_positions(kea_table *table, kea_money *money, const char *funding, size_t arm,
                          bool seen)
{
    const kea_contrast contrast = kea_money_contrast(money, arm);
    const char *home = money->input->problem->params.home_payer;
    double transfer[KEA_MAX_FLOW_PAYERS];
    bool public[KEA_MAX_FLOW_PAYERS] = {false}, all[KEA_MAX_FLOW_PAYERS] = {false};
    double shortfall = transfers(money, &contrast, transfer);
    for (size_t p = 0; p < money->flows.n_payers; p++) {
        bool one[KEA_MAX_FLOW_PAYERS] = {false};
        const char *name = money->flows.payer[p];
        bool by_home = home && strcmp(home, name) == 0;
        one[p] = all[p] = true;
        public[p] = kea_money_is_public(money, p);
        kea_money_row(table, money, funding, arm);
        kea_table_text(table, KIND, "payer");
        kea_table_key(table, PAYER, name, kea_text(name));
        bool any = put_position(table, money, &contrast, one);
        kea_table_number(table, LEVY, by_home ? contributions(money, &contrast) : 0.0, 0);
        kea_table_scaled(table, TRANSFER, transfer[p], kea_answers_whole(money->input).scale, 0);
        if (!seen || !any || !public[p])
            kea_table_hide(table);
    }
    kea_money_row(table, money, funding, arm);
    kea_table_text(table, KIND, "perspective");
    kea_table_text(table, PAYER, "public");
    (void)put_position(table, money, &contrast, public);
    kea_table_hide(table);
    kea_table_number(table, SHORT, shortfall, 0);
    kea_money_row(table, money, funding, arm);
    kea_table_text(table, KIND, "all");
    kea_table_text(table, PAYER, "all");
    (void)put_position(table, money, &contrast, all);
    kea_table_hide(table);
}

kea_status kea_answers_positions(kea_table *table, const kea_answer_input *input, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_money money;
    init_positions(table, input);
    KEA_TRY(kea_money_open(&money, input, err));
    for (size_t i = 0; i < kea_money_count(&money); i++) {
        kea_money_as as = kea_money_fund(&money, i);
        bool seen = i == 0 || (i < MOST_SHOWN && money.flows.n_arms == 2);
        for (size_t arm = 1; arm < money.flows.n_arms; arm++)
            put_positions(table, &money, as.name, arm, seen);
    }
    status = kea_table_check(table, err);
done:
    kea_money_close(&money);
    return status;
}
