/* Least squares on a system. The simplex walks over angles: u in the box of log inputs is
 * middle + half width * sin(angle), so that every step stays inside and bounds can be reached. */
#include "sim/search/fit.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/search/root.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>

/* In the place of a sum of squares that is no number: worse than any that is. */
static const double HOPELESS = 1e100;
/* Half the step of the closing differences, in the logarithm of an input. */
static const double STEP = 0.025;
static const double FIRST_ANGLE = 0.2;

typedef struct search {
    const kea_system *system;
    const kea_fit_input *inputs;
    const kea_fit_goal *goals;
    const kea_fit_options *options;
    kea_fit *fit;
    double *block;  /* holds all arrays below */
    double *x;      /* [n_inputs] of the run made last */
    double *best;   /* [n_inputs] with the least sum so far */
    double *output; /* [n_outputs][n_points] of the run made last */
    double *slope;  /* [n_outputs][n_inputs] per unit of log input, over the goal's scale */
    double best_sum;
    kea_status status; /* of the first run that failed; none is made after it */
    kea_error *err;
} search;

void kea_fit_free(kea_fit *fit)
{
    free(fit->input);
    free(fit->output);
    *fit = (kea_fit){0};
}

/* ---------------------------------------------------------------- runs */

static kea_moments moments_of(const search *s, size_t output)
{
    kea_moments moments = {0};
    for (size_t j = 0; j < s->system->n_points; j++)
        kea_moments_add(&moments, s->output[output * s->system->n_points + j]);
    return moments;
}

/* Runs at s->x; remembers the best. Returns the sum of squared misses, HOPELESS without one. */
static double run(search *s)
{
    if (s->status == KEA_OK)
        s->status = s->system->run(s->system->context, s->x, s->output, s->err);
    if (s->status != KEA_OK)
        return HOPELESS;
    s->fit->n_runs++;
    double sum = 0.0;
    for (size_t i = 0; i < s->fit->n_outputs; i++) {
        double miss = (moments_of(s, i).mean - s->goals[i].value) / s->goals[i].scale;
        sum += miss * miss;
    }
    if (!(sum < HOPELESS))
        return HOPELESS;
    if (sum < s->best_sum) {
        s->best_sum = sum;
        for (size_t k = 0; k < s->fit->n_inputs; k++)
            s->best[k] = s->x[k];
    }
    return sum;
}

/* ---------------------------------------------------------------- one input, one output */

static kea_status run_log(void *context, const double *input, double *output, kea_error *err)
{
    search *s = context;
    s->x[0] = exp(input[0]);
    s->fit->n_runs++;
    return s->system->run(s->system->context, s->x, output, err);
}

static void solve_one(search *s)
{
    const kea_fit_input *input = s->inputs;
    const kea_system logarithm = {1, 1, s->system->n_points, run_log, s};
    kea_crossing crossing;
    s->status = kea_search_root(&logarithm, s->goals[0].value, log(input->low), log(input->high),
                                s->options->tolerance, &crossing, s->err);
    if (s->status != KEA_OK)
        return;
    s->fit->settled = true;
    double miss = (crossing.value - s->goals[0].value) / s->goals[0].scale;
    if (miss * miss < s->best_sum) {
        s->best_sum = miss * miss;
        s->best[0] = fmin(fmax(exp(crossing.x), input->low), input->high);
    }
}

/* ---------------------------------------------------------------- several */

static double to_input(const kea_fit_input *input, double angle)
{
    double low = log(input->low), high = log(input->high);
    double x = exp((low + high) / 2.0 + (high - low) / 2.0 * sin(angle));
    return fmin(fmax(x, input->low), input->high);
}

static double to_angle(const kea_fit_input *input)
{
    double low = log(input->low), high = log(input->high);
    double place = (2.0 * log(input->start) - low - high) / (high - low);
    return asin(fmin(fmax(place, -1.0), 1.0));
}

static double simplex_value(const gsl_vector *angle, void *context)
{
    search *s = context;
    for (size_t k = 0; k < s->fit->n_inputs; k++)
        s->x[k] = to_input(&s->inputs[k], gsl_vector_get(angle, k));
    return run(s);
}

static void walk(search *s, gsl_multimin_fminimizer *simplex)
{
    /* an angle is at most a half width of the range in the logarithm */
    double width = 0.0;
    for (size_t k = 0; k < s->fit->n_inputs; k++)
        width = fmax(width, log(s->inputs[k].high / s->inputs[k].low) / 2.0);
    while (s->status == KEA_OK && s->fit->n_runs < s->options->most_runs) {
        int ended = gsl_multimin_fminimizer_iterate(simplex);
        double size = gsl_multimin_fminimizer_size(simplex);
        if (ended != GSL_SUCCESS)
            return;
        if (size * width < s->options->tolerance) {
            s->fit->settled = true;
            return;
        }
    }
}

static void solve_many(search *s)
{
    size_t n = s->fit->n_inputs;
    gsl_multimin_function f = {simplex_value, n, s};
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    gsl_vector *angle = gsl_vector_alloc(n), *step = gsl_vector_alloc(n);
    if (simplex && angle && step) {
        for (size_t k = 0; k < n; k++) {
            double start = to_angle(&s->inputs[k]);
            gsl_vector_set(angle, k, start);
            gsl_vector_set(step, k, start > 0.0 ? -FIRST_ANGLE : FIRST_ANGLE); /* inwards */
        }
        if (gsl_multimin_fminimizer_set(simplex, &f, angle, step) == GSL_SUCCESS)
            walk(s, simplex);
    } else {
        s->status = kea_error_set(s->err, KEA_ERR_MEMORY, "out of memory for a simplex");
    }
    gsl_vector_free(step);
    gsl_vector_free(angle);
    if (simplex)
        gsl_multimin_fminimizer_free(simplex);
}

/* ---------------------------------------------------------------- errors */

/* Column k of the slopes: central differences around the best, within the box. */
static void differ(search *s, size_t k)
{
    const kea_fit_input *input = &s->inputs[k];
    double side[2] = {fmax(s->best[k] * exp(-STEP), input->low),
                      fmin(s->best[k] * exp(STEP), input->high)};
    for (int e = 0; e < 2; e++) {
        for (size_t m = 0; m < s->fit->n_inputs; m++)
            s->x[m] = s->best[m];
        s->x[k] = side[e];
        if (s->status == KEA_OK)
            s->status = s->system->run(s->system->context, s->x, s->output, s->err);
        if (s->status != KEA_OK)
            return;
        s->fit->n_runs++;
        for (size_t i = 0; i < s->fit->n_outputs; i++) {
            double mean = moments_of(s, i).mean / s->goals[i].scale / log(side[1] / side[0]);
            double *slope = &s->slope[i * s->fit->n_inputs + k];
            *slope = e == 0 ? -mean : *slope + mean;
        }
    }
}

static void judge_input(search *s, size_t k)
{
    const kea_fit_input *input = &s->inputs[k];
    kea_fit_found *found = &s->fit->input[k];
    double margin = 0.01 * log(input->high / input->low);
    found->value = s->best[k];
    found->error = (double)NAN;
    found->at_bound =
        log(s->best[k] / input->low) < margin || log(input->high / s->best[k]) < margin;
    found->moves = false;
    for (size_t i = 0; i < s->fit->n_outputs; i++)
        found->moves = found->moves || s->slope[i * s->fit->n_inputs + k] != 0.0;
}

/* Least squares for the free inputs: those that move something and are at no bound. */
typedef struct least {
    gsl_matrix *a; /* slopes of the free inputs, then their QR decomposition */
    gsl_vector *tau, *right, *left, *rest;
} least;

static bool is_free(const kea_fit_found *found)
{
    return found->moves && !found->at_bound;
}

/* What cohort j alone pulls every free input by, added to their moments. False when the outputs
 * cannot tell the inputs apart. */
static bool pull(const search *s, const least *l, size_t j, kea_moments *moments)
{
    for (size_t i = 0; i < s->fit->n_outputs; i++) {
        double off = s->output[i * s->system->n_points + j] - s->fit->output[i].after;
        gsl_vector_set(l->right, i, -off / s->goals[i].scale);
    }
    if (gsl_linalg_QR_lssolve(l->a, l->tau, l->right, l->left, l->rest) != GSL_SUCCESS)
        return false;
    for (size_t k = 0; k < l->left->size; k++)
        kea_moments_add(&moments[k], gsl_vector_get(l->left, k));
    return true;
}

static void pull_all(search *s, least *l, kea_moments *moments)
{
    size_t n = 0;
    for (size_t k = 0; k < s->fit->n_inputs; k++) {
        if (!is_free(&s->fit->input[k]))
            continue;
        for (size_t i = 0; i < s->fit->n_outputs; i++)
            gsl_matrix_set(l->a, i, n, s->slope[i * s->fit->n_inputs + k]);
        n++;
    }
    (void)gsl_linalg_QR_decomp(l->a, l->tau);
    bool known = true;
    for (size_t j = 0; j < s->system->n_points && known; j++)
        known = pull(s, l, j, moments);
    for (size_t k = 0, at = 0; known && k < s->fit->n_inputs; k++)
        if (is_free(&s->fit->input[k]))
            s->fit->input[k].error = s->best[k] * kea_moments_error(&moments[at++]);
}

/* Errors of the free inputs; s->output holds the run at the best. */
static kea_status judge_errors(search *s)
{
    kea_status status = KEA_OK;
    void *moments = NULL;
    size_t n = 0, m = s->fit->n_outputs;
    for (size_t k = 0; k < s->fit->n_inputs; k++)
        n += is_free(&s->fit->input[k]);
    if (n == 0)
        return KEA_OK;
    least l = {gsl_matrix_alloc(m, n), gsl_vector_alloc(n), gsl_vector_alloc(m),
               gsl_vector_alloc(n), gsl_vector_alloc(m)};
    KEA_TRY(kea_memory_new(&moments, n, sizeof(kea_moments), s->err));
    if (l.a && l.tau && l.right && l.left && l.rest)
        pull_all(s, &l, moments);
    else
        status = kea_error_set(s->err, KEA_ERR_MEMORY, "out of memory for least squares");
done:
    free(moments);
    gsl_vector_free(l.rest);
    gsl_vector_free(l.left);
    gsl_vector_free(l.right);
    gsl_vector_free(l.tau);
    gsl_matrix_free(l.a);
    return status;
}

/* ---------------------------------------------------------------- the whole */

static kea_status reserve(search *s, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = s->system->n_inputs, m = s->system->n_outputs;
    KEA_TRY(kea_memory_new(&block, n, sizeof *s->fit->input, err));
    s->fit->input = block;
    KEA_TRY(kea_memory_new(&block, m, sizeof *s->fit->output, err));
    s->fit->output = block;
    KEA_TRY(kea_memory_new(&block, 2 * n + m * n + m * s->system->n_points, sizeof(double), err));
    s->block = block;
    s->x = s->block;
    s->best = s->x + n;
    s->slope = s->best + n;
    s->output = s->slope + m * n;
    s->fit->n_inputs = n;
    s->fit->n_outputs = m;
done:
    return status;
}

/* Runs at the start (before), or at the best (after), and keeps the means. */
static kea_status run_end(search *s, bool after)
{
    for (size_t k = 0; k < s->fit->n_inputs; k++)
        s->x[k] = after ? s->best[k] : s->inputs[k].start;
    double sum = run(s);
    if (s->status != KEA_OK)
        return s->status;
    if (!(sum < HOPELESS))
        return kea_error_set(s->err, KEA_ERR_RUN, "there is no finite output to fit");
    *(after ? &s->fit->miss_after : &s->fit->miss_before) = sum;
    for (size_t i = 0; i < s->fit->n_outputs; i++) {
        const kea_moments moments = moments_of(s, i);
        kea_fit_output *output = &s->fit->output[i];
        *(after ? &output->after : &output->before) = moments.mean;
        output->after_error = kea_moments_error(&moments);
    }
    return KEA_OK;
}

kea_status kea_search_fit(const kea_system *system, const kea_fit_input *inputs,
                          const kea_fit_goal *goals, const kea_fit_options *options, kea_fit *fit,
                          kea_error *err)
{
    kea_status status = KEA_OK;
    search s = {.system = system,
                .inputs = inputs,
                .goals = goals,
                .options = options,
                .fit = fit,
                .best_sum = HOPELESS,
                .err = err};
    *fit = (kea_fit){0};
    KEA_TRY(reserve(&s, err));
    KEA_TRY(run_end(&s, false));
    if (fit->n_inputs == 1 && fit->n_outputs == 1)
        solve_one(&s);
    else
        solve_many(&s);
    for (size_t k = 0; k < fit->n_inputs; k++) {
        differ(&s, k);
        judge_input(&s, k);
    }
    KEA_TRY(s.status);
    KEA_TRY(run_end(&s, true));
    KEA_TRY(judge_errors(&s));
done:
    free(s.block);
    if (status != KEA_OK)
        kea_fit_free(fit);
    return status;
}
