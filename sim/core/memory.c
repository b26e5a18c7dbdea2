/* Allocation that reports failure as an error. */
#include "sim/core/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

kea_status kea_memory_new(void **out, size_t count, size_t size, kea_error *err)
{
    *out = NULL;
    if (count == 0)
        return KEA_OK;
    *out = calloc(count, size);
    if (*out)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_MEMORY, "no memory for %zu x %zu bytes", count, size);
}

kea_status kea_memory_resize(void **block, size_t count, size_t size, kea_error *err)
{
    if (count == 0 || size == 0 || count > SIZE_MAX / size)
        return kea_error_set(err, KEA_ERR_MEMORY, "cannot resize to %zu x %zu bytes", count, size);
    void *grown = realloc(*block, count * size);
    if (!grown)
        return kea_error_set(err, KEA_ERR_MEMORY, "no memory for %zu x %zu bytes", count, size);
    *block = grown;
    return KEA_OK;
}

kea_status kea_memory_copy_text(char **out, const char *text, kea_error *err)
{
    size_t length = strlen(text) + 1;
    void *copy = NULL;
    kea_status status = kea_memory_new(&copy, length, 1, err);
    *out = copy;
    if (status == KEA_OK)
        memcpy(copy, text, length);
    return status;
}
