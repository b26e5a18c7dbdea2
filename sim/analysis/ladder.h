/* A quantity over the levels of something that can be chosen, such as a contribution, draw by draw:
 * where its mean turns from gain to loss, where it is highest, and from where on it is probably
 * above 0. All levels are lived through by the same people under the same numbers, so what stands
 * between two levels is paired (common random numbers). Between levels a straight line is drawn. */
#ifndef KEA_ANALYSIS_LADDER_H
#define KEA_ANALYSIS_LADDER_H

#include "sim/analysis/estimate.h"
#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Borrowed numbers. */
typedef struct kea_ladder {
    size_t n_levels;
    const double *level; /* [n_levels] increasing */
    size_t n_points;
    const double *value; /* [level][point] */
} kea_ladder;

/* Where the mean passes 0. */
typedef struct kea_ladder_turn {
    double level;
    double error;     /* Monte Carlo standard error of it: that of the mean there, of paired values,
                         divided by the slope (delta method); NAN with fewer than 2 points */
    bool rises;       /* from below 0 to above */
    double low, high; /* the 2.5% and 97.5% quantiles over points of where each passes 0 itself in
                         that direction, the last time when it falls, the first when it rises. Who
                         never does counts as the lowest level when it is on the far side from
                         there on, and as INFINITY when it is not within the levels */
} kea_ladder_turn;

enum { KEA_LADDER_TURNS = 8 };

typedef struct kea_ladder_sides {
    size_t n;                               /* turns, the first KEA_LADDER_TURNS of them */
    kea_ladder_turn turn[KEA_LADDER_TURNS]; /* increasing */
    int first, last; /* sign of the mean at the first level where it is clear, and at the last; 0
                        when it is nowhere */
    size_t unclear;  /* levels at which there is something but the mean is not clear */
} kea_ladder_sides;

/* A turn lies between two levels with means on different sides of 0, both clear: further from 0
 * than 1.96 of their Monte Carlo errors. What is nearer, or exactly 0 as where a curve begins, is
 * neither gain nor loss. Of several passes between such levels the last counts. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_ladder_turns(kea_ladder_sides *out, const kea_ladder *ladder,
                                        kea_error *err);

/* The highest mean. */
typedef struct kea_ladder_peak {
    size_t at;          /* its level, the lowest of equals */
    kea_estimate value; /* of the quantity there */
    size_t from, to;    /* neighbouring levels that are as good within noise: the best is not more
                           than 1.96 standard errors of the paired difference above them */
    double low, high;   /* 2.5% and 97.5% quantiles over points of the level that is best there */
} kea_ladder_peak;

/* KEA_ERR_INPUT without levels or points, KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_ladder_best(kea_ladder_peak *out, const kea_ladder *ladder,
                                       kea_error *err);

/* The share of points at which the quantity is above 0. */
double kea_ladder_share(const kea_ladder *ladder, size_t level);

/* Where that share is at least so high. */
typedef struct kea_ladder_stretch {
    bool found;
    bool at_start; /* at the lowest level of all that are not 0 at every point */
    bool to_end;   /* and so until the highest level */
    double from;   /* the lowest such level */
    double error;  /* Monte Carlo standard error of it, sqrt(p (1 - p) / n) / slope; NAN at_start */
    double to;     /* where the share is lower again; the highest level when to_end */
    double highest; /* share of all levels */
    size_t peak;    /* at which level */
} kea_ladder_stretch;

/* The first stretch of levels at which the share is at least `probability`. */
void kea_ladder_likely(kea_ladder_stretch *out, const kea_ladder *ladder, double probability);

#endif
