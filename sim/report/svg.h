/* Tidies the SVG text that PLplot writes: readable words, half the bytes, a title for screen
 * readers, a size in pixels. Text in, text out: knows neither PLplot nor files. */
#ifndef KEA_REPORT_SVG_H
#define KEA_REPORT_SVG_H

#include "sim/core/status.h"

#include <stddef.h>

/* Makes *out (0-terminated, *out_size bytes without it; free with free()) from the `size` bytes of
 * `svg`. `title` is plain text and may be empty. KEA_ERR_MEMORY only. */
KEA_CHECKED kea_status kea_svg_tidy(char **out, size_t *out_size, const char *svg, size_t size,
                                    const char *title, kea_error *err);

#endif
