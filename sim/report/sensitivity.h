/* The answers of a sensitivity analysis as tables, sentences and figures, from the numbers of its
 * designs alone: nothing is simulated here, and no model is known.
 *
 * Every part answers one question: other values of a number or of combinations of several, where an
 * answer turns (a threshold), named what-if scenarios, and which numbers the uncertainty is due to
 * (Sobol indices, Morris screening). */
#ifndef KEA_REPORT_SENSITIVITY_H
#define KEA_REPORT_SENSITIVITY_H

#include "sim/analysis/quantity.h"
#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/report/answers.h"
#include "sim/report/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What was found of a threshold, for one strategy. */
typedef struct kea_sensitivity_crossing {
    bool found;
    double level;           /* where the quantity is at the goal */
    double error;           /* its Monte Carlo standard error; NAN when not known */
    double slope;           /* of the quantity there */
    double at_low, at_high; /* the quantity at the ends */
    size_t times;           /* how often the curve of the design passes the goal */
} kea_sensitivity_crossing;

typedef struct kea_sensitivity_part {
    const char *stem;               /* of its files: "one_way_price_a" */
    const kea_design *design;       /* of a variation, one arm per strategy */
    double *value;                  /* [quantity][arm][point] */
    kea_sensitivity_crossing *turn; /* [n_arms] of a threshold; NULL: it is none */
} kea_sensitivity_part;

/* Cost, effect and net benefit always, and an outcome when that is what is asked about. */
enum { KEA_SENSITIVITY_BENEFIT = 2, KEA_SENSITIVITY_QUANTITIES = 4 };

typedef struct kea_sensitivity {
    kea_answer_input answers; /* problem, frame and caveat; it has no parts */
    const kea_outcome_decl *outcomes;
    size_t n_quantities;
    kea_quantity quantity[KEA_SENSITIVITY_QUANTITIES];
    size_t of;   /* the quantity that thresholds and global analyses are about */
    double goal; /* of thresholds */
    size_t n_parts;
    kea_sensitivity_part *parts; /* [n_parts] */
} kea_sensitivity;

/* The values of a quantity and arm at every point. */
static inline const double *kea_sensitivity_values(const kea_sensitivity *s,
                                                   const kea_sensitivity_part *part,
                                                   size_t quantity, size_t arm)
{
    (void)s;
    return part->value + (quantity * part->design->n_arms + arm) * part->design->n_points;
}

/* Fills the table of a part: rows of combinations of values and strategies with mean and Monte
 * Carlo error of every quantity; of a threshold one row per strategy; of Sobol and Morris one row
 * per factor and strategy, largest first. Freed by the caller with kea_table_free, also on failure.
 * Errors: KEA_ERR_MEMORY, KEA_ERR_INPUT (an analysis has too few points). */
KEA_CHECKED kea_status kea_sensitivity_table(kea_table *table, const kea_sensitivity *s,
                                             const kea_sensitivity_part *part, kea_error *err);

/* Writes FOLDER/STEM.csv of every part; of a threshold also STEM_curve.csv, the values tried. */
KEA_CHECKED kea_status kea_sensitivity_save(const kea_sensitivity *s, const char *folder,
                                            kea_error *err);

/* Writes it all for people: what is compared, then every part's table or sentences. */
KEA_CHECKED kea_status kea_sensitivity_write(FILE *out, const kea_sensitivity *s, kea_error *err);

/* Draws FOLDER/STEM.svg, .png and .pdf of every part: a curve, a map (of the net benefit), bars
 * with intervals, a scatter. A table of three numbers or more has no figure. With several
 * strategies beside the comparator there is one for each, but for a curve and the what-ifs. */
KEA_CHECKED kea_status kea_sensitivity_draw(const kea_sensitivity *s, const char *folder,
                                            kea_error *err);

#endif
