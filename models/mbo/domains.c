/* The joint distribution of problem domains, by quadrature over the common factor. */
#include "models/mbo/domains.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

/* Nodes over the common factor: equally spaced, with the normal density as weight. The trapezoid
 * rule on a smooth integrand that vanishes at both ends: exact to 1e-12 up to correlation 0.9. */
enum { SLICES = 64 };

static const double REACH = 8.0;

static double node(int k)
{
    return REACH * (2.0 * (k + 0.5) / SLICES - 1.0);
}

/* Sums to 1 within 1e-14. */
static double weight(int k)
{
    return gsl_ran_ugaussian_pdf(node(k)) * 2.0 * REACH / SLICES;
}

/* P(domain d | slice) for unconditional prevalences share[d] * scale. */
static void conditional(double at[SLICES][MBO_DOMAINS], const double *share, double scale,
                        double correlation)
{
    double load = sqrt(correlation);
    double rest = sqrt(1.0 - correlation);
    for (int d = 0; d < MBO_DOMAINS; d++) {
        double limit = gsl_cdf_ugaussian_Pinv(share[d] * scale);
        for (int k = 0; k < SLICES; k++) {
            double factor = node(k);
            at[k][d] = gsl_cdf_ugaussian_P((limit - load * factor) / rest);
        }
    }
}

static double probability_of_none(double at[SLICES][MBO_DOMAINS])
{
    double sum = 0.0;
    for (int k = 0; k < SLICES; k++) {
        double none = 1.0;
        for (int d = 0; d < MBO_DOMAINS; d++)
            none *= 1.0 - at[k][d];
        sum += weight(k) * none;
    }
    return sum;
}

/* The scale x = P(at least one) that solves P(none; prevalences share * x) = 1 - x. The left side
 * minus the right is negative just above 0 when the shares sum to more than 1, positive at 1. */
static kea_status solve_scale(double at[SLICES][MBO_DOMAINS], const mbo_domains *domains,
                              double *scale, kea_error *err)
{
    double low = 1e-6, high = 1.0;
    for (int i = 0; i < 60; i++) {
        *scale = 0.5 * (low + high);
        conditional(at, domains->share, *scale, domains->correlation);
        if (probability_of_none(at) < 1.0 - *scale)
            low = *scale;
        else
            high = *scale;
    }
    if (*scale > 1e-5)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_INPUT,
                         "domain_share: the shares are too small: with at least one domain per "
                         "case they must sum to clearly more than 1; raise them");
}

static void joint(mbo_domains *domains, double at[SLICES][MBO_DOMAINS], double some)
{
    double *upto = domains->upto;
    for (int k = 0; k < SLICES; k++) {
        double probability[MBO_DOMAIN_SETS];
        probability[0] = weight(k) / some;
        for (int d = 0, size = 1; d < MBO_DOMAINS; d++, size *= 2)
            for (int set = 0; set < size; set++) {
                probability[set + size] = probability[set] * at[k][d];
                probability[set] *= 1.0 - at[k][d];
            }
        for (int set = 0; set < MBO_DOMAIN_SETS; set++)
            upto[set] = (k ? upto[set] : 0.0) + probability[set];
    }
    upto[0] = 0.0;
    for (int set = 1; set < MBO_DOMAIN_SETS; set++)
        upto[set] += upto[set - 1];
    for (int set = 1; set < MBO_DOMAIN_SETS; set++)
        upto[set] /= upto[MBO_DOMAIN_SETS - 1];
    upto[MBO_DOMAIN_SETS - 1] = 1.0;
    for (int cell = 0, set = 1; cell < MBO_DOMAIN_SETS; cell++) {
        while (upto[set] < (double)cell / MBO_DOMAIN_SETS)
            set++;
        domains->guide[cell] = (uint16_t)set;
    }
}

kea_status mbo_domains_init(mbo_domains *domains, const double share[MBO_DOMAINS],
                            double correlation, kea_error *err)
{
    double at[SLICES][MBO_DOMAINS];
    double some = 0.0;
    if (domains->ready && domains->correlation == correlation &&
        memcmp(domains->share, share, sizeof domains->share) == 0)
        return KEA_OK;
    memcpy(domains->share, share, sizeof domains->share);
    domains->correlation = correlation;
    domains->ready = 0;
    kea_status status = solve_scale(at, domains, &some, err);
    if (status != KEA_OK)
        return status;
    joint(domains, at, some);
    domains->ready = 1;
    return KEA_OK;
}
