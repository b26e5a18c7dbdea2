/* How a model declares its parameters: once, in a table that serves the loader, the checks,
 * `keasim describe`, `keasim template`, the designs and the store. A declaration holds no value:
 * values, distributions and sources stand in files.
 *
 * A parameter has one or more elements (e.g. one per level). All elements of all parameters of a
 * model form one vector of doubles, in the order of the table: the model's *values*. A model
 * usually lays a struct of doubles over it. */
#ifndef KEA_INPUTS_PARAMS_H
#define KEA_INPUTS_PARAMS_H

#include "sim/inputs/grouping.h"

#include <stdbool.h>
#include <stddef.h>

/* Most elements a parameter can have, and most characters of a name or label, so that callers can
 * use arrays of fixed size. */
enum { KEA_MAX_ELEMENTS = 64, KEA_MAX_NAME = 63 };

/* Who gives a parameter its value. */
typedef enum kea_param_scope {
    KEA_WORLD, /* the scenario gives it; a care model may give its own value instead */
    KEA_CARE   /* every care model must give it */
} kea_param_scope;

/* What rule ties the elements of a parameter together. */
typedef enum kea_param_kind {
    KEA_NUMBER,  /* none: any real number within min and max */
    KEA_INTEGER, /* whole numbers; cannot be uncertain */
    KEA_SHARES,  /* the elements are shares that sum to 1 (within 1e-9); uncertain only as dirichlet
                  */
    KEA_HOMES,   /* such shares by where people live; a scenario may give them as a list of
                    municipalities (see municipalities.h). A model has one of them at most */
    KEA_PARTS,   /* shares that sum to at most 1: what is left is dealt with elsewhere; cannot be
                    uncertain */
    KEA_CHOICE,  /* one of the elements: its value is 1 and that of the others 0. A file gives its
                    label; cannot be uncertain */
    KEA_STAFFING /* hours per 100 students a week: a number that may also be given as fte, hours per
                    class, ... (see staffing.h) */
} kea_param_kind;

typedef struct kea_param_decl {
    const char *name;          /* in files: "dropout_hazard" */
    const char *label;         /* for people, a few words (translatable): "dropout hazard" */
    size_t count;              /* number of elements, 1 for a scalar */
    const char *const *labels; /* [count] elements in files: "level1"; NULL for a scalar */
    const char *const *titles; /* [count] elements for people (translatable): "level 1"; NULL
                                  for a scalar */
    const char *unit;          /* "per year", "hours", "EUR", "share", ...; "" when it has none */
    double min, max;           /* legal range of every element, ends included */
    kea_param_kind kind;
    kea_param_scope scope;
    const char *meaning; /* one plain sentence (translatable) */
} kea_param_decl;

/* A model's declarations. */
typedef struct kea_param_table {
    const kea_param_decl *decl; /* [n] */
    size_t n;
    const char *const *payers; /* [n_payers] who can pay for a strategy, as in its outcomes */
    size_t n_payers;
    const char *home_payer; /* the one of them that is many, by home of the people; NULL: none */
    const char *budget;     /* the parameter (a single number) that says how much money buys the
                               staffing, a year for each of the people; 0: staffing as given. NULL: none
                               */
    const kea_grouping *groupings; /* [n_groupings] how results can be told apart by people */
    size_t n_groupings;
    const char *size; /* the parameter that says for how many people there is room; NULL: none.
                         A scenario can then list sites (what_if.h) */
} kea_param_table;

/* Number of elements of all parameters: the length of a values vector. */
size_t kea_param_table_length(const kea_param_table *table);

/* Index in the values vector of the first element of parameter `index`. */
size_t kea_param_table_offset(const kea_param_table *table, size_t index);

/* Whether the elements are shares of one whole: of any kind, a choice included. */
bool kea_param_is_shares(const kea_param_decl *decl);

/* Whether they sum to 1 and may be uncertain as dirichlet. */
bool kea_param_sums_to_one(const kea_param_decl *decl);

/* Writes "a, b, c" (cut to size). */
void kea_param_list(size_t n, const char *const *names, char *text, size_t size);

/* Finds a parameter by name; false when there is none. */
bool kea_param_table_find(const kea_param_table *table, const char *name, size_t *index);

/* Finds the staffing parameter (the first of kind KEA_STAFFING); false when there is none. */
bool kea_param_table_staffing(const kea_param_table *table, size_t *index);

/* Writes "name" or "name.label" of one element (cut to size). */
void kea_param_element_name(const kea_param_decl *decl, size_t element, char *text, size_t size);

/* The name among `names` nearest to `word` by edit distance (Damerau-Levenshtein without regard to
 * capitals, at most a third of the word's length, at least 1), or NULL: for "did you mean ...?". */
const char *kea_param_nearest(const char *word, size_t n, const char *const *names);

#endif
