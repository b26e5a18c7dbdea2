/* The options of keasim analyse: read from the command line, and turned into what the analyses take
 * once the sample is known. */
#ifndef KEA_CLI_ANALYSE_OPTIONS_H
#define KEA_CLI_ANALYSE_OPTIONS_H

#include "sim/cli/cli.h"
#include "sim/cli/run_psa.h"
#include "sim/inputs/problem.h"
#include "sim/report/findings.h"

#include <stdbool.h>

enum { KEA_ANALYSE_SIZES = 200, KEA_ANALYSE_SUBJECTS = 16 };

typedef struct kea_analyse_options {
    const char *output;
    bool figures;
    bool files;                /* --psa: the words are CSV files and not a run */
    const char *run;           /* the folder of a run */
    kea_psa_files from;        /* the CSV files */
    kea_run_question question; /* of a run */
    double wtp;                /* NAN: not given, as everywhere below */
    kea_range range;           /* n is 0 when not given */
    size_t n_asked;
    const char **asked; /* [n_asked] sets "a,b", owned */
    bool evppi;
    const char *evsi;  /* parameters that a study informs; NULL: no study */
    const char *study; /* "mean", "proportion" or "rate" */
    const char *sd;    /* of a mean, one per parameter */
    size_t n_sizes, sizes[KEA_ANALYSE_SIZES];
    bool is_range;
    double cost_fixed, cost_per;
    double population, horizon, rate, covers, target;
} kea_analyse_options;

/* Reads the command line. Returns -1 to go on, or the exit status to end with, after the message.
 * Free with kea_analyse_options_free, also then. */
int kea_analyse_options_take(kea_analyse_options *options, const kea_command *self, int argc,
                             char **argv);
void kea_analyse_options_free(kea_analyse_options *options);

/* What the analyses need, with what must live as long as they do. */
typedef struct kea_analyse_plan {
    kea_findings_options findings;
    kea_findings_study study;
    size_t informs[KEA_ANALYSE_SUBJECTS];
    double sd[KEA_ANALYSE_SUBJECTS];
    double *amounts; /* owned */
    kea_views views; /* of a run */
    size_t n_groups;
    kea_pairs *groups; /* [n_groups] of a run that tells groups of people apart, owned */
} kea_analyse_plan;

/* `record`: the run, whose settings hold where nothing was asked; NULL for CSV files. Adds the sets
 * that were asked for to the sample. Borrows the record. Errors: KEA_ERR_USAGE and KEA_ERR_INPUT
 * name the option. Free with kea_analyse_plan_free, also after failure. */
KEA_CHECKED kea_status kea_analyse_plan_make(kea_analyse_plan *plan, kea_psa *psa,
                                             const kea_analyse_options *options,
                                             const kea_record *record, kea_error *err);
void kea_analyse_plan_free(kea_analyse_plan *plan);

#endif
