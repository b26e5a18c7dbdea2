/* Reads back what the answers of a run are about, and what was swept. */
#include "sim/core/memory.h"
#include "sim/store/frame.h"
#include "sim/store/record_design.h"
#include "sim/store/schema.h"

#include <string.h>

/* The text of a key, owned by the record; NULL when there is none. */
static kea_status read_text(kea_record *record, kea_sql_query *query, const char *key,
                            const char **text, kea_error *err)
{
    const kea_sql_value value = kea_sql_text(key);
    bool row = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_bind(query, 1, &value, err));
    KEA_TRY(kea_sql_next(query, &row, err));
    if (row)
        KEA_TRY(kea_record_keep(record, query, 0, text, err));
done:
    return status;
}

static kea_status read_words(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_frame *frame = &record->frame;
    const kea_sql_value n = kea_sql_text("population.n");
    bool row = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "SELECT value FROM frame WHERE key = ?", err));
#define READ_TEXT(key, field) KEA_TRY(read_text(record, query, key, &frame->field, err));
    KEA_SCHEMA_FRAME(READ_TEXT)
#undef READ_TEXT
    KEA_TRY(kea_sql_bind(query, 1, &n, err));
    KEA_TRY(kea_sql_next(query, &row, err));
    frame->population.n = row ? kea_sql_column_real(query, 0) : 0.0;
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_effects(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM effect", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->effects, err));
    record->frame.effects = record->effects = block;
    record->frame.n_effects = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, key, gain, gained, lost, gains, loses, outcome, "
                            "outcome2 FROM effect ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_effect *effect = &record->effects[i];
        const char **to[] = {&effect->key,         &effect->gain,       &effect->gained,
                             &effect->lost,        &effect->gains,      &effect->loses,
                             &effect->outcomes[0], &effect->outcomes[1]};
        KEA_TRY(kea_record_next(sql, query, i, err));
        for (size_t c = 0; c < sizeof to / sizeof to[0]; c++)
            KEA_TRY(kea_record_keep(record, query, 1 + (int)c, to[c], err));
        effect->n_outcomes = effect->outcomes[1] ? 2 : 1;
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status read_measures(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0, use = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM measure", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *record->measures, err));
    record->frame.measures = record->measures = block;
    record->frame.n_measures = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, key, label, unit, outcome, per, and_per, axis, note, "
                            "CASE use WHEN 'outcomes' THEN 0 WHEN 'yearly' THEN 1 ELSE 2 END, "
                            "scale, decimals, note_above FROM measure ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_measure_decl *measure = &record->measures[i];
        const char **to[] = {&measure->key, &measure->label,   &measure->unit, &measure->outcome,
                             &measure->per, &measure->and_per, &measure->axis, &measure->note};
        KEA_TRY(kea_record_next(sql, query, i, err));
        for (size_t c = 0; c < sizeof to / sizeof to[0]; c++)
            KEA_TRY(kea_record_keep(record, query, 1 + (int)c, to[c], err));
        KEA_TRY(kea_record_index(sql, query, 9, KEA_N_MEASURE_USES, &use, err));
        measure->use = (kea_measure_use)use;
        measure->scale = kea_sql_column_real(query, 10);
        measure->decimals = (int)kea_sql_column_integer(query, 11);
        measure->note_above = kea_sql_column_real(query, 12);
    }
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_record_read_frame(kea_record *record, kea_sql *sql, kea_error *err)
{
    kea_error why;
    kea_status status = KEA_OK;
    KEA_TRY(read_words(record, sql, err));
    KEA_TRY(read_effects(record, sql, err));
    KEA_TRY(read_measures(record, sql, err));
    if (kea_frame_check(&record->frame, record->n_outcomes, record->outcomes, &why) != KEA_OK)
        status = kea_record_broken(sql, "frame", err);
done:
    return status;
}

/* The declaration and element that row `sweep` names. */
static kea_status link_sweep(const kea_problem *problem, kea_sql *sql, const kea_sql_query *query,
                             kea_sweep *sweep, kea_error *err)
{
    size_t at = 0;
    const char *name = kea_sql_column_text(query, 1);
    if (!name || !kea_param_table_find(&problem->params, name, &at))
        return kea_record_broken(sql, "sweep", err);
    sweep->decl = &problem->params.decl[at];
    sweep->element = KEA_NO_ELEMENT;
    if (kea_sql_column_is_none(query, 2))
        return KEA_OK;
    return kea_record_index(sql, query, 2, sweep->decl->count, &sweep->element, err);
}

kea_status kea_record_read_sweeps(kea_problem *problem, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    void *block = NULL;
    size_t n = 0;
    kea_status status = KEA_OK;
    KEA_TRY(kea_record_rows(sql, "SELECT count(*) FROM sweep", &n, err));
    KEA_TRY(kea_memory_new(&block, n, sizeof *problem->sweeps, err));
    problem->sweeps = block;
    problem->n_sweeps = n;
    KEA_TRY(kea_sql_prepare(&query, sql,
                            "SELECT number, declared, element, factor_from, factor_to, factor_n "
                            "FROM sweep ORDER BY number",
                            err));
    for (size_t i = 0; i < n; i++) {
        kea_sweep *sweep = &problem->sweeps[i];
        KEA_TRY(kea_record_next(sql, query, i, err));
        KEA_TRY(link_sweep(problem, sql, query, sweep, err));
        sweep->factor.from = kea_sql_column_real(query, 3);
        sweep->factor.to = kea_sql_column_real(query, 4);
        KEA_TRY(kea_record_index(sql, query, 5, SIZE_MAX, &sweep->factor.n, err));
    }
done:
    kea_sql_free(query);
    return status;
}
