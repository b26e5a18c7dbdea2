/* See problem_draw.h. */
#include "sim/inputs/problem_draw.h"

#include "sim/core/copula.h"
#include "sim/core/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- dimensions ---- */

typedef struct ranked {
    size_t entry;
    double width; /* relative to the mean */
} ranked;

static int by_width(const void *first, const void *second)
{
    const ranked *a = first, *b = second;
    if (a->width != b->width)
        return a->width > b->width ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

kea_status kea_problem_draw_prepare(kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_settings *settings = &problem->settings;
    kea_sampling_scheme scheme = (kea_sampling_scheme)settings->sampling;
    void *block = NULL;
    size_t n = 0;
    KEA_TRY(kea_sampling_init(&problem->sampling, scheme, settings->seed,
                              kea_sampling_block(scheme, settings->draws), err));
    KEA_TRY(kea_memory_new(&block, problem->n_entries, sizeof(ranked), err));
    ranked *order = block;
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_dist *dist = &problem->entries[i].dist;
        if (dist->family != KEA_FIXED)
            order[n++] = (ranked){i, kea_dist_sd(dist) / fabs(kea_dist_mean(dist))};
    }
    if (n > 0)
        qsort(order, n, sizeof *order, by_width);
    for (size_t g = 0; g < problem->n_correlations; g++)
        problem->correlations[g].dimension = g;
    for (size_t i = 0; i < n; i++)
        problem->entries[order[i].entry].dimension = problem->n_correlations + i;
done:
    free(block);
    return status;
}

/* ---- uniforms ---- */

static double from_sampling(const kea_draw_source *source, const char *name, size_t dimension,
                            uint32_t draw)
{
    return kea_sampling_uniform(source->sampling, name, dimension, draw);
}

kea_draw_source kea_problem_draw_source(const kea_problem *problem)
{
    return (kea_draw_source){from_sampling, &problem->sampling, "", 0};
}

static double named_uniform(const kea_draw_source *source, const char *kind, const char *name,
                            size_t dimension, uint32_t draw)
{
    char purpose[4 * (KEA_MAX_NAME + 1)];
    (void)snprintf(purpose, sizeof purpose, "%s%s.%s", source->prefix, kind, name);
    return source->uniform(source, purpose, dimension, draw);
}

/* The group that entry `index` is a member of, and its sign in it; NULL when it is in none. */
static const kea_correlation *group_of(const kea_problem *problem, size_t index, int *sign)
{
    for (size_t g = 0; g < problem->n_correlations; g++) {
        const kea_correlation *group = &problem->correlations[g];
        for (size_t m = 0; m < group->n_members; m++) {
            if (group->members[m].entry == index) {
                *sign = group->members[m].sign;
                return group;
            }
        }
    }
    return NULL;
}

double kea_problem_draw_uniform(const kea_problem *problem, const kea_draw_source *source,
                                size_t entry, uint32_t draw)
{
    int sign = 1;
    const kea_entry *at = &problem->entries[entry];
    const kea_correlation *group = group_of(problem, entry, &sign);
    double own = named_uniform(source, "parameter", at->name, at->dimension, draw);
    if (!group)
        return own;
    double factor = named_uniform(source, "correlation", group->name, group->dimension, draw);
    return kea_copula_one_factor(own, factor, sign * sqrt(group->rho));
}

/* ---- values ---- */

/* Shares drawn together. They are within 0 to 1 by themselves; clamping would break their sum. */
static void shares_from(const kea_entry *first, const double *uniform, double *out)
{
    kea_dist dist[KEA_MAX_ELEMENTS];
    double own[KEA_MAX_ELEMENTS];
    for (size_t i = 0; i < first->group_count; i++) {
        dist[i] = first[i].dist;
        own[i] = uniform[i];
    }
    kea_dist_dirichlet_draw(first->group_count, dist, own, out);
}

static double clamp(double value, double min, double max)
{
    return value < min ? min : value > max ? max : value;
}

void kea_problem_draw_values(const kea_problem *problem, const double *uniform, double *out)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->dist.family == KEA_FIXED) {
            out[i] = entry->value;
        } else if (entry->dist.family == KEA_DIRICHLET) {
            if (entry->group_first == i)
                shares_from(entry, uniform + i, out + i);
        } else {
            double value = kea_dist_quantile(&entry->dist, uniform[i]);
            out[i] = clamp(value, entry->decl->min, entry->decl->max);
        }
    }
}

void kea_problem_draw(const kea_problem *problem, uint32_t draw, double *out)
{
    const kea_draw_source source = kea_problem_draw_source(problem);
    for (size_t i = 0; i < problem->n_entries; i++)
        out[i] = problem->entries[i].dist.family == KEA_FIXED
                     ? 0.5
                     : kea_problem_draw_uniform(problem, &source, i, draw);
    kea_problem_draw_values(problem, out, out);
}
