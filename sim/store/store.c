/* Writing. Reading is in record.c, the tables are in schema.c. */
#include "sim/store/store.h"

#include "sim/core/memory.h"
#include "sim/core/rng.h"
#include "sim/store/schema.h"
#include "sim/store/sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(row) (sizeof(row) / sizeof((row)[0]))

struct kea_store {
    kea_sql *sql;
    size_t n_designs;
    size_t n_outcomes;
};

const char *kea_store_state_name(kea_store_state state)
{
    static const char *const name[] = {"unfinished", "finished", "interrupted"};
    return (size_t)state < COUNT(name) ? name[state] : "unknown";
}

/* An index that has a value for "none", which is SQL's NULL. */
static kea_sql_value index_or_none(size_t index, size_t none)
{
    return index == none ? kea_sql_none() : kea_sql_integer(index);
}

/* A text that a caller may have left out. */
static kea_sql_value text_or_empty(const char *text)
{
    return kea_sql_text(text ? text : "");
}

static kea_status insert_run(kea_sql *sql, const kea_store_info *info, const kea_problem *problem,
                             kea_error *err)
{
    kea_sql_query *query = NULL;
    char seed[32];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, problem->settings.seed);
    const kea_sql_value row[] = {
        kea_sql_text(kea_store_state_name(KEA_STORE_UNFINISHED)),
        text_or_empty(info->started),
        text_or_empty(problem->title),
        text_or_empty(problem->model_name),
        text_or_empty(info->version),
        kea_sql_integer(KEA_RNG_SCHEME),
        kea_sql_text(seed),
        text_or_empty(problem->file),
        text_or_empty(problem->text),
    };
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "INSERT INTO run (id, status, started, title, model, keasim, "
                            "stream_scheme, seed, scenario_file, scenario) "
                            "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            err));
    KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_setting(kea_sql_query *query, const char *key, const char *part,
                                 kea_sql_value value, kea_error *err)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s%s", key, part);
    const kea_sql_value row[] = {kea_sql_text(name), value};
    return kea_sql_run(query, COUNT(row), row, err);
}

static kea_status insert_seed(kea_sql_query *query, const char *key, uint64_t seed, kea_error *err)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%" PRIu64, seed);
    return insert_setting(query, key, "", kea_sql_text(text), err);
}

static kea_status insert_range(kea_sql_query *query, const char *key, const kea_range *range,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(insert_setting(query, key, ".from", kea_sql_real(range->from), err));
    KEA_TRY(insert_setting(query, key, ".to", kea_sql_real(range->to), err));
    KEA_TRY(insert_setting(query, key, ".n", kea_sql_integer(range->n), err));
done:
    return status;
}

static kea_status insert_settings(kea_sql *sql, const kea_settings *settings, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO setting VALUES (?, ?)", err));
#define WRITE_SEED(key, field) KEA_TRY(insert_seed(query, key, settings->field, err));
#define WRITE_SAMPLING(key, field)                                                                 \
    KEA_TRY(insert_setting(query, key, "",                                                         \
                           kea_sql_text(kea_sampling_name((kea_sampling_scheme)settings->field)),  \
                           err));
#define WRITE_COUNT(key, field)                                                                    \
    KEA_TRY(insert_setting(query, key, "", kea_sql_integer(settings->field), err));
#define WRITE_REAL(key, field)                                                                     \
    KEA_TRY(insert_setting(query, key, "", kea_sql_real(settings->field), err));
#define WRITE_RANGE(key, field) KEA_TRY(insert_range(query, key, &settings->field, err));
    KEA_SCHEMA_SETTINGS(WRITE_SEED, WRITE_SAMPLING, WRITE_COUNT, WRITE_REAL, WRITE_RANGE)
#undef WRITE_SEED
#undef WRITE_SAMPLING
#undef WRITE_COUNT
#undef WRITE_REAL
#undef WRITE_RANGE
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_care(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_sql_query *care = NULL, *strategy = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(
        kea_sql_prepare(&care, sql, "INSERT INTO care_model VALUES (?, ?, ?, ?, ?, ?, ?)", err));
    KEA_TRY(kea_sql_prepare(&strategy, sql, "INSERT INTO strategy VALUES (?, ?, ?)", err));
    for (size_t i = 0; i < problem->n_care; i++) {
        const kea_care_model *from = &problem->care[i];
        const kea_sql_value row[] = {
            kea_sql_integer(i),           text_or_empty(from->id),
            text_or_empty(from->name),    kea_sql_integer(i == problem->status_quo),
            text_or_empty(from->summary), text_or_empty(from->source),
            text_or_empty(from->file)};
        KEA_TRY(kea_sql_run(care, COUNT(row), row, err));
    }
    for (size_t i = 0; i < problem->n_strategies; i++) {
        size_t at = problem->strategies[i];
        const kea_sql_value row[] = {kea_sql_integer(i), kea_sql_integer(at),
                                     text_or_empty(problem->care[at].name)};
        KEA_TRY(kea_sql_run(strategy, COUNT(row), row, err));
    }
done:
    kea_sql_free(strategy);
    kea_sql_free(care);
    return status;
}

static kea_status insert_parameter(kea_sql_query *query, size_t number, const kea_entry *entry,
                                   kea_error *err)
{
    /* staffing has been converted, and is a number here; a choice is shares of which one is 1 */
    static const char *const kind[] = {
        [KEA_NUMBER] = "number",  [KEA_INTEGER] = "integer", [KEA_SHARES] = "shares",
        [KEA_HOMES] = "shares",   [KEA_PARTS] = "shares",    [KEA_CHOICE] = "shares",
        [KEA_STAFFING] = "number"};
    static const char *const scope[] = {"world", "care"};
    const kea_param_decl *decl = entry->decl;
    const kea_dist *dist = &entry->dist;
    char words[256];
    kea_dist_describe(dist, words, sizeof words);
    const kea_sql_value row[] = {
        kea_sql_integer(number),
        kea_sql_text(entry->name),
        text_or_empty(decl->label),
        kea_sql_text(decl->titles ? decl->titles[entry->element] : NULL),
        index_or_none(entry->care, KEA_WORLD_ENTRY),
        kea_sql_real(entry->value),
        text_or_empty(decl->unit),
        kea_sql_real(kea_dist_quantile(dist, 0.025)),
        kea_sql_real(kea_dist_quantile(dist, 0.975)),
        kea_sql_text(words),
        kea_sql_text(kea_evidence_name(entry->evidence)),
        text_or_empty(entry->source),
        text_or_empty(decl->meaning),
        text_or_empty(entry->file),
        kea_sql_integer((uint64_t)entry->line),
        kea_sql_text(decl->name),
        kea_sql_integer(entry->element),
        kea_sql_text(decl->labels ? decl->labels[entry->element] : NULL),
        kea_sql_integer(entry->slot),
        kea_sql_text(kind[decl->kind]),
        kea_sql_text(scope[decl->scope]),
        kea_sql_real(decl->min),
        kea_sql_real(decl->max),
        kea_sql_text(kea_dist_family_name(dist->family)),
        kea_sql_real(dist->p[0]),
        kea_sql_real(dist->p[1]),
        kea_sql_real(dist->p[2]),
        kea_sql_real(dist->p[3]),
        kea_sql_integer(entry->group_first),
        kea_sql_integer(entry->group_count),
    };
    return kea_sql_run(query, COUNT(row), row, err);
}

static kea_status insert_parameters(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "INSERT INTO parameter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            err));
    for (size_t i = 0; i < problem->n_entries; i++)
        KEA_TRY(insert_parameter(query, i, &problem->entries[i], err));
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_members(kea_sql_query *query, size_t number, const kea_correlation *group,
                                 kea_error *err)
{
    kea_status status = KEA_OK;
    for (size_t i = 0; i < group->n_members; i++) {
        const kea_correlation_member *member = &group->members[i];
        const kea_sql_value row[] = {kea_sql_integer(number), kea_sql_integer(i),
                                     kea_sql_integer(member->entry),
                                     kea_sql_integer((uint64_t)(int64_t)member->sign)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    return status;
}

static kea_status insert_correlations(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_sql_query *query = NULL, *members = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(
        kea_sql_prepare(&query, sql, "INSERT INTO correlation VALUES (?, ?, ?, ?, ?, ?, ?)", err));
    KEA_TRY(
        kea_sql_prepare(&members, sql, "INSERT INTO correlation_member VALUES (?, ?, ?, ?)", err));
    for (size_t i = 0; i < problem->n_correlations; i++) {
        const kea_correlation *from = &problem->correlations[i];
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(from->name),
                                     kea_sql_real(from->rho),
                                     kea_sql_text(kea_evidence_name(from->evidence)),
                                     text_or_empty(from->source),
                                     text_or_empty(from->file),
                                     kea_sql_integer((uint64_t)from->line)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
        KEA_TRY(insert_members(members, i, from, err));
    }
done:
    kea_sql_free(members);
    kea_sql_free(query);
    return status;
}

static kea_status insert_municipalities(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO municipality VALUES (?, ?, ?, ?)", err));
    for (size_t i = 0; i < problem->municipalities.n; i++) {
        const kea_municipality *from = &problem->municipalities.item[i];
        const kea_sql_value row[] = {kea_sql_integer(i), kea_sql_text(from->name),
                                     kea_sql_integer(problem->municipality_entry + from->zone),
                                     kea_sql_real(from->students)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_outcomes(kea_sql *sql, const kea_store_info *info, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            err));
    for (size_t i = 0; i < info->n_outcomes; i++) {
        const kea_outcome_decl *from = &info->outcomes[i];
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(from->name),
                                     text_or_empty(from->unit),
                                     kea_sql_integer((uint64_t)(int64_t)from->better),
                                     kea_sql_text(from->category),
                                     kea_sql_text(from->payer),
                                     text_or_empty(from->label),
                                     text_or_empty(from->meaning),
                                     kea_sql_integer((uint64_t)from->kind)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status make_tables(kea_sql *sql, kea_error *err)
{
    char pragma[96];
    kea_status status = KEA_OK;
    (void)snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                   KEA_SCHEMA_APPLICATION, KEA_SCHEMA_VERSION);
    KEA_TRY(kea_sql_execute(sql, pragma, err));
    for (size_t i = 0; kea_schema[i]; i++)
        KEA_TRY(kea_sql_execute(sql, kea_schema[i], err));
done:
    return status;
}

kea_status kea_store_create(kea_store **store, const char *path, const kea_store_info *info,
                            const kea_problem *problem, kea_error *err)
{
    void *block = NULL;
    kea_sql *sql = NULL;
    *store = NULL;
    kea_status status = kea_sql_create(&sql, path, err);
    if (status != KEA_OK)
        return status;
    KEA_TRY(kea_memory_new(&block, 1, sizeof **store, err));
    KEA_TRY(kea_sql_execute(sql, "BEGIN", err));
    KEA_TRY(make_tables(sql, err));
    KEA_TRY(insert_run(sql, info, problem, err));
    KEA_TRY(insert_settings(sql, &problem->settings, err));
    KEA_TRY(insert_care(sql, problem, err));
    KEA_TRY(insert_parameters(sql, problem, err));
    KEA_TRY(insert_correlations(sql, problem, err));
    KEA_TRY(insert_municipalities(sql, problem, err));
    KEA_TRY(insert_outcomes(sql, info, err));
    KEA_TRY(kea_sql_execute(sql, "COMMIT", err));
    *store = block;
    (*store)->sql = sql;
    (*store)->n_outcomes = info->n_outcomes;
done:
    if (status != KEA_OK) {
        kea_sql_rollback(sql);
        kea_sql_close(sql);
        (void)remove(path);
        free(block);
    }
    return status;
}

static kea_status insert_arms(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO arm VALUES (?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < design->n_arms; i++) {
        const kea_arm *arm = &design->arms[i];
        const kea_sql_value row[] = {
            kea_sql_integer(store->n_designs), kea_sql_integer(i), kea_sql_integer(arm->strategy),
            index_or_none(arm->entry, KEA_NO_ENTRY), kea_sql_real(arm->factor)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_points(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(
        kea_sql_prepare(&query, store->sql, "INSERT INTO point VALUES (?, ?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < design->n_points; i++) {
        const kea_point *point = &design->points[i];
        const kea_sql_value row[] = {kea_sql_integer(store->n_designs),
                                     kea_sql_integer(i),
                                     kea_sql_integer(point->cohort),
                                     kea_sql_integer(point->group),
                                     kea_sql_real(point->level),
                                     kea_sql_real(point->level2),
                                     index_or_none(point->entry, KEA_NO_ENTRY)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

/* Parameter by parameter, which is the order of the table's key. */
static kea_status insert_draws(kea_store *store, const kea_problem *problem,
                               const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO draw_value VALUES (?, ?, ?)", err));
    for (size_t k = 0; k < problem->n_entries; k++) {
        if (problem->entries[k].dist.family == KEA_FIXED)
            continue;
        for (size_t i = 0; i < design->n_points; i++) {
            const kea_sql_value row[] = {kea_sql_integer(k), kea_sql_integer(i),
                                         kea_sql_real(design->points[i].values[k])};
            KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
        }
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_results(kea_store *store, const kea_sample *sample, kea_error *err)
{
    kea_sql_query *query = NULL;
    size_t per_point = sample->n_arms * sample->n_outcomes;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?)",
                            err));
    for (size_t i = 0; i < sample->n_points * per_point; i++) {
        size_t point = i / per_point, arm = i % per_point / sample->n_outcomes;
        size_t outcome = i % sample->n_outcomes;
        const double *value = kea_sample_at(sample, point, arm, outcome, KEA_SCOPE_WINDOW);
        const kea_sql_value row[] = {kea_sql_integer(store->n_designs),
                                     kea_sql_integer(point),
                                     kea_sql_integer(arm),
                                     kea_sql_integer(outcome),
                                     kea_sql_real(value[KEA_SCOPE_WINDOW]),
                                     kea_sql_real(value[KEA_SCOPE_TOTAL]),
                                     kea_sql_real(value[KEA_SCOPE_DISCOUNTED])};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_design(kea_store *store, const kea_design *design, kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value row[] = {kea_sql_integer(store->n_designs), kea_sql_text(design->name),
                                 kea_sql_integer(design->n_groups)};
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "INSERT INTO design VALUES (?, ?, ?)", err));
    KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_store_write(kea_store *store, const kea_problem *problem, const kea_design *design,
                           const kea_sample *sample, kea_error *err)
{
    if (sample->n_points != design->n_points || sample->n_arms != design->n_arms ||
        sample->n_outcomes != store->n_outcomes)
        return kea_error_set(err, KEA_ERR_INTERNAL, "design %s has a sample of other sizes",
                             design->name);
    kea_status status = kea_sql_execute(store->sql, "BEGIN", err);
    if (status != KEA_OK)
        return status;
    KEA_TRY(insert_design(store, design, err));
    KEA_TRY(insert_arms(store, design, err));
    KEA_TRY(insert_points(store, design, err));
    if (strcmp(design->name, "psa") == 0)
        KEA_TRY(insert_draws(store, problem, design, err));
    KEA_TRY(insert_results(store, sample, err));
    KEA_TRY(kea_sql_execute(store->sql, "COMMIT", err));
    store->n_designs++;
done:
    if (status != KEA_OK)
        kea_sql_rollback(store->sql);
    return status;
}

kea_status kea_store_finish(kea_store *store, kea_store_state state, const char *finished,
                            kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value row[] = {kea_sql_text(kea_store_state_name(state)), kea_sql_text(finished)};
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, store->sql, "UPDATE run SET status = ?, finished = ?", err));
    KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
done:
    kea_sql_free(query);
    return status;
}

void kea_store_close(kea_store *store)
{
    if (!store)
        return;
    kea_sql_close(store->sql);
    free(store);
}
