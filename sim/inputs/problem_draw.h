/* How parameter draws are made: a uniform number for every uncertain entry, from a sampling scheme;
 * made to depend on each other where numbers move together; turned into values by inversion. */
#ifndef KEA_INPUTS_PROBLEM_DRAW_H
#define KEA_INPUTS_PROBLEM_DRAW_H

#include "sim/inputs/problem.h"

/* Makes the problem's `sampling` and the dimensions from entries, groups and settings: to be called
 * when these are as they will be. Sobol has KEA_SAMPLING_DIMENSIONS dimensions. They go first to
 * the factors of the correlated groups, because each moves several numbers; then to the uncertain
 * entries by falling sd / |mean|, because where outcomes are about products of the numbers, that is
 * what decides their share in the variance (ties by number; mean 0 first). The rest are Latin
 * hypercubes. Errors: KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_problem_draw_prepare(kea_problem *problem, kea_error *err);

/* Where independent uniforms come from, by the name and the dimension of what they are for: "name"
 * is "parameter." and an entry's name, or "correlation." and a group's. */
typedef struct kea_draw_source kea_draw_source;
struct kea_draw_source {
    double (*uniform)(const kea_draw_source *source, const char *name, size_t dimension,
                      uint32_t draw);
    const kea_sampling *sampling; /* borrowed */
    const char *prefix;           /* before names, to have streams of one's own */
    size_t shift; /* what else the source needs, such as which of several dimensions */
};

/* The problem's own source: its `sampling` under the plain names. With the random and the Latin
 * hypercube schemes, adding or fixing a parameter therefore changes the draws of no other. */
kea_draw_source kea_problem_draw_source(const kea_problem *problem);

/* The uniform of one uncertain entry at a draw. A member of a correlated group mixes its own with
 * the group's factor; it stays uniform. No allocation. */
double kea_problem_draw_uniform(const kea_problem *problem, const kea_draw_source *source,
                                size_t entry, uint32_t draw);

/* Values from uniforms, each by inversion of its distribution; shares of a dirichlet together.
 * Values are kept within the declared range (clamped). uniform[n_entries] (anything for what is
 * certain) and out[n_entries] may be the same array. */
void kea_problem_draw_values(const kea_problem *problem, const double *uniform, double *out);

#endif
