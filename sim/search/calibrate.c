/* Binds scenarios, figures and the engine into a system that kea_search_fit searches on. */
#include "sim/search/calibrate.h"

#include "sim/analysis/target_value.h"
#include "sim/core/memory.h"
#include "sim/engine/run.h"
#include "sim/inputs/design.h"
#include "sim/search/open.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Relative, in the open numbers: below what the cohorts can tell. */
static const double TOLERANCE = 0.001;

typedef struct calibrator {
    kea_calibration *found;
    const kea_targets *targets;
    const kea_problem *problems;
    const kea_model *const *models;
    const kea_calibrate_options *options;
    kea_design *design; /* [n_scenarios] base cases, whose values change as steps go on */
    double *scratch;    /* [replicates] */
    const kea_target_fit *step;
} calibrator;

/* ---------------------------------------------------------------- values */

/* Multiplies what is open, and all that is in step with it, so that its first number becomes x. */
static kea_status set_open(calibrator *c, const kea_target_open *open, double x, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t s = 0; s < c->targets->n_scenarios; s++) {
        const kea_problem *problem = &c->problems[s];
        size_t n = 0, entry[KEA_MAX_OPEN];
        KEA_TRY(kea_open_entries(problem, open, entry, &n, err));
        for (size_t i = 0; i < n; i++) {
            const kea_entry *one = &problem->entries[entry[i]];
            double factor = x / problem->entries[entry[0]].value;
            c->design[s].values[entry[i]] = kea_design_scaled(one, one->value, factor);
        }
    }
done:
    return status;
}

static kea_status set_step(calibrator *c, const double *x, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t k = 0; k < c->step->n_open; k++)
        KEA_TRY(set_open(c, &c->step->open[k], x[k], err));
done:
    return status;
}

/* ---------------------------------------------------------------- runs */

static kea_status run_scenario(calibrator *c, size_t s, kea_sample *sample, kea_error *err)
{
    const kea_run_options options = {.threads = c->options->threads, .stop = c->options->stop};
    return kea_run(c->models[s], &c->problems[s], &c->design[s], &options, sample, err);
}

/* Arms of scenario s that the step needs: those up to the last strategy of a figure; 0 when the
 * step has no figure there. */
static size_t arms_needed(const calibrator *c, size_t s)
{
    size_t n = 0;
    for (size_t i = 0; i < c->step->n_targets; i++) {
        const kea_target *target = &c->targets->target[c->step->target[i]];
        size_t arm = 0;
        if (target->scenario == s && kea_target_value_arm(&c->problems[s], target, &arm))
            n = arm + 1 > n ? arm + 1 : n;
    }
    return n;
}

/* The step's figures of scenario s, at every cohort. */
static kea_status run_figures(calibrator *c, size_t s, double *output, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_sample sample = {0};
    size_t n_arms = c->design[s].n_arms, arm = 0;
    c->design[s].n_arms = arms_needed(c, s);
    if (c->design[s].n_arms > 0)
        KEA_TRY(run_scenario(c, s, &sample, err));
    for (size_t i = 0; i < c->step->n_targets; i++) {
        const kea_target *target = &c->targets->target[c->step->target[i]];
        if (target->scenario == s && kea_target_value_arm(&c->problems[s], target, &arm))
            kea_target_values(&sample, arm, &target->measure, output + i * c->options->replicates);
    }
done:
    c->design[s].n_arms = n_arms;
    kea_sample_free(&sample);
    return status;
}

/* The system of a step. */
static kea_status run_step(void *context, const double *input, double *output, kea_error *err)
{
    calibrator *c = context;
    kea_status status = KEA_OK;
    KEA_TRY(set_step(c, input, err));
    for (size_t s = 0; s < c->targets->n_scenarios; s++)
        KEA_TRY(run_figures(c, s, output, err));
done:
    return status;
}

/* Every figure of the file, with the values as they are now. */
static kea_status run_all(calibrator *c, kea_estimate *estimate, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_sample sample = {0};
    for (size_t s = 0; s < c->targets->n_scenarios; s++) {
        kea_sample_free(&sample);
        KEA_TRY(run_scenario(c, s, &sample, err));
        for (size_t i = 0; i < c->targets->n; i++) {
            const kea_target *target = &c->targets->target[i];
            size_t arm = 0;
            if (target->scenario != s || !kea_target_value_arm(&c->problems[s], target, &arm))
                continue;
            kea_target_values(&sample, arm, &target->measure, c->scratch);
            estimate[i] = kea_estimate_of(c->scratch, sample.n_points);
        }
    }
done:
    kea_sample_free(&sample);
    return status;
}

/* ---------------------------------------------------------------- steps */

static kea_status check_moves(const calibrator *c, const kea_fit *fit, kea_error *err)
{
    for (size_t k = 0; k < fit->n_inputs; k++)
        if (!fit->input[k].moves)
            return kea_error_at(err, KEA_ERR_INPUT, c->step->open[k].file, c->step->open[k].line,
                                "calibration.%s: no figure of the step depends on %s; does the "
                                "care model give its own?",
                                c->step->id, c->step->open[k].parameters.name[0]);
    return KEA_OK;
}

static kea_status set_inputs(const calibrator *c, kea_fit_input *inputs, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t k = 0; k < c->step->n_open; k++) {
        const kea_target_open *open = &c->step->open[k];
        const kea_problem *home = kea_open_home(c->targets, c->problems, open);
        size_t n = 0, entry[KEA_MAX_OPEN];
        KEA_TRY(kea_open_entries(home, open, entry, &n, err));
        inputs[k] = (kea_fit_input){home->entries[entry[0]].value, open->low, open->high};
    }
done:
    return status;
}

static kea_status set_goals(const calibrator *c, kea_fit_goal *goals, kea_error *err)
{
    for (size_t i = 0; i < c->step->n_targets; i++) {
        size_t at = c->step->target[i];
        const kea_target *target = &c->targets->target[at];
        if (!isfinite(c->found->before[at].mean))
            return kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                                "targets.%s: has no simulated value to fit: it is divided by 0",
                                target->id);
        goals[i] = (kea_fit_goal){target->value, (target->high - target->low) / 2.0};
        if (!(goals[i].scale > 0.0))
            return kea_error_at(err, KEA_ERR_INPUT, target->file, target->line,
                                "targets.%s: 'low' and 'high' are equal; a figure to fit on needs "
                                "a range",
                                target->id);
    }
    return KEA_OK;
}

/* The last run of a fit is at what it found, so the designs hold that for the next step. */
static kea_status take_step(calibrator *c, size_t at, kea_error *err)
{
    kea_status status = KEA_OK;
    void *inputs = NULL, *goals = NULL;
    kea_fit *fit = &c->found->fit[at];
    const kea_fit_options options = {c->options->most_runs, TOLERANCE};
    c->step = &c->targets->fit[at];
    const kea_system system = {c->step->n_open, c->step->n_targets, c->options->replicates,
                               run_step, c};
    KEA_TRY(kea_memory_new(&inputs, c->step->n_open, sizeof(kea_fit_input), err));
    KEA_TRY(kea_memory_new(&goals, c->step->n_targets, sizeof(kea_fit_goal), err));
    KEA_TRY(set_inputs(c, inputs, err));
    KEA_TRY(set_goals(c, goals, err));
    KEA_TRY(kea_search_fit(&system, inputs, goals, &options, fit, err));
    KEA_TRY(check_moves(c, fit, err));
done:
    free(goals);
    free(inputs);
    return status;
}

/* ---------------------------------------------------------------- the whole */

void kea_calibration_free(kea_calibration *calibration)
{
    for (size_t i = 0; i < calibration->n_fits; i++)
        kea_fit_free(&calibration->fit[i]);
    free(calibration->fit);
    free(calibration->before);
    free(calibration->after);
    *calibration = (kea_calibration){0};
}

static kea_status reserve(calibrator *c, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_targets *targets = c->targets;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, targets->n_fits, sizeof *c->found->fit, err));
    c->found->fit = block;
    c->found->n_fits = targets->n_fits;
    KEA_TRY(kea_memory_new(&block, targets->n, sizeof *c->found->before, err));
    c->found->before = block;
    KEA_TRY(kea_memory_new(&block, targets->n, sizeof *c->found->after, err));
    c->found->after = block;
    KEA_TRY(kea_memory_new(&block, c->options->replicates, sizeof(double), err));
    c->scratch = block;
    KEA_TRY(kea_memory_new(&block, targets->n_scenarios, sizeof *c->design, err));
    c->design = block;
    for (size_t s = 0; s < targets->n_scenarios; s++) {
        KEA_TRY(kea_design_base(&c->design[s], &c->problems[s], c->options->replicates, err));
        KEA_TRY(kea_design_own_values(&c->design[s], &c->problems[s], err));
    }
done:
    return status;
}

static void tell(const kea_calibrate_options *options, size_t step)
{
    if (options->begin)
        options->begin(options->context, step);
}

kea_status kea_calibrate(kea_calibration *calibration, const kea_targets *targets,
                         const kea_problem *problems, const kea_model *const *models,
                         const kea_calibrate_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    calibrator c = {.found = calibration,
                    .targets = targets,
                    .problems = problems,
                    .models = models,
                    .options = options};
    *calibration = (kea_calibration){0};
    KEA_TRY(kea_open_check(targets, problems, err));
    KEA_TRY(reserve(&c, err));
    KEA_TRY(run_all(&c, calibration->before, err));
    for (size_t i = 0; i < targets->n_fits; i++) {
        tell(options, i);
        KEA_TRY(take_step(&c, i, err));
    }
    tell(options, targets->n_fits);
    KEA_TRY(run_all(&c, calibration->after, err));
done:
    for (size_t s = 0; c.design && s < targets->n_scenarios; s++)
        kea_design_free(&c.design[s]);
    free(c.design);
    free(c.scratch);
    if (status != KEA_OK)
        kea_calibration_free(calibration);
    return status;
}
