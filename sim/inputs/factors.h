/* The factors of a global sensitivity analysis: which uncertain entries are varied together, so
 * that the answer is about them together.
 *
 * Methods that vary one factor and leave the others as they are need independent factors. So the
 * members of a correlated group are always one factor together, and so are the shares of a
 * dirichlet; a caller may join more ("all effects"). */
#ifndef KEA_INPUTS_FACTORS_H
#define KEA_INPUTS_FACTORS_H

#include "sim/core/status.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* Of an entry: in no factor; joined with no other. */
#define KEA_NO_FACTOR SIZE_MAX
#define KEA_NO_LABEL SIZE_MAX

typedef struct kea_factor {
    char *name;   /* of the entry, of the correlated group or of the parameter whose entries it
                     holds, else "FIRST and N more" */
    size_t first; /* its first entry */
    size_t n_entries;
} kea_factor;

typedef struct kea_factors {
    size_t n;
    kea_factor *factor; /* [n] in the order of their first entries, owned */
    size_t *of;         /* [n_entries] the factor of each entry, or KEA_NO_FACTOR, owned */
    size_t n_entries;
} kea_factors;

/* Zeroes and fills. Every uncertain entry that some strategy or the status quo uses is in a factor;
 * entries with the same label are joined. label[n_entries], KEA_NO_LABEL for no wish; NULL: none.
 * Errors: KEA_ERR_MEMORY; KEA_ERR_INPUT when nothing is uncertain. */
KEA_CHECKED kea_status kea_factors_init(kea_factors *factors, const kea_problem *problem,
                                        const size_t *label, kea_error *err);
void kea_factors_free(kea_factors *factors); /* legal on {0}, after a failed init, and twice */

/* Labels that join the elements of each parameter, also where care models give their own. */
void kea_factors_by_parameter(const kea_problem *problem, size_t *label);

#endif
