/* Looking at figures that were drawn into `folder`: for tests of figures. */
#ifndef KEA_TESTS_SUPPORT_DRAWN_H
#define KEA_TESTS_SUPPORT_DRAWN_H

#include "tests/support/support.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 600 };

static char folder[PATH];

/* The whole of folder/name.suffix, 0-terminated; the caller frees. */
static inline char *read_file(const char *name, const char *suffix, size_t *size)
{
    char path[2 * PATH];
    (void)snprintf(path, sizeof path, "%s/%s.%s", folder, name, suffix);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("'%s' is not there", path);
    char *text = calloc(1, 2000000);
    assert_non_null(text);
    *size = fread(text, 1, 1999999, file);
    (void)fclose(file);
    return text;
}

static inline bool exists(const char *file_name)
{
    char path[2 * PATH];
    struct stat about;
    (void)snprintf(path, sizeof path, "%s/%s", folder, file_name);
    return lstat(path, &about) == 0;
}

/* Every tag that opens also closes, in order, and no '&' stands alone. */
static inline void assert_well_formed(const char *svg)
{
    enum { DEEPEST = 20, LONGEST = 30 };
    char open[DEEPEST][LONGEST];
    int depth = 0;
    for (const char *at = svg; *at; at++) {
        if (*at == '&' && strncmp(at, "&amp;", 5) != 0 && strncmp(at, "&lt;", 4) != 0 &&
            strncmp(at, "&gt;", 4) != 0)
            fail_msg("a lone '&' at '%.30s'", at);
        if (*at != '<' || at[1] == '?' || at[1] == '!')
            continue;
        const char *end = strchr(at, '>');
        assert_non_null(end);
        bool closes = at[1] == '/';
        const char *tag = at + (closes ? 2 : 1);
        size_t n = strcspn(tag, " />\n");
        assert_true(n > 0 && n < LONGEST);
        if (closes) {
            assert_true(depth-- > 0);
            assert_true(strlen(open[depth]) == n && strncmp(open[depth], tag, n) == 0);
        } else if (end[-1] != '/') {
            assert_true(depth < DEEPEST);
            memcpy(open[depth], tag, n);
            open[depth++][n] = '\0';
        }
    }
    assert_int_equal(depth, 0);
}

static inline void assert_svg_says(const char *name, const char *words)
{
    size_t size;
    char *svg = read_file(name, "svg", &size);
    if (!strstr(svg, words))
        fail_msg("%s.svg does not say '%s'", name, words);
    free(svg);
}

static inline void assert_svg_silent(const char *name, const char *words)
{
    size_t size;
    char *svg = read_file(name, "svg", &size);
    if (strstr(svg, words))
        fail_msg("%s.svg says '%s'", name, words);
    free(svg);
}

static inline void assert_three_files(const char *name)
{
    static const char *const start[3] = {"<?xml", "\x89PNG", "%PDF-"};
    static const char *const suffix[3] = {"svg", "png", "pdf"};
    for (int f = 0; f < 3; f++) {
        size_t size;
        char *text = read_file(name, suffix[f], &size);
        assert_int_equal(strncmp(text, start[f], strlen(start[f])), 0);
        assert_true(size > 1000);
        if (f == 0) {
            assert_true(size < 150000);
            assert_well_formed(text);
        }
        free(text);
        char part[PATH];
        (void)snprintf(part, sizeof part, "%s.%s.part", name, suffix[f]);
        assert_false(exists(part));
    }
}

/* Makes the folder; 0 when it is there. */
static inline int open_folder(void)
{
    const char *parent = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/kea_figures_XXXXXX", parent ? parent : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

/* Removes the figures and the folder; fails when a figure left anything else. */
static inline int close_folder(size_t n, const char *const *names)
{
    static const char *const suffix[] = {"svg", "png", "pdf"};
    char path[2 * PATH];
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < 3; f++) {
            (void)snprintf(path, sizeof path, "%s/%s.%s", folder, names[i], suffix[f]);
            (void)remove(path);
        }
    return rmdir(folder);
}

#endif
