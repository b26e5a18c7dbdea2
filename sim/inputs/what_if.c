/* See what_if.h. */
#include "sim/inputs/what_if.h"

#include <stdlib.h>

void kea_what_if_free(kea_what_if *what_if)
{
    for (size_t i = 0; i < what_if->n_changes; i++)
        kea_varied_free(&what_if->changes[i]);
    free(what_if->name);
    free(what_if->changes);
    free(what_if->source);
    free(what_if->file);
    *what_if = (kea_what_if){0};
}

void kea_what_if_apply(const kea_what_if *what_if, const kea_problem *problem, double *values)
{
    for (size_t i = 0; i < what_if->n_changes; i++)
        kea_varied_apply(&what_if->changes[i], problem, what_if->changes[i].levels.from, values);
}
