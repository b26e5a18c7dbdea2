/* What the parts of the scenario loader share. Internal to sim/inputs; the way in is
 * kea_problem_load of problem.h. */
#ifndef KEA_INPUTS_LOAD_H
#define KEA_INPUTS_LOAD_H

#include "sim/core/status.h"
#include "sim/inputs/config.h"
#include "sim/inputs/problem.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_loader {
    kea_problem *problem;
    const kea_load_options *options; /* never NULL */
    char *models_dir;
    kea_config *scenario;
    kea_config **care; /* [problem->n_care], parallel to problem->care */
    size_t entries_capacity;
    const char *beside;  /* the id of a care model to read beside the scenario's, or NULL */
    size_t beside_index; /* its index in problem->care */
} kea_loader;

/* Neighbouring elements of one parameter that one group of a file values: all of them, or one. */
typedef struct kea_span {
    kea_loader *loader;
    const kea_config *config;
    const kea_setting *group; /* { value = ...; distribution = ...; source = ...; status = ...; } */
    const kea_param_decl *decl;
    size_t element;     /* the first */
    size_t n;           /* how many */
    size_t slot;        /* of element 0 of the parameter in the values vector */
    size_t care;        /* index in problem->care, or KEA_WORLD_ENTRY */
    size_t first_entry; /* index in problem->entries, once they are made */
} kea_span;

/* `format` must be 1. (load.c) */
KEA_CHECKED kea_status kea_load_format(const kea_config *config, kea_error *err);

/* Room for `n` more entries. (load_params.c) */
KEA_CHECKED kea_status kea_load_reserve(kea_loader *loader, size_t n, kea_error *err);

/* Adds a valued, fixed entry; texts are copied. Room must be reserved. `place` gives file and
 * line. (load_params.c) */
KEA_CHECKED kea_status kea_load_add_entry(const kea_span *span, size_t element, double value,
                                          const char *source, kea_evidence evidence,
                                          kea_error *err);

/* Reads the parameter that `setting` values, into new entries. (load_params.c) */
KEA_CHECKED kea_status kea_load_parameter(kea_loader *loader, const kea_config *config,
                                          const kea_setting *setting, const kea_param_decl *decl,
                                          size_t slot, size_t care, kea_error *err);

/* Checks the kind and range of one value; the text does not name the setting. (load_params.c) */
KEA_CHECKED kea_status kea_load_check_value(const kea_param_decl *decl, size_t element,
                                            double value, kea_error *err);

/* Checks the sum of the elements of a parameter of its kind; the text does not name the setting.
 * (load_params.c) */
KEA_CHECKED kea_status kea_load_check_sum(const kea_param_decl *decl, double sum, kea_error *err);

/* The element of a choice that has a label. (load_params.c) */
KEA_CHECKED kea_status kea_load_choice(const kea_param_decl *decl, const char *label,
                                       size_t *element, kea_error *err);

/* "level2" for an element of several, "the value" for the only one. (load_params.c) */
const char *kea_load_element_label(const kea_param_decl *decl, size_t element);

/* Numbers for a span's elements: a list with one for each, or (when `spread`) one for all; for a
 * span of one element a single number. *is_list tells which (may be NULL). (load_params.c) */
KEA_CHECKED kea_status kea_load_numbers(const kea_span *span, const kea_setting *setting,
                                        bool spread, double *out, bool *is_list, kea_error *err);

/* Reads the list of municipalities that `setting` names into the problem, and the shares of the
 * span's elements that follow from it. (load_homes.c) */
KEA_CHECKED kea_status kea_load_homes(const kea_span *span, const kea_setting *setting,
                                      double *value, kea_error *err);

/* Reads a distribution into the span's entries and checks it against their values and the declared
 * range. (load_dist.c) */
KEA_CHECKED kea_status kea_load_distribution(const kea_span *span, const kea_setting *setting,
                                             kea_error *err);

/* The `status` of a number: how well it is founded. (load_params.c) */
KEA_CHECKED kea_status kea_load_evidence(const kea_config *config, const kea_setting *group,
                                         kea_evidence *evidence, kea_error *err);

/* The neighbouring entries that a name stands for. */
typedef struct kea_load_named {
    size_t care; /* index in problem->care, or KEA_WORLD_ENTRY */
    const kea_param_decl *decl;
    size_t first,
        n; /* entries; n is 0 when a care model has none of its own of a shared parameter */
} kea_load_named;

/* Finds what "param", "param.element", "id.param" or "id.param.element" stands for. KEA_ERR_USAGE
 * without a place, with what is like it, when there is no such thing. (load_find.c) */
KEA_CHECKED kea_status kea_load_find(const kea_problem *problem, const char *name,
                                     kea_load_named *named, kea_error *err);

/* Finds or opens the care model named by `setting` (a text) and gives its index in problem->care.
 * (load_care.c) */
KEA_CHECKED kea_status kea_load_care(kea_loader *loader, const kea_setting *setting, size_t *index,
                                     kea_error *err);

/* The same by id; `place` is what messages point at. (load_care.c) */
KEA_CHECKED kea_status kea_load_care_id(kea_loader *loader, const kea_setting *place,
                                        const char *id, size_t *index, kea_error *err);

/* Reads the parameters of care model `care` into entries. (load_care.c) */
KEA_CHECKED kea_status kea_load_care_parameters(kea_loader *loader, size_t care, kea_error *err);

/* Reads the correlated groups, when the scenario has any; all entries have been read before.
 * Certain numbers that a group lists are members too until kea_load_drop_certain.
 * (load_correlation.c) */
KEA_CHECKED kea_status kea_load_correlations(kea_loader *loader, kea_error *err);

/* Reads the what-if scenarios, when the scenario has any; all entries have been read before.
 * (load_what_if.c) */
KEA_CHECKED kea_status kea_load_what_ifs(kea_loader *loader, kea_error *err);

/* Reads the sites, when the scenario has any. (load_sites.c) */
KEA_CHECKED kea_status kea_load_sites(kea_loader *loader, kea_error *err);

/* What is said of a kind of what-if when a member is missing or wrong. */
typedef struct kea_load_what_if_words {
    const char *list, *name, *source; /* the list's key; what its members are for */
} kea_load_what_if_words;

/* The name in a group of such a list, no two of all[0 .. at] alike; where in the file it stands and
 * where its numbers come from; and its list of changes, for which there is room. For
 * load_what_if.c and load_sites.c. (load_what_if.c) */
KEA_CHECKED kea_status kea_load_what_if_name(const kea_loader *loader,
                                             const struct kea_what_if *all, size_t at,
                                             const kea_setting *setting,
                                             const kea_load_what_if_words *words, char **out,
                                             kea_error *err);
KEA_CHECKED kea_status kea_load_what_if_source(const kea_loader *loader,
                                               struct kea_what_if *what_if,
                                               const kea_setting *setting,
                                               const kea_load_what_if_words *words, kea_error *err);
KEA_CHECKED kea_status kea_load_changes(const kea_loader *loader, struct kea_what_if *what_if,
                                        const kea_setting *list, kea_error *err);

/* Reads the funding scenarios, when there are any. (load_funding.c) */
KEA_CHECKED kea_status kea_load_funding(kea_loader *loader, kea_error *err);

/* Takes members that are certain out of their groups, and groups without members away: to be called
 * after overrides. (load_correlation.c) */
void kea_load_drop_certain(kea_problem *problem);

/* Reads the parameters to sweep, when the scenario names any. (load_sweeps.c) */
KEA_CHECKED kea_status kea_load_sweeps(kea_loader *loader, kea_error *err);

/* Sets one number of a sweep's range from text; `name` is "PARAMETER.from", ".to" or ".n", what
 * follows "analysis.sweeps.". KEA_ERR_USAGE. (load_sweeps.c) */
KEA_CHECKED kea_status kea_load_set_sweep(kea_problem *problem, const char *name, const char *value,
                                          kea_error *err);

/* Checks the rules between the numbers of each range. KEA_ERR_USAGE names it. (load_sweeps.c) */
KEA_CHECKED kea_status kea_load_check_sweeps(const kea_problem *problem, kea_error *err);

/* True when an override names all of a parameter of a care model: "id.param=". (load_set.c) */
bool kea_load_is_set(const kea_load_options *options, const char *care_id, const char *param);

/* Applies the overrides. (load_set.c) */
KEA_CHECKED kea_status kea_load_set(kea_loader *loader, kea_error *err);

/* The resolved scenario as text, owned by the caller. (problem_text.c) */
KEA_CHECKED kea_status kea_problem_write(const kea_problem *problem,
                                         const kea_load_options *options, char **text,
                                         kea_error *err);

#endif
