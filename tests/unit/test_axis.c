/* Axes, the numbers on them, the widths and breaks of texts, and the tidying of SVG. */
#include "sim/report/axis.h"
#include "sim/report/font.h"
#include "sim/report/svg.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

static void test_ticks(void **state)
{
    (void)state;
    kea_span span = {-0.3e6, 4.7e6};
    kea_unit euro = kea_unit_money("EUR", &span);
    kea_axis axis = kea_axis_over(&span, &euro, 7, false);
    char text[100];
    assert_near(axis.step, 1e6, 1e-6);
    assert_near(axis.low, -0.3e6, 0);
    assert_int_equal(axis.n_ticks, 5);
    assert_near(kea_axis_tick(&axis, 4), 4e6, 1e-6);
    kea_axis_write(text, sizeof text, &axis, kea_axis_tick(&axis, 4));
    assert_string_equal(text, "4");
    assert_string_equal(axis.unit.title, "million EUR");
    axis = kea_axis_over(&span, &euro, 4, true);
    assert_near(axis.step, 2e6, 1e-6);
    assert_near(axis.low, -2e6, 1e-6);
    assert_near(axis.high, 6e6, 1e-6);
    kea_axis_write(text, sizeof text, &axis, kea_axis_tick(&axis, 0));
    assert_string_equal(text, "−2");
}

static void test_ticks_at_the_edges(void **state)
{
    (void)state;
    kea_unit plain = kea_unit_plain(), percent = kea_unit_percent();
    kea_span empty = kea_span_empty(), point = {20, 20}, tiny = {0, 3e-5}, share = {0, 1};
    double values[4] = {(double)NAN, 3, (double)INFINITY, -1};
    char text[100];
    assert_true(kea_span_is_empty(&empty));
    kea_axis axis = kea_axis_over(&empty, &plain, 5, false);
    assert_near(axis.high, 1, 0);
    axis = kea_axis_over(&point, &plain, 5, false);
    assert_near(axis.low, 18, 1e-12);
    assert_near(axis.high, 22, 1e-12);
    axis = kea_axis_over(&tiny, &plain, 4, false);
    kea_axis_write(text, sizeof text, &axis, kea_axis_tick(&axis, 1));
    assert_string_equal(text, "0.00001");
    axis = kea_axis_over(&share, &percent, 6, false);
    assert_int_equal(axis.n_ticks, 6);
    kea_axis_write(text, sizeof text, &axis, kea_axis_tick(&axis, 3));
    assert_string_equal(text, "60%");
    kea_span_add(&empty, 4, values);
    assert_near(empty.low, -1, 0);
    assert_near(empty.high, 3, 0);
}

static void test_numbers(void **state)
{
    (void)state;
    char text[100];
    kea_unit percent = kea_unit_percent();
    kea_number_write(text, sizeof text, 14234, 3);
    assert_string_equal(text, "14,200");
    kea_number_write(text, sizeof text, -0.250, 3);
    assert_string_equal(text, "−0.25");
    kea_number_write(text, sizeof text, 0, 3);
    assert_string_equal(text, "0");
    kea_number_write(text, sizeof text, 1e7, 3);
    assert_string_equal(text, "10,000,000");
    kea_money_write(text, sizeof text, "EUR", -3.456e6, 3);
    assert_string_equal(text, "−EUR\u00a03.46 million");
    kea_money_write(text, sizeof text, "EUR", 40000, 3);
    assert_string_equal(text, "EUR\u00a040,000");
    kea_money_write(text, sizeof text, "EUR", 7.5e9, 3);
    assert_string_equal(text, "EUR\u00a07.5 billion");
    kea_money_write(text, sizeof text, "GBP", 250000, 3);
    assert_string_equal(text, "GBP\u00a0250,000");
    kea_money_write(text, sizeof text, "CHF", -12.5, 3);
    assert_string_equal(text, "−CHF\u00a012.5");
    kea_unit_write(text, sizeof text, 0.375, &percent, 2);
    assert_string_equal(text, "38%");
    kea_unit_write(text, sizeof text, (double)NAN, &percent, 2);
    assert_string_equal(text, "-");
}

static void test_widths(void **state)
{
    (void)state;
    assert_near(kea_font_width("Aa ", 10, false), 6.84 + 6.13 + 3.18, 1e-9);
    assert_near(kea_font_width("€", 10, false), 6.4, 1e-9);
    assert_near(kea_font_width("\u00a0", 10, false), 3.18, 1e-9);
    assert_near(kea_font_width("", 10, false), 0, 0);
    assert_true(kea_font_width("Aa", 10, true) > kea_font_width("Aa", 10, false));
}

static void test_wrap(void **state)
{
    (void)state;
    kea_font_lines lines;
    double width = kea_font_width("one two three", 10, false) + 0.1;
    kea_font_wrap(&lines, "one two three", 10, false, width, 3);
    assert_int_equal(lines.n, 1);
    assert_string_equal(lines.line[0], "one two three");
    kea_font_wrap(&lines, "one two three four five", 10, false, width, 3);
    assert_int_equal(lines.n, 2);
    assert_string_equal(lines.line[0], "one two three");
    assert_string_equal(lines.line[1], "four five");
    kea_font_wrap(&lines, "aaaa bbbb cccc dddd", 10, false,
                  kea_font_width("aaaa bbbb cccc", 10, false) + 0.1, 2);
    assert_string_equal(lines.line[0], "aaaa bbbb"); /* balanced, not "aaaa bbbb cccc" */
    kea_font_wrap(&lines, "one two three four five", 10, false, width, 1);
    assert_int_equal(lines.n, 1);
    assert_string_equal(lines.line[0], "one two thr…");
    kea_font_wrap(&lines, "  ", 10, false, width, 2);
    assert_int_equal(lines.n, 0);
}

static void test_clean(void **state)
{
    (void)state;
    char text[8];
    kea_font_clean(text, sizeof text, "a\xff\tb\xc3");
    assert_string_equal(text, "a? b?");
    kea_font_clean(text, sizeof text, "abcde€");
    assert_string_equal(text, "abcde"); /* the euro sign does not fit whole */
    kea_font_clean(text, sizeof text, "abcd€");
    assert_string_equal(text, "abcd€");
}

static void assert_tidy(const char *svg, const char *title, const char *expected)
{
    kea_error err;
    char *out = NULL;
    size_t size = 0;
    assert_ok(kea_svg_tidy(&out, &size, svg, strlen(svg), title, &err), err);
    assert_string_equal(out, expected);
    assert_int_equal(size, strlen(expected));
    free(out);
}

static void test_tidy_svg(void **state)
{
    (void)state;
    assert_tidy("<svg\n  width=\"800pt\"\n  >\n  <g\n>", "a & b",
                "<svg width=\"800\" role=\"img\">\n<title>a &amp; b</title>\n<g>");
    assert_tidy("<p\n  stroke-width=\"2.500000e+00\"\n  stroke-opacity=\"1.000000\"\n"
                "points=\"10.00,2.50 -0.30,100 \n    7,7 \"/>\n",
                "", "<p stroke-width=\"2.5\" points=\"10,2.5 -0.3,100 7,7\"/>\n");
    assert_tidy("<t fill=\"#A0B000\">&#x41;&#x26;&#x20ac; &#x3c;</t>", "",
                "<t fill=\"#A0B000\">A&amp;€ &lt;</t>");
    assert_tidy("<t w=\"1.000000e-02\" m=\"matrix(1.000000 0.500000)\"/>", "",
                "<t w=\"1e-02\" m=\"matrix(1 0.5)\"/>");
    assert_tidy("<t a=\"unfinished", "", "<t a=\"unfinished");
    assert_tidy("", "title", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks),    cmocka_unit_test(test_ticks_at_the_edges),
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_widths),
        cmocka_unit_test(test_wrap),     cmocka_unit_test(test_clean),
        cmocka_unit_test(test_tidy_svg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
