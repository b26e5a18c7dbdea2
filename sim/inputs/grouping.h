/* Groups of people that a model can tell apart: by level of their course, by home, ... A model
 * declares its groupings with its parameters; every person is in one group of each. The groups of
 * all groupings together, in their order, are numbered from 1: a subgroup's number. */
#ifndef KEA_INPUTS_GROUPING_H
#define KEA_INPUTS_GROUPING_H

#include <stddef.h>

/* In the place of a subgroup's number: all people. */
enum { KEA_EVERYBODY = 0 };

typedef struct kea_grouping {
    const char *name;          /* in files: "level" */
    const char *title;         /* for people (translatable): "level at the start" */
    size_t n;                  /* groups */
    const char *const *names;  /* [n] in files: "level1" */
    const char *const *titles; /* [n] for people (translatable): "level 1" */
} kea_grouping;

/* Number of groups of all groupings: the highest number of a subgroup. */
size_t kea_grouping_total(size_t n, const kea_grouping *groupings);

/* The number of group `group` of grouping `grouping`. */
size_t kea_grouping_number(const kea_grouping *groupings, size_t grouping, size_t group);

#endif
