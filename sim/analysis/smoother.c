/* Regression of net benefits on inputs: checks, fit, and value. */
#include "sim/analysis/smoother.h"

#include "sim/analysis/dense.h"
#include "sim/analysis/residuals.h"
#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *kea_smoother_name(kea_smoother_method method)
{
    switch (method) {
    case KEA_SMOOTHER_CHOICE:
        return "penalised spline or Gaussian process";
    case KEA_SMOOTHER_SPLINE:
        return "penalised spline";
    case KEA_SMOOTHER_PROCESS:
        return "Gaussian process";
    }
    return "unknown";
}

void kea_smoother_free(kea_smoother *smoother)
{
    kea_penalised_free(&smoother->fit);
    kea_spline_free(&smoother->spline);
    kea_process_free(&smoother->process);
    free(smoother->fitted);
    free(smoother->x);
    memset(smoother, 0, sizeof *smoother);
}

/* --- checks ----------------------------------------------------------------------------------- */

static kea_status check_values(const kea_inputs *inputs, kea_error *err)
{
    size_t d = inputs->n_inputs;
    for (size_t k = 0; k < d; k++) {
        bool constant = true;
        for (size_t i = 0; i < inputs->n_points; i++) {
            double x = inputs->x[i * d + k];
            if (!isfinite(x))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "%s \"%s\" in draw %zu is %g; it must be a finite number",
                                     inputs->kind, inputs->names[k], i + 1, x);
            constant = constant && x == inputs->x[k];
        }
        if (constant)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "%s \"%s\" is %g in every draw, so there is nothing to learn of "
                                 "it; leave it out",
                                 inputs->kind, inputs->names[k], inputs->x[k]);
    }
    return KEA_OK;
}

/* Whether an input is a linear function of those before it, to 10 digits: by the Cholesky factor of
 * the correlations. */
static kea_status check_collinear(const kea_inputs *inputs, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t d = inputs->n_inputs, n = inputs->n_points;
    KEA_TRY(kea_memory_new(&block, d * d + 3 * d, sizeof(double), err));
    double *gram = block;
    double *mean = gram + d * d, *sd = mean + d, *row = sd + d;
    for (size_t k = 0; k < d; k++) {
        kea_moments moments = {0};
        for (size_t i = 0; i < n; i++)
            kea_moments_add(&moments, inputs->x[i * d + k]);
        mean[k] = moments.mean;
        sd[k] = kea_moments_sd(&moments);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < d; k++)
            row[k] = (inputs->x[i * d + k] - mean[k]) / sd[k];
        kea_dense_gram(1, d, row, gram);
    }
    kea_dense_mirror(d, gram);
    size_t bad = kea_dense_cholesky(d, gram, 1e-10);
    if (bad < d)
        status = kea_error_set(err, KEA_ERR_INPUT,
                               "%s \"%s\" is a linear function of those before it in the set "
                               "(\"%s\"%s); leave one of them out",
                               inputs->kind, inputs->names[bad], inputs->names[0],
                               bad > 1 ? " and others" : "");
done:
    free(block);
    return status;
}

static kea_status check_room(const kea_inputs *inputs, kea_smoother_method method,
                             const kea_columns *columns, kea_error *err)
{
    size_t coefficients = columns->n_free + columns->n_penalised;
    if (inputs->n_points > coefficients)
        return KEA_OK;
    return kea_error_set(
        err, KEA_ERR_INPUT,
        "a %s of %zu %s%s has %zu coefficients and needs more draws than that; the "
        "sample has %zu",
        kea_smoother_name(method), inputs->n_inputs, inputs->kind, inputs->n_inputs > 1 ? "s" : "",
        coefficients, inputs->n_points);
}

static kea_status check(const kea_benefits *benefits, const kea_inputs *inputs,
                        kea_smoother_method method, kea_error *err)
{
    kea_status status = KEA_OK;
    if (inputs->n_points != benefits->n_points)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "there are %zu draws of costs and effects but %zu of %ss; row i of "
                             "one must belong to row i of the other",
                             benefits->n_points, inputs->n_points, inputs->kind);
    if (inputs->n_inputs == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "a set without a %s has no value", inputs->kind);
    if (method == KEA_SMOOTHER_SPLINE && inputs->n_inputs > 2)
        return kea_error_set(err, KEA_ERR_INPUT, "a spline takes one or two %ss, not %zu",
                             inputs->kind, inputs->n_inputs);
    KEA_TRY(check_values(inputs, err));
    KEA_TRY(check_collinear(inputs, err));
done:
    return status;
}

/* --- fit -------------------------------------------------------------------------------------- */

static kea_status make_columns(kea_smoother *s, const kea_benefits *benefits,
                               const kea_inputs *inputs, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t d = inputs->n_inputs;
    if (s->method == KEA_SMOOTHER_SPLINE) {
        KEA_TRY(kea_spline_init(&s->spline, s->n_points, d, s->x, err));
        s->columns = &s->spline.columns;
        KEA_TRY(check_room(inputs, s->method, s->columns, err));
    } else {
        KEA_TRY(kea_process_init(&s->process, s->n_points, d, s->x, err));
        s->columns = &s->process.columns;
        KEA_TRY(check_room(inputs, s->method, s->columns, err));
        KEA_TRY(
            kea_process_choose(&s->process, s->n_arms - 1, benefits->value + 1, s->n_arms, err));
    }
done:
    return status;
}

/* Summaries over arms, and the fitted values widened by arm 0. */
static void sum_up(kea_smoother *s, const double *fitted)
{
    size_t r = s->n_arms - 1;
    s->coefficients = s->columns->n_free + s->columns->n_penalised;
    s->share = 1.0;
    for (size_t c = 0; c < r; c++) {
        s->freedom = fmax(s->freedom, s->fit.freedom[c]);
        s->share = fmin(s->share, s->fit.share[c]);
    }
    for (size_t i = 0; i < s->n_points; i++)
        for (size_t c = 0; c < r; c++)
            s->fitted[i * s->n_arms + 1 + c] = fitted[i * r + c];
}

kea_status kea_smoother_init(kea_smoother *s, const kea_benefits *benefits,
                             const kea_inputs *inputs, kea_smoother_method method, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = benefits->n_points, arms = benefits->n_arms, d = inputs->n_inputs;
    memset(s, 0, sizeof *s);
    KEA_TRY(check(benefits, inputs, method, err));
    s->n_points = n;
    s->n_arms = arms;
    s->method = method != KEA_SMOOTHER_CHOICE ? method
                : d <= 2                      ? KEA_SMOOTHER_SPLINE
                                              : KEA_SMOOTHER_PROCESS;
    KEA_TRY(kea_memory_new(&block, n * arms, sizeof(double), err));
    s->fitted = block;
    KEA_TRY(kea_memory_new(&block, n * d, sizeof(double), err));
    s->x = block;
    memcpy(s->x, inputs->x, n * d * sizeof *s->x);
    KEA_TRY(kea_memory_new(&block, n * (arms - 1), sizeof(double), err));
    status = make_columns(s, benefits, inputs, err);
    if (status == KEA_OK)
        status =
            kea_penalised_init(&s->fit, s->columns, n, arms - 1, benefits->value + 1, arms, err);
    if (status == KEA_OK && s->method == KEA_SMOOTHER_SPLINE)
        status = kea_spline_choose(&s->spline, &s->fit, err);
    else if (status == KEA_OK)
        status = kea_penalised_choose(&s->fit, NULL, NULL, err);
    if (status == KEA_OK)
        status = kea_penalised_solve(&s->fit, s->columns, benefits->value + 1, arms, block, err);
    if (status == KEA_OK) {
        sum_up(s, block);
        status = kea_residuals_check(benefits, s->fitted, d, s->x, &s->lack_of_fit, err);
    }
    free(block);
done:
    if (status != KEA_OK)
        kea_smoother_free(s);
    return status;
}

/* --- value ------------------------------------------------------------------------------------ */

/* Mean of the highest less the highest mean, of net benefits [point][arm] whose first arm is 0. */
static double value_of(size_t n, size_t arms, const double *benefit, double *mean)
{
    double highest = 0.0, best = 0.0;
    memset(mean, 0, arms * sizeof *mean);
    for (size_t i = 0; i < n; i++) {
        highest += kea_benefits_highest(benefit + i * arms, arms) / (double)n;
        for (size_t arm = 0; arm < arms; arm++)
            mean[arm] += benefit[i * arms + arm] / (double)n;
    }
    best = kea_benefits_highest(mean, arms);
    return fmax(0.0, highest - best);
}

double kea_smoother_value(const kea_smoother *s)
{
    size_t best = 0;
    double value = 0.0;
    for (size_t arm = 1; arm < s->n_arms; arm++) {
        double ahead = 0.0;
        for (size_t i = 0; i < s->n_points; i++)
            ahead += s->fitted[i * s->n_arms + arm] - s->fitted[i * s->n_arms + best];
        best = ahead > 0.0 ? arm : best;
    }
    for (size_t i = 0; i < s->n_points; i++) {
        const double *at = s->fitted + i * s->n_arms;
        value += kea_benefits_highest(at, s->n_arms) - at[best];
    }
    return value / (double)s->n_points;
}

/* Standard error of the mean loss of the best arm. */
static double sampling_error(const kea_smoother *s, double *mean)
{
    kea_moments loss = {0};
    kea_benefits fitted = {s->n_points, s->n_arms, s->fitted};
    size_t best = kea_benefits_best(&fitted, mean);
    for (size_t i = 0; i < s->n_points; i++) {
        const double *at = s->fitted + i * s->n_arms;
        kea_moments_add(&loss, kea_benefits_highest(at, s->n_arms) - at[best]);
    }
    return kea_moments_error(&loss);
}

/* Room to draw coefficients and look at some points. */
typedef struct drawing {
    size_t n, q, arms;
    double *column;      /* [n][q]: columns of the points looked at */
    double *coefficient; /* [q][arms - 1] */
    double *normal;      /* [q][arms - 1] */
    double *part;        /* [n][arms - 1] */
    double *benefit;     /* [n][arms] */
    double *mean;        /* [arms] */
    void *block;
} drawing;

static kea_status drawing_init(drawing *d, const kea_smoother *s, kea_error *err)
{
    enum { MOST = 1000 };
    d->n = s->n_points < MOST ? s->n_points : MOST;
    d->q = s->coefficients;
    d->arms = s->n_arms;
    size_t r = d->arms - 1;
    kea_status status = kea_memory_new(
        &d->block, d->n * (d->q + r + d->arms) + 2 * d->q * r + d->arms, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    d->column = d->block;
    d->coefficient = d->column + d->n * d->q;
    d->normal = d->coefficient + d->q * r;
    d->part = d->normal + d->q * r;
    d->benefit = d->part + d->n * r;
    d->mean = d->benefit + d->n * d->arms;
    for (size_t i = 0; i < d->n; i++)
        s->columns->rows(s->columns->context, i * s->n_points / d->n, 1, d->column + i * d->q);
    return KEA_OK;
}

/* The value at some coefficients on the points looked at. */
static double value_at(drawing *d, const double *coefficient)
{
    size_t r = d->arms - 1;
    kea_dense_multiply(d->n, d->q, r, d->column, coefficient, d->part);
    for (size_t i = 0; i < d->n; i++)
        memcpy(d->benefit + i * d->arms + 1, d->part + i * r, r * sizeof *d->part);
    return value_of(d->n, d->arms, d->benefit, d->mean);
}

/* A draw of the coefficients. */
static void draw_coefficients(const kea_smoother *s, kea_rng_key key, uint32_t draw, double *normal,
                              double *coefficient)
{
    for (size_t k = 0; k < s->coefficients * (s->n_arms - 1); k++)
        normal[k] = gsl_cdf_ugaussian_Pinv(
            kea_rng_uniform(key, (kea_rng_address){draw, 0, (uint32_t)k}, 0));
    kea_penalised_draw(&s->fit, normal, coefficient);
}

kea_status kea_smoother_spread(const kea_smoother *s, uint64_t seed, kea_smoother_error *out,
                               kea_error *err)
{
    enum { DRAWS = 200 };
    kea_status status = KEA_OK;
    drawing d = {0};
    kea_moments values = {0};
    kea_rng_key key = kea_rng_key_of(seed, "analysis.smoother");
    KEA_TRY(drawing_init(&d, s, err));
    double here = value_at(&d, s->fit.coefficient);
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        draw_coefficients(s, key, draw, d.normal, d.coefficient);
        kea_moments_add(&values, value_at(&d, d.coefficient));
    }
    out->sampling = sampling_error(s, d.mean);
    out->regression = kea_moments_sd(&values);
    out->shift = values.mean - here;
done:
    free(d.block);
    return status;
}

/* --- other net benefits, other coefficients --------------------------------------------------- */

/* Some of the values: as many responses at once as the products of their residuals stay small. */
static kea_status some_values(const kea_smoother *s, size_t n_values, const double *y,
                              size_t stride, double *value, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_penalised fit = {0};
    size_t n = s->n_points, arms = s->n_arms, r = n_values * (arms - 1);
    KEA_TRY(kea_memory_new(&block, n * (r + arms) + arms, sizeof(double), err));
    double *fitted = block;
    double *benefit = fitted + n * r, *mean = benefit + n * arms;
    KEA_TRY(kea_penalised_init(&fit, s->columns, n, r, y, stride, err));
    KEA_TRY(kea_penalised_choose(&fit, s->fit.scale, NULL, err));
    KEA_TRY(kea_penalised_solve(&fit, s->columns, y, stride, fitted, err));
    for (size_t v = 0; v < n_values; v++) {
        for (size_t i = 0; i < n; i++)
            memcpy(benefit + i * arms + 1, fitted + i * r + v * (arms - 1),
                   (arms - 1) * sizeof *benefit);
        value[v] = value_of(n, arms, benefit, mean);
    }
done:
    kea_penalised_free(&fit);
    free(block);
    return status;
}

kea_status kea_smoother_values(const kea_smoother *s, size_t n_values, const double *y,
                               double *value, kea_error *err)
{
    enum { RESPONSES = 64 };
    kea_status status = KEA_OK;
    size_t each = s->n_arms - 1, at_once = each < RESPONSES ? RESPONSES / each : 1;
    for (size_t v = 0; v < n_values; v += at_once) {
        size_t count = n_values - v < at_once ? n_values - v : at_once;
        KEA_TRY(some_values(s, count, y + v * each, n_values * each, value + v, err));
    }
done:
    return status;
}

kea_status kea_smoother_draw(const kea_smoother *s, uint64_t seed, size_t n_draws, double *y,
                             kea_error *err)
{
    enum { ROWS = 256 };
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = s->n_points, q = s->coefficients, r = s->n_arms - 1, all = n_draws * r;
    kea_rng_key key = kea_rng_key_of(seed, "analysis.smoother");
    KEA_TRY(kea_memory_new(&block, 2 * q * r + q * all + ROWS * q, sizeof(double), err));
    double *normal = block;
    double *one = normal + q * r, *coefficient = one + q * r, *column = coefficient + q * all;
    for (size_t d = 0; d < n_draws; d++) {
        draw_coefficients(s, key, (uint32_t)d, normal, one);
        for (size_t k = 0; k < q; k++)
            memcpy(coefficient + k * all + d * r, one + k * r, r * sizeof *one);
    }
    for (size_t first = 0; first < n; first += ROWS) {
        size_t count = n - first < ROWS ? n - first : ROWS;
        s->columns->rows(s->columns->context, first, count, column);
        kea_dense_multiply(count, q, all, column, coefficient, y + first * all);
    }
done:
    free(block);
    return status;
}
