/* The CSV reader: what RFC 4180 allows, and an exact message for all else. */
#include "sim/inputs/csv.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include <string.h>

enum { MAX_BYTES = 1000 };

static char folder[FILES_PATH];

static int open_folder(void **state)
{
    (void)state;
    files_open(folder);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    files_close(folder);
    return 0;
}

static kea_csv read_text(const char *text)
{
    char path[FILES_PATH];
    kea_csv csv;
    kea_error err = {0};
    files_write(folder, "a.csv", text, path);
    assert_ok(kea_csv_read(&csv, path, MAX_BYTES, &err), err);
    assert_string_equal(csv.file, path);
    return csv;
}

/* Reading the text must fail in `line` with this message. */
static void assert_refused(const char *text, int line, const char *message)
{
    char path[FILES_PATH];
    kea_csv csv;
    kea_error err = {0};
    files_write(folder, "a.csv", text, path);
    assert_int_equal(kea_csv_read(&csv, path, MAX_BYTES, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, line);
    kea_csv_free(&csv);
    kea_csv_free(&csv);
}

static void assert_cells(const kea_csv *csv, size_t n, const char *const *cells)
{
    assert_int_equal(csv->n_rows * csv->n_columns, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(kea_csv_cell(csv, i / csv->n_columns, i % csv->n_columns), cells[i]);
}

#define ASSERT_CELLS(csv, ...)                                                                     \
    assert_cells(csv, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *),                      \
                 (const char *const[]){__VA_ARGS__})

static void plain_cells(void **state)
{
    (void)state;
    kea_csv csv = read_text("name,zone\nZwolle,host\nRaalte, region \n");
    assert_int_equal(csv.n_columns, 2);
    assert_string_equal(kea_csv_name(&csv, 1), "zone");
    ASSERT_CELLS(&csv, "Zwolle", "host", "Raalte", " region ");
    kea_csv_free(&csv);
}

/* Windows line ends, a mark at the start, no line end at the end, empty cells. */
static void as_spreadsheets_write_it(void **state)
{
    (void)state;
    kea_csv csv = read_text("\xef\xbb\xbfname,zone\r\nS\303\272dwest-Frysl\303\242n,\r\n,host");
    assert_string_equal(kea_csv_name(&csv, 0), "name");
    ASSERT_CELLS(&csv, "S\303\272dwest-Frysl\303\242n", "", "", "host");
    kea_csv_free(&csv);
    csv = read_text("a,b\n1,");
    ASSERT_CELLS(&csv, "1", "");
    kea_csv_free(&csv);
    csv = read_text("a\n");
    assert_int_equal(csv.n_rows, 0);
    kea_csv_free(&csv);
}

/* Quoted cells may hold commas, quotes and line ends; lines are counted all the same. */
static void quoted_cells(void **state)
{
    (void)state;
    kea_csv csv = read_text("\"a\",b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",\"z\"");
    assert_string_equal(kea_csv_name(&csv, 0), "a");
    ASSERT_CELLS(&csv, "x, \"y\"", "two\nlines", "", "z");
    assert_int_equal(csv.line[1], 2);
    assert_int_equal(csv.line[2], 4);
    kea_csv_free(&csv);
}

static void what_is_malformed_is_refused(void **state)
{
    (void)state;
    assert_refused("", 1, "the file is empty; the first line names the columns");
    assert_refused("a,b\n1,2\n3\n", 3, "expected 2 cells as in the first line, found 1");
    assert_refused("a,b\n1,2,3\n", 2, "expected 2 cells as in the first line, found 3");
    assert_refused("a,b\n1,2\n\n3,4\n", 3, "the line is empty; remove it");
    assert_refused("a,b\n1,\"2\n3,4\n", 2, "the quote that is opened here is never closed");
    assert_refused("a,b\n1,\"2\"x\n", 2,
                   "expected a comma or the end of the line after a closing quote; write a quote "
                   "within quotes twice");
    assert_refused("a,b\n1,2\"\n", 2,
                   "a quote within a cell that does not begin with one; put the whole cell between "
                   "quotes and write the quote twice");
    assert_refused("a,,c\n", 1, "column 2 has no name; the first line names every column");
    assert_refused("a,b,a\n", 1, "two columns are named 'a'");
    assert_refused("a,b\n1,\xff\n", 2,
                   "found the byte 0xff, which is not UTF-8; save the file as plain text in UTF-8");
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    kea_csv csv;
    kea_error err = {0};
    char path[FILES_PATH], big[MAX_BYTES + 2];
    assert_int_equal(kea_csv_read(&csv, "no/such/file.csv", MAX_BYTES, &err), KEA_ERR_IO);
    assert_string_equal(err.text, "No such file or directory");
    kea_csv_free(&csv);
    assert_int_equal(kea_csv_read(&csv, folder, MAX_BYTES, &err), KEA_ERR_IO);
    assert_string_equal(err.text, "it is a folder");
    kea_csv_free(&csv);
    memset(big, 'a', sizeof big - 1);
    big[MAX_BYTES + 1] = '\0';
    files_write(folder, "big.csv", big, path);
    assert_int_equal(kea_csv_read(&csv, path, MAX_BYTES, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "the file has 1001 bytes; expected at most 1000");
    kea_csv_free(&csv);
}

static void assert_columns(const char *text, const char *message)
{
    static const char *const names[] = {"name", "zone", "students"};
    size_t at[3];
    kea_error err = {0};
    kea_csv csv = read_text(text);
    kea_status status = kea_csv_columns(&csv, 3, names, at, &err);
    kea_csv_free(&csv);
    if (message) {
        assert_int_equal(status, KEA_ERR_INPUT);
        assert_string_equal(err.text, message);
        assert_int_equal(err.line, 1);
        return;
    }
    assert_ok(status, err);
    assert_int_equal(at[0], 2);
    assert_int_equal(at[1], 0);
    assert_int_equal(at[2], 1);
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    assert_columns("zone,students,name\n", NULL);
    assert_columns("zone,name\n", "the column 'students' is missing");
    assert_columns("zone,student,name\n", "unknown column 'student'; did you mean 'students'?; "
                                          "expected the columns name, zone, students");
    assert_columns("zone,students,name,colour\n",
                   "unknown column 'colour'; expected the columns name, zone, students");
    assert_columns("name;zone;students\n", "the cells are separated by ';'; expected commas. Save "
                                           "the table as comma-separated values");
}

static void numbers_are_strict(void **state)
{
    (void)state;
    const char *const good[] = {"12", "-0.5", "1e3", "+7"};
    const double numbers[] = {12, -.5, 1000, 7};
    const char *const wrong[] = {"", "1,5", "12 ", "nan", "inf", "0x10", "1e999", "1.2.3", "-"};
    kea_error err = {0};
    double number = 0;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "n\n\"%s\"\n", good[i]);
        kea_csv csv = read_text(text);
        assert_ok(kea_csv_number(&csv, 0, 0, &number, &err), err);
        assert_near(number, numbers[i], 0);
        kea_csv_free(&csv);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[64], message[128];
        (void)snprintf(text, sizeof text, "n\n1\n\"%s\"\n", wrong[i]);
        (void)snprintf(message, sizeof message,
                       "n: expected a number, with a point for decimals, found \"%s\"", wrong[i]);
        kea_csv csv = read_text(text);
        assert_int_equal(kea_csv_number(&csv, 1, 0, &number, &err), KEA_ERR_INPUT);
        assert_string_equal(err.text, message);
        assert_int_equal(err.line, 3);
        kea_csv_free(&csv);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_cells),
        cmocka_unit_test(as_spreadsheets_write_it),
        cmocka_unit_test(quoted_cells),
        cmocka_unit_test(what_is_malformed_is_refused),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(numbers_are_strict),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
