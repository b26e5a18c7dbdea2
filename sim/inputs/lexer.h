/* Reads the text of a scenario file line by line before libconfig parses it, and says exactly what
 * libconfig would only call "syntax error", or would silently take for something else:
 * - a whole number too large for libconfig (it reads 4294967296 as 0), a number that is not finite;
 * - brackets, texts and comments that are never closed; a missing value; a decimal comma;
 * - a name that stands twice in one group.
 * It also writes the text that libconfig gets, with the same lines: without comments, with [ ]
 * turned into ( ) so that 0 and 0.5 may stand in one list, and 1e5 turned into 1.0e5. */
#ifndef KEA_INPUTS_LEXER_H
#define KEA_INPUTS_LEXER_H

#include "sim/core/status.h"
#include "sim/inputs/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum { KEA_LEXER_DEPTH = 32 };

/* What was read last within the innermost bracket. */
typedef enum kea_lexer_last {
    KEA_LEXER_START,
    KEA_LEXER_VALUE,
    KEA_LEXER_TEXT,
    KEA_LEXER_SEPARATOR /* ; or , */
} kea_lexer_last;

/* A name that was given a value: where its text stands in `out`, in which group, and its place. */
typedef struct kea_lexer_name {
    size_t group;
    size_t at, length;
    const char *file;
    int line;
} kea_lexer_name;

/* A bracket that is open. */
typedef struct kea_lexer_bracket {
    char open;
    size_t group; /* number of the group it opened, or of the one it stands in */
    size_t name;  /* index of the name it is the value of, or SIZE_MAX */
    int line;
} kea_lexer_bracket;

typedef struct kea_lexer {
    kea_buffer out;   /* what libconfig gets */
    const char *file; /* place of the line being read; borrowed, must outlive the lexer */
    int line;
    bool in_comment;
    int comment_line;
    bool wants_value; /* after = or : */
    kea_lexer_last last;
    bool has_word;            /* a word was read that = or : must follow */
    size_t word, word_length; /* in `out` */
    size_t name; /* the last name given a value in the innermost bracket, or SIZE_MAX */
    kea_lexer_bracket open[KEA_LEXER_DEPTH];
    size_t depth;
    size_t floor; /* brackets opened before the file being read */
    size_t n_groups;
    kea_lexer_name *names; /* owned */
    size_t n_names, names_capacity;
} kea_lexer;

void kea_lexer_init(kea_lexer *lexer);
void kea_lexer_free(kea_lexer *lexer); /* legal on {0} and twice */

/* Reads one line (without its end). The caller has set `file` and `line`. KEA_ERR_INPUT. */
KEA_CHECKED kea_status kea_lexer_line(kea_lexer *lexer, const char *text, size_t length,
                                      kea_error *err);

/* At the end of a file: everything that it opened must be closed. */
KEA_CHECKED kea_status kea_lexer_end(kea_lexer *lexer, kea_error *err);

#endif
