/* A calibration in words and tables. Sentences stand whole in the source, so that they can be
 * translated. */
#include "sim/cli/calibration_text.h"

#include "sim/report/table.h"
#include "sim/report/text.h"
#include "sim/search/open.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 2048, DIGITS = 4 };

/* Decimals that show a number with DIGITS digits. */
static int decimals_of(double number)
{
    double size = fabs(number);
    int before = size > 0 && isfinite(size) ? (int)floor(log10(size)) + 1 : 1;
    return before < DIGITS ? DIGITS - before : 0;
}

/* "a, b, c" */
static void join(char *text, size_t size, size_t n, char *const *names)
{
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < n && used + 1 < size; i++) {
        (void)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "", names[i]);
        used = strlen(text);
    }
}

static void join_targets(char *text, size_t size, const kea_targets *targets,
                         const kea_target_fit *step)
{
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < step->n_targets && used + 1 < size; i++) {
        (void)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "",
                       targets->target[step->target[i]].id);
        used = strlen(text);
    }
}

/* How the search of a number ended. */
static const char *ending(const kea_fit *fit, const kea_fit_found *found, bool csv)
{
    if (found->at_bound)
        return csv ? "at its bound" : kea_text("AT ITS BOUND");
    if (!fit->settled)
        return csv ? "out of runs" : kea_text("OUT OF RUNS");
    return csv ? "settled" : kea_text("settled");
}

/* The value now of an open number's first number; the rest is in step with it. */
static double start_of(const kea_published *p, const kea_target_open *open)
{
    const kea_problem *home = kea_open_home(&p->targets, p->problem, open);
    size_t first = 0, n = 0;
    if (home && kea_problem_find_named(home, open->parameters.name[0], &first, &n, NULL) == KEA_OK)
        return home->entries[first].value;
    return (double)NAN;
}

/* ---------------------------------------------------------------- tables */

enum {
    C_STEP,
    C_OPEN,
    C_FROM,
    C_TO,
    C_ERROR,
    C_LOW,
    C_HIGH,
    C_END,
    C_RUNS,
    C_MISS_BEFORE,
    C_MISS_AFTER,
    C_TARGETS,
    C_REASON,
    C_N
};

static void put_open(kea_table *table, const kea_published *p, const kea_calibration *found,
                     size_t at, size_t k)
{
    const kea_target_fit *step = &p->targets.fit[at];
    const kea_target_open *open = &step->open[k];
    const kea_fit *fit = &found->fit[at];
    const kea_fit_found *input = &fit->input[k];
    char text[TEXT];
    int decimals = decimals_of(input->value);
    kea_table_row(table);
    kea_table_text(table, C_STEP, step->id);
    join(text, sizeof text, open->parameters.n, open->parameters.name);
    kea_table_text(table, C_OPEN, text);
    kea_table_number(table, C_FROM, start_of(p, open), decimals);
    kea_table_number(table, C_TO, input->value, decimals);
    kea_table_number(table, C_ERROR, input->error, decimals);
    kea_table_number(table, C_LOW, open->low, decimals);
    kea_table_number(table, C_HIGH, open->high, decimals);
    kea_table_key(table, C_END, ending(fit, input, true), ending(fit, input, false));
    kea_table_number(table, C_RUNS, (double)fit->n_runs, 0);
    kea_table_number(table, C_MISS_BEFORE, fit->miss_before, 2);
    kea_table_number(table, C_MISS_AFTER, fit->miss_after, 2);
    join_targets(text, sizeof text, &p->targets, step);
    kea_table_text(table, C_TARGETS, text);
    kea_table_text(table, C_REASON, open->reason);
}

static kea_status open_table(kea_table *table, const kea_published *p, const kea_calibration *found,
                             kea_error *err)
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    const kea_column columns[C_N] = {
        {"step", "", "", 0, csv},
        {"parameters", kea_text("open number"), "", 0, both},
        {"from", kea_text("from"), "", 0, both},
        {"to", kea_text("to"), "", 0, both},
        {"error", kea_text("error"), "", 0, both},
        {"low", kea_text("lowest"), "", 0, both},
        {"high", kea_text("highest"), "", 0, both},
        {"end", kea_text("search"), "", 0, both},
        {"runs", kea_text("runs"), "", 0, both},
        {"misses_before", "", "", 0, csv},
        {"misses_after", "", "", 0, csv},
        {"targets", "", "", 0, csv},
        {"reason", "", "", 0, csv},
    };
    kea_table_init(table, kea_text("What was open"), C_N, columns);
    kea_table_note(table, kea_text("error: what chance in the simulation leaves unknown about the "
                                   "number found. Of several numbers that change in step, the "
                                   "first is shown."));
    for (size_t i = 0; i < p->targets.n_fits; i++)
        for (size_t k = 0; k < p->targets.fit[i].n_open; k++)
            put_open(table, p, found, i, k);
    return kea_table_check(table, err);
}

enum {
    F_ROLE,
    F_TARGET,
    F_PUBLISHED,
    F_RANGE,
    F_LOW,
    F_HIGH,
    F_BEFORE,
    F_AFTER,
    F_ERROR,
    F_WHERE,
    F_N
};

static const char *role_word(kea_target_role role)
{
    switch (role) {
    case KEA_TARGET_FITTED:
        return kea_text("fitted");
    case KEA_TARGET_CHECK:
        return kea_text("check");
    default:
        return kea_text("prediction");
    }
}

static void put_figure(kea_table *table, const kea_target *target, const kea_estimate *before,
                       const kea_estimate *after)
{
    char name[256], low[64], high[64], range[160];
    bool inside = after->mean >= target->low && after->mean <= target->high;
    int decimals = decimals_of(target->high) - 1;
    decimals = decimals > 0 ? decimals : 0;
    kea_table_row(table);
    kea_table_key(table, F_ROLE, kea_target_role_name(target->role), role_word(target->role));
    (void)snprintf(name, sizeof name, "%s (%s)", kea_text(target->name), kea_text(target->unit));
    kea_table_key(table, F_TARGET, target->id, name);
    kea_text_number(low, sizeof low, target->low, decimals, kea_text_language());
    kea_text_number(high, sizeof high, target->high, decimals, kea_text_language());
    (void)snprintf(range, sizeof range, "%s–%s", low, high);
    kea_table_text(table, F_RANGE, range);
    kea_table_number(table, F_LOW, target->low, decimals);
    kea_table_number(table, F_HIGH, target->high, decimals);
    kea_table_number(table, F_PUBLISHED, target->value, decimals);
    kea_table_number(table, F_BEFORE, before->mean, decimals);
    kea_table_number(table, F_AFTER, after->mean, decimals);
    kea_table_number(table, F_ERROR, after->error, decimals);
    kea_table_key(table, F_WHERE, inside ? "inside" : "outside",
                  inside ? kea_text("inside") : kea_text("OUTSIDE"));
}

static kea_status figure_table(kea_table *table, const kea_published *p,
                               const kea_calibration *found, kea_error *err)
{
    const kea_column_use csv = KEA_COLUMN_CSV, both = KEA_COLUMN_BOTH;
    const kea_column columns[F_N] = {
        {"role", kea_text("role"), "", 0, both},
        {"target", kea_text("figure"), "", 0, both},
        {"published", kea_text("published"), "", 0, both},
        {"", kea_text("range"), "", 0, KEA_COLUMN_TERMINAL},
        {"published_low", "", "", 0, csv},
        {"published_high", "", "", 0, csv},
        {"before", kea_text("before"), "", 0, both},
        {"after", kea_text("after"), "", 0, both},
        {"error", "", "", 0, csv},
        {"where", kea_text("verdict"), "", 0, both},
    };
    kea_table_init(table, kea_text("Every figure before and after, base case"), F_N, columns);
    for (size_t i = 0; i < p->targets.n; i++)
        put_figure(table, &p->targets.target[i], &found->before[i], &found->after[i]);
    return kea_table_check(table, err);
}

/* A path without the folders before the last. */
static const char *short_path(const char *path)
{
    const char *from = path;
    for (const char *at = path, *last = path; *at; at++)
        if (*at == '/') {
            from = last;
            last = at + 1;
        }
    return from;
}

enum { V_STEP, V_NAME, V_FROM, V_TO, V_FILE, V_LINE, V_N };

static kea_status put_values(kea_table *table, const kea_published *p, const char *step,
                             const kea_target_open *open, double to, kea_error *err)
{
    const kea_problem *home = kea_open_home(&p->targets, p->problem, open);
    size_t n = 0, entry[KEA_MAX_OPEN];
    kea_status status = kea_open_entries(home, open, entry, &n, err);
    for (size_t i = 0; status == KEA_OK && i < n; i++) {
        const kea_entry *one = &home->entries[entry[i]];
        double value = one->value * (to / home->entries[entry[0]].value);
        kea_table_row(table);
        kea_table_text(table, V_STEP, step);
        kea_table_text(table, V_NAME, one->name);
        kea_table_number(table, V_FROM, one->value, decimals_of(one->value));
        kea_table_number(table, V_TO, value, decimals_of(value));
        kea_table_key(table, V_FILE, one->file, short_path(one->file));
        kea_table_number(table, V_LINE, one->line, 0);
    }
    return status;
}

static kea_status value_table(kea_table *table, const kea_published *p,
                              const kea_calibration *found, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_column columns[V_N] = {
        {"step", "", "", 0, KEA_COLUMN_CSV},
        {"parameter", kea_text("number"), "", 0, KEA_COLUMN_BOTH},
        {"from", kea_text("from"), "", 0, KEA_COLUMN_BOTH},
        {"to", kea_text("to"), "", 0, KEA_COLUMN_BOTH},
        {"file", kea_text("file"), "", 0, KEA_COLUMN_BOTH},
        {"line", kea_text("line"), "", 0, KEA_COLUMN_BOTH},
    };
    kea_table_init(table, kea_text("What to put into the files"), V_N, columns);
    kea_table_note(table, kea_text("No file was changed. Who takes a number over says so in its "
                                   "source, and keeps or multiplies its distribution with it."));
    for (size_t i = 0; i < p->targets.n_fits; i++)
        for (size_t k = 0; k < p->targets.fit[i].n_open; k++)
            KEA_TRY(put_values(table, p, p->targets.fit[i].id, &p->targets.fit[i].open[k],
                               found->fit[i].input[k].value, err));
    KEA_TRY(kea_table_check(table, err));
done:
    return status;
}

/* ---------------------------------------------------------------- for people */

typedef kea_status filler(kea_table *table, const kea_published *published,
                          const kea_calibration *calibration, kea_error *err);

static void write_reasons(FILE *out, const kea_published *p)
{
    char text[3 * TEXT], names[TEXT / 2], targets[TEXT / 2];
    (void)fprintf(out, "%s\n", kea_text("Why these numbers, and by which figures:"));
    for (size_t i = 0; i < p->targets.n_fits; i++)
        for (size_t k = 0; k < p->targets.fit[i].n_open; k++) {
            const kea_target_open *open = &p->targets.fit[i].open[k];
            join(names, sizeof names, open->parameters.n, open->parameters.name);
            join_targets(targets, sizeof targets, &p->targets, &p->targets.fit[i]);
            (void)snprintf(text, sizeof text, "  %s (%s): %s", names, targets,
                           kea_text(open->reason));
            kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 4);
        }
}

static void write_count(FILE *out, const kea_published *p, const kea_calibration *found)
{
    size_t n = 0, before = 0, after = 0;
    char text[TEXT];
    for (size_t i = 0; i < p->targets.n; i++) {
        const kea_target *target = &p->targets.target[i];
        if (target->role != KEA_TARGET_FITTED)
            continue;
        n++;
        before += found->before[i].mean >= target->low && found->before[i].mean <= target->high;
        after += found->after[i].mean >= target->low && found->after[i].mean <= target->high;
    }
    (void)snprintf(text, sizeof text,
                   kea_text("Fitted figures inside their range in the base case: %zu of %zu "
                            "before, %zu after."),
                   before, n, after);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

kea_status kea_calibration_write(FILE *out, const kea_published *published,
                                 const kea_calibration *calibration, kea_error *err)
{
    static filler *const fill[] = {open_table, figure_table, value_table};
    kea_status status = KEA_OK;
    kea_table table = {0};
    kea_table_paragraph(out, kea_text(published->targets.title), KEA_TABLE_WIDTH, 0);
    (void)fputc('\n', out);
    for (size_t i = 0; i < sizeof fill / sizeof fill[0]; i++) {
        kea_table_free(&table);
        KEA_TRY(fill[i](&table, published, calibration, err));
        KEA_TRY(kea_table_print(&table, out, err));
        (void)fputc('\n', out);
        if (i == 0) {
            write_reasons(out, published);
            (void)fputc('\n', out);
        }
    }
    write_count(out, published, calibration);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "the calibration cannot be written");
done:
    kea_table_free(&table);
    return status;
}

kea_status kea_calibration_save(const kea_published *published, const kea_calibration *calibration,
                                const char *folder, kea_error *err)
{
    static filler *const fill[] = {open_table, figure_table, value_table};
    static const char *const name[] = {"calibration.csv", "figures.csv", "values.csv"};
    kea_status status = KEA_OK;
    kea_table table = {0};
    char path[2 * KEA_PUBLISHED_PATH];
    for (size_t i = 0; i < sizeof fill / sizeof fill[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        kea_table_free(&table);
        KEA_TRY(fill[i](&table, published, calibration, err));
        KEA_TRY(kea_table_save(&table, path, err));
    }
done:
    kea_table_free(&table);
    return status;
}
