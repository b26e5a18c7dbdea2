/* Studies not yet done: what a study of a given size would find, for every draw of a sample. What
 * it finds is told by summaries (a mean, a proportion), at best sufficient ones. */
#ifndef KEA_ANALYSIS_STUDY_H
#define KEA_ANALYSIS_STUDY_H

#include "sim/analysis/evppi.h"

#include <gsl/gsl_rng.h>

typedef struct kea_study kea_study;

/* One study of `size` subjects if the parameters had the values param[n_params]: its summaries into
 * summary[n_summaries], with random numbers from `random`, a stream of this draw. Taking numbers in
 * the same way whatever the size (the same uniform turned into another quantile) makes the value
 * smooth in the size. May fail, such as for a parameter that cannot be measured this way. */
typedef kea_status (*kea_study_fn)(const kea_study *study, const double *param, size_t size,
                                   gsl_rng *random, double *summary, kea_error *err);

struct kea_study {
    kea_set informs; /* the parameters that data depend on */
    size_t n_summaries;
    kea_study_fn observe;
    const void *context; /* whatever observe needs */
};

/* Ready-made designs: every parameter of the set is measured by itself, one summary each.
 * Mean: of `size` normal observations around the parameter with SD sd[k] > 0 (borrowed). Exact for
 * normal data; a good approximation for any mean of many. */
kea_study kea_study_mean(kea_set informs, const double *sd);

/* Proportion: of `size` subjects to whom something happens with the parameter as probability. Two
 * parameters: two arms of `size` each. A parameter outside 0..1 is KEA_ERR_INPUT. */
kea_study kea_study_proportion(kea_set informs);

/* Rate: events over `size` years of observation, at the parameter per year. A parameter below 0 is
 * KEA_ERR_INPUT. */
kea_study kea_study_rate(kea_set informs);

/* Does the study for every draw: x[point][n_summaries]. Draws: stream "analysis.study" of the seed
 * at the number of the draw, whatever the size. Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT for size 0
 * and a summary that is no finite number; those of observe, with the number of the draw. */
KEA_CHECKED kea_status kea_study_run(const kea_study *study, const kea_parameters *parameters,
                                     size_t size, uint64_t seed, double *x, kea_error *err);

#endif
