/* See what_if.h. */
#include "sim/inputs/what_if.h"

#include "sim/core/memory.h"

#include <stdlib.h>

kea_status kea_what_if_reserve(kea_what_if *what_if, size_t n, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, n, sizeof *what_if->changes, err);
    what_if->changes = block;
    return status;
}

kea_status kea_what_if_add(kea_what_if *what_if, const kea_problem *problem, const char *name,
                           double value, kea_error *err)
{
    const kea_range level = {value, value, 1};
    return kea_varied_init(&what_if->changes[what_if->n_changes++], problem, name, KEA_VARIED_VALUE,
                           &level, err);
}

double kea_what_if_size(const kea_what_if *site)
{
    return site->changes[0].levels.from;
}

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
