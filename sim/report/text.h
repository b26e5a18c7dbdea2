/* Words for people: translated through gettext, numbers as Dutch or English readers write them.
 * The library never sets the language; the program does, before it calls. */
#ifndef KEA_REPORT_TEXT_H
#define KEA_REPORT_TEXT_H

#include <stddef.h>

/* The name of the catalogue: LOCALE_DIR/nl/LC_MESSAGES/keasim.mo. */
#define KEA_TEXT_DOMAIN "keasim"

#if defined(__GNUC__)
#define KEA_TEXT_FORMAT __attribute__((format_arg(1)))
#else
#define KEA_TEXT_FORMAT
#endif

/* Says where the catalogues are; before the first kea_text, by the program. */
void kea_text_bind(const char *locale_dir);

/* The translation of an English text in the program's language (domain "keasim"); the text itself
 * when there is none. Translations of printf formats are checked by msgfmt --check. */
const char *kea_text(const char *english) KEA_TEXT_FORMAT;

/* Marks a text for translation where a constant is needed; translate later with kea_text. */
#define KEA_MARK(english) english

/* Puts `word` in the place of the first "%s" of a text that is not known when the program is built
 * (a model's own words, already translated). Cut to size; a text without "%s" stays as it is. */
void kea_text_fill(char *out, size_t size, const char *text, const char *word);

typedef enum kea_language { KEA_ENGLISH, KEA_DUTCH } kea_language;

/* Writes a number with `decimals` (0 to 17), thousands separated ("12,345.6" or "12.345,6"); "-"
 * for NaN and a word for infinity; -0 is written 0. Cut to size. */
void kea_text_number(char *text, size_t size, double number, int decimals, kea_language language);

/* Writes a number for machines: '.' decimals, the fewest digits that read back as the same double,
 * nothing for NaN, "inf" and "-inf". */
void kea_text_exact(char *text, size_t size, double number);

/* How many decimals show three significant digits of a number: 0 to 4. */
int kea_text_decimals(double number);

/* The number rounded to three significant digits. */
double kea_text_round(double number);

/* The width of an UTF-8 text in characters (not bytes). */
size_t kea_text_width(const char *text);

/* The language a text is now translated to, seen from the catalogue itself. */
kea_language kea_text_language(void);

#endif
