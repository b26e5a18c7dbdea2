/* Private to sim/store: what the two files that write share. */
#ifndef KEA_STORE_STORE_PARTS_H
#define KEA_STORE_STORE_PARTS_H

#include "sim/store/sql.h"
#include "sim/store/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Elements of an array. */
#define KEA_STORE_COUNT(row) (sizeof(row) / sizeof((row)[0]))

struct kea_store {
    kea_sql *sql;
    size_t n_outcomes;
    size_t n_designs; /* that the database has */
    size_t design;    /* number of the present one */
    size_t n_points;  /* that it has */
    size_t n_safe;    /* of them, those of transactions that have ended */
    bool within;      /* in a transaction */
};

/* An index that has a value for "none", which is SQL's NULL. */
static inline kea_sql_value kea_store_index(size_t index, size_t none)
{
    return index == none ? kea_sql_none() : kea_sql_integer(index);
}

#endif
