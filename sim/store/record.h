/* A run read back from its result database (see store.h): everything that analyses and figures
 * need, in the very types that the run itself used. Nothing is run and no scenario or care model
 * file is read again. */
#ifndef KEA_STORE_RECORD_H
#define KEA_STORE_RECORD_H

#include "sim/core/frame.h"
#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"
#include "sim/store/store.h"

#include <stddef.h>

/* One design and its results. Its points' values are worked out from the problem, as in the run
 * (kea_design_values), but for designs with a variation of their own, which is not kept; those of
 * "psa" are also in the table draw_value. */
typedef struct kea_record_design {
    kea_design design;
    kea_sample
        sample;       /* outcomes borrowed from the record; amounts by school year, which are large,
                         stay in the database and are read from there (kea_sample_each_period) */
    const char *path; /* of the database, the record's */
    size_t number;    /* in the database */
} kea_record_design;

typedef struct kea_record {
    char *path; /* of the database */
    kea_store_state state;
    char *version;  /* of the keasim that ran it */
    char *started;  /* as the run wrote them */
    char *finished; /* NULL while unfinished */
    kea_problem
        problem; /* as at the run: settings, sweeps, care models, strategies, entries and their
                    distributions, correlated groups, declarations of all parameters */
    kea_outcome_decl *outcomes;
    size_t n_outcomes;
    kea_frame frame;            /* what the answers are about */
    kea_record_design *designs; /* the complete ones, in the order in which they were written */
    size_t n_designs;
    /* what the frame and the declarations of problem.params and outcomes point to */
    kea_effect *effects;
    kea_measure_decl *measures;
    kea_param_decl *decls;
    const char **labels;
    const char **titles;
    const char **payers;
    kea_grouping *groupings;
    const char **group_names;
    const char **group_titles;
    char **texts;
    size_t n_texts;
} kea_record;

/* Reads the database at `path`; of a run still going on or killed, the designs that were complete.
 * Free with kea_record_free. Errors: KEA_ERR_IO (cannot be read, is no database), KEA_ERR_INPUT
 * (not written by keasim, or by one with other tables or another stream scheme, or changed so that
 * it makes no sense), KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_record_read(kea_record *record, const char *path, kea_error *err);

/* Legal on {0}, after a failed read, and twice. */
void kea_record_free(kea_record *record);

/* The design of a name ("psa"), or NULL. */
const kea_record_design *kea_record_find(const kea_record *record, const char *name);

#endif
