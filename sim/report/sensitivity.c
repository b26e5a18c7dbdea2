/* Words of a sensitivity analysis, and the order in which it is saved and told. */
#include "sim/report/sensitivity.h"

#include "sim/report/answers_shared.h"
#include "sim/report/names.h"
#include "sim/report/sensitivity_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, MOST_SHOWN = 60 };

kea_quantity_words kea_sensitivity_words(const kea_sensitivity *s, size_t quantity)
{
    const kea_quantity *q = &s->quantity[quantity];
    const kea_frame *frame = s->answers.frame;
    const kea_whole whole = kea_answers_whole(&s->answers);
    kea_quantity_words w = {.unit = whole.unit, .scale = whole.scale, .money = true};
    switch (q->kind) {
    case KEA_QUANTITY_COST:
        w.key = "extra_cost";
        (void)snprintf(w.column, sizeof w.column, "extra_cost_%%s");
        (void)snprintf(w.title, sizeof w.title, "%s", kea_text("extra cost"));
        return w;
    case KEA_QUANTITY_NET_BENEFIT:
        w.key = "net_benefit";
        (void)snprintf(w.column, sizeof w.column, "net_benefit_%%s");
        (void)snprintf(w.title, sizeof w.title, "%s", kea_text("net benefit"));
        return w;
    case KEA_QUANTITY_EFFECT:
        w.key = "gained";
        (void)snprintf(w.column, sizeof w.column, "%s", w.key);
        (void)snprintf(w.title, sizeof w.title, "%s", kea_text(frame->effects[0].gained));
        break;
    default:
        w.key = q->name;
        (void)snprintf(w.column, sizeof w.column, "%s", w.key);
        /* TRANSLATORS: an outcome; how much more or less of it there is */
        (void)snprintf(w.title, sizeof w.title, kea_text("change of: %s"),
                       kea_text(s->outcomes[q->outcome].label));
        if (strcmp(s->outcomes[q->outcome].unit, frame->currency) == 0)
            return w;
    }
    w.unit = "";
    w.scale = 1.0;
    w.decimals = whole.decimals;
    w.money = false;
    return w;
}

void kea_sensitivity_amount(const kea_sensitivity *s, size_t quantity, double value, char *text,
                            size_t size)
{
    if (kea_sensitivity_words(s, quantity).money)
        kea_money_write(text, size, s->answers.frame->currency, value, 4);
    else
        kea_number_write(text, size, value, 4);
}

kea_estimate kea_sensitivity_estimate(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                      size_t quantity, size_t arm, size_t group, double *scratch)
{
    size_t n = part->design->n_repeats;
    memcpy(scratch, kea_sensitivity_values(s, part, quantity, arm) + group * n,
           n * sizeof *scratch);
    kea_estimate out = kea_estimate_of(scratch, n);
    if (!part->design->variation->drawn)
        out.low = out.high = (double)NAN; /* schools differ by chance only */
    return out;
}

/* ---------------------------------------------------------------- axes */

static const kea_varied *axis_of(const kea_sensitivity_part *part, size_t axis)
{
    return &part->design->variation->axes[axis];
}

/* Decimals that tell neighbours on a scale from `from` to `to` apart. */
static int decimals_of(double from, double to, size_t n)
{
    double step = n > 1 ? fabs(to - from) / (double)(n - 1) : fabs(from);
    return step > 0.0 ? kea_text_decimals(step) : 2;
}

kea_varied_words kea_sensitivity_axis(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                      size_t axis)
{
    const kea_problem *problem = s->answers.problem;
    const kea_varied *varied = axis_of(part, axis);
    const kea_param_decl *decl = problem->entries[varied->entries[0]].decl;
    const kea_range *levels = &varied->levels;
    kea_varied_words w = {.unit = ""};
    bool of_draws = part->design->variation->drawn && varied->how == KEA_VARIED_FACTOR;
    w.has_value = varied->how == KEA_VARIED_VALUE || (varied->n_entries == 1 && !of_draws);
    if (varied->n_entries == 1)
        kea_names_entry(problem, varied->entries[0], w.name, sizeof w.name);
    else
        (void)snprintf(w.name, sizeof w.name, "%s", kea_text(decl->label));
    if (w.has_value)
        w.unit = kea_names_unit(decl, s->answers.frame->currency);
    w.share = strcmp(w.unit, "%") == 0;
    w.level_decimals = decimals_of(levels->from, levels->to, levels->n);
    w.value_decimals = decimals_of(
        kea_varied_value(varied, problem, levels->from) * (w.share ? 100.0 : 1.0),
        kea_varied_value(varied, problem, levels->to) * (w.share ? 100.0 : 1.0), levels->n);
    return w;
}

double kea_sensitivity_along(const kea_sensitivity *s, const kea_sensitivity_part *part,
                             size_t axis, double level)
{
    const kea_varied_words w = kea_sensitivity_axis(s, part, axis);
    return w.has_value ? kea_varied_value(axis_of(part, axis), s->answers.problem, level) : level;
}

void kea_sensitivity_axis_title(const kea_sensitivity *s, const kea_sensitivity_part *part,
                                size_t axis, char *text, size_t size)
{
    const kea_varied_words w = kea_sensitivity_axis(s, part, axis);
    if (w.has_value)
        (void)snprintf(text, size, w.share || !w.unit[0] ? "%.190s" : "%.190s (%.50s)", w.name,
                       w.unit);
    else if (axis_of(part, axis)->how == KEA_VARIED_FACTOR)
        (void)snprintf(text, size, kea_text("%s, times the base value"), w.name);
    else
        (void)snprintf(text, size, kea_text("%s, quantile"), w.name);
}

/* ---------------------------------------------------------------- factors */

void kea_sensitivity_factor(const kea_sensitivity *s, const kea_factors *factors, size_t factor,
                            char *text, size_t size)
{
    const kea_problem *problem = s->answers.problem;
    const kea_factor *f = &factors->factor[factor];
    const kea_entry *first = &problem->entries[f->first];
    char name[TEXT];
    bool one_parameter = true;
    kea_names_entry(problem, f->first, name, sizeof name);
    for (size_t i = 0; i < problem->n_entries; i++)
        if (factors->of[i] == factor && problem->entries[i].decl != first->decl)
            one_parameter = false;
    if (f->n_entries == 1)
        (void)snprintf(text, size, "%s", name);
    else if (one_parameter)
        /* TRANSLATORS: a parameter that is a vector, and how many numbers it has */
        (void)snprintf(text, size, kea_text("%s (%zu numbers)"), kea_text(first->decl->label),
                       f->n_entries);
    else
        (void)snprintf(text, size, kea_text("%s and %zu more"), name, f->n_entries - 1);
}

/* By insertion: a few hundred at most, and nothing to allocate. */
void kea_sensitivity_order(size_t n, const double *key, size_t *order)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at > 0 && (key[order[at - 1]] < key[i] || isnan(key[order[at - 1]])); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* ---------------------------------------------------------------- all parts */

kea_status kea_sensitivity_table(kea_table *table, const kea_sensitivity *s,
                                 const kea_sensitivity_part *part, kea_error *err)
{
    *table = (kea_table){0};
    if (part->turn)
        return kea_sensitivity_thresholds(table, s, part, err);
    switch (part->design->variation->kind) {
    case KEA_VARIATION_GRID:
        return kea_sensitivity_grid(table, s, part, err);
    case KEA_VARIATION_WHAT_IF:
        return kea_sensitivity_what_if(table, s, part, err);
    default:
        return kea_sensitivity_global(table, s, part, err);
    }
}

static kea_status save(kea_table *table, kea_status filled, const char *folder, const char *stem,
                       const char *more, kea_error *err)
{
    char path[4096];
    kea_status status = filled;
    int length = snprintf(path, sizeof path, "%s/%s%s.csv", folder, stem, more);
    if (status == KEA_OK && (length < 0 || (size_t)length >= sizeof path))
        status = kea_error_set(err, KEA_ERR_IO, "the path %s is too long", folder);
    if (status == KEA_OK)
        status = kea_table_save(table, path, err);
    kea_table_free(table);
    return status;
}

kea_status kea_sensitivity_save(const kea_sensitivity *s, const char *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table;
    for (size_t i = 0; i < s->n_parts; i++) {
        const kea_sensitivity_part *part = &s->parts[i];
        status = kea_sensitivity_table(&table, s, part, err);
        KEA_TRY(save(&table, status, folder, part->stem, "", err));
        if (!part->turn)
            continue;
        status = kea_sensitivity_grid(&table, s, part, err);
        KEA_TRY(save(&table, status, folder, part->stem, "_curve", err));
    }
done:
    return status;
}

static kea_status write_table(FILE *out, const kea_sensitivity *s, const kea_sensitivity_part *part,
                              kea_error *err)
{
    kea_status status = KEA_OK;
    kea_table table;
    char line[TEXT];
    KEA_TRY(kea_sensitivity_table(&table, s, part, err));
    if (table.n_rows <= MOST_SHOWN || part->design->variation->kind != KEA_VARIATION_GRID) {
        KEA_TRY(kea_table_print(&table, out, err));
    } else {
        (void)fprintf(out, "%s\n", table.title);
        (void)snprintf(line, sizeof line, kea_text("%zu rows, in tables/%s.csv."), table.n_rows,
                       part->stem);
        kea_table_paragraph(out, line, KEA_TABLE_WIDTH, 0);
    }
    (void)fputc('\n', out);
done:
    kea_table_free(&table);
    return status;
}

kea_status kea_sensitivity_write(FILE *out, const kea_sensitivity *s, kea_error *err)
{
    kea_status status = KEA_OK;
    const kea_problem *problem = s->answers.problem;
    (void)fprintf(out, "%s\n\n", problem->title);
    for (size_t i = 0; i < s->n_parts; i++) {
        if (s->parts[i].turn)
            kea_sensitivity_say_threshold(out, s, &s->parts[i]);
        else
            KEA_TRY(write_table(out, s, &s->parts[i], err));
    }
    if (s->answers.caveat)
        kea_table_paragraph(out, kea_text(s->answers.caveat), KEA_TABLE_WIDTH, 0);
    if (ferror(out))
        status = kea_error_set(err, KEA_ERR_IO, "the summary cannot be written");
done:
    return status;
}
