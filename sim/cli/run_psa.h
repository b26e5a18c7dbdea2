/* The sample of the probabilistic analysis of a run, as decision analysis takes it. */
#ifndef KEA_CLI_RUN_PSA_H
#define KEA_CLI_RUN_PSA_H

#include "sim/analysis/psa.h"
#include "sim/store/record.h"

/* Reads the database of a run folder; says so when the run is not finished. KEA_ERR_INPUT when the
 * run has no probabilistic analysis. Free with kea_record_free, also after failure. */
KEA_CHECKED kea_status kea_run_psa_open(kea_record *record, const char *run, kea_error *err);

/* Fills the sample with costs, one effect of the run (its key; NULL: the first, that of the
 * decision) and every uncertain number. Groups: correlated numbers, and the shares of a dirichlet
 * but for the last, which follows from the others. Free with kea_psa_free, also after failure.
 * KEA_ERR_INPUT without a place for an effect that the run does not have. */
KEA_CHECKED kea_status kea_run_psa_make(kea_psa *psa, const kea_record *record, const char *effect,
                                        kea_error *err);

#endif
