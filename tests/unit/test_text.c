/* Numbers for Dutch and English readers, and translation through a catalogue built by msgfmt. */
#include "sim/report/text.h"

#include "tests/support/support.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void assert_number(double number, int decimals, const char *english, const char *dutch)
{
    char text[512];
    kea_text_number(text, sizeof text, number, decimals, KEA_ENGLISH);
    assert_string_equal(text, english);
    kea_text_number(text, sizeof text, number, decimals, KEA_DUTCH);
    assert_string_equal(text, dutch);
}

static void numbers_in_both_languages(void **state)
{
    (void)state;
    assert_number(12345.64, 1, "12,345.6", "12.345,6");
    assert_number(-1234567.891, 2, "-1,234,567.89", "-1.234.567,89");
    assert_number(999, 0, "999", "999");
    assert_number(1000, 0, "1,000", "1.000");
    assert_number(100000, 0, "100,000", "100.000");
    assert_number(0.05, 3, "0.050", "0,050");
    assert_number(-0.0, 0, "0", "0");
    assert_number(-0.04, 1, "0.0", "0,0");
    assert_number(-0.06, 1, "-0.1", "-0,1");
    assert_number(999.96, 1, "1,000.0", "1.000,0");
    assert_number((double)NAN, 2, "-", "-");
}

static void very_large_numbers_and_small_buffers(void **state)
{
    (void)state;
    char text[512];
    kea_text_number(text, sizeof text, 1e300, 17, KEA_ENGLISH);
    assert_int_equal(strlen(text), 301 + 100 + 1 + 17);
    char small[6];
    kea_text_number(small, sizeof small, 1234567, 0, KEA_ENGLISH);
    assert_string_equal(small, "1,234");
}

static void exact_numbers(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0.1, "0.1"},         {0.1 + 0.2, "0.30000000000000004"},
                 {1234567, "1234567"}, {-2.5, "-2.5"},
                 {-0.0, "0"},          {1e22, "1e+22"}};
    char text[64];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kea_text_exact(text, sizeof text, cases[i].number);
        assert_string_equal(text, cases[i].text);
    }
    kea_text_exact(text, sizeof text, (double)NAN);
    assert_string_equal(text, "");
    kea_text_exact(text, sizeof text, -(double)INFINITY);
    assert_string_equal(text, "-inf");
}

static void three_significant_digits(void **state)
{
    (void)state;
    assert_int_equal(kea_text_decimals(1234), 0);
    assert_int_equal(kea_text_decimals(-12.34), 1);
    assert_int_equal(kea_text_decimals(1.5), 2);
    assert_int_equal(kea_text_decimals(0.25), 3);
    assert_int_equal(kea_text_decimals(0.000001), 4);
    assert_int_equal(kea_text_decimals(0), 0);
    assert_int_equal(kea_text_decimals((double)NAN), 0);
    assert_near(kea_text_round(15842.7), 15800, 1e-9);
    assert_near(kea_text_round(-0.0123456), -0.0123, 1e-15);
    assert_near(kea_text_round(0), 0, 0);
    assert_true(isinf(kea_text_round((double)INFINITY)));
}

static void width_in_characters(void **state)
{
    (void)state;
    assert_int_equal(kea_text_width(""), 0);
    assert_int_equal(kea_text_width("één €"), 5);
}

static void without_a_catalogue_it_is_english(void **state)
{
    (void)state;
    assert_string_equal(kea_text("no limit"), "no limit");
    assert_string_equal(kea_text(""), "");
    assert_int_equal(kea_text_language(), KEA_ENGLISH);
    char text[64];
    kea_text_number(text, sizeof text, (double)INFINITY, 0, KEA_ENGLISH);
    assert_string_equal(text, "unlimited");
}

/* Builds the catalogue of sim/report/po/nl.po below `folder`, with all checks of msgfmt. */
static void build_catalogue(const char *folder)
{
    char path[512];
    char command[2048];
    const char *source = getenv("KEA_SOURCE_DIR");
    (void)snprintf(path, sizeof path, "%s/nl", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/nl/LC_MESSAGES", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(command, sizeof command,
                   "msgfmt --check -o '%s/keasim.mo' '%s/sim/report/po/nl.po'", path,
                   source ? source : KEA_SOURCE_DIR);
    assert_int_equal(system(command), 0);
}

static void dutch_through_the_catalogue(void **state)
{
    (void)state;
    char folder[] = "/tmp/kea_text_XXXXXX";
    char command[64];
    char text[64];
    assert_non_null(mkdtemp(folder));
    build_catalogue(folder);
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    assert_non_null(setlocale(LC_NUMERIC, "C"));
    assert_int_equal(setenv("LANGUAGE", "nl", 1), 0);
    assert_non_null(bindtextdomain(KEA_TEXT_DOMAIN, folder));
    assert_non_null(bind_textdomain_codeset(KEA_TEXT_DOMAIN, "UTF-8"));
    assert_int_equal(kea_text_language(), KEA_DUTCH);
    assert_string_equal(kea_text("no limit"), "geen grens");
    assert_string_equal(kea_text("Early school leavers (vsv)"), "Voortijdig schoolverlaters (vsv)");
    assert_string_equal(kea_text(""), "");
    assert_string_equal(kea_text("no such text"), "no such text");
    kea_text_number(text, sizeof text, -(double)INFINITY, 0, kea_text_language());
    assert_string_equal(text, "min onbegrensd");
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    /* the last test binds the catalogue, so the order matters */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_in_both_languages),
        cmocka_unit_test(very_large_numbers_and_small_buffers),
        cmocka_unit_test(exact_numbers),
        cmocka_unit_test(three_significant_digits),
        cmocka_unit_test(width_in_characters),
        cmocka_unit_test(without_a_catalogue_it_is_english),
        cmocka_unit_test(dutch_through_the_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
