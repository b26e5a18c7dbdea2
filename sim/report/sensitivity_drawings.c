/* From the numbers of a sensitivity analysis to its figures. Every function here gathers what one
 * figure shows, draws it, and frees what it gathered. */
#include "sim/report/sensitivity.h"

#include "sim/core/memory.h"
#include "sim/inputs/what_if.h"
#include "sim/report/answers_shared.h"
#include "sim/report/figures_sensitivity.h"
#include "sim/report/sensitivity_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, LONG = 2 * TEXT, MOST_LINES = 7, NAME = 320 };

static const double LEAST_SHOWN = 0.001; /* of the variance */

typedef struct drawing {
    const kea_sensitivity *s;
    const kea_sensitivity_part *part;
    const char *folder;
} drawing;

/* ---------------------------------------------------------------- words */

static const char *name_of(const drawing *d, size_t arm)
{
    return kea_answers_name(d->s->answers.problem, arm);
}

/* A figure's name: the part's, with the strategy's id when there are several. */
static void write_name(const drawing *d, size_t arm, char *name)
{
    const kea_problem *problem = d->s->answers.problem;
    if (problem->n_strategies > 2)
        (void)snprintf(name, NAME, "%s_%s", d->part->stem,
                       problem->care[d->part->design->arms[arm].care].id);
    else
        (void)snprintf(name, NAME, "%s", d->part->stem);
}

static kea_figure_unit unit_of(const drawing *d, size_t quantity)
{
    return kea_sensitivity_words(d->s, quantity).money ? KEA_FIGURE_MONEY : KEA_FIGURE_PLAIN;
}

/* "parameters at base values; mean of 20 simulated schools" or "1,000 parameter draws; shaded: 95%
 * interval". */
static void write_note(const drawing *d, char *note, size_t size)
{
    char number[32];
    kea_text_number(number, sizeof number, (double)d->part->design->n_repeats, 0,
                    kea_text_language());
    if (d->part->design->variation->drawn)
        (void)snprintf(note, size, kea_text("%s parameter draws; shaded: 95%% interval"), number);
    else
        (void)snprintf(note, size, kea_text("parameters at base values; mean of %s simulated %s"),
                       number, kea_text(d->s->answers.frame->population.wholes));
}

/* The quantity as the title of an axis: "net benefit at EUR 40,000 per early leaver prevented". */
static void write_quantity(const drawing *d, size_t quantity, char *text, size_t size)
{
    char amount[64];
    const kea_frame *frame = d->s->answers.frame;
    const kea_quantity *q = &d->s->quantity[quantity];
    if (q->kind != KEA_QUANTITY_NET_BENEFIT) {
        (void)snprintf(text, size, "%s", kea_sensitivity_words(d->s, quantity).title);
        return;
    }
    kea_text_number(amount, sizeof amount, q->wtp, 0, kea_text_language());
    (void)snprintf(text, size, kea_text("net benefit at %s %s per %s"), frame->currency, amount,
                   kea_text(frame->effects[0].gain));
}

/* ---------------------------------------------------------------- one number */

/* Means and bands of every strategy at every level: 3 rows per strategy. */
static void fill_curves(const drawing *d, size_t n_lines, double *x, double *band, double *scratch)
{
    const kea_range *levels = &d->part->design->variation->axes[0].levels;
    size_t n = levels->n;
    for (size_t i = 0; i < n; i++) {
        x[i] = kea_sensitivity_along(d->s, d->part, 0, kea_range_at(levels, i));
        for (size_t k = 0; k < n_lines; k++) {
            kea_estimate e = kea_sensitivity_estimate(d->s, d->part, d->s->of, k + 1, i, scratch);
            band[(3 * k) * n + i] = e.mean;
            band[(3 * k + 1) * n + i] = e.low;
            band[(3 * k + 2) * n + i] = e.high;
        }
    }
}

static void set_lines(const drawing *d, size_t n_lines, const double *band,
                      kea_figure_curve_line *lines)
{
    const kea_design *design = d->part->design;
    size_t n = design->variation->axes[0].levels.n;
    for (size_t k = 0; k < n_lines; k++) {
        const double *mean = band + 3 * k * n;
        const kea_sensitivity_crossing *turn = d->part->turn ? &d->part->turn[k + 1] : NULL;
        bool banded = design->variation->drawn;
        lines[k] = (kea_figure_curve_line){
            name_of(d, k + 1),
            {mean, banded ? mean + n : NULL, banded ? mean + 2 * n : NULL},
            turn && turn->found ? kea_sensitivity_along(d->s, d->part, 0, turn->level)
                                : (double)NAN};
    }
}

static double base_of(const drawing *d)
{
    const kea_varied *varied = &d->part->design->variation->axes[0];
    if (kea_sensitivity_axis(d->s, d->part, 0).has_value)
        return d->s->answers.problem->entries[varied->entries[0]].value;
    return varied->how == KEA_VARIED_FACTOR ? 1.0 : (double)NAN;
}

static kea_figure_unit axis_unit(const drawing *d, size_t axis)
{
    const kea_varied_words w = kea_sensitivity_axis(d->s, d->part, axis);
    return w.share                                                  ? KEA_FIGURE_PERCENT
           : w.has_value && w.unit == d->s->answers.frame->currency ? KEA_FIGURE_MONEY
                                                                    : KEA_FIGURE_PLAIN;
}

static kea_status draw_curve(const drawing *d, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_design *design = d->part->design;
    size_t n = design->variation->axes[0].levels.n;
    size_t n_lines = design->n_arms - 1 < MOST_LINES ? design->n_arms - 1 : MOST_LINES;
    kea_figure_curve_line lines[MOST_LINES];
    void *numbers = NULL;
    char title[LONG], x_name[TEXT], y_name[TEXT], note[TEXT];
    KEA_TRY(kea_memory_new(&numbers, n + 3 * n * n_lines + design->n_repeats, sizeof(double), err));
    double *x = numbers, *band = x + n, *scratch = band + 3 * n * n_lines;
    fill_curves(d, n_lines, x, band, scratch);
    set_lines(d, n_lines, band, lines);
    const kea_figure_unit x_unit = axis_unit(d, 0);
    const kea_varied_words w = kea_sensitivity_axis(d->s, d->part, 0);
    if (x_unit == KEA_FIGURE_MONEY)
        (void)snprintf(x_name, sizeof x_name, "%s", w.name);
    else
        kea_sensitivity_axis_title(d->s, d->part, 0, x_name, sizeof x_name);
    (void)snprintf(title, sizeof title,
                   d->part->turn ? kea_text("Where the answer turns: %s")
                                 : kea_text("What other values bring: %s"),
                   w.name);
    write_quantity(d, d->s->of, y_name, sizeof y_name);
    write_note(d, note, sizeof note);
    bool benefit = d->s->of == KEA_SENSITIVITY_BENEFIT;
    const kea_figure_curve_data data = {.title = title,
                                        .n = n,
                                        .x = x,
                                        .x_name = x_name,
                                        .x_unit = x_unit,
                                        .y_name = y_name,
                                        .y_unit = unit_of(d, d->s->of),
                                        .currency = d->s->answers.frame->currency,
                                        .n_lines = n_lines,
                                        .lines = lines,
                                        .goal = d->part->turn ? d->s->goal
                                                : benefit     ? 0.0
                                                              : (double)NAN,
                                        .base = base_of(d),
                                        .note = note};
    KEA_TRY(kea_figure_curve(&data, d->folder, d->part->stem, err));
done:
    free(numbers);
    return status;
}

/* ---------------------------------------------------------------- two numbers */

static kea_status draw_map(const drawing *d, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_design *design = d->part->design;
    const kea_varied *axes = design->variation->axes;
    const kea_problem *problem = d->s->answers.problem;
    size_t nx = axes[0].levels.n, ny = axes[1].levels.n;
    void *numbers = NULL;
    char x_name[TEXT], y_name[TEXT], note[TEXT], name[NAME];
    KEA_TRY(kea_memory_new(&numbers, nx + ny + nx * ny + design->n_repeats, sizeof(double), err));
    double *x = numbers, *y = x + nx, *value = y + ny, *scratch = value + nx * ny;
    for (size_t i = 0; i < nx; i++)
        x[i] = kea_sensitivity_along(d->s, d->part, 0, kea_range_at(&axes[0].levels, i));
    for (size_t j = 0; j < ny; j++)
        y[j] = kea_sensitivity_along(d->s, d->part, 1, kea_range_at(&axes[1].levels, j));
    for (size_t cell = 0; cell < nx * ny; cell++)
        value[cell % ny * nx + cell / ny] =
            kea_sensitivity_estimate(d->s, d->part, KEA_SENSITIVITY_BENEFIT, arm, cell, scratch)
                .mean;
    kea_sensitivity_axis_title(d->s, d->part, 0, x_name, sizeof x_name);
    kea_sensitivity_axis_title(d->s, d->part, 1, y_name, sizeof y_name);
    const kea_varied_words wx = kea_sensitivity_axis(d->s, d->part, 0),
                           wy = kea_sensitivity_axis(d->s, d->part, 1);
    write_note(d, note, sizeof note);
    write_name(d, arm, name);
    const kea_figure_map_data data = {
        .n_x = nx,
        .n_y = ny,
        .x = x,
        .y = y,
        .value = value,
        .currency = d->s->answers.frame->currency,
        .x_name = x_name,
        .y_name = y_name,
        .x_is_share = wx.share,
        .y_is_share = wy.share,
        .base_x = wx.has_value ? problem->entries[axes[0].entries[0]].value : 1.0,
        .base_y = wy.has_value ? problem->entries[axes[1].entries[0]].value : 1.0,
        .strategy = name_of(d, arm),
        .comparator = name_of(d, 0),
        .wtp = d->s->quantity[KEA_SENSITIVITY_BENEFIT].wtp,
        .effect_unit = kea_text(d->s->answers.frame->effects[0].gain),
        .note = note};
    KEA_TRY(kea_figure_map(&data, d->folder, name, err));
done:
    free(numbers);
    return status;
}

/* ---------------------------------------------------------------- what-ifs */

/* Over draws the interval of the answer, else the Monte Carlo error of the mean. */
static kea_figure_interval interval_of(const drawing *d, size_t arm, size_t group, double *scratch)
{
    kea_estimate e = kea_sensitivity_estimate(d->s, d->part, d->s->of, arm, group, scratch);
    if (d->part->design->variation->drawn)
        return (kea_figure_interval){e.mean, e.low, e.high};
    return (kea_figure_interval){e.mean, e.mean - 1.96 * e.error, e.mean + 1.96 * e.error};
}

static kea_status draw_what_if(const drawing *d, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = d->s->answers.problem;
    const kea_design *design = d->part->design;
    size_t n = design->n_groups;
    size_t series = design->n_arms - 1 < KEA_FIGURE_SERIES ? design->n_arms - 1 : KEA_FIGURE_SERIES;
    const char *strategies[KEA_FIGURE_SERIES];
    void *names = NULL, *values = NULL, *scratch = NULL;
    char quantity[TEXT], subtitle[LONG], note[TEXT], size[32];
    KEA_TRY(kea_memory_new(&names, n, sizeof(const char *), err));
    KEA_TRY(kea_memory_new(&values, n * series, sizeof(kea_figure_interval), err));
    KEA_TRY(kea_memory_new(&scratch, design->n_repeats, sizeof(double), err));
    for (size_t g = 0; g < n; g++) {
        ((const char **)names)[g] =
            kea_text(g > 0 ? problem->what_ifs[g - 1].name : KEA_MARK("base"));
        for (size_t k = 0; k < series; k++)
            ((kea_figure_interval *)values)[g * series + k] = interval_of(d, k + 1, g, scratch);
    }
    for (size_t k = 0; k < series; k++)
        strategies[k] = name_of(d, k + 1);
    write_quantity(d, d->s->of, quantity, sizeof quantity);
    if (series == 1)
        (void)snprintf(subtitle, sizeof subtitle, kea_text("%s compared with %s"), strategies[0],
                       name_of(d, 0));
    else
        (void)snprintf(subtitle, sizeof subtitle, kea_text("compared with %s"), name_of(d, 0));
    kea_text_number(size, sizeof size, (double)design->n_repeats, 0, kea_text_language());
    if (design->variation->drawn)
        (void)snprintf(note, sizeof note, kea_text("%s parameter draws; lines: 95%% interval"),
                       size);
    else
        (void)snprintf(note, sizeof note,
                       kea_text("mean of %s simulated %s; lines: 95%% error of the simulation"),
                       size, kea_text(d->s->answers.frame->population.wholes));
    const kea_figure_intervals_data data = {.title =
                                                kea_text("What if the evidence is read otherwise?"),
                                            .subtitle = subtitle,
                                            .n_rows = n,
                                            .rows = names,
                                            .n_series = series,
                                            .series = strategies,
                                            .value = values,
                                            .x_name = quantity,
                                            .x_unit = unit_of(d, d->s->of),
                                            .currency = d->s->answers.frame->currency,
                                            .note = note};
    KEA_TRY(kea_figure_intervals(&data, d->folder, d->part->stem, err));
done:
    free(scratch);
    free(values);
    free(names);
    return status;
}

/* ---------------------------------------------------------------- global */

/* What both global figures gather; names stand behind one another in words[n][LONG]. */
typedef struct global {
    size_t n;
    double *key;
    size_t *order;
    char *words;
    const char **names;
} global;

static void global_free(global *g)
{
    free(g->key);
    free(g->order);
    free(g->words);
    free((void *)g->names);
}

static kea_status global_init(global *g, const drawing *d, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    g->n = d->part->design->variation->factors->n;
    KEA_TRY(kea_memory_new(&block, g->n, sizeof *g->key, err));
    g->key = block;
    KEA_TRY(kea_memory_new(&block, g->n, sizeof *g->order, err));
    g->order = block;
    KEA_TRY(kea_memory_new(&block, g->n, LONG, err));
    g->words = block;
    KEA_TRY(kea_memory_new(&block, g->n, sizeof *g->names, err));
    g->names = block;
done:
    return status;
}

/* Largest first; names in that order. */
static void global_sort(global *g, const drawing *d)
{
    kea_sensitivity_order(g->n, g->key, g->order);
    for (size_t k = 0; k < g->n; k++) {
        g->names[k] = g->words + k * LONG;
        kea_sensitivity_factor(d->s, d->part->design->variation->factors, g->order[k],
                               g->words + k * LONG, LONG);
    }
}

static kea_status draw_sobol(const drawing *d, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    global g = {0};
    void *index = NULL, *values = NULL;
    double variance = 0.0;
    char title[LONG], subtitle[LONG], note[TEXT], name[NAME];
    const char *series[] = {kea_text("total: with all it works through"),
                            kea_text("first: by itself")};
    KEA_TRY(global_init(&g, d, err));
    KEA_TRY(kea_memory_new(&index, g.n, sizeof(kea_sobol_index), err));
    KEA_TRY(kea_memory_new(&values, 2 * g.n, sizeof(kea_figure_interval), err));
    KEA_TRY(kea_sensitivity_sobol(d->s, d->part, arm, index, &variance, err));
    for (size_t i = 0; i < g.n; i++)
        g.key[i] = ((kea_sobol_index *)index)[i].total;
    global_sort(&g, d);
    size_t shown = 0;
    for (size_t k = 0; k < g.n; k++) {
        const kea_sobol_index *x = (const kea_sobol_index *)index + g.order[k];
        kea_figure_interval *v = (kea_figure_interval *)values + 2 * k;
        v[0] = (kea_figure_interval){x->total, x->total_low, x->total_high};
        v[1] = (kea_figure_interval){x->first, x->first_low, x->first_high};
        shown += x->total >= LEAST_SHOWN;
    }
    (void)snprintf(title, sizeof title,
                   kea_text("Which numbers the uncertainty of the %s is due to"),
                   kea_sensitivity_words(d->s, d->s->of).title);
    (void)snprintf(subtitle, sizeof subtitle, kea_text("%s compared with %s"), name_of(d, arm),
                   name_of(d, 0));
    (void)snprintf(note, sizeof note,
                   kea_text("%zu rows of %zu points; lines: 95%% interval by "
                            "bootstrap; parts below 0.1%% are left out"),
                   d->part->design->n_repeats, g.n + 2);
    write_name(d, arm, name);
    const kea_figure_intervals_data data = {.title = title,
                                            .subtitle = subtitle,
                                            .n_rows = shown,
                                            .rows = g.names,
                                            .n_series = 2,
                                            .series = series,
                                            .value = values,
                                            .x_name = kea_text("Part of the variance"),
                                            .x_unit = KEA_FIGURE_PERCENT,
                                            .currency = d->s->answers.frame->currency,
                                            .bars = true,
                                            .note = note};
    KEA_TRY(kea_figure_intervals(&data, d->folder, name, err));
done:
    free(values);
    free(index);
    global_free(&g);
    return status;
}

static kea_status draw_morris(const drawing *d, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    global g = {0};
    void *effects = NULL, *shown = NULL;
    const kea_quantity_words of = kea_sensitivity_words(d->s, d->s->of);
    char title[LONG], note[TEXT], name[NAME];
    KEA_TRY(global_init(&g, d, err));
    KEA_TRY(kea_memory_new(&effects, g.n, sizeof(kea_morris_effect), err));
    KEA_TRY(kea_memory_new(&shown, g.n, sizeof(kea_figure_effect), err));
    KEA_TRY(kea_sensitivity_morris(d->s, d->part, arm, effects, err));
    for (size_t i = 0; i < g.n; i++)
        g.key[i] = ((kea_morris_effect *)effects)[i].mu_star;
    global_sort(&g, d);
    for (size_t k = 0; k < g.n; k++) {
        const kea_morris_effect *e = (const kea_morris_effect *)effects + g.order[k];
        ((kea_figure_effect *)shown)[k] = (kea_figure_effect){g.names[k], e->mu_star, e->sigma};
    }
    (void)snprintf(title, sizeof title, kea_text("Which numbers move the result of %s: %s"),
                   name_of(d, arm), of.title);
    (void)snprintf(note, sizeof note,
                   kea_text("change when a number goes through its whole distribution; %zu "
                            "trajectories; ring: a group"),
                   d->part->design->variation->n_trajectories);
    write_name(d, arm, name);
    const kea_figure_screening_data data = {.title = title,
                                            .n = g.n,
                                            .effects = shown,
                                            .quantity = of.title,
                                            .unit = unit_of(d, d->s->of),
                                            .currency = d->s->answers.frame->currency,
                                            .note = note};
    KEA_TRY(kea_figure_screening(&data, d->folder, name, err));
done:
    free(shown);
    free(effects);
    global_free(&g);
    return status;
}

/* ---------------------------------------------------------------- all */

static kea_status draw_strategies(const drawing *d,
                                  kea_status (*one)(const drawing *, size_t, kea_error *),
                                  kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t arm = 1; arm < d->part->design->n_arms && status == KEA_OK; arm++)
        status = one(d, arm, err);
    return status;
}

static kea_status draw_part(const drawing *d, kea_error *err)
{
    const kea_variation *variation = d->part->design->variation;
    switch (variation->kind) {
    case KEA_VARIATION_WHAT_IF:
        return draw_what_if(d, err);
    case KEA_VARIATION_SOBOL:
        return draw_strategies(d, draw_sobol, err);
    case KEA_VARIATION_MORRIS:
        return draw_strategies(d, draw_morris, err);
    default:
        return variation->n_axes == 1   ? draw_curve(d, err)
               : variation->n_axes == 2 ? draw_strategies(d, draw_map, err)
                                        : KEA_OK;
    }
}

kea_status kea_sensitivity_draw(const kea_sensitivity *s, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t i = 0; i < s->n_parts && status == KEA_OK; i++) {
        const drawing d = {s, &s->parts[i], folder};
        status = draw_part(&d, err);
    }
    return status;
}
