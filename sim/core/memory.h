/* Allocation with overflow checks and an error text, so that callers need one line. */
#ifndef KEA_CORE_MEMORY_H
#define KEA_CORE_MEMORY_H

#include "sim/core/status.h"

#include <stddef.h>

/* Allocates `count` zeroed elements of `size` bytes into *out (NULL when count is 0).
 * The caller frees with free(). Fails with KEA_ERR_MEMORY; *out is then NULL. */
KEA_CHECKED kea_status kea_memory_new(void **out, size_t count, size_t size, kea_error *err);

/* Resizes *block to `count` elements of `size` bytes; new bytes are not zeroed. On failure the old
 * block stays as it was, still owned by the caller. */
KEA_CHECKED kea_status kea_memory_resize(void **block, size_t count, size_t size, kea_error *err);

/* A copy of a text, to be freed by the caller. */
KEA_CHECKED kea_status kea_memory_copy_text(char **out, const char *text, kea_error *err);

#endif
