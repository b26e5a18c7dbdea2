/* The figures of a report. Each takes plain numbers and names and writes FOLDER/NAME.svg, .png and
 * .pdf; it knows neither the model nor the store. The words are translated (sim/report/text.h) and
 * numbers written as the reader's language does; names of strategies, parameters and effects come
 * from the caller, already in that language, UTF-8. Values that are not finite are left out and,
 * where nothing is left, the figure says so in words.
 *
 * Colours are those of Okabe and Ito 2008, told apart by colour-blind readers.
 *
 * All return KEA_OK, KEA_ERR_IO (cannot write; nothing half is left), KEA_ERR_RUN (PLplot cannot
 * draw, e.g. its cairo devices are not installed) or KEA_ERR_MEMORY. One thread at a time. */
#ifndef KEA_REPORT_FIGURES_H
#define KEA_REPORT_FIGURES_H

#include "sim/core/status.h"

#include <stddef.h>

/* One strategy's points on the cost-effectiveness plane, each a paired increment against the
 * comparator. */
typedef struct kea_cloud {
    const char *name;
    size_t n;
    const double *effect; /* better is more */
    const double *cost;   /* in the figure's currency */
} kea_cloud;

/* Cost-effectiveness plane: points with the regions that hold half and 95% of them (one cloud), or
 * the 95% region of each (several); means, the line of the willingness to pay and what the four
 * quadrants mean. */
typedef struct kea_figure_plane_data {
    size_t n_clouds; /* 1 to 7 */
    const kea_cloud *clouds;
    const char *comparator; /* "null alternative" */
    const char *effect;     /* "early school leavers prevented" */
    const char
        *effect_unit; /* one of them, in "EUR 40,000 per ...": "early school leaver prevented" */
    const char *currency; /* "EUR" */
    double wtp;           /* per unit of effect; NAN for none */
    const char *note;     /* "1,000 parameter draws, 7,700 students, 5 years"; "" for none */
} kea_figure_plane_data;
KEA_CHECKED kea_status kea_figure_plane(const kea_figure_plane_data *data, const char *folder,
                                        const char *name, kea_error *err);

/* Acceptability: the probability that each strategy has the highest net benefit. Where one is best
 * on average its curve is broad: the frontier of acceptability. */
typedef struct kea_figure_acceptability_data {
    size_t n_strategies; /* 1 to 14 */
    const char *const *names;
    size_t n_wtp;
    const char *currency;      /* "EUR" */
    const double *wtp;         /* increasing */
    const double *probability; /* [strategy][wtp], 0 to 1 */
    const size_t *best;        /* [wtp] the strategy best on average; NULL: not marked */
    const char *effect_unit;   /* "early school leaver prevented" */
    double reference;          /* the willingness to pay that is marked; NAN for none */
    const char *note;
} kea_figure_acceptability_data;
KEA_CHECKED kea_status kea_figure_acceptability(const kea_figure_acceptability_data *data,
                                                const char *folder, const char *name,
                                                kea_error *err);

/* One bar of the tornado: the change of the outcome when one entry stands at its low and at its
 * high end, with the simulation's standard errors. */
typedef struct kea_figure_bar {
    const char *name;
    double low_value, high_value; /* the entry's two values */
    const char *unit; /* of them: "hours", "EUR" (the figure's currency), "%" (the values are shares
                         0 to 1) or "" */
    double low, high; /* change of the outcome */
    double low_error, high_error; /* NAN when not known */
} kea_figure_bar;

typedef struct kea_figure_tornado_data {
    size_t n_bars; /* any; the first 15 are drawn, so largest first */
    const kea_figure_bar *bars;
    const char *strategy, *comparator;
    const char *outcome;  /* "net benefit at EUR 40,000", "early school leavers prevented" */
    const char *currency; /* "EUR" */
    int outcome_is_money;
    double base;       /* the outcome in the base case */
    const char *range; /* which ends: "ends of the 95% interval" */
    const char *note;
} kea_figure_tornado_data;
KEA_CHECKED kea_status kea_figure_tornado(const kea_figure_tornado_data *data, const char *folder,
                                          const char *name, kea_error *err);

/* A quantity over staffing hours with its 95% interval; arrays of as many numbers as hours. low and
 * high may be NULL together. */
typedef struct kea_curve {
    const double *mean, *low, *high;
} kea_curve;

/* Effect and cost against staffing hours, one above the other. */
typedef struct kea_figure_hours_data {
    size_t n;
    const double *hours;    /* increasing */
    const char *hours_name; /* "Staffing hours per 100 students per week" */
    kea_curve effect;
    kea_curve cost;
    const char *currency; /* of the cost, "EUR" */
    const char *strategy, *comparator;
    const char *effect_name; /* "early school leavers prevented" */
    const char *cost_name;   /* "extra cost per student a year"; NULL for "extra cost" */
    double base_hours;       /* the hours now, marked; NAN for none */
    const char *note;
} kea_figure_hours_data;
KEA_CHECKED kea_status kea_figure_hours(const kea_figure_hours_data *data, const char *folder,
                                        const char *name, kea_error *err);

/* One of two quantities over staffing hours. */
typedef struct kea_figure_access_panel {
    const char *name; /* of the axis: "Mean wait until the team starts" */
    const char *unit; /* "share" (0 to 1, written as a percentage), "weeks", ... or "" */
    kea_curve curve;
} kea_figure_access_panel;

/* What else staffing hours change, one above the other. */
typedef struct kea_figure_access_data {
    const char *title;
    size_t n;
    const double *hours;    /* increasing */
    const char *hours_name; /* "Staffing hours per 100 students per week" */
    kea_figure_access_panel panel[2];
    double base_hours;
    const char *base_text; /* words at the mark; NULL: how many hours */
    const char *note;
} kea_figure_access_data;
KEA_CHECKED kea_status kea_figure_access(const kea_figure_access_data *data, const char *folder,
                                         const char *name, kea_error *err);

/* Net benefit over two quantities: blue where the strategy is worth it, orange where it is not,
 * and the line between. */
typedef struct kea_figure_map_data {
    size_t n_x, n_y;
    const double *x, *y;        /* increasing */
    const double *value;        /* [y][x], net benefit */
    const char *currency;       /* of it, "EUR" */
    const char *x_name;         /* with its unit: "staffing hours per 100 students per week" */
    const char *y_name;         /* "share of moderate cases referred outside" */
    int x_is_share, y_is_share; /* written as a percentage */
    double base_x, base_y;      /* the base case, marked; NAN for none */
    const char *strategy, *comparator;
    double wtp;              /* money per unit of effect */
    const char *effect_unit; /* "early school leaver prevented" */
    const char *note;
} kea_figure_map_data;
KEA_CHECKED kea_status kea_figure_map(const kea_figure_map_data *data, const char *folder,
                                      const char *name, kea_error *err);

/* What a forest says of a row; told apart by shape as well as colour. */
typedef enum kea_forest_verdict {
    KEA_FOREST_INSIDE,   /* the mean lies within the published range */
    KEA_FOREST_OVERLAPS, /* only the interval reaches it */
    KEA_FOREST_MISSED    /* nor does the interval, or there is no value */
} kea_forest_verdict;

/* One published figure beside what is simulated; all numbers in `unit`. */
typedef struct kea_figure_forest_row {
    const char *name;
    const char *unit;        /* "%", the currency, "" or a word that stands behind the numbers */
    int decimals;            /* of the numbers */
    size_t group;            /* index in groups */
    double value, low, high; /* published, not 0 */
    double mean, from, to;   /* simulated, with its 95% interval; NAN for none */
    kea_forest_verdict verdict;
} kea_figure_forest_row;

/* Forest: per row the published range and the simulated mean with its interval, both as a multiple
 * of the published figure, so that all rows share one axis. Rows stand by group, in their order
 * within it; groups without rows are left out. No row is ever left out. */
typedef struct kea_figure_forest_data {
    size_t n_rows; /* any number; 80 or fewer have the room they need */
    const kea_figure_forest_row *rows;
    size_t n_groups;
    const char *const *groups; /* heads of the groups, in their order */
    const char *currency;      /* "EUR": the unit that stands before the numbers */
    const char *title;
    const char *note;
} kea_figure_forest_data;
KEA_CHECKED kea_status kea_figure_forest(const kea_figure_forest_data *data, const char *folder,
                                         const char *name, kea_error *err);

#endif
