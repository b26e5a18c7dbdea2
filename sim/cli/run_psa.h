/* The sample of the probabilistic analysis of a run, as decision analysis takes it. */
#ifndef KEA_CLI_RUN_PSA_H
#define KEA_CLI_RUN_PSA_H

#include "sim/analysis/psa.h"
#include "sim/store/record.h"

/* Reads the database of a run folder; says so when the run is not finished. KEA_ERR_INPUT when the
 * run has no probabilistic analysis. Free with kea_record_free, also after failure. */
KEA_CHECKED kea_status kea_run_psa_open(kea_record *record, const char *run, kea_error *err);

/* One effect of a run and the costs that it is set against. */
typedef struct kea_run_question {
    const char *effect; /* its key; NULL: the first, that of the decision */
    kea_perspective perspective;
} kea_run_question;

/* The index of the effect that is asked about. KEA_ERR_INPUT without a place for one that the run
 * does not have. */
KEA_CHECKED kea_status kea_run_psa_effect(size_t *effect, const kea_frame *frame, const char *key,
                                          kea_error *err);

/* Fills the sample with the costs and the effect that are asked about and every uncertain number.
 * Groups: correlated numbers, and the shares of a dirichlet
 * but for the last, which follows from the others. Free with kea_psa_free, also after failure.
 * Errors: as kea_run_psa_effect, and KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_run_psa_make(kea_psa *psa, const kea_record *record,
                                        const kea_run_question *question, kea_error *err);

/* The same costs and effect by groups of people: an array of pairs, one for each group of each
 * grouping, with an arm for every strategy; *n is 0 where the run does not tell groups apart. The
 * caller frees each with kea_pairs_free, and the array, also after failure. */
KEA_CHECKED kea_status kea_run_psa_groups(kea_pairs **groups, size_t *n, const kea_record *record,
                                          const kea_run_question *question, kea_error *err);

#endif
