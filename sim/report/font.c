#include "sim/report/font.h"

#include <string.h>

/* Advance widths of DejaVu Sans in thousandths of the font size, for characters 32 to 126. */
static const short advance[95] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};

static const double other_advance = 0.64; /* accented letters and the euro sign are about this */
static const double bold_factor = 1.12; /* DejaVu Sans Bold against DejaVu Sans, mean of letters */

static const char ellipsis[] = "\xe2\x80\xa6";

/* Bytes of the character that starts at `text`, 0 when it is not valid UTF-8. */
static size_t character_bytes(const unsigned char *text)
{
    if (text[0] < 0x80)
        return 1;
    size_t n = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
    if (text[0] < 0xc2 || text[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xf0 && text[1] < 0x90);
    bool beyond = (text[0] == 0xed && text[1] > 0x9f) || (text[0] == 0xf4 && text[1] > 0x8f);
    return overlong || beyond ? 0 : n;
}

void kea_font_clean(char *out, size_t size, const char *text)
{
    size_t used = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        size_t n = character_bytes(at);
        size_t bytes = n ? n : 1;
        if (used + bytes >= size)
            break;
        if (n == 0)
            out[used] = '?';
        else if (n == 1)
            out[used] = (char)(*at < ' ' || *at == 0x7f ? ' ' : *at);
        else
            memcpy(out + used, at, n);
        used += bytes;
        at += bytes;
    }
    out[used] = '\0';
}

static double part_width(const char *text, size_t bytes, double size, bool bold)
{
    double ems = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 32 && byte < 127)
            ems += advance[byte - 32] / 1000.0;
        else if (byte == 0xc2 && i + 1 < bytes && (unsigned char)text[i + 1] == 0xa0)
            ems += advance[0] / 1000.0; /* a space that does not break */
        else if ((byte & 0xc0) != 0x80) /* the first byte of a longer character */
            ems += other_advance;
    }
    return ems * size * (bold ? bold_factor : 1.0);
}

double kea_font_width(const char *text, double size, bool bold)
{
    return part_width(text, strlen(text), size, bold);
}

/* Bytes of the longest beginning of `text` that fits: whole words, or else whole characters. */
static size_t fitting(const char *text, double size, bool bold, double width)
{
    size_t words = 0, characters = 0;
    for (size_t i = 0; i <= strlen(text); i++) {
        if (((unsigned char)text[i] & 0xc0) == 0x80)
            continue;
        if (part_width(text, i, size, bold) > width)
            return words ? words : characters ? characters : 1;
        characters = i;
        if (text[i] == ' ' || text[i] == '\0')
            words = i;
    }
    return strlen(text);
}

/* Cuts `line` until it fits with an ellipsis behind it. */
static void shorten(char *line, double size, bool bold, double width)
{
    size_t n = strlen(line);
    double room = width - kea_font_width(ellipsis, size, bold);
    while (n > 0 &&
           (n + sizeof ellipsis > KEA_FONT_LINE || part_width(line, n, size, bold) > room)) {
        n--;
        while (n > 0 && ((unsigned char)line[n] & 0xc0) == 0x80)
            n--;
    }
    while (n > 0 && line[n - 1] == ' ')
        n--;
    memcpy(line + n, ellipsis, sizeof ellipsis);
}

/* Fills lines one after the other; true when the whole text fits without breaking a word. */
static bool fill(kea_font_lines *lines, const char *text, double size, bool bold, double width,
                 size_t max_lines)
{
    *lines = (kea_font_lines){0};
    const char *rest = text + strspn(text, " ");
    bool whole = true;
    while (*rest && lines->n < max_lines) {
        char *line = lines->line[lines->n++];
        size_t n = fitting(rest, size, bold, width);
        kea_font_clean(line, KEA_FONT_LINE, rest);
        if (lines->n == max_lines && rest[n] != '\0') {
            shorten(line, size, bold, width);
            return false;
        }
        if (n < KEA_FONT_LINE)
            line[n] = '\0';
        rest += n;
        whole = whole && (*rest == ' ' || *rest == '\0');
        rest += strspn(rest, " ");
    }
    return whole;
}

void kea_font_wrap(kea_font_lines *lines, const char *text, double size, bool bold, double width,
                   size_t max_lines)
{
    char clean[4 * KEA_FONT_LINE];
    kea_font_lines narrower;
    kea_font_clean(clean, sizeof clean, text);
    if (!fill(lines, clean, size, bold, width, max_lines))
        return;
    /* the narrowest width that needs no more lines makes them about as long as each other */
    for (double part = 0.97; lines->n > 1 && part > 0.45; part -= 0.03) {
        if (!fill(&narrower, clean, size, bold, part * width, lines->n) || narrower.n != lines->n)
            return;
        *lines = narrower;
    }
}
