/* Files, their includes and their checks as a whole; see source.h. */
#include "sim/inputs/source.h"

#include "sim/core/memory.h"
#include "sim/inputs/buffer.h"
#include "sim/inputs/lexer.h"
#include "sim/inputs/plain_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Includes in includes, and files in all: more is a mistake, or made to fill the memory. */
enum { MAX_DEPTH = 16, MAX_FILES = 200, MAX_BYTES = 1024 * 1024 };

/* A file being read, and the one that included it. */
typedef struct open_file {
    const struct open_file *parent;
    const char *path;
    dev_t device;
    ino_t inode;
} open_file;

typedef struct reader {
    kea_source *source;
    kea_lexer lexer;
    char *folder; /* of the first file */
    const char *at_file;
    int at_line; /* the @include being followed; 0 for the first file */
} reader;

kea_status kea_source_folder(char **folder, const char *path, kea_error *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return kea_memory_copy_text(folder, ".", err);
    kea_status status = kea_memory_copy_text(folder, path, err);
    if (status == KEA_OK)
        (*folder)[slash == path ? 1 : slash - path] = 0;
    return status;
}

kea_status kea_source_join(char **path, const char *folder, const char *name, kea_error *err)
{
    kea_buffer buffer = {0};
    bool alone = name[0] == '/' || strcmp(folder, ".") == 0;
    bool slash = folder[0] && folder[strlen(folder) - 1] == '/';
    kea_buffer_add(&buffer, "%s%s%s", alone ? "" : folder, alone || slash ? "" : "/", name);
    return kea_buffer_take(&buffer, path, err);
}

void kea_source_free(kea_source *source)
{
    for (size_t i = 0; i < source->n_files; i++)
        free(source->files[i]);
    free(source->files);
    free(source->lines);
    free(source->text);
    *source = (kea_source){0};
}

void kea_source_place(const kea_source *source, int line, const char **file, int *file_line)
{
    *file = source->n_files > 0 ? source->files[0] : NULL;
    *file_line = 0;
    if (source->n_lines == 0)
        return;
    size_t at = line < 1 ? 0 : (size_t)line - 1;
    if (at >= source->n_lines)
        at = source->n_lines - 1;
    *file = source->files[source->lines[at].file];
    *file_line = source->lines[at].line;
}

/* Passes on how reading a file ended. That it cannot be read is said at the @include that asks for
 * it, or about the file itself. */
static kea_status pass_on(const reader *r, const char *path, kea_status status,
                          const kea_error *why, kea_error *err)
{
    if (status == KEA_ERR_IO && r->at_line > 0)
        return kea_error_at(err, KEA_ERR_INPUT, r->at_file, r->at_line,
                            "@include: cannot read %s: %.400s", path, why->text);
    if (status == KEA_ERR_IO)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot read this file: %s", why->text);
    if (status != KEA_OK && err)
        *err = *why;
    return status;
}

/* Checks that a path is a plain file of a sensible size and knows its identity. */
static kea_status look_at(const reader *r, open_file *file, kea_error *err)
{
    struct stat info = {0};
    kea_error why;
    kea_status status = kea_plain_text_look(file->path, MAX_BYTES, &info, &why);
    file->device = info.st_dev;
    file->inode = info.st_ino;
    return pass_on(r, file->path, status, &why, err);
}

static kea_status read_bytes(const reader *r, const char *path, char **text, size_t *n,
                             kea_error *err)
{
    kea_error why;
    kea_status status = kea_plain_text_read(text, n, path, MAX_BYTES, &why);
    return pass_on(r, path, status, &why, err);
}

/* Remembers a file's path for as long as the source lives. */
static kea_status keep_path(kea_source *source, const char *path, kea_error *err)
{
    void *files = source->files;
    kea_status status = kea_memory_resize(&files, source->n_files + 1, sizeof *source->files, err);
    if (status != KEA_OK)
        return status;
    source->files = files;
    status = kea_memory_copy_text(&source->files[source->n_files], path, err);
    if (status == KEA_OK)
        source->n_files++;
    return status;
}

static kea_status keep_line(kea_source *source, size_t file, int line, kea_error *err)
{
    if (source->n_lines == source->lines_capacity) {
        size_t capacity = 2 * source->lines_capacity + 256;
        void *lines = source->lines;
        kea_status status = kea_memory_resize(&lines, capacity, sizeof *source->lines, err);
        if (status != KEA_OK)
            return status;
        source->lines = lines;
        source->lines_capacity = capacity;
    }
    source->lines[source->n_lines++] = (kea_source_line){file, line};
    return KEA_OK;
}

/* The chain of includes from a file up to the one that is included again. */
static kea_status loop_error(const reader *r, const open_file *file, kea_error *err)
{
    char chain[700] = "";
    const open_file *up = file->parent;
    (void)snprintf(chain, sizeof chain, "%s", file->path);
    while (up) {
        char longer[700];
        int length = snprintf(longer, sizeof longer, "%s -> %s", up->path, chain);
        if (length < 0 || (size_t)length >= sizeof longer)
            break;
        memcpy(chain, longer, (size_t)length + 1);
        if (up->device == file->device && up->inode == file->inode)
            break;
        up = up->parent;
    }
    return kea_error_at(err, KEA_ERR_INPUT, r->at_file, r->at_line,
                        "@include: the files include each other in a loop: %s", chain);
}

static kea_status check_loop(const reader *r, const open_file *file, kea_error *err)
{
    int depth = 0;
    for (const open_file *up = file->parent; up; up = up->parent) {
        if (up->device == file->device && up->inode == file->inode)
            return loop_error(r, file, err);
        depth++;
    }
    if (depth > MAX_DEPTH || r->source->n_files >= MAX_FILES)
        return kea_error_at(err, KEA_ERR_INPUT, r->at_file, r->at_line,
                            "@include: more than %d includes in each other, or %d files in all",
                            MAX_DEPTH, MAX_FILES);
    return KEA_OK;
}

static kea_status read_file(reader *r, const open_file *parent, const char *path, kea_error *err);

/* True when a line is an @include; *name is then the quoted path (NULL when it is malformed). */
static bool is_include(const char *line, size_t length, const char **name, size_t *name_length)
{
    static const char word[] = "@include";
    const char *end = line + length;
    while (line < end && (*line == ' ' || *line == '\t'))
        line++;
    if ((size_t)(end - line) < sizeof word - 1 || memcmp(line, word, sizeof word - 1) != 0)
        return false;
    line += sizeof word - 1;
    *name = NULL;
    while (line < end && (*line == ' ' || *line == '\t'))
        line++;
    if (line == end || *line != '"')
        return true;
    const char *quote = memchr(line + 1, '"', (size_t)(end - line - 1));
    if (!quote || quote == line + 1)
        return true;
    const char *rest = quote + 1;
    while (rest < end && (*rest == ' ' || *rest == '\t' || *rest == '\r'))
        rest++;
    if (rest < end && *rest != '#' && *rest != '/')
        return true;
    *name = line + 1;
    *name_length = (size_t)(quote - line - 1);
    return true;
}

static kea_status follow_include(reader *r, const open_file *file, const char *name, size_t length,
                                 kea_error *err)
{
    kea_status status = KEA_OK;
    char *copy = NULL, *path = NULL;
    const char *at_file = r->lexer.file;
    int at_line = r->lexer.line;
    if (!name)
        return kea_error_at(err, KEA_ERR_INPUT, at_file, at_line,
                            "@include: expected a file name between quotes and nothing after it, "
                            "like @include \"blocks/students.cfg\"");
    void *block = NULL;
    KEA_TRY(kea_memory_new(&block, length + 1, 1, err));
    copy = block;
    memcpy(copy, name, length);
    KEA_TRY(kea_source_join(&path, r->folder, copy, err));
    r->at_file = at_file;
    r->at_line = at_line;
    size_t floor = r->lexer.floor;
    KEA_TRY(read_file(r, file, path, err));
    r->lexer.floor = floor;
done:
    free(copy);
    free(path);
    return status;
}

/* Reads the lines of one file into the lexer, following its includes. */
static kea_status read_lines(reader *r, const open_file *file, const char *text, size_t n,
                             kea_error *err)
{
    kea_status status = KEA_OK;
    size_t file_index = r->source->n_files - 1;
    const char *end = text + n;
    int number = 1;
    for (const char *line = text; line < end; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = stop ? (size_t)(stop - line) : (size_t)(end - line);
        const char *name;
        size_t name_length = 0;
        r->lexer.file = file->path;
        r->lexer.line = number;
        if (!r->lexer.in_comment && is_include(line, length, &name, &name_length)) {
            KEA_TRY(follow_include(r, file, name, name_length, err));
        } else {
            bool returns = length > 0 && line[length - 1] == '\r';
            KEA_TRY(kea_lexer_line(&r->lexer, line, length - (returns ? 1 : 0), err));
            KEA_TRY(keep_line(r->source, file_index, number, err));
        }
        line += length + 1;
    }
    r->lexer.file = file->path;
    r->lexer.line = number > 1 ? number - 1 : 1;
    KEA_TRY(kea_lexer_end(&r->lexer, err));
done:
    return status;
}

static kea_status read_file(reader *r, const open_file *parent, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    char *text = NULL;
    size_t n = 0;
    open_file file = {.parent = parent, .path = path};
    KEA_TRY(look_at(r, &file, err));
    KEA_TRY(check_loop(r, &file, err));
    KEA_TRY(read_bytes(r, path, &text, &n, err));
    KEA_TRY(keep_path(r->source, path, err));
    file.path = r->source->files[r->source->n_files - 1];
    if (strspn(text, " \t\r\n") == n) {
        status = kea_error_at(err, KEA_ERR_INPUT, file.path, 1, "the file is empty");
        goto done;
    }
    r->lexer.floor = r->lexer.depth;
    size_t mark = kea_plain_text_mark(text);
    KEA_TRY(read_lines(r, &file, text + mark, n - mark, err));
done:
    free(text);
    return status;
}

kea_status kea_source_open(kea_source *source, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    *source = (kea_source){0};
    reader r = {.source = source};
    kea_lexer_init(&r.lexer);
    KEA_TRY(kea_source_folder(&r.folder, path, err));
    KEA_TRY(read_file(&r, NULL, path, err));
    KEA_TRY(kea_buffer_take(&r.lexer.out, &source->text, err));
done:
    kea_lexer_free(&r.lexer);
    free(r.folder);
    return status;
}
