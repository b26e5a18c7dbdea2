/* EVSI by regression on simulated studies, and the best size. */
#include "sim/analysis/evsi.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Draws of the first regression, for its part of the error: a standard deviation to 11%. */
enum { DRAWS = 40 };

void kea_evsi_free(kea_evsi *evsi)
{
    kea_smoother_free(&evsi->first);
    free(evsi->drawn);
    memset(evsi, 0, sizeof *evsi);
}

kea_status kea_evsi_init(kea_evsi *evsi, const kea_benefits *benefits,
                         const kea_parameters *parameters, const kea_study *study,
                         const kea_evppi_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    void *x = NULL, *names = NULL, *drawn = NULL;
    kea_inputs inputs;
    kea_smoother_error parts;
    size_t n = benefits->n_points, d = study->informs.n;
    memset(evsi, 0, sizeof *evsi);
    KEA_TRY(kea_benefits_check(benefits, err));
    KEA_TRY(kea_memory_new(&x, parameters->n_points * d, sizeof(double), err));
    KEA_TRY(kea_memory_new(&names, d, sizeof(const char *), err));
    KEA_TRY(kea_evppi_inputs(&inputs, parameters, &study->informs, x, names, err));
    KEA_TRY(kea_smoother_init(&evsi->first, benefits, &inputs, options->method, err));
    KEA_TRY(kea_smoother_spread(&evsi->first, options->seed, &parts, err));
    KEA_TRY(kea_memory_new(&drawn, n * DRAWS * (benefits->n_arms - 1), sizeof(double), err));
    evsi->drawn = drawn;
    KEA_TRY(kea_smoother_draw(&evsi->first, options->seed, DRAWS, drawn, err));
    evsi->given = (kea_benefits){n, benefits->n_arms, evsi->first.fitted};
    evsi->evppi = kea_smoother_value(&evsi->first);
    evsi->evppi_error = hypot(parts.sampling, parts.regression);
    evsi->lack_of_fit = evsi->first.lack_of_fit;
    evsi->parameters = parameters;
    evsi->study = study;
    evsi->options = *options;
done:
    free(names);
    free(x);
    if (status != KEA_OK)
        kea_evsi_free(evsi);
    return status;
}

/* Keeps the summaries that differ between draws, in place; a proportion of a small study may be 0
 * in all of them. Returns how many are left. */
static size_t keep_varying(size_t n, size_t d, double *x)
{
    size_t kept = 0;
    for (size_t k = 0; k < d; k++) {
        bool constant = true;
        for (size_t i = 1; i < n && constant; i++)
            constant = x[i * d + k] == x[k];
        if (constant)
            continue;
        for (size_t i = 0; i < n; i++) { /* the kept ones stand first in every row */
            double swap = x[i * d + kept];
            x[i * d + kept] = x[i * d + k];
            x[i * d + k] = swap;
        }
        kept++;
    }
    for (size_t i = 1; i < n; i++)
        memmove(x + i * kept, x + i * d, kept * sizeof *x);
    return kept;
}

/* The second regression: value, errors and fit. */
static kea_status regress(kea_evsi_point *out, const kea_evsi *evsi, const kea_inputs *inputs,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    kea_smoother second = {0};
    kea_smoother_error parts;
    kea_moments spread = {0};
    double values[DRAWS];
    KEA_TRY(kea_smoother_init(&second, &evsi->given, inputs, evsi->options.method, err));
    KEA_TRY(kea_smoother_spread(&second, evsi->options.seed + 1, &parts, err));
    KEA_TRY(kea_smoother_values(&second, DRAWS, evsi->drawn, values, err));
    for (size_t v = 0; v < DRAWS; v++)
        kea_moments_add(&spread, values[v]);
    out->raw = kea_smoother_value(&second);
    out->error = hypot(hypot(parts.sampling, parts.regression), kea_moments_sd(&spread));
    out->lack_of_fit = second.lack_of_fit;
done:
    kea_smoother_free(&second);
    return status;
}

/* --- the plan --------------------------------------------------------------------------------- */

static kea_status put_plan(kea_evsi_point *point, const kea_study_plan *plan, kea_error *err)
{
    kea_status status = KEA_OK;
    double decisions = 0.0;
    point->enbs = point->enbs_error = (double)NAN;
    if (!plan)
        return KEA_OK;
    if (!(plan->cost_fixed >= 0.0 && plan->cost_per_subject >= 0.0 &&
          plan->subjects_per_year >= 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "plan of a study: fixed cost %g, cost per subject %g and subjects per "
                             "year %g must be 0 or more",
                             plan->cost_fixed, plan->cost_per_subject, plan->subjects_per_year);
    kea_population population = plan->population;
    if (plan->subjects_per_year > 0.0)
        population.delay_years += (double)point->size / plan->subjects_per_year;
    KEA_TRY(kea_population_size(&decisions, &population, err));
    point->enbs =
        decisions * point->value - plan->cost_fixed - plan->cost_per_subject * (double)point->size;
    point->enbs_error = decisions * point->error;
done:
    return status;
}

kea_status kea_evsi_at(kea_evsi_point *out, kea_evsi *evsi, size_t size, const kea_study_plan *plan,
                       kea_error *err)
{
    kea_status status = KEA_OK;
    void *x = NULL, *names = NULL;
    size_t n = evsi->given.n_points, d = evsi->study->n_summaries;
    *out = (kea_evsi_point){.size = size, .lack_of_fit = 1.0};
    KEA_TRY(kea_memory_new(&x, n * d, sizeof(double), err));
    KEA_TRY(kea_memory_new(&names, d, sizeof(const char *), err));
    KEA_TRY(kea_study_run(evsi->study, evsi->parameters, size, evsi->options.seed, x, err));
    kea_inputs inputs = {"summary", n, keep_varying(n, d, x), names, x};
    for (size_t k = 0; k < d; k++)
        ((const char **)names)[k] = "of the study";
    if (inputs.n_inputs > 0)
        KEA_TRY(regress(out, evsi, &inputs, err));
    out->capped = out->raw > evsi->evppi * (1.0 + 1e-9);
    out->value = fmin(out->raw, evsi->evppi);
    KEA_TRY(put_plan(out, plan, err));
done:
    free(names);
    free(x);
    return status;
}

kea_status kea_evsi_curve(kea_evsi_point *out, kea_evsi *evsi, size_t n_sizes, const size_t *sizes,
                          const kea_study_plan *plan, kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t i = 0; i < n_sizes; i++) {
        if (i > 0 && sizes[i] <= sizes[i - 1])
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "sizes of a study must increase; %zu follows %zu", sizes[i],
                                 sizes[i - 1]);
        KEA_TRY(kea_evsi_at(&out[i], evsi, sizes[i], plan, err));
        if (i > 0 && out[i].value < out[i - 1].value) {
            out[i].raised = true;
            out[i].value = out[i - 1].value;
            out[i].error = fmax(out[i].error, out[i - 1].error);
            KEA_TRY(put_plan(&out[i], plan, err));
        }
    }
done:
    return status;
}

/* --- the best size ---------------------------------------------------------------------------- */

/* Size at a place on the logarithmic scale. */
static size_t size_at(double place)
{
    return (size_t)llround(exp(place));
}

/* Tries a size; keeps it when it is better. */
static kea_status try_size(kea_evsi_point *best, kea_evsi *evsi, double place,
                           const kea_study_plan *plan, double *enbs, kea_error *err)
{
    kea_evsi_point point;
    kea_status status = kea_evsi_at(&point, evsi, size_at(place), plan, err);
    if (status != KEA_OK)
        return status;
    *enbs = point.enbs;
    if (best->size == 0 || point.enbs > best->enbs)
        *best = point;
    return KEA_OK;
}

/* Golden section between two places. */
static kea_status refine(kea_evsi_point *best, kea_evsi *evsi, double from, double to,
                         const kea_study_plan *plan, kea_error *err)
{
    enum { ROUNDS = 10 };
    const double golden = 0.6180339887498949;
    kea_status status = KEA_OK;
    double x = to - golden * (to - from), y = from + golden * (to - from);
    double at_x = 0.0, at_y = 0.0;
    KEA_TRY(try_size(best, evsi, x, plan, &at_x, err));
    KEA_TRY(try_size(best, evsi, y, plan, &at_y, err));
    for (int i = 0; i < ROUNDS && size_at(to) - size_at(from) > 1; i++) {
        if (at_x >= at_y) {
            to = y;
            y = x;
            at_y = at_x;
            x = to - golden * (to - from);
            KEA_TRY(try_size(best, evsi, x, plan, &at_x, err));
        } else {
            from = x;
            x = y;
            at_x = at_y;
            y = from + golden * (to - from);
            KEA_TRY(try_size(best, evsi, y, plan, &at_y, err));
        }
    }
done:
    return status;
}

kea_status kea_evsi_best(kea_evsi_point *out, kea_evsi *evsi, size_t lowest, size_t highest,
                         const kea_study_plan *plan, kea_error *err)
{
    enum { STEPS = 11 };
    kea_status status = KEA_OK;
    double enbs[STEPS + 1];
    int top = 0;
    if (lowest == 0 || highest < lowest || !plan)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "the best size of a study is looked for between 1 or more and at "
                             "least that, with a plan; not between %zu and %zu",
                             lowest, highest);
    double from = log((double)lowest), step = (log((double)highest) - from) / STEPS;
    *out = (kea_evsi_point){0};
    for (int i = 0; i <= STEPS; i++) {
        KEA_TRY(try_size(out, evsi, from + step * i, plan, &enbs[i], err));
        top = enbs[i] > enbs[top] ? i : top;
    }
    KEA_TRY(refine(out, evsi, from + step * (top > 0 ? top - 1 : 0),
                   from + step * (top < STEPS ? top + 1 : STEPS), plan, err));
done:
    return status;
}
