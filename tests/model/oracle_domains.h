/* The problem domains of a case, drawn as the copula is defined: a common factor, eleven normal
 * numbers, thresholds, and once more when no domain is touched. */
#ifndef TESTS_MODEL_ORACLE_DOMAINS_H
#define TESTS_MODEL_ORACLE_DOMAINS_H

#include "models/mbo/params.h"

#include <gsl/gsl_rng.h>

typedef struct oracle_domains {
    double correlation;
    double some;                /* P(at least one domain), before conditioning */
    double cutoff[MBO_DOMAINS]; /* a domain is touched when its number lies below */
} oracle_domains;

/* Solves the unconditional prevalences share[d] * P(at least one). Aborts when there are none. */
void oracle_domains_set(oracle_domains *domains, const double share[MBO_DOMAINS],
                        double correlation);

/* touched[d] is 1 or 0; at least one is 1. */
void oracle_domains_draw(const oracle_domains *domains, gsl_rng *random, int touched[MBO_DOMAINS]);

#endif
