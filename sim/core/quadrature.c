/* The Gauss-Legendre rule of 8 points. */
#include "sim/core/quadrature.h"

/* The rule is symmetric: half of its nodes on (-1, 1). */
static const struct {
    double node, weight;
} rule[] = {
    {0.18343464249564980, 0.36268378337836198},
    {0.52553240991632899, 0.31370664587788729},
    {0.79666647741362674, 0.22238103445337447},
    {0.96028985649753623, 0.10122853629037626},
};

double kea_quadrature(kea_quadrature_fn f, const void *context, double from, double to,
                      size_t n_panels)
{
    double half = 0.5 * (to - from) / (double)n_panels;
    double sum = 0.0;
    for (size_t panel = 0; panel < n_panels; panel++) {
        double middle = from + (2.0 * (double)panel + 1.0) * half;
        for (size_t i = 0; i < sizeof rule / sizeof rule[0]; i++) {
            double away = rule[i].node * half;
            sum += rule[i].weight * (f(context, middle - away) + f(context, middle + away));
        }
    }
    return sum * half;
}
