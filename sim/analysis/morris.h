/* Screening by elementary effects: which factors matter at all, from few runs (Morris 1991,
 * Technometrics 33; groups and mu*: Campolongo, Cariboni, Saltelli 2007, Environmental Modelling &
 * Software 22).
 *
 * A trajectory has k + 1 points; from each to the next one factor moves. Its elementary effect is
 * the change of the outcome over the step, in probability: the change per move through the factor's
 * whole distribution, if it went on like this. */
#ifndef KEA_ANALYSIS_MORRIS_H
#define KEA_ANALYSIS_MORRIS_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Over the trajectories, in units of the outcome. mu and sigma of a group are NAN: its members move
 * in different directions, so its effect has no sign. */
typedef struct kea_morris_effect {
    double mu;      /* mean: the direction */
    double mu_star; /* mean of the absolute values: how much the factor matters */
    double sigma;   /* standard deviation: not linear, or not the same everywhere */
    double error;   /* standard error of mu_star */
} kea_morris_effect;

/* Which factor moves when, and how far: step s of trajectory t, at t * n_factors + s. */
typedef struct kea_morris_steps {
    const size_t *factor; /* every factor once per trajectory */
    const double *size;   /* not 0; negative when it moves down */
    const bool *is_group; /* [n_factors]; NULL: none is a group */
} kea_morris_steps;

/* Effects of n_factors factors. y[(n_factors + 1) * n_trajectories]: the first points of all
 * trajectories, all second points, ... (the groups of kea_variation_morris). effect[n_factors].
 * Errors: KEA_ERR_INPUT for fewer than 2 trajectories, no factor, an outcome that is not finite, a
 * step of 0, a trajectory that does not move every factor once; KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_morris(size_t n_trajectories, size_t n_factors, const double *y,
                                  const kea_morris_steps *steps, kea_morris_effect *effect,
                                  kea_error *err);

#endif
