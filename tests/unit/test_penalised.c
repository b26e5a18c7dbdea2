/* Penalised regression against direct solutions, and the dense matrices it rests on. */
#include "sim/analysis/penalised.h"

#include "sim/analysis/dense.h"
#include "tests/support/gaussian.h"
#include "tests/support/support.h"

#include <string.h>

enum { N = 600, FREE = 2, PENALISED = 3, COLUMNS = FREE + PENALISED };

static double column[N][COLUMNS];

static void rows(void *context, size_t first, size_t count, double *out)
{
    (void)context;
    memcpy(out, column[first], count * sizeof column[0]);
}

static const kea_columns columns = {FREE, PENALISED, rows, NULL};

static void make_columns(void)
{
    for (size_t i = 0; i < N; i++) {
        column[i][0] = 1;
        for (size_t k = 1; k < COLUMNS; k++)
            column[i][k] = (k == 3 ? 5 : 0) + gaussian_number(1, i, k) + 0.3 * column[i][k - 1];
    }
}

/* Solves a[n][n] x = b by elimination. */
static void solve(size_t n, double *a, double *b)
{
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++) {
            double factor = i == j ? 0 : a[i * n + j] / a[j * n + j];
            for (size_t k = 0; k < n; k++)
                a[i * n + k] -= factor * a[j * n + k];
            b[i] -= factor * b[j];
        }
    for (size_t j = 0; j < n; j++)
        b[j] /= a[j * n + j];
}

/* The coefficients, residuals and freedom are those of ridge regression with that penalty. */
static void ridge_by_elimination(void **state)
{
    (void)state;
    static double y[N][3], fitted[N][2];
    const double scale[PENALISED] = {1, 0.5, 2};
    kea_penalised fit;
    kea_error err;
    make_columns();
    for (size_t i = 0; i < N; i++) {
        y[i][0] = -1; /* not a response */
        y[i][1] = 1e6 + 3 * column[i][1] + 0.7 * column[i][2] + 2 * gaussian_number(2, i, 0);
        y[i][2] = column[i][4] * 50 + 100 * gaussian_number(2, i, 1);
    }
    assert_ok(kea_penalised_init(&fit, &columns, N, 2, &y[0][1], 3, &err), err);
    assert_ok(kea_penalised_choose(&fit, scale, NULL, &err), err);
    assert_ok(kea_penalised_solve(&fit, &columns, &y[0][1], 3, &fitted[0][0], &err), err);
    for (size_t c = 0; c < 2; c++) {
        double a[COLUMNS * COLUMNS] = {0}, b[COLUMNS] = {0};
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < COLUMNS; j++) {
                b[j] += column[i][j] * y[i][1 + c];
                for (size_t k = 0; k < COLUMNS; k++)
                    a[j * COLUMNS + k] += column[i][j] * column[i][k];
            }
        for (size_t k = 0; k < PENALISED; k++)
            a[(FREE + k) * (COLUMNS + 1)] += fit.penalty[c] / (scale[k] * scale[k]);
        solve(COLUMNS, a, b);
        for (size_t j = 0; j < COLUMNS; j++)
            assert_near(fit.coefficient[j * 2 + c], b[j], 1e-8 * (1 + fabs(b[j])));
        double left = 0;
        for (size_t i = 0; i < N; i++)
            left += pow(y[i][1 + c] - fitted[i][c], 2);
        assert_near(fit.residual[c * 3], left / (N - fit.freedom[c]), 1e-6 * left / N);
        assert_true(fit.freedom[c] > FREE && fit.freedom[c] < COLUMNS);
    }
    kea_penalised_free(&fit);
    kea_penalised_free(&fit);
}

enum { POINTS = 1000, WEIGHTS = 200 };
static double wide[POINTS][1 + WEIGHTS];

static void wide_rows(void *context, size_t first, size_t count, double *out)
{
    (void)context;
    memcpy(out, wide[first], count * sizeof wide[0]);
}

static const kea_columns many = {1, WEIGHTS, wide_rows, NULL};

/* With weights drawn as the model says (spread 0.5, noise 3), the penalty is about (3 / 0.5)^2. */
static void finds_the_penalty(void **state)
{
    (void)state;
    static double y[POINTS], fitted[POINTS];
    kea_penalised fit;
    kea_error err;
    double criterion = 0, other = 0;
    for (size_t i = 0; i < POINTS; i++) {
        wide[i][0] = 1;
        y[i] = 3 * gaussian_number(5, i, 0);
        for (size_t k = 0; k < WEIGHTS; k++) {
            wide[i][1 + k] = gaussian_number(6, i, k);
            y[i] += wide[i][1 + k] * 0.5 * gaussian_number(7, k, 0);
        }
    }
    assert_ok(kea_penalised_init(&fit, &many, POINTS, 1, y, 1, &err), err);
    assert_ok(kea_penalised_choose(&fit, NULL, &criterion, &err), err);
    /* variances of 200 weights and of 1000 residuals: relative errors 0.1 and 0.05 */
    assert_near(log(fit.penalty[0] / 36), 0, 4.9 * 0.12);
    assert_ok(kea_penalised_solve(&fit, &many, y, 1, fitted, &err), err);
    assert_near(fit.residual[0], 9, 4.9 * 9 * sqrt(2.0 / 800));
    /* half of the columns counted hardly at all fits worse */
    double scale[WEIGHTS];
    for (size_t k = 0; k < WEIGHTS; k++)
        scale[k] = k % 2 ? 1 : 0.01;
    assert_ok(kea_penalised_choose(&fit, scale, &other, &err), err);
    assert_true(other > criterion + 20);
    kea_penalised_free(&fit);
}

/* The posterior variance, from s^2 (S + penalty)^-1 by elimination: of every coefficient by itself
 * and of the value of row 7. */
static void posterior(const kea_penalised *fit, double expected[COLUMNS + 1][2])
{
    for (size_t c = 0; c < 2; c++)
        for (size_t of = 0; of <= COLUMNS; of++) {
            double a[COLUMNS * COLUMNS] = {0}, b[COLUMNS] = {0}, unit[COLUMNS] = {0};
            const double *row = of == COLUMNS ? column[7] : unit;
            for (size_t i = 0; i < N; i++)
                for (size_t j = 0; j < COLUMNS; j++)
                    for (size_t k = 0; k < COLUMNS; k++)
                        a[j * COLUMNS + k] += column[i][j] * column[i][k];
            for (size_t k = FREE; k < COLUMNS; k++)
                a[k * (COLUMNS + 1)] += fit->penalty[c];
            if (of < COLUMNS)
                unit[of] = 1;
            memcpy(b, row, sizeof b);
            solve(COLUMNS, a, b);
            expected[of][c] = 0;
            for (size_t k = 0; k < COLUMNS; k++)
                expected[of][c] += fit->residual[c * 3] * b[k] * row[k];
        }
}

/* Drawn coefficients: their mean is the estimate, and fitted values vary by x' cov x, where the
 * covariance of two responses' coefficients follows that of their residuals. */
static void draws_have_the_right_spread(void **state)
{
    (void)state;
    enum { DRAWS = 4000 };
    static double y[N][2], fitted[N][2];
    double normal[COLUMNS * 2], drawn[COLUMNS * 2];
    kea_penalised fit;
    kea_error err;
    make_columns();
    for (size_t i = 0; i < N; i++) {
        double noise = gaussian_number(2, i, 0);
        y[i][0] = column[i][1] + 0.2 * column[i][2] + 2 * noise;
        y[i][1] = -column[i][1] + 0.3 * column[i][4] + noise + gaussian_number(2, i, 1);
    }
    assert_ok(kea_penalised_init(&fit, &columns, N, 2, &y[0][0], 2, &err), err);
    assert_ok(kea_penalised_choose(&fit, NULL, NULL, &err), err);
    assert_ok(kea_penalised_solve(&fit, &columns, &y[0][0], 2, &fitted[0][0], &err), err);
    double expected[COLUMNS + 1][2], seen[COLUMNS][2] = {{0}};
    posterior(&fit, expected);
    double square[2] = {0, 0}, product = 0, sum = 0;
    for (size_t d = 0; d < DRAWS; d++) {
        double off[2] = {-fitted[7][0], -fitted[7][1]};
        for (size_t k = 0; k < COLUMNS * 2; k++)
            normal[k] = gaussian_number(9, d, k);
        kea_penalised_draw(&fit, normal, drawn);
        for (size_t k = 0; k < COLUMNS; k++)
            for (size_t c = 0; c < 2; c++) {
                off[c] += column[7][k] * drawn[k * 2 + c];
                seen[k][c] += pow(drawn[k * 2 + c] - fit.coefficient[k * 2 + c], 2) / DRAWS;
            }
        for (size_t c = 0; c < 2; c++)
            square[c] += off[c] * off[c] / DRAWS;
        product += off[0] * off[1] / DRAWS;
        sum += off[0] / DRAWS;
    }
    assert_near(sum / sqrt(expected[COLUMNS][0] / DRAWS), 0, 4.9);
    for (size_t c = 0; c < 2; c++) {
        assert_near(square[c] / expected[COLUMNS][c], 1, 4.9 * sqrt(2.0 / DRAWS));
        for (size_t k = 0; k < COLUMNS; k++)
            assert_near(seen[k][c] / expected[k][c], 1, 4.9 * sqrt(2.0 / DRAWS));
    }
    double correlation = fit.residual[1] / sqrt(fit.residual[0] * fit.residual[3]);
    /* penalties differ between the two, which matters little here */
    assert_near(product / sqrt(square[0] * square[1]), correlation, 0.05);
    kea_penalised_free(&fit);
}

static void edges(void **state)
{
    (void)state;
    double y[N], fitted[N];
    kea_penalised fit;
    kea_error err;
    make_columns();
    for (size_t i = 0; i < N; i++)
        y[i] = 4;
    assert_ok(kea_penalised_init(&fit, &columns, N, 1, y, 1, &err), err);
    assert_ok(kea_penalised_choose(&fit, NULL, NULL, &err), err);
    assert_ok(kea_penalised_solve(&fit, &columns, y, 1, fitted, &err), err);
    assert_near(fitted[3], 4, 1e-12);
    assert_near(fit.share[0], 0, 0);
    kea_penalised_free(&fit);
    assert_int_equal(kea_penalised_init(&fit, &columns, 2, 1, y, 1, &err), KEA_ERR_INPUT);
    for (size_t i = 0; i < N; i++)
        column[i][1] = 3;
    assert_int_equal(kea_penalised_init(&fit, &columns, N, 1, y, 1, &err), KEA_ERR_NUMERIC);
    kea_penalised_free(&fit);
}

static void dense_matrices(void **state)
{
    (void)state;
    /* of rank 2: the last row is the sum of the others */
    double a[9] = {4, 2, 6, 2, 5, 7, 6, 7, 13}, back[9], inverse[9], product[9];
    assert_int_equal(kea_dense_cholesky(3, a, 1e-12), 2);
    const double l[9] = {2, 0, 0, 1, 2, 0, 3, 2, 0};
    for (size_t i = 0; i < 9; i++)
        assert_near(a[i], l[i], 1e-15);
    double full[9] = {4, 2, 6, 2, 5, 7, 6, 7, 14};
    assert_int_equal(kea_dense_cholesky(3, full, 1e-12), 3);
    kea_dense_inverse(3, full, inverse);
    kea_dense_multiply(3, 3, 3, full, inverse, product);
    for (size_t i = 0; i < 9; i++)
        assert_near(product[i], i % 4 == 0, 1e-15);
    kea_dense_transpose(3, 3, full, back);
    assert_near(back[1], full[3], 0);
    /* seven rows: a group of four and three left over */
    double tall[14], gram[4] = {0}, cross[2] = {0}, expected[4] = {0};
    for (size_t i = 0; i < 14; i++)
        tall[i] = (double)((i * 5) % 11);
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 4; j++)
            expected[j] += tall[2 * i + j / 2] * tall[2 * i + j % 2];
    kea_dense_gram(7, 2, tall, gram);
    kea_dense_mirror(2, gram);
    kea_dense_cross(7, 2, 1, tall, tall, 2, cross);
    for (size_t j = 0; j < 4; j++)
        assert_near(gram[j], expected[j], 0);
    assert_near(cross[1], expected[2], 0);
    double values[2], vectors[4];
    const double symmetric[4] = {2, 1, 1, 2};
    kea_error err;
    assert_ok(kea_dense_eigen(2, symmetric, values, vectors, &err), err);
    assert_near(values[0] + values[1], 4, 1e-14);
    assert_near(values[0] * values[1], 3, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_matrices),
        cmocka_unit_test(ridge_by_elimination),
        cmocka_unit_test(finds_the_penalty),
        cmocka_unit_test(draws_have_the_right_spread),
        cmocka_unit_test(edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
