/* Tells a planner to people, and saves its tables. */
#include "sim/report/planner_shared.h"

#include "sim/report/answers_shared.h"
#include "sim/report/axis.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = 900, AMOUNT = 64 };

void kea_planner_amount(const kea_planner *planner, double amount, char *text, size_t size)
{
    double shown = fabs(amount) < 1000.0 ? rint(amount * 100.0) / 100.0 : amount;
    kea_money_write(text, size, planner->plan.frame->currency, shown, 4);
}

static void whole_number(double x, char *text, size_t size)
{
    kea_text_number(text, size, x, 0, kea_text_language());
}

static const char *others_in_words(kea_others others)
{
    switch (others) {
    case KEA_OTHERS_MATCH:
        return kea_text("All other money follows the contribution in the proportion of today "
                        "(--others match).");
    case KEA_OTHERS_FIXED:
        return kea_text("All other money stays what it is today, whatever the contribution "
                        "(--others fixed).");
    default:
        return kea_text("The contribution is all the money there is: nobody adds to it "
                        "(--others none; the other choices are match and fixed).");
    }
}

/* What is planned: whose money buys what, for whom. */
static void say_plan(FILE *out, const kea_planner *p)
{
    char text[TEXT], people[AMOUNT], places[AMOUNT], payer[AMOUNT];
    const kea_contribution_terms *terms = &p->plan.terms;
    const kea_param_table *params = &p->plan.problem->params;
    const char *unit = kea_text(p->plan.frame->population.outcome);
    whole_number(terms->people, people, sizeof people);
    whole_number(terms->today.people, places, sizeof places);
    kea_answers_capital(payer, sizeof payer, params->payers[terms->payer]);
    /* TRANSLATORS: "Municipality", "10,000", "students", "School als Werkplaats", "7,700",
     * "students", and how others pay */
    (void)snprintf(text, sizeof text,
                   kea_text("%s: a yearly contribution for each of %s %s buys hours of %s for %s "
                            "%s, compared with %s. %s"),
                   payer, people, unit, kea_answers_name(&p->problem, 1), places, unit,
                   kea_answers_name(&p->problem, 0), others_in_words(terms->others));
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

/* What there is today, with the shares that it makes. */
static void say_today(FILE *out, const kea_planner *p)
{
    char text[TEXT], cost[AMOUNT], now[AMOUNT], part[AMOUNT], hours[AMOUNT], needed[AMOUNT];
    const kea_contribution_terms *terms = &p->plan.terms;
    double paid[KEA_MAX_PAYERS], all = kea_contribution_paid(terms, p->today, paid);
    kea_planner_amount(p, all, cost, sizeof cost);
    kea_planner_amount(p, kea_contribution_today(terms), now, sizeof now);
    kea_planner_amount(p, fmax(p->today, 0.0), needed, sizeof needed);
    whole_number(terms->today.hours, hours, sizeof hours);
    kea_text_number(part, sizeof part, terms->today.paid.levy / all * 100.0, 0,
                    kea_text_language());
    (void)snprintf(text, sizeof text,
                   kea_text("Today it has %s hours a week and costs %s a year; the contribution is "
                            "%s, %s%% of that. These hours take a contribution of %s."),
                   hours, cost, now, part, needed);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

static void say_how(FILE *out, const kea_planner *p)
{
    char text[TEXT], draws[AMOUNT], levels[AMOUNT], top[AMOUNT];
    whole_number((double)p->plan.n_points, draws, sizeof draws);
    whole_number((double)p->n_levels, levels, sizeof levels);
    kea_planner_amount(p, p->level[p->n_levels - 1], top, sizeof top);
    (void)snprintf(text, sizeof text,
                   kea_text("%s draws, each lived through at all of %s contributions from 0 to %s "
                            "by the same people; a straight line between them. 95%%: interval "
                            "over draws."),
                   draws, levels, top);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

typedef kea_status fill(kea_table *table, const kea_planner *planner, kea_error *err);

static kea_status print(FILE *out, const kea_planner *p, fill *of, kea_error *err)
{
    kea_table table;
    kea_status status = of(&table, p, err);
    if (status == KEA_OK)
        status = kea_table_print(&table, out, err);
    kea_table_free(&table);
    (void)fputc('\n', out);
    return status;
}

kea_status kea_planner_write(FILE *out, const kea_planner *planner, kea_error *err)
{
    kea_status status = KEA_OK;
    say_plan(out, planner);
    say_today(out, planner);
    say_how(out, planner);
    (void)fputc('\n', out);
    KEA_TRY(print(out, planner, kea_planner_buys, err));
    KEA_TRY(print(out, planner, kea_planner_brings, err));
    KEA_TRY(print(out, planner, kea_planner_nets, err));
    KEA_TRY(print(out, planner, kea_planner_gains, err));
    KEA_TRY(kea_planner_say_solved(out, planner, err));
    if (planner->plan.frame->during) {
        (void)fputc('\n', out);
        kea_table_paragraph(out,
                            kea_text("The net benefit counts costs of the decision only; where "
                                     "payers stand counts what follows later too."),
                            KEA_TABLE_WIDTH, 0);
    }
done:
    return status;
}

static kea_status save(const kea_planner *p, fill *of, const char *folder, const char *name,
                       kea_error *err)
{
    char path[4096];
    kea_table table;
    kea_status status = of(&table, p, err);
    int length = snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    if (status == KEA_OK && (length < 0 || (size_t)length >= sizeof path))
        status = kea_error_set(err, KEA_ERR_IO, "the path %s is too long", folder);
    if (status == KEA_OK)
        status = kea_table_save(&table, path, err);
    kea_table_free(&table);
    return status;
}

kea_status kea_planner_save(const kea_planner *planner, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(save(planner, kea_planner_buys, folder, "planner_buys", err));
    KEA_TRY(save(planner, kea_planner_brings, folder, "planner_brings", err));
    KEA_TRY(save(planner, kea_planner_positions, folder, "planner_positions", err));
    KEA_TRY(save(planner, kea_planner_solved, folder, "planner_solved", err));
done:
    return status;
}
