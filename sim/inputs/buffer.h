/* A text that grows while it is written. Running out of memory is remembered and reported once,
 * when the text is taken, so that writers need no check on every line. */
#ifndef KEA_INPUTS_BUFFER_H
#define KEA_INPUTS_BUFFER_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_buffer {
    char *text; /* owned; ends with 0 once something was added */
    size_t length;
    size_t capacity;
    bool failed;
} kea_buffer;

void kea_buffer_free(kea_buffer *buffer); /* legal on {0} and twice */

/* Adds formatted text. */
void kea_buffer_add(kea_buffer *buffer, const char *format, ...) KEA_PRINTF(2, 3);

/* Adds `length` bytes as they are. */
void kea_buffer_add_bytes(kea_buffer *buffer, const char *bytes, size_t length);

/* Adds a number so that reading it gives the same double, always with a decimal point. */
void kea_buffer_add_number(kea_buffer *buffer, double number);

/* Adds a text between quotes, in the form that scenario files use. */
void kea_buffer_add_quoted(kea_buffer *buffer, const char *text);

/* Hands the text to the caller, who frees it; the buffer is empty afterwards. KEA_ERR_MEMORY when
 * anything added before did not fit. */
KEA_CHECKED kea_status kea_buffer_take(kea_buffer *buffer, char **out, kea_error *err);

#endif
