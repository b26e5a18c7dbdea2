/* A growing text; see buffer.h. */
#include "sim/inputs/buffer.h"

#include "sim/core/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kea_buffer_free(kea_buffer *buffer)
{
    free(buffer->text);
    *buffer = (kea_buffer){0};
}

/* Makes room for `more` bytes and a final 0. */
static bool reserve(kea_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (buffer->capacity - buffer->length > more)
        return true;
    size_t capacity = 2 * buffer->capacity + more + 256;
    void *text = buffer->text;
    if (kea_memory_resize(&text, capacity, 1, NULL) != KEA_OK) {
        buffer->failed = true;
        return false;
    }
    buffer->text = text;
    buffer->capacity = capacity;
    return true;
}

void kea_buffer_add_bytes(kea_buffer *buffer, const char *bytes, size_t length)
{
    if (!reserve(buffer, length))
        return;
    memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = 0;
}

void kea_buffer_add(kea_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0 || !reserve(buffer, (size_t)length))
        return;
    va_start(args, format);
    (void)vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, args);
    va_end(args);
    buffer->length += (size_t)length;
}

void kea_buffer_add_number(kea_buffer *buffer, double number)
{
    char text[40];
    for (int digits = 6; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    /* libconfig takes a number for a real one only when it holds a point */
    const char *exponent = strchr(text, 'e');
    if (strchr(text, '.'))
        kea_buffer_add(buffer, "%s", text);
    else if (exponent)
        kea_buffer_add(buffer, "%.*s.0%s", (int)(exponent - text), text, exponent);
    else
        kea_buffer_add(buffer, "%s.0", text);
}

void kea_buffer_add_quoted(kea_buffer *buffer, const char *text)
{
    kea_buffer_add(buffer, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            kea_buffer_add(buffer, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            kea_buffer_add(buffer, "\\x%02x", (unsigned)(unsigned char)*c);
        else
            kea_buffer_add_bytes(buffer, c, 1);
    }
    kea_buffer_add(buffer, "\"");
}

kea_status kea_buffer_take(kea_buffer *buffer, char **out, kea_error *err)
{
    kea_buffer_add_bytes(buffer, "", 0);
    *out = NULL;
    if (buffer->failed) {
        kea_buffer_free(buffer);
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory for a text");
    }
    *out = buffer->text;
    *buffer = (kea_buffer){0};
    return KEA_OK;
}
