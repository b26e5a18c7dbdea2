/* The gamma and the beta distribution: probabilities and quantiles that are accurate in both tails
 * and for every parameter above 0, and that cannot fail. GSL's inverses raise an error (which
 * aborts the program by default) where they do not converge, and stop at about 1e-8.
 *
 * Everything is done on the logarithm (gamma) or the logit (beta) of the variable, where the
 * densities are log-concave, so that Newton's method on the log of a tail converges from anywhere.
 * Tails: series and continued fractions (NIST Digital Library of Mathematical Functions 8.7.1,
 * 8.9.2, 8.17.22), and for large parameters quadrature of the density; scaled with the regulated
 * gamma function, so that large terms do not cancel (Loader 2000, "Fast and accurate computation
 * of binomial probabilities"). Relative error of a probability below 1e-11 for parameters from
 * 1e-3 to 1e4 and below 1e-9 to 1e6.
 *
 * Quantiles take both tail probabilities, lower + upper = 1, because a double cannot hold
 * 1 - 1e-20. All functions are thread safe. */
#ifndef KEA_CORE_CDF_H
#define KEA_CORE_CDF_H

/* log P(X <= x) of X ~ Gamma(shape, 1) at log x. */
double kea_cdf_gamma_log_lower(double shape, double log_x);

/* log P(X > x). */
double kea_cdf_gamma_log_upper(double shape, double log_x);

/* The log of the density of log X (not of X) at log x. */
double kea_cdf_gamma_log_density(double shape, double log_x);

/* log x with P(X <= x) = lower and P(X > x) = upper. */
double kea_cdf_gamma_log_quantile(double shape, double lower, double upper);

/* log P(X <= x) of X ~ Beta(a, b) at logit x. The upper tail is
 * kea_cdf_beta_log_lower(b, a, -logit_x). */
double kea_cdf_beta_log_lower(double a, double b, double logit_x);

/* logit x with P(X <= x) = lower and P(X > x) = upper. */
double kea_cdf_beta_logit_quantile(double a, double b, double lower, double upper);

/* log(x / (1 - x)) and back. */
double kea_cdf_logit(double x);
double kea_cdf_expit(double logit_x);

#endif
