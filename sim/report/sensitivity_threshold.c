/* Where an answer turns: a row and a sentence per strategy. */
#include "sim/report/sensitivity_shared.h"

#include "sim/report/answers_shared.h"
#include "sim/report/text.h"

#include <math.h>
#include <stdio.h>

enum { TEXT = KEA_SENSITIVITY_TEXT, SENTENCE = 1024 };

/* Columns. */
enum {
    STRATEGY,
    PARAMETER,
    VARIED,
    FROM,
    TO,
    FOUND,
    THRESHOLD,
    ERROR,
    VALUE,
    BASE,
    AT,
    AT_FROM,
    AT_TO,
    TIMES,
    COLUMNS
};

static const char *how_name(kea_varied_how how)
{
    return how == KEA_VARIED_VALUE ? "value" : how == KEA_VARIED_FACTOR ? "factor" : "quantile";
}

static const kea_varied *axis_of(const kea_sensitivity_part *part)
{
    return &part->design->variation->axes[0];
}

static double base_value(const kea_sensitivity *s, const kea_sensitivity_part *part)
{
    const kea_varied *varied = axis_of(part);
    return varied->n_entries == 1 ? s->answers.problem->entries[varied->entries[0]].value
                                  : (double)NAN;
}

static void put_row(kea_table *table, const kea_sensitivity *s, const kea_sensitivity_part *part,
                    size_t arm)
{
    const kea_sensitivity_crossing *turn = &part->turn[arm];
    const kea_varied *varied = axis_of(part);
    const kea_varied_words w = kea_sensitivity_axis(s, part, 0);
    const char *name = s->answers.problem->care[part->design->arms[arm].care].name;
    const int own = KEA_COLUMN_DECIMALS;
    double level = turn->found ? turn->level : (double)NAN;
    kea_table_row(table);
    kea_table_key(table, STRATEGY, name, kea_text(name));
    kea_table_key(table, PARAMETER, varied->name, w.name);
    kea_table_text(table, VARIED, how_name(varied->how));
    kea_table_number(table, FROM, varied->levels.from, own);
    kea_table_number(table, TO, varied->levels.to, own);
    kea_table_text(table, FOUND, turn->found ? "yes" : "no");
    kea_table_number(table, THRESHOLD, level, own);
    kea_table_number(table, ERROR, turn->error, own);
    kea_table_number(
        table, VALUE,
        turn->found && w.has_value ? kea_sensitivity_along(s, part, 0, level) : (double)NAN, own);
    kea_table_number(table, BASE, base_value(s, part), own);
    kea_table_number(table, AT, s->goal, own);
    kea_table_number(table, AT_FROM, turn->at_low, own);
    kea_table_number(table, AT_TO, turn->at_high, own);
    kea_table_number(table, TIMES, (double)turn->times, 0);
}

kea_status kea_sensitivity_thresholds(kea_table *table, const kea_sensitivity *s,
                                      const kea_sensitivity_part *part, kea_error *err)
{
    const kea_column_use csv = KEA_COLUMN_CSV; /* people get sentences */
    const kea_quantity_words of = kea_sensitivity_words(s, s->of);
    char at[TEXT], at_from[TEXT], at_to[TEXT];
    (void)snprintf(at, sizeof at, "%s", of.column);
    (void)snprintf(at_from, sizeof at_from, "%s_at_from", of.column);
    (void)snprintf(at_to, sizeof at_to, "%s_at_to", of.column);
    const kea_column columns[COLUMNS] = {[STRATEGY] = {"strategy", "", "", 0, csv},
                                         [PARAMETER] = {"parameter", "", "", 0, csv},
                                         [VARIED] = {"varied", "", "", 0, csv},
                                         [FROM] = {"from", "", "", 0, csv},
                                         [TO] = {"to", "", "", 0, csv},
                                         [FOUND] = {"found", "", "", 0, csv},
                                         [THRESHOLD] = {"threshold", "", "", 0, csv},
                                         [ERROR] = {"threshold_error", "", "", 0, csv},
                                         [VALUE] = {"threshold_value", "", "", 0, csv},
                                         [BASE] = {"base_value", "", "", 0, csv},
                                         [AT] = {at, "", "", 0, csv},
                                         [AT_FROM] = {at_from, "", "", 0, csv},
                                         [AT_TO] = {at_to, "", "", 0, csv},
                                         [TIMES] = {"times_crossed", "", "", 0, csv}};
    kea_answers_table(table, &s->answers, kea_text("Where the answer turns"), COLUMNS, columns);
    for (size_t arm = 1; arm < part->design->n_arms; arm++)
        put_row(table, s, part, arm);
    return kea_table_check(table, err);
}

/* ---------------------------------------------------------------- sentences */

/* A level of the axis with its unit: "12.5 hours", "31%", "0.4 times its base value". */
static void write_level(const kea_sensitivity *s, const kea_sensitivity_part *part, double level,
                        char *text, size_t size)
{
    const kea_varied_words w = kea_sensitivity_axis(s, part, 0);
    const kea_varied *varied = axis_of(part);
    const char *currency = s->answers.frame->currency;
    char number[64];
    double x = kea_sensitivity_along(s, part, 0, level);
    const kea_unit percent = kea_unit_percent();
    kea_number_write(number, sizeof number, x, 4);
    if (!w.has_value && varied->how == KEA_VARIED_FACTOR)
        (void)snprintf(text, size, kea_text("%s times its base value"), number);
    else if (!w.has_value)
        (void)snprintf(text, size, kea_text("its quantile %s"), number);
    else if (w.share)
        kea_unit_write(text, size, x, &percent, 4);
    else if (w.unit[0] && w.unit == currency)
        kea_money_write(text, size, currency, x, 4);
    else
        (void)snprintf(text, size, "%s%s%s", number, w.unit[0] ? " " : "", w.unit);
}

/* The standard error of the threshold on the scale of the sentence. */
static void write_error(const kea_sensitivity *s, const kea_sensitivity_part *part,
                        const kea_sensitivity_crossing *turn, char *text, size_t size)
{
    double low = kea_sensitivity_along(s, part, 0, turn->level - turn->error);
    double high = kea_sensitivity_along(s, part, 0, turn->level + turn->error);
    char from[TEXT], to[TEXT];
    text[0] = '\0';
    if (part->design->n_repeats < 2 || !isfinite(low) || !isfinite(high) || !(turn->error > 0))
        return;
    write_level(s, part, turn->level - turn->error, from, sizeof from);
    write_level(s, part, turn->level + turn->error, to, sizeof to);
    (void)snprintf(text, size, kea_text(" (one Monte Carlo standard error: %s to %s)"), from, to);
}

static void say_found(const kea_sensitivity *s, const kea_sensitivity_part *part, size_t arm,
                      char *text)
{
    const kea_sensitivity_crossing *turn = &part->turn[arm];
    const kea_varied_words w = kea_sensitivity_axis(s, part, 0);
    const kea_quantity_words of = kea_sensitivity_words(s, s->of);
    char goal[TEXT], level[TEXT], error[2 * TEXT];
    kea_sensitivity_amount(s, s->of, s->goal, goal, sizeof goal);
    write_level(s, part, turn->level, level, sizeof level);
    write_error(s, part, turn, error, sizeof error);
    /* TRANSLATORS: a strategy, "net benefit", "EUR 0", a number's name, its value, an interval */
    (void)snprintf(text, SENTENCE, kea_text("%s: the %s is %s where \"%s\" is %s%s, and %s."),
                   kea_answers_name(s->answers.problem, arm), of.title, goal, w.name, level, error,
                   turn->slope > 0   ? kea_text("larger above that")
                   : turn->slope < 0 ? kea_text("smaller above that")
                                     : kea_text("the same around that"));
}

static void say_missed(const kea_sensitivity *s, const kea_sensitivity_part *part, size_t arm,
                       char *text)
{
    const kea_sensitivity_crossing *turn = &part->turn[arm];
    const kea_varied_words w = kea_sensitivity_axis(s, part, 0);
    const kea_quantity_words of = kea_sensitivity_words(s, s->of);
    char goal[TEXT], from[TEXT], to[TEXT], low[TEXT], high[TEXT];
    kea_sensitivity_amount(s, s->of, s->goal, goal, sizeof goal);
    kea_sensitivity_amount(s, s->of, turn->at_low, low, sizeof low);
    kea_sensitivity_amount(s, s->of, turn->at_high, high, sizeof high);
    write_level(s, part, axis_of(part)->levels.from, from, sizeof from);
    write_level(s, part, axis_of(part)->levels.to, to, sizeof to);
    /* TRANSLATORS: a strategy, "net benefit", "EUR 0", a number's name, and its and the quantity's
     * values at both ends */
    (void)snprintf(text, SENTENCE,
                   kea_text("%s: the %s is nowhere %s with \"%s\" between %s and %s: it is %s at "
                            "one end and %s at the other."),
                   kea_answers_name(s->answers.problem, arm), of.title, goal, w.name, from, to, low,
                   high);
}

void kea_sensitivity_say_threshold(FILE *out, const kea_sensitivity *s,
                                   const kea_sensitivity_part *part)
{
    char text[SENTENCE], more[TEXT];
    for (size_t arm = 1; arm < part->design->n_arms; arm++) {
        const kea_sensitivity_crossing *turn = &part->turn[arm];
        if (turn->found)
            say_found(s, part, arm, text);
        else
            say_missed(s, part, arm, text);
        kea_table_paragraph(out, text, KEA_TABLE_WIDTH, 2);
        if (turn->times < 2)
            continue;
        (void)snprintf(more, sizeof more,
                       kea_text("It gets there %zu times within that range; this is one of them."),
                       turn->times);
        kea_table_paragraph(out, more, KEA_TABLE_WIDTH, 2);
    }
    (void)fputc('\n', out);
}
