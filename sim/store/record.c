/* Reading a run back. A database may have been changed by hand, so every index is checked before it
 * is used. Designs and results are read in record_design.c, correlated groups in
 * record_correlation.c, municipalities in record_homes.c, settings in record_settings.c, frame and
 * sweeps in record_frame.c. */
#include "sim/store/record.h"

#include "sim/core/memory.h"
#include "sim/core/rng.h"
#include "sim/inputs/problem_draw.h"
#include "sim/store/frame.h"
#include "sim/store/funding.h"
#include "sim/store/record_design.h"
#include "sim/store/schema.h"
#include "sim/store/subgroups.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const kea_record_design *kea_record_find(const kea_record *record, const char *name)
{
    for (size_t i = 0; i < record->n_designs; i++)
        if (strcmp(record->designs[i].design.name, name) == 0)
            return &record->designs[i];
    return NULL;
}

void kea_record_free(kea_record *record)
{
    for (size_t i = 0; i < record->n_designs; i++) {
        kea_design_free(&record->designs[i].design);
        kea_sample_free(&record->designs[i].sample);
    }
    for (size_t i = 0; i < record->n_texts; i++)
        free(record->texts[i]);
    kea_problem_free(&record->problem);
    free(record->designs);
    free(record->outcomes);
    free(record->effects);
    free(record->measures);
    free(record->decls);
    free(record->labels);
    free(record->titles);
    free(record->payers);
    free(record->groupings);
    free(record->group_names);
    free(record->group_titles);
    free(record->texts);
    free(record->path);
    free(record->version);
    free(record->started);
    free(record->finished);
    memset(record, 0, sizeof *record);
}

kea_status kea_record_text(const kea_sql_query *query, int column, char **out, kea_error *err)
{
    const char *text = kea_sql_column_text(query, column);
    return kea_memory_copy_text(out, text ? text : "", err);
}

kea_status kea_record_keep(kea_record *record, const kea_sql_query *query, int column,
                           const char **out, kea_error *err)
{
    void *texts = record->texts;
    *out = NULL;
    if (kea_sql_column_is_none(query, column))
        return KEA_OK;
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_resize(&texts, record->n_texts + 1, sizeof *record->texts, err));
    record->texts = texts;
    KEA_TRY(kea_record_text(query, column, &record->texts[record->n_texts], err));
    *out = record->texts[record->n_texts++];
done:
    return status;
}

static kea_status read_run(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    bool row = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT status, keasim, started, finished, title, model, "
                            "scenario_file, scenario, stream_scheme FROM run",
                            err));
    KEA_TRY(kea_sql_next(query, &row, err));
    if (!row)
        KEA_TRY(kea_record_broken(sql, "run", err));
    const char *state = kea_sql_column_text(query, 0);
    for (int i = KEA_STORE_UNFINISHED; i <= KEA_STORE_INTERRUPTED; i++)
        if (state && strcmp(state, kea_store_state_name((kea_store_state)i)) == 0)
            record->state = (kea_store_state)i;
    KEA_TRY(kea_record_text(query, 1, &record->version, err));
    KEA_TRY(kea_record_text(query, 2, &record->started, err));
    if (!kea_sql_column_is_none(query, 3))
        KEA_TRY(kea_record_text(query, 3, &record->finished, err));
    KEA_TRY(kea_record_text(query, 4, &record->problem.title, err));
    KEA_TRY(kea_record_text(query, 5, &record->problem.model_name, err));
    KEA_TRY(kea_record_text(query, 6, &record->problem.file, err));
    KEA_TRY(kea_record_text(query, 7, &record->problem.text, err));
    if (kea_sql_column_integer(query, 8) != KEA_RNG_SCHEME)
        status = kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(sql), 0,
                              "was run with stream scheme %lld, this keasim has %d; run the "
                              "scenario again",
                              (long long)kea_sql_column_integer(query, 8), KEA_RNG_SCHEME);
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_care(kea_problem *problem, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM care_model", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->care, err));
    problem->care = block;
    problem->n_care = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, status_quo, id, name, summary, source, file "
                            "FROM care_model ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_care_model *care = &problem->care[i];
        KEA_TRY(kea_record_next(sql, query, i, err));
        if (kea_sql_column_integer(query, 1) != 0)
            problem->status_quo = i;
        KEA_TRY(kea_record_text(query, 2, &care->id, err));
        KEA_TRY(kea_record_text(query, 3, &care->name, err));
        KEA_TRY(kea_record_text(query, 4, &care->summary, err));
        KEA_TRY(kea_record_text(query, 5, &care->source, err));
        KEA_TRY(kea_record_text(query, 6, &care->file, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_strategies(kea_problem *problem, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM strategy", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->strategies, err));
    problem->strategies = block;
    problem->n_strategies = n;
    KEA_TRY(kea_sql_prepare(&query, sql, "SELECT number, care FROM strategy ORDER BY number", err));
    for (size_t i = 0; i < n; i++) {
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(kea_record_index(sql, query, 1, problem->n_care, &problem->strategies[i], err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_param_kind kind_of(const char *name)
{
    static const struct {
        const char *name;
        kea_param_kind kind;
    } kinds[] = {{"integer", KEA_INTEGER}, {"shares", KEA_SHARES}, {"staffing", KEA_STAFFING}};
    for (size_t i = 0; name && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return KEA_NUMBER;
}

/* One declaration; its labels and titles are slots offset .. offset + count - 1 of the record's. */
static kea_status read_decl(kea_record *record, kea_sql *sql, kea_sql_query *query, size_t offset,
                            kea_param_decl *decl, kea_error *err)
{
    size_t last = 0, first_slot = 0, scope = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_keep(record, query, 0, &decl->name, err));
    KEA_TRY(kea_record_keep(record, query, 1, &decl->unit, err));
    KEA_TRY(kea_record_keep(record, query, 2, &decl->meaning, err));
    KEA_TRY(kea_record_index(sql, query, 4, KEA_CARE + 1, &scope, err));
    decl->kind = kind_of(kea_sql_column_text(query, 3));
    decl->scope = (kea_param_scope)scope;
    decl->min = kea_sql_column_real(query, 5);
    decl->max = kea_sql_column_real(query, 6);
    KEA_TRY(kea_record_index(sql, query, 7, SIZE_MAX, &first_slot, err));
    KEA_TRY(kea_record_index(sql, query, 8, record->problem.n_entries, &last, err));
    if (first_slot != offset)
        KEA_TRY(kea_record_broken(sql, "parameter", err));
    decl->count = last + 1;
    if (kea_sql_column_integer(query, 9) > 0)
        decl->labels = record->labels + offset;
    if (kea_sql_column_integer(query, 10) > 0)
        decl->titles = record->titles + offset;
    KEA_TRY(kea_record_keep(record, query, 11, &decl->label, err));
done:
    return status;
}

/* The declarations behind the entries. n_entries, known by now, bounds every number of them. */
static kea_status read_decls(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    size_t n = 0, offset = 0, n_entries = record->problem.n_entries;
    void *block = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(DISTINCT declared) FROM parameter", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->decls, err));
    record->decls = block;
    KEA_TRY(kea_memory_new(&block, n_entries, sizeof *record->labels, err));
    record->labels = block;
    KEA_TRY(kea_memory_new(&block, n_entries, sizeof *record->titles, err));
    record->titles = block;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT declared, unit, meaning, "
                            "kind, scope = 'care', "
                            "min, max, min(slot - element), max(element), count(element_name), "
                            "count(element_label), label "
                            "FROM parameter GROUP BY declared ORDER BY min(slot - element)",
                            err));
    for (size_t i = 0; i < n; i++) {
        bool row = false;
        KEA_TRY(kea_sql_next(query, &row, err));
        if (!row)
            KEA_TRY(kea_record_broken(sql, "parameter", err));
        KEA_TRY(read_decl(record, sql, query, offset, &record->decls[i], err));
        offset += record->decls[i].count;
        if (offset > n_entries)
            KEA_TRY(kea_record_broken(sql, "parameter", err));
    }
    record->problem.params = (kea_param_table){.decl = record->decls, .n = n};
done:
    kea_sql_free(query);
    return status;
}

/* Finds the declaration of an entry and checks that its place agrees with it. */
static kea_status link_decl(kea_record *record, kea_sql *sql, const kea_sql_query *query,
                            kea_entry *entry, kea_error *err)
{
    const char *name = kea_sql_column_text(query, 9);
    size_t offset = 0, at = 0;
    while (at < record->problem.params.n && strcmp(record->decls[at].name, name ? name : "") != 0)
        offset += record->decls[at++].count;
    if (at == record->problem.params.n || entry->element >= record->decls[at].count ||
        entry->slot != offset + entry->element)
        return kea_record_broken(sql, "parameter", err);
    entry->decl = &record->decls[at];
    kea_status status = KEA_OK;
    if (entry->decl->labels && !record->labels[entry->slot])
        KEA_TRY(kea_record_keep(record, query, 10, &record->labels[entry->slot], err));
    if (entry->decl->titles && !record->titles[entry->slot])
        KEA_TRY(kea_record_keep(record, query, 19, &record->titles[entry->slot], err));
done:
    return status;
}

kea_evidence kea_record_evidence(const char *name)
{
    kea_evidence found = KEA_ASSUMPTION;
    for (int i = KEA_REPORT; i <= KEA_ASSUMPTION; i++)
        if (name && strcmp(name, kea_evidence_name((kea_evidence)i)) == 0)
            found = (kea_evidence)i;
    return found;
}

static kea_status read_dist(kea_sql *sql, const kea_sql_query *query, int column, kea_dist *dist,
                            kea_error *err)
{
    const char *family = kea_sql_column_text(query, column);
    dist->family = kea_dist_family_find(family ? family : "");
    if (dist->family == KEA_N_FAMILIES)
        return kea_record_broken(sql, "parameter", err);
    for (int i = 0; i < 4; i++)
        dist->p[i] = kea_sql_column_real(query, column + 1 + i);
    return KEA_OK;
}

static const char select_entries[] =
    "SELECT number, name, care, value, source, file, line, element, slot, declared, element_name, "
    "group_first, group_count, status, family, p0, p1, p2, p3, element_label "
    "FROM parameter ORDER BY number";

static kea_status read_entry(kea_record *record, kea_sql *sql, const kea_sql_query *query,
                             kea_entry *entry, kea_error *err)
{
    size_t n = record->problem.n_entries, line = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_text(query, 1, &entry->name, err));
    entry->care = KEA_WORLD_ENTRY;
    if (!kea_sql_column_is_none(query, 2))
        KEA_TRY(kea_record_index(sql, query, 2, record->problem.n_care, &entry->care, err));
    entry->value = kea_sql_column_real(query, 3);
    KEA_TRY(kea_record_text(query, 4, &entry->source, err));
    KEA_TRY(kea_record_text(query, 5, &entry->file, err));
    KEA_TRY(kea_record_index(sql, query, 6, INT32_MAX, &line, err));
    entry->line = (int)line;
    KEA_TRY(kea_record_index(sql, query, 7, n, &entry->element, err));
    KEA_TRY(kea_record_index(sql, query, 8, n, &entry->slot, err));
    KEA_TRY(link_decl(record, sql, query, entry, err));
    KEA_TRY(kea_record_index(sql, query, 11, n, &entry->group_first, err));
    KEA_TRY(kea_record_index(sql, query, 12, n + 1 - entry->group_first, &entry->group_count, err));
    entry->evidence = kea_record_evidence(kea_sql_column_text(query, 13));
    KEA_TRY(read_dist(sql, query, 14, &entry->dist, err));
done:
    return status;
}

static kea_status read_entries(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_problem *problem = &record->problem;
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM parameter", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->entries, err));
    problem->entries = block;
    problem->n_entries = n;
    KEA_TRY(read_decls(record, sql, err));
    KEA_TRY(kea_sql_prepare(&query, sql, select_entries, err));
    for (size_t i = 0; i < n; i++) {
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(read_entry(record, sql, query, &problem->entries[i], err));
    }
    for (size_t i = 0; i < n; i++) { /* an element that no entry names has no name */
        record->labels[i] = record->labels[i] ? record->labels[i] : "";
        record->titles[i] = record->titles[i] ? record->titles[i] : "";
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_outcomes(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM outcome", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->outcomes, err));
    record->outcomes = block;
    record->n_outcomes = n;
    KEA_TRY(
        kea_sql_prepare(&query, sql,
                        "SELECT number, better, name, unit, category, payer, label, meaning, kind "
                        "FROM outcome ORDER BY number",
                        err));
    for (size_t i = 0; i < n; i++) {
        kea_outcome_decl *outcome = &record->outcomes[i];
        KEA_TRY(kea_record_next(sql, query, i, err));
        int64_t better = kea_sql_column_integer(query, 1);
        outcome->better = (better > 0) - (better < 0);
        KEA_TRY(kea_record_keep(record, query, 2, &outcome->name, err));
        KEA_TRY(kea_record_keep(record, query, 3, &outcome->unit, err));
        KEA_TRY(kea_record_keep(record, query, 4, &outcome->category, err));
        KEA_TRY(kea_record_keep(record, query, 5, &outcome->payer, err));
        KEA_TRY(kea_record_keep(record, query, 6, &outcome->label, err));
        KEA_TRY(kea_record_keep(record, query, 7, &outcome->meaning, err));
        int64_t kind = kea_sql_column_integer(query, 8);
        outcome->kind = kind == 1   ? KEA_COST_AFTER
                        : kind == 2 ? KEA_COST_TRANSFER
                                    : KEA_COST_DURING;
    }
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_record_check(kea_sql *sql, kea_error *err)
{
    int64_t application = 0, version = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_number(sql, "PRAGMA application_id", &application, err));
    KEA_TRY(kea_sql_number(sql, "PRAGMA user_version", &version, err));
    if (application != KEA_SCHEMA_APPLICATION)
        return kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(sql), 0,
                            "is not a result database of keasim");
    if (version != KEA_SCHEMA_VERSION)
        return kea_error_at(err, KEA_ERR_INPUT, kea_sql_path(sql), 0,
                            "was written with tables of version %lld, this keasim reads version "
                            "%d; run the scenario again",
                            (long long)version, KEA_SCHEMA_VERSION);
done:
    return status;
}

kea_status kea_record_read(kea_record *record, const char *path, kea_error *err)
{
    kea_sql *sql = NULL;
    memset(record, 0, sizeof *record);
    kea_status status = KEA_OK;
    KEA_TRY(kea_memory_copy_text(&record->path, path, err));
    KEA_TRY(kea_sql_open(&sql, path, err));
    KEA_TRY(kea_record_check(sql, err));
    /* one view of the database, though a run may be writing */
    KEA_TRY(kea_sql_execute(sql, "BEGIN", err));
    KEA_TRY(read_run(record, sql, err));
    KEA_TRY(kea_record_read_settings(&record->problem.settings, sql, err));
    KEA_TRY(read_care(&record->problem, sql, err));
    KEA_TRY(read_strategies(&record->problem, sql, err));
    KEA_TRY(read_entries(record, sql, err));
    KEA_TRY(kea_record_read_subgroups(record, sql, err));
    KEA_TRY(kea_record_read_correlations(&record->problem, sql, err));
    KEA_TRY(kea_record_read_municipalities(&record->problem, sql, err));
    KEA_TRY(kea_record_read_sweeps(&record->problem, sql, err));
    KEA_TRY(kea_record_read_funding(record, sql, err));
    KEA_TRY(kea_problem_draw_prepare(&record->problem, err));
    KEA_TRY(read_outcomes(record, sql, err));
    KEA_TRY(kea_record_read_frame(record, sql, err));
    KEA_TRY(kea_record_read_designs(record, sql, err));
done:
    kea_sql_close(sql);
    return status;
}
