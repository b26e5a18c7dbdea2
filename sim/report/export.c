#include "sim/report/export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A name as a cell: between quotes when it must be (RFC 4180). */
static void write_name(FILE *file, const char *name)
{
    if (!strpbrk(name, ",\"\r\n")) {
        (void)fputs(name, file);
        return;
    }
    (void)fputc('"', file);
    for (; *name; name++) {
        if (*name == '"')
            (void)fputc('"', file);
        (void)fputc(*name, file);
    }
    (void)fputc('"', file);
}

static void write_rows(FILE *file, const kea_psa *psa, kea_export_what what)
{
    const bool parameters = what == KEA_EXPORT_PARAMETERS;
    const double *value = what == KEA_EXPORT_COSTS ? psa->pairs.cost : psa->pairs.effect;
    const size_t n = parameters ? psa->n_params : psa->pairs.n_arms;
    value = parameters ? psa->value : value;
    for (size_t k = 0; k < n; k++) {
        (void)fputs(k ? "," : "", file);
        write_name(file, parameters ? psa->params[k] : psa->arms[k].id);
    }
    (void)fputc('\n', file);
    for (size_t i = 0; i < psa->pairs.n_points; i++)
        for (size_t k = 0; k < n; k++)
            /* 17 digits give back every double; + 0.0 makes -0 a plain 0 */
            (void)fprintf(file, "%.17g%c", value[i * n + k] + 0.0, k + 1 < n ? ',' : '\n');
}

kea_status kea_export_save(const kea_psa *psa, kea_export_what what, const char *path,
                           kea_error *err)
{
    FILE *file = fopen(path, "w");
    bool failed = !file;
    int reason = errno;
    if (file) {
        write_rows(file, psa, what);
        failed = ferror(file) != 0;
        failed = fclose(file) != 0 || failed;
        reason = errno;
    }
    if (!failed)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(reason));
}
