/* What every test includes instead of cmocka.h. */
#ifndef KEA_TESTS_SUPPORT_H
#define KEA_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

/* |actual - expected| <= tolerance, in double; NaN fails. (cmocka's own compares as float.) */
#define assert_near(actual, expected, tolerance)                                                   \
    do {                                                                                           \
        double near_a_ = (actual), near_e_ = (expected), near_t_ = (tolerance);                    \
        if (!(fabs(near_a_ - near_e_) <= near_t_))                                                 \
            fail_msg("%s = %.17g, expected %.17g +- %g", #actual, near_a_, near_e_, near_t_);      \
    } while (0)

/* A call that returns kea_status succeeds; otherwise the test fails with its text. */
#define assert_ok(call, err)                                                                       \
    do {                                                                                           \
        if ((call) != KEA_OK)                                                                      \
            fail_msg("%s failed: %s:%d: %s", #call, (err).file, (err).line, (err).text);           \
    } while (0)

#endif
