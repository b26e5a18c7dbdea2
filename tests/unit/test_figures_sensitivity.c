/* The figures of a sensitivity analysis, drawn from made-up numbers: the files are there, well
 * formed, and say what they should; crowded marks have their names. */
#include "sim/report/figures_sensitivity.h"
#include "tests/support/drawn.h"
#include "tests/support/support.h"

#include <math.h>

static void test_curve(void **state)
{
    enum { N = 5 };
    static const double x[N] = {0, 1, 2, 3, 4}, mean[N] = {-4e5, -1e5, 2e5, 4e5, 5e5};
    static const double low[N] = {-6e5, -3e5, 0, 2e5, 3e5}, high[N] = {-2e5, 1e5, 4e5, 6e5, 7e5};
    static const double other[N] = {-1e5, -2e5, -3e5, -4e5, -5e5};
    kea_error err = {0};
    (void)state;
    const kea_figure_curve_line lines[] = {
        {"a team & more", {.mean = mean, .low = low, .high = high}, 1.33},
        {"nothing much", {.mean = other}, (double)NAN}};
    const kea_figure_curve_data data = {.title = "What does the price do?",
                                        .n = N,
                                        .x = x,
                                        .x_name = "price of an hour",
                                        .y_name = "Net benefit",
                                        .y_unit = KEA_FIGURE_MONEY,
                                        .currency = "EUR",
                                        .n_lines = 2,
                                        .lines = lines,
                                        .goal = 0,
                                        .base = 2,
                                        .note = "band: 95%"};
    assert_ok(kea_figure_curve(&data, folder, "curve", &err), err);
    assert_three_files("curve");
    assert_svg_says("curve", "What does the price do?");
    assert_svg_says("curve", "a team &amp; more");
    assert_svg_says("curve", "nothing much");
    assert_svg_says("curve", "Price of an hour");
    assert_svg_says("curve", "(thousand EUR)");
    assert_svg_says("curve", "band: 95%");
}

static void test_intervals(void **state)
{
    enum { ROWS = 22, SERIES = 2 };
    static char text[ROWS][16];
    static const char *rows[ROWS];
    static const char *const series[SERIES] = {"first order", "total"};
    static kea_figure_interval value[ROWS * SERIES];
    kea_error err = {0};
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        (void)snprintf(text[i], sizeof text[i], "row number %d", i + 1);
        rows[i] = text[i];
        for (int k = 0; k < SERIES; k++) {
            double at = 0.4 / (i + 1) + 0.1 * k;
            value[SERIES * i + k] = (kea_figure_interval){at, at - 0.05, at + 0.05};
        }
    }
    value[3] = (kea_figure_interval){(double)NAN, (double)NAN, (double)NAN};
    const kea_figure_intervals_data data = {.title = "What is the uncertainty due to?",
                                            .subtitle = "shares of variance",
                                            .n_rows = ROWS,
                                            .rows = rows,
                                            .n_series = SERIES,
                                            .series = series,
                                            .value = value,
                                            .x_name = "part of the variance",
                                            .x_unit = KEA_FIGURE_PERCENT,
                                            .currency = "EUR",
                                            .bars = true,
                                            .note = "a note"};
    assert_ok(kea_figure_intervals(&data, folder, "intervals", &err), err);
    assert_three_files("intervals");
    assert_svg_says("intervals", "What is the uncertainty due to?");
    assert_svg_says("intervals", "first order");
    assert_svg_says("intervals", "total");
    assert_svg_says("intervals", ">row number 20<");
    assert_svg_silent("intervals", ">row number 21<"); /* 20 are drawn */
}

/* Rings that lie over each other along the axis, a mark far up at the right, a crowd at the left
 * that gets no names. */
static void test_screening(void **state)
{
    enum { FIRST = 6, N = 60 };
    static kea_figure_effect effects[N] = {
        {"effect of burden & more, a name that has no room to its right", 800, 1130},
        {"burden of a need", 640, (double)NAN},
        {"severity of new needs", 386, (double)NAN},
        {"new needs per student a year", 354, (double)NAN},
        {"dropout hazard", 349, (double)NAN},
        {"left school early", 190, 140},
    };
    static char text[N][16];
    kea_error err = {0};
    (void)state;
    for (int i = FIRST; i < N; i++) {
        (void)snprintf(text[i], sizeof text[i], "small %d", i);
        effects[i] = (kea_figure_effect){text[i], 60.0 - i, 40.0 - 0.5 * i};
    }
    const kea_figure_screening_data data = {.title = "Which numbers move the result?",
                                            .n = N,
                                            .effects = effects,
                                            .quantity = "net benefit",
                                            .unit = KEA_FIGURE_MONEY,
                                            .currency = "EUR",
                                            .note = "ring: a group"};
    assert_ok(kea_figure_screening(&data, folder, "screening", &err), err);
    assert_three_files("screening");
    assert_svg_says("screening", "burden &amp; more");
    for (int i = 1; i < FIRST; i++)
        assert_svg_says("screening", effects[i].name);
    assert_svg_says("screening", "ring: a group");
    assert_svg_silent("screening", "small 59");
}

/* Nothing moves the result: the figure says so. */
static void test_nothing_moves(void **state)
{
    static const kea_figure_effect effects[] = {{"one", 0, 0}, {"two", 0, 0}};
    kea_error err = {0};
    (void)state;
    const kea_figure_screening_data data = {.title = "Which numbers move the result?",
                                            .n = 2,
                                            .effects = effects,
                                            .quantity = "net benefit",
                                            .unit = KEA_FIGURE_PLAIN,
                                            .currency = "EUR",
                                            .note = ""};
    assert_ok(kea_figure_screening(&data, folder, "nothing", &err), err);
    assert_svg_says("nothing", "no number moves it");
    assert_svg_silent("nothing", ">one<");
}

static const char *const names[] = {"curve", "intervals", "screening", "nothing"};

static int set_up(void **state)
{
    (void)state;
    return open_folder();
}

static int tear_down(void **state)
{
    (void)state;
    return close_folder(sizeof names / sizeof names[0], names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_curve),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_screening),
        cmocka_unit_test(test_nothing_moves),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
