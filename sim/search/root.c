/* Root finding on a system: Chandrupatla's method of sim/core/root.h on its mean output. */
#include "sim/search/root.h"

#include "sim/core/memory.h"
#include "sim/core/moments.h"
#include "sim/core/root.h"

#include <math.h>
#include <stdlib.h>

typedef struct walk {
    const kea_system *system;
    double goal;
    double *output; /* [n_points] of the run made last */
    double low, high, at_low, at_high;
    size_t n_runs;
    kea_status status; /* of the first run that failed; none is made after it */
    kea_error *err;
} walk;

static kea_moments moments_of(const walk *w)
{
    kea_moments moments = {0};
    for (size_t i = 0; i < w->system->n_points; i++)
        kea_moments_add(&moments, w->output[i]);
    return moments;
}

/* Mean output at x; NAN after a failure. */
static double mean_at(walk *w, double x)
{
    if (w->status == KEA_OK)
        w->status = w->system->run(w->system->context, &x, w->output, w->err);
    if (w->status != KEA_OK)
        return (double)NAN;
    w->n_runs++;
    double mean = moments_of(w).mean;
    if (!isfinite(mean))
        w->status = kea_error_set(w->err, KEA_ERR_RUN, "there is no finite output at %.10g", x);
    return mean;
}

/* What kea_root_fn may see of a walk, which changes as it goes. */
typedef struct view {
    walk *w;
} view;

/* The ends have been run already; 0 after a failure ends the search at once. */
static double above_goal(const void *context, double x)
{
    walk *w = ((const view *)context)->w;
    double mean = x == w->low ? w->at_low : x == w->high ? w->at_high : mean_at(w, x);
    return w->status == KEA_OK ? mean - w->goal : 0.0;
}

static void give_end(const walk *w, kea_crossing *c)
{
    bool at_low = fabs(c->at_low - w->goal) <= fabs(c->at_high - w->goal);
    c->x = at_low ? w->low : w->high;
    c->value = at_low ? c->at_low : c->at_high;
    c->slope = c->error = (double)NAN;
}

static void measure(walk *w, kea_crossing *c)
{
    double step = (w->high - w->low) / 40.0;
    double left = fmax(c->x - step, w->low), right = fmin(c->x + step, w->high);
    c->value = mean_at(w, c->x);
    kea_moments at_x = moments_of(w);
    double from = mean_at(w, left);
    c->slope = (mean_at(w, right) - from) / (right - left);
    c->error = kea_moments_error(&at_x) / fabs(c->slope);
}

kea_status kea_search_root(const kea_system *system, double goal, double low, double high,
                           double tolerance, kea_crossing *crossing, kea_error *err)
{
    walk w = {.system = system, .goal = goal, .low = low, .high = high, .err = err};
    const view v = {&w};
    void *block = NULL;
    kea_status status = KEA_OK;
    *crossing = (kea_crossing){0};
    KEA_TRY(kea_memory_new(&block, system->n_points, sizeof(double), err));
    w.output = block;
    w.at_low = crossing->at_low = mean_at(&w, low);
    w.at_high = crossing->at_high = mean_at(&w, high);
    if (w.status == KEA_OK)
        crossing->found = kea_root_find(above_goal, &v, low, high, tolerance, &crossing->x);
    if (w.status == KEA_OK && crossing->found)
        measure(&w, crossing);
    else if (w.status == KEA_OK)
        give_end(&w, crossing);
    crossing->n_runs = w.n_runs;
    status = w.status;
done:
    free(block);
    return status;
}
