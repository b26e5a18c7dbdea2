/* What-if scenarios: other values for a few parameters, under a name. Read in load_what_if.c.
 *
 * A site is one too: a school of its own, with a team of its own, that differs from the others in a
 * few parameters, the first of which is how many people it has room for. Read in load_sites.c. */
#ifndef KEA_INPUTS_WHAT_IF_H
#define KEA_INPUTS_WHAT_IF_H

#include "sim/inputs/problem.h"
#include "sim/inputs/varied.h"

#include <stddef.h>

typedef struct kea_what_if {
    char *name;          /* at most KEA_MAX_NAME bytes */
    kea_varied *changes; /* [n_changes], each with one level, owned; no two change one entry */
    size_t n_changes;
    char *source;
    kea_evidence evidence;
    char *file;
    int line;
} kea_what_if;

/* Room for `n` changes. KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_what_if_reserve(kea_what_if *what_if, size_t n, kea_error *err);

/* Adds that the named number gets this value; there is room. Errors as kea_varied_init. */
KEA_CHECKED kea_status kea_what_if_add(kea_what_if *what_if, const kea_problem *problem,
                                       const char *name, double value, kea_error *err);

/* The value that the first change gives: how many people a site has room for. */
double kea_what_if_size(const kea_what_if *site);

void kea_what_if_free(kea_what_if *what_if); /* legal on {0} and twice */

/* Makes the changes in values[problem->n_entries]. No allocation, no errors. */
void kea_what_if_apply(const kea_what_if *what_if, const kea_problem *problem, double *values);

#endif
