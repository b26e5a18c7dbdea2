/* The expected value of partial perfect information (EVPPI): what it is worth to know some of the
 * parameters, from one sample of parameters and net benefits and whoever made it:
 *     EVPPI(set) = E over the set [max over arms of E(net benefit | set)] - max over arms of E.
 * The conditional expectation comes from a regression (smoother.h). Sources: Strong, Oakley,
 * Brennan 2014, Medical Decision Making 34(3); Heath, Manolopoulou, Baio 2017, Medical Decision
 * Making 37(7).
 *
 * Bounds. Never negative: by construction. Never above EVPI (of the same points), and never lower
 * than the value of a subset in the same call: enforced afterwards and flagged, because a
 * regression can break them by its error. The check by another method is nested.h. */
#ifndef KEA_ANALYSIS_EVPPI_H
#define KEA_ANALYSIS_EVPPI_H

#include "sim/analysis/smoother.h"

/* The parameters of a sample. Borrowed. */
typedef struct kea_parameters {
    size_t n_points, n_params;
    const char *const *names; /* [n_params] */
    const double *value;      /* [point][n_params]; row i belongs to point i of the net benefits */
} kea_parameters;

/* A set of parameters, by index. */
typedef struct kea_set {
    size_t n;
    const size_t *params;
} kea_set;

/* In the place of a set: none. */
#define KEA_NO_SET SIZE_MAX

typedef struct kea_evppi {
    double value;     /* EUR per decision, between 0 and EVPI */
    double error;     /* standard error: sampling and regression together, see kea_smoother_error */
    double raw;       /* before bounds were enforced */
    bool capped;      /* raw was above EVPI */
    size_t raised_by; /* the set of the call whose value this one, a superset of it, was raised to;
                         or KEA_NO_SET */
    kea_smoother_error parts;
    kea_smoother_method method;
    double freedom, share, lack_of_fit; /* see kea_smoother */
} kea_evppi;

typedef struct kea_evppi_options {
    kea_smoother_method method; /* 0: by the number of parameters */
    uint64_t seed;              /* of the standard errors; values do not depend on it */
} kea_evppi_options;

/* The EVPPI of n_sets sets into out[n_sets]. Some 0.03 s for one parameter, some seconds for a set
 * of 3 to 20 on 10,000 points. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT names parameter and rule:
 * benefits as in kea_benefits_check, rows that do not match, a set that is empty, has the same
 * parameter twice or one that does not exist, and what kea_smoother_init refuses: a number that is
 * not finite, a parameter that is constant or depends linearly on others of its set, and fewer
 * draws than coefficients. */
KEA_CHECKED kea_status kea_evppi_of(kea_evppi *out, const kea_benefits *benefits,
                                    const kea_parameters *parameters, size_t n_sets,
                                    const kea_set *sets, const kea_evppi_options *options,
                                    kea_error *err);

/* The columns of a set as inputs of a smoother (for the regression itself, as a figure shows it). x
 * [point][set->n] and names[set->n] are the caller's. Errors: KEA_ERR_INPUT for the set, as above.
 */
KEA_CHECKED kea_status kea_evppi_inputs(kea_inputs *inputs, const kea_parameters *parameters,
                                        const kea_set *set, double *x, const char **names,
                                        kea_error *err);

#endif
