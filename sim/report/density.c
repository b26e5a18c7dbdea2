#include "sim/report/density.h"

#include "sim/core/memory.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE = KEA_DENSITY_SIDE, FEWEST = 20 };

/* One coordinate of the points: its finite values in order, and what follows from them. */
typedef struct margin {
    double width;     /* of the kernel; 0 when the values do not spread */
    double low, step; /* of the grid */
} margin;

static int ascending(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

static double quantile(size_t n, const double *sorted, double share)
{
    double at = share * (double)(n - 1);
    size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* `sorted` holds n >= FEWEST values. The bandwidth is a quarter wider than Silverman's, so that the
 * regions show the cloud and not its single points; their levels come from the points, so the
 * shares hold all the same. The grid reaches beyond all but the outermost half per cent,
 * so that a lone outlier does not make it coarse. */
static margin margin_of(size_t n, const double *sorted)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += sorted[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (sorted[i] - mean) * (sorted[i] - mean) / (double)(n - 1);
    double quartiles = (quantile(n, sorted, 0.75) - quantile(n, sorted, 0.25)) / 1.34;
    double spread = quartiles > 0 ? fmin(sqrt(square), quartiles) : sqrt(square);
    margin m = {.width = 1.25 * spread * pow((double)n, -1.0 / 6)};
    m.low = quantile(n, sorted, 0.005) - 3.5 * m.width;
    m.step = (quantile(n, sorted, 0.995) + 3.5 * m.width - m.low) / (SIDE - 1);
    if (!(m.width > 1e-12 * fabs(mean)) || !isfinite(m.step))
        m.width = 0;
    return m;
}

static void kernel(const margin *m, double at, double weight[SIDE])
{
    for (size_t i = 0; i < SIDE; i++) {
        double z = (m->low + (double)i * m->step - at) / m->width;
        weight[i] = fabs(z) < 5 ? exp(-0.5 * z * z) : 0;
    }
}

static void estimate(kea_density *density, size_t n, const double *x, const double *y,
                     const margin m[2])
{
    double across[SIDE], up[SIDE];
    for (size_t i = 0; i < SIDE; i++) {
        density->x[i] = m[0].low + (double)i * m[0].step;
        density->y[i] = m[1].low + (double)i * m[1].step;
    }
    for (size_t k = 0; k < n; k++) {
        kernel(&m[0], x[k], across);
        kernel(&m[1], y[k], up);
        for (size_t row = 0; row < SIDE; row++)
            for (size_t column = 0; up[row] > 0 && column < SIDE; column++)
                density->value[row * SIDE + column] += up[row] * across[column];
    }
}

/* The density at a point by linear interpolation; 0 outside the grid. */
static double density_at(const kea_density *density, const margin m[2], double x, double y)
{
    double across = (x - m[0].low) / m[0].step, up = (y - m[1].low) / m[1].step;
    if (!(across >= 0 && across < SIDE - 1 && up >= 0 && up < SIDE - 1))
        return 0;
    size_t column = (size_t)across, row = (size_t)up;
    double dx = across - (double)column, dy = up - (double)row;
    const double *v = density->value + row * SIDE + column;
    return (1 - dy) * ((1 - dx) * v[0] + dx * v[1]) + dy * ((1 - dx) * v[SIDE] + dx * v[SIDE + 1]);
}

kea_status kea_density_init(kea_density *density, size_t n, const double *x, const double *y,
                            const double share[KEA_DENSITY_SHARES], kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL, *value = NULL;
    *density = (kea_density){0};
    KEA_TRY(kea_memory_new(&block, 3 * n + 1, sizeof(double), err));
    double *px = block, *py = px + n, *sorted = py + n;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        px[kept] = x[i];
        py[kept++] = y[i];
    }
    if (kept < FEWEST)
        goto done;
    margin m[2];
    for (int axis = 0; axis < 2; axis++) {
        for (size_t i = 0; i < kept; i++)
            sorted[i] = axis == 0 ? px[i] : py[i];
        qsort(sorted, kept, sizeof sorted[0], ascending);
        m[axis] = margin_of(kept, sorted);
    }
    if (m[0].width == 0 || m[1].width == 0)
        goto done;
    KEA_TRY(kea_memory_new(&value, (size_t)SIDE * SIDE, sizeof(double), err));
    density->value = value;
    estimate(density, kept, px, py, m);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = density_at(density, m, px[i], py[i]);
    qsort(sorted, kept, sizeof sorted[0], ascending);
    for (int k = 0; k < KEA_DENSITY_SHARES; k++)
        density->level[k] = quantile(kept, sorted, 1 - share[k]);
    density->exists = true;
done:
    free(block);
    return status;
}

void kea_density_free(kea_density *density)
{
    free(density->value);
    *density = (kea_density){0};
}

kea_grid kea_density_grid(const kea_density *density)
{
    return (kea_grid){SIDE, SIDE, density->x, density->y, density->value};
}
