/* The figures of decision analysis and value of information; all that figures.h says holds for them
 * too. Each answers the one question of its title. */
#ifndef KEA_REPORT_FIGURES_CHOICE_H
#define KEA_REPORT_FIGURES_CHOICE_H

#include "sim/core/status.h"
#include "sim/report/figures.h"

#include <stdbool.h>
#include <stddef.h>

/* One strategy on the plane of mean costs and effects. */
typedef struct kea_frontier_point {
    const char *name;
    double cost, effect; /* more than the reference */
    bool on_frontier;
    double ratio; /* cost per effect against the one before it on the frontier; NAN for none */
} kea_frontier_point;

/* Which strategies are worth considering: the frontier as a line, the others pale. */
typedef struct kea_figure_frontier_data {
    size_t n; /* the first 12 are named; on the frontier first, by rising cost */
    const kea_frontier_point *points;
    const char *reference, *effect_unit, *currency, *note;
} kea_figure_frontier_data;
KEA_CHECKED kea_status kea_figure_frontier(const kea_figure_frontier_data *data, const char *folder,
                                           const char *name, kea_error *err);

/* What choosing each strategy may cost: expected loss over the willingness to pay. The lowest curve
 * is the value of perfect information, drawn broad. */
typedef struct kea_figure_loss_data {
    size_t n_strategies; /* 1 to 14 */
    const char *const *names;
    size_t n_wtp;
    const double *wtp;  /* increasing */
    const double *loss; /* [strategy][wtp] */
    const size_t *best; /* [wtp] */
    const char *effect_unit, *currency, *note;
    double reference; /* the willingness to pay that is marked; NAN for none */
} kea_figure_loss_data;
KEA_CHECKED kea_status kea_figure_loss(const kea_figure_loss_data *data, const char *folder,
                                       const char *name, kea_error *err);

/* Which numbers are worth knowing better: a bar each, with the 95% error of the estimate. */
typedef struct kea_worth_bar {
    const char *name;
    double value, error;
    bool doubtful; /* drawn pale: see the note */
} kea_worth_bar;

typedef struct kea_figure_worth_data {
    size_t n;      /* at most 15 are drawn, so largest first */
    size_t n_more; /* how many beside these are worth something */
    const kea_worth_bar *bars;
    double everything;  /* what it is worth to know all, a line */
    const char *amount; /* "EUR 40,000 per early leaver prevented" */
    const char *currency, *note;
} kea_figure_worth_data;
KEA_CHECKED kea_status kea_figure_worth(const kea_figure_worth_data *data, const char *folder,
                                        const char *name, kea_error *err);

/* How large a study should be: its value per decision, and that for all less its price (or, without
 * prices, the part of what exact knowledge is worth). */
typedef struct kea_figure_study_data {
    size_t n;
    const double *size; /* increasing */
    kea_curve value;    /* per decision */
    kea_curve second;   /* net of the price, or a share */
    bool priced;
    double exact;        /* what exact knowledge is worth per decision */
    double best_size;    /* marked; NAN for none */
    const char *subject; /* what is measured */
    const char *currency, *note;
} kea_figure_study_data;
KEA_CHECKED kea_status kea_figure_study(const kea_figure_study_data *data, const char *folder,
                                        const char *name, kea_error *err);

/* Is the simulation large enough: how far one strategy is ahead of another after more and more
 * draws, with its 95% error. */
typedef struct kea_figure_running_data {
    size_t n;
    const double *draws; /* increasing */
    const double *mean, *low, *high;
    const char *best, *second, *amount, *currency, *note;
} kea_figure_running_data;
KEA_CHECKED kea_status kea_figure_running(const kea_figure_running_data *data, const char *folder,
                                          const char *name, kea_error *err);

/* How a net benefit goes with one number: the draws as points, and the regression line. */
typedef struct kea_figure_scatter_data {
    size_t n; /* at most 700 points are drawn, at equal steps */
    const double *x, *y;
    size_t n_line;
    const double *line_x, *line_y; /* by rising x */
    const char *parameter, *best, *second, *amount, *currency, *note;
} kea_figure_scatter_data;
KEA_CHECKED kea_status kea_figure_scatter(const kea_figure_scatter_data *data, const char *folder,
                                          const char *name, kea_error *err);

#endif
