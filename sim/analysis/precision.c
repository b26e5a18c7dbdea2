/* Components of variance, sizes of simulations and the noise in an order. */
#include "sim/analysis/precision.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* --- analysis of variance --------------------------------------------------------------------- */

static kea_status check_values(size_t n, const double *value, const size_t *draw, kea_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i]))
            return kea_error_set(err, KEA_ERR_INPUT, "value %zu is %g; it must be a finite number",
                                 i + 1, value[i]);
        if (draw[i] >= n)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "point %zu belongs to draw number %zu of %zu points", i + 1,
                                 draw[i], n);
    }
    return KEA_OK;
}

/* The standard error of the mean over points that come in draws: by the sums of each draw. */
static double error_by_draws(size_t n, size_t n_draws, size_t n_slots, const kea_moments *by_draw,
                             double mean)
{
    double sum = 0.0;
    for (size_t d = 0; d < n_slots; d++) {
        double off = (double)by_draw[d].n * (by_draw[d].mean - mean);
        sum += by_draw[d].n ? off * off : 0.0;
    }
    if (n_draws < 2)
        return (double)NAN;
    return sqrt(sum * (double)n_draws / (double)(n_draws - 1)) / (double)n;
}

static void components(kea_anova *out, size_t n_slots, const kea_moments *by_draw)
{
    double within = 0.0, between = 0.0, squared = 0.0;
    double n = (double)out->n, k = (double)out->n_draws;
    for (size_t d = 0; d < n_slots; d++) {
        double count = (double)by_draw[d].n, off = by_draw[d].mean - out->mean;
        within += by_draw[d].m2;
        between += by_draw[d].n ? count * off * off : 0.0;
        squared += count * count;
    }
    within /= n - k;
    between /= k - 1.0;
    out->each = (n - squared / n) / (k - 1.0);
    out->noise = within;
    out->noise_error = within * sqrt(2.0 / (n - k));
    out->negative = between < within;
    out->parameters = fmax(0.0, (between - within) / out->each);
    out->parameters_error =
        sqrt(2.0 * (between * between / (k - 1.0) + within * within / (n - k))) / out->each;
}

kea_status kea_anova_of(kea_anova *out, size_t n, const double *value, const size_t *draw,
                        kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    kea_moments all = {0};
    *out = (kea_anova){.n = n};
    KEA_TRY(check_values(n, value, draw, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof(kea_moments), err));
    kea_moments *by_draw = block;
    for (size_t i = 0; i < n; i++) {
        out->n_draws += by_draw[draw[i]].n == 0;
        kea_moments_add(&by_draw[draw[i]], value[i]);
        kea_moments_add(&all, value[i]);
    }
    if (out->n_draws < 2) {
        status = kea_error_set(err, KEA_ERR_INPUT,
                               "splitting the variance needs at least 2 parameter draws; there are "
                               "%zu",
                               out->n_draws);
        goto done;
    }
    if (out->n_draws == n) {
        status = kea_error_set(err, KEA_ERR_INPUT,
                               "splitting the variance needs draws with 2 or more cohorts; every "
                               "one of the %zu draws has one",
                               n);
        goto done;
    }
    out->mean = all.mean;
    components(out, n, by_draw);
    out->error = error_by_draws(n, out->n_draws, n, by_draw, out->mean);
done:
    free(block);
    return status;
}

void kea_anova_within(kea_anova *anova, double variance, size_t n)
{
    anova->negative = variance < anova->noise;
    anova->parameters = fmax(0.0, variance - anova->noise);
    anova->parameters_error = hypot(variance * sqrt(2.0 / ((double)n - 1.0)), anova->noise_error);
}

/* --- sizes ------------------------------------------------------------------------------------ */

kea_status kea_anova_draws(kea_plan_size *out, const kea_anova *anova, double target,
                           size_t cohorts, kea_error *err)
{
    if (!(target > 0.0) || cohorts == 0)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a size needs a target error above 0 and 1 cohort or more; these are "
                             "%g and %zu",
                             target, cohorts);
    double draws = ceil((anova->parameters + anova->noise / (double)cohorts) / (target * target));
    if (!(draws <= (double)UINT32_MAX))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "an error of %g would take %g draws, more than there can be", target,
                             draws);
    *out = (kea_plan_size){draws < 2.0 ? 2 : (size_t)draws, cohorts};
    return KEA_OK;
}

kea_status kea_anova_cheapest(kea_plan_size *out, const kea_anova *anova, double target,
                              double draw_price, double cohort_price, kea_error *err)
{
    enum { MOST = 10000 };
    kea_status status = KEA_OK;
    double least = (double)INFINITY;
    if (!(draw_price >= 0.0) || !(cohort_price > 0.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a draw costs 0 or more and a cohort more than 0; these are %g and %g",
                             draw_price, cohort_price);
    /* 1 when setting up costs nothing, MOST when there is nothing but noise to average out */
    double best = sqrt(anova->noise * draw_price / (anova->parameters * cohort_price));
    best = isnan(best) ? 1.0 : fmin(best, MOST - 1);
    for (int more = 0; more <= 1; more++) {
        kea_plan_size size;
        size_t cohorts = (size_t)best + (size_t)more;
        if (cohorts == 0)
            continue;
        KEA_TRY(kea_anova_draws(&size, anova, target, cohorts, err));
        double price = (double)size.draws * (draw_price + cohort_price * (double)size.cohorts);
        if (price < least) {
            least = price;
            *out = size;
        }
    }
done:
    return status;
}

void kea_precision_running(size_t n, const double *value, size_t n_marks, const size_t *mark,
                           double *mean, double *error)
{
    kea_moments moments = {0};
    size_t i = 0;
    for (size_t m = 0; m < n_marks; m++) {
        for (; i < n && i < mark[m]; i++)
            kea_moments_add(&moments, value[i]);
        mean[m] = moments.mean;
        error[m] = kea_moments_error(&moments);
    }
}

/* --- the order -------------------------------------------------------------------------------- */

/* Mean and error of arm `high` less arm `low`; whether they are equal at every point. */
typedef struct difference {
    double mean, error;
    bool twin;
} difference;

static difference difference_of(const kea_benefits *benefits, const size_t *draw, size_t high,
                                size_t low, kea_moments *by_draw)
{
    kea_moments all = {0};
    difference out = {.twin = true};
    size_t n = benefits->n_points, n_draws = 0;
    for (size_t i = 0; i < n; i++)
        by_draw[i] = (kea_moments){0};
    for (size_t i = 0; i < n; i++) {
        const double *at = benefits->value + i * benefits->n_arms;
        kea_moments *own = &by_draw[draw ? draw[i] : i];
        n_draws += own->n == 0;
        out.twin = out.twin && at[high] == at[low];
        kea_moments_add(own, at[high] - at[low]);
        kea_moments_add(&all, at[high] - at[low]);
    }
    out.mean = all.mean;
    out.error = error_by_draws(n, n_draws, n, by_draw, all.mean);
    return out;
}

/* That a difference is truly above 0. */
static double certainty(const difference *d)
{
    if (d->error > 0.0)
        return gsl_cdf_ugaussian_P(d->mean / d->error);
    return d->mean > 0.0 ? 1.0 : 0.5;
}

static int by_benefit(const void *left, const void *right)
{
    const kea_rank *a = left;
    const kea_rank *b = right;
    if (a->benefit != b->benefit)
        return (a->benefit < b->benefit) - (a->benefit > b->benefit);
    return (a->arm > b->arm) - (a->arm < b->arm);
}

static void compare(kea_ranking *out, kea_rank *rank, const kea_benefits *benefits,
                    const size_t *draw, double level, kea_moments *by_draw)
{
    double doubt_choice = 0.0, doubt_order = 0.0, n = (double)benefits->n_points;
    for (size_t k = 0; k < benefits->n_arms; k++) {
        if (k == 0) {
            rank[k].probability = rank[k].next_certain = rank[k].points_needed = (double)NAN;
            continue;
        }
        difference best = difference_of(benefits, draw, rank[0].arm, rank[k].arm, by_draw);
        difference next = difference_of(benefits, draw, rank[k - 1].arm, rank[k].arm, by_draw);
        rank[k].behind = best.mean;
        rank[k].error = best.error;
        rank[k].probability = certainty(&best);
        rank[k].next_behind = next.mean;
        rank[k].next_error = next.error;
        rank[k].next_certain = certainty(&next);
        rank[k].twin = next.twin;
        double times = 2.0 * best.error / best.mean;
        rank[k].points_needed = best.mean > 0.0 ? n * times * times : (double)INFINITY;
        doubt_choice += best.twin ? 0.0 : 1.0 - rank[k].probability;
        doubt_order += next.twin ? 0.0 : 1.0 - rank[k].next_certain;
    }
    out->choice_settled = doubt_choice <= 1.0 - level;
    out->order_settled = doubt_order <= 1.0 - level;
}

kea_status kea_ranking_of(kea_ranking *out, kea_rank *rank, const kea_benefits *benefits,
                          const size_t *draw, double level, kea_error *err)
{
    kea_status status = KEA_OK;
    void *mean = NULL, *by_draw = NULL;
    size_t n = benefits->n_points, arms = benefits->n_arms;
    KEA_TRY(kea_benefits_check(benefits, err));
    if (!(level >= 0.5 && level < 1.0))
        return kea_error_set(err, KEA_ERR_INPUT,
                             "a level of certainty lies between 0.5 and 1; this is %g", level);
    for (size_t i = 0; draw && i < n; i++)
        if (draw[i] >= n)
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "point %zu belongs to draw number %zu of %zu points", i + 1,
                                 draw[i], n);
    KEA_TRY(kea_memory_new(&mean, arms, sizeof(double), err));
    KEA_TRY(kea_memory_new(&by_draw, n, sizeof(kea_moments), err));
    (void)kea_benefits_best(benefits, mean);
    for (size_t arm = 0; arm < arms; arm++)
        rank[arm] = (kea_rank){.arm = arm, .benefit = ((double *)mean)[arm]};
    qsort(rank, arms, sizeof *rank, by_benefit);
    compare(out, rank, benefits, draw, level, by_draw);
done:
    free(by_draw);
    free(mean);
    return status;
}
