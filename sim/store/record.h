/* A run read back from its result database (see store.h): everything that analyses and figures
 * need, in the very types that the run itself used. Nothing is run and no scenario or care model
 * file is read again. */
#ifndef KEA_STORE_RECORD_H
#define KEA_STORE_RECORD_H

#include "sim/core/sample.h"
#include "sim/core/status.h"
#include "sim/inputs/design.h"
#include "sim/inputs/problem.h"
#include "sim/store/store.h"

#include <stddef.h>

/* One design and its results. Of the points' values, those of "base" and "psa" are there; the
 * points of other designs have values NULL (their level says what was varied). */
typedef struct kea_record_design {
    kea_design design;
    kea_sample sample; /* outcomes borrowed from the record */
} kea_record_design;

typedef struct kea_record {
    kea_store_state state;
    char *version;       /* of the keasim that ran it */
    char *started;       /* as the run wrote them */
    char *finished;      /* NULL while unfinished */
    kea_problem problem; /* as at the run: settings, care models, strategies, entries and their
                            distributions, correlated groups, declarations of all parameters */
    kea_outcome_decl *outcomes;
    size_t n_outcomes;
    kea_record_design *designs; /* in the order in which they were written */
    size_t n_designs;
    /* what the declarations of problem.params and outcomes point to */
    kea_param_decl *decls;
    const char **labels;
    const char **titles;
    char **texts;
    size_t n_texts;
} kea_record;

/* Reads the database at `path`; of a run still going on or killed, what was complete. Free with
 * kea_record_free. Errors: KEA_ERR_IO (cannot be read, is no database), KEA_ERR_INPUT (not written
 * by keasim, or by one with other tables, or changed so that it makes no sense), KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_record_read(kea_record *record, const char *path, kea_error *err);

/* Legal on {0}, after a failed read, and twice. */
void kea_record_free(kea_record *record);

/* The design of a name ("psa"), or NULL. */
const kea_record_design *kea_record_find(const kea_record *record, const char *name);

#endif
