/* See questions.h. */
#include "sim/cli/questions.h"

#include "sim/core/memory.h"
#include "sim/search/threshold.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AXIS_TEXT = 256, GRID_LEVELS = 5, THRESHOLD_LEVELS = 9 };

static const char *const options_of[KEA_N_QUESTION_KINDS] = {
    "--one-way", "--two-way", "--table", "--threshold", "--what-if", "--sobol", "--morris"};
static const char *const stems[KEA_N_QUESTION_KINDS] = {"one_way", "two_way", "table", "threshold",
                                                        "what_if", "sobol",   "morris"};

const char *kea_question_option(kea_question_kind kind)
{
    return options_of[kind];
}

/* The next of what commas separate, NULL after the last; *rest moves on. */
static char *next_item(char **rest)
{
    char *item = *rest;
    char *comma = item ? strchr(item, ',') : NULL;
    if (comma)
        *comma = '\0';
    *rest = comma ? comma + 1 : NULL;
    return item;
}

void kea_question_free(kea_question *question)
{
    kea_design_free(&question->design);
    kea_variation_free(&question->variation);
    kea_factors_free(&question->factors);
    for (size_t i = 0; i < KEA_VARIATION_AXES; i++)
        kea_varied_free(&question->axes[i]);
    *question = (kea_question){0};
}

/* ---------------------------------------------------------------- axes */

/* Reads "0.5", "x0.5" or "q0.05"; false when it is none. */
static bool read_level(const char **at, kea_varied_how *how, double *level)
{
    char *end = NULL;
    *how = **at == 'x' ? KEA_VARIED_FACTOR : **at == 'q' ? KEA_VARIED_QUANTILE : KEA_VARIED_VALUE;
    *at += *how != KEA_VARIED_VALUE;
    bool begins = (**at >= '0' && **at <= '9') || **at == '-' || **at == '.';
    *level = begins ? strtod(*at, &end) : 0.0;
    if (!begins || end == *at)
        return false;
    *at = end;
    return true;
}

/* Reads "FROM:TO" or "FROM:TO:N"; false when it is none. */
static bool read_levels(const char *text, kea_varied_how *how, kea_range *levels)
{
    kea_varied_how second;
    char *end = NULL;
    if (!read_level(&text, how, &levels->from) || *text++ != ':' ||
        !read_level(&text, &second, &levels->to) || second != *how)
        return false;
    if (*text == '\0')
        return true;
    if (*text != ':' || text[1] < '0' || text[1] > '9')
        return false;
    errno = 0;
    unsigned long n = strtoul(text + 1, &end, 10);
    levels->n = n;
    return errno == 0 && *end == '\0' && n >= 2;
}

/* What a name alone stands for. */
static void take_default(kea_question_kind kind, kea_varied_how *how, kea_range *levels)
{
    bool threshold = kind == KEA_ASK_THRESHOLD;
    *how = threshold ? KEA_VARIED_FACTOR : KEA_VARIED_QUANTILE;
    levels->from = threshold ? 0.0 : 0.025;
    levels->to = threshold ? 4.0 : 0.975;
}

/* Puts the option before what went wrong with its value. */
static kea_status say_option(kea_question_kind kind, kea_status status, const kea_error *why,
                             kea_error *err)
{
    return kea_error_at(err, status, why->file[0] ? why->file : NULL, why->line, "%s: %s",
                        options_of[kind], why->text);
}

static kea_status add_axis(kea_question *question, const kea_problem *problem, char *text,
                           kea_error *err)
{
    kea_varied_how how = KEA_VARIED_VALUE;
    kea_range levels = {0.0, 0.0,
                        question->kind == KEA_ASK_THRESHOLD ? THRESHOLD_LEVELS : GRID_LEVELS};
    kea_error why = {0};
    char *equals = strchr(text, '=');
    if (!equals)
        take_default(question->kind, &how, &levels);
    else if (!read_levels(equals + 1, &how, &levels))
        return kea_error_set(err, KEA_ERR_USAGE,
                             "%s: expected NAME=FROM:TO:N with N from 2, and x (times) or q "
                             "(quantile) before both numbers or none, found \"%s\"",
                             options_of[question->kind], text);
    if (equals)
        *equals = '\0';
    kea_varied *axis = &question->axes[question->n_axes++];
    kea_status status = kea_varied_init(axis, problem, text, how, &levels, &why);
    if (status == KEA_OK && question->kind == KEA_ASK_THRESHOLD)
        status = kea_threshold_check(axis, problem, &why);
    return status == KEA_OK ? KEA_OK : say_option(question->kind, status, &why, err);
}

/* The number of axes that a kind takes. */
static kea_status check_count(const kea_question *question, const char *text, size_t n,
                              kea_error *err)
{
    const char *option = options_of[question->kind];
    bool one = question->kind == KEA_ASK_ONE_WAY || question->kind == KEA_ASK_THRESHOLD;
    if (one && n != 1)
        return kea_error_set(err, KEA_ERR_USAGE, "%s: expected one number to vary, found \"%s\"",
                             option, text);
    if (question->kind == KEA_ASK_TWO_WAY && n != 2)
        return kea_error_set(err, KEA_ERR_USAGE,
                             "%s: expected two numbers to vary with a comma between them, found "
                             "\"%s\"",
                             option, text);
    if (n > KEA_VARIATION_AXES)
        return kea_error_set(err, KEA_ERR_USAGE, "%s: expected 1 to %d numbers to vary, found %zu",
                             option, KEA_VARIATION_AXES, n);
    return KEA_OK;
}

static kea_status read_axes(kea_question *question, const kea_problem *problem, const char *text,
                            kea_error *err)
{
    kea_status status = KEA_OK;
    char *copy = NULL, *rest = NULL;
    size_t n = 1;
    for (const char *c = text; *c; c++)
        n += *c == ',';
    KEA_TRY(check_count(question, text, n, err));
    KEA_TRY(kea_memory_copy_text(&copy, text, err));
    rest = copy;
    for (char *axis = next_item(&rest); axis; axis = next_item(&rest))
        KEA_TRY(add_axis(question, problem, axis, err));
done:
    free(copy);
    return status;
}

/* "one_way_price_a", "two_way_a_b": the elements' dots become "_". */
static void name_question(kea_question *question)
{
    size_t used =
        (size_t)snprintf(question->stem, sizeof question->stem, "%s", stems[question->kind]);
    for (size_t i = 0; i < question->n_axes && question->kind != KEA_ASK_TABLE; i++) {
        int n = snprintf(question->stem + used, sizeof question->stem - used, "_%.100s",
                         question->axes[i].name);
        used += n > 0 ? (size_t)n : 0;
    }
    for (char *c = question->stem; *c; c++)
        *c = *c == '.' ? '_' : *c;
}

/* ---------------------------------------------------------------- factors */

/* Joins what one --group names. */
static kea_status label_group(const kea_problem *problem, const char *group, size_t own,
                              size_t *label, kea_error *err)
{
    kea_status status = KEA_OK;
    char *copy = NULL, *rest = NULL;
    KEA_TRY(kea_memory_copy_text(&copy, group, err));
    rest = copy;
    for (char *name = next_item(&rest); name; name = next_item(&rest)) {
        kea_error why = {0};
        size_t first = 0, n = 0, varied = 0;
        status = kea_problem_find_named(problem, name, &first, &n, &why);
        if (status != KEA_OK) {
            status = kea_error_set(err, KEA_ERR_USAGE, "--group: %s", why.text);
            goto done;
        }
        for (size_t i = first; i < first + n; i++) {
            varied += kea_design_is_varied(problem, i);
            label[i] = own;
        }
        if (varied == 0) {
            status = kea_error_set(err, KEA_ERR_USAGE,
                                   "--group: '%s' is certain or not used; a group holds uncertain "
                                   "numbers",
                                   name);
            goto done;
        }
    }
done:
    free(copy);
    return status;
}

static kea_status make_factors(kea_question *question, const kea_problem *problem,
                               const kea_question_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, problem->n_entries, sizeof(size_t), err));
    size_t *label = block;
    for (size_t i = 0; i < problem->n_entries; i++)
        label[i] = KEA_NO_LABEL;
    if (options->by_parameter)
        kea_factors_by_parameter(problem, label);
    for (size_t g = 0; g < options->n_groups; g++)
        KEA_TRY(label_group(problem, options->groups[g], KEA_NO_LABEL - 1 - g, label, err));
    KEA_TRY(kea_factors_init(&question->factors, problem, label, err));
done:
    free(block);
    return status;
}

/* ---------------------------------------------------------------- questions */

static kea_status make_variation(kea_question *question, const kea_problem *problem,
                                 const kea_question_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    kea_error why = {0};
    switch (question->kind) {
    case KEA_ASK_WHAT_IF:
        status = kea_variation_what_if(&question->variation, problem, &why);
        break;
    case KEA_ASK_SOBOL:
        KEA_TRY(make_factors(question, problem, options, err));
        status = kea_variation_sobol(&question->variation, problem, &question->factors,
                                     options->rows, &why);
        break;
    case KEA_ASK_MORRIS:
        KEA_TRY(make_factors(question, problem, options, err));
        status = kea_variation_morris(&question->variation, problem, &question->factors,
                                      options->trajectories, &why);
        break;
    default:
        status = kea_variation_grid(&question->variation, problem, question->n_axes, question->axes,
                                    &why);
    }
    if (status != KEA_OK)
        return say_option(question->kind, status, &why, err);
    if (question->variation.kind == KEA_VARIATION_GRID ||
        question->variation.kind == KEA_VARIATION_WHAT_IF)
        question->variation.drawn = options->drawn;
done:
    return status;
}

kea_status kea_question_make(kea_question *question, const kea_problem *problem,
                             kea_question_kind kind, const char *text,
                             const kea_question_options *options, kea_error *err)
{
    kea_status status = KEA_OK;
    size_t repeats = kind == KEA_ASK_SOBOL    ? options->rows
                     : kind == KEA_ASK_MORRIS ? options->trajectories
                                              : options->repeats;
    *question = (kea_question){.kind = kind};
    if (text)
        KEA_TRY(read_axes(question, problem, text, err));
    name_question(question);
    KEA_TRY(make_variation(question, problem, options, err));
    KEA_TRY(kea_design_varied(&question->design, problem, &question->variation, stems[kind],
                              repeats, err));
done:
    return status;
}
