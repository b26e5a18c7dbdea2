/* The normal distribution cut off to an interval, accurate also when the interval lies far in a
 * tail or is very narrow. */
#ifndef KEA_CORE_TRUNCATED_NORMAL_H
#define KEA_CORE_TRUNCATED_NORMAL_H

typedef struct kea_truncated_normal {
    double mu, sd, min, max; /* of the normal distribution; min < max; sd > 0 */
} kea_truncated_normal;

/* The probability that the normal distribution gives to the interval; 0 when it underflows (an
 * interval more than about 37 standard deviations away). */
double kea_truncated_normal_mass(const kea_truncated_normal *t);

/* The quantile at 0 < u < 1, within [min, max]. Needs a mass > 0. */
double kea_truncated_normal_quantile(const kea_truncated_normal *t, double u);

/* Mean and standard deviation, by quadrature of the density (closed forms lose all digits in a
 * tail or on a narrow interval). Relative error below 1e-10. */
void kea_truncated_normal_moments(const kea_truncated_normal *t, double *mean, double *sd);

#endif
