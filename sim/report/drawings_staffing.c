/* Figures over staffing hours: effect and cost, what else they change, and the maps of hours and a
 * swept parameter. */
#include "sim/report/drawings_shared.h"

#include "sim/core/memory.h"
#include "sim/report/answers_shared.h"
#include "sim/report/figures.h"
#include "sim/report/names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = KEA_DRAWING_TEXT, PANELS = 2 };

/* Mean, low and high of a quantity at every hours factor: 3 x n numbers. */
typedef struct band {
    double *mean, *low, *high;
} band;

static void put(const band *b, size_t i, kea_estimate e)
{
    b->mean[i] = e.mean;
    b->low[i] = e.low;
    b->high[i] = e.high;
}

static kea_curve curve_of(const band *b)
{
    return (kea_curve){b->mean, b->low, b->high};
}

/* Storage for the two figures over hours. */
typedef struct hours_data {
    size_t n;
    double *hours;
    band effect, cost, access[PANELS];
    double *scratch;
    double base_hours;
    size_t n_access; /* measures with a panel, at most PANELS */
    kea_found_measure measure[PANELS];
    char title[TEXT], effect_name[TEXT], cost_name[TEXT], note[TEXT];
    void *numbers;
} hours_data;

/* "Staffing hours per 100 students per week": what a parameter of kind KEA_STAFFING counts. */
static kea_status write_hours(char *text, const kea_drawing *d, const kea_answer_part *part,
                              kea_error *err)
{
    size_t people = 0;
    kea_status status = kea_answers_population(d->input, part->sample, &people, err);
    if (status == KEA_OK)
        (void)snprintf(text, TEXT, kea_text("Staffing hours per 100 %s per week"),
                       kea_text(part->sample->outcomes[people].unit));
    return status;
}

static kea_status hours_init(hours_data *h, const kea_drawing *d, const kea_answer_part *part,
                             kea_error *err)
{
    size_t n = part->design->n_arms - 1;
    *h = (hours_data){.n = n};
    kea_status status =
        kea_memory_new(&h->numbers, 13 * n + part->sample->n_points, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    double *next = h->numbers;
    band *bands[] = {&h->effect, &h->cost, &h->access[0], &h->access[1]};
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

/* The first two measures that want a panel. */
static kea_status find_access(hours_data *h, const kea_drawing *d, const kea_answer_part *part,
                              kea_error *err)
{
    const kea_frame *frame = d->input->frame;
    for (size_t m = 0; m < frame->n_measures && h->n_access < PANELS; m++) {
        if (frame->measures[m].use != KEA_IN_SWEEPS || !frame->measures[m].axis)
            continue;
        kea_status status =
            kea_answers_measure(&h->measure[h->n_access++], part->sample, &frame->measures[m], err);
        if (status != KEA_OK)
            return status;
    }
    return KEA_OK;
}

/* One measure at one factor, over the draws. */
static kea_estimate access_of(const hours_data *h, size_t k, const kea_sample *sample, size_t arm)
{
    for (size_t i = 0; i < sample->n_points; i++)
        h->scratch[i] = kea_answers_measure_at(&h->measure[k], sample, i, arm);
    return kea_estimate_of(h->scratch, sample->n_points);
}

static kea_status hours_fill(hours_data *h, const kea_drawing *d, const kea_answer_part *part,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_frame *frame = d->input->frame;
    KEA_TRY(find_access(h, d, part, err));
    for (size_t i = 0; i < h->n; i++) {
        kea_estimate effect, cost;
        KEA_TRY(kea_answers_gain(&effect, d->input, part, i + 1, &frame->effects[0], err));
        KEA_TRY(kea_answers_extra_cost(&cost, d->input, part, i + 1, err));
        put(&h->effect, i, effect);
        put(&h->cost, i, cost);
        for (size_t k = 0; k < h->n_access; k++)
            put(&h->access[k], i, access_of(h, k, part->sample, i + 1));
    }
    /* TRANSLATORS: "early leavers prevented" and "100 students a year" */
    (void)snprintf(h->effect_name, TEXT, kea_text("%s per %s"), kea_text(frame->effects[0].gained),
                   kea_text(frame->population.many));
    (void)snprintf(h->cost_name, TEXT, kea_text("extra cost per %s"),
                   kea_text(frame->population.one));
    kea_drawing_draws(d, part->sample->n_points, h->note);
    KEA_TRY(write_hours(h->title, d, part, err));
done:
    return status;
}

static kea_status draw_access(const kea_drawing *d, const kea_answer_part *part,
                              const hours_data *h, kea_error *err)
{
    const kea_frame *frame = d->input->frame;
    char name[TEXT], title[TEXT];
    if (h->n_access < PANELS || !frame->access)
        return KEA_OK;
    kea_text_fill(title, sizeof title, kea_text(frame->access),
                  kea_answers_strategy(d->input, part, 1));
    kea_figure_access_data access = {.title = title,
                                     .n = h->n,
                                     .hours = h->hours,
                                     .hours_name = h->title,
                                     .base_hours = h->base_hours,
                                     .note = h->note};
    for (size_t k = 0; k < PANELS; k++)
        access.panel[k] = (kea_figure_access_panel){
            kea_text(h->measure[k].decl->axis), h->measure[k].decl->unit, curve_of(&h->access[k])};
    kea_drawing_name(d, "access", part->design->arms[1].care, name);
    return kea_figure_access(&access, d->folder, name, err);
}

kea_status kea_drawing_hours(const kea_drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    hours_data h = {0};
    char name[TEXT];
    KEA_TRY(hours_init(&h, d, part, err));
    KEA_TRY(hours_fill(&h, d, part, err));
    const kea_figure_hours_data hours = {.n = h.n,
                                         .hours = h.hours,
                                         .hours_name = h.title,
                                         .effect = curve_of(&h.effect),
                                         .cost = curve_of(&h.cost),
                                         .currency = d->input->frame->currency,
                                         .strategy = kea_answers_strategy(d->input, part, 1),
                                         .comparator = kea_drawing_comparator(d),
                                         .effect_name = h.effect_name,
                                         .cost_name = h.cost_name,
                                         .base_hours = h.base_hours,
                                         .note = h.note};
    kea_drawing_name(d, "hours", part->design->arms[1].care, name);
    KEA_TRY(kea_figure_hours(&hours, d->folder, name, err));
    KEA_TRY(draw_access(d, part, &h, err));
done:
    free(h.numbers);
    return status;
}

/* ---------------------------------------------------------------- maps */

/* The axis of a swept parameter: the value of one element, or the factor where none is chosen. */
typedef struct swept_axis {
    const kea_entry *entry; /* NULL: the factor */
    bool share;             /* written as a percentage */
    double base;
    char name[TEXT];
} swept_axis;

static kea_status find_axis(swept_axis *axis, const kea_drawing *d, const kea_sweep *sweep,
                            kea_error *err)
{
    const kea_problem *problem = d->input->problem;
    const char *label = kea_text(sweep->decl->label);
    size_t at = 0;
    *axis = (swept_axis){.base = 1.0};
    if (sweep->element == KEA_NO_ELEMENT) {
        (void)snprintf(axis->name, TEXT, kea_text("%s, times the base value"), label);
        return KEA_OK;
    }
    char element[KEA_DRAWING_TEXT];
    kea_param_element_name(sweep->decl, sweep->element, element, sizeof element);
    if (!kea_problem_find(problem, element, &at))
        return kea_error_set(err, KEA_ERR_INPUT, "the run has no parameter %s", element);
    axis->entry = &problem->entries[at];
    axis->base = axis->entry->value;
    const char *unit = kea_names_unit(sweep->decl, d->input->frame->currency);
    axis->share = strcmp(unit, "%") == 0;
    char words[KEA_DRAWING_TEXT];
    kea_names_entry(problem, at, words, sizeof words);
    (void)snprintf(axis->name, TEXT, axis->share || !unit[0] ? "%.150s" : "%.150s (%.60s)", words,
                   unit);
    return KEA_OK;
}

/* Where a factor stands along the axis. */
static double along(const swept_axis *axis, double factor)
{
    return axis->entry ? kea_design_scaled(axis->entry, axis->base, factor) : factor;
}

/* The numbers of a map: values at every hours factor and group, mean over the cohorts. */
typedef struct map_data {
    size_t nx, ny;
    double *x, *y, *value; /* value[y][x] */
    double base_x;
    void *numbers;
} map_data;

static kea_status map_fill(map_data *m, const kea_drawing *d, const kea_answer_part *part,
                           const swept_axis *axis, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->input->problem;
    const kea_design *design = part->design;
    size_t n = design->n_points;
    kea_pairs pairs = {0};
    *m = (map_data){.nx = design->n_arms - 1, .ny = design->n_groups};
    KEA_TRY(kea_answers_pairs(&pairs, part, &d->input->frame->effects[0], err));
    KEA_TRY(kea_memory_new(&m->numbers, m->nx + m->ny + m->nx * m->ny, sizeof(double), err));
    m->x = m->numbers;
    m->y = m->x + m->nx;
    m->value = m->y + m->ny;
    m->base_x = problem->entries[design->arms[1].entry].value;
    for (size_t i = 0; i < m->nx; i++)
        m->x[i] = m->base_x * design->arms[i + 1].factor;
    for (size_t point = 0; point < n; point++) {
        const kea_point at = kea_design_point(design, point);
        m->y[at.group] = along(axis, at.level);
        for (size_t i = 0; i < m->nx; i++)
            m->value[at.group * m->nx + i] +=
                kea_pairs_net_benefit(&pairs, point, i + 1, 0, problem->settings.reference_wtp) *
                (double)m->ny / (double)n;
    }
done:
    kea_pairs_free(&pairs);
    return status;
}

kea_status kea_drawing_map(const kea_drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->input->problem;
    const kea_frame *frame = d->input->frame;
    const kea_sweep *sweep = &problem->sweeps[part->design->sweep];
    swept_axis axis;
    map_data m = {0};
    char name[TEXT], stem[TEXT], note[TEXT], hours[TEXT];
    KEA_TRY(find_axis(&axis, d, sweep, err));
    KEA_TRY(map_fill(&m, d, part, &axis, err));
    KEA_TRY(write_hours(hours, d, part, err));
    kea_drawing_cohorts(d, part, note);
    (void)snprintf(stem, sizeof stem, "map_%.100s", sweep->decl->name);
    kea_drawing_name(d, stem, part->design->arms[1].care, name);
    const kea_figure_map_data data = {.n_x = m.nx,
                                      .n_y = m.ny,
                                      .x = m.x,
                                      .y = m.y,
                                      .value = m.value,
                                      .currency = frame->currency,
                                      .x_name = hours,
                                      .y_name = axis.name,
                                      .y_is_share = axis.share,
                                      .base_x = m.base_x,
                                      .base_y = axis.base,
                                      .strategy = kea_answers_strategy(d->input, part, 1),
                                      .comparator = kea_drawing_comparator(d),
                                      .wtp = problem->settings.reference_wtp,
                                      .effect_unit = kea_text(frame->effects[0].gain),
                                      .note = note};
    KEA_TRY(kea_figure_map(&data, d->folder, name, err));
done:
    free(m.numbers);
    return status;
}
