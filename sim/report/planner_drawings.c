/* Figures of a planner, over the contribution. */
#include "sim/report/planner_shared.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/axis.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 400, AMOUNT = 64, MAX_LINES = 7 };

/* What all figures of a planner share. */
typedef struct drawing {
    const kea_planner *p;
    const char *folder;
    double *scratch, *curves; /* mean, low and high of up to MAX_LINES curves */
    char x_name[TEXT], note[TEXT], today[TEXT];
} drawing;

static kea_status open_drawing(drawing *d, const kea_planner *p, const char *folder, kea_error *err)
{
    char draws[AMOUNT], amount[AMOUNT];
    void *block = NULL;
    const kea_frame *frame = p->plan.frame;
    kea_status status = kea_memory_new(
        &block, p->plan.n_points + 3 * (size_t)MAX_LINES * p->n_levels, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    *d = (drawing){.p = p, .folder = folder, .scratch = block};
    d->curves = d->scratch + p->plan.n_points;
    /* TRANSLATORS: "student a year" */
    (void)snprintf(d->x_name, TEXT, kea_text("contribution per %s"),
                   kea_text(frame->population.one));
    kea_text_number(draws, sizeof draws, (double)p->plan.n_points, 0, kea_text_language());
    (void)snprintf(d->note, TEXT, kea_text("%s parameter draws; shaded: 95%% interval"), draws);
    kea_planner_amount(p, fmax(p->today, 0.0), amount, sizeof amount);
    (void)snprintf(d->today, TEXT, kea_text("hours of today: %s"), amount);
    return KEA_OK;
}

/* Curve number `at` of a quantity; without a band when it is not asked for. */
static kea_curve curve_of(const drawing *d, size_t at, size_t quantity, bool band)
{
    size_t n = d->p->n_levels;
    double *mean = d->curves + 3 * at * n, *low = mean + n, *high = low + n;
    for (size_t k = 0; k < n; k++) {
        kea_estimate e = kea_planner_estimate(d->p, quantity, k, d->scratch);
        mean[k] = e.mean;
        low[k] = e.low;
        high[k] = e.high;
    }
    return band ? (kea_curve){mean, low, high} : (kea_curve){mean, NULL, NULL};
}

/* Where a quantity turns first, to the cent; NAN when it does not. */
static kea_status turn_of(const drawing *d, size_t quantity, double *turn, kea_error *err)
{
    kea_ladder_sides sides;
    const kea_ladder ladder = kea_planner_ladder(d->p, quantity);
    kea_status status = kea_ladder_turns(&sides, &ladder, err);
    *turn =
        status == KEA_OK && sides.n > 0 ? rint(sides.turn[0].level * 100.0) / 100.0 : (double)NAN;
    return status;
}

static kea_status draw_curves(const drawing *d, size_t n_lines, const kea_figure_curve_line *lines,
                              const char *title, const char *y_name, const char *name,
                              kea_error *err)
{
    const kea_planner *p = d->p;
    const kea_figure_curve_data data = {.title = title,
                                        .n = p->n_levels,
                                        .x = p->level,
                                        .x_name = d->x_name,
                                        .x_unit = KEA_FIGURE_MONEY,
                                        .y_name = y_name,
                                        .y_unit = KEA_FIGURE_MONEY,
                                        .currency = p->plan.frame->currency,
                                        .n_lines = n_lines,
                                        .lines = lines,
                                        .goal = 0.0,
                                        .base = p->today,
                                        .base_name = d->today,
                                        .note = d->note};
    return kea_figure_curve(&data, d->folder, name, err);
}

static kea_status draw_benefit(const drawing *d, kea_error *err)
{
    char title[TEXT], y_name[TEXT], amount[AMOUNT];
    const kea_planner *p = d->p;
    kea_figure_curve_line line = {.name = kea_answers_name(&p->problem, 1)};
    kea_status status = turn_of(d, KEA_PLANNER_BENEFIT, &line.turn, err);
    if (status != KEA_OK)
        return status;
    line.curve = curve_of(d, 0, KEA_PLANNER_BENEFIT, true);
    kea_planner_amount(p, p->plan.wtp, amount, sizeof amount);
    (void)snprintf(title, sizeof title, kea_text("Which contribution is worth it: %s"), line.name);
    /* TRANSLATORS: "EUR 40,000" and "early leaver prevented" */
    (void)snprintf(y_name, sizeof y_name, kea_text("net benefit at %s per %s"), amount,
                   kea_text(p->plan.frame->effects[0].gain));
    return draw_curves(d, 1, &line, title, y_name, "contribution", err);
}

/* Everybody but the payer "society", who is in the last line; a band for who contributes. */
static kea_status draw_payers(const drawing *d, kea_error *err)
{
    char title[TEXT];
    const kea_planner *p = d->p;
    kea_figure_curve_line lines[MAX_LINES];
    size_t n = 0;
    for (size_t who = 0; who < p->n_who && n < MAX_LINES; who++) {
        if (who + 2 < p->n_who && strcmp(p->who[who].key, "society") == 0)
            continue;
        bool contributes = p->who[who].payer == p->plan.terms.payer;
        kea_figure_curve_line *line = &lines[n];
        line->name = kea_text(who + 1 < p->n_who ? p->who[who].label : "society");
        line->curve = curve_of(d, n++, KEA_PLANNER_NET + who, contributes);
        kea_status status = turn_of(d, KEA_PLANNER_NET + who, &line->turn, err);
        if (status != KEA_OK)
            return status;
    }
    (void)snprintf(title, sizeof title, kea_text("Who gains and who loses by a contribution: %s"),
                   kea_answers_name(&p->problem, 1));
    return draw_curves(d, n, lines, title, kea_text("saved less paid, discounted"),
                       "contribution_payers", err);
}

/* The first effect above the first measure that has an axis of its own. */
static kea_status draw_effect(const drawing *d, kea_error *err)
{
    char title[TEXT], gained[TEXT], today[TEXT];
    const kea_planner *p = d->p;
    const kea_frame *frame = p->plan.frame;
    size_t m = 0;
    while (m < p->n_measures && !p->measure[m]->axis)
        m++;
    if (m == p->n_measures)
        return KEA_OK;
    (void)snprintf(title, sizeof title, kea_text("What a contribution brings: %s"),
                   kea_answers_name(&p->problem, 1));
    (void)snprintf(gained, sizeof gained, kea_text("%s per %s"), kea_text(frame->effects[0].gained),
                   kea_text(frame->population.many));
    (void)snprintf(today, sizeof today, "%s", d->today);
    char x_name[TEXT + 16];
    kea_answers_capital(x_name, sizeof x_name, d->x_name);
    (void)snprintf(x_name + strlen(x_name), sizeof x_name - strlen(x_name), " (%s)",
                   frame->currency);
    const kea_figure_access_data data = {
        .title = title,
        .n = p->n_levels,
        .hours = p->level,
        .hours_name = x_name,
        .panel = {{gained, "", curve_of(d, 0, KEA_PLANNER_GAIN, true)},
                  {kea_text(p->measure[m]->axis), p->measure[m]->unit,
                   curve_of(d, 1, KEA_PLANNER_MEASURE + m, true)}},
        .base_hours = p->today,
        .base_text = today,
        .note = d->note};
    return kea_figure_access(&data, d->folder, "contribution_effect", err);
}

kea_status kea_planner_draw(const kea_planner *planner, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    drawing d = {0};
    KEA_TRY(open_drawing(&d, planner, folder, err));
    KEA_TRY(draw_benefit(&d, err));
    KEA_TRY(draw_payers(&d, err));
    KEA_TRY(draw_effect(&d, err));
done:
    free(d.scratch);
    return status;
}
