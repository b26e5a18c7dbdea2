/* A validation in words, tables and a figure. Sentences stand whole in the source, so that they can
 * be translated. */
#include "sim/report/validation.h"

#include "sim/core/memory.h"
#include "sim/report/figures.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 2048, PATH = 4096 };

enum {
    C_ROLE,
    C_TARGET,
    C_SCENARIO,
    C_STRATEGY,
    C_UNIT,
    C_PUBLISHED,
    C_RANGE,
    C_LOW,
    C_HIGH,
    C_SIMULATED,
    C_INTERVAL,
    C_ERROR,
    C_FROM,
    C_TO,
    C_BASE,
    C_BASE_ERROR,
    C_VERDICT,
    C_STATUS,
    C_SOURCE,
    C_NOTE,
    C_N
};

/* What the roles mean, as head of a table and of a group in the figure. */
static const char *role_title(kea_target_role role)
{
    switch (role) {
    case KEA_TARGET_FITTED:
        return kea_text("Fitted: figures by which numbers of the model were chosen");
    case KEA_TARGET_CHECK:
        return kea_text("Checks: figures that were looked at, but by which nothing was chosen");
    case KEA_TARGET_PREDICTION:
        return kea_text("Predictions: figures kept apart from all choosing");
    default:
        return kea_text("Published figures and what the model says");
    }
}

static const char *verdict_word(kea_verdict verdict)
{
    switch (verdict) {
    case KEA_VERDICT_INSIDE:
        return kea_text("inside");
    case KEA_VERDICT_OVERLAPS:
        return kea_text("overlaps");
    case KEA_VERDICT_MISSED:
        return kea_text("MISSED");
    default:
        return kea_text("no value");
    }
}

static void init_table(kea_table *table, kea_target_role role)
{
    const kea_column_use csv = KEA_COLUMN_CSV, shown = KEA_COLUMN_TERMINAL;
    const kea_column columns[C_N] = {
        {"role", "", "", 0, csv},
        {"target", kea_text("figure"), "", 0, KEA_COLUMN_BOTH},
        {"scenario", "", "", 0, csv},
        {"strategy", "", "", 0, csv},
        {"unit", "", "", 0, csv},
        {"published", kea_text("published"), "", 0, KEA_COLUMN_BOTH},
        {"", kea_text("range"), "", 0, shown},
        {"published_low", "", "", 0, csv},
        {"published_high", "", "", 0, csv},
        {"simulated", kea_text("simulated"), "", 0, KEA_COLUMN_BOTH},
        {"", kea_text("95% interval"), "", 0, shown},
        {"simulated_error", "", "", 0, csv},
        {"simulated_low", "", "", 0, csv},
        {"simulated_high", "", "", 0, csv},
        {"base_mean", "", "", 0, csv},
        {"base_error", "", "", 0, csv},
        {"verdict", kea_text("verdict"), "", 0, KEA_COLUMN_BOTH},
        {"status", "", "", 0, csv},
        {"source", "", "", 0, csv},
        {"note", "", "", 0, csv},
    };
    kea_table_init(table, role_title(role), C_N, columns);
}

static bool is_ratio(const kea_target *target)
{
    return strcmp(target->unit, "ratio") == 0; /* of itself, so it needs no word */
}

/* "students reached (%)" */
static void name_text(char *text, size_t size, const kea_target *target)
{
    if (is_ratio(target))
        (void)snprintf(text, size, "%s", kea_text(target->name));
    else
        (void)snprintf(text, size, "%s (%s)", kea_text(target->name), kea_text(target->unit));
}

/* "15.4–19.4", "-1.2 to 3.4" where a sign would look like a dash; "-" without values. */
static void range_text(char *text, size_t size, double low, double high, int decimals)
{
    const kea_language language = kea_text_language();
    char from[64], to[64];
    kea_text_number(from, sizeof from, low, decimals, language);
    kea_text_number(to, sizeof to, high, decimals, language);
    if (isnan(low) || isnan(high))
        (void)snprintf(text, size, "-");
    else if (low < 0)
        (void)snprintf(text, size, kea_text("%s to %s"), from, to);
    else
        (void)snprintf(text, size, "%s–%s", from, to);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Decimals that show the published numbers as they were published, and two digits at least. */
static int decimals_of(const kea_target *target)
{
    const double numbers[3] = {target->value, target->low, target->high};
    int decimals = kea_text_decimals(target->value) - 1;
    decimals = decimals > 0 ? decimals : 0;
    for (int k = 0; k < 3; k++) {
        double step = pow(10, decimals);
        for (; decimals < 4 && fabs(numbers[k] * step - round(numbers[k] * step)) > 1e-9 * step;
             decimals++)
            step *= 10;
    }
    return decimals;
}

static void put_row(kea_table *table, const kea_validation *validation, size_t at)
{
    const kea_target *target = &validation->targets->target[at];
    const kea_validation_row *row = &validation->rows[at];
    int decimals = decimals_of(target);
    char range[160], name[256];
    kea_table_row(table);
    kea_table_text(table, C_ROLE, kea_target_role_name(target->role));
    name_text(name, sizeof name, target);
    kea_table_key(table, C_TARGET, target->id, name);
    kea_table_text(table, C_SCENARIO, file_name(validation->targets->scenario[target->scenario]));
    kea_table_text(table, C_STRATEGY, target->strategy);
    kea_table_text(table, C_UNIT, target->unit);
    kea_table_number(table, C_PUBLISHED, target->value, decimals);
    range_text(range, sizeof range, target->low, target->high, decimals);
    kea_table_text(table, C_RANGE, range);
    kea_table_number(table, C_LOW, target->low, decimals);
    kea_table_number(table, C_HIGH, target->high, decimals);
    kea_table_number(table, C_SIMULATED, row->draws.mean, decimals);
    range_text(range, sizeof range, row->draws.low, row->draws.high, decimals);
    kea_table_text(table, C_INTERVAL, range);
    kea_table_number(table, C_ERROR, row->draws.error, decimals);
    kea_table_number(table, C_FROM, row->draws.low, decimals);
    kea_table_number(table, C_TO, row->draws.high, decimals);
    kea_table_number(table, C_BASE, row->base.mean, decimals);
    kea_table_number(table, C_BASE_ERROR, row->base.error, decimals);
    kea_table_key(table, C_VERDICT, kea_verdict_name(row->verdict), verdict_word(row->verdict));
    kea_table_text(table, C_STATUS, kea_evidence_name(target->evidence));
    kea_table_text(table, C_SOURCE, target->source);
    kea_table_text(table, C_NOTE, target->note);
}

kea_status kea_validation_table(kea_table *table, const kea_validation *validation,
                                kea_target_role role, kea_error *err)
{
    init_table(table, role);
    for (int r = 0; r < KEA_N_TARGET_ROLES; r++)
        for (size_t i = 0; i < validation->targets->n; i++)
            if ((int)validation->targets->target[i].role == r &&
                (role == KEA_ALL_ROLES || (int)role == r))
                put_row(table, validation, i);
    return kea_table_check(table, err);
}

kea_status kea_validation_count_table(kea_table *table, const kea_validation *validation,
                                      kea_error *err)
{
    const kea_column columns[] = {
        {"role", "", "", 0, KEA_COLUMN_CSV},   {"targets", "", "", 0, KEA_COLUMN_CSV},
        {"inside", "", "", 0, KEA_COLUMN_CSV}, {"overlaps", "", "", 0, KEA_COLUMN_CSV},
        {"missed", "", "", 0, KEA_COLUMN_CSV}, {"no_value", "", "", 0, KEA_COLUMN_CSV}};
    kea_table_init(table, "", sizeof columns / sizeof columns[0], columns);
    for (int r = 0; r < KEA_N_TARGET_ROLES; r++) {
        kea_validation_count count = kea_validation_counts(validation, (kea_target_role)r);
        kea_table_row(table);
        kea_table_text(table, 0, kea_target_role_name((kea_target_role)r));
        kea_table_number(table, 1, (double)count.n, 0);
        for (size_t v = 0; v < KEA_N_VERDICTS; v++)
            kea_table_number(table, 2 + v, (double)count.verdict[v], 0);
    }
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- for people */

/* What is not inside, each with what the file says about it. */
static void write_notes(FILE *out, const kea_validation *validation)
{
    char text[TEXT];
    (void)fprintf(out, "%s\n", kea_text("Not inside their range, and why that may be:"));
    for (size_t i = 0; i < validation->targets->n; i++) {
        const kea_target *target = &validation->targets->target[i];
        const kea_validation_row *row = &validation->rows[i];
        if (row->verdict == KEA_VERDICT_INSIDE)
            continue;
        const char *note =
            target->note[0] ? kea_text(target->note) : kea_text("no reason is given.");
        (void)snprintf(text, sizeof text, "  %s (%s): %s", kea_text(target->name),
                       verdict_word(row->verdict), note);
        kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 4);
    }
}

static void write_count(FILE *out, const kea_validation *validation, kea_target_role role,
                        const char *format)
{
    const kea_validation_count count = kea_validation_counts(validation, role);
    char text[TEXT];
    if (count.n == 0 && role != KEA_TARGET_FITTED)
        return;
    (void)snprintf(text, sizeof text, format, count.verdict[KEA_VERDICT_INSIDE], count.n,
                   count.verdict[KEA_VERDICT_OVERLAPS],
                   count.verdict[KEA_VERDICT_MISSED] + count.verdict[KEA_VERDICT_NONE]);
    kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 0);
}

static void write_closing(FILE *out, const kea_validation *validation)
{
    const kea_validation_count all = kea_validation_counts(validation, KEA_ALL_ROLES);
    kea_table_paragraph(
        out,
        kea_text("inside: the simulated mean lies within the published range; overlaps: it does "
                 "not, but its 95% interval overlaps the range; MISSED: nor does the interval. "
                 "The interval is what is not known about the parameters and chance between "
                 "schools together."),
        KEA_TABLE_WIDTH, 0);
    if (all.verdict[KEA_VERDICT_INSIDE] < all.n) {
        (void)fputc('\n', out);
        write_notes(out, validation);
    }
    (void)fputc('\n', out);
    write_count(out, validation, KEA_TARGET_FITTED,
                kea_text("Fitted targets: %zu of %zu inside their range; overlapping: %zu; "
                         "missed: %zu."));
    write_count(out, validation, KEA_TARGET_CHECK,
                kea_text("Checks: %zu of %zu inside their range; overlapping: %zu; missed: %zu."));
    write_count(out, validation, KEA_TARGET_PREDICTION,
                kea_text("Predictions, kept apart from fitting: %zu of %zu inside their range; "
                         "overlapping: %zu; missed: %zu."));
}

kea_status kea_validation_write(FILE *out, const kea_validation *validation, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table = {0};
    kea_table_paragraph(out, kea_text(validation->targets->title), KEA_TABLE_WIDTH, 0);
    (void)fputc('\n', out);
    for (int r = 0; r < KEA_N_TARGET_ROLES; r++) {
        if (kea_validation_counts(validation, (kea_target_role)r).n == 0)
            continue;
        kea_table_free(&table);
        KEA_TRY(kea_validation_table(&table, validation, (kea_target_role)r, err));
        KEA_TRY(kea_table_print(&table, out, err));
        (void)fputc('\n', out);
    }
    write_closing(out, validation);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "the validation cannot be written");
done:
    kea_table_free(&table);
    return status;
}

static kea_status save(kea_table *table, kea_status filled, const char *folder, const char *name,
                       kea_error *err)
{
    char path[PATH];
    kea_status status = filled;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (status == KEA_OK && (length < 0 || length >= PATH))
        status = kea_error_at(err, KEA_ERR_IO, folder, 0, "the path is too long");
    if (status == KEA_OK)
        status = kea_table_save(table, path, err);
    kea_table_free(table);
    return status;
}

kea_status kea_validation_save(const kea_validation *validation, const char *folder, kea_error *err)
{
    kea_table table = {0};
    kea_status status = save(&table, kea_validation_table(&table, validation, KEA_ALL_ROLES, err),
                             folder, "validation.csv", err);
    if (status == KEA_OK)
        status = save(&table, kea_validation_count_table(&table, validation, err), folder,
                      "verdicts.csv", err);
    return status;
}

/* ---------------------------------------------------------------- figure */

static kea_figure_forest_row forest_row(const kea_target *target, const kea_validation_row *row)
{
    return (kea_figure_forest_row){.name = kea_text(target->name),
                                   .unit = is_ratio(target) ? "" : kea_text(target->unit),
                                   .decimals = decimals_of(target),
                                   .group = (size_t)target->role,
                                   .value = target->value,
                                   .low = target->low,
                                   .high = target->high,
                                   .mean = row->draws.mean,
                                   .from = row->draws.low,
                                   .to = row->draws.high,
                                   .verdict = row->verdict == KEA_VERDICT_INSIDE ? KEA_FOREST_INSIDE
                                              : row->verdict == KEA_VERDICT_OVERLAPS
                                                  ? KEA_FOREST_OVERLAPS
                                                  : KEA_FOREST_MISSED};
}

kea_status kea_validation_draw(const kea_validation *validation, const char *currency,
                               const char *note, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    const char *groups[KEA_N_TARGET_ROLES];
    void *rows = NULL;
    KEA_TRY(kea_memory_new(&rows, validation->targets->n, sizeof(kea_figure_forest_row), err));
    for (int r = 0; r < KEA_N_TARGET_ROLES; r++)
        groups[r] = role_title((kea_target_role)r);
    for (size_t i = 0; i < validation->targets->n; i++)
        ((kea_figure_forest_row *)rows)[i] =
            forest_row(&validation->targets->target[i], &validation->rows[i]);
    const kea_figure_forest_data data = {.n_rows = validation->targets->n,
                                         .rows = rows,
                                         .n_groups = KEA_N_TARGET_ROLES,
                                         .groups = groups,
                                         .currency = currency,
                                         .title = kea_text(validation->targets->title),
                                         .note = note};
    KEA_TRY(kea_figure_forest(&data, folder, "validation", err));
done:
    free(rows);
    return status;
}
