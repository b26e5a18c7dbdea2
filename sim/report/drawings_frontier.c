/* The figure of the strategies that are worth considering, of a run with several of them. */
#include "sim/report/drawings_shared.h"

#include "sim/analysis/frontier.h"
#include "sim/core/memory.h"
#include "sim/report/figures_choice.h"

#include <stdio.h>
#include <stdlib.h>

/* Costs and effects more than those of the comparator, by row of the frontier. */
static void gather(kea_frontier_point *points, const kea_drawing *d, const kea_answer_part *part,
                   const kea_frontier_row *rows)
{
    const size_t n = part->sample->n_arms;
    double cost = 0.0, effect = 0.0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].arm == 0) {
            cost = rows[i].cost;
            effect = rows[i].effect;
        }
    for (size_t i = 0; i < n; i++)
        points[i] = (kea_frontier_point){
            .name = kea_answers_strategy(d->input, part, rows[i].arm),
            .cost = rows[i].cost - cost,
            .effect = rows[i].effect - effect,
            .on_frontier = rows[i].standing == KEA_ON_FRONTIER,
            .ratio = rows[i].ratio,
        };
}

kea_status kea_drawing_frontier(const kea_drawing *d, const kea_answer_part *part, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_pairs pairs = {0};
    void *rows = NULL, *points = NULL;
    char note[KEA_DRAWING_TEXT], draws[32];
    const kea_frame *frame = d->input->frame;
    const size_t n = part->sample->n_arms;
    size_t n_frontier = 0;
    KEA_TRY(kea_answers_pairs(&pairs, part, &frame->effects[0], err));
    KEA_TRY(kea_memory_new(&rows, n, sizeof(kea_frontier_row), err));
    KEA_TRY(kea_memory_new(&points, n, sizeof(kea_frontier_point), err));
    KEA_TRY(kea_frontier_of(rows, &n_frontier, &pairs, err));
    gather(points, d, part, rows);
    kea_text_number(draws, sizeof draws, (double)part->sample->n_points, 0, d->language);
    (void)snprintf(note, sizeof note, kea_text("%s parameter draws; %s, all years, discounted"),
                   draws, kea_text(frame->population.whole));
    const kea_figure_frontier_data data = {.n = n,
                                           .points = points,
                                           .reference = kea_drawing_comparator(d),
                                           .effect_unit = kea_text(frame->effects[0].gain),
                                           .currency = frame->currency,
                                           .note = note};
    KEA_TRY(kea_figure_frontier(&data, d->folder, "frontier", err));
done:
    free(points);
    free(rows);
    kea_pairs_free(&pairs);
    return status;
}
