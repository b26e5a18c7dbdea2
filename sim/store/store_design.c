/* Writing designs and their results, block by block. */
#include "sim/store/store.h"

#include "sim/core/memory.h"
#include "sim/store/record_design.h"
#include "sim/store/sql.h"
#include "sim/store/store_parts.h"

#include <stdlib.h>
#include <string.h>

static kea_status insert_design(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value row[] = {
        kea_sql_integer(store->design),
        kea_sql_text(design->name),
        kea_sql_text(kea_design_kind_name(design->kind)),
        kea_store_index(design->sweep, KEA_NO_SWEEP),
        kea_sql_integer(design->n_groups),
        kea_sql_integer(design->n_repeats),
        kea_sql_integer(design->drawn),
    };
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO design VALUES (?, ?, ?, ?, ?, ?, ?)",
                            err));
    KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_groups(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO design_group VALUES (?, ?, ?, ?, ?)",
                            err));
    for (size_t i = 0; i < design->n_groups; i++) {
        const kea_group *group = &design->groups[i];
        const kea_sql_value row[] = {kea_sql_integer(store->design), kea_sql_integer(i),
                                     kea_sql_real(group->level), kea_sql_real(group->level2),
                                     kea_store_index(group->entry, KEA_NO_ENTRY)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_arms(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO arm VALUES (?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < design->n_arms; i++) {
        const kea_arm *arm = &design->arms[i];
        const kea_sql_value row[] = {
            kea_sql_integer(store->design), kea_sql_integer(i),
            kea_sql_integer(arm->strategy), kea_store_index(arm->entry, KEA_NO_ENTRY),
            kea_sql_real(arm->factor),      kea_store_index(arm->subgroup, KEA_EVERYBODY)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_points(kea_store *store, const kea_design *design, size_t first, size_t n,
                                kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO point VALUES (?, ?, ?, ?)", err));
    for (size_t i = first; i < first + n; i++) {
        const kea_point point = kea_design_point(design, i);
        const kea_sql_value row[] = {kea_sql_integer(store->design), kea_sql_integer(i),
                                     kea_sql_integer(point.cohort), kea_sql_integer(point.group)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_draws(kea_store *store, const kea_problem *problem,
                               const kea_design *design, size_t first, size_t n, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *values = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_new(&values, problem->n_entries, sizeof(double), err));
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO draw_value VALUES (?, ?, ?)", err));
    for (size_t i = first; i < first + n; i++) {
        kea_design_values(design, problem, i, values);
        for (size_t k = 0; k < problem->n_entries; k++) {
            const kea_sql_value row[] = {kea_sql_integer(k), kea_sql_integer(i),
                                         kea_sql_real(((double *)values)[k])};
            if (problem->entries[k].dist.family != KEA_FIXED)
                KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
        }
    }
done:
    kea_sql_free(query);
    free(values);
    return status;
}

static kea_status insert_results(kea_store *store, size_t first, const kea_sample *block,
                                 kea_error *err)
{
    kea_sql_query *query = NULL;
    size_t per_point = block->n_arms * block->n_outcomes;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?)",
                            err));
    for (size_t i = 0; i < block->n_points * per_point; i++) {
        size_t point = i / per_point, arm = i % per_point / block->n_outcomes;
        size_t outcome = i % block->n_outcomes;
        const double *value = kea_sample_at(block, point, arm, outcome, KEA_SCOPE_WINDOW);
        const kea_sql_value row[] = {kea_sql_integer(store->design),
                                     kea_sql_integer(first + point),
                                     kea_sql_integer(arm),
                                     kea_sql_integer(outcome),
                                     kea_sql_real(value[KEA_SCOPE_WINDOW]),
                                     kea_sql_real(value[KEA_SCOPE_TOTAL]),
                                     kea_sql_real(value[KEA_SCOPE_DISCOUNTED])};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_years(kea_store *store, size_t first, const kea_sample *block,
                               kea_error *err)
{
    kea_sql_query *query = NULL;
    size_t size = block->n_outcomes * block->n_periods * sizeof(double);
    kea_status status = KEA_OK;
    KEA_TRY(
        kea_sql_prepare(&query, store->sql, "INSERT INTO result_by_year VALUES (?, ?, ?, ?)", err));
    for (size_t i = 0; i < block->n_points * block->n_arms; i++) {
        size_t point = i / block->n_arms, arm = i % block->n_arms;
        const kea_sql_value row[] = {kea_sql_integer(store->design), kea_sql_integer(first + point),
                                     kea_sql_integer(arm),
                                     kea_sql_blob(kea_sample_periods(block, point, arm, 0), size)};
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

/* What the database has of a design: whether it is there, its number, its sizes. */
typedef struct found {
    bool is;
    size_t number, n_groups, n_repeats, n_arms, n_points;
} found;

static kea_status find_design(kea_store *store, const char *name, found *what, kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value row[] = {kea_sql_text(name)};
    kea_status status = KEA_OK;
    *what = (found){0};
    KEA_TRY(kea_sql_prepare(&query, store->sql,
                            "SELECT number, n_groups, n_repeats, "
                            "(SELECT count(*) FROM arm WHERE design = d.number), "
                            "(SELECT count(*) FROM point WHERE design = d.number) "
                            "FROM design d WHERE name = ?",
                            err));
    KEA_TRY(kea_sql_bind(query, KEA_STORE_COUNT(row), row, err));
    KEA_TRY(kea_sql_next(query, &what->is, err));
    if (!what->is)
        goto done;
    size_t *const sizes[] = {&what->number, &what->n_groups, &what->n_repeats, &what->n_arms,
                             &what->n_points};
    for (int i = 0; i < (int)KEA_STORE_COUNT(sizes); i++)
        KEA_TRY(kea_record_index(store->sql, query, i, SIZE_MAX, sizes[i], err));
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_store_points(kea_store *store, const char *name, size_t *n, kea_error *err)
{
    found what;
    kea_status status = find_design(store, name, &what, err);
    *n = what.n_points;
    return status;
}

static kea_status begin_transaction(kea_store *store, kea_error *err)
{
    if (store->within)
        return KEA_OK;
    kea_status status = kea_sql_execute(store->sql, "BEGIN", err);
    store->within = status == KEA_OK;
    return status;
}

/* Back to what was safe. */
static void give_up(kea_store *store)
{
    kea_sql_rollback(store->sql);
    store->within = false;
    store->n_points = store->n_safe;
}

kea_status kea_store_commit(kea_store *store, kea_error *err)
{
    if (!store->within)
        return KEA_OK;
    kea_status status = kea_sql_execute(store->sql, "COMMIT", err);
    if (status != KEA_OK) {
        give_up(store);
        return status;
    }
    store->within = false;
    store->n_safe = store->n_points;
    return KEA_OK;
}

static kea_status add_design(kea_store *store, const kea_design *design, kea_error *err)
{
    store->design = store->n_designs;
    kea_status status = KEA_OK;
    KEA_TRY(begin_transaction(store, err));
    KEA_TRY(insert_design(store, design, err));
    KEA_TRY(insert_groups(store, design, err));
    KEA_TRY(insert_arms(store, design, err));
    KEA_TRY(kea_store_commit(store, err));
    store->n_designs++;
done:
    if (status != KEA_OK)
        give_up(store);
    return status;
}

kea_status kea_store_begin(kea_store *store, const kea_design *design, size_t *n_points,
                           kea_error *err)
{
    found what;
    *n_points = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_store_commit(store, err));
    store->n_points = store->n_safe = 0;
    KEA_TRY(find_design(store, design->name, &what, err));
    if (!what.is)
        return add_design(store, design, err);
    const bool ended =
        what.n_groups == 1 && what.n_repeats < design->n_repeats && what.n_repeats == what.n_points;
    if (what.n_groups != design->n_groups || (what.n_repeats != design->n_repeats && !ended) ||
        what.n_arms != design->n_arms || what.n_points > design->n_points)
        return kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(store->sql), 0,
                            "design %s has other sizes than this keasim would give it; choose "
                            "another folder with --output",
                            design->name);
    store->design = what.number;
    store->n_points = store->n_safe = *n_points = what.n_points;
done:
    return status;
}

kea_status kea_store_results(kea_store *store, size_t first, const kea_sample *into, kea_error *err)
{
    return kea_record_read_points(store->sql, store->design, first, into, err);
}

kea_status kea_store_end(kea_store *store, kea_error *err)
{
    const kea_sql_value row[] = {kea_sql_integer(store->n_points), kea_sql_integer(store->design)};
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(begin_transaction(store, err));
    KEA_TRY(kea_sql_prepare(&query, store->sql, "UPDATE design SET n_repeats = ? WHERE number = ?",
                            err));
    KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
done:
    kea_sql_free(query);
    if (status != KEA_OK)
        give_up(store);
    return status == KEA_OK ? kea_store_commit(store, err) : status;
}

kea_status kea_store_add(kea_store *store, const kea_problem *problem, const kea_design *design,
                         size_t first, const kea_sample *block, kea_error *err)
{
    if (block->n_arms != design->n_arms || block->n_outcomes != store->n_outcomes ||
        first + block->n_points > design->n_points)
        return kea_error_set(err, KEA_ERR_INTERNAL, "design %s gets results of other sizes",
                             design->name);
    if (first != store->n_points)
        return kea_error_set(err, KEA_ERR_INTERNAL,
                             "design %s gets point %zu where point %zu is next", design->name,
                             first, store->n_points);
    kea_status status = KEA_OK;
    KEA_TRY(begin_transaction(store, err));
    KEA_TRY(insert_points(store, design, first, block->n_points, err));
    if (strcmp(design->name, "psa") == 0)
        KEA_TRY(insert_draws(store, problem, design, first, block->n_points, err));
    KEA_TRY(insert_results(store, first, block, err));
    if (block->n_periods > 0)
        KEA_TRY(insert_years(store, first, block, err));
    store->n_points += block->n_points;
done:
    if (status != KEA_OK)
        give_up(store);
    return status;
}
