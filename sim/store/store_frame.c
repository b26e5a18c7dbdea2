/* Writes what the answers of a run are about, and what is swept. */
#include "sim/store/frame.h"
#include "sim/store/schema.h"

#define COUNT(row) (sizeof(row) / sizeof((row)[0]))

/* A text that there is; without one there is no row. */
static kea_status insert_text(kea_sql_query *query, const char *key, const char *text,
                              kea_error *err)
{
    const kea_sql_value row[] = {kea_sql_text(key), kea_sql_text(text)};
    return text ? kea_sql_run(query, COUNT(row), row, err) : KEA_OK;
}

static kea_status insert_words(kea_sql *sql, const kea_frame *frame, kea_error *err)
{
    kea_sql_query *query = NULL;
    const kea_sql_value n[] = {kea_sql_text("population.n"), kea_sql_real(frame->population.n)};
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO frame VALUES (?, ?)", err));
#define WRITE_TEXT(key, field) KEA_TRY(insert_text(query, key, frame->field, err));
    KEA_SCHEMA_FRAME(WRITE_TEXT)
#undef WRITE_TEXT
    KEA_TRY(kea_sql_run(query, COUNT(n), n, err));
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_effects(kea_sql *sql, const kea_frame *frame, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(
        kea_sql_prepare(&query, sql, "INSERT INTO effect VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < frame->n_effects; i++) {
        const kea_effect *from = &frame->effects[i];
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(from->key),
                                     kea_sql_text(from->gain),
                                     kea_sql_text(from->gained),
                                     kea_sql_text(from->lost),
                                     kea_sql_text(from->gains),
                                     kea_sql_text(from->loses),
                                     kea_sql_text(from->outcomes[0]),
                                     kea_sql_text(from->n_outcomes > 1 ? from->outcomes[1] : NULL)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

static kea_status insert_measures(kea_sql *sql, const kea_frame *frame, kea_error *err)
{
    static const char *const use[KEA_N_MEASURE_USES] = {"outcomes", "yearly", "sweeps"};
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(
        &query, sql, "INSERT INTO measure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < frame->n_measures; i++) {
        const kea_measure_decl *from = &frame->measures[i];
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(use[from->use]),
                                     kea_sql_text(from->key),
                                     kea_sql_text(from->label),
                                     kea_sql_text(from->unit),
                                     kea_sql_text(from->outcome),
                                     kea_sql_text(from->per),
                                     kea_sql_text(from->and_per),
                                     kea_sql_real(from->scale),
                                     kea_sql_integer((uint64_t)(int64_t)from->decimals),
                                     kea_sql_text(from->axis),
                                     kea_sql_text(from->note),
                                     kea_sql_real(from->note_above)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}

kea_status kea_store_frame(kea_sql *sql, const kea_frame *frame, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(insert_words(sql, frame, err));
    KEA_TRY(insert_effects(sql, frame, err));
    KEA_TRY(insert_measures(sql, frame, err));
done:
    return status;
}

kea_status kea_store_sweeps(kea_sql *sql, const kea_problem *problem, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "INSERT INTO sweep VALUES (?, ?, ?, ?, ?, ?)", err));
    for (size_t i = 0; i < problem->n_sweeps; i++) {
        const kea_sweep *from = &problem->sweeps[i];
        bool element = from->element != KEA_NO_ELEMENT;
        const kea_sql_value row[] = {kea_sql_integer(i),
                                     kea_sql_text(from->decl->name),
                                     element ? kea_sql_integer(from->element) : kea_sql_none(),
                                     kea_sql_real(from->factor.from),
                                     kea_sql_real(from->factor.to),
                                     kea_sql_integer(from->factor.n)};
        KEA_TRY(kea_sql_run(query, COUNT(row), row, err));
    }
done:
    kea_sql_free(query);
    return status;
}
