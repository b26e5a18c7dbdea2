/* See plain_text.h. */
#include "sim/inputs/plain_text.h"

#include "sim/core/memory.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static kea_status too_large(const char *path, size_t bytes, size_t max_bytes, kea_error *err)
{
    return kea_error_at(err, KEA_ERR_INPUT, path, 1, "the file has %zu bytes; expected at most %zu",
                        bytes, max_bytes);
}

kea_status kea_plain_text_look(const char *path, size_t max_bytes, struct stat *info,
                               kea_error *err)
{
    if (stat(path, info) != 0)
        return kea_error_set(err, KEA_ERR_IO, "%s", strerror(errno));
    if (S_ISDIR(info->st_mode))
        return kea_error_set(err, KEA_ERR_IO, "it is a folder");
    if (!S_ISREG(info->st_mode))
        return kea_error_set(err, KEA_ERR_IO, "it is no plain file");
    if (info->st_size > (off_t)max_bytes)
        return too_large(path, (size_t)info->st_size, max_bytes, err);
    return KEA_OK;
}

/* Length of the valid UTF-8 character at text[0..n), 0 when there is none. */
static size_t character_length(const unsigned char *text, size_t n)
{
    size_t length = text[0] < 0x80   ? 1
                    : text[0] < 0xc2 ? 0
                    : text[0] < 0xe0 ? 2
                    : text[0] < 0xf0 ? 3
                    : text[0] < 0xf5 ? 4
                                     : 0;
    if (length > n)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

static kea_status check_is_text(const char *path, const char *text, size_t n, kea_error *err)
{
    int line = 1;
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            line++;
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f)
            return kea_error_at(err, KEA_ERR_INPUT, path, line,
                                "found the byte 0x%02x; expected a plain text file", (unsigned)c);
        size_t length = character_length((const unsigned char *)text + i, n - i);
        if (length == 0)
            return kea_error_at(err, KEA_ERR_INPUT, path, line,
                                "found the byte 0x%02x, which is not UTF-8; save the file as plain "
                                "text in UTF-8",
                                (unsigned)c);
        i += length;
    }
    return KEA_OK;
}

kea_status kea_plain_text_read(char **text, size_t *length, const char *path, size_t max_bytes,
                               kea_error *err)
{
    kea_status status = KEA_OK;
    struct stat info;
    FILE *stream = NULL;
    void *bytes = NULL;
    *text = NULL;
    KEA_TRY(kea_plain_text_look(path, max_bytes, &info, err));
    stream = fopen(path, "rb");
    if (!stream)
        return kea_error_set(err, KEA_ERR_IO, "%s", strerror(errno));
    /* room for what it holds now, one byte more to see that it has grown, and the end */
    size_t room = (size_t)info.st_size + 1;
    KEA_TRY(kea_memory_new(&bytes, room + 1, 1, err));
    *text = bytes;
    *length = fread(*text, 1, room, stream);
    if (ferror(stream))
        status = kea_error_set(err, KEA_ERR_IO, "%s", strerror(errno));
    else if (*length == room)
        status = kea_error_set(err, KEA_ERR_IO, "it grows while it is read");
    else
        status = check_is_text(path, *text, *length, err);
done:
    if (stream)
        (void)fclose(stream);
    return status;
}

size_t kea_plain_text_mark(const char *text)
{
    return strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}
