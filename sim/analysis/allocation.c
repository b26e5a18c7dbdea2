/* See allocation.h. */
#include "sim/analysis/allocation.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/core/rng.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

typedef kea_allocation_curves curves;

double kea_allocation_line(size_t n, const double *x, const double *y, double at)
{
    size_t k = 1;
    if (!(at > x[0]))
        return y[0];
    if (at >= x[n - 1])
        return y[n - 1];
    while (at > x[k])
        k++;
    return y[k - 1] + (y[k] - y[k - 1]) * ((at - x[k - 1]) / (x[k] - x[k - 1]));
}

static double total_at(const curves *c, size_t level)
{
    double sum = 0.0;
    for (size_t s = 0; s < c->n_sites; s++)
        sum += c->amount[s * c->n_levels + level];
    return sum;
}

double kea_allocation_most(const kea_allocation_curves *c)
{
    return total_at(c, c->n_levels - 1);
}

/* ---------------------------------------------------------------- checks */

static kea_status check_curves(const curves *c, kea_error *err)
{
    if (c->n_sites < 1 || c->n_levels < 2 || c->n_draws < 4)
        return kea_error_set(err, KEA_ERR_INPUT,
                             "an allocation needs 1 site, 2 amounts and 4 draws at least, found "
                             "%zu, %zu and %zu",
                             c->n_sites, c->n_levels, c->n_draws);
    for (size_t s = 0; s < c->n_sites; s++)
        for (size_t k = 0; k < c->n_levels; k++) {
            const double *x = &c->amount[s * c->n_levels + k];
            if (!isfinite(*x) || *x < 0.0 || (k > 0 && !(x[0] > x[-1])))
                return kea_error_set(err, KEA_ERR_INPUT,
                                     "site %zu: amount %zu is %.10g; amounts are 0 or more and "
                                     "grow",
                                     s + 1, k + 1, *x);
        }
    for (size_t i = 0; i < c->n_draws * c->n_sites * c->n_levels; i++)
        if (!isfinite(c->value[i]))
            return kea_error_set(err, KEA_ERR_INPUT, "draw %zu has a value that is not finite",
                                 i / (c->n_sites * c->n_levels) + 1);
    return KEA_OK;
}

static kea_status check_budget(const curves *c, const kea_allocation_options *options,
                               kea_error *err)
{
    double least = total_at(c, 0), most = kea_allocation_most(c);
    if (!(options->budget > 0.0) || !isfinite(options->budget))
        return kea_error_set(err, KEA_ERR_USAGE, "expected a budget above 0, found %.10g",
                             options->budget);
    if (options->steps < 1)
        return kea_error_set(err, KEA_ERR_INPUT, "a budget is divided in 1 step at least");
    if (options->budget < least || options->budget > most)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "a budget of %.10g cannot be divided: all sites together can have "
                             "%.10g to %.10g",
                             options->budget, least, most);
    return KEA_OK;
}

/* ---------------------------------------------------------------- one choice */

/* What dynamic programming works with. */
typedef struct solver {
    const curves *c;
    size_t steps;   /* that are left after the smallest amounts */
    double step;    /* of the budget */
    double *mean;   /* [site][level] */
    double *curve;  /* [steps + 1] of one site */
    double *best;   /* [2][steps + 1] most value of the sites so far, before and after one */
    size_t *chosen; /* [site][steps + 1] steps that the site gets of so many */
} solver;

static void solver_free(solver *v)
{
    free(v->mean);
    free(v->curve);
    free(v->best);
    free(v->chosen);
    *v = (solver){0};
}

static kea_status solver_init(solver *v, const curves *c, const kea_allocation_options *options,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    double free_part = options->budget - total_at(c, 0);
    *v = (solver){.c = c, .step = options->budget / (double)options->steps};
    v->steps = (size_t)floor(free_part / v->step + 1e-9);
    KEA_TRY(kea_memory_new(&block, c->n_sites * c->n_levels, sizeof(double), err));
    v->mean = block;
    KEA_TRY(kea_memory_new(&block, v->steps + 1, sizeof(double), err));
    v->curve = block;
    KEA_TRY(kea_memory_new(&block, 2 * (v->steps + 1), sizeof(double), err));
    v->best = block;
    KEA_TRY(kea_memory_new(&block, c->n_sites * (v->steps + 1), sizeof(size_t), err));
    v->chosen = block;
done:
    return status;
}

/* The site's curve by steps; returns the most steps it can have. */
static size_t fill_curve(const solver *v, size_t site)
{
    const double *x = v->c->amount + site * v->c->n_levels;
    const double *y = v->mean + site * v->c->n_levels;
    double room = x[v->c->n_levels - 1] - x[0];
    size_t most = (size_t)fmin((double)v->steps, floor(room / v->step + 1e-9));
    for (size_t j = 0; j <= most; j++)
        v->curve[j] = kea_allocation_line(v->c->n_levels, x, y, x[0] + (double)j * v->step);
    return most;
}

/* Goes through the sites; amount[n_sites] gets the best by v->mean. */
static void solve(const solver *v, double *amount)
{
    const curves *c = v->c;
    size_t n = v->steps + 1, left = v->steps;
    double *before = v->best, *after = v->best + n;
    for (size_t b = 0; b < n; b++)
        before[b] = 0.0;
    for (size_t s = 0; s < c->n_sites; s++) {
        size_t most = fill_curve(v, s);
        size_t *chosen = v->chosen + s * n;
        for (size_t b = 0; b < n; b++) {
            double top = before[b] + v->curve[0];
            size_t at = 0;
            for (size_t j = 1; j <= most && j <= b; j++) {
                double here = before[b - j] + v->curve[j];
                if (here > top) {
                    top = here;
                    at = j;
                }
            }
            after[b] = top;
            chosen[b] = at;
        }
        double *swap = before;
        before = after;
        after = swap;
    }
    for (size_t s = c->n_sites; s-- > 0;) {
        size_t j = v->chosen[s * n + left];
        amount[s] = c->amount[s * c->n_levels] + (double)j * v->step;
        left -= j;
    }
}

/* Means over draws start, start + stride, ... */
static void average(const solver *v, size_t start, size_t stride)
{
    const curves *c = v->c;
    size_t cells = c->n_sites * c->n_levels, n = 0;
    for (size_t i = 0; i < cells; i++)
        v->mean[i] = 0.0;
    for (size_t d = start; d < c->n_draws; d += stride, n++)
        for (size_t i = 0; i < cells; i++)
            v->mean[i] += c->value[d * cells + i];
    for (size_t i = 0; i < cells; i++)
        v->mean[i] /= (double)n;
}

/* The amounts at which all sites have the same intensity and spend the budget. */
static void divide_evenly(const curves *c, double budget, double *amount)
{
    size_t k = 1;
    while (k + 1 < c->n_levels && total_at(c, k) < budget)
        k++;
    double low = total_at(c, k - 1), high = total_at(c, k);
    double part = fmin(fmax((budget - low) / (high - low), 0.0), 1.0);
    for (size_t s = 0; s < c->n_sites; s++) {
        const double *x = c->amount + s * c->n_levels + k;
        amount[s] = x[-1] + part * (x[0] - x[-1]);
    }
}

/* ---------------------------------------------------------------- judging */

static double value_at(const curves *c, size_t draw, size_t site, double amount)
{
    size_t n = c->n_levels;
    return kea_allocation_line(n, c->amount + site * n, c->value + (draw * c->n_sites + site) * n,
                               amount);
}

static double sum_at(const curves *c, size_t draw, const double *amount)
{
    double sum = 0.0;
    for (size_t s = 0; s < c->n_sites; s++)
        sum += value_at(c, draw, s, amount[s]);
    return sum;
}

static kea_estimate of_site(const curves *c, size_t site, double amount, double *scratch)
{
    for (size_t d = 0; d < c->n_draws; d++)
        scratch[d] = value_at(c, d, site, amount);
    return kea_estimate_of(scratch, c->n_draws);
}

static kea_estimate gain_of_site(const curves *c, size_t site, double even, double best,
                                 double *scratch)
{
    for (size_t d = 0; d < c->n_draws; d++)
        scratch[d] = value_at(c, d, site, best) - value_at(c, d, site, even);
    return kea_estimate_of(scratch, c->n_draws);
}

/* Every draw is judged by the allocation that the other half chose: chosen[0] by the even draws,
 * chosen[1] by the odd ones, each [n_sites]. */
static void judge(const curves *c, const double *chosen, double *best)
{
    for (size_t d = 0; d < c->n_draws; d++)
        best[d] = sum_at(c, d, chosen + (d % 2 == 0 ? c->n_sites : 0));
}

/* scratch: [n_draws] */
static void summarise(kea_allocation_sum *sum, const curves *c, const double *even,
                      const double *best, double *scratch)
{
    size_t better = 0;
    for (size_t d = 0; d < c->n_draws; d++) {
        scratch[d] = best[d] - sum_at(c, d, even);
        better += scratch[d] > 0.0;
    }
    sum->better = (double)better / (double)c->n_draws;
    sum->gain = kea_estimate_of(scratch, c->n_draws);
    for (size_t d = 0; d < c->n_draws; d++)
        scratch[d] = sum_at(c, d, even);
    sum->value_even = kea_estimate_of(scratch, c->n_draws);
    for (size_t d = 0; d < c->n_draws; d++)
        scratch[d] = best[d];
    sum->value_best = kea_estimate_of(scratch, c->n_draws);
}

/* ---------------------------------------------------------------- how sure */

static void average_again(const solver *v, kea_rng_key key, uint32_t number)
{
    const curves *c = v->c;
    size_t cells = c->n_sites * c->n_levels;
    for (size_t i = 0; i < cells; i++)
        v->mean[i] = 0.0;
    for (size_t d = 0; d < c->n_draws; d++) {
        double u = kea_rng_uniform(key, (kea_rng_address){.draw = number}, (uint32_t)d);
        size_t row = (size_t)(u * (double)c->n_draws);
        row = row < c->n_draws ? row : c->n_draws - 1; /* a product may be rounded up */
        for (size_t i = 0; i < cells; i++)
            v->mean[i] += c->value[row * cells + i];
    }
    for (size_t i = 0; i < cells; i++)
        v->mean[i] /= (double)c->n_draws;
}

static kea_status bootstrap(const solver *v, const kea_allocation_options *options,
                            kea_allocation_share *share, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t n = v->c->n_sites, times = options->resamples;
    void *one = NULL, *all = NULL;
    kea_rng_key key = kea_rng_key_of(options->seed, "bootstrap.allocation");
    KEA_TRY(kea_memory_new(&one, n, sizeof(double), err));
    KEA_TRY(kea_memory_new(&all, n * times, sizeof(double), err));
    double *amount = one, *sample = all;
    for (size_t b = 0; b < times; b++) {
        average_again(v, key, (uint32_t)b);
        solve(v, amount);
        for (size_t s = 0; s < n; s++)
            sample[s * times + b] = amount[s];
    }
    for (size_t s = 0; s < n; s++) {
        double *of = sample + s * times;
        size_t more = 0;
        for (size_t b = 0; b < times; b++)
            more += of[b] > share[s].even;
        share[s].more = (double)more / (double)times;
        share[s].low = kea_moments_quantile(of, times, 0.025);
        share[s].high = kea_moments_quantile(of, times, 0.975);
    }
done:
    free(one);
    free(all);
    return status;
}

/* ---------------------------------------------------------------- all */

static void set_shares(kea_allocation_share *share, const curves *c, const double *even,
                       const double *best, double *scratch)
{
    for (size_t s = 0; s < c->n_sites; s++) {
        double most = c->amount[(s + 1) * c->n_levels - 1];
        share[s] = (kea_allocation_share){.even = even[s],
                                          .best = best[s],
                                          .low = (double)NAN,
                                          .high = (double)NAN,
                                          .more = (double)NAN,
                                          .value_even = of_site(c, s, even[s], scratch),
                                          .value_best = of_site(c, s, best[s], scratch),
                                          .gain = gain_of_site(c, s, even[s], best[s], scratch),
                                          .at_most = best[s] >= most * (1.0 - 1e-9)};
    }
}

kea_status kea_allocation_find(kea_allocation_sum *sum, kea_allocation_share *share,
                               const kea_allocation_curves *c,
                               const kea_allocation_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    solver v = {0};
    void *amounts = NULL, *draws = NULL;
    KEA_TRY(check_curves(c, err));
    KEA_TRY(check_budget(c, options, err));
    KEA_TRY(solver_init(&v, c, options, err));
    KEA_TRY(kea_memory_new(&amounts, 4 * c->n_sites, sizeof(double), err));
    KEA_TRY(kea_memory_new(&draws, 2 * c->n_draws, sizeof(double), err));
    double *scratch = draws;
    double *best_of_draw = options->best_of_draw ? options->best_of_draw : scratch + c->n_draws;
    double *even = amounts, *best = even + c->n_sites, *chosen = best + c->n_sites;
    *sum = (kea_allocation_sum){.budget = options->budget};
    divide_evenly(c, options->budget, even);
    for (size_t half = 0; half < 2; half++) {
        average(&v, half, 2);
        solve(&v, chosen + half * c->n_sites);
    }
    average(&v, 0, 1);
    solve(&v, best);
    judge(c, chosen, best_of_draw);
    summarise(sum, c, even, best_of_draw, scratch);
    set_shares(share, c, even, best, scratch);
    for (size_t s = 0; s < c->n_sites; s++) {
        sum->spent += best[s];
        sum->apparent += share[s].gain.mean;
    }
    if (options->resamples > 0)
        KEA_TRY(bootstrap(&v, options, share, err));
done:
    solver_free(&v);
    free(amounts);
    free(draws);
    return status;
}
