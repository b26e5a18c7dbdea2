/* Residuals by groups of rows. */
#include "sim/analysis/residuals.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { MOST_GROUPS = 20, LEAST_ROWS = 10, LEAST_GROUPS = 3 };

typedef struct place {
    double key;
    size_t row;
} place;

static int by_key(const void *left, const void *right)
{
    const place *a = left;
    const place *b = right;
    if (a->key != b->key)
        return (a->key > b->key) - (a->key < b->key);
    return (a->row > b->row) - (a->row < b->row);
}

/* Probability of more, for one arm, with rows in order. A group whose residuals do not differ has
 * no error, and is left out. */
static double probability(const kea_benefits *benefits, const double *fitted, const place *order,
                          size_t n_groups, size_t arm)
{
    double sum = 0.0;
    size_t n = benefits->n_points, arms = benefits->n_arms;
    for (size_t g = 0; g < n_groups; g++) {
        kea_moments residual = {0};
        for (size_t i = g * n / n_groups; i < (g + 1) * n / n_groups; i++) {
            size_t at = order[i].row * arms + arm;
            kea_moments_add(&residual, benefits->value[at] - fitted[at]);
        }
        double error = kea_moments_error(&residual);
        double scale = fabs(benefits->value[order[g * n / n_groups].row * arms + arm]);
        if (error > 1e-10 * scale)
            sum += residual.mean * residual.mean / (error * error);
    }
    return gsl_cdf_chisq_Q(sum, (double)(n_groups - 1));
}

static void sort_rows(size_t n, const double *key, size_t stride, place *order)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (place){key[i * stride], i};
    qsort(order, n, sizeof *order, by_key);
}

kea_status kea_residuals_check(const kea_benefits *benefits, const double *fitted, size_t n_inputs,
                               const double *x, double *p, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t n = benefits->n_points, arms = benefits->n_arms;
    size_t n_groups = n / LEAST_ROWS < MOST_GROUPS ? n / LEAST_ROWS : MOST_GROUPS;
    double least = 1.0;
    *p = (double)NAN;
    if (n_groups < LEAST_GROUPS)
        return KEA_OK;
    KEA_TRY(kea_memory_new(&block, n, sizeof(place), err));
    for (size_t k = 0; k < n_inputs; k++) {
        sort_rows(n, x + k, n_inputs, block);
        for (size_t arm = 1; arm < arms; arm++)
            least = fmin(least, probability(benefits, fitted, block, n_groups, arm));
    }
    for (size_t arm = 1; arm < arms; arm++) {
        sort_rows(n, fitted + arm, arms, block);
        least = fmin(least, probability(benefits, fitted, block, n_groups, arm));
    }
    *p = fmin(1.0, least * (double)((n_inputs + 1) * (arms - 1)));
done:
    free(block);
    return status;
}
