/* From samples to figures. Every function here gathers what one figure shows, draws it, and frees
 * what it gathered. */
#include "sim/report/drawings.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/figures.h"
#include "sim/report/names.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 256, NOTE = 256 };

typedef struct drawing {
    const kea_answer_input *input;
    const char *folder;
    kea_language language;
} drawing;

static const char *comparator(const drawing *d)
{
    return kea_answers_name(d->input->problem, 0);
}

/* "1,000 parameter draws; 95% interval shaded" */
static void draws_note(const drawing *d, size_t draws, char *note)
{
    char number[32];

    kea_text_number(number, sizeof number, (double)draws, 0, d->language);
    (void)snprintf(note, NOTE, kea_text("%s parameter draws; shaded: 95%% interval"), number);
}

static void cohorts_note(const drawing *d, const kea_answer_part *part, char *note)
{
    char number[32];
    size_t cohorts = part->sample->n_points / part->design->n_groups;
    kea_text_number(number, sizeof number, (double)cohorts, 0, d->language);
    (void)snprintf(note, NOTE, kea_text("parameters at base values; mean of %s simulated schools"),
                   number);
}

/* The bars as the figure takes them, and their names behind one another in names[n][NAME]. */
static void show_bars(kea_figure_bar *shown, char *names, const kea_problem *problem, size_t n,
                      const kea_bar *bars)
{
    for (size_t i = 0; i < n; i++) {
        char *name = names + i * NAME;
        kea_names_entry(problem, bars[i].entry, name, NAME);
        shown[i] = (kea_figure_bar){.name = name,
                                    .low_value = bars[i].low_value,
                                    .high_value = bars[i].high_value,
                                    .unit = kea_names_unit(problem->entries[bars[i].entry].decl),
                                    .low = bars[i].low,
                                    .high = bars[i].high,
                                    .low_error = bars[i].low_error,
                                    .high_error = bars[i].high_error};
    }
}

/* "hours", or "hours_ID" when the run has several strategies beside the comparator. */
static void figure_name(const drawing *d, const char *stem, size_t care, char *name)
{
    const kea_problem *problem = d->input->problem;
    if (problem->n_strategies > 2)
        (void)snprintf(name, NAME, "%s_%s", stem, problem->care[care].id);
    else
        (void)snprintf(name, NAME, "%s", stem);
}

static kea_status draw_plane(const drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    size_t n = part->sample->n_points, arms = part->sample->n_arms;
    kea_cloud clouds[7];
    void *numbers = NULL;
    char draws[32], note[NOTE];
    size_t n_clouds = arms - 1 < 7 ? arms - 1 : 7;
    KEA_TRY(kea_answers_pairs(&pairs, part, &kea_effects[0], err));
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
    (void)snprintf(note, sizeof note,
                   kea_text("%s parameter draws; whole school, all years, discounted"), draws);
    const kea_figure_plane_data data = {.n_clouds = n_clouds,
                                        .clouds = clouds,
                                        .comparator = comparator(d),
                                        .effect = kea_text("early school leavers prevented"),
                                        .effect_unit = kea_text("early school leaver prevented"),
                                        .wtp = d->input->problem->settings.reference_wtp,
                                        .note = note};
    KEA_TRY(kea_figure_plane(&data, d->folder, "plane", err));
done:
    free(numbers);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status draw_acceptability(const drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_range *range = &d->input->problem->settings.willingness_to_pay;
    size_t arms = part->sample->n_arms;
    kea_pairs pairs = {0};
    void *numbers = NULL;
    void *names = NULL;
    char note[NOTE], draws[32];
    KEA_TRY(kea_answers_pairs(&pairs, part, &kea_effects[0], err));
    KEA_TRY(kea_memory_new(&numbers, range->n * (arms + 1) + arms, sizeof(double), err));
    KEA_TRY(kea_memory_new(&names, arms, sizeof(const char *), err));
    double *wtp = numbers;
    double *probability = wtp + range->n;
    double *at = probability + range->n * arms;
    for (size_t i = 0; i < range->n; i++) {
        size_t best = 0;
        wtp[i] = kea_range_at(range, i);
        kea_acceptability(&pairs, wtp[i], at, &best);
        for (size_t arm = 0; arm < arms; arm++)
            probability[arm * range->n + i] = at[arm];
    }
    for (size_t arm = 0; arm < arms; arm++)
        ((const char **)names)[arm] = kea_answers_strategy(d->input, part, arm);
    kea_text_number(draws, sizeof draws, (double)part->sample->n_points, 0, d->language);
    (void)snprintf(note, sizeof note, kea_text("%s parameter draws"), draws);
    const kea_figure_acceptability_data data = {
        .n_strategies = arms,
        .names = names,
        .n_wtp = range->n,
        .wtp = wtp,
        .probability = probability,
        .effect_unit = kea_text("early school leaver prevented"),
        .reference = d->input->problem->settings.reference_wtp,
        .note = note};
    KEA_TRY(kea_figure_acceptability(&data, d->folder, "acceptability", err));
done:
    free(names);
    free(numbers);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status draw_tornado(const drawing *d, const kea_answer_part *part, size_t arm,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->input->problem;
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
    show_bars(shown, names, problem, n, bars);
    kea_text_number(amount, sizeof amount, problem->settings.reference_wtp, 0, d->language);
    (void)snprintf(outcome, sizeof outcome,
                   kea_text("net benefit at € %s per early school leaver prevented"), amount);
    cohorts_note(d, part, note);
    figure_name(d, "tornado", part->design->arms[arm].care, name);
    const kea_figure_tornado_data data = {.n_bars = n,
                                          .bars = shown,
                                          .strategy = kea_answers_strategy(d->input, part, arm),
                                          .comparator = comparator(d),
                                          .outcome = outcome,
                                          .outcome_is_euro = 1,
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

/* Mean, low and high of a quantity at every hours factor: 3 x n numbers. */
typedef struct band {
    double *mean, *low, *high;
} band;

static void put(const band *b, size_t i, kea_estimate e, double sign)
{
    b->mean[i] = sign * e.mean;
    b->low[i] = sign > 0 ? e.low : -e.high;
    b->high[i] = sign > 0 ? e.high : -e.low;
}

static kea_curve curve_of(const band *b)
{
    return (kea_curve){b->mean, b->low, b->high};
}

/* Storage for the two figures over hours. */
typedef struct hours_data {
    size_t n;
    double *hours;
    band effect, cost, wait, reach;
    double *scratch;
    double base_hours;
    void *numbers;
} hours_data;

static kea_status hours_init(hours_data *h, const drawing *d, const kea_answer_part *part,
                             kea_error *err)
{
    size_t n = part->design->n_arms - 1;
    *h = (hours_data){.n = n};
    kea_status status =
        kea_memory_new(&h->numbers, 13 * n + part->sample->n_points, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    double *next = h->numbers;
    band *bands[] = {&h->effect, &h->cost, &h->wait, &h->reach};
    h->hours = next;
    next += n;
    for (size_t i = 0; i < 4; i++, next += 3 * n)
        *bands[i] = (band){next, next + n, next + 2 * n};
    h->scratch = next;
    h->base_hours = d->input->problem->entries[part->design->arms[1].entry].value;
    for (size_t i = 0; i < n; i++)
        h->hours[i] = h->base_hours * part->design->arms[i + 1].factor;
    return KEA_OK;
}

static kea_status hours_fill(hours_data *h, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_sample *sample = part->sample;
    size_t students = 0, reach = 0, wait = 0, started = 0;
    KEA_TRY(kea_answers_outcome(sample, KEA_STUDENTS, &students, err));
    KEA_TRY(kea_answers_outcome(sample, "reach", &reach, err));
    KEA_TRY(kea_answers_outcome(sample, "wait_weeks", &wait, err));
    KEA_TRY(kea_answers_outcome(sample, "started", &started, err));
    const kea_measure reached = {reach, KEA_SCOPE_WINDOW, students, 1.0};
    const kea_measure waited = {wait, KEA_SCOPE_WINDOW, started, 1.0};
    for (size_t i = 0; i < h->n; i++) {
        kea_estimate vsv, cost;
        const double nan = (double)NAN;
        kea_estimate none = {.mean = nan, .error = nan, .low = nan, .high = nan};
        size_t arm = i + 1;
        KEA_TRY(kea_answers_increment(&vsv, part, arm, "vsv", err));
        KEA_TRY(kea_answers_increment(&cost, part, arm, NULL, err));
        put(&h->effect, i, vsv, -1.0);
        put(&h->cost, i, cost, 1.0);
        put(&h->reach, i, kea_estimate_arm(sample, arm, &reached, h->scratch), 1.0);
        put(&h->wait, i,
            h->hours[i] > 0.0 ? kea_estimate_arm(sample, arm, &waited, h->scratch) : none, 1.0);
    }
    for (size_t i = 0; i < 3 * h->n; i++)
        h->cost.mean[i] /= 100.0; /* per student; mean, low and high lie one behind the other */
done:
    return status;
}

static kea_status draw_hours(const drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    hours_data h = {0};
    char name[NAME], note[NOTE];
    const char *strategy = kea_answers_strategy(d->input, part, 1);
    size_t care = part->design->arms[1].care;
    KEA_TRY(hours_init(&h, d, part, err));
    KEA_TRY(hours_fill(&h, part, err));
    draws_note(d, part->sample->n_points, note);
    const kea_figure_hours_data hours = {
        .n = h.n,
        .hours = h.hours,
        .effect = curve_of(&h.effect),
        .cost = curve_of(&h.cost),
        .strategy = strategy,
        .comparator = comparator(d),
        .effect_name = kea_text("early school leavers prevented per 100 students a year"),
        .cost_name = kea_text("extra cost per student a year"),
        .base_hours = h.base_hours,
        .note = note};
    figure_name(d, "hours", care, name);
    KEA_TRY(kea_figure_hours(&hours, d->folder, name, err));
    const kea_figure_access_data access = {.n = h.n,
                                           .hours = h.hours,
                                           .wait = curve_of(&h.wait),
                                           .reach = curve_of(&h.reach),
                                           .strategy = strategy,
                                           .base_hours = h.base_hours,
                                           .note = note};
    figure_name(d, "access", care, name);
    KEA_TRY(kea_figure_access(&access, d->folder, name, err));
done:
    free(h.numbers);
    return status;
}

/* The rate that a map is over: the moderate element of the scaled parameter, in words. */
static const char *rate_name(const char *design, const char **entry)
{
    if (strstr(design, "team_referral")) {
        *entry = "team_referral.moderate";
        return kea_text("moderate cases that the team hands over outside");
    }
    *entry = "refer_external.moderate";
    return kea_text("moderate cases referred outside");
}

static kea_status draw_map(const drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->input->problem;
    const kea_design *design = part->design;
    size_t nx = design->n_arms - 1, ny = design->n_groups, n = design->n_points;
    kea_pairs pairs = {0};
    void *numbers = NULL;
    const char *entry_name = NULL;
    const char *y_name = rate_name(design->name, &entry_name);
    size_t entry = 0;
    char name[NAME], note[NOTE];
    if (!kea_problem_find(problem, entry_name, &entry))
        return kea_error_set(err, KEA_ERR_INPUT, "the run has no parameter %s", entry_name);
    KEA_TRY(kea_answers_pairs(&pairs, part, &kea_effects[0], err));
    KEA_TRY(kea_memory_new(&numbers, nx + ny + nx * ny, sizeof(double), err));
    double *x = numbers, *y = x + nx, *value = y + ny;
    double base_x = problem->entries[design->arms[1].entry].value;
    double base_y = problem->entries[entry].value;
    for (size_t i = 0; i < nx; i++)
        x[i] = base_x * design->arms[i + 1].factor;
    for (size_t point = 0; point < n; point++) {
        size_t group = kea_design_point(design, point).group;
        y[group] = fmin(base_y * kea_design_point(design, point).level, 1.0);
        for (size_t i = 0; i < nx; i++)
            value[group * nx + i] +=
                kea_pairs_net_benefit(&pairs, point, i + 1, 0, problem->settings.reference_wtp) *
                (double)ny / (double)n;
    }
    cohorts_note(d, part, note);
    figure_name(d,
                strstr(design->name, "team_referral") ? "map_team_referral" : "map_refer_external",
                design->arms[1].care, name);
    const kea_figure_map_data data = {.n_x = nx,
                                      .n_y = ny,
                                      .x = x,
                                      .y = y,
                                      .value = value,
                                      .x_name =
                                          kea_text("staffing hours per 100 students per week"),
                                      .y_name = y_name,
                                      .y_is_share = 1,
                                      .base_x = base_x,
                                      .base_y = base_y,
                                      .strategy = kea_answers_strategy(d->input, part, 1),
                                      .comparator = comparator(d),
                                      .wtp = problem->settings.reference_wtp,
                                      .effect_unit = kea_text("early school leaver prevented"),
                                      .note = note};
    KEA_TRY(kea_figure_map(&data, d->folder, name, err));
done:
    free(numbers);
    kea_pairs_free(&pairs);
    return status;
}

static kea_status draw_part(const drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    const char *design = part->design->name;
    if (strcmp(design, "psa") == 0) {
        KEA_TRY(draw_plane(d, part, err));
        KEA_TRY(draw_acceptability(d, part, err));
    } else if (strncmp(design, "hours", 5) == 0) {
        KEA_TRY(draw_hours(d, part, err));
    } else if (strncmp(design, "map_", 4) == 0) {
        KEA_TRY(draw_map(d, part, err));
    } else if (strcmp(design, "tornado") == 0) {
        for (size_t arm = 1; arm < part->sample->n_arms; arm++)
            KEA_TRY(draw_tornado(d, part, arm, err));
    }
done:
    return status;
}

kea_status kea_drawings_save(const kea_answer_input *input, const char *folder, kea_error *err)
{
    const drawing d = {input, folder, kea_text_language()};
    for (size_t i = 0; i < input->n_parts; i++) {
        kea_status status = draw_part(&d, &input->parts[i], err);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}
