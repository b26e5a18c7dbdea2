/* Looking up declarations and suggesting names. */
#include "sim/inputs/params.h"
#include "tests/support/support.h"

#include <string.h>

static const char *const levels[] = {"low", "middle", "high"};
static const char *const titles[] = {"low level", "middle level", "high level"};

static const kea_param_decl decls[] = {
    {"students", "places", 1, NULL, NULL, "students", 1, 100, KEA_INTEGER, KEA_WORLD, "Places."},
    {"hazard", "hazard of leaving", 3, levels, titles, "per year", 0, 10, KEA_NUMBER, KEA_WORLD,
     "Hazard."},
    {"hours", "team hours", 1, NULL, NULL, "hours", 0, 40, KEA_NUMBER, KEA_CARE, "Hours."},
};
static const kea_param_table table = {.decl = decls, .n = 3};

static void offsets_count_the_elements_before(void **state)
{
    (void)state;
    assert_int_equal(kea_param_table_offset(&table, 0), 0);
    assert_int_equal(kea_param_table_offset(&table, 1), 1);
    assert_int_equal(kea_param_table_offset(&table, 2), 4);
    assert_int_equal(kea_param_table_length(&table), 5);
    const kea_param_table empty = {0};
    assert_int_equal(kea_param_table_length(&empty), 0);
}

static void finds_by_exact_name(void **state)
{
    (void)state;
    size_t index = 99;
    assert_true(kea_param_table_find(&table, "hours", &index));
    assert_int_equal(index, 2);
    index = 99;
    assert_false(kea_param_table_find(&table, "Hours", &index));
    assert_false(kea_param_table_find(&table, "hour", &index));
    assert_int_equal(index, 99);
}

static void names_elements(void **state)
{
    (void)state;
    char text[32], small[8];
    kea_param_element_name(&decls[0], 0, text, sizeof text);
    assert_string_equal(text, "students");
    kea_param_element_name(&decls[1], 2, text, sizeof text);
    assert_string_equal(text, "hazard.high");
    kea_param_element_name(&decls[1], 2, small, sizeof small);
    assert_string_equal(small, "hazard.");
}

static void suggests_the_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"students", "hazard", "hours", "se", "seed"};
    /* a swap of neighbours counts once: "studnets" is at distance 1 of at most 2 */
    assert_string_equal(kea_param_nearest("studnets", 5, names), "students");
    assert_string_equal(kea_param_nearest("student", 5, names), "students");
    /* five letters allow one change, so only a swap that counts once finds this */
    assert_string_equal(kea_param_nearest("huors", 5, names), "hours");
    assert_string_equal(kea_param_nearest("hazzard", 5, names), "hazard");
    assert_string_equal(kea_param_nearest("HOURS", 5, names), "hours");
    /* among several within reach the nearest, not the first */
    assert_string_equal(kea_param_nearest("seeds", 5, names), "seed");
    /* a word of two letters may differ in one */
    assert_string_equal(kea_param_nearest("sd", 5, names), "se");
}

static void suggests_nothing_far_off(void **state)
{
    (void)state;
    static const char *const names[] = {"students", "hazard"};
    assert_null(kea_param_nearest("temperature", 2, names));
    assert_string_equal(kea_param_nearest("hxzyrd", 2, names), "hazard"); /* distance 2 */
    assert_null(kea_param_nearest("hxzyrt", 2, names));                   /* distance 3 */
    assert_null(kea_param_nearest("students", 0, names));
    assert_null(kea_param_nearest("", 2, names));
    char word[200];
    memset(word, 's', sizeof word - 1);
    word[sizeof word - 1] = 0;
    assert_null(kea_param_nearest(word, 2, names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_count_the_elements_before),
        cmocka_unit_test(finds_by_exact_name),
        cmocka_unit_test(names_elements),
        cmocka_unit_test(suggests_the_nearest),
        cmocka_unit_test(suggests_nothing_far_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
