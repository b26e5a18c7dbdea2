/* Tables on the terminal and as CSV, byte by byte. */
#include "sim/report/table.h"

#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const kea_column columns[] = {
    {"outcome", "outcome", "", 0, KEA_COLUMN_BOTH},
    {"mean", "mean cost", "EUR", 0, KEA_COLUMN_BOTH},
    {"error", "error", "", 2, KEA_COLUMN_CSV},
};

static void fill(kea_table *table)
{
    kea_table_init(table, "A table", 3, columns);
    kea_table_row(table);
    kea_table_key(table, 0, "vsv", "Café, \"kosten\"");
    kea_table_number(table, 1, 1234567.891, KEA_COLUMN_DECIMALS);
    kea_table_number(table, 2, 0.1, KEA_COLUMN_DECIMALS);
    kea_table_row(table);
    kea_table_text(table, 0, "a, \"b\"\nc");
    kea_table_scaled(table, 1, -2500, 0.001, 1);
    kea_table_row(table);
    kea_table_hide(table);
    kea_table_text(table, 0, "hidden");
}

/* What a writer writes, to be freed. */
static char *written(const kea_table *table,
                     kea_status (*writer)(const kea_table *, FILE *, kea_error *))
{
    char *text = NULL;
    size_t size = 0;
    kea_error err;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_ok(writer(table, out, &err), err);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void csv_is_rfc_4180(void **state)
{
    (void)state;
    kea_table table;
    fill(&table);
    char *text = written(&table, kea_table_csv);
    assert_string_equal(text, "outcome,mean,error\r\n"
                              "vsv,1234567.891,0.1\r\n"
                              "\"a, \"\"b\"\"\nc\",-2500,\r\n"
                              "hidden,,\r\n");
    free(text);
    kea_table_free(&table);
    kea_table_free(&table);
}

static void csv_numbers_read_back_exactly(void **state)
{
    (void)state;
    static const double numbers[] = {1.0 / 3, 0.1 + 0.2, 1e300, 5e-324, -123456789.123456789, 100};
    static const kea_column one[] = {{"x", "x", "", 0, KEA_COLUMN_BOTH}};
    kea_table table;
    kea_table_init(&table, "x", 1, one);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        kea_table_row(&table);
        kea_table_number(&table, 0, numbers[i], 0);
    }
    char *text = written(&table, kea_table_csv);
    char *at = strchr(text, '\n') + 1;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        assert_true(strtod(at, NULL) == numbers[i]);
        at = strchr(at, '\n') + 1;
    }
    assert_non_null(strstr(text, "0.30000000000000004"));
    assert_non_null(strstr(text, "\n100\r"));
    free(text);
    kea_table_free(&table);
}

/* The text of a group: a line above the rows that share it, hidden rows aside. */
static void groups_stand_above_their_rows(void **state)
{
    (void)state;
    static const kea_column two[] = {
        {"group", "", "", 0, KEA_COLUMN_GROUP},
        {"name", "name", "", 0, KEA_COLUMN_BOTH},
    };
    static const char *const rows[][2] = {
        {"one, of three", "a"}, {"one, of three", "b"}, {"two", "c"}, {"two", "d"}, {"one", "e"}};
    kea_table table;
    kea_table_init(&table, "Title", 2, two);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        kea_table_row(&table);
        kea_table_key(&table, 0, rows[i][0], rows[i][0]);
        kea_table_text(&table, 1, rows[i][1]);
        if (i == 2)
            kea_table_hide(&table);
    }
    char *text = written(&table, kea_table_print);
    assert_string_equal(text, "Title\n"
                              "name\n"
                              "────\n"
                              "one, of three\n"
                              "a\n"
                              "b\n"
                              "two\n"
                              "d\n"
                              "one\n"
                              "e\n");
    free(text);
    text = written(&table, kea_table_csv);
    assert_string_equal(text, "group,name\r\n\"one, of three\",a\r\n\"one, of three\",b\r\n"
                              "two,c\r\ntwo,d\r\none,e\r\n");
    free(text);
    kea_table_free(&table);
}

static void terminal_is_aligned_by_characters(void **state)
{
    (void)state;
    static const kea_column two[] = {
        {"name", "name", "", 0, KEA_COLUMN_BOTH},
        {"value", "value", "EUR", 1, KEA_COLUMN_BOTH},
        {"hidden", "hidden", "", 1, KEA_COLUMN_CSV},
        {"verdict", "verdict", "", 1, KEA_COLUMN_TERMINAL},
    };
    kea_table table;
    kea_table_init(&table, "Title", 4, two);
    kea_table_row(&table);
    kea_table_text(&table, 0, "één");
    kea_table_number(&table, 1, 12345.67, KEA_COLUMN_DECIMALS);
    kea_table_text(&table, 3, "yes");
    kea_table_row(&table);
    kea_table_text(&table, 0, "three");
    kea_table_number(&table, 1, -0.01, KEA_COLUMN_DECIMALS);
    kea_table_text(&table, 3, "no");
    kea_table_row(&table);
    kea_table_text(&table, 0, "x");
    kea_table_text(&table, 3, "maybe");
    kea_table_note(&table, "A note.");
    char *text = written(&table, kea_table_print);
    assert_string_equal(text, "Title\n"
                              "          value\n"
                              "name        EUR  verdict\n"
                              "─────  ────────  ───────\n"
                              "één    12,345.7  yes\n"
                              "three       0.0  no\n"
                              "x             -  maybe\n"
                              "A note.\n");
    free(text);
    kea_table_free(&table);
}

/* The longest line in characters. */
static size_t longest_line(const char *text)
{
    size_t longest = 0;
    size_t used = 0;
    for (; *text; text++) {
        used = *text == '\n' ? 0 : used + (((unsigned char)*text & 0xC0u) != 0x80u);
        longest = used > longest ? used : longest;
    }
    return longest;
}

static void terminal_fits_100_columns(void **state)
{
    (void)state;
    static const kea_column many[] = {
        {"name", "name", "", 0, KEA_COLUMN_BOTH},
        {"a", "a rather long title of a column of numbers", "thousand EUR", 0, KEA_COLUMN_BOTH},
        {"b", "another long title of a column of numbers", "EUR", 0, KEA_COLUMN_BOTH},
    };
    kea_table table;
    kea_table_init(&table, "Title", 3, many);
    kea_table_row(&table);
    kea_table_text(&table, 0,
                   "é a text of far more than a hundred characters, so long that nobody would ever "
                   "want to read it in a table, and that is therefore cut");
    kea_table_number(&table, 1, 1, 0);
    kea_table_number(&table, 2, 2, 0);
    char *text = written(&table, kea_table_print);
    assert_int_equal(longest_line(text), KEA_TABLE_WIDTH);
    assert_non_null(strstr(text, "…"));
    assert_null(strstr(text, " \n"));
    free(text);
    kea_table_free(&table);
}

static void paragraphs_break_at_spaces(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    kea_table_paragraph(out, "één twee drie vier\nvijf averylongwordindeed zes", 10, 2);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(text, "één twee\n  drie\n  vier\n  vijf\n  averylongwordindeed\n  zes\n");
    free(text);
}

static void misuse_is_remembered(void **state)
{
    (void)state;
    kea_table table;
    kea_error err;
    kea_table_init(&table, "t", 3, columns);
    kea_table_number(&table, 0, 1, 0); /* no row yet */
    kea_table_row(&table);
    kea_table_number(&table, 0, 1, 0);
    assert_int_equal(kea_table_check(&table, &err), KEA_ERR_INTERNAL);
    assert_int_equal(kea_table_csv(&table, stderr, &err), KEA_ERR_INTERNAL);
    kea_table_free(&table);
    fill(&table);
    kea_table_number(&table, 3, 1, 0); /* no such column */
    assert_int_equal(kea_table_check(&table, &err), KEA_ERR_INTERNAL);
    kea_table_free(&table);
}

static void saving_names_the_path(void **state)
{
    (void)state;
    kea_table table;
    kea_error err;
    char folder[] = "/tmp/kea_table_XXXXXX";
    char path[64];
    fill(&table);
    assert_int_equal(kea_table_save(&table, "/nonexistent/t.csv", &err), KEA_ERR_IO);
    assert_non_null(strstr(err.text, "/nonexistent/t.csv"));
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/t.csv", folder);
    assert_ok(kea_table_save(&table, path, &err), err);
    assert_int_equal(remove(path), 0);
    assert_int_equal(rmdir(folder), 0);
    if (access("/dev/full", W_OK) == 0) {
        assert_int_equal(kea_table_save(&table, "/dev/full", &err), KEA_ERR_IO);
        assert_non_null(strstr(err.text, "/dev/full"));
    }
    kea_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_rfc_4180),
        cmocka_unit_test(csv_numbers_read_back_exactly),
        cmocka_unit_test(groups_stand_above_their_rows),
        cmocka_unit_test(terminal_is_aligned_by_characters),
        cmocka_unit_test(terminal_fits_100_columns),
        cmocka_unit_test(paragraphs_break_at_spaces),
        cmocka_unit_test(misuse_is_remembered),
        cmocka_unit_test(saving_names_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
