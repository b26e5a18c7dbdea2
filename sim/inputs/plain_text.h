/* Reads a whole file and checks that it is plain text, for everything that people write: scenarios,
 * care models, CSV. */
#ifndef KEA_INPUTS_PLAIN_TEXT_H
#define KEA_INPUTS_PLAIN_TEXT_H

#include "sim/core/status.h"

#include <stddef.h>
#include <sys/stat.h>

/* Looks whether `path` is a plain file of at most `max_bytes` bytes and fills *info (which tells
 * its identity). KEA_ERR_IO without a place, whose text is only the reason ("it is a folder"): the
 * caller says who asked for the file. KEA_ERR_INPUT with the place when it is too large. */
KEA_CHECKED kea_status kea_plain_text_look(const char *path, size_t max_bytes, struct stat *info,
                                           kea_error *err);

/* Reads the file; *text (owned by the caller, also after an error, or NULL) ends with 0 after
 * *length bytes. Errors as above, and KEA_ERR_INPUT with file and line for a byte that is no text
 * or not UTF-8; KEA_ERR_MEMORY. */
KEA_CHECKED kea_status kea_plain_text_read(char **text, size_t *length, const char *path,
                                           size_t max_bytes, kea_error *err);

/* Length of the mark that some Windows editors put at the start of a file: 3 or 0. */
size_t kea_plain_text_mark(const char *text);

#endif
