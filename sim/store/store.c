/* Making the database, writing the problem, opening it again. Designs and results are written in
 * store_design.c; reading is in record.c, the tables are in schema.c. */
#include "sim/store/store.h"

#include "sim/core/memory.h"
#include "sim/core/rng.h"
#include "sim/inputs/buffer.h"
#include "sim/inputs/identity.h"
#include "sim/store/frame.h"
#include "sim/store/funding.h"
#include "sim/store/record_design.h"
#include "sim/store/schema.h"
#include "sim/store/sql.h"
#include "sim/store/store_parts.h"
#include "sim/store/subgroups.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

const char *kea_store_state_name(kea_store_state state)
{
    static const char *const name[] = {"unfinished", "finished", "interrupted"};
    return (size_t)state < KEA_STORE_COUNT(name) ? name[state] : "unknown";
}

/* A text that a caller may have left out. */
static kea_sql_value text_or_empty(const char *text)
{
    return kea_sql_text(text ? text : "");
}

/* What must be the same for a run to be gone on with; owned by the caller. */
static kea_status make_identity(const kea_store_info *info, const kea_problem *problem, char **text,
                                kea_error *err)
{
    kea_buffer out = {0};
    kea_buffer_add(&out, "keasim = %s\nstream scheme = %d\n", info->version, KEA_RNG_SCHEME);
    kea_identity_add(&out, problem);
    for (size_t i = 0; i < info->n_outcomes; i++)
        kea_buffer_add(&out, "outcome %zu = %s\n", i, info->outcomes[i].name);
    return kea_buffer_take(&out, text, err);
}

static kea_status insert_run(kea_sql *sql, const kea_store_info *info, const kea_problem *problem,
                             kea_error *err)
{
    kea_sql_query *query = NULL;
    char seed[32], hash[32], *identity = NULL;
    kea_status status = make_identity(info, problem, &identity, err);
    if (status != KEA_OK)
        return status;
    (void)snprintf(seed, sizeof seed, "%" PRIu64, problem->settings.seed);
    (void)snprintf(hash, sizeof hash, "%016" PRIx64, kea_identity_hash(identity));
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
        kea_sql_text(identity),
        kea_sql_text(hash),
    };
    KEA_TRY(
        kea_sql_prepare(&query, sql,
                        "INSERT INTO run (id, status, started, title, model, keasim, "
                        "stream_scheme, seed, scenario_file, scenario, identity, hash, resumed) "
                        "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                        err));
    KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
done:
    free(identity);
    kea_sql_free(query);
    return status;
}

static kea_status insert_setting(kea_sql_query *query, const char *key, const char *part,
                                 kea_sql_value value, kea_error *err)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s%s", key, part);
    const kea_sql_value row[] = {kea_sql_text(name), value};
    return kea_sql_run(query, KEA_STORE_COUNT(row), row, err);
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
        KEA_TRY(kea_sql_run(care, KEA_STORE_COUNT(row), row, err));
    }
    for (size_t i = 0; i < problem->n_strategies; i++) {
        size_t at = problem->strategies[i];
        const kea_sql_value row[] = {kea_sql_integer(i), kea_sql_integer(at),
                                     text_or_empty(problem->care[at].name)};
        KEA_TRY(kea_sql_run(strategy, KEA_STORE_COUNT(row), row, err));
    }
done:
    kea_sql_free(strategy);
    kea_sql_free(care);
    return status;
}

static kea_status insert_parameter(kea_sql_query *query, size_t number, const kea_entry *entry,
                                   kea_error *err)
{
    /* a choice is shares of which one is 1 */
    static const char *const kind[] = {
        [KEA_NUMBER] = "number",    [KEA_INTEGER] = "integer", [KEA_SHARES] = "shares",
        [KEA_HOMES] = "shares",     [KEA_PARTS] = "shares",    [KEA_CHOICE] = "shares",
        [KEA_STAFFING] = "staffing"};
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
        kea_store_index(entry->care, KEA_WORLD_ENTRY),
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
    return kea_sql_run(query, KEA_STORE_COUNT(row), row, err);
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
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
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
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
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
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
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
        KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
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

/* Everything that is known before the first result. */
static kea_status write_problem(kea_sql *sql, const kea_store_info *info,
                                const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_execute(sql, "BEGIN", err));
    KEA_TRY(make_tables(sql, err));
    KEA_TRY(insert_run(sql, info, problem, err));
    KEA_TRY(insert_settings(sql, &problem->settings, err));
    KEA_TRY(insert_care(sql, problem, err));
    KEA_TRY(insert_parameters(sql, problem, err));
    KEA_TRY(insert_correlations(sql, problem, err));
    KEA_TRY(insert_municipalities(sql, problem, err));
    KEA_TRY(insert_outcomes(sql, info, err));
    KEA_TRY(kea_store_frame(sql, info->frame, err));
    KEA_TRY(kea_store_sweeps(sql, problem, err));
    KEA_TRY(kea_store_funding(sql, problem, err));
    KEA_TRY(kea_store_subgroups(sql, problem, err));
    KEA_TRY(kea_sql_execute(sql, "COMMIT", err));
done:
    if (status != KEA_OK)
        kea_sql_rollback(sql);
    return status;
}

/* A database gets its name when the problem is in it, so that what a run killed early leaves is
 * never one without. Its beginnings, of an earlier try too, are in PATH.new. */
static kea_status make_database(const char *path, const kea_store_info *info,
                                const kea_problem *problem, kea_error *err)
{
    char made[PATH_SIZE], journal[PATH_SIZE];
    kea_sql *sql = NULL;
    int a = snprintf(made, sizeof made, "%s.new", path);
    int b = snprintf(journal, sizeof journal, "%s.new-journal", path);
    if (a < 0 || b < 0 || b >= PATH_SIZE)
        return kea_error_set(err, KEA_ERR_IO, "the path is too long");
    if (access(path, F_OK) == 0)
        return kea_error_set(err, KEA_ERR_IO,
                             "exists already; a run is never overwritten, choose another folder");
    (void)remove(journal);
    (void)remove(made);
    kea_status status = kea_sql_create(&sql, made, err);
    if (status != KEA_OK)
        return status;
    status = write_problem(sql, info, problem, err);
    kea_sql_close(sql);
    if (status == KEA_OK && rename(made, path) != 0)
        status =
            kea_error_set(err, KEA_ERR_IO, "cannot make the result database: %s", strerror(errno));
    if (status != KEA_OK)
        (void)remove(made);
    return status;
}

/* Opens the database and makes the store. */
static kea_status open_database(kea_store **store, const char *path, const kea_store_info *info,
                                kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, 1, sizeof **store, err);
    *store = block;
    if (status != KEA_OK)
        return status;
    (*store)->n_outcomes = info->n_outcomes;
    return kea_sql_open(&(*store)->sql, path, err);
}

kea_status kea_store_create(kea_store **store, const char *path, const kea_store_info *info,
                            const kea_problem *problem, kea_error *err)
{
    kea_error cause = {0};
    *store = NULL;
    kea_status status = make_database(path, info, problem, &cause);
    if (status == KEA_OK)
        status = open_database(store, path, info, &cause);
    if (status == KEA_OK)
        return KEA_OK;
    kea_store_close(*store);
    *store = NULL;
    return kea_error_at(err, status, path, 0, "%s", cause.text);
}

/* Compares what the run was begun with. */
static kea_status check_resumable(const kea_store *store, const char *identity, kea_error *err)
{
    const char *path = kea_sql_path(store->sql);
    kea_sql_query *query = NULL;
    kea_error cause = {0};
    bool row = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_check(store->sql, err));
    KEA_TRY(kea_sql_prepare(&query, store->sql, "SELECT identity FROM run", err));
    KEA_TRY(kea_sql_next(query, &row, err));
    const char *then = row ? kea_sql_column_text(query, 0) : NULL;
    if (!then)
        KEA_TRY(kea_record_broken(store->sql, "run", err));
    status = kea_identity_compare(then, identity, &cause);
    if (status != KEA_OK)
        status = kea_error_at(err, status, path, 0,
                              "this unfinished run is another one; %s. Give the same, or choose "
                              "another folder with --output",
                              cause.text);
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_store_open(kea_store **store, const char *path, const kea_store_info *info,
                          const kea_problem *problem, kea_error *err)
{
    char *identity = NULL;
    int64_t n = 0;
    *store = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(make_identity(info, problem, &identity, err));
    KEA_TRY(open_database(store, path, info, err));
    KEA_TRY(check_resumable(*store, identity, err));
    KEA_TRY(kea_sql_number((*store)->sql, "SELECT count(*) FROM design", &n, err));
    (*store)->n_designs = (size_t)n;
    KEA_TRY(kea_sql_execute((*store)->sql,
                            "UPDATE run SET status = 'unfinished', finished = NULL, "
                            "resumed = resumed + 1",
                            err));
done:
    free(identity);
    if (status != KEA_OK) {
        kea_store_close(*store);
        *store = NULL;
    }
    return status;
}

kea_status kea_store_finish(kea_store *store, kea_store_state state, const char *finished,
                            kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value row[] = {kea_sql_text(kea_store_state_name(state)), kea_sql_text(finished)};
    kea_status status = KEA_OK;
    KEA_TRY(kea_store_commit(store, err));
    KEA_TRY(kea_sql_prepare(&query, store->sql, "UPDATE run SET status = ?, finished = ?", err));
    KEA_TRY(kea_sql_run(query, KEA_STORE_COUNT(row), row, err));
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
