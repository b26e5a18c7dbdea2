/* A loaded problem: its values, its parameter draws, and finding things in it. */
#include "sim/inputs/problem.h"

#include "sim/core/copula.h"
#include "sim/core/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *kea_evidence_name(kea_evidence evidence)
{
    switch (evidence) {
    case KEA_REPORT:
        return "report";
    case KEA_PUBLISHED:
        return "published";
    case KEA_ASSUMPTION:
        return "assumption";
    }
    return "unknown";
}

double kea_range_at(const kea_range *range, size_t i)
{
    if (i + 1 >= range->n) /* exactly `to`, without rounding */
        return range->n > 1 ? range->to : range->from;
    return range->from + (range->to - range->from) * ((double)i / (double)(range->n - 1));
}

void kea_care_model_free(kea_care_model *care)
{
    free(care->id);
    free(care->name);
    free(care->summary);
    free(care->source);
    free(care->file);
    *care = (kea_care_model){0};
}

void kea_correlation_free(kea_correlation *correlation)
{
    free(correlation->name);
    free(correlation->members);
    free(correlation->source);
    free(correlation->file);
    *correlation = (kea_correlation){0};
}

void kea_problem_free(kea_problem *problem)
{
    for (size_t i = 0; i < problem->n_care; i++)
        kea_care_model_free(&problem->care[i]);
    for (size_t i = 0; i < problem->n_entries; i++) {
        free(problem->entries[i].name);
        free(problem->entries[i].source);
        free(problem->entries[i].file);
    }
    for (size_t i = 0; i < problem->n_correlations; i++)
        kea_correlation_free(&problem->correlations[i]);
    kea_municipalities_free(&problem->municipalities);
    free(problem->file);
    free(problem->title);
    free(problem->model_name);
    free(problem->text);
    free(problem->care);
    free(problem->strategies);
    free(problem->entries);
    free(problem->correlations);
    *problem = (kea_problem){0};
}

void kea_problem_values(const kea_problem *problem, const double *entry_value, size_t care,
                        double *values)
{
    /* world entries come first, so a care model's own value is written over the shared one */
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care == KEA_WORLD_ENTRY || entry->care == care)
            values[entry->slot] = entry_value[i];
    }
}

void kea_problem_base(const kea_problem *problem, double *out)
{
    for (size_t i = 0; i < problem->n_entries; i++)
        out[i] = problem->entries[i].value;
}

/* A uniform addressed by a name, so that it does not depend on what has other names. */
static double named_uniform(const kea_problem *problem, const char *kind, const char *name,
                            uint32_t draw)
{
    char purpose[4 * (KEA_MAX_NAME + 1)];
    (void)snprintf(purpose, sizeof purpose, "%s.%s", kind, name);
    kea_rng_key key = kea_rng_key_of(problem->settings.seed, purpose);
    return kea_rng_uniform(key, (kea_rng_address){.draw = draw}, 0);
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

/* The uniform of an entry: its own, mixed with the factor of its group when it is in one. */
static double entry_uniform(const kea_problem *problem, size_t index, uint32_t draw)
{
    int sign = 1;
    const kea_correlation *group = group_of(problem, index, &sign);
    double own = named_uniform(problem, "parameter", problem->entries[index].name, draw);
    if (!group)
        return own;
    double factor = named_uniform(problem, "correlation", group->name, draw);
    return kea_copula_one_factor(own, factor, sign * sqrt(group->rho));
}

/* Shares drawn together. They are within 0 to 1 by themselves; clamping would break their sum. */
static void draw_shares(const kea_problem *problem, size_t first, uint32_t draw, double *out)
{
    kea_dist dist[KEA_MAX_ELEMENTS];
    double uniform[KEA_MAX_ELEMENTS];
    size_t n = problem->entries[first].group_count;
    for (size_t i = 0; i < n; i++) {
        dist[i] = problem->entries[first + i].dist;
        uniform[i] = entry_uniform(problem, first + i, draw);
    }
    kea_dist_dirichlet_draw(n, dist, uniform, out + first);
}

static double clamp(double value, double min, double max)
{
    return value < min ? min : value > max ? max : value;
}

void kea_problem_draw(const kea_problem *problem, uint32_t draw, double *out)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->dist.family == KEA_FIXED) {
            out[i] = entry->value;
        } else if (entry->dist.family == KEA_DIRICHLET) {
            if (entry->group_first == i)
                draw_shares(problem, i, draw, out);
        } else {
            double value = kea_dist_quantile(&entry->dist, entry_uniform(problem, i, draw));
            out[i] = clamp(value, entry->decl->min, entry->decl->max);
        }
    }
}

bool kea_problem_find(const kea_problem *problem, const char *name, size_t *index)
{
    for (size_t i = 0; i < problem->n_entries; i++) {
        if (strcmp(problem->entries[i].name, name) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

size_t kea_problem_find_param(const kea_problem *problem, const char *param, size_t care,
                              size_t max, size_t *index)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n_entries; i++) {
        const kea_entry *entry = &problem->entries[i];
        if (entry->care != care || strcmp(entry->decl->name, param) != 0)
            continue;
        if (n < max)
            index[n] = i;
        n++;
    }
    return n;
}
