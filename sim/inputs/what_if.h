/* What-if scenarios: other values for a few parameters, under a name. Read in load_what_if.c. */
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

void kea_what_if_free(kea_what_if *what_if); /* legal on {0} and twice */

/* Makes the changes in values[problem->n_entries]. No allocation, no errors. */
void kea_what_if_apply(const kea_what_if *what_if, const kea_problem *problem, double *values);

#endif
