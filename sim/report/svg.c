#include "sim/report/svg.h"

#include "sim/core/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The output is never longer than the input but for the title, so one buffer serves. */
typedef struct writer {
    char *out;
    size_t n;
} writer;

/* Attributes that only say what holds anyway, or (the baseline) what no reader understands. */
static const char *const needless[] = {"dominant-baseline=\"no-change\"", "xml:space=\"preserve\"",
                                       "stroke-opacity=\"1.000000\"",     "fill-rule=\"nonzero\"",
                                       "fill-opacity=\"1.000000\"",       "font-style=\"normal\"",
                                       "font-weight=\"normal\""};

static void put(writer *w, const char *bytes, size_t n)
{
    memcpy(w->out + w->n, bytes, n);
    w->n += n;
}

static void put_text(writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void put_escaped(writer *w, char byte)
{
    if (byte == '&')
        put_text(w, "&amp;");
    else if (byte == '<')
        put_text(w, "&lt;");
    else if (byte == '>')
        put_text(w, "&gt;");
    else
        put(w, &byte, 1);
}

static void put_character(writer *w, unsigned long code)
{
    if (code < 0x80) {
        put_escaped(w, (char)code);
        return;
    }
    char bytes[4];
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | code);
    put(w, bytes, n);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Between tags: numbered characters become themselves, line ends lose their indentation. */
static const char *tidy_content(writer *w, const char *at, const char *end)
{
    while (at < end && *at != '<') {
        if (*at == '\n') {
            put(w, "\n", 1);
            while (at < end && is_space(*at))
                at++;
        } else if (end - at > 4 && strncmp(at, "&#x", 3) == 0) {
            char *after = NULL;
            put_character(w, strtoul(at + 3, &after, 16));
            at = after < end && *after == ';' ? after + 1 : after;
        } else {
            put(w, at++, 1);
        }
    }
    return at;
}

/* A value of numbers: no zeros behind the last decimal, one space where there are several. */
static void tidy_numbers(writer *w, const char *at, const char *end)
{
    bool decimals = false;
    while (at < end) {
        if (is_space(*at)) {
            while (at < end && is_space(*at))
                at++;
            if (at < end)
                put(w, " ", 1);
            decimals = false;
            continue;
        }
        decimals = *at == '.' || (decimals && is_digit(*at));
        put(w, at++, 1);
        if (!decimals || (at < end && is_digit(*at)))
            continue;
        while (w->out[w->n - 1] == '0')
            w->n--;
        w->n -= w->out[w->n - 1] == '.' ? 1 : 0;
        at += end - at >= 4 && strncmp(at, "e+00", 4) == 0 ? 4 : 0;
        decimals = false;
    }
}

static bool is_needless(const char *attribute, size_t n)
{
    for (size_t i = 0; i < sizeof needless / sizeof needless[0]; i++)
        if (strlen(needless[i]) == n && strncmp(needless[i], attribute, n) == 0)
            return true;
    return false;
}

/* One attribute, from its name to its closing quote; returns what follows. */
static const char *tidy_attribute(writer *w, const char *at, const char *end)
{
    static const char numbers[] = "0123456789.,+-e \n\t";
    const char *open = memchr(at, '"', (size_t)(end - at));
    const char *close = open ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
    if (!close) {
        put(w, " ", 1);
        put(w, at, (size_t)(end - at));
        return end;
    }
    if (is_needless(at, (size_t)(close + 1 - at)))
        return close + 1;
    bool points = close - open > 3 && close[-1] == 't' && close[-2] == 'p' && is_digit(close[-3]);
    const char *last = points ? close - 2 : close; /* "800pt" of the page: pixels instead */
    put(w, " ", 1);
    put(w, at, (size_t)(open + 1 - at));
    bool numeric = strspn(open + 1, numbers) >= (size_t)(last - open - 1) ||
                   strncmp(open + 1, "matrix(", 7) == 0;
    if (numeric)
        tidy_numbers(w, open + 1, last);
    else
        put(w, open + 1, (size_t)(last - open - 1));
    put(w, "\"", 1);
    return close + 1;
}

static void put_title(writer *w, const char *title)
{
    put_text(w, "\n<title>");
    for (; *title; title++)
        put_escaped(w, *title);
    put_text(w, "</title>");
}

/* One tag, from '<' to '>'. */
static const char *tidy_tag(writer *w, const char *at, const char *end, const char *title)
{
    const char *close = memchr(at, '>', (size_t)(end - at));
    if (!close) {
        put(w, at, (size_t)(end - at));
        return end;
    }
    bool root = close - at > 4 && strncmp(at, "<svg", 4) == 0;
    if (at[1] == '?' || at[1] == '!' || at[1] == '/') {
        put(w, at, (size_t)(close + 1 - at));
        return close + 1;
    }
    while (at < close && !is_space(*at))
        put(w, at++, 1);
    while (at < close) {
        if (is_space(*at))
            at++;
        else if (*at == '/')
            put(w, at++, 1);
        else
            at = tidy_attribute(w, at, close);
    }
    if (root)
        put_text(w, " role=\"img\"");
    put(w, ">", 1);
    if (root && *title)
        put_title(w, title);
    return close + 1;
}

kea_status kea_svg_tidy(char **out, size_t *out_size, const char *svg, size_t size,
                        const char *title, kea_error *err)
{
    void *block = NULL;
    kea_status status = kea_memory_new(&block, size + 6 * strlen(title) + 200, 1, err);
    *out = block;
    *out_size = 0;
    if (status != KEA_OK)
        return status;
    writer w = {block, 0};
    const char *at = svg, *end = svg + size;
    while (at < end)
        at = *at == '<' ? tidy_tag(&w, at, end, title) : tidy_content(&w, at, end);
    w.out[w.n] = '\0';
    *out_size = w.n;
    return KEA_OK;
}
