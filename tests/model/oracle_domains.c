/* The copula by its definition; the prevalences by adaptive quadrature and bisection. */
#include "tests/model/oracle_domains.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

static void set_cutoffs(oracle_domains *domains, const double *share, double some)
{
    domains->some = some;
    for (int d = 0; d < MBO_DOMAINS; d++)
        domains->cutoff[d] = gsl_cdf_ugaussian_Pinv(share[d] * some);
}

/* The normal density of the common factor times P(no domain | factor). */
static double none_at(double factor, void *data)
{
    const oracle_domains *domains = data;
    double none = gsl_ran_ugaussian_pdf(factor);
    for (int d = 0; d < MBO_DOMAINS; d++)
        none *= gsl_cdf_ugaussian_Q((domains->cutoff[d] - sqrt(domains->correlation) * factor) /
                                    sqrt(1.0 - domains->correlation));
    return none;
}

void oracle_domains_set(oracle_domains *domains, const double share[MBO_DOMAINS],
                        double correlation)
{
    double low = 1e-4, high = 1.0;
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    gsl_function none = {none_at, domains};
    if (!space)
        abort();
    domains->correlation = correlation;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2.0, result = 0.0, error = 0.0;
        set_cutoffs(domains, share, middle);
        if (gsl_integration_qag(&none, -9.0, 9.0, 1e-10, 0.0, 200, GSL_INTEG_GAUSS21, space,
                                &result, &error))
            abort();
        if (1.0 - result > middle)
            low = middle;
        else
            high = middle;
    }
    gsl_integration_workspace_free(space);
    if (low < 1e-3)
        abort();
}

void oracle_domains_draw(const oracle_domains *domains, gsl_rng *random, int touched[MBO_DOMAINS])
{
    int n = 0;
    while (n == 0) {
        double common = sqrt(domains->correlation) * gsl_ran_ugaussian(random);
        double own = sqrt(1.0 - domains->correlation);
        for (int d = 0; d < MBO_DOMAINS; d++) {
            touched[d] = common + own * gsl_ran_ugaussian(random) < domains->cutoff[d];
            n += touched[d];
        }
    }
}
