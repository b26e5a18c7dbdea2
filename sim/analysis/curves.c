/* Estimates per group of points, and the bars of a tornado. */
#include "sim/analysis/curves.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>

kea_estimate kea_curve_group(size_t n, const double *value, const size_t *group, size_t which,
                             double *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (group[i] == which)
            scratch[count++] = value[i];
    return kea_estimate_of(scratch, count);
}

/* Larger absolute change of the two ends. */
static double swing(const kea_bar *bar)
{
    return fmax(fabs(bar->low), fabs(bar->high));
}

static int larger_first(const void *left, const void *right)
{
    const kea_bar *a = left;
    const kea_bar *b = right;
    double x = swing(a);
    double y = swing(b);
    if (x != y)
        return x < y ? 1 : -1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* The points of each group in order: at[group * size + j]. Every group must have `size` points. */
static kea_status sort_points(size_t n_groups, size_t n_points, const size_t *group, size_t *at,
                              size_t *filled, kea_error *err)
{
    size_t size = n_points / n_groups;
    for (size_t i = 0; i < n_points; i++) {
        if (group[i] >= n_groups || filled[group[i]] == size)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "tornado: point %zu does not fit: %zu groups of %zu points each "
                                 "are expected, its group is %zu",
                                 i, n_groups, size, group[i]);
        at[group[i] * size + filled[group[i]]++] = i;
    }
    return KEA_OK;
}

static kea_moments paired_change(const double *value, const size_t *end, const size_t *base,
                                 size_t size)
{
    kea_moments change = {0};
    for (size_t j = 0; j < size; j++)
        kea_moments_add(&change, value[end[j]] - value[base[j]]);
    return change;
}

kea_status kea_tornado(size_t n_bars, const size_t *entry, size_t n_points, const double *value,
                       const size_t *group, const double *level, kea_bar *bars, kea_error *err)
{
    kea_status status = KEA_OK;
    void *at_block = NULL;
    void *filled_block = NULL;
    size_t n_groups = 2 * n_bars + 1;
    if (n_points == 0 || n_points % n_groups != 0)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "tornado: %zu points cannot be %zu groups of equal size", n_points,
                             n_groups);
    KEA_TRY(kea_memory_new(&at_block, n_points, sizeof(size_t), err));
    KEA_TRY(kea_memory_new(&filled_block, n_groups, sizeof(size_t), err));
    size_t *at = at_block;
    KEA_TRY(sort_points(n_groups, n_points, group, at, filled_block, err));
    size_t size = n_points / n_groups;
    const size_t *base = at + 2 * n_bars * size;
    for (size_t k = 0; k < n_bars; k++) {
        const size_t *low = at + 2 * k * size;
        const size_t *high = low + size;
        kea_moments down = paired_change(value, low, base, size);
        kea_moments up = paired_change(value, high, base, size);
        bars[k] = (kea_bar){.entry = entry[k],
                            .low_value = level[low[0]],
                            .high_value = level[high[0]],
                            .low = down.mean,
                            .high = up.mean,
                            .low_error = kea_moments_error(&down),
                            .high_error = kea_moments_error(&up)};
    }
    qsort(bars, n_bars, sizeof *bars, larger_first);
done:
    free(at_block);
    free(filled_block);
    return status;
}
