/* Uniform numbers that depend on each other while each stays uniform by itself: the Gaussian copula
 * with one common factor. Drawing by inversion from such uniforms gives numbers with exactly their
 * own distributions whose normal scores are correlated (Cario and Nelson 1997, "Modeling and
 * generating random vectors with arbitrary marginal distributions and correlation matrix").
 *
 * How numbers are grouped, and from which streams the uniforms come, is the caller's business. */
#ifndef KEA_CORE_COPULA_H
#define KEA_CORE_COPULA_H

/* Phi(loading Phi^-1(factor) + sqrt(1 - loading^2) Phi^-1(own)): uniform when `own` and `factor`
 * are independent uniforms, 0 < own, factor < 1, and -1 < loading < 1. The normal scores of two
 * such numbers with the same factor and loadings a and b have correlation a b. Loading 0 gives
 * `own` itself. The result lies in 2^-53 .. 1 - 2^-53. Thread safe, cannot fail. */
double kea_copula_one_factor(double own, double factor, double loading);

#endif
