/* The figures of a sensitivity analysis, in the manner of sim/report/figures.h: plain numbers and
 * names in, FOLDER/NAME.svg, .png and .pdf out, with the same errors. */
#ifndef KEA_REPORT_FIGURES_SENSITIVITY_H
#define KEA_REPORT_FIGURES_SENSITIVITY_H

#include "sim/core/status.h"
#include "sim/report/figures.h"

#include <stdbool.h>
#include <stddef.h>

/* How the numbers of an axis are written. */
typedef enum kea_figure_unit {
    KEA_FIGURE_PLAIN,
    KEA_FIGURE_MONEY,  /* in the figure's currency */
    KEA_FIGURE_PERCENT /* shares 0 to 1 */
} kea_figure_unit;

/* One strategy's curve, and where it is at the goal. */
typedef struct kea_figure_curve_line {
    const char *name;
    kea_curve curve; /* low and high NULL together: no band */
    double turn;     /* NAN for none */
} kea_figure_curve_line;

/* A quantity over the values of one number. */
typedef struct kea_figure_curve_data {
    const char *title;
    size_t n;
    const double *x; /* increasing */
    const char *x_name;
    kea_figure_unit x_unit;
    const char *y_name;
    kea_figure_unit y_unit;
    const char *currency;
    size_t n_lines; /* 1 to 7 */
    const kea_figure_curve_line *lines;
    double goal;           /* dashed; NAN for none */
    double base;           /* the number's value now, marked; NAN for none */
    const char *base_name; /* what stands there; NULL: "base case" */
    const char *note;
} kea_figure_curve_data;
KEA_CHECKED kea_status kea_figure_curve(const kea_figure_curve_data *data, const char *folder,
                                        const char *name, kea_error *err);

/* A value with its interval; NAN where not known. */
typedef struct kea_figure_interval {
    double value, low, high;
} kea_figure_interval;

enum { KEA_FIGURE_SERIES = 7 };

/* Rows of one or several values with their intervals, along one axis that holds 0. */
typedef struct kea_figure_intervals_data {
    const char *title, *subtitle;
    size_t n_rows; /* any; the first 20 are drawn */
    const char *const *rows;
    size_t n_series; /* 1 to KEA_FIGURE_SERIES; one needs no name */
    const char *const *series;
    const kea_figure_interval *value; /* [row][series] */
    const char *x_name;
    kea_figure_unit x_unit;
    const char *currency;
    bool bars; /* from 0 to the value; else marks */
    const char *note;
} kea_figure_intervals_data;
KEA_CHECKED kea_status kea_figure_intervals(const kea_figure_intervals_data *data,
                                            const char *folder, const char *name, kea_error *err);

/* One factor of a screening. */
typedef struct kea_figure_effect {
    const char *name;
    double mu_star; /* largest first */
    double sigma;   /* NAN of a group, which stands on the axis as a ring */
} kea_figure_effect;

/* Scatter of mean absolute effects and their standard deviations; the largest are named. */
typedef struct kea_figure_screening_data {
    const char *title;
    size_t n;
    const kea_figure_effect *effects;
    const char *quantity; /* "net benefit" */
    kea_figure_unit unit;
    const char *currency;
    const char *note;
} kea_figure_screening_data;
KEA_CHECKED kea_status kea_figure_screening(const kea_figure_screening_data *data,
                                            const char *folder, const char *name, kea_error *err);

#endif
