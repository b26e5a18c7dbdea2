/* Counting groups. */
#include "sim/inputs/grouping.h"

size_t kea_grouping_total(size_t n, const kea_grouping *groupings)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += groupings[i].n;
    return total;
}

size_t kea_grouping_number(const kea_grouping *groupings, size_t grouping, size_t group)
{
    return kea_grouping_total(grouping, groupings) + group + 1;
}
