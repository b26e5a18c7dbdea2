/* A decision problem, as read from a scenario file and its care model files: which strategies,
 * under which parameters with which uncertainty and sources, and how it shall be analysed.
 *
 * The file format is described in scenarios/README.md. Everything wrong in a file ends in one exact
 * message with file, line, setting path, what was expected, what was found and what to do. */
#ifndef KEA_INPUTS_PROBLEM_H
#define KEA_INPUTS_PROBLEM_H

#include "sim/core/dist.h"
#include "sim/core/status.h"
#include "sim/inputs/municipalities.h"
#include "sim/inputs/params.h"
#include "sim/inputs/sampling.h"
#include "sim/inputs/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How well a number is founded. */
typedef enum kea_evidence { KEA_REPORT, KEA_PUBLISHED, KEA_ASSUMPTION } kea_evidence;
const char *kea_evidence_name(kea_evidence evidence);

/* A care model file (models/MODEL/ID.cfg, or models/ID.cfg). All texts owned by the problem. */
typedef struct kea_care_model {
    char *id;      /* the file's base name: "school_als_werkplaats" */
    char *name;    /* "School als Werkplaats" */
    char *summary; /* a few sentences: what it is, whom it serves */
    char *source;
    char *file; /* path it was read from */
} kea_care_model;

#define KEA_WORLD_ENTRY SIZE_MAX
/* One element of one parameter, valued: the row of every table of parameters. */
typedef struct kea_entry {
    char *name;                 /* "dropout_hazard.level1", "school_als_werkplaats.hours_per_100" */
    const kea_param_decl *decl; /* borrowed from the model */
    size_t element;             /* which element of decl */
    size_t slot;                /* index in the model's values vector */
    size_t care;                /* index in `care`, or KEA_WORLD_ENTRY for a value shared by all */
    double value;               /* base case */
    kea_dist dist;              /* KEA_FIXED when not uncertain */
    double miss;        /* of a distribution fitted to points: see kea_dist_points; 0 otherwise */
    size_t group_first; /* of a dirichlet vector its first entry, else own index */
    size_t group_count; /* number of entries drawn together: 1, or the vector's length */
    size_t dimension;   /* of its uniform in `sampling` */
    char *source;
    kea_evidence evidence;
    char *file;
    int line;
} kea_entry;

/* One number of a correlated group. */
typedef struct kea_correlation_member {
    size_t entry; /* index in `entries`; uncertain, but no dirichlet share */
    int sign;     /* 1, or -1 when it moves against the others ("-name" in the file) */
} kea_correlation_member;

/* Numbers that are uncertain together. The normal scores of any two members with signs a and b have
 * correlation a b rho (one common factor, see sim/core/copula.h). A number is in one group at most.
 * A group that overrides have left with one member is kept: its draws stay what they were. */
typedef struct kea_correlation {
    char *name;                      /* at most KEA_MAX_NAME bytes; addresses the factor */
    double rho;                      /* 0 <= rho < 1 */
    kea_correlation_member *members; /* [n_members] in the order of the file, at least 1 */
    size_t n_members;
    size_t dimension; /* of the factor's uniform in the problem's `sampling` */
    char *source;
    kea_evidence evidence;
    char *file;
    int line;
} kea_correlation;

#define KEA_NO_ELEMENT SIZE_MAX

/* One of "analysis.sweeps": all elements of a parameter of the scenario times every factor. */
typedef struct kea_sweep {
    const kea_param_decl *decl; /* borrowed from the model */
    size_t element;   /* whose value stands along the axis of figures; KEA_NO_ELEMENT: the factor */
    kea_range factor; /* "factor" */
} kea_sweep;

typedef struct kea_problem {
    char *file;       /* the scenario's path */
    char *title;      /* "Friesland College: School als Werkplaats ..." */
    char *model_name; /* "mbo" */
    char *text; /* the resolved scenario: a scenario file that gives this same problem. Of a group
                   with one member left it says so in a comment only: the number is as uncertain,
                   but its draws are others. It names a list of municipalities by a file that must
                   stand beside it: see kea_problem_list_file */
    kea_param_table params; /* borrowed from the model */
    kea_settings settings;
    kea_sweep *sweeps; /* [n_sweeps] in the order of the file; may be none */
    size_t n_sweeps;
    kea_care_model *care; /* [n_care] every care model in use */
    size_t n_care;
    size_t *strategies;              /* [n_strategies] index in care; the first is the comparator */
    size_t n_strategies, status_quo; /* the latter: index in care */
    kea_entry *entries;              /* [n_entries] world entries first, then by care model */
    size_t n_entries;
    kea_correlation *correlations; /* [n_correlations] in the order of the file */
    size_t n_correlations;
    kea_municipalities municipalities; /* n is 0 when the scenario names no list */
    size_t municipality_entry;    /* with a list: the first entry of the shares counted from it */
    struct kea_fundings *funding; /* other ways to pay for the strategies (funding.h), or NULL */
    struct kea_what_if *what_ifs; /* [n_what_ifs] in the order of the file (what_if.h) */
    struct kea_what_if *sites;    /* [n_sites] none, or two or more (what_if.h) */
    size_t n_what_ifs, n_sites;
    kea_sampling sampling; /* where the uniforms of the draws come from */
} kea_problem;

/* Finds the declarations of a model by name, NULL if unknown; so that this layer knows no model. */
typedef const kea_param_table *kea_param_lookup(const char *model_name);

typedef struct kea_load_options {
    const char *models_dir; /* where care models live, those of a model in its own folder or all in
                               one; NULL: "models" beside the scenario's folder */
    size_t n_set;
    const char *const *set; /* [n_set] "name=value" overrides; each fixes one element, or all
                               elements of a parameter when given without label */
} kea_load_options;

/* Reads a scenario, its includes and its care models; checks everything; fills `problem`, which the
 * caller frees with kea_problem_free (legal also after failure, on {0} and twice).
 * Errors: KEA_ERR_INPUT (exit 2) for what the files say, KEA_ERR_IO (4) for a scenario that cannot
 * be read, KEA_ERR_USAGE (2) for a bad override. */
KEA_CHECKED kea_status kea_problem_load(kea_problem *problem, const char *path,
                                        const kea_load_options *options, kea_param_lookup *lookup,
                                        kea_error *err);

/* The same, with a care model read beside those of the scenario; its index in `care` goes to *care.
 * It is no strategy: this is for looking at it with the scenario's prices. */
KEA_CHECKED kea_status kea_problem_load_beside(kea_problem *problem, const char *path,
                                               const kea_load_options *options,
                                               kea_param_lookup *lookup, const char *care_id,
                                               size_t *care, kea_error *err);
void kea_problem_free(kea_problem *problem);
void kea_correlation_free(kea_correlation *correlation); /* legal on {0} and twice */

/* Reads the head of a care model file only (for `keasim list`). Frees with kea_care_model_free. */
KEA_CHECKED kea_status kea_care_model_read(kea_care_model *care, const char *path, kea_error *err);
void kea_care_model_free(kea_care_model *care);

/* The values vector of one care model: entry values (entry_value[n_entries]: a draw, or the base
 * case) laid out in the model's order; a care model's own value goes before the shared one.
 * `values` has kea_param_table_length(&problem->params) elements. No errors, no allocation. */
void kea_problem_values(const kea_problem *problem, const double *entry_value, size_t care,
                        double *values);

/* Base-case values of all entries into out[n_entries]. */
void kea_problem_base(const kea_problem *problem, double *out);

/* Parameter draw number `draw` into out[n_entries]; how it is made stands in problem_draw.h. */
void kea_problem_draw(const kea_problem *problem, uint32_t draw, double *out);

/* The file that the resolved scenario names as its list of municipalities: its name
 * ("home_share.csv", into name[KEA_MAX_NAME + 5]) and contents; the caller frees *text. Without a
 * list *text is NULL. */
KEA_CHECKED kea_status kea_problem_list_file(const kea_problem *problem, char *name, char **text,
                                             kea_error *err);

/* Finds an entry by full name ("dropout_hazard.level1"); false when there is none. */
bool kea_problem_find(const kea_problem *problem, const char *name, size_t *index);

/* The neighbouring entries that "param", "param.element", "id.param" or "id.param.element" stands
 * for, as in --set: *n of them from *first. KEA_ERR_INPUT without a place, with what is like it,
 * when nothing has this name, or when a care model has no value of its own. */
KEA_CHECKED kea_status kea_problem_find_named(const kea_problem *problem, const char *name,
                                              size_t *first, size_t *n, kea_error *err);

/* All entries of a world parameter ("refer_external") or of one care model's parameter (care
 * given): writes up to `max` indices, returns how many there are. */
size_t kea_problem_find_param(const kea_problem *problem, const char *param, size_t care,
                              size_t max, size_t *index);

#endif
