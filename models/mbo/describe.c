/* Tells a strategy's values as facts: how many hours, for what, at which price, to which effect. */
#include "models/mbo/describe.h"

#include "models/mbo/costs.h"
#include "models/mbo/funding.h"
#include "models/mbo/params.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct facts {
    kea_fact *fact;
    size_t n;
} facts;

static void add(facts *list, const char *group, const char *label, double value, const char *unit,
                bool headline)
{
    if (list->n < KEA_MAX_FACTS)
        list->fact[list->n++] = (kea_fact){group, label, value, unit, headline};
}

/* Every element of a parameter that is not 0. */
static void add_elements(facts *list, const char *group, const char *name, const double *value)
{
    size_t index = 0;
    if (!kea_param_table_find(&mbo_param_table, name, &index))
        return;
    const kea_param_decl *decl = &mbo_param_table.decl[index];
    for (size_t i = 0; i < decl->count; i++) {
        if (value[i] > 0)
            add(list, group, decl->titles[i], value[i], "", false);
    }
}

static void add_staffing(facts *list, const mbo_params *p)
{
    const char *group = "Staffing, in hours per 100 students a week";
    double hours = mbo_team_hours(p);
    double rest = fmax(1 - p->casework_share - p->presence_share, 0);
    add(list, group, "team hours per 100 students a week", hours, "", true);
    add(list, group, "on needs of students", hours * p->casework_share, "", false);
    add(list, group, "present among students", hours * p->presence_share, "", false);
    add(list, group, "coordination", hours * rest, "", false);
}

/* What each payer pays of a year in a school of the scenario's size. */
static void add_funding(facts *list, const mbo_params *p)
{
    double cost = p->students * mbo_team_student_price(p);
    kea_paid paid = mbo_fund_team(p, cost, p->students);
    double share[MBO_PAYERS] = {0};
    const char *group = "Paid by (shares of the cost in a school of this size)";
    for (int payer = 0; payer < MBO_PAYERS && cost > 0; payer++)
        share[payer] = paid.payer[payer] / cost;
    add_elements(list, group, "team_funding", share);
    if (paid.levy > 0)
        add(list, group, "of which contributions per student", paid.levy / cost, "", false);
}

size_t mbo_describe(const double *values, kea_fact *out)
{
    const mbo_params *p = mbo_params_of(values);
    facts list = {out, 0};
    bool has_team = mbo_team_hours(p) > 0;
    add_elements(&list, "What it does, by mechanism (1: fully brought about)", "fidelity",
                 p->fidelity);
    if (p->practice_share > 0)
        add(&list, "Learning in practice", "share of learning", p->practice_share, "", false);
    add_staffing(&list, p);
    if (has_team) {
        add_elements(&list, "Share of hours by role", "staff_share", p->staff_share);
        add_elements(&list, "Share of noticed needs that are for the team", "team_handles",
                     p->team_handles);
    }
    const char *price = "Price";
    if (has_team)
        add(&list, price, "an hour of the team, overhead included", mbo_team_hour_price(p), "EUR",
            false);
    add(&list, price, "team costs per student a year", mbo_team_student_price(p), "EUR", true);
    if (has_team)
        add_funding(&list, p);
    return list.n;
}
