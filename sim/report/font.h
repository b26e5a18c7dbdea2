/* How wide a text will be and where to break it, so that labels can be placed before they are
 * drawn. Widths are those of DejaVu Sans, the sans-serif of Debian and one of the widest: what fits
 * in it also fits in the Arial or Helvetica of another reader. Texts are UTF-8. */
#ifndef KEA_REPORT_FONT_H
#define KEA_REPORT_FONT_H

#include <stdbool.h>
#include <stddef.h>

enum { KEA_FONT_LINE = 200 }; /* bytes of one line, with its final 0 */

typedef struct kea_font_lines {
    size_t n;
    char line[4][KEA_FONT_LINE];
} kea_font_lines;

/* Width of a text in the unit of `size` (the height of the font, e.g. pixels). */
double kea_font_width(const char *text, double size, bool bold);

/* Breaks a text at spaces into at most `max_lines` (1 to 4) lines of at most `width`, as few as
 * possible and about as long as each other; what does not fit is cut and ends in an ellipsis. An
 * empty text gives no lines. */
void kea_font_wrap(kea_font_lines *lines, const char *text, double size, bool bold, double width,
                   size_t max_lines);

/* Copies a text, valid UTF-8 only (other bytes become '?', control characters a space), cut at a
 * whole character when longer than size - 1 bytes. */
void kea_font_clean(char *out, size_t size, const char *text);

#endif
