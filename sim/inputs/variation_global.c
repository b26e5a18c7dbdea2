/* Variations of all uncertain numbers: rows of a variance-based analysis, trajectories of a
 * screening. Both work on the uniforms behind the parameters, so every number keeps its
 * distribution and every correlated group its dependence: a group moves as a whole, with its
 * factor. */
#include "sim/inputs/variation_global.h"

#include "sim/core/memory.h"
#include "sim/core/rng.h"
#include "sim/inputs/problem_draw.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* ---- variance-based ---- */

/* Sources A and B take dimensions 2 d and 2 d + 1, so that both have the Sobol points of the
 * numbers that matter most. */
static double of_two(const kea_draw_source *source, const char *name, size_t dimension,
                     uint32_t draw)
{
    return kea_sampling_uniform(source->sampling, name, 2 * dimension + source->shift, draw);
}

kea_status kea_variation_sobol(kea_variation *variation, const kea_problem *problem,
                               const kea_factors *factors, size_t rows, kea_error *err)
{
    kea_sampling_scheme scheme = problem->sampling.scheme;
    *variation = (kea_variation){
        .kind = KEA_VARIATION_SOBOL, .n_groups = factors->n + 2, .factors = factors};
    if (rows < 2)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "a variance-based analysis needs at least 2 rows, found %zu", rows);
    return kea_sampling_init(&variation->sampling, scheme, problem->sampling.seed,
                             kea_sampling_block(scheme, rows), err);
}

static void sobol_uniforms(const kea_variation *variation, const kea_problem *problem, size_t group,
                           uint32_t row, double *out)
{
    const kea_draw_source sides[2] = {{of_two, &variation->sampling, "sobol_a.", 0},
                                      {of_two, &variation->sampling, "sobol_b.", 1}};
    for (size_t i = 0; i < problem->n_entries; i++) {
        bool from_b = group == 1 || (group > 1 && variation->factors->of[i] == group - 2);
        if (problem->entries[i].dist.family != KEA_FIXED)
            out[i] = kea_problem_draw_uniform(problem, &sides[from_b], i, row);
    }
}

/* ---- screening ---- */

/* One of the middles of four equal cells; `shift` 1: two cells further, in a circle. Cells two
 * apart are each other's only partner, so a step goes up from the lower two and down from the
 * upper. */
static double of_grid(const kea_draw_source *source, const char *name, size_t dimension,
                      uint32_t draw)
{
    enum { CELLS = 4, STEP = 2 };
    double uniform = kea_sampling_uniform(source->sampling, name, dimension, draw);
    unsigned cell = (unsigned)(uniform * CELLS) + (source->shift ? STEP : 0);
    return (cell % CELLS + 0.5) / CELLS;
}

static kea_draw_source grid_source(const kea_variation *variation, bool moved)
{
    return (kea_draw_source){of_grid, &variation->sampling, "morris.", moved};
}

/* A random order of the factors: each takes the place of a random one before it. */
static void shuffle(const kea_variation *variation, uint32_t trajectory, size_t *order)
{
    kea_rng_key key = kea_rng_key_of(variation->sampling.seed, "morris.order");
    for (size_t i = 0; i < variation->factors->n; i++) {
        double u = kea_rng_uniform(key, (kea_rng_address){.draw = trajectory}, (uint32_t)i);
        size_t place = (size_t)(u * (double)(i + 1));
        place = place > i ? i : place; /* a product may be rounded up */
        order[i] = order[place];
        order[place] = i;
    }
}

/* How far a factor of one entry goes in probability, down negative; of several entries, that go
 * different ways, how far each goes before they are made to depend on each other. */
static double step_of(const kea_variation *variation, const kea_problem *problem, size_t factor,
                      uint32_t trajectory)
{
    const kea_draw_source from = grid_source(variation, false), to = grid_source(variation, true);
    const kea_factor *at = &variation->factors->factor[factor];
    if (at->n_entries > 1)
        return 0.5;
    return kea_problem_draw_uniform(problem, &to, at->first, trajectory) -
           kea_problem_draw_uniform(problem, &from, at->first, trajectory);
}

kea_status kea_variation_morris(kea_variation *variation, const kea_problem *problem,
                                const kea_factors *factors, size_t trajectories, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    size_t k = factors->n;
    *variation = (kea_variation){.kind = KEA_VARIATION_MORRIS,
                                 .n_groups = k + 1,
                                 .factors = factors,
                                 .n_trajectories = trajectories};
    if (trajectories < 2)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "a screening needs at least 2 trajectories, found %zu", trajectories);
    KEA_TRY(kea_sampling_init(&variation->sampling, KEA_SAMPLING_RANDOM, problem->sampling.seed, 1,
                              err));
    KEA_TRY(kea_memory_new(&block, trajectories, k * sizeof(size_t), err));
    variation->order = block;
    KEA_TRY(kea_memory_new(&block, trajectories, k * sizeof(size_t), err));
    variation->position = block;
    KEA_TRY(kea_memory_new(&block, trajectories, k * sizeof(double), err));
    variation->step = block;
    for (size_t t = 0; t < trajectories; t++) {
        size_t *order = variation->order + t * k;
        shuffle(variation, (uint32_t)t, order);
        for (size_t s = 0; s < k; s++) {
            variation->position[t * k + order[s]] = s;
            variation->step[t * k + s] = step_of(variation, problem, order[s], (uint32_t)t);
        }
    }
done:
    return status;
}

static void morris_uniforms(const kea_variation *variation, const kea_problem *problem,
                            size_t group, uint32_t trajectory, double *out)
{
    const kea_factors *factors = variation->factors;
    const size_t *position = variation->position + trajectory * factors->n;
    for (size_t i = 0; i < problem->n_entries; i++) {
        size_t factor = factors->of[i];
        bool moved = factor != KEA_NO_FACTOR && position[factor] < group;
        const kea_draw_source source = grid_source(variation, moved);
        if (problem->entries[i].dist.family != KEA_FIXED)
            out[i] = kea_problem_draw_uniform(problem, &source, i, trajectory);
    }
}

void kea_variation_global_values(const kea_variation *variation, const kea_problem *problem,
                                 size_t group, uint32_t repeat, double *values)
{
    if (variation->kind == KEA_VARIATION_SOBOL)
        sobol_uniforms(variation, problem, group, repeat, values);
    else
        morris_uniforms(variation, problem, group, repeat, values);
    kea_problem_draw_values(problem, values, values);
}
