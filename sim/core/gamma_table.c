/* Filling and reading the table of a gamma distribution. */
#include "sim/core/gamma_table.h"

#include "sim/core/cdf.h"
#include "sim/core/fast_math.h"

#include <math.h>

/* The table reaches from u = 1e-12 to 1 - 1e-12. */
static const double LOGIT_REACH = 27.631021115928547;
static const double CELL = 2.0 * 27.631021115928547 / KEA_GAMMA_TABLE_CELLS;

/* With t = logit u: d log x / dt = u (1 - u) / (density of log x). */
static void fill_node(kea_gamma_table *table, int node)
{
    double t = (node - KEA_GAMMA_TABLE_CELLS / 2) * CELL;
    double lower = kea_cdf_expit(t), upper = kea_cdf_expit(-t);
    double log_x = kea_cdf_gamma_log_quantile(table->shape, lower, upper);
    double log_density = kea_cdf_gamma_log_density(table->shape, log_x);
    table->log_x[node] = log_x - log(table->shape);
    table->slope[node] = CELL * exp(log(lower) + log(upper) - log_density);
}

kea_status kea_gamma_table_init(kea_gamma_table *table, double shape, kea_error *err)
{
    if (!(shape >= 0.05 && shape <= 1000.0))
        return kea_error_set(err, KEA_ERR_INPUT, "shape %.10g must be from 0.05 to 1000", shape);
    if (table->shape == shape)
        return KEA_OK;
    table->shape = shape;
    for (int node = 0; node <= KEA_GAMMA_TABLE_CELLS; node++)
        fill_node(table, node);
    return KEA_OK;
}

double kea_gamma_table_quantile(const kea_gamma_table *table, double u)
{
    double place = (kea_fast_log(u / (1.0 - u)) + LOGIT_REACH) * (1.0 / CELL);
    if (place < 0.0)
        return kea_fast_exp(table->log_x[0] + place * table->slope[0]);
    if (place >= KEA_GAMMA_TABLE_CELLS) {
        const int last = KEA_GAMMA_TABLE_CELLS;
        return kea_fast_exp(table->log_x[last] + (place - last) * table->slope[last]);
    }
    int cell = (int)place;
    double s = place - cell;
    const double *y = table->log_x + cell, *d = table->slope + cell;
    double rise = y[1] - y[0];
    double bend = d[0] + d[1] - 2.0 * rise;
    /* y0 + d0 s + (3 rise - 2 d0 - d1) s^2 + (d0 + d1 - 2 rise) s^3 */
    return kea_fast_exp(y[0] + s * (d[0] + s * (rise - d[0] - bend + s * bend)));
}
