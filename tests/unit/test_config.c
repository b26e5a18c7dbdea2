/* Reading configuration files: what the text may look like, where things stand, and what the typed
 * getters say. */
#include "sim/inputs/config.h"
#include "tests/support/files.h"
#include "tests/support/support.h"

#include <string.h>

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

static kea_config *open_text(const char *text)
{
    char path[FILES_PATH];
    kea_error err = {0};
    kea_config *config = NULL;
    files_write(folder, "a.cfg", text, path);
    assert_ok(kea_config_open(&config, path, &err), err);
    return config;
}

/* Opening the text fails at `line` with exactly `message`. */
static void assert_refused(const char *text, int line, const char *message)
{
    char path[FILES_PATH];
    kea_error err = {0};
    kea_config *config = NULL;
    files_write(folder, "a.cfg", text, path);
    assert_int_equal(kea_config_open(&config, path, &err), KEA_ERR_INPUT);
    assert_null(config);
    assert_string_equal(err.text, message);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, line);
}

static double number(const kea_config *config, const char *name)
{
    double value = -999;
    kea_error err = {0};
    const kea_setting *setting = kea_config_find(kea_config_root(config), name);
    assert_non_null(setting);
    assert_ok(kea_config_number(config, setting, false, &value, &err), err);
    return value;
}

static void reads_numbers_in_every_form(void **state)
{
    (void)state;
    kea_config *config =
        open_text("a = 7700; b = 0.25, c: -3\nd = 1e3 e = 1.5e-3; f = .5; g = 5.;\n"
                  "h = +2E+2; i = 2147483647; j = -0.0; k = 007;\n");
    assert_near(number(config, "a"), 7700, 0);
    assert_near(number(config, "b"), 0.25, 0);
    assert_near(number(config, "c"), -3, 0);
    assert_near(number(config, "d"), 1000, 0);
    assert_near(number(config, "e"), 0.0015, 0);
    assert_near(number(config, "f"), 0.5, 0);
    assert_near(number(config, "g"), 5, 0);
    assert_near(number(config, "h"), 200, 0);
    assert_near(number(config, "i"), 2147483647, 0);
    assert_near(number(config, "j"), 0, 0);
    assert_near(number(config, "k"), 7, 0);
    kea_config_free(config);
}

static void a_list_may_mix_whole_and_real_numbers(void **state)
{
    (void)state;
    kea_config *config = open_text("a = [0, 0.5, 1e0];");
    const kea_setting *list = kea_config_find(kea_config_root(config), "a");
    kea_error err = {0};
    double value;
    assert_true(kea_config_is_list(list));
    assert_int_equal(kea_config_length(list), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_ok(kea_config_number(config, kea_config_item(list, i), false, &value, &err), err);
        assert_near(value, 0.5 * (double)i, 0);
    }
    assert_null(kea_config_item(list, 3));
    kea_config_free(config);
}

static void comments_and_line_ends_do_not_matter(void **state)
{
    (void)state;
    kea_config *config = open_text("\xef\xbb\xbf# first\r\na = 1; // second\r\n/* third\r\n"
                                   "b = 2; */ c /* fourth */ = 3;\r\n"
                                   "t = \"# no comment /* here\";\r\n");
    const char *text = NULL;
    kea_error err = {0};
    assert_near(number(config, "a"), 1, 0);
    assert_null(kea_config_find(kea_config_root(config), "b"));
    assert_near(number(config, "c"), 3, 0);
    assert_ok(kea_config_need_text(config, kea_config_root(config), "t", "", &text, &err), err);
    assert_string_equal(text, "# no comment /* here");
    kea_config_free(config);
}

static void texts_may_be_continued_and_hold_quotes(void **state)
{
    (void)state;
    kea_config *config = open_text("t = \"one \"\n    \"two \\\"three\\\" \\\\\";\nu = \"é\";\n");
    const char *text = NULL;
    kea_error err = {0};
    assert_ok(kea_config_need_text(config, kea_config_root(config), "t", "", &text, &err), err);
    assert_string_equal(text, "one two \"three\" \\");
    assert_ok(kea_config_need_text(config, kea_config_root(config), "u", "", &text, &err), err);
    assert_string_equal(text, "é");
    kea_config_free(config);
}

static void includes_keep_file_and_line(void **state)
{
    (void)state;
    char path[FILES_PATH], block[FILES_PATH];
    kea_config *config = NULL;
    kea_error err = {0};
    const char *file;
    int line;
    files_write(folder, "blocks/b.cfg", "# block\nx = 1;\n\ny = \"far\";\n", block);
    files_write(folder, "a.cfg", "g: {\n  @include \"blocks/b.cfg\" # here\n  z = 3;\n};\n", path);
    assert_ok(kea_config_open(&config, path, &err), err);
    const kea_setting *group = kea_config_find(kea_config_root(config), "g");
    kea_config_place(config, kea_config_find(group, "y"), &file, &line);
    assert_string_equal(file, block);
    assert_int_equal(line, 4);
    kea_config_place(config, kea_config_find(group, "z"), &file, &line);
    assert_string_equal(file, path);
    assert_int_equal(line, 3);
    kea_config_place(config, group, &file, &line);
    assert_int_equal(line, 1);
    double value;
    assert_int_equal(kea_config_number(config, kea_config_find(group, "y"), false, &value, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "g.y: expected a number, found the text \"far\"");
    assert_string_equal(err.file, block);
    assert_int_equal(err.line, 4);
    kea_config_free(config);
}

static void an_include_within_a_comment_is_none(void **state)
{
    (void)state;
    kea_config *config = open_text("a = 1; /*\n@include \"nowhere.cfg\"\n*/ b = 2;\n"
                                   "# @include \"nowhere.cfg\"\n");
    assert_near(number(config, "b"), 2, 0);
    kea_config_free(config);
}

static void refuses_what_the_parser_would_misread(void **state)
{
    (void)state;
    assert_refused("a = 1;\nb = 4294967296;\n", 2,
                   "b: the whole number 4294967296 is too large; write it as 4294967296.0, or a "
                   "seed as quoted text");
    assert_refused("a = -2147483649;", 1,
                   "a: the whole number -2147483649 is too large; write it as -2147483649.0, or a "
                   "seed as quoted text");
    assert_refused("g: { a = [1.0,\n 1e400]; };", 2, "g.a: expected a finite number, found 1e400");
    assert_refused("a = 7L;", 1, "a: 7L is not a number; write numbers like 7700, 0.25 or 1.5e-3");
    assert_refused("a = .;", 1, "a: . is not a number; write numbers like 7700, 0.25 or 1.5e-3");
    assert_refused("a = 1e;", 1, "a: 1e is not a number; write numbers like 7700, 0.25 or 1.5e-3");
    assert_refused("a = +;", 1, "a: + is not a number; write numbers like 7700, 0.25 or 1.5e-3");
}

static void names_what_is_not_closed(void **state)
{
    (void)state;
    assert_refused("a: {\n b = (1,\n 2\n", 2,
                   "a.b: the '(' that is opened here is never closed with ')'");
    assert_refused("a = 1;\nb", 2, "expected '=' after a name, found the end of the file");
    assert_refused("a = 1;\nb =", 2, "b: expected a value, found the end of the file");
    assert_refused("a = 1;\n/* b = 2;\n", 2,
                   "the comment that starts here is never closed with */");
    assert_refused("a = \"x\\\";\nb = 1;", 1,
                   "a: the text that starts with \"x\\\"; has no closing quote on this line");
}

static void values_need_names_and_separators(void **state)
{
    (void)state;
    assert_refused("a = 1 2;", 1, "a: found a second value after the first, expected ';'");
    assert_refused("a = 1;\n2;", 2, "found a value without a name and '=' before it");
    assert_refused("a = \"x\"; \"y\";", 1, "found a value without a name and '=' before it");
    assert_refused("{ a = 1; };", 1, "found a value without a name and '=' before it");
    assert_refused("= 1;", 1, "found '=' without a name before it");
    assert_refused("a b = 1;", 1, "expected '=' after the name a, found 'b'");
    assert_refused("a = [1 2];", 1, "a: expected ',' between two values");
    assert_refused("a = [1, ];", 1, "a: expected a value after ',', found ']'");
    assert_refused("a = [1; 2];", 1, "a: expected ',' or the end of the list, found ';'");
    assert_refused("a = 1;;", 1, "a: found ';' without a setting or value before it");
    assert_refused("a = [,];", 1, "a: found ',' without a setting or value before it");
}

static void a_name_counts_once_per_group(void **state)
{
    (void)state;
    char message[700];
    kea_config *config = open_text("g: { a = 1; }; h: { a = 2; }; a = 3;\n"
                                   "l = ({ a = 4; }, { a = 5; });");
    assert_near(number(config, "a"), 3, 0);
    kea_config_free(config);
    (void)snprintf(message, sizeof message,
                   "g.a: is given twice, the first time at %s/a.cfg:1; remove one of the two",
                   folder);
    assert_refused("g: { a = 1;\n b = 2;\n a = 3; };", 3, message);
}

static void too_deep_is_refused(void **state)
{
    (void)state;
    char text[256] = "a = ";
    memset(text + 4, '(', 40);
    text[44] = 0;
    assert_refused(text, 1, "a: more than 32 brackets are open");
}

static void what_cannot_be_read_is_io(void **state)
{
    (void)state;
    char path[600];
    kea_config *config = NULL;
    kea_error err = {0};
    (void)snprintf(path, sizeof path, "%s/missing.cfg", folder);
    assert_int_equal(kea_config_open(&config, path, &err), KEA_ERR_IO);
    assert_string_equal(err.text, "cannot read this file: No such file or directory");
    assert_string_equal(err.file, path);
    assert_int_equal(kea_config_open(&config, folder, &err), KEA_ERR_IO);
    assert_string_equal(err.text, "cannot read this file: it is a folder");
    assert_int_equal(kea_config_open(&config, "/dev/null", &err), KEA_ERR_IO);
    assert_string_equal(err.text, "cannot read this file: it is no plain file");
    kea_config_free(NULL);
}

static void unknown_members_are_named(void **state)
{
    (void)state;
    static const char *const names[] = {"value", "source"};
    kea_config *config = open_text("g: { value = 1;\n vlaue = 2; };\nh: { colour = 1; };\nn = 1;");
    const kea_setting *root = kea_config_root(config);
    kea_error err = {0};
    assert_int_equal(kea_config_known(config, kea_config_find(root, "g"), 2, names, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "g.vlaue: unknown key; did you mean 'value'?");
    assert_int_equal(err.line, 2);
    assert_int_equal(kea_config_known(config, kea_config_find(root, "h"), 2, names, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "h.colour: unknown key; expected one of: value, source");
    assert_int_equal(kea_config_known(config, kea_config_find(root, "n"), 2, names, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "n: expected a group { ... }, found the number 1");
    kea_config_free(config);
}

static void sweep_finds_what_nobody_read(void **state)
{
    (void)state;
    kea_config *config = open_text("g: { a = 1;\n b = 2; };");
    kea_error err = {0};
    const kea_setting *group = kea_config_find(kea_config_root(config), "g");
    assert_non_null(kea_config_find(group, "a"));
    assert_int_equal(kea_config_sweep(config, &err), KEA_ERR_INPUT);
    assert_string_equal(err.text, "g.b: is not used here; remove it");
    assert_int_equal(err.line, 2);
    assert_non_null(kea_config_find(group, "b"));
    assert_ok(kea_config_sweep(config, &err), err);
    kea_config_free(config);
}

static void nothing_is_converted(void **state)
{
    (void)state;
    kea_config *config = open_text("t = \"1\"; r = 1.0; w = 1; b = true; e = \"\";");
    const kea_setting *root = kea_config_root(config);
    const char *text;
    double value;
    kea_error err = {0};
    assert_int_equal(kea_config_number(config, kea_config_find(root, "t"), false, &value, &err),
                     KEA_ERR_INPUT);
    assert_int_equal(kea_config_number(config, kea_config_find(root, "r"), true, &value, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text,
                        "r: expected a whole number without a decimal point, found the number 1.0");
    assert_ok(kea_config_number(config, kea_config_find(root, "w"), true, &value, &err), err);
    assert_int_equal(kea_config_number(config, kea_config_find(root, "b"), false, &value, &err),
                     KEA_ERR_INPUT);
    assert_int_equal(kea_config_text(config, kea_config_find(root, "w"), &text, &err),
                     KEA_ERR_INPUT);
    assert_int_equal(kea_config_text(config, kea_config_find(root, "e"), &text, &err),
                     KEA_ERR_INPUT);
    assert_string_equal(err.text, "e: expected a text, found an empty one; fill it in");
    kea_config_free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_in_every_form),
        cmocka_unit_test(a_list_may_mix_whole_and_real_numbers),
        cmocka_unit_test(comments_and_line_ends_do_not_matter),
        cmocka_unit_test(texts_may_be_continued_and_hold_quotes),
        cmocka_unit_test(includes_keep_file_and_line),
        cmocka_unit_test(an_include_within_a_comment_is_none),
        cmocka_unit_test(refuses_what_the_parser_would_misread),
        cmocka_unit_test(names_what_is_not_closed),
        cmocka_unit_test(values_need_names_and_separators),
        cmocka_unit_test(a_name_counts_once_per_group),
        cmocka_unit_test(too_deep_is_refused),
        cmocka_unit_test(what_cannot_be_read_is_io),
        cmocka_unit_test(unknown_members_are_named),
        cmocka_unit_test(sweep_finds_what_nobody_read),
        cmocka_unit_test(nothing_is_converted),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
