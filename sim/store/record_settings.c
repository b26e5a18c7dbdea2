/* Reading back what was to be computed: the settings of a run. */
#include "sim/inputs/problem_draw.h"
#include "sim/store/record_design.h"
#include "sim/store/schema.h"

#include <errno.h>
#include <stdlib.h>

/* Puts a setting of this key at the first row of `query`. */
static kea_status find_setting(kea_sql *sql, kea_sql_query *query, const char *key,
                               const char *part, kea_error *err)
{
    const kea_sql_value row[] = {kea_sql_text(key), kea_sql_text(part)};
    bool found = false;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_bind(query, 2, row, err));
    KEA_TRY(kea_sql_next(query, &found, err));
    if (!found)
        KEA_TRY(kea_record_broken(sql, "setting", err));
done:
    return status;
}

static kea_status read_seed(kea_sql *sql, kea_sql_query *query, const char *key, uint64_t *seed,
                            kea_error *err)
{
    kea_status status = find_setting(sql, query, key, "", err);
    if (status != KEA_OK)
        return status;
    const char *text = kea_sql_column_text(query, 0);
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text ? text : "", &end, 10);
    if (!text || end == text || *end != '\0' || errno != 0)
        return kea_record_broken(sql, "setting", err);
    *seed = number;
    return KEA_OK;
}

static kea_status read_sampling(kea_sql *sql, kea_sql_query *query, const char *key, size_t *scheme,
                                kea_error *err)
{
    kea_status status = find_setting(sql, query, key, "", err);
    if (status != KEA_OK)
        return status;
    const char *name = kea_sql_column_text(query, 0);
    *scheme = kea_sampling_find(name ? name : "");
    return *scheme < KEA_N_SAMPLINGS ? KEA_OK : kea_record_broken(sql, "setting", err);
}

static kea_status read_count(kea_sql *sql, kea_sql_query *query, const char *key, const char *part,
                             size_t *count, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(find_setting(sql, query, key, part, err));
    KEA_TRY(kea_record_index(sql, query, 0, SIZE_MAX, count, err));
done:
    return status;
}

static kea_status read_real(kea_sql *sql, kea_sql_query *query, const char *key, const char *part,
                            double *real, kea_error *err)
{
    kea_status status = find_setting(sql, query, key, part, err);
    if (status == KEA_OK)
        *real = kea_sql_column_real(query, 0);
    return status;
}

static kea_status read_range(kea_sql *sql, kea_sql_query *query, const char *key, kea_range *range,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(read_real(sql, query, key, ".from", &range->from, err));
    KEA_TRY(read_real(sql, query, key, ".to", &range->to, err));
    KEA_TRY(read_count(sql, query, key, ".n", &range->n, err));
done:
    return status;
}

kea_status kea_record_read_settings(kea_settings *settings, kea_sql *sql, kea_error *err)
{
    kea_sql_query *query = NULL;
    kea_status status = KEA_OK;
    KEA_TRY(kea_sql_prepare(&query, sql, "SELECT value FROM setting WHERE key = ?1 || ?2", err));
#define READ_SEED(key, field) KEA_TRY(read_seed(sql, query, key, &settings->field, err));
#define READ_SAMPLING(key, field) KEA_TRY(read_sampling(sql, query, key, &settings->field, err));
#define READ_COUNT(key, field) KEA_TRY(read_count(sql, query, key, "", &settings->field, err));
#define READ_REAL(key, field) KEA_TRY(read_real(sql, query, key, "", &settings->field, err));
#define READ_RANGE(key, field) KEA_TRY(read_range(sql, query, key, &settings->field, err));
    KEA_SCHEMA_SETTINGS(READ_SEED, READ_SAMPLING, READ_COUNT, READ_REAL, READ_RANGE)
#undef READ_SEED
#undef READ_SAMPLING
#undef READ_COUNT
#undef READ_REAL
#undef READ_RANGE
done:
    kea_sql_free(query);
    return status;
}
