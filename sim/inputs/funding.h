/* Funding scenarios: arrangements of who pays for the strategies, beside the one that the care
 * models have. They change who pays and not what is done. Read in load_funding.c. */
#ifndef KEA_INPUTS_FUNDING_H
#define KEA_INPUTS_FUNDING_H

#include "sim/core/funding.h"
#include "sim/inputs/buffer.h"
#include "sim/inputs/problem.h"

#include <stddef.h>

/* What the arrangement of the care models is called; no other may have this name. */
#define KEA_FUNDING_AS_IT_IS "as it is"

/* Last year that a grant or the end of contributions may name. */
enum { KEA_MAX_FUNDED_YEAR = 60 };

typedef struct kea_funding_scenario {
    char *name;        /* at most KEA_MAX_NAME bytes */
    kea_funding terms; /* its payers are those of kea_fundings */
    double host_share; /* of what the payer by home pays beside contributions, the part of the
                          first zone; the rest is by home of the people */
    char *source;
    kea_evidence evidence;
    char *file;
    int line;
} kea_funding_scenario;

typedef struct kea_fundings {
    kea_funding_scenario *item; /* [n] in the order of the file */
    size_t n;
    char *payer[KEA_MAX_PAYERS]; /* [n_payers] those of the model, then those that scenarios add */
    size_t n_payers;
} kea_fundings;

void kea_fundings_free(kea_fundings *fundings); /* frees itself too; legal on NULL */

/* The list as it stands in a scenario file; nothing for NULL. */
void kea_fundings_write(kea_buffer *out, const kea_fundings *fundings,
                        const kea_param_table *params);

#endif
