/* See sensitivity_run.h. Blocks of points are reduced to the quantities at once, so that memory
 * does not grow with the number of outcomes. */
#include "sim/cli/sensitivity_run.h"

#include "sim/cli/stop.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"
#include "sim/search/threshold.h"

#include <math.h>
#include <stdlib.h>

/* About as many runs as finding a threshold takes, for the progress. */
enum { THRESHOLD_RUNS = 15 };

/* What the engine hands its blocks to. */
typedef struct collector {
    const kea_sensitivity *s;
    const kea_design *design;
    double *value; /* [quantity][arm][point] */
} collector;

static kea_status collect(void *context, size_t first, const kea_sample *block, kea_error *err)
{
    const collector *c = context;
    const kea_design *design = c->design;
    for (size_t q = 0; q < c->s->n_quantities; q++)
        for (size_t arm = 1; arm < design->n_arms; arm++) {
            double *value = c->value + (q * design->n_arms + arm) * design->n_points + first;
            kea_status status = kea_quantity_values(
                &c->s->quantity[q], block, &c->s->answers.frame->effects[0], arm, value, err);
            if (status != KEA_OK)
                return status;
        }
    return KEA_OK;
}

static kea_run_options engine_options(const kea_sensitivity_run *run)
{
    return (kea_run_options){.threads = run->threads,
                             .progress = kea_progress_show,
                             .context = run->progress,
                             .stop = kea_stop_asked()};
}

/* Points times strategies, and a warm-up for every point. */
static double work_of(const kea_question *question)
{
    double each = 0.4 + (double)question->design.n_arms;
    return (double)question->design.n_points * each;
}

static double search_work(const kea_question *question)
{
    if (question->kind != KEA_ASK_THRESHOLD)
        return 0.0;
    return (double)(THRESHOLD_RUNS * question->design.n_repeats * (question->design.n_arms - 1)) *
           2.4;
}

/* ---------------------------------------------------------------- thresholds */

static double mean_of(const double *value, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

/* How often the curve passes the goal, and between which levels it does for the first time. Where
 * the ends lie on different sides the search has the whole range, on which the slope is measured
 * best. A first level that lies exactly on the goal is no crossing: no hours, no difference. */
static size_t bracket(const kea_sensitivity *s, const kea_sensitivity_part *part, size_t arm,
                      double *low, double *high)
{
    const kea_design *design = part->design;
    const kea_range *levels = &design->variation->axes[0].levels;
    const double *value = kea_sensitivity_values(s, part, s->of, arm);
    size_t times = 0, start = 0;
    double before = mean_of(value, design->n_repeats) - s->goal;
    if (before == 0.0 && design->n_groups > 2)
        before = mean_of(value + ++start * design->n_repeats, design->n_repeats) - s->goal;
    const double first = before;
    *low = kea_range_at(levels, start);
    *high = levels->to;
    for (size_t g = start + 1; g < design->n_groups; g++) {
        double here = mean_of(value + g * design->n_repeats, design->n_repeats) - s->goal;
        if ((here > 0.0) != (before > 0.0) && times++ == 0) {
            *low = kea_range_at(levels, g - 1);
            *high = kea_range_at(levels, g);
        }
        before = here;
    }
    if ((before > 0.0) != (first > 0.0)) {
        *low = kea_range_at(levels, start);
        *high = levels->to;
    }
    return times;
}

static kea_status find_turn(const kea_sensitivity *s, const kea_sensitivity_part *part,
                            const kea_sensitivity_run *run, size_t arm, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_design *design = part->design;
    const double *value = kea_sensitivity_values(s, part, s->of, arm);
    kea_threshold_options options = {.strategy = arm,
                                     .quantity = s->quantity[s->of],
                                     .goal = s->goal,
                                     .repeats = run->options->repeats,
                                     .drawn = run->options->drawn};
    const kea_run_options engine = engine_options(run);
    size_t last = (design->n_groups - 1) * design->n_repeats;
    kea_sensitivity_crossing *turn = &part->turn[arm];
    kea_crossing crossing = {0};
    turn->at_low = mean_of(value, design->n_repeats);
    turn->at_high = mean_of(value + last, design->n_repeats);
    turn->level = turn->error = turn->slope = (double)NAN;
    turn->times = bracket(s, part, arm, &options.low, &options.high);
    if (turn->times == 0)
        return KEA_OK;
    KEA_TRY(kea_threshold_find(&crossing, run->model, run->problem, &design->variation->axes[0],
                               &options, &engine, err));
    turn->found = crossing.found;
    turn->level = crossing.x;
    turn->error = crossing.error;
    turn->slope = crossing.slope;
done:
    return status;
}

static kea_status find_turns(const kea_sensitivity *s, kea_sensitivity_part *part,
                             const kea_sensitivity_run *run, const kea_question *question,
                             kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, part->design->n_arms, sizeof *part->turn, err);
    if (status != KEA_OK)
        return status;
    part->turn = block;
    kea_progress_stage(run->progress, "threshold", search_work(question));
    for (size_t arm = 1; arm < part->design->n_arms; arm++) {
        KEA_TRY(find_turn(s, part, run, arm, err));
        kea_progress_show(run->progress, arm, part->design->n_arms - 1);
    }
done:
    return status;
}

/* ---------------------------------------------------------------- all */

static kea_status answer(kea_sensitivity *s, kea_sensitivity_part *part,
                         const kea_sensitivity_run *run, const kea_question *question,
                         kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    const kea_design *design = &question->design;
    const kea_run_options options = engine_options(run);
    KEA_TRY(kea_memory_new(&block, s->n_quantities * design->n_arms * design->n_points,
                           sizeof(double), err));
    *part = (kea_sensitivity_part){question->stem, design, block, NULL};
    collector c = {s, design, block};
    kea_progress_stage(run->progress, kea_question_option(question->kind) + 2, work_of(question));
    KEA_TRY(kea_run_blocks(run->model, run->problem, design, &options, 0, collect, &c, err));
    if (question->kind == KEA_ASK_THRESHOLD)
        KEA_TRY(find_turns(s, part, run, question, err));
done:
    return status;
}

kea_status kea_sensitivity_run_all(kea_sensitivity *s, const kea_sensitivity_run *run,
                                   kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    double total = 0.0;
    KEA_TRY(kea_memory_new(&block, run->n_questions, sizeof *s->parts, err));
    s->parts = block;
    for (size_t i = 0; i < run->n_questions; i++)
        total += work_of(&run->questions[i]) + search_work(&run->questions[i]);
    kea_progress_start(run->progress, total, 0.0, run->quiet);
    for (size_t i = 0; i < run->n_questions; i++) {
        s->n_parts = i + 1;
        KEA_TRY(answer(s, &s->parts[i], run, &run->questions[i], err));
    }
done:
    kea_progress_end(run->progress);
    return status;
}

void kea_sensitivity_run_free(kea_sensitivity *s)
{
    for (size_t i = 0; i < s->n_parts; i++) {
        free(s->parts[i].value);
        free(s->parts[i].turn);
    }
    free(s->parts);
    s->parts = NULL;
    s->n_parts = 0;
}
