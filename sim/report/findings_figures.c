/* Figures of findings: gathers what each shows, draws it, and frees what it gathered. */
#include "sim/report/findings_shared.h"

#include "sim/core/memory.h"
#include "sim/report/figures_choice.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE = 200, NAME = 300, MOST_ARMS = 14, MOST_BARS = 15 };

/* "1,000 parameter draws", and whose costs are counted when not those of the decision. */
static void write_note(const kea_findings *f, char *note)
{
    char number[40];
    kea_text_number(number, sizeof number, (double)f->benefits.n_points, 0, kea_text_language());
    (void)snprintf(note, NOTE, kea_text("%s parameter draws"), number);
    const size_t used = strlen(note);
    if (f->psa->costs[0]) {
        (void)snprintf(note + used, NOTE - used, "; ");
        (void)snprintf(note + used + 2, NOTE - used - 2, kea_text("costs: %s"), f->psa->costs);
    }
}

static const char *effect_unit(const kea_findings *f)
{
    return f->psa->gain[0] ? f->psa->gain : kea_text("unit of effect");
}

static kea_status draw_frontier(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    char note[NOTE];
    const size_t n = f->psa->pairs.n_arms;
    double cost = 0.0, effect = 0.0;
    KEA_TRY(kea_memory_new(&block, n, sizeof(kea_frontier_point), err));
    kea_frontier_point *points = block;
    for (size_t i = 0; i < n; i++)
        if (f->frontier[i].arm == 0) {
            cost = f->frontier[i].cost;
            effect = f->frontier[i].effect;
        }
    for (size_t i = 0; i < n; i++) {
        const kea_frontier_row *row = &f->frontier[i];
        points[i] = (kea_frontier_point){f->psa->arms[row->arm].title, row->cost - cost,
                                         row->effect - effect, row->standing == KEA_ON_FRONTIER,
                                         row->ratio};
    }
    write_note(f, note);
    const kea_figure_frontier_data data = {.n = n,
                                           .points = points,
                                           .reference = f->psa->arms[0].title,
                                           .effect_unit = effect_unit(f),
                                           .currency = f->psa->currency,
                                           .note = note};
    KEA_TRY(kea_figure_frontier(&data, folder, "frontier", err));
done:
    free(block);
    return status;
}

/* Acceptability and expected loss, over the same amounts. */
static kea_status draw_curves(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_decision *c = &f->curves;
    const char *names[MOST_ARMS];
    const size_t n = c->n_arms < MOST_ARMS ? c->n_arms : MOST_ARMS;
    char note[NOTE];
    if (c->n_wtp < 2)
        return KEA_OK;
    for (size_t arm = 0; arm < n; arm++)
        names[arm] = f->psa->arms[arm].title;
    write_note(f, note);
    const kea_figure_acceptability_data probability = {.n_strategies = n,
                                                       .names = names,
                                                       .n_wtp = c->n_wtp,
                                                       .currency = f->psa->currency,
                                                       .wtp = c->wtp,
                                                       .probability = c->probability,
                                                       .best = c->best,
                                                       .effect_unit = effect_unit(f),
                                                       .reference = f->options.wtp,
                                                       .note = note};
    const kea_figure_loss_data loss = {.n_strategies = n,
                                       .names = names,
                                       .n_wtp = c->n_wtp,
                                       .wtp = c->wtp,
                                       .loss = c->loss,
                                       .best = c->best,
                                       .effect_unit = effect_unit(f),
                                       .currency = f->psa->currency,
                                       .note = note,
                                       .reference = f->options.wtp};
    KEA_TRY(kea_figure_acceptability(&probability, folder, "acceptability", err));
    KEA_TRY(kea_figure_loss(&loss, folder, "expected_loss", err));
done:
    return status;
}

static kea_status draw_worth(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_worth_bar bars[MOST_BARS];
    char names[MOST_BARS][NAME], note[NOTE], amount[NAME];
    size_t shown = 0, worth = 0;
    for (size_t i = 0; i < f->n_sets; i++) {
        const kea_evppi *e = &f->evppi[f->order[i]];
        if (!(e->value > 0.0))
            continue;
        worth++;
        if (shown == MOST_BARS)
            continue;
        kea_findings_set(f, f->order[i], true, names[shown], NAME);
        bars[shown] =
            (kea_worth_bar){names[shown], e->value, e->error, e->lack_of_fit < KEA_FINDINGS_MISFIT};
        shown++;
    }
    write_note(f, note);
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    const kea_figure_worth_data data = {.n = shown,
                                        .n_more = worth - shown,
                                        .bars = bars,
                                        .everything = f->evpi.value,
                                        .amount = amount,
                                        .currency = f->psa->currency,
                                        .note = note};
    return kea_figure_worth(&data, folder, "evppi", err);
}

static kea_status draw_running(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t mark[KEA_FINDINGS_MARKS];
    double draws[KEA_FINDINGS_MARKS], mean[KEA_FINDINGS_MARKS], error[KEA_FINDINGS_MARKS],
        low[KEA_FINDINGS_MARKS], high[KEA_FINDINGS_MARKS];
    char amount[NAME];
    KEA_TRY(kea_memory_new(&block, f->benefits.n_points, sizeof(double), err));
    kea_findings_ahead(f, block);
    const size_t n = kea_findings_marks(f, mark);
    kea_precision_running(f->benefits.n_points, block, n, mark, mean, error);
    for (size_t i = 0; i < n; i++) {
        draws[i] = (double)mark[i];
        low[i] = mean[i] - 1.96 * error[i];
        high[i] = mean[i] + 1.96 * error[i];
    }
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    const kea_figure_running_data data = {.n = n,
                                          .draws = draws,
                                          .mean = mean,
                                          .low = low,
                                          .high = high,
                                          .best = f->psa->arms[f->ranks[0].arm].title,
                                          .second = f->psa->arms[f->ranks[1].arm].title,
                                          .amount = amount,
                                          .currency = f->psa->currency,
                                          .note = kea_text("above 0 with all of the band: the "
                                                           "choice is more than noise")};
    KEA_TRY(kea_figure_running(&data, folder, "running_mean", err));
done:
    free(block);
    return status;
}

/* A point of the regression line, to be sorted by x. */
typedef struct fitted {
    double x, y;
} fitted;

static int by_x(const void *one, const void *other)
{
    const fitted *a = one, *b = other;
    return (a->x > b->x) - (a->x < b->x);
}

/* The single parameter that is worth most; n_params when none is worth anything. */
static size_t top_parameter(const kea_findings *f)
{
    for (size_t i = 0; i < f->n_sets; i++)
        if (f->sets[f->order[i]].n == 1 && f->evppi[f->order[i]].value > 0.0)
            return f->sets[f->order[i]].params[0];
    return f->psa->n_params;
}

/* The columns x, y, line x, line y of n points each, from the regression on one parameter. */
static kea_status fit_line(const kea_findings *f, size_t param, double *columns, kea_error *err)
{
    kea_status status = KEA_OK;
    const size_t n = f->benefits.n_points, best = f->ranks[0].arm, second = f->ranks[1].arm;
    const kea_parameters parameters = kea_psa_parameters(f->psa);
    const kea_set set = {1, &param};
    const char *name = NULL;
    kea_inputs inputs = {0};
    kea_smoother smoother = {0};
    void *block = NULL;
    double *x = columns, *y = x + n, *line_x = y + n, *line_y = line_x + n;
    KEA_TRY(kea_memory_new(&block, n, sizeof(fitted), err));
    fitted *line = block;
    KEA_TRY(kea_evppi_inputs(&inputs, &parameters, &set, x, &name, err));
    KEA_TRY(kea_smoother_init(&smoother, &f->benefits, &inputs, KEA_SMOOTHER_CHOICE, err));
    kea_findings_ahead(f, y);
    for (size_t i = 0; i < n; i++) {
        const double *of = smoother.fitted + i * smoother.n_arms;
        line[i] = (fitted){x[i], of[best] - of[second]};
    }
    qsort(line, n, sizeof *line, by_x);
    for (size_t i = 0; i < n; i++) {
        line_x[i] = line[i].x;
        line_y[i] = line[i].y;
    }
done:
    kea_smoother_free(&smoother);
    free(block);
    return status;
}

static kea_status draw_scatter(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const size_t n = f->benefits.n_points, param = top_parameter(f);
    char note[NOTE], amount[NAME];
    if (param == f->psa->n_params)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, 4 * n, sizeof(double), err));
    double *columns = block;
    KEA_TRY(fit_line(f, param, columns, err));
    write_note(f, note);
    kea_findings_amount(f, f->options.wtp, amount, sizeof amount);
    const kea_figure_scatter_data data = {.n = n,
                                          .x = columns,
                                          .y = columns + n,
                                          .n_line = n,
                                          .line_x = columns + 2 * n,
                                          .line_y = columns + 3 * n,
                                          .parameter = f->psa->titles[param],
                                          .best = f->psa->arms[f->ranks[0].arm].title,
                                          .second = f->psa->arms[f->ranks[1].arm].title,
                                          .amount = amount,
                                          .currency = f->psa->currency,
                                          .note = note};
    KEA_TRY(kea_figure_scatter(&data, folder, "scatter", err));
done:
    free(block);
    return status;
}

/* The part of a curve that a size is, with its 95% error. */
static void put_size(const kea_findings *f, const kea_evsi_point *p, size_t at, double *rows[7])
{
    const bool priced = f->options.study->priced;
    const double second = priced ? p->enbs : p->value / f->study_evppi;
    const double error = priced ? p->enbs_error : p->error / f->study_evppi;
    const double filled[7] = {(double)p->size,
                              p->value,
                              fmax(p->value - 1.96 * p->error, 0.0),
                              p->value + 1.96 * p->error,
                              second,
                              priced ? second - 1.96 * error : fmax(second - 1.96 * error, 0.0),
                              second + 1.96 * error};
    for (size_t k = 0; k < 7; k++)
        rows[k][at] = filled[k];
}

static kea_status draw_study(const kea_findings *f, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    double *rows[7];
    char note[NOTE], subject[NAME] = "";
    const kea_findings_study *study = f->options.study;
    const size_t most = f->n_study + 1;
    size_t n = 0, used = 0;
    bool placed = !study->search;
    KEA_TRY(kea_memory_new(&block, 7 * most, sizeof(double), err));
    for (size_t k = 0; k < 7; k++)
        rows[k] = (double *)block + k * most;
    for (size_t i = 0; i < f->n_study; i++) {
        if (!placed && f->best.size <= f->study[i].size) {
            placed = true;
            if (f->best.size < f->study[i].size)
                put_size(f, &f->best, n++, rows);
        }
        put_size(f, &f->study[i], n++, rows);
    }
    for (size_t k = 0; k < study->study.informs.n && used < sizeof subject; k++)
        used += (size_t)snprintf(subject + used, sizeof subject - used, "%s%s", k ? ", " : "",
                                 f->psa->titles[study->study.informs.params[k]]);
    write_note(f, note);
    const kea_figure_study_data data = {
        .n = n,
        .size = rows[0],
        .value = {rows[1], rows[2], rows[3]},
        .second = {rows[4], rows[5], rows[6]},
        .priced = study->priced,
        .exact = f->study_evppi,
        .best_size = study->search && f->best.enbs > 0.0 ? (double)f->best.size : (double)NAN,
        .subject = subject,
        .currency = f->psa->currency,
        .note = note};
    KEA_TRY(kea_figure_study(&data, folder, "study", err));
done:
    free(block);
    return status;
}

kea_status kea_findings_draw(const kea_findings *findings, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_findings *f = findings;
    KEA_TRY(draw_frontier(f, folder, err));
    KEA_TRY(draw_curves(f, folder, err));
    KEA_TRY(draw_running(f, folder, err));
    if (f->n_sets > 0) {
        KEA_TRY(draw_worth(f, folder, err));
        KEA_TRY(draw_scatter(f, folder, err));
    }
    if (f->n_study > 0 && f->study_evppi > 0.0)
        KEA_TRY(draw_study(f, folder, err));
done:
    return status;
}
