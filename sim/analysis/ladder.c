/* Turns, peak and likely gains over levels. */
#include "sim/analysis/ladder.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WITHIN_NOISE = 1.959963984540054; /* standard errors: 95% */

static const double *values_at(const kea_ladder *l, size_t level)
{
    return l->value + level * l->n_points;
}

static int sign_of(double x)
{
    return (x > 0.0) - (x < 0.0);
}

/* Moments of the values at a level between two: `part` of the way from one to the next. */
static kea_moments moments_between(const kea_ladder *l, size_t level, double part)
{
    kea_moments moments = {0};
    const double *low = values_at(l, level);
    const double *high = part > 0.0 ? values_at(l, level + 1) : low;
    for (size_t i = 0; i < l->n_points; i++)
        kea_moments_add(&moments, low[i] + part * (high[i] - low[i]));
    return moments;
}

static double mean_at(const kea_ladder *l, size_t level)
{
    return moments_between(l, level, 0.0).mean;
}

/* Where a straight line from a at `level` to b at the next is 0. */
static double passes(const kea_ladder *l, size_t level, double a, double b)
{
    double width = l->level[level + 1] - l->level[level];
    return l->level[level] + width * (a / (a - b));
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Values may be infinite: the nearest ranks, outward. */
static void quantiles(double *x, size_t n, double *low, double *high)
{
    qsort(x, n, sizeof *x, ascending);
    *low = x[(size_t)floor(0.025 * (double)(n - 1))];
    *high = x[(size_t)ceil(0.975 * (double)(n - 1))];
}

static double own(const kea_ladder *l, size_t point, size_t level)
{
    return values_at(l, level)[point];
}

/* Where one point itself turns. */
static double own_turn(const kea_ladder *l, size_t point, bool rises)
{
    size_t top = l->n_levels - 1;
    if (rises) { /* the first level from which it gains */
        for (size_t k = 0; k <= top; k++)
            if (own(l, point, k) > 0.0)
                return k == 0 || own(l, point, k - 1) == 0.0
                           ? l->level[k > 0 ? k - 1 : 0]
                           : passes(l, k - 1, own(l, point, k - 1), own(l, point, k));
        return (double)INFINITY;
    }
    if (own(l, point, top) > 0.0)
        return (double)INFINITY;
    for (size_t k = top; k-- > 0;) /* the last level at which it gains */
        if (own(l, point, k) > 0.0)
            return passes(l, k, own(l, point, k), own(l, point, k + 1));
    return l->level[0];
}

/* A turn between two neighbouring levels. */
static void add_turn(kea_ladder_sides *out, const kea_ladder *l, size_t level, double *scratch)
{
    if (out->n == KEA_LADDER_TURNS)
        return;
    kea_ladder_turn *turn = &out->turn[out->n++];
    double a = mean_at(l, level), b = mean_at(l, level + 1);
    double width = l->level[level + 1] - l->level[level];
    turn->rises = b > a;
    turn->level = passes(l, level, a, b);
    const kea_moments there = moments_between(l, level, a / (a - b));
    turn->error = kea_moments_error(&there) / fabs((b - a) / width);
    for (size_t i = 0; i < l->n_points; i++)
        scratch[i] = own_turn(l, i, turn->rises);
    quantiles(scratch, l->n_points, &turn->low, &turn->high);
}

static bool is_nothing(const kea_ladder *l, size_t level)
{
    bool nothing = true;
    for (size_t i = 0; i < l->n_points; i++)
        nothing = nothing && own(l, i, level) == 0.0;
    return nothing;
}

/* The side on which the mean is without doubt; 0 within the noise of the simulation. */
static int clear_side(const kea_ladder *l, size_t level)
{
    const kea_moments here = moments_between(l, level, 0.0);
    double error = kea_moments_error(&here);
    return fabs(here.mean) <= WITHIN_NOISE * error ? 0 : sign_of(here.mean);
}

/* The last level before `k` whose mean is not on the side of k. */
static size_t before_turn(const kea_ladder *l, size_t k)
{
    size_t at = k - 1;
    while (at > 0 && sign_of(mean_at(l, at)) == sign_of(mean_at(l, k)))
        at--;
    return at;
}

kea_status kea_ladder_turns(kea_ladder_sides *out, const kea_ladder *ladder, kea_error *err)
{
    void *scratch = NULL;
    *out = (kea_ladder_sides){0};
    if (ladder->n_points == 0)
        return KEA_OK;
    kea_status status = kea_memory_new(&scratch, ladder->n_points, sizeof(double), err);
    for (size_t k = 0; k < ladder->n_levels && status == KEA_OK; k++) {
        int side = clear_side(ladder, k);
        if (side == 0) {
            out->unclear += !is_nothing(ladder, k);
            continue;
        }
        if (out->first == 0)
            out->first = side;
        if (out->last != 0 && side != out->last)
            add_turn(out, ladder, before_turn(ladder, k), scratch);
        out->last = side;
    }
    free(scratch);
    return status;
}

/* Whether the best level is above another by no more than noise. */
static bool as_good(const kea_ladder *l, size_t best, size_t other)
{
    kea_moments difference = {0};
    for (size_t i = 0; i < l->n_points; i++)
        kea_moments_add(&difference, own(l, i, best) - own(l, i, other));
    return l->n_points < 2 || difference.mean <= WITHIN_NOISE * kea_moments_error(&difference);
}

static size_t best_of_point(const kea_ladder *l, size_t point)
{
    size_t best = 0;
    for (size_t k = 1; k < l->n_levels; k++)
        if (own(l, point, k) > own(l, point, best))
            best = k;
    return best;
}

kea_status kea_ladder_best(kea_ladder_peak *out, const kea_ladder *ladder, kea_error *err)
{
    void *block = NULL;
    size_t n = ladder->n_points;
    *out = (kea_ladder_peak){0};
    if (n == 0 || ladder->n_levels == 0)
        return kea_error_set(err, KEA_ERR_INPUT, "there are no levels or no points to compare");
    kea_status status = kea_memory_new(&block, n, sizeof(double), err);
    if (status != KEA_OK)
        return status;
    double *scratch = block;
    for (size_t k = 1; k < ladder->n_levels; k++)
        if (mean_at(ladder, k) > mean_at(ladder, out->at))
            out->at = k;
    memcpy(scratch, values_at(ladder, out->at), n * sizeof *scratch);
    out->value = kea_estimate_of(scratch, n);
    out->from = out->to = out->at;
    while (out->from > 0 && as_good(ladder, out->at, out->from - 1))
        out->from--;
    while (out->to + 1 < ladder->n_levels && as_good(ladder, out->at, out->to + 1))
        out->to++;
    for (size_t i = 0; i < n; i++)
        scratch[i] = ladder->level[best_of_point(ladder, i)];
    quantiles(scratch, n, &out->low, &out->high);
    free(block);
    return KEA_OK;
}

double kea_ladder_share(const kea_ladder *ladder, size_t level)
{
    size_t above = 0;
    for (size_t i = 0; i < ladder->n_points; i++)
        above += own(ladder, i, level) > 0.0;
    return (double)above / (double)ladder->n_points;
}

/* The first level at which there is something at all. */
static size_t first_level(const kea_ladder *l)
{
    size_t level = 0;
    while (level < l->n_levels && is_nothing(l, level))
        level++;
    return level;
}

void kea_ladder_likely(kea_ladder_stretch *out, const kea_ladder *ladder, double probability)
{
    double before = 0.0;
    size_t first = first_level(ladder);
    *out = (kea_ladder_stretch){.error = (double)NAN, .peak = first};
    for (size_t k = first; k < ladder->n_levels; k++) {
        double share = kea_ladder_share(ladder, k), fall = before - share;
        if (share > out->highest) {
            out->highest = share;
            out->peak = k;
        }
        if (!out->found && share >= probability) {
            double width = k > first ? ladder->level[k] - ladder->level[k - 1] : 0.0;
            out->found = out->to_end = true;
            out->at_start = k == first;
            out->from = ladder->level[k];
            if (k > first) {
                double n = (double)ladder->n_points, slope = -fall / width;
                out->from -= (share - probability) / slope;
                out->error = sqrt(probability * (1.0 - probability) / n) / slope;
            }
        } else if (out->found && out->to_end && share < probability) {
            double width = ladder->level[k] - ladder->level[k - 1];
            out->to_end = false;
            out->to = ladder->level[k - 1] + width * (before - probability) / fall;
        }
        before = share;
    }
    if (out->to_end)
        out->to = ladder->level[ladder->n_levels - 1];
}
