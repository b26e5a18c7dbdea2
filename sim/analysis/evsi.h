/* The expected value of sample information (EVSI): what a study of a given size and design is worth
 * before choosing, what it is worth less its price (the expected net benefit of sampling, ENBS),
 * and the best size: EVSI(n) = E over data D of n subjects [max over arms of E(net benefit | D)] -
 * max over arms of E.
 *
 * Method: regression on summaries of simulated studies (Strong, Oakley, Brennan, Breeze 2015,
 * Medical Decision Making 35(5)), in two steps. The study informs some parameters; their own
 * regression gives g = E(net benefit | these parameters), once. Every draw of the sample then gets
 * a simulated study, and g is regressed on its summaries. As data depend on net benefits only
 * through the parameters, E(g | D) = E(net benefit | D); but g has none of the noise of everything
 * else. Works for any design that can be simulated (study.h) and any sample; summaries that are not
 * sufficient give a lower bound.
 *
 * Bounds: never negative by construction; never above EVPPI of the parameters informed (by the same
 * regression), and along a curve never lower for a larger study: enforced and flagged. */
#ifndef KEA_ANALYSIS_EVSI_H
#define KEA_ANALYSIS_EVSI_H

#include "sim/analysis/population.h"
#include "sim/analysis/study.h"

typedef struct kea_evsi {
    kea_benefits given; /* E(net benefit | parameters informed), per point and arm */
    double evppi;       /* of the parameters informed: what a study without end is worth */
    double evppi_error; /* as kea_evppi.error */
    double lack_of_fit; /* of the first regression, see kea_smoother */
    const kea_parameters *parameters; /* borrowed, as is the study */
    const kea_study *study;
    kea_evppi_options options;
    kea_smoother first;
    double *drawn; /* [point][draw][arm - 1]: of the first regression, for errors */
} kea_evsi;

/* The first regression. Benefits are borrowed for the call, the rest until kea_evsi_free; the
 * struct must not be moved. Errors: as kea_evppi_of, for the parameters informed. Free with
 * kea_evsi_free (legal on {0}, after a failed init, and twice). */
KEA_CHECKED kea_status kea_evsi_init(kea_evsi *evsi, const kea_benefits *benefits,
                                     const kea_parameters *parameters, const kea_study *study,
                                     const kea_evppi_options *options, kea_error *err);
void kea_evsi_free(kea_evsi *evsi);

/* What a study costs and for how many decisions it is done. */
typedef struct kea_study_plan {
    double cost_fixed;         /* EUR */
    double cost_per_subject;   /* EUR, per unit of size */
    double subjects_per_year;  /* size / this is added to the delay of the population; 0: nothing */
    kea_population population; /* whom the decision concerns, see population.h */
} kea_study_plan;

typedef struct kea_evsi_point {
    size_t size;
    double value; /* EVSI, EUR per decision */
    double error; /* standard error: sampling and both regressions together */
    double raw;   /* before bounds were enforced */
    bool capped;  /* raw was above EVPPI */
    bool raised;  /* along a curve: raw was below the value of a smaller study */
    double lack_of_fit;
    double enbs;       /* population x EVSI - cost, EUR; may be negative. NAN without a plan */
    double enbs_error; /* population x error */
} kea_evsi_point;

/* One size. `plan` may be NULL. About 0.1 s on 10,000 points for one or two summaries, some seconds
 * for more. Errors: KEA_ERR_MEMORY, those of kea_study_run and kea_population_size; KEA_ERR_INPUT
 * for a plan with a number outside its range. */
KEA_CHECKED kea_status kea_evsi_at(kea_evsi_point *out, kea_evsi *evsi, size_t size,
                                   const kea_study_plan *plan, kea_error *err);

/* Sizes in strictly increasing order (else KEA_ERR_INPUT): values never fall. */
KEA_CHECKED kea_status kea_evsi_curve(kea_evsi_point *out, kea_evsi *evsi, size_t n_sizes,
                                      const size_t *sizes, const kea_study_plan *plan,
                                      kea_error *err);

/* The size between lowest and highest (1 <= lowest <= highest) with the highest ENBS: 12 sizes in
 * geometric steps, then golden section in the logarithm between the neighbours of the best. Found
 * to the precision of the estimate: near the best size ENBS is flat. When its enbs is not above 0,
 * no study is the best study. Errors: as kea_evsi_at. */
KEA_CHECKED kea_status kea_evsi_best(kea_evsi_point *out, kea_evsi *evsi, size_t lowest,
                                     size_t highest, const kea_study_plan *plan, kea_error *err);

#endif
