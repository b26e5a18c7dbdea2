/* Spline columns from GSL's B-splines. */
#include "sim/analysis/spline.h"

#include "sim/analysis/dense.h"
#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORDER = 4 }; /* cubic */

void kea_spline_free(kea_spline *spline)
{
    for (size_t a = 0; a < 2; a++) {
        if (spline->axis[a].basis)
            gsl_bspline_free(spline->axis[a].basis);
        free(spline->axis[a].turn);
    }
    memset(spline, 0, sizeof *spline);
}

/* The ends of the pieces: quantiles of the standardised input (sorted here), each value once, from
 * the lowest to the highest value exactly: B-splines are not defined beyond. */
static size_t piece_ends(size_t n, double *x, size_t n_pieces, double *ends)
{
    const double apart = 1e-9;
    size_t n_ends = 1;
    ends[0] = kea_moments_quantile(x, n, 0.0);
    for (size_t i = 1; i < n_pieces; i++) {
        double end = x[i * (n - 1) / n_pieces];
        if (end > ends[n_ends - 1] + apart && end < x[n - 1] - apart)
            ends[n_ends++] = end;
    }
    ends[n_ends++] = x[n - 1];
    return n_ends;
}

/* Adds the products of second derivatives at one place, times a weight, to bending[n][n]. */
static void add_bending(const kea_spline_axis *axis, double at, double weight, double *bending,
                        gsl_matrix *derivatives)
{
    size_t first = 0, last = 0, n = gsl_bspline_ncoeffs(axis->basis);
    (void)gsl_bspline_deriv_eval_nonzero(at, 2, derivatives, &first, &last, axis->basis);
    for (size_t i = first; i <= last; i++)
        for (size_t j = first; j <= last; j++)
            bending[i * n + j] += weight * gsl_matrix_get(derivatives, i - first, 2) *
                                  gsl_matrix_get(derivatives, j - first, 2);
}

/* The integral of products of second derivatives. In a piece they are straight lines, so two Gauss
 * points are exact. */
static kea_status integrate_bending(const kea_spline_axis *axis, double *bending, kea_error *err)
{
    gsl_matrix *derivatives = gsl_matrix_alloc(ORDER, 3);
    if (!derivatives)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory for a spline");
    for (size_t i = 0; i + 1 < gsl_bspline_nbreak(axis->basis); i++) {
        double a = gsl_bspline_breakpoint(i, axis->basis);
        double b = gsl_bspline_breakpoint(i + 1, axis->basis);
        double half = 0.5 * (b - a), off = half / sqrt(3.0);
        add_bending(axis, a + half - off, half, bending, derivatives);
        add_bending(axis, a + half + off, half, bending, derivatives);
    }
    gsl_matrix_free(derivatives);
    return KEA_OK;
}

/* Turns B-splines into columns whose penalty is their squared length: the eigenvectors of the
 * bending over the root of their eigenvalues, but for the two smallest: the straight lines. */
static kea_status turn_basis(kea_spline_axis *axis, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *work = NULL;
    size_t n = gsl_bspline_ncoeffs(axis->basis), m = n - 2, first = 0, second = 1, k = 0;
    KEA_TRY(kea_memory_new(&block, n * m + m, sizeof(double), err));
    axis->turn = block;
    axis->values = axis->turn + n * m;
    axis->n_penalised = m;
    KEA_TRY(kea_memory_new(&work, 2 * n * n + n, sizeof(double), err));
    double *bending = work;
    double *vectors = bending + n * n, *values = vectors + n * n;
    KEA_TRY(integrate_bending(axis, bending, err));
    KEA_TRY(kea_dense_eigen(n, bending, values, vectors, err));
    for (size_t i = 1; i < n; i++) {
        if (values[i] < values[first]) {
            second = first;
            first = i;
        } else if (i > 1 && values[i] < values[second]) {
            second = i;
        }
    }
    for (size_t j = 0; j < n; j++) {
        if (j == first || j == second)
            continue;
        for (size_t i = 0; i < n; i++)
            axis->turn[i * m + k] = vectors[i * n + j] / sqrt(values[j]);
        k++;
    }
done:
    free(work);
    return status;
}

static kea_status axis_init(kea_spline_axis *axis, const kea_spline *spline, size_t input,
                            size_t n_pieces, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = spline->n_points;
    kea_moments moments = {0};
    double ends[KEA_SPLINE_PIECES_1 + 1];
    KEA_TRY(kea_memory_new(&block, n, sizeof(double), err));
    double *sorted = block;
    for (size_t i = 0; i < n; i++)
        kea_moments_add(&moments, spline->x[i * spline->n_inputs + input]);
    axis->mean = moments.mean;
    axis->sd = kea_moments_sd(&moments);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (spline->x[i * spline->n_inputs + input] - axis->mean) / axis->sd;
    size_t n_ends = piece_ends(n, sorted, n_pieces, ends);
    axis->basis = gsl_bspline_alloc(ORDER, n_ends);
    if (!axis->basis) {
        status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for a spline");
        goto done;
    }
    gsl_vector_view places = gsl_vector_view_array(ends, n_ends);
    (void)gsl_bspline_knots(&places.vector, axis->basis);
    KEA_TRY(turn_basis(axis, err));
done:
    free(block);
    return status;
}

/* The standardised input of a row, and its penalised columns into axis->values. */
static double axis_row(kea_spline_axis *axis, double x)
{
    double nonzero[ORDER];
    gsl_vector_view view = gsl_vector_view_array(nonzero, ORDER);
    size_t first = 0, last = 0, m = axis->n_penalised;
    double at = (x - axis->mean) / axis->sd;
    (void)gsl_bspline_eval_nonzero(at, &view.vector, &first, &last, axis->basis);
    memset(axis->values, 0, m * sizeof *axis->values);
    for (size_t i = first; i <= last; i++)
        for (size_t k = 0; k < m; k++)
            axis->values[k] += nonzero[i - first] * axis->turn[i * m + k];
    return at;
}

static void rows_of_one(void *context, size_t first, size_t count, double *out)
{
    kea_spline *spline = context;
    kea_spline_axis *axis = &spline->axis[0];
    for (size_t i = 0; i < count; i++) {
        *out++ = 1.0;
        *out++ = axis_row(axis, spline->x[first + i]);
        memcpy(out, axis->values, axis->n_penalised * sizeof *out);
        out += axis->n_penalised;
    }
}

static void rows_of_two(void *context, size_t first, size_t count, double *out)
{
    kea_spline *spline = context;
    const kea_spline_axis *a = &spline->axis[0], *b = &spline->axis[1];
    for (size_t i = 0; i < count; i++) {
        const double *x = spline->x + 2 * (first + i);
        double at_a = axis_row(&spline->axis[0], x[0]), at_b = axis_row(&spline->axis[1], x[1]);
        *out++ = 1.0;
        *out++ = at_a;
        *out++ = at_b;
        if (spline->has_product)
            *out++ = at_a * at_b;
        for (size_t k = 0; k < a->n_penalised; k++) {
            *out++ = a->values[k];
            *out++ = a->values[k] * at_b;
        }
        for (size_t k = 0; k < b->n_penalised; k++) {
            *out++ = b->values[k];
            *out++ = b->values[k] * at_a;
        }
        for (size_t k = 0; k < a->n_penalised; k++)
            for (size_t l = 0; l < b->n_penalised; l++)
                *out++ = a->values[k] * b->values[l];
    }
}

/* Whether x1 x2 is no linear function of 1, x1 and x2, to 10 digits. */
static bool product_is_new(const kea_spline *spline)
{
    double gram[16] = {0};
    const kea_spline_axis *a = &spline->axis[0], *b = &spline->axis[1];
    for (size_t i = 0; i < spline->n_points; i++) {
        double at_a = (spline->x[2 * i] - a->mean) / a->sd;
        double at_b = (spline->x[2 * i + 1] - b->mean) / b->sd;
        const double row[4] = {1.0, at_a, at_b, at_a * at_b};
        kea_dense_gram(1, 4, row, gram);
    }
    kea_dense_mirror(4, gram);
    return kea_dense_cholesky(4, gram, 1e-10) == 4;
}

kea_status kea_spline_init(kea_spline *spline, size_t n_points, size_t n_inputs, const double *x,
                           kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n_pieces = n_inputs == 1 ? KEA_SPLINE_PIECES_1 : KEA_SPLINE_PIECES_2;
    memset(spline, 0, sizeof *spline);
    spline->n_points = n_points;
    spline->n_inputs = n_inputs;
    spline->x = x;
    for (size_t a = 0; a < n_inputs; a++)
        KEA_TRY(axis_init(&spline->axis[a], spline, a, n_pieces, err));
    size_t m = spline->axis[0].n_penalised, l = spline->axis[1].n_penalised;
    spline->columns = (kea_columns){2, m, rows_of_one, spline};
    if (n_inputs == 2) {
        spline->has_product = product_is_new(spline);
        size_t n_free = spline->has_product ? 4 : 3;
        spline->columns = (kea_columns){n_free, 2 * m + 2 * l + m * l, rows_of_two, spline};
    }
done:
    if (status != KEA_OK)
        kea_spline_free(spline);
    return status;
}

/* --- relative scales of the three groups of two inputs ---------------------------------------- */

typedef struct search {
    const kea_spline *spline;
    kea_penalised *fit;
    double *scale;
    kea_error *err;
    kea_status status;
} search;

/* log10 of the scales of the two groups against that of the products, kept within bounds. */
static void scales_at(const search *s, const gsl_vector *log_scale)
{
    size_t end_a = 2 * s->spline->axis[0].n_penalised;
    size_t end_b = end_a + 2 * s->spline->axis[1].n_penalised;
    for (size_t k = 0; k < s->fit->n_penalised; k++) {
        double at = k < end_a   ? gsl_vector_get(log_scale, 0)
                    : k < end_b ? gsl_vector_get(log_scale, 1)
                                : 0.0;
        s->scale[k] = pow(10.0, fmax(-4.0, fmin(4.0, at)));
    }
}

static double criterion_of(const gsl_vector *log_scale, void *context)
{
    search *s = context;
    double criterion = (double)INFINITY;
    scales_at(s, log_scale);
    if (s->status == KEA_OK)
        s->status = kea_penalised_choose(s->fit, s->scale, &criterion, s->err);
    return criterion;
}

static kea_status choose_scales(search *s, kea_error *err)
{
    enum { ROUNDS = 60 };
    gsl_multimin_function function = {criterion_of, 2, s};
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_vector *start = gsl_vector_calloc(2), *step = gsl_vector_alloc(2);
    if (!simplex || !start || !step) {
        s->status = kea_error_set(err, KEA_ERR_MEMORY, "no memory for a search");
        goto done;
    }
    gsl_vector_set_all(start, 1.0);
    gsl_vector_set_all(step, 1.0);
    (void)gsl_multimin_fminimizer_set(simplex, &function, start, step);
    for (int i = 0; i < ROUNDS && gsl_multimin_fminimizer_size(simplex) > 0.1; i++)
        if (gsl_multimin_fminimizer_iterate(simplex) != 0)
            break;
    (void)criterion_of(gsl_multimin_fminimizer_x(simplex), s);
done:
    gsl_multimin_fminimizer_free(simplex);
    gsl_vector_free(start);
    gsl_vector_free(step);
    return s->status;
}

kea_status kea_spline_choose(const kea_spline *spline, kea_penalised *fit, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    if (spline->n_inputs == 1)
        return kea_penalised_choose(fit, NULL, NULL, err);
    KEA_TRY(kea_memory_new(&block, fit->n_penalised, sizeof(double), err));
    search s = {spline, fit, block, err, KEA_OK};
    KEA_TRY(choose_scales(&s, err));
done:
    free(block);
    return status;
}
