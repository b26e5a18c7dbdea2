/* From samples to figures. Every function here gathers what one figure shows, draws it, and frees
 * what it gathered. */
#include "sim/report/drawings.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/axis.h"
#include "sim/report/drawings_shared.h"
#include "sim/report/figures.h"
#include "sim/report/names.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = KEA_DRAWING_TEXT, NOTE = KEA_DRAWING_TEXT };

const char *kea_drawing_comparator(const kea_drawing *d)
{
    return kea_answers_name(d->input->problem, 0);
}

void kea_drawing_draws(const kea_drawing *d, size_t draws, char *note)
{
    char number[32];

    kea_text_number(number, sizeof number, (double)draws, 0, d->language);
    (void)snprintf(note, NOTE, kea_text("%s parameter draws; shaded: 95%% interval"), number);
}

void kea_drawing_cohorts(const kea_drawing *d, const kea_answer_part *part, char *note)
{
    char number[32];
    size_t cohorts = part->sample->n_points / part->design->n_groups;
    kea_text_number(number, sizeof number, (double)cohorts, 0, d->language);
    /* TRANSLATORS: a number and "schools" or "cohorts" */
    (void)snprintf(note, NOTE, kea_text("parameters at base values; mean of %s simulated %s"),
                   number, kea_text(d->input->frame->population.wholes));
}

/* The bars as the figure takes them, and their names behind one another in names[n][NAME]. */
static void show_bars(kea_figure_bar *shown, char *names, const kea_answer_input *input, size_t n,
                      const kea_bar *bars)
{
    const kea_problem *problem = input->problem;
    for (size_t i = 0; i < n; i++) {
        char *name = names + i * NAME;
        kea_names_entry(problem, bars[i].entry, name, NAME);
        shown[i] = (kea_figure_bar){
            .name = name,
            .low_value = bars[i].low_value,
            .high_value = bars[i].high_value,
            .unit = kea_names_unit(problem->entries[bars[i].entry].decl, input->frame->currency),
            .low = bars[i].low,
            .high = bars[i].high,
            .low_error = bars[i].low_error,
            .high_error = bars[i].high_error};
    }
}

void kea_drawing_name(const kea_drawing *d, const char *stem, size_t care, char *name)
{
    const kea_problem *problem = d->input->problem;
    if (problem->n_strategies > 2)
        (void)snprintf(name, NAME, "%s_%s", stem, problem->care[care].id);
    else
        (void)snprintf(name, NAME, "%s", stem);
}

static kea_status draw_plane(const kea_drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    size_t n = part->sample->n_points, arms = part->sample->n_arms;
    kea_cloud clouds[7];
    void *numbers = NULL;
    char draws[32], note[NOTE];
    size_t n_clouds = arms - 1 < 7 ? arms - 1 : 7;
    const kea_frame *frame = d->input->frame;
    KEA_TRY(kea_answers_pairs(&pairs, part, &d->input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&numbers, 2 * n * n_clouds, sizeof(double), err));
    for (size_t c = 0; c < n_clouds; c++) {
        double *effect = (double *)numbers + 2 * c * n;
        double *cost = effect + n;
        for (size_t i = 0; i < n; i++) {
            effect[i] = kea_pairs_effect_increment(&pairs, i, c + 1, 0);
            cost[i] = kea_pairs_cost_increment(&pairs, i, c + 1, 0);
        }
        clouds[c] = (kea_cloud){kea_answers_strategy(d->input, part, c + 1), n, effect, cost};
    }
    kea_text_number(draws, sizeof draws, (double)n, 0, d->language);
    /* TRANSLATORS: a number and "whole school" */
    (void)snprintf(note, sizeof note, kea_text("%s parameter draws; %s, all years, discounted"),
                   draws, kea_text(frame->population.whole));
    const kea_figure_plane_data data = {.n_clouds = n_clouds,
                                        .clouds = clouds,
                                        .comparator = kea_drawing_comparator(d),
                                        .effect = kea_text(frame->effects[0].gained),
                                        .effect_unit = kea_text(frame->effects[0].gain),
                                        .currency = frame->currency,
                                        .wtp = d->input->problem->settings.reference_wtp,
                                        .note = note};
    KEA_TRY(kea_figure_plane(&data, d->folder, "plane", err));
done:
    free(numbers);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status draw_acceptability(const kea_drawing *d, const kea_answer_part *part,
                                     kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_range *range = &d->input->problem->settings.willingness_to_pay;
    size_t arms = part->sample->n_arms;
    kea_pairs pairs = {0};
    kea_decision curves = {0};
    void *numbers = NULL;
    void *names = NULL;
    char note[NOTE], draws[32];
    KEA_TRY(kea_answers_pairs(&pairs, part, &d->input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&numbers, range->n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&names, arms, sizeof(const char *), err));
    double *wtp = numbers;
    for (size_t i = 0; i < range->n; i++)
        wtp[i] = kea_range_at(range, i);
    KEA_TRY(kea_decision_init(&curves, &pairs, range->n, wtp, err));
    for (size_t arm = 0; arm < arms; arm++)
        ((const char **)names)[arm] = kea_answers_strategy(d->input, part, arm);
    kea_text_number(draws, sizeof draws, (double)part->sample->n_points, 0, d->language);
    (void)snprintf(note, sizeof note, kea_text("%s parameter draws"), draws);
    const kea_figure_acceptability_data data = {
        .n_strategies = arms,
        .names = names,
        .n_wtp = range->n,
        .wtp = wtp,
        .probability = curves.probability,
        .best = curves.best,
        .effect_unit = kea_text(d->input->frame->effects[0].gain),
        .currency = d->input->frame->currency,
        .reference = d->input->problem->settings.reference_wtp,
        .note = note};
    KEA_TRY(kea_figure_acceptability(&data, d->folder, "acceptability", err));
done:
    free(names);
    free(numbers);
    kea_decision_free(&curves);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status draw_tornado(const kea_drawing *d, const kea_answer_part *part, size_t arm,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->input->problem;
    const kea_frame *frame = d->input->frame;
    size_t n = kea_answers_n_bars(part);
    kea_estimate base = {0};
    void *bars = NULL, *shown = NULL, *names = NULL;
    char name[NAME], note[NOTE], outcome[NOTE], amount[32];
    if (n == 0)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&bars, n, sizeof(kea_bar), err));
    KEA_TRY(kea_memory_new(&shown, n, sizeof(kea_figure_bar), err));
    KEA_TRY(kea_memory_new(&names, n, NAME, err));
    KEA_TRY(kea_answers_bars(bars, &base, d->input, part, arm, KEA_TORNADO_NET_BENEFIT, err));
    show_bars(shown, names, d->input, n, bars);
    kea_text_number(amount, sizeof amount, problem->settings.reference_wtp, 0, d->language);
    /* TRANSLATORS: "EUR", an amount, "early leaver prevented" */
    (void)snprintf(outcome, sizeof outcome, kea_text("net benefit at %s %s per %s"),
                   frame->currency, amount, kea_text(frame->effects[0].gain));
    kea_drawing_cohorts(d, part, note);
    kea_drawing_name(d, "tornado", part->design->arms[arm].care, name);
    const kea_figure_tornado_data data = {.n_bars = n,
                                          .bars = shown,
                                          .strategy = kea_answers_strategy(d->input, part, arm),
                                          .comparator = kea_drawing_comparator(d),
                                          .outcome = outcome,
                                          .currency = frame->currency,
                                          .outcome_is_money = 1,
                                          .base = base.mean,
                                          .range = kea_text("ends of the 95% interval"),
                                          .note = note};
    KEA_TRY(kea_figure_tornado(&data, d->folder, name, err));
done:
    free(names);
    free(shown);
    free(bars);
    return status;
}

static kea_status draw_part(const kea_drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    switch (part->design->kind) {
    case KEA_DESIGN_PSA:
        KEA_TRY(draw_plane(d, part, err));
        KEA_TRY(draw_acceptability(d, part, err));
        if (part->sample->n_arms > 2)
            KEA_TRY(kea_drawing_frontier(d, part, err));
        break;
    case KEA_DESIGN_HOURS:
        KEA_TRY(kea_drawing_hours(d, part, err));
        break;
    case KEA_DESIGN_MAP:
        KEA_TRY(kea_drawing_map(d, part, err));
        break;
    case KEA_DESIGN_TORNADO:
        for (size_t arm = 1; arm < part->sample->n_arms; arm++)
            KEA_TRY(draw_tornado(d, part, arm, err));
        break;
    default:
        break;
    }
done:
    return status;
}

kea_status kea_drawings_save(const kea_answer_input *input, const char *folder, kea_error *err)
{
    const kea_drawing d = {input, folder, kea_text_language()};
    for (size_t i = 0; i < input->n_parts; i++) {
        kea_status status = draw_part(&d, &input->parts[i], err);
        if (status != KEA_OK)
            return status;
    }
    return kea_drawing_funding(&d, err);
}
