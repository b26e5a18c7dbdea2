/* Codes, exit statuses and error texts; and the allocation helpers, which fail through them. */
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

static void codes_have_their_exit_status(void **state)
{
    (void)state;
    assert_int_equal(kea_status_exit(KEA_OK), 0);
    assert_int_equal(kea_status_exit(KEA_ERR_USAGE), 2);
    assert_int_equal(kea_status_exit(KEA_ERR_INPUT), 2);
    assert_int_equal(kea_status_exit(KEA_ERR_RUN), 3);
    assert_int_equal(kea_status_exit(KEA_ERR_MEMORY), 3);
    assert_int_equal(kea_status_exit(KEA_ERR_NUMERIC), 3);
    assert_int_equal(kea_status_exit(KEA_ERR_INTERNAL), 3);
    assert_int_equal(kea_status_exit(KEA_ERR_IO), 4);
    assert_int_equal(kea_status_exit(KEA_ERR_INTERRUPTED), 130);
    assert_int_equal(kea_status_exit((kea_status)77), 3);
}

static void codes_have_their_text(void **state)
{
    (void)state;
    assert_string_equal(kea_status_text(KEA_OK), "done");
    assert_string_equal(kea_status_text(KEA_ERR_IO), "cannot read or write");
    assert_string_equal(kea_status_text(KEA_ERR_INTERRUPTED), "interrupted");
    assert_string_equal(kea_status_text((kea_status)77), "unknown status");
}

static void error_without_place(void **state)
{
    (void)state;
    kea_error err;
    memset(&err, 'x', sizeof err);
    assert_int_equal(kea_error_set(&err, KEA_ERR_INPUT, "%s is %d", "seven", 7), KEA_ERR_INPUT);
    assert_int_equal(err.code, KEA_ERR_INPUT);
    assert_int_equal(err.line, 0);
    assert_string_equal(err.file, "");
    assert_string_equal(err.text, "seven is 7");
}

static void error_with_place(void **state)
{
    (void)state;
    kea_error err = {0};
    assert_int_equal(kea_error_at(&err, KEA_ERR_IO, "a.cfg", 12, "no %s", "luck"), KEA_ERR_IO);
    assert_int_equal(err.line, 12);
    assert_string_equal(err.file, "a.cfg");
    assert_string_equal(err.text, "no luck");
    (void)kea_error_at(&err, KEA_ERR_IO, NULL, 0, "nowhere");
    assert_string_equal(err.file, "");
}

static void error_may_be_unwanted(void **state)
{
    (void)state;
    assert_int_equal(kea_error_set(NULL, KEA_ERR_RUN, "unheard"), KEA_ERR_RUN);
}

static void long_texts_are_cut(void **state)
{
    (void)state;
    char text[3000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    kea_error err;
    (void)kea_error_at(&err, KEA_ERR_INPUT, text, 1, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(strlen(err.file), sizeof err.file - 1);
}

static kea_status second(kea_status answer, int *calls)
{
    (*calls)++;
    return answer;
}

static kea_status two_steps(kea_status first_answer, int *calls)
{
    kea_status status = KEA_OK;
    KEA_TRY(second(first_answer, calls));
    KEA_TRY(second(KEA_OK, calls));
done:
    return status;
}

static void try_stops_at_the_first_failure(void **state)
{
    (void)state;
    int calls = 0;
    assert_int_equal(two_steps(KEA_ERR_NUMERIC, &calls), KEA_ERR_NUMERIC);
    assert_int_equal(calls, 1);
    assert_int_equal(two_steps(KEA_OK, &calls), KEA_OK);
    assert_int_equal(calls, 3);
}

static void memory_is_zeroed_and_grows(void **state)
{
    (void)state;
    kea_error err;
    void *block;
    assert_ok(kea_memory_new(&block, 3, sizeof(int), &err), err);
    int *number = block;
    assert_int_equal(number[0] | number[1] | number[2], 0);
    number[2] = 5;
    assert_ok(kea_memory_resize(&block, 100, sizeof(int), &err), err);
    number = block;
    assert_int_equal(number[2], 5);
    free(block);
    assert_ok(kea_memory_new(&block, 0, sizeof(int), &err), err);
    assert_null(block);
}

static void too_much_memory_is_an_error(void **state)
{
    (void)state;
    kea_error err = {0};
    int here = 1;
    void *block = &here;
    assert_int_equal(kea_memory_resize(&block, SIZE_MAX / 2, 3, &err), KEA_ERR_MEMORY);
    assert_ptr_equal(block, &here);
    assert_non_null(strstr(err.text, "cannot resize to"));
    assert_int_equal(kea_memory_resize(&block, 0, 3, &err), KEA_ERR_MEMORY);
}

static void texts_are_copied(void **state)
{
    (void)state;
    kea_error err;
    char *copy;
    assert_ok(kea_memory_copy_text(&copy, "vsv", &err), err);
    assert_string_equal(copy, "vsv");
    free(copy);
    assert_ok(kea_memory_copy_text(&copy, "", &err), err);
    assert_string_equal(copy, "");
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_their_exit_status),
        cmocka_unit_test(codes_have_their_text),
        cmocka_unit_test(error_without_place),
        cmocka_unit_test(error_with_place),
        cmocka_unit_test(error_may_be_unwanted),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(try_stops_at_the_first_failure),
        cmocka_unit_test(memory_is_zeroed_and_grows),
        cmocka_unit_test(too_much_memory_is_an_error),
        cmocka_unit_test(texts_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
