/* See copula.h. */
#include "sim/core/copula.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Each half from its own tail, where the inverse is most exact. */
static double normal_score(double uniform)
{
    return uniform < 0.5 ? gsl_cdf_ugaussian_Pinv(uniform) : gsl_cdf_ugaussian_Qinv(1.0 - uniform);
}

double kea_copula_one_factor(double own, double factor, double loading)
{
    static const double least = 0x1p-53;
    if (loading == 0.0)
        return own;
    double rest = sqrt((1.0 - loading) * (1.0 + loading));
    double uniform = gsl_cdf_ugaussian_P(loading * normal_score(factor) + rest * normal_score(own));
    /* two extreme scores add up to one whose probability is 0 or 1 as a double */
    return fmin(fmax(uniform, least), 1.0 - least);
}
