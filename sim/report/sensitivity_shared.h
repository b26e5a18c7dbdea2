/* What the files of the sensitivity report share among themselves. */
#ifndef KEA_REPORT_SENSITIVITY_SHARED_H
#define KEA_REPORT_SENSITIVITY_SHARED_H

#include "sim/analysis/estimate.h"
#include "sim/analysis/morris.h"
#include "sim/analysis/sobol.h"
#include "sim/report/axis.h"
#include "sim/report/sensitivity.h"

enum { KEA_SENSITIVITY_TEXT = 256 };

/* How a quantity is called and shown. */
typedef struct kea_quantity_words {
    const char *key;                  /* in tables for programs: "extra_cost" */
    char column[80];                  /* the same, with its unit: "extra_cost_%s" (currency) */
    char title[KEA_SENSITIVITY_TEXT]; /* "net benefit", "early leavers prevented" */
    const char *unit;                 /* on the terminal, "%s" for the currency */
    double scale;
    int decimals;
    bool money;
} kea_quantity_words;
kea_quantity_words kea_sensitivity_words(const kea_sensitivity *s, size_t quantity);

/* Mean, Monte Carlo error and (of parameter draws only, else NAN) 95% interval of a quantity in a
 * group. `scratch` holds n_repeats numbers. */
kea_estimate kea_sensitivity_estimate(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                      size_t quantity, size_t arm, size_t group, double *scratch);

/* How an axis is called and shown. */
typedef struct kea_varied_words {
    char name[KEA_SENSITIVITY_TEXT]; /* "price of treatment A" */
    bool has_value;                  /* it is one number, whose value is known at every level */
    bool share;                      /* written as a percentage */
    const char *unit;                /* "%", "EUR", "hours" or "" */
    int value_decimals, level_decimals;
} kea_varied_words;
kea_varied_words kea_sensitivity_axis(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                      size_t axis);

/* What stands along the axis of a figure or in a sentence at a level: the value where it is known,
 * else the level; and its title. */
double kea_sensitivity_along(const kea_sensitivity *s, const kea_sensitivity_part *part,
                             size_t axis, double level);
void kea_sensitivity_axis_title(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                size_t axis, char *text, size_t size);

/* A factor of a global analysis, for people. */
void kea_sensitivity_factor(const kea_sensitivity *s, const kea_factors *factors, size_t factor,
                            char *text, size_t size);

/* Indices and effects of the quantity asked about; all NAN where it is the same at every point.
 * index, effect: [factors->n]. (sensitivity_global.c) */
KEA_CHECKED kea_status kea_sensitivity_sobol(const kea_sensitivity *s,
                                             const kea_sensitivity_part *part, size_t arm,
                                             kea_sobol_index *index, double *variance,
                                             kea_error *err);
KEA_CHECKED kea_status kea_sensitivity_morris(const kea_sensitivity *s,
                                              const kea_sensitivity_part *part, size_t arm,
                                              kea_morris_effect *effect, kea_error *err);

/* Numbers of factors by size of key[n], largest first, NAN last, into order[n]. */
void kea_sensitivity_order(size_t n, const double *key, size_t *order);

/* Tables by kind. (sensitivity_grid.c, sensitivity_threshold.c, sensitivity_global.c) */
KEA_CHECKED kea_status kea_sensitivity_grid(kea_table *table, const kea_sensitivity *s,
                                            const kea_sensitivity_part *part, kea_error *err);
KEA_CHECKED kea_status kea_sensitivity_what_if(kea_table *table, const kea_sensitivity *s,
                                               const kea_sensitivity_part *part, kea_error *err);
KEA_CHECKED kea_status kea_sensitivity_thresholds(kea_table *table, const kea_sensitivity *s,
                                                  const kea_sensitivity_part *part, kea_error *err);
KEA_CHECKED kea_status kea_sensitivity_global(kea_table *table, const kea_sensitivity *s,
                                              const kea_sensitivity_part *part, kea_error *err);

/* One sentence per strategy on where an answer turns. (sensitivity_threshold.c) */
void kea_sensitivity_say_threshold(FILE *out, const kea_sensitivity *s,
                                   const kea_sensitivity_part *part);

/* An amount of the quantity, with its currency where it is money. */
void kea_sensitivity_amount(const kea_sensitivity *s, size_t quantity, double value, char *text,
                            size_t size);

#endif
