/* The table of codes, and filling an error. */
#include "sim/core/status.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    int exit_status;
    const char *text;
} status_table[] = {
#define KEA_STATUS_ROW(code, exit_status, text) {exit_status, text},
    KEA_STATUS_LIST(KEA_STATUS_ROW)
#undef KEA_STATUS_ROW
};

enum { N_STATUS = (int)(sizeof status_table / sizeof status_table[0]) };

const char *kea_status_text(kea_status status)
{
    int at = (int)status;
    return at >= 0 && at < N_STATUS ? status_table[at].text : "unknown status";
}

int kea_status_exit(kea_status status)
{
    int at = (int)status;
    return at >= 0 && at < N_STATUS ? status_table[at].exit_status : 3;
}

static void fill(kea_error *err, kea_status code, const char *file, int line, const char *format,
                 va_list args)
{
    if (!err)
        return;
    err->code = code;
    err->line = line;
    (void)snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    (void)vsnprintf(err->text, sizeof err->text, format, args);
}

kea_status kea_error_set(kea_error *err, kea_status code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, code, NULL, 0, format, args);
    va_end(args);
    return code;
}

kea_status kea_error_at(kea_error *err, kea_status code, const char *file, int line,
                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, code, file, line, format, args);
    va_end(args);
    return code;
}
