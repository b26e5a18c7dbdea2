/* Chandrupatla's method. */
#include "sim/core/root.h"

#include <float.h>
#include <math.h>

enum { MAX_STEPS = 200 };

typedef struct point {
    double x, f;
} point;

/* Where between a (0) and b (1) to look next: inverse quadratic interpolation through the three
 * points when the function is tame enough for it there, otherwise the middle. */
static double next_place(point a, point b, point c)
{
    double xi = (a.x - b.x) / (c.x - b.x);
    double phi = (a.f - b.f) / (c.f - b.f);
    if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi))
        return 0.5;
    return a.f / (b.f - a.f) * (c.f / (b.f - c.f)) +
           (c.x - a.x) / (b.x - a.x) * (a.f / (c.f - a.f)) * (b.f / (c.f - b.f));
}

bool kea_root_find(kea_root_fn f, const void *context, double low, double high, double tolerance,
                   double *x)
{
    point a = {low, f(context, low)}, b = {high, f(context, high)}, c;
    if (!((a.f <= 0.0 && b.f >= 0.0) || (a.f >= 0.0 && b.f <= 0.0)))
        return false;
    double place = 0.5;
    point best = fabs(a.f) < fabs(b.f) ? a : b;
    for (int step = 0; step < MAX_STEPS && best.f != 0.0; step++) {
        double at = a.x + place * (b.x - a.x);
        point new = {at, f(context, at)};
        if ((new.f > 0.0) == (a.f > 0.0)) {
            c = a;
        } else {
            c = b;
            b = a;
        }
        a = new;
        best = fabs(a.f) < fabs(b.f) ? a : b;
        double least = (2.0 * DBL_EPSILON * fabs(best.x) + 0.5 * tolerance) / fabs(b.x - a.x);
        if (!(least < 0.5))
            break;
        place = fmin(fmax(next_place(a, b, c), least), 1.0 - least);
    }
    *x = best.x;
    return true;
}
