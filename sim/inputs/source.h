/* The text of a scenario or care model file with its @include lines replaced by the files they
 * name, and where every line came from. It is what the parser gets, so that every message can name
 * the file and line that a person sees. */
#ifndef KEA_INPUTS_SOURCE_H
#define KEA_INPUTS_SOURCE_H

#include "sim/core/status.h"

#include <stddef.h>

/* Where one line came from. */
typedef struct kea_source_line {
    size_t file; /* index in files */
    int line;
} kea_source_line;

typedef struct kea_source {
    char *text; /* owned, with the lines of all files */
    kea_source_line *lines;
    size_t n_lines, lines_capacity;
    char **files; /* owned; [0] is the file that was opened */
    size_t n_files;
} kea_source;

/* Reads the file at `path` and everything it includes (paths relative to its folder), and checks it
 * with the lexer. The caller frees with kea_source_free, also after failure.
 * Errors: KEA_ERR_IO when `path` cannot be read; KEA_ERR_INPUT for an included file that cannot be
 * read, an include loop, a file that is empty, too large (1 MiB) or no text, and what the lexer
 * finds. */
KEA_CHECKED kea_status kea_source_open(kea_source *source, const char *path, kea_error *err);
void kea_source_free(kea_source *source); /* legal on {0} and twice */

/* The place that line `line` (1, 2, ...) of the text came from; the last line when there are fewer.
 */
void kea_source_place(const kea_source *source, int line, const char **file, int *file_line);

/* The folder of a path: "scenarios" for "scenarios/a.cfg", "." for "a.cfg", "/" for "/a.cfg".
 * Owned by the caller. */
KEA_CHECKED kea_status kea_source_folder(char **folder, const char *path, kea_error *err);

/* folder/name, or name alone when the folder is "." or the name starts with '/'. Owned by the
 * caller. */
KEA_CHECKED kea_status kea_source_join(char **path, const char *folder, const char *name,
                                       kea_error *err);

#endif
