/* One pass over the tokens of a line, with the open brackets kept between lines; see lexer.h. */
#include "sim/inputs/lexer.h"

#include "sim/core/memory.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_NAME SIZE_MAX

/* Far more than any model has; looking for duplicates takes time with the square of it. */
enum { MAX_NAMES = 10000 };

/* The line being read, and where we are in it. */
typedef struct cursor {
    const char *at;
    const char *end;
} cursor;

void kea_lexer_init(kea_lexer *lexer)
{
    *lexer = (kea_lexer){.name = NO_NAME, .n_groups = 1};
}

void kea_lexer_free(kea_lexer *lexer)
{
    kea_buffer_free(&lexer->out);
    free(lexer->names);
    kea_lexer_init(lexer);
}

/* Adds one name and a point to a path, as far as it fits. */
static void add_to_path(const kea_lexer *lexer, size_t name, char *path, size_t size)
{
    size_t used = strlen(path);
    if (name == NO_NAME || lexer->out.failed)
        return;
    (void)snprintf(path + used, size - used, "%s%.*s", used > 0 ? "." : "",
                   (int)lexer->names[name].length, lexer->out.text + lexer->names[name].at);
}

/* An error on the current line, after the path of the setting being read. */
static kea_status KEA_PRINTF(3, 4)
    fail(const kea_lexer *lexer, kea_error *err, const char *format, ...)
{
    char path[256] = "", text[700];
    for (size_t i = 0; i < lexer->depth; i++)
        add_to_path(lexer, lexer->open[i].name, path, sizeof path);
    add_to_path(lexer, lexer->name, path, sizeof path);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return kea_error_at(err, KEA_ERR_INPUT, lexer->file, lexer->line, "%s%s%s", path,
                        path[0] ? ": " : "", text);
}

static bool in_list(const kea_lexer *lexer)
{
    return lexer->depth > 0 && lexer->open[lexer->depth - 1].open != '{';
}

static size_t current_group(const kea_lexer *lexer)
{
    return lexer->depth > 0 ? lexer->open[lexer->depth - 1].group : 0;
}

static kea_status check_duplicate(kea_lexer *lexer, kea_error *err)
{
    size_t group = current_group(lexer);
    for (size_t i = 0; i < lexer->n_names; i++) {
        const kea_lexer_name *name = &lexer->names[i];
        if (name->group != group || name->length != lexer->word_length ||
            memcmp(lexer->out.text + name->at, lexer->out.text + lexer->word, name->length) != 0)
            continue;
        lexer->name = i;
        return fail(lexer, err, "is given twice, the first time at %s:%d; remove one of the two",
                    name->file, name->line);
    }
    return KEA_OK;
}

/* The word before = or : is a name that gets a value. */
static kea_status begin_value(kea_lexer *lexer, char sign, kea_error *err)
{
    kea_status status = KEA_OK;
    if (!lexer->has_word)
        return fail(lexer, err, "found '%c' without a name before it", sign);
    KEA_TRY(check_duplicate(lexer, err));
    if (lexer->n_names == MAX_NAMES)
        return fail(lexer, err, "more than %d settings stand in one scenario", MAX_NAMES);
    if (lexer->n_names == lexer->names_capacity) {
        size_t capacity = 2 * lexer->names_capacity + 64;
        void *names = lexer->names;
        KEA_TRY(kea_memory_resize(&names, capacity, sizeof *lexer->names, err));
        lexer->names = names;
        lexer->names_capacity = capacity;
    }
    lexer->names[lexer->n_names] = (kea_lexer_name){.group = current_group(lexer),
                                                    .at = lexer->word,
                                                    .length = lexer->word_length,
                                                    .file = lexer->file,
                                                    .line = lexer->line};
    lexer->name = lexer->n_names++;
    lexer->has_word = false;
    lexer->wants_value = true;
    kea_buffer_add_bytes(&lexer->out, &sign, 1);
done:
    return status;
}

/* Checks that a value may stand here. Texts one after another are parts of one text. */
static kea_status take_value(kea_lexer *lexer, bool is_text, kea_error *err)
{
    bool continues = is_text && lexer->last == KEA_LEXER_TEXT;
    if (lexer->wants_value || continues) {
        lexer->wants_value = false;
    } else if (!in_list(lexer)) {
        if (lexer->last != KEA_LEXER_START && lexer->last != KEA_LEXER_SEPARATOR)
            return fail(lexer, err, "found a second value after the first, expected ';'");
        lexer->name = NO_NAME;
        return fail(lexer, err, "found a value without a name and '=' before it");
    } else if (lexer->last != KEA_LEXER_START && lexer->last != KEA_LEXER_SEPARATOR) {
        return fail(lexer, err, "expected ',' between two values");
    }
    lexer->last = is_text ? KEA_LEXER_TEXT : KEA_LEXER_VALUE;
    return KEA_OK;
}

static kea_status open_bracket(kea_lexer *lexer, char open, kea_error *err)
{
    size_t name = lexer->wants_value ? lexer->name : NO_NAME;
    if (lexer->depth == KEA_LEXER_DEPTH)
        return fail(lexer, err, "more than %d brackets are open", KEA_LEXER_DEPTH);
    kea_status status = take_value(lexer, false, err);
    if (status != KEA_OK)
        return status;
    size_t group = open == '{' ? lexer->n_groups++ : current_group(lexer);
    lexer->open[lexer->depth++] = (kea_lexer_bracket){
        .open = open,
        .group = group,
        .name = name,
        .line = lexer->line,
    };
    lexer->last = KEA_LEXER_START;
    lexer->name = NO_NAME;
    kea_buffer_add_bytes(&lexer->out, open == '{' ? "{" : "(", 1);
    return KEA_OK;
}

static char closer(char open)
{
    return open == '{' ? '}' : open == '[' ? ']' : ')';
}

static kea_status close_bracket(kea_lexer *lexer, char close, kea_error *err)
{
    if (lexer->wants_value)
        return fail(lexer, err, "expected a value before '%c'", close);
    if (lexer->depth == lexer->floor)
        return fail(lexer, err, "'%c' closes nothing that this file opened", close);
    lexer->name = NO_NAME;
    const kea_lexer_bracket *top = &lexer->open[lexer->depth - 1];
    if (close != closer(top->open))
        return fail(lexer, err, "expected '%c' to close the '%c' of line %d, found '%c'",
                    closer(top->open), top->open, top->line, close);
    if (in_list(lexer) && lexer->last == KEA_LEXER_SEPARATOR)
        return fail(lexer, err, "expected a value after ',', found '%c'", close);
    lexer->depth--;
    lexer->last = KEA_LEXER_VALUE;
    kea_buffer_add_bytes(&lexer->out, close == '}' ? "}" : ")", 1);
    return KEA_OK;
}

static kea_status read_text(kea_lexer *lexer, cursor *line, kea_error *err)
{
    const char *start = line->at;
    for (line->at++; line->at < line->end && *line->at != '"'; line->at++) {
        if (*line->at == '\\' && line->at + 1 < line->end)
            line->at++;
    }
    if (line->at >= line->end)
        return fail(lexer, err, "the text that starts with %.*s has no closing quote on this line",
                    (int)(line->end - start < 20 ? line->end - start : 20), start);
    line->at++;
    kea_buffer_add_bytes(&lexer->out, start, (size_t)(line->at - start));
    return take_value(lexer, true, err);
}

static bool is_word_part(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '*';
}

static kea_status read_word(kea_lexer *lexer, cursor *line, kea_error *err)
{
    const char *start = line->at;
    while (line->at < line->end && is_word_part(*line->at))
        line->at++;
    int length = (int)(line->at - start);
    if (!lexer->wants_value && !in_list(lexer)) {
        lexer->has_word = true;
        lexer->word = lexer->out.length;
        lexer->word_length = (size_t)length;
    } else if ((length == 4 && strncmp(start, "true", 4) == 0) ||
               (length == 5 && strncmp(start, "false", 5) == 0)) {
        kea_status status = take_value(lexer, false, err);
        if (status != KEA_OK)
            return status;
    } else if (length >= 3 &&
               (strncmp(start, "inf", 3) == 0 || (length == 3 && strncmp(start, "nan", 3) == 0))) {
        return fail(lexer, err, "expected a finite number, found %.*s", length, start);
    } else {
        return fail(lexer, err,
                    "expected a value, found the word %.*s; put texts between quotes: \"%.*s\"",
                    length, start, length, start);
    }
    kea_buffer_add_bytes(&lexer->out, start, (size_t)length);
    return KEA_OK;
}

/* The form of a number: counts of digits and where point and exponent stand. */
typedef struct number_form {
    size_t digits, exponent_digits;
    bool has_point;
    const char *exponent; /* its e, or NULL */
} number_form;

/* Follows sign, digits, point, digits, exponent; returns where that ends. */
static const char *number_end(const char *at, const char *end, number_form *form)
{
    *form = (number_form){0};
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    for (; at < end && (isdigit((unsigned char)*at) || (*at == '.' && !form->has_point)); at++) {
        form->has_point = form->has_point || *at == '.';
        form->digits += *at != '.';
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        form->exponent = at++;
        if (at < end && (*at == '+' || *at == '-'))
            at++;
        for (; at < end && isdigit((unsigned char)*at); at++)
            form->exponent_digits++;
    }
    return at;
}

/* Adds a number to what libconfig gets, in a form that it reads rightly. */
static kea_status add_number(kea_lexer *lexer, const char *text, const number_form *form,
                             kea_error *err)
{
    errno = 0;
    if (!form->has_point && !form->exponent) {
        long long whole = strtoll(text, NULL, 10);
        if (errno == ERANGE || whole > INT_MAX || whole < INT_MIN)
            return fail(lexer, err,
                        "the whole number %s is too large; write it as %s.0, or a seed as quoted "
                        "text",
                        text, text);
        kea_buffer_add(&lexer->out, "%s", text);
        return KEA_OK;
    }
    if (!isfinite(strtod(text, NULL)))
        return fail(lexer, err, "expected a finite number, found %s", text);
    if (form->has_point) {
        kea_buffer_add(&lexer->out, "%s", text);
        return KEA_OK;
    }
    const char *exponent = strpbrk(text, "eE");
    kea_buffer_add(&lexer->out, "%.*s.0%s", (int)(exponent - text), text, exponent);
    return KEA_OK;
}

static kea_status read_number(kea_lexer *lexer, cursor *line, kea_error *err)
{
    number_form form;
    char text[64];
    const char *start = line->at;
    line->at = number_end(start, line->end, &form);
    bool whole = form.digits > 0 && (!form.exponent || form.exponent_digits > 0);
    while (line->at < line->end && (is_word_part(*line->at) || *line->at == '.')) {
        line->at++;
        whole = false;
    }
    size_t length = (size_t)(line->at - start);
    if (!whole || length >= sizeof text)
        return fail(lexer, err, "%.*s is not a number; write numbers like 7700, 0.25 or 1.5e-3",
                    (int)(length < sizeof text ? length : sizeof text), start);
    memcpy(text, start, length);
    text[length] = 0;
    kea_status status = KEA_OK;
    KEA_TRY(take_value(lexer, false, err));
    KEA_TRY(add_number(lexer, text, &form, err));
    if (!in_list(lexer) && line->end - line->at > 1 && line->at[0] == ',' &&
        isdigit((unsigned char)line->at[1]))
        return fail(lexer, err, "found a comma inside a number, %s,%c...; write a decimal point",
                    text, line->at[1]);
done:
    return status;
}

/* Skips the rest of a comment between the signs for that. */
static void skip_comment(kea_lexer *lexer, cursor *line)
{
    for (; line->at < line->end; line->at++) {
        if (line->end - line->at > 1 && line->at[0] == '*' && line->at[1] == '/') {
            line->at += 2;
            lexer->in_comment = false;
            return;
        }
    }
}

/* Skips blanks and comments; true when something is left on the line. */
static bool skip_blank(kea_lexer *lexer, cursor *line)
{
    while (line->at < line->end) {
        char next = line->end - line->at > 1 ? line->at[1] : 0;
        if (lexer->in_comment) {
            skip_comment(lexer, line);
        } else if (*line->at == '#' || (*line->at == '/' && next == '/')) {
            line->at = line->end;
        } else if (*line->at == '/' && next == '*') {
            line->at += 2;
            lexer->in_comment = true;
            lexer->comment_line = lexer->line;
        } else if (*line->at == ' ' || *line->at == '\t' || *line->at == '\r') {
            line->at++;
        } else {
            return true;
        }
    }
    return false;
}

static kea_status read_sign(kea_lexer *lexer, cursor *line, kea_error *err)
{
    char sign = *line->at++;
    if (sign == '{' || sign == '[' || sign == '(')
        return open_bracket(lexer, sign, err);
    if (sign == '}' || sign == ']' || sign == ')')
        return close_bracket(lexer, sign, err);
    if (sign == '=' || sign == ':')
        return begin_value(lexer, sign, err);
    if (sign == '%')
        return fail(lexer, err, "write a share or rate as a number like 0.85, without '%%'");
    if (sign != ';' && sign != ',') {
        lexer->name = NO_NAME;
        return (unsigned char)sign < 0x80
                   ? fail(lexer, err, "'%c' cannot stand here", sign)
                   : fail(lexer, err,
                          "a special character stands outside a quoted text; are the quotes "
                          "straight (\")?");
    }
    if (lexer->wants_value)
        return fail(lexer, err, "expected a value before '%c'", sign);
    if (lexer->last == KEA_LEXER_START || lexer->last == KEA_LEXER_SEPARATOR)
        return fail(lexer, err, "found '%c' without a setting or value before it", sign);
    if (in_list(lexer) && sign == ';')
        return fail(lexer, err, "expected ',' or the end of the list, found ';'");
    lexer->last = KEA_LEXER_SEPARATOR;
    kea_buffer_add_bytes(&lexer->out, &sign, 1);
    return KEA_OK;
}

static kea_status read_token(kea_lexer *lexer, cursor *line, kea_error *err)
{
    char first = *line->at;
    if (lexer->has_word && first != '=' && first != ':') {
        lexer->name = NO_NAME;
        return fail(lexer, err, "expected '=' after the name %.*s, found '%c'",
                    (int)lexer->word_length, lexer->out.text + lexer->word, first);
    }
    if (first == '"')
        return read_text(lexer, line, err);
    if (isdigit((unsigned char)first) || first == '+' || first == '-' || first == '.')
        return read_number(lexer, line, err);
    if (isalpha((unsigned char)first) || first == '*' || first == '_')
        return read_word(lexer, line, err);
    return read_sign(lexer, line, err);
}

kea_status kea_lexer_line(kea_lexer *lexer, const char *text, size_t length, kea_error *err)
{
    kea_status status = KEA_OK;
    cursor line = {text, text + length};
    while (skip_blank(lexer, &line)) {
        KEA_TRY(read_token(lexer, &line, err));
        /* a number and a word must not run together once the comment between them is gone */
        kea_buffer_add(&lexer->out, " ");
    }
    kea_buffer_add(&lexer->out, "\n");
    if (lexer->out.failed)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory to read %s", lexer->file);
done:
    return status;
}

kea_status kea_lexer_end(kea_lexer *lexer, kea_error *err)
{
    if (lexer->in_comment) {
        lexer->line = lexer->comment_line;
        lexer->name = NO_NAME;
        lexer->depth = lexer->floor;
        return fail(lexer, err, "the comment that starts here is never closed with */");
    }
    if (lexer->depth > lexer->floor) {
        lexer->name = NO_NAME;
        char open = lexer->open[lexer->depth - 1].open;
        lexer->line = lexer->open[lexer->depth - 1].line;
        return fail(lexer, err, "the '%c' that is opened here is never closed with '%c'", open,
                    closer(open));
    }
    if (lexer->wants_value)
        return fail(lexer, err, "expected a value, found the end of the file");
    lexer->name = NO_NAME;
    if (lexer->has_word)
        return fail(lexer, err, "expected '=' after a name, found the end of the file");
    return KEA_OK;
}
