/* Translation and numbers for people. The only file that knows gettext. */
#include "sim/report/text.h"

#include <libintl.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kea_text_bind(const char *locale_dir)
{
    (void)bindtextdomain(KEA_TEXT_DOMAIN, locale_dir);
    (void)bind_textdomain_codeset(KEA_TEXT_DOMAIN, "UTF-8");
}

const char *kea_text(const char *english)
{
    /* the translation of the empty text is the head of the catalogue */
    return english[0] ? dgettext(KEA_TEXT_DOMAIN, english) : english;
}

void kea_text_fill(char *out, size_t size, const char *text, const char *word)
{
    const char *place = strstr(text, "%s");
    int before = place ? (int)(place - text) : (int)strlen(text);
    (void)snprintf(out, size, "%.*s%s%s", before, text, place ? word : "", place ? place + 2 : "");
}

kea_language kea_text_language(void)
{
    /* TRANSLATORS: not shown; the two letters of the catalogue's language, for writing numbers. */
    return strcmp(kea_text("language code: en"), "language code: nl") == 0 ? KEA_DUTCH
                                                                           : KEA_ENGLISH;
}

static bool all_zero(const char *digits)
{
    return digits[strspn(digits, "0.,")] == '\0';
}

void kea_text_number(char *text, size_t size, double number, int decimals, kea_language language)
{
    char plain[512];
    char grouped[768];
    size_t used = 0;
    if (isnan(number) || isinf(number)) {
        const char *word = isnan(number) ? "-"
                           : number > 0  ? kea_text("unlimited")
                                         : kea_text("minus unlimited");
        (void)snprintf(text, size, "%s", word);
        return;
    }
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    (void)snprintf(plain, sizeof plain, "%.*f", decimals, fabs(number));
    size_t whole = strspn(plain, "0123456789");
    if (number < 0 && !all_zero(plain))
        grouped[used++] = '-';
    for (size_t i = 0; i < whole; i++) {
        grouped[used++] = plain[i];
        size_t left = whole - 1 - i;
        if (left > 0 && left % 3 == 0)
            grouped[used++] = language == KEA_DUTCH ? '.' : ',';
    }
    if (decimals > 0) {
        grouped[used++] = language == KEA_DUTCH ? ',' : '.';
        memcpy(grouped + used, plain + strlen(plain) - (size_t)decimals, (size_t)decimals);
        used += (size_t)decimals;
    }
    grouped[used] = '\0';
    (void)snprintf(text, size, "%s", grouped);
}

void kea_text_exact(char *text, size_t size, double number)
{
    char digits[64];
    if (isnan(number)) {
        (void)snprintf(text, size, "%s", "");
        return;
    }
    if (isinf(number)) {
        (void)snprintf(text, size, "%s", number > 0 ? "inf" : "-inf");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        (void)snprintf(digits, sizeof digits, "%.*g", precision, number == 0.0 ? 0.0 : number);
        if (strtod(digits, NULL) == number)
            break;
    }
    for (char *at = digits; *at; at++)
        if (*at == ',')
            *at = '.';
    (void)snprintf(text, size, "%s", digits);
}

int kea_text_decimals(double number)
{
    double size = fabs(number);
    if (!(size > 0.0) || size >= 99.5)
        return 0;
    int decimals = 2 - (int)floor(log10(size));
    return decimals < 0 ? 0 : decimals > 4 ? 4 : decimals;
}

double kea_text_round(double number)
{
    if (number == 0.0 || !isfinite(number))
        return number;
    double unit = pow(10.0, floor(log10(fabs(number))) - 2.0);
    return round(number / unit) * unit;
}

size_t kea_text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0u) != 0x80u;
    return width;
}
