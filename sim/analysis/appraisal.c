/* Present values, and the rates at which they are 0.
 *
 * With x = 1 / (1 + rate) the present value is a polynomial in x, and the rates above -1 are its
 * roots with x > 0. They are found for certain, by the derivatives: between two neighbouring roots
 * of its derivative a polynomial only rises or only falls, so it has one root there, or none, as
 * the signs at both ends say. That starts with the highest derivative, which is a straight line. */
#include "sim/analysis/appraisal.h"

#include "sim/core/memory.h"
#include "sim/core/root.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* What rounding may leave of a value that is 0, relative to the sum of its terms. */
static const double ROUNDING = 1e-13;

double kea_appraisal_value(size_t n, const double *amount, size_t first, double rate)
{
    double x = 1 / (1 + rate), value = 0;
    for (size_t i = n; i-- > 0;)
        value = value * x + amount[i];
    return value * pow(x, (double)first);
}

kea_appraisal kea_appraisal_make(size_t n, const double *benefits, const double *costs,
                                 size_t first, double rate)
{
    kea_appraisal a = {.benefits = kea_appraisal_value(n, benefits, first, rate),
                       .costs = kea_appraisal_value(n, costs, first, rate)};
    a.net = a.benefits - a.costs;
    a.ratio = a.costs != 0
                  ? a.benefits / a.costs
                  : (a.benefits != 0 ? copysign((double)INFINITY, a.benefits) : (double)NAN);
    return a;
}

typedef struct polynomial {
    size_t n; /* coefficients, constant first */
    const double *c;
} polynomial;

static double value_at(const void *context, double x)
{
    const polynomial *p = context;
    double value = 0;
    for (size_t i = p->n; i-- > 0;)
        value = value * x + p->c[i];
    return value;
}

static bool is_zero_at(const polynomial *p, double x)
{
    double terms = 0;
    for (size_t i = p->n; i-- > 0;)
        terms = terms * x + fabs(p->c[i]);
    return fabs(value_at(p, x)) <= ROUNDING * terms;
}

/* All positive roots lie below this (Cauchy's bound). The last coefficient is not 0. */
static double bound(const polynomial *p)
{
    double most = 0;
    for (size_t i = 0; i + 1 < p->n; i++)
        most = fmax(most, fabs(p->c[i] / p->c[p->n - 1]));
    return 1 + most;
}

/* The roots in (0, high] of p, which is monotone between 0, the `turns` and high; ascending. A turn
 * that is a root itself is one, and parts of the axis beside it hold no other. */
static size_t roots_between(const polynomial *p, size_t n_turns, const double *turns, double high,
                            double *roots)
{
    size_t n = 0;
    double low = 0;
    bool low_is_root = false;
    for (size_t i = 0; i <= n_turns; i++) {
        double end = i < n_turns ? turns[i] : high;
        bool end_is_root = i < n_turns && is_zero_at(p, end);
        double x = 0;
        if (end_is_root)
            roots[n++] = end;
        else if (!low_is_root && value_at(p, low) != 0 &&
                 kea_root_find(value_at, p, low, end, 0, &x))
            roots[n++] = x;
        low = end;
        low_is_root = end_is_root;
    }
    return n;
}

/* c becomes the k-th derivative of the amounts divided by k!, of n - k coefficients: binomial
 * coefficients instead of factorials, which would pass every bound. */
static void derive(size_t n, const double *amount, size_t k, double *c)
{
    double binomial = 1; /* (i + k) over k */
    for (size_t i = 0; i + k < n; i++) {
        c[i] = amount[i + k] * binomial;
        binomial *= (double)(i + k + 1) / (double)(i + 1);
    }
}

/* The positive roots of the polynomial with these coefficients, the last not 0, ascending; work has
 * room for 2 n. */
static size_t positive_roots(size_t n, const double *amount, double *roots, double *work)
{
    double *c = work, *turns = work + n;
    size_t n_turns = 0;
    const polynomial whole = {n, amount};
    double high = bound(&whole); /* holds for the derivatives too (Gauss and Lucas) */
    for (size_t k = n - 1; k-- > 0;) {
        derive(n, amount, k, c);
        const polynomial p = {n - k, c};
        size_t n_roots = roots_between(&p, n_turns, turns, high, roots);
        for (size_t i = 0; i < n_roots; i++)
            turns[i] = roots[i];
        n_turns = n_roots;
    }
    return n_turns;
}

kea_status kea_appraisal_rates(size_t n, const double *net, double *rates, size_t *n_rates,
                               kea_error *err)
{
    void *work = NULL;
    size_t first = 0, last = n;
    *n_rates = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(net[i]))
            return kea_error_set(err, KEA_ERR_USAGE, "the amount of year %zu is not a number",
                                 i + 1);
    }
    if (n > KEA_APPRAISAL_YEARS)
        return kea_error_set(err, KEA_ERR_USAGE, "%zu years; a rate of return takes at most %d", n,
                             KEA_APPRAISAL_YEARS);
    while (last > 0 && net[last - 1] == 0)
        last--;
    while (first < last && net[first] == 0)
        first++;
    if (last - first < 2)
        return KEA_OK;
    kea_status status = kea_memory_new(&work, 2 * (last - first), sizeof(double), err);
    if (status != KEA_OK)
        return status;
    *n_rates = positive_roots(last - first, net + first, rates, work);
    /* ascending in x is descending in the rate */
    for (size_t i = 0, j = *n_rates; i < j; i++) {
        j--;
        double low = 1 / rates[j] - 1, high = 1 / rates[i] - 1;
        rates[i] = low;
        rates[j] = high;
    }
    free(work);
    return KEA_OK;
}

/* "5%, 12.5% and 40%", cut to size. */
static void list_rates(size_t n, const double *rates, char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < n && used < size; i++) {
        const char *before = i == 0 ? "" : i + 1 < n ? ", " : " and ";
        int length = snprintf(text + used, size - used, "%s%.4g%%", before, 100 * rates[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}

kea_status kea_appraisal_return(size_t n, const double *net, double *rate, kea_error *err)
{
    void *block = NULL;
    char text[256] = "";
    size_t n_rates = 0;
    kea_status status = KEA_OK;
    *rate = (double)NAN;
    KEA_TRY(kea_memory_new(&block, n > 0 ? n : 1, sizeof(double), err));
    double *rates = block;
    KEA_TRY(kea_appraisal_rates(n, net, rates, &n_rates, err));
    list_rates(n_rates, rates, text, sizeof text);
    if (n_rates == 1)
        *rate = rates[0];
    else if (n_rates == 0)
        status = kea_error_set(err, KEA_ERR_NUMERIC,
                               "there is no internal rate of return: at no rate the amounts are "
                               "worth nothing together; look at the net present value");
    else
        status = kea_error_set(err, KEA_ERR_NUMERIC,
                               "there is no single internal rate of return: the amounts are worth "
                               "nothing together at %s; look at the net present value",
                               text);
done:
    free(block);
    return status;
}
