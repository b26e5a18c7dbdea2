/* A fast quantile function of the gamma distribution with mean 1 and a given shape, for the hot
 * path: durations, efforts and frailty are drawn by inversion, millions of times a second.
 * A cubic Hermite table of log x against logit u, with exact slopes; relative error below 1e-7
 * for 1e-12 < u < 1 - 1e-12, continued with its end slopes beyond. About 17 ns a number. */
#ifndef KEA_CORE_GAMMA_TABLE_H
#define KEA_CORE_GAMMA_TABLE_H

#include "sim/core/status.h"

#define KEA_GAMMA_TABLE_CELLS 1024

typedef struct kea_gamma_table {
    double shape;
    double log_x[KEA_GAMMA_TABLE_CELLS + 1];
    double slope[KEA_GAMMA_TABLE_CELLS + 1]; /* d log x / d logit u, times the cell width */
} kea_gamma_table;

/* Fills the table (about a millisecond); does nothing when it already holds this shape. The table
 * is {0} before its first use. `shape` from 0.05 to 1000, otherwise KEA_ERR_INPUT. */
KEA_CHECKED kea_status kea_gamma_table_init(kea_gamma_table *table, double shape, kea_error *err);

/* The quantile at 0 < u < 1 of Gamma(shape, 1 / shape). No allocation, thread safe. */
double kea_gamma_table_quantile(const kea_gamma_table *table, double u);

#endif
